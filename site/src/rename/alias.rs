//! A page that has moved → the same page with its old address among its old addresses, and without the
//! one that is now its own.

use crate::edit::Draft;
use crate::value::Address;
use toml_edit::{Array, Item, RawString, Table, Value};

const KEY: &str = "alias";

/// The page at its new address. None where its head cannot be changed.
pub fn moved(text: &str, old: &str, new: &str) -> Option<String> {
    let mut draft = Draft::page(text)?;
    let keys = draft.keys();
    if keys.contains_key(KEY) {
        drop_address(keys, new)?;
    }
    // Where no site ever stood at the old address, nobody knows it.
    if Address::parse(old).is_some() {
        add_address(keys, old)?;
    }
    Some(draft.text())
}

fn drop_address(keys: &mut Table, address: &str) -> Option<()> {
    let list = keys.get_mut(KEY)?.as_array_mut()?;
    let is_plain = !list.to_string().contains(['\n', '#']);
    let known = list.len();
    list.retain(|value| value.as_str() != Some(address));
    if list.len() < known && is_plain {
        list.fmt();
    }
    let is_noted = keys.key(KEY).is_some_and(|key| {
        let prefix = key.leaf_decor().prefix().and_then(RawString::as_str);
        prefix.is_none_or(|text| !text.trim().is_empty())
    });
    let is_empty = keys.get(KEY).and_then(Item::as_array).is_some_and(Array::is_empty);
    if is_empty && !is_noted {
        keys.remove(KEY);
    }
    Some(())
}

fn add_address(keys: &mut Table, address: &str) -> Option<()> {
    let Some(item) = keys.get_mut(KEY) else {
        keys.insert(KEY, Item::Value(Value::Array(Array::from_iter([address]))));
        return Some(());
    };
    let known = item.as_array_mut()?;
    if known.iter().any(|value| value.as_str() == Some(address)) {
        return Some(());
    }
    let above = known.iter().last().and_then(|value| value.decor().prefix()?.as_str());
    let indent = above.and_then(|text| text.rsplit_once('\n')).map(|(_, indent)| indent.to_owned());
    match indent {
        Some(indent) => add_line(known, address, &indent),
        None => known.push(address),
    }
    Some(())
}

/// Adds an address to a list with one a line. A remark stays behind the address above.
fn add_line(list: &mut Array, address: &str, indent: &str) {
    let mut value = Value::from(address);
    let remark = if list.trailing_comma() {
        let remark = text_of(Some(list.trailing()));
        list.set_trailing("\n");
        remark
    } else {
        let Some(above) = list.iter_mut().last().map(Value::decor_mut) else { return };
        let remark = text_of(above.suffix());
        above.set_suffix("");
        value.decor_mut().set_suffix("\n");
        remark
    };
    value.decor_mut().set_prefix(format!("{}\n{indent}", remark.trim_end()));
    list.push_formatted(value);
}

fn text_of(raw: Option<&RawString>) -> String {
    raw.and_then(RawString::as_str).unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(keys: &str) -> String {
        format!("+++\njudul = \"A\"\n{keys}\n# Catatan\n[x]\ny = 1\n+++\nIsi\n")
    }

    fn at_b(keys: &str) -> String {
        moved(&page(keys), "/a/", "/b/").unwrap()
    }

    #[test]
    fn the_old_address_is_added_where_old_addresses_stand() {
        assert_eq!(at_b("per = \"2021\""), page("per = \"2021\"\nalias = [\"/a/\"]"));
        assert_eq!(at_b("alias = [\"/c/\"] # dulu"), page("alias = [\"/c/\", \"/a/\"] # dulu"));
        assert_eq!(at_b("alias = []"), page("alias = [\"/a/\"]"));
        assert_eq!(at_b("alias = [\"/a/\"]"), page("alias = [\"/a/\"]"));
        for (end, remark) in [(",", ""), ("", ""), (",", " # d"), ("", " # d")] {
            let list = |tail: &str| format!("alias = [\n  \"/c/\", # c\n  \"/d/\"{tail}\n]");
            let after = list(&format!(",{remark}\n  \"/a/\"{end}"));
            assert_eq!(at_b(&list(&format!("{end}{remark}"))), page(&after));
        }
    }

    #[test]
    fn the_address_that_is_now_its_own_goes() {
        assert_eq!(at_b("alias = [\"/b/\"]"), page("alias = [\"/a/\"]"));
        assert_eq!(at_b("alias = [\"/b/\", \"/c/\"]"), page("alias = [\"/c/\", \"/a/\"]"));
        let only = |text: &str| moved(text, "/A/", "/b/").unwrap();
        assert_eq!(only(&page("alias = [\"/b/\"]")), page("").replace("\n\n", "\n"));
        let noted = page("# Alamat lama:\nalias = [\"/b/\"]");
        assert_eq!(only(&noted), noted.replace("\"/b/\"", ""), "a remark stays");
    }

    #[test]
    fn what_is_no_list_is_left_to_check() {
        assert_eq!(moved(&page("alias = \"/b/\""), "/a/", "/b/"), None);
        assert_eq!(moved("judul", "/a/", "/b/"), None);
    }
}
