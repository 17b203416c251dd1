//! The `rasd` command line of a Cargo build; the Python wheel installs the same one.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(rasd::cli::run(std::env::args_os(), None))
}
