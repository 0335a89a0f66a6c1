//! The program around the pipeline: commands and options in, messages and an exit code out.

use crate::confirm::Order;
use crate::content::Held;
use crate::diag::{Code, Fault, Format, Messages, has_errors, listed, show_all, summary};
use crate::edit::Change;
use crate::emit::{
    Discard, MANIFEST_FILE, Output, Packed, Refusal, Sink, Staging, Swap, Texts, Unsealed,
    Unswapped, seal, swap,
};
use crate::hosting::Server;
use crate::import::Plan;
use crate::invocation::{
    self, Command, Confirming, Import, Invocation, PageRequest, Renaming, SchemaFormat,
    Verification,
};
use crate::mend::mended;
use crate::model::Reach;
use crate::pipeline::Outcome;
use crate::revision::Absent;
use crate::terminal::{
    ask, ask_at_terminal, format_at, read_held, read_other, read_site, say, say_error, tell,
    tell_within,
};
use crate::trouble::Trouble;
use crate::value::Lang;
use crate::{
    confirm, content, explain, ledger, model, pipeline, rename, revision, scaffold, schema, serve,
    sheet, starter, verify,
};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

/// Nothing to mend.
const CLEAN: u8 = 0;
/// The content has faults.
const FAULTS: u8 = 1;
/// Wrong use, or a file that cannot be read or written.
const TROUBLE: u8 = 2;

/// Runs the program with its arguments.
#[must_use]
pub fn run(arguments: Vec<OsString>) -> ExitCode {
    let messages = Messages::in_language(&invocation::language(&arguments));
    let outcome = invocation::parse(arguments)
        .map_err(Trouble::Usage)
        .and_then(|invocation| obey(&invocation, &messages));
    let code = outcome.unwrap_or_else(|trouble| {
        say_error(&trouble.in_words(&messages));
        TROUBLE
    });
    ExitCode::from(code)
}

fn obey(invocation: &Invocation, messages: &Messages) -> Result<u8, Trouble> {
    match &invocation.command {
        Command::Help => say(messages.program("help", &[]).trim_start()),
        Command::Version => say(concat!("bersinar ", env!("CARGO_PKG_VERSION"), "\n")),
        Command::Init(folder) => init(folder, messages)?,
        Command::Schema(document, SchemaFormat::Text) => {
            say(&schema::in_words(*document, messages));
        }
        Command::Schema(document, SchemaFormat::JsonSchema) => {
            say(&schema::in_json(*document, messages));
        }
        Command::Explain(code) => say(&explained(*code, messages)),
        Command::Mend(format) => {
            mend(&invocation.root, *format, messages)?;
            return check(invocation, *format, messages);
        }
        Command::Check(format) => return check(invocation, *format, messages),
        Command::Build(texts) => return build(invocation, *texts, messages),
        Command::Headers(server) => return headers(invocation, *server, messages),
        Command::Bundle(lang) => return bundle(invocation, lang.as_ref(), messages),
        Command::New(wanted) => return new(invocation, wanted, messages),
        Command::Contacts(format, since) => {
            return contacts(invocation, *format, since.as_deref(), messages);
        }
        Command::Confirm(confirming) => confirm(invocation, confirming, messages)?,
        Command::Import(import) => return take_in(invocation, import, messages),
        Command::Rename(renaming) => return rename(invocation, renaming, messages),
        Command::Verify(wanted) => return compare(invocation, wanted, messages),
        Command::Serve(serving) => serve::serve(invocation, serving, messages)?,
    }
    Ok(CLEAN)
}

fn init(folder: &Path, messages: &Messages) -> Result<(), Trouble> {
    if !starter::may_write(folder) {
        return Err(Trouble::InitNotEmpty(folder.to_owned()));
    }
    starter::write(folder).map_err(|error| Trouble::Unwritable(folder.to_owned(), error))?;
    let facts = [("folder", folder.display().to_string())];
    say(&format!("{}\n", messages.program("initialised", &facts)));
    Ok(())
}

/// A new page beside those there are; none of them is touched.
fn new(invocation: &Invocation, wanted: &PageRequest, messages: &Messages) -> Result<u8, Trouble> {
    let source = read_site(&invocation.root)?;
    let (content, faults) = content::parse(&source)?;
    let Some(content) = content else {
        tell(&faults, &source, messages);
        return Ok(FAULTS);
    };
    let (model, _) = model::assemble(&content, invocation.build.today, Reach::Site);
    let page = scaffold::page(wanted, &model, messages, &mut ask_at_terminal)?;
    let path = invocation.root.join(&page.path);
    write_new(&path, &page.text)?;
    let left = scaffold::left_to_fill(&source, &page);
    let left: Vec<&str> = left.iter().map(String::as_str).collect();
    let facts = [("path", page.path.clone()), ("keys", listed(left))];
    say(&format!("{}\n", messages.program("new-written", &facts)));
    Ok(CLEAN)
}

fn write_new(path: &Path, text: &str) -> Result<(), Trouble> {
    let failed = |error: std::io::Error| match error.kind() {
        ErrorKind::AlreadyExists => Trouble::FileExists(path.to_owned()),
        _ => Trouble::Unwritable(path.to_owned(), error),
    };
    path.parent().map_or(Ok(()), fs::create_dir_all).map_err(failed)?;
    File::create_new(path).and_then(|mut file| file.write_all(text.as_bytes())).map_err(failed)
}

/// Lists the contacts, or the numbers that changed. A page that does not parse is not in the list; then
/// its faults are told as well.
fn contacts(
    invocation: &Invocation,
    format: Format,
    since: Option<&str>,
    messages: &Messages,
) -> Result<u8, Trouble> {
    let source = read_site(&invocation.root)?;
    let (content, mut faults) = content::parse(&source)?;
    faults.retain(Fault::is_error);
    tell(&faults, &source, messages);
    let Some(content) = content else { return Ok(FAULTS) };
    let is_json = format == Format::Json;
    let text = if let Some(since) = since {
        let old = revision::files(&invocation.root, since, ledger::may_hold_contacts);
        let (old, _) = content::parse(&old.map_err(Trouble::NoHistory)?)?;
        let old = old.ok_or_else(|| {
            Trouble::NoHistory(Absent::History(format!("{since}: bersinar.toml")))
        })?;
        let changes = ledger::changes(&old, &content);
        if is_json {
            ledger::changes_in_json(&changes)
        } else {
            ledger::changes_in_words(&changes, since, messages)
        }
    } else {
        let (model, _) = model::assemble(&content, invocation.build.today, Reach::Site);
        let ledger = ledger::ledger(&model);
        if is_json { ledger.in_json() } else { ledger.in_words(messages) }
    };
    say(&text);
    Ok(if faults.is_empty() { CLEAN } else { FAULTS })
}

/// Records that somebody has checked a contact, and shows what was written.
fn confirm(
    invocation: &Invocation,
    confirming: &Confirming,
    messages: &Messages,
) -> Result<(), Trouble> {
    let source = read_site(&invocation.root)?;
    let (content, faults) = content::parse(&source)?;
    let Some(content) = content else {
        tell(&faults, &source, messages);
        return Err(Trouble::NotASite(invocation.root.clone()));
    };
    let typed = match &confirming.value {
        Some(value) => value.clone(),
        None => ask(&messages.program("confirm-ask", &[]))
            .map_err(|error| Trouble::Unreadable(PathBuf::from("stdin"), error))?,
    };
    let order = Order {
        owner: &confirming.owner,
        turn: confirming.turn,
        method: confirming.method,
        role: &confirming.role,
        typed: &typed,
        today: invocation.build.today,
    };
    let change = confirm::confirm(&source, &content, &order).map_err(Trouble::NotConfirmed)?;
    write(&invocation.root, std::slice::from_ref(&change))?;
    say(&change.difference());
    say(&format!("{}\n", messages.program("confirmed", &[("path", change.path)])));
    Ok(())
}

/// Gives a page another name, and shows what changes.
fn rename(
    invocation: &Invocation,
    renaming: &Renaming,
    messages: &Messages,
) -> Result<u8, Trouble> {
    let root = &invocation.root;
    let source = read_held(root, Held::All)?;
    let (content, faults) = content::parse(&source)?;
    let Some(content) = content else {
        tell(&faults, &source, messages);
        return Ok(FAULTS);
    };
    let (model, _) = model::assemble(&content, invocation.build.today, Reach::Site);
    let Renaming { from, to, writes } = renaming;
    let plan = rename::plan(&source, &model, from, to).map_err(Trouble::NotRenamed)?;
    if *writes {
        write(root, &plan.files())?;
    }
    say(&plan.difference());
    let addresses = plan.addresses.iter().map(|[old, new]| format!("{old} → {new}"));
    let facts = [
        ("files", (plan.moves.len() + plan.changes.len()).to_string()),
        ("addresses", addresses.collect::<Vec<String>>().join(", ")),
    ];
    let ending = if *writes { "renamed" } else { "rename-shown" };
    say(&format!("{}\n", messages.program(ending, &facts)));
    Ok(CLEAN)
}

/// Writes changes to files of the site: all, or none where one of them is not as it was read.
fn write(root: &Path, changes: &[Change]) -> Result<(), Trouble> {
    let swaps: Vec<Swap> = changes.iter().map(Swap::from).collect();
    swap(root, &swaps).map_err(|unswapped| match unswapped {
        Unswapped::Changed(path) => Trouble::ChangedMeanwhile(path),
        Unswapped::Unwritable(path, error) => Trouble::Unwritable(path, error),
    })
}

fn check(invocation: &Invocation, format: Format, messages: &Messages) -> Result<u8, Trouble> {
    let source = read_site(&invocation.root)?;
    let Outcome { faults, drafts } = pipeline::publish(&source, &invocation.build, &Discard)
        .map_err(|interruption| Trouble::interrupting(interruption, &invocation.root))?;
    let is_for_people = format == Format::Text;
    let format = if is_for_people { format_at(&std::io::stdout()) } else { format };
    say(&show_all(&faults, &pipeline::sources(&source, &faults), messages, format));
    if is_for_people {
        say(&left_out(&drafts, messages));
        say(&format!("{}\n", summary(&faults, messages)));
    }
    if !invocation.rigour.stops(&faults) {
        return Ok(CLEAN);
    }
    tell_rigour(&faults, messages);
    Ok(FAULTS)
}

/// Which drafts were left out, in one line; nothing where there are none.
fn left_out(drafts: &[Arc<str>], messages: &Messages) -> String {
    if drafts.is_empty() {
        return String::new();
    }
    let files = listed(drafts.iter().map(|file| &**file));
    let facts = [("count", drafts.len().to_string()), ("files", files)];
    format!("{}\n", messages.program("drafts-left-out", &facts))
}

/// Writes the files that can be mended, and shows how: where faults go to a program, beside them.
fn mend(root: &Path, format: Format, messages: &Messages) -> Result<(), Trouble> {
    let tell: fn(&str) = if format == Format::Text { say } else { say_error };
    let mended = mended(&read_site(root)?);
    write(root, &mended)?;
    for change in &mended {
        tell(&change.difference());
    }
    let files = mended.len();
    let key = if files == 0 { "mended-nothing" } else { "mended" };
    tell(&format!("{}\n\n", messages.program(key, &[("files", files.to_string())])));
    Ok(())
}

/// Says why warnings alone make a command fail.
fn tell_rigour(faults: &[Fault], messages: &Messages) {
    if !has_errors(faults) {
        say_error(&messages.program("strict", &[]));
    }
}

fn explained(code: Option<Code>, messages: &Messages) -> String {
    code.map_or_else(|| explain::list(messages), |code| explain::page(code, messages))
}

fn build(invocation: &Invocation, texts: Texts, messages: &Messages) -> Result<u8, Trouble> {
    let started = Instant::now();
    // This thread would only wait for the others: it makes pages as well. Where that is not possible
    // it waits.
    let _ = rayon::ThreadPoolBuilder::new().use_current_thread().build_global();
    let out = &invocation.out;
    let source = read_site(&invocation.root)?;
    let output = Output::of(&invocation.root, out).map_err(Trouble::Output)?;
    let staging = Staging::beside(&output).map_err(Trouble::Output)?;
    let packed = Packed(&staging);
    let sink: &dyn Sink = if texts == Texts::Packed { &packed } else { &staging };
    let Outcome { faults, drafts } = pipeline::publish(&source, &invocation.build, sink)
        .map_err(|interruption| Trouble::interrupting(interruption, out))?;
    tell(&faults, &source, messages);
    say(&left_out(&drafts, messages));
    if invocation.rigour.stops(&faults) {
        tell_rigour(&faults, messages);
        say_error(&messages.program("not-built", &[]));
        return Ok(FAULTS);
    }
    let published = staging.publish().map_err(Trouble::Output)?;
    let facts = [
        ("pages", published.files.to_string()),
        ("out", out.display().to_string()),
        ("milliseconds", started.elapsed().as_millis().to_string()),
    ];
    say(&format!("{}\n", messages.program("built", &facts)));
    let facts = [("file", MANIFEST_FILE.to_owned()), ("sum", published.sum)];
    say(&format!("{}\n", messages.program("built-sum", &facts)));
    Ok(CLEAN)
}

/// What makes a server send the headers of the site.
fn headers(invocation: &Invocation, server: Server, messages: &Messages) -> Result<u8, Trouble> {
    let source = read_site(&invocation.root)?;
    let (hosting, faults) = pipeline::hosting(&source, &invocation.build)
        .map_err(|interruption| Trouble::interrupting(interruption, &invocation.root))?;
    tell(&faults, &source, messages);
    let Some(hosting) = hosting.filter(|_| !has_errors(&faults)) else { return Ok(FAULTS) };
    let note = messages.program("headers-note", &[]);
    say(&hosting.block(server, note.trim()));
    Ok(CLEAN)
}

/// The sealed page as files of their own, each with its checksum beside it.
fn bundle(
    invocation: &Invocation,
    lang: Option<&Lang>,
    messages: &Messages,
) -> Result<u8, Trouble> {
    let out = &invocation.out;
    let source = read_site(&invocation.root)?;
    match Output::of(&invocation.root, out) {
        // Files of others may lie there: none is touched.
        Ok(_) | Err(Refusal::NotOurs(_) | Refusal::TooWide(_) | Refusal::Repository(_)) => {}
        Err(refusal) => return Err(Trouble::Output(refusal)),
    }
    let (bundles, faults) = pipeline::bundle(&source, &invocation.build)
        .map_err(|interruption| Trouble::interrupting(interruption, &invocation.root))?;
    tell(&faults, &source, messages);
    let Some(bundles) = bundles else {
        say_error(&messages.program("not-built", &[]));
        return Ok(FAULTS);
    };
    let wanted = |bundle: &pipeline::Bundle| lang.is_none_or(|lang| bundle.lang == *lang);
    let wanted: Vec<pipeline::Bundle> = bundles.into_iter().filter(wanted).collect();
    if wanted.is_empty() {
        return Err(Trouble::NothingToBundle(lang.cloned()));
    }
    for bundle in wanted {
        let date = invocation.build.today;
        let name = format!("{}-{}-{date}.html", bundle.slug, bundle.lang.as_str());
        let sealed = seal(out, &name, &bundle.bytes).map_err(|unsealed| match unsealed {
            Unsealed::NotOurs(path) => Trouble::FileNotOurs(path),
            Unsealed::Unwritable(path, error) => Trouble::Unwritable(path, error),
        })?;
        let facts = [
            ("path", sealed.path.display().to_string()),
            ("date", date.to_string()),
            ("size", bundle.bytes.len().to_string()),
            ("sum", sealed.sha256),
        ];
        say(&format!("{}\n", messages.program("bundled", &facts)));
    }
    Ok(CLEAN)
}

/// A table of units or offices, taken into the site or shown.
fn take_in(invocation: &Invocation, import: &Import, messages: &Messages) -> Result<u8, Trouble> {
    let root = &invocation.root;
    let source = read_site(root)?;
    let bytes = read_other(&import.file, sheet::FILE_BYTES)?;
    let file: Arc<str> = Arc::from(import.file.to_string_lossy());
    let (plan, faults) =
        pipeline::import(&source, &invocation.build, (&file, &bytes), &import.wanted)
            .map_err(|interruption| Trouble::interrupting(interruption, root))?;
    let mut sources = pipeline::sources(&source, &faults);
    sources.extend(plan.text.as_ref().map(|text| (Arc::clone(&file), Arc::clone(text))));
    let is_refused = invocation.rigour.stops(&faults);
    for change in plan.changes.iter().filter(|_| !import.writes && !is_refused) {
        say(&change.difference());
    }
    tell_within(&faults, &sources, messages);
    if is_refused {
        tell_rigour(&faults, messages);
    }
    if import.writes && !is_refused {
        write(root, &plan.changes)?;
    }
    say(&counted(&plan, messages));
    let ending = match () {
        () if is_refused => "import-refused",
        () if plan.changes.is_empty() => "import-nothing",
        () if import.writes => "import-written",
        () => "import-shown",
    };
    say(&format!("{}\n", messages.program(ending, &[])));
    Ok(if is_refused { FAULTS } else { CLEAN })
}

/// A published copy, held against its manifest.
fn compare(
    invocation: &Invocation,
    wanted: &Verification,
    messages: &Messages,
) -> Result<u8, Trouble> {
    let Some(report) = verify::verify(invocation, wanted, messages)? else { return Ok(FAULTS) };
    say(&report.shown(wanted.format, messages));
    Ok(if report.findings.is_empty() { CLEAN } else { FAULTS })
}

/// How many pages a plan makes, changes and leaves, and which rows it does not take.
fn counted(plan: &Plan, messages: &Messages) -> String {
    let new = plan.changes.iter().filter(|change| change.before.is_none()).count();
    let facts = [
        ("new", new.to_string()),
        ("changed", (plan.changes.len() - new).to_string()),
        ("unchanged", plan.unchanged.to_string()),
        ("refused", plan.refused.len().to_string()),
    ];
    let mut counted = format!("{}\n", messages.program("import-count", &facts));
    if !plan.passed_over.is_empty() {
        let rows: Vec<String> = plan.passed_over.iter().map(usize::to_string).collect();
        let facts = [("rows", rows.join(", "))];
        counted.push_str(&messages.program("import-passed-over", &facts));
        counted.push('\n');
    }
    if let Some(row) = plan.stopped_at {
        counted.push_str(&messages.program("import-stopped", &[("row", row.to_string())]));
        counted.push('\n');
    }
    counted
}
