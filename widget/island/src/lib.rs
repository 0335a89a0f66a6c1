//! What the generator hands to the widget inside the page: words, places, offices and contacts,
//! as one flat text. The generator writes it, the widget reads it; both use these types.
//!
//! Every text in it is final: dates are written out, links are resolved, nothing is looked up later.
//! No area, office or unit has an address in it: whoever opened such a page from the screening would
//! tell the host which place was chosen.
//! Flat text instead of JSON, because `serde_json` alone adds 12.8 KB (brotli) to the widget.

mod codec;
mod hours;
mod naming;
mod topics;
mod words;

pub use codec::Broken;
pub use hours::{Hours, Now, Openings, Span, Zone, clock};
pub use topics::Topic;
pub use words::{PaperWord, Word, Words, fill};

/// Everything the widget knows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Island {
    /// The wording of the instrument and of every screen.
    pub words: Words,
    /// The addresses the screens refer to.
    pub links: Links,
    /// The lines of the whole country, in the order in which they are shown.
    pub national: Vec<NationalLine>,
    /// Provinces and kab/kota that can be chosen, sorted by code.
    pub areas: Vec<Area>,
    /// Offices, in the order in which the generator read them.
    pub offices: Vec<Office>,
    /// Units that can be chosen, in the order in which they are listed.
    pub units: Vec<Unit>,
    /// The names of [`Topic::ALL`], in that order.
    pub topics: Vec<String>,
}

/// Addresses of pages. An empty one is not shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Links {
    /// The start page.
    pub home: String,
    /// The page about emergencies.
    pub emergency: String,
    /// The page about what is and is not recorded.
    pub privacy: String,
    /// The page that finds a contact nearby.
    pub finder: String,
    /// The page for families.
    pub families: String,
    /// The page about how the screening came to be and what it cannot do.
    pub method: String,
}

/// What a line is for. Lines are shown in this order, so that a line which also takes reports of
/// crimes never stands before one that only cares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Danger to life. The first of these lines is the button of the emergency card.
    #[default]
    Emergency,
    /// Care, such as thoughts of suicide.
    Care,
    /// Questions about care, and also reports of crimes.
    Mixed,
    /// Reports of crimes only.
    Report,
}

impl Role {
    /// Every role, in the order in which lines are shown.
    pub const ALL: [Self; 4] = [Self::Emergency, Self::Care, Self::Mixed, Self::Report];

    /// The word for the role in the content, and in the island.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Emergency => "darurat",
            Self::Care => "perawatan",
            Self::Mixed => "campuran",
            Self::Report => "laporan",
        }
    }

    /// The role of a word; none where no role has it.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.key() == key)
    }
}

/// A line that is answered for the whole country.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NationalLine {
    /// What it is, such as "Darurat medis".
    pub name: String,
    /// What it is for.
    pub role: Role,
    /// What it is for, as it is shown beside the name; may be empty.
    pub kind: String,
    /// The number as it is shown, such as "119 lalu tekan 8".
    pub shown: String,
    /// The `tel:` link; it dials exactly the digits shown first.
    pub href: String,
    /// The web site of the line as it is read, such as `healing119.id`, or empty. No link: the
    /// policy of the page would turn it into an error page.
    pub site: String,
    /// What happens when one calls, and when it was last checked.
    pub note: String,
}

/// A province (`31`) or a kab/kota (`31.72`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Area {
    /// Kemendagri's code, with dots.
    pub code: String,
    /// The everyday name.
    pub name: String,
}

/// A BNNK or BNNP.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Office {
    /// The short name.
    pub name: String,
    /// The codes of the provinces or kab/kota it serves.
    pub serves: Vec<String>,
    /// Its contacts that may be published, in the order in which they are shown.
    pub contacts: Vec<Contact>,
    /// The office's own referral rule for low, moderate and high, or none published.
    pub rule: Option<Rule>,
    /// Its opening hours; none where it has published none.
    pub hours: Option<Hours>,
    /// What it has said about itself, in the order of [`Topic::ALL`]; a topic that is not here has
    /// not been answered.
    pub answers: Vec<Answer>,
}

/// What an office has said about one topic.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// What about.
    pub topic: Topic,
    /// One to three sentences.
    pub text: String,
    /// "Menurut …, 19 Februari 2021."
    pub note: String,
}

/// One contact of an office or unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// What a number is for; none for an address or site.
    pub role: Option<Role>,
    /// What it is, such as "Alamat"; for a number also what it is for.
    pub label: String,
    /// The value as it is shown.
    pub shown: String,
    /// The `tel:` link, or empty where there is none.
    pub href: String,
    /// When and where it was seen, and any remark.
    pub note: String,
}

impl Contact {
    /// Whether it is a number that can be called with one touch.
    #[must_use]
    pub fn is_call(&self) -> bool {
        self.href.starts_with("tel:")
    }

    /// Whether it is a number for this that can be called with one touch.
    #[must_use]
    pub fn is_call_for(&self, role: Role) -> bool {
        self.is_call() && self.role == Some(role)
    }
}

/// What an office does after a screening, band by band.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rule {
    /// Low, moderate, high.
    pub bands: [BandRule; 3],
    /// "per 19 Februari 2021, menurut …".
    pub note: String,
}

/// The next conversation for one band.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BandRule {
    /// One to three sentences.
    pub text: String,
    /// The names of the places it refers to.
    pub to: Vec<String>,
}

/// An IBM unit, a Kelurahan Bersinar or a service unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unit {
    /// The short name.
    pub name: String,
    /// The kecamatan it lies in, or empty.
    pub district: String,
    /// The kab/kota (`31.72`) under which it is listed.
    pub regency: String,
    /// The place of its office in [`Island::offices`].
    pub office: usize,
    /// "Dilaporkan per 19 Februari 2021, belum dipastikan lagi."
    pub status: String,
    /// Its contacts that may be published; normally none.
    pub contacts: Vec<Contact>,
}

impl Office {
    /// What the office has said about a topic; none where it has not answered.
    #[must_use]
    pub fn answer(&self, topic: Topic) -> Option<&Answer> {
        self.answers.iter().find(|answer| answer.topic == topic)
    }
}

impl Island {
    /// The flat text of the island. It contains no `<`, so that it can stand inside a `script` element.
    #[must_use]
    pub fn to_text(&self) -> String {
        codec::write(self)
    }

    /// Reads what [`Island::to_text`] wrote.
    ///
    /// # Errors
    /// [`Broken`] with the number of the line that does not fit.
    pub fn from_text(text: &str) -> Result<Self, Broken> {
        codec::read(text)
    }

    /// The offices that serve an area, the nearest level first: those of the kab/kota, then those of
    /// the province. `code` is a province or kab/kota code.
    pub fn offices_serving<'a>(&'a self, code: &'a str) -> impl Iterator<Item = &'a Office> {
        let serves =
            |office: &Office, code: &str| office.serves.iter().any(|served| served == code);
        let province = code.split('.').next().unwrap_or(code);
        let own = self.offices.iter().filter(move |office| serves(office, code));
        let of_province =
            self.offices.iter().filter(move |office| code != province && serves(office, province));
        own.chain(of_province)
    }

    /// The name of a topic, such as "Biaya".
    #[must_use]
    pub fn topic(&self, topic: Topic) -> &str {
        self.topics.get(topic as usize).map_or("", String::as_str)
    }

    /// The lines of the country that have this role.
    pub fn lines_for(&self, role: Role) -> impl Iterator<Item = &NationalLine> {
        self.national.iter().filter(move |line| line.role == role)
    }
}
