//! TOML that does not parse → one fault for each line that keeps it from parsing, with the line as it
//! should be. A line is judged by itself, so that no mistake is told again by the lines behind it; what
//! is wrong with it is whatever mends it.

use super::characters;
use crate::diag::{Code, Fault, Spot};
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;
use toml::de::DeTable;

/// The longest line that is shown mended, in characters.
const SHOWN_CHARACTERS: usize = 300;
/// How many lines one value may take. Nothing in a site comes near it.
const VALUE_LINES: usize = 500;

/// Every fault of TOML that begins `offset` bytes into its file; none where it parses.
pub(super) fn faults(file: &Arc<str>, offset: usize, toml: &str) -> Vec<Fault> {
    let spot = |span: Range<usize>| Spot::at(file, span.start + offset..span.end + offset);
    let statements = statements(toml);
    let is_torn = |span: &&Range<usize>| !parses(&toml[span.start..span.end]);
    let torn: Vec<&Range<usize>> = statements.iter().filter(is_torn).collect();
    let mut rest = toml.to_owned();
    let mut faults = Vec::new();
    for span in &torn {
        // A line with a character that nobody sees is told as that.
        if !characters::has_any(&toml[span.start..span.end]) {
            let Cause { code, mark, key, mended } = Cause::of(&toml[span.start..span.end]);
            let spot = spot(span.start + mark.start..span.start + mark.end);
            faults.push(Fault::new(code, spot).with("key", key).with("mended", shown(&mended)));
        }
        rest.replace_range(span.start..span.end, &" ".repeat(span.len()));
    }
    if torn.iter().any(|span| is_head(&toml[span.start..span.end])) {
        // Its keys now stand in the table above, where they may seem to stand twice.
        return faults;
    }
    // A page's TOML stands below its first line.
    let lines_above = usize::from(offset > '\u{feff}'.len_utf8());
    let twins = twins(&rest, &statements);
    for error in DeTable::parse_recoverable(&rest).1 {
        let span = error.span().unwrap_or(0..0);
        let key = first_line(&rest[line_start(&rest, span.start)..]).trim();
        let key = key.split('=').next().unwrap_or(key).trim();
        let here = statements.partition_point(|statement| statement.end <= span.start);
        let fault = match twins.get(here).copied().flatten() {
            Some(line) => {
                let line = line + 1 + lines_above;
                Fault::new(Code::DuplicateKey, spot(span)).with("key", key).with("line", line)
            }
            None => {
                Fault::new(Code::TomlSyntax, spot(span)).with("mended", format!("{key} = \"…\""))
            }
        };
        faults.push(fault);
    }
    faults
}

/// Where the first piece begins that does not parse: in front matter that is not closed, the body.
pub(super) fn first_unreadable(toml: &str) -> Option<Range<usize>> {
    let torn = statements(toml).into_iter().find(|span| !parses(&toml[span.clone()]))?;
    Some(torn.start..torn.start + first_line(&toml[torn.start..]).trim_end().len())
}

fn parses(toml: &str) -> bool {
    DeTable::parse(toml).is_ok()
}

/// Whether a line is `[head]` or `[[head]]`, or would be with all its brackets.
fn is_head(line: &str) -> bool {
    let line = line.trim();
    (line.starts_with('[') || line.ends_with(']')) && !line.contains(['=', '"'])
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or("")
}

/// Lines, with those that one value goes on over taken together.
fn statements(toml: &str) -> Vec<Range<usize>> {
    let mut statements = Vec::new();
    let mut start = 0;
    while start < toml.len() {
        let end = start + statement_length(&toml[start..]);
        statements.push(start..end);
        start = end;
    }
    statements
}

fn statement_length(rest: &str) -> usize {
    let mut ends = rest.match_indices('\n').map(|(at, _)| at + 1).chain([rest.len()]);
    let first = ends.next().unwrap_or(rest.len());
    if parses(&rest[..first]) || !goes_on(&rest[..first]) {
        return first;
    }
    let later: Vec<usize> = ends.take(VALUE_LINES).collect();
    let whole = later.iter().copied().find(|end| parses(&rest[..*end]));
    // What never ends goes on until the next key or head.
    let mut starts = [first].into_iter().chain(later);
    let next = starts.find(|start| begins_statement(first_line(&rest[*start..])));
    whole.or(next).unwrap_or(rest.len())
}

/// Whether a line may open a value of several lines.
fn goes_on(line: &str) -> bool {
    let value = line.split_once('=').map_or("", |(_, value)| value.trim());
    value.starts_with(['[', '{']) || value.contains("\"\"\"") || value.contains("'''")
}

/// Whether a line looks like `key = …` or `[head]`, or holds a key of which the `=` is missing.
fn begins_statement(line: &str) -> bool {
    let is_key = |key: &str| !key.is_empty() && key.trim().chars().all(is_of_key);
    is_head(line) && !line.contains(',') || line.split_once('=').is_some_and(|(key, _)| is_key(key))
}

fn is_of_key(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '.')
}

/// For each statement the line, from 0, of the one before it that has its name: as a head, or as a key of the same
/// table. Made once, since a text may have thousands that stand twice.
fn twins(toml: &str, statements: &[Range<usize>]) -> Vec<Option<usize>> {
    let mut first: HashMap<(Option<usize>, &str), usize> = HashMap::new();
    let (mut table, mut line) = (0, 0);
    let mut twins = Vec::with_capacity(statements.len());
    for (at, span) in statements.iter().enumerate() {
        let text = &toml[span.clone()];
        let head = first_line(text).trim();
        let name = head.split(['=', '#']).next().unwrap_or(head).trim();
        let known = if is_head(text) {
            table = at + 1;
            (None, name.trim_matches(['[', ']']))
        } else {
            (Some(table), name)
        };
        twins.push(first.get(&known).copied());
        first.entry(known).or_insert(line);
        line += text.matches('\n').count();
    }
    twins
}

fn shown(mended: &str) -> String {
    let line = mended.lines().map(str::trim).collect::<Vec<&str>>().join(" ");
    match line.char_indices().nth(SHOWN_CHARACTERS) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.trim().to_owned(),
    }
}

/// What is wrong with a line.
struct Cause {
    code: Code,
    /// The bytes of the line to mark.
    mark: Range<usize>,
    key: String,
    mended: String,
}

/// A way of mending a line; none where it does not apply.
type Mend = fn(&Parts) -> Option<String>;

/// The ways in which lines are mended, and what was wrong where one works. The first that works is
/// told, so a way stands before those that would hide its mistake.
const MENDS: [(Code, Mend); 17] = [
    (Code::CurlyQuote, |parts| parts.with_straight_quotes()),
    (Code::UnpairedBracket, |parts| parts.with_closed_head()),
    (Code::MissingValue, |parts| parts.value.is_empty().then(|| parts.with("\"…\""))),
    (Code::MissingEquals, |parts| parts.with_equals()),
    (Code::StrayText, |parts| Some(parts.with(parts.value.trim_end_matches([',', ';'])))),
    (Code::MissingComma, |parts| parts.with_commas()),
    (Code::UnpairedBracket, |parts| parts.with_bracket("", "]")),
    (Code::UnpairedBracket, |parts| parts.with_bracket("[", "")),
    (Code::UnpairedQuote, |parts| parts.with_quote("", "\"")),
    (Code::UnpairedQuote, |parts| parts.with_quote("\"", "")),
    (Code::UnpairedQuote, |parts| parts.is_odd().then(|| parts.with_quoted_items())?),
    (Code::UnquotedText, |parts| parts.with_quoted_items()),
    (Code::UnquotedText, |parts| parts.quoted()),
    (Code::StrayText, |parts| parts.with_inner_quotes()),
    (Code::StrayText, |parts| parts.with_joined_key()),
    (Code::TomlSyntax, |parts| Some(parts.whole.replace('\\', "\\\\"))),
    (Code::StrayText, |parts| Some(format!("# {}", parts.whole.trim()))),
];

impl Cause {
    fn of(statement: &str) -> Self {
        let parts = Parts::of(statement);
        let works = |mend: &Mend| mend(&parts).filter(|mended| parses(mended));
        let found = MENDS.iter().find_map(|(code, mend)| Some((*code, works(mend)?)));
        let (code, mended) =
            found.unwrap_or_else(|| (Code::TomlSyntax, format!("{} = \"…\"", parts.key)));
        Self { code, mark: parts.mark(), key: parts.key.to_owned(), mended }
    }
}

/// TOML with straight quotes around the values that have curly ones and therefore do not parse; none
/// where there are none.
pub(crate) fn with_straight_quotes(toml: &str) -> Option<String> {
    let mended = |span: &Range<usize>| {
        let statement = &toml[span.clone()];
        let end = &statement[statement.trim_end().len()..];
        let straight = Parts::of(statement).with_straight_quotes();
        let straight = straight.filter(|straight| !parses(statement) && parses(straight));
        straight.map(|straight| straight + end)
    };
    let statements = statements(toml);
    let texts: Vec<Option<String>> = statements.iter().map(mended).collect();
    let joined = statements.iter().zip(&texts);
    let text = joined.map(|(span, text)| text.as_deref().unwrap_or(&toml[span.clone()])).collect();
    texts.iter().any(Option::is_some).then_some(text)
}

/// How many lines do not parse.
pub(crate) fn torn_lines(toml: &str) -> usize {
    statements(toml).iter().filter(|span| !parses(&toml[span.start..span.end])).count()
}

/// The quotes of office programs.
const CURLY: [char; 11] = ['“', '”', '„', '‟', '″', '«', '»', '‘', '’', '‚', '‛'];

/// A line with its parts: `key = value`.
struct Parts<'a> {
    whole: &'a str,
    /// What stands before the `=`, or the first word.
    key: &'a str,
    /// What stands behind it.
    value: &'a str,
    has_equals: bool,
}

impl<'a> Parts<'a> {
    fn of(statement: &'a str) -> Self {
        let whole = statement.trim_end();
        let line = whole.trim_start();
        if let Some((key, value)) = line.split_once('=').filter(|(key, _)| !key.contains('"')) {
            // Other blanks than these are what is wrong with a key, and stay to be marked.
            let key = key.trim_matches([' ', '\t']);
            return Self { whole, key, value: value.trim(), has_equals: true };
        }
        let end = line.find(|c| !is_of_key(c)).unwrap_or(line.len());
        let value = line[end..].trim_start_matches([':', ' ', '\t']);
        Self { whole, key: &line[..end], value, has_equals: false }
    }

    /// The value, or the line where there is none or the key is what is wrong.
    fn mark(&self) -> Range<usize> {
        let line = first_line(self.whole);
        let value = first_line(self.value);
        let is_key = self.has_equals && self.key.chars().all(is_of_key);
        let start = if is_key && !value.is_empty() {
            line.find('=').map_or(0, |at| line.len() - line[at + 1..].trim_start().len())
        } else {
            line.len() - line.trim_start().len()
        };
        start..line.trim_end().len()
    }

    fn with(&self, value: &str) -> String {
        format!("{} = {value}", self.key)
    }

    /// Whether there is a quote without another.
    fn is_odd(&self) -> bool {
        self.value.replace("\\\"", "").matches('"').count() % 2 == 1
    }

    /// Straight quotes around the value or around each item of a list; those within a text stay.
    fn with_straight_quotes(&self) -> Option<String> {
        let value = self.value;
        let straight = if value.starts_with('[') {
            value.replace(CURLY, "\"")
        } else {
            let is_quote = |c: char| c == '"' || c == '\'' || CURLY.contains(&c);
            let inner = value.strip_prefix(is_quote)?.strip_suffix(is_quote)?;
            format!("\"{inner}\"")
        };
        let key = self.key.trim_matches(CURLY);
        (self.has_equals && self.whole.contains(CURLY)).then(|| format!("{key} = {straight}"))
    }

    fn with_closed_head(&self) -> Option<String> {
        let head = self.whole.trim();
        let name = head.trim_matches(['[', ']', ' ']);
        let is_list = head.starts_with("[[") || head.ends_with("]]");
        is_head(head).then(|| if is_list { format!("[[{name}]]") } else { format!("[{name}]") })
    }

    fn with_equals(&self) -> Option<String> {
        if self.has_equals || self.value.is_empty() {
            return None;
        }
        let bare = self.with(self.value);
        let had_colon = self.whole.trim_start()[self.key.len()..].starts_with(':');
        let text = self.with(&format!("\"{}\"", self.value));
        Some(if had_colon && !parses(&bare) { text } else { bare })
    }

    fn with_commas(&self) -> Option<String> {
        let mut items = self.value.split('"');
        let first = items.next()?;
        let mended = items.enumerate().fold(first.to_owned(), |text, (at, part)| {
            let is_gap = at % 2 == 1 && part.trim().is_empty() && part != self.value;
            text + "\"" + if is_gap { ", " } else { part }
        });
        self.value.starts_with('[').then(|| self.with(&mended))
    }

    fn with_bracket(&self, before: &str, behind: &str) -> Option<String> {
        let value = self.value.trim_end_matches([',', ' ', '\n', '\r']);
        (!self.is_odd()).then(|| self.with(&format!("{before}{value}{behind}")))
    }

    fn with_quote(&self, before: &str, behind: &str) -> Option<String> {
        self.is_odd().then(|| self.with(&format!("{before}{}{behind}", self.value)))
    }

    /// A list with each of its items in quotes.
    fn with_quoted_items(&self) -> Option<String> {
        let inside = self.value.strip_prefix('[')?.trim_end_matches([']', ',', ' ']);
        let items = inside.split(',').map(|item| item.trim().trim_matches('"'));
        let quoted: Vec<String> = items.map(|item| format!("\"{item}\"")).collect();
        Some(self.with(&format!("[{}]", quoted.join(", "))))
    }

    fn quoted(&self) -> Option<String> {
        let is_open = self.value.starts_with(['"', '\'', '[', '{']);
        (self.has_equals && !is_open)
            .then(|| self.with(&format!("\"{}\"", self.value.replace('"', "'"))))
    }

    /// The quotes within a text as single ones, and what stands behind a text taken into it.
    fn with_inner_quotes(&self) -> Option<String> {
        let value = self.value.strip_prefix('"')?;
        let inner = match value.strip_suffix('"') {
            Some(inner) => inner.replace('"', "'"),
            None => value.replace('"', ""),
        };
        Some(self.with(&format!("\"{inner}\"")))
    }

    fn with_joined_key(&self) -> Option<String> {
        let key = self.key.split_whitespace().collect::<Vec<&str>>().join("_");
        self.has_equals.then(|| format!("{key} = {}", self.value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Code, marked text and mended line of each fault.
    fn told(toml: &str) -> Vec<String> {
        let tell = |fault: &Fault| {
            let mark = &toml[fault.spot.span.clone().unwrap()];
            let cure = fault.fact("mended").or(fault.fact("line")).unwrap();
            format!("{} {mark} -> {cure}", fault.code.as_str())
        };
        faults(&Arc::from("a.toml"), 0, toml).iter().map(tell).collect()
    }

    #[test]
    fn each_mistake_is_told_with_the_line_as_it_should_be() {
        for (line, expected) in [
            ("a = “b c”", "B901 “b c” -> a = \"b c\""),
            ("a = [“b”, “c”]", "B901 [“b”, “c”] -> a = [\"b\", \"c\"]"),
            ("a = \"b", "B902 \"b -> a = \"b\""),
            ("a = b\"", "B902 b\" -> a = \"b\""),
            ("a = [\"b, \"c\"]", "B902 [\"b, \"c\"] -> a = [\"b\", \"c\"]"),
            ("a = [\"b\", c\"]", "B902 [\"b\", c\"] -> a = [\"b\", \"c\"]"),
            ("a = b c", "B903 b c -> a = \"b c\""),
            ("a = [b, c]", "B903 [b, c] -> a = [\"b\", \"c\"]"),
            ("a = 2021/03/22", "B903 2021/03/22 -> a = \"2021/03/22\""),
            ("a \"b\"", "B904 a \"b\" -> a = \"b\""),
            ("a 1", "B904 a 1 -> a = 1"),
            ("a: b c", "B904 a: b c -> a = \"b c\""),
            ("a = [\"b\"", "B906 [\"b\" -> a = [\"b\"]"),
            ("a = \"b\"]", "B906 \"b\"] -> a = [\"b\"]"),
            ("[a", "B906 [a -> [a]"),
            ("[[a]", "B906 [[a] -> [[a]]"),
            ("[a]]", "B906 [a]] -> [[a]]"),
            ("a = [\"b\" \"c\"]", "B907 [\"b\" \"c\"] -> a = [\"b\", \"c\"]"),
            ("a = \"b\",", "B908 \"b\", -> a = \"b\""),
            ("a = \"b \"c\" d\"", "B908 \"b \"c\" d\" -> a = \"b 'c' d\""),
            ("a = \"b\" c", "B908 \"b\" c -> a = \"b c\""),
            ("a b = \"c\"", "B908 a b = \"c\" -> a_b = \"c\""),
            ("Baca ini dulu.", "B908 Baca ini dulu. -> # Baca ini dulu."),
            ("a =", "B909 a = -> a = \"…\""),
            ("a = \"C:\\data\"", "B104 \"C:\\data\" -> a = \"C:\\\\data\""),
        ] {
            let toml = format!("x = 1\n{line}\ny = \"z\"\n");
            assert_eq!(told(&toml), [expected], "{line}");
            assert_eq!(told(&toml.replace('\n', "\r\n")), [expected], "{line} with CRLF");
        }
    }

    #[test]
    fn a_key_or_table_that_stands_twice_names_its_first_line() {
        assert_eq!(told("a = 1\nb = 2\na = 3\n"), ["B905 a -> 1"]);
        assert_eq!(told("a = 1\n[x]\na = 2\nb = 3\na = 4\n"), ["B905 a -> 3"]);
        assert_eq!(told("[x]\na = 2\n[y]\n[x]\nb = 1\n"), ["B905 x -> 1"]);
        let page = faults(&Arc::from("a.md"), 4, "a = 1\na = 2\n");
        assert_eq!(page[0].fact("line"), Some("2"), "the first line of a page is its fence");
    }

    #[test]
    fn every_mistake_of_a_file_is_told_once() {
        let toml =
            "a = \"b\nc = [\"d\"\ne = f\n\n[g\nh = \"\"\"\nx\n\"\"\"\ni = [\n  \"j\",\n]\nc = 1\n";
        let codes: Vec<String> = told(toml).iter().map(|told| told[..4].to_owned()).collect();
        assert_eq!(codes, ["B902", "B906", "B903", "B906"]);
        assert_eq!(told("a = \"\"\"\nb = c\n\"\"\"\nd = [\n\"e\",\n[\"f\"],\n]\n"), [""; 0]);
        assert_eq!(told("a = [\n  \"b\",\n  \"c\"\nd = 1\n"), ["B906 [ -> a = [ \"b\", \"c\"]"]);
    }

    #[test]
    fn the_body_of_a_page_is_where_its_head_should_have_ended() {
        assert_eq!(first_unreadable("a = 1\n\nBaca ini.\n"), Some(7..16));
        assert_eq!(first_unreadable("a = 1\n"), None);
    }
}
