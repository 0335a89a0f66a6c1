//! The site on 127.0.0.1, each page made when it is asked for: never older than the last save, reloaded
//! by itself, faults shown in the page. What is served is what `build` would write, with the headers that
//! it tells hosts to send; only the preview's own note is added on the way out.

mod checks;
mod desk;
mod doors;
mod guide;
mod pages;
mod preview;
mod state;

use crate::content::{FOLDERS, ending_of, is_passed_over};
use crate::diag::{Format, Messages};
use crate::hosting::{file_at, headers_of, moved};
use crate::invocation::{Invocation, Serving};
use crate::terminal::{format_at, say, say_error};
use crate::trouble::Trouble;
use desk::Desk;
use doors::{Doors, Names, code_of, open_browser, send};
use guide::{Leaf, leaf};
use notify::event::{AccessKind, AccessMode, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use pages::{Lead, Pages};
use preview::{VERSION_HEADER, View, with_note};
use state::{Board, Found, Shown, State};
use std::collections::BTreeSet;
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;
use tiny_http::{Header, Request, Response, Server};

/// How long the file system must be quiet before a change is looked at: many editors save in steps.
const QUIET: Duration = Duration::from_millis(10);
/// The same after a file was closed or moved: it is whole, but may not be the only one.
const QUIET_WHEN_WHOLE: Duration = Duration::from_millis(2);

/// Serves until the program is stopped.
///
/// # Errors
/// [`Trouble`] where the site cannot be read, watched or served at all.
pub fn serve(
    invocation: &Invocation,
    serving: &Serving,
    messages: &Messages,
) -> Result<(), Trouble> {
    let doors = Doors::open(serving.reach, serving.port)?;
    let board = Arc::new(Board::default());
    let mut state = State::new(invocation, messages, &board);
    // What changes while the site is read for the first time is read again.
    let (sender, changes) = channel();
    let watcher = watch(&invocation.root, sender)?;
    state.read_anew()?;
    let root = invocation.root.clone();
    std::thread::spawn(move || follow(&changes, &root, state, watcher));
    announce(&doors, serving, messages);
    let pages = Pages::speaking(messages);
    let desk = serving.edits.then(|| Desk::new(invocation, messages));
    let messages = messages.clone();
    let counter = Arc::new(Counter { board, pages, messages, names: doors.names, desk });
    std::thread::scope(|scope| {
        for server in &doors.servers {
            scope.spawn(|| receive(server, &counter));
        }
    });
    Ok(())
}

/// Tells where the site can be seen, and by whom.
fn announce(doors: &Doors, serving: &Serving, messages: &Messages) {
    let tell = |key: &str, address: &str| {
        say(&format!("{}\n", messages.program(key, &[("address", address.to_owned())])));
    };
    tell("serving", &doors.own);
    if let Some(address) = &doors.network {
        tell("serving-network", address);
        let is_coloured = format_at(&std::io::stdout()) == Format::ColourText;
        let [on, off] = if is_coloured { ["\u{1b}[97;40m", "\u{1b}[0m"] } else { [""; 2] };
        let code = code_of(address);
        code.lines().for_each(|line| say(&format!("{on}{line}{off}\n")));
        tell("serving-seen", address);
    }
    if serving.opens {
        let (address, messages) = (doors.own.clone(), messages.clone());
        std::thread::spawn(move || {
            if let Err(error) = open_browser(&address) {
                let facts = [("address", address), ("detail", error.to_string())];
                say_error(&messages.program("not-opened", &facts));
            }
        });
    }
}

/// What answers are made from.
struct Counter {
    board: Arc<Board>,
    pages: Pages,
    messages: Messages,
    names: Names,
    /// The editor, where there is one.
    desk: Option<Desk>,
}

impl Counter {
    /// The editor, where a request is for it.
    fn desk_asked_by(&self, request: &Request) -> Option<&Desk> {
        let is_for_it = self.names.are_asked_by(request) && Desk::is_asked_by(request);
        self.desk.as_ref().filter(|_| is_for_it)
    }
}

/// Answers each request of a socket by a thread of its own.
fn receive(server: &Server, counter: &Arc<Counter>) {
    for request in server.incoming_requests() {
        let counter = Arc::clone(counter);
        std::thread::spawn(move || answer(request, &counter));
    }
}

/// What an event is about.
struct Changes {
    /// The files; none where it does not tell.
    files: Option<Vec<PathBuf>>,
    /// How long nothing more must happen before they are looked at.
    quiet: Duration,
}

/// Tells of each change to the site, for as long as the watcher lives.
fn watch(root: &Path, changes: Sender<Changes>) -> Result<RecommendedWatcher, Trouble> {
    let on_event = move |event: notify::Result<Event>| {
        let files = match event {
            Ok(event) if event.need_rescan() => None,
            Ok(event) if !is_change(&event) => return,
            Ok(Event { kind, paths, .. }) => {
                let quiet = if is_end(kind) { QUIET_WHEN_WHOLE } else { QUIET };
                let _ = changes.send(Changes { files: Some(paths), quiet });
                return;
            }
            Err(_) => None,
        };
        let _ = changes.send(Changes { files, quiet: QUIET });
    };
    let made = notify::recommended_watcher(on_event);
    let mut watcher = made.map_err(|error| unwatchable(root, error))?;
    watch_root(root, &mut watcher)?;
    watch_folders(root, &mut watcher)?;
    Ok(watcher)
}

fn unwatchable(root: &Path, error: notify::Error) -> Trouble {
    Trouble::Unreadable(root.to_owned(), std::io::Error::other(error))
}

/// Watches the folder around `bersinar.toml`, because many editors replace a file instead of writing into
/// it. The watcher answers when it also watches every folder of which it has told: what lies in them
/// can be read, and whatever changes there afterwards is told.
fn watch_root(root: &Path, watcher: &mut RecommendedWatcher) -> Result<(), Trouble> {
    let outcome = watcher.watch(root, RecursiveMode::NonRecursive);
    outcome.map_err(|error| unwatchable(root, error))
}

/// Watches those of the folders that are there, with all in them.
fn watch_folders(root: &Path, watcher: &mut RecommendedWatcher) -> Result<(), Trouble> {
    for folder in FOLDERS.map(|name| root.join(name)).iter().filter(|folder| folder.is_dir()) {
        let outcome = watcher.watch(folder, RecursiveMode::Recursive);
        outcome.map_err(|error| unwatchable(root, error))?;
    }
    Ok(())
}

/// Takes in all changes, those of one moment together.
fn follow(
    changes: &Receiver<Changes>,
    root: &Path,
    mut state: State,
    mut watcher: RecommendedWatcher,
) {
    while let Ok(first) = changes.recv() {
        let mut quiet = first.quiet;
        let mut together = vec![first.files];
        while let Ok(more) = changes.recv_timeout(quiet) {
            quiet = more.quiet;
            together.push(more.files);
        }
        let known: Option<Vec<Vec<PathBuf>>> = together.into_iter().collect();
        let files: Option<BTreeSet<String>> = known.and_then(|paths| {
            let own = paths.iter().flatten().filter(|path| !is_of_others(path));
            own.map(|path| relative(root, path)).collect()
        });
        // A folder that was not there before, or another one in its place, is not watched yet.
        let is_folder = |files: &BTreeSet<String>| FOLDERS.iter().any(|name| files.contains(*name));
        let mut outcome = watch_root(root, &mut watcher);
        if files.as_ref().is_none_or(is_folder) {
            outcome = outcome.and_then(|()| watch_folders(root, &mut watcher));
        }
        if let Err(trouble) = outcome.and_then(|()| state.take_in(files.as_ref())) {
            // A file that vanished while it was read comes back with the next save.
            say_error(&trouble.in_words(state.messages()));
        }
    }
}

/// The path of a file as the site knows it; none where it lies elsewhere, such as behind a link.
fn relative(root: &Path, path: &Path) -> Option<String> {
    let roots = [root.to_owned(), root.canonicalize().ok()?];
    let inside = roots.iter().find_map(|root| path.strip_prefix(root).ok())?;
    Some(inside.to_str()?.replace('\\', "/"))
}

fn is_of_others(path: &Path) -> bool {
    path.file_name().is_some_and(|name| is_passed_over(&name.to_string_lossy()))
}

/// The end of writing a file, as Linux tells it.
const CLOSED: EventKind = EventKind::Access(AccessKind::Close(AccessMode::Write));

/// Whether a file is whole after an event.
fn is_end(kind: EventKind) -> bool {
    let is_moved = matches!(kind, EventKind::Modify(ModifyKind::Name(_)));
    kind == CLOSED || is_moved || kind.is_remove()
}

/// Whether a file of the site changed. Reading one is an event too, and so is a build into `dist`.
fn is_change(event: &Event) -> bool {
    let is_ours = |path: &PathBuf| {
        let mut parts = path.components().filter_map(|part| part.as_os_str().to_str());
        parts.any(|part| part == "bersinar.toml" || FOLDERS.contains(&part))
    };
    (event.kind == CLOSED || !event.kind.is_access()) && event.paths.iter().any(is_ours)
}

/// The longest body that a request may announce, in bytes: far more than anything here takes.
const ANNOUNCED_BYTES: usize = 64 * 1024 * 1024;

fn answer(request: Request, counter: &Counter) {
    if request.body_length().is_some_and(|length| length > ANNOUNCED_BYTES) {
        // `tiny_http` makes room for all that was announced and not read, and ends the program where there
        // is none. So such a request is never let go of, and gets no answer.
        std::mem::forget(request);
        return;
    }
    if let Some(desk) = counter.desk_asked_by(&request) {
        return desk.answer(request);
    }
    let response = if counter.names.are_asked_by(&request) {
        asked(&request, counter)
    } else {
        let facts = [("addresses", counter.names.listed())];
        let told = counter.messages.program("other-host", &facts).into_bytes();
        plain(421, "text/plain; charset=utf-8", told)
    };
    send(request, response);
}

/// What is answered to a request for this preview: now, or once there is another version than the one
/// that a page knows.
fn asked(request: &Request, counter: &Counter) -> Response<Cursor<Vec<u8>>> {
    let path = request.url().split(['?', '#']).next().unwrap_or("/");
    let may_edit = counter.desk.is_some() && is_from_here(request);
    let lead = if may_edit { Lead::Forms } else { Lead::Pages };
    if let Some(leaf) = leaf(path, lead, &counter.pages) {
        return leaf_of_guide(leaf);
    }
    let shown = match value_of(request, VERSION_HEADER) {
        Some(known) => counter.board.shown_after(known),
        None => Some(counter.board.shown()),
    };
    match shown {
        Some(shown) => {
            let can_edit = lead == Lead::Forms && path != checks::PATH;
            let edit = can_edit.then(|| desk::edit_link(path));
            page(&shown, &Visit { path, lead, origin: origin(request), edit }, &counter.pages)
        }
        None => plain(204, "text/plain", Vec::new()),
    }
}

/// Whether a request comes from this machine.
fn is_from_here(request: &Request) -> bool {
    request.remote_addr().is_some_and(|address| address.ip().is_loopback())
}

fn value_of<'r>(request: &'r Request, name: &'static str) -> Option<&'r str> {
    let header = request.headers().iter().find(|header| header.field.equiv(name));
    header.map(|header| header.value.as_str())
}

/// The address under which the visitor knows the preview.
fn origin(request: &Request) -> String {
    format!("http://{}", value_of(request, "Host").unwrap_or("127.0.0.1"))
}

/// Who asks for a page.
struct Visit<'a> {
    path: &'a str,
    /// What leads from the checks to what they are about.
    lead: Lead,
    /// The address under which the visitor knows the preview.
    origin: String,
    /// Where the page is changed, for whoever may.
    edit: Option<String>,
}

/// A file of the site, or a page of the program's own.
fn page(shown: &Shown, visit: &Visit, pages: &Pages) -> Response<Cursor<Vec<u8>>> {
    let Visit { path, lead, .. } = *visit;
    let rules = moved(shown.rules(), &visit.origin);
    let file = file_at(path);
    let own = (path == checks::PATH).then(|| checks::page(shown, lead, pages));
    let (status, bytes) = match own.map_or_else(|| shown.find(&file), |own| Found::File(own.into()))
    {
        Found::Folder => return redirect(&format!("/{}/", path.trim_start_matches('/'))),
        Found::File(bytes) => (200, bytes.to_vec()),
        Found::Nothing => match shown.find("404.html") {
            Found::File(bytes) => (404, bytes.to_vec()),
            _ => (503, Vec::new()),
        },
    };
    let kind = if status == 200 && path != checks::PATH { content_type(&file) } else { HTML };
    let asked = if status == 200 { path } else { "/404.html" };
    let mut headers = headers_of(&rules, asked);
    let view = View { path, shown, edit: visit.edit.as_deref() };
    let is_page = kind == HTML;
    let noted = is_page.then(|| with_note(&bytes, &view, pages)).flatten();
    if noted.is_some() {
        headers.retain(|(name, _)| !preview::CLOSING.contains(name));
        headers.push(("Content-Security-Policy", preview::POLICY));
    }
    let bytes = noted.unwrap_or(bytes);
    // A browser must come for the next version of everything.
    headers.retain(|(name, _)| *name != "Cache-Control");
    with_headers(plain(status, kind, bytes), &headers)
}

fn leaf_of_guide(leaf: Leaf) -> Response<Cursor<Vec<u8>>> {
    let policy = [("Content-Security-Policy", guide::POLICY)];
    match leaf {
        Leaf::Folder => redirect(&format!("{}/", guide::PLACE)),
        Leaf::Page(html) => with_headers(plain(200, HTML, html), &policy),
        Leaf::Picture(bytes, name) => plain(200, content_type(name), bytes.to_vec()),
    }
}

const HTML: &str = "text/html; charset=utf-8";

/// What kind of file a browser is told that it gets.
#[must_use]
pub fn content_type(file: &str) -> &'static str {
    match ending_of(file) {
        "html" => HTML,
        "css" => "text/css; charset=utf-8",
        "xml" => "application/xml",
        "txt" => "text/plain; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "webp" => "image/webp",
        _ => "application/octet-stream",
    }
}

fn plain(status: u16, kind: &str, bytes: Vec<u8>) -> Response<Cursor<Vec<u8>>> {
    let response = Response::from_data(bytes).with_status_code(status);
    with_headers(response, &[("Content-Type", kind), ("Cache-Control", "no-store")])
}

fn with_headers(
    response: Response<Cursor<Vec<u8>>>,
    headers: &[(&str, &str)],
) -> Response<Cursor<Vec<u8>>> {
    let headers = headers.iter().filter_map(|(name, value)| header(name, value));
    headers.fold(response, Response::with_header)
}

fn redirect(to: &str) -> Response<Cursor<Vec<u8>>> {
    let response = Response::from_data(Vec::new()).with_status_code(308);
    header("Location", to).into_iter().fold(response, Response::with_header)
}

fn header(name: &str, value: &str) -> Option<Header> {
    Header::from_bytes(name, value).ok()
}
