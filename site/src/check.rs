//! Checks of finished pages, before anything is published: what a page weighs, and which of its
//! parts grew.
//!
//! Weights are gzip's, because every host and every browser has it and the figure is the same on each
//! machine. Brotli makes a page about a tenth lighter where a host has it, but its best level takes a
//! second for the screening in each build; that figure is held by `tests/deep`.

use crate::diag::{Code, Fault, Spot, listed};
use crate::render::{Budget, Rendered};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::io::Write;

/// The most an information page may weigh with its stylesheet, in bytes as gzip transfers them.
pub const PAGE_BYTES: usize = 14 * 1024;
/// The most the screening may weigh with everything in it but its offices, in bytes as gzip transfers
/// them.
pub const SCREENING_BYTES: usize = 108 * 1024 + 512;
/// By how much more it may weigh for each office: it lists them all, since no request may tell a place.
pub const OFFICE_BYTES: usize = 100 + 90;

/// What each part of the screening may weigh, compressed by itself, and by how much more for each office;
/// together not more than the page. A page over its budget has at least one part over its share, and the
/// fault names it by the place where it is written.
///
/// Each share is the weight of the part in the real site, rounded up with a little room; a part that
/// grows on purpose takes its share from another one here. An office weighs 97 bytes in the contacts
/// and 80 on paper: the mean of 221 with random streets, numbers, dates and sources.
const SCREENING_SHARES: [(&str, usize, usize); 6] = [
    (WIDGET, 84 * 1024, 0),
    (WORDS, 5 * 1024 + 768, 0),
    (CONTACTS, 2 * 1024, 100),
    (PAPER, 8 * 1024 + 768, 90),
    (STYLE, 5 * 1024 + 512, 0),
    (REST, 2 * 1024 + 512, 0),
];
/// What the stylesheet of the information pages may weigh; the rest is the page's own.
const STYLE_SHARE: usize = 5 * 1024;
/// What a list of other pages may weigh, on a page that has one.
const LIST_SHARE: usize = 4 * 1024 + 512;

const WIDGET: &str = "widget/";
const WORDS: &str = "content/data/skrining.*.toml";
const CONTACTS: &str = "content/kantor/, content/unit/";
const PAPER: &str = "templates/pages/screening.html";
const STYLE: &str = "templates/gaya/";
const REST: &str = "templates/";

/// What pages are weighed with.
#[derive(Clone, Copy, Debug)]
pub struct Weights {
    /// The weight of the stylesheet that comes with each information page, in bytes.
    style: usize,
}

impl Weights {
    /// With this stylesheet.
    #[must_use]
    pub fn with_style(style: &[u8]) -> Self {
        Self { style: gzip_size(style) }
    }

    /// Tells a page that is too heavy.
    #[must_use]
    pub fn check(self, page: &Rendered) -> Option<Fault> {
        let (limit, shared) = match page.budget {
            Budget::Page => (PAGE_BYTES, self.style),
            Budget::Screening => (SCREENING_BYTES + offices(&text_of(page)) * OFFICE_BYTES, 0),
            Budget::None => return None,
        };
        // Compressing costs more than making the page, and most pages are light enough by far.
        let room = limit.saturating_sub(shared);
        if page.bytes.len() + GZIP_FRAME_BYTES <= room || coded_size(&page.bytes) <= room {
            return None;
        }
        let own = gzip_size(&page.bytes);
        let size = own + shared;
        (size > limit).then(|| too_heavy(page, limit, own, shared))
    }
}

/// The most that gzip adds to its codes, in bytes: its own head and end, and the lengths of 286 codes.
const GZIP_FRAME_BYTES: usize = 18 + 286;

/// More than gzip takes for a text, in bytes. Each byte in a Huffman code, without looking for what repeats,
/// is as long as the inner nodes of the tree weigh together. gzip looks, and mostly wins by it; with
/// random digits, the worst text found, it loses a seventh.
fn coded_size(bytes: &[u8]) -> usize {
    let mut counts = [0_usize; 256];
    for byte in bytes {
        counts[usize::from(*byte)] += 1;
    }
    let mut nodes: BinaryHeap<Reverse<usize>> =
        counts.into_iter().filter(|count| *count > 0).map(Reverse).collect();
    let mut bits = 0;
    while let (Some(Reverse(one)), Some(Reverse(other))) = (nodes.pop(), nodes.pop()) {
        bits += one + other;
        nodes.push(Reverse(one + other));
    }
    bits.div_ceil(8) * 7 / 6 + GZIP_FRAME_BYTES
}

fn too_heavy(page: &Rendered, limit: usize, own: usize, style: usize) -> Fault {
    let size = own + style;
    let parts = match page.budget {
        Budget::Screening => screening_parts(&text_of(page)),
        _ => page_parts(page, style),
    };
    let shown = parts.iter().map(Part::shown).collect::<Vec<String>>().join(", ");
    let over = parts.iter().filter(|part| part.size > part.share).map(|part| part.name.as_str());
    let fault = Fault::new(Code::PageTooHeavy, Spot::file(&page.source)).with("page", &page.path);
    let fault = fault.with("size", size).with("limit", limit);
    fault.with("parts", shown).with("over", listed(over))
}

fn text_of(page: &Rendered) -> Cow<'_, str> {
    String::from_utf8_lossy(&page.bytes)
}

/// A part of a page: where it is written, what it weighs and what it may weigh.
struct Part {
    name: String,
    size: usize,
    share: usize,
}

impl Part {
    /// "`widget/` 81000/83968"
    fn shown(&self) -> String {
        format!("`{}` {}/{}", self.name, self.size, self.share)
    }
}

/// A section is taken apart into its own text and the pages that it lists.
fn page_parts(page: &Rendered, style: usize) -> Vec<Part> {
    let part = |name: &str, size, share| Part { name: name.to_owned(), size, share };
    let style = part(STYLE, style, STYLE_SHARE);
    let share = PAGE_BYTES - STYLE_SHARE;
    let Some(folder) = page.source.strip_suffix("_index.md") else {
        return vec![part(&page.source, gzip_size(&page.bytes), share), style];
    };
    let html = text_of(page);
    let (list, text) = html.split_inclusive('\n').partition::<String, _>(|line| is_listed(line));
    let listed = part(&format!("{folder}*.md"), gzip_size(list.as_bytes()), LIST_SHARE);
    vec![part(&page.source, gzip_size(text.as_bytes()), share - LIST_SHARE), listed, style]
}

/// Whether a line of a page is a card that leads to another one.
fn is_listed(line: &str) -> bool {
    line.starts_with("<li><a href=") && line.contains("<b>")
}

/// How many offices the screening lists.
fn offices(html: &str) -> usize {
    island(html).lines().filter(|line| line.starts_with("o\t")).count()
}

/// What the screening hands to its widget.
fn island(html: &str) -> &str {
    between(html, "id=\"pulau\">", "</script>")
}

/// The parts of the screening in the order of their table.
fn screening_parts(html: &str) -> Vec<Part> {
    let (texts, offices) = (Texts::of(html), offices(html));
    let parts = SCREENING_SHARES.iter().map(|(name, fixed, each)| {
        let text = match *name {
            WIDGET => texts.script,
            WORDS => &texts.words,
            CONTACTS => &texts.contacts,
            PAPER => texts.paper,
            STYLE => texts.style,
            _ => &texts.rest,
        };
        let size = if text.is_empty() { 0 } else { gzip_size(text.as_bytes()) };
        Part { name: (*name).to_owned(), size, share: fixed + offices * each }
    });
    parts.collect()
}

/// The screening taken apart at the marks that its script needs too.
struct Texts<'a> {
    script: &'a str,
    words: String,
    contacts: String,
    paper: &'a str,
    style: &'a str,
    rest: String,
}

impl<'a> Texts<'a> {
    fn of(html: &'a str) -> Self {
        let style = between(html, "<style>", "</style>");
        let island = island(html);
        let paper = between(html, "id=\"kertas\"", "</main>");
        let scripts = html.split("<script").skip(1);
        let scripts = scripts.filter_map(|rest| Some(rest.split_once('>')?.1));
        let scripts = scripts.map(|rest| rest.split_once("</script>").map_or(rest, |part| part.0));
        let script = scripts.filter(|script| *script != island).max_by_key(|script| script.len());
        let script = script.unwrap_or_default();
        let is_word = |line: &&str| line.starts_with("w\t") || line.starts_with("t\t");
        let (words, contacts) = island.split_inclusive('\n').partition(is_word);
        let parts = [style, island, paper, script].into_iter().filter(|part| !part.is_empty());
        let rest = parts.fold(html.to_owned(), |rest, part| rest.replacen(part, "", 1));
        Self { script, words, contacts, paper, style, rest }
    }
}

/// What stands between two marks; empty where one of them is missing.
fn between<'a>(html: &'a str, open: &str, close: &str) -> &'a str {
    let after = html.split_once(open).map_or("", |parts| parts.1);
    after.split_once(close).map_or("", |parts| parts.0)
}

/// The bytes as gzip transfers them.
#[must_use]
pub fn gzip_size(bytes: &[u8]) -> usize {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(6));
    // Writing into memory does not fail.
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.map_or(bytes.len(), |compressed| compressed.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write as _;

    /// Text that gzip cannot make smaller than `bytes`: hexadecimal digits by a linear congruential
    /// generator, four bits in each. It comes out about a seventh larger.
    fn noise(bytes: usize) -> String {
        let mut state: u64 = 1;
        let mut text = String::new();
        while text.len() < bytes * 2 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let _ = write!(text, "{:08x}", state >> 32);
        }
        text
    }

    fn screening(heavy: &str, bytes: usize) -> Rendered {
        let text = |part: &str| if part == heavy { noise(bytes) } else { part.to_owned() };
        let html = format!(
            "<html><style>{}</style><body><main><div id=\"kertas\"><p>{}</p></div></main>\
             <footer>{}</footer><script>keluar()</script>\
             <script type=\"text/plain\" id=\"pulau\">w\t{}\nd\t1\no\t{}\n</script>\
             <script>{}</script></body></html>",
            text(STYLE),
            text(PAPER),
            text(REST),
            text(WORDS),
            text(CONTACTS),
            text(WIDGET),
        );
        rendered("cek/index.html", html, Budget::Screening)
    }

    fn rendered(path: &str, html: String, budget: Budget) -> Rendered {
        let source = "content/cek.md".into();
        Rendered { path: path.to_owned(), bytes: html.into_bytes(), budget, source }
    }

    fn weighed(page: &Rendered, style: &str) -> Option<Fault> {
        Weights::with_style(style.as_bytes()).check(page)
    }

    #[test]
    fn the_shares_are_not_more_than_the_budget() {
        let fixed: usize = SCREENING_SHARES.iter().map(|(_, fixed, _)| fixed).sum();
        let each: usize = SCREENING_SHARES.iter().map(|(_, _, each)| each).sum();
        assert!(fixed <= SCREENING_BYTES, "{fixed}");
        assert!(each <= OFFICE_BYTES, "{each}");
    }

    #[test]
    fn the_part_that_grew_is_named_and_no_other() {
        for (name, _, _) in SCREENING_SHARES {
            let faults = weighed(&screening(name, SCREENING_BYTES), "");
            let Some(fault) = faults else { panic!("{name}") };
            assert_eq!(fault.code, Code::PageTooHeavy);
            assert_eq!(fault.fact("over"), Some(format!("`{name}`").as_str()));
            assert!(fault.fact("parts").unwrap().matches('/').count() >= SCREENING_SHARES.len());
        }
        assert_eq!(weighed(&screening(WIDGET, SCREENING_BYTES / 4 * 3), ""), None);
    }

    #[test]
    fn gzip_is_never_heavier_than_a_code_for_each_byte() {
        let all: Vec<u8> = (0..=255).cycle().take(70_000).collect();
        for bytes in [&b""[..], b"a", &all, noise(20_000).as_bytes(), include_bytes!("check.rs")] {
            assert!(gzip_size(bytes) <= coded_size(bytes), "{}", bytes.len());
        }
    }

    #[test]
    fn a_page_is_refused_once_it_is_over_the_limit() {
        let size = |page: &Rendered| gzip_size(&page.bytes);
        let mut bytes = SCREENING_BYTES / 5 * 4;
        assert!(size(&screening(WIDGET, bytes)) <= SCREENING_BYTES);
        while size(&screening(WIDGET, bytes)) <= SCREENING_BYTES {
            assert_eq!(weighed(&screening(WIDGET, bytes), ""), None, "{bytes}");
            bytes += 512;
        }
        assert!(weighed(&screening(WIDGET, bytes), "").is_some());
    }

    #[test]
    fn each_office_makes_room_for_itself_and_for_nothing_else() {
        let lines = |count: usize| "o\tBNNK\t31\n".repeat(count);
        let with_offices = |count, heavy: &str, bytes| {
            let page = screening(heavy, bytes);
            let html = String::from_utf8(page.bytes).unwrap();
            let html = html.replacen("\nd\t1\n", &format!("\nd\t1\n{}", lines(count)), 1);
            Rendered { bytes: html.into_bytes(), ..page }
        };
        let bytes = SCREENING_BYTES - 8 * 1024;
        assert_eq!(weighed(&with_offices(200, CONTACTS, bytes), ""), None);
        assert!(weighed(&with_offices(1, CONTACTS, bytes), "").is_some());
        let fault = weighed(&with_offices(200, STYLE, bytes * 2), "").unwrap();
        assert_eq!(fault.fact("over"), Some("`templates/gaya/`"));
    }

    #[test]
    fn a_section_is_told_from_the_pages_that_it_lists() {
        let cards = |count: usize| -> String {
            let card =
                |at| format!("<li><a href=\"/a/{at}/\"><b>{}</b></a></li>\n", noise(at % 7 + 20));
            (0..count).map(card).collect()
        };
        let section = |text: &str, count| Rendered {
            source: "content/a/_index.md".into(),
            ..rendered("a/index.html", format!("<main>\n{text}\n{}", cards(count)), Budget::Page)
        };
        let over = |page| weighed(&page, "")?.fact("over").map(str::to_owned);
        assert_eq!(over(section("", 100)), None);
        assert_eq!(over(section("", 20_000)).as_deref(), Some("`content/a/*.md`"));
        assert_eq!(over(section(&noise(14 * 1024), 9)).as_deref(), Some("`content/a/_index.md`"));
    }

    #[test]
    fn an_information_page_is_told_from_its_stylesheet() {
        let page = |bytes| rendered("a/index.html", noise(bytes), Budget::Page);
        let over = |page, style: &str| {
            let fault = weighed(&page, style);
            fault.and_then(|fault| fault.fact("over").map(str::to_owned))
        };
        assert_eq!(over(page(7 * 1024), &noise(3 * 1024)), None);
        assert_eq!(over(page(14 * 1024), "p{}").as_deref(), Some("`content/cek.md`"));
        let style = over(page(1024), &noise(15 * 1024));
        assert_eq!(style.as_deref(), Some("`templates/gaya/`"));
    }
}
