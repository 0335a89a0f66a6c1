//! Sites with folders in folders, many units, many offices → pages that stay light and lead everywhere.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

mod lay;

use bersinar::areas;
use bersinar::diag::{Format, Messages, has_errors, show_all};
use bersinar::emit::{Memory, Site};
use bersinar::pipeline::{self, Options};
use bersinar::value::{AreaCode, AreaLevel, slugify};
use lay::Files;
use std::collections::BTreeSet;

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

fn area(code: &str) -> AreaCode {
    AreaCode::parse(code).unwrap()
}

/// The small site in two languages, with the whole of some areas besides its own.
fn site_of(codes: &[&str]) -> Files {
    let mut files = lay::small_site();
    files.extend(lay::real_words(&["id", "en"]));
    let settings = String::from_utf8(files["bersinar.toml"].clone()).unwrap();
    let covered = format!("\"{}\", ", codes.join("\", \""));
    let settings = settings.replace("cakupan = [", &format!("cakupan = [{covered}"));
    let settings = settings.replace("bahasa = [\"id\"]", "bahasa = [\"id\", \"en\"]");
    files.insert("bersinar.toml".to_owned(), settings.into_bytes());
    for code in codes {
        let front = format!("tingkat = \"bnnk\"\nwilayah = [\"{code}\"]");
        files.insert(format!("content/kantor/bnnk-{}.md", slugify(code)), page("Kantor", &front));
    }
    files
}

fn page(title: &str, front: &str) -> Vec<u8> {
    let front = format!("judul = \"{title}\"\nringkasan = \"{title}, contoh saja.\"\n{front}\n");
    format!("+++\n{front}+++\n").into_bytes()
}

/// A page in `content/unit/` for each desa in an area, with its path.
fn units_in(code: &str, suffix: &str) -> Files {
    let desa = areas::within(&area(code)).iter().filter(|a| a.code.level() == AreaLevel::Village);
    let unit = |desa: &areas::Area| {
        let title = format!("IBM {}{suffix}", desa.official);
        let path = format!("content/unit/{}-{}.md", slugify(&title), slugify(desa.code.as_str()));
        let front = format!(
            "program = [\"ibm\"]\nwilayah = \"{}\"\nkantor = \"@/kantor/bnnk-{}.md\"\n\
             status = \"dilaporkan\"\nper = \"2026-10-01\"\nsumber = [\"berita-2021\"]",
            desa.code,
            slugify(&code[..5])
        );
        (path, page(&title, &front))
    };
    desa.map(unit).collect()
}

/// The addresses of a page's links that begin with one of these.
fn links<'a>(site: &'a Site, url: &str, begins: &str) -> BTreeSet<&'a str> {
    let html = text(site, &format!("{}index.html", url.trim_start_matches('/')));
    let main = html.split_once("</nav>\n<h1>").map_or(html, |(_, main)| main);
    let links = main.split("href=\"").skip(1).filter_map(|rest| Some(rest.split_once('"')?.0));
    links.filter(|link| link.starts_with(begins) && *link != url).collect()
}

const ACEH_UTARA: &str = "/wilayah/aceh/kabupaten-aceh-utara/";

#[test]
fn a_kabupaten_with_a_unit_in_every_desa_leads_to_each_by_its_kecamatan() {
    let mut files = site_of(&["11.08"]);
    let units = units_in("11.08", "");
    assert_eq!(units.len(), 852);
    files.extend(units.clone());
    files.insert("content/unit/_index.md".to_owned(), section("Semua unit"));
    let site = built(&files);
    assert_eq!(links(&site, "/wilayah/aceh/", "/unit/"), BTreeSet::new());
    assert_eq!(links(&site, ACEH_UTARA, "/unit/"), BTreeSet::new());
    let districts = links(&site, ACEH_UTARA, ACEH_UTARA);
    assert_eq!(districts.len(), 27);
    let found: Vec<&str> =
        districts.iter().flat_map(|district| links(&site, district, "/unit/")).collect();
    let wanted = units.keys().map(|path| path.replace("content", "").replace(".md", "/"));
    let mut wanted: Vec<String> = wanted.collect();
    wanted.sort();
    let mut found = found;
    found.sort_unstable();
    assert_eq!(found, wanted, "each unit once");
    let lhoksukon = format!("{ACEH_UTARA}lhoksukon/");
    assert_eq!(links(&site, &lhoksukon, "/unit/").len(), 75);
    assert!(links(&site, &lhoksukon, "/kantor/").contains("/kantor/bnnk-11-08/"));
    assert!(text(&site, &format!("{}index.html", &lhoksukon[1..])).contains("tel:119"));
    assert!(text(&site, &format!("en{lhoksukon}index.html")).contains("<html lang=\"en\""));
    for url in [&lhoksukon, &format!("/en{lhoksukon}")] {
        assert!(text(&site, "sitemap.xml").contains(&format!("{url}</loc>")), "{url}");
    }
    let headers = text(&site, "_headers");
    assert!(headers.lines().filter(|line| line.starts_with('/')).count() < 40, "{headers}");
    assert_eq!(links(&site, "/kantor/bnnk-11-08/", "/unit/"), BTreeSet::new());
    assert!(links(&site, "/kantor/bnnk-11-08/", "/wilayah/").contains(ACEH_UTARA));
    let listed = links(&site, "/unit/", "/wilayah/");
    assert!(listed.contains(lhoksukon.as_str()), "a long section leads on by area: {listed:?}");
    assert_eq!(links(&site, "/unit/", "/unit/").len(), 0);
}

#[test]
fn the_largest_kecamatan_lists_its_units_itself_and_twice_as_many_by_desa() {
    let mut files = site_of(&["95.06"]);
    files.extend(units_in("95.06.03", ""));
    let abenaho = "/wilayah/papua-pegunungan/kabupaten-yalimo/abenaho/";
    let site = built(&files);
    assert_eq!(links(&site, abenaho, "/unit/").len(), 108);
    assert_eq!(links(&site, abenaho, abenaho).len(), 0);
    files.extend(units_in("95.06.03", " dua"));
    let site = built(&files);
    assert_eq!(links(&site, abenaho, "/unit/").len(), 0);
    let desa = links(&site, abenaho, abenaho);
    assert_eq!(desa.len(), 108);
    assert!(desa.iter().all(|desa| links(&site, desa, "/unit/").len() == 2));
}

#[test]
fn the_screening_tells_offices_always_and_units_while_they_are_few() {
    let mut files = site_of(&["31.73"]);
    let few = lay::island(&built(&files)["cek/index.html"]);
    assert_eq!((few.offices.len(), few.units.len()), (2, 1));
    let finder = "href=\"/wilayah/\"";
    files.extend(units_in("31.73", ""));
    let site = built(&files);
    let many = lay::island(&site["cek/index.html"]);
    assert_eq!((many.offices, many.units.len()), (few.offices, 0));
    let listed: Vec<&str> = many.areas.iter().map(|area| area.code.as_str()).collect();
    assert_eq!(listed, ["31", "31.72", "31.73"], "those with an office of their own");
    let paper = text(&site, "cek/index.html").split_once("id=\"kertas\"").unwrap().1;
    let contacts = paper.split_once("class=\"hubungi\"").unwrap().1.split_once("</section>");
    assert!(contacts.unwrap().0.contains(finder), "where units are listed");
    assert!(!paper.contains("href=\"/unit/") && !paper.contains("href=\"/wilayah/dki"));
}

#[test]
fn all_offices_of_the_nation_stand_in_the_screening_and_lead_to_no_heavy_page() {
    let mut files = lay::small_site();
    let settings = String::from_utf8(files["bersinar.toml"].clone()).unwrap();
    let settings = settings.replace("cakupan = [\"31.72\"]\n", "");
    files.insert("bersinar.toml".to_owned(), settings.into_bytes());
    for area in areas::provinces_and_regencies() {
        let level = if area.code.level() == AreaLevel::Province { "bnnp" } else { "bnnk" };
        let front = format!("tingkat = \"{level}\"\nwilayah = [\"{}\"]", area.code);
        let path = format!("content/kantor/{level}-{}.md", slugify(area.code.as_str()));
        files.insert(path, page(&format!("Kantor {}", area.everyday()), &front));
    }
    files.insert("content/kantor/_index.md".to_owned(), section("Kantor"));
    let site = built(&files);
    let provinces = links(&site, "/kantor/", "/wilayah/");
    assert_eq!((provinces.len(), links(&site, "/kantor/", "/kantor/").len()), (38, 0));
    let east_java = links(&site, "/wilayah/jawa-timur/", "/kantor/");
    assert_eq!(east_java, BTreeSet::from(["/kantor/bnnp-35/"]), "the others are on 38 pages");
    assert_eq!(links(&site, "/wilayah/jawa-timur/", "/wilayah/jawa-timur/").len(), 38);
    let surabaya = links(&site, "/wilayah/jawa-timur/kota-surabaya/", "/kantor/");
    assert_eq!(surabaya, BTreeSet::from(["/kantor/bnnk-35-78/", "/kantor/bnnp-35/"]));
    let island = lay::island(&site["cek/index.html"]);
    assert_eq!((island.offices.len(), island.areas.len()), (38 + 514 + 1, 38 + 514));
}
