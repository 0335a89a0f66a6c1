//! Values with one constructor each: a text becomes a slug, a code, a date, a number or an address
//! here, or it does not become one at all. Every stage may use them; they use no stage.

mod phone;

pub use phone::{LandlineCode, NotAPhone, Phone, PhoneKind, SHORT, number_in};

use island::Zone;
use jiff::civil::Date;
use std::fmt;

/// A language of the site, such as `id` or `en`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Lang([u8; 2]);

impl Lang {
    /// A language code of two lower-case letters.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let letters = text.as_bytes().try_into().ok().map(Self)?;
        letters.0.iter().all(u8::is_ascii_lowercase).then_some(letters)
    }

    /// The two letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        ascii(&self.0)
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Bytes that were taken from a text of ASCII.
fn ascii(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap_or_default()
}

/// The name of a file or folder that becomes part of an address: `a-z`, `0-9` and single hyphens between them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slug(String);

impl Slug {
    /// A slug from a name that already is one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        (!text.is_empty() && slugify(text) == text).then(|| Self(text.to_owned()))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An address of a page below the root of the site: `/unit/ancol/`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Address(String);

impl Address {
    /// The most folders of an address.
    const FOLDERS: usize = 10;
    /// The longest name of a folder, in bytes.
    const NAME_BYTES: usize = 100;

    /// An address from a text that is one: each part of it is the name of a folder.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let names = text.strip_prefix('/')?.strip_suffix('/')?.split('/');
        let is_name = |name: &str| name.len() <= Self::NAME_BYTES && Slug::parse(name).is_some();
        let is_one = names.clone().count() <= Self::FOLDERS && names.clone().all(is_name);
        is_one.then(|| Self(text.to_owned()))
    }

    /// The address nearest to what people write instead: with the host, as a file, in capitals, without
    /// a slash at the end. None where nothing is left of it.
    #[must_use]
    pub fn nearest(text: &str) -> Option<Self> {
        let path = text.trim().split(['?', '#']).next().unwrap_or_default();
        let path = path
            .split_once("://")
            .map_or(path, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
        let path = path.trim_start_matches(['@', '/']).trim_end_matches('/');
        let path = path.strip_prefix("content/").unwrap_or(path);
        let file = [".md", ".html", ".htm", ".php"].iter().find_map(|end| path.strip_suffix(end));
        let path = file.unwrap_or(path);
        let names = path.split(['/', '\\']).map(slugify);
        let names = names.filter(|name| !matches!(name.as_str(), "" | "index"));
        Self::parse(&format!("/{}/", names.collect::<Vec<String>>().join("/")))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Bytes as two digits each.
#[must_use]
pub fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    halves.map(|half| char::from(DIGITS[usize::from(half)])).collect()
}

/// A SHA-256 by its 64 hexadecimal digits.
#[must_use]
pub fn parse_digest(digits: &str) -> Option<[u8; 32]> {
    let is_digest = digits.len() == 64 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let mut digest = [0_u8; 32];
    for (index, byte) in digest.iter_mut().enumerate() {
        let pair = is_digest.then(|| digits.get(2 * index..2 * index + 2)).flatten()?;
        *byte = u8::from_str_radix(pair, 16).ok()?;
    }
    Some(digest)
}

/// The slug nearest to a text: lower case, everything but `a-z` and `0-9` becomes one hyphen.
#[must_use]
pub fn slugify(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for character in text.chars().flat_map(char::to_lowercase) {
        if character.is_ascii_alphanumeric() {
            slug.push(character);
        } else if !slug.is_empty() && !slug.ends_with('-') && !is_silent(character) {
            slug.push('-');
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Apostrophes vanish without leaving a gap, as in "Qur'an".
fn is_silent(character: char) -> bool {
    matches!(character, '\'' | '\u{2019}')
}

/// A page by its source, in whichever language: the path below `content/`, such as `ibm/_index.md`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PageId(String);

impl PageId {
    /// A page by its path below `content/`, with forward slashes and no language in the name.
    #[must_use]
    pub fn new(path: &str) -> Self {
        Self(path.to_owned())
    }

    /// The path below `content/`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The folder of the page below `content/`, empty at the top.
    #[must_use]
    pub fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// What the page is called in its address: the name of the file, or of the folder it speaks for.
    #[must_use]
    pub fn slug(&self) -> &str {
        let path = self.0.strip_suffix("/_index.md").unwrap_or(&self.0);
        let name = path.rsplit_once('/').map_or(path, |(_, name)| name);
        name.strip_suffix(".md").unwrap_or(name)
    }

    /// Whether the page speaks for its folder.
    #[must_use]
    pub fn is_section(&self) -> bool {
        self.0 == "_index.md" || self.0.ends_with("/_index.md")
    }
}

/// Kemendagri's code of a province, kab/kota, kecamatan or desa/kelurahan, with dots: `31.72.05.1003`.
/// Codes without dots are BPS codes, which name other places with the same digits.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct AreaCode {
    /// The code, then zeros: so that codes sort as their texts do.
    bytes: [u8; Self::LONGEST],
}

/// The four levels of areas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AreaLevel {
    /// `31`
    Province,
    /// `31.72`: kabupaten or kota.
    Regency,
    /// `31.72.05`: kecamatan.
    District,
    /// `31.72.05.1003`: desa or kelurahan.
    Village,
}

impl AreaCode {
    /// A code of one of the four forms.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_dot = |at: usize| matches!(at, 2 | 5 | 8);
        let fits = |(at, byte): (usize, u8)| match byte {
            b'.' => is_dot(at),
            _ => byte.is_ascii_digit() && !is_dot(at),
        };
        let is_code =
            matches!(text.len(), 2 | 5 | 8 | Self::LONGEST) && text.bytes().enumerate().all(fits);
        is_code.then(|| Self::of(text))
    }

    /// The bytes of the longest code.
    const LONGEST: usize = 13;

    /// The code of a text that is one.
    fn of(text: &str) -> Self {
        let mut bytes = [0; Self::LONGEST];
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        Self { bytes }
    }

    /// The code with its dots.
    #[must_use]
    pub fn as_str(&self) -> &str {
        let end = self.bytes.iter().position(|byte| *byte == 0).unwrap_or(Self::LONGEST);
        ascii(&self.bytes[..end])
    }

    /// The zone in which the area lies; none for a province that is not known.
    ///
    /// Source: Keputusan Presiden Nomor 41 Tahun 1987. WIB: Sumatra, Jawa, Kalimantan Barat and
    /// Tengah. WITA: Kalimantan Selatan and Timur, Bali, Nusa Tenggara, Sulawesi. WIT: Maluku and
    /// Papua. Provinces made later keep the zone of the one they were part of, so Kalimantan Utara
    /// (65, of Kalimantan Timur) has WITA. Agrees with the zones of Indonesia in IANA's `zone.tab`.
    #[must_use]
    pub fn zone(&self) -> Option<Zone> {
        match self.as_str().get(..2)?.parse().ok()? {
            11..=19 | 21 | 31..=36 | 61 | 62 => Some(Zone::Wib),
            51..=53 | 63..=65 | 71..=76 => Some(Zone::Wita),
            81 | 82 | 91..=96 => Some(Zone::Wit),
            _ => None,
        }
    }

    /// The level of the area.
    #[must_use]
    pub fn level(&self) -> AreaLevel {
        match self.as_str().len() {
            2 => AreaLevel::Province,
            5 => AreaLevel::Regency,
            8 => AreaLevel::District,
            _ => AreaLevel::Village,
        }
    }

    /// The area above, none above a province.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        self.as_str().rsplit_once('.').map(|(above, _)| Self::of(above))
    }

    /// This area and those above it, the smallest first.
    pub fn upwards(&self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self.clone()), Self::parent)
    }

    /// Whether this area is `other` or lies in it.
    #[must_use]
    pub fn is_within(&self, other: &Self) -> bool {
        // The codes of a level have one length, so that nothing but an area above begins like this one.
        self.as_str().starts_with(other.as_str())
    }
}

impl fmt::Debug for AreaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A day, month or year: as exactly as the source tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AsOf {
    first_day: Date,
    precision: Precision,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Precision {
    Year,
    Month,
    Day,
}

impl From<Date> for AsOf {
    fn from(first_day: Date) -> Self {
        Self { first_day, precision: Precision::Day }
    }
}

impl AsOf {
    /// `2021`, `2021-03` or `2021-03-22`, and only dates that exist.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (full, precision) = match text.len() {
            4 => (format!("{text}-01-01"), Precision::Year),
            7 => (format!("{text}-01"), Precision::Month),
            _ => (text.to_owned(), Precision::Day),
        };
        parse_day(&full).map(|first_day| Self { first_day, precision })
    }

    /// The first day it can mean.
    #[must_use]
    pub fn first_day(&self) -> Date {
        self.first_day
    }

    /// Written out, such as "22 Maret 2021", "Maret 2021" or "2021". `months` are the names of the twelve months.
    #[must_use]
    pub fn in_words(&self, months: &[String]) -> String {
        let (year, day) = (self.first_day.year(), self.first_day.day());
        let month = month_name(self.first_day, months);
        match self.precision {
            Precision::Year => year.to_string(),
            Precision::Month => format!("{month} {year}"),
            Precision::Day => format!("{day} {month} {year}"),
        }
    }
}

/// A full date, `2021-03-22`, that exists.
#[must_use]
pub fn parse_day(text: &str) -> Option<Date> {
    if text.len() == 10 { text.parse().ok() } else { None }
}

/// The last day of a month; none for a month that does not exist.
#[must_use]
pub fn last_day(year: i16, month: i8) -> Option<i8> {
    Date::new(year, month, 1).ok().map(Date::days_in_month)
}

/// The last day of the month that a text in the form of a full date names.
#[must_use]
pub fn end_of_month(text: &str) -> Option<i8> {
    let mut parts = text.split('-');
    let mut number = |digits: usize| {
        let part = parts.next()?;
        let is_number = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| part.parse().ok())?
    };
    let (year, month): (i16, i16) = (number(4)?, number(2)?);
    number(2)?;
    last_day(year, i8::try_from(month).ok()?).filter(|_| parts.next().is_none())
}

/// A full date written out, such as "22 Maret 2021".
#[must_use]
pub fn day_in_words(day: Date, months: &[String]) -> String {
    format!("{} {} {}", day.day(), month_name(day, months), day.year())
}

fn month_name(day: Date, months: &[String]) -> &str {
    let index = usize::try_from(day.month() - 1).unwrap_or(0);
    months.get(index).map_or("", String::as_str)
}

/// An address on the web, `https` only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url(String);

impl Url {
    /// An `https://` address with a host and without spaces, quotes or control characters.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let rest = text.strip_prefix("https://")?;
        Self::checked(text, rest)
    }

    /// The base address of a site: `https://`, or `http://` for a site on this machine or network.
    /// The site stands at the root of its host, since its links begin with `/`.
    #[must_use]
    pub fn parse_base(text: &str) -> Option<Self> {
        let text = text.trim_end_matches('/');
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        if rest.contains(['/', '?', '#']) {
            return None;
        }
        Self::checked(text, rest)
    }

    fn checked(text: &str, rest: &str) -> Option<Self> {
        let host = rest.split(['/', '?', '#']).next().unwrap_or("");
        let good_rest =
            !text.chars().any(|c| c.is_whitespace() || c.is_control() || "\"'<>\\`".contains(c));
        (is_host(host) && good_rest).then(|| Self(text.to_owned()))
    }

    /// The address.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// `lain.example:8080`: letters or digits at both ends of each name, and a port that can be.
fn is_host(text: &str) -> bool {
    let (name, port) = text.split_once(':').unwrap_or((text, "443"));
    let is_label = |label: &str| {
        label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let is_port = port.bytes().all(|byte| byte.is_ascii_digit())
        && port.parse::<u16>().is_ok_and(|port| port > 0);
    (name.contains('.') || name == "localhost") && name.split('.').all(is_label) && is_port
}

/// As it is written in the files: as exact as it is known.
impl fmt::Display for AsOf {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month) = (self.first_day.year(), self.first_day.month());
        match self.precision {
            Precision::Year => write!(f, "{year:04}"),
            Precision::Month => write!(f, "{year:04}-{month:02}"),
            Precision::Day => write!(f, "{}", self.first_day),
        }
    }
}

impl fmt::Display for AreaCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for PageId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "@/{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn area_codes_need_their_dots() {
        for good in ["31", "31.72", "31.72.05", "31.72.05.1003"] {
            assert_eq!(AreaCode::parse(good).unwrap().as_str(), good);
        }
        for bad in [
            "",
            "3",
            "3172",
            "31.7",
            "31.72.5",
            "31.72.05.100",
            "31.72.05.1003.1",
            "3l.72",
            "31 72",
        ] {
            assert_eq!(AreaCode::parse(bad), None, "{bad}");
        }
        let ancol = AreaCode::parse("31.72.05.1003").unwrap();
        assert_eq!(ancol.level(), AreaLevel::Village);
        assert!(ancol.is_within(&AreaCode::parse("31.72").unwrap()));
        assert!(!ancol.is_within(&AreaCode::parse("31.74").unwrap()));
        let up: Vec<String> = ancol.upwards().map(|area| area.to_string()).collect();
        assert_eq!(up, ["31.72.05.1003", "31.72.05", "31.72", "31"]);
    }

    #[test]
    fn every_province_has_its_zone() {
        let zone = |code| AreaCode::parse(code).and_then(|code: AreaCode| code.zone());
        let provinces = crate::areas::below(None).map(|area| area.code.as_str());
        let provinces: Vec<&str> = provinces.collect();
        assert_eq!(provinces.len(), 38);
        let in_zone = |wanted| provinces.iter().filter(|code| zone(code) == Some(wanted)).count();
        assert_eq!(Zone::ALL.map(in_zone), [18, 12, 8]);
        assert_eq!(zone("74.71.01.1001"), Some(Zone::Wita));
        assert_eq!((zone("20"), zone("99")), (None, None));
    }

    #[test]
    fn slugs_keep_to_letters_digits_and_single_hyphens() {
        assert_eq!(slugify("Apa itu IBM?"), "apa-itu-ibm");
        assert_eq!(slugify("  29 Ilir / Qur'an – «x» "), "29-ilir-quran-x");
        for bad in ["", "Ancol", "a b", "-a", "a-", "a--b", "é", "a.b", "a/b"] {
            assert_eq!(Slug::parse(bad), None, "{bad}");
        }
        assert_eq!(Slug::parse("29-ilir").unwrap().as_str(), "29-ilir");
    }

    #[test]
    fn dates_are_as_exact_as_their_source() {
        let months: Vec<String> = (1..=12).map(|number| format!("bulan-{number}")).collect();
        let words = |text| AsOf::parse(text).map(|date: AsOf| date.in_words(&months));
        assert_eq!(words("2012").unwrap(), "2012");
        assert_eq!(words("2019-12").unwrap(), "bulan-12 2019");
        assert_eq!(words("2021-03-22").unwrap(), "22 bulan-3 2021");
        for bad in
            ["", "21", "2021-13", "2021-02-30", "2021-3-2", "22-03-2021", "2021/03/22", "0x10"]
        {
            assert_eq!(words(bad), None, "{bad}");
        }
    }

    #[test]
    fn addresses_are_https_with_a_host() {
        assert!(Url::parse("https://healing119.id").is_some());
        for bad in [
            "http://healing119.id",
            "https://",
            "https://x y.id",
            "javascript:alert(1)",
            "https://a\".id",
            "//a.id",
            "https://a..id",
            "https://-a.id",
            "https://a.id:99999",
            "https://a.id:",
        ] {
            assert_eq!(Url::parse(bad), None, "{bad}");
        }
        assert_eq!(
            Url::parse_base("http://localhost:8000/").unwrap().as_str(),
            "http://localhost:8000"
        );
        assert_eq!(Url::parse_base("ftp://a.id"), None);
        assert_eq!(Url::parse_base("https://a.id/bersinar"), None);
    }
}
