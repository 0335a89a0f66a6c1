//! The bytes of a compound file (the box around .xls) → one of the streams in it.
//! Source: MS-CFB. Every chain of sectors ends after as many as the file has.

use super::Stop;
use super::package::number;

/// The end of a chain, and every other number that is no sector.
const FIRST_SPECIAL: usize = 0xffff_fffa;
/// Streams below this length lie in small sectors.
const SMALL_STREAM_BYTES: usize = 4096;

/// The stream of the first of these names that is there.
pub fn stream(bytes: &[u8], names: &[&str]) -> Result<Vec<u8>, Stop> {
    let file = Compound::open(bytes).ok_or(Stop::Unreadable)?;
    let found = names.iter().find_map(|name| file.stream(name));
    found.ok_or(Stop::Unreadable)
}

struct Compound<'a> {
    bytes: &'a [u8],
    sector_bytes: usize,
    /// For each sector the next one of its chain.
    next: Vec<usize>,
    directory: Vec<u8>,
}

impl<'a> Compound<'a> {
    fn open(bytes: &'a [u8]) -> Option<Self> {
        let sector_bytes = match number(bytes, 30, 2)? {
            9 => 512,
            12 => 4096,
            _ => return None,
        };
        let mut file = Self { bytes, sector_bytes, next: Vec::new(), directory: Vec::new() };
        let mut tables: Vec<usize> =
            (0..109).filter_map(|at| number(bytes, 76 + at * 4, 4)).collect();
        let mut more = number(bytes, 68, 4)?;
        let sectors = bytes.len() / sector_bytes;
        while more < FIRST_SPECIAL && tables.len() <= sectors + 109 {
            let numbers = numbers(file.sector(more)?);
            let (last, first) = numbers.split_last()?;
            tables.extend(first);
            more = *last;
        }
        for table in tables.into_iter().filter(|table| *table < FIRST_SPECIAL).take(sectors) {
            file.next.extend(numbers(file.sector(table)?));
        }
        file.directory = file.chain(number(bytes, 48, 4)?)?;
        Some(file)
    }

    fn sector(&self, sector: usize) -> Option<&'a [u8]> {
        let start = (sector + 1) * self.sector_bytes;
        // The last sector may be cut short.
        self.bytes.get(start..(start + self.sector_bytes).min(self.bytes.len()))
    }

    fn chain(&self, first: usize) -> Option<Vec<u8>> {
        let (mut chain, mut sector) = (Vec::new(), first);
        while sector < FIRST_SPECIAL {
            if chain.len() > self.bytes.len() {
                return None;
            }
            chain.extend_from_slice(self.sector(sector)?);
            sector = *self.next.get(sector)?;
        }
        Some(chain)
    }

    fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let wanted: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let is_wanted = |entry: &&[u8]| {
            let length = number(entry, 64, 2).unwrap_or_default();
            entry.get(..length.saturating_sub(2)) == Some(&wanted)
        };
        let entry = self.directory.chunks_exact(128).find(is_wanted)?;
        let (first, length) = (number(entry, 116, 4)?, number(entry, 120, 4)?);
        let mut stream =
            if length < SMALL_STREAM_BYTES { self.small(first)? } else { self.chain(first)? };
        stream.truncate(length);
        Some(stream)
    }

    /// A chain of small sectors, which lie in the stream of the root.
    fn small(&self, first: usize) -> Option<Vec<u8>> {
        let root = self.chain(number(&self.directory, 116, 4)?)?;
        let next = numbers(&self.chain(number(self.bytes, 60, 4)?)?);
        let (mut chain, mut sector) = (Vec::new(), first);
        while sector < FIRST_SPECIAL && chain.len() < SMALL_STREAM_BYTES {
            chain.extend_from_slice(root.get(sector * 64..sector * 64 + 64)?);
            sector = *next.get(sector)?;
        }
        Some(chain)
    }
}

fn numbers(bytes: &[u8]) -> Vec<usize> {
    bytes.chunks_exact(4).filter_map(|four| number(four, 0, 4)).collect()
}
