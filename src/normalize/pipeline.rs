//! In: text and a plan of steps (rule, value). Out: the text at rest.
//! Law: a step is left out only where it could not change the text as it stands; steps that judge single characters
//! run as one pass where no other step that has something to look at lies between them.

use std::borrow::Cow;
use std::ops::Range;

use super::edit::{Buffer, Edits};
use super::pass::{self, Group, Table};
use super::rule::{EACH, LATE, RULES, Run};
use super::scan;
use super::signs::{self, Signs};

/// Passes before text that keeps changing counts as hostile (nested markup, nested encodings).
const PASSES: usize = 24;

/// What these turn into is new to every rule after them: they run apart.
const COSTUME: Signs = signs::LIGATURE | signs::PRESENTATION | signs::STYLED;
/// Rules that look around these want all before them done.
const LOOKS: Signs = signs::SEPARATOR | signs::FLOATING | signs::SIGMA;

/// A step: (place in [`RULES`], value).
pub(super) type Step = (usize, usize);

/// The steps of a normalizer, made ready to run.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    steps: Vec<Step>,
    /// By step: the signs it acts on.
    needs: Vec<Signs>,
    /// By step: the signs that it or a later one acts on, to the end of the early or the late steps.
    rest: Vec<Signs>,
    /// By step: itself as a group, empty for one that reads whole texts.
    group: Vec<Group>,
    /// Signs that any step acts on.
    any: Signs,
    /// How many steps come before those that run when all others have come to rest.
    early: usize,
    /// The step that makes one of a run of blanks.
    blanks: Group,
    table: Table,
}

impl Plan {
    /// The plan of `steps`, in the order of [`RULES`].
    pub(super) fn of(steps: &[Step]) -> Self {
        let bit = |place: usize| EACH.iter().position(|each| each.place == place).map_or(0, |bit| 1 << bit);
        let needs: Vec<Signs> = steps.iter().map(|step| RULES[step.0].needs).collect();
        let early = steps.iter().take_while(|step| step.0 < *LATE).count();
        let rest = |step: usize| {
            let end = if step < early { early } else { steps.len() };
            needs[step..end].iter().fold(0, |all, needs| all | needs)
        };
        let group: Vec<Group> = steps.iter().map(|step| bit(step.0)).collect();
        Self {
            steps: steps.to_vec(),
            any: needs.iter().fold(0, |all, needs| all | needs),
            early,
            rest: (0..steps.len()).map(rest).collect(),
            blanks: RULES.iter().position(|rule| rule.name == "collapse_ws").map_or(0, bit),
            table: Table::of(group.iter().fold(0, |all, group| all | group)),
            needs,
            group,
        }
    }
}

/// Who wants to know what is changed.
pub(super) trait Watch {
    /// Edits are told.
    const EDITS: bool;
    /// And those of each rule apart.
    const BY_RULE: bool;

    /// The rule (the first of a pass), the text it read and what it changes.
    fn saw(&mut self, rule: &'static str, text: &str, edits: &Edits<'_>);
}

/// Nobody does.
pub(super) struct Nobody;

impl Watch for Nobody {
    const EDITS: bool = false;
    const BY_RULE: bool = false;

    fn saw(&mut self, _: &'static str, _: &str, _: &Edits<'_>) {}
}

/// Runs `plan` until nothing changes. Borrowed when no rule made an edit.
pub(super) fn run<'a>(plan: &Plan, text: &'a str, watch: &mut impl Watch) -> Cow<'a, str> {
    let signs = scan::of(text, plan.any);
    if signs & plan.any == 0 {
        return Cow::Borrowed(text);
    }
    let mut way = Way {
        plan,
        text: Cow::Borrowed(text),
        signs,
        buffer: Buffer::default(),
        spare: String::new(),
        watch,
    };
    // Text nested deeper than anyone writes comes to rest once the signs that nest are gone.
    if !way.rest() {
        way.edit("html", |text, edits| {
            for (at, c) in text.char_indices().filter(|(_, c)| matches!(c, '&' | '<' | '>' | '#' | '@')) {
                edits.replace_char(at, c, ' ');
            }
        });
        way.rest();
    }
    way.text
}

/// A text on its way through the rules.
struct Way<'p, 'a, W> {
    plan: &'p Plan,
    text: Cow<'a, str>,
    /// Signs of `text`.
    signs: Signs,
    buffer: Buffer,
    /// Room for the next text.
    spare: String,
    watch: &'p mut W,
}

impl<W: Watch> Way<'_, '_, W> {
    /// Runs the early steps until nothing changes, then all of them; whether the text came to rest.
    fn rest(&mut self) -> bool {
        // Punctuation is evidence for other rules: it goes once they are done.
        let (early, all) = (self.plan.early, self.plan.steps.len());
        self.settle(early, 0) && (early == all || self.settle(all, early))
    }

    /// Runs the first `count` steps until nothing changes, where those before `from` leave the text alone; whether it
    /// came to rest.
    fn settle(&mut self, count: usize, from: usize) -> bool {
        let mut at = from;
        // Steps from here on left the text alone as it stands.
        let mut end = count;
        for _ in 0..PASSES {
            let mut last = None;
            while let Some(next) = self.next(at, end) {
                at = next;
                let (place, value) = self.plan.steps[at];
                let rule = &RULES[place];
                let changed = match rule.run {
                    Run::Text(run) => {
                        at += 1;
                        self.edit(rule.name, |text, edits| run(text, value, edits))
                    }
                    Run::Each(_) => {
                        let (first, group);
                        (first, (group, at)) = (at, self.group(at, count));
                        if W::BY_RULE { self.apart(group, first) } else { self.pass(rule.name, group) }
                    }
                };
                if changed {
                    last = Some(at);
                    end = count;
                }
            }
            match last {
                Some(last) => (at, end) = (0, last),
                None => return true,
            }
        }
        false
    }

    /// The first step from `at` to `end` that has something to look at.
    fn next(&self, at: usize, end: usize) -> Option<usize> {
        let plan = self.plan;
        let within = |from: usize, to: usize| {
            let any = from < to && self.signs & plan.rest[from] != 0;
            any.then(|| (from..to).find(|step| self.signs & plan.needs[*step] != 0)).flatten()
        };
        within(at, end.min(plan.early)).or_else(|| within(at.max(plan.early), end))
    }

    /// The steps that can run as one pass from step `at` on, round and round, and the first step that is left.
    fn group(&self, at: usize, count: usize) -> (Group, usize) {
        let plan = self.plan;
        let costume = |step: usize| plan.needs[step] & COSTUME != 0;
        if costume(at) {
            let reached = (at..count).find(|step| !costume(*step)).unwrap_or(count);
            return (plan.group[at..reached].iter().fold(0, |all, group| all | group), reached);
        }
        let bars = |step: &usize| {
            let found = self.signs & plan.needs[*step];
            found & (COSTUME | LOOKS) != 0 || (found != 0 && plan.group[*step] == 0)
        };
        // A pass that starts among the early steps leaves the others to the next one.
        let stop = if at < plan.early { plan.early } else { count };
        let all = |steps: Range<usize>| plan.group[steps].iter().fold(0, |all, group| all | group);
        let reached = (at + 1..stop).find(bars).unwrap_or(stop);
        let again = if reached == count { (0..at).find(bars).unwrap_or(at) } else { 0 };
        (all(at..reached) | all(0..again), reached)
    }

    /// Runs the rules of `group` as [`Self::pass`] does, each in a pass of its own from step `first` on and round, so
    /// that each is told apart; whether they changed anything.
    fn apart(&mut self, group: Group, first: usize) -> bool {
        let plan = self.plan;
        let mut changed = false;
        for step in (first..plan.steps.len()).chain(0..first).filter(|step| plan.group[*step] & group != 0) {
            changed |= self.pass(RULES[plan.steps[step].0].name, plan.group[step]);
        }
        changed
    }

    /// Runs the rules of `group` in one pass; whether they changed anything.
    fn pass(&mut self, name: &'static str, group: Group) -> bool {
        let plan = self.plan;
        let squeeze = group & plan.blanks != 0;
        std::mem::swap(&mut self.buffer.text, &mut self.spare);
        let mut edits = Edits::over(&self.text, std::mem::take(&mut self.buffer));
        let signs = if W::EDITS {
            pass::run::<true>(&plan.table, group, squeeze, plan.any, &mut edits)
        } else {
            pass::run::<false>(&plan.table, group, squeeze, plan.any, &mut edits)
        };
        if W::EDITS && signs.is_some() {
            self.watch.saw(name, &self.text, &edits);
        }
        self.buffer = edits.into_buffer();
        std::mem::swap(&mut self.buffer.text, &mut self.spare);
        if let Some(signs) = signs {
            self.turn(signs);
        }
        signs.is_some()
    }

    /// Applies what `write` wants changed; whether there was anything.
    fn edit(&mut self, name: &'static str, write: impl FnOnce(&str, &mut Edits<'_>)) -> bool {
        let mut edits = Edits::over(&self.text, std::mem::take(&mut self.buffer));
        write(&self.text, &mut edits);
        let changed = !edits.is_empty();
        if changed {
            self.watch.saw(name, &self.text, &edits);
            edits.apply(&mut self.spare);
        }
        self.buffer = edits.into_buffer();
        if changed {
            self.turn(scan::of(&self.spare, self.plan.any));
        }
        changed
    }

    /// The text in `spare`, whose signs are `signs`, is the text from now on.
    fn turn(&mut self, signs: Signs) {
        let next = Cow::Owned(std::mem::take(&mut self.spare));
        if let Cow::Owned(old) = std::mem::replace(&mut self.text, next) {
            self.spare = old;
        }
        self.signs = signs;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::normalize::preset;
    use crate::normalize::rule::Rule;

    /// Signs that the rules of a preset ask for.
    fn needs(name: &str) -> Signs {
        let rules = preset::rules(name).unwrap_or_default();
        let named = |rule: &&Rule| rules.iter().any(|(name, _)| *name == rule.name);
        RULES.iter().filter(named).fold(0, |all, rule| all | rule.needs)
    }

    /// Plain words, and what rules look for.
    const PIECES: &[&str] = &[
        " ",
        " ",
        "plain words of a comment ",
        "كلمة عن سمع ",
        " and I will sue you",
        " The Service",
        "الخدمة سيئة",
        "أإآ",
        "ى",
        "0501234567",
        "٠٥٠١٢٣٤٥٦٧",
        "SA0380000000608010167519",
        "4111 1111 1111 1111",
        "1000000008",
        "a@b.co",
        " at ",
        "www.",
        ".com",
        "http://",
        "@",
        "#",
        "_x000D_",
        "&amp;",
        "<b>",
        "!!!",
        "…",
        "“",
        "؟",
        "،",
        "\u{200f}",
        "\u{640}",
        "\u{64e}",
        "\u{651}\u{64e}",
        "ﷺ",
        "ﻻ",
        "😡",
        "soooo",
        "ههههه",
        "Ã©",
        "Ø®",
        "\u{a0}",
        "  ",
        "don't",
        "ک",
        "e\u{301}",
        "12",
        "7",
        "-",
        "3ala",
        "msh",
        "pls",
        "is",
        "ΟΣ",
        "1.",
        "\n",
    ];

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(3000) })]

        /// A rule whose signs a text lacks leaves it as it is, wherever the blocks of the text end.
        #[test]
        fn a_step_left_out_would_change_nothing(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..24)) {
            let text = pieces.concat();
            // What counts as plain depends on what anybody asks for.
            let asked = preset::NAMES.iter().map(|name| needs(name)).chain([!0]);
            let asked: Vec<Signs> = asked.map(|any| scan::of(&text, any) | !any).collect();
            for rule in RULES {
                let alone = scan::of(&text, rule.needs);
                let left_out = asked.iter().chain([&alone]).any(|signs| signs & rule.needs == 0);
                for value in (1..rule.values.len()).filter(|_| left_out) {
                    let plan = [(RULES.iter().position(|other| other.name == rule.name).unwrap_or(0), value)];
                    let mut plan = Plan::of(&plan);
                    // It always looks.
                    (plan.any, plan.needs[0], plan.rest[0]) = (!0, !0, !0);
                    prop_assert_eq!(&*run(&plan, &text, &mut Nobody), &text, "{}", rule.name);
                }
            }
        }
    }
}
