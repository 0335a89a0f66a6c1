//! A package of Excel (.xlsx) → the cells of one of its sheets.
//! Source of element names: ECMA-376 part 1, 18.

use super::numbers::{Formats, is_date_format, is_date_pattern};
use super::package::Package;
use super::xml::{Piece, Pieces, attribute};
use super::{Choice, Grid, Kind, Stop, Tab};
use quick_xml::events::BytesStart;
use std::collections::BTreeMap;
use std::ops::Range;

/// Reads the wanted sheet.
pub fn read(package: &Package, choice: &mut Choice) -> Result<Grid, Stop> {
    let (tabs, relations, counts_from_1904) = workbook(package)?;
    let relation = relations.get(choice.among(&tabs)?).ok_or(Stop::Unreadable)?;
    let path = targets(package)?.remove(relation).ok_or(Stop::Unreadable)?;
    let strings = Strings::read(package)?;
    let formats = formats(package, counts_from_1904)?;
    let text = package.text(&path)?.ok_or(Stop::Unreadable)?;
    cells(&text, &strings, &formats)
}

/// The sheets, the name of the relation of each, and whether days count from 1904.
fn workbook(package: &Package) -> Result<(Vec<Tab>, Vec<String>, bool), Stop> {
    let text = package.text("xl/workbook.xml")?.ok_or(Stop::Unreadable)?;
    let (mut tabs, mut relations, mut counts_from_1904) = (Vec::new(), Vec::new(), false);
    let mut pieces = Pieces::of(&text);
    while let Some(piece) = pieces.next()? {
        let Piece::Open(element) = piece else { continue };
        match element.local_name().as_ref() {
            "sheet" => {
                let is_hidden = attribute(&element, "state").is_some_and(|s| s != "visible");
                tabs.push(Tab { name: attribute(&element, "name").unwrap_or_default(), is_hidden });
                relations.push(attribute(&element, "id").unwrap_or_default());
            }
            "workbookPr" => {
                let value = attribute(&element, "date1904");
                counts_from_1904 |= matches!(value.as_deref(), Some("1" | "true"));
            }
            _ => {}
        }
    }
    Ok((tabs, relations, counts_from_1904))
}

/// The path of the part behind each relation of the workbook.
fn targets(package: &Package) -> Result<BTreeMap<String, String>, Stop> {
    let text = package.text("xl/_rels/workbook.xml.rels")?.ok_or(Stop::Unreadable)?;
    let mut targets = BTreeMap::new();
    let mut pieces = Pieces::of(&text);
    while let Some(piece) = pieces.next()? {
        let Piece::Open(element) = piece else { continue };
        let (id, target) = (attribute(&element, "Id"), attribute(&element, "Target"));
        if let (Some(id), Some(target)) = (id, target) {
            let from_root = target.strip_prefix('/').map(str::to_owned);
            targets.insert(id, from_root.unwrap_or_else(|| format!("xl/{target}")));
        }
    }
    Ok(targets)
}

/// The texts that cells share, one behind the other.
#[derive(Default)]
struct Strings {
    text: String,
    each: Vec<Range<usize>>,
}

impl Strings {
    fn read(package: &Package) -> Result<Self, Stop> {
        let mut strings = Self::default();
        let Some(text) = package.text("xl/sharedStrings.xml")? else { return Ok(strings) };
        let mut pieces = Pieces::of(&text);
        while let Some(piece) = pieces.next()? {
            if matches!(&piece, Piece::Open(element) if element.local_name().as_ref() == "si") {
                let start = strings.text.len();
                strings.text.push_str(&content(&mut pieces, "si")?);
                strings.each.push(start..strings.text.len());
            }
        }
        Ok(strings)
    }

    fn get(&self, index: &str) -> Option<&str> {
        self.text.get(self.each.get(index.trim().parse::<usize>().ok()?)?.clone())
    }
}

/// The text inside an element, up to its end; readings for other scripts left out.
fn content(pieces: &mut Pieces, name: &str) -> Result<String, Stop> {
    let (mut content, mut is_text, mut is_reading) = (String::new(), false, false);
    while let Some(piece) = pieces.next()? {
        match piece {
            Piece::Open(element) => match element.local_name().as_ref() {
                "t" => is_text = true,
                "rPh" => is_reading = true,
                _ => {}
            },
            Piece::Close(found) if found == name => break,
            Piece::Close(found) => match found.as_str() {
                "t" => is_text = false,
                "rPh" => is_reading = false,
                _ => {}
            },
            Piece::Text(text) if is_text && !is_reading => content.push_str(&text),
            Piece::Text(_) => {}
        }
    }
    Ok(content)
}

fn formats(package: &Package, counts_from_1904: bool) -> Result<Formats, Stop> {
    let mut formats = Formats { counts_from_1904, shows_dates: Vec::new() };
    let Some(text) = package.text("xl/styles.xml")? else { return Ok(formats) };
    let (mut patterns, mut is_cell_style) = (BTreeMap::new(), false);
    let mut pieces = Pieces::of(&text);
    while let Some(piece) = pieces.next()? {
        match piece {
            Piece::Open(element) => {
                let id = attribute(&element, "numFmtId").and_then(|id| id.parse::<usize>().ok());
                match (element.local_name().as_ref(), id) {
                    ("numFmt", Some(id)) => {
                        let pattern = attribute(&element, "formatCode").unwrap_or_default();
                        patterns.insert(id, is_date_pattern(&pattern));
                    }
                    ("cellXfs", _) => is_cell_style = true,
                    ("xf", id) if is_cell_style => {
                        let id = id.unwrap_or_default();
                        let shows = patterns.get(&id).copied();
                        formats.shows_dates.push(shows.unwrap_or_else(|| is_date_format(id)));
                    }
                    _ => {}
                }
            }
            Piece::Close(name) if name == "cellXfs" => is_cell_style = false,
            Piece::Close(_) | Piece::Text(_) => {}
        }
    }
    Ok(formats)
}

fn cells(text: &str, strings: &Strings, formats: &Formats) -> Result<Grid, Stop> {
    let mut grid = Grid::default();
    let (mut row, mut column) = (0, 0);
    let mut pieces = Pieces::of(text);
    while let Some(piece) = pieces.next()? {
        match piece {
            Piece::Open(element) => match element.local_name().as_ref() {
                "row" => {
                    let named = attribute(&element, "r").and_then(|r| r.parse::<usize>().ok());
                    row = named.and_then(|number| number.checked_sub(1)).unwrap_or(row);
                    column = 0;
                }
                "c" => {
                    let named = attribute(&element, "r").and_then(|name| position(&name));
                    (row, column) = named.unwrap_or((row, column));
                    let (kind, text) = cell(&mut pieces, &element, strings, formats)?;
                    grid.put(row, column, kind, &text)?;
                    column += 1;
                }
                "mergeCell" => {
                    let corners = attribute(&element, "ref").and_then(|range| corners(&range));
                    corners.map_or(Ok(()), |corners| grid.merge(corners))?;
                }
                _ => {}
            },
            Piece::Close(name) if name == "row" => row += 1,
            Piece::Close(_) | Piece::Text(_) => {}
        }
    }
    Ok(grid)
}

/// What a cell holds: its value, or the formula behind it.
fn cell(
    pieces: &mut Pieces,
    element: &BytesStart,
    strings: &Strings,
    formats: &Formats,
) -> Result<(Kind, String), Stop> {
    let style = attribute(element, "s").and_then(|style| style.parse().ok()).unwrap_or_default();
    let (mut value, mut formula, mut inline) = (String::new(), None, String::new());
    while let Some(piece) = pieces.next()? {
        match piece {
            Piece::Open(element) => match element.local_name().as_ref() {
                "v" => value = plain(pieces, "v")?,
                "f" => formula = Some(format!("={}", plain(pieces, "f")?)),
                "is" => inline = content(pieces, "is")?,
                _ => {}
            },
            Piece::Close(name) if name == "c" => break,
            Piece::Close(_) | Piece::Text(_) => {}
        }
    }
    if let Some(formula) = formula {
        return Ok((Kind::Computed, formula));
    }
    Ok(match attribute(element, "t").as_deref() {
        Some("s") => (Kind::Text, strings.get(&value).ok_or(Stop::Unreadable)?.to_owned()),
        Some("inlineStr") => (Kind::Text, inline),
        Some("str" | "b") => (Kind::Text, value),
        Some("e") => (Kind::Computed, value),
        Some("d") => (Kind::Date, value.get(..10).unwrap_or(&value).to_owned()),
        _ => value.parse().map_or((Kind::Text, value), |number| formats.shown(number, style)),
    })
}

/// All text up to the end of an element.
fn plain(pieces: &mut Pieces, name: &str) -> Result<String, Stop> {
    let mut plain = String::new();
    while let Some(piece) = pieces.next()? {
        match piece {
            Piece::Text(text) => plain.push_str(&text),
            Piece::Close(found) if found == name => break,
            Piece::Close(_) | Piece::Open(_) => {}
        }
    }
    Ok(plain)
}

/// `B4` → row 3, column 1, both from 0. None far outside of any sheet.
fn position(name: &str) -> Option<(usize, usize)> {
    let split = name.find(|c: char| c.is_ascii_digit())?;
    let (column, row) = name.split_at(split);
    if column.len() > 3 || row.len() > 7 {
        return None;
    }
    let digit = |c: char| c.to_digit(36).and_then(|digit| digit.checked_sub(9));
    let column = column.chars().try_fold(0, |sum, c| Some(sum * 26 + digit(c)?))?;
    let column = usize::try_from(column).ok()?.checked_sub(1)?;
    Some((row.parse::<usize>().ok()?.checked_sub(1)?, column))
}

/// `A1:C2` → first and last row and column.
fn corners(range: &str) -> Option<[usize; 4]> {
    let (first, last) = range.split_once(':')?;
    let ((top, left), (bottom, right)) = (position(first)?, position(last)?);
    Some([top, left, bottom, right])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_cells_are_places() {
        assert_eq!(position("B4"), Some((3, 1)));
        assert_eq!(position("AA10"), Some((9, 26)));
        for wrong in ["", "B", "4", "B0", "ABCD1", "A99999999", "-1", "é1"] {
            assert_eq!(position(wrong), None, "{wrong}");
        }
        assert_eq!(corners("A1:C2"), Some([0, 0, 1, 2]));
    }

    #[test]
    fn every_kind_of_value_is_told_apart() {
        let sheet = "<sheetData><row r='2'><c r='A2' t='s'><v>0</v></c><c r='B2'><v>812</v></c>\
            <c t='inlineStr'><is><t>x</t><rPh><t>y</t></rPh></is></c><c><f>A1&amp;B1</f><v>3</v></c>\
            <c t='e'><v>#N/A</v></c><c s='1'/></row></sheetData><mergeCell ref='A2:A3'/>";
        let strings = Strings { text: "abc".to_owned(), each: Vec::from([0..2, 2..3]) };
        let grid = cells(sheet, &strings, &Formats::default()).unwrap();
        let found: Vec<(usize, Kind, &str)> = grid
            .cells
            .iter()
            .map(|((_, column), cell)| (*column, cell.0, cell.1.as_str()))
            .collect();
        let wanted = [
            (0, Kind::Text, "ab"),
            (1, Kind::Number, "812"),
            (2, Kind::Text, "x"),
            (3, Kind::Computed, "=A1&B1"),
            (4, Kind::Computed, "#N/A"),
        ];
        assert_eq!(found, wanted);
        assert_eq!(grid.merged, [[1, 0, 2, 0]]);
    }
}
