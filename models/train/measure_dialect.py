"""The dialect head beside its bar: a forced answer first, then what is said at the shipped threshold.

An answer counts among all labels of the head, also where a set has fewer; the bar knows the labels of its training rows.
"""

import figures
import numpy as np


def judged(bench, rows):
    """(gold, probabilities, the bar's answers or None)."""
    labels = bench.served.said["heads"]["dialect"]["labels"]
    gold = np.array([labels.index(row["dialect_label"]) for row in rows])
    probabilities = bench.served.probabilities("dialect", [row["text"] for row in rows])
    keys = [f"dialect {row['id']}" for row in rows]
    bar = np.array([labels.index(bench.answers[key]) for key in keys]) if keys[0] in bench.answers else None
    return gold, probabilities, bar


def report(bench, gold, probabilities, bar):
    head = bench.served.said["heads"]["dialect"]
    best, right = probabilities.max(1), probabilities.argmax(1) == gold
    spoken = best >= head["threshold"]
    return {
        "n": len(gold),
        "labels": len(set(gold.tolist())),
        "net": figures.described(gold, probabilities, head["labels"]),
        "svm": figures.decided(gold, bar, head["labels"]) if bar is not None else None,
        "answered": float(spoken.mean()),
        "accuracy_answered": float(right[spoken].mean()) if spoken.any() else None,
        "calibration_error": figures.calibration_error(best, right),
    }


def measure(bench):
    """Section `dialect`: set -> split -> figures, and every own split together."""
    if "dialect" not in bench.served.said["heads"]:
        return {}
    result, together = {}, {}
    for name, split, rows in bench.held.dialect(without=set(bench.answers["seen"])):
        found = judged(bench, rows)
        result.setdefault(name, {})[split] = report(bench, *found)
        if split != "eval":
            together.setdefault(split, []).append(found)
    for split, parts in together.items():
        gold, probabilities, bars = zip(*parts)
        bar = np.concatenate(bars) if all(one is not None for one in bars) else None
        result.setdefault("own sets together", {})[split] = report(
            bench, np.concatenate(gold), np.concatenate(probabilities), bar
        )
    return {"dialect": result, "dialect_threshold": bench.served.said["heads"]["dialect"]["threshold"]}
