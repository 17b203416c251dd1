//! `rasd normalize`: lines of a text, or one column of a table.

use std::io::{BufRead, Write};
use std::path::Path;

use super::NormalizeArgs;
use crate::table::{self, Format, Frame, Values};
use crate::{Error, Monitor, Normalizer, Result};

pub(super) fn run(args: &NormalizeArgs, monitor: &Monitor) -> Result<()> {
    let normalizer = args.rules.iter().try_fold(Normalizer::preset(&args.preset)?, |normalizer, rule| {
        // A rule alone is switched on.
        let (name, value) = rule.split_once('=').unwrap_or((rule, "on"));
        normalizer.with(name.trim(), value.trim())
    })?;
    let stdin = args.file == Path::new("-");
    let is_table = args.text.is_some() || (!stdin && Format::from_path(&args.file).is_ok());
    if is_table { column(args, &normalizer) } else { lines(args, &normalizer, monitor) }
}

fn column(args: &NormalizeArgs, normalizer: &Normalizer) -> Result<()> {
    let survey = table::read(&args.file)?;
    let named = table::Named { text: args.text.as_deref(), ..Default::default() };
    let columns = table::choose_columns(&survey.frame, &named)?;
    for note in survey.notes.iter().chain(&columns.guessed) {
        eprintln!("{note}");
    }
    let mut out = Frame::default();
    for (position, (name, values)) in survey.frame.columns().enumerate() {
        let values = match values {
            Values::Text(cells) if position == columns.text => {
                let normalized = cells.iter().map(|cell| Some(normalizer.normalize(cell.as_deref()?).into()));
                Values::Text(normalized.collect())
            }
            other => other.clone(),
        };
        out.push(name, values);
    }
    table::write(&out, &args.output)
}

fn lines(args: &NormalizeArgs, normalizer: &Normalizer, monitor: &Monitor) -> Result<()> {
    let name = args.file.display();
    let fail = |e: std::io::Error| Error::table(format!("{name}: {e}"));
    let input: Box<dyn BufRead> = if args.file == Path::new("-") {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(std::io::BufReader::new(std::fs::File::open(&args.file).map_err(fail)?))
    };
    let work = |out: &mut dyn Write| copy(input, out, normalizer, monitor);
    if args.output == Path::new("-") {
        let mut out = std::io::BufWriter::new(std::io::stdout().lock());
        match work(&mut out).and_then(|()| out.flush().map_err(fail)) {
            // A reader that has seen enough (`| head`) is no error.
            Err(Error::Table { message, .. }) if message.contains("Broken pipe") => Ok(()),
            other => other,
        }
    } else {
        table::atomic_write(&args.output, work)
    }
}

/// One line out for each line in; bytes that are no UTF-8 become U+FFFD.
fn copy(
    mut input: impl BufRead,
    out: &mut dyn Write,
    normalizer: &Normalizer,
    monitor: &Monitor,
) -> Result<()> {
    let fail = |e: std::io::Error| Error::table(format!("standard output or file: {e}"));
    let mut line = Vec::new();
    loop {
        monitor.check()?;
        line.clear();
        if input.read_until(b'\n', &mut line).map_err(fail)? == 0 {
            return Ok(());
        }
        let ended = line.pop_if(|byte| *byte == b'\n').is_some();
        line.pop_if(|byte| *byte == b'\r');
        let text = String::from_utf8_lossy(&line);
        out.write_all(normalizer.normalize(&text).as_bytes()).map_err(fail)?;
        if ended {
            out.write_all(b"\n").map_err(fail)?;
        }
    }
}
