//! The bytes of a picture and what it shows → a file beside the page, and the Markdown that shows it.

use super::Desk;
use super::ask::Ask;
use super::reply::Reply;
use super::site::{may_be_page, with_bytes};
use crate::content::{Source, ending_of, is_image_ending};
use crate::diag::{Fault, has_errors};
use crate::emit::{Swap, Unswapped, swap};
use crate::trouble::Trouble;
use crate::value::slugify;

/// The most names that are tried for a picture.
const NAMES: usize = 100;

/// Takes in a picture.
pub fn reply(desk: &Desk, ask: &Ask) -> Reply {
    match taken(desk, ask) {
        Ok(Ok(markdown)) => Reply::json(serde_json::json!({ "markdown": markdown }).to_string()),
        Ok(Err(told)) => {
            Reply::json(serde_json::json!({ "told": told }).to_string()).with_status(422)
        }
        Err(trouble) => {
            let told = trouble.in_words(&desk.messages);
            Reply::json(serde_json::json!({ "told": told }).to_string()).with_status(500)
        }
    }
}

/// The Markdown of a picture that was taken in, or why it was not.
fn taken(desk: &Desk, ask: &Ask) -> Result<Result<String, String>, Trouble> {
    let word = |key: &str| Ok(Err(desk.messages.desk(key, &[])));
    let words = ask.asked("keterangan").trim();
    if words.is_empty() {
        return word("picture_no_words");
    }
    let name = ask.asked("nama").to_lowercase();
    let ending = ending_of(&name);
    if !is_image_ending(ending) {
        return word("picture_kind");
    }
    if !may_be_page(ask.asked("halaman")) {
        return word("not_found");
    }
    let folder = ask.asked("halaman").rsplit_once('/').map_or("", |(folder, _)| folder);
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let stem = slugify(name.strip_suffix(&format!(".{ending}")).unwrap_or(&name));
    let stem = if stem.is_empty() { "gambar".to_owned() } else { stem };
    let source = desk.source()?;
    let told = faults(&source, &format!("content/{folder}{stem}.{ending}"), &ask.bytes)?;
    if let Some(fault) = told.first().filter(|_| has_errors(&told)) {
        let (message, cure) = (desk.messages.message(fault), desk.messages.cure(fault));
        return Ok(Err(format!("{message} {cure}")));
    }
    for number in 1..=NAMES {
        let name = if number == 1 { stem.clone() } else { format!("{stem}-{number}") };
        let link = format!("{folder}{name}.{ending}");
        let path = format!("content/{link}");
        match swap(&desk.root, &[Swap { path: &path, before: None, after: Some(&ask.bytes) }]) {
            Ok(()) => return Ok(Ok(format!("![{}](@/{link})", escaped(words)))),
            // There is another picture of this name.
            Err(Unswapped::Changed(_)) => {}
            Err(Unswapped::Unwritable(path, error)) => {
                return Ok(Err(desk.unwritable(&path, &error)));
            }
        }
    }
    word("picture_names")
}

/// What is wrong with a picture.
fn faults(source: &Source, path: &str, bytes: &[u8]) -> Result<Vec<Fault>, Trouble> {
    let (_, faults) = crate::content::parse(&with_bytes(source, path, bytes))?;
    let own = faults.into_iter().filter(|fault| fault.spot.file.as_ref() == path);
    Ok(own.collect())
}

/// A text that Markdown shows as it is.
fn escaped(text: &str) -> String {
    let marks = ['\\', '[', ']', '*', '_', '`', '<', '&', '!'];
    let mut out = String::new();
    for character in text.split_whitespace().collect::<Vec<&str>>().join(" ").chars() {
        if marks.contains(&character) {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_picture_shows_stays_a_text() {
        assert_eq!(escaped("Pintu [depan]\n *kantor*"), "Pintu \\[depan\\] \\*kantor\\*");
    }
}
