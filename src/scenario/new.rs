//! A small, complete scenario to start from: its text, made for an id.

use crate::text::Text;

/// The story, with places for id and title.
const TEMPLATE: &str = include_str!("template.toml");
/// The most characters of an id.
const LONGEST: usize = super::file::LONGEST_ID;

/// No scenario can have this id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{id}\" can't be the id of a scenario; {}use small letters, digits and single hyphens, {LONGEST} \
    characters at most", .better.as_ref().map_or_else(String::new, |better| format!("try \"{better}\": ")))]
pub struct BadId {
    /// What was asked for, safe to print.
    pub id: Text,
    /// What was probably meant.
    pub better: Option<String>,
}

/// The text of a new scenario file, which is to be called by the id and `.toml`.
///
/// # Errors
/// If no scenario can have such an id.
pub fn scenario(id: &str) -> Result<String, BadId> {
    if !is_id(id) {
        let better = better(id.strip_suffix(".toml").unwrap_or(id));
        return Err(BadId { id: Text::clean(&id.chars().take(LONGEST).collect::<String>()), better });
    }
    Ok(TEMPLATE.replace("{id}", id).replace("{title}", &title(id)))
}

/// As the checker asks of a scenario's id.
fn is_id(id: &str) -> bool {
    let plain = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    id.len() <= LONGEST && id.split('-').all(plain)
}

/// The nearest that can be an id.
fn better(id: &str) -> Option<String> {
    let lower = id.to_lowercase();
    let parts: Vec<&str> = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    let better = parts.join("-");
    (is_id(&better) && better != id).then_some(better)
}

/// "The Spare Key" for `the-spare-key`.
fn title(id: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
    };
    id.split('-').map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::check::review;

    #[test]
    fn what_is_written_has_no_problem_at_all() {
        for id in ["mine", "a", "the-second-key-2", &"x".repeat(LONGEST)] {
            let text = scenario(id).unwrap();
            let checked = review(&format!("{id}.toml"), text.as_bytes());
            assert!(checked.is_clean(), "{id}: {:#?}", checked.diagnostics());
            assert!(!text.contains('\t') && !text.contains("{id}"));
        }
        assert!(scenario("the-spare-key").unwrap().contains("\"The Spare Key\""));
    }

    #[test]
    fn a_bad_id_is_answered_with_a_better_one() {
        for (id, meant) in [
            ("My Story", Some("my-story")),
            ("my_story.toml", Some("my-story")),
            ("../up", Some("up")),
            ("", None),
            ("--", None),
            ("über", Some("ber")),
        ] {
            let error = scenario(id).unwrap_err();
            assert_eq!(error.better.as_deref(), meant, "{id}");
            assert!(error.to_string().contains("small letters"));
        }
        assert!(scenario(&"x".repeat(LONGEST + 1)).is_err());
    }
}
