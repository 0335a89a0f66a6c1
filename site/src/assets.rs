//! Theme and pictures → files named by their content, and the texts that are inlined in pages.

use crate::content::{Content, Image};
use crate::policy::{Inline, Policies};
use crate::theme::Theme;
use crate::value::hexadecimal;
use base64::prelude::{BASE64_STANDARD, Engine};
use serde::Serialize;
use sha2::{Digest, Sha256, Sha384};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

/// A file named by its content.
#[derive(Clone, Debug, Serialize)]
pub struct Asset {
    /// The address.
    pub url: String,
    /// `sha384-…` for the `integrity` attribute.
    pub integrity: String,
}

/// What pages link to or contain.
#[derive(Debug)]
pub struct Assets {
    /// The stylesheet of the information pages.
    pub style: Asset,
    /// Its text.
    pub style_text: String,
    /// The style that is inlined in the screening.
    pub screening_style: String,
    /// The script that is inlined in the screening; empty in a build without the widget.
    pub screening_script: &'static str,
    /// The script of the quick exit.
    pub exit_script: String,
    /// The script of the page that the quick exit of the screening leads to.
    pub leave_script: String,
    /// The Content-Security-Policies that let these texts run, and nothing else.
    pub policies: Policies,
    /// The favicon as a `data:` address.
    pub icon: String,
    images: BTreeMap<String, String>,
    /// The files to publish: path and bytes.
    pub files: Vec<(String, Arc<[u8]>)>,
}

impl Assets {
    /// The address of a picture by its path below `content/`.
    #[must_use]
    pub fn image(&self, path: &str) -> Option<&str> {
        self.images.get(path).map(String::as_str)
    }
}

/// Names every file by its content.
#[must_use]
pub fn fingerprint(content: &Content, theme: &Theme, widget: &'static str) -> Assets {
    let style = [theme.text("gaya/dasar.css"), theme.text("gaya/halaman.css")].concat();
    let style_path = hashed_path("gaya.css", style.as_bytes());
    let mut files = vec![(style_path.clone(), Arc::from(style.as_bytes()))];
    let mut images = BTreeMap::new();
    for Image { path, bytes } in &content.images {
        let hashed = hashed_path(path.rsplit('/').next().unwrap_or(path), bytes);
        images.insert(path.clone(), format!("/{hashed}"));
        files.push((hashed, Arc::clone(bytes)));
    }
    let screening_style = [theme.text("gaya/dasar.css"), theme.text("gaya/skrining.css")].concat();
    let exit_script = lean(theme.text("keluar.js"));
    let leave_script = lean(theme.text("ganti.js"));
    let inline =
        Inline { style: &screening_style, widget, exit: &exit_script, leave: &leave_script };
    Assets {
        policies: Policies::of(&inline),
        style: Asset { url: format!("/{style_path}"), integrity: integrity(style.as_bytes()) },
        style_text: style,
        screening_style,
        screening_script: widget,
        exit_script,
        leave_script,
        icon: format!("data:image/svg+xml,{}", percent_encoded(theme.text("ikon.svg").trim_end())),
        images,
        files,
    }
}

/// Where the files lie that are named by their content.
pub const FOLDER: &str = "aset/";

/// `gaya.css` → `aset/gaya.0123456789ab.css`
fn hashed_path(name: &str, bytes: &[u8]) -> String {
    let hash = &hexadecimal(&Sha256::digest(bytes))[..12];
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{FOLDER}{stem}.{hash}.{ending}"),
        None => format!("{FOLDER}{name}.{hash}"),
    }
}

/// A script without indentation and without lines that are comments: it stands on every page.
fn lean(script: &str) -> String {
    let lines = script.lines().map(str::trim);
    let kept: Vec<&str> =
        lines.filter(|line| !line.is_empty() && !line.starts_with("//")).collect();
    kept.join("\n")
}

fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(bytes)))
}

/// A text as the rest of a `data:` address: only what a browser would misread is encoded.
fn percent_encoded(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, character| {
        match character {
            '%' | '#' | '"' | '<' | '>' | ' ' | '\n' | '\r' | '\t' => {
                let _ = write!(out, "%{:02X}", character as u32);
            }
            other => out.push(other),
        }
        out
    })
}
