//! The forms of all pages of the real site: what is not changed stays byte for byte, what is changed is
//! one line.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

mod lay;

use bersinar::content::front::Schema;
use bersinar::content::schema::{self, Document, Need};
use bersinar::content::{Held, SourceFile, parse, read};
use bersinar::form::{
    BODY, Control, Field, Posted, body, changed, changed_entry, entry_fields, fields, place,
    table_of,
};
use bersinar::model::{Reach, assemble};
use bersinar::value::{Lang, PageId};
use std::sync::Arc;

fn languages() -> Vec<Lang> {
    ["id", "en"].map(|lang| Lang::parse(lang).unwrap()).into()
}

/// Every page of the real site with its fields.
fn pages() -> Vec<(String, String, Vec<Field>)> {
    let files = lay::files_in(&lay::repository().join("content"));
    let pages: Vec<_> = files
        .into_iter()
        .filter(|(path, _)| lay::ending(path) == "md")
        .map(|(path, bytes)| {
            let text = String::from_utf8(bytes).unwrap();
            let fields = fields(&schema_of(&path), &text, &languages()).unwrap();
            (path, text, fields)
        })
        .collect();
    assert!(pages.len() > 50, "{}", pages.len());
    pages
}

fn schema_of(path: &str) -> schema::Table {
    let languages = languages();
    let (path, schema) = match path.strip_suffix(".en.md") {
        Some(path) => (format!("{path}.md"), Schema::Translation),
        None => (path.to_owned(), Schema::Original(&languages)),
    };
    schema::of(Document::of_page(&PageId::new(&path), schema))
}

/// What a browser sends for a form that nobody has touched.
fn sent(text: &str, fields: &[Field]) -> Posted {
    let as_sent = |value: &String| value.replace("\r\n", "\n").replace('\n', "\r\n");
    let mut posted: Posted = fields
        .iter()
        .map(|field| {
            let empty = [String::new()];
            (field.path.clone(), field.values.iter().map(as_sent).chain(empty).collect())
        })
        .collect();
    posted.insert(BODY.to_owned(), vec![as_sent(&body(text))]);
    posted
}

/// How many lines are gone and how many are new.
fn lines_changed(before: &str, after: &str) -> (usize, usize) {
    let mut gone: Vec<&str> = before.lines().collect();
    let mut new = Vec::new();
    for line in after.lines() {
        match gone.iter().position(|known| *known == line) {
            Some(at) => {
                gone.remove(at);
            }
            None => new.push(line),
        }
    }
    (gone.len(), new.len())
}

#[test]
fn saving_without_a_change_changes_no_byte() {
    for (path, text, fields) in pages() {
        for text in [text.clone(), text.replace('\n', "\r\n"), format!("\u{feff}{text}")] {
            let fields = bersinar::form::fields(&schema_of(&path), &text, &languages()).unwrap();
            assert_eq!(changed(&text, &fields, &sent(&text, &fields)).unwrap(), text, "{path}");
        }
        assert_eq!(changed(&text, &fields, &Posted::new()).unwrap(), text, "{path}, nothing sent");
    }
}

/// Another value for a field.
fn other_value(field: &Field) -> String {
    let lain = "lain".to_owned();
    match &field.control {
        Control::Choice(words) => {
            words.iter().find(|word| !field.values.contains(word)).unwrap_or(&lain).clone()
        }
        Control::Number => "77".to_owned(),
        Control::Flag => "true".to_owned(),
        _ => "Lain \"sama\" sekali \\ ini".to_owned(),
    }
}

#[test]
fn one_field_is_one_line_and_back() {
    let (mut changes, mut additions) = (0, 0);
    for (path, text, fields) in pages() {
        let untouched = sent(&text, &fields);
        for field in &fields {
            if matches!(field.control, Control::Choices(_) | Control::Lines) {
                continue;
            }
            let mut posted = untouched.clone();
            posted.insert(field.path.clone(), vec![other_value(field)]);
            let after = changed(&text, &fields, &posted).unwrap();
            let found = lines_changed(&text, &after);
            let has_table = fields.iter().any(|other| {
                table_of(&other.path) == table_of(&field.path) && !other.values.is_empty()
            });
            match (field.values.is_empty(), has_table) {
                (false, _) => assert_eq!(found, (1, 1), "{path} {}", field.path),
                (true, true) => assert_eq!(found, (0, 1), "{path} {}", field.path),
                // The head of a new table, mostly behind an empty line.
                (true, false) => assert!(found.0 == 0 && found.1 <= 3, "{path} {}", field.path),
            }
            changes += usize::from(!field.values.is_empty());
            additions += usize::from(field.values.is_empty());
            let fields = bersinar::form::fields(&schema_of(&path), &after, &languages()).unwrap();
            let now = fields.iter().find(|now| now.path == field.path).unwrap();
            assert_eq!(now.values, [other_value(field)], "{path} {}", field.path);
            let mut back = sent(&after, &fields);
            back.insert(field.path.clone(), field.values.clone());
            let back = changed(&after, &fields, &back).unwrap();
            if field.values.is_empty() && has_table {
                assert_eq!(back, text, "{path} {}", field.path);
            } else {
                assert_eq!(lines_changed(&text, &back), (0, 0), "{path} {}", field.path);
            }
        }
    }
    assert!(changes > 250 && additions > 250, "{changes} changes, {additions} additions");
}

#[test]
fn a_field_of_a_source_is_one_line_and_back_and_a_new_source_comes_behind_the_others() {
    let text =
        lay::files_in(&lay::repository().join("content")).remove("data/sumber.toml").unwrap();
    let text = String::from_utf8(text).unwrap();
    let schema = schema::of(Document::Sources);
    let of = |text: &str, key: &str| entry_fields(&schema, text, ["sumber", key], &languages());
    let keys: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("[sumber.")).collect();
    let keys: Vec<&str> = keys.iter().map(|key| key.trim_end_matches(']')).collect();
    let keys: Vec<&str> = keys.into_iter().filter(|key| !key.contains('.')).collect();
    assert!(keys.len() > 10, "{keys:?}");
    for text in [text.clone(), text.replace('\n', "\r\n"), format!("\u{feff}{text}")] {
        for key in &keys {
            let entry = ["sumber", *key];
            let fields = of(&text, key).unwrap();
            assert_eq!(changed_entry(&text, entry, &fields, &sent("", &fields)).unwrap(), text);
            for field in fields.iter().filter(|field| !field.values.is_empty()) {
                let mut posted = sent("", &fields);
                posted.insert(field.path.clone(), vec![other_value(field)]);
                let after = changed_entry(&text, entry, &fields, &posted).unwrap();
                assert_eq!(lines_changed(&text, &after), (1, 1), "{key} {}", field.path);
                let back = sent("", &fields);
                let back = changed_entry(&after, entry, &of(&after, key).unwrap(), &back).unwrap();
                assert_eq!(back, text, "{key} {}", field.path);
            }
        }
    }
    let fields = of(&text, "baru").unwrap();
    let posted = |values: &[(&str, &str)]| -> Posted {
        values.iter().map(|(name, value)| ((*name).to_owned(), vec![(*value).to_owned()])).collect()
    };
    let new = posted(&[("judul", "Surat"), ("tanggal", "2026"), ("bahasa.en.judul", "Letter")]);
    let after = changed_entry(&text, ["sumber", "baru"], &fields, &new).unwrap();
    let block = "\n[sumber.baru]\njudul = \"Surat\"\ntanggal = \"2026\"\n\n[sumber.baru.bahasa.en]\njudul = \"Letter\"\n";
    assert_eq!(after, format!("{text}{block}"));
    for other in ["", "# tiada\n"] {
        let after = changed_entry(other, ["sumber", "baru"], &fields, &new).unwrap();
        let block = if other.is_empty() { &block[1..] } else { block };
        assert!(after.contains(block.trim_start()) && after.contains(other), "{after}");
    }
    assert_eq!(of("sumber = 1\n", "baru"), None);
    assert_eq!(of("[sumber]\nbaru = \"x\"\n", "baru"), None);
}

#[test]
fn an_item_of_a_list_is_one_line() {
    for (path, text, fields) in pages() {
        for field in fields.iter().filter(|field| field.control == Control::Lines) {
            let mut posted = sent(&text, &fields);
            posted.get_mut(&field.path).unwrap().push("satu-lagi".to_owned());
            let after = changed(&text, &fields, &posted).unwrap();
            let (gone, new) = lines_changed(&text, &after);
            assert!(gone <= 1 && new <= 3, "{path} {}: {after}", field.path);
            let again = bersinar::form::fields(&schema_of(&path), &after, &languages()).unwrap();
            let mut back = sent(&after, &again);
            back.insert(field.path.clone(), field.values.clone());
            let back = changed(&after, &again, &back).unwrap();
            assert_eq!(lines_changed(&text, &back), (0, 0), "{path} {}", field.path);
        }
    }
}

#[test]
fn a_changed_body_leaves_the_front_matter_and_the_line_ends() {
    for (path, text, fields) in pages() {
        let text = text.replace('\n', "\r\n");
        let posted = Posted::from([(BODY.to_owned(), vec!["Baru.\r\n\r\nLagi.".to_owned()])]);
        let after = changed(&text, &fields, &posted).unwrap();
        let head = text.find("\r\n+++\r\n").unwrap() + "\r\n+++\r\n".len();
        assert_eq!(after, format!("{}Baru.\r\n\r\nLagi.\r\n", &text[..head]), "{path}");
    }
}

#[test]
fn a_key_that_is_gone_is_told_at_its_field() {
    let mut source = read(lay::repository(), Held::All).unwrap();
    let today = "2026-11-21".parse().unwrap();
    let mut tried = 0;
    for page in ["unit/ancol.md", "kantor/bnnp-dki-jakarta.md", "fasilitas/lido.md", "hukum.md"] {
        let path = format!("content/{page}");
        let at = source.files.iter().position(|file| file.path.as_ref() == path).unwrap();
        let text = source.files[at].text().unwrap();
        let all = fields(&schema_of(page), &text, &languages()).unwrap();
        // A unit without an office is told at its area, by which one is found; an empty translation goes.
        let must = |field: &&Field| {
            let is_told_elsewhere = field.path == "kantor" || field.path.contains(".bahasa.");
            field.need == Need::Must && !field.values.is_empty() && !is_told_elsewhere
        };
        for field in all.iter().filter(must) {
            let without = Posted::from([(field.path.clone(), vec![String::new()])]);
            let without = changed(&text, &all, &without).unwrap();
            source.files[at] = SourceFile::new(&Arc::from(path.as_str()), without.as_bytes());
            let (content, mut faults) = parse(&source).unwrap();
            faults.extend(assemble(&content.unwrap(), today, Reach::Site).1);
            let own = faults.iter().filter(|fault| fault.spot.file.as_ref() == path);
            let places: Vec<String> =
                own.filter_map(|fault| place(&without, &all, fault)).collect();
            assert!(places.contains(&field.path), "{page} {}: {places:?}", field.path);
            tried += 1;
        }
    }
    assert!(tried > 10, "{tried}");
}

const NOTED: &str = "+++\n# Tentang judul\njudul = 'Kata' # di sini\n# Singkat\njudul_pendek = \"K\"\nringkasan = \"R\"\n\n# Sumber kita\nsumber = [\n  \"a\", # satu\n  \"b\",\n]\nlain = {x=1}\n# Akhir\n+++\nIsi\n";

#[test]
fn comments_order_and_foreign_keys_stay() {
    let fields = fields(&schema_of("x.md"), NOTED, &languages()).unwrap();
    let change = |name: &str, values: &[&str]| {
        let values = values.iter().map(|value| (*value).to_owned()).collect();
        changed(NOTED, &fields, &Posted::from([(name.to_owned(), values)])).unwrap()
    };
    assert_eq!(change("judul", &["B"]), NOTED.replace("'Kata'", "\"B\""));
    let without = NOTED.replace("judul_pendek = \"K\"\n", "");
    assert_eq!(change("judul_pendek", &[""]), without, "what was said of it stays");
    let more = NOTED.replace("  \"b\",\n", "  \"b\",\n  \"c\",\n");
    assert_eq!(change("sumber", &["a", "b", "c"]), more);
    let fewer = NOTED.replace("  \"b\",\n", "");
    assert_eq!(change("sumber", &["a"]), fewer);
    assert_eq!(change("sumber", &["a", "c"]), NOTED.replace("\"b\"", "\"c\""));
    let behind = NOTED.replace("ringkasan = \"R\"\n", "ringkasan = \"R\"\nurutan = 3\n");
    assert_eq!(change("urutan", &["3"]), behind);
    assert_eq!(change("urutan", &["tiga"]), behind.replace('3', "\"tiga\""), "to be told as wrong");
}

#[test]
fn whatever_is_typed_stays_one_value() {
    let fields = fields(&schema_of("x.md"), NOTED, &languages()).unwrap();
    for typed in ["x\r\n+++\r\njudul = 1", "\"\"\" # ''' ]", "a\\", "\u{7f}\u{1}\t.", "[x]\n[[y]]"]
    {
        let posted = Posted::from([("ringkasan".to_owned(), vec![typed.to_owned()])]);
        let after = changed(NOTED, &fields, &posted).unwrap();
        assert_eq!(lines_changed(NOTED, &after), (1, 1), "{typed:?}");
        assert_eq!(body(&after), body(NOTED), "{typed:?}");
        let again = bersinar::form::fields(&schema_of("x.md"), &after, &languages()).unwrap();
        let now = again.iter().find(|field| field.path == "ringkasan").unwrap();
        assert_eq!(now.values, [typed.trim().replace("\r\n", "\n")], "{typed:?}");
    }
}

#[test]
fn what_the_form_does_not_ask_cannot_be_sent() {
    let (path, text, fields) =
        pages().into_iter().find(|(_, text, _)| text.contains("[[kontak]]")).unwrap();
    for name in
        ["kontak.0.nilai", "kontak.0.diperiksa", "kontak.0.sidik", "kontak.9.catatan", "lain"]
    {
        let posted = Posted::from([(name.to_owned(), vec!["lain".to_owned()])]);
        assert_eq!(changed(&text, &fields, &posted).unwrap(), text, "{path} {name}");
    }
}
