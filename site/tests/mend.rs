//! `check --fix` as one types it: what it writes, what it leaves alone, and that it is done after once.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

mod lay;

use bersinar::mend::mended;
use lay::Files;
use std::path::Path;

fn fix(site: &Path, more: &[&str]) -> (i32, String, String) {
    let place = ["check", "--fix", "--root", site.to_str().unwrap(), "--today", lay::TODAY];
    let output = lay::bersinar(&[&place, more].concat());
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// The good site, written as `--fix` writes it.
fn tidy_site() -> Files {
    let mut files = lay::good_site();
    for file in mended(&lay::source(&files)) {
        files.insert(file.path, file.after.unwrap().into_bytes());
    }
    files
}

/// The tidy site with texts of one file replaced.
fn with(path: &str, changes: &[(&str, &str)]) -> Files {
    let mut files = tidy_site();
    let mut text = String::from_utf8(files[path].clone()).unwrap();
    for (from, to) in changes {
        assert!(text.contains(from), "{path}: {from}");
        text = text.replacen(from, to, 1);
    }
    files.insert(path.to_owned(), text.into_bytes());
    files
}

#[test]
fn the_real_content_is_as_it_should_be() {
    let mut files = lay::files_in(&lay::repository().join("content"));
    files = files.into_iter().map(|(path, bytes)| (format!("content/{path}"), bytes)).collect();
    let config = std::fs::read(lay::repository().join("bersinar.toml")).unwrap();
    files.insert("bersinar.toml".to_owned(), config);
    let paths: Vec<String> =
        mended(&lay::source(&files)).into_iter().map(|file| file.path).collect();
    assert_eq!(paths, [""; 0]);
}

#[test]
fn what_is_safe_is_written_and_shown_and_what_remains_is_told() {
    let path = "content/kantor/bnnk-utara.md";
    let good = tidy_site();
    let files = with(
        path,
        &[
            ("per = \"2021-02-19\"\n", "per = \"19 Februari 2021\"\n"),
            ("nilai = \"021 0000 000\"", "nilai = \"(021) 000-0000\""),
            ("teks = \"Gratis.\"", "teks = “Gratis.” "),
            ("tingkat = \"bnnk\"", "tingkat = \"bnnx\""),
        ],
    );
    let folder = tempfile::tempdir().unwrap();
    lay::write(&files, folder.path());
    let (code, said, told) = fix(folder.path(), &[]);
    assert_eq!((code, told.as_str()), (1, ""));
    for part in [
        "-per = \"19 Februari 2021\"\n+per = \"2021-02-19\"\n",
        "-nilai = \"(021) 000-0000\"\n+nilai = \"021 0000 000\"\n",
        "-teks = “Gratis.” \n+teks = \"Gratis.\"\n",
        "1 berkas dibetulkan",
        "salah[B108]",
    ] {
        assert!(said.contains(part), "{part} in: {said}");
    }
    let written = lay::files_in(folder.path());
    let expected = String::from_utf8(good[path].clone()).unwrap().replace("\"bnnk\"", "\"bnnx\"");
    assert_eq!(String::from_utf8(written[path].clone()).unwrap(), expected);
    let others = written.iter().filter(|(name, bytes)| *name != path && files[*name] != **bytes);
    assert_eq!(others.count(), 0);
    assert_eq!(written.len(), files.len(), "nothing lies beside them");
    let (code, said, _) = fix(folder.path(), &[]);
    assert_eq!(code, 1);
    assert!(said.starts_with("Tidak ada yang bisa dibetulkan"), "{said}");
    assert!(lay::files_in(folder.path()) == written);
}

#[test]
fn without_it_nothing_is_written_and_programs_get_only_faults() {
    let files = with("content/unit/ancol.md", &[("\"2021-02-19\"", "\"2021-2-19\"")]);
    let folder = tempfile::tempdir().unwrap();
    lay::write(&files, folder.path());
    let site = folder.path().to_str().unwrap();
    let checked = lay::bersinar(&["check", "--root", site, "--today", lay::TODAY]);
    assert_eq!(checked.status.code(), Some(1));
    assert!(lay::files_in(folder.path()) == files);
    let (code, said, told) = fix(folder.path(), &["--format", "json"]);
    assert_eq!((code, said.as_str()), (0, ""));
    assert!(told.contains("+per = \"2021-02-19\""), "{told}");
    assert!(lay::files_in(folder.path()) == tidy_site());
}
