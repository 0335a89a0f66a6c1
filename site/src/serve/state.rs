//! Changes to a site's files → what the preview shows: the last good site, kept ready by a thread of its
//! own, and the faults of what is on disk now.

use crate::content::{Held, Source, SourceFile};
use crate::diag::{Fault, Messages, Sources, Told, has_errors, told};
use crate::hosting::HEADERS_FILE;
use crate::invocation::Invocation;
use crate::pipeline::{self, Judged, Live, Sketch, Taken};
use crate::survey::Survey;
use crate::terminal::{read_held, say, tell_within};
use crate::trouble::Trouble;
use std::collections::BTreeSet;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long a waiting page is kept waiting before it asks again.
const PATIENCE: Duration = Duration::from_secs(25);

/// What the server shows.
#[derive(Clone, Default)]
pub struct Shown {
    /// Grows with every change.
    version: u64,
    /// The last good site; none before the first.
    site: Option<Sender<Wish>>,
    /// The headers of its files, as `_headers` tells them.
    rules: Arc<str>,
    /// The faults of what is on disk.
    told: Arc<[Told]>,
    /// Those of drafts, which are left out for them.
    told_of_drafts: Arc<[Told]>,
    /// The drafts of the site that is shown.
    drafts: Arc<[Sketch]>,
}

/// What stands at a path.
pub enum Found {
    /// A file.
    File(Arc<[u8]>),
    /// A folder with a page.
    Folder,
    /// Nothing.
    Nothing,
}

/// What is asked of the thread that keeps a site ready.
enum Wish {
    /// What stands at a path.
    Find(String, Sender<Found>),
    /// What somebody should look after.
    Survey(Sender<Arc<Survey>>),
    /// To take in the new content of a file.
    Change(String, Vec<u8>, Sender<(Taken, Judged)>),
}

impl Shown {
    /// What stands at a path below the output folder.
    #[must_use]
    pub fn find(&self, path: &str) -> Found {
        let found = self.wish(|reply| Wish::Find(path.to_owned(), reply));
        found.unwrap_or(Found::Nothing)
    }

    /// What somebody should look after; none where there is no site.
    #[must_use]
    pub fn survey(&self) -> Option<Arc<Survey>> {
        self.wish(Wish::Survey)
    }

    fn wish<T>(&self, wish: impl FnOnce(Sender<T>) -> Wish) -> Option<T> {
        let (reply, answer) = channel();
        self.site.as_ref()?.send(wish(reply)).ok()?;
        answer.recv().ok()
    }

    /// The version of what is shown. Another run of the program has other versions.
    #[must_use]
    pub fn version(&self) -> String {
        format!("{}-{}", std::process::id(), self.version)
    }

    /// Whether there ever was a good site.
    #[must_use]
    pub fn has_site(&self) -> bool {
        self.site.is_some()
    }

    /// The headers of its files.
    #[must_use]
    pub fn rules(&self) -> &str {
        &self.rules
    }

    /// The faults in words.
    #[must_use]
    pub fn told(&self) -> &[Told] {
        &self.told
    }

    /// The faults of drafts that are left out for them.
    #[must_use]
    pub fn told_of_drafts(&self) -> &[Told] {
        &self.told_of_drafts
    }

    /// The drafts.
    #[must_use]
    pub fn drafts(&self) -> &[Sketch] {
        &self.drafts
    }
}

/// What changes write and requests read.
#[derive(Default)]
pub struct Board {
    shown: Mutex<Shown>,
    changed: Condvar,
}

impl Board {
    fn lock(&self) -> MutexGuard<'_, Shown> {
        self.shown.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is shown now.
    #[must_use]
    pub fn shown(&self) -> Shown {
        self.lock().clone()
    }

    /// What is shown as soon as its version is another; none where patience ends before.
    #[must_use]
    pub fn shown_after(&self, version: &str) -> Option<Shown> {
        let waiting = |shown: &mut Shown| shown.version() == version;
        let waited = self.changed.wait_timeout_while(self.lock(), PATIENCE, waiting);
        waited.ok().filter(|(_, waited)| !waited.timed_out()).map(|(shown, _)| shown.clone())
    }

    fn show(&self, change: impl FnOnce(&mut Shown)) {
        let mut shown = self.lock();
        change(&mut shown);
        shown.version += 1;
        drop(shown);
        self.changed.notify_all();
    }
}

/// The site on disk and what is shown of it.
pub struct State {
    invocation: Invocation,
    messages: Messages,
    board: Arc<Board>,
    /// Whether what is shown is what is on disk, but for faults in bodies.
    is_current: bool,
}

impl State {
    /// Nothing read yet.
    #[must_use]
    pub fn new(invocation: &Invocation, messages: &Messages, board: &Arc<Board>) -> Self {
        Self {
            invocation: invocation.clone(),
            messages: messages.clone(),
            board: Arc::clone(board),
            is_current: false,
        }
    }

    /// The words of the program.
    #[must_use]
    pub fn messages(&self) -> &Messages {
        &self.messages
    }

    /// Takes in that these files changed; none where that is not known.
    ///
    /// # Errors
    /// [`Trouble`] where the site cannot be read.
    pub fn take_in(&mut self, files: Option<&BTreeSet<String>>) -> Result<(), Trouble> {
        let started = Instant::now();
        let files = files.filter(|_| self.is_current);
        let is_taken = files.is_some_and(|files| files.iter().all(|file| self.change(file)));
        if !is_taken {
            self.read_anew()?;
        }
        let facts = [("milliseconds", started.elapsed().as_millis().to_string())];
        say(&format!("{}\n", self.messages.program("rebuilt", &facts)));
        Ok(())
    }

    /// Takes in that one file changed. Not, where more must be read than that.
    fn change(&self, file: &str) -> bool {
        let source = SourceFile::on_disk(&self.invocation.root, file);
        let Ok(bytes) = source.read() else { return false };
        let change = |reply| Wish::Change(file.to_owned(), bytes.into_owned(), reply);
        let Some((Taken::In, judged)) = self.board.shown().wish(change) else { return false };
        self.show(&judged, |_| {});
        true
    }

    /// Reads the whole site. A good one takes the place of the one that was shown.
    ///
    /// # Errors
    /// [`Trouble`] where it cannot be read.
    pub fn read_anew(&mut self) -> Result<(), Trouble> {
        self.is_current = false;
        let source = read_held(&self.invocation.root, Held::All)?;
        let (ready, outcome) = channel();
        let options = self.invocation.build.clone();
        let keeper = std::thread::spawn(move || {
            let told = ready.clone();
            let judged = pipeline::live(&source, &options, |live| keep(live, &told));
            let _ = ready.send(judged.map(|judged| (None, judged)));
        });
        drop(keeper);
        let root = &self.invocation.root;
        // The thread answers once, when the site is ready or when it will never be.
        let Ok(outcome) = outcome.recv() else { return Ok(()) };
        let (kept, judged) =
            outcome.map_err(|interruption| Trouble::interrupting(interruption, root))?;
        self.is_current = !has_errors(&judged.faults);
        self.show(&judged, |board| {
            if let Some(Kept { site, rules, drafts }) = kept {
                board.site = Some(site);
                board.rules = rules;
                board.drafts = drafts;
            }
        });
        Ok(())
    }

    /// Shows what changed with its faults, then tells them at the terminal.
    fn show(&self, judged: &Judged, change: impl FnOnce(&mut Shown)) {
        let all = [judged.faults.as_slice(), &judged.drafts].concat();
        let sources = self.sources(&all);
        let [of_site, of_drafts] = [&judged.faults, &judged.drafts]
            .map(|faults| Arc::from(told(faults, &sources, &self.messages)));
        self.board.show(|board| {
            board.told = of_site;
            board.told_of_drafts = of_drafts;
            change(board);
        });
        tell_within(&all, &sources, &self.messages);
    }

    /// The texts that faults point into, as they are on disk.
    fn sources(&self, faults: &[Fault]) -> Sources {
        let files: BTreeSet<&str> = faults.iter().map(|fault| fault.spot.file.as_ref()).collect();
        let read = |path: &&str| {
            let file = SourceFile::on_disk(&self.invocation.root, path);
            file.read().is_ok().then_some(file)
        };
        let files = files.iter().filter_map(read).collect();
        pipeline::sources(&Source { files, ..Source::default() }, faults)
    }
}

/// A good site that a thread keeps ready.
struct Kept {
    site: Sender<Wish>,
    rules: Arc<str>,
    drafts: Arc<[Sketch]>,
}

/// By what the outcome of a reading is told: the site, if it is good, and its faults.
type Ready = Sender<Result<(Option<Kept>, Judged), pipeline::Interruption>>;

/// Fulfils wishes for a site until another one is shown in its place.
fn keep(mut live: Live<'_>, ready: &Ready) {
    let (site, wishes) = channel();
    let rules = live.file(HEADERS_FILE).unwrap_or_default();
    let rules = Arc::from(String::from_utf8_lossy(&rules));
    let drafts = Arc::from(live.drafts());
    let _ = ready.send(Ok((Some(Kept { site, rules, drafts }), live.judged())));
    fulfil(&mut live, &wishes);
}

fn fulfil(live: &mut Live<'_>, wishes: &Receiver<Wish>) {
    let mut survey = None;
    for wish in wishes {
        // Whoever asked may have gone.
        match wish {
            Wish::Find(path, reply) => {
                let found = match live.file(&path) {
                    Some(bytes) => Found::File(bytes),
                    None if live.has(&format!("{path}/index.html")) => Found::Folder,
                    None => Found::Nothing,
                };
                let _ = reply.send(found);
            }
            Wish::Survey(reply) => {
                let _ =
                    reply.send(Arc::clone(survey.get_or_insert_with(|| Arc::new(live.survey()))));
            }
            Wish::Change(file, bytes, reply) => {
                survey = None;
                let taken = live.change(&file, &bytes);
                let _ = reply.send((taken, live.judged()));
            }
        }
    }
}
