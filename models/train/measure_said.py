"""What a comment says, read by the library itself with the folder's model: kind, emotion, sarcasm, topics and cues.

An answer withheld counts as wrong in F1; beside it stand the share answered and how often an answer is right. The probe
is written, not collected, and is always shown apart from data.
"""

import json

import common
import figures
import numpy as np
import said

# Names of an outside set -> ours; its other names are left out.
TONES = {"anger": "anger", "joy": "joy", "sadness": "disappointment", "fear": "worry", "none": "neutral"}


SHARES = (20, 40, 60, 80)  # per cent of the rows, the surest first


def surest(gold, found, probabilities):
    """Share of the rows -> how often the surest answers are right; None where fewer rows are answered."""
    order = sorted((i for i, p in enumerate(probabilities) if p is not None), key=lambda i: -probabilities[i])
    right = [gold[i] == found[i] for i in order]
    counts = {str(share): round(share * len(gold) / 100) for share in SHARES}
    return {share: float(np.mean(right[:n])) if n <= len(right) else None for share, n in counts.items()}


def one_of(gold, found, probabilities=None):
    """Scores of a column that gives one label or none, with its coverage curve where the probabilities are told."""
    labels = sorted(set(gold))
    answered = [g == f for g, f in zip(gold, found) if f is not None]
    classes = {}
    for label in labels:
        hit = sum(g == f == label for g, f in zip(gold, found))
        called, there = sum(f == label for f in found), gold.count(label)
        classes[label] = {
            "precision": hit / max(1, called),
            "recall": hit / there,
            "f1": 2 * hit / max(1, called + there),
            "n": there,
        }
    scores = {
        "n": len(gold),
        "answered": len(answered) / len(gold),
        "right_of_answered": sum(answered) / max(1, len(answered)),
        "macro_f1": float(np.mean([one["f1"] for one in classes.values()])),
        "classes": classes,
    }
    return scores if probabilities is None else scores | {"coverage": surest(gold, found, probabilities)}


def surest_told(gold, found, probabilities):
    """Share of the labels told, where a row can have several -> how many of the surest are right."""
    told = [
        (p, label in row) for row, labels, sure in zip(gold, found, probabilities) for label, p in zip(labels, sure)
    ]
    right = [held for _, held in sorted(told, key=lambda one: -one[0])]
    return {str(share): float(np.mean(right[: max(1, round(share * len(right) / 100))])) for share in SHARES}


def probe(half):
    lines = (said.PROBE / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def outside(bench, name, field):
    """Rows of an outside set with a label under `field`, a seeded draw."""
    entry = common.manifest()[name]
    rows = [row for row in common.read_rows(bench.data / entry["file"]) if row.get(field) is not None]
    return common.drawn(rows, bench.config["evaluate"]["max_rows"])


def by_variety(rows, score):
    """`score` of all rows and of each variety."""
    found = {"all": score(range(len(rows)))}
    for variety in sorted({row["variety"] for row in rows}):
        mine = [i for i, row in enumerate(rows) if row["variety"] == variety]
        if len(mine) >= 50:
            found[variety] = score(mine)
    return found


def several(rows, gold, found, probabilities, labels):
    """Micro- and macro-F1 over labels of which several can hold; the coverage curve of all rows."""
    curve = surest_told(gold, found, probabilities)
    gold = np.array([[label in one for label in labels] for one in gold])
    found = np.array([[label in one for label in labels] for one in found])

    def score(mine):
        mine = list(mine)
        return figures.yes_no(gold[mine], found[mine], labels)

    result = by_variety(rows, score)
    result["all"]["coverage"] = curve
    return result


def emotion(bench, rows, gold):
    found = bench.read([row["text"] for row in rows])
    return one_of(gold, found["emotion"], list(found["emotion_prob"]))


def measure(bench):
    """Section `said`."""
    result, labels = {}, common.served_heads(bench.config)
    rows = probe("test")  # the dev half was learned from
    table = bench.read([row["text"] for row in rows])
    part = {
        name: several(rows, gold, table[name], table[f"{name}_prob"], labels[head])
        for name, head, gold in (
            ("topics", "topic", [row["topics"] for row in rows]),
            ("cues", "cue", [[cue["cue"] for cue in row["cues"]] for row in rows]),
        )
    }
    rows = [row | {"actor": row["actor"] or "none"} for row in rows]
    fields = ("kind", "emotion", "sentiment", "actor")
    sure = {field: list(table[f"{field}_prob"]) for field in fields}
    table = {field: table[field] for field in fields}
    table["actor"] = [actor or "none" for actor in table["actor"]]
    for field in table:
        told = [i for i, row in enumerate(rows) if row[field] is not None]
        gold, found = [rows[i][field] for i in told], [table[field][i] for i in told]
        probabilities = [sure[field][i] for i in told]

        def score(mine, gold=gold, found=found, probabilities=probabilities):
            return one_of(*([values[i] for i in mine] for values in (gold, found, probabilities)))

        part[field] = by_variety([rows[i] for i in told], score)
    result["probe, written"] = part
    rows = outside(bench, "suggestion_semeval19a", "suggestion")
    found = bench.read([row["text"] for row in rows])["kind"]
    gold = ["suggestion" if row.get("kind") == "suggestion" else "other" for row in rows]
    result["suggestion_semeval19a"] = {
        "kind": one_of(gold, ["suggestion" if f == "suggestion" else "other" for f in found])
    }
    rows = outside(bench, "app_reviews_kind_en", "kind")
    found = bench.read([row["text"] for row in rows])
    kinds = one_of([row["kind"] for row in rows], found["kind"], list(found["kind_prob"]))
    result["app_reviews_kind_en"] = {"kind": kinds}
    rows = [row for row in outside(bench, "emotional_tone_ar", "emotion") if row["emotion"] in TONES]
    result["emotional_tone_ar"] = {"emotion": emotion(bench, rows, [TONES[row["emotion"]] for row in rows])}
    rows = common.drawn(
        [row for row in bench.held.of("goemotions_en", "test") if row["emotion"]], bench.config["evaluate"]["max_rows"]
    )
    result["goemotions_en"] = {"emotion": emotion(bench, rows, [row["emotion"] for row in rows])}
    rows = [row for row in bench.held.of("arsarcasm_v2", "test") if row["sarcasm"]]
    found = bench.read([row["text"] for row in rows])["sarcasm"]
    gold = [row["sarcasm"] for row in rows]
    result["arsarcasm_v2"] = {"sarcasm": one_of(gold, ["sarcastic" if one else "plain" for one in found])}
    return {"said": result}
