//! Inputs that are too large, too deep or too many to be committed: made when they are needed.

use super::{Case, Change, HEAD, Outcome, PAGE, write};
use std::fs::File;

/// What is repeated in the body of a page, and the class it belongs to.
const SHAPES: [(&str, &[&str]); 14] = [
    ("bentuk-kutipan", &[">", "> ", "> ---\n", ">>\n", "> [!NOTE]\n"]),
    ("bentuk-daftar", &["- ", "* ", "1. ", "- a\n", "- [ ] ", "+\n"]),
    ("bentuk-kurung", &["[", "]", "[a](", "[a][", "[[]]", "](", "[a](((("]),
    ("bentuk-gambar", &["![", "![](", "![a](b)", "!["]),
    ("bentuk-penekanan", &["*a_", "*", "**a", "_", "*a **a ", "a**b_c"]),
    ("bentuk-catatan-kaki", &["[^a]", "[^a]: ", "[^a]: b\n", "[^"]),
    ("bentuk-tabel", &["|a", "|a\n", "|-", "|\n", "||"]),
    ("bentuk-rujukan", &["[a]: b\n", "[a]", "[a]:\n", "[a]: <b> 'c'\n"]),
    ("bentuk-html", &["<", "<a ", "<!--", "<?", "<![CDATA[", "<!A ", "<a>", "</a>", "<a b='"]),
    ("bentuk-kode", &["`", "``` ", "~~~\n", "`a``", "    a\n", "`` ` "]),
    ("bentuk-entitas", &["&", "&#", "&amp;", "&#x3c;", "\\", "\\*"]),
    ("bentuk-kepala", &["# a\n", "## a\n\n", "a\n-\n", "## a {#a}\n", "#", "### b\n\n## c\n\n"]),
    ("bentuk-garis", &["***\n", "\n", " \n", "\t", "---\n\n", "\\\n"]),
    (
        "bentuk-teks",
        &["a", "IBM ", "a. ", "0812 ", "a\u{301}", "119 ", "😀", "http://", "@/", "(", "\"a "],
    ),
];
/// A body that is just within the limit of a file.
const WITHIN: (&str, usize) = ("125 KB", 125 * 1024);
/// A body that is beyond it, of whatever shape.
const BEYOND: (&str, usize) = ("1 MB", 1_000_000);

pub fn cases() -> Vec<Case> {
    let shapes = SHAPES.iter().flat_map(|(class, units)| {
        let within = units.iter().map(|unit| shape(class, unit, WITHIN));
        within.chain([shape(class, units[0], BEYOND)])
    });
    shapes.chain(growing()).chain(sizes()).chain(data()).collect()
}

fn shape(class: &str, unit: &'static str, (size, bytes): (&str, usize)) -> Case {
    let name = format!("{unit:?} {size}");
    let text = move || format!("{HEAD}{}\n", unit.repeat(bytes / unit.len()));
    Case::new(class, "one shape of Markdown, repeated", &name, Outcome::Either, page(text))
}

/// A page with this text.
fn page(text: impl Fn() -> String + Send + Sync + 'static) -> Change {
    Box::new(move |site| write(site, PAGE, text().as_bytes()))
}

/// Shapes that grow from part to part.
fn growing() -> Vec<Case> {
    type Maker = fn() -> String;
    let makers: [(&str, Maker); 8] = [
        ("code spans of growing length", || (1..450).map(|n| "`".repeat(n) + " ").collect()),
        ("a list that grows deeper", || (0..340).map(|n| "  ".repeat(n) + "- a\n").collect()),
        ("quotes that grow deeper", || (1..450).map(|n| ">".repeat(n) + " a\n").collect()),
        ("references that all mean a long address", || {
            format!("[a]: https://{}.example\n\n{}", "a".repeat(60_000), "[a] ".repeat(15_000))
        }),
        ("a table of many columns", || {
            let columns = 18_000;
            format!(
                "{}\n{}\n{}\n",
                "|a".repeat(columns),
                "|-".repeat(columns),
                "|b".repeat(columns)
            )
        }),
        ("rows of a table without cells", || {
            format!("{}\n{}\n{}", "|a".repeat(2000), "|-".repeat(2000), "|\n".repeat(50_000))
        }),
        ("headings of one name", || "## Sama\n\n".repeat(12_000)),
        ("links to one page", || "[itu](@/bantuan.md#bertanya) ".repeat(3500)),
    ];
    let case = |(name, maker): &(&str, Maker)| {
        let maker = *maker;
        let change = page(move || format!("{HEAD}{}\n", maker()));
        Case::new(
            "bentuk-tumbuh",
            "shapes that grow from part to part",
            name,
            Outcome::Either,
            change,
        )
    };
    makers.iter().map(case).collect()
}

/// Files beyond the limits, most of them without a byte on the disk.
fn sizes() -> Vec<Case> {
    let places = [
        (PAGE, "100 MB", 100_000_000),
        ("content/data/kontak.toml", "100 MB", 100_000_000),
        ("content/data/kata.id.toml", "16 MB + 1", 16 * 1024 * 1024 + 1),
        ("bersinar.toml", "100 MB", 100_000_000),
        ("templates/pages/article.html", "100 MB", 100_000_000),
        ("templates/gaya/dasar.css", "1 GB", 1_000_000_000),
        ("content/ibm/denah.svg", "50 MB", 50_000_000),
        ("content/ibm/foto.png", "50 MB", 50_000_000),
        ("content/ibm/foto.jpg", "10 GB", 10_000_000_000),
        (PAGE, "128 KB + 1", 128 * 1024 + 1),
    ];
    let refused = places.map(|(path, size, bytes)| {
        let change: Change = Box::new(move |site| {
            write(site, path, b"");
            File::create(site.join(path)).unwrap().set_len(bytes).unwrap();
        });
        let name = format!("{path} of {size}");
        Case::new("berkas-besar", "files beyond their limits", &name, Outcome::Refused, change)
    });
    let picture: Change = Box::new(|site| {
        let bytes = [b"\x89PNG\r\n\x1a\n".to_vec(), vec![7; 500 * 1024]].concat();
        write(site, "content/ibm/foto.png", &bytes);
    });
    let about = "a picture just within its limit";
    let within = Case::new("gambar-besar", about, "500 KB", Outcome::Page, picture);
    refused.into_iter().chain([within]).collect()
}

/// Data files and front matter with too many, too long or too deep values.
fn data() -> Vec<Case> {
    type Maker = fn() -> String;
    let front: [(&str, Maker); 11] = [
        ("a title of 100 KB", || format!("judul = \"{}\"", "a".repeat(100_000))),
        ("a title of 1 MB", || format!("judul = \"{}\"", "a".repeat(1_000_000))),
        ("lists in each other", || format!("x = {}", "[".repeat(120_000))),
        ("lists in each other, closed", || {
            format!("x = {}{}", "[".repeat(60_000), "]".repeat(60_000))
        }),
        ("tables in each other", || format!("x = {}", "{a=".repeat(40_000))),
        ("a key of many parts", || format!("{}a = 1", "a.".repeat(60_000))),
        ("a table of many parts", || format!("[{}a]", "a.".repeat(60_000))),
        ("many unknown keys", || {
            (0..7000).map(|n| format!("kunci{n} = 1")).collect::<Vec<_>>().join("\n")
        }),
        ("many torn lines", || "kunci = \"nilai\n".repeat(8000)),
        ("one key many times", || "kunci = 1\n".repeat(12_000)),
        ("many quotes", || format!("x = {}", "\"".repeat(120_000))),
    ];
    let front = front.map(|(name, maker)| {
        let change = page(move || {
            let summary = "ringkasan = \"Ke mana bertanya.\"";
            format!("+++\n{summary}\n{}\n+++\n", maker())
        });
        Case::new("depan-besar", "front matter that is too much", name, Outcome::Refused, change)
    });
    let files: [(&str, &str, Maker); 6] = [
        ("content/data/sumber.toml", "20,000 sources that nobody names", || {
            let entry = |n| format!("[sumber.s{n}]\njudul = \"x\"\n");
            (0..20_000).map(entry).collect()
        }),
        ("content/data/konfirmasi.toml", "20,000 records of nothing", || {
            "[[konfirmasi]]\nmilik = \"nasional\"\njenis = \"telepon\"\nnilai = \"119\"\n"
                .repeat(20_000)
        }),
        ("content/data/wilayah.toml", "one area 20,000 times", || {
            "[[wilayah]]\nkode = \"31.72.05\"\nnama = \"Pademangan\"\n".repeat(20_000)
        }),
        ("content/data/kata.id.toml", "20,000 words that nothing uses", || {
            (0..20_000).map(|n| format!("kata{n} = \"x\"")).collect::<Vec<_>>().join("\n")
        }),
        ("content/data/kontak.toml", "20,000 torn lines", || "nama = \"x\n".repeat(20_000)),
        ("bersinar.toml", "20,000 entries of the menu", || {
            format!("menu = [{}]", "\"@/bantuan.md\", ".repeat(20_000))
        }),
    ];
    let files = files.map(|(path, name, maker)| {
        let change: Change = Box::new(move |site| write(site, path, maker().as_bytes()));
        Case::new("data-besar", "data files that are too much", name, Outcome::Refused, change)
    });
    front.into_iter().chain(files).collect()
}
