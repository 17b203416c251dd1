//! `rasd evaluate`: the model against a labelled file.

use std::path::PathBuf;

use super::EvaluateArgs;
use crate::table::{self, Named};
use crate::{Analyzer, Error, Evaluation, Result};

pub(super) fn run(args: &EvaluateArgs, runtime: Option<PathBuf>) -> Result<()> {
    let survey = table::read(&args.labelled)?;
    let by = [args.label.clone()];
    // The label column is looked up as a segment column: never guessed, and a wrong name gets the near one.
    let named = Named {
        text: Some(&args.text),
        rating: Some(""),
        time: Some(""),
        id: Some(""),
        by: &by,
        ..Default::default()
    };
    let columns = table::choose_columns(&survey.frame, &named)?;
    let cells = |column: usize| -> Vec<&str> {
        (0..survey.frame.n_rows()).map(|row| survey.frame.text(row, column).map_or("", |text| text)).collect()
    };
    let mut builder = Analyzer::builder();
    if let Some(model) = &args.model {
        builder = builder.model(model);
    }
    if let Some(runtime) = runtime {
        builder = builder.runtime(runtime);
    }
    let analyzer = builder.build()?;
    let (texts, labels) = (cells(columns.text), cells(columns.by[0]));
    let result = match survey.frame.names().position(|name| name.eq_ignore_ascii_case("dialect")) {
        Some(column) => {
            eprintln!("dialect: {}", survey.frame.names().nth(column).unwrap_or_default());
            let dialects: Vec<Option<&str>> = cells(column).into_iter().map(Some).collect();
            analyzer.evaluate_dialects(&texts, &labels, &dialects)?
        }
        None => analyzer.evaluate(&texts, &labels)?,
    };
    if args.json {
        let json = serde_json::to_string(&result).map_err(|e| Error::table(e.to_string()))?;
        println!("{json}");
    } else {
        print(&result);
    }
    Ok(())
}

fn print(result: &Evaluation) {
    println!("rows {}, not judged {}", result.n, result.n_unjudged);
    println!("accuracy {:.3}, macro-F1 {:.3}", result.accuracy, result.macro_f1);
    println!(
        "{:10} {:>9} {:>9} {:>9} {:>7}   predicted negative / neutral / positive",
        "", "precision", "recall", "F1", "n"
    );
    for (class, row) in result.classes.iter().zip(result.confusion) {
        println!(
            "{:10} {:9.3} {:9.3} {:9.3} {:7}   {} / {} / {}",
            class.label, class.precision, class.recall, class.f1, class.n, row[0], row[1], row[2]
        );
    }
    for (dialect, scores) in &result.dialects {
        println!("{dialect:10} accuracy {:.3} of {}", scores.accuracy, scores.n);
    }
}
