//! The folders below `tests/hostile` → cases. `KELAS.toml` says what the class is (`isi`), what must
//! come of it (`hasil`), and where its files go: to a `tempat`, perhaps in the place of `{isi}` in a
//! frame (`kerangka`), or into files of the good site (`ganti`), where `{toml}` stands for the input as
//! a text of TOML. Several `ganti` are made at once for a page, and one after the other where the input
//! must be refused, so that each field is seen to refuse it.

use super::{Case, Change, Outcome, write};
use crate::lay;
use std::path::Path;

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Class {
    isi: String,
    hasil: String,
    tempat: Option<String>,
    kerangka: Option<String>,
    kasus: Option<String>,
    #[serde(default)]
    ganti: Vec<Replacement>,
}

#[derive(Clone, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Replacement {
    berkas: String,
    dari: String,
    menjadi: String,
}

/// What describes a class.
const DESCRIPTION: &str = "KELAS.toml";

pub fn cases() -> Vec<Case> {
    let root = lay::repository().join("tests/hostile");
    lay::folders_in(&root).iter().flat_map(|folder| cases_of(&root, folder)).collect()
}

fn cases_of(root: &Path, folder: &Path) -> Vec<Case> {
    let name = lay::name(folder);
    let description = std::fs::read_to_string(folder.join(DESCRIPTION)).unwrap();
    let class: Class = toml::from_str(&description).unwrap_or_else(|e| panic!("{name}: {e}"));
    let outcome = match class.hasil.as_str() {
        "ditolak" => Outcome::Refused,
        "halaman" => Outcome::Page,
        other => panic!("{name}: {other}"),
    };
    let inputs = class.kasus.as_ref().map_or_else(|| folder.to_owned(), |other| root.join(other));
    let mut inputs = lay::files_in(&inputs);
    inputs.remove(DESCRIPTION);
    assert!(!inputs.is_empty(), "{name}");
    let mut cases = Vec::new();
    for (input, bytes) in inputs {
        let mut add = |suffix: String, change| {
            let input = format!("{input}{suffix}");
            cases.push(Case::new(name, &class.isi, &input, outcome, change));
        };
        if let Some(place) = &class.tempat {
            add(String::new(), placed(place, class.kerangka.as_deref(), &bytes));
        } else if outcome == Outcome::Page {
            add(String::new(), replaced(class.ganti.clone(), &bytes));
        } else {
            for (index, one) in class.ganti.iter().enumerate() {
                add(format!(" {}", index + 1), replaced(vec![one.clone()], &bytes));
            }
        }
    }
    cases
}

fn placed(place: &str, frame: Option<&str>, bytes: &[u8]) -> Change {
    let place = place.to_owned();
    let bytes = frame.map_or_else(
        || bytes.to_owned(),
        |frame| frame.replace("{isi}", std::str::from_utf8(bytes).unwrap()).into_bytes(),
    );
    Box::new(move |site| write(site, &place, &bytes))
}

fn replaced(replacements: Vec<Replacement>, bytes: &[u8]) -> Change {
    let input = String::from_utf8(bytes.to_owned()).unwrap();
    Box::new(move |site| {
        for Replacement { berkas, dari, menjadi } in &replacements {
            let text = std::fs::read_to_string(site.join(berkas)).unwrap();
            assert!(text.contains(dari), "{berkas}: {dari}");
            let quoted = toml::Value::String(input.clone()).to_string();
            let new = if menjadi.contains("{toml}") {
                menjadi.replace("{toml}", &quoted)
            } else {
                menjadi.replace("{isi}", &input)
            };
            write(site, berkas, text.replacen(dari, &new, 1).as_bytes());
        }
    })
}
