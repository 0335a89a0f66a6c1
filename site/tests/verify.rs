//! `bersinar verify`: whatever differs between a published copy and its manifest is found and told, from
//! a folder and from outside, and a true copy is told to be one.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "clippy exempts tests, not their helper functions"
)]

mod copy;
mod lay;

use bersinar::diag::Messages;
use bersinar::invocation::{self, Command};
use bersinar::verify::{Finding, Kind, Report};
use copy::{Asked, Copy, Reply, address};
use lay::{code, said, told};
use serde_json::Value;
use std::ffi::OsString;
use std::fmt::Write as _;
use std::fs;
use std::io::Write;
use std::net::TcpListener;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

/// Compares in this process.
fn report(line: &[&str]) -> Report {
    let line = [&["verify"], line].concat();
    let invocation = invocation::parse(line.iter().map(OsString::from).collect()).unwrap();
    let Command::Verify(wanted) = &invocation.command else { panic!("{line:?}") };
    let messages = Messages::in_language("id");
    bersinar::verify::verify(&invocation, wanted, &messages).unwrap().unwrap()
}

/// Compares the copy on the server with the manifest of the build.
fn seen(copy: &Copy) -> Vec<Finding> {
    let sums = copy.dist().join("SHA256SUMS");
    report(&[&copy.base, "--sums", sums.to_str().unwrap(), "--timeout", "20"]).findings
}

fn kinds(findings: &[Finding]) -> Vec<(Kind, &str)> {
    findings.iter().map(|finding| (finding.kind, finding.place.as_str())).collect()
}

fn fact<'a>(finding: &'a Finding, name: &str) -> &'a str {
    finding.facts.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
}

/// Every published file, the manifest among them.
fn files(copy: &Copy) -> Vec<String> {
    copy.files.keys().filter(|file| *file != ".bersinar").cloned().collect()
}

#[test]
fn a_true_copy_is_the_same() {
    let copy = Copy::of_small_site();
    let found = lay::run(&copy.site(), &["verify", &copy.base]);
    assert_eq!((code(&found), told(&found)), (0, String::new()), "{}", said(&found));
    for part in ["Sama. Tidak ada yang berbeda", "dist/SHA256SUMS", "Dari luar tidak terlihat"] {
        assert!(said(&found).contains(part), "{part}: {}", said(&found));
    }
    let again = lay::run(&copy.site(), &["verify", &copy.base, "--format", "json"]);
    let json: Value = serde_json::from_str(&said(&again)).unwrap();
    assert_eq!(json["same"], true);
    assert_eq!(json["manifest"]["files"], files(&copy).len() - 1);
    assert_eq!(json["findings"], Value::Array(Vec::new()));
}

#[test]
fn one_changed_byte_in_any_file_is_found_from_outside() {
    let copy = Copy::of_small_site();
    for file in files(&copy) {
        let path = if file.ends_with("404.html") {
            format!("/{}tiada-di-situs-ini/", file.strip_suffix("404.html").unwrap())
        } else {
            address(&file)
        };
        let tampered = path.clone();
        copy.tamper(move |asked, reply| {
            if asked.path == tampered {
                reply.flip();
            }
        });
        assert_eq!(kinds(&seen(&copy)), [(Kind::Changed, path.as_str())], "{file}");
    }
}

#[test]
fn one_changed_byte_in_one_packed_form_is_found() {
    let copy = Copy::of_small_site();
    for coding in ["gzip", "br"] {
        copy.tamper(move |asked, reply| {
            if asked.path == "/ibm/" && asked.coding == coding {
                reply.flip();
            }
        });
        let findings = seen(&copy);
        assert_eq!(kinds(&findings), [(Kind::Changed, "/ibm/")], "{coding}");
        assert_eq!(fact(&findings[0], "coding"), coding);
    }
}

#[test]
fn what_is_missing_or_sent_elsewhere_is_found() {
    let copy = Copy::of_small_site();
    let cases: [(u16, Kind, &str, &str); 7] = [
        (404, Kind::Missing, "", ""),
        (410, Kind::Missing, "", ""),
        (302, Kind::Redirected, "to", "https://lain.example/"),
        (301, Kind::Redirected, "to", "/lain/"),
        (500, Kind::Status, "status", "500"),
        (503, Kind::Status, "status", "503"),
        (403, Kind::Status, "status", "403"),
    ];
    for (status, kind, name, value) in cases {
        copy.tamper(move |asked, reply| {
            if asked.path == "/ibm/" {
                reply.status = status;
                if name == "to" {
                    reply.set("Location", value);
                }
            }
        });
        let findings = seen(&copy);
        assert_eq!(kinds(&findings), [(kind, "/ibm/")], "{status}");
        assert_eq!(fact(&findings[0], name), value, "{status}");
    }
}

#[test]
fn an_answer_that_breaks_off_comes_late_or_cannot_be_unpacked_is_found() {
    let copy = Copy::of_small_site();
    let tampered = |asked: &Asked| asked.path == "/ibm/";
    for (coding, cut) in [("identity", 1), ("identity", 900), ("gzip", 1), ("br", 1)] {
        copy.tamper(move |asked, reply| {
            if tampered(asked) && asked.coding == coding {
                reply.cut = cut;
            }
        });
        assert_eq!(kinds(&seen(&copy)), [(Kind::Cut, "/ibm/")], "{coding}, {cut}");
    }
    // Packed as nothing, or as something else, or only in name, or broken inside a whole answer.
    let wrongs: [fn(&Asked, &mut Reply); 4] = [
        |asked, reply| {
            if asked.coding == "identity" {
                reply.packed = Some("gzip");
            }
        },
        |asked, reply| {
            if asked.coding == "gzip" {
                reply.packed = Some("br");
            }
        },
        |asked, reply| {
            if asked.coding == "br" {
                reply.packed = None;
                reply.add("Content-Encoding", "br");
            }
        },
        |asked, reply| {
            if asked.coding == "gzip" {
                reply.body = copy::packed("gzip", &reply.body);
                reply.body.truncate(reply.body.len() - 9);
                reply.packed = None;
                reply.add("Content-Encoding", "gzip");
                reply.add("Vary", "Accept-Encoding");
            }
        },
    ];
    for (number, wrong) in wrongs.into_iter().enumerate() {
        copy.tamper(move |asked, reply| {
            if tampered(asked) {
                wrong(asked, reply);
            }
        });
        let findings = seen(&copy);
        assert_eq!(kinds(&findings), [(Kind::Packing, "/ibm/")], "{number}: {findings:?}");
    }
    copy.tamper(move |asked, reply| {
        if tampered(asked) {
            reply.delay = Duration::from_secs(4);
        }
    });
    let started = Instant::now();
    let sums = copy.dist().join("SHA256SUMS");
    let late = report(&[&copy.base, "--sums", sums.to_str().unwrap(), "--timeout", "1"]).findings;
    assert_eq!(kinds(&late), [(Kind::Slow, "/ibm/")]);
    assert!(started.elapsed() < Duration::from_mins(1));
}

#[test]
fn a_server_that_stops_answering_is_not_asked_for_ever() {
    let copy = Copy::of_small_site();
    copy.tamper(|asked, reply| {
        if asked.path != "/" {
            reply.delay = Duration::from_secs(30);
        }
    });
    let list = copy.folder.path().join("daftar");
    let mut sums = String::new();
    for number in 100..300 {
        writeln!(sums, "{}  tiada/{number}.html", "0".repeat(64)).unwrap();
    }
    fs::write(&list, sums).unwrap();
    let started = Instant::now();
    let findings =
        report(&[&copy.base, "--sums", list.to_str().unwrap(), "--timeout", "1"]).findings;
    let count = |wanted| findings.iter().filter(|finding| finding.kind == wanted).count();
    assert!((20..=28).contains(&count(Kind::Slow)), "{}", count(Kind::Slow));
    assert!(count(Kind::Unasked) > 150);
    assert!(started.elapsed() < Duration::from_secs(20));
}

/// What is done to a header of a name and a value.
type OfHeader = fn(&mut Reply, &str, &str);

#[test]
fn each_lost_other_or_double_header_is_found() {
    let copy = Copy::of_small_site();
    let rules = String::from_utf8(copy.files["_headers"].clone()).unwrap();
    for path in ["/ibm/", "/cek/", "/k/"] {
        let headers = bersinar::hosting::headers_of(&rules, path);
        assert!(headers.len() > 8, "{path}");
        for (name, value) in headers {
            let tampers: [(Kind, OfHeader); 3] = [
                (Kind::HeaderLacking, |reply, name, _| reply.remove(name)),
                (Kind::HeaderOther, |reply, name, value| reply.set(name, &format!("{value}x"))),
                (Kind::HeaderTwice, |reply, name, value| reply.add(name, value)),
            ];
            for (kind, tamper) in tampers {
                let [own_name, own_value] = [name, value].map(str::to_owned);
                copy.tamper(move |asked, reply| {
                    if asked.path == path {
                        tamper(reply, &own_name, &own_value);
                    }
                });
                let findings = seen(&copy);
                assert_eq!(kinds(&findings), [(kind, path)], "{name}");
                assert_eq!(fact(&findings[0], "header"), name);
                assert_eq!(fact(&findings[0], "expected"), value);
            }
        }
    }
}

#[test]
fn each_header_that_a_network_adds_is_found() {
    let copy = Copy::of_small_site();
    let added = [
        ("Set-Cookie", "__cf_bm=x; path=/"),
        ("NEL", "{\"report_to\":\"cf-nel\"}"),
        ("Report-To", "{\"group\":\"cf-nel\"}"),
        ("Reporting-Endpoints", "a=\"https://lain.example\""),
        ("Server-Timing", "cfL4;desc=\"x\""),
        ("Link", "</a.css>; rel=preload"),
        ("Speculation-Rules", "\"/cdn-cgi/speculation\""),
        ("Content-Security-Policy-Report-Only", "default-src 'self'"),
        ("Accept-CH", "Sec-CH-UA-Model"),
        ("Connection-Allowlist", "(\"https://lain.example/*\")"),
    ];
    for (name, value) in added {
        copy.tamper(move |asked, reply| {
            if asked.path == "/ibm/" {
                reply.add(name, value);
            }
        });
        let findings = seen(&copy);
        assert_eq!(kinds(&findings), [(Kind::HeaderExtra, "/ibm/")], "{name}");
        assert!(fact(&findings[0], "header").eq_ignore_ascii_case(name));
        assert_eq!(fact(&findings[0], "found"), value);
    }
    copy.tamper(|_, reply| {
        for name in ["Server", "Date", "Alt-Svc", "Age"] {
            reply.add(name, "x");
        }
        reply.add("CF-Ray", "x");
    });
    let sums = copy.dist().join("SHA256SUMS");
    let found = report(&[&copy.base, "--sums", sums.to_str().unwrap()]);
    assert_eq!(kinds(&found.findings), []);
    let noted = found.notes.iter().find(|(key, _)| *key == "verify-other-headers").unwrap();
    assert_eq!(noted.1, [("headers", "cf-ray".to_owned())]);
}

#[test]
fn a_type_a_mark_and_a_cache_that_mislead_are_found() {
    let copy = Copy::of_small_site();
    let count = std::sync::atomic::AtomicUsize::new(0);
    copy.tamper(move |asked, reply| {
        if asked.path == "/" {
            let next = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            reply.set("ETag", &format!("\"pengunjung-{next}\""));
        }
    });
    let findings = seen(&copy);
    assert_eq!(kinds(&findings), [(Kind::HeaderOther, "/")]);
    assert_eq!(fact(&findings[0], "header"), "ETag");
    copy.tamper(|asked, reply| {
        if asked.path == "/ibm/" {
            reply.set("Content-Type", "text/plain");
        }
    });
    assert_eq!(kinds(&seen(&copy)), [(Kind::HeaderOther, "/ibm/")]);
    copy.tamper(|asked, reply| {
        if asked.path == "/ibm/" && asked.coding == "gzip" {
            reply.body = copy::packed("gzip", &reply.body);
            reply.packed = None;
            reply.add("Content-Encoding", "gzip");
        }
    });
    let findings = seen(&copy);
    assert_eq!(kinds(&findings), [(Kind::HeaderLacking, "/ibm/")]);
    assert_eq!(fact(&findings[0], "header"), "Vary");
}

#[test]
fn what_was_slipped_in_is_found_by_what_names_it() {
    let copy = Copy::of_small_site();
    let home = copy.base.clone();
    copy.tamper(move |asked, reply| {
        let insert = match asked.path.as_str() {
            "/ibm/" => {
                "<script src=\"/cdn-cgi/a.js\"></script><img src=\"https://lain.example/p.gif\">"
            }
            "/sitemap.xml" => &format!("<loc>{home}/umpan/</loc>"),
            _ => "",
        };
        reply.body.extend_from_slice(insert.as_bytes());
        if ["/cdn-cgi/a.js", "/umpan/", "/.bersinar", "/aset/"].contains(&asked.path.as_str()) {
            reply.status = 200;
        }
    });
    let findings = seen(&copy);
    let expected = [
        (Kind::Changed, "/ibm/"),
        (Kind::Changed, "/sitemap.xml"),
        (Kind::Extra, "/.bersinar"),
        (Kind::Extra, "/aset/"),
        (Kind::Extra, "/cdn-cgi/a.js"),
        (Kind::Extra, "/umpan/"),
    ];
    assert_eq!(kinds(&findings), expected);
    assert_eq!(fact(&findings[0], "hosts"), "lain.example");
}

#[test]
fn a_host_that_answers_everything_is_found() {
    let copy = Copy::of_small_site();
    copy.tamper(|_, reply| reply.status = 200);
    let findings = seen(&copy);
    assert!(kinds(&findings).contains(&(Kind::Open, "/tiada-di-situs-ini/")), "{findings:?}");
    assert!(kinds(&findings).contains(&(Kind::Extra, "/aset/")));
}

#[test]
fn a_server_may_keep_its_own_files_to_itself() {
    let copy = Copy::of_small_site();
    copy.tamper(|asked, reply| {
        if ["/_headers", "/.htaccess", "/SHA256SUMS"].contains(&asked.path.as_str()) {
            reply.status = 404;
        }
    });
    let sums = copy.dist().join("SHA256SUMS");
    let found = report(&[&copy.base, "--sums", sums.to_str().unwrap()]);
    assert_eq!(kinds(&found.findings), []);
    let unseen = found.notes.iter().find(|(key, _)| *key == "verify-unseen").unwrap();
    assert_eq!(unseen.1, [("files", ".htaccess, SHA256SUMS, _headers".to_owned())]);
}

#[test]
fn a_folder_is_compared_byte_for_byte() {
    let copy = Copy::of_small_site();
    let place = copy.folder.path().join("salinan");
    let sums = copy.dist().join("SHA256SUMS");
    let found = || report(&[place.to_str().unwrap(), "--sums", sums.to_str().unwrap()]).findings;
    lay::write(&copy.files, &place);
    assert_eq!(kinds(&found()), []);
    for file in files(&copy) {
        let good = fs::read(place.join(&file)).unwrap();
        let mut bad = good.clone();
        bad[good.len() / 2] ^= 1;
        fs::write(place.join(&file), &bad).unwrap();
        assert_eq!(kinds(&found()), [(Kind::Changed, file.as_str())]);
        fs::remove_file(place.join(&file)).unwrap();
        assert_eq!(kinds(&found()), [(Kind::Missing, file.as_str())]);
        fs::write(place.join(&file), &good).unwrap();
    }
    fs::create_dir_all(place.join("baru")).unwrap();
    fs::write(place.join("baru/index.html"), "").unwrap();
    std::os::unix::fs::symlink(place.join("index.html"), place.join("taut.html")).unwrap();
    let expected = [(Kind::Extra, "baru/index.html"), (Kind::Extra, "taut.html")];
    assert_eq!(kinds(&found()), expected);
    fs::remove_dir_all(place.join("baru")).unwrap();
    fs::remove_file(place.join("taut.html")).unwrap();
}

#[test]
fn what_the_release_before_left_is_known() {
    let copy = Copy::of_small_site();
    let style = copy.files.keys().find(|path| lay::ending(path) == "css").unwrap();
    let theme = copy.site().join("templates/gaya");
    fs::create_dir_all(&theme).unwrap();
    let own = lay::repository().join("templates/gaya/halaman.css");
    let text = fs::read_to_string(own).unwrap() + "\nbody { color: red }\n";
    fs::write(theme.join("halaman.css"), text).unwrap();
    let built = lay::run(&copy.site(), &["build", "--base-url", &copy.base]);
    assert_eq!(code(&built), 0, "{}", told(&built));
    let dist = copy.dist();
    assert!(dist.join(style).is_file(), "the old style is kept for one release");
    let found = report(&[dist.to_str().unwrap()]);
    assert_eq!(kinds(&found.findings), []);
    assert!(found.notes.contains(&("verify-earlier", vec![("files", style.clone())])));
    fs::write(dist.join(style), "lain").unwrap();
    assert_eq!(kinds(&report(&[dist.to_str().unwrap()]).findings), [(Kind::Extra, style.as_str())]);
}

#[test]
fn it_is_said_what_a_copy_was_compared_with() {
    let copy = Copy::of_small_site();
    let elsewhere = copy.folder.path();
    let run = |line: &[&str]| {
        lay::bersinar(&[&["verify"], line, &["--root", elsewhere.to_str().unwrap()]].concat())
    };
    let alone = run(&[&copy.base]);
    assert_eq!(code(&alone), 0, "{}", told(&alone));
    assert!(said(&alone).contains("PERHATIAN"), "{}", said(&alone));
    let shown = run(&[&copy.base, "--format", "json"]);
    let json: Value = serde_json::from_str(&said(&shown)).unwrap();
    assert_eq!(json["manifest"]["origin"], "copy");
    let sum = json["manifest"]["sha256"].as_str().unwrap().to_owned();
    assert!(said(&alone).contains(&sum));
    let told_sum = run(&[&copy.base, "--sums", &sum]);
    assert_eq!(code(&told_sum), 0);
    assert!(!said(&told_sum).contains("PERHATIAN") && said(&told_sum).contains("diumumkan"));
    let other = run(&[&copy.base, "--sums", &"0".repeat(64), "--lang", "en"]);
    assert_eq!(code(&other), 1);
    assert!(said(&other).contains("is not the one that was announced"), "{}", said(&other));
    let folder = copy.dist();
    let folder = run(&[folder.to_str().unwrap()]);
    assert_eq!(code(&folder), 0, "{}{}", said(&folder), told(&folder));
    assert!(said(&folder).contains("PERHATIAN"), "{}", said(&folder));
}

#[test]
fn without_a_manifest_at_hand_the_site_is_built_for_comparison() {
    let copy = Copy::of_small_site();
    let manifest = copy.dist().join("SHA256SUMS");
    fs::remove_file(&manifest).unwrap();
    let line = ["verify", &copy.base, "--base-url", &copy.base];
    let same = lay::run(&copy.site(), &line);
    assert_eq!(code(&same), 0, "{}{}", said(&same), told(&same));
    assert!(said(&same).contains("situs di folder ini"), "{}", said(&same));
    let page = copy.site().join("content/_index.md");
    let text = fs::read_to_string(&page).unwrap();
    fs::write(&page, format!("{text}\nSatu kalimat lagi.\n")).unwrap();
    let other = lay::run(&copy.site(), &line);
    assert_eq!(code(&other), 1);
    assert!(said(&other).contains("\n  /\n"), "{}", said(&other));
    fs::write(&page, "rusak").unwrap();
    let none = lay::run(&copy.site(), &line);
    assert_eq!((code(&none), said(&none)), (1, String::new()));
    assert!(told(&none).contains("pembanding"), "{}", told(&none));
}

#[test]
fn what_cannot_be_compared_at_all_is_trouble() {
    let copy = Copy::of_small_site();
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let closed = format!("http://{closed}");
    let bad = copy.folder.path().join("bukan");
    fs::write(&bad, "<!doctype html>\n").unwrap();
    let empty = copy.folder.path().join("kosong");
    fs::create_dir(&empty).unwrap();
    let [bad, empty] = [&bad, &empty].map(|path| path.to_str().unwrap());
    let root = ["--root", empty];
    let cases: [&[&str]; 7] = [
        &[&closed],
        &[&copy.base, "--ca", bad],
        &[&copy.base, "--ca", "/tidak/ada"],
        &[&copy.base, "--sums", bad],
        &[&copy.base, "--sums", "/tidak/ada"],
        &[empty],
        &["/tidak/ada"],
    ];
    for line in cases {
        for lang in ["id", "en"] {
            let found = lay::bersinar(&[&["verify", "--lang", lang], line, &root].concat());
            assert_eq!((code(&found), said(&found)), (2, String::new()), "{line:?}");
            assert_eq!(told(&found).lines().count(), 1, "{line:?}: {}", told(&found));
        }
    }
}

#[test]
fn differences_are_told_with_their_cure_in_both_languages() {
    let copy = Copy::of_small_site();
    copy.tamper(|asked, reply| {
        reply.add("Set-Cookie", "a=b");
        if asked.path == "/ibm/" {
            reply.flip();
        }
    });
    let id = lay::run(&copy.site(), &["verify", &copy.base]);
    let en = lay::run(&copy.site(), &["verify", &copy.base, "--lang", "en"]);
    let words = [
        (&id, ["Rocket Loader", "BERBEDA", "tidak boleh ada"]),
        (&en, ["Rocket Loader", "DIFFERENT", "must not be there"]),
    ];
    for (output, parts) in words {
        assert_eq!(code(output), 1);
        for part in parts {
            assert!(said(output).contains(part), "{part}: {}", said(output));
        }
        assert!(said(output).lines().count() < 60, "one fault of all pages is told once");
    }
    let json = lay::run(&copy.site(), &["verify", &copy.base, "--format", "json"]);
    let json: Value = serde_json::from_str(&said(&json)).unwrap();
    let changed = &json["findings"][0];
    assert_eq!((&changed["kind"], &changed["place"]), (&"changed".into(), &"/ibm/".into()));
    assert!(changed["cure"].as_str().unwrap().contains("Rocket Loader"));
}

/// The largest memory of a process until it ends, in KB.
fn largest_memory(process: &mut std::process::Child) -> u64 {
    let status = format!("/proc/{}/status", process.id());
    let mut largest = 0;
    while process.try_wait().unwrap().is_none() {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let peak = text.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0 kB");
        largest = largest.max(peak.trim().trim_end_matches(" kB").parse().unwrap());
        std::thread::sleep(Duration::from_millis(10));
    }
    largest
}

#[test]
fn a_large_file_and_many_files_need_little_memory() {
    const LARGE_BYTES: usize = 64 * 1024 * 1024;
    let copy = Copy::of_small_site();
    let place = copy.folder.path().join("besar");
    fs::create_dir(&place).unwrap();
    let mut large = fs::File::create(place.join("besar.png")).unwrap();
    let piece = vec![7; 1_048_576];
    for _ in 0..LARGE_BYTES / piece.len() {
        large.write_all(&piece).unwrap();
    }
    for number in 0..2_000 {
        fs::write(place.join(format!("{number}.txt")), number.to_string()).unwrap();
    }
    copy::write_sums(&place);
    let list = place.join("SHA256SUMS");
    let shown = place.clone();
    copy.tamper(move |asked, reply| {
        if let Ok(bytes) = fs::read(shown.join(asked.path.trim_start_matches('/'))) {
            reply.status = 200;
            reply.body = bytes;
            reply.set("Content-Type", bersinar::serve::content_type(&asked.path));
        }
    });
    compare_and_measure(&copy.base, &list, 40 * 1024);
}

fn compare_and_measure(base: &str, list: &Path, limit_kb: u64) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_bersinar"));
    command.args(["verify", base, "--sums", list.to_str().unwrap()]).stdout(Stdio::piped());
    let mut process = command.spawn().unwrap();
    let largest = largest_memory(&mut process);
    let output = process.wait_with_output().unwrap();
    assert_eq!(code(&output), 0, "{}", said(&output));
    assert!(said(&output).contains("2001 berkas"), "{}", said(&output));
    assert!((1..limit_kb).contains(&largest), "{largest} KB");
}
