//! `when`: what must hold.

use std::ops::RangeInclusive;

use super::fields::{Fields, Found};
use super::values::{as_table, wrong_type};
use super::{At, Condition};
use crate::diagnostic::{Code, Diagnostic};
use crate::scenario::Bounds;
use crate::terms::Meter;

/// The deepest nesting of `any`: more is beyond people, and the checker reasons about it by recursion.
const DEEPEST: usize = 8;

/// The `when` of a table, if it has one.
pub(super) fn when(fields: &mut Fields<'_>) -> Option<Condition> {
    let value = match fields.find("when") {
        Found::Missing => return None,
        Found::Broken => return Some(broken(fields.span.clone())),
        Found::Value(value) => value,
    };
    let name = format!("`when` of {}", fields.name);
    let read = as_table(fields.context, &name, value, name.clone()).map(|table| condition(table, 0));
    Some(read.unwrap_or_else(|| broken(value.span())))
}

/// Stands in for a condition that could not be read.
fn broken(span: std::ops::Range<usize>) -> Condition {
    Condition {
        span,
        meters: Vec::new(),
        insights: None,
        knows: Vec::new(),
        flags: Vec::new(),
        without: Vec::new(),
        any: Vec::new(),
        broken: true,
    }
}

fn condition(mut fields: Fields<'_>, depth: usize) -> Condition {
    let errors = fields.context.problems.errors();
    let span = fields.span.clone();
    let mut meters = Vec::new();
    for meter in Meter::ALL {
        if let Some(bounds) = bounds(&mut fields, meter.id(), 0..=100) {
            meters.push((*meter, bounds.value));
        }
    }
    let insights = bounds(&mut fields, "insights", 0..=64);
    let (knows, flags, without) = (fields.names("knows"), fields.names("flags"), fields.names("without"));
    let any = any(&mut fields, depth);
    let asks = fields.key_span("any").is_some()
        || !(meters.is_empty() && insights.is_none() && knows.is_empty() && flags.is_empty() && without.is_empty());
    let context = fields.context;
    let name = fields.name.clone();
    fields.finish();
    let broken = context.problems.errors() > errors;
    if !asks && !broken {
        let help = "say what must hold, or leave it out";
        let message = format!("{name} asks for nothing, so it always holds");
        context.problems.push(Diagnostic::new(Code::EmptyCondition, span.clone(), message).help(help));
    }
    Condition { span, meters, insights, knows, flags, without, any, broken }
}

/// `{ min = .., max = .. }`, one of them at least.
fn bounds(fields: &mut Fields<'_>, key: &'static str, range: RangeInclusive<i64>) -> Option<At<Bounds>> {
    let value = fields.maybe(key)?;
    let name = format!("`{key}` in {}", fields.name);
    if value.get_ref().is_integer() {
        wrong_type(fields.context, &name, value, "a table such as { min = 50 }");
        return None;
    }
    let mut table = as_table(fields.context, &name, value, name.clone())?;
    let (min, max) = (table.maybe_number("min", range.clone()), table.maybe_number("max", range.clone()));
    if table.is_empty() {
        let message = format!("{name} has neither `min` nor `max`");
        let help = "write `{ min = 50 }`, `{ max = 50 }` or both";
        table.report(Diagnostic::new(Code::MissingKey, value.span(), message).help(help));
    }
    let small = |number: &At<i64>| u8::try_from(number.value).unwrap_or(0);
    let bounds = Bounds {
        min: min.as_ref().map_or(0, small),
        max: max.as_ref().map_or(u8::try_from(*range.end()).unwrap_or(100), small),
    };
    if bounds.min > bounds.max
        && let (Some(min), Some(max)) = (&min, &max)
    {
        let message = format!("{name} asks for at least {} and at most {}", min.value, max.value);
        let help = "no number is both; did you mean them the other way round?";
        table.report(
            Diagnostic::new(
                Code::BoundsCrossed,
                min.span.start.min(max.span.start)..min.span.end.max(max.span.end),
                message,
            )
            .help(help),
        );
    }
    table.finish();
    Some(At::new(bounds, value.span()))
}

/// `any = [ {..}, {..} ]`.
fn any(fields: &mut Fields<'_>, depth: usize) -> Vec<Condition> {
    let name = format!("`any` in {}", fields.name);
    let Some(values) = fields.array("any", "conditions") else {
        return Vec::new();
    };
    if depth >= DEEPEST {
        let span = fields.key_span("any").unwrap_or(fields.span.clone());
        let message = format!("conditions are nested more than {DEEPEST} levels deep");
        let help = "split them over several entries, or remember part of them in a flag";
        fields.report(Diagnostic::new(Code::TooDeep, span, message).help(help));
        return Vec::new();
    }
    let tables =
        values.iter().filter_map(|value| as_table(fields.context, &format_args!("each of {name}"), value, &name));
    // The name doesn't grow with the depth.
    let named = tables.map(|mut table| {
        table.name = if depth == 0 { format!("an entry of {name}") } else { name.clone() };
        condition(table, depth + 1)
    });
    named.collect()
}
