//! "My plan": what a person chooses to do, and what to do if it goes otherwise. Kept in memory only.

use island::{Island, Word};
use zeroize::Zeroize;

/// What the plan says something about, in the order of the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// When to go or call.
    When,
    /// Whom to turn to.
    Door,
    /// Who comes along.
    Company,
    /// What if ashamed.
    Shame,
    /// What if nobody answers.
    Silence,
}

impl Item {
    /// Every item, in the order of the sheet.
    pub const ALL: [Self; 5] = [Self::When, Self::Door, Self::Company, Self::Shame, Self::Silence];

    /// What the item asks.
    pub fn question(self) -> Word {
        match self {
            Self::When => Word::PlanWhen,
            Self::Door => Word::PlanDoor,
            Self::Company => Word::PlanCompany,
            Self::Shame => Word::PlanShame,
            Self::Silence => Word::PlanSilence,
        }
    }

    /// The sentence on the sheet; its placeholder takes the chosen option.
    pub fn sentence(self) -> Word {
        match self {
            Self::When => Word::SheetWhen,
            Self::Door => Word::SheetDoor,
            Self::Company => Word::SheetCompany,
            Self::Shame => Word::SheetShame,
            Self::Silence => Word::SheetSilence,
        }
    }

    /// The options that everyone has.
    fn words(self) -> &'static [Word] {
        match self {
            Self::When => &[Word::PlanWhenToday, Word::PlanWhenTomorrow, Word::PlanWhenWeek],
            Self::Door => &[
                Word::PlanDoorPuskesmas,
                Word::PlanDoorHospital,
                Word::PlanDoorHelper,
                Word::PlanDoorLine,
            ],
            Self::Company => &[
                Word::PlanCompanyFamily,
                Word::PlanCompanyFriend,
                Word::PlanCompanyHelper,
                Word::PlanCompanyNobody,
            ],
            Self::Shame => &[Word::PlanShameDoor, Word::PlanShameCall, Word::PlanShamePaper],
            Self::Silence => {
                &[Word::PlanSilenceAgain, Word::PlanSilenceClinic, Word::PlanSilenceLine]
            }
        }
    }

    /// Every option, as it is shown. The doors nearby come after those that are everywhere.
    pub fn options<'a>(self, island: &'a Island, doors: &[&'a str]) -> Vec<&'a str> {
        let everywhere = self.words().iter().map(|word| island.words.text(*word));
        let nearby = doors.iter().copied().filter(|_| self == Self::Door);
        everywhere.chain(nearby).collect()
    }
}

/// The chosen options, item by item, as places in [`Item::options`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Plan([Option<u8>; 5]);

impl Plan {
    /// Nothing chosen.
    pub const fn empty() -> Self {
        Self([None; 5])
    }

    /// What was chosen for an item.
    pub fn get(&self, item: Item) -> Option<u8> {
        self.0[item as usize]
    }

    /// The plan with another choice for an item.
    pub fn with(mut self, item: Item, option: Option<u8>) -> Self {
        self.0[item as usize] = option;
        self
    }

    /// The plan for another place: a door of the place before is no longer chosen.
    pub fn elsewhere(self) -> Self {
        let everywhere = Item::Door.words().len();
        let kept = self.get(Item::Door).filter(|door| usize::from(*door) < everywhere);
        self.with(Item::Door, kept)
    }
}

impl Zeroize for Plan {
    fn zeroize(&mut self) {
        self.0.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_door_has_options_nearby() {
        let island = Island::default();
        for item in Item::ALL {
            let grows = item.options(&island, &["BNNK"]).len() - item.options(&island, &[]).len();
            assert_eq!(grows, usize::from(item == Item::Door), "{item:?}");
        }
    }

    #[test]
    fn another_place_forgets_only_a_door_nearby() {
        let plan = Plan::empty().with(Item::When, Some(1)).with(Item::Door, Some(3));
        assert_eq!(plan.elsewhere(), plan);
        let nearby = plan.with(Item::Door, Some(4));
        assert_eq!(nearby.elsewhere(), plan.with(Item::Door, None));
    }

    #[test]
    fn a_wiped_plan_is_empty() {
        let mut plan = Plan::empty().with(Item::Shame, Some(2));
        plan.zeroize();
        assert_eq!(plan, Plan::empty());
    }
}
