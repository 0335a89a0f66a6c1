//! A machine that has no room, no right, no descriptors, another day or another build.

use super::{Case, Change, Outcome, PAGE};
use std::fs::{self, File};
use std::time::{Duration, SystemTime};

pub fn cases() -> Vec<Case> {
    [days(), outputs(), systems(), builds()].into_iter().flatten().collect()
}

fn nothing() -> Change {
    Box::new(|_| {})
}

fn days() -> Vec<Case> {
    let about = "days that are none";
    let wrong = ["kemarin", "2026-02-30", "-1-01-01", "99999-01-01", "", "2026-11-21T00:00"];
    let wrong = wrong.map(|day| {
        Case::new("hari-salah", about, &format!("{day:?}"), Outcome::Refused, nothing())
            .with(&["--today", day])
    });
    let far = ["1970-01-01", "2100-01-01", "0001-01-01", "9999-12-31"].map(|day| {
        Case::new(
            "hari-jauh",
            "a clock far off: contacts are in the future or long over",
            day,
            Outcome::Refused,
            nothing(),
        )
        .with(&["--today", day])
    });
    let times = [("1970", 0), ("2100", 4_102_444_800)].map(|(name, seconds)| {
        let change: Change = Box::new(move |site| {
            let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
            let file = File::options().write(true).open(site.join(PAGE)).unwrap();
            file.set_modified(time).unwrap();
        });
        Case::new("waktu-berkas", "files changed in 1970 and 2100", name, Outcome::Page, change)
    });
    wrong.into_iter().chain(far).chain(times).collect()
}

fn outputs() -> Vec<Case> {
    let out = |name: &str, out: &'static str, change: Change| {
        Case::new("tempat-hasil", "output where it must not be", name, Outcome::Refused, change)
            .with(&["--out", out])
    };
    vec![
        out("the site itself", "{site}", nothing()),
        out("the content", "{site}/content", nothing()),
        out("below the content", "{site}/content/dist", nothing()),
        out("the templates", "{site}/templates/dist", nothing()),
        out("above the site", "{site}/..", nothing()),
        out("the root", "/", nothing()),
        out("a file", "{site}/bersinar.toml", nothing()),
        out("below a file", "{site}/bersinar.toml/dist", nothing()),
        out("a device", "/dev/null", nothing()),
        out("below /proc", "/proc/dist", nothing()),
        out(
            "a folder of somebody else",
            "{site}/lain",
            Box::new(|site| {
                fs::create_dir(site.join("lain")).unwrap();
                fs::write(site.join("lain/surat.txt"), "halo").unwrap();
            }),
        ),
        out("a name of 300 bytes", LONG, nothing()),
    ]
}

const LONG: &str = concat!(
    "{site}/",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
);

/// Calls of the system that fail, by `strace`: in the site while it is read, in the output while it is
/// written.
fn systems() -> Vec<Case> {
    let failing = |class, about, (call, error): (&str, &str), more: &[&str]| {
        let rules = [format!("trace={call}"), format!("inject={call}:error={error}")];
        let wrapper = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", &rules[0], "-e", &rules[1]];
        let case = Case::new(class, about, error, Outcome::Refused, nothing());
        case.within(&[&wrapper, more].concat())
    };
    let page = ["-P", "{site}/content/bantuan.md"];
    let about = "a page that the system does not hand out";
    let read = ["EACCES", "EIO", "EMFILE", "ENFILE", "ELOOP", "ESTALE", "ENOMEM"]
        .map(|error| failing("baca-gagal", about, ("openat", error), &page));
    let about = "folders that the system does not list";
    let folder = ["EACCES", "EIO", "EMFILE"]
        .map(|error| failing("folder-gagal", about, ("getdents64", error), &[]));
    let about = "an output that cannot be written";
    let write = ["EACCES", "EROFS", "ENOSPC", "EDQUOT"]
        .map(|error| failing("tulis-gagal", about, ("mkdir", error), &[]));
    let few = ["8", "5"].map(|files| {
        let limit = format!("ulimit -n {files}; exec \"$0\" \"$@\"");
        Case::new("berkas-terbuka", "few open files allowed", files, Outcome::Either, nothing())
            .within(&["sh", "-c", &limit])
    });
    read.into_iter().chain(folder).chain(write).chain(few).collect()
}

fn builds() -> Vec<Case> {
    let twice =
        "\"$0\" \"$@\" & first=$!; \"$0\" \"$@\"; code=$?; wait $first || code=$?; exit $code";
    let about = "two builds at once";
    vec![
        Case::new("dua-sekaligus", about, "of one site", Outcome::Page, nothing())
            .within(&["sh", "-c", twice]),
    ]
}
