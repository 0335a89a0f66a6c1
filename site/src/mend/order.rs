//! The head of a page → the same with its keys in the order of the staff guide.

use super::Kind;
use crate::edit::Draft;
use toml_edit::Table;

/// The keys at the head of a page, as the staff guide and `content/` write them.
const ORDER: [&str; 14] = [
    "judul",
    "judul_pendek",
    "ringkasan",
    "urutan",
    "templat",
    "tingkat",
    "jenis",
    "program",
    "wilayah",
    "kantor",
    "status",
    "per",
    "sumber",
    "alias",
];

pub(super) fn mended(kind: Kind, text: &str) -> Option<String> {
    let mut draft = Draft::page(text).filter(|_| kind == Kind::Page)?;
    let keys = draft.keys();
    if has_notes(keys) {
        return None;
    }
    let places: Option<Vec<usize>> = own_keys(keys).map(place).collect();
    if places?.is_sorted() {
        return None;
    }
    keys.sort_values_by(|a, _, b, _| place(a.get()).cmp(&place(b.get())));
    Some(draft.text())
}

/// The keys that stand before the first table.
fn own_keys(table: &Table) -> impl Iterator<Item = &str> {
    table.iter().filter(|(_, item)| item.is_value()).map(|(key, _)| key)
}

/// The place of a key; none for one that may stand anywhere.
fn place(key: &str) -> Option<usize> {
    ORDER.iter().position(|known| *known == key)
}

/// Whether a comment or a blank line stands between the keys. It may speak of those below it, and
/// would then speak of others.
fn has_notes(table: &Table) -> bool {
    let prefix = |key: &str| {
        let decor = table.key(key)?.leaf_decor().prefix()?;
        Some(decor.as_str().is_none_or(|text| !text.trim_matches([' ', '\t']).is_empty()))
    };
    own_keys(table).any(|key| prefix(key).unwrap_or(false))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(head: &str) -> Option<String> {
        mended(Kind::Page, &format!("+++\n{head}+++\n"))
    }

    #[test]
    fn keys_move_with_what_stands_behind_them() {
        let sorted = page("per = \"2021\" # lama\njudul = \"A\"\n\n[rujukan]\nper = \"2021\"\n");
        let expected =
            "+++\njudul = \"A\"\nper = \"2021\" # lama\n\n[rujukan]\nper = \"2021\"\n+++\n";
        assert_eq!(sorted.as_deref(), Some(expected));
    }

    #[test]
    fn keys_with_notes_or_unknown_keys_stay() {
        assert_eq!(page("judul = \"A\"\nper = \"2021\"\n"), None);
        assert_eq!(page("per = \"2021\"\n# nama\njudul = \"A\"\n"), None);
        assert_eq!(page("per = \"2021\"\n\njudul = \"A\"\n"), None);
        assert_eq!(page("per = \"2021\"\nwarna = \"A\"\njudul = \"A\"\n"), None);
    }
}
