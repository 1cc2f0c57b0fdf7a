//! What a menu shows of a scenario first, which stands at the top of its file.

use toml::de::DeTable;

use super::Scenario;
use super::file;
use crate::text::Text;

/// A scenario at a glance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Glance {
    /// What people call it.
    pub title: Text,
    /// How hard it is, 1 to 5.
    pub level: u8,
    /// How long a run takes.
    pub minutes: u16,
}

impl Glance {
    /// Of a scenario.
    pub fn of(scenario: &Scenario) -> Self {
        Self { title: scenario.title.clone(), level: scenario.level, minutes: scenario.minutes }
    }

    /// Of a scenario's file, from what stands before its first table. Nothing if that is not all there, or has problems;
    /// then the file has to be checked. That the rest of it is good is not known.
    pub(super) fn at(source: &str) -> Option<Self> {
        let top = source.split("\n[").next()?;
        let table = DeTable::parse(top).ok()?;
        file::glance(top, table.get_ref())
    }
}
