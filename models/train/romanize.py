"""Arabic as it is chatted in Latin letters (Arabizi), by the habits of a region: the inverse of the arabizi rule.

Short vowels are not written in Arabic, so they are guessed from the shape of the word and written inconsistently.
Words that `arabizi_words.tsv` knows are mostly spelled as it has them.
"""

import csv
import re

import speakers

# Letter -> its spellings, the usual first and repeated; a region's own go over them.
LETTERS = {
    "ب": "b", "ت": "t", "ث": "th|s|t", "ج": "j|j|g", "ح": "7|7|7|h", "خ": "kh|5|5|7'", "د": "d", "ذ": "z|d|th", "ر": "r", "ز": "z",
    "س": "s", "ش": "sh|sh|ch", "ص": "s|s|9", "ض": "d|d|9'", "ط": "t|6", "ظ": "z|z|6'", "ع": "3", "غ": "gh|gh|3'", "ف": "f", "ق": "2|q|k",
    "ك": "k", "ل": "l", "م": "m", "ن": "n", "ه": "h", "ء": "2", "أ": "2a|a|a", "إ": "e|i|2e", "آ": "a|2a|aa", "ؤ": "2", "ئ": "2", "ى": "a",
    "ة": "a|a|ah|eh", "گ": "g", "چ": "ch", "پ": "p", "ڤ": "v", "ژ": "j",
}  # fmt: skip
HABITS = {
    "egyptian": {"ج": "g", "ق": "2|2|q|k", "ث": "s|t", "ذ": "z|d", "ش": "sh"},
    "levantine": {"ج": "j", "ق": "2|q|2", "ش": "sh|ch", "ة": "e|a|eh", "ث": "th|t|s"},
    "gulf": {"ج": "j", "ق": "g|q|8", "ص": "s|9", "ط": "6|t", "ذ": "th|dh", "ث": "th"},
    "iraqi": {"ج": "j", "ق": "q|g", "ذ": "th|dh", "ث": "th"},
    "maghrebi": {"ج": "j|dj", "ق": "9|9|k|q", "ش": "ch", "غ": "gh", "خ": "kh|5", "ث": "t|th", "ذ": "d|dh", "ظ": "d", "ط": "t", "ص": "s", "ح": "7|h|7"},
}  # fmt: skip
LONG = {"ا": "a|a|a|aa", "و": "o|o|u|oo", "ي": "i|i|ee|e"}
LONG_HABITS = {"maghrebi": {"ا": "a", "و": "ou|ou|o", "ي": "i"}, "levantine": {"و": "o|ou|u|oo", "ا": "a|a|e"}}
SHORT = {
    "maghrebi": "eeeeai",
    "egyptian": "aaaaeeeeio",
    "levantine": "aaaaeeeeio",
    "gulf": "aaaaaaeeiu",
    "iraqi": "aaaaaaeeiu",
}
ARTICLES = {
    "egyptian": "el|el|el|il",
    "levantine": "el|l|il|al",
    "gulf": "al|al|el|l",
    "iraqi": "al|el|il",
    "maghrebi": "l|l|el",
}
ANDS = {"maghrebi": "w|ou|o|w", "egyptian": "w|we|w|wa"}
MARKS = str.maketrans("؟،؛", "?,;")
VOWELS = frozenset("اوي")
PROCLITICS = re.compile("(و|ف)?(ب|ل|ك)?(ال|(?<=ل)ل)(?=..)|(و)(?=...)")


def spellings():
    """Folded Arabic word -> its Latin spellings; folded word -> its usual full spelling."""
    latin, full, best = {}, {}, {}
    with open(speakers.TABLES / "words_ar.tsv", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            key, count = speakers.fold(row["word"]), int(row["edited"]) * 2 + int(row["typed"])
            if count > best.get(key, 0):
                best[key], full[key] = count, row["word"]
    with open(speakers.TABLES / "arabizi_words.tsv", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            key = speakers.fold(row["arabic"])
            if row["kind"] == "clear" and row["arabic"] in (key, full.get(key, row["arabic"])):
                latin.setdefault(key, []).append(row["word"])
    return latin, full


class Romanizer:
    def __init__(self):
        self.latin, self.full = spellings()

    def habits(self, region, rng):
        """One speaker's spelling of each letter; it mostly stays the same through a sentence."""
        letters = {letter: rng.choice(cell.split("|")) for letter, cell in {**LETTERS, **HABITS[region]}.items()}
        long = {letter: cell.split("|") for letter, cell in {**LONG, **LONG_HABITS.get(region, {})}.items()}
        return letters, long

    def arabizi(self, text, rng, region):
        """The sentence in Latin letters; None where it has no Arabic word."""
        parts = speakers.WORD.split(text.translate(speakers.MARKS))
        if len(parts) == 1:
            return None
        letters, long = self.habits(region, rng)
        apart = rng.choice(("", "", "", " ", "-"))
        vowels = rng.choice((0.95, 0.8, 0.6)) - (0.25 if region == "maghrebi" else 0)
        for i in range(1, len(parts), 2):
            parts[i] = self.word(parts[i], region, letters, long, apart, vowels, rng)
        return "".join(parts).translate(MARKS)

    def word(self, word, region, letters, long, apart, vowels, rng):
        key = speakers.fold(word)
        known = self.latin.get(key)
        if known and rng.random() < 0.7:
            return rng.choice(known)
        if key == "و":
            return rng.choice(ANDS.get(region, "w|wa|w").split("|"))
        word = self.full.get(key, word) if key == word else word
        found = (
            None
            if key in self.full and not key.startswith(("ال", "لل", "بال", "وال", "فال"))
            else PROCLITICS.match(word)
        )
        before = ""
        if found:
            before, word = self.proclitic(found, region, apart, rng), word[found.end() :]
            known = self.latin.get(speakers.fold(word))
            if known and rng.random() < 0.7:
                return before + rng.choice(known)
        return before + self.letters(word, region, letters, long, vowels, rng)

    def proclitic(self, found, region, apart, rng):
        """The article and what stands before it."""
        conjunction, preposition, article, alone = found.groups()
        conjunction = conjunction or alone
        put = ""
        if conjunction:
            put = "f" if conjunction == "ف" else rng.choice(ANDS.get(region, "w|wa|w").split("|"))
            put += rng.choice(("", " ")) if article or alone else ""
        if not article:
            return put
        if preposition:
            vowel = "" if region == "maghrebi" else rng.choice("eei")
            return put + {"ب": "b", "ل": "l", "ك": "k"}[preposition] + vowel + "l" + apart
        return put + rng.choice(ARTICLES[region].split("|")) + apart

    def letters(self, word, region, letters, long, vowels, rng):
        """Letter by letter; a vowel is put where more consonants meet than are said."""
        sounds = []
        for i, letter in enumerate(word):
            last, first = i == len(word) - 1, i == 0
            near = VOWELS | set("ىة")
            vowel = (
                letter in VOWELS
                and not (letter == "ا" and first)
                and not (letter != "ا" and (first or (not last and word[i + 1] in near) or sounds[-1][1]))
            )
            if vowel:
                sounds.append((rng.choice(long[letter])[: 1 if last and rng.random() < 0.8 else 2], True))
            elif letter in "وي":
                sounds.append(("w" if letter == "و" else "y", False))
            elif letter == "أ" and not first:
                sounds.append(("2a" if rng.random() < 0.6 else "a", True))
            elif letter == "ا":
                sounds.append((rng.choice("aaei"), True))
            else:
                put = letters.get(letter, "")
                sounds.append((put, bool(put) and put[-1] in "aeiouh" and letter in "أإآىة"))
        return "".join(
            put + (self.short(region, rng) if gap and rng.random() < vowels else "") for put, gap in gaps(sounds)
        )

    def short(self, region, rng):
        return rng.choice(SHORT[region])


def gaps(sounds):
    """Each sound and whether a short vowel follows it: k-t-b -> katab, m-k-t-b -> maktab, kh-d-m-a -> khadma."""
    open_syllable = False
    for i, (put, vowel) in enumerate(sounds):
        gap = not vowel and i + 1 < len(sounds) and not sounds[i + 1][1] and (not open_syllable or i + 2 == len(sounds))
        open_syllable = vowel or gap
        yield put, gap
