//! The preview: pages from memory, faults in the page soon after a save, the screening untouched.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

mod lay;
mod running;

use running::Running;
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How soon a save must show.
const SOON: Duration = Duration::from_secs(2);

/// A running preview; it ends with the test.
struct Preview {
    running: Running,
    site: PathBuf,
    _folder: TempDir,
}

/// The preview of the good site with a screening.
fn start() -> Preview {
    let mut files = lay::good_site();
    let screening = "+++\njudul = \"Cek\"\nringkasan = \"Cek.\"\ntemplat = \"skrining\"\n+++\n";
    files.insert("content/cek.md".to_owned(), screening.into());
    start_with(&files)
}

fn start_with(files: &lay::Files) -> Preview {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("situs");
    lay::write(files, &site);
    Preview { running: Running::start(&site, &[]), site, _folder: folder }
}

fn get(preview: &Preview, path: &str) -> (String, Vec<u8>) {
    preview.running.get(path)
}

fn page(preview: &Preview, path: &str) -> String {
    String::from_utf8(get(preview, path).1).unwrap()
}

/// Asks for a page until it is as it should be.
fn wait_for(preview: &Preview, path: &str, good: impl Fn(&str) -> bool) -> String {
    let started = Instant::now();
    loop {
        let html = page(preview, path);
        if good(&html) {
            return html;
        }
        assert!(started.elapsed() < SOON, "{path} did not change in time: {html}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

fn built(site: &Path) -> lay::Files {
    let out = site.join("dist");
    let root = site.to_str().unwrap();
    let built = lay::bersinar(&["build", "--root", root, "--today", lay::TODAY]);
    assert!(built.status.success());
    lay::files_in(&out)
}

#[test]
fn only_its_own_names_are_answered() {
    let preview = start();
    let port = preview.running.address.rsplit_once(':').unwrap().1;
    let status = |headers: &str| {
        let (head, body) = preview.running.get_with("/", headers);
        (head.split(' ').nth(1).unwrap().to_owned(), String::from_utf8(body).unwrap())
    };
    for name in ["127.0.0.1", "localhost", "LocalHost", "[::1]"] {
        let (status, html) = status(&format!("Host: {name}:{port}\r\n"));
        assert!(status == "200" && html.contains("<h1>Beranda</h1>"), "{name}: {status}");
    }
    let own = format!("Host: 127.0.0.1:{port}\r\n");
    let others = [
        String::new(),
        format!("Host: jahat.example:{port}\r\n"),
        format!("Host: 127.0.0.1.jahat.example:{port}\r\n"),
        format!("Host: 192.0.2.7:{port}\r\n"),
        "Host: 127.0.0.1\r\n".to_owned(),
        "Host: 127.0.0.1:1\r\n".to_owned(),
        format!("{own}Host: jahat.example:{port}\r\n"),
    ];
    for headers in others {
        let (status, told) = status(&headers);
        assert_eq!(status, "421", "{headers}");
        assert!(told.starts_with("Pratinjau ini hanya menjawab di http://127.0.0.1:"), "{told}");
        assert!(!told.contains("Beranda") && !told.contains("jahat"), "{told}");
    }
}

/// All of 127.0.0.0/8 is this machine: what listens at one address does not at another.
#[test]
#[cfg(target_os = "linux")]
fn another_address_sees_it_only_where_it_was_asked_for() {
    let elsewhere = |preview: &Preview| preview.running.address.replace("127.0.0.1", "127.0.0.2");
    let preview = start();
    assert!(TcpStream::connect(elsewhere(&preview)).is_err(), "this machine only");
    let announced = Running::start(&preview.site, &["--host", "127.0.0.2"]);
    let preview = Preview { running: announced, ..preview };
    let network = elsewhere(&preview);
    let header = format!("Host: {network}\r\n");
    let served = running::get_from(&network, "/", &header);
    assert!(served.0.contains(" 200 "), "{}", served.0);
    assert!(preview.running.get_with("/", &header).0.contains(" 200 "), "a name is enough");
    let port = network.rsplit_once(':').unwrap().1;
    let other = running::get_from(&network, "/", &format!("Host: jahat.example:{port}\r\n"));
    assert!(other.0.contains(" 421 "), "{}", other.0);
    let said = preview.running.said();
    assert!(said.contains(&format!("http://{network}/")), "{said}");
    assert!(said.contains("█████████") && said.contains("Semua orang di jaringan"), "{said}");
}

/// Browsers open several connections at once and keep each that may be kept.
#[test]
fn every_connection_is_answered() {
    let preview = start();
    let address = &preview.running.address;
    let request = format!("GET /_panduan/ HTTP/1.1\r\nHost: {address}\r\n\r\n");
    let mut kept = Vec::new();
    for _ in 0..40 {
        let streams: Vec<TcpStream> =
            (0..6).map(|_| TcpStream::connect(address).unwrap()).collect();
        for mut stream in &streams {
            stream.write_all(request.as_bytes()).unwrap();
            stream.set_read_timeout(Some(SOON)).unwrap();
        }
        for mut stream in streams {
            let mut begin = [0; 12];
            stream.read_exact(&mut begin).expect("an answer in time");
            assert_eq!(&begin[8..], b" 200");
            if begin.starts_with(b"HTTP/1.1") {
                kept.push(stream);
            }
        }
    }
}

#[test]
fn an_address_of_somebody_else_is_refused() {
    let preview = start();
    let site = preview.site.to_str().unwrap();
    let refused =
        lay::bersinar(&["serve", "--port", "0", "--root", site, "--host", "198.51.100.7"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(lay::told(&refused).contains("198.51.100.7"), "{}", lay::told(&refused));
}

#[test]
fn pages_come_from_memory_with_their_types() {
    let preview = start();
    assert!(preview.running.address.starts_with("127.0.0.1:"), "this machine only");
    assert!(!preview.site.join("dist").exists(), "nothing is written");
    let (head, body) = get(&preview, "/");
    assert!(head.contains(" 200 "), "{head}");
    assert!(head.contains("text/html"), "{head}");
    assert!(String::from_utf8(body).unwrap().contains("<h1>Beranda</h1>"));
    let (head, _) = get(&preview, "/bantuan");
    assert!(head.contains(" 308 ") && head.contains("Location: /bantuan/"), "{head}");
    let (head, body) = get(&preview, "/tiada/");
    assert!(head.contains(" 404 "), "{head}");
    assert!(String::from_utf8(body).unwrap().contains("119"), "help stands on every page");
    for path in ["/../bersinar.toml", "/%2e%2e/bersinar.toml", "/content/_index.md"] {
        assert!(get(&preview, path).0.contains(" 404 "), "{path}");
    }
}

/// What `build` adds to the site for whoever keeps it.
const FOR_HOSTS: [&str; 2] = [".bersinar", "SHA256SUMS"];

#[test]
fn only_pages_differ_from_what_build_writes_and_the_screening_does_not() {
    let preview = start();
    let files = built(&preview.site);
    for (path, bytes) in files.iter().filter(|(path, _)| !FOR_HOSTS.contains(&path.as_str())) {
        let served = get(&preview, &format!("/{path}")).1;
        let closed = ["cek/index.html", "k/index.html"];
        let is_page = lay::ending(path) == "html" && !closed.contains(&path.as_str());
        assert_eq!(served == *bytes, !is_page, "{path}");
    }
    assert_eq!(get(&preview, "/cek/").1, files["cek/index.html"]);
}

#[test]
fn the_headers_are_those_that_hosts_are_told_to_send() {
    let preview = start();
    let files = built(&preview.site);
    let rules = String::from_utf8(files["_headers"].clone()).unwrap();
    let rules = bersinar::hosting::moved(&rules, &format!("http://{}", preview.running.address));
    let style = files.keys().find(|path| path.starts_with("aset/")).unwrap();
    for path in ["/", "/cek/", "/k/", "/bantuan/", "/ibm/", &format!("/{style}")] {
        let (head, _) = get(&preview, path);
        let is_read = !["/cek/", "/k/"].contains(&path) && !path.starts_with("/aset");
        let headers = bersinar::hosting::headers_of(&rules, path);
        assert!(headers.len() > 9, "{path} has {headers:?}");
        for (name, value) in headers {
            // Pages to read carry the preview's own script, and nothing is kept between versions.
            let differs = name == "Cache-Control" || is_read && name == "Content-Security-Policy";
            assert_eq!(
                head.contains(&format!("\r\n{name}: {value}\r\n")),
                !differs,
                "{path}: {head}"
            );
            assert_eq!(head.matches(&format!("\r\n{name}:")).count(), 1, "{path}: {name}");
        }
    }
    let (head, _) = get(&preview, "/cek/");
    assert!(head.contains(&format!("\"http://{}/k/#*\"", preview.running.address)), "{head}");
    assert!(get(&preview, "/tiada/").0.contains("X-Frame-Options: DENY"));
}

#[test]
fn a_fault_shows_in_the_page_soon_and_goes_when_it_is_mended() {
    let preview = start();
    let file = preview.site.join("content/bantuan.md");
    let good = fs::read_to_string(&file).unwrap();
    let sealed = get(&preview, "/cek/").1;
    fs::write(&file, good.replace("Tanyakan ke kantor.", "Tanyakan <i>ke</i> kantor.")).unwrap();
    let faulty = wait_for(&preview, "/bantuan/", |html| html.contains("B201"));
    assert!(faulty.contains("content/bantuan.md:8:10"), "{faulty}");
    assert!(faulty.contains("&lt;i&gt;") && !faulty.contains("Tanyakan <i>"), "{faulty}");
    assert!(faulty.contains("<p>Tanyakan ke kantor.</p>"), "the last good page stays: {faulty}");
    for path in ["/", "/tiada/", "/cek/"] {
        assert!(page(&preview, path).contains("B201"), "{path}");
    }
    fs::write(&file, good.replace("Tanyakan ke kantor.", "Tanyakan ke puskesmas.")).unwrap();
    // The text is there a moment before what was told of it.
    wait_for(&preview, "/bantuan/", |html| html.contains("puskesmas") && !html.contains("B201"));
    assert!(get(&preview, "/cek/").1 == sealed, "the screening is sealed again");
}

#[test]
#[cfg(unix)]
fn a_pipe_in_the_place_of_a_page_is_told_and_not_waited_on() {
    let preview = start();
    let file = preview.site.join("content/bantuan.md");
    let good = fs::read(&file).unwrap();
    fs::remove_file(&file).unwrap();
    assert!(Command::new("mkfifo").arg(&file).status().unwrap().success());
    wait_for(&preview, "/bantuan/", |html| html.contains("B120"));
    fs::remove_file(&file).unwrap();
    fs::write(&file, good).unwrap();
    wait_for(&preview, "/bantuan/", |html| !html.contains("B120"));
}

/// What follows a mark in a text, up to the next quote.
fn behind<'a>(text: &'a str, mark: &str) -> &'a str {
    text.split_once(mark).unwrap().1.split('"').next().unwrap()
}

#[test]
fn a_waiting_page_comes_again_with_the_next_version() {
    let preview = start();
    let now = page(&preview, "/");
    let version = behind(&now, "data-versi=\"");
    let site = preview.site.clone();
    let saver = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(100));
        fs::remove_file(site.join("content/ibm/denah.svg")).unwrap();
    });
    let started = Instant::now();
    let headers = format!("Host: {}\r\nBersinar-Versi: {version}\r\n", preview.running.address);
    let (head, next) = preview.running.get_with("/", &headers);
    saver.join().unwrap();
    assert!(started.elapsed() < SOON && started.elapsed() > Duration::from_millis(90));
    let next = String::from_utf8(next).unwrap();
    assert!(head.contains(" 200 ") && next.contains("B305"), "{head}");
    assert_ne!(behind(&next, "data-versi=\""), version);
    let other = headers.replace(version, "lain");
    assert!(preview.running.get_with("/", &other).0.contains(" 200 "), "another version is old");
}

#[test]
fn warnings_do_not_cover_the_page() {
    let preview = start();
    let file = preview.site.join("content/bantuan.md");
    let good = fs::read_to_string(&file).unwrap();
    fs::write(&file, good + "\nTanyakan pada kantor, lalu tulis PPTK di sana.\n").unwrap();
    let badge = "<a class=\"periksa\" href=\"/_pemeriksaan\">1 hal untuk diperiksa</a>";
    let html = wait_for(&preview, "/bantuan/", |html| html.contains(badge));
    assert!(!html.contains("role=\"alert\""), "{html}");
}

#[test]
fn the_checks_tell_faults_by_file_contacts_pages_nobody_comes_to_and_areas() {
    let preview = start();
    let lonely = "+++\njudul = \"Sendiri\"\nringkasan = \"Tidak ditautkan.\"\n+++\nIsi.\n";
    fs::write(preview.site.join("content/sendiri.md"), lonely).unwrap();
    let html = wait_for(&preview, "/_pemeriksaan", |html| html.contains("/sendiri/"));
    let (_, orphans) = html.split_once("id=\"yatim\"").unwrap();
    let (orphans, areas) = orphans.split_once("id=\"cakupan\"").unwrap();
    assert!(
        orphans.contains("<a href=\"/sendiri/\">Sendiri</a> <small>content/sendiri.md</small>")
    );
    assert!(orphans.contains("/cek/") && orphans.matches("<li>").count() == 2, "{orphans}");
    assert!(areas.contains("/wilayah/"), "{areas}");
    let file = preview.site.join("content/bantuan.md");
    let good = fs::read_to_string(&file).unwrap();
    fs::write(&file, good.replace("Tanyakan ke", "Tanyakan <i>ke")).unwrap();
    let html = wait_for(&preview, "/_pemeriksaan", |html| html.contains("B201"));
    assert!(html.contains("href=\"/_panduan/faults/B201.md\""), "{html}");
    assert!(html.contains("<a href=\"/bantuan/\">Bantuan</a> <small>content/bantuan.md</small>"));
    assert!(html.contains("situs terakhir yang baik"), "{html}");
}

#[test]
fn contacts_whose_time_runs_out_stand_in_the_checks() {
    let preview = start_with(&lay::real_site());
    let html = page(&preview, "/_pemeriksaan");
    let (_, contacts) = html.split_once("id=\"kontak\"").unwrap();
    let (contacts, _) = contacts.split_once("id=\"yatim\"").unwrap();
    let ledger = lay::run(&preview.site, &["contacts", "--format", "json"]);
    let ledger = String::from_utf8(ledger.stdout).unwrap();
    let is_due = |row: &&str| row.contains("\"state\"") && !row.contains("\"segar\"");
    let due = ledger.lines().filter(is_due).count();
    assert!(due > 0, "{ledger}");
    assert_eq!(contacts.matches("<tr><td").count(), due, "{contacts}");
    assert!(!html.contains("<li>"), "every page of the real site can be reached");
}

const DRAFT: &str =
    "+++\njudul = \"Jadwal\"\nringkasan = \"Belum pasti.\"\nkonsep = true\n+++\nIsi jadwal.\n";

#[test]
fn a_draft_is_seen_and_marked_and_what_is_wrong_with_it_stops_nothing() {
    let preview = start();
    let file = preview.site.join("content/ibm/jadwal.md");
    fs::write(&file, DRAFT).unwrap();
    let html = wait_for(&preview, "/ibm/jadwal/", |html| html.contains("Isi jadwal."));
    assert!(html.contains("role=\"note\">Konsep: belum terbit</p>"), "{html}");
    let list = page(&preview, "/ibm/");
    assert!(list.contains("<a href=\"/ibm/jadwal/\"") && !list.contains("role=\"note\""), "{list}");
    assert!(
        list.contains("a[href=\"/ibm/jadwal/\"]::before{all:revert;content:\"(konsep) \"}"),
        "{list}"
    );
    // A page that is published may lead to it here.
    let help = preview.site.join("content/bantuan.md");
    let good = fs::read_to_string(&help).unwrap();
    fs::write(&help, good.clone() + "\nLihat [jadwal](@/ibm/jadwal.md).\n").unwrap();
    wait_for(&preview, "/bantuan/", |html| html.contains("href=\"/ibm/jadwal/\""));
    let torn = [
        DRAFT.replace("Isi jadwal.", "Tulis <b>ini</b>."),
        DRAFT.replace("\"Jadwal\"", "\"Jadwal"),
        DRAFT.replace("judul", "jdul"),
        DRAFT.replace("Isi", "\u{200b}"),
        "+++\nkonsep = true\n".to_owned(),
    ];
    for torn in torn {
        fs::write(&file, &torn).unwrap();
        wait_for(&preview, "/ibm/jadwal/", |html| html.contains("konsep yang masih salah"));
        fs::write(&help, good.clone() + &format!("\nBaru: {} kata.\n", torn.len())).unwrap();
        let html = wait_for(&preview, "/bantuan/", |html| html.contains("Baru:"));
        assert!(!html.contains("role=\"alert\""), "{html}");
        let checks = page(&preview, "/_pemeriksaan");
        let (_, drafts) = checks.split_once("id=\"konsep\"").unwrap();
        assert!(drafts.contains("salah[") && drafts.contains("content/ibm/jadwal.md:"), "{drafts}");
        fs::write(&help, &good).unwrap();
        wait_for(&preview, "/bantuan/", |html| !html.contains("Baru:"));
        fs::write(&file, DRAFT).unwrap();
        wait_for(&preview, "/ibm/jadwal/", |html| html.contains("Isi jadwal."));
    }
}

#[test]
fn a_draft_that_makes_another_page_wrong_is_left_out() {
    let preview = start();
    // The same address as a page of the site, whose file comes first.
    let twin = preview.site.join("content/bantuan");
    fs::create_dir(&twin).unwrap();
    fs::write(twin.join("_index.md"), DRAFT).unwrap();
    wait_for(&preview, "/_pemeriksaan", |html| {
        html.contains("id=\"konsep\"") && html.contains("B111")
    });
    let html = page(&preview, "/bantuan/");
    assert!(html.contains("<h1>Bantuan</h1>"), "{html}");
}

#[test]
fn a_site_that_was_never_good_shows_its_faults_alone() {
    let mistakes = lay::repository().join("tests/faults/banyak/input");
    let preview = start_with(&lay::over(lay::good_site(), &mistakes));
    let (head, body) = get(&preview, "/");
    assert!(head.contains(" 503 "), "{head}");
    let html = String::from_utf8(body).unwrap();
    assert!(html.contains("B405") && html.contains("B303"), "{html}");
    lay::write(&lay::good_site(), &preview.site);
    fs::remove_file(preview.site.join("content/rusak.md")).unwrap();
    fs::remove_file(preview.site.join("content/Berkas Lama.md")).unwrap();
    wait_for(&preview, "/", |html| html.contains("<h1>Beranda</h1>"));
}
