//! `bersinar new`: each kind of page is written with its keys explained, and what is left to a person is
//! exactly what `check` names.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

mod lay;

use lay::{code, run, said, told};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A site that covers Jakarta Utara and Kota Kendari.
fn site() -> (TempDir, PathBuf) {
    let mut files = lay::good_site();
    let config = String::from_utf8(files["bersinar.toml"].clone()).unwrap();
    let wider = config.replace("cakupan = [\"31.72\"]", "cakupan = [\"31.72\", \"74.71\"]");
    assert_ne!(wider, config);
    files.insert("bersinar.toml".to_owned(), wider.into_bytes());
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("situs");
    lay::write(&files, &site);
    (folder, site)
}

/// Runs `bersinar new` where nobody can be asked: exit code, what was said, what was complained about.
fn new(site: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = run(site, &[&["new"], arguments].concat());
    (code(&output), said(&output), told(&output))
}

/// The keys that `check` names: all are empty, and all in the one file.
fn named_by_check(site: &Path, path: &str) -> Vec<String> {
    let said = said(&run(site, &["check", "--format", "json"]));
    let key = |line: &str| {
        let fault: Value = serde_json::from_str(line).unwrap();
        assert_eq!((&fault["code"], &fault["file"]), (&"B109".into(), &path.into()), "{fault}");
        fault["message"].as_str().unwrap().split('`').nth(1).unwrap().to_owned()
    };
    said.lines().map(key).collect()
}

/// The page is written, and what is left is what `check` names. Its text.
fn written(arguments: &[&str], path: &str, left: &[&str]) -> String {
    let (_folder, site) = site();
    let (code, said, told) = new(&site, arguments);
    assert_eq!((code, told.as_str()), (0, ""), "{arguments:?}");
    assert_eq!(named_by_check(&site, path), left, "{arguments:?}");
    assert!(said.contains(path), "{said}");
    let keys: Vec<String> = left.iter().map(|key| format!("`{key}`")).collect();
    assert!(said.contains(&keys.join(", ")), "{said}");
    fs::read_to_string(site.join(path)).unwrap()
}

#[test]
fn a_page_of_each_kind_is_written_with_what_is_known() {
    let text = written(
        &["halaman", "--judul", "Cara \"mendaftar\"", "--berkas", "ibm/cara-mendaftar"],
        "content/ibm/cara-mendaftar.md",
        &["ringkasan"],
    );
    assert!(text.contains("\njudul = 'Cara \"mendaftar\"'\n"), "{text}");
    assert!(text.contains("\n# Judul halaman"), "{text}");
    let text = written(
        &["kantor", "--judul", "BNN Kota Kendari", "--wilayah", "Kendari"],
        "content/kantor/bnn-kota-kendari.md",
        &["ringkasan"],
    );
    assert!(text.contains("\ntingkat = \"bnnk\"\n"), "{text}");
    assert!(text.contains("\nwilayah = [\"74.71\"] # Kota Kendari\n"), "{text}");
    let text = written(
        &["unit", "--judul", "IBM Warakas", "--wilayah", "warakas"],
        "content/unit/warakas.md",
        &["ringkasan", "program", "status", "per"],
    );
    let place = "\"31.72.02.1007\" # Warakas, Tanjung Priok, Jakarta Utara, DKI Jakarta";
    assert!(text.contains(place), "{text}");
    assert!(text.contains("\nkantor = \"@/kantor/bnnk-utara.md\"\n"), "{text}");
    let text = written(
        &["fasilitas", "--judul", "Klinik Dua", "--wilayah", "Kota Bogor"],
        "content/fasilitas/klinik-dua.md",
        &["ringkasan", "jenis"],
    );
    assert!(text.contains("\nwilayah = \"32.71\" # Kota Bogor, Jawa Barat\n"), "{text}");
}

#[test]
fn what_nobody_said_stays_open_where_it_may() {
    let place = "content/fasilitas/klinik-dua.md";
    written(&["fasilitas", "--judul", "Klinik Dua"], place, &["ringkasan", "jenis", "wilayah"]);
    // No office of the site serves Kendari.
    let left = ["ringkasan", "program", "kantor", "status", "per"];
    let unit = ["unit", "--judul", "Unit", "--wilayah", "Kota Kendari"];
    written(&unit, "content/unit/kota-kendari.md", &left);
    let (_folder, site) = site();
    let (code, _, told) = new(&site, &["unit", "--wilayah", "Warakas"]);
    assert_eq!(code, 2);
    assert!(told.contains("--judul"), "{told}");
    let (code, _, told) = new(&site, &["kantor", "--judul", "BNN"]);
    assert_eq!(code, 2);
    assert!(told.contains("--wilayah"), "{told}");
}

#[test]
fn names_that_mean_several_areas_or_none_are_told() {
    let (_folder, site) = site();
    let unit = |area: &str| new(&site, &["unit", "--judul", "Unit", "--wilayah", area]);
    let (code, _, told) = unit("Tanjung Priok");
    assert_eq!(code, 2);
    assert!(told.contains("31.72.02  Tanjung Priok, Jakarta Utara"), "{told}");
    assert!(told.contains("31.72.02.1001  Tanjung Priok, Tanjung Priok, Jakarta"), "{told}");
    let (code, _, told) = unit("Warakass");
    assert_eq!(code, 2);
    assert!(told.contains("31.72.02.1007"), "{told}");
    let (code, _, told) = unit("Tangga Buntung");
    assert_eq!(code, 2);
    assert!(told.contains("`Tangga Buntung`"), "{told}");
    // Known, but not covered by the site.
    assert_eq!(unit("31.74.10.1005").0, 2);
    let offices = ["unit", "--judul", "Unit", "--wilayah", "Warakas", "--kantor", "bnnk-utar"];
    let (code, _, told) = new(&site, &offices);
    assert_eq!(code, 2);
    assert!(told.contains("`bnnk-utara`"), "{told}");
    assert!(!site.join("content/unit/warakas.md").exists());
}

#[test]
fn nothing_that_is_there_is_touched() {
    let (_folder, site) = site();
    let before = fs::read(site.join("content/unit/ancol.md")).unwrap();
    let (code, _, told) = new(&site, &["unit", "--judul", "Ancol", "--wilayah", "Ancol"]);
    assert_eq!(code, 2);
    assert!(told.contains("ancol.md") && told.contains("--berkas"), "{told}");
    assert_eq!(fs::read(site.join("content/unit/ancol.md")).unwrap(), before);
    let other = ["unit", "--judul", "Ancol", "--wilayah", "Ancol", "--berkas", "ancol-dua.md"];
    assert_eq!(new(&site, &other).0, 0);
    assert!(site.join("content/unit/ancol-dua.md").exists());
}

#[test]
fn the_explanations_are_in_the_language_of_the_messages() {
    let (_folder, site) = site();
    let (code, said, _) = new(&site, &["halaman", "--judul", "Baru", "--lang", "en"]);
    assert_eq!(code, 0);
    assert!(said.contains("Left to fill in: `ringkasan`"), "{said}");
    let text = fs::read_to_string(site.join("content/baru.md")).unwrap();
    assert!(text.contains("# The title"), "{text}");
}
