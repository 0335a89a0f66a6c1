//! Chance and the files of a site → what somebody, or some program, could do to them next: edits of every
//! kind of file, good ones and such that break the site.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

use crate::lay::{self, Files};

/// Numbers that look random and are the same for the same seed (`SplitMix64`).
pub struct Chance(pub u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// One of so many, from 0.
    pub fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.next() % count as u64).unwrap()
    }

    /// One of these, if there is any.
    fn one<T>(&mut self, mut of: Vec<T>) -> Option<T> {
        (!of.is_empty()).then(|| of.swap_remove(self.below(of.len())))
    }
}

/// One thing done to a file or folder; paths are relative to the site.
#[derive(Clone)]
pub enum Change {
    /// A file has this content now.
    Write(String, Vec<u8>),
    /// A file is gone.
    Remove(String),
    /// A file or folder, with all in it, has another path.
    Move(String, String),
}

/// A kind of edit: none where the site has nothing that it could be done to. The number is another one
/// each time.
type Edit = fn(&mut Chance, &Files, usize) -> Option<Vec<Change>>;

/// Every kind of edit, by name.
pub const EDITS: [(&str, Edit); 41] = [
    ("a sentence more", sentence),
    ("a link more", link),
    ("a heading more, and a link to it", heading),
    ("another address of a heading", anchor),
    ("another title", |chance, files, n| key(chance, files, "judul", &format!("Judul {n}"))),
    ("another short title", |chance, files, n| {
        key(chance, files, "judul_pendek", &format!("Pendek {n}"))
    }),
    ("another summary", |chance, files, n| {
        key(chance, files, "ringkasan", &format!("Ringkasan ke-{n} dari halaman ini."))
    }),
    ("another date", |chance, files, n| {
        key(chance, files, "per", &format!("2021-03-{:02}", n % 28 + 1))
    }),
    ("another place in the order", order),
    ("another area of a unit", |chance, files, _| borrowed(chance, files, "unit", "wilayah")),
    ("another office of a unit", |chance, files, _| borrowed(chance, files, "unit", "kantor")),
    ("another status of a unit", |chance, files, _| borrowed(chance, files, "unit", "status")),
    ("another area of an office", |chance, files, _| borrowed(chance, files, "kantor", "wilayah")),
    ("other sources", |chance, files, _| borrowed(chance, files, "", "sumber")),
    ("another note at a contact", |chance, files, n| {
        key(chance, files, "catatan", &format!("Catatan ke-{n}."))
    }),
    ("another address, typed twice", address),
    ("another national line", |chance, files, n| {
        value(chance, files, "content/data/kontak.toml", &format!("Keterangan ke-{n}."))
    }),
    ("another word", |chance, files, n| {
        value(chance, files, "content/data/kata.id.toml", &format!("Kata {n}"))
    }),
    ("another word of the screening", |chance, files, n| {
        value(chance, files, "content/data/skrining.id.toml", &format!("Kata {n}"))
    }),
    ("another word in English", |chance, files, n| {
        value(chance, files, "content/data/kata.en.toml", &format!("Word {n}"))
    }),
    ("another source", |chance, files, n| {
        value(chance, files, "content/data/sumber.toml", &format!("Sumber {n}"))
    }),
    ("another everyday name", everyday),
    ("a template of the site's own", template),
    ("a style of the site's own", style),
    ("a template that breaks", broken_template),
    ("the program's template again", |chance, files, _| {
        remove_one(chance, files, |path| path.starts_with("templates/"))
    }),
    ("a picture", picture),
    ("another setting", setting),
    ("another menu", menu),
    ("a page more", page),
    ("a folder more", folder),
    ("a page less", |chance, files, _| remove_one(chance, files, is_page)),
    ("a page elsewhere", moved),
    ("bytes that are none", broken_bytes),
    ("a page saved in two steps", halves),
    ("a data file less", |chance, files, _| {
        remove_one(chance, files, |path| path.starts_with("content/data/"))
    }),
    ("a picture less", |chance, files, _| {
        remove_one(chance, files, |path| path.starts_with("content/") && lay::ending(path) == "svg")
    }),
    ("a folder in the place of a page", folder_for_page),
    ("a file in the place of a folder", file_for_folder),
    ("what editors leave behind", leftovers),
    ("a translation more", translation),
];

fn is_page(path: &str) -> bool {
    path.starts_with("content/") && lay::ending(path) == "md"
}

fn text(files: &Files, path: &str) -> Option<String> {
    String::from_utf8(files.get(path)?.clone()).ok()
}

fn pages(files: &Files, below: &str) -> Vec<String> {
    let folder = if below.is_empty() { "content/".to_owned() } else { format!("content/{below}/") };
    let paths = files.keys().filter(|path| is_page(path) && path.starts_with(&folder));
    paths.cloned().collect()
}

fn write(path: &str, text: String) -> Vec<Change> {
    vec![Change::Write(path.to_owned(), text.into_bytes())]
}

fn sentence(chance: &mut Chance, files: &Files, number: usize) -> Option<Vec<Change>> {
    let path = chance.one(pages(files, ""))?;
    Some(write(&path, format!("{}\nKalimat ke-{number} ditambah di sini.\n", text(files, &path)?)))
}

fn link(chance: &mut Chance, files: &Files, _: usize) -> Option<Vec<Change>> {
    let path = chance.one(pages(files, ""))?;
    let to = chance.one(pages(files, ""))?.replace("content/", "@/");
    Some(write(&path, format!("{}\nBaca juga [halaman lain itu]({to}).\n", text(files, &path)?)))
}

fn heading(chance: &mut Chance, files: &Files, number: usize) -> Option<Vec<Change>> {
    let [from, to] = [(); 2].map(|()| chance.one(pages(files, "")));
    let (from, to) = (from?, to?);
    let part = format!("\n## Bagian {number} {{#bagian-{number}}}\n\nIsi bagian itu.\n");
    let link = format!("\nBaca [bagian itu]({}#bagian-{number}).\n", to.replace("content/", "@/"));
    let mut changes = write(&to, text(files, &to)? + &part);
    if from != to {
        changes.extend(write(&from, text(files, &from)? + &link));
    }
    Some(changes)
}

/// Links to the heading, if there are any, lead nowhere then.
fn anchor(chance: &mut Chance, files: &Files, number: usize) -> Option<Vec<Change>> {
    let with = pages(files, "").into_iter();
    let with = with.filter(|path| text(files, path).is_some_and(|text| text.contains(" {#")));
    let path = chance.one(with.collect())?;
    Some(write(&path, text(files, &path)?.replacen(" {#", &format!(" {{#lain-{number}-"), 1)))
}

/// Another value for a key, in a page that has it.
fn key(chance: &mut Chance, files: &Files, key: &str, value: &str) -> Option<Vec<Change>> {
    let start = format!("{key} = \"");
    let with = pages(files, "").into_iter();
    let with = with.filter(|path| text(files, path).is_some_and(|text| text.contains(&start)));
    let path = chance.one(with.collect())?;
    Some(write(&path, replaced(&text(files, &path)?, &start, &format!("{start}{value}\""))))
}

/// A text in which the first line that starts so is another one.
fn replaced(text: &str, start: &str, line: &str) -> String {
    let mut is_done = false;
    let lines = text.lines().map(|old| {
        let is_it = !is_done && old.starts_with(start);
        is_done |= is_it;
        if is_it { line } else { old }
    });
    lines.collect::<Vec<&str>>().join("\n") + "\n"
}

fn order(chance: &mut Chance, files: &Files, _: usize) -> Option<Vec<Change>> {
    let path = chance.one(pages(files, ""))?;
    let line = format!("urutan = {}", chance.below(20) + 1);
    let text = text(files, &path)?;
    let text = if text.contains("\nurutan = ") {
        replaced(&text, "urutan = ", &line)
    } else {
        text.replacen("\nringkasan = ", &format!("\n{line}\nringkasan = "), 1)
    };
    Some(write(&path, text))
}

/// The line of a key as another page of the same kind has it.
fn borrowed(chance: &mut Chance, files: &Files, kind: &str, key: &str) -> Option<Vec<Change>> {
    let path = chance.one(pages(files, kind))?;
    let other = chance.one(pages(files, kind))?;
    let start = format!("{key} = ");
    let text_of_other = text(files, &other)?;
    let line = text_of_other.lines().find(|line| line.starts_with(&start))?;
    Some(write(&path, replaced(&text(files, &path)?, &start, line)))
}

/// The address of an office, in its page and in the list of second confirmations.
fn address(chance: &mut Chance, files: &Files, number: usize) -> Option<Vec<Change>> {
    let confirmations = "content/data/konfirmasi.toml";
    let known = text(files, confirmations)?;
    let addresses = known.lines().filter(|line| line.starts_with("nilai = \"Jl"));
    let old = chance.one(addresses.map(str::to_owned).collect())?;
    let new = format!("nilai = \"Jl. Latihan No. {number}, Contoh\"");
    let path = files
        .keys()
        .find(|path| is_page(path) && text(files, path).is_some_and(|text| text.contains(&old)))?;
    let page = text(files, path)?.replace(&old, &new);
    Some([write(confirmations, known.replace(&old, &new)), write(path, page)].concat())
}

/// Another value for any key of a data file whose value is one line of words without gaps to fill.
fn value(chance: &mut Chance, files: &Files, path: &str, value: &str) -> Option<Vec<Change>> {
    let known = text(files, path)?;
    let is_plain = |line: &&str| {
        line.split_once(" = \"").is_some_and(|(_, rest)| rest.contains(' ') && !rest.contains('{'))
    };
    let line = chance.one(known.lines().filter(is_plain).collect())?;
    let (key, _) = line.split_once(" = ")?;
    Some(write(path, known.replacen(line, &format!("{key} = \"{value}\""), 1)))
}

fn everyday(chance: &mut Chance, files: &Files, number: usize) -> Option<Vec<Change>> {
    let path = "content/data/wilayah.toml";
    let known = text(files, path)?;
    let code = chance.one(vec!["31.72", "74.72", "31.72.05.1003", "16.71.01.1004", "31"])?;
    let entry = format!("[[wilayah]]\nkode = \"{code}\"\nnama = \"Nama {number}\"\n");
    let start = format!("[[wilayah]]\nkode = \"{code}\"\n");
    let text = match known.split_once(&start) {
        // The name is the line after the code.
        Some((before, after)) => {
            let after = after.split_once('\n').map_or("", |(_, after)| after);
            format!("{before}{entry}{after}")
        }
        None => format!("{known}\n{entry}"),
    };
    Some(write(path, text))
}

const TEMPLATES: [&str; 6] = [
    "pages/unit.html",
    "pages/article.html",
    "pages/office.html",
    "pages/area.html",
    "components/kontak.html",
    "base.html",
];

fn built_in(path: &str) -> String {
    std::fs::read_to_string(lay::repository().join("templates").join(path)).unwrap()
}

fn template(chance: &mut Chance, _: &Files, number: usize) -> Option<Vec<Change>> {
    let path = chance.one(TEMPLATES.to_vec())?;
    let text = built_in(path).replacen("class=\"teks", &format!("class=\"ubah-{number} teks"), 1);
    let text = text.replacen("<body", &format!("<body data-ubah=\"{number}\""), 1);
    Some(write(&format!("templates/{path}"), text))
}

fn style(chance: &mut Chance, _: &Files, number: usize) -> Option<Vec<Change>> {
    let path = chance.one(vec!["gaya/dasar.css", "gaya/halaman.css", "gaya/skrining.css"])?;
    Some(write(&format!("templates/{path}"), format!("{}.x{number}{{margin:0}}\n", built_in(path))))
}

fn broken_template(chance: &mut Chance, _: &Files, number: usize) -> Option<Vec<Change>> {
    let path = chance.one(TEMPLATES.to_vec())?;
    let wrong = chance.one(vec!["{% if %}", "{{ tiada }}", "{{ page.tiada }}", "{% endfor %}"])?;
    Some(write(&format!("templates/{path}"), format!("{}{wrong}<!-- {number} -->", built_in(path))))
}

fn remove_one(chance: &mut Chance, files: &Files, is_one: fn(&str) -> bool) -> Option<Vec<Change>> {
    let paths = files.keys().filter(|path| is_one(path)).cloned().collect();
    Some(vec![Change::Remove(chance.one(paths)?)])
}

/// A new picture with a page that shows it, an old one with other lines, or one that is gone.
fn picture(chance: &mut Chance, files: &Files, number: usize) -> Option<Vec<Change>> {
    let drawing = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><path d=\"M0 {number}h9\"/></svg>\n"
    );
    let known: Vec<String> =
        files.keys().filter(|path| lay::ending(path) == "svg").cloned().collect();
    match (chance.below(3), chance.one(known)) {
        (0, Some(path)) => Some(write(&path, drawing)),
        (1, Some(path)) => Some(vec![Change::Remove(path)]),
        _ => {
            let path = chance.one(pages(files, "ibm"))?;
            let shown = format!("\n![Garis ke-{number}](@/ibm/garis-{number}.svg)\n");
            let page = write(&path, text(files, &path)? + &shown);
            Some([write(&format!("content/ibm/garis-{number}.svg"), drawing), page].concat())
        }
    }
}

fn setting(chance: &mut Chance, files: &Files, number: usize) -> Option<Vec<Change>> {
    let path = "bersinar.toml";
    let known = text(files, path)?;
    let name = format!("nama = \"Situs {number}\"");
    let choices = [
        ("nama = ", name.as_str()),
        ("keluar = ", "keluar = \"https://id.wikipedia.org/\""),
        ("cakupan = ", "cakupan = [\"16\", \"31\", \"74\", \"51\"]"),
        ("cakupan = ", "cakupan = [\"31\"]"),
        ("alamat = ", "alamat = \"https://contoh.example/situs\""),
    ];
    let (start, line) = choices[chance.below(choices.len())];
    Some(write(path, replaced(&known, start, line)))
}

/// The first entry of the menu comes last, or is gone.
fn menu(chance: &mut Chance, files: &Files, _: usize) -> Option<Vec<Change>> {
    let known = text(files, "bersinar.toml")?;
    let list = chance.one(vec!["menu = [\n", "kaki = [\n"])?;
    let (before, rest) = known.split_once(list)?;
    let (entries, after) = rest.split_once("]\n")?;
    let (first, others) = entries.split_once('\n')?;
    let moved = if chance.below(2) == 0 { "" } else { &format!("{first}\n") };
    Some(write("bersinar.toml", format!("{before}{list}{others}{moved}]\n{after}")))
}

/// A page of its own, or one like another of its folder.
fn page(chance: &mut Chance, files: &Files, number: usize) -> Option<Vec<Change>> {
    let like = chance.one(pages(files, ""))?;
    let (folder, name) = like.rsplit_once('/')?;
    if name == "_index.md" || chance.below(2) == 0 {
        let text =
            format!("+++\njudul = \"Halaman {number}\"\nringkasan = \"Baru.\"\n+++\nIsi baru.\n");
        return Some(write(&format!("content/ibm/baru-{number}.md"), text));
    }
    Some(write(&format!("{folder}/baru-{number}.md"), text(files, &like)?))
}

/// A folder with a page, moved in as a whole, or a folder that gets another name.
fn folder(chance: &mut Chance, files: &Files, number: usize) -> Option<Vec<Change>> {
    if chance.below(2) == 0 {
        let mut folders = vec!["content/tentang", "content/rehabilitasi", "content/ibm"];
        folders.retain(|folder| files.keys().any(|path| path.starts_with(&format!("{folder}/"))));
        let from = chance.one(folders)?;
        return Some(vec![Change::Move(from.to_owned(), format!("{from}-{number}"))]);
    }
    let place = format!("content/map-{number}");
    let page = |title: &str| {
        format!("+++\njudul = \"{title} {number}\"\nringkasan = \"Map baru.\"\n+++\nIsi map.\n")
    };
    let outside = format!("di-luar-{number}");
    let mut changes = write(&format!("{outside}/_index.md"), page("Map"));
    changes.extend(write(&format!("{outside}/dalam/_index.md"), page("Dalam")));
    changes.extend(write(&format!("{outside}/dalam/isi.md"), page("Isi")));
    changes.push(Change::Move(outside, place));
    // So that the page is looked at, too, where its parent was not known before.
    let path = chance.one(pages(files, "ibm"))?;
    let link = format!("\nLihat [map baru itu](@/map-{number}/dalam/isi.md).\n");
    changes.extend(write(&path, text(files, &path)? + &link));
    Some(changes)
}

/// A page with another name; links to it follow, or are left behind.
fn moved(chance: &mut Chance, files: &Files, number: usize) -> Option<Vec<Change>> {
    let kind = chance.one(vec!["unit", "kantor", "ibm", "fasilitas", ""])?;
    let from = chance.one(pages(files, kind))?;
    let (folder, _) = from.rsplit_once('/')?;
    let to = format!("{folder}/pindah-{number}.md");
    let mut changes = vec![Change::Move(from.clone(), to.clone())];
    if chance.below(4) == 0 {
        return Some(changes);
    }
    let [old, new] = [from, to].map(|path| path.replace("content/", "@/"));
    for path in files.keys() {
        let known = text(files, path).unwrap_or_default();
        if known.contains(&old) && format!("@/{}", path.replace("content/", "")) != old {
            changes.extend(write(path, known.replace(&old, &new)));
        }
    }
    Some(changes)
}

fn broken_bytes(chance: &mut Chance, files: &Files, _: usize) -> Option<Vec<Change>> {
    let path = chance.one(files.keys().filter(|path| lay::ending(path) != "svg").collect())?;
    let known = &files[path];
    let bytes = match chance.below(4) {
        0 => Vec::new(),
        1 => known[..known.len() / 2].to_vec(),
        2 => [known, b"\xFF\xFE".as_slice()].concat(),
        _ => [b"+++\njudul = \n+++\n".as_slice(), known].concat(),
    };
    Some(vec![Change::Write(path.clone(), bytes)])
}

/// First the beginning of a page, then all of it, as it is but for a sentence more.
fn halves(chance: &mut Chance, files: &Files, number: usize) -> Option<Vec<Change>> {
    let path = chance.one(pages(files, ""))?;
    let whole = text(files, &path)? + &format!("\nKalimat ke-{number}, disimpan dua kali.\n");
    let half = whole.as_bytes()[..chance.below(whole.len())].to_vec();
    let mut changes = vec![Change::Write(path.clone(), half)];
    changes.extend(write(&path, whole));
    Some(changes)
}

fn folder_for_page(chance: &mut Chance, files: &Files, _: usize) -> Option<Vec<Change>> {
    let path = chance.one(pages(files, ""))?;
    let mut changes = vec![Change::Remove(path.clone())];
    changes.extend(write(&format!("{path}/isi.md"), text(files, &path)?));
    Some(changes)
}

fn file_for_folder(chance: &mut Chance, files: &Files, number: usize) -> Option<Vec<Change>> {
    let mut folders = vec!["content/tentang", "content/kantor", "content/data", "content/ibm"];
    folders.retain(|folder| files.keys().any(|path| path.starts_with(&format!("{folder}/"))));
    let folder = chance.one(folders)?;
    let mut changes = vec![Change::Move(folder.to_owned(), format!("di-luar-{number}"))];
    changes.extend(write(folder, "Tadinya folder.\n".to_owned()));
    Some(changes)
}

fn leftovers(chance: &mut Chance, files: &Files, number: usize) -> Option<Vec<Change>> {
    let path = chance.one(pages(files, ""))?;
    let (folder, name) = path.rsplit_once('/')?;
    let left = [format!(".{name}.swp"), format!("{name}~"), format!("~${number}.docx")];
    let text = format!("Sisa ke-{number}.\n");
    Some(left.iter().flat_map(|name| write(&format!("{folder}/{name}"), text.clone())).collect())
}

/// A page in English, or none any more.
fn translation(chance: &mut Chance, files: &Files, number: usize) -> Option<Vec<Change>> {
    let path = chance.one(pages(files, ""))?;
    if path.ends_with(".en.md") {
        return Some(vec![Change::Remove(path)]);
    }
    let text = format!(
        "+++\njudul = \"Page {number}\"\nringkasan = \"Translated.\"\n+++\nWords in English.\n"
    );
    Some(write(&format!("{}.en.md", path.strip_suffix(".md")?), text))
}
