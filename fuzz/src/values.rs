//! Numbers and areas: what is shown, dialled and found is what was written.

use bersinar::areas::{self as list, Match};
use bersinar::value::{AreaCode, AreaLevel, Phone, number_in};

/// A number shows the digits that it dials, and is itself again when what is shown is read.
pub fn phone(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let digits_of = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    if let Some(found) = number_in(&text) {
        let digits = found.chars().filter(|c| c.is_numeric()).count();
        assert!(text.contains(found) && digits >= 7);
    }
    let Ok(phone) = Phone::parse(&text) else { return };
    assert_eq!(digits_of(&text), phone.digits());
    assert_eq!(digits_of(&phone.shown()), phone.digits());
    assert_eq!(Phone::parse(&phone.shown()).as_ref(), Ok(&phone));
    let dialled = phone.href();
    let dialled = dialled.strip_prefix("tel:").unwrap();
    let inside = dialled.strip_prefix("+62").map(|rest| format!("0{rest}"));
    assert_eq!(inside.as_deref().unwrap_or(dialled), phone.digits());
    if let Some(address) = phone.whatsapp_href() {
        let number = address.strip_prefix("https://wa.me/62").unwrap();
        assert_eq!(format!("0{number}"), phone.digits());
    }
    if phone.digits().len() >= 7 {
        assert!(number_in(&phone.shown()).is_some(), "a text with this number hides it");
    }
}

/// Whatever is searched, only areas of the list come out, in its order and once each; the code and the
/// full name of each find it again.
pub fn areas(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let found = list::search(&text);
    let codes: Vec<&AreaCode> = found.iter().map(|candidate| &candidate.area.code).collect();
    assert!(codes.is_sorted_by(|one, other| one < other), "{codes:?}");
    for candidate in found.iter().take(3) {
        let area = candidate.area;
        assert!(std::ptr::eq(list::by_code(&area.code).unwrap(), area));
        let by_code = list::search(area.code.as_str());
        assert!(matches!(by_code[..], [only] if only.fit == Match::Exact && only.area == area));
        let by_name = list::search(&format!("{}, {}", area.official, area.above_in_words()));
        assert!(by_name.iter().any(|known| known.area == area && known.fit == Match::Exact));
    }
    if let Some(code) = AreaCode::parse(&text) {
        assert_eq!(code.as_str(), text);
        let within = list::within(&code);
        assert!(within.iter().all(|area| area.code.is_within(&code)));
        assert_eq!(list::by_code(&code).is_some(), !within.is_empty());
        assert_eq!(
            code.upwards().count(),
            code.level() as usize - AreaLevel::Province as usize + 1
        );
    }
}
