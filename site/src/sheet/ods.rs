//! A package of `LibreOffice` (.ods) → the cells of one of its sheets.
//! Source of element names: `OpenDocument` 1.3 part 3.

use super::package::Package;
use super::xml::{Piece, Pieces, attribute};
use super::{Choice, Grid, Kind, Stop, Tab};
use quick_xml::events::BytesStart;
use std::collections::BTreeSet;

/// Reads the wanted sheet.
pub fn read(package: &Package, choice: &mut Choice) -> Result<Grid, Stop> {
    let text = package.text("content.xml")?.ok_or(Stop::Unreadable)?;
    let wanted = choice.among(&tabs(&text)?)?;
    let mut pieces = Pieces::of(&text);
    let mut seen = 0;
    while let Some(piece) = pieces.next()? {
        let Piece::Open(element) = piece else { continue };
        if element.name().as_ref() == "table:table" {
            if seen == wanted {
                return cells(&mut pieces);
            }
            seen += 1;
        }
    }
    Err(Stop::Unreadable)
}

/// The sheets. One is hidden where its style says so.
fn tabs(text: &str) -> Result<Vec<Tab>, Stop> {
    let (mut tabs, mut hidden, mut style) = (Vec::new(), BTreeSet::new(), None);
    let mut pieces = Pieces::of(text);
    while let Some(piece) = pieces.next()? {
        let Piece::Open(element) = piece else { continue };
        match element.name().as_ref() {
            "style:style" => style = attribute(&element, "name"),
            "style:table-properties"
                if attribute(&element, "display").as_deref() == Some("false") =>
            {
                hidden.extend(style.take());
            }
            "table:table" => {
                let style = attribute(&element, "style-name");
                let is_hidden = style.is_some_and(|style| hidden.contains(&style));
                tabs.push(Tab { name: attribute(&element, "name").unwrap_or_default(), is_hidden });
            }
            _ => {}
        }
    }
    Ok(tabs)
}

fn cells(pieces: &mut Pieces) -> Result<Grid, Stop> {
    let mut grid = Grid::default();
    let (mut row, mut column, mut row_repeats) = (0, 0, 1);
    while let Some(piece) = pieces.next()? {
        match piece {
            Piece::Open(element) => match element.name().as_ref() {
                "table:table-row" => {
                    row_repeats = repeats(&element, "number-rows-repeated");
                    column = 0;
                }
                "table:table-cell" | "table:covered-table-cell" => {
                    let column_repeats = repeats(&element, "number-columns-repeated");
                    merged(&element, row, column, &mut grid)?;
                    let (kind, text) = cell(pieces, &element)?;
                    // Empty cells are repeated a million times, filled ones only as far as limits let.
                    if !text.trim().is_empty() {
                        for row in row..row.saturating_add(row_repeats) {
                            for column in column..column.saturating_add(column_repeats) {
                                grid.put(row, column, kind, &text)?;
                            }
                        }
                    }
                    column = column.saturating_add(column_repeats);
                }
                _ => {}
            },
            Piece::Close(name) if name == "table-row" => row = row.saturating_add(row_repeats),
            Piece::Close(name) if name == "table" => return Ok(grid),
            Piece::Close(_) | Piece::Text(_) => {}
        }
    }
    Err(Stop::Unreadable)
}

fn repeats(element: &BytesStart, name: &str) -> usize {
    attribute(element, name).and_then(|count| count.parse().ok()).unwrap_or(1)
}

fn merged(element: &BytesStart, row: usize, column: usize, grid: &mut Grid) -> Result<(), Stop> {
    let rows = repeats(element, "number-rows-spanned");
    let columns = repeats(element, "number-columns-spanned");
    if rows <= 1 && columns <= 1 {
        return Ok(());
    }
    let last = |first: usize, count: usize| first.saturating_add(count.saturating_sub(1));
    grid.merge([row, column, last(row, rows), last(column, columns)])
}

/// What a cell holds: its value, or the formula behind it.
fn cell(pieces: &mut Pieces, element: &BytesStart) -> Result<(Kind, String), Stop> {
    let shown = shown(pieces)?;
    if let Some(formula) = attribute(element, "formula") {
        return Ok((Kind::Computed, formula.trim_start_matches("of:").to_owned()));
    }
    let text = |name| attribute(element, name);
    Ok(match text("value-type").as_deref() {
        Some("float" | "percentage" | "currency") => (Kind::Number, text("value").unwrap_or(shown)),
        Some("date") => {
            let date = text("date-value").unwrap_or(shown);
            (Kind::Date, date.get(..10).unwrap_or(&date).to_owned())
        }
        _ => (Kind::Text, shown),
    })
}

/// The text that a cell shows, its notes left out.
fn shown(pieces: &mut Pieces) -> Result<String, Stop> {
    let (mut shown, mut is_note) = (String::new(), false);
    while let Some(piece) = pieces.next()? {
        match piece {
            Piece::Text(text) if !is_note => shown.push_str(&text),
            Piece::Text(_) => {}
            Piece::Open(element) => match element.name().as_ref() {
                "office:annotation" => is_note = true,
                // A blank, a tab, a new line or a paragraph: each parts words.
                _ if !is_note => shown.push_str(gap(&element)),
                _ => {}
            },
            Piece::Close(name) => match name.as_str() {
                "annotation" => is_note = false,
                "table-cell" | "covered-table-cell" => break,
                _ => {}
            },
        }
    }
    Ok(shown)
}

/// How many blanks a file says there are does not matter: a text has single ones.
fn gap(element: &BytesStart) -> &'static str {
    match element.name().as_ref() {
        "text:s" | "text:tab" | "text:line-break" | "text:p" => " ",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeats_notes_and_spans_are_understood() {
        let table = "<table:table><table:table-row table:number-rows-repeated='3'><table:table-cell \
            table:number-columns-repeated='16384'/></table:table-row><table:table-row>\
            <table:table-cell table:number-columns-spanned='2'><text:p>a<text:s text:c='9999999999'/>b\
            </text:p><office:annotation><text:p>c</text:p></office:annotation></table:table-cell>\
            <table:covered-table-cell/><table:table-cell office:value-type='float' office:value='812'>\
            <text:p>812,0</text:p></table:table-cell></table:table-row></table:table>";
        let mut pieces = Pieces::of(table);
        pieces.next().unwrap();
        let grid = cells(&mut pieces).unwrap();
        let found: Vec<((usize, usize), &str)> =
            grid.cells.iter().map(|(place, cell)| (*place, cell.1.as_str())).collect();
        assert_eq!(found, [((3, 0), "a b"), ((3, 2), "812")]);
        assert_eq!(grid.merged, [[3, 0, 3, 1]]);
    }

    #[test]
    fn a_torn_table_ends_and_a_repeated_text_is_too_much() {
        assert_eq!(cells(&mut Pieces::of("<table:table-row>")).err(), Some(Stop::Unreadable));
        let many = "<table:table-row table:number-rows-repeated='1000000'><table:table-cell \
            table:number-columns-repeated='16384'><text:p>x</text:p></table:table-cell>";
        assert_eq!(cells(&mut Pieces::of(many)).err(), Some(Stop::TooBig));
    }
}
