//! A site → `bersinar serve` for it, which ends with the test.

#![allow(clippy::unwrap_used, reason = "clippy exempts tests, not their helper functions")]

use super::lay;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

/// A running preview.
pub struct Running {
    program: Child,
    /// Its host and port.
    pub address: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

impl Running {
    /// Starts one on a free port.
    pub fn start(site: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bersinar"));
        command.args(["serve", "--port", "0", "--today", lay::TODAY, "--root"]).arg(site);
        let command = command.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut program = command.spawn().unwrap();
        let mut lines = BufReader::new(program.stdout.take().unwrap()).lines();
        let address = lines.find_map(|line| {
            let line = line.unwrap();
            let rest = line.split_once("http://")?.1;
            Some(rest.split('/').next().unwrap().to_owned())
        });
        // Whatever else the program says must have somewhere to go.
        std::thread::spawn(move || lines.for_each(drop));
        Self { program, address: address.unwrap() }
    }

    /// Status line with headers, and body. HTTP/1.0, so that the body comes in one piece.
    pub fn get(&self, path: &str) -> (String, Vec<u8>) {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        let request = format!("GET {path} HTTP/1.0\r\nHost: {}\r\n", self.address);
        write!(stream, "{request}Connection: close\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        let end = answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
        let body = answer.split_off(end + 4);
        (String::from_utf8(answer).unwrap(), body)
    }
}
