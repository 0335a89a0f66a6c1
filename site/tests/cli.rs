//! The program as one types it: exit codes, languages, formats, and what is written where.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

mod lay;

use bersinar::diag::{Code, Format, Messages, show_all};
use bersinar::emit::Discard;
use bersinar::pipeline::{self, Options};
use lay::{Files, bersinar, code, run, said, told};
use serde_json::Value;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;

/// A folder with a good site in `situs`.
fn good() -> (TempDir, PathBuf) {
    with_files(&lay::good_site())
}

/// A folder with the site of many mistakes in `situs`.
fn bad() -> (TempDir, PathBuf) {
    let mistakes = lay::repository().join("tests/faults/banyak/input");
    with_files(&lay::over(lay::good_site(), &mistakes))
}

fn with_files(files: &Files) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("situs");
    lay::write(files, &site);
    (folder, site)
}

#[test]
fn help_and_version_are_said_in_both_languages() {
    for line in [&["--help"][..], &["-h"], &["help"], &[]] {
        let help = bersinar(line);
        assert_eq!(code(&help), 0, "{line:?}");
        assert!(said(&help).contains("bersinar build"), "{line:?}");
        assert!(told(&help).is_empty(), "{line:?}");
    }
    assert!(said(&bersinar(&["--help"])).contains("membangun situs"));
    assert!(said(&bersinar(&["--help", "--lang", "en"])).contains("build the site"));
    let version = said(&bersinar(&["--version"]));
    assert_eq!(version, concat!("bersinar ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn a_draft_with_all_its_faults_is_left_out_and_told() {
    let (_folder, site) = good();
    assert_eq!(code(&run(&site, &["build"])), 0);
    let published = lay::files_in(&site.join("dist"));
    let draft =
        "+++\njudul = \"Jadwal\"\nkonsep = true\njdul = 1\n+++\n<b>Belum</b> [jadi](@/tiada.md).\n";
    fs::write(site.join("content/ibm/jadwal.md"), draft).unwrap();
    let section = "+++\njudul = \"Baru\"\nringkasan = \"Baru.\"\nkonsep = true\n+++\n";
    fs::create_dir(site.join("content/baru")).unwrap();
    fs::write(site.join("content/baru/_index.md"), section).unwrap();
    fs::write(site.join("content/baru/satu.md"), section.replace("konsep = true\n", "")).unwrap();
    let line = "3 halaman masih konsep, jadi tidak ikut: `content/baru/_index.md`, \
        `content/baru/satu.md`, `content/ibm/jadwal.md`.\n";
    for command in [&["check"][..], &["build"]] {
        let output = run(&site, command);
        assert_eq!((code(&output), told(&output)), (0, String::new()), "{command:?}");
        assert!(said(&output).contains(line), "{}", said(&output));
    }
    let again = lay::files_in(&site.join("dist"));
    assert!(again == published, "a draft changes nothing of what is published");
}

#[test]
fn a_good_site_is_clean_and_a_bad_one_is_not() {
    let (_folder, site) = good();
    let clean = run(&site, &["check"]);
    assert_eq!((code(&clean), told(&clean)), (0, String::new()));
    assert!(said(&clean).contains("Tidak ada kesalahan"));
    assert!(!site.join("dist").exists(), "check writes nothing");
    let (_folder, site) = bad();
    let faulty = run(&site, &["check"]);
    assert_eq!(code(&faulty), 1);
    let expected = lay::repository().join("tests/faults/banyak/expected.id.txt");
    assert!(said(&faulty).starts_with(&fs::read_to_string(expected).unwrap()));
    let english = run(&site, &["check", "--lang", "en"]);
    let expected = lay::repository().join("tests/faults/banyak/expected.en.txt");
    assert!(said(&english).starts_with(&fs::read_to_string(expected).unwrap()));
    assert_eq!(said(&english), said(&run(&site, &["check", "--lang=en"])));
}

#[test]
fn a_warning_does_not_stop_a_build() {
    let expired = lay::repository().join("tests/faults/B406/input");
    let (_folder, site) = with_files(&lay::over(lay::good_site(), &expired));
    assert_eq!(code(&run(&site, &["check"])), 0);
    let built = run(&site, &["build"]);
    assert_eq!(code(&built), 0);
    assert!(told(&built).contains("B406"));
    assert!(site.join("dist/index.html").is_file());
}

#[test]
fn json_tells_one_fault_a_line_with_its_place() {
    let (_folder, site) = bad();
    let output = run(&site, &["check", "--format", "json"]);
    assert_eq!(code(&output), 1);
    let faults: Vec<Value> =
        said(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(faults.len() > 12);
    for fault in &faults {
        let keys: Vec<&str> = fault.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(keys, documented_keys());
        for key in ["level", "code", "file", "message", "cure"] {
            assert!(fault[key].as_str().is_some_and(|text| !text.is_empty()), "{fault}");
        }
        let place = ["line", "column", "end_line", "end_column"].map(|key| &fault[key]);
        assert!(place.map(Value::is_u64) == [true; 4] || place.map(Value::is_null) == [true; 4]);
    }
    let area = faults.iter().find(|fault| fault["code"] == "B401").unwrap();
    assert_eq!(area["file"], "content/kantor/bnnk-utara.md");
    assert_eq!((&area["line"], &area["column"]), (&Value::from(5), &Value::from(12)));
}

/// The fields that the document on the output for programs lists, as its two tables have them.
fn documented_keys() -> Vec<String> {
    let path = lay::repository().join("docs/keluaran-json.md");
    let document = fs::read_to_string(path).unwrap();
    let rows = document.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    let mut keys: Vec<String> = rows.map(|(key, _)| key.to_owned()).collect();
    keys.sort();
    let both = keys.len();
    keys.dedup();
    assert_eq!(both, 2 * keys.len(), "in Indonesian and in English");
    keys
}

#[test]
fn github_gets_annotations() {
    let (_folder, site) = bad();
    let output = run(&site, &["check", "--format=github"]);
    assert_eq!(code(&output), 1);
    let lines = said(&output);
    assert!(lines.lines().all(|line| line.starts_with("::error file=")));
    for start in [
        "::error file=content/kantor/bnnk-utara.md,line=5,col=12,endColumn=17,title=B401::",
        "::error file=content/Berkas Lama.md,title=B110::",
    ] {
        assert!(lines.lines().any(|line| line.starts_with(start)), "{lines}");
    }
}

#[test]
fn two_builds_are_equal_to_the_byte_whatever_the_threads() {
    let (folder, site) = good();
    let mut trees = Vec::new();
    for (round, threads) in ["1", "4", "4"].into_iter().enumerate() {
        let out = folder.path().join(format!("dist-{round}"));
        let mut command = Command::new(env!("CARGO_BIN_EXE_bersinar"));
        command.args(["build", "--root"]).arg(&site).args(["--today", lay::TODAY, "--out"]);
        let status = command.arg(&out).env("RAYON_NUM_THREADS", threads).output().unwrap().status;
        assert!(status.success());
        trees.push(lay::files_in(&out));
    }
    assert!(trees[0].len() > 8);
    assert!(trees.iter().all(|tree| *tree == trees[0]));
    assert_eq!(code(&run(&site, &["build"])), 0);
    assert_eq!(code(&run(&site, &["build"])), 0, "a second build takes the place of the first");
    assert!(lay::files_in(&site.join("dist")) == trees[0]);
}

#[test]
fn the_base_address_can_be_given() {
    let (_folder, site) = good();
    let built = run(&site, &["build", "--base-url", "https://lain.example/"]);
    assert_eq!(code(&built), 0, "{}", told(&built));
    let sitemap = fs::read_to_string(site.join("dist/sitemap.xml")).unwrap();
    assert!(sitemap.contains("<loc>https://lain.example/ibm/</loc>"));
    assert!(!sitemap.contains("contoh.example"));
}

#[test]
fn a_folder_that_is_not_ours_is_refused_and_left_alone() {
    let (folder, site) = good();
    let foreign = folder.path().join("foto");
    fs::create_dir(&foreign).unwrap();
    fs::write(foreign.join("anak.jpg"), "foto").unwrap();
    fs::write(folder.path().join("berkas"), "isi").unwrap();
    let before = lay::files_in(folder.path());
    let outs = ["foto", "berkas", "situs", "situs/content", "situs/templates/x", "."];
    for out in outs {
        let path = folder.path().join(out);
        let refused = run(&site, &["build", "--out", path.to_str().unwrap()]);
        assert_eq!(code(&refused), 2, "{out}");
        assert!(told(&refused).contains(path.to_str().unwrap()), "{out}: {}", told(&refused));
        assert!(told(&refused).contains("--out"), "{out}: {}", told(&refused));
        assert!(lay::files_in(folder.path()) == before, "{out}");
    }
}

#[test]
fn an_output_that_cannot_be_written_leaves_nothing_behind() {
    let (folder, site) = good();
    fs::write(folder.path().join("berkas"), "isi").unwrap();
    let before = lay::files_in(folder.path());
    let out = folder.path().join("berkas/dist");
    let refused = run(&site, &["build", "--out", out.to_str().unwrap()]);
    assert_eq!(code(&refused), 2, "{}", told(&refused));
    assert!(told(&refused).contains(out.to_str().unwrap()), "{}", told(&refused));
    assert!(lay::files_in(folder.path()) == before);
}

#[test]
fn an_output_that_must_not_be_replaced_is_refused_in_both_languages() {
    let (folder, site) = good();
    let repository = folder.path().join("gudang");
    fs::create_dir_all(repository.join(".git")).unwrap();
    fs::write(repository.join(".bersinar"), "").unwrap();
    let home = folder.path().join("rumah");
    fs::create_dir(&home).unwrap();
    let before = lay::files_in(folder.path());
    for (out, lang, word) in [
        (Path::new("/"), "id", "folder utama"),
        (&home, "id", "folder pribadi"),
        (&home, "en", "home folder"),
        (&repository, "id", "folder Git"),
        (&repository, "en", "Git folder"),
    ] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bersinar"));
        command.args(["build", "--lang", lang, "--root"]).arg(&site).arg("--out").arg(out);
        let refused = command.env("HOME", &home).output().unwrap();
        assert_eq!(code(&refused), 2, "{}", out.display());
        assert!(told(&refused).contains(word), "{}", told(&refused));
        assert!(told(&refused).contains("--out"), "{}", told(&refused));
        assert!(lay::files_in(folder.path()) == before, "{}", out.display());
    }
}

#[test]
fn what_is_built_can_be_checked_by_its_list() {
    let (_folder, site) = good();
    let built = run(&site, &["build"]);
    assert_eq!(code(&built), 0, "{}", told(&built));
    let dist = site.join("dist");
    let sums = |folder: &Path, arguments: &[&str]| {
        let checked = Command::new("sha256sum").args(arguments).current_dir(folder).output();
        let checked = checked.unwrap();
        assert!(checked.status.success(), "{checked:?}");
        String::from_utf8(checked.stdout).unwrap()
    };
    let checked = sums(&dist, &["-c", "--strict", "SHA256SUMS"]);
    assert_eq!(checked.lines().count(), lay::files_in(&dist).len() - 2, "all but list and marker");
    let own = sums(&dist, &["SHA256SUMS"]);
    let own = own.split_whitespace().next().unwrap();
    assert!(said(&built).contains(own), "{}", said(&built));
}

#[test]
fn packed_files_come_when_asked_for_and_go_when_not() {
    let (_folder, site) = good();
    let dist = site.join("dist");
    let packed = || -> Vec<String> {
        let is_packed = |name: &str| matches!(name.rsplit_once('.'), Some((_, "br" | "gz")));
        lay::files_in(&dist).into_keys().filter(|name| is_packed(name)).collect()
    };
    assert_eq!(code(&run(&site, &["build"])), 0);
    assert_eq!(packed(), [""; 0]);
    let plain = lay::files_in(&dist);
    assert_eq!(code(&run(&site, &["build", "--compress"])), 0);
    let [brotli, gzip] = ["index.html.br", "index.html.gz"].map(str::to_owned);
    assert!(packed().contains(&brotli) && packed().contains(&gzip), "{:?}", packed());
    assert_eq!(code(&run(&site, &["build"])), 0);
    assert!(packed().iter().all(|name| name.starts_with("aset/")), "assets stay for a release");
    assert_eq!(code(&run(&site, &["build"])), 0);
    assert!(lay::files_in(&dist) == plain);
}

#[test]
fn a_build_that_another_keeps_waiting_says_which() {
    let (folder, site) = good();
    assert_eq!(code(&run(&site, &["build"])), 0);
    let hidden = site.join(".dist.bersinar");
    let before = lay::files_in(&site.join("dist"));
    let held = fs::File::options().write(true).open(hidden.join("kunci")).unwrap();
    held.lock().unwrap();
    fs::write(hidden.join("kunci"), "4711 mesin-lain\n").unwrap();
    let refused = run(&site, &["build"]);
    assert_eq!(code(&refused), 2);
    for word in ["4711", "mesin-lain", " UTC", "dist"] {
        assert!(told(&refused).contains(word), "{word}: {}", told(&refused));
    }
    assert!(lay::files_in(&site.join("dist")) == before);
    drop(held);
    assert_eq!(code(&run(&site, &["build"])), 0);
    drop(folder);
}

#[test]
fn a_starter_site_is_clean_and_builds() {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("baru");
    let written = bersinar(&["init", site.to_str().unwrap()]);
    assert_eq!(code(&written), 0, "{}", told(&written));
    assert!(said(&written).contains(site.to_str().unwrap()));
    let clean = run(&site, &["check"]);
    assert_eq!(code(&clean), 0, "{}", said(&clean));
    assert_eq!(code(&run(&site, &["build"])), 0);
    assert!(site.join("dist/index.html").is_file());
    let before = lay::files_in(&site);
    let again = bersinar(&["init", site.to_str().unwrap()]);
    assert_eq!(code(&again), 2);
    assert!(lay::files_in(&site) == before, "a folder with files is left alone");
}

#[test]
fn wrong_use_is_told_in_one_helpful_line() {
    let empty = tempfile::tempdir().unwrap();
    let root = empty.path().to_str().unwrap();
    let lines: [(&[&str], &str); 12] = [
        (&["terbit"], "--help"),
        (&["build", "--cepat"], "--cepat"),
        (&["build", "-x"], "-x"),
        (&["build", "--out"], "--out"),
        (&["build", "--today", "besok"], "2026-11-21"),
        (&["check", "--format", "xml"], "github"),
        (&["init"], "init"),
        (&["headers"], "headers"),
        (&["headers", "iis"], "nginx, caddy"),
        (&["bundle", "--bahasa", "indonesia"], "id"),
        (&["build", "--root", root], "bersinar init"),
        (&["check", "--root", "tiada/di/sini"], "bersinar init"),
    ];
    for (line, hint) in lines {
        let refused = bersinar(line);
        assert_eq!(code(&refused), 2, "{line:?}");
        assert!(said(&refused).is_empty(), "{line:?}");
        let told = told(&refused);
        assert_eq!(told.lines().count(), 1, "{line:?}: {told}");
        assert!(told.contains(hint), "{line:?}: {told}");
    }
    let english = told(&bersinar(&["--lang", "en", "terbit"]));
    assert!(english.starts_with("There is no command `terbit`"), "{english}");
    assert_eq!(fs::read_dir(empty.path()).unwrap().count(), 0);
}

#[cfg(unix)]
#[test]
fn links_are_told_and_hidden_files_passed_over() {
    let (_folder, site) = good();
    std::os::unix::fs::symlink("tiada", site.join("content/tautan.md")).unwrap();
    let refused = run(&site, &["check"]);
    assert_eq!(code(&refused), 1, "links are not followed");
    assert!(said(&refused).contains("B120"), "{}", said(&refused));
    fs::remove_file(site.join("content/tautan.md")).unwrap();
    let hidden = site.join("content/.catatan.md");
    fs::write(hidden, "bukan halaman").unwrap();
    assert_eq!(code(&run(&site, &["check"])), 0, "hidden files are passed over");
}

/// The good site with a screening.
fn with_screening() -> (TempDir, PathBuf) {
    let mut files = lay::good_site();
    let screening = "+++\njudul = \"Cek\"\nringkasan = \"Cek.\"\ntemplat = \"skrining\"\n+++\n";
    files.insert("content/cek.md".to_owned(), screening.into());
    with_files(&files)
}

#[test]
fn a_bundle_is_one_file_with_its_checksum_and_whole_addresses() {
    let (_folder, site) = with_screening();
    let made = run(&site, &["bundle", "--base-url", "https://lain.example"]);
    assert_eq!(code(&made), 0, "{}", told(&made));
    let files = lay::files_in(&site.join("paket"));
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(names, ["cek-id-2026-11-21.html", "cek-id-2026-11-21.html.sha256"]);
    let html = String::from_utf8(files[names[0]].clone()).unwrap();
    let sum = String::from_utf8(files[names[1]].clone()).unwrap();
    let (digits, name) = sum.trim_end().split_once("  ").unwrap();
    assert_eq!((digits.len(), name), (64, names[0]));
    let path = site.join("paket").join(names[0]).display().to_string();
    for part in [&path, "2026-11-21", &html.len().to_string(), digits] {
        assert!(said(&made).contains(part), "{part}: {}", said(&made));
    }
    for own in [" href=\"/", " src=", "\t/", "url(/"] {
        assert!(!html.contains(own), "{own} leads nowhere from a saved file");
    }
    assert!(html.contains(" href=\"https://lain.example/bantuan/\""), "the site is found from it");
    assert!(html.contains("id=\"keluar\" class=\"keluar\" href=\"https://www.bmkg.go.id/\""));
    assert!(!html.contains("lain.example/k/"), "no page between where no header asks for it");
    assert!(!site.join("dist").exists());
}

#[test]
fn a_bundle_touches_nothing_but_what_it_wrote() {
    let (_folder, site) = with_screening();
    let place = site.join("paket");
    fs::create_dir(&place).unwrap();
    fs::write(place.join("surat.txt"), "surat").unwrap();
    assert_eq!(code(&run(&site, &["bundle"])), 0, "beside files of others");
    let first = lay::files_in(&place);
    assert_eq!(code(&run(&site, &["bundle"])), 0, "over its own file");
    assert!(lay::files_in(&place) == first, "two bundles are equal to the byte");
    let file = place.join("cek-id-2026-11-21.html");
    fs::write(&file, "diubah").unwrap();
    let before = lay::files_in(&place);
    let refused = run(&site, &["bundle"]);
    assert_eq!(code(&refused), 2);
    assert!(told(&refused).contains(file.to_str().unwrap()), "{}", told(&refused));
    assert!(lay::files_in(&place) == before);
    let content = site.join("content");
    let refused = run(&site, &["bundle", "--out", content.to_str().unwrap()]);
    assert_eq!(code(&refused), 2, "not among the sources");
}

#[test]
fn a_bundle_is_refused_like_a_build() {
    let (_folder, site) = bad();
    let faulty = run(&site, &["bundle"]);
    assert_eq!(code(&faulty), 1);
    assert_eq!(told(&faulty), told(&run(&site, &["build"])));
    assert!(!site.join("paket").exists());
    let (_folder, site) = good();
    let none = run(&site, &["bundle", "--lang", "en"]);
    assert_eq!((code(&none), told(&none).lines().count()), (2, 1));
    assert!(told(&none).contains("no self-screening"), "{}", told(&none));
    let (_folder, site) = with_screening();
    let none = run(&site, &["bundle", "--bahasa", "en"]);
    assert_eq!(code(&none), 2);
    assert!(told(&none).contains("`en`"), "{}", told(&none));
    assert!(!site.join("paket").exists());
    assert_eq!(code(&run(&site, &["bundle", "--bahasa", "id"])), 0);
}

#[test]
fn the_headers_for_a_server_name_every_closed_page() {
    let (_folder, site) = with_screening();
    for server in ["nginx", "caddy"] {
        let printed = run(&site, &["headers", server, "--base-url", "https://lain.example"]);
        assert_eq!(code(&printed), 0, "{}", told(&printed));
        let block = said(&printed);
        for part in ["/cek/", "/k/", "index", "sandbox allow-scripts", "Strict-Transport"] {
            assert!(block.contains(part), "{server}: {part}\n{block}");
        }
        assert!(block.contains("\"https://lain.example/k/#*\""), "{block}");
        assert!(block.contains(" \"tel:*\")"), "{block}");
        let plain = said(&run(&site, &["headers", server, "--base-url", "http://10.0.0.1:8080"]));
        assert!(plain.contains("8080") && !plain.contains("Strict-Transport"), "{plain}");
    }
    let (_folder, site) = bad();
    let faulty = run(&site, &["headers", "nginx"]);
    assert_eq!((code(&faulty), said(&faulty)), (1, String::new()));
}

#[test]
fn a_code_is_explained_by_its_page() {
    let told = said(&bersinar(&["explain", "b105"]));
    let page = fs::read_to_string(lay::repository().join("docs/faults/B105.md")).unwrap();
    for line in page.lines().filter(|line| line.starts_with("# ") || line.starts_with("salah[")) {
        assert!(told.contains(line), "{line}: {told}");
    }
    assert!(!told.contains("~~~") && !told.contains("<!--") && !told.contains("**"), "{told}");
    for code in Code::ALL {
        let english = said(&bersinar(&["explain", code.as_str(), "--lang", "en"]));
        assert!(english.starts_with(&format!("# {}: ", code.as_str())), "{english}");
        assert!(english.contains("\nmend: ") || english.contains("    mend: "), "{english}");
    }
    let list = said(&bersinar(&["explain"]));
    assert_eq!(list.lines().count(), Code::ALL.len());
    assert!(list.starts_with("B101  salah"), "{list}");
    let unknown = bersinar(&["explain", "B10"]);
    assert_eq!((code(&unknown), self::told(&unknown).lines().count()), (2, 1));
    for part in ["`B10`", "`B101`", "`B909`"] {
        assert!(self::told(&unknown).contains(part), "{part}: {}", self::told(&unknown));
    }
}

#[test]
fn the_schema_tells_every_key_to_people_and_to_editors() {
    let kinds = said(&bersinar(&["schema"]));
    let unit = said(&bersinar(&["schema", "unit", "--lang", "en"]));
    assert!(unit.contains("status (must be there)\n  Status\n"), "{unit}");
    assert!(unit.contains("    \"dilaporkan\": Reported. "), "{unit}");
    assert!(unit.contains("label (must be there, only for `telepon`, `whatsapp`)"), "{unit}");
    let all = said(&bersinar(&["schema", "--format", "json-schema"]));
    let all: Value = serde_json::from_str(&all).unwrap();
    for (kind, definition) in all["$defs"].as_object().unwrap() {
        assert!(kinds.contains(&format!("{kind}: ")), "{kind}: {kinds}");
        let one = said(&bersinar(&["schema", kind, "--format", "json-schema"]));
        let one: Value = serde_json::from_str(&one).unwrap();
        assert_eq!(one["$ref"], format!("#/$defs/{kind}"));
        assert_eq!(one["$defs"][kind], *definition);
        assert_eq!(definition["additionalProperties"], false);
    }
    assert_eq!(all["$defs"].as_object().unwrap().len(), kinds.matches(": ").count());
    for line in [["schema", "halamn", "--format", "text"], ["schema", "unit", "--format", "json"]] {
        assert_eq!(code(&bersinar(&line)), 2, "{line:?}");
    }
}

#[test]
fn strict_makes_a_warning_stop_what_an_error_stops() {
    let expired = lay::repository().join("tests/faults/B406/input");
    let (_folder, site) = with_files(&lay::over(lay::good_site(), &expired));
    for command in ["check", "build"] {
        let refused = run(&site, &[command, "--strict"]);
        assert_eq!(code(&refused), 1, "{command}");
        assert!(told(&refused).contains("--strict"), "{command}: {}", told(&refused));
    }
    assert!(!site.join("dist").exists());
    let (_folder, site) = good();
    assert_eq!(code(&run(&site, &["build", "--strict"])), 0);
    let (_folder, site) = bad();
    let errors = run(&site, &["check", "--strict"]);
    assert_eq!((code(&errors), told(&errors)), (1, String::new()), "errors stop without it");
}

#[test]
fn colour_only_adds_to_what_is_said() {
    let files = lay::over(lay::good_site(), &lay::repository().join("tests/faults/banyak/input"));
    let source = lay::source(&files);
    let options = Options { today: lay::TODAY.parse().unwrap(), base_url: None };
    let faults = pipeline::build(&source, &options, &Discard).unwrap();
    let show = |format| {
        let messages = Messages::in_language("id");
        show_all(&faults, &pipeline::sources(&source, &faults), &messages, format)
    };
    let coloured = show(Format::ColourText);
    let parts = coloured.split('\u{1b}');
    let bare: String = parts.map(|part| part.split_once('m').map_or(part, |p| p.1)).collect();
    assert!(coloured.contains("\u{1b}["));
    assert_eq!(coloured.split('\u{1b}').next().unwrap(), "");
    assert_eq!(bare, show(Format::Text));
}
