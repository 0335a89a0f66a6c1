//! A built site → a server for it on this machine, which answers as a good host does unless it is told to
//! tamper.

#![allow(dead_code, reason = "each test program uses its own part of this")]
#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

use super::lay::{self, Files};
use bersinar::hosting::headers_of;
use bersinar::serve::content_type;
use bersinar::value::hexadecimal;
use flate2::{Compression, write::GzEncoder};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tempfile::TempDir;

/// What was asked for.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The path.
    pub path: String,
    /// `identity`, `gzip` or `br`.
    pub coding: String,
}

/// What is answered.
#[derive(Clone, Debug, Default)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    /// The body before it is packed.
    pub body: Vec<u8>,
    /// How it is packed; none for not at all.
    pub packed: Option<&'static str>,
    /// How many bytes of the packed body are lacking at its end.
    pub cut: usize,
    /// How long the server thinks.
    pub delay: Duration,
}

impl Reply {
    pub fn set(&mut self, name: &str, value: &str) {
        self.remove(name);
        self.add(name, value);
    }

    pub fn add(&mut self, name: &str, value: &str) {
        self.headers.push((name.to_owned(), value.to_owned()));
    }

    pub fn remove(&mut self, name: &str) {
        self.headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
    }

    /// Changes one byte in the middle of the body.
    pub fn flip(&mut self) {
        let middle = self.body.len() / 2;
        self.body[middle] ^= 1;
    }
}

type Tamper = Box<dyn Fn(&Asked, &mut Reply) + Send + Sync>;

/// A site, built, and a server that shows it.
pub struct Copy {
    pub folder: TempDir,
    /// The address.
    pub base: String,
    pub files: Arc<Files>,
    tamper: Arc<Mutex<Tamper>>,
}

impl Copy {
    /// The small site with a screening, built for the address of its server.
    pub fn of_small_site() -> Self {
        Self::of(&lay::small_site())
    }

    pub fn of(site: &Files) -> Self {
        let folder = tempfile::tempdir().unwrap();
        lay::write(site, &folder.path().join("situs"));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let built = lay::run(&folder.path().join("situs"), &["build", "--base-url", &base]);
        assert_eq!(lay::code(&built), 0, "{}", lay::told(&built));
        let dist = folder.path().join("situs/dist");
        let files = Arc::new(lay::files_in(&dist));
        let tamper: Arc<Mutex<Tamper>> = Arc::new(Mutex::new(Box::new(|_, _| {})));
        let (shown, own) = (Arc::clone(&files), Arc::clone(&tamper));
        std::thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (shown, own) = (Arc::clone(&shown), Arc::clone(&own));
                std::thread::spawn(move || answer(&stream, &shown, &own));
            }
        });
        Self { folder, base, files, tamper }
    }

    /// The folder of the site.
    pub fn site(&self) -> PathBuf {
        self.folder.path().join("situs")
    }

    pub fn dist(&self) -> PathBuf {
        self.site().join("dist")
    }

    /// From now on answers are tampered with like this.
    pub fn tamper(&self, tamper: impl Fn(&Asked, &mut Reply) + Send + Sync + 'static) {
        *self.tamper.lock().unwrap() = Box::new(tamper);
    }
}

/// Writes a manifest of a folder, by other means than the program's.
pub fn write_sums(dist: &Path) {
    let mut files = lay::files_in(dist);
    files.remove("SHA256SUMS");
    let line = |(path, bytes): (&String, &Vec<u8>)| {
        format!("{}  {path}\n", hexadecimal(&Sha256::digest(bytes)))
    };
    fs::write(dist.join("SHA256SUMS"), files.iter().map(line).collect::<String>()).unwrap();
}

/// The address of a file.
pub fn address(file: &str) -> String {
    format!("/{}", file.strip_suffix("index.html").unwrap_or(file))
}

fn answer(stream: &TcpStream, files: &Files, tamper: &Mutex<Tamper>) {
    let mut reader = BufReader::new(stream);
    while let Some(asked) = read_request(&mut reader) {
        let mut reply = good_reply(files, &asked);
        tamper.lock().unwrap()(&asked, &mut reply);
        std::thread::sleep(reply.delay);
        let is_cut = reply.cut > 0;
        if write_reply(stream, &reply).is_err() || is_cut {
            return;
        }
    }
}

fn read_request(reader: &mut impl BufRead) -> Option<Asked> {
    let mut lines = BTreeMap::new();
    let mut first = String::new();
    reader.read_line(&mut first).ok().filter(|length| *length > 0)?;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok().filter(|length| *length > 0)?;
        match line.trim_end().split_once(": ") {
            Some((name, value)) => lines.insert(name.to_ascii_lowercase(), value.to_owned()),
            None => break,
        };
    }
    let path = first.split(' ').nth(1)?.to_owned();
    Some(Asked { path, coding: lines.get("accept-encoding").cloned().unwrap_or_default() })
}

fn good_reply(files: &Files, asked: &Asked) -> Reply {
    let mut file = asked.path.trim_start_matches('/').to_owned();
    if file.is_empty() || file.ends_with('/') {
        file.push_str("index.html");
    }
    let found = files.get(&file).filter(|_| file != ".bersinar");
    let (status, rule, file) = match found {
        Some(_) => (200, asked.path.as_str(), file.as_str()),
        None => (404, "/404.html", "404.html"),
    };
    let rules = String::from_utf8(files["_headers"].clone()).unwrap();
    let headers = headers_of(&rules, rule).into_iter();
    let mut reply = Reply { status, body: files[file].clone(), ..Reply::default() };
    reply.headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    reply.add("Content-Type", content_type(file));
    reply.add("ETag", "\"satu\"");
    reply.packed = ["gzip", "br"].into_iter().find(|coding| *coding == asked.coding);
    reply
}

pub fn packed(coding: &str, body: &[u8]) -> Vec<u8> {
    if coding == "gzip" {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(body).unwrap();
        return encoder.finish().unwrap();
    }
    let mut out = Vec::new();
    brotli::CompressorWriter::new(&mut out, 4096, 1, 20).write_all(body).unwrap();
    out
}

fn write_reply(mut stream: &TcpStream, reply: &Reply) -> std::io::Result<()> {
    let body =
        reply.packed.map_or_else(|| reply.body.clone(), |coding| packed(coding, &reply.body));
    let mut head = format!("HTTP/1.1 {} X\r\nContent-Length: {}\r\n", reply.status, body.len());
    for (name, value) in &reply.headers {
        write!(head, "{name}: {value}\r\n").unwrap();
    }
    if let Some(coding) = reply.packed {
        write!(head, "Content-Encoding: {coding}\r\nVary: Accept-Encoding\r\n").unwrap();
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes())?;
    stream.write_all(&body[..body.len().saturating_sub(reply.cut)])
}
