//! A row about a unit → its page. A unit is known by the code of its area and by its program.

use super::offices::Offices;
use super::page::{Filled, complete, filled, sources, taken, unclear};
use super::rows::Record;
use super::{Change, Site, Taken, places};
use crate::areas::Area;
use crate::content::front::{Page, Unit};
use crate::diag::{Code, Fault, listed};
use crate::value::{AreaCode, slugify};
use std::collections::BTreeMap;

/// The units of the site by the codes of their areas.
pub struct Units<'a> {
    site: &'a Site<'a>,
    offices: &'a Offices<'a>,
    by_code: BTreeMap<&'a AreaCode, Vec<(&'a Page, &'a Unit)>>,
}

/// The cells that would tell how to reach a unit.
const CONTACTS: [&str; 4] = ["telepon", "whatsapp", "alamat", "situs"];

impl<'a> Units<'a> {
    /// Gathers the units of a site.
    pub fn of(site: &'a Site<'a>, offices: &'a Offices<'a>) -> Self {
        let mut by_code: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for (page, unit) in &site.model.places.units {
            by_code.entry(&unit.area.value).or_default().push((*page, *unit));
        }
        Self { site, offices, by_code }
    }

    /// The page that a row makes or changes. None with an error among the faults.
    pub fn take(
        &self,
        record: &Record,
        rows: &mut Taken,
        faults: &mut Vec<Fault>,
    ) -> Option<Change> {
        let reachable = CONTACTS.into_iter().filter(|key| record.text(key).is_some());
        faults.extend(reachable.map(|key| record.fault(Code::UnitContact, key)));
        let area = places::area(record, faults);
        let facts = self.facts(record, faults);
        if !faults.is_empty() {
            return None;
        }
        let Some(area) = area else {
            complete(record, &[("kelurahan", false)], faults);
            return None;
        };
        match self.existing(record, area, &facts, faults) {
            _ if !faults.is_empty() => None,
            Some(page) => {
                taken(&page.file, record, rows, faults)?;
                let Some(mut filled) = Filled::existing(self.site, &page.file) else {
                    faults.push(unclear(record, &page.file, &[]));
                    return None;
                };
                filled.text("judul", record.text("nama"));
                facts.write(&mut filled, facts.office.as_deref());
                Some(filled.change())
            }
            None => self.new_page(record, area, &facts, rows, faults),
        }
    }

    /// The page of the unit that is meant, if there is one.
    fn existing(
        &self,
        record: &Record,
        area: &Area,
        facts: &Facts,
        faults: &mut Vec<Fault>,
    ) -> Option<&'a Page> {
        let shares = |unit: &Unit| {
            let own = unit.programs.iter().map(|program| program.value.key());
            facts.programs.is_empty() || own.into_iter().any(|own| facts.programs.contains(&own))
        };
        let units = self.by_code.get(&area.code).into_iter().flatten();
        let meant: Vec<&Page> =
            units.filter(|(_, unit)| shares(unit)).map(|(page, _)| *page).collect();
        if meant.len() > 1 {
            let files: Vec<&str> = meant.iter().map(|page| page.file.as_ref()).collect();
            faults.push(unclear(record, files[0], &files));
        }
        meant.first().copied()
    }

    fn new_page(
        &self,
        record: &Record,
        area: &Area,
        facts: &Facts,
        rows: &mut Taken,
        faults: &mut Vec<Fault>,
    ) -> Option<Change> {
        let needed = [
            ("program", !facts.programs.is_empty()),
            ("status", facts.status.is_some()),
            ("per", facts.as_of.is_some()),
            ("sumber", !facts.sources.is_empty()),
        ];
        if !complete(record, &needed, faults) {
            return None;
        }
        let office = facts.office.clone();
        let office = office.or_else(|| self.offices.serving(record, area, faults))?;
        // A unit is itself by area and program, whatever its file is called.
        for program in &facts.programs {
            taken(&format!("{} {program}", area.code), record, rows, faults)?;
        }
        let path = self.free_path(area, rows);
        taken(&path, record, rows, faults)?;
        let name = self.site.name(area);
        let above = area.above().map(|above| self.site.name(above));
        let place = std::iter::once(name.clone()).chain(above).collect::<Vec<String>>().join(", ");
        let title = self.offices.title(&office).unwrap_or_default();
        let values = [("nama", name.as_str()), ("tempat", &place)];
        let links = [("kantor", title), ("tautan", &office)];
        let [heading, lead, body] = record.words().unit_page(facts.programs[0]);
        let mut page = Filled::new(path, &filled(body, &links))?;
        page.text("judul", Some(record.text("nama").unwrap_or(&filled(heading, &values))));
        page.text("ringkasan", Some(&filled(lead, &values)));
        page.list("program", &facts.programs);
        page.text("wilayah", Some(area.code.as_str()));
        facts.write(&mut page, Some(&office));
        Some(page.change())
    }

    fn facts<'r>(&self, record: &'r Record, faults: &mut Vec<Fault>) -> Facts<'r> {
        let words = record.words();
        let expected = |key| listed(words.values(key).map(|value| words.usual(key, value)));
        let mut programs = Vec::new();
        for item in record.items("program") {
            match words.value("program", item) {
                Some(program) => programs.push(program),
                None => faults.push(
                    record
                        .fault(Code::CellForm, "program")
                        .with("value", item)
                        .with("expected", expected("program")),
                ),
            }
        }
        let status = |text: &str| words.value("status", text);
        let office = |name| self.offices.named(record, name, faults);
        Facts {
            office: record.text("kantor").and_then(office),
            programs,
            status: record.parsed("status", &expected("status"), status, faults),
            as_of: record.date("per", faults),
            sources: sources(self.site, record, faults),
        }
    }

    /// A file for a unit: by its own name, and by those of the areas above where that is taken.
    fn free_path(&self, area: &Area, rows: &Taken) -> String {
        let above = area.above().map(|above| self.site.name(above));
        let mut name = String::new();
        let own = std::iter::once(self.site.name(area));
        for part in own.chain(above).chain([area.code.to_string()]) {
            name =
                if name.is_empty() { slugify(&part) } else { format!("{name}-{}", slugify(&part)) };
            let path = format!("content/unit/{name}.md");
            if self.site.source.file(&path).is_none() && !rows.has(&path) {
                return path;
            }
        }
        format!("content/unit/{name}.md")
    }
}

/// What a row says of a unit beside its place.
struct Facts<'r> {
    office: Option<String>,
    programs: Vec<&'r str>,
    status: Option<&'r str>,
    as_of: Option<String>,
    sources: Vec<&'r str>,
}

impl Facts<'_> {
    fn write(&self, page: &mut Filled, office: Option<&str>) {
        page.list("program", &self.programs);
        page.text("kantor", office);
        page.text("status", self.status);
        page.text("per", self.as_of.as_deref());
        page.list("sumber", &self.sources);
    }
}
