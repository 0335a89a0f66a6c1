//! A row about an office → its page. An office is known by its name, or by its level and its area.

use super::page::{Filled, complete, filled, sources, taken, unclear};
use super::rows::Record;
use super::vocabulary::folded;
use super::{Change, Site, Taken, places};
use crate::areas::Area;
use crate::content::front::{Office, Page};
use crate::diag::{Code, Fault, listed, nearest};
use crate::value::{AreaCode, slugify};
use std::collections::{BTreeMap, BTreeSet};

/// The offices of the site by their names and by what they serve.
pub struct Offices<'a> {
    site: &'a Site<'a>,
    by_name: BTreeMap<String, BTreeSet<usize>>,
    by_area: BTreeMap<(&'static str, &'a AreaCode), usize>,
}

impl<'a> Offices<'a> {
    /// Gathers the offices of a site.
    pub fn of(site: &'a Site<'a>) -> Self {
        let (mut by_name, mut by_area) = (BTreeMap::<_, BTreeSet<usize>>::new(), BTreeMap::new());
        for (place, (page, office)) in site.model.places.offices.iter().enumerate() {
            let short = page.front.short_title.as_deref().unwrap_or_default();
            for name in [page.front.title.value.as_str(), short, page.id.slug()] {
                by_name.entry(folded(name)).or_default().insert(place);
            }
            for served in &office.serves {
                by_area.entry((office.level.key(), &served.value)).or_insert(place);
            }
        }
        by_name.remove("");
        Self { site, by_name, by_area }
    }

    fn each(&self) -> &'a [(&'a Page, &'a Office)] {
        &self.site.model.places.offices
    }

    /// The link to the office of a name. None, with a fault, where there is none or are several.
    pub fn named(&self, record: &Record, name: &str, faults: &mut Vec<Fault>) -> Option<String> {
        let found = self.by_name.get(&folded(name)).filter(|places| places.len() == 1);
        let found = found.and_then(|places| self.each().get(*places.first()?));
        if found.is_none() {
            let titles = self.each().iter().map(|(page, _)| page.front.title.value.as_str());
            let near = listed(nearest(name, titles));
            faults.push(
                record.fault(Code::OfficeUnclear, "kantor").with("value", name).with("near", near),
            );
        }
        found.map(|(page, _)| page.id.to_string())
    }

    /// The link to the office that serves an area. None, with a fault, where none does or several do.
    pub fn serving(&self, record: &Record, area: &Area, faults: &mut Vec<Fault>) -> Option<String> {
        let serving = self.site.model.places.offices_serving(&area.code);
        let nearest = serving.first().map(|(_, office)| office.level);
        let same = serving.iter().filter(|(_, office)| Some(office.level) == nearest);
        let same: Vec<&Page> = same.map(|(page, _)| *page).collect();
        if let [page] = same.as_slice() {
            return Some(page.id.to_string());
        }
        let near = listed(same.iter().map(|page| page.front.title.value.as_str()));
        let fault = record.row_fault(Code::OfficeUnclear).with("value", area.everyday());
        faults.push(fault.with("near", near).with("column", "–").with("key", "kantor"));
        None
    }

    /// The title of the office behind a link.
    pub fn title(&self, link: &str) -> Option<&'a str> {
        let path = link.strip_prefix("@/")?;
        let (page, _) = self.each().iter().find(|(page, _)| page.id.as_str() == path)?;
        Some(page.front.short_title.as_deref().unwrap_or(&page.front.title.value))
    }

    /// The page that a row makes or changes. None with an error among the faults.
    pub fn take(
        &self,
        record: &Record,
        rows: &mut Taken,
        faults: &mut Vec<Fault>,
    ) -> Option<Change> {
        let facts = Facts::read(self.site, record, faults);
        let existing = self.existing(record, &facts, faults);
        if !faults.is_empty() {
            return None;
        }
        let mut page = match existing {
            Some(page) => {
                taken(&page.file, record, rows, faults)?;
                let Some(filled) = Filled::existing(self.site, &page.file) else {
                    faults.push(unclear(record, &page.file, &[]));
                    return None;
                };
                filled
            }
            None => self.new_page(record, &facts, rows, faults)?,
        };
        page.text("judul", facts.name);
        page.text("tingkat", facts.level);
        page.list("wilayah", &facts.codes());
        page.text("per", facts.as_of.as_deref());
        page.list("sumber", &facts.sources);
        page.contacts(record, &facts.sources, faults);
        Some(page.change())
    }

    /// The page of the office that is meant, if there is one.
    fn existing(
        &self,
        record: &Record,
        facts: &Facts,
        faults: &mut Vec<Fault>,
    ) -> Option<&'a Page> {
        let named = facts.name.and_then(|name| self.by_name.get(&folded(name)));
        if let Some(places) = named {
            let pages = places.iter().filter_map(|place| self.each().get(*place));
            let pages: Vec<&Page> = pages.map(|(page, _)| *page).collect();
            if pages.len() > 1 {
                let files: Vec<&str> = pages.iter().map(|page| page.file.as_ref()).collect();
                faults.push(unclear(record, files[0], &files));
            }
            return pages.first().copied();
        }
        let area = facts.areas.first()?;
        let place = self.by_area.get(&(facts.level?, &area.code))?;
        self.each().get(*place).map(|(page, _)| *page)
    }

    fn new_page(
        &self,
        record: &Record,
        facts: &Facts,
        rows: &mut Taken,
        faults: &mut Vec<Fault>,
    ) -> Option<Filled> {
        let needed = [
            ("kantor", facts.name.is_some()),
            ("tingkat", facts.level.is_some()),
            ("wilayah_kerja", !facts.areas.is_empty()),
            ("per", facts.as_of.is_some()),
            ("sumber", !facts.sources.is_empty()),
        ];
        if !complete(record, &needed, faults) {
            return None;
        }
        let path = format!("content/kantor/{}.md", slugify(facts.name?));
        taken(&path, record, rows, faults)?;
        if self.site.source.file(&path).is_some() {
            faults.push(unclear(record, &path, &[]));
            return None;
        }
        let names: Vec<String> = facts.areas.iter().map(|area| self.site.name(area)).collect();
        let words = record.words().office_page();
        let values = [("tempat", &*names.join(", "))];
        let mut page = Filled::new(path, &filled(&words.isi, &values))?;
        page.text("judul", facts.name);
        page.text("ringkasan", Some(&filled(&words.ringkasan, &values)));
        Some(page)
    }
}

/// What a row says of an office beside how to reach it.
struct Facts<'r> {
    name: Option<&'r str>,
    level: Option<&'r str>,
    areas: Vec<&'static Area>,
    as_of: Option<String>,
    sources: Vec<&'r str>,
}

impl<'r> Facts<'r> {
    fn read(site: &Site, record: &'r Record, faults: &mut Vec<Fault>) -> Self {
        let words = record.words();
        let name = record.text("kantor").or_else(|| record.text("nama"));
        let level = |text: &str| words.value("tingkat", text);
        let told = record.parsed("tingkat", "`BNNK`, `BNNP`", level, faults);
        Self {
            name,
            level: told.or_else(|| words.value_at_start("tingkat", name?)),
            areas: places::served(record, faults),
            as_of: record.date("per", faults),
            sources: sources(site, record, faults),
        }
    }

    fn codes(&self) -> Vec<&'static str> {
        self.areas.iter().map(|area| area.code.as_str()).collect()
    }
}
