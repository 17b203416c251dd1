//! Which column is the text, the rating, the time, the id: by name when the caller gives one, else guessed
//! from headers in Arabic and English and from what the cells hold. Every guess is told.

use crate::error::{Error, Result, nearest};
use crate::table::facts::Facts;
use crate::table::frame::Frame;
use crate::table::survey::shorten;

/// Column names the caller gave. `None` asks for a guess; an empty name means "there is none".
///
/// ```
/// let named = rasd::table::Named { text: Some("comment"), ..Default::default() };
/// assert!(named.by.is_empty());
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct Named<'a> {
    /// The comments.
    pub text: Option<&'a str>,
    /// The rating.
    pub rating: Option<&'a str>,
    /// The date or time.
    pub time: Option<&'a str>,
    /// The row's own identifier.
    pub id: Option<&'a str>,
    /// Segment columns; never guessed.
    pub by: &'a [String],
    /// Who wrote each row; never guessed.
    pub customer: Option<&'a str>,
    /// How many of the population each row stands for; never guessed.
    pub weights: Option<&'a str>,
    /// Whether cells are ratings in another form than plain numbers: in words, as stars, as "4/5". Without it
    /// only numbers make a rating column.
    pub reads_rating: Option<fn(&[&str]) -> bool>,
}

/// Positions of the chosen columns in the frame.
///
/// ```
/// use rasd::table::{choose_columns, read_from, Format, Named};
/// let file = "id,تعليق,nps\n7,الخدمة بطيئة,3\n8,ممتاز,9\n";
/// let survey = read_from(file.as_bytes(), Format::Csv, "answers.csv")?;
/// let columns = choose_columns(&survey.frame, &Named::default())?;
/// assert_eq!((columns.text, columns.rating, columns.id), (1, Some(2), Some(0)));
/// assert_eq!(columns.guessed, ["text: تعليق", "rating: nps", "id: id"]);
/// # Ok::<(), rasd::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns {
    /// The comments.
    pub text: usize,
    /// The rating, if there is one.
    pub rating: Option<usize>,
    /// The date or time, if there is one.
    pub time: Option<usize>,
    /// The identifier, if there is one.
    pub id: Option<usize>,
    /// Segment columns in the order given.
    pub by: Vec<usize>,
    /// The customer, if named.
    pub customer: Option<usize>,
    /// The weights, if named.
    pub weights: Option<usize>,
    /// What was guessed, a line each ("text: comment").
    pub guessed: Vec<String>,
}

/// Chooses the columns.
///
/// The text is guessed by its header, else as the column of words with the longest and most varied cells. A
/// rating needs a rating header and ratings below it, a time a date header or dates in nearly every cell, an id
/// an id header and no value twice; so a numeric id is never taken for a rating.
///
/// # Errors
/// [`Error::InvalidInput`] when a named column is absent, or when no column reads as comments.
pub fn choose_columns(frame: &Frame, named: &Named<'_>) -> Result<Columns> {
    let find = |name: &str| position(frame, name);
    let facts: Vec<Facts> =
        frame.columns().map(|(name, values)| Facts::of(name, values, named.reads_rating)).collect();
    let text = match named.text {
        Some(name) => find(name)?,
        None => guess_text(frame, &facts, named)?,
    };
    let mut taken = vec![text];
    for name in named.by {
        taken.push(find(name)?);
    }
    let by = taken[1..].to_vec();
    let customer = named.customer.map(find).transpose()?;
    let weights = named.weights.map(find).transpose()?;
    taken.extend(customer.iter().chain(&weights));
    let given: Vec<Option<usize>> = [named.rating, named.time, named.id]
        .into_iter()
        .map(|name| name.filter(|name| !name.is_empty()).map(find).transpose())
        .collect::<Result<_>>()?;
    taken.extend(given.iter().flatten());

    let mut choose = |name: Option<&str>, given: Option<usize>, fits: &dyn Fn(&Facts) -> Option<usize>| {
        if name.is_some() {
            return given;
        }
        let ranked = facts.iter().enumerate().filter(|(index, _)| !taken.contains(index));
        let best = ranked.filter_map(|(index, facts)| Some((fits(facts)?, index))).min();
        let (_, index) = best?;
        taken.push(index);
        Some(index)
    };
    let rating = choose(named.rating, given[0], &Facts::as_rating);
    let time = choose(named.time, given[1], &Facts::as_time);
    let id = choose(named.id, given[2], &Facts::as_id);

    let guessed = [
        ("text", named.text, Some(text)),
        ("rating", named.rating, rating),
        ("time", named.time, time),
        ("id", named.id, id),
    ]
    .into_iter()
    .filter(|(_, name, _)| name.is_none())
    .filter_map(|(role, _, index)| Some(format!("{role}: {}", frame.names().nth(index?)?)))
    .collect();
    Ok(Columns { text, rating, time, id, by, customer, weights, guessed })
}

fn position(frame: &Frame, name: &str) -> Result<usize> {
    frame.names().position(|known| known == name).ok_or_else(|| {
        let error =
            Error::invalid_input(format!("no column `{}`, the columns are {}", shorten(name), list(frame)));
        match nearest(name, frame.names()) {
            Some(near) => error.with_hint(format!("did you mean `{near}`?")),
            None => error,
        }
    })
}

/// Column names for a message, the first twenty.
fn list(frame: &Frame) -> String {
    let mut names: Vec<String> = frame.names().take(20).map(|name| format!("`{}`", shorten(name))).collect();
    let more = frame.names().count().saturating_sub(names.len());
    if more > 0 {
        names.push(format!("and {more} more"));
    }
    names.join(", ")
}

fn guess_text(frame: &Frame, facts: &[Facts], named: &Named<'_>) -> Result<usize> {
    let elsewhere = |index: usize| {
        let name = frame.names().nth(index).unwrap_or_default();
        [named.rating, named.time, named.id, named.customer, named.weights].contains(&Some(name))
            || named.by.iter().any(|by| by == name)
    };
    let free = || facts.iter().enumerate().filter(|(index, _)| !elsewhere(*index));
    if let Some((_, _, index)) = free()
        .filter_map(|(index, f)| Some((f.as_text()?, f, index)))
        .min_by(|a, b| a.0.cmp(&b.0).then(b.1.variety().total_cmp(&a.1.variety())))
    {
        return Ok(index);
    }
    if facts.len() == 1 && facts[0].wordy && !elsewhere(0) {
        return Ok(0);
    }
    free()
        .filter(|(_, f)| f.wordy && f.mean_length >= 8.0)
        .max_by(|(i, a), (j, b)| a.variety().total_cmp(&b.variety()).then(j.cmp(i)))
        .map(|(index, _)| index)
        .ok_or_else(|| {
            Error::invalid_input(format!("no column reads as comments, the columns are {}", list(frame)))
                .with_hint("name the column that holds the text")
        })
}
