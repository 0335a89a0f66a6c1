//! Where the person stands, and what each action makes of it. No page, no words: plain values.

use crate::idle::Rest;
use crate::place::Place;
use crate::plan::{Item, Plan};
use screening::{
    Answer, Answers, Outcome, Step, due_steps, first_open, is_due, outcome, step_before,
};
use zeroize::Zeroize;

/// What is on the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Screen {
    /// What this is, what it is not, who sees it.
    Opening,
    /// For someone who is worried about another person: no questions and no band.
    Other,
    /// For an Agen Pemulihan, before the client takes the phone.
    Helper,
    /// The phone goes to the client.
    HandOver,
    /// The one question about age.
    Age,
    /// For people under 18: no questions and no band.
    Minor,
    /// One question.
    Question(Step),
    /// Every answer, to be checked or changed.
    Check,
    /// The result, and the contacts.
    Result,
    /// What the person means to do.
    Plan,
    /// The phone goes back to the Agen Pemulihan.
    HandBack,
}

/// Who holds the phone besides the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Nobody.
    Alone,
    /// An Agen Pemulihan, who hands it over.
    Assisted,
}

/// What the person does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Goes to a screen that stands beside or before the questions.
    Enter(Screen),
    /// Marks an option; after those of the scale come "not sure" and "prefer not to say".
    Choose(u8),
    /// Commits the marked option.
    Next,
    /// Goes one screen back. An option that was only marked is forgotten.
    Back,
    /// The gesture or key that closes things: the warning if there is one, else one screen back.
    Close,
    /// Changes one answer, from the check.
    Change(Step),
    /// Leaves the check.
    ShowResult,
    /// Chooses a place.
    Choosing(Place),
    /// Chooses an option of the plan.
    Planning(Item, Option<u8>),
    /// Decides whether the answers are printed with the result.
    Printing(bool),
    /// Is at rest, or no longer.
    Resting(Rest),
    /// Forgets everything.
    Restart,
}

/// The option of the age question that leads to the questions.
pub const ADULT: u8 = 0;
/// The option of the age question that leads to other routes.
pub const MINOR: u8 = 1;

/// Everything the widget remembers. All of it is overwritten by [`Action::Restart`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct State {
    /// What is on the screen.
    pub screen: Screen,
    /// The committed answers.
    pub answers: Answers,
    /// The marked option of the screen, not yet committed.
    pub chosen: Option<u8>,
    /// Whether "next" was asked for with nothing marked.
    pub is_missing: bool,
    /// The chosen place.
    pub place: Place,
    /// The plan.
    pub plan: Plan,
    /// Whether the answers are printed with the result.
    pub prints_answers: bool,
    /// Whether to warn that the page has long been left alone.
    pub rest: Rest,
    /// Who is with the person.
    pub way: Way,
    age: Option<u8>,
    is_changing: bool,
}

impl State {
    /// Nothing answered, the opening on the screen.
    pub const fn new() -> Self {
        Self {
            screen: Screen::Opening,
            answers: Answers::none(),
            chosen: None,
            is_missing: false,
            place: Place::nowhere(),
            plan: Plan::empty(),
            prints_answers: false,
            rest: Rest::Short,
            way: Way::Alone,
            age: None,
            is_changing: false,
        }
    }

    /// The result, once every question that is asked has its answer.
    pub fn outcome(&self) -> Option<Outcome> {
        outcome(&self.answers).ok()
    }

    /// Does what the person asked for. What does not fit the screen changes nothing.
    pub fn apply(&mut self, action: Action) {
        let is_warned = self.rest == Rest::Long;
        if !matches!(action, Action::Resting(_)) {
            self.rest = Rest::Short;
        }
        match action {
            Action::Close if is_warned => {}
            Action::Enter(screen) => self.enter(screen),
            Action::Choose(option) => self.chosen = Some(option),
            Action::Next => self.commit(),
            Action::Back | Action::Close => self.step_back(),
            Action::Change(step) => self.change(step),
            Action::ShowResult => self.show_result(),
            Action::Choosing(place) => {
                self.place = place;
                self.plan = self.plan.elsewhere();
            }
            Action::Planning(item, option) => self.plan = self.plan.with(item, option),
            Action::Printing(prints) => self.prints_answers = prints,
            Action::Resting(rest) => self.rest(rest),
            Action::Restart => self.wipe(),
        }
    }

    /// Overwrites everything the person told, in a way that the compiler cannot leave out.
    fn wipe(&mut self) {
        self.answers.wipe();
        self.chosen.zeroize();
        self.age.zeroize();
        self.place.zeroize();
        self.plan.zeroize();
        *self = Self::new();
    }

    /// The ways that lead from one screen to another without a question between.
    fn enter(&mut self, screen: Screen) {
        let is_open = match screen {
            Screen::Other | Screen::Helper => self.screen == Screen::Opening,
            Screen::HandOver => self.screen == Screen::Helper,
            Screen::Age => matches!(self.screen, Screen::Opening | Screen::HandOver),
            Screen::Plan => self.screen == Screen::Result,
            Screen::HandBack => self.screen == Screen::Result && self.way == Way::Assisted,
            Screen::Opening
            | Screen::Minor
            | Screen::Question(_)
            | Screen::Check
            | Screen::Result => false,
        };
        if is_open {
            if screen == Screen::Helper {
                self.way = Way::Assisted;
            }
            self.show(screen);
        }
    }

    /// Where nothing has begun there is nothing to forget.
    fn rest(&mut self, rest: Rest) {
        match rest {
            _ if self.screen == Screen::Opening => {}
            Rest::Short | Rest::Long => self.rest = rest,
            Rest::Over => self.wipe(),
        }
    }

    fn commit(&mut self) {
        let Some(option) = self.chosen else {
            self.is_missing = true;
            return;
        };
        match self.screen {
            Screen::Age => self.commit_age(option),
            Screen::Question(step) => self.commit_answer(step, option),
            _ => {}
        }
    }

    fn commit_age(&mut self, option: u8) {
        self.age = Some(option);
        if option == MINOR {
            self.answers = Answers::none();
            self.show(Screen::Minor);
        } else {
            let first = due_steps(&self.answers).next();
            self.show_open_or_check(first);
        }
    }

    fn commit_answer(&mut self, step: Step, option: u8) {
        let answer = match option.checked_sub(step.scale().options()) {
            None => Answer::Option(option),
            Some(0) => Answer::Unsure,
            Some(_) => Answer::Declined,
        };
        let Ok(answers) = self.answers.with(step, answer) else { return };
        self.answers = answers;
        let following = due_steps(&answers).skip_while(|due| *due != step).nth(1);
        self.show_open_or_check(if self.is_changing { None } else { following });
    }

    /// Shows the given step, or the first without an answer, or the check where all are answered.
    fn show_open_or_check(&mut self, step: Option<Step>) {
        match step.or_else(|| first_open(&self.answers)) {
            Some(step) => self.show(Screen::Question(step)),
            None => self.show(Screen::Check),
        }
    }

    fn step_back(&mut self) {
        let before = match self.screen {
            Screen::Opening | Screen::Other | Screen::Helper => Screen::Opening,
            Screen::HandOver => Screen::Helper,
            Screen::Age => match self.way {
                Way::Alone => Screen::Opening,
                Way::Assisted => Screen::HandOver,
            },
            Screen::Minor => Screen::Age,
            Screen::Question(_) if self.is_changing && first_open(&self.answers).is_none() => {
                Screen::Check
            }
            Screen::Question(step) => {
                step_before(&self.answers, step).map_or(Screen::Age, Screen::Question)
            }
            Screen::Check => due_steps(&self.answers).last().map_or(Screen::Age, Screen::Question),
            Screen::Result => Screen::Check,
            Screen::Plan | Screen::HandBack => Screen::Result,
        };
        self.show(before);
    }

    fn change(&mut self, step: Step) {
        if self.screen == Screen::Check && is_due(&self.answers, step) {
            self.is_changing = true;
            self.show(Screen::Question(step));
        }
    }

    fn show_result(&mut self) {
        if self.screen == Screen::Check && first_open(&self.answers).is_none() {
            self.show(Screen::Result);
        }
    }

    fn show(&mut self, screen: Screen) {
        self.chosen = match screen {
            Screen::Age => self.age,
            Screen::Question(step) => self.answers.get(step).map(|answer| match answer {
                Answer::Option(option) => option,
                Answer::Unsure => step.scale().options(),
                Answer::Declined => step.scale().options() + 1,
            }),
            _ => None,
        };
        self.is_changing &= matches!(screen, Screen::Question(_));
        self.is_missing = false;
        if screen == Screen::Opening {
            self.way = Way::Alone;
        }
        self.screen = screen;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use screening::{Band, FollowUp, Question, SUBSTANCES, Scale, Substance, all_steps};

    fn adult() -> State {
        let mut state = State::new();
        for action in [Action::Enter(Screen::Age), Action::Choose(ADULT), Action::Next] {
            state.apply(action);
        }
        state
    }

    fn answer_all(state: &mut State, option: impl Fn(Step) -> u8) {
        while let Screen::Question(step) = state.screen {
            state.apply(Action::Choose(option(step)));
            state.apply(Action::Next);
        }
    }

    fn is_first(step: Step, used: Substance) -> u8 {
        u8::from(step == Step::Item(Question::Ever, used))
    }

    #[test]
    fn asks_nothing_of_minors() {
        let mut state = State::new();
        for action in [Action::Enter(Screen::Age), Action::Choose(MINOR), Action::Next] {
            state.apply(action);
        }
        assert_eq!(state.screen, Screen::Minor);
        assert_eq!(state.answers, Answers::none());
    }

    #[test]
    fn becoming_a_minor_forgets_the_answers() {
        let mut state = adult();
        answer_all(&mut state, |step| is_first(step, Substance::Cannabis));
        while state.screen != Screen::Age {
            state.apply(Action::Back);
        }
        state.apply(Action::Choose(MINOR));
        state.apply(Action::Next);
        assert_eq!(state.answers, Answers::none());
    }

    #[test]
    fn says_what_is_missing_and_stays() {
        let mut state = adult();
        let before = state.screen;
        state.apply(Action::Next);
        assert!(state.is_missing);
        assert_eq!(state.screen, before);
    }

    #[test]
    fn all_no_ends_after_ten_questions() {
        let mut state = adult();
        let mut asked = 0;
        while let Screen::Question(_) = state.screen {
            asked += 1;
            state.apply(Action::Choose(0));
            state.apply(Action::Next);
        }
        assert_eq!((asked, state.screen), (SUBSTANCES.len(), Screen::Check));
        state.apply(Action::ShowResult);
        assert_eq!(state.screen, Screen::Result);
        assert!(state.outcome().unwrap().results.is_empty());
    }

    #[test]
    fn a_change_returns_straight_to_the_check() {
        let mut state = adult();
        answer_all(&mut state, |step| is_first(step, Substance::Cannabis));
        let concern = Step::Item(Question::Concern, Substance::Cannabis);
        for action in [Action::Change(concern), Action::Choose(2), Action::Next] {
            state.apply(action);
        }
        assert_eq!(state.screen, Screen::Check);
        assert_eq!(state.answers.get(concern), Some(Answer::Option(2)));
    }

    #[test]
    fn a_change_asks_what_it_makes_due() {
        let mut state = adult();
        answer_all(&mut state, |step| is_first(step, Substance::Cannabis));
        let frequency = Step::Item(Question::Frequency, Substance::Cannabis);
        for action in [Action::Change(frequency), Action::Choose(1), Action::Next] {
            state.apply(action);
        }
        assert_eq!(state.screen, Screen::Question(Step::Item(Question::Urge, Substance::Cannabis)));
        answer_all(&mut state, |_| 0);
        assert_eq!(state.screen, Screen::Check);
    }

    #[test]
    fn back_from_a_change_changes_nothing() {
        let mut state = adult();
        answer_all(&mut state, |step| is_first(step, Substance::Cannabis));
        let answers = state.answers;
        let ever = Step::Item(Question::Ever, Substance::Opioids);
        for action in [Action::Change(ever), Action::Choose(1), Action::Back] {
            state.apply(action);
        }
        assert_eq!((state.screen, state.answers), (Screen::Check, answers));
    }

    #[test]
    fn the_second_option_after_the_last_declines() {
        let mut state = adult();
        answer_all(&mut state, |step| step.scale().options() + 1);
        let Some(outcome) = state.outcome() else { panic!("complete") };
        assert_eq!(outcome.undisclosed.len(), SUBSTANCES.len());
        assert_eq!(outcome.follow_up, FollowUp::Information);
    }

    #[test]
    fn restart_forgets_everything() {
        let mut state = adult();
        answer_all(&mut state, |_| 1);
        state.apply(Action::ShowResult);
        assert_eq!(state.outcome().unwrap().highest, Band::High);
        state.apply(Action::Planning(Item::When, Some(1)));
        state.apply(Action::Printing(true));
        state.apply(Action::Choosing(Place { province: Some(1), ..Place::nowhere() }));
        state.apply(Action::Restart);
        assert_eq!(state, State::new());
    }

    #[test]
    fn with_a_helper_the_phone_goes_to_the_client_and_back() {
        let mut state = State::new();
        for screen in [Screen::Helper, Screen::HandOver, Screen::Age] {
            state.apply(Action::Enter(screen));
            assert_eq!((state.screen, state.way), (screen, Way::Assisted));
        }
        state.apply(Action::Choose(ADULT));
        state.apply(Action::Next);
        answer_all(&mut state, |_| 0);
        state.apply(Action::ShowResult);
        state.apply(Action::Enter(Screen::HandBack));
        assert_eq!(state.screen, Screen::HandBack);
        state.apply(Action::Back);
        assert_eq!(state.screen, Screen::Result);
    }

    #[test]
    fn alone_nobody_hands_back_a_phone() {
        let mut state = adult();
        answer_all(&mut state, |_| 0);
        state.apply(Action::ShowResult);
        state.apply(Action::Enter(Screen::HandBack));
        assert_eq!(state.screen, Screen::Result);
    }

    #[test]
    fn whoever_came_with_a_helper_and_turned_back_is_alone() {
        let mut state = State::new();
        for action in [Action::Enter(Screen::Helper), Action::Back, Action::Enter(Screen::Age)] {
            state.apply(action);
        }
        assert_eq!(state.way, Way::Alone);
    }

    #[test]
    fn worry_about_another_asks_nothing() {
        let mut state = State::new();
        state.apply(Action::Enter(Screen::Other));
        let here = state.clone();
        for action in [Action::Choose(1), Action::Next, Action::ShowResult] {
            state.apply(action);
        }
        assert_eq!((state.screen, state.answers), (here.screen, Answers::none()));
        state.apply(Action::Back);
        assert_eq!(state.screen, Screen::Opening);
    }

    #[test]
    fn a_long_rest_warns_and_then_forgets() {
        let mut state = adult();
        answer_all(&mut state, |_| 1);
        state.apply(Action::Resting(Rest::Long));
        assert_eq!(state.rest, Rest::Long);
        state.apply(Action::Resting(Rest::Short));
        assert_eq!(state.rest, Rest::Short);
        assert_eq!(state.screen, Screen::Check);
        state.apply(Action::Resting(Rest::Over));
        assert_eq!(state, State::new());
    }

    #[test]
    fn closing_the_warning_keeps_the_screen_and_any_act_ends_it() {
        let mut state = adult();
        let screen = state.screen;
        for action in [Action::Choose(1), Action::Resting(Rest::Long), Action::Close] {
            state.apply(action);
        }
        assert_eq!((state.screen, state.chosen, state.rest), (screen, Some(1), Rest::Short));
        state.apply(Action::Resting(Rest::Long));
        state.apply(Action::Next);
        assert_eq!(state.rest, Rest::Short);
        assert_ne!(state.screen, screen);
        state.apply(Action::Close);
        assert_eq!(state.screen, screen);
    }

    #[test]
    fn the_opening_has_nothing_to_forget() {
        let mut state = State::new();
        state.apply(Action::Resting(Rest::Long));
        assert_eq!(state, State::new());
    }

    #[test]
    fn another_place_forgets_the_door_of_the_place_before() {
        let mut state = State::new();
        state.apply(Action::Planning(Item::Door, Some(4)));
        state.apply(Action::Choosing(Place { province: Some(1), ..Place::nowhere() }));
        assert_eq!(state.plan.get(Item::Door), None);
    }

    fn action() -> impl Strategy<Value = Action> {
        let step = prop::sample::select(all_steps().collect::<Vec<_>>());
        let screen = prop::sample::select(vec![
            Screen::Opening,
            Screen::Other,
            Screen::Helper,
            Screen::HandOver,
            Screen::Age,
            Screen::Minor,
            Screen::Question(Step::Injecting),
            Screen::Check,
            Screen::Result,
            Screen::Plan,
            Screen::HandBack,
        ]);
        prop_oneof![
            2 => screen.prop_map(Action::Enter),
            1 => (0..2_u8).prop_map(|rest| Action::Resting([Rest::Short, Rest::Long][usize::from(rest)])),
            6 => (0..Scale::Frequency.options() + 2).prop_map(Action::Choose),
            6 => Just(Action::Next),
            1 => Just(Action::Back),
            1 => Just(Action::Close),
            1 => step.prop_map(Action::Change),
            1 => Just(Action::ShowResult),
        ]
    }

    proptest! {
        #[test]
        fn no_way_leads_astray(actions in prop::collection::vec(action(), 0..200)) {
            let mut state = State::new();
            for action in actions {
                state.apply(action);
                match state.screen {
                    Screen::Question(step) => prop_assert!(is_due(&state.answers, step)),
                    Screen::Check | Screen::Result | Screen::Plan => {
                        prop_assert!(state.outcome().is_some());
                    }
                    Screen::HandBack => {
                        prop_assert!(state.outcome().is_some());
                        prop_assert_eq!(state.way, Way::Assisted);
                    }
                    Screen::Opening | Screen::Other => prop_assert_eq!(state.way, Way::Alone),
                    Screen::Helper | Screen::HandOver => {
                        prop_assert_eq!(state.way, Way::Assisted);
                    }
                    Screen::Age | Screen::Minor => {}
                }
            }
        }
    }
}
