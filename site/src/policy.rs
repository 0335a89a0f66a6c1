//! What a browser is told about each kind of document: its Content-Security-Policy, and the headers
//! that close whatever the document does not need.

use base64::prelude::{BASE64_STANDARD, Engine};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// The kinds of documents a site is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A page to read.
    Information,
    /// The screening: sealed, nothing leaves it.
    Sealed,
    /// The page between the sealed one and the target of the quick exit.
    Exit,
    /// Stylesheet and pictures, named by their content.
    Asset,
}

/// One header of a response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// Its name.
    pub name: &'static str,
    /// Its value.
    pub value: String,
}

/// The Content-Security-Policy of each kind of page, as far as a `meta` element can hold it.
#[derive(Clone, Debug)]
pub struct Policies {
    /// Its own style and pictures, and the one script of the quick exit. Examiners such as Lighthouse
    /// ask for `robots.txt` from inside the page, which `connect-src` must allow them; the script asks
    /// for nothing, and to its own host a page could always speak by the address of a picture.
    pub information: String,
    /// What is in the page by its hash, nothing from anywhere.
    pub sealed: String,
    /// One script by its hash.
    pub exit: String,
}

/// The texts that pages carry inline.
#[derive(Clone, Copy, Debug)]
pub struct Inline<'a> {
    /// The style of the sealed page.
    pub style: &'a str,
    /// The script of the sealed page; empty in a build without the widget.
    pub widget: &'a str,
    /// The script of the quick exit, on every page.
    pub exit: &'a str,
    /// The script of the page that the quick exit of the sealed page leads to.
    pub leave: &'a str,
}

impl Policies {
    /// The policies for pages with these texts in them.
    #[must_use]
    pub fn of(inline: &Inline) -> Self {
        let exit = hash(inline.exit);
        let widget = if inline.widget.is_empty() {
            String::new()
        } else {
            format!(" {} 'wasm-unsafe-eval'", hash(inline.widget))
        };
        Self {
            information: format!(
                "default-src 'none'; style-src 'self'; img-src 'self' data:; connect-src 'self'; script-src {exit}; {CLOSED}"
            ),
            sealed: format!(
                "default-src 'none'; style-src {}; img-src data:; script-src {exit}{widget}; connect-src 'none'; {CLOSED}",
                hash(inline.style)
            ),
            exit: format!(
                "default-src 'none'; img-src data:; script-src {}; {CLOSED}",
                hash(inline.leave)
            ),
        }
    }

    /// The policy of a kind of document as a header, which can say more than a `meta` element.
    #[must_use]
    pub fn header(&self, kind: Kind) -> String {
        match kind {
            Kind::Information => format!("{}; {UNFRAMED}", self.information),
            Kind::Sealed => format!("{}; {UNFRAMED}; {SANDBOX}", self.sealed),
            Kind::Exit => format!("{}; {UNFRAMED}", self.exit),
            Kind::Asset => format!("{PICTURE}; {UNFRAMED}; sandbox"),
        }
    }
}

/// What no page of the site may do.
const CLOSED: &str =
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
/// No page stands in a frame of another.
const UNFRAMED: &str = "frame-ancestors 'none'";
/// Without `allow-same-origin` the page has no storage, cookies or workers. `allow-modals` lets it
/// print. The last one lets `tel:` links through where a browser applies the HTML standard to the
/// letter; Chromium 156 asks for it in frames only.
const SANDBOX: &str = "sandbox allow-scripts allow-modals allow-top-navigation-to-custom-protocols";
/// A picture that is opened by itself runs nothing and loads nothing.
const PICTURE: &str = "default-src 'none'; style-src 'unsafe-inline'";
/// A browser asks whether it has the current page; `aset/` is named by content and never changes.
const FRESH: &str = "no-cache";
const FOREVER: &str = "public, max-age=31536000, immutable";
const YEAR: &str = "max-age=31536000";

/// The powers that pages can have and ours do not want: every policy-controlled feature of Chromium
/// 156 but the client hints (`ch-…`), which no server gets without asking.
const POWERS: [&str; 54] = [
    "accelerometer",
    "aria-notify",
    "autoplay",
    "browsing-topics",
    "camera",
    "captured-surface-control",
    "clipboard-read",
    "clipboard-write",
    "compute-pressure",
    "cross-origin-isolated",
    "deferred-fetch",
    "deferred-fetch-minimal",
    "digital-credentials-create",
    "digital-credentials-get",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "gamepad",
    "geolocation",
    "gyroscope",
    "hid",
    "identity-credentials-get",
    "idle-detection",
    "interest-cohort",
    "keyboard-map",
    "language-detector",
    "language-model",
    "local-fonts",
    "local-network",
    "local-network-access",
    "loopback-network",
    "magnetometer",
    "media-playback-while-not-visible",
    "microphone",
    "midi",
    "on-device-speech-recognition",
    "otp-credentials",
    "payment",
    "picture-in-picture",
    "private-state-token-issuance",
    "private-state-token-redemption",
    "publickey-credentials-create",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "speaker-selection",
    "storage-access",
    "summarizer",
    "sync-xhr",
    "translator",
    "unload",
    "usb",
    "window-management",
    "xr-spatial-tracking",
];

/// What every response carries, whatever it is.
#[must_use]
pub fn common() -> Vec<Header> {
    let powers: Vec<String> = POWERS.iter().map(|power| format!("{power}=()")).collect();
    [
        ("Referrer-Policy", "no-referrer"),
        ("X-Content-Type-Options", "nosniff"),
        ("X-Frame-Options", "DENY"),
        ("X-DNS-Prefetch-Control", "off"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Embedder-Policy", "require-corp"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", &powers.join(", ")),
    ]
    .map(|(name, value)| Header { name, value: value.to_owned() })
    .into()
}

/// What a kind of document carries besides. `doors` are the full addresses of the pages that the
/// sealed one leads to; nothing else can be reached from it but the telephone. Without `"tel:*"` a
/// call link becomes an error page. `#*` makes the patterns match no query: in a pattern of the whole
/// own origin (`response-origin`) a query or a path could carry answers to the host.
#[must_use]
pub fn own(kind: Kind, policies: &Policies, doors: &BTreeSet<String>) -> Vec<Header> {
    let cache = if kind == Kind::Asset { FOREVER } else { FRESH };
    let mut headers = vec![
        Header { name: "Content-Security-Policy", value: policies.header(kind) },
        Header { name: "Cache-Control", value: cache.to_owned() },
    ];
    if kind == Kind::Sealed {
        let doors: Vec<String> = doors.iter().map(|door| format!("\"{door}#*\" ")).collect();
        let value = format!("({}\"tel:*\")", doors.concat());
        headers.push(Header { name: "Connection-Allowlist", value });
    }
    headers
}

/// Only ever this site by TLS; for sites whose address begins with `https`.
#[must_use]
pub fn transport() -> Header {
    Header { name: "Strict-Transport-Security", value: YEAR.to_owned() }
}

/// The source expression of an inline script or style.
fn hash(text: &str) -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)))
}
