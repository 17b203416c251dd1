"""Standard Arabic -> a dialect, word by word: the inverse of the normalizer's dialect tables, and grammar.

In: a sentence, a `random.Random`. Out: the sentence as one speaker might write it. A speaker has a region, so that a
sentence does not mix Tunis with Rabat.
"""

import csv
import re

import common
import verbs
from speakers import FOLD, MARKS, REGIONS, TABLES, WORD, Speaker, counts, fold

ARTICLE = {"هذا": "هذا", "هذه": "هذه", "ذلك": "هذا", "تلك": "هذه", "هؤلاء": "هؤلاء"}
AFTER = {"egyptian": {"هذا": "ده", "هذه": "دي", "هؤلاء": "دول"}, "TN": {"هذا": "هذا", "هذه": "هذي", "هؤلاء": "هاذم"}}
# Adverbs that keep the alef of their ending.
ADVERBS = frozenset(
    [
        "شكرا",
        "جدا",
        "دائما",
        "ايضا",
        "ابدا",
        "غدا",
        "طبعا",
        "حاليا",
        "تقريبا",
        "مثلا",
        "فورا",
        "عفوا",
        "مرحبا",
        "اهلا",
        "حقا",
        "فعلا",
        "اولا",
        "ثانيا",
        "لماذا",
        "انا",
        "مهما",
        "عندما",
        "بينما",
        "حينما",
        "كلما",
        "طالما",
        "ربما",
        "حتما",
        "تماما",
        "عموما",
        "دوما",
    ]
)
# After an opening ما: what is it?
ASKED_ABOUT = frozenset(
    [
        "سبب",
        "سعر",
        "نوع",
        "معني",
        "مدي",
        "مده",
        "تكلفه",
        "رسوم",
        "وقت",
        "عدد",
        "طريقه",
        "اسم",
        "اكثر",
        "افضل",
        "اكبر",
        "اقل",
        "حد",
        "حدود",
        "خطوات",
    ]
)
# A sentence that opens with إن and a pronoun opens with the pronoun.
PRONOUNS = ["انه", "انها", "انهم", "اني", "انني", "انك", "اننا", "ان"]
OPENING = {
    "egyptian": dict(zip(PRONOUNS, ("هو", "هي", "هم", "انا", "انا", "انت", "احنا", ""))),
    "gulf": dict(zip(PRONOUNS, ("هو", "هي", "هم", "انا", "انا", "انت", "حنا", ""))),
    "levantine": dict(zip(PRONOUNS, ("هو", "هي", "هني", "انا", "انا", "انت", "نحنا", ""))),
    "iraqi": dict(zip(PRONOUNS, ("هو", "هي", "همه", "اني", "اني", "انت", "احنا", ""))),
    "maghrebi": dict(zip(PRONOUNS, ("هو", "هي", "هوما", "انا", "انا", "نتا", "حنا", ""))),
}
# "was done": the noun of action after it stays.
PASSIVE = frozenset(["تم", "يتم", "تمت", "تتم", "سيتم", "ستتم"])
# To do, with the noun of an action after it -> the person.
DOES = {"قمت": "ا", "اقوم": "ا", "نقوم": "ن", "تقوم": "ت", "يقوم": "ي"}
DOING = frozenset((*DOES, "لم"))
# هناك after these is "there is".
THERE = frozenset(["هل", "ان", "انه", "لان", "كان", "كانت", "يكون", "تكون", "ليس", "لكن", "ولكن", "اذا", "لو", "بان"])
# Can, must, want -> the person of what is done.
MODALS = dict.fromkeys(["يمكنني", "ايمكنني", "استطيع", "استطع", "اتمكن", "اريد", "اود", "ارغب", "احتاج", "علي"], "ا")
MODALS |= dict.fromkeys(["يمكنك", "ايمكنك", "تستطيع", "بامكانك", "تريد", "عليك"], "ت") | dict.fromkeys(
    ["نستطيع", "نريد", "يمكننا", "علينا"], "ن"
)
# Words that change with the verb after them or stay with it.
NEGATIONS = frozenset(("لا", "لم", "لن", "سوف"))
PRESENT = frozenset(("بي", "بت", "بن", "كي", "كت", "كن"))
ASKED = frozenset(["ليه", "فين", "امتى", "إمتى"])


class Dialects:
    """Reads the tables once; a region's index is made when it first speaks."""

    def __init__(self):
        self.counts = counts()
        self.hand = {name: [] for name in REGIONS}
        stems, self.acts = {name: {} for name in REGIONS}, {name: {} for name in REGIONS}
        with open(common.HERE / "variants.tsv", encoding="utf-8") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                key = fold(row["msa"])
                for name in REGIONS:
                    if key.startswith("-"):
                        stems[name][key[1:]] = row[name]
                    elif key.startswith("+"):
                        self.acts[name][key[1:]] = row[name]
                    elif row[name]:
                        self.hand[name].append((key, row[name]))
        self.verbs = verbs.Verbs(self.counts, stems)
        self.tables, self.speakers = {}, {}
        for name in REGIONS:
            with open(TABLES / "dialect" / f"{name}.tsv", encoding="utf-8") as file:
                self.tables[name] = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))

    def speaker(self, dialect, rng):
        regions = REGIONS[dialect]
        place = rng.choices(list(regions), regions.values())[0] if len(regions) > 1 else ""
        if (dialect, place) not in self.speakers:
            made = Speaker(dialect, place, self.hand[dialect], self.tables[dialect], self.counts)
            self.speakers[dialect, place] = made
        return self.speakers[dialect, place]

    def rewrite(self, text, rng, dialect, keep):
        """The sentence in `dialect` and the share of its words that changed; `keep` is the chance to leave a word."""
        speaker = self.speaker(dialect, rng)
        parts = WORD.split(text.translate(MARKS))
        words, gaps = parts[1::2], parts[2::2]
        if not words:
            return text, 0.0
        folded = [word.translate(FOLD) for word in words]
        out, changed, i = [parts[0]], 0, 0
        lead, tail, who = "", "", ""
        while i < len(words):
            taken, put = 1, None
            act = who and self.act(speaker, folded[i : i + 2], who, rng)
            who = ""
            if act:
                taken, put = act
            elif rng.random() >= keep:
                step = self.step(speaker, folded, words, gaps, i, rng)
                if step:
                    taken, put, demonstrative = step
                    if demonstrative:
                        lead, tail = put, demonstrative
                        changed, i = changed + 1, i + 1
                        continue
            if put is None:
                put, taken = words[i], 1
                if folded[i] in NEGATIONS and i + 1 < len(words) and gaps[i] == " ":
                    put, taken = words[i] + " " + words[i + 1], 2
            else:
                who = next((MODALS[word] for word in reversed(folded[i : i + taken]) if word in MODALS), "")
                changed += taken * (put.translate(FOLD) != " ".join(folded[i : i + taken]))
            if lead or tail:
                put = self.pointed(put, lead, tail, speaker)
                lead = tail = ""
            gap = gaps[i + taken - 1]
            if put:
                out += (put, gap)
            elif gap.strip():
                out.append(gap)
            i += taken
        if dialect == "egyptian":
            ask_last(out, rng)
        return glue("".join(out)), changed / len(words)

    def pointed(self, put, lead, tail, speaker):
        """A noun with its demonstrative: البنك ده, هالبنك, هاد البنك."""
        if speaker.dialect == "egyptian" or speaker.place in ("TN", "LY"):
            return lead + (put[1:] if lead.endswith("ل") and put.startswith("ال") else put) + " " + tail
        if tail == "ه" and not put.startswith("ال"):
            tail = "هاد " if speaker.dialect == "levantine" else "هذا "
        return lead + tail + put

    def step(self, speaker, folded, words, gaps, i, rng):
        """What stands for the words from i on: how many are taken, what is put, a demonstrative that waits."""
        word = folded[i]
        bare = word[1:] if word[0] in "وف" and len(word) > 2 else ""
        follows = i + 1 < len(words) and gaps[i] == " "
        before = folded[i - 1] if i and gaps[i - 1] == " " else ""
        if (word == "الي" and not follows) or (word == "هناك" and before and not (follows and before in THERE)):
            return None
        if not before and word in OPENING[speaker.dialect]:
            return 1, OPENING[speaker.dialect][word], ""
        for first, lead in ((word, ""), (bare, words[i][:1])):
            if follows and first in DOING:
                found = self.done(speaker, folded, i, lead, rng)
                if found:
                    return found
            if follows and first in speaker.starts:
                two = first + " " + folded[i + 1]
                if i + 2 < len(words) and gaps[i + 1] == " ":
                    slot = speaker.words.get(two + " " + folded[i + 2])
                    if slot:
                        return 3, self.phrase(speaker, slot, words[i : i + 3], lead, rng), ""
                slot = speaker.words.get(two)
                if slot:
                    return 2, self.phrase(speaker, slot, words[i : i + 2], lead, rng), ""
            if follows and first:
                found = self.grammar(speaker, first, folded[i + 1], lead, rng)
                if found:
                    return found
            slot = speaker.words.get(first)
            if slot and (not lead or self.counts.get(bare, 0) >= self.counts.get(word, 0)):
                put = speaker.one(slot, rng)
                if put is None or before in PASSIVE:
                    return None
                if first[0] in "ايتن":
                    put = in_mood(first, put, before)
                    if put is None:
                        return None
                return 1, lead + put, ""
        put = self.verb(speaker, word, before, rng) or self.peeled(speaker, word, rng)
        if put is None and bare:
            put = self.verb(speaker, bare, "", rng)
            put = put and words[i][0] + put
        if put is None:
            put = self.plain(word)
        return (1, put, "") if put else None

    def done(self, speaker, folded, i, lead, rng):
        """To do with the noun of an action: قمت بتحويل -> حولت, لم اقم بتغيير -> ما غيرت."""
        word = folded[i][len(lead) :]
        not_done = word == "لم" and i + 2 < len(folded) and folded[i + 1] == "اقم"
        noun = folded[i + 2] if not_done else folded[i + 1]
        if noun[0] != "ب" or not (not_done or word in DOES):
            return None
        found = self.act(speaker, [noun[1:]], DOES.get(word, "ا"), rng)
        if not found or found[1].endswith(("ها", "ه", "هم")):
            return None
        if word not in ("قمت", "لم"):
            mood = "bare" if i and folded[i - 1] in verbs.BARE else "present"
            stem = self.acts[speaker.dialect].get(noun[1:]) or self.acts[speaker.dialect][noun[3:]]
            return 2, lead + verbs.prefixed(DOES[word], stem, speaker.dialect, speaker.place, mood, rng), ""
        put = verbs.first_past(found[1][1:])
        if put and not_done:
            return 3, lead + verbs.negated(put, speaker.dialect, speaker.place, rng, 1), ""
        return put and (2, lead + put, "")

    def phrase(self, speaker, slot, words, lead, rng):
        put = speaker.one(slot, rng)
        return " ".join(words) if put is None else lead + put

    def act(self, speaker, folded, who, rng):
        """The verb for the noun of an action, in the person of the modal before it, and how many words it takes."""
        acts, word = self.acts[speaker.dialect], folded[0]
        word = word[2:] if word.startswith("ال") and word not in acts else word
        two = " ".join([word, *folded[1:]])
        if " " in two and two in acts and rng.random() < 0.7:
            return 2, verbs.prefixed(who, acts[two], speaker.dialect, speaker.place, "bare", rng)
        for suffix in ("", "ها", "ه", "هم"):
            if word.endswith(suffix) and word[: len(word) - len(suffix)] in acts:
                stem = acts[word[: len(word) - len(suffix)]]
                return 1, verbs.prefixed(who, stem, speaker.dialect, speaker.place, "bare", rng) + suffix
        return None

    def grammar(self, speaker, word, after, lead, rng):
        """Negation, future and demonstratives: a word that changes with the one after it."""
        dialect, place = speaker.dialect, speaker.place
        if word[0] in "بل" and word[1:] in ARTICLE:
            lead, word = lead + word[0], word[1:]
        if word in ARTICLE and after.startswith("ال") and len(after) > 4:
            return 1, lead, self.demonstrative(ARTICLE[word], dialect, place, rng)
        if word == "ما" and (after.startswith("ال") or after in ASKED_ABOUT) and not lead:
            return 1, {"egyptian": "ايه", "gulf": "وش", "levantine": "شو"}.get(dialect, "شنو"), ""
        if word in ("ان", "بان") and self.verbs.read(after, "ان"):
            return 1, lead + "باش" if dialect == "maghrebi" and rng.random() < 0.4 else lead, ""
        if word not in NEGATIONS:
            return None
        read = self.verbs.read(after, word)
        if not read:
            return None
        person, stem, ending, _ = read
        own = self.verbs.stem(stem, ending, dialect)
        if word == "سوف":
            return (
                2,
                lead
                + verbs.future("ن" if dialect == "maghrebi" and person == "ا" else person, own, dialect, place, rng),
                "",
            )
        if word == "لن":
            return 2, lead + verbs.will_not(person, own, dialect, place, rng), ""
        if word == "لم":
            past = self.verbs.past(person, stem, ending)
            return past and (2, lead + verbs.negated(past, dialect, place, rng, 1), "")
        mood = "bare" if dialect == "iraqi" or (person == "ت" and rng.random() < 0.3) else "present"
        return 2, lead + verbs.negated(verbs.prefixed(person, own, dialect, place, mood, rng), dialect, place, rng), ""

    def demonstrative(self, word, dialect, place, rng):
        if dialect == "egyptian":
            return AFTER[dialect][word]
        if dialect == "maghrebi":
            return AFTER["TN"][word] if place in ("TN", "LY") else "هاد "
        if rng.random() < 0.6:
            return "ه"
        feminine = {"gulf": "هذي ", "levantine": "هاي ", "iraqi": "هاي "}[dialect]
        many = {"gulf": "هذولا ", "levantine": "هدول ", "iraqi": "هذوله "}[dialect]
        return {"هذه": feminine, "هؤلاء": many}.get(word, "هاد " if dialect == "levantine" else "هذا ")

    def verb(self, speaker, word, before, rng):
        """A verb of the present, or of the future with س."""
        dialect, place = speaker.dialect, speaker.place
        if word[0] == "س" and len(word) > 3 and word[1] in "ايتن":
            read = self.verbs.read(word[1:], "سوف")
            if read and self.counts.get(word[1:], 0) > 2:
                own = self.verbs.stem(read[1], read[2], dialect)
                return verbs.prefixed(read[0], own, dialect, place, "future", rng)
        read = self.verbs.read(word, before)
        if not read:
            return None
        own = self.verbs.stem(read[1], read[2], dialect)
        put = verbs.prefixed(read[0], own, dialect, place, "bare" if before in verbs.BARE else "present", rng)
        return put if put != word else None

    def peeled(self, speaker, word, rng):
        """A noun under its article or preposition: بالهاتف -> بالموبايل."""
        for prefix, article in (
            ("وال", 1),
            ("فال", 1),
            ("بال", 1),
            ("كال", 1),
            ("ال", 1),
            ("لل", 1),
            ("ب", 0),
            ("ل", 0),
            ("ك", 0),
            ("و", 0),
        ):
            if not word.startswith(prefix) or len(word) < len(prefix) + 3:
                continue
            rest = word[len(prefix) :]
            slot = speaker.nouns.get(rest)
            if slot and (article or self.counts.get(rest, 0) >= self.counts.get(word, 0)):
                return prefix + speaker.one(slot, rng)
        return None

    def plain(self, word):
        """A case ending dropped: مبلغا -> مبلغ, المستخدمون -> المستخدمين."""
        if len(word) > 4 and word[-1] == "ا" and word[-2] not in "نهوي" and word not in ADVERBS:
            return word[:-1] if self.counts.get(word[:-1], 0) >= max(3, self.counts.get(word, 0)) else None
        if len(word) > 5 and word.endswith("ون") and word[0] not in "يت":
            other = word[:-2] + "ين"
            return other if self.counts.get(other, 0) > 2 else None
        return None


def in_mood(word, put, before):
    """A verb of the tables after `before`: without the prefix of the present after "that", "can"...

    None where it says "I do" and the word is rather "he did": اشتري after a name.
    """
    if before in verbs.BARE:
        if put[:2] in PRESENT:
            return put[1:]
        if word[0] == "ا" and put.startswith("ب") and len(put) > 3:
            return "ا" + put[1:]
    elif (
        word[0] == "ا"
        and before
        and before not in verbs.BEFORE
        and put in ("ب" + word[1:], "ن" + word[1:], "كن" + word[1:])
    ):
        return None
    return put


def ask_last(out, rng):
    """Egyptian asks at the end: ليه بطاقتي ماوصلتش -> بطاقتي ماوصلتش ليه."""
    if len(out) < 7 or out[1] not in ASKED or rng.random() < 0.5:
        return
    end = next((at for at in range(2, len(out), 2) if out[at] != " "), len(out) - 1)
    if 7 <= end + 1 <= 17:
        out[1:end] = [*out[3:end], " ", out[1]]


GLUE = re.compile("(?<!\\S)([وف]?[بلف]|و) (?=[\u0621-\u064a])|(?<!\\S)ع (?=ال)")


def glue(text):
    """One-letter words written onto the next: ل البنك -> للبنك."""
    text = GLUE.sub(lambda found: found[0][:-1] + "\u0001", text)
    return text.replace("ل\u0001ال", "لل").replace("\u0001", "")
