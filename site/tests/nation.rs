//! Sites with folders in folders, many units, many offices → pages that stay light and lead everywhere.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

mod lay;

use bersinar::diag::{Format, Messages, has_errors, show_all};
use bersinar::emit::{Memory, Site};
use bersinar::pipeline::{self, Options};
use lay::Files;

/// The site as it goes to memory; it has no errors.
fn built(files: &Files) -> Site {
    let source = lay::source(files);
    let options = Options { today: lay::TODAY.parse().unwrap(), base_url: None };
    let memory = Memory::default();
    let faults = pipeline::build(&source, &options, &memory).unwrap();
    let messages = Messages::in_language("id");
    let told = show_all(&faults, &pipeline::sources(&source, &faults), &messages, Format::Text);
    assert!(!has_errors(&faults), "{told}");
    memory.into_site()
}

fn text<'a>(site: &'a Site, path: &str) -> &'a str {
    std::str::from_utf8(&site[path]).unwrap()
}

fn section(title: &str) -> Vec<u8> {
    format!("+++\njudul = \"{title}\"\nringkasan = \"{title} contoh.\"\n+++\n\nIsi.\n").into_bytes()
}

/// A page in another place, with every link to it.
fn moved(files: Files, from: &str, to: &str) -> Files {
    let change = |(path, bytes): (String, Vec<u8>)| match String::from_utf8(bytes) {
        Ok(text) => {
            (path.replace(from, to), text.replace(&format!("@/{from}"), &format!("@/{to}")).into())
        }
        Err(error) => (path, error.into_bytes()),
    };
    files.into_iter().map(change).collect()
}

#[test]
fn folders_of_units_offices_and_facilities_have_pages_of_their_own() {
    let files = moved(lay::small_site(), "unit/ancol.md", "unit/dki/utara/satu.md");
    let mut files = moved(files, "fasilitas/klinik.md", "fasilitas/dki/utara/satu.md");
    for folder in ["unit", "fasilitas"] {
        files.insert(format!("content/{folder}/_index.md"), section("Semua"));
        files.insert(format!("content/{folder}/dki/_index.md"), section("Provinsi"));
        files.insert(format!("content/{folder}/dki/utara/_index.md"), section("Kota"));
    }
    files.insert("content/kantor/dki/_index.md".to_owned(), section("Kantor"));
    let site = built(&files);
    assert!(site.contains_key("kantor/dki/index.html"));
    for folder in ["unit", "fasilitas"] {
        let link = |path: &str| format!("href=\"/{folder}/{path}\"");
        let [all, province, town, page] = ["", "dki/", "dki/utara/", "dki/utara/satu/"];
        for (above, below) in [(all, province), (province, town), (town, page)] {
            let html = text(&site, &format!("{folder}/{above}index.html"));
            assert_eq!(html.matches(&link(below)).count(), 1, "{above} lists {below}");
        }
        assert!(!text(&site, &format!("{folder}/index.html")).contains(&link(town)));
        let html = text(&site, &format!("{folder}/{page}index.html"));
        let trail = html.split_once("class=\"jejak\"").unwrap().1.split_once("</nav>").unwrap().0;
        let steps = ["href=\"/\"", &link(all), &link(province), &link(town)];
        let places: Vec<usize> = steps.iter().map(|step| trail.find(step).unwrap()).collect();
        assert!(places.is_sorted(), "{trail}");
    }
}
