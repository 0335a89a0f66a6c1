//! The Content-Security-Policy of each kind of page, from one place.

use base64::prelude::{BASE64_STANDARD, Engine};
use sha2::{Digest, Sha256};

/// The policy of an information page: its own style and pictures, and the one script of the quick exit.
#[must_use]
pub fn information(exit_script: &str) -> String {
    format!(
        "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src {}; {CLOSED}",
        hash(exit_script)
    )
}

/// The policy of the screening: what is in the page by its hash, nothing from anywhere.
#[must_use]
pub fn screening(style: &str, script: &str) -> String {
    let script = if script.is_empty() {
        "'none'".to_owned()
    } else {
        format!("{} 'wasm-unsafe-eval'", hash(script))
    };
    format!(
        "default-src 'none'; style-src {}; img-src data:; script-src {script}; connect-src 'none'; {CLOSED}",
        hash(style)
    )
}

/// What no page of the site may do.
const CLOSED: &str = "base-uri 'none'; form-action 'none'";

/// The source expression of an inline script or style.
fn hash(text: &str) -> String {
    format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(text)))
}
