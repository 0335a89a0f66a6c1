//! What shows that a contact is right: the keys of its own table and its entry in `konfirmasi.toml` → two
//! records of who checked it, when and how, each bound to the value it was made for.

use super::At;
use super::fields::{Fields, Form};
use super::front::{AS_OF, SOURCE};
use super::numbers::extension;
use super::schema::Meaning;
use crate::diag::{Code, Spot};
use crate::value::{AsOf, Phone, hexadecimal, parse_day};
use jiff::civil::Date;
use sha2::{Digest, Sha256};

/// The kinds of contacts: `jenis`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ContactKind {
    /// `alamat`
    Address,
    /// `telepon`
    Phone,
    /// `whatsapp`
    WhatsApp,
    /// `situs`
    Website,
}

impl ContactKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::Address, Self::Phone, Self::WhatsApp, Self::Website];

    /// How it is written.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Address => "alamat",
            Self::Phone => "telepon",
            Self::WhatsApp => "whatsapp",
            Self::Website => "situs",
        }
    }

    /// Whether it is dialled: a wrong one tells a stranger.
    #[must_use]
    pub fn is_number(self) -> bool {
        matches!(self, Self::Phone | Self::WhatsApp)
    }

    /// A value as far as it counts: the digits of a number; letters and digits of an address, since
    /// two people do not set the same commas.
    #[must_use]
    pub fn essence(self, value: &str) -> String {
        match self {
            Self::Phone | Self::WhatsApp => Phone::parse(value)
                .map_or_else(|_| value.trim().to_owned(), |phone| phone.digits().to_owned()),
            Self::Address => {
                let kept = value.chars().filter(|c| c.is_alphanumeric());
                kept.flat_map(char::to_lowercase).collect()
            }
            Self::Website => value.trim().trim_end_matches('/').to_lowercase(),
        }
    }
}

/// The file of the national lines.
pub const NATIONAL_FILE: &str = "content/data/kontak.toml";
/// The file of the second confirmations.
pub const CONFIRMATIONS_FILE: &str = "content/data/konfirmasi.toml";
/// The owner of the national lines.
pub const NATIONAL: &str = "nasional";

/// Which contact is meant: the same in both files.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ContactKey {
    /// `milik`: the page, such as `@/kantor/bnnk-utara.md`, or `nasional`.
    pub owner: String,
    /// `jenis`
    pub kind: ContactKind,
    /// `nilai`, as far as it counts.
    pub value: String,
    /// `tekan`: what to press once somebody answers, or empty.
    pub extension: String,
}

/// How a contact was checked: `cara`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// `telepon`: called, and somebody answered who belongs there.
    Call,
    /// `kunjungan`: somebody went there.
    Visit,
    /// `laman-resmi`: read on a page of the office itself.
    OfficialPage,
    /// `surat`: told by letter.
    Letter,
}

impl Method {
    /// Every method.
    pub const ALL: [Self; 4] = [Self::Call, Self::Visit, Self::OfficialPage, Self::Letter];

    /// How it is written.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Call => "telepon",
            Self::Visit => "kunjungan",
            Self::OfficialPage => "laman-resmi",
            Self::Letter => "surat",
        }
    }

    /// Whether the contact itself was asked, not only somebody who knows it.
    #[must_use]
    pub fn asks_the_source(self) -> bool {
        matches!(self, Self::Call | Self::OfficialPage)
    }
}

/// One check of a contact.
#[derive(Clone, Debug)]
pub struct Record {
    /// `diperiksa`: when.
    pub checked: At<AsOf>,
    /// Who and how; none where nobody has signed.
    pub signature: Option<Signature>,
}

/// Who checked a contact, and how.
#[derive(Clone, Debug)]
pub struct Signature {
    /// `cara`
    pub method: At<Method>,
    /// `oleh`: a role, never a person's name.
    pub role: At<String>,
    /// `sidik`: binds the record to the value it was made for.
    pub seal: At<String>,
}

/// The keys of a signature and their forms.
const SIGNATURE: [(&str, Form); 3] = [
    ("cara", Form::like("\"telepon\", \"kunjungan\", \"laman-resmi\", \"surat\"")),
    ("oleh", Form::like("\"…\"")),
    ("sidik", SEAL),
];
/// The form of a seal.
const SEAL: Form = Form::like("\"1a2b3c4d\"").meaning(Meaning::Seal);

impl Record {
    fn read(fields: &Fields, missing: Code) -> Option<Self> {
        let checked = fields.parsed("diperiksa", AS_OF.or_missing(missing), AsOf::parse);
        let methods = Method::ALL.map(|method| (method.key(), method));
        let method = fields.choice_if_any("cara", &methods);
        let role = fields.text_if_any("oleh");
        let seal = fields.parsed_if_any("sidik", SEAL, seal_form);
        let is_signed = fields.together(SIGNATURE);
        let signature = method.zip(role).zip(seal);
        let signature = signature.map(|((method, role), seal)| Signature { method, role, seal });
        // Half a signature is told as what it lacks, not as none.
        if is_signed && signature.is_none() {
            return None;
        }
        Some(Self { checked: checked?, signature })
    }

    /// Whether the record was made for this value: a number that was changed, a date that was renewed
    /// by hand or a record that was copied has another seal.
    #[must_use]
    pub fn is_sealed_for(&self, key: &ContactKey) -> bool {
        let fits = |signature: &Signature| {
            let role = &signature.role.value;
            seal(key, &self.checked.value, signature.method.value, role) == signature.seal.value
        };
        self.signature.as_ref().is_none_or(fits)
    }
}

/// How many hexadecimal digits a seal has: enough against slips. Whoever means to deceive can run the
/// program as well.
const SEAL_DIGITS: usize = 8;

fn seal_form(text: &str) -> Option<String> {
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    (text.len() == SEAL_DIGITS && text.bytes().all(is_digit)).then(|| text.to_owned())
}

/// The seal of a record: what it is made of stands in one line each.
#[must_use]
pub fn seal(key: &ContactKey, checked: &AsOf, method: Method, role: &str) -> String {
    let date = checked.to_string();
    let parts = [&key.owner, key.kind.key(), &key.value, &key.extension, &date, method.key(), role];
    let digest = Sha256::digest(parts.join("\n"));
    hexadecimal(&digest[..SEAL_DIGITS / 2])
}

/// For how long a check holds, by what a wrong value costs.
///
/// The habit of dating each entry is HSDS's (`assured_date`); the days are this site's own policy, as
/// are the shares in `model/standing.rs`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lifetime {
    /// A line for danger to life.
    Emergency,
    /// Any other number.
    Number,
    /// An address, a website, opening hours.
    Place,
}

impl Lifetime {
    /// In days.
    #[must_use]
    pub fn days(self) -> i32 {
        match self {
            Self::Emergency => 90,
            Self::Number => 180,
            Self::Place => 365,
        }
    }

    /// That of a contact of a place.
    #[must_use]
    pub fn of(kind: ContactKind) -> Self {
        if kind.is_number() { Self::Number } else { Self::Place }
    }
}

/// A contact's value and what shows that it is right.
#[derive(Clone, Debug)]
pub struct Proof {
    /// Which contact it is.
    pub key: ContactKey,
    /// The value as it was written.
    pub written: At<String>,
    /// For how long a check holds.
    pub lifetime: Lifetime,
    /// `sumber`: a key of the list of sources.
    pub source: At<String>,
    /// The first confirmation.
    pub record: Record,
    /// `berlaku_sampai`: the last day, where it is earlier than the age gives.
    pub ends: Option<At<Date>>,
    /// `bersama`: the number stands in other contacts too, and that is meant.
    pub shared: bool,
}

const DAY: Form = Form::like("\"2027-12-31\"").meaning(Meaning::Day);

impl Proof {
    /// Reads the proof of the contact whose value stands under `value`.
    pub(super) fn read(
        fields: &Fields,
        owner: &str,
        kind: ContactKind,
        value: &'static str,
        lifetime: Lifetime,
    ) -> Option<Self> {
        let missing = Code::ContactWithoutProof;
        let source =
            fields.parsed("sumber", SOURCE.or_missing(missing), |text| Some(text.to_owned()));
        let record = Record::read(fields, missing);
        let ends = fields.parsed_if_any("berlaku_sampai", DAY, parse_day);
        let shared = fields.flag("bersama");
        let written = fields.as_written(value)?;
        let key = ContactKey {
            owner: owner.to_owned(),
            kind,
            value: kind.essence(&written.value),
            extension: String::new(),
        };
        Some(Self { key, written, lifetime, source: source?, record: record?, ends, shared })
    }

    /// The same proof, of a number behind which something is pressed.
    pub(super) fn with_extension(mut self, extension: &str) -> Self {
        extension.clone_into(&mut self.key.extension);
        self
    }
}

/// One `[[konfirmasi]]`: the second confirmation, with the value typed once more.
#[derive(Clone, Debug)]
pub struct Confirmation {
    /// Which contact it confirms.
    pub key: ContactKey,
    /// The place of `milik`.
    pub owner: Spot,
    /// The value as it was written.
    pub written: At<String>,
    /// When, and by whom.
    pub record: Record,
}

/// Reads one `[[konfirmasi]]`.
pub(super) fn confirmation(fields: &Fields) -> Option<Confirmation> {
    let owner_form = Form::like("\"@/kantor/….md\", \"nasional\"").meaning(Meaning::Owner);
    let is_owner = |text: &str| text == NATIONAL || text.starts_with("@/");
    let owner = fields.parsed("milik", owner_form, |t| is_owner(t).then(|| t.to_owned()));
    let kinds = ContactKind::ALL.map(|kind| (kind.key(), kind));
    let kind = fields.choice("jenis", &kinds);
    let written = fields.parsed("nilai", Form::like("\"…\""), |text| Some(text.to_owned()));
    let extension = extension(fields);
    let record = Record::read(fields, Code::MissingKey);
    fields.finish();
    let (owner, kind, written, extension) = (owner?, kind?.value, written?, extension?);
    let value = kind.essence(&written.value);
    let key = ContactKey { owner: owner.value, kind, value, extension };
    Some(Confirmation { key, owner: owner.spot, written, record: record? })
}
