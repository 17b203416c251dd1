"""What speakers of a region put for words of the standard: the normalizer's dialect tables read backwards.

Rows of the tables whose gloss names a region are used in that region alone. `variants.tsv` holds what the tables lack,
written by hand: a cell is alternatives between |, `word@Region,Region` limits one, `=` keeps the word, `-` drops it. A
first column with - before it is the stem of a verb, one with + the noun of an action, which becomes a verb after "can"
and "must": يمكنني تغيير -> اقدر اغير.
"""

import csv
import re
from itertools import accumulate

import common

TABLES = common.HERE.parents[1] / "src" / "normalize" / "tables"
# Dialect -> its regions and how often each speaks. "" is a dialect without regions in the tables.
REGIONS = {
    "egyptian": {"": 1},
    "gulf": {
        "Najdi": 4,
        "Hijazi": 3,
        "Kuwaiti": 2,
        "Emirati": 2,
        "Bahraini": 0.5,
        "Qatari": 0.5,
        "Omani": 0.5,
        "Yemeni": 0.5,
    },
    "levantine": {"": 1},
    "iraqi": {"": 1},
    "maghrebi": {"MA": 5, "DZ": 3, "TN": 2, "LY": 1.5},
}
OTHER_REGIONS = {"Sudanese", "vulgar"}
WORD = re.compile("([\u0621-\u063a\u0641-\u064a\u067e\u0686\u0698\u06a4\u06af]+)")
MARKS = dict.fromkeys([0x640, 0x670, *range(0x64B, 0x660)])
FOLD = str.maketrans("أإآٱىة", "ااااي" + "ه")
# A gloss that opens so is no noun: no article or preposition goes before its word.
NO_NOUN = re.compile(
    r"(I|he|she|it|we|they|you|to|let|do|does|did|is|are|was|were|not|no|don't|what|why|how|where|when|who|this|that|"
    r"these|those|very|now|also|because|there|in|on|at|from|for|with|my|your|his|her|our|their|may|God|please)\b"
)


def fold(text):
    return text.translate(MARKS).translate(FOLD)


def counts():
    """Folded word -> bits of its count, edited and typed text together."""
    found = {}
    with open(TABLES / "words_ar.tsv", encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            key = fold(row["word"])
            found[key] = max(found.get(key, 0), int(row["edited"]), int(row["typed"]))
    return found


class Speaker:
    """What one region puts for folded standard words: key -> (alternatives, cumulative weights)."""

    def __init__(self, dialect, place, hand, table, known):
        self.dialect, self.place = dialect, place
        self.words, self.nouns, self.starts = {}, {}, set()
        found, nouns = {}, {}
        for key, cell in hand:
            for word in cell.split("|"):
                word, _, places = word.partition("@")
                if word and (not places or place in places.split(",")):
                    put = {"=": None, "-": ""}.get(word, None if fold(word) == key else word)
                    found.setdefault(key, {})[put] = found.get(key, {}).get(put, 0) + 4
        by_hand = set(found)
        for row in table:
            tags = set(re.findall(r"\w+", " ".join(re.findall(r"\(([^)]*)\)", row["gloss"]))))
            named = tags & set(REGIONS[dialect])
            key, word = fold(row["msa"]), row["word"]
            if tags & OTHER_REGIONS or (named and place not in named) or fold(word) == key or row["msa"] == word:
                continue
            if key.count(" ") > 2 or word.count(" ") > 2 or len(word) < 2 or "standard" in row["gloss"]:
                continue
            weight = (1 + known.get(fold(word), 0) / 4) * (1 if row["sense"] == "clear" else 0.2)
            if word.count(" ") > key.count(" "):
                weight *= 0.4
            if key in by_hand and (row["sense"] != "clear" or None in found[key] or " " in word):
                continue
            slot = found.setdefault(key, {})
            slot[word] = slot.get(word, 0) + (weight * 0.3 if key in by_hand else weight)
            if " " not in word and " " not in key and not word.startswith("ال") and not NO_NOUN.match(row["gloss"]):
                nouns.setdefault(key, {})[word] = weight
        for key in by_hand:
            if not key.startswith("ال") and "ال" + key in by_hand:
                nouns[key] = {word: weight for word, weight in found[key].items() if word and " " not in word}
        for source, target in ((found, self.words), (nouns, self.nouns)):
            for key, slot in source.items():
                if slot:
                    target[key] = (list(slot), list(accumulate(slot.values())))
        for key in self.words:
            first, *more = key.split(" ")
            if more:
                self.starts.add(first)

    def one(self, slot, rng):
        words, weights = slot
        if len(words) == 1:
            return words[0]
        return rng.choices(words, cum_weights=weights)[0]
