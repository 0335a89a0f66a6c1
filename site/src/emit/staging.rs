//! Finished files → a folder beside the output that takes its place once it is complete.
//!
//! The folder is not made anew each time: it is the site before the published one, brought up to
//! date by what differs. Its files are replaced, never written into: a web server may still be
//! sending them.

use super::generation::{Generation, Stamp, stamp};
use super::lock::Lock;
use super::manifest::{Listed, MANIFEST_FILE, Manifest, Sum, sum};
use super::output::{MARKER, Output, Refusal};
use super::{Sink, held};
use crate::assets;
use crate::content::Digest;
use crate::value::hexadecimal;
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

/// The first line of the marker.
const MAKER: &str = concat!("bersinar ", env!("CARGO_PKG_VERSION"), "\n");

/// A folder that becomes the output. Dropped before that, it leaves everything as it was.
#[derive(Debug)]
pub struct Staging {
    output: Output,
    folder: PathBuf,
    /// What the folder held when it was taken up: an old site.
    base: Option<Generation>,
    /// What stands in the output.
    current: Option<Generation>,
    /// Whether this version of the program made that.
    is_own: bool,
    files: Mutex<Vec<(Listed, Stamp)>>,
    origins: Mutex<Vec<Digest>>,
    is_touched: AtomicBool,
    // These two in this order: the folder goes before those in which it lies.
    lock: Lock,
    _parents: Parents,
}

/// What was published.
#[derive(Debug)]
pub struct Published {
    /// How many files the site has.
    pub files: usize,
    /// The SHA-256 of the list of all files, in hexadecimal digits.
    pub sum: String,
}

impl Staging {
    /// Takes up the folder beside the output, after mending what an earlier build left behind.
    ///
    /// # Errors
    /// [`Refusal`] where another build is at it, or it cannot be made.
    pub fn beside(output: &Output) -> Result<Self, Refusal> {
        let unwritable = |error| Refusal::Unwritable(output.named.clone(), error);
        let parents = Parents::of(&output.place).map_err(unwritable)?;
        let lock = Lock::take(output)?;
        let mut staging = Self {
            output: output.clone(),
            folder: output.next(),
            base: None,
            current: None,
            is_own: false,
            files: Mutex::default(),
            origins: Mutex::default(),
            is_touched: AtomicBool::new(false),
            lock,
            _parents: parents,
        };
        staging.take_up().map_err(unwritable)?;
        Ok(staging)
    }

    fn take_up(&mut self) -> io::Result<()> {
        let Output { place, workshop, .. } = &self.output;
        self.output.recover()?;
        self.current = Generation::read(place, workshop);
        let marker = fs::read_to_string(place.join(MARKER)).unwrap_or_default();
        self.is_own = marker.starts_with(MAKER);
        let previous = self.output.previous();
        let base = Generation::read(&previous, workshop);
        self.base = base.filter(|base| base.is_intact(&previous));
        if self.base.is_some() {
            return fs::rename(&previous, &self.folder);
        }
        self.output.forget(&previous)?;
        fs::create_dir(&self.folder)
    }

    /// The SHA-256 of a file as this version of the program published it last. None where another
    /// version did, or where that is not known.
    pub(super) fn published(&self, path: &str) -> Option<Sum> {
        let (file, _) = self.current.as_ref().filter(|_| self.is_own)?.known(path)?;
        Some(file.sum)
    }

    /// Where a published file lies.
    pub(super) fn published_place(&self, path: &str) -> PathBuf {
        self.output.place.join(path)
    }

    /// Puts the folder in the place of the output.
    ///
    /// # Errors
    /// [`Refusal`] with what keeps it from being put there; the old output then still stands.
    pub fn publish(self) -> Result<Published, Refusal> {
        let unwritable = |error| Refusal::Unwritable(self.output.named.clone(), error);
        let published = self.complete().map_err(unwritable)?;
        self.output.refuse_what_is_not_ours()?;
        self.output.put_in_place().map_err(unwritable)?;
        // The new site stands. Where the old one cannot be kept the next build writes every file.
        let _ = fs::rename(&self.folder, self.output.previous());
        Ok(published)
    }

    /// Adds what is known only at the end, and takes away what is no longer part of the site.
    fn complete(&self) -> io::Result<Published> {
        let mut files = std::mem::take(&mut *held(&self.files));
        files.sort_unstable_by(|a, b| a.0.path.cmp(&b.0.path));
        let (files, stamps): (Vec<Listed>, Vec<Stamp>) = files.into_iter().unzip();
        let manifest = Manifest::of(files).ok_or(ErrorKind::AlreadyExists)?;
        let earlier = self.bring_assets_before(&manifest)?;
        let text = manifest.text();
        self.write(MANIFEST_FILE, text.as_bytes())?;
        self.write(MARKER, format!("{MAKER}{}", earlier.text()).as_bytes())?;
        let mut origins = std::mem::take(&mut *held(&self.origins));
        origins.sort_unstable();
        let next = Generation { manifest, earlier, stamps, origins };
        if let Some(base) = &self.base {
            remove_what_is_gone(base, &next, &self.folder)?;
        }
        next.record(&self.folder, &self.output.workshop)?;
        let sum = hexadecimal(&sum(text.as_bytes()));
        Ok(Published { files: next.manifest.files().len(), sum })
    }

    /// The hashed files of the published site that the next one no longer has: a page that somebody
    /// has open may still load them. They stay for one release.
    fn bring_assets_before(&self, manifest: &Manifest) -> io::Result<Manifest> {
        let place = &self.output.place;
        let list = fs::read_to_string(place.join(MANIFEST_FILE)).unwrap_or_default();
        let is_asset = |line: &&str| {
            line.split_once("  ").is_some_and(|(_, path)| path.starts_with(assets::FOLDER))
        };
        let list: String = list.split_inclusive('\n').filter(is_asset).collect();
        let list = Manifest::parse(&list).unwrap_or_default();
        let mut earlier = Vec::new();
        for file in list.files() {
            if manifest.position(&file.path).is_some() {
                continue;
            }
            let bytes = fs::read(place.join(&file.path)).unwrap_or_default();
            if sum(&bytes) == file.sum {
                self.write(&file.path, &bytes)?;
                earlier.push(file.clone());
            }
        }
        Manifest::of(earlier).ok_or(ErrorKind::AlreadyExists.into())
    }

    fn write(&self, path: &str, bytes: &[u8]) -> io::Result<Stamp> {
        self.is_touched.store(true, Ordering::Relaxed);
        let place = self.folder.join(path);
        if self.base.as_ref().is_some_and(|base| base.holds(path)) {
            fs::remove_file(&place)?;
        }
        if let Some((folder, _)) = path.rsplit_once('/') {
            self.make_folder(folder)?;
        }
        let mut file = match File::create_new(&place) {
            // A folder of the old site, where the new one has a file.
            Err(_) if self.base.is_some() && place.is_dir() => {
                fs::remove_dir_all(&place)?;
                File::create_new(&place)?
            }
            opened => opened?,
        };
        file.write_all(bytes)?;
        Ok(stamp(&file.metadata()?))
    }

    /// Makes a folder and those around it. Most are asked for once, so that asking the system costs less
    /// than remembering them.
    fn make_folder(&self, folder: &str) -> io::Result<()> {
        let place = self.folder.join(folder);
        let Err(error) = fs::create_dir(&place) else { return Ok(()) };
        match error.kind() {
            ErrorKind::AlreadyExists if self.base.is_none() || place.is_dir() => return Ok(()),
            ErrorKind::AlreadyExists | ErrorKind::NotFound | ErrorKind::NotADirectory => {}
            _ => return Err(error),
        }
        if let Some((parent, _)) = folder.rsplit_once('/') {
            self.make_folder(parent)?;
        }
        if place.is_file() {
            // A file of the old site, where the new one has a folder.
            let _ = fs::remove_file(&place);
        }
        match fs::create_dir(&place) {
            Err(_) if place.is_dir() => Ok(()),
            made => made,
        }
    }
}

impl Sink for Staging {
    fn put(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let sum = sum(bytes);
        let known = self.base.as_ref().and_then(|base| base.known(path));
        let stamp = match known {
            Some((known, stamp)) if known.sum == sum => stamp,
            _ => self.write(path, bytes)?,
        };
        held(&self.files).push((Listed { path: path.to_owned(), sum }, stamp));
        Ok(())
    }

    fn keep(&self, path: &str) -> io::Result<bool> {
        let known = self.current.as_ref().and_then(|current| current.known(path));
        let Some((current, _)) = known else { return Ok(false) };
        let below = self.base.as_ref().and_then(|base| base.known(path));
        if let Some((_, stamp)) = below.filter(|(below, _)| below.sum == current.sum) {
            held(&self.files).push((current.clone(), stamp));
            return Ok(true);
        }
        let bytes = fs::read(self.published_place(path)).unwrap_or_default();
        let is_as_written = sum(&bytes) == current.sum;
        if is_as_written {
            self.put(path, &bytes)?;
        }
        Ok(is_as_written)
    }

    fn knows(&self, origin: &Digest) -> bool {
        let current = self.current.as_ref();
        current.is_some_and(|current| current.origins.binary_search(origin).is_ok())
    }

    fn note(&self, origin: Digest) {
        held(&self.origins).push(origin);
    }
}

impl Drop for Staging {
    /// Sweeps away what is not published. What cannot be removed the next build removes.
    fn drop(&mut self) {
        if self.base.is_some() && !self.is_touched.load(Ordering::Relaxed) {
            let _ = fs::rename(&self.folder, self.output.previous());
        } else {
            let _ = self.output.forget(&self.folder);
        }
        self.lock.sweep_away();
    }
}

fn remove_what_is_gone(base: &Generation, next: &Generation, folder: &Path) -> io::Result<()> {
    let is_left = |removed: &io::Result<()>| match removed {
        // A file went with its folder where the new site has a file, and the other way round.
        Err(error) => !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory),
        Ok(()) => false,
    };
    for path in base.files().filter(|path| !next.holds(path)) {
        let place = folder.join(path);
        let removed = if place.is_dir() { Ok(()) } else { fs::remove_file(place) };
        if is_left(&removed) {
            return removed;
        }
    }
    let wanted: HashSet<&str> = next.folders().into_iter().collect();
    for path in base.folders().into_iter().rev().filter(|path| !wanted.contains(path)) {
        let removed = fs::remove_dir(folder.join(path));
        if is_left(&removed) {
            return removed;
        }
    }
    Ok(())
}

/// Folders that were made for the output; those still empty in the end are removed again.
#[derive(Debug)]
struct Parents(Vec<PathBuf>);

impl Parents {
    fn of(place: &Path) -> io::Result<Self> {
        let missing = place.ancestors().skip(1).take_while(|folder| !folder.exists());
        let mut missing: Vec<PathBuf> = missing.map(Path::to_owned).collect();
        missing.reverse();
        let mut parents = Self(Vec::new());
        for folder in missing {
            match fs::create_dir(&folder) {
                Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
                _ => parents.0.push(folder),
            }
        }
        Ok(parents)
    }
}

impl Drop for Parents {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    type Files = BTreeMap<String, Vec<u8>>;

    fn output(folder: &Path) -> Output {
        Output::of(&folder.join("site"), &folder.join("up/dist")).unwrap()
    }

    fn files<const N: usize>(files: [(&str, &str); N]) -> Files {
        files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).into()
    }

    fn stage(output: &Output, files: &Files) -> Staging {
        let staging = Staging::beside(output).unwrap();
        for (path, bytes) in files {
            staging.put(path, bytes).unwrap();
        }
        staging
    }

    fn publish(output: &Output, files: &Files) -> Published {
        stage(output, files).publish().unwrap()
    }

    /// What lies below a folder; folders end in a slash.
    fn tree(folder: &Path) -> Files {
        let mut files = Files::new();
        let mut open = vec![folder.to_owned()];
        while let Some(next) = open.pop() {
            for entry in fs::read_dir(next).unwrap() {
                let path = entry.unwrap().path();
                let name = path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
                if path.is_dir() {
                    files.insert(format!("{name}/"), Vec::new());
                    open.push(path);
                } else {
                    files.insert(name, fs::read(path).unwrap());
                }
            }
        }
        files
    }

    #[test]
    fn a_publication_replaces_the_old_site_whole_and_leaves_one_folder_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let output = output(folder.path());
        for (round, name) in ["a.html", "b.html", "c.html"].into_iter().enumerate() {
            let staging = stage(&output, &files([(&format!("deep/{name}"), "x")]));
            assert_eq!(output.place.exists(), round > 0, "nothing shows before it is published");
            let published = staging.publish().unwrap();
            assert_eq!(published.files, 1);
            let list = fs::read(output.place.join(MANIFEST_FILE)).unwrap();
            assert_eq!(published.sum, hexadecimal(&sum(&list)));
            let sum = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881";
            assert_eq!(list, format!("{sum}  deep/{name}\n").as_bytes());
            let marker = concat!("bersinar ", env!("CARGO_PKG_VERSION"), "\n");
            let deep = format!("deep/{name}");
            let whole = files([(&deep, "x"), ("deep/", ""), (MARKER, marker)]);
            let mut found = tree(&output.place);
            assert_eq!(found.remove(MANIFEST_FILE), Some(list));
            assert_eq!(found, whole);
        }
        let beside: Vec<_> = tree(&folder.path().join("up")).into_keys().collect();
        let beside: Vec<_> = beside.iter().filter(|path| !path.contains("dist/")).collect();
        let tops = [".dist.bersinar/", ".dist.bersinar/kunci", ".dist.bersinar/lama/"];
        assert!(tops.iter().all(|top| beside.iter().any(|path| path == top)), "{beside:?}");
        let others = beside.iter().filter(|path| !path.contains("/lama") && !path.contains("/cat"));
        assert_eq!(others.count(), 2, "{beside:?}");
    }

    /// A small generator of pseudo-random numbers, so that a failure happens again.
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, limit: u64) -> u64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (self.0 >> 33) % limit
        }
    }

    /// What a first build of the files makes.
    fn made_anew(files: &Files) -> Files {
        let listed =
            |(path, bytes): (&String, &Vec<u8>)| Listed { path: path.clone(), sum: sum(bytes) };
        let list = Manifest::of(files.iter().map(listed).collect()).unwrap().text();
        let marker = concat!("bersinar ", env!("CARGO_PKG_VERSION"), "\n");
        let mut tree = files.clone();
        for path in files.keys() {
            let ends = path.match_indices('/').map(|(end, _)| path[..=end].to_owned());
            tree.extend(ends.map(|folder| (folder, Vec::new())));
        }
        tree.insert(MANIFEST_FILE.to_owned(), list.into_bytes());
        tree.insert(MARKER.to_owned(), marker.as_bytes().to_vec());
        tree
    }

    /// Files come, go and change, also into folders and back, and somebody meddles with what is
    /// hidden: each time the output is what a first build of the same files makes.
    #[test]
    fn what_is_brought_up_to_date_equals_what_is_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        let output = output(folder.path());
        let mut dice = Dice(5);
        let paths = ["a", "a/b", "a/b/c", "a/d", "e/f", "e", "g", "h/i/j", "h/i/k", "h/l"];
        let (mut now, mut reused) = (Files::new(), 0);
        for round in 0..40 {
            for _ in 0..3 {
                let path = paths[usize::try_from(dice.below(10)).unwrap()];
                let clashes = |other: &String| {
                    other.starts_with(&format!("{path}/")) || path.starts_with(&format!("{other}/"))
                };
                now.retain(|other, _| !clashes(other));
                now.insert(path.to_owned(), format!("{}", dice.below(3)).into_bytes());
            }
            let hidden = output.previous();
            match dice.below(6) {
                0 => drop(fs::write(hidden.join("foreign"), "")),
                1 => drop(fs::write(hidden.join("h/foreign"), "")),
                2 => drop(fs::write(hidden.join("g"), "x")),
                _ => {}
            }
            let staging = stage(&output, &now);
            reused += u64::from(staging.base.is_some());
            staging.publish().unwrap();
            assert_eq!(tree(&output.place), made_anew(&now), "round {round}");
        }
        assert!((12..36).contains(&reused), "{reused}");
    }

    #[test]
    fn assets_of_the_release_before_stay_for_one_release() {
        let folder = tempfile::tempdir().unwrap();
        let output = output(folder.path());
        let release = |n: u32| files([("index.html", "x"), (&format!("aset/gaya.{n}.css"), "y")]);
        let assets = || {
            let all = tree(&output.place).into_keys();
            all.filter(|path| path.starts_with("aset/g")).collect::<Vec<String>>()
        };
        publish(&output, &release(1));
        publish(&output, &release(2));
        assert_eq!(assets(), ["aset/gaya.1.css", "aset/gaya.2.css"]);
        let marker = fs::read_to_string(output.place.join(MARKER)).unwrap();
        let listed = super::super::earlier_assets(&marker).unwrap();
        assert_eq!(listed.files()[0].path, "aset/gaya.1.css");
        let list = fs::read_to_string(output.place.join(MANIFEST_FILE)).unwrap();
        assert!(!list.contains("gaya.1"), "{list}");
        publish(&output, &release(3));
        assert_eq!(assets(), ["aset/gaya.2.css", "aset/gaya.3.css"]);
        fs::write(output.place.join("aset/gaya.3.css"), "changed").unwrap();
        publish(&output, &release(2));
        assert_eq!(assets(), ["aset/gaya.2.css"], "what is not as it was written does not stay");
    }

    #[test]
    fn a_file_is_kept_only_as_it_was_published() {
        let folder = tempfile::tempdir().unwrap();
        let output = output(folder.path());
        let site = |text: &str| files([("a", "same"), ("b/c", text)]);
        let staging = stage(&output, &site("1"));
        assert!(!staging.keep("a").unwrap(), "there was no build before");
        staging.publish().unwrap();
        publish(&output, &site("2"));
        for _ in 0..3 {
            let staging = stage(&output, &Files::new());
            assert!(staging.keep("a").unwrap() && staging.keep("b/c").unwrap());
            assert!(!staging.keep("d").unwrap());
            staging.publish().unwrap();
            assert_eq!(fs::read(output.place.join("b/c")).unwrap(), b"2");
        }
        publish(&output, &site("3"));
        fs::write(output.place.join("b/c"), "by hand").unwrap();
        let staging = stage(&output, &Files::new());
        assert!(staging.keep("a").unwrap() && !staging.keep("b/c").unwrap());
    }

    #[test]
    fn what_is_not_published_leaves_everything_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let output = output(folder.path());
        let site = |text: &str| files([("a", text), ("b/c", "x")]);
        drop(stage(&output, &site("0")));
        assert_eq!(tree(folder.path()), Files::new(), "not even the folders around it");
        for text in ["1", "2", "3"] {
            publish(&output, &site(text));
        }
        let before = tree(folder.path());
        drop(stage(&output, &Files::new()));
        assert_eq!(tree(folder.path()), before);
        let twice = stage(&output, &site("4"));
        twice.put("a", b"other").unwrap();
        assert!(twice.publish().is_err(), "two files of one path are no site");
        let published = |tree: &Files| {
            let of_it = tree.iter().filter(|(path, _)| path.starts_with("up/dist/"));
            of_it.map(|(path, bytes)| (path.clone(), bytes.clone())).collect::<Files>()
        };
        assert_eq!(published(&tree(folder.path())), published(&before));
        fs::write(output.place.join(MARKER), "").unwrap();
        let staging = stage(&output, &site("5"));
        fs::remove_file(output.place.join(MARKER)).unwrap();
        assert!(matches!(staging.publish(), Err(Refusal::NotOurs(_))), "somebody took its place");
    }
}
