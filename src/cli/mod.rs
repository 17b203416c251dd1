//! In: arguments. Out: files and an exit code: 0 done, 1 the input is wrong, 2 usage, 130 interrupted.
//! Law: results go to the output, everything said to a person goes to standard error.

mod analyze;
mod evaluate;
mod normalize;

use std::ffi::OsString;
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Args, Parser, Subcommand};

use crate::{Error, Monitor};

/// Reads survey comments in Arabic and English: what is wrong, why, and what it costs.
#[derive(Parser)]
#[command(name = "rasd", version, about)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Normalize text, line by line or one column of a table.
    Normalize(NormalizeArgs),
    /// Score every comment, or write every table into a folder.
    Analyze(AnalyzeArgs),
    /// Write the report of root causes as one HTML page.
    Report(AnalyzeArgs),
    /// Compare the sentiment with labels: accuracy, macro-F1, per class, per dialect, confusion.
    Evaluate(EvaluateArgs),
}

#[derive(Args)]
struct NormalizeArgs {
    /// A text or table file; `-` is standard input.
    #[arg(default_value = "-")]
    file: PathBuf,
    /// Where to write; `-` is standard output.
    #[arg(short, long, default_value = "-")]
    output: PathBuf,
    /// light, feedback or search.
    #[arg(long, default_value = "feedback")]
    preset: String,
    /// A rule over the preset, as `emoji=strip` or `dialect_map=clear`; may be given several times.
    #[arg(long = "rule", value_name = "NAME=VALUE")]
    rules: Vec<String>,
    /// The column to normalize, when the file is a table.
    #[arg(long)]
    text: Option<String>,
}

#[derive(Args)]
struct AnalyzeArgs {
    /// A survey: .csv, .tsv, .xlsx, .jsonl or .parquet; `-` reads CSV from standard input.
    input: PathBuf,
    /// `analyze`: a file (.csv, .tsv, .xlsx, .jsonl, .parquet) of the input's rows with what was found, or a folder for
    /// every table and the report. `report`: an .html file.
    #[arg(short, long)]
    output: PathBuf,
    /// Column of the comments.
    #[arg(long)]
    text: Option<String>,
    /// Column of the rating.
    #[arg(long)]
    rating: Option<String>,
    /// Scale of the rating: nps (0..=10), csat (1..=5), ces (1..=7), ces5 (1..=5), percent (0..=100).
    #[arg(long)]
    scale: Option<String>,
    /// Column of the date.
    #[arg(long)]
    time: Option<String>,
    /// Column to compare the rating by; may be given several times.
    #[arg(long)]
    by: Vec<String>,
    /// Column of the row's own identifier.
    #[arg(long)]
    id: Option<String>,
    /// Column of who wrote each comment: shares, intervals and sizes of causes count a customer once.
    #[arg(long)]
    customer: Option<String>,
    /// Column of weights, where some kinds of customers were asked more often than their share.
    #[arg(long)]
    weights: Option<String>,
    /// A date to compare around, as 2026-03-01.
    #[arg(long)]
    event: Option<String>,
    /// A model folder instead of the embedded model, or `fast`, the smaller embedded one.
    #[arg(long)]
    model: Option<PathBuf>,
    /// A TOML file of topics, kinds, cues, actors or emotions, laid over the library's own.
    #[arg(long, value_name = "FILE")]
    taxonomy: Option<PathBuf>,
    /// How many root causes; by default the data decides.
    #[arg(long)]
    causes: Option<usize>,
    /// Worker threads; by default one per core.
    #[arg(long)]
    threads: Option<usize>,
    /// Show no progress.
    #[arg(long)]
    quiet: bool,
}

#[derive(Args)]
struct EvaluateArgs {
    /// A labelled table: .csv, .tsv, .xlsx, .jsonl or .parquet. A column named `dialect` is the dialect to report by; without one
    /// the dialect words of the text tell it.
    labelled: PathBuf,
    /// Column of the comments.
    #[arg(long)]
    text: String,
    /// Column of the labels: negative, neutral, positive.
    #[arg(long)]
    label: String,
    /// A model folder instead of the embedded model, or `fast`, the smaller embedded one.
    #[arg(long)]
    model: Option<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// Runs the command line; `runtime` is the ONNX Runtime library, when the caller knows it.
///
/// ```
/// assert_eq!(rasd::cli::run(["rasd", "analyze", "no-such-file.csv", "-o", "out.csv"], None), 1);
/// assert_eq!(rasd::cli::run(["rasd", "no-such-command"], None), 2);
/// ```
pub fn run<I, T>(args: I, runtime: Option<PathBuf>) -> u8
where
    I: IntoIterator<Item = T>,
    T: Into<OsString> + Clone,
{
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no errors and go to standard output.
            let code = u8::try_from(error.exit_code()).unwrap_or(2);
            let _ = error.print();
            return code;
        }
    };
    let monitor = Arc::new(Monitor::default());
    stop_on_interrupt(&monitor);
    let result = match cli.command {
        Command::Normalize(args) => normalize::run(&args, &monitor),
        Command::Analyze(args) => analyze::run(&args, runtime, &monitor, analyze::Output::Tables),
        Command::Evaluate(args) => evaluate::run(&args, runtime),
        Command::Report(args) => analyze::run(&args, runtime, &monitor, analyze::Output::Report),
    };
    match result {
        Ok(()) => 0,
        Err(Error::Interrupted) => 130,
        Err(error) => {
            eprintln!("error: {error}");
            if let Some(hint) = error.hint() {
                eprintln!("hint: {hint}");
            }
            1
        }
    }
}

/// The first Ctrl-C stops at the next batch, the second at once. Without a handler (one is set already, as in
/// a test that calls [`run`] twice) Ctrl-C ends the process as the system does.
fn stop_on_interrupt(monitor: &Arc<Monitor>) {
    let monitor = Arc::clone(monitor);
    let mut asked = false;
    let _ = ctrlc::set_handler(move || {
        if std::mem::replace(&mut asked, true) {
            std::process::exit(130);
        }
        monitor.cancel();
    });
}
