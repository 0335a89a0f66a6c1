//! The headers of an answer and the rules of `_headers` → what is lacking, other, or too much.

use super::{Kind, answer::Answer};
use crate::hosting::headers_of;
use std::collections::BTreeSet;
use ureq::http::HeaderMap;

/// What no answer may carry: whatever marks a visitor, reports on one, makes a browser load something,
/// or switches something on.
const FORBIDDEN: [&str; 21] = [
    "accept-ch",
    "access-control-allow-credentials",
    "attribution-reporting-register-source",
    "attribution-reporting-register-trigger",
    "content-security-policy-report-only",
    "critical-ch",
    "cross-origin-embedder-policy-report-only",
    "cross-origin-opener-policy-report-only",
    "link",
    "nel",
    "origin-trial",
    "permissions-policy-report-only",
    "refresh",
    "report-to",
    "reporting-endpoints",
    "server-timing",
    "service-worker-allowed",
    "set-cookie",
    "sourcemap",
    "speculation-rules",
    "x-sourcemap",
];
/// What a server says of the transfer, and nothing of a visitor.
const TRANSPORT: [&str; 14] = [
    "accept-ranges",
    "age",
    "alt-svc",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "date",
    "etag",
    "keep-alive",
    "last-modified",
    "server",
    "transfer-encoding",
    "vary",
];
const TLS_ONLY: &str = "Strict-Transport-Security";
const POLICY: &str = "Content-Security-Policy";

/// A header that is not as it must be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Wrong {
    /// What is wrong with it.
    pub kind: Kind,
    /// Its name.
    pub header: String,
    /// What it must be; empty where it must not be.
    pub expected: String,
    /// What it is; empty where it is lacking.
    pub found: String,
}

impl Wrong {
    fn new(kind: Kind, header: &str, expected: &str, found: &str) -> Self {
        let [header, expected, found] = [header, expected, found].map(str::to_owned);
        Self { kind, header, expected, found }
    }
}

/// The rules of a site for the answers of a server.
#[derive(Debug)]
pub struct Rules {
    text: String,
    /// Every header that some rule sets, in lower case.
    known: BTreeSet<String>,
    is_tls: bool,
}

impl Rules {
    /// The rules in a text of the form of `_headers`, for a copy at this address.
    #[must_use]
    pub fn new(text: String, base: &str) -> Self {
        let lines = text.lines().filter_map(|line| line.strip_prefix("  ")?.split_once(": "));
        let known = lines.map(|(name, _)| name.to_ascii_lowercase()).collect();
        Self { text, known, is_tls: base.starts_with("https:") }
    }

    /// The address that the site was made for.
    #[must_use]
    pub fn home(&self) -> Option<&str> {
        self.text.lines().next()?.strip_prefix("# ")
    }

    /// What is wrong with the headers of an answer to a path.
    #[must_use]
    pub fn wrong(&self, path: &str, answer: &Answer) -> Vec<Wrong> {
        let wanted: Vec<(&str, &str)> = headers_of(&self.text, path)
            .into_iter()
            // Over plain HTTP a promise of TLS means nothing, and the servers' blocks make none.
            .filter(|(name, _)| self.is_tls || *name != TLS_ONLY)
            .collect();
        let mut wrong: Vec<Wrong> =
            wanted.iter().filter_map(|(name, value)| held(&answer.headers, name, value)).collect();
        // What a rule for pages sets may stand on files without a rule of their own, too.
        if wanted.iter().any(|(name, _)| *name == POLICY) {
            let is_wanted =
                |name: &str| wanted.iter().any(|(own, _)| own.eq_ignore_ascii_case(name));
            let more = self
                .known
                .iter()
                .filter(|name| !is_wanted(name) && !name.eq_ignore_ascii_case(TLS_ONLY));
            wrong.extend(more.filter_map(|name| unwanted(&answer.headers, name)));
        }
        wrong
    }

    /// The names of headers that are neither asked for nor forbidden.
    #[must_use]
    pub fn others(&self, headers: &HeaderMap) -> BTreeSet<String> {
        let names = headers.keys().map(ureq::http::HeaderName::as_str);
        let is_known = |name: &&str| {
            self.known.contains(*name) || TRANSPORT.contains(name) || FORBIDDEN.contains(name)
        };
        names.filter(|name| !is_known(name)).map(str::to_owned).collect()
    }
}

/// What is wrong with the headers of any answer, whatever the rules say.
#[must_use]
pub fn forbidden(answer: &Answer) -> Vec<Wrong> {
    FORBIDDEN.iter().filter_map(|name| unwanted(&answer.headers, name)).collect()
}

/// What is wrong with how an answer says what it is: a browser that may not guess shows nothing of
/// another type, and a cache that does not know of packed answers hands them to everyone.
#[must_use]
pub fn described(answer: &Answer, media_type: &str) -> Vec<Wrong> {
    let sent = values(&answer.headers, "content-type").join(", ");
    let mut wrong = Vec::new();
    if !sent.is_empty() && bare(&sent) != bare(media_type) {
        wrong.push(Wrong::new(Kind::HeaderOther, "Content-Type", media_type, &sent));
    }
    let varies = values(&answer.headers, "vary").join(", ").to_ascii_lowercase();
    let is_packed = !matches!(answer.coding.as_str(), "" | "identity");
    if is_packed && !varies.contains("accept-encoding") && varies != "*" {
        wrong.push(Wrong::new(Kind::HeaderLacking, "Vary", "Accept-Encoding", &varies));
    }
    wrong
}

/// A type without its parameters; that of XML has two names.
fn bare(media_type: &str) -> String {
    let bare = media_type.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
    if bare == "text/xml" { "application/xml".to_owned() } else { bare }
}

/// What is wrong where a header must have exactly one value.
fn held(headers: &HeaderMap, name: &str, value: &str) -> Option<Wrong> {
    match values(headers, name).as_slice() {
        [] => Some(Wrong::new(Kind::HeaderLacking, name, value, "")),
        [found] if found == value => None,
        [found] => Some(Wrong::new(Kind::HeaderOther, name, value, found)),
        several => Some(Wrong::new(Kind::HeaderTwice, name, value, &several.join(" | "))),
    }
}

fn unwanted(headers: &HeaderMap, name: &str) -> Option<Wrong> {
    let found = values(headers, name);
    (!found.is_empty()).then(|| Wrong::new(Kind::HeaderExtra, name, "", &found.join(" | ")))
}

/// Every value of a header. `HeaderMap` knows names in lower case and is asked in any.
fn values(headers: &HeaderMap, name: &str) -> Vec<String> {
    let all = headers.get_all(name).iter();
    all.map(|value| String::from_utf8_lossy(value.as_bytes()).trim().to_owned()).collect()
}
