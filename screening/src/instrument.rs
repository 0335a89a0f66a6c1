//! The instrument itself: substances, questions, option scales, points and bands, as data.

/// The ten substance groups of WHO ASSIST v3.1, in its order (a to j).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Substance {
    /// a: tobacco products.
    Tobacco,
    /// b: alcoholic beverages.
    Alcohol,
    /// c: cannabis.
    Cannabis,
    /// d: cocaine.
    Cocaine,
    /// e: amphetamine-type stimulants.
    Amphetamines,
    /// f: inhalants.
    Inhalants,
    /// g: sedatives and sleeping pills.
    Sedatives,
    /// h: hallucinogens.
    Hallucinogens,
    /// i: opioids.
    Opioids,
    /// j: anything else.
    Other,
}

/// Every group, in the order in which the instrument asks for them.
pub const SUBSTANCES: [Substance; 10] = [
    Substance::Tobacco,
    Substance::Alcohol,
    Substance::Cannabis,
    Substance::Cocaine,
    Substance::Amphetamines,
    Substance::Inhalants,
    Substance::Sedatives,
    Substance::Hallucinogens,
    Substance::Opioids,
    Substance::Other,
];

impl Substance {
    /// The band of a score of this group: alcohol 0-10, 11-26, 27 and more; all others 0-3, 4-26, 27 and more.
    #[must_use]
    pub fn band(self, score: u8) -> Band {
        match score {
            27.. => Band::High,
            _ if score >= self.moderate_from() => Band::Moderate,
            _ => Band::Low,
        }
    }

    /// The lowest score of the moderate band of this group.
    #[must_use]
    pub fn moderate_from(self) -> u8 {
        if self == Self::Alcohol { 11 } else { 4 }
    }

    /// The highest score this group can reach: 39, or 31 for tobacco, which is not asked question 5.
    #[must_use]
    pub fn highest_score(self) -> u8 {
        if self == Self::Tobacco { 31 } else { 39 }
    }

    /// Whether a puskesmas is the right first door: alcohol and tobacco.
    #[must_use]
    pub fn is_legal_to_sell(self) -> bool {
        matches!(self, Self::Tobacco | Self::Alcohol)
    }

    /// Whether stopping suddenly can cause seizures and be fatal: alcohol and sedatives.
    #[must_use]
    pub fn has_dangerous_withdrawal(self) -> bool {
        matches!(self, Self::Alcohol | Self::Sedatives)
    }
}

/// Risk of harm from one substance. Not ringan, sedang or berat, which only an asesmen gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    /// Lower risk.
    Low,
    /// Moderate risk.
    Moderate,
    /// High risk.
    High,
}

/// The questions asked for each substance, in the order of the instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    /// 1: ever used, non-medically. Never scored.
    Ever,
    /// 2: how often used.
    Frequency,
    /// 3: strong desire or urge to use.
    Urge,
    /// 4: health, social, legal or financial problems.
    Problems,
    /// 5: failed to do what was normally expected. Never asked for tobacco.
    Duties,
    /// 6: a friend, a relative or anyone else was worried and said so.
    Concern,
    /// 7: tried to cut down or stop and did not succeed.
    CutDown,
}

/// The time a question looks back on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Window {
    /// The whole life.
    Lifetime,
    /// The last three months.
    ThreeMonths,
}

/// A set of options. The order of the options is that of the instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scale {
    /// no, yes.
    YesNo,
    /// never, once or twice, monthly, weekly, daily or almost daily.
    Frequency,
    /// no never, yes in the last three months, yes but earlier.
    Recency,
    /// four days a month or fewer, more than four days a month.
    DaysPerMonth,
}

impl Scale {
    /// How many options the scale has.
    #[must_use]
    pub fn options(self) -> u8 {
        match self {
            Self::YesNo | Self::DaysPerMonth => 2,
            Self::Recency => 3,
            Self::Frequency => 5,
        }
    }
}

impl Question {
    /// Every question asked per substance, in order.
    pub const ALL: [Self; 7] = [
        Self::Ever,
        Self::Frequency,
        Self::Urge,
        Self::Problems,
        Self::Duties,
        Self::Concern,
        Self::CutDown,
    ];

    /// The number of the question in the instrument, 1 to 7.
    #[must_use]
    pub fn number(self) -> u8 {
        self as u8 + 1
    }

    /// The options the question offers.
    #[must_use]
    pub fn scale(self) -> Scale {
        match self {
            Self::Ever => Scale::YesNo,
            Self::Frequency | Self::Urge | Self::Problems | Self::Duties => Scale::Frequency,
            Self::Concern | Self::CutDown => Scale::Recency,
        }
    }

    /// The time the question looks back on.
    #[must_use]
    pub fn window(self) -> Window {
        match self {
            Self::Ever | Self::Concern | Self::CutDown => Window::Lifetime,
            Self::Frequency | Self::Urge | Self::Problems | Self::Duties => Window::ThreeMonths,
        }
    }

    /// The points of each option, in the order of the scale; empty where the question is never scored.
    #[must_use]
    pub fn points(self) -> &'static [u8] {
        match self {
            Self::Ever => &[],
            Self::Frequency => &[0, 2, 3, 4, 6],
            Self::Urge => &[0, 3, 4, 5, 6],
            Self::Problems => &[0, 4, 5, 6, 7],
            Self::Duties => &[0, 5, 6, 7, 8],
            Self::Concern | Self::CutDown => &[0, 6, 3],
        }
    }

    /// Whether the question falls away for a substance that question 2 says was never used of late.
    #[must_use]
    pub fn is_skipped_when_never(self) -> bool {
        matches!(self, Self::Urge | Self::Problems | Self::Duties)
    }

    /// Whether the instrument has this question for this substance at all.
    #[must_use]
    pub fn exists_for(self, substance: Substance) -> bool {
        !(self == Self::Duties && substance == Substance::Tobacco)
    }
}

/// One question as it stands before the person: about a substance, or the global question 8.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Questions 1 to 7 about one substance.
    Item(Question, Substance),
    /// Question 8: ever injected, non-medically. Never scored.
    Injecting,
    /// Question 8, second part: on how many days a month.
    InjectingDays,
}

impl Step {
    /// The options of the step.
    #[must_use]
    pub fn scale(self) -> Scale {
        match self {
            Self::Item(question, _) => question.scale(),
            Self::Injecting => Scale::Recency,
            Self::InjectingDays => Scale::DaysPerMonth,
        }
    }
}
