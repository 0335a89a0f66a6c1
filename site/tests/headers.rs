//! `_headers` by its grammar, as the hosts that read it state it, and each file of the real site under
//! exactly one policy.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

mod lay;

use bersinar::emit::{Memory, Site};
use bersinar::hosting::headers_of;
use bersinar::pipeline::{Options, build};
use std::collections::BTreeSet;

/// Cloudflare Pages reads no more rules, and no longer lines.
const RULES: usize = 100;
const LINE_LETTERS: usize = 2_000;

/// A rule: an address, and the names and values below it.
type Rule<'a> = (&'a str, Vec<(&'a str, &'a str)>);

/// Reads `_headers` and refuses whatever is not in its grammar:
///
/// ```text
/// file    = *(comment / rule)
/// comment = "#" text LF
/// rule    = address LF 1*("  " name ": " value LF)
/// address = "/" *(letter / "/" / "." / "_" / "-") ["*"]
/// ```
fn parsed(text: &str) -> Result<Vec<Rule<'_>>, String> {
    let mut rules: Vec<Rule> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        let wrong = |what: &str| Err(format!("line {}: {what}: {line}", at + 1));
        if line.chars().count() > LINE_LETTERS {
            return wrong("too long");
        }
        if let Some(header) = line.strip_prefix("  ") {
            let Some((name, value)) = header.split_once(": ") else { return wrong("no value") };
            let is_name = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
            if name.is_empty() || !is_name {
                return wrong("no name of a header");
            }
            if value.trim() != value || value.is_empty() || !value.bytes().all(is_visible) {
                return wrong("no value of a header");
            }
            match rules.last_mut() {
                Some((_, headers)) => headers.push((name, value)),
                None => return wrong("a header without an address"),
            }
        } else if !line.starts_with('#') {
            let path = line.strip_suffix('*').unwrap_or(line);
            if !path.starts_with('/') || !path.bytes().all(is_of_address) {
                return wrong("no address");
            }
            rules.push((line, Vec::new()));
        }
    }
    match rules.iter().find(|(_, headers)| headers.is_empty()) {
        Some((address, _)) => Err(format!("{address} has no headers")),
        None => Ok(rules),
    }
}

fn is_visible(byte: u8) -> bool {
    (b' '..=b'~').contains(&byte)
}

fn is_of_address(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"/._-".contains(&byte)
}

fn real_site() -> Site {
    let options = Options { today: lay::TODAY.parse().unwrap(), base_url: None };
    let memory = Memory::default();
    build(&lay::source(&lay::real_site()), &options, &memory).unwrap();
    memory.into_site()
}

/// The files of a site that hosts send, by the addresses they are asked for.
fn addresses(files: &Site) -> Vec<String> {
    let is_sent = |path: &&String| !path.starts_with(['_', '.']);
    let names = files.keys().filter(is_sent).map(|path| format!("/{path}"));
    names.flat_map(|path| [path.replace("/index.html", "/"), path]).collect()
}

#[test]
fn the_real_file_is_read_by_its_grammar() {
    let files = real_site();
    let rules = parsed(std::str::from_utf8(&files["_headers"]).unwrap()).unwrap();
    let places: BTreeSet<&str> = rules.iter().map(|(address, _)| *address).collect();
    assert_eq!(places.len(), rules.len(), "an address stands twice");
    assert!(rules.len() <= RULES, "{} rules", rules.len());
    for (address, headers) in &rules {
        let names: BTreeSet<String> = headers.iter().map(|(n, _)| n.to_lowercase()).collect();
        assert_eq!(names.len(), headers.len(), "{address} names a header twice");
    }
}

#[test]
fn every_file_has_one_policy_and_one_word_on_caching() {
    let files = real_site();
    let rules = std::str::from_utf8(&files["_headers"]).unwrap();
    let all = addresses(&files);
    assert!(all.len() > 2_000, "{}", all.len());
    for address in all {
        let headers = headers_of(rules, &address);
        for name in ["Content-Security-Policy", "Cache-Control", "X-Content-Type-Options"] {
            let count = headers.iter().filter(|(known, _)| *known == name).count();
            assert_eq!(count, 1, "{address}: {name}");
        }
        let (_, cache) = headers.iter().find(|(name, _)| *name == "Cache-Control").unwrap();
        assert_eq!(cache.contains("immutable"), address.starts_with("/aset/"), "{address}");
    }
}

#[test]
fn what_is_not_in_the_grammar_is_refused() {
    for text in [
        "  A: b\n",
        "/a\n",
        "a\n  A: b\n",
        "/a b\n  A: b\n",
        "/*/a\n  A: b\n",
        "/a\n  A:b\n",
        "/a\n  A: \n",
        "/a\n  A b: c\n",
        "/a\n  A:  b\n",
        "/a\n  A: b\u{e9}\n",
        "/a\n\n  A: b\n",
    ] {
        assert!(parsed(text).is_err(), "{text:?}");
    }
    assert!(parsed(&format!("/a\n  A: {}\n", "x".repeat(LINE_LETTERS))).is_err());
    assert_eq!(parsed("# x\n/a*\n  A: b: c\n").unwrap(), [("/a*", vec![("A", "b: c")])]);
}
