//! The top of the file: what the scenario is, where it starts, what is asked after it.

use super::fields::{Fields, Found};
use super::text::Rule;
use super::values::wrong_type;
use super::{At, Start};
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::FORMAT;
use crate::terms::{Meter, Meters};
use crate::text::Text;

/// The longest way to play, in minutes: a working day.
pub(in crate::scenario) const MINUTES: i64 = 480;

/// What the scenario is.
pub(super) struct Head {
    pub(super) id: Option<At<String>>,
    pub(super) title: Text,
    pub(super) summary: Text,
    pub(super) level: u8,
    pub(super) minutes: u16,
    pub(super) language: Text,
    pub(super) industry: Text,
    pub(super) deal: Text,
    pub(super) authors: Vec<Text>,
    pub(super) briefing: Text,
}

pub(super) fn read(fields: &mut Fields<'_>) -> Head {
    format(fields);
    let level = fields.number("level", 1..=5).unwrap_or(1);
    let minutes = fields.number("minutes", 1..=MINUTES).unwrap_or(1);
    Head {
        id: fields.name("id"),
        title: fields.text("title", Rule::LINE),
        summary: fields.text("summary", Rule::PROSE),
        level: u8::try_from(level).unwrap_or(1),
        minutes: u16::try_from(minutes).unwrap_or(1),
        language: language(fields),
        industry: fields.text("industry", Rule::LINE),
        deal: fields.text("deal", Rule::LINE),
        authors: fields.texts("authors", Rule::LINE),
        briefing: fields.text("briefing", Rule::PROSE),
    }
}

/// The version of the format, before anything else.
fn format(fields: &mut Fields<'_>) {
    let value = match fields.find("format") {
        Found::Missing => return fields.missing("format", Some(format!("begin the file with `format = {FORMAT}`"))),
        Found::Broken => return,
        Found::Value(value) => value,
    };
    let Some(written) = value.get_ref().as_integer() else {
        return wrong_type(fields.context, &"`format` of the file", value, "a whole number");
    };
    if i64::from_str_radix(written.as_str(), written.radix()) != Ok(FORMAT) {
        let shown: String = written.to_string().chars().take(24).collect();
        let message = format!("the file is of format {shown}, but this program reads format {FORMAT}");
        fields.report(Diagnostic::new(Code::UnknownFormat, value.span(), message));
    }
}

/// A language tag: two or three letters, then parts of up to eight letters and digits.
fn language(fields: &mut Fields<'_>) -> Text {
    let Some(tag) = fields.name("language") else {
        return Text::default();
    };
    let mut parts = tag.value.split('-');
    let first = parts.next().unwrap_or_default();
    let plain = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let good = (2..=3).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_alphabetic())
        && parts.all(|part| (1..=8).contains(&part.len()) && plain(part))
        && tag.value.len() <= 35;
    if !good {
        let message = format!("`language` of the file is `{}`, which is no language tag", tag.value);
        let help = "write a tag such as \"en\", \"de\" or \"pt-BR\"";
        fields.report(Diagnostic::new(Code::BadLanguage, tag.span, message).help(help));
        return Text::default();
    }
    Text::parse(&tag.value).unwrap_or_default()
}

/// `[start]`: a scene and the four meters.
pub(super) fn start(fields: &mut Fields<'_>) -> Option<Start> {
    let Some(mut start) = fields.table("start", "`[start]`") else {
        if fields.key_span("start").is_none() {
            fields.missing("[start]", Some("it names the first scene and the meters at the start".to_owned()));
        }
        return None;
    };
    let scene = start.name("scene");
    let mut meters = [0; 4];
    for (slot, meter) in meters.iter_mut().zip(Meter::ALL) {
        *slot = start.number(meter.id(), 0..=100).and_then(|value| u8::try_from(value).ok()).unwrap_or(0);
    }
    start.finish();
    Some(Start { scene, meters: Meters::new(meters) })
}

/// `[debrief]`: questions for a workshop.
pub(super) fn questions(fields: &mut Fields<'_>) -> Vec<Text> {
    let Some(mut debrief) = fields.table("debrief", "`[debrief]`") else {
        return Vec::new();
    };
    if debrief.key_span("questions").is_none() {
        debrief.missing("questions", None);
    }
    let questions = debrief.texts("questions", Rule::PROSE);
    debrief.finish();
    questions
}
