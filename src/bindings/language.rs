//! In: a Python string. Out: judgements of its language and its parts, spans in code points.
//! Law: no algorithm here.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use super::normalize::{CodePoints, text_of};

/// The language of a text: ar, en, mixed, arabizi, another it is known by (fa, ur, fr, es, it, de, pt, tr, id, nl, tl),
/// other, or und without letters.
#[pyfunction]
fn detect_language(text: &Bound<'_, PyString>) -> PyResult<&'static str> {
    Ok(crate::language::code(&text_of(text)?))
}

/// Whether a survey answer says nothing: "لا يوجد", "N/A", "-", blanks.
#[pyfunction]
fn is_no_comment(text: &Bound<'_, PyString>) -> PyResult<bool> {
    Ok(crate::language::is_no_comment(&text_of(text)?))
}

/// Whether a text is keys struck at random.
#[pyfunction]
fn is_gibberish(text: &Bound<'_, PyString>) -> PyResult<bool> {
    Ok(crate::language::is_gibberish(&text_of(text)?))
}

/// The dialect that the words of a text point to, or None.
#[pyfunction]
fn dialect_cue(text: &Bound<'_, PyString>) -> PyResult<Option<&'static str>> {
    Ok(crate::language::dialect_cue(&text_of(text)?))
}

/// (start, end) of each sentence, in code points.
#[pyfunction]
fn sentences(text: &Bound<'_, PyString>) -> PyResult<Vec<(usize, usize)>> {
    let text = text_of(text)?;
    let points = CodePoints::new(&text);
    Ok(crate::segment::sentences(&text).into_iter().map(|span| points.span(span)).collect())
}

/// (start, end, causal role or None) of each clause, in code points.
#[pyfunction]
fn clauses(text: &Bound<'_, PyString>) -> PyResult<Vec<(usize, usize, Option<&'static str>)>> {
    let text = text_of(text)?;
    let points = CodePoints::new(&text);
    let clauses = crate::segment::clauses(&text).into_iter();
    let rows = clauses.map(|clause| {
        let (start, end) = points.span(clause.span);
        (start, end, clause.causal_role.map(crate::CausalRole::as_str))
    });
    Ok(rows.collect())
}

/// The first rating written in a text ("3/5", "٤ من ٥", "⭐⭐⭐"): value, scale, start and end in code points, or None.
#[pyfunction]
fn extract_rating<'py>(py: Python<'py>, text: &Bound<'py, PyString>) -> PyResult<Option<Bound<'py, PyDict>>> {
    let text = text_of(text)?;
    let Some(found) = crate::language::extract_rating(&text) else {
        return Ok(None);
    };
    let (start, end) = CodePoints::new(&text).span(found.span);
    let dict = PyDict::new(py);
    dict.set_item("value", found.value)?;
    dict.set_item("scale", found.scale)?;
    dict.set_item("start", start)?;
    dict.set_item("end", end)?;
    Ok(Some(dict))
}

/// A negator's and the denied word's (start, end), in code points.
type NegationSpans = ((usize, usize), (usize, usize));

/// ((start, end) of the negator, (start, end) of the word it denies) of each negation, in code points.
#[pyfunction]
fn negations(text: &Bound<'_, PyString>) -> PyResult<Vec<NegationSpans>> {
    let text = text_of(text)?;
    let points = CodePoints::new(&text);
    let found = crate::segment::negations(&text).into_iter();
    Ok(found.map(|negation| (points.span(negation.cue), points.span(negation.negated))).collect())
}

/// The segments of an Arabic word: conjunction, preposition or future, article, the rest.
#[pyfunction]
fn segment_proclitics(word: &Bound<'_, PyString>) -> PyResult<Vec<String>> {
    let word = text_of(word)?;
    Ok(crate::segment::proclitics(&word).into_iter().map(str::to_string).collect())
}

/// Adds this room's functions to the module.
pub fn register(module: &Bound<'_, PyModule>) -> PyResult<()> {
    for function in [
        wrap_pyfunction!(detect_language, module)?,
        wrap_pyfunction!(is_no_comment, module)?,
        wrap_pyfunction!(is_gibberish, module)?,
        wrap_pyfunction!(dialect_cue, module)?,
        wrap_pyfunction!(sentences, module)?,
        wrap_pyfunction!(clauses, module)?,
        wrap_pyfunction!(extract_rating, module)?,
        wrap_pyfunction!(negations, module)?,
        wrap_pyfunction!(segment_proclitics, module)?,
    ] {
        module.add_function(function)?;
    }
    Ok(())
}
