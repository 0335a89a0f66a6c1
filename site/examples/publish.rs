//! Synthetic pages → a published folder, timed: what `tests/bench/publish` measures. No page is read
//! or rendered, so that only the writing is left.
//!
//! `publish FOLDER PAGES BYTES EDITED`: how many pages of how many bytes, of which how many differ
//! from those that a run with 0 writes.

#![allow(clippy::print_stdout, reason = "a measurement says what it has measured")]

use bersinar::emit::{Output, Refusal, Sink, Staging};
use rayon::prelude::*;
use std::io::{Error, ErrorKind};
use std::path::Path;
use std::time::Instant;

fn main() -> Result<(), Error> {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, out, numbers @ ..] = arguments.as_slice() else {
        return Err(ErrorKind::InvalidInput.into());
    };
    let numbers: Vec<usize> = numbers.iter().filter_map(|text| text.parse().ok()).collect();
    let [pages, bytes, edited] = numbers[..] else { return Err(ErrorKind::InvalidInput.into()) };
    let refused = |refusal: Refusal| Error::other(format!("{refusal:?}"));
    let started = Instant::now();
    let output = Output::of(Path::new("/nowhere"), Path::new(out)).map_err(refused)?;
    let staging = Staging::beside(&output).map_err(refused)?;
    let taken_up = started.elapsed();
    (0..pages).into_par_iter().try_for_each(|page| {
        let mut text = vec![b'x'; bytes];
        let number = if page < edited { page + pages } else { page }.to_le_bytes();
        text.splice(..number.len(), number);
        staging.put(&path(page), &text)
    })?;
    let put = started.elapsed();
    staging.publish().map_err(refused)?;
    let published = started.elapsed();
    let at = [taken_up, put, published].map(|time| time.as_millis());
    println!("taken up at {} ms, put at {} ms, published at {} ms", at[0], at[1], at[2]);
    Ok(())
}

/// As deep and as wide as the pages of all desa and kelurahan.
fn path(page: usize) -> String {
    let [province, town, district] = [2_204, 163, 12].map(|pages| page / pages);
    format!("wilayah/{province:02}/{town:03}/{district:04}/desa-{page:05}/index.html")
}
