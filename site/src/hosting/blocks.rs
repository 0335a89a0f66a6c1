//! The headers of a site → the configuration of a server: Apache's `.htaccess`, blocks for nginx and
//! Caddy.

use super::Hosting;
use crate::policy::{Header, Kind};
use std::fmt::Write as _;

/// A server whose configuration can be printed.
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

const NGINX_TLS: &str = "server {
    listen 80;
    listen [::]:80;
    server_name @HOST@;
    access_log off;
    error_log /dev/null;
    return 301 https://@HOST@$request_uri;
}

";
const NGINX_TLS_LISTEN: &str = "    listen 443 ssl http2;
    listen [::]:443 ssl http2;
    ssl_certificate     /etc/ssl/bersinar/fullchain.pem;
    ssl_certificate_key /etc/ssl/bersinar/privkey.pem;
    ssl_protocols TLSv1.2 TLSv1.3;
";

impl Hosting {
    /// The configuration of a server that serves the folder `root`. Each line of `note` becomes a
    /// comment at the top.
    #[must_use]
    pub fn block(&self, server: Server, root: &str, note: &str) -> String {
        let text = match server {
            Server::Nginx => self.nginx(),
            Server::Caddy => self.caddy(),
        };
        let note = lines(note.lines(), |line| format!("# {line}"));
        format!("{note}{}", text.replace("@ROOT@", root).replace("@HOST@", self.host()))
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

    fn host(&self) -> &str {
        let name = self.base_url.split_once("://").map_or("", |(_, host)| host);
        name.split(':').next().unwrap_or(name)
    }

    fn port(&self) -> &str {
        let name = self.base_url.split_once("://").map_or("", |(_, host)| host);
        name.split_once(':').map_or("80", |(_, port)| port)
    }

    fn nginx(&self) -> String {
        let mut policies = String::new();
        let mut allowlists = String::new();
        let mut caches = String::new();
        for (kind, key) in self.addresses("default", "\"~^/aset/\"") {
            for Header { name, value } in self.own(kind) {
                let map = match name {
                    "Content-Security-Policy" => &mut policies,
                    "Connection-Allowlist" => &mut allowlists,
                    _ => &mut caches,
                };
                let _ = writeln!(map, "    {key} {};", quoted(&value));
            }
        }
        let common = lines(&self.common, |Header { name, value }| {
            format!("    add_header {name} {} always;", quoted(value))
        });
        let is_tls = self.base_url.starts_with("https:");
        let (before, listen) = if is_tls {
            (NGINX_TLS, NGINX_TLS_LISTEN.to_owned())
        } else {
            ("", format!("    listen {};\n", self.port()))
        };
        include_str!("nginx.conf")
            .replace("@POLICIES@\n", &policies)
            .replace("@ALLOWLISTS@\n", &allowlists)
            .replace("@CACHES@\n", &caches)
            .replace("@COMMON@\n", &common)
            .replace("@BEFORE@\n", before)
            .replace("@LISTEN@\n", &listen)
    }

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
        let mut own = format!("\t@page not path /aset/* {closed}\n");
        own.push_str(&headers(&self.own(Kind::Information), "@page "));
        for (kind, name, pages) in
            [(Kind::Sealed, "@sealed", &self.sealed), (Kind::Exit, "@exit", &self.exits)]
        {
            if !pages.is_empty() {
                let _ = writeln!(own, "\t{name} path {}", paths(pages));
                own.push_str(&headers(&self.own(kind), &format!("{name} ")));
            }
        }
        own.push_str("\t@asset path /aset/*\n");
        own.push_str(&headers(&self.own(Kind::Asset), "@asset "));
        include_str!("Caddyfile")
            .replace("@COMMON@\n", &headers(&self.common, ""))
            .replace("@PAGE@\n", &headers(&self.own(Kind::Information), ""))
            .replace("@OWN@\n", &own)
            .replace("@ADDRESS@", &self.base_url)
    }

    /// Each address that differs from the rest, with its kind, as keys of a map.
    fn addresses(&self, rest: &str, assets: &str) -> Vec<(Kind, String)> {
        let files = |kind: Kind, pages: &[String]| -> Vec<(Kind, String)> {
            let files = pages.iter().flat_map(|url| super::files_of(url));
            files.map(|file| (kind, file)).collect()
        };
        let mut all = vec![(Kind::Information, rest.to_owned()), (Kind::Asset, assets.to_owned())];
        all.extend(files(Kind::Sealed, &self.sealed));
        all.extend(files(Kind::Exit, &self.exits));
        all
    }
}

/// One line for each thing.
fn lines<T>(things: impl IntoIterator<Item = T>, line: impl Fn(T) -> String) -> String {
    things.into_iter().fold(String::new(), |text, thing| text + &line(thing) + "\n")
}

/// A condition of Apache for pages by their addresses; empty where there are none.
fn address_is(pages: &[String]) -> String {
    if pages.is_empty() {
        return String::new();
    }
    format!(" \"expr=%{{REQUEST_URI}} =~ m#^({})(index\\.html)?$#\"", pages.join("|"))
}

/// A value in the quotes that it does not hold itself.
fn quoted(value: &str) -> String {
    if value.contains('"') { format!("'{value}'") } else { format!("\"{value}\"") }
}
