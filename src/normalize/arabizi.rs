//! Arabic written with Latin letters and digits, in Arabic letters.

mod evidence;
mod lexicon;
mod letters;
mod ngrams;
mod search;
mod tokens;

use super::edit::Edits;
use evidence::{Evidence, Ground, Reading};
pub(crate) use evidence::{languages, surprise};
use tokens::Token;

/// What it takes to begin a stretch of Arabizi, in hundredths of a bit.
const ENTRY: i32 = 500;
/// What a chat word weighs that English hardly has.
const USUAL: i32 = 150;
/// What words without proof must weigh together.
const SPOKEN: i32 = 800;

/// Latin-letter Arabic to Arabic script: "3ayez flosy" -> "عايز فلوسي"; English words, names and numbers stay:
/// "el app slow awy" -> "ال app slow اوي".
pub(super) fn arabizi_to_arabic(text: &str, edits: &mut Edits<'_>) {
    if !text.bytes().any(|b| b.is_ascii_alphabetic()) {
        return;
    }
    let tokens = tokens::tokens(text);
    let readings = read(&tokens);
    for (place, reading) in readings.iter().enumerate() {
        let token = &tokens[place];
        match reading {
            Reading::None => {}
            Reading::Word(arabic) => edits.replace(token.span.clone(), arabic),
            Reading::Joined(arabic) => {
                let next = tokens.get(place + 1).filter(|_| token.touches_next);
                let is_read = next.is_some() && readings[place + 1] != Reading::None;
                let end = if is_read { tokens[place + 1].span.start } else { token.span.end };
                edits.replace(token.span.start..end, arabic);
            }
        }
    }
}

/// How many Latin words of `text` are Arabizi, and how many there are.
pub(crate) fn count(text: &str) -> (usize, usize) {
    let tokens = tokens::tokens(text);
    let arabizi = read(&tokens).iter().filter(|reading| **reading != Reading::None).count();
    (arabizi, tokens.len())
}

/// The Arabic of every token; [`Reading::None`] for what stays.
fn read(tokens: &[Token]) -> Vec<Reading> {
    let mut readings = Vec::with_capacity(tokens.len());
    // Arabic words part stretches: what they say of their neighbours stays the same once those are Arabic too.
    for tokens in tokens.chunk_by(|_, next| !next.after_arabic) {
        let words = weigh(tokens);
        let mut inside = stretches(&words);
        // Among Arabizi an article is one, before an English word too, and so is a chat word that English hardly has.
        let n_inside = inside.iter().filter(|is_inside| **is_inside).count();
        for (is_inside, word) in inside.iter_mut().zip(&words).filter(|_| n_inside > 0) {
            *is_inside |= word.reading == Reading::Joined("ال")
                || word.ground == Ground::Listed && word.weight > USUAL && n_inside * 4 >= words.len();
        }
        let kept = tokens.len() - words.len();
        readings.extend(
            words
                .into_iter()
                .zip(inside)
                .map(|(word, is_arabizi)| if is_arabizi { word.reading } else { Reading::None }),
        );
        readings.extend(std::iter::repeat_n(Reading::None, kept));
    }
    readings
}

/// The evidence of every token; none where nothing can prove Arabizi.
fn weigh(tokens: &[Token]) -> Vec<Evidence> {
    let weigh = |token: &Token| match token.is_fixed {
        true => Evidence::fixed(),
        false if token.has_emphatics => evidence::of(&token.key).without_proof(),
        false => evidence::of(&token.key),
    };
    if tokens.iter().any(|token| !token.is_fixed && !token.has_emphatics && evidence::may_prove(&token.key)) {
        return tokens.iter().map(weigh).collect();
    }
    // Without proof, words none of which another language has and that all read as Arabic are Arabizi, but for names.
    if tokens.iter().any(|token| token.is_capital && token.span.start > 0) {
        return Vec::new();
    }
    let mut words: Vec<Evidence> = tokens.iter().map(weigh).take_while(|word| word.weight > 0).collect();
    let sum: i32 = words.iter().map(|word| word.weight).sum();
    let is_spoken =
        words.len() == tokens.len() && (sum >= SPOKEN || words.len() == 1 && words[0].ground == Ground::Fits);
    if !is_spoken {
        return Vec::new();
    }
    words.iter_mut().for_each(|word| word.ground = Ground::Proof);
    words
}

/// Which words belong to stretches of Arabizi: the stretches of most weight, each with proof in it.
fn stretches(words: &[Evidence]) -> Vec<bool> {
    // Best sums ending here: outside, inside without proof yet, inside with proof.
    const NEVER: i32 = i32::MIN / 2;
    let mut best = [0, NEVER, NEVER];
    let mut steps: Vec<[usize; 3]> = Vec::with_capacity(words.len());
    for word in words {
        let outside = if best[2] > best[0] { (best[2], 2) } else { (best[0], 0) };
        let enter = (outside.0 - ENTRY, outside.1);
        let hinted = if best[1] > enter.0 { (best[1], 1) } else { enter };
        let proved = if best[2] >= hinted.0 { (best[2], 2) } else { hinted };
        let next = if word.ground == Ground::Proof {
            [outside, (NEVER, 0), (proved.0 + word.weight, proved.1)]
        } else {
            [outside, (hinted.0 + word.weight, hinted.1), (best[2] + word.weight, 2)]
        };
        steps.push(next.map(|step| step.1));
        best = next.map(|step| step.0.max(NEVER));
    }
    let mut state = if best[2] > best[0] { 2 } else { 0 };
    let mut inside = vec![false; words.len()];
    for (place, step) in steps.iter().enumerate().rev() {
        inside[place] = state != 0;
        state = step[state];
    }
    inside
}
