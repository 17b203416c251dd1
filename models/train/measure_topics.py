"""Topics beside the bars: several can hold at once, so F1 over yes and no; a set is judged on what it can say."""

import figures
import numpy as np
import wide


def yes_no(gold, said, labels):
    """Micro- and macro-F1 with precision, recall and F1 of each topic."""
    hit, called, there = (gold & said).sum(0), said.sum(0), gold.sum(0)
    f1 = 2 * hit / np.maximum(1, called + there)
    return {
        "micro_f1": float(2 * hit.sum() / max(1, called.sum() + there.sum())),
        "macro_f1": float(f1.mean()),
        "topics": {
            label: {
                "precision": float(hit[i] / max(1, called[i])),
                "recall": float(hit[i] / max(1, there[i])),
                "f1": float(f1[i]),
                "n": int(there[i]),
            }
            for i, label in enumerate(labels)
        },
    }


def one_set(bench, rows, can):
    head = bench.served.said["heads"]["topic"]
    labels = [label for label, usable in zip(head["labels"], can) if usable]
    gold = np.array([[label in row["topics"] for label in labels] for row in rows])
    logits = bench.served.run([row["text"] for row in rows])["topic_logits"][:, can]
    probabilities = 1 / (1 + np.exp(-logits / head["temperature"]))
    result = {"n": len(rows), "net": yes_no(gold, probabilities >= np.array(head["thresholds"])[can], labels)}
    for name, key in (("svm", "topics {}"), ("minilm", "minilm topics {}")):
        keys = [key.format(row["id"]) for row in rows]
        if keys[0] in bench.answers:
            said = np.array([[label in bench.answers[k] for label in labels] for k in keys])
            result[name] = yes_no(gold, said, labels)
    stated = np.maximum(probabilities, 1 - probabilities).ravel()
    result["calibration_error"] = figures.calibration_error(stated, ((probabilities >= 0.5) == gold).ravel())
    return result


def measure(bench):
    """Section `topics`: set -> split -> figures."""
    result = {}
    for name, can in wide.inventory(bench.config).items():
        for split in ("dev", "test"):
            rows = [row for row in bench.held.of(name, split) if row["topics"] is not None]
            if rows:
                result.setdefault(name, {})[split] = one_set(bench, rows, can)
    return {"topics": result}
