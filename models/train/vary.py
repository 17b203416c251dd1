"""Training rows -> work/variants.jsonl: the same sentences as other people would have written them.

The words of the library's own dialect tables come along as rows of one word with its English gloss. A variant keeps its row's labels, translation and cluster; a sentence put into a dialect is also an example of that
dialect. How many each set gives is in config.toml under [vary]. Only rows of the training split are varied.
"""

import json
import random

import common
from variants import Variants

STANDARD = {None, "MSA", "msa"}


def wanted(row, settings, rng):
    """Kinds of variant to try for a row."""
    for kind, shares in settings.items():
        share = shares.get(row["set"], shares.get("*", 0.0))
        if kind == "dialect" and row["dialect"] not in STANDARD:
            continue
        for _ in range(int(share) + (rng.random() < share % 1)):
            yield kind


def main():
    args = common.arguments(__doc__)
    config = common.configured(args)
    rng, make, normalize = random.Random(config["prepare"]["seed"]), Variants(), common.normalizer(config)
    rows, texts = [], []
    for row in common.prepared("train"):
        if row["lang"] != "ar":
            continue
        for number, kind in enumerate(wanted(row, config["vary"], rng)):
            made = getattr(make, kind)(row["text"], rng)
            if made is None:
                continue
            text, dialect = made if kind == "dialect" else (made, row["dialect_label"])
            rows.append(dict(row, id=f"{row['id']}#{number}", kind=kind, dialect_label=dialect))
            texts.append(text)
    entries = [
        {
            "set": "dialect_tables",
            "id": f"dialect_tables-{number}",
            "text": entry["word"],
            "en": entry["gloss"],
            "lang": "ar",
            "dialect_label": entry["dialect"] if entry["sense"] == "clear" else None,
            "split": "train",
            "cluster": -1 - number,
            "weak": False,
        }
        | dict.fromkeys(("dialect", "sentiment", "topics", "intent"))
        for number, entry in enumerate(common.lexicon(config))
    ]
    counts, target = {}, common.WORK / "variants.jsonl"
    with open(target.with_suffix(".part"), "w", encoding="utf-8") as file:
        for row, text in zip(rows, normalize.batch(texts)):
            if text != row["text"]:
                file.write(json.dumps(dict(row, text=text), ensure_ascii=False) + "\n")
                key = (row["set"], row["kind"])
                counts[key] = counts.get(key, 0) + 1
        for entry in entries:
            file.write(json.dumps(entry, ensure_ascii=False) + "\n")
    target.with_suffix(".part").rename(target)
    for (name, kind), n in sorted(counts.items()):
        print(f"{name:28} {kind:10} {n}")


if __name__ == "__main__":
    main()
