"""Rows that no weight has seen, drawn the same way for the model and for the bars.

`prepare.py` holds most of them; the dialect sets of `eval/` are read here, because their pairs are dialect and MSA
(or one spelling and another), not English and Arabic.
"""

import common
import prepare
import varieties

# Set -> what its second text is.
DIALECT_SETS = {"elhaj_dialects": None, "dial2msa": "MSA", "madar_coda": "CODA spelling"}
CONSISTENCY_ROWS = 150


def dialect_set(name, data, config):
    """At most `evaluate.max_rows` rows of a set of `eval/`: set, id, text, pair, dialect_label; texts normalized."""
    entry, normalize = common.manifest()[name], common.normalizer(config)
    rows = common.drawn(list(common.read_rows(data / entry["file"])), config["evaluate"]["max_rows"])
    texts = normalize.batch([row["text"] for row in rows])
    pairs = normalize.batch([row.get("pair_text") or "" for row in rows])
    found = [
        {
            "set": name,
            "id": row["id"],
            "text": text,
            "pair": pair or None,
            "dialect": row["dialect"],
            "dialect_label": varieties.family(row["dialect"]),
        }
        for row, text, pair in zip(rows, texts, pairs)
    ]
    return [row for row in found if row["text"].strip() and row["dialect_label"]]


def seen(rows, training):
    """Ids of rows whose letters are those of a training row."""
    known = {prepare.letters(row["text"]) for row in training} - {""}
    return [row["id"] for row in rows if prepare.letters(row["text"]) in known]


class Held:
    """Every dev, test and eval row, read once."""

    def __init__(self, config, data):
        self.most, self.groups = config["evaluate"]["max_rows"], {}
        for row in common.prepared("dev", "test", "eval"):
            if not row["seen"]:
                self.groups.setdefault((row["set"], row["split"]), []).append(row)
        self.dialect_sets = {name: dialect_set(name, data, config) for name in DIALECT_SETS}

    def of(self, name, split):
        return self.groups.get((name, split), [])

    def sentiment(self):
        """(set, split, drawn rows) of every set with sentiment."""
        for (name, split), rows in sorted(self.groups.items()):
            chosen = common.drawn([row for row in rows if row["sentiment"]], self.most)
            if chosen:
                yield name, split, chosen

    def dialect(self, without=()):
        """(set, split, drawn rows) of every set with dialect labels; `without` names rows of `eval/` by id."""
        for (name, split), rows in sorted(self.groups.items()):
            chosen = common.drawn([row for row in rows if split != "eval" and row.get("dialect_label")], self.most)
            if chosen:
                yield name, split, chosen
        for name, rows in self.dialect_sets.items():
            yield name, "eval", [row for row in rows if row["id"] not in without]

    def consistency(self):
        """Arabic sentiment rows of dev and test whose variants are compared: set -> rows."""
        found = {}
        for name, split, rows in self.sentiment():
            if split != "eval":
                found.setdefault(name, []).extend(row for row in rows if row["lang"] == "ar")
        return {name: common.drawn(rows, CONSISTENCY_ROWS) for name, rows in found.items() if rows}
