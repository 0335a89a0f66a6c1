//! The editor in the browser, by the bytes of HTTP: what it writes, what it refuses, what it keeps.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

mod lay;
mod running;

use bersinar::diag::Messages;
use running::Running;
use scraper::{ElementRef, Html, Selector};
use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;
use tempfile::TempDir;

/// A running editor for the good site; it ends with the test.
struct Desk {
    running: Running,
    site: PathBuf,
    _folder: TempDir,
}

/// An answer: status, headers, body.
struct Answer {
    status: u16,
    head: String,
    body: String,
}

/// The fields of a form, as a browser would send them.
type Fields = Vec<(String, String)>;

fn start(options: &[&str]) -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("situs");
    lay::write(&lay::good_site(), &site);
    Desk { running: Running::start(&site, options), site, _folder: folder }
}

impl Desk {
    fn send(&self, request: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(&self.running.address).unwrap();
        let mut lines = vec![format!("{request} HTTP/1.0")];
        let length = body.len().to_string();
        let given = |name: &str| headers.iter().any(|(given, _)| *given == name);
        let usual = [("Host", self.running.address.as_str()), ("Content-Length", &length)];
        for (name, value) in usual.iter().filter(|(name, _)| !given(name)).chain(headers) {
            lines.push(format!("{name}: {value}"));
        }
        stream.write_all(format!("{}\r\n\r\n", lines.join("\r\n")).as_bytes()).unwrap();
        // Who refuses a long body may close before it has read it.
        let _ = stream.write_all(body);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    fn get(&self, path: &str) -> Answer {
        self.send(&format!("GET {path}"), &[], b"")
    }

    fn post(&self, path: &str, fields: &Fields) -> Answer {
        let origin = format!("http://{}", self.running.address);
        self.send(&format!("POST {path}"), &[("Origin", &origin)], encoded(fields).as_bytes())
    }

    /// The form of a page, as it is filled in.
    fn form(&self, path: &str) -> Fields {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}");
        fields_of(&answer.body)
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.site.join(path)).unwrap()
    }
}

fn encoded(fields: &Fields) -> String {
    let mut text = form_urlencoded::Serializer::new(String::new());
    for (name, value) in fields {
        text.append_pair(name, &value.replace("\r\n", "\n").replace('\n', "\r\n"));
    }
    text.finish()
}

fn select(text: &str) -> Selector {
    Selector::parse(text).unwrap()
}

/// What a browser sends for the form of a page that nobody has touched.
fn fields_of(html: &str) -> Fields {
    let html = Html::parse_document(html);
    let named = select("main form[method=post] :is(input, select, textarea)");
    let all = html.select(&named);
    let value = |element: ElementRef| match element.value().name() {
        "textarea" => Some(element.text().collect::<String>()),
        "select" => {
            let options: Vec<_> = element.select(&select("option")).collect();
            let chosen = options.iter().find(|o| o.attr("selected").is_some());
            chosen.or(options.first()).map(|o| o.attr("value").unwrap().to_owned())
        }
        _ if element.attr("type") == Some("checkbox") && element.attr("checked").is_none() => None,
        _ => Some(element.attr("value").unwrap_or_default().to_owned()),
    };
    all.filter_map(|e| Some((e.attr("name")?.to_owned(), value(e)?))).collect()
}

fn set(fields: &mut Fields, name: &str, value: &str) {
    let field = fields.iter_mut().find(|(known, _)| known == name);
    value.clone_into(&mut field.unwrap().1);
}

fn unit(desk: &Desk) -> (String, String) {
    let files = lay::files_in(&desk.site.join("content/unit"));
    let name = files.keys().find(|name| !name.starts_with('_')).unwrap();
    (format!("/_ubah/unit/{name}"), format!("content/unit/{name}"))
}

#[test]
fn without_edit_there_is_no_editor() {
    let desk = start(&[]);
    let answer = desk.get("/_ubah/");
    assert_eq!(answer.status, 404);
    assert!(!answer.body.contains("kunci"));
}

#[test]
fn the_checks_and_the_guide_lead_back_to_the_forms_where_there_are_any() {
    let (with, without) = (start(&["--edit"]), start(&[]));
    for path in ["/_pemeriksaan", "/_panduan/"] {
        let leads = |desk: &Desk| desk.get(path).body.contains("<a href=\"/_ubah/\">");
        assert!(leads(&with) && !leads(&without), "{path}");
    }
}

#[test]
fn a_form_changes_one_line_and_nothing_without_a_change() {
    let desk = start(&["--edit"]);
    let (path, file) = unit(&desk);
    let before = desk.text(&file);
    let mut fields = desk.form(&path);
    let answer = desk.post(&path, &fields);
    assert_eq!(answer.status, 303);
    assert!(answer.head.contains("hasil=same"), "{}", answer.head);
    assert_eq!(desk.text(&file), before);
    let title = fields.iter().find(|(name, _)| name == "judul").unwrap().1.clone();
    set(&mut fields, "judul", "Unit lain");
    let answer = desk.post(&path, &fields);
    assert!(answer.head.contains("hasil=saved"), "{} {}", answer.head, answer.body);
    assert_eq!(desk.text(&file), before.replacen(&format!("\"{title}\""), "\"Unit lain\"", 1));
}

#[test]
fn what_no_page_of_the_program_sends_is_refused_and_changes_nothing() {
    let desk = start(&["--edit"]);
    let (path, file) = unit(&desk);
    let before = desk.text(&file);
    let mut fields = desk.form(&path);
    set(&mut fields, "judul", "Diganti");
    let good = encoded(&fields);
    let own = format!("http://{}", desk.running.address);
    let port = desk.running.address.split_once(':').unwrap().1.to_owned();
    let other_name = format!("http://localhost:{port}");
    let sending = format!("POST {path}");
    for headers in [
        &[][..],
        &[("Origin", "null")],
        &[("Origin", "https://lain.example")],
        &[("Origin", other_name.as_str())],
        &[("Origin", own.as_str()), ("Sec-Fetch-Site", "cross-site")],
        &[("Origin", own.as_str()), ("Sec-Fetch-Site", "same-site")],
    ] {
        let answer = desk.send(&sending, headers, good.as_bytes());
        assert_eq!(answer.status, 403, "{headers:?}");
    }
    let foreign = [("Host", "lain.example"), ("Origin", "http://lain.example")];
    assert_eq!(desk.send(&sending, &foreign, good.as_bytes()).status, 421);
    for token in ["", "0", &"0".repeat(64)] {
        let mut forged = fields.clone();
        set(&mut forged, "kunci", token);
        assert_eq!(desk.post(&path, &forged).status, 403, "{token}");
    }
    let headers = [("Origin", own.as_str())];
    assert_eq!(desk.send(&format!("PUT {path}"), &headers, b"x").status, 403);
    assert_eq!(desk.send(&format!("DELETE {path}"), &headers, b"").status, 405);
    let framed = [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "no-cors")];
    assert_eq!(desk.send(&format!("GET {path}"), &framed, b"").status, 403);
    let led = [("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate")];
    assert_eq!(desk.send(&format!("GET {path}"), &led, b"").status, 200);
    assert_eq!(desk.text(&file), before);
    assert!(desk.post(&path, &fields).head.contains("hasil=saved"), "the real one is taken");
}

#[test]
fn too_much_is_refused_before_it_is_read() {
    let desk = start(&["--edit"]);
    let (path, _) = unit(&desk);
    let own = format!("http://{}", desk.running.address);
    let long = vec![b'a'; 2 * 1024 * 1024];
    let answer = desk.send(&format!("POST {path}"), &[("Origin", &own)], &long);
    assert_eq!(answer.status, 413);
    let mut liar = TcpStream::connect(&desk.running.address).unwrap();
    liar.set_read_timeout(Some(Duration::from_millis(300))).unwrap();
    let host = &desk.running.address;
    write!(liar, "POST {path} HTTP/1.0\r\nHost: {host}\r\nContent-Length: 99999999999\r\n\r\n")
        .unwrap();
    let mut nothing = [0; 1];
    assert!(liar.read(&mut nothing).is_err(), "who announces that much gets no answer");
    assert_eq!(desk.get(&path).status, 200, "and the program goes on");
}

#[test]
fn a_page_of_the_editor_keeps_to_itself() {
    let desk = start(&["--edit"]);
    let (path, _) = unit(&desk);
    let Answer { head, body, .. } = desk.get(&path);
    for line in [
        "default-src 'none'",
        "script-src 'self';",
        "style-src 'self';",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "Cache-Control: no-store",
        "X-Content-Type-Options: nosniff",
        "Referrer-Policy: same-origin",
        "Cross-Origin-Resource-Policy: same-origin",
    ] {
        assert!(head.contains(line), "{line} is missing: {head}");
    }
    assert!(!head.contains("Set-Cookie") && !head.contains("Access-Control"), "{head}");
    let html = Html::parse_document(&body);
    let scripts: Vec<_> = html.select(&select("script")).map(|s| s.attr("src").unwrap()).collect();
    assert_eq!(scripts, ["/_ubah/desk.js"]);
    assert!(html.select(&select("style, [style], [onclick]")).next().is_none());
}

#[test]
fn paths_lead_to_pages_of_the_site_only() {
    let desk = start(&["--edit"]);
    for path in [
        "/_ubah/../bersinar.toml",
        "/_ubah/data/kontak.toml",
        "/_ubah/unit/../../rahasia.md",
        "/_ubah/unit/%2e%2e/x.md",
        "/_ubah//etc/x.md",
        "/_ubah/tiada.md",
        "/_ubah/unit/tiada.md/kontak/0",
        "/_ubah/pratinjau/unit/tiada.md",
    ] {
        assert_eq!(desk.get(path).status, 404, "{path}");
    }
}

#[test]
fn a_fault_stands_at_its_field_and_everything_typed_is_kept() {
    let desk = start(&["--edit"]);
    let (path, file) = unit(&desk);
    let before = desk.text(&file);
    let mut fields = desk.form(&path);
    set(&mut fields, "per", "kemarin");
    set(&mut fields, "ringkasan", "Ringkasan yang baru diketik.");
    let answer = desk.post(&path, &fields);
    assert_eq!(answer.status, 422);
    assert_eq!(desk.text(&file), before, "nothing is written");
    let html = Html::parse_document(&answer.body);
    let input = html.select(&select("#f-per")).next().unwrap();
    assert_eq!(input.attr("value"), Some("kemarin"));
    assert_eq!(input.attr("aria-invalid"), Some("true"));
    let described = input.attr("aria-describedby").unwrap();
    let error = described.split(' ').find(|id| id.ends_with("-e")).unwrap();
    assert!(html.select(&select(&format!("#{error}"))).next().is_some());
    assert!(html.select(&select(".ringkasan a[href=\"#f-per\"]")).next().is_some());
    assert!(answer.body.contains("Ringkasan yang baru diketik."));
    let mut forced = fields_of(&answer.body);
    forced.push(("paksa".to_owned(), "1".to_owned()));
    assert_eq!(desk.post(&path, &forced).status, 303);
    assert!(desk.text(&file).contains("per = \"kemarin\""), "saved, to be mended later");
    assert!(desk.get(&path).body.contains("#f-per"), "and told when it is opened again");
}

#[test]
fn a_file_that_changed_meanwhile_is_not_overwritten() {
    let desk = start(&["--edit"]);
    let (path, file) = unit(&desk);
    let mut fields = desk.form(&path);
    set(&mut fields, "ringkasan", "Punya saya.");
    let before = desk.text(&file);
    let line = before.lines().find(|line| line.starts_with("ringkasan")).unwrap();
    let theirs = before.replace(line, "ringkasan = \"Punya orang lain.\"");
    fs::write(desk.site.join(&file), &theirs).unwrap();
    let answer = desk.post(&path, &fields);
    assert_eq!(answer.status, 409);
    assert_eq!(desk.text(&file), theirs, "nothing is lost");
    assert!(answer.body.contains("Punya orang lain.") && answer.body.contains("Punya saya."));
    assert_eq!(desk.post(&path, &fields_of(&answer.body)).status, 303, "a second time is meant");
    assert!(desk.text(&file).contains("Punya saya."));
}

#[test]
fn a_protected_file_is_told_in_plain_words() {
    let desk = start(&["--edit"]);
    let (path, file) = unit(&desk);
    let place = desk.site.join(&file);
    let mut rights = fs::metadata(&place).unwrap().permissions();
    rights.set_readonly(true);
    fs::set_permissions(&place, rights).unwrap();
    let before = desk.text(&file);
    let mut fields = desk.form(&path);
    set(&mut fields, "ringkasan", "Punya saya.");
    let answer = desk.post(&path, &fields);
    assert_eq!(answer.status, 500);
    assert!(answer.body.contains("dilindungi") && answer.body.contains("Punya saya."));
    assert_eq!(desk.text(&file), before);
}

#[test]
fn a_page_that_was_removed_meanwhile_is_made_again_only_when_that_is_meant() {
    let desk = start(&["--edit"]);
    let (path, file) = unit(&desk);
    let mut fields = desk.form(&path);
    let before = desk.text(&file);
    set(&mut fields, "ringkasan", "Punya saya.");
    fs::remove_file(desk.site.join(&file)).unwrap();
    let answer = desk.post(&path, &fields);
    assert_eq!(answer.status, 409);
    assert!(answer.body.contains("dihapus atau berganti nama"), "{}", answer.body);
    assert!(answer.body.contains("Punya saya."), "what was typed is still there");
    assert!(!desk.site.join(&file).exists(), "nothing comes back by itself");
    fields = fields_of(&answer.body);
    assert_eq!(desk.post(&path, &fields).status, 303, "a second time is meant");
    let line = before.lines().find(|line| line.starts_with("ringkasan")).unwrap();
    assert_eq!(desk.text(&file), before.replace(line, "ringkasan = \"Punya saya.\""));
}

#[test]
fn a_folder_that_was_moved_away_is_told_and_what_was_typed_waits_for_it() {
    let desk = start(&["--edit"]);
    let (path, file) = unit(&desk);
    let mut fields = desk.form(&path);
    set(&mut fields, "ringkasan", "Punya saya.");
    let away = desk.site.with_file_name("dipindah");
    fs::rename(&desk.site, &away).unwrap();
    let answer = desk.post(&path, &fields);
    assert_eq!(answer.status, 500);
    assert!(answer.body.contains("Folder situs tidak ada lagi"), "{}", answer.body);
    assert!(!desk.site.exists(), "nothing is made in its place");
    fs::rename(&away, &desk.site).unwrap();
    assert_eq!(desk.post(&path, &fields_of(&answer.body)).status, 303);
    assert!(desk.text(&file).contains("Punya saya."));
}

#[test]
fn a_form_from_before_the_program_was_started_anew_is_saved_when_that_is_meant() {
    let mut desk = start(&["--edit"]);
    let (path, file) = unit(&desk);
    let before = desk.text(&file);
    let mut fields = desk.form(&path);
    set(&mut fields, "ringkasan", "Punya saya.");
    desk.running = Running::start(&desk.site, &["--edit"]);
    let answer = desk.post(&path, &fields);
    assert_eq!(answer.status, 403);
    assert!(answer.body.contains("dijalankan ulang"), "{}", answer.body);
    assert_eq!(desk.text(&file), before);
    let again = fields_of(&answer.body);
    let names = |fields: &Fields| fields.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&again).len(), names(&fields).len(), "every field, and the token once");
    assert_eq!(desk.post(&path, &again).status, 303);
    assert!(desk.text(&file).contains("Punya saya."));
}

/// Runs a test of this file, one that is ignored, where `setup` was done before in a network of its own and with
/// disks of its own. Whoever may not have those passes it over: root may.
#[cfg(target_os = "linux")]
#[allow(clippy::print_stderr, reason = "whoever runs the tests should know what they left out")]
fn apart(test: &str, setup: &str) {
    let unshare = || {
        let mut command = Command::new("unshare");
        command.args(["--map-root-user", "--net", "--mount", "--"]);
        command
    };
    if !unshare().arg("true").output().is_ok_and(|run| run.status.success()) {
        eprintln!("{test} is passed over: unshare is not allowed here");
        return;
    }
    let run = unshare()
        .args(["sh", "-ec", &format!("{setup}\nexec \"$@\""), "sh"])
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", test, "--ignored", "--nocapture"])
        .output()
        .unwrap();
    let said = [run.stdout, run.stderr].map(|said| String::from_utf8_lossy(&said).into_owned());
    assert!(run.status.success() && said[0].contains("1 passed"), "{}{}", said[0], said[1]);
}

/// An address that nobody has (RFC 5737): with it the machine is another one to itself.
const OTHER_MACHINE: &str = "192.0.2.7";

#[test]
#[cfg(target_os = "linux")]
fn another_machine_sees_the_site_and_cannot_change_it() {
    let setup = format!("ip link set lo up; ip address add {OTHER_MACHINE}/32 dev lo");
    apart("as_another_machine", &setup);
}

#[test]
#[ignore = "started in a network of its own by another test"]
fn as_another_machine() {
    let mut desk = start(&["--edit", "--host", OTHER_MACHINE]);
    let (path, file) = unit(&desk);
    let before = desk.text(&file);
    let mut fields = desk.form(&path);
    set(&mut fields, "judul", "Diganti");
    assert!(desk.get("/").body.contains("/_ubah/ke"), "who sits here is led to the forms");
    let own = format!("http://{}", desk.running.address);
    desk.running.address = desk.running.address.replace("127.0.0.1", OTHER_MACHINE);
    for path in ["/", "/_pemeriksaan", "/_panduan/faults/B101.md"] {
        let answer = desk.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert!(!answer.body.contains("_ubah"), "{path}: {}", answer.body);
    }
    for path in ["/_ubah/", &path, "/_ubah/baru", "/_ubah/wilayah?cari=Ancol"] {
        let answer = desk.get(path);
        assert_eq!(answer.status, 403, "{path}");
        assert!(answer.body.contains("di komputer tempat bersinar berjalan"), "{}", answer.body);
        assert!(!answer.body.contains("kunci"), "{path}");
    }
    assert_eq!(desk.post(&path, &fields).status, 403, "not even with the token");
    let as_own = [("Host", own.trim_start_matches("http://")), ("Origin", own.as_str())];
    let forged = desk.send(&format!("POST {path}"), &as_own, encoded(&fields).as_bytes());
    assert_eq!(forged.status, 403, "nor under the name of this machine");
    assert_eq!(desk.text(&file), before);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().display();
    let mount = format!("mount -t tmpfs -o size=4m bersinar '{place}'; export TMPDIR='{place}'");
    apart("on_a_small_disk", &format!("ip link set lo up; {mount}"));
}

#[test]
#[ignore = "started with a small disk of its own by another test"]
fn on_a_small_disk() {
    let desk = start(&["--edit"]);
    let (path, file) = unit(&desk);
    let mut fields = desk.form(&path);
    let before = lay::files_in(&desk.site);
    set(&mut fields, "ringkasan", "Punya saya.");
    let ballast = std::env::temp_dir().join("isi");
    let mut full = fs::File::create(&ballast).unwrap();
    while full.write_all(&[0; 4096]).is_ok() {}
    let answer = desk.post(&path, &fields);
    assert_eq!(answer.status, 500);
    assert!(answer.body.contains("penyimpanan penuh"), "{}", answer.body);
    assert_eq!(lay::files_in(&desk.site), before, "nothing half written, nothing left behind");
    drop(full);
    fs::remove_file(&ballast).unwrap();
    assert_eq!(desk.post(&path, &fields_of(&answer.body)).status, 303);
    assert!(desk.text(&file).contains("Punya saya."));
}

#[test]
fn a_source_is_recorded_and_then_chosen() {
    let desk = start(&["--edit"]);
    let file = "content/data/sumber.toml";
    let before = desk.text(file);
    let new = "/_ubah/sumber/baru";
    let mut fields = desk.form(new);
    set(&mut fields, "judul", "Surat \"balasan\" kantor");
    set(&mut fields, "penerbit", "BNNK Contoh");
    set(&mut fields, "tanggal", "2026-11-20");
    let answer = desk.post(new, &fields);
    assert_eq!(answer.status, 303, "{}", answer.body);
    let added = "[sumber.bnnk-contoh-2026]\njudul = \"Surat \\\"balasan\\\" kantor\"\npenerbit = \"BNNK Contoh\"\ntanggal = \"2026-11-20\"\n";
    assert_eq!(desk.text(file), format!("{before}\n{added}"));
    let listed = desk.get("/_ubah/sumber?hasil=added").body;
    assert!(listed.contains("Sumber tercatat") && listed.contains("bnnk-contoh-2026"), "{listed}");
    let (page, _) = unit(&desk);
    assert!(desk.get(&page).body.contains("value=\"bnnk-contoh-2026\""), "it can be chosen");
    let again = desk.post(new, &fields);
    assert_eq!(again.status, 422, "a second click is no second source");
    assert!(again.body.contains("sudah ada di daftar") && again.body.contains("bnnk-contoh-2026"));
    assert_eq!(desk.post(new, &desk.form(new)).status, 422, "nor is an empty form");
    set(&mut fields, "judul", "Surat lain");
    assert_eq!(desk.post(new, &fields).status, 303);
    assert!(
        desk.text(file).contains("[sumber.bnnk-contoh-2026-2]"),
        "the next has a key of its own"
    );
}

#[test]
fn a_source_is_changed_by_a_line_and_only_as_it_was_seen() {
    let desk = start(&["--edit"]);
    let file = "content/data/sumber.toml";
    let before = desk.text(file);
    let path = "/_ubah/sumber/ubah";
    let seen = "/_ubah/sumber/ubah?entri=berita-2021";
    let mut fields = desk.form(seen);
    assert!(desk.post(path, &fields).head.contains("hasil=same"));
    set(&mut fields, "tanggal", "kemarin");
    set(&mut fields, "judul", "");
    let answer = desk.post(path, &fields);
    assert_eq!(answer.status, 422);
    assert_eq!(desk.text(file), before, "nothing is written");
    let html = Html::parse_document(&answer.body);
    let input = html.select(&select("#f-tanggal")).next().unwrap();
    assert_eq!((input.attr("value"), input.attr("aria-invalid")), (Some("kemarin"), Some("true")));
    for link in ["#f-tanggal", "#f-judul"] {
        let line = select(&format!(".ringkasan a[href=\"{link}\"]"));
        assert!(html.select(&line).next().is_some(), "{link}: {}", answer.body);
    }
    set(&mut fields, "tanggal", "2021-02-20");
    set(&mut fields, "judul", "Berita contoh");
    let theirs = before.replace("Koran contoh", "Koran lain");
    fs::write(desk.site.join(file), &theirs).unwrap();
    let answer = desk.post(path, &fields);
    assert_eq!(answer.status, 422);
    assert_eq!(desk.text(file), theirs, "nothing is overwritten");
    assert!(answer.body.contains("Koran lain"), "both are shown");
    assert_eq!(desk.post(path, &fields_of(&answer.body)).status, 303, "a second time is meant");
    assert_eq!(desk.text(file), before.replace("2021-02-19", "2021-02-20"));
    assert_eq!(desk.get("/_ubah/sumber/ubah?entri=tiada").status, 404);
    fs::write(desk.site.join(file), "[sumber.x\n").unwrap();
    assert_eq!(desk.post(path, &fields).status, 422);
    assert_eq!(desk.text(file), "[sumber.x\n", "what is torn is left alone");
}

/// Keys that are put together while the program runs, by how they begin.
const MADE_UP: [&str; 5] = ["contact_", "method_", "done_", "new_", "section_"];

#[test]
fn every_word_of_the_editor_is_used_and_every_word_used_is_there() {
    let words = Messages::in_language("id").desk_words().clone();
    let files = lay::files_in(&lay::repository().join("site/src/serve/desk"));
    let own = fs::read(lay::repository().join("site/src/serve/desk.rs")).unwrap();
    let texts = files.values().chain([&own]);
    let all: String = texts.map(|bytes| String::from_utf8_lossy(bytes)).collect();
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    for used in all.split("w.").skip(1) {
        let name: String = used.chars().take_while(|c| is_name(*c)).collect();
        let is_word = used[name.len()..].starts_with([' ', '}', '%']);
        assert!(!is_word || words.contains_key(&name), "{name} has no words");
    }
    for key in words.keys() {
        let is_used = all.contains(&format!("w.{key}")) || all.contains(&format!("\"{key}\""));
        let is_made = MADE_UP.iter().any(|begin| key.starts_with(begin));
        assert!(is_used || is_made, "{key} is used nowhere");
    }
}
