//! What the editor has to show → an answer with the headers that keep it to itself.

use super::super::{HTML, with_headers};
use std::io::Cursor;
use tiny_http::Response;

/// What the pages of the editor may do: show themselves, with their own style and script, and send forms
/// back to where they came from. Nobody may build them into a page.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; \
    connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// What a page that is shown before it is saved may do: be looked at, in the editor.
const PREVIEW_POLICY: &str = "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
    form-action 'none'; base-uri 'none'; frame-ancestors 'self'";

/// An answer.
pub struct Reply {
    status: u16,
    kind: &'static str,
    policy: &'static str,
    to: Option<String>,
    bytes: Vec<u8>,
}

impl Reply {
    /// A page of the editor.
    #[must_use]
    pub fn page(html: String) -> Self {
        Self { status: 200, kind: HTML, policy: POLICY, to: None, bytes: html.into_bytes() }
    }

    /// A page of the site as it would be.
    #[must_use]
    pub fn preview(html: Vec<u8>) -> Self {
        Self { policy: PREVIEW_POLICY, bytes: html, ..Self::page(String::new()) }
    }

    /// The way to another page. It is asked for anew, so that nothing is sent twice.
    #[must_use]
    pub fn to(path: &str) -> Self {
        Self { status: 303, to: Some(path.to_owned()), ..Self::page(String::new()) }
    }

    /// An answer to the script.
    #[must_use]
    pub fn json(text: String) -> Self {
        Self { kind: "application/json", ..Self::page(text) }
    }

    /// The one stylesheet of the program's own pages.
    #[must_use]
    pub fn style() -> Self {
        let text = include_str!("program.css").to_owned();
        Self { kind: "text/css; charset=utf-8", ..Self::page(text) }
    }

    /// The script, without which everything but pictures works too.
    #[must_use]
    pub fn script() -> Self {
        let text = include_str!("desk.js").to_owned();
        Self { kind: "text/javascript; charset=utf-8", ..Self::page(text) }
    }

    /// The same, to be looked at inside the editor.
    #[must_use]
    pub fn inside(self) -> Self {
        Self { policy: PREVIEW_POLICY, ..self }
    }

    /// The same with another status.
    #[must_use]
    pub fn with_status(self, status: u16) -> Self {
        Self { status, ..self }
    }

    /// The answer as it is sent.
    #[must_use]
    pub fn response(self) -> Response<Cursor<Vec<u8>>> {
        let headers = [
            ("Content-Type", self.kind),
            ("Content-Security-Policy", self.policy),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
        ];
        let to = self.to.as_deref().map(|to| ("Location", to));
        let headers: Vec<_> = headers.into_iter().chain(to).collect();
        let response = Response::from_data(self.bytes).with_status_code(self.status);
        with_headers(response, &headers)
    }
}
