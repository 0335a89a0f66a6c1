//! A site → `bersinar serve` for it, which ends with the test.

#![allow(dead_code, reason = "each test file uses a part")]
#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

use super::lay;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A running preview.
pub struct Running {
    program: Child,
    /// Its host and port.
    pub address: String,
    /// What it has said since it told its address.
    said: Arc<Mutex<String>>,
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

impl Running {
    /// Starts one on a free port, with these options besides.
    pub fn start(site: &Path, options: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bersinar"));
        command.args(["serve", "--port", "0", "--today", lay::TODAY, "--root"]).arg(site);
        let command = command.args(options).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut program = command.spawn().unwrap();
        let mut lines = BufReader::new(program.stdout.take().unwrap()).lines();
        let address = lines.find_map(|line| {
            let line = line.unwrap();
            let rest = line.split_once("http://")?.1;
            Some(rest.split('/').next().unwrap().to_owned())
        });
        let said = Arc::new(Mutex::new(String::new()));
        let heard = Arc::clone(&said);
        // Whatever else the program says must have somewhere to go.
        std::thread::spawn(move || {
            lines.for_each(|line| heard.lock().unwrap().push_str(&(line.unwrap() + "\n")));
        });
        Self { program, address: address.unwrap(), said }
    }

    /// What it has said since it told its address, once that is something.
    pub fn said(&self) -> String {
        for _ in 0..100 {
            std::thread::sleep(Duration::from_millis(20));
            let said = self.said.lock().unwrap();
            if said.lines().count() > 1 {
                return said.clone();
            }
        }
        String::new()
    }

    /// Status line with headers, and body.
    pub fn get(&self, path: &str) -> (String, Vec<u8>) {
        self.get_with(path, &format!("Host: {}\r\n", self.address))
    }

    /// The same with these lines as its headers.
    pub fn get_with(&self, path: &str, headers: &str) -> (String, Vec<u8>) {
        get_from(&self.address, path, headers)
    }
}

/// What a server answers to these headers. HTTP/1.0, so that the body comes in one piece.
pub fn get_from(address: &str, path: &str, headers: &str) -> (String, Vec<u8>) {
    let mut stream = TcpStream::connect(address).unwrap();
    let request = format!("GET {path} HTTP/1.0\r\n{headers}");
    write!(stream, "{request}Connection: close\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
    let body = answer.split_off(end + 4);
    (String::from_utf8(answer).unwrap(), body)
}
