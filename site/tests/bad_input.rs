//! What can be wrong with the wording, the table of the instrument, the referral rules and the contacts
//! of the screening: each is one fault with place and cure before anything is written, and an expired
//! contact is a warning with which the screening still works.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

mod lay;

use bersinar::diag::{Fault, Format, Messages, Sources, show_all};
use bersinar::emit::{Memory, Site};
use bersinar::pipeline::{self, Options};
use island::Island;
use lay::Files;

const WORDING: &str = "content/data/skrining.id.toml";
const TABLE: &str = "content/data/instrumen.toml";
const OFFICE: &str = "content/kantor/bnnk-utara.md";

/// The site with the first occurrence of a text replaced behind a mark.
fn changed(path: &str, mark: &str, from: &str, to: &str) -> Files {
    let mut files = lay::small_site();
    let text = String::from_utf8(files[path].clone()).unwrap();
    assert!(text.contains(mark), "{path}: {mark}");
    let (before, after) = text.split_once(mark).unwrap();
    assert!(after.contains(from), "{path}: {from}");
    let text = [before, mark, &after.replacen(from, to, 1)].concat();
    files.insert(path.to_owned(), text.into_bytes());
    files
}

/// The line that begins with a key, with its line break, behind a mark.
fn line_of(path: &str, mark: &str, key: &str) -> String {
    let text = String::from_utf8(lay::small_site()[path].clone()).unwrap();
    let after = text.split_once(mark).unwrap().1;
    let line = after.lines().find(|line| line.starts_with(key)).unwrap();
    format!("{line}\n")
}

fn build(files: &Files) -> (Site, Vec<Fault>, Sources) {
    let source = lay::source(files);
    let options = Options { today: lay::TODAY.parse().unwrap(), base_url: None };
    let memory = Memory::default();
    let faults = pipeline::build(&source, &options, &memory).unwrap();
    let sources = pipeline::sources(&source, &faults);
    (memory.into_site(), faults, sources)
}

/// Builds, and holds that there is exactly one kind of fault, told with its place and a cure in both
/// languages, and that nothing was made. Gives what is told in Indonesian.
fn refused(files: &Files, code: &str, place: &str) -> String {
    let (site, faults, sources) = build(files);
    assert!(site.is_empty(), "{code}: something was made");
    let told = Messages::LANGUAGES
        .map(|lang| show_all(&faults, &sources, &Messages::in_language(lang), Format::Text));
    assert!(!faults.is_empty(), "{code} at {place} is not told");
    for fault in &faults {
        assert_eq!(fault.code.as_str(), code, "{}", told[0]);
        assert!(fault.is_error(), "{}", told[0]);
    }
    assert!(told[0].contains(&format!("--> {place}")), "{place} in: {}", told[0]);
    for (text, cure) in told.iter().zip(["perbaiki: ", "mend: "]) {
        assert_eq!(text.matches(cure).count(), faults.len(), "{text}");
    }
    let [told, _] = told;
    told
}

#[test]
fn a_wording_without_question_option_or_band_text_is_told_at_its_table() {
    for (table, key) in [
        ("[pertanyaan]", "masalah"),
        ("[petunjuk]", "tugas"),
        ("[pilihan]", "harian"),
        ("[pita]", "tinggi_arti"),
        ("[zat]", "opioid"),
        ("[kertas]", "aturan_suntik"),
    ] {
        let line = line_of(WORDING, table, &format!("{key} = "));
        let files = changed(WORDING, table, &line, "");
        let told = refused(&files, "B501", &format!("{WORDING}:"));
        let name = format!("`{}.{key}`", table.trim_matches(['[', ']']));
        assert!(told.contains(&name), "{told}");
    }
}

#[test]
fn an_empty_text_of_the_wording_is_told_where_it_stands() {
    let line = line_of(WORDING, "[pita]", "menengah_arti = ");
    let files = changed(WORDING, "[pita]", &line, "menengah_arti = \" \"\n");
    assert!(refused(&files, "B109", &format!("{WORDING}:")).contains("menengah_arti"));
}

#[test]
fn a_language_without_its_words_is_told_with_the_files_it_needs() {
    let files = changed("bersinar.toml", "", "bahasa = [\"id\"]", "bahasa = [\"id\", \"en\"]");
    let told = refused(&files, "B113", "content/data/skrining.en.toml");
    assert!(told.contains("--> content/data/kata.en.toml"), "{told}");
}

#[test]
fn a_second_language_must_be_as_complete_as_the_first() {
    let mut files = changed("bersinar.toml", "", "bahasa = [\"id\"]", "bahasa = [\"id\", \"en\"]");
    files.extend(lay::real_words(&["en"]));
    let english = "content/data/skrining.en.toml";
    let text = String::from_utf8(files[english].clone()).unwrap();
    let line = text.lines().find(|line| line.starts_with("mingguan = ")).unwrap();
    let text = text.replacen(&format!("{line}\n"), "", 1);
    files.insert(english.to_owned(), text.into_bytes());
    let told = refused(&files, "B501", &format!("{english}:"));
    assert!(told.contains("`pilihan.mingguan`"), "{told}");
}

#[test]
fn a_topic_word_where_other_people_look_is_told_by_its_name() {
    for (path, from, to, word) in [
        ("content/cek.md", "judul = \"Cek mandiri\"", "judul = \"Cek napza\"", "napza"),
        ("content/cek.md", "Untuk Anda sendiri", "Soal kecubung", "kecubung"),
        ("bersinar.toml", "nama = \"Kecil\"", "nama = \"Bebas Narkoba\"", "narkoba"),
        ("content/data/kata.id.toml", "{judul} – {situs}", "{judul} rehab – {situs}", "rehab"),
    ] {
        let told = refused(&changed(path, "", from, to), "B504", &format!("{path}:"));
        assert!(told.contains(&format!("Kata `{word}`")), "{told}");
    }
    let mut files = lay::small_site();
    let page = files.remove("content/cek.md").unwrap();
    files.insert("content/skrining.md".to_owned(), page);
    let menu = String::from_utf8(files["bersinar.toml"].clone()).unwrap();
    files.insert("bersinar.toml".to_owned(), menu.replace("cek.md", "skrining.md").into_bytes());
    refused(&files, "B504", "content/skrining.md");
}

#[test]
fn a_referral_rule_says_something_for_every_band() {
    for band in ["rendah", "menengah", "tinggi"] {
        let mark = format!("[rujukan.{band}]\n");
        let text = line_of(OFFICE, &mark, "teks = ");
        let place = format!("{OFFICE}:");
        refused(&changed(OFFICE, &mark, &text, ""), "B106", &place);
        refused(&changed(OFFICE, &mark, &text, "teks = \"\"\n"), "B109", &place);
    }
    let whole = "[rujukan.menengah]\nteks = \"Minta asesmen.\"\n";
    let told = refused(&changed(OFFICE, "", whole, ""), "B411", &format!("{OFFICE}:"));
    assert!(told.contains("`menengah`"), "{told}");
}

#[test]
fn every_number_of_the_table_is_compared() {
    let table = String::from_utf8(lay::small_site()[TABLE].clone()).unwrap();
    let mut compared = 0;
    for (number, line) in table.lines().enumerate().filter(|(_, line)| line.contains(" = ")) {
        let digits: Vec<usize> =
            line.match_indices(|c: char| c.is_ascii_digit()).map(|d| d.0).collect();
        for at in digits.into_iter().filter(|_| !line.starts_with("nama") && !line.contains('"')) {
            let digit = if &line[at..=at] == "1" { "2" } else { "1" };
            let wrong = [&line[..at], digit, &line[at + 1..]].concat();
            let before: String = table.split_inclusive('\n').take(number).collect();
            let files = changed(TABLE, &before, line, &wrong);
            let told = refused(&files, "B505", &format!("{TABLE}:{}:", number + 1));
            assert_eq!(told.matches("salah[B505]").count(), 1, "{wrong}: {told}");
            compared += 1;
        }
    }
    assert_eq!(compared, 4 * 5 + 2 * 3 + 2 + 2 + 1 + 2, "points, then the digits of the limits");
}

#[test]
fn a_table_that_is_missing_or_torn_is_told() {
    let mut files = lay::small_site();
    files.remove(TABLE);
    refused(&files, "B113", TABLE);
    let place = format!("{TABLE}:");
    let broken = |from: &str, to: &str| changed(TABLE, "", from, to);
    refused(&broken("tugas = [0, 5, 6, 7, 8]\n", ""), "B106", &place);
    refused(&broken("tugas = [0, 5,", "tugas = [0, \"5\","), "B107", &place);
    refused(&broken("tugas = [0, 5,", "tugas = [0, 500,"), "B107", &place);
    refused(&broken("[\"tugas\"]", "[\"pernah\"]"), "B108", &place);
    refused(&broken("[\"berita-2021\"]", "[\"tidak-ada\"]"), "B408", &place);
}

#[test]
fn an_answer_with_a_key_of_its_own_is_whole_or_refused() {
    let proof = "per = \"2021-02-19\"\nsumber = \"berita-2021\"\n\n";
    let with = |answer: &str| {
        changed(OFFICE, "", "[keterangan.biaya]", &format!("{answer}\n{proof}[keterangan.biaya]"))
    };
    let place = format!("{OFFICE}:");
    let promise = "[keterangan.ditangkap]\nteks = \"Tidak.\"";
    for (answer, code) in [
        (promise, "B106"),
        ("[keterangan.ditangkap]\noleh = \"kepala\"", "B106"),
        (&format!("{promise}\noleh = \"Pak Contoh\""), "B108"),
        ("[keterangan.tunggu]\nteks = \"Seminggu.\"", "B106"),
        ("[keterangan.tunggu]\nhari = \"7\"", "B107"),
        ("[keterangan.tunggu]\nhari = -1", "B107"),
        ("[keterangan.janji]\nteks = \"Boleh.\"", "B106"),
        ("[keterangan.janji]\npilihan = \"boleh\"", "B108"),
        ("[keterangan.surat]\nteks = \"KTP.\"\nhari = 7", "B105"),
    ] {
        refused(&with(answer), code, &place);
    }
    let told = [&format!("{promise}\noleh = \"humas\""), "[keterangan.tunggu]\nhari = 0"];
    for answer in told {
        assert_eq!(build(&with(answer)).1, [], "{answer}");
    }
}

#[test]
fn an_expired_contact_is_a_warning_and_the_screening_works_without_it() {
    let good = build(&lay::small_site());
    let files = changed(OFFICE, "nilai = \"021 0000000\"", "2027-06-30", "2026-11-20");
    let (site, faults, sources) = build(&files);
    let told = show_all(&faults, &sources, &Messages::in_language("id"), Format::Text);
    assert_eq!(told.matches("periksa[B406]").count(), 1, "{told}");
    assert!(told.contains(&format!("--> {OFFICE}:")) && told.contains("perbaiki: "), "{told}");
    let (before, after) =
        (lay::island(&good.0["cek/index.html"]), lay::island(&site["cek/index.html"]));
    let shown = |island: &Island| -> Vec<String> {
        island.offices[0].contacts.iter().map(|contact| contact.shown.clone()).collect()
    };
    let number = "021 0000 000 lalu tekan 12";
    assert!(shown(&before).contains(&number.to_owned()), "{:?}", shown(&before));
    assert!(!shown(&after).contains(&number.to_owned()), "{:?}", shown(&after));
    assert_eq!(shown(&before).len(), shown(&after).len(), "what is withheld is told");
    let (old, new) = (&before.offices[0].contacts, &after.offices[0].contacts);
    let withheld = old.iter().zip(new).find(|(old, _)| old.shown == number).unwrap().1;
    assert!(!withheld.is_call() && withheld.shown.starts_with("Tidak kami tampilkan"));
    assert!(withheld.note.contains("184"), "{}", withheld.note);
    assert_eq!(before.national, after.national);
}

#[test]
fn what_a_site_covers_is_provinces_and_regencies_that_exist() {
    for (coverage, code) in
        [("3172", "B108"), ("31.72.05", "B108"), ("20", "B402"), ("31.79", "B402")]
    {
        let files = changed(
            "bersinar.toml",
            "cakupan = [",
            "\"31.72\"",
            &format!("\"31.72\", \"{coverage}\""),
        );
        let told = refused(&files, code, "bersinar.toml:");
        assert!(told.contains(coverage), "{told}");
    }
    let files = changed("bersinar.toml", "cakupan = [", "\"31.72\"", "\"31\", \"31.72\"");
    let (site, faults, _) = build(&files);
    assert_eq!(faults, []);
    let regencies = site.keys().filter(|path| path.starts_with("wilayah/dki-jakarta/"));
    assert_eq!(regencies.count(), 1 + 6);
}
