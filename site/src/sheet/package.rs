//! The bytes of a package (zip) → its parts, one at a time. No size that the package claims is
//! believed: unpacking ends at a limit.

use super::{PART_BYTES, Stop};
use flate2::read::DeflateDecoder;
use std::collections::BTreeMap;
use std::io::Read;

/// The most parts of a package.
const PARTS: usize = 2_000;

/// A package and where its parts begin.
pub struct Package<'a> {
    bytes: &'a [u8],
    parts: BTreeMap<String, Part>,
}

#[derive(Clone, Copy)]
struct Part {
    header: usize,
    packed_bytes: usize,
    is_packed: bool,
}

impl<'a> Package<'a> {
    /// Reads the list of parts at the end of the package.
    pub fn open(bytes: &'a [u8]) -> Result<Self, Stop> {
        let parts = list(bytes).ok_or(Stop::Unreadable)?;
        if parts.len() >= PARTS { Err(Stop::TooBig) } else { Ok(Self { bytes, parts }) }
    }

    /// Whether there is a part of this name.
    pub fn has(&self, name: &str) -> bool {
        self.parts.contains_key(name)
    }

    /// The text of a part; none where there is no such part.
    pub fn text(&self, name: &str) -> Result<Option<String>, Stop> {
        let Some(part) = self.parts.get(name) else { return Ok(None) };
        let packed = packed(self.bytes, *part).ok_or(Stop::Unreadable)?;
        let limit = u64::try_from(PART_BYTES).unwrap_or(u64::MAX) + 1;
        let mut text = Vec::new();
        let read = if part.is_packed {
            DeflateDecoder::new(packed).take(limit).read_to_end(&mut text)
        } else {
            packed.take(limit).read_to_end(&mut text)
        };
        if read.map_err(|_| Stop::Unreadable)? > PART_BYTES {
            return Err(Stop::TooBig);
        }
        String::from_utf8(text).map(Some).map_err(|_| Stop::Unreadable)
    }
}

/// The list of parts. None where it is torn. A locked part is left out, as if it were not there.
fn list(bytes: &[u8]) -> Option<BTreeMap<String, Part>> {
    let end = bytes.windows(4).rposition(|window| window == b"PK\x05\x06")?;
    let mut at = number(bytes, end + 16, 4)?;
    let mut parts = BTreeMap::new();
    while parts.len() < PARTS && bytes.get(at..at + 4)? == b"PK\x01\x02" {
        let lengths = [28, 30, 32].map(|offset| number(bytes, at + offset, 2));
        let [Some(name_bytes), Some(extra_bytes), Some(comment_bytes)] = lengths else {
            return None;
        };
        let name = bytes.get(at + 46..at + 46 + name_bytes)?;
        let part = Part {
            header: number(bytes, at + 42, 4)?,
            packed_bytes: number(bytes, at + 20, 4)?,
            is_packed: number(bytes, at + 10, 2)? == 8,
        };
        if number(bytes, at + 8, 2)? & 1 == 0 {
            parts.insert(String::from_utf8_lossy(name).into_owned(), part);
        }
        at += 46 + name_bytes + extra_bytes + comment_bytes;
    }
    Some(parts)
}

fn packed(bytes: &[u8], part: Part) -> Option<&[u8]> {
    let at = part.header;
    let start = at + 30 + number(bytes, at + 26, 2)? + number(bytes, at + 28, 2)?;
    bytes.get(start..start + part.packed_bytes)
}

/// A number of two or four bytes, the lowest first.
pub fn number(bytes: &[u8], at: usize, length: usize) -> Option<usize> {
    let digits = bytes.get(at..at + length)?;
    Some(digits.iter().rev().fold(0, |number, byte| number << 8 | usize::from(*byte)))
}
