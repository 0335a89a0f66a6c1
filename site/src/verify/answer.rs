//! An address → what a server answers, its body as a digest: no body is held whole.

use crate::emit::Sum;
use crate::value::Url;
use brotli::Decompressor;
use flate2::read::MultiGzDecoder;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::io::{self, Read};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use ureq::http::header::{ACCEPT_ENCODING, CONTENT_ENCODING};
use ureq::http::{HeaderMap, HeaderValue, Response};
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};
use ureq::{Agent, Body, Error};

/// How many requests are under way at a time.
pub const HANDS: usize = 8;
/// The largest body that is read, packed or not: far more than any page or picture.
const LARGEST_BYTES: u64 = 256 * 1024 * 1024;
/// How much of a body is kept to look for addresses in.
const KEPT_BYTES: usize = 1024 * 1024;
/// How many answers may stay away before nothing more is asked for.
const LOSSES: usize = 20;
/// How much of a body is held at a time.
const PIECE_BYTES: usize = 16 * 1024;
/// Asks as a visitor's phone does: whoever adds something to pages does it for browsers.
const BROWSER: &str = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36";
const WANTED: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

/// The authorities in a PEM file. None where there is not one.
#[must_use]
pub fn authorities(pem: &[u8]) -> Option<RootCerts> {
    let items = parse_pem(pem).filter_map(Result::ok);
    let certificates = items.filter_map(|item| match item {
        PemItem::Certificate(certificate) => Some(certificate),
        _ => None,
    });
    let certificates: Vec<_> = certificates.collect();
    (!certificates.is_empty()).then(|| RootCerts::new_with_certs(&certificates))
}

/// How a body may be packed for its transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coding {
    /// Not at all.
    Identity,
    /// gzip.
    Gzip,
    /// Brotli.
    Brotli,
}

impl Coding {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Identity, Self::Gzip, Self::Brotli];

    /// What HTTP calls it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Identity => "identity",
            Self::Gzip => "gzip",
            Self::Brotli => "br",
        }
    }
}

/// A whole answer.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// How the body was packed; empty where it was not.
    pub coding: String,
    /// The SHA-256 of the unpacked body.
    pub digest: Sum,
    /// The start of the unpacked body.
    pub start: Vec<u8>,
}

/// Why there is no whole answer.
#[derive(Debug)]
pub enum Silence {
    /// It was not asked for: too many before it stayed away.
    GivenUp,
    /// It did not come in time.
    Slow,
    /// It broke off.
    Cut,
    /// The body cannot be unpacked.
    Packed(String),
    /// No connection, or not HTTP.
    Dumb(String),
}

/// The server of a published copy.
#[derive(Debug)]
pub struct Host {
    agent: Agent,
    base: String,
    /// How many answers stayed away or broke off.
    losses: AtomicUsize,
}

impl Host {
    /// The server at a base address, given so long for each answer, known by a certificate that one of
    /// these authorities signed.
    #[must_use]
    pub fn at(base: &Url, patience: Duration, authorities: RootCerts) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .tls_config(TlsConfig::builder().root_certs(authorities).build())
            .max_redirects(0)
            .timeout_global(Some(patience))
            .max_idle_connections(HANDS)
            .max_idle_connections_per_host(HANDS)
            .input_buffer_size(PIECE_BYTES)
            .output_buffer_size(PIECE_BYTES)
            .user_agent(BROWSER)
            .accept(WANTED);
        let agent = config.build().into();
        Self { agent, base: base.as_str().to_owned(), losses: AtomicUsize::new(0) }
    }

    /// Asks for an address that begins with `/`; once more where the answer breaks off, since a
    /// connection that was kept open may have been closed meanwhile.
    ///
    /// # Errors
    /// [`Silence`] where no whole answer comes.
    pub fn ask(&self, address: &str, coding: Coding) -> Result<Answer, Silence> {
        self.ask_for(address, coding, KEPT_BYTES)
    }

    /// Asks for a text that is kept whole, up to a limit.
    ///
    /// # Errors
    /// [`Silence`] where no whole answer comes.
    pub fn ask_for_text(&self, address: &str, limit_bytes: usize) -> Result<Answer, Silence> {
        self.ask_for(address, Coding::Identity, limit_bytes)
    }

    fn ask_for(&self, address: &str, coding: Coding, kept: usize) -> Result<Answer, Silence> {
        if self.losses.load(Ordering::Relaxed) >= LOSSES {
            return Err(Silence::GivenUp);
        }
        let ask = || {
            let request = self.agent.get(format!("{}{}", self.base, encoded(address)));
            let answer = request.header(ACCEPT_ENCODING, coding.name()).call();
            read(answer.map_err(|error| silence(&error))?, kept)
        };
        let answer = match ask() {
            Err(Silence::Cut | Silence::Dumb(_)) => ask(),
            answer => answer,
        };
        if matches!(answer, Err(Silence::Slow | Silence::Dumb(_))) {
            self.losses.fetch_add(1, Ordering::Relaxed);
        }
        answer
    }
}

fn read(answer: Response<Body>, kept_bytes: usize) -> Result<Answer, Silence> {
    let (head, body) = answer.into_parts();
    let coding = head.headers.get(CONTENT_ENCODING).map(HeaderValue::as_bytes);
    let coding = String::from_utf8_lossy(coding.unwrap_or_default()).trim().to_ascii_lowercase();
    let mut wire =
        Wire { body: body.into_with_config().limit(LARGEST_BYTES).reader(), fault: None };
    let unpacked = match coding.as_str() {
        "" | "identity" => digest_of(&mut wire, kept_bytes),
        "gzip" | "x-gzip" => digest_of(MultiGzDecoder::new(&mut wire), kept_bytes),
        "br" => digest_of(Decompressor::new(&mut wire, PIECE_BYTES), kept_bytes),
        _ => return Err(Silence::Packed(coding)),
    };
    match (unpacked, wire.fault) {
        (_, Some(fault)) => Err(fault),
        (Err(_), None) => Err(Silence::Packed(coding)),
        (Ok((digest, start)), None) => Ok(Answer {
            status: head.status.as_u16(),
            headers: head.headers,
            coding,
            digest,
            start,
        }),
    }
}

/// What comes over the network, told apart from what an unpacker makes of it.
struct Wire<R> {
    body: R,
    fault: Option<Silence>,
}

impl<R: Read> Read for &mut Wire<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.body.read(buffer);
        read.inspect_err(|error| self.fault = Some(broken(error)))
    }
}

fn digest_of(mut body: impl Read, kept_bytes: usize) -> io::Result<(Sum, Vec<u8>)> {
    let mut hasher = Sha256::new();
    let mut start = Vec::new();
    let mut piece = vec![0; PIECE_BYTES];
    let mut left_bytes = LARGEST_BYTES;
    loop {
        let length = body.read(&mut piece)?;
        if length == 0 {
            return Ok((hasher.finalize().into(), start));
        }
        let too_large = || io::Error::from(io::ErrorKind::FileTooLarge);
        left_bytes = left_bytes.checked_sub(length as u64).ok_or_else(too_large)?;
        hasher.update(&piece[..length]);
        let kept = length.min(kept_bytes - start.len());
        start.extend_from_slice(&piece[..kept]);
    }
}

fn silence(error: &Error) -> Silence {
    match error {
        Error::Timeout(_) => Silence::Slow,
        Error::Io(error) => broken(error),
        other => Silence::Dumb(other.to_string()),
    }
}

fn broken(error: &io::Error) -> Silence {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<Error>());
    match (inner, error.kind()) {
        (Some(Error::Timeout(_)), _) | (None, io::ErrorKind::TimedOut) => Silence::Slow,
        (Some(Error::Protocol(_)), _)
        | (None, io::ErrorKind::UnexpectedEof | io::ErrorKind::ConnectionReset) => Silence::Cut,
        _ => Silence::Dumb(error.to_string()),
    }
}

/// An address with everything encoded that may not stand in one.
fn encoded(address: &str) -> String {
    address.bytes().fold(String::new(), |mut text, byte| {
        if byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=:@%".contains(&byte) {
            text.push(char::from(byte));
        } else {
            // Writing into a String does not fail.
            let _ = write!(text, "%{byte:02X}");
        }
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_encoded_where_they_must_be() {
        assert_eq!(encoded("/aset/foto kita.1.png"), "/aset/foto%20kita.1.png");
        assert_eq!(encoded("/a?b#c"), "/a%3Fb%23c");
        assert_eq!(encoded("/é"), "/%C3%A9");
    }
}
