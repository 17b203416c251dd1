"""Word counts of the permissive sets -> src/normalize/tables/words_ar.tsv and words_en.tsv.

Edited text (documentation, interfaces, translated sentences) and text as people type it (reviews, tweets) are counted
apart: a spelling is trusted from the first, use is seen in both. No share-alike set is read. Columns: the word, log2
of its count in each kind (0 where absent, else floor + 1), the letters of the sets it was seen in.
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
MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
NOT_WORDS = re.compile(r"https?://\S+|[@#]\S+|[A-Za-z]+['\u2019][a-z]+")
# A word seen less often than this in either kind of text is left out; so many are kept at most.
LEAST = {"ar": 6, "en": 8}
MOST = {"ar": 22_000, "en": 9_000}


def count(data):
    """Per language: counts in edited text, counts in other text, and the letters of the sets of each word."""
    counts = {language: (Counter(), Counter()) for language in WORDS}
    seen = {language: {} for language in WORDS}
    for name, (letter, edited) in SETS.items():
        for row in common.read_rows(data / "train" / f"{name}.jsonl.zst"):
            if row.get("origin") in LEFT_OUT_ORIGINS:
                continue
            for key in ("text", "pair_text", "en", "ar"):
                text = NOT_WORDS.sub(" ", MARKS.sub("", unicodedata.normalize("NFC", row.get(key) or ""))).lower()
                for language, pattern in WORDS.items():
                    words = pattern.findall(text)
                    counts[language][0 if edited else 1].update(words)
                    for word in words:
                        seen[language].setdefault(word, set()).add(letter)
    return counts, seen


def main():
    args = common.arguments(__doc__)
    counts, seen = count(args.data)
    for language, (edited, typed) in counts.items():
        frequent = [word for word in edited + typed if max(edited[word], typed[word]) >= LEAST[language]]
        frequent.sort(key=lambda word: (-math.log2(1 + edited[word]) - math.log2(1 + typed[word]), word))
        with open(TABLES / f"words_{language}.tsv", "w", encoding="utf-8", newline="\n") as file:
            file.write("word\tedited\ttyped\tsource\n")
            for word in sorted(frequent[: MOST[language]]):
                letters = "".join(sorted(seen[language][word]))
                file.write(f"{word}\t{edited[word].bit_length()}\t{typed[word].bit_length()}\t{letters}\n")


if __name__ == "__main__":
    main()
