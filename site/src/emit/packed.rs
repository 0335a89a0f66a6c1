//! Finished texts → the same, and beside each `.br` and `.gz`, which a web server sends in its place.
//!
//! Packing takes a hundred times as long as writing. A text that is as this version of the program
//! published it last has its packed files already, and they are taken over.

use super::manifest::sum;
use super::{Sink, Staging};
use crate::content::{Digest, ending_of};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::{self, Write};

/// What a build writes of its texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Texts {
    /// The texts.
    #[default]
    Plain,
    /// The texts, and each packed beside it.
    Packed,
}

/// A folder that gets packed files beside its texts.
#[derive(Debug)]
pub struct Packed<'a>(pub &'a Staging);

/// Shorter texts travel in one packet of the network either way.
const LEAST_BYTES: usize = 1_024;
/// The files that shrink; pictures are packed as they are.
const TEXTS: [&str; 5] = ["html", "css", "svg", "xml", "txt"];

/// A way to pack that browsers can undo.
#[derive(Clone, Copy, Debug)]
enum Packing {
    Brotli,
    Gzip,
}

impl Packing {
    const ALL: [Self; 2] = [Self::Brotli, Self::Gzip];

    /// The name of the packed file beside its text.
    fn name(self, path: &str) -> String {
        let ending = match self {
            Self::Brotli => "br",
            Self::Gzip => "gz",
        };
        format!("{path}.{ending}")
    }

    /// The same bytes on every machine: neither form holds a time or a name.
    fn pack(self, bytes: &[u8]) -> io::Result<Vec<u8>> {
        match self {
            Self::Brotli => {
                let most = brotli::enc::BrotliEncoderParams {
                    quality: 11,
                    lgwin: window_bits(bytes.len()),
                    size_hint: bytes.len(),
                    ..Default::default()
                };
                let mut packed = Vec::new();
                brotli::BrotliCompress(&mut &*bytes, &mut packed, &most)?;
                Ok(packed)
            }
            Self::Gzip => {
                let mut packed = GzEncoder::new(Vec::new(), Compression::best());
                packed.write_all(bytes)?;
                packed.finish()
            }
        }
    }
}

impl Packed<'_> {
    fn put_packed(&self, packing: Packing, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.0.put(&packing.name(path), &packing.pack(bytes)?)
    }
}

impl Sink for Packed<'_> {
    fn put(&self, path: &str, bytes: &[u8]) -> io::Result<()> {
        self.0.put(path, bytes)?;
        if !is_text(path) || bytes.len() < LEAST_BYTES {
            return Ok(());
        }
        let is_as_before = self.0.published(path) == Some(sum(bytes));
        for packing in Packing::ALL {
            if !(is_as_before && self.0.keep(&packing.name(path))?) {
                self.put_packed(packing, path, bytes)?;
            }
        }
        Ok(())
    }

    /// A text without packed files is short, or the last build did not pack: only its bytes tell.
    fn keep(&self, path: &str) -> io::Result<bool> {
        if !is_text(path) {
            return self.0.keep(path);
        }
        let has = |packing: Packing| self.0.published(&packing.name(path)).is_some();
        if !Packing::ALL.into_iter().all(has) || !self.0.keep(path)? {
            return Ok(false);
        }
        for packing in Packing::ALL {
            if !self.0.keep(&packing.name(path))? {
                self.put_packed(packing, path, &fs::read(self.0.published_place(path))?)?;
            }
        }
        Ok(true)
    }

    fn knows(&self, origin: &Digest) -> bool {
        self.0.knows(origin)
    }

    fn note(&self, origin: Digest) {
        self.0.note(origin);
    }
}

/// The base 2 logarithm of the window in which brotli looks back: the whole text, since more only
/// costs the time to clear it, 48 ms a page.
fn window_bits(length: usize) -> i32 {
    (16..22).find(|bits| length + 16 <= 1 << bits).unwrap_or(22)
}

fn is_text(path: &str) -> bool {
    TEXTS.contains(&ending_of(path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::{MARKER, Output};
    use std::path::Path;

    const PAGE: &str = "a/index.html";

    fn output(folder: &Path) -> Output {
        Output::of(&folder.join("site"), &folder.join("dist")).unwrap()
    }

    fn publish(output: &Output, files: &[(&str, &str)]) {
        let staging = Staging::beside(output).unwrap();
        let packed = Packed(&staging);
        for (path, text) in files {
            packed.put(path, text.as_bytes()).unwrap();
        }
        staging.publish().unwrap();
    }

    fn unpacked(place: &Path, path: &str) -> [String; 2] {
        let mut texts = [Vec::new(), Vec::new()];
        let read = |packing: Packing| fs::read(place.join(packing.name(path))).unwrap();
        brotli::BrotliDecompress(&mut &*read(Packing::Brotli), &mut texts[0]).unwrap();
        let gzip = read(Packing::Gzip);
        io::copy(&mut flate2::read::GzDecoder::new(&*gzip), &mut texts[1]).unwrap();
        texts.map(|text| String::from_utf8(text).unwrap())
    }

    #[test]
    fn long_texts_get_two_packed_files_and_nothing_else_does() {
        let folder = tempfile::tempdir().unwrap();
        let (output, place) = (output(folder.path()), folder.path().join("dist"));
        let long = "panjang ".repeat(200);
        publish(&output, &[(PAGE, &long), ("short.html", "x"), ("a.webp", &long), ("_b", &long)]);
        assert_eq!(unpacked(&place, PAGE), [long.clone(), long]);
        let list = fs::read_to_string(place.join("SHA256SUMS")).unwrap();
        let packed: Vec<&str> =
            list.lines().filter_map(|line| line.split_once(".html.")).map(|(_, way)| way).collect();
        assert_eq!(packed, ["br", "gz"], "{list}");
    }

    #[test]
    fn what_did_not_change_is_not_packed_again_and_what_did_is() {
        let folder = tempfile::tempdir().unwrap();
        let (output, place) = (output(folder.path()), folder.path().join("dist"));
        let [old, new] = ["lama ", "baru "].map(|word| word.repeat(500));
        let packed_at = || fs::metadata(place.join("a/index.html.br")).unwrap().modified().unwrap();
        publish(&output, &[(PAGE, &old)]);
        publish(&output, &[(PAGE, &old), ("b.html", &old)]);
        let (first, before) = (packed_at(), fs::read(place.join("SHA256SUMS")).unwrap());
        publish(&output, &[(PAGE, &old), ("b.html", &old)]);
        publish(&output, &[(PAGE, &old), ("b.html", &old)]);
        assert_eq!(packed_at(), first, "the file itself is taken over");
        assert_eq!(fs::read(place.join("SHA256SUMS")).unwrap(), before);
        publish(&output, &[(PAGE, &new), ("b.html", &old)]);
        assert_eq!(unpacked(&place, PAGE), [new.clone(), new.clone()]);
        publish(&output, &[(PAGE, &old), ("b.html", &new)]);
        assert_eq!(unpacked(&place, PAGE), [old.clone(), old.clone()]);
        let marker = fs::read_to_string(place.join(MARKER)).unwrap();
        assert!(marker.starts_with("bersinar "));
    }

    #[test]
    fn a_page_is_kept_with_its_packed_files_or_made_anew() {
        let folder = tempfile::tempdir().unwrap();
        let (output, place) = (output(folder.path()), folder.path().join("dist"));
        let long = "panjang ".repeat(200);
        let keep = |wanted: bool| {
            let staging = Staging::beside(&output).unwrap();
            let packed = Packed(&staging);
            assert_eq!(packed.keep(PAGE).unwrap(), wanted);
            if !wanted {
                packed.put(PAGE, long.as_bytes()).unwrap();
            }
            staging.publish().unwrap();
            assert_eq!(unpacked(&place, PAGE), [long.clone(), long.clone()]);
        };
        let staging = Staging::beside(&output).unwrap();
        staging.put(PAGE, long.as_bytes()).unwrap();
        staging.publish().unwrap();
        keep(false);
        keep(true);
        fs::write(place.join("a/index.html.gz"), "by hand").unwrap();
        keep(true);
    }
}
