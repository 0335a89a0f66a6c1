//! A request → whether it may be answered: it comes from this machine, and what would change something comes
//! from a page of this program. Any site that somebody visits can send requests here; none can read
//! what they bring, and so none knows the token.

use super::super::is_from_here;
use super::PLACE;
use super::ask::{Ask, Way, fields};
use crate::form::Posted;
use crate::value::hexadecimal;
use std::io::Read;
use tiny_http::{Method, Request};

/// The most bytes of a form: a page may have 128 KB, and a letter takes up to nine bytes on the way.
const FORM_BYTES: u64 = 1024 * 1024 + 512 * 1024;
/// The most bytes of a picture, and one that shows that there are more.
const PICTURE_BYTES: u64 = 512 * 1024 + 1;
/// The field in which forms bring the token.
pub const TOKEN_FIELD: &str = "kunci";
/// The header in which the script brings it.
const TOKEN_HEADER: &str = "X-Bersinar";

/// What only the pages of this run of the program know.
pub struct Token(String);

/// Why a request is not answered.
#[derive(Debug)]
pub enum Refusal {
    /// It comes from another machine.
    Elsewhere,
    /// It comes from a page of another site, or is a picture for one that was opened before the program was
    /// started.
    Foreign,
    /// It is the form of a page that was opened before the program was started.
    Stale(Box<Ask>),
    /// It is longer than any page.
    TooLong,
    /// It is no request that a page of this program makes.
    Unknown,
}

impl Refusal {
    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::Elsewhere | Self::Foreign | Self::Stale(_) => 403,
            Self::TooLong => 413,
            Self::Unknown => 405,
        }
    }

    /// Under which key of the messages it is told.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::Elsewhere => "refused_elsewhere",
            Self::Foreign => "refused_foreign",
            Self::Stale(_) => "refused_stale",
            Self::TooLong => "refused_long",
            Self::Unknown => "refused_unknown",
        }
    }
}

impl Token {
    /// One that nobody can guess.
    #[must_use]
    pub fn random() -> Self {
        let mut bytes = [0; 32];
        // Without randomness there is no token, and with no token nothing is ever changed.
        match getrandom::getrandom(&mut bytes) {
            Ok(()) => Self(hexadecimal(&bytes)),
            Err(_) => Self(String::new()),
        }
    }

    /// As it stands in a form.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is it. How long it takes does not tell how much of it is right.
    #[must_use]
    pub fn is(&self, sent: &str) -> bool {
        let (own, sent) = (self.0.as_bytes(), sent.as_bytes());
        let differing = own.iter().zip(sent).fold(0, |all, (one, other)| all | (one ^ other));
        !own.is_empty() && own.len() == sent.len() && std::hint::black_box(differing) == 0
    }
}

/// Reads a request that may be answered.
///
/// # Errors
/// [`Refusal`] where it may not; nothing has happened then.
pub fn admit(request: &mut Request, token: &Token) -> Result<Ask, Refusal> {
    if !is_from_here(request) {
        return Err(Refusal::Elsewhere);
    }
    let way = match request.method() {
        Method::Get | Method::Head => Way::Get,
        Method::Post => Way::Post,
        Method::Put => Way::Put,
        _ => return Err(Refusal::Unknown),
    };
    if !is_from_own_page(request, way) {
        return Err(Refusal::Foreign);
    }
    let (path, query) = request.url().split_once('?').unwrap_or((request.url(), ""));
    let path = path.strip_prefix(PLACE).unwrap_or_default().to_owned();
    let query = fields(query.as_bytes());
    let mut ask = Ask { way, path, query, posted: Posted::new(), bytes: Vec::new() };
    match way {
        Way::Get => {}
        Way::Put => {
            if !token.is(header(request, TOKEN_HEADER).unwrap_or_default()) {
                return Err(Refusal::Foreign);
            }
            ask.bytes = body(request, PICTURE_BYTES)?;
        }
        Way::Post => {
            ask.posted = fields(&body(request, FORM_BYTES)?);
            if !token.is(ask.field(TOKEN_FIELD)) {
                return Err(Refusal::Stale(Box::new(ask)));
            }
        }
    }
    Ok(ask)
}

/// Whether a browser says that a page of this program asks. What would change something must come from
/// one; what is only shown may be led to from anywhere, but not be built into foreign pages.
fn is_from_own_page(request: &Request, way: Way) -> bool {
    let site = header(request, "Sec-Fetch-Site");
    let is_own_site = site.is_none_or(|site| matches!(site, "same-origin" | "none"));
    if way == Way::Get {
        return is_own_site || header(request, "Sec-Fetch-Mode") == Some("navigate");
    }
    let own = header(request, "Host").map(|host| format!("http://{host}"));
    let origin = header(request, "Origin");
    is_own_site && origin.is_some() && origin == own.as_deref()
}

fn header<'r>(request: &'r Request, name: &'static str) -> Option<&'r str> {
    let mut found = request.headers().iter().filter(|header| header.field.equiv(name));
    found.next().map(|header| header.value.as_str())
}

fn body(request: &mut Request, limit: u64) -> Result<Vec<u8>, Refusal> {
    let told = request.body_length().ok_or(Refusal::Unknown)?;
    if told as u64 > limit {
        // Who has not been heard out does not hear the answer.
        let _ = std::io::copy(&mut request.as_reader(), &mut std::io::sink());
        return Err(Refusal::TooLong);
    }
    let mut bytes = Vec::new();
    let read = request.as_reader().take(limit + 1).read_to_end(&mut bytes);
    read.map_err(|_| Refusal::Unknown)?;
    if bytes.len() as u64 > limit { Err(Refusal::TooLong) } else { Ok(bytes) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_whole_token_is_the_token() {
        let token = Token::random();
        assert_eq!(token.as_str().len(), 64);
        assert!(token.is(token.as_str()));
        assert_ne!(token.as_str(), Token::random().as_str());
        for wrong in ["", &token.as_str()[1..], &format!("{}0", token.as_str()), &"0".repeat(64)] {
            assert!(!token.is(wrong), "{wrong}");
        }
        assert!(!Token(String::new()).is(""), "no randomness, no door");
    }
}
