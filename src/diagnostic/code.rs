//! The kinds of problem, each with a stable code: once published, a code keeps its meaning and is never used again.

use super::Severity;

/// Makes the closed list of codes: the enum, `ALL`, `id`, `severity` and `explain`.
macro_rules! codes {
    ($($name:ident = $id:literal, $severity:ident, $explain:literal;)+) => {
        /// The kind of a problem.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $(#[doc = $explain] $name,)+ }

        impl Code {
            /// Every code, in the order in which a file is checked.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The stable spelling.
            pub const fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)+ }
            }

            /// How bad a problem of this kind is.
            pub const fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)+ }
            }

            /// What it means and what to do about it, for people.
            pub const fn explain(self) -> &'static str {
                match self { $(Self::$name => $explain,)+ }
            }

            /// The code spelled so, if there is one.
            pub fn from_id(id: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.id() == id)
            }
        }
    };
}

codes! {
    // The file as such.
    TooLarge = "too-large", Error,
        "A scenario file holds at most 1 MiB; one with more than 2,000 scenes 8 MiB, and two million words and signs. \
         Nothing of a larger one is read.";
    NotUtf8 = "not-utf8", Error,
        "Scenario files are UTF-8 text. Save the file with that encoding in your editor.";
    Syntax = "syntax", Error,
        "The file is not TOML: a quote, a bracket, an equals sign or the like is missing or too many. What stands \
         after such a place may be misread, so mend these first.";
    MoreProblems = "more-problems", Note,
        "After a thousand problems no more are listed. Mend the first ones and check again.";

    // Tables and values.
    UnknownKey = "unknown-key", Error,
        "A key that the format doesn't have, probably misspelt or in the wrong table.";
    MissingKey = "missing-key", Error,
        "A key or a table that the format demands.";
    WrongType = "wrong-type", Error,
        "A value of another kind than the format demands, such as text where a number is due.";
    MisplacedKey = "misplaced-key", Error,
        "A key that is known but means nothing here: a passage (a scene without options) is not scored on a rule.";
    EmptyList = "empty-list", Error,
        "A list that needs at least one entry.";
    OutOfRange = "out-of-range", Error,
        "A number outside of what the format allows.";
    UnknownWord = "unknown-word", Error,
        "A value that must be one of a few words and is none of them.";
    UnknownFormat = "unknown-format", Error,
        "The file says that it is of another version of the format than this program reads.";
    BadLanguage = "bad-language", Error,
        "`language` is a language tag such as \"en\", \"de\" or \"pt-BR\".";
    TooMany = "too-many", Error,
        "More of something than a scenario may hold: 8 options a scene, 64 entries a goto, 64 insights, 256 flags.";
    TooManyScenes = "too-many-scenes", Warning,
        "More than 2,000 scenes can be checked and worked out, but not played.";
    TooDeep = "too-deep", Error,
        "Conditions nested deeper in `any` than anybody could follow (8 levels).";

    // Texts.
    EmptyText = "empty-text", Error,
        "A text that the player would look for, and that is empty.";
    NotOneLine = "not-one-line", Error,
        "A name or a heading with an empty line in it.";
    TextTooLong = "text-too-long", Error,
        "A text longer than its place on the screen: 600 characters for a scene, 140 for an option, 200 for names and \
         headings, 2,000 for everything else.";
    RefusedCharacter = "refused-character", Error,
        "A character that could steer a terminal, hide something or mean nothing: control characters, changes of \
         writing direction, invisible and private-use characters, more than two combining marks in a row. They often \
         come along when text is pasted. Delete it, or type the place anew.";

    // Names.
    BadId = "bad-id", Error,
        "An id is made of small letters a to z, digits and single hyphens between them (underscores are fine too, but \
         not in the scenario's own id), 64 characters at most.";
    IdDiffers = "id-differs", Error,
        "The scenario's id must be the name of its file without `.toml`, so that both lead to it.";
    DuplicateId = "duplicate-id", Error,
        "Two things go by one name. Scenes and endings share their names, since a goto may lead to either; options \
         need different ids within their scene.";
    RepeatedName = "repeated-name", Warning,
        "A list names the same thing twice; once is enough.";
    UnknownTarget = "unknown-target", Error,
        "A goto, or the start, leads to a scene or an ending that the file doesn't have.";
    UnknownInsight = "unknown-insight", Error,
        "An insight is named that `[insights]` doesn't declare.";
    UnknownFlag = "unknown-flag", Error,
        "A flag is named that `[flags]` doesn't declare.";

    // People.
    NoRep = "no-rep", Error,
        "The cast needs the player's rep: one person with `role = \"rep\"`.";
    SeveralReps = "several-reps", Error,
        "Only one person of the cast is the player's rep. Other reps are colleagues.";
    NoCustomer = "no-customer", Error,
        "The cast needs somebody on the customer's side: a person with `role = \"customer\"`.";

    // Scenes and options.
    SameRule = "same-rule", Error,
        "`also` is a second rule; here it is the first one again.";
    MissingClosed = "missing-closed", Error,
        "An option with a `when` is shown even while it is closed, so it needs a `closed` that says why.";
    NeverClosed = "never-closed", Error,
        "`closed` says why an option is closed, but this option has neither `when` nor `once` and never is.";
    MissingGoto = "missing-goto", Error,
        "Everything leads somewhere: an option by its own `goto` or its scene's, a passage by its own.";
    UnusedGoto = "unused-goto", Warning,
        "The scene has a `goto`, but each of its options has its own.";

    // Conditions.
    BoundsCrossed = "bounds-crossed", Error,
        "`min` is above `max`, so no number fits between them.";
    EmptyCondition = "empty-condition", Warning,
        "A condition that asks for nothing always holds. Leave it out, or say what must hold.";
    ImpossibleCondition = "impossible-condition", Error,
        "A condition that contradicts itself and never holds, whatever the player does.";
    GotoCanFail = "goto-can-fail", Error,
        "A goto in which every entry can fail would leave the player nowhere. End it with an entry without `when`, or \
         make sure that one of the conditions always holds.";
    UnusedExit = "unused-exit", Warning,
        "An entry of a goto that is never reached, since the entries before it always hold between them.";
    AllClosed = "all-closed", Error,
        "In this scene every option can be closed at the same time, and the player could do nothing. Leave one option \
         without `when` and `once`, or make sure that one of the conditions always holds.";

    // The story as a whole.
    NoDecision = "no-decision", Error,
        "No way from the start leads to a decision, so there is nothing to play. A scene with options is a decision; \
         lead to one.";
    EndlessLoop = "endless-loop", Error,
        "The story can go round in a loop for ever. Break it: give an option on the way `once = true`, or close the \
         way with `without` and a flag that is set every time round.";
    UnreachableScene = "unreachable-scene", Warning,
        "No way from the start leads to this scene.";
    UnreachableEnding = "unreachable-ending", Warning,
        "No way from the start leads to this ending.";
    InsightNeverLearned = "insight-never-learned", Warning,
        "No option teaches this insight, so nobody can find it, and everybody's score suffers.";
    UnusedFlag = "unused-flag", Warning,
        "The flag is declared, but neither set nor asked for.";
    FlagNeverSet = "flag-never-set", Warning,
        "The flag is asked for in a condition, but no option sets it.";
    FlagNeverRead = "flag-never-read", Warning,
        "The flag is set, but no condition asks for it: the story forgets it.";

    // The content: what makes a story teach. Told by `check` alone; none of it keeps a story from being played.
    OptionCount = "option-count", Warning,
        "A decision has three or four options. With two there is no room for taking over and for staying away beside \
         what is right; with more than four nobody weighs them.";
    SameKeys = "same-keys", Warning,
        "Every option of the decision has the same key, so whatever is chosen counts for nothing.";
    FewEndings = "few-endings", Warning,
        "A story needs at least four endings that a play can come to, or it matters too little how it was played.";
    PlaceholderText = "placeholder-text", Warning,
        "A text that is still to be written: it has no letter in it, or says TODO. Without consequence and reason \
         nobody learns from a choice.";
    UnevenLengths = "uneven-lengths", Warning,
        "The longest option of a decision has over 12 characters more than the shortest, or over 15% of their mean. \
         Length gives answers away: authors explain the right one.";
    LengthGivesAway = "length-gives-away", Warning,
        "The best option is the longest in more than 35% of the decisions, or the shortest. Who always takes that one \
         would do well without reading. Counted from six decisions on.";
    PlaceGivesAway = "place-gives-away", Warning,
        "The best option stands in the same place of the file in more than 40% of the decisions. Options are shuffled \
         for players, but readers of the file, and authors, get used to it. Counted from six decisions on.";
    NameGivesAway = "name-gives-away", Warning,
        "In more than 20% of the decisions the rep's name is in the best option and in no other. Counted from six \
         decisions on.";
    AskingPays = "asking-pays", Warning,
        "Questions do too well: their mean key is more than 0.75 above that of all options, or a question is best in \
         more than 40% of the decisions that offer one. Counted from six decisions on.";
    AskingSafe = "asking-safe", Warning,
        "A story needs two decisions in which a question is a poor choice (key 0 or 1), and two in which the best \
         option is none; or asking becomes a reflex. Counted from six decisions on.";
    NoBait = "no-bait", Warning,
        "A take-over that brings no more momentum than the best option. Taking over must pay, visibly and today, or \
         there is no temptation.";
    LoadedWord = "loaded-word", Warning,
        "A word in an option that passes judgement: obviously, just, simply, blame, ignore, force, always, never. It \
         tells which option is meant to be right or wrong.";
    TwinOptions = "twin-options", Warning,
        "Two options of a decision have the same posture, key and effect. One of them is idle.";
    DominatedOption = "dominated-option", Warning,
        "An option is worse than or equal to another one in all that matters: key, every meter, what is learned, and it \
         sets the same flags and leads to the same place. Nothing speaks for it. Options that stay away are compared \
         among themselves only: beside leading they are meant to lose, and tempt by what they feel like.";
    NeedlessCondition = "needless-condition", Warning,
        "A condition that always holds, whatever the player does: by its form, or since no play comes to it with less. \
         It asks for nothing.";
    UnusedAllow = "unused-allow", Warning,
        "An `allow` for something that isn't found here, or no longer.";
    NeverMet = "never-met", Warning,
        "No play comes to this scene or ending, hears this echo, is told this line or takes this entry of a goto: a way \
         leads there, but nobody can meet what it asks for.";
    NeverOpen = "never-open", Warning,
        "In no play is this option open: nobody comes to its scene with all that it asks for.";
    OutsideBand = "outside-band", Warning,
        "A bot that plays by one simple rule comes out higher or lower than it should. By these numbers the story \
         doesn't tell a leader from somebody who takes over, stays away, or goes by the look of the options.";
}

impl Code {
    /// The codes of the content checks: what an author may `allow`, with a reason.
    pub const CONTENT: &'static [Self] = &[
        Self::OptionCount,
        Self::SameKeys,
        Self::FewEndings,
        Self::PlaceholderText,
        Self::UnevenLengths,
        Self::LengthGivesAway,
        Self::PlaceGivesAway,
        Self::NameGivesAway,
        Self::AskingPays,
        Self::AskingSafe,
        Self::NoBait,
        Self::LoadedWord,
        Self::TwinOptions,
        Self::DominatedOption,
        Self::NeedlessCondition,
        Self::NeverMet,
        Self::NeverOpen,
        Self::OutsideBand,
    ];

    /// Those among them of which only playing the story can tell that they aren't there.
    pub const PLAYED: &'static [Self] = &[Self::NeedlessCondition, Self::NeverMet, Self::NeverOpen, Self::OutsideBand];
}
