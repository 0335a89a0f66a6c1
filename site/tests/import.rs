//! Tables as offices make them → what comes of each: the pages that change, and the faults.
//! `tests/impor` holds one folder for each table; `buat.py` there made them.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

mod lay;

use bersinar::diag::{Fault, Format, Messages, has_errors, show_all};
use bersinar::edit::Change;
use bersinar::emit::Discard;
use bersinar::import::Plan;
use bersinar::pipeline::{self, Options};
use lay::Files;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

fn folder() -> PathBuf {
    lay::repository().join("tests/impor")
}

fn options() -> Options {
    Options { today: lay::TODAY.parse().unwrap(), base_url: None }
}

/// The plan for a table in a site, and all that is told of it.
fn planned(site: &Files, table: &Files) -> (Plan, Vec<Fault>, String) {
    let mut table = table.clone();
    let (wanted, file, bytes) = lay::take_table(&mut table).unwrap();
    let source = lay::source(site);
    let (plan, faults) = pipeline::import(&source, &options(), (&file, &bytes), &wanted).unwrap();
    let mut sources = pipeline::sources(&source, &faults);
    sources.extend(plan.text.iter().map(|text| (Arc::clone(&file), Arc::clone(text))));
    let mut told = show_all(&faults, &sources, &Messages::in_language("id"), Format::Text);
    for change in plan.changes.iter().filter(|_| !has_errors(&faults)) {
        told.push_str(&change.difference());
    }
    if !plan.passed_over.is_empty() {
        let rows: Vec<String> = plan.passed_over.iter().map(usize::to_string).collect();
        told.push_str(&rows.join(", "));
        told.push('\n');
    }
    (plan, faults, told)
}

fn tables() -> Vec<(PathBuf, Files)> {
    let each = lay::folders_in(&folder()).into_iter().map(|path| {
        let mut files = lay::files_in(&path);
        files.remove("expected.txt");
        (path, files)
    });
    each.collect()
}

fn text_after(change: &Change) -> String {
    change.after.clone().unwrap()
}

/// The site as the plan would leave it.
fn changed(mut site: Files, plan: &Plan) -> Files {
    let changed = plan.changes.iter();
    site.extend(changed.map(|change| (change.path.clone(), text_after(change).into_bytes())));
    site
}

#[test]
fn every_table_comes_to_what_is_expected_or_is_refused() {
    let tables = tables();
    assert!(tables.len() >= 20);
    let differences = tables.iter().filter_map(|(path, table)| {
        let (_, _, told) = planned(&lay::good_site(), table);
        lay::difference(&path.join("expected.txt"), told.as_bytes())
    });
    lay::none(differences.collect());
}

#[test]
fn taking_a_table_in_twice_changes_nothing_the_second_time() {
    for (path, table) in tables() {
        let (plan, faults, _) = planned(&lay::good_site(), &table);
        if has_errors(&faults) {
            continue;
        }
        let (again, _, told) = planned(&changed(lay::good_site(), &plan), &table);
        assert!(again.changes.is_empty(), "{}: {told}", path.display());
        assert_eq!(again.unchanged, plan.changes.len() + plan.unchanged);
    }
}

#[test]
fn what_comes_of_a_table_lacks_only_what_a_person_must_supply() {
    for (path, table) in tables() {
        let (plan, faults, _) = planned(&lay::good_site(), &table);
        if has_errors(&faults) {
            continue;
        }
        let site = changed(lay::good_site(), &plan);
        let faults = pipeline::build(&lay::source(&site), &options(), &Discard).unwrap();
        let codes: BTreeSet<&str> = faults.iter().map(|fault| fault.code.as_str()).collect();
        // Contacts without label and without a check by two roles; areas that the fixture does not cover.
        let left = BTreeSet::from(["B405", "B420", "B426", "B435", "B437"]);
        assert!(codes.is_subset(&left), "{}: {codes:?}", path.display());
    }
}

#[test]
fn prose_comments_and_what_the_table_does_not_say_stay_byte_for_byte() {
    let mut site = lay::good_site();
    let page = "+++\r\n# Catatan kantor\r\njudul = \"IBM Ancol\"   # tetap\r\nringkasan = \"Unit contoh.\"\r\n\
        program = [ \"ibm\" ]\r\nwilayah = \"31.72.05.1003\"\r\nkantor = \"@/kantor/bnnk-utara.md\"\r\n\
        status   =   'dilaporkan'  # dari berita\r\nper = \"2021\"\r\nsumber = [\"berita-2021\"]\r\n+++\r\n\r\nProsa *asli*.\r\n";
    site.insert("content/unit/ancol.md".to_owned(), page.as_bytes().to_vec());
    let (_, table) =
        tables().into_iter().find(|(path, _)| path.ends_with("csv-titik-koma")).unwrap();
    let (plan, _, told) = planned(&site, &table);
    let change = plan.changes.iter().find(|change| change.path.ends_with("ancol.md"));
    let wanted =
        page.replace("'dilaporkan'", "\"dikonfirmasi\"").replace("\"2021\"\r", "\"2022\"\r");
    assert_eq!(text_after(change.unwrap()), wanted, "{told}");
}

#[test]
fn nothing_is_written_before_it_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let (_, table) = tables().into_iter().find(|(path, _)| path.ends_with("xlsx-rapi")).unwrap();
    lay::write(&lay::good_site(), folder.path());
    let path = folder.path().join("tabel.xlsx");
    std::fs::write(&path, &table["tabel.xlsx"]).unwrap();
    let before = lay::files_in(folder.path());
    let run = |more: &[&str]| {
        let line = ["import", path.to_str().unwrap(), "--root", folder.path().to_str().unwrap()];
        let output = lay::bersinar(&[&line, more].concat());
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let shown = run(&[]);
    assert!(shown.contains("+++ content/unit/warakas.md") && shown.contains("--write"), "{shown}");
    assert!(lay::files_in(folder.path()) == before);
    let written = run(&["--write", "--lang", "en"]);
    assert!(written.starts_with("2 new files, 1 changed, 0 as before."), "{written}");
    let after = lay::files_in(folder.path());
    assert_eq!(after.len(), before.len() + 2, "nothing is left beside the files");
    assert!(run(&["--write"]).starts_with("0 berkas baru, 0 berubah, 3 tetap."));
    assert!(lay::files_in(folder.path()) == after);
}

#[test]
fn a_table_that_is_no_file_is_trouble_and_no_fault() {
    let folder = tempfile::tempdir().unwrap();
    lay::write(&lay::good_site(), folder.path());
    let root = folder.path().to_str().unwrap();
    for table in ["tidak-ada.xlsx", root] {
        let output = lay::bersinar(&["import", table, "--root", root]);
        assert_eq!(output.status.code(), Some(2), "{table}");
    }
}
