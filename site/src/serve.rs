//! The site from memory on 127.0.0.1: rebuilt after each save, reloaded by itself, faults shown in
//! the page. What is served is what `build` would write, with the headers that it tells hosts to
//! send; only the preview's own note is added on the way out.

mod preview;

use crate::diag::{Format, Messages, has_errors, show_all, summary};
use crate::emit::{Memory, Site};
use crate::hosting::{HEADERS_FILE, headers_of, moved};
use crate::invocation::Invocation;
use crate::pipeline;
use crate::terminal::{read_site, say, say_error, tell};
use crate::trouble::Trouble;
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use preview::{Note, with_note};
use std::io::Cursor;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tiny_http::{Header, Request, Response, Server};

/// How long the file system must be quiet before a rebuild.
const QUIET: Duration = Duration::from_millis(40);
/// How long a waiting page is kept waiting before it asks again.
const PATIENCE: Duration = Duration::from_secs(25);

/// What the server shows.
#[derive(Clone, Default)]
struct Shown {
    /// Grows with every rebuild.
    version: u64,
    /// The last good site; empty before the first.
    site: Arc<Site>,
    /// The faults of the last build, if it had any that matter.
    faults: Option<Arc<str>>,
}

/// What the watcher writes and the requests read.
#[derive(Default)]
struct Board {
    shown: Mutex<Shown>,
    changed: Condvar,
}

impl Board {
    fn lock(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until the version differs or patience ends.
    fn wait_for_other_than(&self, version: u64) -> u64 {
        let waiting = |shown: &mut Shown| shown.version == version;
        let waited = self.changed.wait_timeout_while(self.lock(), PATIENCE, waiting);
        waited.map_or(version, |(shown, _)| shown.version)
    }
}

/// Serves until the program is stopped.
///
/// # Errors
/// [`Trouble`] where the site cannot be read, watched or served at all.
pub fn serve(invocation: &Invocation, port: u16, messages: &Messages) -> Result<(), Trouble> {
    let address = format!("127.0.0.1:{port}");
    let server = Server::http(&address)
        .map_err(|error| Trouble::Port(address.clone(), error.to_string()))?;
    let board = Arc::new(Board::default());
    rebuild(invocation, messages, &board)?;
    let _watcher = watch(invocation, messages, &board)?;
    let shown_address = format!("http://{}/", server.server_addr());
    say(&format!("{}\n", messages.program("serving", &[("address", shown_address)])));
    for request in server.incoming_requests() {
        let (board, messages) = (Arc::clone(&board), messages.clone());
        std::thread::spawn(move || answer(request, &board, &messages));
    }
    Ok(())
}

/// Builds once and puts the outcome on the board.
fn rebuild(invocation: &Invocation, messages: &Messages, board: &Board) -> Result<(), Trouble> {
    let started = Instant::now();
    let source = read_site(&invocation.root)?;
    let memory = Memory::default();
    let faults = pipeline::build(&source, &invocation.build, &memory)
        .map_err(|interruption| Trouble::interrupting(interruption, &invocation.root))?;
    tell(&faults, &source, messages);
    let shown = has_errors(&faults).then(|| {
        let shown = show_all(&faults, &pipeline::sources(&source, &faults), messages, Format::Text);
        Arc::from(format!("{shown}{}", summary(&faults, messages)))
    });
    let mut board_shown = board.lock();
    board_shown.version += 1;
    if shown.is_none() {
        board_shown.site = Arc::new(memory.into_site());
    }
    board_shown.faults = shown;
    drop(board_shown);
    board.changed.notify_all();
    let facts = [("milliseconds", started.elapsed().as_millis().to_string())];
    say(&format!("{}\n", messages.program("rebuilt", &facts)));
    Ok(())
}

/// Rebuilds after each change, from a thread of its own, for as long as the watcher lives.
fn watch(
    invocation: &Invocation,
    messages: &Messages,
    board: &Arc<Board>,
) -> Result<RecommendedWatcher, Trouble> {
    let root = &invocation.root;
    let unwatchable =
        |error: notify::Error| Trouble::Unreadable(root.clone(), std::io::Error::other(error));
    let (sender, changes) = channel();
    let on_event = move |event: notify::Result<Event>| {
        if event.is_ok_and(|event| is_change(&event)) {
            let _ = sender.send(());
        }
    };
    let mut watcher = notify::recommended_watcher(on_event).map_err(unwatchable)?;
    // The folder around `bersinar.toml`, because many editors replace a file instead of writing into it.
    watcher.watch(root, RecursiveMode::NonRecursive).map_err(unwatchable)?;
    for folder in ["content", "templates"].map(|name| root.join(name)) {
        if folder.is_dir() {
            watcher.watch(&folder, RecursiveMode::Recursive).map_err(unwatchable)?;
        }
    }
    let (invocation, messages, board) = (invocation.clone(), messages.clone(), Arc::clone(board));
    std::thread::spawn(move || rebuild_after(&changes, &invocation, &messages, &board));
    Ok(watcher)
}

fn rebuild_after(
    changes: &Receiver<()>,
    invocation: &Invocation,
    messages: &Messages,
    board: &Board,
) {
    while changes.recv().is_ok() {
        while changes.recv_timeout(QUIET).is_ok() {}
        if let Err(trouble) = rebuild(invocation, messages, board) {
            // A file that vanished while it was read comes back with the next save.
            say_error(&trouble.in_words(messages));
        }
    }
}

/// Whether a file of the site changed. Reading one is an event too, and so is a build into `dist`.
fn is_change(event: &Event) -> bool {
    let is_ours = |path: &PathBuf| {
        let mut parts = path.components().filter_map(|part| part.as_os_str().to_str());
        parts.any(|part| matches!(part, "bersinar.toml" | "content" | "templates"))
    };
    !event.kind.is_access() && event.paths.iter().any(is_ours)
}

fn answer(request: Request, board: &Board, messages: &Messages) {
    let path = request.url().split(['?', '#']).next().unwrap_or("/").to_owned();
    let response = if path == preview::WAIT_PATH {
        let known = request.url().rsplit('=').next().and_then(|text| text.parse().ok());
        let version = board.wait_for_other_than(known.unwrap_or(0));
        plain(200, "text/plain", version.to_string().into_bytes())
    } else {
        let shown = board.lock().clone();
        page(&shown, &path, &origin(&request), messages)
    };
    // The visitor may have gone; nobody is left to tell.
    let _ = request.respond(response);
}

/// The address under which the visitor knows the preview.
fn origin(request: &Request) -> String {
    let host = request.headers().iter().find(|header| header.field.equiv("Host"));
    format!("http://{}", host.map_or("127.0.0.1", |header| header.value.as_str()))
}

fn page(shown: &Shown, path: &str, origin: &str, messages: &Messages) -> Response<Cursor<Vec<u8>>> {
    let name = path.trim_start_matches('/');
    let file = if name.is_empty() || name.ends_with('/') {
        format!("{name}index.html")
    } else {
        name.to_owned()
    };
    if shown.site.contains_key(&format!("{name}/index.html")) {
        return redirect(&format!("/{name}/"));
    }
    let (status, bytes) = match (shown.site.get(&file), shown.site.get("404.html")) {
        (Some(bytes), _) => (200, bytes.to_vec()),
        (None, Some(not_found)) => (404, not_found.to_vec()),
        (None, None) => (503, Vec::new()),
    };
    let kind = if status == 200 { content_type(&file) } else { HTML };
    let rules = shown.site.get(HEADERS_FILE).map_or(Vec::new(), |bytes| bytes.to_vec());
    let rules = moved(&String::from_utf8(rules).unwrap_or_default(), origin);
    let asked = if status == 200 { path } else { "/404.html" };
    let mut headers = headers_of(&rules, asked);
    let bytes = if kind == HTML {
        let note = Note {
            version: shown.version,
            faults: shown.faults.as_deref(),
            has_site: !shown.site.is_empty(),
            messages,
        };
        let noted = with_note(&bytes, &note);
        if noted != bytes {
            headers.retain(|(name, _)| !preview::CLOSING.contains(name));
            headers.push(("Content-Security-Policy", preview::POLICY));
        }
        noted
    } else {
        bytes
    };
    // A browser must come for the next version of everything.
    headers.retain(|(name, _)| *name != "Cache-Control");
    with_headers(plain(status, kind, bytes), &headers)
}

const HTML: &str = "text/html; charset=utf-8";

/// What kind of file a browser is told that it gets.
#[must_use]
pub fn content_type(file: &str) -> &'static str {
    match file.rsplit_once('.').map_or("", |(_, ending)| ending) {
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
