//! What lies in the folders of a site and is no file, has a name that is none elsewhere, or has a twin.

use super::{Case, Change, HEAD, Outcome, PAGE, write};
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Command;

pub fn cases() -> Vec<Case> {
    [links(), kinds(), names(), twins(), harmless()].into_iter().flatten().collect()
}

fn refused(
    class: &str,
    about: &str,
    name: &str,
    change: impl Fn(&Path) + Send + Sync + 'static,
) -> Case {
    Case::new(class, about, name, Outcome::Refused, Box::new(change))
}

fn links() -> Vec<Case> {
    let targets = [
        ("out of the site", "../../luar.md"),
        ("to a file of the system", "/etc/passwd"),
        ("to a device", "/dev/zero"),
        ("to nothing", "tiada.md"),
        ("to itself", "tautan.md"),
        ("to a file beside it", "bantuan.md"),
        ("to a folder above it", ".."),
        ("to the root", "/"),
    ];
    let files = targets.map(|(name, target)| {
        refused("tautan", "symbolic links", name, move |site| {
            symlink(target, site.join("content/tautan.md")).unwrap();
        })
    });
    // In the place of what the program looks for.
    let places = [PAGE, "bersinar.toml", "content/data/kontak.toml", "content/ibm", "content"];
    let instead = places.map(|path| {
        refused(
            "tautan-pengganti",
            "symbolic links in the place of files and folders",
            path,
            move |site| {
                fs::rename(site.join(path), site.join("asli")).unwrap();
                symlink(site.join("asli"), site.join(path)).unwrap();
            },
        )
    });
    let about = "two folders that link to each other";
    let around = refused("tautan-putar", about, "a and b", |site| {
        fs::create_dir(site.join("content/a")).unwrap();
        symlink("../b", site.join("content/a/b")).unwrap();
        symlink("a", site.join("content/b")).unwrap();
    });
    let theme = refused("tautan-templat", "a link among the templates", "article.html", |site| {
        fs::create_dir_all(site.join("templates/pages")).unwrap();
        symlink("/etc/passwd", site.join("templates/pages/article.html")).unwrap();
    });
    files.into_iter().chain(instead).chain([around, theme]).collect()
}

fn kinds() -> Vec<Case> {
    let pipe = |path: &'static str| {
        refused("pipa", "pipes, which nobody writes to", path, move |site| {
            fs::create_dir_all(site.join(path).parent().unwrap()).unwrap();
            let _ = fs::remove_file(site.join(path));
            assert!(Command::new("mkfifo").arg(site.join(path)).status().unwrap().success());
        })
    };
    let pipes = [
        PAGE,
        "content/pipa.md",
        "content/data/kontak.toml",
        "bersinar.toml",
        "content/ibm/denah.svg",
        "templates/base.html",
    ]
    .map(pipe);
    let socket = refused("soket", "sockets", "content/soket.md", |site| {
        // A path of a socket has 108 bytes at most.
        let short = tempfile::tempdir().unwrap();
        drop(UnixListener::bind(short.path().join("s")).unwrap());
        fs::rename(short.path().join("s"), site.join("content/soket.md")).unwrap();
    });
    let folder = |path: &'static str| {
        refused("folder-untuk-berkas", "folders in the place of files", path, move |site| {
            let _ = fs::remove_file(site.join(path));
            fs::create_dir_all(site.join(path)).unwrap();
        })
    };
    let folders = [
        PAGE,
        "content/data/kontak.toml",
        "content/data/kata.id.toml",
        "content/ibm/denah.svg",
        "templates/base.html",
    ]
    .map(folder);
    let file =
        refused("berkas-untuk-folder", "a file in the place of a folder", "content", |site| {
            fs::rename(site.join("content"), site.join("isi")).unwrap();
            fs::write(site.join("content"), "halo").unwrap();
        });
    let deep = [11, 60, 500].map(|levels: usize| {
        refused("folder-dalam", "folders in each other", &levels.to_string(), move |site| {
            let path = site.join("content").join("a/".repeat(levels));
            fs::create_dir_all(&path).unwrap();
            fs::write(path.join("x.md"), HEAD).unwrap();
        })
    });
    pipes.into_iter().chain([socket]).chain(folders).chain([file]).chain(deep).collect()
}

/// Names below `content/`, as bytes.
const NAMES: [&[u8]; 27] = [
    b"CON.md",
    b"aux.md",
    b"nul.md",
    b"com1.md",
    b"lpt9.md",
    b"prn.en.md",
    b"con.svg",
    b"a.md.",
    b"a .md",
    b" a.md",
    b"a..md",
    b"A.md",
    b"a b.md",
    b"a:b.md",
    b"a?.md",
    b"a*.md",
    b"%2e%2e.md",
    b"<script>.md",
    b"\"onload=.md",
    b"-rf.md",
    b"a\nb.md",
    b"\xe2\x80\xaeatad.md",
    b"\xc3\xa9.md",
    b"\xff\xfe.md",
    b"a\x01.md",
    b"$(id).md",
    b"caf\xe9.png",
];

fn names() -> Vec<Case> {
    let name = |bytes: &'static [u8]| {
        let shown = format!("{:?}", String::from_utf8_lossy(bytes));
        refused("nama", "names that are none elsewhere", &shown, move |site| {
            let text = HEAD.replace("{#bertanya}", "") + "Halo.\n";
            fs::write(site.join("content").join(OsStr::from_bytes(bytes)), text).unwrap();
        })
    };
    let long = [("ends in .md", ".md"), ("ends in .png", ".png"), ("ends in nothing", "")];
    let long = long.map(|(name, ending)| {
        refused("nama-panjang", "names of 255 bytes", name, move |site| {
            let name = "a".repeat(255 - ending.len()) + ending;
            fs::write(site.join("content").join(name), HEAD).unwrap();
        })
    });
    NAMES.into_iter().map(name).chain(long).collect()
}

fn twins() -> Vec<Case> {
    let pairs = [
        ("by capitals", ["content/ibm/a.svg", "content/ibm/A.svg"]),
        ("by folders", ["content/Ibm/a.svg", "content/ibm/b.svg"]),
        ("by normal form", ["content/ibm/\u{e9}.svg", "content/ibm/e\u{301}.svg"]),
        ("by sharp s", ["content/ibm/\u{1e9e}.svg", "content/ibm/\u{df}.svg"]),
        ("by the sign of Kelvin", ["content/ibm/\u{212a}.svg", "content/ibm/k.svg"]),
    ];
    let names = pairs.map(|(name, paths)| {
        refused("nama-kembar", "names that are one elsewhere", name, move |site| {
            let picture = fs::read(site.join("content/ibm/denah.svg")).unwrap();
            for path in paths {
                write(site, path, &picture);
            }
        })
    });
    let pages = [
        ("a page and a folder", "content/ibm.md"),
        ("the page of the exit", "content/k.md"),
        ("the page of the exit as a folder", "content/k/_index.md"),
    ];
    let addresses = pages.map(|(name, path)| {
        refused("alamat-kembar", "two pages with one address", name, move |site| {
            write(site, path, format!("{HEAD}Halo.\n").as_bytes());
        })
    });
    names.into_iter().chain(addresses).collect()
}

/// What looks odd and is a site all the same.
fn harmless() -> Vec<Case> {
    type Made = (&'static str, &'static str, fn(&Path));
    let made: [Made; 4] = [
        ("tautan-keras", "a hard link", |site| {
            fs::remove_file(site.join("content/ibm/denah.svg")).unwrap();
            fs::write(site.join("luar"), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>").unwrap();
            fs::hard_link(site.join("luar"), site.join("content/ibm/denah.svg")).unwrap();
        }),
        ("tersembunyi", "hidden files and leftovers of programs", |site| {
            for name in [
                "..md",
                "..%2f..%2fx.md",
                "..\\..\\x.md",
                ".htaccess",
                ".git/config",
                "~$bantuan.md",
                "bantuan.md~",
                "Thumbs.db",
            ] {
                write(site, &format!("content/{name}"), b"<script>alert(1)</script>");
            }
        }),
        ("folder-kosong", "folders without files", |site| {
            fs::create_dir_all(site.join("content/kosong/lagi")).unwrap();
        }),
        ("nama-folder-hasil", "pages named as parts of the output", |site| {
            for name in ["aset", "sitemap", "headers", "404"] {
                write(site, &format!("content/{name}.md"), format!("{HEAD}Halo.\n").as_bytes());
            }
        }),
    ];
    let case = |(class, about, make): Made| {
        let change: Change = Box::new(make);
        Case::new(class, about, "all at once", Outcome::Page, change)
    };
    made.into_iter().map(case).collect()
}
