//! Faults: what is wrong with the content, where, why and how to mend it. Stages collect them;
//! words come from the message catalogue only when a fault is shown.

mod labels;
mod messages;
mod place;
mod show;

pub use labels::Label;
pub use messages::Messages;
pub use show::{Format, Sources, Told, show_all, summary, told};

use std::ops::Range;
use std::sync::Arc;

/// Whether a fault keeps the site from being published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Nothing is published.
    Error,
    /// It should be mended, but does not stop anything.
    Warning,
}

/// Makes [`Code`], its list and its properties.
macro_rules! codes {
    ($($(#[$doc:meta])+ $name:ident $code:literal $level:ident;)*) => {
        /// What kind of fault. The text of each stands in `site/messages`, its page in `docs/faults`,
        /// an example of each under `tests/faults`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])+ $name),* }

        impl Code {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The name people see, such as `B105`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code),* }
            }

            /// The code that somebody means: `B105`, `b105` or `105`.
            #[must_use]
            pub fn named(text: &str) -> Option<Self> {
                let digits = text.trim_start_matches(['b', 'B']);
                Self::ALL.iter().copied().find(|code| code.as_str()[1..] == *digits)
            }

            /// Whether the fault is an error or a warning.
            #[must_use]
            pub fn level(self) -> Level {
                match self { $(Self::$name => Level::$level),* }
            }
        }
    };
}

codes! {
    /// A file is not UTF-8.
    NotUtf8 "B101" Error;
    /// A page does not begin with `+++`.
    FrontMatterMissing "B102" Error;
    /// The front matter is not closed by a second `+++`.
    FrontMatterUnclosed "B103" Error;
    /// The TOML does not parse, for another reason than those of B901 to B909.
    TomlSyntax "B104" Error;
    /// A key that means nothing here.
    UnknownKey "B105" Error;
    /// A key that must be there.
    MissingKey "B106" Error;
    /// A value of another type.
    WrongType "B107" Error;
    /// A value that is not one of those allowed, or not of the form.
    BadValue "B108" Error;
    /// A text with nothing in it.
    EmptyText "B109" Error;
    /// A file name that cannot become an address.
    BadFileName "B110" Error;
    /// Two pages with the same address.
    DuplicatePath "B111" Error;
    /// A file under `content/` that the generator does not know.
    UnknownFile "B112" Error;
    /// A file that every site needs.
    MissingFile "B113" Error;
    /// A text longer than it should be.
    TooLong "B114" Warning;
    /// Two files or folders whose names differ only by capitals or by how a letter is composed.
    NameTwice "B115" Error;
    /// A name that Windows cannot have.
    ReservedName "B116" Error;
    /// A blank that is not the blank of the keyboard.
    OddBlank "B117" Error;
    /// A character without a shape, such as one that turns the direction of the text.
    HiddenCharacter "B118" Error;
    /// A character for machines, or a carriage return by itself.
    ControlCharacter "B119" Error;
    /// A link, pipe, socket or device, or a folder where a file should be.
    NotAFile "B120" Error;
    /// A file beyond the limit.
    FileTooBig "B121" Error;
    /// A name beyond the limit.
    LongName "B122" Error;
    /// A folder in too many others.
    DeepFolder "B123" Error;
    /// A file that does not hold what its ending says.
    NotThatPicture "B124" Error;
    /// A picture that would run or load something.
    ActivePicture "B125" Error;
    /// Quotes and lists in too many others.
    DeepNesting "B126" Error;
    /// HTML in Markdown.
    RawHtml "B201" Error;
    /// A heading of the first level in the body.
    HeadingOne "B202" Error;
    /// A heading level was skipped.
    HeadingSkipped "B203" Error;
    /// An image without a description.
    ImageWithoutText "B204" Error;
    /// Two headings with the same explicit id.
    DuplicateAnchor "B205" Error;
    /// A heading without words.
    EmptyHeading "B206" Error;
    /// Two headings of a page with the same words.
    HeadingTwice "B207" Warning;
    /// A day that the calendar does not have.
    NoSuchDay "B208" Error;
    /// An acronym that is not explained where it is first used.
    UnexplainedAcronym "B209" Warning;
    /// A sentence of too many words.
    LongSentence "B210" Warning;
    /// Sentences that are too long on average.
    LongAverage "B211" Warning;
    /// A word that puts a label before the person.
    AvoidedWord "B212" Warning;
    /// A promise that the site cannot keep.
    Promise "B213" Error;
    /// A mark of Markdown that readers would see.
    MarkLeft "B214" Error;
    /// A question of the screening that has lost its sense.
    QuestionSense "B215" Error;
    /// A link to a page that does not exist.
    BrokenLink "B301" Error;
    /// A link to an anchor that does not exist.
    BrokenAnchor "B302" Error;
    /// A link with a scheme that is not allowed, such as `javascript:`.
    ForbiddenScheme "B303" Error;
    /// A link to the site itself that is not written as `@/…`.
    LinkForm "B304" Error;
    /// An image that does not exist or lies elsewhere on the web.
    BrokenImage "B305" Error;
    /// `[text][name]` without a definition of `name`.
    UndefinedReference "B306" Error;
    /// A link that dials another number than it shows.
    OtherNumberShown "B307" Error;
    /// A short number in a text that is no national line.
    ForeignShortNumber "B308" Error;
    /// A link whose text does not tell where it leads.
    EmptyLink "B309" Warning;
    /// A page that is part of the site needs one that is still a draft.
    LinkToDraft "B310" Error;
    /// An old address that is none of the site.
    AliasForm "B311" Error;
    /// An old address at which something else stands.
    AliasTaken "B312" Error;
    /// An old address that stands twice.
    AliasTwice "B313" Error;
    /// An old address that is the one of the page itself.
    AliasOwn "B314" Error;
    /// An area code without its dots or of the wrong length.
    AreaCodeForm "B401" Error;
    /// A code that no area has.
    UnknownArea "B402" Error;
    /// An area that is listed twice.
    DuplicateArea "B403" Error;
    /// A contact without source or date.
    ContactWithoutProof "B405" Error;
    /// Something whose time is over: a contact, or opening hours.
    ContactExpired "B406" Warning;
    /// A number that is too short, too long, or begins as no number does.
    BadPhone "B407" Error;
    /// A source that is not in the list of sources.
    UnknownSource "B408" Error;
    /// A key that names a page which does not exist.
    MissingPage "B409" Error;
    /// A key that names a page of another kind.
    WrongKindOfPage "B410" Error;
    /// A referral rule without one of the bands.
    BandMissing "B411" Error;
    /// A date in the future.
    FutureDate "B412" Error;
    /// A number in a text, where it has neither source nor date.
    UnprovenNumber "B413" Error;
    /// Opening hours that end before they begin, or last longer than a day.
    HoursReversed "B414" Error;
    /// A day of the week whose hours are told twice.
    DayTwice "B415" Error;
    /// Opening hours that do not tell every day of the week.
    DayMissing "B416" Error;
    /// A zone that is not that of the province.
    WrongZone "B417" Error;
    /// A contact that fewer than two roles have confirmed.
    Unconfirmed "B418" Error;
    /// The same on a trial site.
    UnconfirmedInTrial "B419" Warning;
    /// A contact whose value was not typed a second time.
    NotTypedTwice "B420" Error;
    /// A second confirmation of a contact that is not there.
    NothingToConfirm "B421" Error;
    /// A value that was typed differently the second time.
    TypedDifferently "B422" Error;
    /// A contact or its record was changed after it was confirmed.
    ChangedSinceConfirmed "B423" Error;
    /// Both confirmations are by the same role.
    SameRole "B424" Error;
    /// A contact that was neither called nor read on an official page.
    NobodyAsked "B425" Error;
    /// Something that should be checked again soon.
    ContactNearlyOver "B426" Warning;
    /// Something whose time has been over for too long.
    ContactSpent "B427" Error;
    /// The same number in two contacts.
    NumberTwice "B428" Error;
    /// A number with a character that is no digit.
    PhoneCharacter "B430" Error;
    /// A short number that nobody has shown to exist.
    UnknownShortNumber "B431" Error;
    /// A landline with an area code that does not exist.
    UnknownAreaCode "B432" Error;
    /// A landline whose area code belongs to another province than the place it is for.
    AreaCodeElsewhere "B433" Warning;
    /// A number for WhatsApp that is no mobile number.
    WhatsAppNotMobile "B434" Error;
    /// A number that does not tell what it is for.
    NumberWithoutLabel "B435" Error;
    /// An area outside those that the site covers.
    AreaNotCovered "B437" Error;
    /// A unit in an area that no office serves.
    AreaUnserved "B438" Warning;
    /// A unit whose office serves other areas.
    OfficeElsewhere "B439" Error;
    /// A unit that names no office.
    UnitWithoutOffice "B440" Error;
    /// A word that the site or the screening needs.
    WordMissing "B501" Error;
    /// A word that nothing uses.
    WordUnknown "B502" Error;
    /// A placeholder that is missing or unknown.
    WordPlaceholder "B503" Error;
    /// A word that names the topic where whoever holds the phone would read it.
    TopicWord "B504" Error;
    /// A number of the approved table that is not the program's.
    PointsDiffer "B505" Error;
    /// A template that does not parse.
    TemplateSyntax "B601" Error;
    /// A template that fails on a page.
    TemplateRender "B602" Error;
    /// A template that makes more than a page can be.
    EndlessPage "B606" Error;
    /// A page that is too heavy for a cheap phone.
    PageTooHeavy "B701" Error;
    /// A spreadsheet that cannot be read.
    SheetUnreadable "B801" Error;
    /// A spreadsheet beyond the limits.
    SheetTooBig "B802" Error;
    /// A spreadsheet of which no sheet, or more than one, could be meant.
    SheetUnclear "B803" Error;
    /// A hidden sheet, which is not read.
    SheetHidden "B804" Warning;
    /// A text file whose encoding had to be assumed.
    EncodingAssumed "B805" Warning;
    /// A heading of a column that is not there.
    HeaderMissing "B806" Error;
    /// Two columns that mean the same.
    HeaderTwice "B807" Error;
    /// A column that means nothing here.
    ColumnUnknown "B808" Warning;
    /// A cell that says what other cells say: merged, or with a ditto mark.
    CellShared "B809" Error;
    /// A cell with a formula or an error.
    CellComputed "B810" Error;
    /// A number where a text should be.
    CellNumber "B811" Error;
    /// A cell with characters that nobody sees.
    CellMended "B812" Warning;
    /// A cell whose text is not of the form.
    CellForm "B813" Error;
    /// An area that is none, or one of several.
    AreaUnclear "B814" Error;
    /// An office that is none, or one of several.
    OfficeUnclear "B815" Error;
    /// A number or an address of a unit.
    UnitContact "B816" Error;
    /// Two rows about the same.
    RowTwice "B817" Error;
    /// A row that lacks what a new page needs.
    RowIncomplete "B818" Error;
    /// A page that a row cannot change.
    TargetUnclear "B819" Error;
    /// Curly quotes around a value, as office programs make them.
    CurlyQuote "B901" Error;
    /// A quote that is opened and not closed, or closed and not opened.
    UnpairedQuote "B902" Error;
    /// A text without quotes.
    UnquotedText "B903" Error;
    /// A key and a value without `=`.
    MissingEquals "B904" Error;
    /// A key or table that stands twice.
    DuplicateKey "B905" Error;
    /// A bracket that is opened and not closed, or closed and not opened.
    UnpairedBracket "B906" Error;
    /// Two items of a list without a comma.
    MissingComma "B907" Error;
    /// Something on a line that belongs neither to its key nor to its value.
    StrayText "B908" Error;
    /// A key without its value.
    MissingValue "B909" Error;
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spot {
    /// The file, relative to the site, with forward slashes.
    pub file: Arc<str>,
    /// The bytes meant; none where the whole file is meant.
    pub span: Option<Range<usize>>,
}

impl Spot {
    /// A whole file.
    #[must_use]
    pub fn file(file: &Arc<str>) -> Self {
        Self { file: Arc::clone(file), span: None }
    }

    /// Some bytes of a file.
    #[must_use]
    pub fn at(file: &Arc<str>, span: Range<usize>) -> Self {
        Self { file: Arc::clone(file), span: Some(span) }
    }
}

impl Spot {
    /// Whether another place lies in this one.
    #[must_use]
    pub fn covers(&self, other: &Self) -> bool {
        match (&self.span, &other.span) {
            (Some(own), Some(span)) if self.file == other.file => {
                own.start <= span.start && span.end <= own.end
            }
            _ => false,
        }
    }
}

/// One fault. What it says is put together from the code's message and these facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// What kind.
    pub code: Code,
    /// Where.
    pub spot: Spot,
    /// The values of the placeholders in the message and the cure.
    pub facts: Vec<(&'static str, String)>,
}

impl Fault {
    /// A fault at a place.
    #[must_use]
    pub fn new(code: Code, spot: Spot) -> Self {
        Self { code, spot, facts: Vec::new() }
    }

    /// The same fault with one more fact.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.facts.push((name, value.to_string()));
        self
    }

    /// The value of a fact.
    #[must_use]
    pub fn fact(&self, name: &str) -> Option<&str> {
        self.facts.iter().find(|(found, _)| *found == name).map(|(_, value)| value.as_str())
    }

    /// Whether it keeps the site from being published.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.code.level() == Level::Error
    }
}

/// Which faults keep a site from being published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rigour {
    /// Errors.
    Usual,
    /// Warnings too.
    Strict,
}

impl Rigour {
    /// Whether any of these faults keeps the site from being published.
    #[must_use]
    pub fn stops(self, faults: &[Fault]) -> bool {
        match self {
            Self::Usual => has_errors(faults),
            Self::Strict => !faults.is_empty(),
        }
    }
}

/// Whether any fault is an error.
#[must_use]
pub fn has_errors(faults: &[Fault]) -> bool {
    faults.iter().any(Fault::is_error)
}

/// The fact that is a key of the table `[term]` of the message catalogue and shown by its words there.
pub const TERM: &str = "term";

/// The candidates near to what was typed, at most three, for "did you mean".
#[must_use]
pub fn nearest<'a>(typed: &str, candidates: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let lowered = typed.to_lowercase();
    let is_near = |candidate: &&str| likeness(&lowered, &candidate.to_lowercase()) > 0.75;
    by_likeness(typed, candidates.filter(is_near)).into_iter().take(3).collect()
}

/// The candidates most like what was typed, in a row, however little they are: what there is.
#[must_use]
pub fn offered<'a>(typed: &str, candidates: impl Iterator<Item = &'a str>) -> String {
    listed(by_likeness(typed, candidates).into_iter().take(3))
}

/// All candidates, those most like what was typed first.
#[must_use]
pub fn by_likeness<'a>(typed: &str, candidates: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let typed = typed.to_lowercase();
    let mut scored: Vec<(f64, &str)> = candidates
        .map(|candidate| (likeness(&typed, &candidate.to_lowercase()), candidate))
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    scored.into_iter().map(|(_, candidate)| candidate).collect()
}

/// From 0 to 1. One slip of the finger is always near, however short the word.
fn likeness(typed: &str, candidate: &str) -> f64 {
    let likeness = strsim::jaro_winkler(typed, candidate);
    if strsim::osa_distance(typed, candidate) <= 1 { likeness.max(0.95) } else { likeness }
}

/// Names in a row for a message: `a`, `b`, `c`; a dash where there are none.
#[must_use]
pub fn listed<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    if quoted.is_empty() { "–".to_owned() } else { quoted.join(", ") }
}
