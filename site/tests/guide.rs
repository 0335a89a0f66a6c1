//! The staff guide quotes the program: every fault it shows must be what the program says today.

use bersinar::diag::{Code, Messages};
use std::path::Path;

/// Whether a text is the template with its placeholders filled.
fn fits(template: &str, text: &str) -> bool {
    let parts: Vec<&str> = template
        .split('{')
        .enumerate()
        .map(|(at, part)| if at == 0 { part } else { part.split_once('}').map_or(part, |p| p.1) })
        .collect();
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return false };
    let Some(mut rest) = text.strip_prefix(first) else { return false };
    if parts.len() == 1 {
        return rest.is_empty();
    }
    for part in &parts[1..parts.len() - 1] {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.ends_with(last)
}

#[test]
fn the_staff_guide_quotes_the_program_as_it_is() {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/panduan-staf.md"));
    let guide = std::fs::read_to_string(path).unwrap();
    let messages = Messages::in_language("id");
    let mut quoted = 0;
    let mut wrong = Vec::new();
    let mut current: Option<Code> = None;
    for line in guide.lines().map(str::trim) {
        let head = ["salah[", "periksa["].iter().find_map(|level| line.strip_prefix(level));
        let text = if let Some((code, message)) = head.and_then(|head| head.split_once("]: ")) {
            current = Code::ALL.iter().copied().find(|known| known.as_str() == code);
            assert!(current.is_some(), "the guide quotes {code}, which is no code");
            (message, current.map(|code| messages.message_template(code)))
        } else if let (Some(code), Some(cure)) = (current, line.strip_prefix("perbaiki: ")) {
            current = None;
            (cure, Some(messages.cure_template(code)))
        } else {
            continue;
        };
        quoted += 1;
        if text.1.is_some_and(|template| !fits(template, text.0)) {
            wrong.push(format!("{line}\n  is now: {}", text.1.unwrap_or_default()));
        }
    }
    assert!(quoted >= 24, "the guide shows at least twelve faults with their cures: {quoted}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
