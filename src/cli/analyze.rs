//! `rasd analyze` and `rasd report`: a survey file to tables or to a page.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::AnalyzeArgs;
use crate::table::{self, Format, Frame, Survey};
use crate::taxonomy::Taxonomy;
use crate::{Analysis, AnalyzeOptions, Analyzer, Comment, Error, Monitor, Result, Scale};

/// What the command writes.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Output {
    Tables,
    Report,
}

pub(super) fn run(
    args: &AnalyzeArgs,
    runtime: Option<PathBuf>,
    monitor: &Arc<Monitor>,
    output: Output,
) -> Result<()> {
    check_output(args, output)?;
    let survey = table::read(&args.input)?;
    let (comments, mut options) = comments(args, &survey)?;
    options = options.monitor(Arc::clone(monitor)).code_points();
    if let Some(scale) = &args.scale {
        options = options.scale(Scale::from_name(scale)?);
    }
    if let Some(n) = args.causes {
        options = options.n_causes(n);
    }
    let mut builder = Analyzer::builder();
    if let Some(model) = &args.model {
        builder = builder.model(model);
    }
    if let Some(taxonomy) = &args.taxonomy {
        builder = builder.taxonomy(Taxonomy::open(taxonomy)?);
    }
    if let Some(runtime) = runtime {
        builder = builder.runtime(runtime);
    }
    if let Some(threads) = args.threads {
        builder = builder.threads(threads);
    }
    let analyzer = builder.build()?;
    let analysis = with_progress(args.quiet, monitor, || analyzer.analyze_with(&comments, &options))?;
    // After this point the result is being written: a late Ctrl-C must not leave half of it.
    monitor.check()?;
    let title = title(&args.input);
    match output {
        Output::Report if args.output == Path::new("-") => {
            table::write_text(&args.output, &analysis.html(&title))?
        }
        Output::Report => analysis.write_html(&args.output, &title)?,
        Output::Tables if is_folder(&args.output) => analysis.write(&args.output, &title)?,
        Output::Tables => table::write(&joined(&survey.frame, &analysis.comments), &args.output)?,
    }
    summarize(args, &analysis);
    Ok(())
}

/// A wrong output name is told before minutes of work.
fn check_output(args: &AnalyzeArgs, output: Output) -> Result<()> {
    if args.output == Path::new("-") || (output == Output::Tables && is_folder(&args.output)) {
        return Ok(());
    }
    if output == Output::Tables {
        return Format::from_path(&args.output).map(drop);
    }
    let extension = args.output.extension().map(|e| e.to_string_lossy().to_lowercase());
    match extension.as_deref() {
        Some("html" | "htm") => Ok(()),
        _ => Err(Error::invalid_input(format!("output `{}`, expected an .html file", args.output.display()))),
    }
}

/// A path that is a folder, ends in a separator or has no extension; `-` is standard output.
fn is_folder(path: &Path) -> bool {
    if path == Path::new("-") {
        return false;
    }
    path.is_dir() || path.to_string_lossy().ends_with(['/', '\\']) || path.extension().is_none()
}

fn comments(args: &AnalyzeArgs, survey: &Survey) -> Result<(Vec<Comment>, AnalyzeOptions)> {
    let named = table::Named {
        text: args.text.as_deref(),
        rating: args.rating.as_deref(),
        time: args.time.as_deref(),
        id: args.id.as_deref(),
        by: &args.by,
        customer: args.customer.as_deref(),
        weights: args.weights.as_deref(),
        reads_rating: Some(crate::reads_as_rating),
    };
    let columns = table::choose_columns(&survey.frame, &named)?;
    for note in survey.notes.iter().chain(&columns.guessed) {
        eprintln!("{note}");
    }
    let cell = |row: usize, column: usize| survey.frame.text(row, column).cloned();
    let comments = (0..survey.frame.n_rows())
        .map(|row| Comment {
            text: cell(row, columns.text),
            id: columns.id.and_then(|c| cell(row, c)),
            rating: columns.rating.and_then(|c| cell(row, c)),
            time: columns.time.and_then(|c| cell(row, c)),
            by: columns.by.iter().map(|&c| cell(row, c)).collect(),
            customer: columns.customer.and_then(|c| cell(row, c)),
            weight: columns.weights.and_then(|c| cell(row, c)),
        })
        .collect();
    let mut options = AnalyzeOptions::default()
        .row_numbers(survey.row_numbers.clone())
        .by_names(args.by.clone())
        .notes(survey.notes.iter().chain(&columns.guessed).cloned().collect());
    if let Some(date) = &args.event {
        options = options.event(date);
    }
    if let Some(name) = columns.rating.and_then(|c| survey.frame.names().nth(c)) {
        options = options.rating_name(name);
    }
    Ok((comments, options))
}

/// The input's columns, then what was found; a found column whose name is taken gets `rasd_` before it.
fn joined(input: &Frame, found: &Frame) -> Frame {
    let mut out = input.clone();
    for (name, values) in found.columns() {
        let taken = input.get(name).is_some();
        out.push(if taken { format!("rasd_{name}") } else { name.to_string() }, values.clone());
    }
    out
}

fn title(input: &Path) -> String {
    input.file_stem().map_or_else(|| "rasd".into(), |stem| stem.to_string_lossy().into_owned())
}

fn with_progress<T: Send>(quiet: bool, monitor: &Monitor, work: impl FnOnce() -> T + Send) -> T {
    if quiet {
        return work();
    }
    std::thread::scope(|scope| {
        let worker = scope.spawn(work);
        // Hidden by indicatif when standard error is no terminal.
        let bar = ProgressBar::new(0);
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} texts {elapsed} (eta {eta})") {
            bar.set_style(style);
        }
        while !worker.is_finished() {
            let (done, total) = monitor.progress();
            bar.set_length(total as u64);
            bar.set_position(done as u64);
            std::thread::sleep(Duration::from_millis(50));
        }
        bar.finish_and_clear();
        worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    })
}

fn summarize(args: &AnalyzeArgs, analysis: &Analysis) {
    if args.quiet {
        return;
    }
    for note in analysis.notes.iter().filter(|note| note.starts_with("rating")) {
        eprintln!("{note}");
    }
    eprintln!(
        "{} rows, {} root causes -> {}",
        analysis.comments.n_rows(),
        analysis.causes.n_rows(),
        args.output.display()
    );
}
