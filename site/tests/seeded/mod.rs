//! The real content → copies of it with one mistake each, as people make them, always the same ones.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

use super::lay::{Files, ending};
use std::fmt::Write;

/// One mistake.
pub struct Mistake {
    /// What kind of mistake.
    pub kind: &'static str,
    /// The file that is changed, added or left out, and what it holds then.
    pub path: String,
    pub bytes: Option<Vec<u8>>,
    /// A file that the mistake takes away beside it, when it was renamed.
    pub gone: Option<String>,
    /// Where it must be told.
    pub place: Place,
}

/// Where a mistake must be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// On a line of the changed file, from 1.
    Line(usize),
    /// Wherever the file is missing, by its name.
    Name(String),
}

/// A line of a file and what it stands in.
struct Line<'a> {
    path: &'a str,
    text: &'a str,
    /// From 1.
    number: usize,
    /// Where the table of a key begins, in which a missing key is told.
    head: usize,
    /// The next line with anything on it.
    next: usize,
    part: Part,
    /// A number that is always the same for this line and kind.
    seed: u64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Fence,
    Head,
    Toml,
    Body,
}

/// How a line is changed: the new line, which may be several or none, and where that must be told;
/// none where the mistake cannot be made in this line.
type Slip = fn(&Line) -> Option<(Vec<u8>, usize)>;

/// The kinds of mistakes, how many of each, and how they are made.
const KINDS: [(&str, usize, Slip); 52] = [
    ("key: two letters swapped", 10, |l| l.in_key(swapped)),
    ("key: a letter missing", 10, |l| l.in_key(shortened)),
    ("key: a capital letter", 4, |l| l.in_key(capital)),
    ("key: written twice", 6, |l| l.key().and_then(|_| l.now(&format!("{0}\n{0}", l.text), 1))),
    ("key: line deleted", 10, |l| l.required().then_some((Vec::new(), l.head))),
    ("key: = missing", 6, |l| l.key().and_then(|_| l.swap(" = ", " "))),
    ("key: colon instead of =", 4, |l| l.key().and_then(|_| l.swap(" = ", ": "))),
    ("key: value missing", 4, |l| l.key().and_then(|key| l.now(&format!("{key} ="), 0))),
    ("text: empty", 4, |l| l.text_key().and_then(|key| l.now(&format!("{key} = \"\""), 0))),
    ("quote: closing one missing", 8, |l| l.text_key().and_then(|_| l.cut_end("\""))),
    ("quote: opening one missing", 6, |l| l.text_key().and_then(|_| l.swap(" = \"", " = "))),
    ("quote: both missing", 4, |l| l.text_key().and_then(|_| l.swap_all('"', ""))),
    ("quote: curly", 8, |l| l.text_key().and_then(|_| l.curly())),
    ("quote: in a list, missing", 4, |l| l.list().and_then(|_| l.swap("[\"", "["))),
    ("quote: curly in a list", 4, |l| l.list().and_then(|_| l.curly())),
    ("list: comma missing", 4, |l| l.list().and_then(|_| l.swap("\", \"", "\" \""))),
    ("list: bracket missing", 6, |l| l.list().and_then(|_| l.cut_end("]"))),
    ("list: no brackets", 4, |l| l.list().and_then(|t| l.now(&t.replace(['[', ']'], ""), 0))),
    ("table: bracket missing", 8, |l| l.is_table().then(|| l.cut_end("]"))?),
    ("text behind a value", 4, |l| l.text_key().and_then(|_| l.now(&format!("{} x", l.text), 0))),
    ("comma behind a value", 4, |l| l.text_key().and_then(|_| l.now(&format!("{},", l.text), 0))),
    ("backslash in a text", 3, |l| l.text_key().and_then(|_| l.swap(" = \"", " = \"C:\\data "))),
    ("a sentence among keys", 4, |l| l.key().and_then(|_| l.before("Baca ini dulu."))),
    ("an unknown key", 4, |l| l.head_key().and_then(|_| l.before("warna = \"biru\""))),
    ("number instead of text", 4, |l| l.only("judul").and_then(|_| l.now("judul = 12", 0))),
    ("date without quotes", 4, |l| l.only("per").and_then(|_| l.swap_all('"', ""))),
    ("date: day that does not exist", 4, |l| {
        l.day().and_then(|_| l.now("per = \"2021-02-30\"", 0))
    }),
    ("date: day first", 4, |l| l.day().and_then(|_| l.now("per = \"19-02-2021\"", 0))),
    ("date: zero missing", 4, |l| l.day().and_then(|_| l.now("per = \"2021-2-19\"", 0))),
    ("date: in words", 4, |l| l.day().and_then(|_| l.now("per = \"19 Februari 2021\"", 0))),
    ("date: in the future", 4, |l| l.day().and_then(|_| l.now("per = \"2031-02-19\"", 0))),
    ("area: without dots", 4, |l| l.area().and_then(|t| l.now(&t.replace('.', ""), 0))),
    ("area: one that is not", 4, |l| l.area().and_then(|_| l.end("\"", "\"", "99"))),
    ("choice: misspelt", 6, |l| l.choice().and_then(|value| l.misspelt(value))),
    ("source: misspelt", 6, |l| l.only("sumber").and_then(|value| l.misspelt(value))),
    ("page in a key: misspelt", 6, |l| l.page().and_then(|value| l.misspelt(value))),
    ("page in a key: without @/", 4, |l| l.page().and_then(|_| l.swap("@/", "/"))),
    ("link: misspelt", 8, |l| l.link().and_then(|path| l.misspelt_link(path))),
    ("link: without @/", 4, |l| l.link().and_then(|_| l.swap("(@/", "(/"))),
    ("link: without .md", 4, |l| l.link().and_then(|_| l.swap(".md", ""))),
    ("link: blank before the address", 4, |l| l.link().and_then(|_| l.swap("](@/", "] (@/"))),
    ("link: http", 2, |l| l.swap("(https://", "(http://")),
    ("anchor: misspelt", 4, |l| l.anchor().and_then(|anchor| l.misspelt(anchor))),
    ("heading: one #", 4, |l| l.heading().and_then(|_| l.swap("## ", "# "))),
    ("heading: skipped", 4, |l| l.heading().and_then(|_| l.swap("## ", "#### "))),
    ("picture that is not there", 4, |l| {
        l.heading().and_then(|_| l.before("![Peta](@/peta.png)\n"))
    }),
    ("HTML", 4, |l| l.prose().and_then(|_| l.now(&format!("{}<br>", l.text), 0))),
    ("number in prose", 4, |l| {
        l.prose().and_then(|_| l.now(&format!("{} 0812 0000 0000.", l.text), 0))
    }),
    ("front matter: fence damaged", 8, |l| l.fence()),
    ("word: misspelt key", 6, |l| l.word_key(swapped)),
    ("word: placeholder misspelt", 4, |l| l.word().and_then(|_| l.in_braces())),
    ("Latin-1", 6, |l| l.prose().map(|_| ([l.text.as_bytes(), b" caf\xe9"].concat(), l.number))),
];

/// Every mistake, in the same order each time.
pub fn mistakes(files: &Files) -> Vec<Mistake> {
    let mut made: Vec<Mistake> =
        KINDS.iter().flat_map(|(kind, count, slip)| of_kind(files, kind, *count, *slip)).collect();
    made.extend(whole_files(files));
    made
}

/// So many mistakes of a kind, in places as far apart as the seed scatters them.
fn of_kind(files: &Files, kind: &'static str, count: usize, slip: Slip) -> Vec<Mistake> {
    let mut possible = Vec::new();
    for (path, bytes) in files.iter().filter(|(path, _)| is_text(path)) {
        let text = std::str::from_utf8(bytes).unwrap();
        for line in lines(path, text, kind) {
            if let Some((replacement, place)) = slip(&line) {
                possible.push((line.seed, path, line.number, replacement, place));
            }
        }
    }
    possible.sort();
    let chosen = possible.into_iter().take(count);
    let mistake = |(_, path, number, replacement, place): (u64, &String, usize, Vec<u8>, usize)| {
        let bytes = Some(with_line(&files[path], number, &replacement));
        Mistake { kind, path: path.clone(), bytes, gone: None, place: Place::Line(place) }
    };
    chosen.map(mistake).collect()
}

fn is_text(path: &str) -> bool {
    matches!(ending(path), "md" | "toml") && !path.contains("instrumen")
}

/// The file with a line replaced; an empty replacement takes the line away.
fn with_line(bytes: &[u8], number: usize, replacement: &[u8]) -> Vec<u8> {
    let mut lines: Vec<&[u8]> = bytes.split(|byte| *byte == b'\n').collect();
    if replacement.is_empty() {
        lines.remove(number - 1);
    } else {
        lines[number - 1] = replacement;
    }
    lines.join(&b'\n')
}

fn lines<'a>(path: &'a str, text: &'a str, kind: &str) -> Vec<Line<'a>> {
    let is_page = ending(path) == "md";
    let mut fences = 0;
    let mut head = if is_page { 2 } else { 1 };
    let mut in_list = false;
    let mut found = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let number = at + 1;
        let part = if is_page && line == "+++" && fences < 2 {
            fences += 1;
            Part::Fence
        } else if is_page && fences != 1 {
            Part::Body
        } else if line.starts_with('[') {
            head = number;
            Part::Head
        } else {
            Part::Toml
        };
        // A list of several lines is one key, which the slips below do not know.
        in_list = part == Part::Toml && (in_list || line.ends_with('[')) && !line.starts_with(']');
        if !in_list && !line.starts_with(']') {
            let seed = scattered(&format!("{kind} {path} {number}"));
            let later = text.lines().skip(number).position(|line| !line.is_empty());
            let next = number + 1 + later.unwrap_or(0);
            found.push(Line { path, text: line, number, head, next, part, seed });
        }
    }
    found
}

/// FNV-1a, with its bits mixed once more, since its last character would decide the order.
fn scattered(text: &str) -> u64 {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    (hash ^ (hash >> 31)).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

type Made = Option<(Vec<u8>, usize)>;

impl Line<'_> {
    fn is_words(&self) -> bool {
        self.path.contains("kata.")
            || self.path.contains("skrining.") && self.path.contains("data/")
    }

    /// The new text of the line; the fault stands `later` lines below its beginning.
    fn now(&self, text: &str, later: usize) -> Made {
        (text != self.text).then(|| (text.as_bytes().to_vec(), self.number + later))
    }

    fn before(&self, text: &str) -> Made {
        self.now(&format!("{text}\n{}", self.text), 0)
    }

    fn swap(&self, from: &str, to: &str) -> Made {
        self.now(&self.text.replacen(from, to, 1), 0)
    }

    fn swap_all(&self, from: char, to: &str) -> Made {
        self.now(&self.text.replace(from, to), 0)
    }

    fn cut_end(&self, end: &str) -> Made {
        self.now(self.text.strip_suffix(end)?, 0)
    }

    fn end(&self, end: &str, new: &str, more: &str) -> Made {
        let short = self.text.strip_suffix(end)?;
        self.now(&format!("{}{more}{new}", &short[..short.len() - more.len()]), 0)
    }

    fn curly(&self) -> Made {
        let mut opens = false;
        let curly = |c: char| {
            opens ^= c == '"';
            if c != '"' {
                c
            } else if opens {
                '“'
            } else {
                '”'
            }
        };
        self.now(&self.text.chars().map(curly).collect::<String>(), 0)
    }

    /// The line with a misspelt part.
    fn misspelt(&self, part: &str) -> Made {
        self.now(&self.text.replacen(part, &swapped(part, self.seed)?, 1), 0)
    }

    /// The line with the same in an address, whatever the words before it are.
    fn misspelt_link(&self, part: &str) -> Made {
        let (before, behind) = self.text.split_once("](@/")?;
        let behind = behind.replacen(part, &swapped(part, self.seed)?, 1);
        self.now(&format!("{before}](@/{behind}"), 0)
    }

    fn any_key(&self) -> Option<&str> {
        let (key, _) = self.text.split_once(" = ")?;
        let is_key = key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
        (self.part == Part::Toml && is_key).then_some(key)
    }

    fn key(&self) -> Option<&str> {
        self.any_key().filter(|_| !self.is_words())
    }

    /// The key of a line at the head of a page, before any table.
    fn head_key(&self) -> Option<&str> {
        self.key().filter(|_| self.head == 2)
    }

    fn value(&self, key: &str) -> Option<&str> {
        let value = self.text.strip_prefix(key)?.strip_prefix(" = \"")?;
        value.strip_suffix('"').filter(|_| self.key().is_some())
    }

    fn text_key(&self) -> Option<&str> {
        let key = self.key()?;
        let value = self.value(key)?;
        (value.contains(' ') && !value.contains('\\')).then_some(key)
    }

    fn only(&self, key: &str) -> Option<&str> {
        self.value(key)
    }

    fn list(&self) -> Option<&str> {
        (self.key().is_some() && self.text.ends_with("\"]")).then_some(self.text)
    }

    fn is_table(&self) -> bool {
        self.part == Part::Head && !self.is_words()
    }

    fn required(&self) -> bool {
        let keys = ["judul", "ringkasan", "teks", "jenis", "nomor", "peran", "kantor", "status"];
        self.key().is_some_and(|key| keys.contains(&key))
    }

    fn day(&self) -> Option<&str> {
        self.only("per").filter(|value| value.len() == 10)
    }

    fn area(&self) -> Option<&str> {
        self.only("wilayah").filter(|code| code.contains('.')).map(|_| self.text)
    }

    fn choice(&self) -> Option<&str> {
        ["status", "tingkat", "jenis", "peran", "templat"].iter().find_map(|key| self.value(key))
    }

    fn page(&self) -> Option<&str> {
        let value = self.value(self.key()?)?.strip_prefix("@/")?;
        value
            .strip_suffix(".md")
            .filter(|path| !path.contains('/'))
            .or(value.strip_suffix(".md").and_then(|path| path.rsplit_once('/')).map(|p| p.1))
            .filter(|name| *name != "_index")
    }

    fn prose(&self) -> Option<&str> {
        let is_prose =
            self.text.starts_with(|c: char| c.is_alphabetic()) && self.text.ends_with('.');
        (self.part == Part::Body && is_prose).then_some(self.text)
    }

    fn link(&self) -> Option<&str> {
        let rest = self.text.split_once("](@/").filter(|_| self.part == Part::Body)?.1;
        let path = rest.split([')', '#']).next()?.strip_suffix(".md")?;
        let single = self.text.matches("](@/").count() == 1;
        path.rsplit('/').next().filter(|name| single && *name != "_index" && name.len() > 3)
    }

    fn anchor(&self) -> Option<&str> {
        let rest = self.text.split_once("](@/").filter(|_| self.part == Part::Body)?.1;
        rest.split(')').next()?.split_once('#').map(|(_, anchor)| anchor)
    }

    fn heading(&self) -> Option<&str> {
        self.text.strip_prefix("## ").filter(|_| self.part == Part::Body)
    }

    fn fence(&self) -> Made {
        let is_first = self.number == 1;
        match (self.part == Part::Fence, is_first, self.seed % 2) {
            (false, ..) => None,
            (_, true, 0) => Some((Vec::new(), 1)),
            (_, false, 0) => Some((Vec::new(), self.next - 1)),
            _ => self.now("++", 0),
        }
    }

    fn in_key(&self, slip: fn(&str, u64) -> Option<String>) -> Made {
        let key = self.key().filter(|key| key.len() > 2)?;
        self.swap(key, &slip(key, self.seed)?)
    }

    fn word(&self) -> Option<&str> {
        self.any_key().filter(|_| self.is_words())
    }

    fn word_key(&self, slip: fn(&str, u64) -> Option<String>) -> Made {
        let key = self.word().filter(|key| key.len() > 3)?;
        self.swap(key, &slip(key, self.seed)?)
    }

    fn in_braces(&self) -> Made {
        let name = self.text.split_once('{')?.1.split('}').next()?;
        self.now(&self.text.replace(&format!("{{{name}}}"), &format!("{{{name}x}}")), 0)
    }
}

/// Two neighbours exchanged, not the first letter.
fn swapped(text: &str, seed: u64) -> Option<String> {
    let letters: Vec<char> = text.chars().collect();
    let can = |at: &usize| {
        letters[*at] != letters[at + 1]
            && letters[*at].is_alphanumeric()
            && letters[at + 1].is_alphanumeric()
    };
    let places: Vec<usize> = (1..letters.len().checked_sub(1)?).filter(can).collect();
    let at = places.get(usize::try_from(seed % places.len().max(1) as u64).unwrap())?;
    let mut letters = letters.clone();
    letters.swap(*at, at + 1);
    Some(letters.into_iter().collect())
}

fn shortened(text: &str, seed: u64) -> Option<String> {
    let at = 1 + usize::try_from(seed.checked_rem(text.len() as u64 - 1)?).unwrap();
    Some(format!("{}{}", &text[..at], &text[at + 1..]))
}

fn capital(text: &str, _seed: u64) -> Option<String> {
    Some(text.get(..1)?.to_uppercase() + &text[1..])
}

/// Mistakes with whole files: renamed, deleted, added, saved by another program.
fn whole_files(files: &Files) -> Vec<Mistake> {
    let mistake = |kind, path: &str, bytes: Option<Vec<u8>>, place| Mistake {
        kind,
        path: path.to_owned(),
        bytes,
        gone: None,
        place,
    };
    let named = |path: &str| Place::Name(path.to_owned());
    let data = files.keys().filter(|path| path.starts_with("content/data/") && is_text(path));
    let needed = data.filter(|path| !path.contains("wilayah"));
    let missing = needed.map(|path| mistake("file: missing data", path, None, named(path)));
    let linked = ["content/darurat.md", "content/fasilitas/lido.md", "content/ibm/pbm.md"];
    let deleted = linked.map(|path| {
        let name = path.strip_prefix("content").unwrap();
        mistake("file: page deleted", path, None, Place::Name(format!("@{name}")))
    });
    let wide = |path: &&str| {
        let text = std::str::from_utf8(&files[*path]).unwrap();
        let units = text.encode_utf16().flat_map(u16::to_le_bytes);
        [0xff, 0xfe].into_iter().chain(units).collect::<Vec<u8>>()
    };
    let page = ["content/unit/ancol.md", "content/takut.md", "content/kantor/bnnk-kendari.md"];
    let utf16 =
        page.map(|path| mistake("file: saved as UTF-16", path, Some(wide(&path)), Place::Line(1)));
    let badly_named = ["ibm/Kelurahan Koja.md", "ibm/koja_utara.md", "ibm/Apa-itu.md"];
    let copies = badly_named.map(|name| {
        let path = format!("content/{name}");
        let bytes = files["content/ibm/pbm.md"].clone();
        mistake("file: name", &path, Some(bytes), named(&path))
    });
    let strange = ["content/unit/Data.docx", "content/kontak.xlsx", "content/data/nomor.csv"];
    let strange = strange
        .map(|path| mistake("file: of another program", path, Some(b"PK".to_vec()), named(path)));
    let empty = page.map(|path| mistake("file: empty", path, Some(Vec::new()), Place::Line(1)));
    let mut made: Vec<Mistake> = missing.collect();
    made.extend(deleted.into_iter().chain(utf16).chain(copies).chain(strange).chain(empty));
    made
}

/// The kinds as rows of a table: how many, how many told, on the right line, by one fault alone.
pub fn table(rows: &[(&str, [usize; 4])]) -> String {
    let mut text = String::new();
    for (kind, [made, told, right, single]) in rows {
        writeln!(text, "| {kind} | {made} | {told} | {right} | {single} |").unwrap();
    }
    text
}
