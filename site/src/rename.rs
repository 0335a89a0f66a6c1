//! A page that is to have another name → the files that change with it: the page moves with its
//! translations and keeps its old address, links to it lead to the new place, and seals of its contacts
//! that fit still fit.

mod alias;
mod links;

use crate::confirm::owner;
use crate::content::front::{Kind, Layout};
use crate::content::proof::{ContactKey, seal};
use crate::content::{Source, SourceFile, may_be_named, page_id};
use crate::diag::by_likeness;
use crate::edit::{Change, difference};
use crate::model::Model;
use crate::value::{Lang, PageId, Slug, slugify};
use links::Edit;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A file that gets another name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The path relative to the site, and that which it gets.
    pub paths: [String; 2],
    /// As it is, and as it is to be.
    pub texts: [String; 2],
}

/// What changes when a page gets another name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// The page and its translations.
    pub moves: Vec<Move>,
    /// The files that name the page, in the order of their paths.
    pub changes: Vec<Change>,
    /// The old addresses, each with the one that it leads to.
    pub addresses: Vec<[String; 2]>,
}

impl Plan {
    /// Everything that is to be written, to be taken in together or not at all.
    #[must_use]
    pub fn files(&self) -> Vec<Change> {
        let moves = self.moves.iter().flat_map(|Move { paths: [from, to], texts: [old, new] }| {
            let change =
                |path: &String, before, after| Change { path: path.clone(), before, after };
            [change(to, None, Some(new.clone())), change(from, Some(old.clone()), None)]
        });
        moves.chain(self.changes.iter().cloned()).collect()
    }

    /// What changes, line by line, as `diff -u` shows it.
    #[must_use]
    pub fn difference(&self) -> String {
        let moved = |Move { paths: [from, to], texts: [old, new] }: &Move| {
            difference([from, to], [old, new])
        };
        let changed = self.changes.iter().map(Change::difference);
        self.moves.iter().map(moved).chain(changed).collect()
    }
}

/// Why a page keeps its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// There is no such page: who was meant, and what is called nearly so.
    Unknown(String, Vec<String>),
    /// The page speaks for a folder, or pages stand below its address.
    PagesBelow(String),
    /// The name cannot become an address: a good one, if there is any.
    BadName(String, Option<String>),
    /// The page would become one of another kind: a name for which it would not.
    OtherKind(String, String),
    /// It is the name that the page has.
    SameName(String),
    /// At the new address stands something: the address, and what.
    Taken(String, String),
    /// The name has a word that tells what the sealed page is about.
    TopicWord(String, String),
    /// A file that would have to change is not of a form that can be changed.
    NotChangeable(String),
}

/// Plans that a page gets another name. Both are named as people do: `unit/ancol`,
/// `content/unit/ancol.md`, `@/unit/ancol.md`.
///
/// # Errors
/// [`Refusal`] where the page keeps its name.
pub fn plan(source: &Source, model: &Model, from: &str, to: &str) -> Result<Plan, Refusal> {
    let languages = &model.content.config.languages;
    let [from, to] = [from, to].map(|name| id_of(name, languages));
    let seals = seals(model, &from, &to);
    let rename = Rename { source, model, from, to, seals };
    let files = rename.files(&rename.from);
    if files.is_empty() {
        return Err(rename.unknown());
    }
    rename.judge()?;
    let mut plan = Plan::default();
    for (file, lang) in files {
        rename.move_file(file, &lang, &mut plan)?;
    }
    let moved: Vec<&str> = plan.moves.iter().map(|moved| moved.paths[0].as_str()).collect();
    let others = source.files.iter().filter(|file| !moved.contains(&file.path.as_ref()));
    for file in others {
        let Some(before) = file.text() else { continue };
        let after = rename.in_text(file, &before)?;
        if after != before {
            let (before, after) = (Some(before), Some(after));
            plan.changes.push(Change { path: file.path.to_string(), before, after });
        }
    }
    Ok(plan)
}

/// A page by the name that somebody gives it; that of a translation stands for the page.
fn id_of(name: &str, languages: &[Lang]) -> PageId {
    let link = owner(name);
    page_id(link.strip_prefix("@/").unwrap_or(&link), languages).0
}

/// A page and the name that it is to have.
struct Rename<'a> {
    source: &'a Source,
    model: &'a Model<'a>,
    from: PageId,
    to: PageId,
    /// The seals to be made anew, by their files.
    seals: BTreeMap<Arc<str>, Vec<Edit>>,
}

impl Rename<'_> {
    /// The files of a page, each with its language.
    fn files(&self, id: &PageId) -> Vec<(&SourceFile, Lang)> {
        let languages = &self.model.content.config.languages;
        let files = self.source.files.iter().filter(|file| file.is_page()).filter_map(|file| {
            let (found, lang) = page_id(file.path.strip_prefix("content/")?, languages);
            (found == *id).then_some((file, lang))
        });
        files.collect()
    }

    fn unknown(&self) -> Refusal {
        let pages = &self.model.content.pages;
        let known: BTreeSet<String> = pages.iter().map(|page| page.id.to_string()).collect();
        let wanted = self.from.to_string();
        let near = by_likeness(&wanted, known.iter().map(String::as_str));
        let near = near.into_iter().take(OFFERED).map(str::to_owned).collect();
        Refusal::Unknown(wanted, near)
    }

    /// Whether the page may have the name, wherever its files are.
    fn judge(&self) -> Result<(), Refusal> {
        let (from, to) = (&self.from, &self.to);
        let is = |layout: Layout| {
            let original = self.model.content.pages.iter().find(|page| page.id == *from);
            original.is_some_and(|page| matches!(page.kind, Kind::Article(own) if own == layout))
        };
        if from == to {
            return Err(Refusal::SameName(to.to_string()));
        }
        if from.is_section() || is(Layout::Finder) {
            return Err(Refusal::PagesBelow(from.to_string()));
        }
        let stem = to.as_str().strip_suffix(".md").unwrap_or(to.as_str());
        let is_good = stem.split('/').all(|part| Slug::parse(part).is_some());
        if !is_good || !may_be_named(&format!("content/{to}", to = to.as_str())) {
            let parts: Vec<String> = stem.split('/').map(slugify).collect();
            let good = parts.join("/");
            let good = (good != stem && !parts.contains(&String::new())).then_some(good);
            return Err(Refusal::BadName(stem.to_owned(), good));
        }
        if kind_of(from) != kind_of(to) {
            let good = format!("{}/{}", from.folder(), to.slug());
            let good = good.trim_start_matches('/').to_owned();
            return Err(Refusal::OtherKind(to.to_string(), good));
        }
        if let Some((file, _)) = self.files(to).first() {
            return Err(Refusal::Taken(to.to_string(), file.path.to_string()));
        }
        let word = is(Layout::Screening).then(|| self.model.topic_word(stem)).flatten();
        word.map_or(Ok(()), |word| Err(Refusal::TopicWord(to.to_string(), word)))
    }

    /// A file of the page, under its new name.
    fn move_file(&self, file: &SourceFile, lang: &Lang, plan: &mut Plan) -> Result<(), Refusal> {
        let stem = |id: &PageId| id.as_str().trim_end_matches(".md").to_owned();
        let name = file.path.strip_prefix("content/").unwrap_or(&file.path);
        let ending = name.strip_prefix(&stem(&self.from)).unwrap_or(".md");
        let path = format!("content/{}{ending}", stem(&self.to));
        let [old, new] = [&self.from, &self.to].map(|id| self.model.pages.address_of(id, lang));
        if let Some(other) = self.model.standing_at(&new, &self.from) {
            return Err(Refusal::Taken(new, other));
        }
        let unchangeable = || Refusal::NotChangeable(file.path.to_string());
        let is_parsed = self.model.content.pages.iter().any(|page| page.file == file.path);
        let before = file.text().filter(|_| is_parsed).ok_or_else(unchangeable)?;
        let after = self.in_text(file, &before)?;
        let after = alias::moved(&after, &old, &new).ok_or_else(unchangeable)?;
        plan.moves.push(Move { paths: [file.path.to_string(), path], texts: [before, after] });
        plan.addresses.push([old, new]);
        Ok(())
    }

    /// A file with every link to the page leading to its new place, and with its seals made anew.
    fn in_text(&self, file: &SourceFile, text: &str) -> Result<String, Refusal> {
        let seals = self.seals.get(&file.path).cloned().unwrap_or_default();
        if seals.is_empty() && !text.contains(self.from.as_str()) {
            return Ok(text.to_owned());
        }
        let changed = links::led_over(file, text, [&self.from, &self.to], seals);
        changed.ok_or_else(|| Refusal::NotChangeable(file.path.to_string()))
    }
}

/// The seals that fit the contacts of a page, as they fit them under its new name.
fn seals(model: &Model, from: &PageId, to: &PageId) -> BTreeMap<Arc<str>, Vec<Edit>> {
    let owner = from.to_string();
    let first = model.content.proofs().map(|proof| (&proof.key, &proof.record));
    let second = model.content.confirmations.iter().map(|second| (&second.key, &second.record));
    let own = first.chain(second).filter(|(key, _)| key.owner == owner);
    let mut seals: BTreeMap<Arc<str>, Vec<Edit>> = BTreeMap::new();
    for (key, record) in own.filter(|(key, record)| record.is_sealed_for(key)) {
        let Some(signature) = &record.signature else { continue };
        let spot = &signature.seal.spot;
        let Some(place) = spot.span.clone() else { continue };
        let key = ContactKey { owner: to.to_string(), ..key.clone() };
        let (method, role) = (signature.method.value, &signature.role.value);
        let new = seal(&key, &record.checked.value, method, role);
        let edit = Edit { place, old: signature.seal.value.clone(), new };
        seals.entry(Arc::clone(&spot.file)).or_default().push(edit);
    }
    seals
}

/// How many names are offered for one that no page has.
const OFFERED: usize = 3;

/// The folder that decides what a page is, if it does.
fn kind_of(id: &PageId) -> Option<&str> {
    let folder = id.as_str().split_once('/').map(|(folder, _)| folder);
    folder.filter(|folder| ["kantor", "unit", "fasilitas", "data"].contains(folder))
}
