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


def one_of(gold, found):
    """Scores of a column that gives one label or none."""
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
    return {
        "n": len(gold),
        "answered": len(answered) / len(gold),
        "right_of_answered": sum(answered) / max(1, len(answered)),
        "macro_f1": float(np.mean([one["f1"] for one in classes.values()])),
        "classes": classes,
    }


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


def several(rows, gold, found, labels):
    """Micro- and macro-F1 over labels of which several can hold."""
    gold = np.array([[label in one for label in labels] for one in gold])
    found = np.array([[label in one for label in labels] for one in found])

    def score(mine):
        mine = list(mine)
        return figures.yes_no(gold[mine], found[mine], labels)

    return by_variety(rows, score)


def measure(bench):
    """Section `said`."""
    result, labels = {}, common.served_heads(bench.config)
    rows = probe("test")  # the dev half was learned from
    table = bench.read([row["text"] for row in rows])
    part = {
        "topics": several(rows, [row["topics"] for row in rows], table["topics"], labels["topic"]),
        "cues": several(rows, [[cue["cue"] for cue in row["cues"]] for row in rows], table["cues"], labels["cue"]),
    }
    rows = [row | {"actor": row["actor"] or "none"} for row in rows]
    table = {field: table[field] for field in ("kind", "emotion", "sentiment", "actor")}
    table["actor"] = [actor or "none" for actor in table["actor"]]
    for field in table:
        told = [i for i, row in enumerate(rows) if row[field] is not None]
        gold, found = [rows[i][field] for i in told], [table[field][i] for i in told]
        part[field] = by_variety(
            [rows[i] for i in told], lambda mine, g=gold, f=found: one_of([g[i] for i in mine], [f[i] for i in mine])
        )
    result["probe, written"] = part
    rows = outside(bench, "suggestion_semeval19a", "suggestion")
    found = bench.read([row["text"] for row in rows])["kind"]
    gold = ["suggestion" if row.get("kind") == "suggestion" else "other" for row in rows]
    result["suggestion_semeval19a"] = {
        "kind": one_of(gold, ["suggestion" if f == "suggestion" else "other" for f in found])
    }
    rows = outside(bench, "app_reviews_kind_en", "kind")
    found = bench.read([row["text"] for row in rows])["kind"]
    result["app_reviews_kind_en"] = {"kind": one_of([row["kind"] for row in rows], found)}
    rows = [row for row in outside(bench, "emotional_tone_ar", "emotion") if row["emotion"] in TONES]
    found = bench.read([row["text"] for row in rows])["emotion"]
    result["emotional_tone_ar"] = {"emotion": one_of([TONES[row["emotion"]] for row in rows], found)}
    rows = common.drawn(
        [row for row in bench.held.of("goemotions_en", "test") if row["emotion"]], bench.config["evaluate"]["max_rows"]
    )
    found = bench.read([row["text"] for row in rows])["emotion"]
    result["goemotions_en"] = {"emotion": one_of([row["emotion"] for row in rows], found)}
    rows = [row for row in bench.held.of("arsarcasm_v2", "test") if row["sarcasm"]]
    found = bench.read([row["text"] for row in rows])["sarcasm"]
    gold = [row["sarcasm"] for row in rows]
    result["arsarcasm_v2"] = {"sarcasm": one_of(gold, ["sarcastic" if one else "plain" for one in found])}
    return {"said": result}
