//! Sites under `tests/sites` → every byte that comes out, compared with their `expected/`.
//!
//! A case holds only what is its own. It is laid over the real words and over the folders that its
//! file `LAPIS` names, relative to `tests/`.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

mod lay;

use bersinar::content;
use bersinar::diag::{Fault, Format, Messages, show_all};
use bersinar::emit::{Memory, Sink, Site};
use bersinar::pipeline::{self, Options};
use island::{Span, Topic, Zone};
use lay::{Files, difference, name};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

fn case(name: &str) -> PathBuf {
    lay::repository().join("tests/sites").join(name)
}

/// The files of a case over everything that lies below it.
fn files_of(case: &Path) -> Files {
    let layers = std::fs::read_to_string(case.join("LAPIS")).unwrap_or_default();
    let words = lay::real_words(&languages_of(case));
    let below = layers
        .lines()
        .fold(words, |files, layer| lay::over(files, &lay::repository().join("tests").join(layer)));
    let mut files = lay::over(below, case);
    files.retain(|path, _| path != "LAPIS" && !path.starts_with("expected/"));
    files
}

/// The languages of a case: two where it says so, else the first alone.
fn languages_of(case: &Path) -> Vec<&'static str> {
    let settings = std::fs::read_to_string(case.join("bersinar.toml")).unwrap_or_default();
    let both = settings.lines().any(|line| line == "bahasa = [\"id\", \"en\"]");
    if both { vec!["id", "en"] } else { vec!["id"] }
}

/// The site of a case as it goes from disk to memory, and what is told about it.
fn built(case: &Path) -> (Site, Vec<Fault>) {
    let folder = tempfile::tempdir().unwrap();
    lay::write(&files_of(case), folder.path());
    let source = content::read(folder.path(), content::Held::ButPages).unwrap();
    let options = Options { today: lay::TODAY.parse().unwrap(), base_url: None };
    let sink = Once::default();
    let faults = pipeline::build(&source, &options, &sink).unwrap();
    let told = show_all(
        &faults,
        &pipeline::sources(&source, &faults),
        &Messages::in_language("id"),
        Format::Text,
    );
    assert!(!bersinar::diag::has_errors(&faults), "{told}");
    (sink.memory.into_site(), faults)
}

/// Takes every path once: a second file of the same path would take the place of the first.
#[derive(Default)]
struct Once {
    memory: Memory,
    paths: Mutex<BTreeSet<String>>,
}

impl Sink for Once {
    fn put(&self, path: &str, bytes: &[u8]) -> std::io::Result<()> {
        let is_new = self.paths.lock().unwrap().insert(path.to_owned());
        assert!(is_new, "{path} was made twice");
        self.memory.put(path, bytes)
    }
}

fn text<'a>(site: &'a Site, path: &str) -> &'a str {
    std::str::from_utf8(&site[path]).unwrap()
}

/// The screening with the widget in it, and the hash of the widget, are looked at piece by piece,
/// not byte by byte.
fn is_sealed(bytes: &[u8]) -> bool {
    let marks: [&[u8]; 2] = [b"id=\"pulau\"", b"sandbox allow-scripts"];
    marks.iter().any(|mark| bytes.windows(mark.len()).any(|window| window == *mark))
}

#[test]
fn every_site_comes_out_as_expected() {
    let mut differences = Vec::new();
    for case in lay::folders_in(&lay::repository().join("tests/sites")) {
        let (site, _) = built(&case);
        let expected = case.join("expected");
        if lay::overwrites() && expected.exists() {
            std::fs::remove_dir_all(&expected).unwrap();
        }
        let compared = site.iter().filter(|(_, bytes)| !is_sealed(bytes));
        let mut made = BTreeSet::new();
        for (path, bytes) in compared {
            differences.extend(difference(&expected.join(path), bytes));
            made.insert(path.clone());
        }
        let written: BTreeSet<String> = lay::files_in(&expected).into_keys().collect();
        let gone = written.difference(&made);
        differences.extend(gone.map(|path| format!("{}: {path} is no longer made", name(&case))));
    }
    lay::none(differences);
}

#[test]
fn a_sealed_screening_holds_everything_and_asks_for_nothing() {
    let (site, _) = built(&case("kecil"));
    let html = text(&site, "cek/index.html");
    assert!(is_sealed(html.as_bytes()));
    assert_eq!(html.matches("<h1>").count(), 1);
    for once in ["<main id=\"isi\"", "<div id=\"aplikasi\"></div>", "<div id=\"kertas\""] {
        assert_eq!(html.matches(once).count(), 1, "{once}");
    }
    let policy = html.split_once("Content-Security-Policy\" content=\"").unwrap().1;
    let policy = policy.split('"').next().unwrap();
    let policy = policy.replace("&#39;", "'");
    for part in ["default-src 'none'", "connect-src 'none'", "form-action 'none'"] {
        assert!(policy.contains(part), "{policy}");
    }
    assert!(!html.contains("rel=\"stylesheet\"") && !html.contains(" src="), "{html}");
    for group in 'a'..='j' {
        assert!(html.contains(&format!("name=\"{group}1\"")), "{group}");
        assert_eq!(html.contains(&format!("name=\"{group}5\"")), group != 'a', "{group}");
    }
    assert!(!html.contains(" checked"), "nothing is chosen beforehand");
    let island = lay::island_text(html);
    assert!(!island.contains('<') && island.contains("BNNK Utara"));
}

#[test]
fn hours_and_answers_reach_the_screening() {
    let (site, faults) = built(&case("jam"));
    assert_eq!(faults, []);
    let html = text(&site, "cek/index.html");
    assert!(html.contains("data-hari=\"20778\""), "21 November 2026");
    let island = lay::island(html.as_bytes());
    let office = |name: &str| island.offices.iter().find(|office| office.name == name).unwrap();
    let weekdays = office("BNNP Jam Kerja").hours.as_ref().unwrap();
    let (day, friday) = (Span::new(480, 960), Span::new(480, 990));
    assert_eq!(weekdays.zone, Zone::Wib);
    assert_eq!(weekdays.days, [day, day, day, day, friday, None, None]);
    assert_eq!(weekdays.note, "Menurut Koran contoh, 1 Oktober 2026.");
    let night = office("BNNK Malam").hours.as_ref().unwrap();
    assert_eq!((night.zone, night.days[1]), (Zone::Wita, Span::new(1200, 1680)));
    assert!(office("BNNK Siang Malam").hours.as_ref().unwrap().is_always_open());
    assert_eq!(office("BNNK Utara").hours, None, "what was not told is not guessed");
    let all = office("BNNP Jam Kerja");
    for topic in Topic::ALL {
        assert!(all.answer(topic).is_some_and(|answer| answer.note.contains("Oktober 2026")));
        assert!(!island.topic(topic).is_empty());
    }
    let hours = all.answer(Topic::Hours).unwrap();
    let week =
        "Senin sampai Kamis 08.00–16.00 WIB. Jumat 08.00–16.30 WIB. Sabtu sampai Minggu Tutup.";
    assert_eq!(hours.text, [week, "Loket istirahat pada tengah hari."].join(" "));
    assert_eq!(hours.note, "Menurut Koran contoh, 1 Oktober 2026.", "one source is named once");
    let said = |topic| all.answer(topic).unwrap().text.as_str();
    assert_eq!(said(Topic::Appointment), "Boleh langsung datang. Ambil nomor antrean di loket.");
    assert_eq!(said(Topic::Wait), "Biasanya 7 hari.");
    assert!(said(Topic::Arrest).ends_with("Ini pernyataan kepala kantor, bukan kekebalan hukum."));
    let night = office("BNNK Malam");
    assert_eq!(night.answers.len(), 1, "times alone answer the question about hours");
    assert!(night.answer(Topic::Hours).unwrap().text.contains("20.00 sampai besok 04.00 WITA."));
    assert_eq!(office("BNNK Utara").answers.len(), 1);
    assert_eq!(office("BNNK Utara").answer(Topic::Cost).unwrap().text, "Gratis.");
}

#[test]
fn wording_is_data() {
    let (site, faults) = built(&case("dua-bahasa"));
    assert_eq!(faults, []);
    let files = files_of(&case("dua-bahasa"));
    let english = text(&site, "en/cek/index.html");
    let words: toml::Table = toml::from_str(&word_file(&files, "skrining.en.toml")).unwrap();
    for key in ["tembakau", "opioid", "lain"] {
        assert!(english.contains(words["zat"][key].as_str().unwrap()), "{key}");
    }
    let all = |lang: &str| {
        let kinds = ["kata", "skrining"];
        kinds.map(|kind| word_file(&files, &format!("{kind}.{lang}.toml"))).concat()
    };
    // The name of a language is the same in every language.
    let own = &sentences(&all("id")) - &sentences(&all("en"));
    assert!(own.len() > 100);
    for (path, bytes) in site.iter().filter(|(path, _)| path.starts_with("en/")) {
        let html = std::str::from_utf8(bytes).unwrap();
        let left: Vec<&String> = own.iter().filter(|text| html.contains(*text)).collect();
        assert!(left.is_empty(), "{path} still says {left:?}");
    }
}

fn word_file(files: &Files, name: &str) -> String {
    String::from_utf8(files[&format!("content/data/{name}")].clone()).unwrap()
}

/// The texts of a file of words that are whole sentences without placeholders.
fn sentences(words: &str) -> BTreeSet<String> {
    let texts = words.lines().filter_map(|line| line.split_once(" = \"")?.1.strip_suffix('"'));
    texts.filter(|text| text.contains(' ') && !text.contains('{')).map(str::to_owned).collect()
}

#[test]
fn a_translation_says_where_it_is_missing() {
    let (site, _) = built(&case("dua-bahasa"));
    let home = text(&site, "en/index.html");
    assert!(home.contains("href=\"/en/ibm/\""), "a translated page is linked in its language");
    assert!(home.contains("href=\"/bantuan/#bertanya\""), "any other in the first language");
    assert!(text(&site, "index.html").contains("[English](/en/)"));
    let area = "wilayah/dki-jakarta/index.html";
    assert!(text(&site, area).contains("<!-- id "), "the finder is not translated, areas are");
    assert!(text(&site, &format!("en/{area}")).contains("<!-- en "));
    assert!(site.contains_key("en/404.html") && !site.contains_key("en/bantuan/index.html"));
}

#[test]
fn data_is_told_in_the_language_of_the_page() {
    let (site, _) = built(&case("dua-bahasa"));
    let [own, english] = ["cek/index.html", "en/cek/index.html"].map(|path| text(&site, path));
    let office = text(&site, "en/kantor/bnnk-utara/index.html");
    for (indonesian, translated) in
        [("Darurat medis", "Medical emergency"), ("Koran contoh", "Sample paper")]
    {
        assert!(own.contains(indonesian) && !own.contains(translated), "{translated}");
        assert!(english.contains(translated) && !english.contains(indonesian), "{indonesian}");
    }
    assert!(office.contains("Free.") && office.contains("Ask first."));
    assert!(office.contains("Minta asesmen."), "what is not translated stays as it is");
    assert!(text(&site, "kantor/bnnk-utara/index.html").contains("Gratis."));
}

#[test]
fn a_site_can_replace_a_template_and_the_stylesheet() {
    let (site, _) = built(&case("templat"));
    let page = text(&site, "bantuan/index.html");
    let (style, bytes) = site.iter().find(|(path, _)| lay::ending(path) == "css").unwrap();
    assert!(
        bytes.starts_with(b"body{color:#123}\n"),
        "the style of the site, and then that of pages"
    );
    assert!(page.contains(&format!("href=\"/{style}\"")), "{page}");
    assert!(!page.contains("skip:"), "the template of the site, not the one below it");
    assert!(text(&site, "kantor/bnnk-utara/index.html").contains("skip:"));
}

#[test]
fn what_is_out_of_date_is_withheld_or_marked() {
    let (site, faults) = built(&case("kedaluwarsa"));
    let codes: Vec<&str> = faults.iter().map(|fault| fault.code.as_str()).collect();
    assert_eq!(codes, ["B406", "B406", "B406", "B426", "B406"]);
    for (path, bytes) in &site {
        let html = std::str::from_utf8(bytes).unwrap();
        for number in ["021 0000000", "0210 0000 00", "0210000000", "+62210000000"] {
            assert!(!html.contains(number), "{path} shows {number}");
        }
    }
    let office = text(&site, "kantor/bnnk-utara/index.html");
    assert!(office.contains("withheld: ") && !office.contains("08.00"), "{office}");
    assert!(text(&site, "index.html").contains("overdue: "));
    assert!(text(&site, "index.html").contains("tel:119"), "marked, but never withheld");
    let clinic = text(&site, "fasilitas/klinik/index.html");
    assert!(clinic.contains("Jl. Contoh No. 1 |  | overdue: "), "an old address stays: {clinic}");
    assert!(clinic.contains("Berlaku sampai 1 Oktober 2026"), "with the last day: {clinic}");
    assert!(clinic.contains("https://klinik.example/"), "good on its last day");
}

#[test]
fn no_page_can_take_the_place_of_the_page_between() {
    let mut files = files_of(&case("kecil"));
    let page = "+++\njudul = \"K\"\nringkasan = \"K.\"\n+++\n";
    files.insert("content/k.md".to_owned(), page.into());
    let options = Options { today: lay::TODAY.parse().unwrap(), base_url: None };
    let faults = pipeline::build(&lay::source(&files), &options, &Memory::default()).unwrap();
    let codes: Vec<&str> = faults.iter().map(|fault| fault.code.as_str()).collect();
    assert_eq!(codes, ["B111"]);
}
