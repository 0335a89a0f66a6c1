//! What keeps a command from being carried out at all.

use crate::confirm::Refusal as Unconfirmed;
use crate::content::{Cause, Unreadable};
use crate::diag::{Messages, listed};
use crate::emit::{Holder, Refusal};
use crate::invocation::Usage;
use crate::pipeline::Interruption;
use crate::rename::Refusal as Unrenamed;
use crate::revision::Absent;
use crate::value::Lang;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Why a command could not be carried out.
#[derive(Debug)]
pub enum Trouble {
    /// The command line is not one.
    Usage(Usage),
    /// The folder has no `bersinar.toml`.
    NotASite(PathBuf),
    /// A file cannot be read.
    Unreadable(PathBuf, io::Error),
    /// A file was changed while the site was read.
    ChangedMeanwhile(PathBuf),
    /// The site has more files than this.
    TooManyFiles(usize),
    /// A file or folder cannot be written.
    Unwritable(PathBuf, io::Error),
    /// The output folder is not one to write to.
    Output(Refusal),
    /// A file in the way that this program did not write, or that was changed since.
    FileNotOurs(PathBuf),
    /// The site has no screening, or none in this language.
    NothingToBundle(Option<Lang>),
    /// A page that is to be written is there already.
    FileExists(PathBuf),
    /// Something that a new page needs was not said.
    NotSaid(&'static str),
    /// No area is called so.
    AreaUnknown(String),
    /// Several areas are called so, or nearly so.
    AreaUnclear(String, String),
    /// No office has this name; those that there are.
    OfficeUnknown(String, String),
    /// The folder for a starter site is not empty.
    InitNotEmpty(PathBuf),
    /// A contact cannot be recorded as confirmed.
    NotConfirmed(Unconfirmed),
    /// A page keeps its name.
    NotRenamed(Unrenamed),
    /// An earlier state of the site cannot be read.
    NoHistory(Absent),
    /// A copy cannot be compared with anything.
    NotCompared(Uncompared),
    /// The address of the preview cannot be used.
    Port(String, String),
    /// This machine has no address in a network.
    NoNetwork(io::Error),
}

impl From<Unreadable> for Trouble {
    fn from(Unreadable { path, cause }: Unreadable) -> Self {
        match cause {
            Cause::System(error) => Self::Unreadable(path, error),
            Cause::Changed => Self::ChangedMeanwhile(path),
            Cause::TooBig(_) => Self::Unreadable(path, io::ErrorKind::FileTooLarge.into()),
            Cause::TooMany(limit) => Self::TooManyFiles(limit),
        }
    }
}

/// Why a published copy cannot be compared.
#[derive(Debug)]
pub enum Uncompared {
    /// A file is not a manifest.
    NotAManifest(PathBuf),
    /// There is nothing to compare with.
    NoManifest,
    /// A file holds no certificate.
    NoAuthority(PathBuf),
    /// The server cannot be reached.
    Unreached(String, String),
    /// The server does not answer in time.
    Late(String, Duration),
}

impl Trouble {
    /// What interrupted a build into this folder.
    #[must_use]
    pub fn interrupting(interruption: Interruption, out: &Path) -> Self {
        match interruption {
            Interruption::Unreadable(unreadable) => unreadable.into(),
            Interruption::Unwritable(error) => Self::Unwritable(out.to_owned(), error),
        }
    }

    /// The trouble and what to do, in one line.
    #[must_use]
    pub fn in_words(&self, messages: &Messages) -> String {
        let path = |path: &Path| ("path", path.display().to_string());
        match self {
            Self::Usage(usage) => usage.in_words(messages),
            Self::NotASite(folder) => {
                messages.program("not-a-site", &[("folder", folder.display().to_string())])
            }
            Self::Unreadable(file, error) => {
                messages.program("unreadable", &[path(file), ("detail", error.to_string())])
            }
            Self::ChangedMeanwhile(file) => messages.program("changed-meanwhile", &[path(file)]),
            Self::TooManyFiles(limit) => {
                messages.program("too-many-files", &[("limit", limit.to_string())])
            }
            Self::Unwritable(file, error) => {
                messages.program("unwritable", &[path(file), ("detail", error.to_string())])
            }
            Self::Output(refusal) => refused(refusal, messages),
            Self::FileNotOurs(file) => messages.program("file-not-ours", &[path(file)]),
            Self::NothingToBundle(None) => messages.program("bundle-none", &[]),
            Self::NothingToBundle(Some(lang)) => {
                messages.program("bundle-no-language", &[("value", lang.as_str().to_owned())])
            }
            Self::FileExists(file) => messages.program("new-exists", &[path(file)]),
            Self::NotSaid(option) => {
                messages.program("new-not-said", &[("option", (*option).to_owned())])
            }
            Self::AreaUnknown(value) => {
                messages.program("new-area-unknown", &[("value", value.clone())])
            }
            Self::AreaUnclear(value, list) => {
                let facts = [("value", value.clone()), ("list", list.clone())];
                messages.program("new-area-unclear", &facts)
            }
            Self::OfficeUnknown(value, known) => {
                let facts = [("value", value.clone()), ("known", known.clone())];
                messages.program("new-office-unknown", &facts)
            }
            Self::InitNotEmpty(folder) => messages.program("init-not-empty", &[path(folder)]),
            Self::NotConfirmed(refusal) => not_confirmed(refusal, messages),
            Self::NotRenamed(refusal) => not_renamed(refusal, messages),
            Self::NoHistory(Absent::Git(error)) => {
                messages.program("git-missing", &[("detail", error.to_string())])
            }
            Self::NoHistory(Absent::History(detail)) => {
                messages.program("history-missing", &[("detail", detail.clone())])
            }
            Self::NoHistory(Absent::Revision(revision)) => {
                messages.program("revision-missing", &[("value", revision.clone())])
            }
            Self::NotCompared(reason) => not_compared(reason, messages),
            Self::Port(address, detail) => {
                let facts = [("address", address.clone()), ("detail", detail.clone())];
                messages.program("port-taken", &facts)
            }
            Self::NoNetwork(error) => {
                messages.program("no-network", &[("detail", error.to_string())])
            }
        }
    }
}

fn refused(refusal: &Refusal, messages: &Messages) -> String {
    let say = |key: &str, out: &Path, facts: &[(&'static str, String)]| {
        let path = ("path", out.display().to_string());
        messages.program(key, &[&[path], facts].concat())
    };
    match refusal {
        Refusal::NotOurs(out) => say("out-not-ours", out, &[]),
        Refusal::InSource(out) => say("out-in-source", out, &[]),
        Refusal::NotAFolder(out) => say("out-not-a-folder", out, &[]),
        Refusal::TooWide(out) => say("out-too-wide", out, &[]),
        Refusal::Repository(out) => say("out-repository", out, &[]),
        Refusal::LeadsNowhere(out) => say("out-leads-nowhere", out, &[]),
        Refusal::Busy(out, Holder { pid, host, since }) => {
            let facts = [("pid", pid.clone()), ("host", host.clone()), ("since", since.clone())];
            say("out-busy", out, &facts)
        }
        Refusal::Unwritable(out, error) => say("unwritable", out, &[("detail", error.to_string())]),
    }
}

fn not_confirmed(refusal: &Unconfirmed, messages: &Messages) -> String {
    let say = |key: &str, facts: &[(&'static str, String)]| messages.program(key, facts);
    match refusal {
        Unconfirmed::NoContacts(owner, known) => {
            let known = listed(known.iter().map(String::as_str));
            say("confirm-no-contacts", &[("owner", owner.clone()), ("known", known)])
        }
        Unconfirmed::OtherValue(value, difference) => {
            let facts = [
                ("value", value.clone()),
                ("position", difference.position.to_string()),
                ("here", difference.here.clone()),
                ("there", difference.there.clone()),
            ];
            say("confirm-other-value", &facts)
        }
        Unconfirmed::NotYetConfirmed(value) => {
            say("confirm-first-missing", &[("value", value.clone())])
        }
        Unconfirmed::SameRole(role) => say("confirm-same-role", &[("role", role.clone())]),
        Unconfirmed::NotChangeable(file) => {
            say("confirm-not-changeable", &[("path", file.clone())])
        }
    }
}

fn not_renamed(refusal: &Unrenamed, messages: &Messages) -> String {
    let say = |key: &str, facts: &[(&'static str, &str)]| {
        let facts: Vec<(&'static str, String)> =
            facts.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        messages.program(key, &facts)
    };
    match refusal {
        Unrenamed::Unknown(page, near) => {
            let near = listed(near.iter().map(String::as_str));
            say("rename-unknown", &[("page", page), ("near", &near)])
        }
        Unrenamed::PagesBelow(page) => say("rename-pages-below", &[("page", page)]),
        Unrenamed::BadName(name, Some(good)) => {
            say("rename-bad-name", &[("name", name), ("good", good)])
        }
        Unrenamed::BadName(name, None) => say("rename-no-name", &[("name", name)]),
        Unrenamed::OtherKind(page, good) => {
            say("rename-other-kind", &[("page", page), ("good", good)])
        }
        Unrenamed::SameName(page) => say("rename-same-name", &[("page", page)]),
        Unrenamed::Taken(address, other) => {
            say("rename-taken", &[("address", address), ("other", other)])
        }
        Unrenamed::TopicWord(page, word) => say("rename-topic", &[("page", page), ("word", word)]),
        Unrenamed::NotChangeable(file) => say("confirm-not-changeable", &[("path", file)]),
    }
}

fn not_compared(reason: &Uncompared, messages: &Messages) -> String {
    let say = |key: &str, facts: &[(&'static str, String)]| messages.program(key, facts);
    match reason {
        Uncompared::NotAManifest(file) => {
            say("verify-not-a-manifest", &[("path", file.display().to_string())])
        }
        Uncompared::NoAuthority(file) => {
            say("verify-no-authority", &[("path", file.display().to_string())])
        }
        Uncompared::NoManifest => say("verify-no-manifest", &[]),
        Uncompared::Unreached(address, detail) => {
            let facts = [("address", address.clone()), ("detail", detail.clone())];
            say("verify-unreached", &facts)
        }
        Uncompared::Late(address, patience) => {
            let seconds = patience.as_secs().to_string();
            say("verify-late", &[("address", address.clone()), ("seconds", seconds)])
        }
    }
}
