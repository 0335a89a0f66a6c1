//! What a browser sends → the path, the question and the fields of a request.

use crate::form::Posted;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// To see something.
    Get,
    /// To change something.
    Post,
    /// To take in a picture.
    Put,
}

/// A request that may be answered.
#[derive(Debug)]
pub struct Ask {
    /// What is asked for.
    pub way: Way,
    /// The path below that of the editor.
    pub path: String,
    /// What stands behind the question mark.
    pub query: Posted,
    /// The fields of the form.
    pub posted: Posted,
    /// What was sent, if it is no form.
    pub bytes: Vec<u8>,
}

impl Ask {
    /// The form of a page that was sent and is looked at again.
    #[must_use]
    pub fn of_form(page: &str, posted: Posted) -> Self {
        let (query, bytes) = (Posted::new(), Vec::new());
        Self { way: Way::Post, path: format!("/{page}"), query, posted, bytes }
    }

    /// A field of the form; empty where it was not sent.
    #[must_use]
    pub fn field(&self, name: &str) -> &str {
        first(&self.posted, name)
    }

    /// A part of the question; empty where it is not there.
    #[must_use]
    pub fn asked(&self, name: &str) -> &str {
        first(&self.query, name)
    }
}

fn first<'p>(posted: &'p Posted, name: &str) -> &'p str {
    posted.get(name).and_then(|values| values.first()).map_or("", String::as_str)
}

/// Fields as browsers write them: `judul=Ancol&isi=…`.
#[must_use]
pub fn fields(text: &[u8]) -> Posted {
    let mut posted = Posted::new();
    for (name, value) in form_urlencoded::parse(text) {
        posted.entry(name.into_owned()).or_default().push(value.into_owned());
    }
    posted
}
