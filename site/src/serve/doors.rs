//! Who may see the preview → the sockets it listens at, the names under which it answers, and how a
//! person gets there: an address, a code for the camera of a phone, a browser that opens.

use crate::invocation::Reach;
use crate::trouble::Trouble;
use fast_qr::{ECL, QRBuilder, QRCode};
use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::process::{Command, Stdio};
use tiny_http::{HTTPVersion, Method, Request, Response, Server};

/// An address that nobody has (RFC 5737): the way to it is the way out of this machine.
const ELSEWHERE: (Ipv4Addr, u16) = (Ipv4Addr::new(203, 0, 113, 1), 9);
/// How much light a code needs around it, in modules (ISO/IEC 18004).
const QUIET: usize = 4;

/// The sockets of a preview.
pub struct Doors {
    /// The one on this machine, then the one in the network, if there is one.
    pub servers: Vec<Server>,
    /// The hosts under which it answers.
    pub names: Names,
    /// Its address on this machine.
    pub own: String,
    /// Its address in the network.
    pub network: Option<String>,
}

/// The hosts under which a preview answers. A foreign page whose name suddenly leads to this machine
/// brings that name along (DNS rebinding), and gets nothing.
#[derive(Clone, Debug)]
pub struct Names(Vec<String>);

impl Doors {
    /// Opens the sockets.
    ///
    /// # Errors
    /// [`Trouble::Port`] for an address that cannot be used, [`Trouble::NoNetwork`] where there is none.
    pub fn open(reach: Reach, port: u16) -> Result<Self, Trouble> {
        let (own, at) = listen(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
        let address = match reach {
            Reach::Machine => None,
            Reach::Network(Some(address)) => Some(address),
            Reach::Network(None) => Some(network_address().map_err(Trouble::NoNetwork)?),
        };
        let network = address.filter(|address| *address != at.ip());
        let network = network.map(|address| listen(SocketAddr::new(address, at.port())));
        let network = network.transpose()?;
        let names = Names::of(network.as_ref().map(|(_, at)| *at), at.port());
        let shown = |at: SocketAddr| format!("http://{at}/");
        Ok(Self {
            own: shown(at),
            network: network.as_ref().map(|(_, at)| shown(*at)),
            servers: std::iter::once(own).chain(network.map(|(server, _)| server)).collect(),
            names,
        })
    }
}

/// Sends an answer, after which the visitor closes the connection: that is what HTTP/1.0 says, and `tiny_http`
/// sends no `Connection: close`. It may give two connections that come in at once to one thread; the second
/// would not be read before the first is gone, and browsers keep theirs for minutes.
pub fn send<R: Read>(request: Request, response: Response<R>) {
    let is_head = *request.method() == Method::Head;
    let headers = request.headers().to_vec();
    let mut writer = request.into_writer();
    let sent = response.raw_print(&mut writer, HTTPVersion(1, 0), &headers, is_head, None);
    // The visitor may have gone; nobody is left to tell.
    let _ = sent.and_then(|()| writer.flush());
}

fn listen(address: SocketAddr) -> Result<(Server, SocketAddr), Trouble> {
    let refused = |detail: String| Trouble::Port(address.to_string(), detail);
    let listener = TcpListener::bind(address).map_err(|error| refused(error.to_string()))?;
    send_at_once(&listener);
    let at = listener.local_addr().unwrap_or(address);
    let server = Server::from_listener(listener, None);
    Ok((server.map_err(|error| refused(error.to_string()))?, at))
}

/// An answer goes out in two parts. Without this the second one waits for the other side to say that it
/// has the first, which takes 40 ms. Connections take it over from the socket that they come to.
#[cfg(unix)]
fn send_at_once(listener: &TcpListener) {
    // Where it cannot be set, pages come later.
    let _ = rustix::net::sockopt::set_tcp_nodelay(listener, true);
}

#[cfg(not(unix))]
fn send_at_once(_: &TcpListener) {}

/// The address of this machine in its network. A socket for datagrams that is connected knows it, and
/// sends nothing by that.
fn network_address() -> io::Result<IpAddr> {
    let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0))?;
    socket.connect(ELSEWHERE)?;
    let address = socket.local_addr()?.ip();
    let is_none = address.is_unspecified() || address.is_loopback();
    if is_none { Err(io::ErrorKind::AddrNotAvailable.into()) } else { Ok(address) }
}

impl Names {
    fn of(network: Option<SocketAddr>, port: u16) -> Self {
        let own = ["127.0.0.1", "localhost", "[::1]"].map(|host| format!("{host}:{port}"));
        let network = network.map(|at| at.to_string());
        let names = own.into_iter().chain(network);
        // A browser leaves the port of http away.
        let short = |name: String| match name.strip_suffix(":80") {
            Some(host) => vec![host.to_owned(), name],
            None => vec![name],
        };
        Self(names.flat_map(short).collect())
    }

    /// Whether a request asks for this preview: by exactly one of its names.
    #[must_use]
    pub fn are_asked_by(&self, request: &Request) -> bool {
        let mut hosts = request.headers().iter().filter(|header| header.field.equiv("Host"));
        let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
        self.0.iter().any(|name| host.value.as_str().eq_ignore_ascii_case(name))
    }

    /// The names, as a person can type them.
    #[must_use]
    pub fn listed(&self) -> String {
        let addresses: Vec<String> = self.0.iter().map(|name| format!("http://{name}/")).collect();
        addresses.join(", ")
    }
}

/// An address as a code for a camera, in half blocks: light on dark, as terminals mostly are. Nothing
/// where a text is too long to be one.
#[must_use]
pub fn code_of(address: &str) -> String {
    let Ok(code) = QRBuilder::new(address).ecl(ECL::M).build() else { return String::new() };
    let end = code.size + 2 * QUIET;
    let rows = (0..end).step_by(2).map(|row| {
        let modules =
            (0..end).map(|column| match [row, row + 1].map(|y| is_dark(&code, column, y)) {
                [false, false] => '█',
                [false, true] => '▀',
                [true, false] => '▄',
                [true, true] => ' ',
            });
        modules.chain(['\n']).collect::<String>()
    });
    rows.collect()
}

/// Whether a module is dark; all around the code is light.
fn is_dark(code: &QRCode, column: usize, row: usize) -> bool {
    let within = |at: usize| at.checked_sub(QUIET).filter(|at| *at < code.size);
    within(column).zip(within(row)).is_some_and(|(x, y)| code[y][x].value())
}

/// Opens an address in the browser of whoever sits here; some systems come back when it is closed.
///
/// # Errors
/// Whatever keeps the browser from being started.
pub fn open_browser(address: &str) -> io::Result<()> {
    let (program, arguments): (&str, &[&str]) = match () {
        () if cfg!(windows) => ("rundll32", &["url.dll,FileProtocolHandler"]),
        () if cfg!(target_os = "macos") => ("open", &[]),
        () => ("xdg-open", &[]),
    };
    let mut command = Command::new(program);
    command.args(arguments).arg(address);
    let silent = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let status = silent.status()?;
    if status.success() { Ok(()) } else { Err(io::Error::other(status.to_string())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_light_around_and_has_its_three_corners() {
        let code = code_of("http://192.0.2.7:8000/");
        let rows: Vec<Vec<char>> = code.lines().map(|line| line.chars().collect()).collect();
        // Version 2 has 25 modules: 33 with what is around it.
        assert_eq!((rows.len(), rows[0].len()), (17, 33));
        assert!(rows[0].iter().chain(&rows[1]).all(|module| *module == '█'), "{code}");
        let corner = [" ▄▄▄▄▄ ", " █   █ ", " █▄▄▄█ "];
        for (row, expected) in corner.iter().enumerate() {
            let expected: Vec<char> = expected.chars().collect();
            assert_eq!(rows[2 + row][4..11], expected, "{code}");
            assert_eq!(rows[2 + row][22..29], expected, "{code}");
        }
    }

    #[test]
    fn the_names_are_those_of_this_machine_and_of_the_address_that_was_told() {
        let network = SocketAddr::from(([192, 0, 2, 7], 8000));
        let Names(names) = Names::of(Some(network), 8000);
        let own = ["127.0.0.1:8000", "localhost:8000", "[::1]:8000", "192.0.2.7:8000"];
        assert_eq!(names, own);
        let Names(names) = Names::of(None, 80);
        assert!(names.contains(&"localhost".to_owned()), "{names:?}");
    }
}
