//! Contacts as people keep them: two roles confirm a number, a wrong digit is found wherever it is typed,
//! and every page leads to the national lines.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

mod lay;

use bersinar::content;
use bersinar::diag::{Code, Fault, has_errors};
use bersinar::emit::Memory;
use bersinar::model::{self, Reach};
use bersinar::pipeline::{self, Options};
use lay::{Files, code, run, said, told};
use rayon::prelude::*;
use std::path::Path;
use std::process::Output;
use tempfile::TempDir;

const OFFICE: &str = "content/kantor/bnnk-utara.md";
const CLINIC: &str = "content/fasilitas/klinik.md";
const NATIONAL: &str = "content/data/kontak.toml";
const SECOND: &str = "content/data/konfirmasi.toml";

fn on_disk(files: &Files) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    lay::write(files, folder.path());
    folder
}

/// Runs `confirm` with the value given on the line.
fn confirm(site: &Path, page: &str, role: &str, value: &str, more: &[&str]) -> Output {
    let line = ["confirm", page, "--cara", "telepon", "--oleh", role, "--nilai", value];
    run(site, &[&line[..], more].concat())
}

fn codes(site: &Path) -> Vec<String> {
    let output = said(&run(site, &["check", "--format", "json"]));
    let fault = |line: &str| -> serde_json::Value { serde_json::from_str(line).unwrap() };
    output.lines().map(|line| fault(line)["code"].as_str().unwrap().to_owned()).collect()
}

/// Replaces the only occurrence of a text in a file of a site.
fn change(site: &Path, path: &str, from: &str, to: &str) {
    let text = std::fs::read_to_string(site.join(path)).unwrap();
    assert_eq!(text.matches(from).count(), 1, "{path}: {from}");
    std::fs::write(site.join(path), text.replace(from, to)).unwrap();
}

fn read(site: &Path, path: &str) -> String {
    std::fs::read_to_string(site.join(path)).unwrap()
}

#[test]
fn a_number_is_changed_by_two_roles_who_each_type_it() {
    let folder = on_disk(&lay::good_site());
    let site = folder.path();
    change(site, OFFICE, "021 0000000", "021 0000030");
    assert_eq!(codes(site), ["B422"]);
    let first = confirm(site, "kantor/bnnk-utara", "petugas rehabilitasi", "0210000030", &[]);
    assert_eq!(code(&first), 0, "{}", told(&first));
    assert!(said(&first).contains("+diperiksa = \"2026-11-21\""), "{}", said(&first));
    assert_eq!(codes(site), ["B422"], "the second person has not typed it yet");
    let page = "@/kantor/bnnk-utara.md";
    let second = confirm(site, page, "petugas data", "021-0000030", &["--kedua"]);
    assert_eq!(code(&second), 0, "{}", told(&second));
    assert_eq!(codes(site), [""; 0], "{}", read(site, SECOND));
    assert!(read(site, SECOND).contains("nilai = \"021-0000030\""));
    assert!(!said(&second).contains("119"), "nothing else changes: {}", said(&second));
    change(
        site,
        OFFICE,
        "sumber = \"berita-2021\"\ndiperiksa",
        "sumber = \"berita-2021\"\ncatatan = \"Jam kerja.\"\ndiperiksa",
    );
    assert_eq!(codes(site), [""; 0], "a remark changes nothing");
}

#[test]
fn one_mistake_is_one_fault() {
    for (path, from, to, expected) in [
        (SECOND, "@/kantor/bnnk-utara.md", "@/kantor/bnnk-utra.md", "B421"),
        (SECOND, "nilai = \"119\"", "nilai = \"199\"", "B422"),
        (SECOND, "\"021-0000000\"", "\"+62 21 0000000\"", "B422"),
        (OFFICE, "diperiksa = \"2026-11-02\"", "diperiksa = \"2027-11-02\"", "B412"),
        (OFFICE, "petugas rehabilitasi", "petugas lapangan", "B423"),
        (NATIONAL, "nomor = \"119\"", "nomor = \"112\"", "B422"),
    ] {
        let folder = on_disk(&lay::good_site());
        change(folder.path(), path, from, to);
        assert_eq!(codes(folder.path()), [expected], "{to}");
    }
}

#[test]
fn what_is_not_what_somebody_checked_is_not_recorded() {
    let folder = on_disk(&lay::good_site());
    let site = folder.path();
    let before = lay::files_in(site);
    let page = "kantor/bnnk-utara";
    let second: &[&str] = &["--kedua"];
    for (page, role, value, more, hint) in [
        (page, "petugas data", "021 0000010", second, "`1`"),
        (page, "petugas data", "021 000000", second, "`–`"),
        (page, "Petugas Rehabilitasi", "021 0000000", second, "Petugas Rehabilitasi"),
        ("nasional", "petugas data", "119 8", &[], "`–`"),
        ("kantor/bnnk-utar", "petugas data", "119", &[], "`@/kantor/bnnk-utara.md`"),
    ] {
        let refused = confirm(site, page, role, value, more);
        assert_eq!(code(&refused), 2, "{value}: {}", said(&refused));
        assert!(told(&refused).contains(hint), "{hint}: {}", told(&refused));
        assert_eq!(told(&refused).lines().count(), 1, "{}", told(&refused));
        assert!(lay::files_in(site) == before, "{value}: something was written");
    }
    change(site, OFFICE, "diperiksa = \"2026-11-02\"", "diperiksa = \"2026-11-20\"");
    assert_eq!(codes(site), ["B423"], "a date that was renewed by hand");
    let refused = confirm(site, page, "petugas data", "021 0000000", second);
    assert!(told(&refused).contains("tanpa --kedua"), "{}", told(&refused));
}

#[test]
fn the_program_asks_for_the_number_and_keeps_what_is_written_around_it() {
    let folder = on_disk(&lay::small_site());
    let site = folder.path();
    let text = read(site, NATIONAL);
    let remark = text.replace("tekan = \"8\"\n", "tekan = \"8\"  # sesudah tersambung\n");
    std::fs::write(site.join(NATIONAL), remark.replace('\n', "\r\n")).unwrap();
    let line = ["confirm", "nasional", "--cara", "laman-resmi", "--oleh", "petugas lain"];
    let place = ["--root", site.to_str().unwrap(), "--today", lay::TODAY];
    let recorded = lay::answering("119 tekan 8\n", &[&line[..], &place].concat());
    assert_eq!(code(&recorded), 0, "{}", told(&recorded));
    assert!(said(&recorded).starts_with("Ketik nomor"), "{}", said(&recorded));
    let after = read(site, NATIONAL);
    assert!(after.contains("tekan = \"8\"  # sesudah tersambung\r\n"), "{after}");
    assert_eq!(after.matches("petugas lain").count(), 1, "{after}");
    let line = [&line[..4], &["--oleh", "petugas data", "--kedua", "--nilai", "119 8"]].concat();
    assert_eq!(code(&run(site, &line)), 0);
    assert_eq!(codes(site), [""; 0]);
}

/// A source of chance that is the same in every run (`SplitMix64`).
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % limit as u64).unwrap()
    }

    fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + u8::try_from(self.below(10)).unwrap())).collect()
    }
}

/// How many digits stand behind the start of a number of each kind, and as what it is told.
const KINDS: [(&str, usize, &str); 9] = [
    ("081", 9, "telepon"),
    ("085", 8, "telepon"),
    ("089", 10, "whatsapp"),
    ("021", 8, "telepon"),
    ("022", 7, "telepon"),
    ("0401", 6, "telepon"),
    ("0711", 7, "telepon"),
    ("0800", 6, "telepon"),
    ("1500", 3, "telepon"),
];

/// A site with numbers of every kind, made up by chance, each typed twice. It is on trial, so that no
/// seal can find what the second typing does not.
fn site_of_numbers(chance: &mut Chance) -> (Files, Vec<String>) {
    let mut files = lay::good_site();
    files.remove(OFFICE);
    files.remove("content/unit/ancol.md");
    // The words take most of the time, and no number is told in them.
    files.retain(|path, _| !path.starts_with("content/data/kata"));
    files.retain(|path, _| !path.starts_with("content/data/skrining"));
    let checked = "diperiksa = \"2026-11\"\n";
    let mut front = String::from("+++\njudul = \"K\"\nringkasan = \"K.\"\njenis = \"klinik\"\n");
    let (mut lines, mut second) = (String::new(), String::new());
    let mut numbers = Vec::new();
    for (start, count, kind) in KINDS {
        let number = format!("{start}{}", chance.digits(count));
        let value = format!("jenis = \"{kind}\"\nnilai = \"{number}\"\n{checked}");
        front =
            [front, format!("[[kontak]]\nlabel = \"campuran\"\nsumber = \"berita-2021\"\n{value}")]
                .concat();
        second = [second, format!("[[konfirmasi]]\nmilik = \"@/fasilitas/klinik.md\"\n{value}")]
            .concat();
        numbers.push(number);
    }
    for number in ["119", "184"] {
        let line = format!("nomor = \"{number}\"\nperan = \"darurat\"\nsumber = \"berita-2021\"\n");
        lines =
            [lines, format!("[[nasional]]\nnama = \"N\"\nketerangan = \"K.\"\n{line}{checked}")]
                .concat();
        let value = format!("jenis = \"telepon\"\nnilai = \"{number}\"\n{checked}");
        second = [second, format!("[[konfirmasi]]\nmilik = \"nasional\"\n{value}")].concat();
        numbers.push(number.to_owned());
    }
    let settings = String::from_utf8(files["bersinar.toml"].clone()).unwrap();
    files.insert("bersinar.toml".to_owned(), format!("percobaan = true\n{settings}").into());
    files.insert(CLINIC.to_owned(), format!("{front}+++\n").into());
    files.insert(NATIONAL.to_owned(), lines.into());
    files.insert(SECOND.to_owned(), second.into());
    (files, numbers)
}

/// The number with one slip: a digit that is another, or two neighbours the wrong way round.
fn slip(number: &str, chance: &mut Chance) -> String {
    let mut digits: Vec<char> = number.chars().collect();
    let at = chance.below(digits.len());
    match digits.get(at + 1) {
        Some(next) if *next != digits[at] && chance.below(2) == 0 => digits.swap(at, at + 1),
        _ => {
            let old = digits[at].to_digit(10).unwrap();
            let other = (old + 1 + u32::try_from(chance.below(9)).unwrap()) % 10;
            digits[at] = char::from_digit(other, 10).unwrap();
        }
    }
    digits.into_iter().collect()
}

/// The errors of a site before anything is rendered.
fn errors(files: &Files) -> Vec<Fault> {
    let (content, mut faults) = content::parse(&lay::source(files)).unwrap();
    let content = content.unwrap();
    let (_, more) = model::assemble(&content, lay::TODAY.parse().unwrap(), Reach::Site);
    faults.extend(more);
    faults.retain(Fault::is_error);
    faults
}

/// The site with one number written differently in one file.
fn with_slip(good: &Files, file: &str, number: &str, slip: &str) -> Files {
    let mut files = good.clone();
    let text = String::from_utf8(files[file].clone()).unwrap();
    let quoted = format!("\"{number}\"");
    assert!(number != slip && text.matches(&quoted).count() == 1, "{file}: {number}");
    files.insert(file.to_owned(), text.replace(&quoted, &format!("\"{slip}\"")).into());
    files
}

#[test]
fn every_slip_in_a_number_is_found() {
    let mut chance = Chance(4);
    let (good, numbers) = site_of_numbers(&mut chance);
    let known = errors(&good);
    assert!(known.iter().all(|fault| fault.code == Code::MissingFile), "{known:?}");
    let slips = (0..3000).map(|_| {
        let number = &numbers[chance.below(numbers.len())];
        let own = if number.len() == 3 { NATIONAL } else { CLINIC };
        let file = [own, SECOND][chance.below(2)];
        (file, number.as_str(), slip(number, &mut chance))
    });
    let slips: Vec<(&str, &str, String)> = slips.collect();
    let is_missed = |(file, number, slip): &&(&str, &str, String)| {
        errors(&with_slip(&good, file, number, slip)) == known
    };
    let missed: Vec<_> = slips.par_iter().filter(is_missed).collect();
    assert!(missed.is_empty(), "{} of {}: {missed:?}", missed.len(), slips.len());
}

/// The numbers that every page must lead to, from the one place where they stand.
fn national(files: &Files) -> Vec<String> {
    let (content, _) = content::parse(&lay::source(files)).unwrap();
    content.unwrap().national.iter().map(|line| line.phone.href()).collect()
}

/// The pages that the quick exit passes through: nobody reads them, and they say nothing.
const EXITS: [&str; 2] = ["k/index.html", "en/k/index.html"];

/// The pages of a site that a person reads.
fn pages(files: &Files) -> Vec<(String, String)> {
    let options = Options { today: lay::TODAY.parse().unwrap(), base_url: None };
    let memory = Memory::default();
    let faults = pipeline::build(&lay::source(files), &options, &memory).unwrap();
    assert!(!has_errors(&faults), "{faults:?}");
    let html = memory.into_site().into_iter().filter(|(path, _)| lay::ending(path) == "html");
    let read = html.filter(|(path, _)| !EXITS.contains(&path.as_str()));
    read.map(|(path, bytes)| (path, String::from_utf8(bytes.to_vec()).unwrap())).collect()
}

#[test]
fn every_page_holds_every_national_number() {
    let mut sites = vec![("real", lay::real_site()), ("small", lay::small_site())];
    for case in ["B406", "B426"] {
        let input = lay::repository().join("tests/faults").join(case).join("input");
        sites.push((case, lay::over(lay::good_site(), &input)));
    }
    for (name, files) in sites {
        let numbers = national(&files);
        let pages = pages(&files);
        assert!(!numbers.is_empty() && pages.iter().any(|(path, _)| path == "404.html"), "{name}");
        for (path, html) in pages {
            let is_missing = |href: &&String| !html.contains(&format!("href=\"{href}\""));
            let missing: Vec<&String> = numbers.iter().filter(is_missing).collect();
            assert!(missing.is_empty(), "{name}: {path} has no {missing:?}");
            if html.contains("id=\"pulau\"") {
                let shown = lay::island(html.as_bytes()).national;
                assert_eq!(shown.len(), numbers.len(), "{name}: what the widget shows in {path}");
            }
        }
    }
}

#[test]
fn a_withheld_number_leads_to_where_one_can_ask() {
    let mut files = lay::small_site();
    let office = String::from_utf8(files[OFFICE].clone()).unwrap();
    let [end, over] = ["2027-06-30", "2026-11-20"].map(|day| format!("berlaku_sampai = \"{day}\""));
    assert_eq!(office.matches(&end).count(), 1);
    files.insert(OFFICE.to_owned(), office.replace(&end, &over).into());
    let mut pages = pages(&files).into_iter();
    let (_, html) = pages.find(|(path, _)| path == "kantor/bnnk-utara/index.html").unwrap();
    assert!(!html.contains("021 0000 000"), "{html}");
    let (_, after) = html.split_once("Tidak kami tampilkan").unwrap();
    let place = after.split_once("</div>").unwrap().0;
    assert!(place.contains("href=\"tel:184\"") && place.contains("laporan"), "{place}");
}

#[test]
fn the_list_begins_with_what_needs_doing_first() {
    let site = lay::repository().join("tests/sites");
    let layers = lay::over(lay::small_site(), &site.join("jam"));
    let mut files: Files =
        layers.into_iter().filter(|(path, _)| !path.starts_with("expected/")).collect();
    files.remove("LAPIS");
    let text = |path: &str| String::from_utf8(files[path].clone()).unwrap();
    let office =
        text(OFFICE).replace("berlaku_sampai = \"2027-06-30\"", "berlaku_sampai = \"2026-11-20\"");
    let second =
        text(SECOND).replacen("diperiksa = \"2026-11-05\"", "diperiksa = \"2026-08-01\"", 1);
    files.insert(OFFICE.to_owned(), office.into());
    files.insert(SECOND.to_owned(), second.into());
    let folder = on_disk(&files);
    let listed = run(folder.path(), &["contacts"]);
    assert_eq!((code(&listed), told(&listed)), (0, String::new()));
    let table = said(&listed);
    let lines: Vec<&str> = table.lines().collect();
    assert!(lines[0].starts_with("keadaan  konfirmasi"), "{table}");
    assert!(lines[1].starts_with("lewat    2/2") && lines[1].contains("021 0000 000"), "{table}");
    assert!(
        lines[2].contains("1/2") && lines[2].contains("184"),
        "a date renewed by hand: {table}"
    );
    assert!(table.contains("jam                 WITA"), "hours have an age too: {table}");
    assert!(table.contains("119 → 8") && !table.contains("bnnp-jakarta.md: "), "{table}");
    assert!(
        table.contains("@/kantor/bnnk-kendari.md: janji, "),
        "what is told is answered: {table}"
    );
    let json = said(&run(folder.path(), &["contacts", "--format", "json"]));
    let rows: Vec<serde_json::Value> =
        json.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows[0]["state"], "lewat");
    assert_eq!(rows[0]["confirmations"], 2);
    assert!(rows.last().unwrap()["unanswered"].is_array());
    assert!(said(&run(folder.path(), &["contacts", "--lang", "en"])).contains("Not answered by"));
}

fn git(site: &Path, arguments: &[&str]) {
    let who = ["-c", "user.name=a", "-c", "user.email=a@a.example", "-c", "commit.gpgsign=false"];
    let mut command = std::process::Command::new("git");
    let output = command.arg("-C").arg(site).args(who).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_numbers_that_changed_can_be_read_aloud() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("situs");
    lay::write(&lay::small_site(), &site);
    let none = run(&site, &["contacts", "--diff", "HEAD"]);
    assert_eq!((code(&none), told(&none).lines().count()), (2, 1));
    assert!(told(&none).contains("git"), "{}", told(&none));
    git(folder.path(), &["init", "-q"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "-qm", "a"]);
    assert!(said(&run(&site, &["contacts", "--diff", "HEAD"])).starts_with("Tidak ada nomor"));
    change(&site, OFFICE, "021 0000000", "021 0000010");
    change(&site, OFFICE, "Jl. Contoh No. 1", "Jl. Contoh No. 2");
    change(&site, NATIONAL, "nomor = \"184\"", "nomor = \"129\"");
    let changed = run(&site, &["contacts", "--diff", "HEAD"]);
    let told_lines: Vec<String> = said(&changed).lines().skip(1).map(str::to_owned).collect();
    assert_eq!(
        told_lines,
        [
            "@/kantor/bnnk-utara.md, telepon: 021 0000 000 → 12 menjadi 021 0000 010 → 12",
            "nasional, telepon: 184 menjadi 129"
        ]
    );
    std::fs::remove_file(site.join(OFFICE)).unwrap();
    let json = said(&run(&site, &["contacts", "--diff", "HEAD", "--format", "json"]));
    let first: serde_json::Value = serde_json::from_str(json.lines().next().unwrap()).unwrap();
    assert_eq!(
        (&first["old"], &first["new"]),
        (&"021 0000 000 → 12".into(), &serde_json::Value::Null)
    );
    for wrong in ["tiada", "--output=x", "HEAD~9"] {
        let refused = run(&site, &["contacts", &format!("--diff={wrong}")]);
        assert_eq!(code(&refused), 2, "{wrong}");
        assert!(told(&refused).contains(wrong), "{}", told(&refused));
    }
}
