//! `nilai` and `nomor` → numbers one can dial, with what they are for; what is none is told with its
//! reason.

use super::At;
use super::fields::{Fields, Form};
use super::schema::Meaning;
use crate::diag::{Code, Fault, listed};
use crate::value::{AreaCode, LandlineCode, NotAPhone, Phone, SHORT};
use island::Role;

/// A number of an office, unit or facility.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// `nilai`
    pub phone: Phone,
    /// `label`: what it is for; never an emergency.
    pub role: Role,
    /// `tekan`: what to press once somebody answers, or empty.
    pub extension: String,
}

/// The form of what is pressed once somebody answers.
const EXTENSION: Form = Form::like("\"8\"").meaning(Meaning::Digits);

/// A number one can dial.
pub(super) fn phone(fields: &Fields, key: &'static str) -> Option<At<Phone>> {
    let text = fields.parsed(key, Form::any(Meaning::Phone), |text| Some(text.to_owned()))?;
    match Phone::parse(&text.value) {
        Ok(value) => Some(At { value, spot: text.spot }),
        Err(reason) => {
            fields.push(refused(&text, reason));
            None
        }
    }
}

/// A number for people in some areas: a landline is one of their provinces, or of none that is known.
pub(super) fn local_number(fields: &Fields, areas: &[At<AreaCode>]) -> Option<Number> {
    let (phone, role) = (phone(fields, "nilai"), label(fields));
    let extension = extension(fields);
    let phone = phone?;
    let placed = phone.value.landline().filter(LandlineCode::is_placed);
    if let Some(code) = placed.filter(|code| !areas.is_empty() && !is_near(code, areas)) {
        let fault = Fault::new(Code::AreaCodeElsewhere, phone.spot).with("code", code.code);
        let near = named(LandlineCode::all().filter(|code| is_near(code, areas)));
        fields.push(fault.with("towns", code.towns).with("near", near));
    }
    Some(Number { phone: phone.value, role: role?, extension: extension? })
}

/// A number that WhatsApp can reach.
pub(super) fn mobile(fields: &Fields) -> Option<Number> {
    let (phone, role) = (phone(fields, "nilai"), label(fields));
    let phone = phone?;
    if phone.value.whatsapp_href().is_none() {
        let fault = Fault::new(Code::WhatsAppNotMobile, phone.spot);
        fields.push(fault.with("value", phone.value.shown()));
        return None;
    }
    Some(Number { phone: phone.value, role: role?, extension: String::new() })
}

fn label(fields: &Fields) -> Option<Role> {
    let roles = [Role::Care, Role::Mixed, Role::Report].map(|role| (role.key(), role));
    fields.choice_or(Code::NumberWithoutLabel, "label", &roles).map(|role| role.value)
}

/// `tekan`, or nothing; none where it stands there and cannot be pressed.
pub(super) fn extension(fields: &Fields) -> Option<String> {
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.to_owned());
    match fields.parsed_if_any("tekan", EXTENSION, digits) {
        None if fields.has("tekan") => None,
        extension => Some(extension.map(|extension| extension.value).unwrap_or_default()),
    }
}

fn refused(text: &At<String>, reason: NotAPhone) -> Fault {
    let fault = |code| Fault::new(code, text.spot.clone()).with("value", &text.value);
    match reason {
        NotAPhone::Form => fault(Code::BadPhone),
        NotAPhone::Character(other) => {
            // Escaped, since what cannot be seen would show nothing, or turn the line around.
            let named = format!("{} (U+{:04X})", other.escape_debug(), u32::from(other));
            fault(Code::PhoneCharacter).with("character", named)
        }
        NotAPhone::UnknownShort => fault(Code::UnknownShortNumber).with("known", listed(SHORT)),
        NotAPhone::UnknownAreaCode => {
            let near = |code: &LandlineCode| differences(code.code, &text.value) == 1;
            fault(Code::UnknownAreaCode).with("near", named(LandlineCode::all().filter(near)))
        }
    }
}

/// In how many digits a number differs from an area code where that stands in it.
fn differences(code: &str, number: &str) -> usize {
    let digits = number.chars().filter(char::is_ascii_digit);
    code.chars().zip(digits).filter(|(one, other)| one != other).count()
}

fn is_near(code: &LandlineCode, areas: &[At<AreaCode>]) -> bool {
    areas.iter().any(|area| code.has_town_in_province_of(&area.value))
}

/// Area codes with their towns, in a row.
fn named(codes: impl Iterator<Item = LandlineCode>) -> String {
    let named: Vec<String> = codes.map(|code| code.to_string()).collect();
    listed(named.iter().map(String::as_str))
}
