//! The words and options of a command line, one after the other → the command that they ask for.

use super::{
    Belief, Command, Confirming, Import, Invocation, PageKind, PageRequest, Place, Reach, Renaming,
    SchemaFormat, Serving, Usage, Verification, today_in_jakarta,
};
use crate::confirm::{self, Turn};
use crate::content::proof::Method;
use crate::content::schema::Document;
use crate::diag::{Code, Format, Messages, Rigour};
use crate::emit::Texts;
use crate::hosting::Server;
use crate::import::{KEYS, Kind, Wanted};
use crate::pipeline::Options;
use crate::value::{Lang, Slug, Url, parse_day, parse_digest};
use jiff::civil::Date;
use lexopt::{Arg, Parser, ValueExt};
use std::ffi::{OsStr, OsString};
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

/// How long an answer from a server may take where nothing else is said: time for a whole page over a
/// slow line.
const PATIENCE: Duration = Duration::from_mins(1);

/// Reads the command line.
///
/// # Errors
/// [`Usage`] with the first thing that cannot be obeyed.
pub fn parse(arguments: Vec<OsString>) -> Result<Invocation, Usage> {
    let mut typed = Typed::default();
    let mut parser = Parser::from_args(arguments);
    while let Some(argument) = parser.next().map_err(|error| usage(&error))? {
        match argument {
            Arg::Value(word) => typed.words.push(word.to_string_lossy().into_owned()),
            Arg::Short('h') => typed.asked = Some(Command::Help),
            Arg::Short(letter) => return Err(Usage::UnknownOption(format!("-{letter}"))),
            Arg::Long(name) => {
                let name = name.to_owned();
                typed.option(&name, &mut parser)?;
            }
        }
    }
    typed.invocation()
}

/// What was typed, option by option.
#[derive(Default)]
struct Typed {
    words: Vec<String>,
    root: Option<PathBuf>,
    out: Option<PathBuf>,
    base_url: Option<Url>,
    today: Option<Date>,
    format: Option<String>,
    serving: Serving,
    page_lang: Option<Lang>,
    strict: Option<Rigour>,
    method: Option<Method>,
    role: Option<String>,
    turn: Turn,
    value: Option<String>,
    since: Option<String>,
    fix: Option<fn(Format) -> Command>,
    wanted: Wanted,
    page: PageRequest,
    sums: Option<Belief>,
    patience: Option<Duration>,
    authorities: Option<PathBuf>,
    writes: bool,
    is_dry: bool,
    texts: Texts,
    asked: Option<Command>,
}

impl Typed {
    fn option(&mut self, name: &str, parser: &mut Parser) -> Result<(), Usage> {
        match name {
            "help" => self.asked = Some(Command::Help),
            "version" => self.asked = Some(Command::Version),
            "edit" => self.serving.edits = true,
            "fix" => self.fix = Some(Command::Mend),
            "strict" => self.strict = Some(Rigour::Strict),
            "compress" => self.texts = Texts::Packed,
            "root" => self.root = Some(PathBuf::from(value(name, parser)?)),
            "out" => self.out = Some(PathBuf::from(value(name, parser)?)),
            "base-url" => {
                self.base_url =
                    Some(parsed(name, parser, "https://contoh.go.id", Url::parse_base)?);
            }
            "today" => self.today = Some(parsed(name, parser, "2026-11-21", parse_day)?),
            "format" => self.format = Some(parsed(name, parser, FORMATS, format)?),
            "port" => {
                self.serving.port = parsed(name, parser, "8000", |text| text.parse().ok())?;
            }
            "host" => self.serving.reach = Reach::Network(host(parser)?),
            "open" => self.serving.opens = true,
            "bahasa" => self.page_lang = Some(parsed(name, parser, "id", Lang::parse)?),
            "cara" => {
                let expected = "telepon, kunjungan, laman-resmi, surat";
                self.method = Some(parsed(name, parser, expected, method)?);
            }
            "oleh" => self.role = Some(parsed(name, parser, "\"petugas data\"", not_blank)?),
            "kedua" => self.turn = Turn::Second,
            "nilai" => self.value = Some(parsed(name, parser, "\"021 …\"", not_blank)?),
            "diff" => self.since = Some(parsed(name, parser, "HEAD~1", not_blank)?),
            "judul" => self.page.title = Some(text(name, parser)?),
            "wilayah" => self.page.areas.push(text(name, parser)?),
            "kantor" => self.page.office = Some(text(name, parser)?),
            "berkas" => self.page.file = Some(parsed(name, parser, "ancol", file_name)?),
            "sheet" => {
                self.wanted.sheet = Some(parsed(name, parser, "Sheet1", |s| Some(s.to_owned()))?);
            }
            "kind" => self.wanted.kind = Some(parsed(name, parser, "unit, kantor", kind)?),
            "map" => self.wanted.map.push(parsed(name, parser, "telepon=Kontak", column)?),
            "sums" => self.sums = Some(belief(value(name, parser)?)),
            "ca" => self.authorities = Some(PathBuf::from(value(name, parser)?)),
            "timeout" => self.patience = Some(parsed(name, parser, "60", seconds)?),
            "write" => self.writes = true,
            "dry-run" => self.is_dry = true,
            "lang" => {
                let known = |text: &str| Messages::LANGUAGES.contains(&text).then_some(());
                parsed(name, parser, "id, en", known)?;
            }
            _ => return Err(Usage::UnknownOption(format!("--{name}"))),
        }
        Ok(())
    }

    /// What `confirm` needs, for the page that stands behind it.
    fn confirming(&self, page: Option<String>) -> Result<Confirming, Usage> {
        let missing = |name: &str| Usage::MissingValue(name.to_owned());
        Ok(Confirming {
            owner: confirm::owner(&page.ok_or_else(|| missing("confirm"))?),
            turn: self.turn,
            method: self.method.ok_or_else(|| missing("--cara"))?,
            role: self.role.clone().ok_or_else(|| missing("--oleh"))?,
            value: self.value.clone(),
        })
    }

    /// What `verify` needs, for the copy that stands behind it.
    fn verification(&mut self, copy: Option<String>) -> Result<Verification, Usage> {
        let copy = copy.ok_or_else(|| Usage::MissingValue("verify".to_owned()))?;
        Ok(Verification {
            place: place(copy)?,
            sums: self.sums.take(),
            patience: self.patience.unwrap_or(PATIENCE),
            authorities: self.authorities.take(),
            format: self.list_format()?,
        })
    }

    /// The form of what is printed: the first of those that a command has, where none was said.
    fn format<T: Copy>(&self, expected: &'static str, forms: &[T]) -> Result<T, Usage> {
        let wanted = self.format.as_deref();
        let known = expected.split(", ").zip(forms);
        let mut fitting = known.filter(|(name, _)| wanted.is_none_or(|wanted| wanted == *name));
        fitting.next().map(|(_, form)| *form).ok_or_else(|| Usage::BadValue {
            option: "--format".to_owned(),
            value: wanted.unwrap_or_default().to_owned(),
            expected,
        })
    }

    /// The form of faults.
    fn fault_format(&self) -> Result<Format, Usage> {
        self.format("text, json, github", &[Format::Text, Format::Json, Format::Github])
    }

    /// The form of a list: there is no place in a file that an annotation could point to.
    fn list_format(&self) -> Result<Format, Usage> {
        self.format("text, json", &[Format::Text, Format::Json])
    }

    /// What `schema` needs, for the kind that stands behind it.
    fn schema(&self, name: Option<String>) -> Result<Command, Usage> {
        let forms = [SchemaFormat::Text, SchemaFormat::JsonSchema];
        let format = self.format("text, json-schema", &forms)?;
        Ok(Command::Schema(name.map(document).transpose()?, format))
    }

    fn invocation(mut self) -> Result<Invocation, Usage> {
        let mut words = std::mem::take(&mut self.words).into_iter();
        let word = words.next();
        let command = match (self.asked.take(), word.as_deref()) {
            (Some(asked), _) => asked,
            (None, None | Some("help")) => Command::Help,
            (None, Some("build")) => Command::Build(self.texts),
            (None, Some("serve")) => Command::Serve(self.serving),
            (None, Some("check")) => self.fix.unwrap_or(Command::Check)(self.fault_format()?),
            (None, Some("explain")) => Command::Explain(words.next().map(code).transpose()?),
            (None, Some("headers")) => Command::Headers(server(words.next())?),
            (None, Some("bundle")) => Command::Bundle(self.page_lang),
            (None, Some("contacts")) => Command::Contacts(self.list_format()?, self.since.take()),
            (None, Some("confirm")) => Command::Confirm(self.confirming(words.next())?),
            (None, Some("import")) => {
                let file = words.next().ok_or_else(|| Usage::MissingValue("import".to_owned()))?;
                let file = PathBuf::from(file);
                Command::Import(Import { file, wanted: self.wanted, writes: self.writes })
            }
            (None, Some("rename")) => {
                let mut name =
                    || words.next().ok_or_else(|| Usage::MissingValue("rename".to_owned()));
                Command::Rename(Renaming { from: name()?, to: name()?, writes: !self.is_dry })
            }
            (None, Some("schema")) => self.schema(words.next())?,
            (None, Some("verify")) => Command::Verify(self.verification(words.next())?),
            (None, Some("init")) => {
                let folder = words.next().ok_or_else(|| Usage::MissingValue("init".to_owned()))?;
                Command::Init(PathBuf::from(folder))
            }
            (None, Some("new")) => {
                Command::New(PageRequest { kind: page_kind(words.next())?, ..self.page })
            }
            (None, Some(other)) => return Err(Usage::UnknownCommand(other.to_owned())),
        };
        if let Some(extra) = words.next() {
            return Err(Usage::UnknownOption(extra));
        }
        let root = self.root.unwrap_or_else(|| PathBuf::from("."));
        let folder = if matches!(command, Command::Bundle(_)) { "paket" } else { "dist" };
        Ok(Invocation {
            command,
            out: self.out.unwrap_or_else(|| root.join(folder)),
            root,
            rigour: self.strict.unwrap_or(Rigour::Usual),
            build: Options {
                today: self.today.unwrap_or_else(today_in_jakarta),
                base_url: self.base_url,
            },
        })
    }
}

/// The server that `headers` is for.
fn server(name: Option<String>) -> Result<Server, Usage> {
    let value = name.ok_or_else(|| Usage::MissingValue("headers".to_owned()))?;
    Server::from_name(&value).ok_or(Usage::BadValue {
        option: "headers".to_owned(),
        value,
        expected: "nginx, caddy",
    })
}

/// A server by its address, or a folder.
fn place(text: String) -> Result<Place, Usage> {
    if !text.contains("://") {
        return Ok(Place::Folder(PathBuf::from(text)));
    }
    Url::parse_base(&text).map(Place::Address).ok_or(Usage::BadValue {
        option: "verify".to_owned(),
        value: text,
        expected: "https://contoh.go.id, dist",
    })
}

/// A manifest by its hash, or the file that it stands in.
fn belief(text: OsString) -> Belief {
    let digest = text.to_str().and_then(|text| parse_digest(text.trim()));
    digest.map_or_else(|| Belief::File(PathBuf::from(text)), Belief::Told)
}

fn seconds(text: &str) -> Option<Duration> {
    let seconds = text.parse().ok().filter(|seconds| (1..=3600).contains(seconds));
    seconds.map(Duration::from_secs)
}

/// The code that is to be explained.
fn code(text: String) -> Result<Code, Usage> {
    Code::named(&text).ok_or(Usage::UnknownCode(text))
}

fn method(text: &str) -> Option<Method> {
    Method::ALL.into_iter().find(|method| method.key() == text)
}

fn not_blank(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn page_kind(name: Option<String>) -> Result<PageKind, Usage> {
    let value = name.ok_or_else(|| Usage::MissingValue("new".to_owned()))?;
    let kind = PageKind::ALL.into_iter().find(|kind| kind.name() == value);
    kind.ok_or(Usage::BadValue {
        option: "new".to_owned(),
        value,
        expected: "halaman, kantor, unit, fasilitas",
    })
}

/// A path that becomes an address: it leads nowhere else.
fn file_name(text: &str) -> Option<String> {
    let path = text.strip_suffix(".md").unwrap_or(text);
    path.split('/').all(|part| Slug::parse(part).is_some()).then(|| path.to_owned())
}

/// Every form of every command.
const FORMATS: &str = "text, json, github, json-schema";

fn format(text: &str) -> Option<String> {
    FORMATS.split(", ").find(|known| *known == text).map(str::to_owned)
}

/// A kind of page or file, with or without the ending of the file.
fn document(name: String) -> Result<Document, Usage> {
    let wanted = name.strip_suffix(".toml").unwrap_or(&name);
    let found = Document::ALL.into_iter().find(|document| document.name() == wanted);
    found.ok_or(Usage::BadValue {
        option: "schema".to_owned(),
        value: name,
        expected: "halaman, kantor, unit, fasilitas, terjemahan, bersinar, sumber, wilayah, kontak, konfirmasi, instrumen",
    })
}

fn kind(text: &str) -> Option<Kind> {
    Kind::ALL.into_iter().find(|(name, _)| *name == text).map(|(_, kind)| kind)
}

/// `telepon=Kontak`: a key and the heading of its column.
fn column(text: &str) -> Option<(String, String)> {
    let (key, heading) = text.split_once('=')?;
    let fits = KEYS.contains(&key) && !heading.trim().is_empty();
    fits.then(|| (key.to_owned(), heading.trim().to_owned()))
}

fn value(name: &str, parser: &mut Parser) -> Result<OsString, Usage> {
    parser.value().map_err(|_| Usage::MissingValue(format!("--{name}")))
}

fn text(name: &str, parser: &mut Parser) -> Result<String, Usage> {
    Ok(value(name, parser)?.string().unwrap_or_default())
}

/// An address, where one stands behind `--host`; a word that is none is the next argument.
fn host(parser: &mut Parser) -> Result<Option<IpAddr>, Usage> {
    let address = |text: &OsStr| text.to_str().and_then(|text| text.parse().ok());
    let Some(joined) = parser.optional_value() else {
        let mut next = parser.try_raw_args();
        let found = next.as_mut().and_then(|next| next.next_if(|text| address(text).is_some()));
        return Ok(found.and_then(|text| address(&text)));
    };
    let bad = || Usage::BadValue {
        option: "--host".to_owned(),
        value: joined.to_string_lossy().into_owned(),
        expected: "192.168.1.5",
    };
    address(&joined).map(Some).ok_or_else(bad)
}

fn parsed<T>(
    name: &str,
    parser: &mut Parser,
    expected: &'static str,
    parse: impl Fn(&str) -> Option<T>,
) -> Result<T, Usage> {
    let text = text(name, parser)?;
    parse(&text).ok_or(Usage::BadValue { option: format!("--{name}"), value: text, expected })
}

fn usage(error: &lexopt::Error) -> Usage {
    Usage::UnknownOption(error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(line: &str) -> Result<Invocation, Usage> {
        parse(line.split_whitespace().map(OsString::from).collect())
    }

    #[test]
    fn commands_take_their_options_in_any_order() {
        let found = typed("--today 2026-11-21 build --root a --base-url=https://a.id/").unwrap();
        assert_eq!(found.command, Command::Build(Texts::Plain));
        assert_eq!(typed("build --compress").unwrap().command, Command::Build(Texts::Packed));
        assert_eq!((found.root, found.out), (PathBuf::from("a"), PathBuf::from("a/dist")));
        assert_eq!(found.build.today.to_string(), "2026-11-21");
        assert_eq!(found.build.base_url.unwrap().as_str(), "https://a.id");
        assert_eq!(typed("check --format json").unwrap().command, Command::Check(Format::Json));
        assert_eq!(typed("check --fix").unwrap().command, Command::Mend(Format::Text));
        let serve = |line| match typed(line).unwrap().command {
            Command::Serve(Serving { port, reach, opens, .. }) => (port, reach, opens),
            other => panic!("{line}: {other:?}"),
        };
        assert_eq!(serve("serve --port 8123"), (8123, Reach::Machine, false));
        assert_eq!(serve("--host serve --open"), (8000, Reach::Network(None), true));
        let told = Reach::Network("192.0.2.7".parse().ok());
        assert_eq!(serve("serve --host 192.0.2.7"), (8000, told, false));
        assert_eq!(serve("serve --host=192.0.2.7"), (8000, told, false));
        assert_eq!(typed("init x").unwrap().command, Command::Init(PathBuf::from("x")));
        assert_eq!(typed("").unwrap().command, Command::Help);
        assert_eq!(typed("headers caddy").unwrap().command, Command::Headers(Server::Caddy));
        assert_eq!(typed("explain").unwrap().command, Command::Explain(None));
        let schema = |document, format| Command::Schema(document, format);
        assert_eq!(typed("schema").unwrap().command, schema(None, SchemaFormat::Text));
        let told = typed("schema sumber.toml --format json-schema").unwrap().command;
        assert_eq!(told, schema(Some(Document::Sources), SchemaFormat::JsonSchema));
        for line in ["explain B105", "explain b105", "explain 105"] {
            assert_eq!(typed(line).unwrap().command, Command::Explain(Some(Code::UnknownKey)));
        }
        assert_eq!(typed("check").unwrap().rigour, Rigour::Usual);
        assert_eq!(typed("check --strict").unwrap().rigour, Rigour::Strict);
        let wanted = PageRequest {
            kind: PageKind::Office,
            areas: vec!["74.71".into(), "Konawe".into()],
            file: Some("bnnk-kendari".into()),
            ..PageRequest::default()
        };
        let line = "new kantor --wilayah 74.71 --wilayah Konawe --berkas bnnk-kendari.md";
        assert_eq!(typed(line).unwrap().command, Command::New(wanted));
        let bundle = typed("bundle --bahasa en --root a").unwrap();
        assert_eq!(bundle.command, Command::Bundle(Lang::parse("en")));
        assert_eq!(bundle.out, PathBuf::from("a/paket"));
        let contacts = typed("contacts --diff HEAD~1 --format json").unwrap().command;
        assert_eq!(contacts, Command::Contacts(Format::Json, Some("HEAD~1".to_owned())));
        let line = "confirm kantor/a --kedua --cara surat --oleh staf --nilai 119";
        let Command::Confirm(confirming) = typed(line).unwrap().command else { panic!("{line}") };
        assert_eq!((confirming.owner.as_str(), confirming.turn), ("@/kantor/a.md", Turn::Second));
        let verify = |line| match typed(line).unwrap().command {
            Command::Verify(verification) => verification,
            other => panic!("{line}: {other:?}"),
        };
        let found = verify("verify https://contoh.go.id/ --sums dist/SHA256SUMS --timeout 5");
        assert_eq!(found.place, Place::Address(Url::parse("https://contoh.go.id").unwrap()));
        assert_eq!(found.sums, Some(Belief::File(PathBuf::from("dist/SHA256SUMS"))));
        assert_eq!(found.patience, Duration::from_secs(5));
        let found = verify(&format!("verify salinan --sums {}", "0f".repeat(32)));
        assert_eq!(found.place, Place::Folder(PathBuf::from("salinan")));
        assert_eq!(found.sums, Some(Belief::Told([15; 32])));
        let import = typed("import a.xlsx --kind unit --map telepon=Kontak --write").unwrap();
        let Command::Import(import) = import.command else { panic!("{import:?}") };
        assert_eq!((import.file, import.writes), (PathBuf::from("a.xlsx"), true));
        assert_eq!(import.wanted.kind, Some(Kind::Unit));
        assert_eq!(import.wanted.map, [("telepon".to_owned(), "Kontak".to_owned())]);
    }

    #[test]
    fn a_rename_is_told_both_names() {
        let rename = |line, writes| {
            let (from, to) = ("unit/a".to_owned(), "unit/b".to_owned());
            assert_eq!(
                typed(line).unwrap().command,
                Command::Rename(Renaming { from, to, writes })
            );
        };
        rename("rename unit/a unit/b", true);
        rename("--dry-run rename unit/a unit/b", false);
    }

    #[test]
    fn wrong_lines_are_refused_with_the_part_that_is_wrong() {
        assert_eq!(typed("publish").unwrap_err(), Usage::UnknownCommand("publish".into()));
        assert_eq!(typed("build --outt x").unwrap_err(), Usage::UnknownOption("--outt".into()));
        assert_eq!(typed("build --out").unwrap_err(), Usage::MissingValue("--out".into()));
        assert_eq!(typed("init").unwrap_err(), Usage::MissingValue("init".into()));
        assert_eq!(typed("new").unwrap_err(), Usage::MissingValue("new".into()));
        assert_eq!(typed("rename a").unwrap_err(), Usage::MissingValue("rename".into()));
        assert_eq!(typed("verify").unwrap_err(), Usage::MissingValue("verify".into()));
        assert_eq!(typed("headers").unwrap_err(), Usage::MissingValue("headers".into()));
        assert_eq!(
            typed("confirm nasional --cara surat").unwrap_err(),
            Usage::MissingValue("--oleh".into())
        );
        assert_eq!(typed("build extra").unwrap_err(), Usage::UnknownOption("extra".into()));
        assert_eq!(typed("explain B999").unwrap_err(), Usage::UnknownCode("B999".into()));
        for line in [
            "build --today 2026-02-30",
            "build --base-url x",
            "check --format xml",
            "serve --port a",
            "serve --host=rumah",
            "build --lang xx",
            "bundle --bahasa indonesia",
            "headers iis",
            "confirm nasional --cara lisan",
            "contacts --format github",
            "new kelurahan",
            "new unit --berkas ../x",
            "new unit --berkas Ancol",
            "import a.csv --kind kelurahan",
            "import a.csv --map telepom=Kontak",
            "import a.csv --map telepon",
            "verify https://contoh.go.id/situs",
            "verify ftp://contoh.go.id",
            "verify dist --timeout 0",
            "verify dist --format github",
        ] {
            assert!(matches!(typed(line), Err(Usage::BadValue { .. })), "{line}");
        }
    }
}
