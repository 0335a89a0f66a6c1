//! The headers of a site → what a server reads: Apache's `.htaccess`, files that the configuration of
//! nginx or Caddy includes (`deploy/`).

use super::Hosting;
use crate::policy::{Header, Kind};
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// A server whose headers can be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Server {
    /// nginx.
    Nginx,
    /// Caddy.
    Caddy,
}

impl Server {
    /// A server by its name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "nginx" => Some(Self::Nginx),
            "caddy" => Some(Self::Caddy),
            _ => None,
        }
    }
}

impl Hosting {
    /// What makes a server send the headers, to be included in its configuration (`deploy/`). Each line
    /// of `note` becomes a comment at the top; the first line names the address the site is made for.
    #[must_use]
    pub fn block(&self, server: Server, note: &str) -> String {
        let text = match server {
            Server::Nginx => self.nginx(),
            Server::Caddy => self.caddy(),
        };
        let note = lines(note.lines(), |line| format!("# {line}"));
        format!("# {}\n{note}{text}", self.base_url)
    }

    /// The text of `.htaccess`.
    #[must_use]
    pub fn apache(&self) -> String {
        let mut headers = String::new();
        let mut add = |header: &Header, condition: &str| {
            // Writing into a String does not fail.
            let _ = writeln!(
                headers,
                "    Header always set {} {}{condition}",
                header.name,
                quoted(&header.value)
            );
        };
        for header in &self.common {
            let by_tls = header.name == "Strict-Transport-Security";
            add(header, if by_tls { " \"expr=%{HTTPS} == 'on'\"" } else { "" });
        }
        for header in self.own(Kind::Information) {
            add(&header, "");
        }
        let sealed = address_is(&self.sealed);
        let exit = address_is(&self.exits);
        let asset =
            " \"expr=%{REQUEST_URI} =~ m#^/aset/# && %{REQUEST_STATUS} -in {'200', '206', '304'}\"";
        let conditions =
            [(Kind::Asset, asset), (Kind::Sealed, sealed.as_str()), (Kind::Exit, &exit)];
        for (kind, condition) in conditions.into_iter().filter(|(_, text)| !text.is_empty()) {
            for header in self.own(kind) {
                add(&header, condition);
            }
        }
        include_str!("htaccess").replace("@HEADERS@\n", &headers)
    }

    /// Values are set by the address before nginx looks for the file, and anew where it serves the error
    /// page instead.
    fn nginx(&self) -> String {
        let kinds = [
            (Kind::Asset, Some("^/aset/".to_owned())),
            (Kind::Sealed, pattern(&self.sealed)),
            (Kind::Exit, pattern(&self.exits)),
        ];
        let usual = self.own(Kind::Information);
        let values = lines(self.names(), |name| {
            let header = usual.iter().find(|header| header.name == name);
            let value = header.map_or("", |header| &header.value);
            format!("set {} {};", variable(name), quoted(value))
        });
        let pages = kinds.into_iter().filter_map(|(kind, pattern)| Some((kind, pattern?)));
        let other = lines(pages, |(kind, pattern)| {
            let values = lines(self.own(kind), |Header { name, value }| {
                format!("    set {} {};", variable(name), quoted(&value))
            });
            format!("if ($uri ~ \"{pattern}\") {{\n{values}}}")
        });
        let common = lines(&self.common, |Header { name, value }| {
            format!("add_header {name} {} always;", quoted(value))
        });
        let own =
            lines(self.names(), |name| format!("add_header {name} {} always;", variable(name)));
        values + &other + &common + &own
    }

    /// The headers that differ from one kind of document to the other.
    fn names(&self) -> BTreeSet<&'static str> {
        let kinds = [Kind::Information, Kind::Sealed, Kind::Exit, Kind::Asset];
        kinds.into_iter().flat_map(|kind| self.own(kind)).map(|header| header.name).collect()
    }

    /// Two snippets: what every answer gets by its address, and what the error page gets.
    fn caddy(&self) -> String {
        let headers = |headers: &[Header], matcher: &str| {
            lines(headers, |Header { name, value }| format!("\theader {matcher}{name} `{value}`"))
        };
        let paths = |pages: &[String]| {
            let files: Vec<String> = pages.iter().flat_map(|url| super::files_of(url)).collect();
            files.join(" ")
        };
        // Caddy applies a header without a matcher last, so that each address needs one.
        let closed = paths(&[self.sealed.clone(), self.exits.clone()].concat());
        let mut own = format!("\t@bersinar_page not path /aset/* {closed}\n");
        own.push_str(&headers(&self.own(Kind::Information), "@bersinar_page "));
        for (kind, name, pages) in [
            (Kind::Sealed, "@bersinar_sealed", &self.sealed),
            (Kind::Exit, "@bersinar_exit", &self.exits),
        ] {
            if !pages.is_empty() {
                let _ = writeln!(own, "\t{name} path {}", paths(pages));
                own.push_str(&headers(&self.own(kind), &format!("{name} ")));
            }
        }
        own.push_str("\t@bersinar_asset path /aset/*\n");
        own.push_str(&headers(&self.own(Kind::Asset), "@bersinar_asset "));
        let common = headers(&self.common, "");
        let page = headers(&self.own(Kind::Information), "");
        format!(
            "(bersinar_headers) {{\n{common}{own}}}\n\n(bersinar_error_headers) {{\n{common}{page}}}\n"
        )
    }
}

/// One line for each thing.
fn lines<T>(things: impl IntoIterator<Item = T>, line: impl Fn(T) -> String) -> String {
    things.into_iter().fold(String::new(), |text, thing| text + &line(thing) + "\n")
}

/// A condition of Apache for pages by their addresses; empty where there are none.
fn address_is(pages: &[String]) -> String {
    let pattern = pattern(pages);
    pattern.map_or_else(String::new, |text| format!(" \"expr=%{{REQUEST_URI}} =~ m#{text}#\""))
}

/// A regular expression for pages by their folder and by their file; none where there are none.
fn pattern(pages: &[String]) -> Option<String> {
    (!pages.is_empty()).then(|| format!("^({})(index\\.html)?$", pages.join("|")))
}

/// The variable of nginx that holds the value of a header.
fn variable(name: &str) -> String {
    format!("$bersinar_{}", name.to_lowercase().replace('-', "_"))
}

/// A value in the quotes that it does not hold itself.
fn quoted(value: &str) -> String {
    if value.contains('"') { format!("'{value}'") } else { format!("\"{value}\"") }
}
