//! The command line: what was typed → what the program needs.

mod typed;

pub use typed::parse;

use crate::confirm::Turn;
use crate::content::proof::Method;
use crate::content::schema::Document;
use crate::diag::{Code, Format, Messages, Rigour, listed, nearest};
use crate::emit::Texts;
use crate::hosting::Server;
use crate::import::Wanted;
use crate::pipeline::Options;
use crate::value::{Lang, Url};
use jiff::civil::Date;
use std::ffi::OsString;
use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

/// What to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Write the site.
    Build(Texts),
    /// Show the site while it is written.
    Serve(Serving),
    /// Tell every fault.
    Check(Format),
    /// Mend what is safe to mend, then tell every fault that is left.
    Mend(Format),
    /// Print the page of a code, or the list of all codes.
    Explain(Option<Code>),
    /// Print the block that makes a server send the headers of the site.
    Headers(Server),
    /// Write the screening as a file of its own; in every language, or in this one.
    Bundle(Option<Lang>),
    /// List the contacts; or the numbers that changed since a revision.
    Contacts(Format, Option<String>),
    /// Record that somebody has checked a contact.
    Confirm(Confirming),
    /// Take a table of units or offices into the site.
    Import(Import),
    /// Give a page another name.
    Rename(Renaming),
    /// Compare a published copy with its manifest.
    Verify(Verification),
    /// Print the keys of a kind of page or file, or of all.
    Schema(Option<Document>, SchemaFormat),
    /// Write a starter site to this folder.
    Init(PathBuf),
    /// Write a page with its keys explained.
    New(PageRequest),
    /// Tell how the program is used.
    Help,
    /// Tell which version it is.
    Version,
}

/// What `serve` is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Serving {
    /// The port.
    pub port: u16,
    /// Who may see it.
    pub reach: Reach,
    /// Whether the browser is opened.
    pub opens: bool,
    /// Whether pages can be changed in the browser, on this machine.
    pub edits: bool,
}

impl Default for Serving {
    fn default() -> Self {
        Self { port: 8000, reach: Reach::Machine, opens: false, edits: false }
    }
}

/// Who may see the preview.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Whoever sits at this machine.
    Machine,
    /// Everyone in its network, at this address; where none is told, at the one that is found.
    Network(Option<IpAddr>),
}

/// What `confirm` is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirming {
    /// `@/kantor/….md` or `nasional`.
    pub owner: String,
    /// Which of the two confirmations.
    pub turn: Turn,
    /// How the contact was checked.
    pub method: Method,
    /// By whom: a role.
    pub role: String,
    /// The value, where it is not asked for.
    pub value: Option<String>,
}

/// How a schema is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaFormat {
    /// For a person.
    Text,
    /// For an editor.
    JsonSchema,
}

/// What is said of a page that is to be written; the rest is asked or left open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageRequest {
    /// What kind of page.
    pub kind: PageKind,
    /// `--judul`
    pub title: Option<String>,
    /// `--wilayah`: names or codes.
    pub areas: Vec<String>,
    /// `--kantor`: a link, a path or the name of a file.
    pub office: Option<String>,
    /// `--berkas`: the path below the folder of the kind, `.md` or not.
    pub file: Option<String>,
}

/// The kinds of pages that can be written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PageKind {
    /// A page of the site's own.
    #[default]
    Article,
    /// A BNNK or BNNP.
    Office,
    /// An IBM unit.
    Unit,
    /// A clinic, hospital or centre.
    Facility,
}

impl PageKind {
    const ALL: [Self; 4] = [Self::Article, Self::Office, Self::Unit, Self::Facility];

    /// What it is called on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Article => "halaman",
            Self::Office => "kantor",
            Self::Unit => "unit",
            Self::Facility => "fasilitas",
        }
    }

    /// Where its pages are below `content/`.
    #[must_use]
    pub fn folder(self) -> &'static str {
        match self {
            Self::Article => "",
            Self::Office => "kantor/",
            Self::Unit => "unit/",
            Self::Facility => "fasilitas/",
        }
    }
}

/// Which table is taken in, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Import {
    /// The spreadsheet.
    pub file: PathBuf,
    /// What is wanted of it.
    pub wanted: Wanted,
    /// Whether the site's files are written; else they are only shown.
    pub writes: bool,
}

/// Which page gets which name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renaming {
    /// The page, as people name it.
    pub from: String,
    /// Its new name.
    pub to: String,
    /// Whether the site's files are written; else what would change is only shown.
    pub writes: bool,
}

/// Which copy is compared, and with what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verification {
    /// The copy.
    pub place: Place,
    /// What it is compared with, where that is said.
    pub sums: Option<Belief>,
    /// How long an answer may take.
    pub patience: Duration,
    /// The certificates to trust instead of those in the binary.
    pub authorities: Option<PathBuf>,
    /// The form of the report.
    pub format: Format,
}

/// Where a copy is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// On a server.
    Address(Url),
    /// On this machine.
    Folder(PathBuf),
}

/// What is known for certain of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Belief {
    /// Its manifest.
    File(PathBuf),
    /// The SHA-256 of its manifest, as `build` printed it.
    Told([u8; 32]),
}

/// A command with everything it needs.
#[derive(Clone, Debug)]
pub struct Invocation {
    /// What to do.
    pub command: Command,
    /// The folder of the site.
    pub root: PathBuf,
    /// Where what is made goes.
    pub out: PathBuf,
    /// Which faults count.
    pub rigour: Rigour,
    /// What the pipeline is told.
    pub build: Options,
}

/// A command line that cannot be obeyed.
#[derive(Debug, PartialEq, Eq)]
pub enum Usage {
    /// No such command.
    UnknownCommand(String),
    /// No such option.
    UnknownOption(String),
    /// A value that does not fit the option.
    BadValue {
        /// The option.
        option: String,
        /// The value.
        value: String,
        /// An example.
        expected: &'static str,
    },
    /// An option without its value.
    MissingValue(String),
    /// No such code of a fault.
    UnknownCode(String),
}

impl Usage {
    /// What is wrong with the line and what is right, in one line.
    #[must_use]
    pub fn in_words(&self, messages: &Messages) -> String {
        match self {
            Self::UnknownCommand(value) => {
                messages.program("usage-unknown-command", &[("value", value.clone())])
            }
            Self::UnknownOption(value) => {
                messages.program("usage-unknown-option", &[("value", value.clone())])
            }
            Self::BadValue { option, value, expected } => messages.program(
                "usage-value",
                &[
                    ("value", value.clone()),
                    ("option", option.clone()),
                    ("expected", (*expected).to_owned()),
                ],
            ),
            Self::UnknownCode(value) => {
                let codes = || Code::ALL.iter().map(|code| code.as_str());
                let facts = [
                    ("value", value.clone()),
                    ("near", listed(nearest(value, codes()))),
                    ("known", listed(codes())),
                ];
                messages.program("usage-unknown-code", &facts)
            }
            Self::MissingValue(option) => {
                messages.program("usage-value-missing", &[("option", option.clone())])
            }
        }
    }
}

/// The language of messages, found before anything else, so that a wrong command line is told in it.
#[must_use]
pub fn language(arguments: &[OsString]) -> String {
    let text = |argument: &OsString| argument.to_string_lossy().into_owned();
    let joined = arguments.iter().find_map(|a| text(a).strip_prefix("--lang=").map(str::to_owned));
    let apart = arguments.iter().position(|a| a == "--lang").and_then(|at| arguments.get(at + 1));
    joined.or_else(|| apart.map(text)).unwrap_or_default()
}

/// The day in Jakarta: the one clock of the program, read here and handed on as a value.
fn today_in_jakarta() -> Date {
    let jakarta = jiff::tz::TimeZone::fixed(jiff::tz::offset(7));
    jiff::Timestamp::now().to_zoned(jakarta).date()
}
