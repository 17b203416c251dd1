"""Arabic as it is mistyped, drawn out or vowelled: the inverse of the spelling, elongation and diacritics rules."""

from dialects import ADVERBS
from speakers import WORD

# Letters that are heard or seen alike, one way each.
ALIKE = {
    "ظ": "ضز", "ض": "ظد", "ذ": "دز", "ث": "تس", "ص": "س", "س": "ص", "ط": "ت", "ز": "ذ", "ق": "كء", "غ": "ق",
}  # fmt: skip
# The common ones, taken more often.
USUAL = {"ظ": "ض", "ض": "ظ", "ذ": "د", "ث": "ت"}
SEATS = {"أ": "ا", "إ": "ا", "آ": "ا", "ؤ": "و", "ئ": "ي", "ء": ""}
# Rows of the Arabic keyboard.
KEYS = ("ضصثقفغعهخحجد", "شسيبلاتنمكط", "ئءؤرىةوزظ")
BESIDE = {row[i]: row[max(0, i - 1) : i] + row[i + 1 : i + 2] for row in KEYS for i in range(len(row))}
# After these letters a gap is hard to see.
UNJOINED = frozenset("اأإآدذرزوةىء")
SUN = frozenset("تثدذرزسشصضطظلن")
FATHA, DAMMA, KASRA, SUKUN, SHADDA = "\u064e", "\u064f", "\u0650", "\u0652", "\u0651"
FIRST, INNER = (FATHA, FATHA, FATHA, KASRA, KASRA, DAMMA), (FATHA, FATHA, FATHA, KASRA, KASRA, DAMMA, SUKUN, SUKUN)
TANWEEN = "\u064b\u064c\u064d"


def ending(word, rng):
    """ة/ه, ى/ي, وا/و."""
    if len(word) < 3:
        return None
    if word.endswith("وا"):
        return word[:-1]
    swap = {"ة": "ه", "ه": "ة", "ى": "ي", "ي": "ى"}.get(word[-1])
    return word[:-1] + swap if swap else word + "ا" if word[-1] == "و" else None


def hamza(word, rng):
    """A seat dropped, or a hamza where none is."""
    seats = [i for i, letter in enumerate(word) if letter in SEATS]
    if seats:
        i = rng.choice(seats)
        put = word[:i] + SEATS[word[i]] + word[i + 1 :]
        return put if len(put) > 1 else None
    if word[0] == "ا" and len(word) > 3 and word[1] != "ل":
        return rng.choice("أإ") + word[1:]
    return None


def alike(word, rng):
    """ظ/ض, ذ/د, ث/ت and, more seldom, letters of the same sound."""
    table = USUAL if rng.random() < 0.7 else ALIKE
    places = [i for i, letter in enumerate(word) if letter in table]
    if not places or len(word) < 3:
        return None
    i = rng.choice(places)
    return word[:i] + rng.choice(table[word[i]]) + word[i + 1 :]


def vowel(word, rng):
    """A long vowel written twice or not at all."""
    places = [i for i in range(1, len(word) - 1) if word[i] in "اوي"]
    if not places or len(word) < 5:
        return None
    i = rng.choice(places)
    return word[:i] + (word[i] * 2 if rng.random() < 0.5 else "") + word[i + 1 :]


def tanween(word, rng):
    """شكرا -> شكرن."""
    return word[:-1] + "ن" if word in ADVERBS and word[-1] == "ا" and len(word) > 2 else None


def article(word, rng):
    """The article apart, without its alef, or doubled: ال بنك, لبنك."""
    if word.startswith("ال") and len(word) > 4:
        return rng.choice(("ال " + word[2:], "ال " + word[2:], "ل" + word[2:]))
    if word.startswith(("بال", "وال", "فال")) and len(word) > 5:
        return rng.choice((word[0] + " " + word[1:], word[0] + "ل" + word[3:]))
    if word.startswith("لل") and len(word) > 4:
        return rng.choice(("ل ال" + word[2:], "لال" + word[2:]))
    return None


def slip(word, rng):
    """A neighbouring key, two letters exchanged, one left out or typed twice."""
    if len(word) < 5:
        return None
    i = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return word[:i] + rng.choice(BESIDE.get(word[i], word[i])) + word[i + 1 :]
    if kind == 1:
        return word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    return word[:i] + (word[i] * 2 if kind == 2 else "") + word[i + 1 :]


EDITS = (ending, hamza, alike, vowel, tanween, article, slip)
WEIGHTS = (3, 4, 4, 2, 2, 3, 1.5)


def spelling(text, rng):
    """One to three of the usual misspellings; None where no word takes one."""
    parts = WORD.split(text)
    places = list(range(1, len(parts), 2))
    if not places:
        return None
    for _ in range(rng.choice((1, 1, 2, 2, 3))):
        if len(places) > 1 and rng.random() < 0.12:
            i = rng.choice(places[:-1])
            if parts[i + 1] == " " and (parts[i][-1] in UNJOINED or rng.random() < 0.2):
                parts[i + 1] = ""
                continue
        for _ in range(12):
            i = rng.choice(places)
            put = rng.choices(EDITS, WEIGHTS)[0](parts[i], rng)
            if put and put != parts[i]:
                parts[i] = put
                break
    put = "".join(parts)
    return put if put != text else None


def elongate(text, rng):
    """One or two words drawn out, by a letter repeated or by tatweel."""
    parts = WORD.split(text)
    places = [i for i in range(1, len(parts), 2) if len(parts[i]) > 2]
    if not places:
        return None
    for i in rng.sample(places, min(len(places), rng.choice((1, 1, 2)))):
        word, n = parts[i], rng.randint(2, 6)
        if rng.random() < 0.25:
            joins = [at for at in range(1, len(word)) if word[at - 1] not in UNJOINED]
            if joins:
                at = rng.choice(joins)
                parts[i] = word[:at] + "\u0640" * n + word[at:]
                continue
        long = [at for at in range(1, len(word)) if word[at] in "اويىه"]
        at = rng.choice(long) if long and rng.random() < 0.8 else len(word) - 1
        parts[i] = word[:at] + word[at] * (n + 1) + word[at + 1 :]
    return "".join(parts)


def vowelled(word, rng, share):
    """A word with marks a reader would accept, on about `share` of its letters."""
    out, sun = [], False
    for i, letter in enumerate(word):
        follows = word[i + 1] if i + 1 < len(word) else ""
        out.append(letter)
        long = letter in "وي" and i > 0 and (not follows or follows not in "اوي")
        if letter in "اىآ" or long or rng.random() > share:
            sun = letter == "ل" and i == 1 and word[0] == "ا" and follows in SUN
            continue
        if sun:
            out.append(SHADDA)
        sun = letter == "ل" and i == 1 and word[0] == "ا" and follows in SUN and follows != ""
        if letter == "ل" and i == 1 and word[0] == "ا":
            if not sun:
                out.append(SUKUN)
        elif not follows:
            nunated = len(word) > 3 and letter not in "ته" and not word.startswith("ال") and rng.random() < 0.4
            out.append(rng.choice(TANWEEN[1:] if nunated else FATHA + DAMMA + KASRA))
        elif follows == "ا" and i + 2 == len(word) and len(word) > 3:
            out.append(TANWEEN[0])
        elif follows in "اىآةوي":
            out.append({"و": DAMMA, "ي": KASRA}.get(follows, FATHA))
        else:
            if i > 1 and out[-1] != SHADDA and rng.random() < 0.12:
                out.append(SHADDA)
            out.append(rng.choice(INNER if i else FIRST))
    return "".join(out)


def tashkeel(text, rng):
    """The sentence vowelled in full, in part, or a mark here and there."""
    parts = WORD.split(text)
    share = rng.choice((1.0, 1.0, 0.6, 0.3))
    chance = rng.choice((1.0, 0.5))
    for i in range(1, len(parts), 2):
        if len(parts[i]) > 1 and rng.random() < chance:
            parts[i] = vowelled(parts[i], rng, share)
    put = "".join(parts)
    return put if put != text else None
