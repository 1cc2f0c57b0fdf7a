//! `allow`: findings that the author means to be so, each with the reason.
//!
//! It changes nothing of the story and is no part of its identity: only the content checks look at it.

use super::At;
use super::fields::Fields;
use super::text::Rule;
use crate::diagnostic::Code;

/// The codes that are allowed in a table, which may have no such list.
pub(super) fn codes(fields: &mut Fields<'_>) -> Vec<At<Code>> {
    let name = format!("`allow` of {}", fields.name);
    let Some(mut table) = fields.table("allow", name) else {
        return Vec::new();
    };
    let mut codes = Vec::new();
    for code in Code::CONTENT {
        // A reason that is there must say something; one that isn't is not asked for.
        table.text(code.id(), if table.key_span(code.id()).is_some() { Rule::LINE } else { Rule::LINE.optional() });
        if let Some(span) = table.key_span(code.id()) {
            codes.push(At::new(*code, span));
        }
    }
    table.finish();
    codes
}
