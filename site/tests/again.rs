//! A site built again into the same output: what is made from the same is taken over, and nothing else is.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

mod lay;

use bersinar::content::{self, Digest, Held};
use bersinar::emit::{Output, Sink, Staging};
use bersinar::pipeline::{self, Options};
use lay::Files;
use std::collections::BTreeSet;
use std::io;
use std::path::Path;
use std::sync::Mutex;

/// A folder, and the names of the files that were made for it.
struct Watched {
    staging: Staging,
    made: Mutex<BTreeSet<String>>,
}

impl Sink for Watched {
    fn put(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.made.lock().unwrap().insert(path.to_owned());
        self.staging.put(path, bytes)
    }

    fn keep(&self, path: &str) -> io::Result<bool> {
        self.staging.keep(path)
    }

    fn knows(&self, origin: &Digest) -> bool {
        self.staging.knows(origin)
    }

    fn note(&self, origin: Digest) {
        self.staging.note(origin);
    }
}

/// A site on disk with its output, for a day and an address.
struct Site<'a> {
    folder: &'a Path,
    options: Options,
}

impl Site<'_> {
    /// Lays the files and builds them into the same output as ever: the pages and feeds that were made. The
    /// output is the one of a first build.
    fn build(&self, files: &Files) -> BTreeSet<String> {
        let site = self.folder.join("site");
        let _ = std::fs::remove_dir_all(&site);
        lay::write(files, &site);
        let again = self.folder.join("again");
        let made = self.build_into(&again);
        let fresh = tempfile::tempdir().unwrap();
        let all = self.build_into(&fresh.path().join("dist"));
        assert!(made.is_subset(&all));
        let (again, fresh) = (lay::files_in(&again), lay::files_in(&fresh.path().join("dist")));
        let of_site = |(path, _): &(&String, &Vec<u8>)| *path != ".bersinar";
        assert!(again.iter().filter(of_site).eq(fresh.iter().filter(of_site)));
        made.into_iter().filter(|path| is_from_job(path)).collect()
    }

    fn build_into(&self, place: &Path) -> BTreeSet<String> {
        let site = self.folder.join("site");
        let source = content::read(&site, Held::ButPages).unwrap();
        let staging = Staging::beside(&Output::of(&site, place).unwrap()).unwrap();
        let watched = Watched { staging, made: Mutex::default() };
        let faults = pipeline::build(&source, &self.options, &watched).unwrap();
        assert!(!bersinar::diag::has_errors(&faults), "{faults:?}");
        watched.staging.publish().unwrap();
        watched.made.into_inner().unwrap()
    }
}

/// Assets and what hosts are told are handed over each time.
fn is_from_job(path: &str) -> bool {
    [".html", ".xml", "robots.txt"].iter().any(|ending| path.ends_with(ending))
}

fn edit(files: &mut Files, path: &str, from: &str, to: &str) {
    let text = String::from_utf8(files[path].clone()).unwrap();
    assert!(text.contains(from), "{path}: {from}");
    files.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes());
}

const PAGE: &str = "content/unit/ancol.md";
const ADDRESS: &str = "unit/ancol/index.html";

#[test]
fn what_is_made_from_the_same_is_taken_over() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options { today: lay::TODAY.parse().unwrap(), base_url: None };
    let mut site = Site { folder: folder.path(), options };
    let mut files = lay::small_site();
    let all = site.build(&files);
    assert!(all.len() > 12, "{all:?}");
    let always = site.build(&files);
    assert!(always.len() < 4, "only what is bound to the body of another page: {always:?}");
    assert!(!always.contains(ADDRESS));
    let with = |path: &str| always.iter().cloned().chain([path.to_owned()]).collect();
    edit(&mut files, PAGE, "hanya contoh.", "hanya sebuah contoh.");
    let of_page: BTreeSet<String> = with(ADDRESS);
    assert_eq!(site.build(&files), of_page);
    assert_eq!(site.build(&files), always);
    edit(&mut files, PAGE, "hanya sebuah contoh.", "hanya contoh.");
    assert_eq!(site.build(&files), of_page, "also where the build before the last had the same");
    edit(&mut files, PAGE, "judul = \"", "judul = \"Lain: ");
    assert_eq!(site.build(&files), all, "others may show what the front matter says");
    site.options.today = site.options.today.tomorrow().unwrap();
    assert_eq!(site.build(&files), all, "what a page says depends on the day");
    site.options.base_url = bersinar::value::Url::parse("https://lain.example");
    assert_eq!(site.build(&files), all);
    edit(&mut files, "bersinar.toml", "\n", "\n\n");
    assert_eq!(site.build(&files), all, "any file that is not a page may concern any page");
    files.insert("content/unit/baru.md".to_owned(), files[PAGE].clone());
    assert!(site.build(&files).len() > all.len());
    files.remove("content/unit/baru.md");
    assert_eq!(site.build(&files), all);
    assert_eq!(site.build(&files), always);
}

#[test]
fn what_must_be_told_is_told_each_time() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options { today: lay::TODAY.parse().unwrap(), base_url: None };
    let site = Site { folder: folder.path(), options };
    let mut files = lay::small_site();
    let mut long = vec!["kata"; 60].join(" ");
    long.push_str(". Unit ini hanya contoh.");
    edit(&mut files, PAGE, "Unit ini hanya contoh.", &long);
    site.build(&files);
    let made = site.build(&files);
    assert!(made.contains(ADDRESS), "its warning would be lost: {made:?}");
}

#[test]
fn a_page_that_leads_to_a_heading_elsewhere_is_held_against_it_each_time() {
    let folder = tempfile::tempdir().unwrap();
    let options = Options { today: lay::TODAY.parse().unwrap(), base_url: None };
    let site = Site { folder: folder.path(), options };
    let mut files = lay::small_site();
    let link = "[Biayanya](@/ibm/panduan.md#biaya) ada di sana.\n";
    files.get_mut(PAGE).unwrap().extend_from_slice(link.as_bytes());
    site.build(&files);
    assert!(site.build(&files).contains(ADDRESS));
    edit(&mut files, "content/ibm/panduan.md", "{#biaya}", "{#ongkos}");
    lay::write(&files, &folder.path().join("site"));
    let source = content::read(&folder.path().join("site"), Held::ButPages).unwrap();
    let output = Output::of(&folder.path().join("site"), &folder.path().join("again")).unwrap();
    let staging = Staging::beside(&output).unwrap();
    let faults = pipeline::build(&source, &site.options, &staging).unwrap();
    assert!(bersinar::diag::has_errors(&faults), "the heading is gone");
}
