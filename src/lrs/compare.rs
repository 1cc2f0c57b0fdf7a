//! Whether the statement that a store has is the one that was sent.

use serde_json::Value;

/// Whether everything that was sent is in what is there. A store may add: when it was stored, by whose authority, and a
/// time where none was given.
pub(super) fn holds(there: &Value, sent: &Value) -> bool {
    match (there, sent) {
        (Value::Object(there), Value::Object(sent)) => sent
            .iter()
            // How a time is written is the store's business, and of what version it keeps it too.
            .filter(|(key, _)| !matches!(key.as_str(), "timestamp" | "version"))
            .all(|(key, sent)| there.get(key).is_some_and(|there| holds(there, sent))),
        (Value::Array(there), Value::Array(sent)) => {
            there.len() == sent.len() && there.iter().zip(sent).all(|(there, sent)| holds(there, sent))
        }
        // 1 and 1.0 are one number.
        (Value::Number(there), Value::Number(sent)) => there.as_f64() == sent.as_f64(),
        (there, sent) => there == sent,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_store_may_add_and_may_not_change() {
        let sent = json!({"id": "a", "result": {"score": {"raw": 17}, "response": "x"}, "version": "1.0.3", "of": [1]});
        let stored = json!({"id": "a", "result": {"score": {"raw": 17.0}, "response": "x"}, "version": "1.0.0",
            "of": [1], "stored": "today", "timestamp": "today"});
        assert!(holds(&stored, &sent));
        for (key, other) in [("id", json!("b")), ("of", json!([1, 2])), ("result", json!({})), ("of", json!(null))] {
            let mut other_one = stored.clone();
            other_one[key] = other;
            assert!(!holds(&other_one, &sent), "{key}");
        }
    }
}
