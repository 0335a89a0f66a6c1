//! Markdown as this site allows it: which extensions are on, which headings and links a body has,
//! and every fault that can be seen in the body alone.

use super::At;
use super::nesting::Nesting;
use super::passages::{Gathering, Passage, Role};
use crate::diag::{Code, Fault, Spot, listed};
use crate::value::{number_in, slugify};
use pulldown_cmark::{
    BrokenLink, CowStr, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd,
};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

/// The body of a page.
#[derive(Clone, Debug, Default)]
pub struct Body<'t> {
    /// The Markdown, event by event.
    pub events: Vec<Event<'t>>,
    /// Its headings in order.
    pub headings: Vec<Heading>,
    /// The links and pictures, in order, with their places.
    pub targets: Vec<At<Target>>,
}

/// A heading of a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The anchor.
    pub id: String,
}

/// Where a link or picture points to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// `@/path.md#anchor` or `#anchor` on the page itself.
    Page {
        /// The path below `content/`; empty for the page itself.
        path: String,
        /// The anchor, if any.
        anchor: Option<String>,
    },
    /// A picture, by its path below `content/`.
    Image(String),
    /// A number to dial.
    Call {
        /// Its digits.
        digits: String,
        /// What a reader sees.
        shown: String,
    },
}

/// The ids that the templates use themselves. A heading of this name gets a number behind it.
pub const RESERVED: [&str; 11] = [
    "aplikasi",
    "bantuan",
    "bantuan-judul",
    "isi",
    "keluar",
    "kertas",
    "pintas",
    "pintas-tombol",
    "pulau",
    "semua",
    "usang",
];

/// Marks that readers see where they have no pair: of bold text, of text that is struck out, and of a
/// link with a blank in its address or before it.
const PAIRED_MARKS: [&str; 4] = ["**", "~~", "] (http", "](http"];
/// Each of those has one of these.
const MARK_SIGNS: [char; 3] = ['*', '~', ']'];
/// Marks that readers see where a line of a paragraph begins with them: a row without its table, a
/// point of Word's lists.
const ROW_MARKS: [char; 4] = ['|', '•', '·', '▪'];
/// Marks of headings and points that need a blank behind them.
const SPACED_MARKS: [char; 2] = ['#', '-'];

/// What the site allows beyond plain Markdown: tables, footnotes, ids on headings, callouts.
#[must_use]
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
}

/// Splits `@/path.md#anchor` and `#anchor`; none for any other address.
#[must_use]
pub fn internal(address: &str) -> Option<(&str, Option<&str>)> {
    let named =
        || address.strip_prefix("@/").filter(|rest| !rest.is_empty() && !rest.starts_with('#'));
    let rest = if address.starts_with('#') { address } else { named()? };
    Some(rest.split_once('#').map_or((rest, None), |(path, anchor)| (path, Some(anchor))))
}

/// A number that marks or ends of lines cut into pieces: each piece by itself says nothing to dial.
fn cut_number(passage: &Passage) -> Option<Fault> {
    let number = number_in(&passage.text).filter(|_| passage.role != Role::Link)?;
    let at = passage.text.find(number)?;
    let part = at..at + number.len();
    let fault = Fault::new(Code::UnprovenNumber, passage.spot(&part));
    passage.is_cut(&part).then(|| fault.with("number", number))
}

/// Reads a body that begins `offset` bytes into its file, and its passages.
#[must_use]
pub fn body<'t>(
    file: &Arc<str>,
    text: &'t str,
    offset: usize,
    faults: &mut Vec<Fault>,
) -> (Body<'t>, Vec<Passage>) {
    let undefined = RefCell::new(Vec::new());
    let on_broken = |link: BrokenLink| {
        if matches!(link.link_type, LinkType::Reference | LinkType::Collapsed) {
            undefined.borrow_mut().push((link.span, link.reference.to_string()));
        }
        None::<(CowStr, CowStr)>
    };
    let mut scan = Scan {
        file,
        text,
        offset,
        faults,
        headings: Vec::new(),
        targets: Vec::new(),
        explicit: BTreeSet::new(),
        taken: BTreeSet::new(),
        counts: BTreeMap::new(),
        titles: BTreeSet::new(),
        level: 1,
        heading: None,
        image: None,
        call: None,
    };
    let mut passages = Gathering::new(file, offset);
    let parser = Parser::new_with_broken_link_callback(text, options(), Some(on_broken));
    let mut events = Vec::new();
    let mut nesting = Nesting::default();
    for (event, span) in parser.into_offset_iter() {
        nesting.event(&event, &span);
        passages.event(&event, &span);
        scan.event(&event, span);
        events.push(event);
    }
    let body = Body { events, headings: scan.headings, targets: scan.targets };
    faults.extend(nesting.fault(file, offset));
    for (span, name) in undefined.take() {
        let spot = Spot::at(file, span.start + offset..span.end + offset);
        faults.push(Fault::new(Code::UndefinedReference, spot).with("name", name));
    }
    let mut passages = passages.finish();
    faults.extend(passages.iter().filter_map(cut_number));
    // What was meant as a table is no sentence.
    passages.retain(|passage| !passage.text.starts_with(ROW_MARKS));
    for passage in passages.iter().filter(|passage| passage.text.contains(MARK_SIGNS)) {
        let left = PAIRED_MARKS.iter().find_map(|mark| Some((mark, passage.written(mark)?)));
        let fault = left.map(|(mark, spot)| Fault::new(Code::MarkLeft, spot).with("mark", mark));
        faults.extend(fault);
    }
    (body, passages)
}

struct Scan<'a> {
    file: &'a Arc<str>,
    text: &'a str,
    offset: usize,
    faults: &'a mut Vec<Fault>,
    headings: Vec<Heading>,
    targets: Vec<At<Target>>,
    explicit: BTreeSet<String>,
    /// The ids of the headings so far.
    taken: BTreeSet<String>,
    /// The last number that was given to headings of the same words.
    counts: BTreeMap<String, usize>,
    titles: BTreeSet<String>,
    level: usize,
    heading: Option<(Option<String>, String)>,
    image: Option<(Range<usize>, String)>,
    /// A link that dials: its digits and what it shows so far.
    call: Option<(String, String)>,
}

impl<'a> Scan<'a> {
    fn event(&mut self, event: &Event, span: Range<usize>) {
        match event {
            Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                if !classes.is_empty() || !attrs.is_empty() {
                    self.html(span.clone());
                }
                self.open_heading(*level, id.as_ref(), span);
            }
            Event::End(TagEnd::Heading(_)) => self.close_heading(span),
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                self.link(*link_type, dest_url, span);
            }
            Event::Start(Tag::Image { dest_url, .. }) => self.open_image(dest_url, span),
            Event::End(TagEnd::Image) => self.close_image(),
            Event::End(TagEnd::Link) => self.close_call(span),
            Event::Start(Tag::BlockQuote(None)) => self.callout(span),
            Event::Start(Tag::Paragraph) => self.paragraph(span),
            // A block is told once, not line by line.
            Event::Start(Tag::HtmlBlock) | Event::InlineHtml(_) => self.html(span),
            Event::Text(text) | Event::Code(text) => self.words(text, span),
            _ => {}
        }
    }

    fn fault(&mut self, code: Code, span: Range<usize>) -> &mut Fault {
        // Headings and blocks end after their line, which would mark the next one too.
        let end = span.start + self.text[span.clone()].trim_end().len();
        let spot = Spot::at(self.file, span.start + self.offset..end + self.offset);
        let index = self.faults.len();
        self.faults.push(Fault::new(code, spot));
        &mut self.faults[index]
    }

    fn words(&mut self, text: &str, span: Range<usize>) {
        if text.starts_with('^') && self.text[..span.start].ends_with('[') {
            // A footnote without its text.
            let fault = self.fault(Code::UndefinedReference, span.clone());
            fault.facts.push(("name", text.to_owned()));
        }
        if let Some(number) = number_in(text) {
            self.fault(Code::UnprovenNumber, span).facts.push(("number", number.to_owned()));
        } else if let Some((_, rest)) = text.split_once("(@/") {
            // A link that did not become one, such as `[text] (@/page.md)`.
            let target = rest.split(')').next().unwrap_or(rest);
            self.fault(Code::LinkForm, span).facts.push(("target", format!("@/{target}")));
        }
        if let Some((_, words)) = &mut self.heading {
            words.push_str(text);
        }
        if let Some((_, words)) = &mut self.image {
            words.push_str(text);
        }
        if let Some((_, words)) = &mut self.call {
            words.push_str(text);
        }
    }

    fn text_of(&self, span: &Range<usize>) -> &'a str {
        &self.text[span.clone()]
    }

    /// A mark that readers would see.
    fn leftover(&mut self, mark: &str, span: Range<usize>) {
        self.fault(Code::MarkLeft, span).facts.push(("mark", mark.to_owned()));
    }

    /// A quote whose first words look like the kind of a callout. Only what stands behind its own mark is
    /// looked at: a quote in a quote is told for itself.
    fn callout(&mut self, span: Range<usize>) {
        let text = self.text_of(&span);
        let inside = text.strip_prefix('>').unwrap_or(text).trim_start_matches(' ');
        if inside.starts_with("[!")
            && let Some(end) = inside.lines().next().and_then(|line| line.find(']'))
        {
            let start = span.start + text.len() - inside.len();
            let mark = inside[..=end].to_owned();
            self.leftover(&mark, start..start + mark.len());
        }
    }

    /// A paragraph with a line that was meant as a row, a point or a heading.
    fn paragraph(&mut self, span: Range<usize>) {
        let text = self.text_of(&span);
        let mut start = span.start;
        let mut lines = text.split_inclusive('\n').map(|line| {
            let from = start;
            start += line.len();
            (from, line.trim_end())
        });
        let Some((at, line)) = lines.find(|(_, line)| is_left_over(line)) else { return };
        let (line, end) = (line.to_owned(), at + line.len());
        let mark: String = line.chars().take(1).collect();
        self.leftover(&mark, at..end);
        if mark == "#" {
            self.stand_in(&line);
        }
    }

    /// Takes a line for the heading that it was meant to be: what leads to it is not wrong too.
    fn stand_in(&mut self, line: &str) {
        let words = line.trim_start_matches('#');
        self.level = line.len() - words.len();
        let id = words.split_once("{#").and_then(|(_, id)| Some(id.split_once('}')?.0.to_owned()));
        let id = id.unwrap_or_else(|| slugify(words));
        self.taken.insert(id.clone());
        self.headings.push(Heading { id });
    }

    fn html(&mut self, span: Range<usize>) {
        let first_line = self.text[span.clone()].trim().lines().next().unwrap_or_default();
        let shown: String = first_line.chars().take(40).collect();
        self.fault(Code::RawHtml, span).facts.push(("html", shown));
    }

    fn open_heading(&mut self, level: HeadingLevel, id: Option<&CowStr>, span: Range<usize>) {
        let level = level as usize;
        if level == 1 {
            self.fault(Code::HeadingOne, span.clone());
        } else if level > self.level + 1 {
            let previous = self.level;
            let fault = self.fault(Code::HeadingSkipped, span.clone());
            fault.facts.push(("found", "#".repeat(level)));
            fault.facts.push(("expected", "#".repeat(previous + 1)));
        }
        self.level = level;
        let id = id.map(ToString::to_string);
        if let Some(id) = &id
            && !self.explicit.insert(id.clone())
        {
            self.fault(Code::DuplicateAnchor, span).facts.push(("anchor", id.clone()));
        }
        self.heading = Some((id, String::new()));
    }

    fn close_heading(&mut self, span: Range<usize>) {
        let Some((explicit, words)) = self.heading.take() else { return };
        let title = words.trim().to_lowercase();
        if title.is_empty() {
            self.fault(Code::EmptyHeading, span);
        } else if !self.titles.insert(title) {
            self.fault(Code::HeadingTwice, span).facts.push(("title", words.trim().to_owned()));
        }
        let wanted = explicit.unwrap_or_else(|| slugify(&words));
        let is_free = |id: &String| !RESERVED.contains(&id.as_str()) && !self.taken.contains(id);
        // A thousand headings of the same words do not ask a thousand times for each number.
        let count = self.counts.entry(wanted.clone()).or_default();
        let numbered = (*count + 1..).map(|number| match number {
            1 => (number, wanted.clone()),
            _ => (number, format!("{wanted}-{number}")),
        });
        let free = numbered.into_iter().find(|(_, id)| is_free(id));
        let Some((number, id)) = free else { return };
        *count = number;
        self.taken.insert(id.clone());
        self.headings.push(Heading { id });
    }

    fn link(&mut self, kind: LinkType, address: &str, span: Range<usize>) {
        if let Some((path, anchor)) = internal(address) {
            let target = Target::Page { path: path.to_owned(), anchor: anchor.map(str::to_owned) };
            self.target(target, span);
        } else if kind == LinkType::Email {
            self.fault(Code::ForbiddenScheme, span).facts.push(("scheme", "mailto:".to_owned()));
        } else if let Some(digits) = address.strip_prefix("tel:") {
            self.call = Some((digits.to_owned(), String::new()));
        } else if let Some(scheme) = scheme_of(address) {
            if scheme != "https:" {
                self.fault(Code::ForbiddenScheme, span).facts.push(("scheme", scheme));
            }
        } else {
            self.fault(Code::LinkForm, span).facts.push(("target", address.to_owned()));
        }
    }

    fn open_image(&mut self, address: &str, span: Range<usize>) {
        if let Some((path, None)) = internal(address) {
            self.target(Target::Image(path.to_owned()), span.clone());
        } else {
            let fault = self.fault(Code::BrokenImage, span.clone());
            fault.facts.push(("target", address.to_owned()));
            fault.facts.push(("near", listed([])));
        }
        self.image = Some((span, String::new()));
    }

    fn close_image(&mut self) {
        if let Some((span, words)) = self.image.take()
            && words.trim().is_empty()
        {
            self.fault(Code::ImageWithoutText, span);
        }
    }

    fn close_call(&mut self, span: Range<usize>) {
        if let Some((digits, shown)) = self.call.take() {
            self.target(Target::Call { digits, shown }, span);
        }
    }

    fn target(&mut self, value: Target, span: Range<usize>) {
        let spot = Spot::at(self.file, span.start + self.offset..span.end + self.offset);
        self.targets.push(At { value, spot });
    }
}

/// Whether a line of a paragraph begins with a mark that made nothing of it.
fn is_left_over(line: &str) -> bool {
    let behind = line.trim_start_matches(SPACED_MARKS);
    let is_joined = behind.len() < line.len() && behind.starts_with(char::is_alphabetic);
    line.starts_with(ROW_MARKS) || is_joined
}

/// The scheme of an address as a browser sees it: blanks and control characters do not hide it.
fn scheme_of(address: &str) -> Option<String> {
    let seen: String = address.chars().filter(|c| !c.is_whitespace() && !c.is_control()).collect();
    if seen.starts_with("//") {
        return Some("//".to_owned());
    }
    let (scheme, _) = seen.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    is_scheme.then(|| format!("{}:", scheme.to_lowercase()))
}
