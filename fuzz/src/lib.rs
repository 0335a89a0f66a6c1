//! Random bytes → everything that reads what people write; what must hold of whatever comes out.
//!
//! Each function is called by a fuzzer (`targets/`), and by `site/tests/fuzz.rs` with the seeds and with
//! everything that was ever found. A broken promise is a panic.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::missing_panics_doc,
    reason = "a panic is how a finding is told"
)]

mod pages;
mod seeds;
mod tables;
mod texts;
mod values;

pub use pages::{markdown, paths, rendered};
pub use seeds::seeds;
pub use tables::{package, sheet};
pub use texts::{data, edit, front, place};
pub use values::{areas, phone};

/// Takes bytes and panics where a promise is broken.
pub type Target = fn(&[u8]);

/// Every target by its name, which is that of its file in `targets/` and of its folder in `regressions/`.
pub const TARGETS: [(&str, Target); 10] = [
    ("areas", areas),
    ("data", data),
    ("edit", edit),
    ("front", front),
    ("markdown", markdown),
    ("package", package),
    ("paths", paths),
    ("phone", phone),
    ("place", place),
    ("sheet", sheet),
];

/// The first byte, which chooses between forms, and the rest.
fn choice(bytes: &[u8]) -> (usize, &[u8]) {
    bytes.split_first().map_or((0, bytes), |(first, rest)| (usize::from(*first), rest))
}
