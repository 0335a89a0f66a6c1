//! Numbers and what they are for: every page and the screening show them in one order, each with its label.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

mod lay;

use bersinar::diag::Code;
use bersinar::emit::Memory;
use bersinar::pipeline::{self, Options};
use island::{Island, Role};
use lay::Files;
use std::fmt::Write;

const OFFICE: &str = "content/kantor/bnnk-utara.md";
const LINES: &str = "content/data/kontak.toml";
const CHECKED: &str = "diperiksa = \"2026-11\"\n\n";

/// The small site, still on trial, in which the office has these contacts, and the country these lines.
fn site_with(contacts: &[(&str, &str, &str)], lines: &[(&str, &str)]) -> Files {
    let words = lay::real_words(&["id"]);
    let mut files = lay::over(words, &lay::repository().join("tests/sites/kecil"));
    let office = String::from_utf8(files[OFFICE].clone()).unwrap();
    let (before, _) = office.split_once("[[kontak]]").unwrap();
    let (_, after) = office.split_once("[keterangan.biaya]").unwrap();
    let mut text = before.to_owned();
    let mut second_typing = String::new();
    let mut type_again = |owner: &str, kind: &str, value: &str| {
        writeln!(second_typing, "[[konfirmasi]]\nmilik = \"{owner}\"\njenis = \"{kind}\"").unwrap();
        write!(second_typing, "nilai = \"{value}\"\n{CHECKED}").unwrap();
    };
    for (kind, value, label) in contacts {
        type_again("@/kantor/bnnk-utara.md", kind, value);
        writeln!(text, "[[kontak]]\njenis = \"{kind}\"\nnilai = \"{value}\"").unwrap();
        if !label.is_empty() {
            writeln!(text, "label = \"{label}\"").unwrap();
        }
        write!(text, "sumber = \"berita-2021\"\n{CHECKED}").unwrap();
    }
    let text = format!("{text}[keterangan.biaya]{after}");
    files.insert(OFFICE.to_owned(), text.into_bytes());
    let mut text = String::new();
    for (role, number) in lines {
        type_again("nasional", "telepon", number);
        writeln!(text, "[[nasional]]\nperan = \"{role}\"\nnama = \"Saluran {number}\"").unwrap();
        writeln!(text, "nomor = \"{number}\"\nketerangan = \"Untuk Anda.\"").unwrap();
        write!(text, "sumber = \"berita-2021\"\n{CHECKED}").unwrap();
    }
    files.insert(LINES.to_owned(), text.into_bytes());
    files.insert("content/data/konfirmasi.toml".to_owned(), second_typing.into_bytes());
    let config = files.get_mut("bersinar.toml").unwrap();
    config.splice(0..0, *b"percobaan = true\n");
    files
}

fn built(files: &Files) -> Files {
    let options = Options { today: lay::TODAY.parse().unwrap(), base_url: None };
    let memory = Memory::default();
    let faults = pipeline::build(&lay::source(files), &options, &memory).unwrap();
    assert!(faults.iter().all(|fault| fault.code == Code::UnconfirmedInTrial), "{faults:?}");
    memory.into_site().into_iter().map(|(path, bytes)| (path, bytes.to_vec())).collect()
}

/// Whether the texts stand in a page one after the other.
fn in_order(html: &str, texts: &[&str]) -> bool {
    let places: Vec<usize> = texts.iter().map(|text| html.find(text).unwrap()).collect();
    places.is_sorted()
}

#[test]
fn care_and_places_come_before_lines_that_take_reports() {
    let contacts = [
        ("telepon", "021 0000001", "laporan"),
        ("telepon", "021 0000002", "campuran"),
        ("situs", "https://kantor.example/", ""),
        ("alamat", "Jl. Contoh No. 1", ""),
        ("whatsapp", "0886 0000 0003", "perawatan"),
        ("telepon", "021 0000004", "perawatan"),
    ];
    let site = built(&site_with(&contacts, &[("darurat", "119")]));
    let wanted = [
        "Jl. Contoh No. 1",
        "0886 0000 0003",
        "021 0000 004",
        "021 0000 002",
        "https://kantor.example/",
        "021 0000 001",
    ];
    for path in ["kantor/bnnk-utara/index.html", "unit/ancol/index.html", "cek/index.html"] {
        let html = std::str::from_utf8(&site[path]).unwrap();
        assert!(in_order(html, &wanted), "{path}");
        for label in ["Pertanyaan perawatan dan rehabilitasi", "dan juga laporan kejahatan"] {
            assert!(html.contains(label), "{path} lacks {label}");
        }
    }
    let island: Island = lay::island(&site["cek/index.html"]);
    let contacts = &island.offices[0].contacts;
    let shown: Vec<&str> = contacts.iter().map(|contact| contact.shown.as_str()).collect();
    assert_eq!(shown, wanted);
    let roles: Vec<Option<Role>> = contacts.iter().map(|contact| contact.role).collect();
    let [care, mixed, report] = [Role::Care, Role::Mixed, Role::Report].map(Some);
    assert_eq!(roles, [None, care, care, mixed, None, report]);
    let labelled = |contact: &&island::Contact| contact.label.contains(": ");
    assert_eq!(contacts.iter().filter(labelled).count(), 4, "each number, nothing else");
}

#[test]
fn national_lines_stand_in_the_order_of_their_roles() {
    let lines = [("laporan", "110"), ("campuran", "184"), ("perawatan", "129"), ("darurat", "119")];
    let site = built(&site_with(&[("alamat", "Jl. Contoh No. 1", "")], &lines));
    let wanted = ["Saluran 119", "Saluran 129", "Saluran 184", "Saluran 110"];
    for (path, bytes) in &site {
        let html = std::str::from_utf8(bytes).unwrap_or_default();
        if let Some((_, lines)) = html.split_once("id=\"bantuan\"") {
            assert!(in_order(lines, &wanted), "{path}");
        }
    }
    let island: Island = lay::island(&site["cek/index.html"]);
    let names: Vec<&str> = island.national.iter().map(|line| line.name.as_str()).collect();
    assert_eq!(names, wanted);
}
