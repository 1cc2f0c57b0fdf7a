//! Bands of the score: a run of fifteen decisions can't tell 81 from 79, so people get a band and a word.

/// A stretch of the line between manager and leader, as wide as the titles of the scoring are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Band {
    /// 0 to 49.
    Manages,
    /// 50 to 69.
    InTwoMinds,
    /// 70 to 84.
    MostlyLeads,
    /// 85 to 100.
    Leads,
}

impl Band {
    /// Every band, from manager to leader.
    pub const ALL: [Self; 4] = [Self::Manages, Self::InTwoMinds, Self::MostlyLeads, Self::Leads];

    /// The band of a rounded score, 0 to 100.
    pub const fn of(score: u64) -> Self {
        match score {
            0..=49 => Self::Manages,
            50..=69 => Self::InTwoMinds,
            70..=84 => Self::MostlyLeads,
            85.. => Self::Leads,
        }
    }

    /// Its lowest and highest score.
    pub const fn range(self) -> (u64, u64) {
        match self {
            Self::Manages => (0, 49),
            Self::InTwoMinds => (50, 69),
            Self::MostlyLeads => (70, 84),
            Self::Leads => (85, 100),
        }
    }

    /// Where it lies on the line, in words.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Manages => "the manager's end",
            Self::InTwoMinds => "between manager and leader",
            Self::MostlyLeads => "near the leader's end",
            Self::Leads => "the leader's end",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_score_has_its_band() {
        for score in 0..=100 {
            let (lowest, highest) = Band::of(score).range();
            assert!((lowest..=highest).contains(&score));
        }
        assert!(Band::ALL.is_sorted());
    }
}
