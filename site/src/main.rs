//! The program `bersinar`.

use std::process::ExitCode;

fn main() -> ExitCode {
    bersinar::cli::run(std::env::args_os().skip(1).collect())
}
