//! Which word belongs to which part of the instrument.

use crate::words::Word;
use screening::{Band, FollowUp, Question, Scale, Step, Substance, Window};

impl Word {
    /// The question of a step. Questions 1 to 7 have the placeholder `{memakai}`; see [`Word::using`].
    #[must_use]
    pub fn question(step: Step) -> Self {
        match step {
            Step::Item(Question::Ever, _) => Self::QuestionEver,
            Step::Item(Question::Frequency, _) => Self::QuestionFrequency,
            Step::Item(Question::Urge, _) => Self::QuestionUrge,
            Step::Item(Question::Problems, _) => Self::QuestionProblems,
            Step::Item(Question::Duties, _) => Self::QuestionDuties,
            Step::Item(Question::Concern, _) => Self::QuestionConcern,
            Step::Item(Question::CutDown, _) => Self::QuestionCutDown,
            Step::Injecting => Self::QuestionInjecting,
            Step::InjectingDays => Self::QuestionInjectingDays,
        }
    }

    /// What to keep in mind when answering a step.
    #[must_use]
    pub fn hint(step: Step) -> Self {
        match step {
            Step::Item(Question::Ever, _) => Self::HintEver,
            Step::Item(Question::Frequency, _) => Self::HintFrequency,
            Step::Item(Question::Urge, _) => Self::HintUrge,
            Step::Item(Question::Problems, _) => Self::HintProblems,
            Step::Item(Question::Duties, _) => Self::HintDuties,
            Step::Item(Question::Concern, _) => Self::HintConcern,
            Step::Item(Question::CutDown, _) => Self::HintCutDown,
            Step::Injecting => Self::HintInjecting,
            Step::InjectingDays => Self::HintInjectingDays,
        }
    }

    /// The name of a step in a list of answers, a few words long.
    #[must_use]
    pub fn short(step: Step) -> Self {
        match step {
            Step::Item(Question::Ever, _) => Self::ShortEver,
            Step::Item(Question::Frequency, _) => Self::ShortFrequency,
            Step::Item(Question::Urge, _) => Self::ShortUrge,
            Step::Item(Question::Problems, _) => Self::ShortProblems,
            Step::Item(Question::Duties, _) => Self::ShortDuties,
            Step::Item(Question::Concern, _) => Self::ShortConcern,
            Step::Item(Question::CutDown, _) => Self::ShortCutDown,
            Step::Injecting => Self::ShortInjecting,
            Step::InjectingDays => Self::ShortInjectingDays,
        }
    }

    /// The option at this place of a scale, counted from 0; none where the scale has no such option.
    #[must_use]
    pub fn option(scale: Scale, option: u8) -> Option<Self> {
        let words: &[Self] = match scale {
            Scale::YesNo => &[Self::OptionNo, Self::OptionYes],
            Scale::Frequency => &[
                Self::OptionNever,
                Self::OptionOnceTwice,
                Self::OptionMonthly,
                Self::OptionWeekly,
                Self::OptionDaily,
            ],
            Scale::Recency => &[Self::OptionNoNever, Self::OptionRecent, Self::OptionEarlier],
            Scale::DaysPerMonth => &[Self::OptionFewDays, Self::OptionManyDays],
        };
        words.get(usize::from(option)).copied()
    }

    /// What declining the step does to the result.
    #[must_use]
    pub fn decline_effect(step: Step) -> Self {
        match step {
            Step::Item(Question::Ever, _) => Self::DeclineEver,
            Step::Item(..) => Self::DeclineScored,
            Step::Injecting | Step::InjectingDays => Self::DeclineInjecting,
        }
    }

    /// The time a question looks back on.
    #[must_use]
    pub fn window(window: Window) -> Self {
        match window {
            Window::Lifetime => Self::WindowLifetime,
            Window::ThreeMonths => Self::WindowThreeMonths,
        }
    }

    /// The name of a group, with a capital.
    #[must_use]
    pub fn name(substance: Substance) -> Self {
        match substance {
            Substance::Tobacco => Self::NameTobacco,
            Substance::Alcohol => Self::NameAlcohol,
            Substance::Cannabis => Self::NameCannabis,
            Substance::Cocaine => Self::NameCocaine,
            Substance::Amphetamines => Self::NameAmphetamines,
            Substance::Inhalants => Self::NameInhalants,
            Substance::Sedatives => Self::NameSedatives,
            Substance::Hallucinogens => Self::NameHallucinogens,
            Substance::Opioids => Self::NameOpioids,
            Substance::Other => Self::NameOther,
        }
    }

    /// What a group is recognised by.
    #[must_use]
    pub fn examples(substance: Substance) -> Self {
        match substance {
            Substance::Tobacco => Self::ExamplesTobacco,
            Substance::Alcohol => Self::ExamplesAlcohol,
            Substance::Cannabis => Self::ExamplesCannabis,
            Substance::Cocaine => Self::ExamplesCocaine,
            Substance::Amphetamines => Self::ExamplesAmphetamines,
            Substance::Inhalants => Self::ExamplesInhalants,
            Substance::Sedatives => Self::ExamplesSedatives,
            Substance::Hallucinogens => Self::ExamplesHallucinogens,
            Substance::Opioids => Self::ExamplesOpioids,
            Substance::Other => Self::ExamplesOther,
        }
    }

    /// The verb phrase of a group, "memakai ganja", for the placeholder `{memakai}`.
    #[must_use]
    pub fn using(substance: Substance) -> Self {
        match substance {
            Substance::Tobacco => Self::UsingTobacco,
            Substance::Alcohol => Self::UsingAlcohol,
            Substance::Cannabis => Self::UsingCannabis,
            Substance::Cocaine => Self::UsingCocaine,
            Substance::Amphetamines => Self::UsingAmphetamines,
            Substance::Inhalants => Self::UsingInhalants,
            Substance::Sedatives => Self::UsingSedatives,
            Substance::Hallucinogens => Self::UsingHallucinogens,
            Substance::Opioids => Self::UsingOpioids,
            Substance::Other => Self::UsingOther,
        }
    }

    /// The name of a band, such as "risiko menengah".
    #[must_use]
    pub fn band(band: Band) -> Self {
        match band {
            Band::Low => Self::BandLow,
            Band::Moderate => Self::BandModerate,
            Band::High => Self::BandHigh,
        }
    }

    /// What a band means.
    #[must_use]
    pub fn band_meaning(band: Band) -> Self {
        match band {
            Band::Low => Self::BandLowMeaning,
            Band::Moderate => Self::BandModerateMeaning,
            Band::High => Self::BandHighMeaning,
        }
    }

    /// The next conversation of a follow-up class.
    #[must_use]
    pub fn follow_up(follow_up: FollowUp) -> Self {
        match follow_up {
            FollowUp::Information => Self::FollowInformation,
            FollowUp::Talk => Self::FollowTalk,
            FollowUp::Assessment => Self::FollowAssessment,
            FollowUp::Puskesmas => Self::FollowPuskesmas,
        }
    }
}
