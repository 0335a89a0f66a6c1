//! Every code of a fault has one folder under `tests/faults` that shows it, its text in both languages,
//! and one page under `docs/faults` made from both, so that program, tests and documents agree.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

mod lay;

use bersinar::diag::{Code, Fault, Format, Level, Messages, Spot, has_errors, show_all};
use bersinar::emit::Discard;
use bersinar::explain::{open, path_of};
use bersinar::import::Plan;
use bersinar::pipeline::{self, Options};
use lay::{Files, difference, name};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

fn folder() -> PathBuf {
    lay::repository().join("tests/faults")
}

fn pages() -> PathBuf {
    lay::repository().join("docs/faults")
}

/// What a case is laid over: the good site, and a good table where the case has a table.
fn base(name: &str) -> Files {
    let has_table = folder().join(name).join("input/IMPOR").is_file();
    let good = lay::good_site();
    if has_table { lay::over(good, &folder().join("tabel")) } else { good }
}

/// The good site with the mistakes of a case laid over it.
fn case(name: &str) -> Files {
    lay::over(base(name), &folder().join(name).join("input"))
}

fn options() -> Options {
    Options { today: lay::TODAY.parse().unwrap(), base_url: None }
}

/// The faults of a site, or of the table that is taken into it.
fn build(files: &Files) -> Vec<Fault> {
    match planned(files) {
        Some((_, _, faults)) => faults,
        None => pipeline::build(&lay::source(files), &options(), &Discard).unwrap(),
    }
}

/// The table of a case, what would come of it, and its faults; none where the case has no table.
fn planned(files: &Files) -> Option<(Arc<str>, Plan, Vec<Fault>)> {
    let mut site = files.clone();
    let (wanted, file, bytes) = lay::take_table(&mut site)?;
    let (plan, faults) =
        pipeline::import(&lay::source(&site), &options(), (&file, &bytes), &wanted).unwrap();
    Some((file, plan, faults))
}

fn shown(files: &Files, faults: &[Fault], lang: &str) -> String {
    let mut sources = pipeline::sources(&lay::source(files), faults);
    sources.extend(planned(files).and_then(|(file, plan, _)| Some((file, plan.text?))));
    show_all(faults, &sources, &Messages::in_language(lang), Format::Text)
}

#[test]
fn the_good_site_has_no_faults() {
    let with_table = lay::over(lay::good_site(), &folder().join("tabel"));
    for files in [lay::good_site(), with_table] {
        assert_eq!(shown(&files, &build(&files), "id"), "");
    }
}

#[test]
fn every_code_has_a_folder_and_every_folder_a_code() {
    let codes: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    let folders = lay::folders_in(&folder());
    let folders: BTreeSet<&str> = folders.iter().map(|path| name(path)).collect();
    let others = BTreeSet::from(["banyak", "dasar", "tabel"]);
    assert_eq!(&folders - &others, codes);
}

#[test]
fn every_code_is_told_as_expected_and_nothing_else_is() {
    let mut differences = Vec::new();
    for code in Code::ALL {
        let files = case(code.as_str());
        let faults = build(&files);
        let codes: BTreeSet<&str> = faults.iter().map(|fault| fault.code.as_str()).collect();
        assert_eq!(codes, BTreeSet::from([code.as_str()]), "{}", shown(&files, &faults, "id"));
        assert_eq!(has_errors(&faults), code.level() == Level::Error, "{code:?}");
        differences.extend(told_differently(code.as_str(), &files, &faults));
    }
    lay::none(differences);
}

fn told_differently(case: &str, files: &Files, faults: &[Fault]) -> Vec<String> {
    let told = Messages::LANGUAGES.map(|lang| {
        let text = shown(files, faults, lang);
        difference(&folder().join(case).join(format!("expected.{lang}.txt")), text.as_bytes())
    });
    told.into_iter().flatten().collect()
}

#[test]
fn no_placeholder_is_left_empty_in_any_text() {
    for case_name in Code::ALL.iter().map(|code| code.as_str()).chain(["banyak"]) {
        for fault in build(&case(case_name)) {
            for lang in Messages::LANGUAGES {
                let (message, cure) = raw_texts(fault.code, lang);
                for name in placeholders(&message).into_iter().chain(placeholders(&cure)) {
                    let known = fault.facts.iter().any(|(fact, _)| *fact == name);
                    assert!(known, "{case_name}: {:?} has no fact {name}", fault.code);
                }
            }
        }
    }
}

/// Message and cure of a code as they stand in the catalogue.
fn raw_texts(code: Code, lang: &str) -> (String, String) {
    let messages = Messages::in_language(lang);
    let bare = Fault::new(code, Spot::file(&Arc::from("")));
    (messages.message(&bare), messages.cure(&bare))
}

fn placeholders(text: &str) -> Vec<String> {
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase());
    let names = text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0));
    names.filter(|name| is_name(name)).map(str::to_owned).collect()
}

#[test]
fn a_torn_file_is_told_once_and_not_by_all_that_name_it() {
    let torn = [
        ("content/data/wilayah.toml", "nama = \"Pademangan\"", "nama = Pademangan", "B903"),
        ("content/data/sumber.toml", "judul = \"Berita contoh\"", "", "B106"),
        ("content/data/kontak.toml", "nama = \"Darurat medis\"", "nama = 119", "B107"),
        ("content/data/kontak.toml", "cara = \"telepon\"", "", "B106"),
        ("content/data/konfirmasi.toml", "milik = \"nasional\"", "", "B106"),
        ("content/data/konfirmasi.toml", "milik = \"nasional\"", "milik = \"kontak\"", "B108"),
        ("content/data/konfirmasi.toml", "cara = \"laman-resmi\"", "cara = \"lisan\"", "B108"),
        ("content/data/konfirmasi.toml", "oleh = \"petugas data\"", "", "B106"),
        ("content/data/konfirmasi.toml", "nilai = \"119\"", "nilai = 119", "B107"),
        ("content/kantor/bnnk-utara.md", "cara = \"telepon\"", "cara = 1", "B107"),
        ("content/kantor/bnnk-utara.md", "sidik = \"", "sidik = \"x", "B108"),
        ("content/kantor/bnnk-utara.md", "nilai = \"021 0000000\"", "", "B106"),
        ("content/data/kata.id.toml", "menu = \"Menu\"", "menu = \"\"", "B109"),
        ("content/kantor/bnnk-utara.md", "judul = \"BNNK Utara\"", "", "B106"),
        ("content/ibm/_index.md", "+++\njudul", "judul", "B102"),
        ("content/fasilitas/klinik.md", "jenis = \"klinik\"", "jenis = \"apotek\"", "B108"),
    ];
    for (path, good, bad, code) in torn {
        let mut files = lay::good_site();
        let text = String::from_utf8(files[path].clone()).unwrap();
        assert!(text.contains(good), "{path}");
        files.insert(path.to_owned(), text.replacen(good, bad, 1).into_bytes());
        let faults = build(&files);
        let codes: Vec<&str> = faults.iter().map(|fault| fault.code.as_str()).collect();
        assert_eq!(codes, [code], "{path}: {}", shown(&files, &faults, "id"));
    }
}

#[test]
fn a_character_nobody_sees_is_told_once_wherever_it_stands() {
    let places = [
        ("content/bantuan.md", "judul = \"Bantuan\"", "judul\u{200b} = \"Bantuan\""),
        ("content/bantuan.md", "judul = ", "judul\u{a0}= "),
        ("content/bantuan.md", "+++\njudul", "\u{200b}+++\njudul"),
        ("content/bantuan.md", "Tanyakan ke", "[Tanyakan](@/ibm/_index\u{200b}.md) ke"),
        ("content/bantuan.md", "{#bertanya}", "{#berta\u{ad}nya}"),
        ("content/bantuan.md", "## Bertanya", "##\u{a0}Bertanya"),
        ("content/kantor/bnnk-utara.md", "nilai = \"021", "nilai = \"021\u{a0}"),
        ("content/kantor/bnnk-utara.md", "wilayah = [\"31.72", "wilayah = [\"31.72\u{200b}"),
        ("content/kantor/bnnk-utara.md", "jenis = \"tele", "jenis = \"tele\u{202e}"),
        ("content/kantor/bnnk-utara.md", "\"2026-11-02\"", "\"2026-11-02\u{2060}\""),
        ("content/unit/ancol.md", "@/kantor/bnnk", "@/kantor/\u{200d}bnnk"),
        ("content/data/kontak.toml", "nomor = \"", "nomor = \"\u{200e}"),
        ("content/data/kata.id.toml", "menu = ", "me\u{200b}nu = "),
        ("bersinar.toml", "nama = ", "nama\u{a0}= "),
    ];
    for (path, good, bad) in places {
        let mut files = lay::good_site();
        let text = String::from_utf8(files[path].clone()).unwrap();
        assert!(text.contains(good), "{path}: {good}");
        files.insert(path.to_owned(), text.replacen(good, bad, 1).into_bytes());
        let faults = build(&files);
        let codes: Vec<&str> = faults.iter().map(|fault| fault.code.as_str()).collect();
        let told = shown(&files, &faults, "id");
        assert!(codes == ["B117"] || codes == ["B118"], "{path}: {bad}: {told}");
    }
}

#[test]
fn a_translation_into_a_language_the_site_does_not_speak_is_told() {
    for name in ["en", "eng"] {
        let mut files = lay::good_site();
        let more = format!("\n[nasional.bahasa.{name}]\nnama = \"x\"\nketerangan = \"y\"\n");
        files.get_mut("content/data/kontak.toml").unwrap().extend(more.bytes());
        let faults = build(&files);
        let codes: Vec<&str> = faults.iter().map(|fault| fault.code.as_str()).collect();
        assert_eq!(codes, ["B105"], "{name}: {}", shown(&files, &faults, "id"));
        assert!(shown(&files, &faults, "id").contains(&format!("`{name}`")));
    }
}

#[test]
fn many_mistakes_are_told_in_one_run_by_file_and_place() {
    let files = case("banyak");
    let faults = build(&files);
    lay::none(told_differently("banyak", &files, &faults));
    let codes: BTreeSet<&str> = faults.iter().map(|fault| fault.code.as_str()).collect();
    for code in ["B101", "B903", "B105", "B106", "B107", "B110", "B201", "B302", "B303", "B305"] {
        assert!(codes.contains(code), "{code}");
    }
    for code in ["B401", "B402", "B405", "B407", "B409"] {
        assert!(codes.contains(code), "{code}");
    }
    let sources = pipeline::sources(&lay::source(&files), &faults);
    let lines = show_all(&faults, &sources, &Messages::in_language("id"), Format::Json);
    let places: Vec<(String, u64)> = lines.lines().map(place).collect();
    assert_eq!(places.len(), faults.len());
    assert!(places.is_sorted(), "{places:?}");
}

fn place(line: &str) -> (String, u64) {
    let fault: serde_json::Value = serde_json::from_str(line).unwrap();
    let number = |key: &str| fault[key].as_u64().unwrap_or(0);
    (fault["file"].as_str().unwrap().to_owned(), number("line") * 10_000 + number("column"))
}

#[test]
fn whatever_is_wrong_the_published_site_stays_byte_for_byte() {
    let folder = tempfile::tempdir().unwrap();
    let good = folder.path().join("good");
    lay::write(&lay::good_site(), &good);
    let built = run(&good);
    assert_eq!(built.status.code(), Some(0), "{}", String::from_utf8_lossy(&built.stderr));
    let published = lay::files_in(&good.join("dist"));
    assert!(published.len() > 8);
    let errors = Code::ALL.iter().filter(|code| code.level() == Level::Error);
    let cases = errors.map(|code| (code.as_str(), case(code.as_str())));
    let built = cases.filter(|(_, files)| !files.contains_key("IMPOR"));
    for (case_name, files) in built.chain([("banyak", case("banyak"))]) {
        let site = folder.path().join(case_name);
        lay::write(&files, &site);
        lay::write(&published, &site.join("dist"));
        let refused = run(&site);
        let told = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!(refused.status.code(), Some(1), "{case_name}: {told}");
        assert!(case_name == "banyak" || told.contains(case_name), "{case_name}: {told}");
        assert!(lay::files_in(&site.join("dist")) == published, "{case_name}: dist was touched");
        let beside = std::fs::read_dir(&site).unwrap().map(|entry| entry.unwrap().file_name());
        let left: Vec<_> = beside.filter(|name| name.to_string_lossy().starts_with('.')).collect();
        assert!(left.is_empty(), "{case_name}: {left:?}");
    }
}

#[test]
fn whatever_is_wrong_with_a_table_no_file_of_the_site_is_touched() {
    let errors = Code::ALL.iter().filter(|code| code.level() == Level::Error);
    let cases = errors.map(|code| (code.as_str(), case(code.as_str())));
    for (case_name, files) in cases.filter(|(_, files)| files.contains_key("IMPOR")) {
        let folder = tempfile::tempdir().unwrap();
        lay::write(&files, folder.path());
        let root = folder.path().to_str().unwrap();
        let lines = String::from_utf8(files["IMPOR"].clone()).unwrap();
        let (table, options) = lines.split_once('\n').unwrap();
        let table = folder.path().join(table);
        let line = ["import", table.to_str().unwrap(), "--root", root, "--write"];
        let line: Vec<&str> = line.into_iter().chain(options.lines()).collect();
        let refused = lay::bersinar(&line);
        let told = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!(refused.status.code(), Some(1), "{case_name}: {told}");
        assert!(told.contains(case_name), "{case_name}: {told}");
        assert!(lay::files_in(folder.path()) == files, "{case_name}: a file was touched");
    }
}

fn run(site: &Path) -> std::process::Output {
    lay::bersinar(&["build", "--root", site.to_str().unwrap(), "--today", lay::TODAY])
}

#[test]
fn every_code_has_its_page_and_a_row_in_the_list() {
    let mut differences = Vec::new();
    let mut known = BTreeSet::new();
    for lang in Messages::LANGUAGES {
        let list = path_of(Code::NotUtf8, lang).replace("B101", "README");
        let rows: String = Code::ALL.iter().map(|code| row(*code, lang)).collect();
        let text = template("DAFTAR", lang).replace("{baris}", rows.trim_end());
        differences.extend(difference(&pages().join(&list), text.as_bytes()));
        known.insert(list);
        for code in Code::ALL {
            let path = path_of(*code, lang);
            differences.extend(difference(&pages().join(&path), page(*code, lang).as_bytes()));
            known.insert(path);
        }
    }
    let written: BTreeSet<String> = lay::files_in(&pages()).into_keys().collect();
    assert_eq!(written, known);
    lay::none(differences);
}

/// A frame of the documents, which is written for people and so stands outside the program.
fn template(name: &str, lang: &str) -> String {
    std::fs::read_to_string(folder().join(format!("{name}.{lang}.md"))).unwrap()
}

fn level(code: Code, lang: &str) -> String {
    let key = if code.level() == Level::Error { "level-error" } else { "level-warning" };
    Messages::in_language(lang).program(key, &[])
}

fn row(code: Code, lang: &str) -> String {
    let (message, cure) = raw_texts(code, lang);
    let [message, cure] = [message, cure].map(|text| in_table(&open(&text)));
    let code_name = code.as_str();
    format!("| [{code_name}]({code_name}.md) | {} | {message} | {cure} |\n", level(code, lang))
}

fn in_table(text: &str) -> String {
    literal(text).replace('|', "\\|")
}

/// A sentence about Markdown or HTML, so that it is not taken for either.
fn literal(text: &str) -> String {
    text.replace('<', "\\<").replace("](", "]\\(")
}

fn page(code: Code, lang: &str) -> String {
    let (message, cure) = raw_texts(code, lang);
    let files = case(code.as_str());
    let effect = match (code.level(), files.contains_key("IMPOR")) {
        (Level::Error, false) => "AKIBAT-SALAH",
        (Level::Warning, false) => "AKIBAT-PERIKSA",
        (Level::Error, true) => "AKIBAT-TABEL-SALAH",
        (Level::Warning, true) => "AKIBAT-TABEL-PERIKSA",
    };
    let (wrong, right) = examples(&base(code.as_str()), &files, lang);
    let facts = [
        ("{kode}", code.as_str().to_owned()),
        ("{arti}", literal(&open(&message))),
        ("{tingkat}", level(code, lang)),
        ("{akibat}", template(effect, lang).trim_end().to_owned()),
        ("{perbaikan}", literal(&open(&cure))),
        ("{salah}", wrong),
        ("{pesan}", shown(&files, &build(&files), lang).trim_end().to_owned()),
        ("{benar}", right),
    ];
    let page = template("HALAMAN", lang);
    facts.iter().fold(page, |page, (name, text)| page.replace(name, text))
}

/// The files in which a case differs from the good site: as they are wrong, and as they are right.
fn examples(good: &Files, wrong: &Files, lang: &str) -> (String, String) {
    let paths: BTreeSet<&String> =
        good.keys().chain(wrong.keys()).filter(|p| *p != "IMPOR" && *p != lay::MADE).collect();
    let made = wrong.get(lay::MADE).map(|made| String::from_utf8_lossy(made));
    let mut texts = (String::new(), String::new());
    for line in made.iter().flat_map(|made| made.lines()) {
        let path = line.split_once(' ').unwrap().0;
        texts.0 += &["~~~text\n", line, "\n~~~\n\n"].concat();
        texts.1.push_str(&example(path, None, lang));
    }
    for path in paths.into_iter().filter(|path| good.get(*path) != wrong.get(*path)) {
        let [before, after] = [good, wrong]
            .map(|files| files.get(path).map(|bytes| String::from_utf8_lossy(bytes).into_owned()));
        let (before_lines, after_lines) = changed(before.as_deref(), after.as_deref());
        texts.0.push_str(&example(path, after.is_some().then_some(&after_lines), lang));
        texts.1.push_str(&example(path, before.is_some().then_some(&before_lines), lang));
    }
    (texts.0.trim_end().to_owned(), texts.1.trim_end().to_owned())
}

/// The most lines of a file that a document shows.
const EXAMPLE_LINES: usize = 30;
/// How many unchanged lines stand around the changed ones.
const AROUND_LINES: usize = 2;

/// The lines from the first difference to the last, with a little around them.
fn changed<'a>(before: Option<&'a str>, after: Option<&'a str>) -> (Vec<&'a str>, Vec<&'a str>) {
    let [before, after] =
        [before, after].map(|text| text.unwrap_or("").lines().collect::<Vec<&str>>());
    let same_first = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    let rest = before.len().min(after.len()) - same_first;
    let last = before.iter().rev().zip(after.iter().rev());
    let same_last = last.take(rest).take_while(|(a, b)| a == b).count();
    let part = |lines: &[&'a str]| {
        let start = same_first.saturating_sub(AROUND_LINES);
        let end = (lines.len() - same_last + AROUND_LINES).min(lines.len());
        lines[start..end].to_vec()
    };
    (part(&before), part(&after))
}

/// Lines of a file, or that there is none.
fn example(path: &str, lines: Option<&Vec<&str>>, lang: &str) -> String {
    let Some(lines) = lines else { return template("TIADA", lang).replace("{berkas}", path) };
    if lay::ending(path) == "xlsx" {
        return template("BINER", lang).replace("{berkas}", path);
    }
    let mut shown = lines.iter().take(EXAMPLE_LINES).copied().collect::<Vec<&str>>().join("\n");
    if lines.len() > EXAMPLE_LINES {
        shown.push_str("\n…");
    }
    format!("`{path}`\n\n~~~text\n{shown}\n~~~\n\n")
}
