//! The texts of a file for people → passages: what is read in one go, each letter with its place.

use super::At;
use super::fields::{Fields, Reader};
use super::schema::Names;
use crate::diag::Spot;
use crate::value::Lang;
use pulldown_cmark::{Event, Tag, TagEnd};
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

/// The passages that a reader meets one after the other, in one language: a page, or a table of words.
#[derive(Clone, Debug)]
pub struct Prose {
    /// The language.
    pub lang: Lang,
    /// Which words may stand in it.
    pub terms: Terms,
    /// The passages in the order of the file.
    pub passages: Vec<Passage>,
}

/// Which words a page may use.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Terms {
    /// Those of everyday.
    #[default]
    Everyday,
    /// Those of the law too, because the page explains it.
    Law,
}

/// What a passage is on its page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A title or heading.
    Title,
    /// Running text: a paragraph, an item of a list, a cell of a table.
    Text,
    /// The text of a link, which its paragraph holds as well.
    Link,
    /// What a picture shows.
    Picture,
}

/// A text without its marks, and where each part of it was written.
#[derive(Clone, Debug)]
pub struct Passage {
    /// What it is.
    pub role: Role,
    /// The text.
    pub text: String,
    /// The parts of the text that are texts of links, and so names of pages.
    pub links: Vec<Range<usize>>,
    /// Those of the links that dial, which are held to the number they dial.
    pub calls: Vec<Range<usize>>,
    file: Arc<str>,
    pieces: Vec<Piece>,
    whole: Range<usize>,
}

/// A part of a text that begins at `at`, and its bytes in the file.
#[derive(Clone, Debug)]
struct Piece {
    at: usize,
    source: Range<usize>,
}

impl Passage {
    fn new(role: Role, file: &Arc<str>, whole: Range<usize>) -> Self {
        let (links, calls, pieces) = (Vec::new(), Vec::new(), Vec::new());
        Self { role, text: String::new(), links, calls, file: Arc::clone(file), pieces, whole }
    }

    fn add(&mut self, text: &str, source: Range<usize>) {
        self.pieces.push(Piece { at: self.text.len(), source });
        self.text.push_str(text);
    }

    /// The place of the whole passage.
    #[must_use]
    pub fn whole(&self) -> Spot {
        Spot::at(&self.file, self.whole.clone())
    }

    /// The place of a part of the text: exact but for a piece that is written with escapes, which is
    /// marked as one.
    #[must_use]
    pub fn spot(&self, part: &Range<usize>) -> Spot {
        let (Some(first), Some(last)) = (self.piece(part.start), self.piece(part.end.max(1) - 1))
        else {
            return self.whole();
        };
        let start = self.is_verbatim(first).then(|| part.start - self.pieces[first].at);
        let end = self.is_verbatim(last).then(|| part.end - self.pieces[last].at);
        let (first, last) = (&self.pieces[first].source, &self.pieces[last].source);
        let start = start.map_or(first.start, |inside| first.start + inside);
        let end = end.map_or(last.end, |inside| last.start + inside);
        Spot::at(&self.file, start..end.max(start))
    }

    /// Where a mark stands as it is: not in code, nor escaped, both of which take more in the file.
    #[must_use]
    pub fn written(&self, mark: &str) -> Option<Spot> {
        let is_counted = matches!(self.role, Role::Title | Role::Text);
        let found = self.text.match_indices(mark).filter(|_| is_counted);
        let mut spots = found.map(|(at, _)| self.spot(&(at..at + mark.len())));
        spots.find(|spot| spot.span.as_ref().is_some_and(|span| span.len() == mark.len()))
    }

    /// Whether a part of the text is written in several pieces.
    #[must_use]
    pub fn is_cut(&self, part: &Range<usize>) -> bool {
        self.piece(part.start) != self.piece(part.end.max(1) - 1)
    }

    fn piece(&self, at: usize) -> Option<usize> {
        self.pieces.partition_point(|piece| piece.at <= at).checked_sub(1)
    }

    fn is_verbatim(&self, index: usize) -> bool {
        let piece = &self.pieces[index];
        let end = self.pieces.get(index + 1).map_or(self.text.len(), |next| next.at);
        end - piece.at == piece.source.len()
    }
}

/// The passages of a Markdown text, gathered from its events.
pub struct Gathering<'a> {
    file: &'a Arc<str>,
    /// Where the Markdown begins in its file.
    offset: usize,
    passages: Vec<Passage>,
    open: Option<Passage>,
    role: Role,
    /// Links and pictures that are open, the innermost last.
    inside: Vec<Passage>,
    is_code: bool,
    is_call: bool,
}

impl<'a> Gathering<'a> {
    /// Nothing gathered yet.
    #[must_use]
    pub fn new(file: &'a Arc<str>, offset: usize) -> Self {
        let (passages, inside) = (Vec::new(), Vec::new());
        Self {
            file,
            offset,
            passages,
            open: None,
            role: Role::Text,
            inside,
            is_code: false,
            is_call: false,
        }
    }

    /// Takes the next event.
    pub fn event(&mut self, event: &Event, span: &Range<usize>) {
        let span = span.start + self.offset..span.end + self.offset;
        match event {
            Event::Text(text) | Event::Code(text) if !self.is_code => self.add(text, span),
            Event::SoftBreak | Event::HardBreak => self.add(" ", span),
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(*tag),
            _ => {}
        }
    }

    /// What was gathered.
    #[must_use]
    pub fn finish(mut self) -> Vec<Passage> {
        self.close();
        self.passages
    }

    fn add(&mut self, text: &str, span: Range<usize>) {
        let is_picture = self.inside.last().is_some_and(|inside| inside.role == Role::Picture);
        if let Some(inside) = self.inside.last_mut() {
            inside.add(text, span.clone());
        }
        if is_picture {
            return;
        }
        let (role, file) = (self.role, self.file);
        let open = self.open.get_or_insert_with(|| Passage::new(role, file, span.clone()));
        let part = open.text.len()..open.text.len() + text.len();
        if self.is_call {
            open.calls.push(part.clone());
        }
        if !self.inside.is_empty() {
            open.links.push(part);
        }
        open.whole.end = span.end;
        open.add(text, span);
    }

    fn start(&mut self, tag: &Tag, span: Range<usize>) {
        match tag {
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough => {}
            Tag::Link { dest_url, .. } => {
                self.is_call = dest_url.starts_with("tel:");
                self.inside.push(Passage::new(Role::Link, self.file, span));
            }
            Tag::Image { .. } => self.inside.push(Passage::new(Role::Picture, self.file, span)),
            _ => {
                self.close();
                self.role =
                    if matches!(tag, Tag::Heading { .. }) { Role::Title } else { Role::Text };
                self.is_code = matches!(tag, Tag::CodeBlock(_));
            }
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough => {}
            TagEnd::Link => {
                self.is_call = false;
                self.passages.extend(self.inside.pop());
            }
            TagEnd::Image => self.passages.extend(self.inside.pop()),
            _ => {
                self.close();
                self.role = Role::Text;
                self.is_code = false;
            }
        }
    }

    fn close(&mut self) {
        self.passages.extend(self.open.take());
    }
}

/// The keys whose texts people read as running text.
const TEXTS: [&str; 5] = ["ringkasan", "teks", "catatan", "keterangan", "jam"];
/// The keys whose texts name something.
const TITLES: [&str; 2] = ["judul", "nama"];
/// The table that holds the translations of the texts beside it.
const TRANSLATIONS: &str = "bahasa";

/// The passages of a table by language; texts outside `bahasa` are in `lang`. `source` is the file.
#[must_use]
pub fn of_table(
    file: &Arc<str>,
    source: &str,
    fields: &Fields,
    lang: &Lang,
) -> BTreeMap<Lang, Vec<Passage>> {
    let mut passages: BTreeMap<Lang, Vec<Passage>> = BTreeMap::new();
    for (keys, text) in fields.all_texts() {
        let key = keys.last().copied().unwrap_or_default();
        let role = match key {
            _ if TEXTS.contains(&key) => Role::Text,
            _ if TITLES.contains(&key) => Role::Title,
            _ => continue,
        };
        let after = keys.iter().position(|key| *key == TRANSLATIONS).map(|at| at + 1);
        let other = after.and_then(|at| Lang::parse(keys.get(at)?));
        let passage = of_text(file, source, role, &text);
        passages.entry(other.unwrap_or_else(|| lang.clone())).or_default().push(passage);
    }
    passages
}

/// A text of TOML as a passage.
fn of_text(file: &Arc<str>, source: &str, role: Role, text: &At<String>) -> Passage {
    let whole = text.spot.span.clone().unwrap_or_default();
    let mut passage = Passage::new(role, file, whole.clone());
    // Without escapes the text stands in the file as it is, behind its quotes.
    let verbatim = source.get(whole.clone()).and_then(|written| written.find(&text.value));
    let exact = verbatim.map(|quotes| whole.start + quotes).map(|at| at..at + text.value.len());
    passage.add(&text.value, exact.unwrap_or(whole));
    passage
}

/// The prose of a file of words, table by table: each is shown by itself.
#[must_use]
pub fn of_words(file: &Arc<str>, source: &str, lang: &Lang) -> Vec<Prose> {
    of_data(file, source, |fields| {
        let tables = fields.named_tables(Names::Any).into_iter().map(|(_, table)| {
            let texts = table.all_texts().into_iter();
            let passages = texts.map(|(_, text)| of_text(file, source, Role::Text, &text));
            everyday(lang.clone(), passages.collect())
        });
        tables.collect()
    })
}

/// The prose of the list of national lines, line by line.
#[must_use]
pub fn of_national(file: &Arc<str>, source: &str, lang: &Lang) -> Vec<Prose> {
    of_data(file, source, |fields| {
        let tables = fields.tables("nasional").into_iter();
        let by_language = tables.flat_map(|table| of_table(file, source, &table, lang));
        by_language.map(|(lang, passages)| everyday(lang, passages)).collect()
    })
}

fn everyday(lang: Lang, passages: Vec<Passage>) -> Prose {
    Prose { lang, terms: Terms::Everyday, passages }
}

/// Nothing where the file does not parse: a torn text would be judged for what it lacks.
fn of_data(file: &Arc<str>, source: &str, take: impl FnOnce(&Fields) -> Vec<Prose>) -> Vec<Prose> {
    let bom = if source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let read = |fields: &Fields| if fields.is_torn() { Vec::new() } else { take(fields) };
    Reader::new(file, bom).run(&source[bom..], read).0
}
