//! The flat text: one record a line, fields divided by tabs, the first field says what the record is.

use crate::words::Words;
use crate::{
    Answer, Area, BandRule, Contact, Hours, Island, Links, NationalLine, Office, Role, Rule, Span,
    Topic, Unit, Zone,
};
use std::fmt;

/// A line of the island that does not fit, counted from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The number of the line.
    pub line: usize,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("line ")?;
        fmt::Display::fmt(&self.line, f)
    }
}

impl std::error::Error for Broken {}

pub fn write(island: &Island) -> String {
    let mut out = String::new();
    for text in island.words.texts() {
        record(&mut out, "w", &[text]);
    }
    write_links(&mut out, &island.links);
    for topic in &island.topics {
        record(&mut out, "t", &[topic]);
    }
    for line in &island.national {
        let NationalLine { name, role, kind, shown, href, site, note } = line;
        record(&mut out, "n", &[name, role.key(), kind, shown, href, site, note]);
    }
    for area in &island.areas {
        record(&mut out, "a", &[&area.code, &area.name]);
    }
    for office in &island.offices {
        record(&mut out, "o", &[&office.name, &office.serves.join(" ")]);
        write_contacts(&mut out, &office.contacts);
        if let Some(rule) = &office.rule {
            write_rule(&mut out, rule);
        }
        write_before_coming(&mut out, office);
    }
    for unit in &island.units {
        let office = unit.office.to_string();
        let fields = [&unit.name, &unit.district, &unit.regency, &office, &unit.status];
        record(&mut out, "u", &fields.map(String::as_str));
        write_contacts(&mut out, &unit.contacts);
    }
    out
}

fn write_links(out: &mut String, links: &Links) {
    let Links { home, emergency, privacy, finder, families, method } = links;
    record(out, "k", &[home, emergency, privacy, finder, families, method]);
}

fn write_contacts(out: &mut String, contacts: &[Contact]) {
    for contact in contacts {
        let Contact { role, label, shown, href, note } = contact;
        record(out, "c", &[role.map_or("", Role::key), label, shown, href, note]);
    }
}

fn write_rule(out: &mut String, rule: &Rule) {
    record(out, "r", &[&rule.note]);
    for (place, band) in ["0", "1", "2"].into_iter().zip(&rule.bands) {
        record(out, "b", &[place, &band.text]);
        for name in &band.to {
            record(out, "l", &[place, name]);
        }
    }
}

/// Hours as `WIB`, `480-960 480-960 - …` from Monday on; answers by the place of their topic.
fn write_before_coming(out: &mut String, office: &Office) {
    if let Some(hours) = &office.hours {
        let mut days = String::new();
        for day in &hours.days {
            match day {
                Some(span) => {
                    days.push_str(&span.from().to_string());
                    days.push('-');
                    days.push_str(&span.to().to_string());
                }
                None => days.push('-'),
            }
            days.push(' ');
        }
        record(out, "h", &[hours.zone.name(), days.trim_end(), &hours.note]);
    }
    for answer in &office.answers {
        let topic = (answer.topic as usize).to_string();
        record(out, "s", &[&topic, &answer.text, &answer.note]);
    }
}

fn record(out: &mut String, kind: &str, fields: &[&str]) {
    out.push_str(kind);
    for field in fields {
        out.push('\t');
        for character in field.chars() {
            match character {
                '\\' => out.push_str("\\\\"),
                '\n' => out.push_str("\\n"),
                '\t' => out.push_str("\\t"),
                '\r' => out.push_str("\\r"),
                '<' => out.push_str("\\l"),
                other => out.push(other),
            }
        }
    }
    out.push('\n');
}

fn unescape(field: &str) -> String {
    let mut out = String::with_capacity(field.len());
    let mut characters = field.chars();
    while let Some(character) = characters.next() {
        if character != '\\' {
            out.push(character);
            continue;
        }
        match characters.next() {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => out.push('\r'),
            Some('l') => out.push('<'),
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}

pub fn read(text: &str) -> Result<Island, Broken> {
    let mut island = Island::default();
    let mut words = Vec::new();
    let mut line = 0;
    for row in text.split('\n').filter(|row| !row.is_empty()) {
        line += 1;
        let mut fields = row.split('\t').map(unescape);
        let kind = fields.next().unwrap_or_default();
        if kind == "w" {
            words.push(fields.next().ok_or(Broken { line })?);
        } else {
            read_record(&mut island, &kind, fields).ok_or(Broken { line })?;
        }
    }
    island.words = Words::from_texts(words).ok_or(Broken { line })?;
    let offices = island.offices.len();
    if island.units.iter().any(|unit| unit.office >= offices) {
        return Err(Broken { line });
    }
    Ok(island)
}

/// Adds one record to the island; nothing where the record does not fit.
fn read_record(
    island: &mut Island,
    kind: &str,
    mut fields: impl Iterator<Item = String>,
) -> Option<()> {
    let mut next = || fields.next();
    match kind {
        "k" => island.links = read_links(&mut next)?,
        "n" => island.national.push(read_line(&mut next)?),
        "a" => island.areas.push(Area { code: next()?, name: next()? }),
        "o" => island.offices.push(Office {
            name: next()?,
            serves: next()?.split(' ').map(str::to_owned).filter(|code| !code.is_empty()).collect(),
            ..Office::default()
        }),
        "t" => island.topics.push(next()?),
        "h" => island.offices.last_mut()?.hours = Some(read_hours(&mut next)?),
        "s" => {
            let place: usize = next()?.parse().ok()?;
            let topic = *Topic::ALL.get(place)?;
            let answer = Answer { topic, text: next()?, note: next()? };
            island.offices.last_mut()?.answers.push(answer);
        }
        "u" => island.units.push(read_unit(&mut next)?),
        "c" => {
            let contact = read_contact(&mut next)?;
            match island.units.last_mut() {
                Some(unit) => unit.contacts.push(contact),
                None => island.offices.last_mut()?.contacts.push(contact),
            }
        }
        "r" => {
            let rule = Rule { note: next()?, ..Rule::default() };
            island.offices.last_mut()?.rule = Some(rule);
        }
        "b" => {
            let band = band_of(island, &next()?)?;
            band.text = next()?;
        }
        "l" => {
            let band = band_of(island, &next()?)?;
            band.to.push(next()?);
        }
        _ => return None,
    }
    Some(())
}

fn read_links(next: &mut impl FnMut() -> Option<String>) -> Option<Links> {
    Some(Links {
        home: next()?,
        emergency: next()?,
        privacy: next()?,
        finder: next()?,
        families: next()?,
        method: next()?,
    })
}

fn read_line(next: &mut impl FnMut() -> Option<String>) -> Option<NationalLine> {
    Some(NationalLine {
        name: next()?,
        role: Role::from_key(&next()?)?,
        kind: next()?,
        shown: next()?,
        href: next()?,
        site: next()?,
        note: next()?,
    })
}

fn read_contact(next: &mut impl FnMut() -> Option<String>) -> Option<Contact> {
    Some(Contact {
        role: Role::from_key(&next()?),
        label: next()?,
        shown: next()?,
        href: next()?,
        note: next()?,
    })
}

fn read_unit(next: &mut impl FnMut() -> Option<String>) -> Option<Unit> {
    Some(Unit {
        name: next()?,
        district: next()?,
        regency: next()?,
        office: next()?.parse().ok()?,
        status: next()?,
        contacts: Vec::new(),
    })
}

fn read_hours(next: &mut impl FnMut() -> Option<String>) -> Option<Hours> {
    let zone = Zone::from_name(&next()?)?;
    let written = next()?;
    let mut written = written.split(' ');
    let mut days = [None; 7];
    for day in &mut days {
        let (from, to) = written.next()?.split_once('-')?;
        if !from.is_empty() || !to.is_empty() {
            *day = Some(Span::new(from.parse().ok()?, to.parse().ok()?)?);
        }
    }
    written.next().is_none().then_some(())?;
    Some(Hours { zone, days, note: next()? })
}

/// The band at this place of the rule of the office read last.
fn band_of<'a>(island: &'a mut Island, place: &str) -> Option<&'a mut BandRule> {
    let rule = island.offices.last_mut()?.rule.as_mut()?;
    rule.bands.get_mut(place.parse::<usize>().ok()?)
}
