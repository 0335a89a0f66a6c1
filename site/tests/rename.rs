//! Old addresses of pages: what stands there, and who knows of it. And `rename`: every page of the real
//! site gets another name, and back.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

mod lay;

use bersinar::content;
use bersinar::diag::{Fault, Format, Messages, show_all};
use bersinar::emit::{Memory, Site};
use bersinar::hosting::headers_of;
use bersinar::model::{self, Reach};
use bersinar::pipeline::{self, Options};
use bersinar::rename::{self, Plan, Refusal};
use lay::Files;
use std::collections::{BTreeMap, BTreeSet};

fn options() -> Options {
    Options { today: lay::TODAY.parse().unwrap(), base_url: None }
}

fn built(files: &Files) -> (Site, Vec<Fault>) {
    let memory = Memory::default();
    let faults = pipeline::build(&lay::source(files), &options(), &memory).unwrap();
    (memory.into_site(), faults)
}

fn shown(files: &Files, faults: &[Fault]) -> String {
    let sources = pipeline::sources(&lay::source(files), faults);
    show_all(faults, &sources, &Messages::in_language("id"), Format::Text)
}

/// Some files with a line put behind the first line of the head of a page.
fn with_key(mut files: Files, path: &str, key: &str) -> Files {
    let text = String::from_utf8(files[path].clone()).unwrap();
    files.insert(path.to_owned(), text.replacen("+++\n", &format!("+++\n{key}\n"), 1).into_bytes());
    files
}

fn text<'a, B: AsRef<[u8]>>(files: &'a BTreeMap<String, B>, path: &str) -> &'a str {
    std::str::from_utf8(files[path].as_ref()).unwrap()
}

#[test]
fn an_old_address_leads_to_the_page_and_is_known_to_hosts_and_not_to_search_engines() {
    let files = with_key(lay::real_site(), "content/unit/ancol.md", "alias = [\"/unit/dulu/\"]");
    let files = with_key(files, "content/cek.md", "alias = [\"/periksa/diri/\"]");
    let files = with_key(files, "content/cek.en.md", "alias = [\"/en/cek/old/\"]");
    let (site, faults) = built(&files);
    let (before, told) = built(&lay::real_site());
    assert_eq!(shown(&files, &faults), shown(&files, &told));
    let rules = text(&site, "_headers");
    for (address, target) in
        [("/unit/dulu/", "/unit/ancol/"), ("/periksa/diri/", "/cek/"), ("/en/cek/old/", "/en/cek/")]
    {
        let page = text(&site, &format!("{}index.html", &address[1..]));
        for part in [
            format!("<meta http-equiv=\"refresh\" content=\"0; url={target}\">"),
            format!("<a href=\"{target}\">"),
            "<meta name=\"robots\" content=\"noindex\">".to_owned(),
            "<meta name=\"referrer\" content=\"no-referrer\">".to_owned(),
            format!("<html lang=\"{}\">", if address.starts_with("/en/") { "en" } else { "id" }),
        ] {
            assert!(page.contains(&part), "{address}: {part} in {page}");
        }
        let canonical = page.split("rel=\"canonical\" href=\"").nth(1).unwrap();
        let canonical = canonical.split('"').next().unwrap();
        assert!(canonical.ends_with(target) && canonical.starts_with("https://"), "{canonical}");
        assert!(!page.contains("<script"), "{page}");
        assert_eq!(headers_of(rules, address), headers_of(rules, "/ibm/"), "{address}");
        assert!(!text(&site, "sitemap.xml").contains(address), "{address}");
    }
    let others = site.iter().filter(|(path, bytes)| before.get(*path) != Some(*bytes));
    let others: Vec<&str> = others.map(|(path, _)| path.as_str()).collect();
    let new = ["en/cek/old/index.html", "periksa/diri/index.html", "unit/dulu/index.html"];
    let told = [".htaccess", "_headers"];
    assert!(new.iter().all(|path| others.contains(path)), "{others:?}");
    assert!(others.iter().all(|path| new.contains(path) || told.contains(path)), "{others:?}");
}

#[test]
fn an_old_address_of_the_sealed_page_tells_nothing_of_it() {
    let good = with_key(lay::real_site(), "content/cek.md", "alias = [\"/periksa/\"]");
    let (site, _) = built(&good);
    let page = text(&site, "periksa/index.html");
    let other = with_key(lay::real_site(), "content/unit/ancol.md", "alias = [\"/periksa/\"]");
    let (site, _) = built(&other);
    assert_eq!(page.replace("/cek/", "/unit/ancol/"), text(&site, "periksa/index.html"));
    let bad = with_key(lay::real_site(), "content/cek.md", "alias = [\"/skrining/narkoba/\"]");
    let (_, faults) = built(&bad);
    let words = faults.iter().filter(|fault| fault.code.as_str() == "B504");
    assert_eq!(words.count(), 2, "{}", shown(&bad, &faults));
}

/// What changes when a page of a site gets another name.
fn planned(files: &Files, from: &str, to: &str) -> Result<Plan, Refusal> {
    let source = lay::source(files);
    let (content, _) = content::parse(&source).unwrap();
    let content = content.unwrap();
    let (model, _) = model::assemble(&content, options().today, Reach::Site);
    rename::plan(&source, &model, from, to)
}

/// The site after a plan.
fn changed(mut files: Files, plan: &Plan) -> Files {
    for change in plan.files() {
        let before = files.remove(&change.path);
        assert_eq!(before, change.before.map(String::into_bytes), "{}", change.path);
        files.extend(change.after.map(|text| (change.path, text.into_bytes())));
    }
    files
}

/// What is wrong with a site, without its pages being made; and where each address leads that hosts are
/// told of.
fn told(files: &Files) -> Vec<String> {
    let (_, faults) = pipeline::hosting(&lay::source(files), &options()).unwrap();
    let mut told: Vec<String> = faults
        .iter()
        .map(|fault| format!("{} {}", fault.code.as_str(), fault.fact("value").unwrap_or_default()))
        .collect();
    told.sort();
    told
}

/// The pages that can get another name, by their paths below `content/` without ending or language.
fn pages(files: &Files) -> BTreeSet<String> {
    let pages = files.keys().filter_map(|path| path.strip_prefix("content/")?.strip_suffix(".md"));
    let names = pages.map(|page| page.strip_suffix(".en").unwrap_or(page).to_owned());
    names.filter(|page| !page.ends_with("_index")).collect()
}

fn alias_line(address: &str) -> String {
    format!("alias = [\"{address}\"]\n")
}

/// Every page gets another name in its folder: nothing new is wrong, each file differs in the links to it
/// alone, and back under its old name it differs in its old address alone.
#[test]
fn every_page_of_the_real_site_can_be_renamed_and_back() {
    let files = lay::real_site();
    let before = told(&files);
    let pages = pages(&files);
    assert!(pages.len() > 40, "{}", pages.len());
    for page in &pages {
        let new = format!("{page}-x2");
        let plan =
            planned(&files, page, &new).unwrap_or_else(|refusal| panic!("{page}: {refusal:?}"));
        let renamed = changed(files.clone(), &plan);
        assert_eq!(told(&renamed), before, "{page}");
        assert_only_links_differ(&files, &renamed, &plan, [page, &new]);
        let back = planned(&renamed, &new, page).unwrap();
        let back = changed(renamed, &back);
        for (path, bytes) in &back {
            let text = String::from_utf8_lossy(bytes);
            let languages = [format!("/{new}/"), format!("/en/{new}/")];
            let text = languages
                .iter()
                .fold(text.into_owned(), |text, old| text.replace(&alias_line(old), ""));
            assert!(text.as_bytes() == files[path], "{page}: {path}");
        }
        assert_eq!(back.len(), files.len());
    }
}

/// With the new links made old again, without old addresses and seals, the two sites are the same.
fn assert_only_links_differ(files: &Files, renamed: &Files, plan: &Plan, [old, new]: [&String; 2]) {
    let unsealed = |text: String| -> String {
        let lines = text.split_inclusive('\n').filter(|line| !line.starts_with("sidik = "));
        lines.collect()
    };
    for (path, bytes) in renamed {
        let moved = plan.moves.iter().find(|moved| moved.paths[1] == *path);
        let before = &files[moved.map_or(path, |moved| &moved.paths[0])];
        if before == bytes {
            continue;
        }
        let mut text = String::from_utf8(bytes.clone()).unwrap();
        if moved.is_some() {
            let alias = [format!("/{old}/"), format!("/en/{old}/")].map(|old| alias_line(&old));
            assert!(alias.iter().any(|line| text.contains(line)), "{path}: {text}");
            text = alias.iter().fold(text, |text, line| text.replace(line, ""));
        }
        let text = text.replace(&format!("@/{new}.md"), &format!("@/{old}.md"));
        let before = String::from_utf8(before.clone()).unwrap();
        assert_eq!(unsealed(text), unsealed(before), "{path}");
    }
}

/// The good site with other texts of some files.
fn good_with(texts: &[(&str, &str)]) -> Files {
    let mut files = lay::good_site();
    files.extend(texts.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())));
    files
}

const SECTION: &str = "content/ibm/_index.md";
const LINKS: &str = "\u{feff}+++\r\njudul = \"Apa itu IBM?\"  # tetap\r\nringkasan = \"Bantuan dari warga.\"\r\n\r\n[[pintu]]\r\n\
    judul = \"Tanya\"\r\nteks = \"Ke mana.\"\r\nke   =   '@/bantuan.md#datang' # ke @/bantuan.md\r\n+++\r\n\r\n\
    Baca [cara](@/bantuan.md#bertanya), [lagi](<@/bantuan.md> \"lihat @/bantuan.md\"), [@/bantuan.md](@/bantuan.md).\r\n\
    Juga [**itu**][b], [x] dan `[kode](@/bantuan.md)`, [lain](@/unit/ancol.md).\r\n\r\n\
    > - ![Denah](@/ibm/denah.svg) dan [dalam](@/bantuan.md)\r\n\r\n\
    ```\r\n[kode](@/bantuan.md)\r\n```\r\n\r\n\
    [b]: @/bantuan.md#datang \"Ke @/bantuan.md\"\r\n[x]: <@/bantuan.md>\r\n";

#[test]
fn links_of_every_form_are_led_over_and_nothing_else_is_touched() {
    let files = good_with(&[(SECTION, LINKS)]);
    let plan = planned(&files, "@/bantuan.md", "content/tanya-dulu.md").unwrap();
    let after = changed(files, &plan);
    let wanted = [
        ("'@/bantuan.md#datang'", "'@/tanya-dulu.md#datang'"),
        ("[cara](@/bantuan.md#", "[cara](@/tanya-dulu.md#"),
        ("[lagi](<@/bantuan.md>", "[lagi](<@/tanya-dulu.md>"),
        ("[@/bantuan.md](@/bantuan.md)", "[@/bantuan.md](@/tanya-dulu.md)"),
        ("[dalam](@/bantuan.md)", "[dalam](@/tanya-dulu.md)"),
        ("[b]: @/bantuan.md#", "[b]: @/tanya-dulu.md#"),
        ("[x]: <@/bantuan.md>", "[x]: <@/tanya-dulu.md>"),
    ];
    let wanted = wanted.iter().fold(LINKS.to_owned(), |text, (old, new)| {
        assert_eq!(text.matches(old).count(), 1, "{old}");
        text.replace(old, new)
    });
    assert_eq!(text(&after, SECTION), wanted);
    let config = text(&after, "bersinar.toml");
    assert_eq!(config.matches("@/tanya-dulu.md").count(), 5, "{config}");
    let moved = text(&after, "content/tanya-dulu.md");
    assert!(moved.starts_with("+++\njudul = \"Bantuan\"\nringkasan = \"Ke mana bertanya.\"\nalias = [\"/bantuan/\"]\n+++\n"), "{moved}");
    assert!(!after.contains_key("content/bantuan.md"));
    assert_eq!(plan.addresses, [["/bantuan/", "/tanya-dulu/"]]);
}

#[test]
fn seals_that_fit_still_fit_and_others_are_left_alone() {
    let office = "content/kantor/bnnk-utara.md";
    let rename = |files: Files| {
        let plan = planned(&files, "kantor/bnnk-utara", "kantor/utara").unwrap();
        let after = changed(files, &plan);
        let (_, faults) = built(&after);
        (shown(&after, &faults), after)
    };
    let (told, after) = rename(lay::good_site());
    assert_eq!(told, "");
    let confirmations = text(&after, "content/data/konfirmasi.toml");
    assert!(
        confirmations.contains("milik = \"@/kantor/utara.md\"")
            && !confirmations.contains("5d635a23")
    );
    assert!(confirmations.contains("6a7f8ff3"), "that of another contact stays");
    let mut forged = lay::good_site();
    let other = String::from_utf8(forged[office].clone()).unwrap().replace("73d8beac", "00000000");
    forged.insert(office.to_owned(), other.into_bytes());
    let (told, after) = rename(forged);
    assert!(told.contains("B423") && text(&after, "content/kantor/utara.md").contains("00000000"));
}

/// A site in which a page can be renamed wrongly in every way.
fn trap() -> Files {
    let broken = LINKS.replace("judul = \"Apa itu IBM?\"", "judul = Apa itu IBM?");
    let unit = text(&lay::good_site(), "content/unit/ancol.md").replacen('\n', "\r\n", 1);
    let finder = "+++\njudul = \"Daerah\"\nringkasan = \"x\"\ntemplat = \"wilayah\"\n+++\n";
    let site = good_with(&[
        (SECTION, &broken),
        ("content/unit/campur.md", &unit),
        ("content/daerah.md", finder),
    ]);
    with_key(site, "content/unit/ancol.md", "alias = [\"/tanya/lama/\"]")
}

fn refused(site: &Files, from: &str, to: &str) -> Refusal {
    planned(site, from, to).unwrap_err()
}

#[test]
fn a_name_that_cannot_be_is_refused_and_a_good_one_offered() {
    let site = trap();
    let s = str::to_owned;
    let near = vec![s("@/unit/ancol.md"), s("@/unit/campur.md"), s("@/bantuan.md")];
    assert_eq!(refused(&site, "unit/ancl", "unit/x"), Refusal::Unknown(s("@/unit/ancl.md"), near));
    let bad = |name: &str, good: Option<&str>| {
        let found = refused(&site, "unit/ancol", name);
        assert!(
            matches!(&found, Refusal::BadName(_, offered) if offered.as_deref() == good),
            "{found:?}"
        );
    };
    bad("unit/Ancol Dua", Some("unit/ancol-dua"));
    for name in ["../x", "unit/..", "unit//x", "unit/con", "", "unit/", &"x".repeat(101)] {
        bad(name, None);
    }
    for (from, to, becomes, good) in [
        ("unit/ancol", "kantor/ancol", "@/kantor/ancol.md", "unit/ancol"),
        ("unit/ancol", "baru", "@/baru.md", "unit/baru"),
        ("bantuan", "data/bantuan", "@/data/bantuan.md", "bantuan"),
    ] {
        assert_eq!(refused(&site, from, to), Refusal::OtherKind(s(becomes), s(good)));
    }
    let same = refused(&site, "unit/ancol", "@/unit/ancol.md");
    assert_eq!(same, Refusal::SameName(s("@/unit/ancol.md")));
    let topic = refused(&lay::small_site(), "cek", "skrining");
    assert_eq!(topic, Refusal::TopicWord(s("@/skrining.md"), s("skrining")));
}

#[test]
fn a_page_that_others_need_where_it_is_is_refused() {
    let site = trap();
    let s = str::to_owned;
    for page in ["_index", "ibm/_index.md", "wilayah/_index", "daerah"] {
        assert!(matches!(refused(&site, page, "x"), Refusal::PagesBelow(_)), "{page}");
    }
    for (from, to, place, other) in [
        ("unit/ancol", "unit/campur", "@/unit/campur.md", "content/unit/campur.md"),
        ("bantuan", "daerah/dki-jakarta", "/daerah/dki-jakarta/", "31 DKI Jakarta"),
        ("bantuan", "k", "/k/", "templates/pages/exit.html"),
        ("bantuan", "aset/x", "/aset/x/", "/aset/"),
        ("bantuan", "tanya/lama", "/tanya/lama/", "content/unit/ancol.md"),
    ] {
        assert_eq!(refused(&site, from, to), Refusal::Taken(s(place), s(other)));
    }
    assert_eq!(refused(&site, "bantuan", "tanya"), Refusal::NotChangeable(s(SECTION)));
    let mixed = refused(&site, "unit/campur", "unit/rapi");
    assert_eq!(mixed, Refusal::NotChangeable(s("content/unit/campur.md")));
}

#[test]
fn it_is_shown_first_and_written_whole() {
    let folder = tempfile::tempdir().unwrap();
    let files = lay::good_site();
    lay::write(&files, folder.path());
    let before = lay::files_in(folder.path());
    let names = ["rename", "content/unit/ancol.md", "unit/ancol-baru"];
    let dry = lay::run(folder.path(), &[&names[..], &["--dry-run"]].concat());
    assert_eq!((lay::code(&dry), lay::told(&dry).as_str()), (0, ""));
    let shown = "--- content/unit/ancol.md\n+++ content/unit/ancol-baru.md\n";
    assert!(lay::said(&dry).starts_with(shown), "{}", lay::said(&dry));
    assert!(lay::said(&dry).contains("/unit/ancol/ → /unit/ancol-baru/"));
    assert_eq!(lay::files_in(folder.path()), before);
    let written = lay::run(folder.path(), &names);
    assert_eq!((lay::code(&written), lay::told(&written).as_str()), (0, ""));
    let plan = planned(&files, "unit/ancol", "unit/ancol-baru").unwrap();
    assert_eq!(lay::files_in(folder.path()), changed(files, &plan));
    assert_eq!(lay::code(&lay::run(folder.path(), &["check"])), 0);
    for (line, part) in [
        (["rename", "unit/ancol", "unit/x"], "`@/unit/ancol-baru.md`"),
        (["rename", "unit/ancol-baru", "Ancol"], "Misalnya ancol"),
        (["rename", "unit/ancol-baru", "kantor/x"], "misalnya unit/x"),
        (["rename", "unit/ancol-baru", "unit/.."], "Pakai nama lain"),
        (["rename", "kantor/_index", "kantor/x"], "tidak ada"),
        (["rename", "_index", "x"], "di bawah alamatnya"),
    ] {
        let refused = lay::run(folder.path(), &line);
        assert_eq!(lay::code(&refused), 2, "{line:?}");
        assert!(lay::told(&refused).contains(part), "{line:?}: {}", lay::told(&refused));
    }
}

/// The whole site before and after: the old addresses lead to the new ones in each language, and every
/// file is the same but for the addresses of the page.
#[test]
fn every_file_of_the_site_is_the_same_but_for_the_address() {
    let files = lay::real_site();
    let plan = planned(&files, "keluarga", "keluarga-x2").unwrap();
    let (after, faults) = built(&changed(files.clone(), &plan));
    let (before, told) = built(&files);
    assert_eq!(faults.len(), told.len());
    assert_eq!(after.len(), before.len() + 2);
    for (path, bytes) in &before {
        let now = text_of(&after[&path.replace("keluarga/index", "keluarga-x2/index")]);
        let now = now.replace("/keluarga-x2/", "/keluarga/");
        if now.as_bytes() != &**bytes {
            assert!([".htaccess", "_headers"].contains(&path.as_str()), "{path}");
        }
    }
    for root in ["", "en/"] {
        let old = text(&after, &format!("{root}keluarga/index.html"));
        assert!(old.contains(&format!("content=\"0; url=/{root}keluarga-x2/\"")), "{old}");
    }
}

fn text_of(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
