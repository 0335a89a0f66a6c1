//! Markdown made of a few marks again and again: what is twice as long must not take four times as long
//! to read, to judge, to render, and to tell what is wrong with it.
//!
//! The search itself is a command, tests/deep/superlinear; what it found is held here.

#![allow(
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "clippy exempts tests, not their helper functions"
)]

#[path = "../../fuzz/src/lib.rs"]
#[allow(dead_code, unused_imports, reason = "one target is used, to read and render")]
mod fuzz;
mod lay;

use bersinar::content::language::{Guides, read};
use bersinar::content::markdown::body;
use bersinar::content::passages::{Prose, Terms};
use bersinar::diag::{Format, Messages, Sources, show_all};
use bersinar::value::Lang;
use rustix::time::{ClockId, clock_gettime};
use std::fmt::Write as _;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The parts of which texts are made.
const PARTS: [&str; 36] = [
    "[", "]", "(", ")", "*", "_", "`", ">", "- ", "|", "~", "<", "!", "[^a]", "[^a]: ", "{#", "}",
    "&", "\n", "\n\n", "a", "A ", " ", "#", "# ", "\\", ":", "1. ", "=", "\t", "0", ". ",
    "[a](tel:", "[a](@/", "](", "\"",
];
/// What is done with a text, in this order.
const STEPS: [&str; 4] = ["read", "judge", "render", "tell"];
/// The shorter of the two texts that are compared, in bytes, and how much longer the other is.
const SHORT_BYTES: usize = 2_000;
const TIMES: usize = 4;
/// Growth that is told: the time of a text n times as long is n to the power of this.
const POWER: f64 = 1.3;
/// Steps that take less than this cannot be compared.
const SHORTEST: Duration = Duration::from_micros(100);

/// The processor's time of this thread: what else the machine does is not in it.
fn spent() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    Duration::new(time.tv_sec.try_into().unwrap(), time.tv_nsec.try_into().unwrap())
}

/// What reading needs besides the text.
struct Reader {
    guides: Guides,
    messages: Messages,
    lang: Lang,
    file: Arc<str>,
}

impl Reader {
    fn new() -> Self {
        let lang = Lang::parse("id").unwrap();
        let messages = Messages::in_language("id");
        Self { guides: Guides::default(), messages, lang, file: Arc::from("content/a.md") }
    }

    /// The time of each step.
    fn times(&self, text: &str) -> [Duration; STEPS.len()] {
        let mut faults = Vec::new();
        let start = spent();
        let (body, passages) = body(&self.file, text, 0, &mut faults);
        let was_read = spent();
        let prose = Prose { lang: self.lang.clone(), terms: Terms::Everyday, passages };
        faults.extend(read(&prose, &self.guides).faults);
        let was_judged = spent();
        let html = fuzz::rendered(body);
        let was_rendered = spent();
        let sources = Sources::from([(Arc::clone(&self.file), Arc::from(text))]);
        let told = show_all(&faults, &sources, &self.messages, Format::Github);
        let was_told = spent();
        assert!(html.len() + told.len() < usize::MAX);
        [
            was_read.saturating_sub(start),
            was_judged.saturating_sub(was_read),
            was_rendered.saturating_sub(was_judged),
            was_told.saturating_sub(was_rendered),
        ]
    }

    /// The shortest time of each step in some runs.
    fn best(&self, text: &str, runs: usize) -> [Duration; STEPS.len()] {
        let runs = (0..runs).map(|_| self.times(text));
        runs.reduce(|a, b| std::array::from_fn(|step| a[step].min(b[step]))).unwrap()
    }

    /// The step that grows most, and its power.
    fn growth(&self, family: &Family, bytes: usize, runs: usize) -> (usize, f64) {
        let short = self.best(&family.text(bytes), runs);
        let long = self.best(&family.text(bytes * TIMES), runs);
        let power = |step: usize| {
            let (short, long) = (short[step].max(SHORTEST / 4), long[step]);
            if long < SHORTEST { 0.0 } else { (long.as_secs_f64() / short.as_secs_f64()).ln() }
        };
        let powers = (0..STEPS.len()).map(|step| (step, power(step)));
        let (step, power) = powers.max_by(|a, b| a.1.total_cmp(&b.1)).unwrap();
        (step, power / f64::from(u8::try_from(TIMES).unwrap()).ln())
    }

    /// The step that grows too fast, seen on short texts and again on longer ones.
    fn too_fast(&self, family: &Family) -> Option<(usize, f64)> {
        if self.growth(family, SHORT_BYTES, 1).1 < POWER {
            return None;
        }
        let (step, power) = self.growth(family, SHORT_BYTES * 2, 3);
        (power > POWER).then_some((step, power))
    }
}

/// Texts of any length: all that opens again and again, then all that closes.
struct Family {
    opening: String,
    closing: String,
}

impl Family {
    fn text(&self, bytes: usize) -> String {
        let length = self.opening.len() + self.closing.len();
        let count = bytes / length.max(1);
        self.opening.repeat(count) + &self.closing.repeat(count)
    }

    fn name(&self) -> String {
        format!("{:?} {:?}", self.opening, self.closing)
    }
}

/// Parts chosen by the digits of a number.
fn parts(mut number: usize, length: usize) -> String {
    let mut text = String::new();
    for _ in 0..length {
        text.push_str(PARTS[number % PARTS.len()]);
        number /= PARTS.len();
    }
    text
}

/// Every one of one or two parts and every pair that opens and closes, then those of three and four in an
/// order that looks random and is the same each time.
fn families() -> impl Iterator<Item = Family> {
    let alone = |opening| Family { opening, closing: String::new() };
    let count = PARTS.len();
    let single = (0..count).map(move |number| parts(number, 1));
    let double = (0..count.pow(2)).map(move |number| parts(number, 2));
    let paired = (0..count.pow(2))
        .map(move |number| Family { opening: parts(number, 1), closing: parts(number / count, 1) });
    let longer = (1..).map(move |turn: usize| {
        let number = turn.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20;
        match turn % 3 {
            0 => Family { opening: parts(number, 2), closing: parts(number / count.pow(2), 2) },
            1 => alone(parts(number, 3)),
            _ => alone(parts(number, 4)),
        }
    });
    single.chain(double).map(alone).chain(paired).chain(longer)
}

#[test]
#[ignore = "tests/deep/superlinear: looks for as many seconds as BERSINAR_SECONDS says"]
fn the_search() {
    let seconds = std::env::var("BERSINAR_SECONDS").unwrap().parse().unwrap();
    let (reader, start) = (Reader::new(), Instant::now());
    let mut found = String::new();
    let mut count = 0;
    for family in families() {
        if start.elapsed() > Duration::from_secs(seconds) {
            break;
        }
        count += 1;
        if let Some((step, power)) = reader.too_fast(&family) {
            let _ = writeln!(found, "{} {power:.2} {}", STEPS[step], family.name());
            println!("{} {power:.2} {}", STEPS[step], family.name());
        }
    }
    println!("families {count}");
    assert!(found.is_empty(), "grows too fast:\n{found}");
}

/// What grew too fast once, and what did so in other programs.
const KNOWN: [(&str, &str); 12] = [
    ("[", ""),
    ("[", "]"),
    ("![](", ""),
    ("*a_", ""),
    ("[^a]", ""),
    (">", ""),
    ("> a\n\n", ""),
    ("- ", ""),
    ("|a", ""),
    ("## a\n", ""),
    ("<b>", ""),
    ("`", "a"),
];

#[test]
fn what_grew_too_fast_once_does_not_any_more() {
    let reader = Reader::new();
    for (opening, closing) in KNOWN {
        let family = Family { opening: opening.into(), closing: closing.into() };
        // Other programs on the machine make single runs slower, never faster.
        let is_slow = (0..3).all(|_| reader.growth(&family, SHORT_BYTES, 3).1 > 1.5);
        assert!(!is_slow, "{}", family.name());
    }
}
