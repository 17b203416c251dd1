//! Phone numbers.

use std::cell::OnceCell;

use super::cues::{ACCOUNT, AMOUNT, CARD, Context, Cue, ID, NAMED, ORDER, PHONE};
use super::digits::{Gap, Numbers, is_blank, is_silent};
use super::free::{mask_runs, stands_nearly_free};
use super::plans::{self, Form};
use crate::normalize::chars::digit;
use crate::normalize::edit::Edits;

/// A phone number becomes "[PHONE]": "0501234567", "+966 50 123 4567", "00971-50-1234567", "٠١٠١٢٣٤٥٦٧٨",
/// "(050) 123 4567", "966+ 50 123 4567", and behind a word for it "جوالي 99123456". A number must follow a national
/// plan of an Arab state (trunk zero, without it, or behind the country code), the international form with "+" or
/// "00" and an assigned code, the written form of North America ("(555) 123-4567"), or be called a phone.
/// Years, dates, amounts, addresses of computers and what a word calls an order stay; "+" and "00" forms do not.
/// Cost: of random strings without a word for a phone 25 % of 9 digits pass (those that begin with 0, 5, 70, 71, 73, 77,
/// 78, 79), 9.2 % of 10 digits (0.2 % where they do not begin with 0), 1.7 % of 11, 0.6 % or less of more; none of 7 or 8.
/// Source: ITU E.164 and national numbering plans, `tables/phone_plans.tsv`, `tables/country_codes.tsv`.
pub(in crate::normalize) fn phone(text: &str, edits: &mut Edits<'_>) {
    let numbers = Numbers::of(text);
    let context = Context::of(text);
    let reader = Reader { text, numbers: &numbers, context };
    mask_runs(
        &numbers,
        (7, 17),
        "[PHONE]",
        edits,
        |from| Some(reader.open(from)),
        |open, from, to| reader.rank(open, from, to),
    );
}

/// Most digits of a number that only a word calls a phone: Iraq's with its country code.
const LONGEST: usize = 13;

/// How sure a run of groups is a phone number, least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// A word calls it one.
    Called,
    /// The international form, length not checked against a plan.
    International,
    /// A plan's own length.
    Planned,
}

/// Where a number starts.
struct Open {
    /// With its "+" and its bracket.
    start: usize,
    /// With its "+", when no bracket closes inside.
    unbracketed: usize,
    plus: bool,
    /// What the words before it call it, once somebody asked.
    cue: OnceCell<Cue>,
}

struct Reader<'t> {
    text: &'t str,
    numbers: &'t Numbers,
    context: Context<'t>,
}

impl Reader<'_> {
    /// The number that starts with group `from`: its "+" ("+966", "+ 966", "(+966)") and its bracket.
    fn open(&self, from: usize) -> Open {
        let group = &self.numbers.groups[from];
        let mut open =
            Open { start: group.start, unbracketed: group.start, plus: false, cue: OnceCell::new() };
        let mut blank = false;
        for (at, c) in self.text[..group.start].char_indices().rev() {
            match c {
                '+' | '\u{ff0b}' if !open.plus && (!blank || is_plus_apart(&self.text[..at])) => {
                    open = Open { start: at, unbracketed: at, plus: true, ..open };
                    blank = true;
                }
                '(' | '\u{ff08}' => {
                    open.start = at;
                    break;
                }
                _ if is_silent(c) => {}
                _ if !blank && is_blank(c) => blank = true,
                _ => break,
            }
        }
        open
    }

    fn cue(&self, open: &Open) -> Cue {
        *open.cue.get_or_init(|| self.context.before(open.start))
    }

    /// Groups `from..=to` as a phone number: how sure, and where it stands with its signs.
    fn rank(&self, open: &Open, from: usize, to: usize) -> Option<(Rank, usize, usize)> {
        let numbers = self.numbers;
        let (groups, digits) = (&numbers.groups, numbers.digits(from, to));
        let inner = to > from;
        // Right-to-left typing leaves the sign behind the country code, or at the end: "966+ 50 ...", "966501234567+".
        let behind = inner && groups[from].gap.has(Gap::PLUS);
        let trailing = if open.plus || behind { None } else { self.trailing_plus(digits, groups[to].end) };
        let end = trailing.unwrap_or(groups[to].end);
        let plus = open.plus || (behind && plans::is_arab(numbers.digits(from, from))) || trailing.is_some();
        let zeros = digits.starts_with("00") && (groups[from].len() > 1 || groups[from + 1].len() == 1);
        let american = self.is_written_american(from, to);
        let named = || digits.len() <= LONGEST && self.cue(open).is(NAMED);
        let maybe = plus || zeros || american || plans::national(digits).is_any() || named();
        if !maybe || (behind && !plus) || !self.is_joined(from, to) {
            return None;
        }
        let bracket = inner && groups[from..to].iter().any(|group| group.gap.has(Gap::CLOSE));
        let start = if bracket { open.start } else { open.unbracketed };
        if !stands_nearly_free(self.text, start, end) {
            return None;
        }
        if plus || zeros {
            let form = if plus { Form::Plus } else { Form::DoubleZero };
            let rank = if plans::international(digits, form)? { Rank::Planned } else { Rank::International };
            // "+25000000 users".
            let counted = || self.context.after(self.cue(open), end).counted && !named();
            return (!(plus && !inner && counted())).then_some((rank, start, end));
        }
        self.national(open, from, to, american).map(|rank| (rank, start, end))
    }

    /// One past the "+" that right-to-left typing leaves at the end of a number with its country code.
    fn trailing_plus(&self, digits: &str, end: usize) -> Option<usize> {
        let (at, _) =
            self.text[end..].char_indices().find(|(_, c)| !is_silent(*c)).filter(|(_, c)| *c == '+')?;
        plans::is_coded(digits).then_some(end + at + 1)
    }

    /// How sure groups `from..=to` are a phone number without "+" or "00".
    fn national(&self, open: &Open, from: usize, to: usize, american: bool) -> Option<Rank> {
        let numbers = self.numbers;
        let (groups, digits) = (&numbers.groups, numbers.digits(from, to));
        let zero = digits.starts_with('0');
        let two = to == from + 1 && groups[from].len() == 2;
        let slashed = !zero && !two && !numbers.gaps(from, to, |gap| !gap.has(Gap::SLASH));
        if numbers.has_date(from, to)
            || !numbers.is_evenly_grouped(from, to)
            || self.is_counting(from, to)
            || slashed
        {
            return None;
        }
        let cue = self.context.after(self.cue(open), groups[to].end);
        let called = cue.is(NAMED) && !cue.counted && digits.len() <= LONGEST;
        if !called && is_else(cue, zero) {
            return None;
        }
        let certainty = plans::national(digits);
        let (first, inner) = (groups[from].len(), to > from);
        let bare = !inner || plans::is_coded(digits) || (first < 4 && !self.is_thousands(from, to));
        let sure = (certainty.sure && (zero || bare)) || (certainty.grouped && inner && first == 2);
        if sure || american || (certainty.cue && cue.suggests(PHONE)) {
            Some(Rank::Planned)
        } else {
            called.then_some(Rank::Called)
        }
    }

    /// The gaps inside are those of one number.
    fn is_joined(&self, from: usize, to: usize) -> bool {
        let numbers = self.numbers;
        let groups = &numbers.groups[from..=to];
        let inner = &groups[..to - from];
        let plus = inner.iter().enumerate().all(|(place, group)| !group.gap.has(Gap::PLUS) || place == 0);
        let dots = inner.iter().filter(|group| group.gap.has(Gap::DOT)).count();
        let digits = numbers.digits(from, to);
        let zero = digits.starts_with('0') && groups[0].len() > 2;
        // One dot makes a decimal, dots before three digits each make thousands.
        let dotted = dots == 0 || (dots == inner.len() && (dots > 1 || zero) && !self.is_thousands(from, to));
        plus && dotted
    }

    /// "1 250 000": up to three digits, then groups of three, and no zero first.
    fn is_thousands(&self, from: usize, to: usize) -> bool {
        let groups = &self.numbers.groups[from..=to];
        let digits = self.numbers.digits(from, to);
        let threes =
            groups.len() > 2 && groups[0].len() < 4 && groups[1..].iter().all(|group| group.len() == 3);
        let parted = |sign: u16| self.numbers.gaps(from, to, |gap| gap.only(sign));
        let written = parted(Gap::DOT) || (parted(Gap::BLANK) && digits.ends_with("000"));
        threes && !digits.starts_with('0') && written
    }

    /// "05 06 07 08 09": each group one more than the last.
    fn is_counting(&self, from: usize, to: usize) -> bool {
        let value = |at| self.numbers.digits(at, at).parse::<u64>().unwrap_or(0);
        to > from + 2 && (from..to).all(|at| value(at) + 1 == value(at + 1))
    }

    /// "(555) 123-4567", "555-123-4567": area and exchange do not begin with 0 or 1.
    fn is_written_american(&self, from: usize, to: usize) -> bool {
        let numbers = self.numbers;
        let first = if to == from + 3 && numbers.digits(from, from) == "1" { from + 1 } else { from };
        let exchange = |at: usize| numbers.digits(at, at).starts_with(|c| matches!(c, '2'..='9'));
        to == first + 2
            && [3, 3, 4].iter().zip(&numbers.groups[first..]).all(|(length, group)| group.len() == *length)
            && exchange(first)
            && exchange(first + 1)
            && numbers.groups[first + 1].gap.has(Gap::HYPHEN | Gap::DOT)
            && numbers.groups[first].gap.has(Gap::HYPHEN | Gap::DOT | Gap::CLOSE)
    }
}

/// A "+" that ends `text` and stands apart from its number is no sum.
fn is_plus_apart(text: &str) -> bool {
    let left = text.chars().rev().take(8).find(|c| !is_blank(*c) && !is_silent(*c));
    left.is_none_or(|c| digit(c).is_none() && !c.is_alphanumeric())
}

/// Words call the number something other than a phone. With a trunk zero it takes more: "رقم الطلب 0501234567" is an
/// order, "مندوب الطلب 0501234567" is not.
fn is_else(cue: Cue, zero: bool) -> bool {
    if zero {
        return cue.is(ORDER) && !cue.is(ACCOUNT) && cue.numbered;
    }
    cue.is(ORDER | ID | CARD | ACCOUNT | AMOUNT) || cue.hash || cue.counted
}
