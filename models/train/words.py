"""Word counts of the permissive sets -> src/normalize/tables/words_{ar,en}.tsv and words_{ar,en}_rare.tsv.

Edited text (documentation, interfaces, translated sentences) and text as people type it (reviews, tweets) are counted
apart: a spelling is trusted from the first, use is seen in both. No share-alike set is read. Columns: the word, log2
of its count in each kind (0 where absent, else floor + 1), the letters of the sets it was seen in.

The rare lists hold what people typed too seldom for those: Arabic as typed, English as written in lower case
(so that names stay out), with log2 of the count.
"""

import math
import re
import unicodedata
from collections import Counter

import common
from prepare import LEFT_OUT_ORIGINS

TABLES = common.HERE.parents[1] / "src" / "normalize" / "tables"
# Set -> its letter in the source column and whether its text is edited; SOURCES.md beside the tables tells licences.
SETS = {
    "msdocs_ar_mono": ("m", True),
    "pairs_msdocs_d365": ("m", True),
    "pairs_msdocs_projops": ("m", True),
    "pairs_ui_permissive": ("u", True),
    "tatoeba_en_ar": ("t", True),
    "semeval16_hotels_ar": ("h", False),
    "amazon_eg_reviews": ("z", False),
    "shami_levantine": ("s", False),
    "saudi_tourism": ("r", False),
    "ajgt": ("j", False),
    "arsarcasm_v2": ("w", False),
    "atsad_emoji_tweets": ("d", False),
    "banking77_en": ("b", True),
    "clinc150": ("c", True),
    "womens_clothing_en": ("o", False),
    "goemotions_en": ("g", False),
    "mams_acsa_en": ("a", False),
}
WORDS = {"ar": re.compile("[\u0621-\u063a\u0641-\u064a]{2,18}"), "en": re.compile("[a-z]{2,20}")}
LOWER = {"ar": WORDS["ar"], "en": re.compile("(?<![A-Za-z])[a-z]{3,20}(?![A-Za-z])")}
MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
NOT_WORDS = re.compile(r"https?://\S+|[@#]\S+|[A-Za-z]+['\u2019][a-z]+")
# A word seen less often than this in either kind of text is left out; so many are kept at most.
LEAST = {"ar": 6, "en": 8}
MOST = {"ar": 22_000, "en": 9_000}
RARE = {"ar": 4, "en": 3}


def count(data):
    """Per language: counts in edited text, in other text, of words typed in lower case, and each word's sets."""
    counts = {language: (Counter(), Counter(), Counter()) for language in WORDS}
    seen = {language: {} for language in WORDS}
    for name, (letter, edited) in SETS.items():
        for row in common.read_rows(data / "train" / f"{name}.jsonl.zst"):
            if row.get("origin") in LEFT_OUT_ORIGINS:
                continue
            for key in ("text", "pair_text", "en", "ar"):
                text = NOT_WORDS.sub(" ", MARKS.sub("", unicodedata.normalize("NFC", row.get(key) or "")))
                for language, pattern in WORDS.items():
                    words = pattern.findall(text.lower())
                    counts[language][0 if edited else 1].update(words)
                    counts[language][2].update(LOWER[language].findall(text))
                    for word in words:
                        seen[language].setdefault(word, set()).add(letter)
    return counts, seen


def rare(language, counted, kept):
    """Words counted at least RARE times that are not `kept`; letters three in a row are no spelling."""
    words = (word for word, n in counted.items() if n >= RARE[language] and word not in kept)
    return sorted(word for word in words if 1 < len(word) < 15 and not re.search(r"(.)\1\1", word))


def main():
    args = common.arguments(__doc__)
    counts, seen = count(args.data)
    for language, (edited, typed, lower) in counts.items():
        frequent = [word for word in edited + typed if max(edited[word], typed[word]) >= LEAST[language]]
        frequent.sort(key=lambda word: (-math.log2(1 + edited[word]) - math.log2(1 + typed[word]), word))
        kept = set(frequent[: MOST[language]])
        with open(TABLES / f"words_{language}.tsv", "w", encoding="utf-8", newline="\n") as file:
            file.write("word\tedited\ttyped\tsource\n")
            for word in sorted(kept):
                letters = "".join(sorted(seen[language][word]))
                file.write(f"{word}\t{edited[word].bit_length()}\t{typed[word].bit_length()}\t{letters}\n")
        counted = typed if language == "ar" else lower
        with open(TABLES / f"words_{language}_rare.tsv", "w", encoding="utf-8", newline="\n") as file:
            file.write("word\ttyped\tsource\n")
            for word in rare(language, counted, kept):
                letters = "".join(sorted(seen[language][word]))
                file.write(f"{word}\t{counted[word].bit_length()}\t{letters}\n")


if __name__ == "__main__":
    main()
