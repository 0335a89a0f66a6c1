//! Files as people type them: parsed, changed, and shown with their faults.

use super::choice;
use bersinar::content::{Guides, SourceFile, characters, data as files, front as page, instrument};
use bersinar::diag::{Code, Fault, Format, Messages, Sources, Spot, show_all};
use bersinar::edit::Draft;
use bersinar::value::{Lang, PageId};
use std::ops::Range;
use std::sync::Arc;

/// Files of each kind of page, by the path below `content/`.
const PAGES: [&str; 6] = [
    "ibm/halaman.md",
    "ibm/_index.md",
    "kantor/kantor.md",
    "unit/unit.md",
    "fasilitas/fasilitas.md",
    "Nama Salah.md",
];

fn languages() -> Vec<Lang> {
    ["id", "en"].into_iter().filter_map(Lang::parse).collect()
}

/// A page of any kind: it is parsed, or its faults can be shown; with an error none are missing.
pub fn front(bytes: &[u8]) {
    let (kind, rest) = choice(bytes);
    let Ok(text) = std::str::from_utf8(rest) else { return };
    let id = PageId::new(PAGES[kind % PAGES.len()]);
    let file = Arc::from(format!("content/{}", id.as_str()));
    let languages = languages();
    let (schema, lang) = if kind < 128 {
        (page::Schema::Original(&languages), &languages[0])
    } else {
        (page::Schema::Translation, &languages[1])
    };
    let mut faults = Vec::new();
    characters::check(&file, text, &mut faults);
    let source = SourceFile::new(&file, text.as_bytes());
    let parsed =
        page::page(&source, text, (id, lang.clone()), schema, &Guides::default(), &mut faults);
    assert!(parsed.is_some() || faults.iter().any(Fault::is_error), "no page and no fault");
    show(&file, text, &faults);
}

/// A file of data of any kind.
pub fn data(bytes: &[u8]) {
    let (kind, rest) = choice(bytes);
    let Ok(text) = std::str::from_utf8(rest) else { return };
    let file: Arc<str> = Arc::from("content/data/berkas.toml");
    let mut faults = Vec::new();
    characters::check(&file, text, &mut faults);
    match kind % 7 {
        0 => {
            for (key, _) in files::words(&file, text, &mut faults).words {
                assert!(key.value.contains('.'), "{}", key.value);
            }
        }
        1 => {
            let config = files::config(&file, text, &mut faults);
            assert!(config.is_some() || !faults.is_empty(), "no settings and no fault");
        }
        2 => drop(files::areas(&file, text, &mut faults)),
        3 => drop(files::sources(&file, text, &languages(), &mut faults)),
        4 => drop(files::national(&file, text, &languages(), &mut faults)),
        5 => drop(files::confirmations(&file, text, &mut faults)),
        _ => drop(instrument::table(&file, text, &mut faults)),
    }
    show(&file, text, &faults);
}

/// A file that is opened to be changed, and is not, stays as it was to the byte.
pub fn edit(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    for draft in [Draft::page(text), Draft::data(text)].into_iter().flatten() {
        assert_eq!(draft.text(), text);
    }
}

/// Faults at any places of any text, also past its end and between the bytes of a letter.
pub fn place(bytes: &[u8]) {
    let (count, rest) = choice(bytes);
    let (numbers, text) = rest.split_at((count % 8 * 4).min(rest.len()));
    let text = String::from_utf8_lossy(text);
    let file: Arc<str> = Arc::from("berkas,%:.md");
    let spans = numbers.chunks_exact(4).map(|four| {
        let number = |high, low| usize::from(four[high]) * 256 + usize::from(four[low]);
        Range { start: number(0, 1), end: number(2, 3) }
    });
    let fault = |span| Fault::new(Code::TomlSyntax, Spot::at(&file, span)).with("detail", &text);
    show(&file, &text, &spans.map(fault).collect::<Vec<Fault>>());
}

/// Shows faults in every format; each is told, on a line that the text has.
fn show(file: &Arc<str>, text: &str, faults: &[Fault]) {
    let sources = Sources::from([(Arc::clone(file), Arc::from(text))]);
    let messages = Messages::in_language("id");
    for format in [Format::Text, Format::Github] {
        let shown = show_all(faults, &sources, &messages, format);
        assert!(faults.is_empty() || !shown.is_empty());
    }
    let shown = show_all(faults, &sources, &messages, Format::Json);
    assert_eq!(shown.lines().count(), faults.len());
    let lines = text.split('\n').count() as u64;
    for line in shown.lines() {
        let told: serde_json::Value = serde_json::from_str(line).unwrap();
        let [from, to] = ["line", "end_line"].map(|key| told[key].as_u64());
        if let (Some(from), Some(to)) = (from, to) {
            assert!(1 <= from && from <= to && to <= lines, "{line}");
        }
    }
}
