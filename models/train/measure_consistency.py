"""Does the same sentence in another spelling get the same answer? Beside the bar of the set.

Variants come from `variants.py` and go through the normalizer, as a customer's text would.
"""

import random

import common
import numpy as np
import variants

KINDS = ("tashkeel", "elongate", "spelling", "arabizi", "dialect")


def generated(rows, config):
    """Kind -> [(row, normalized variant)]; a row that a kind cannot change is left out."""
    writer, normalize, found = variants.Variants(), common.normalizer(config), {}
    for kind in KINDS:
        made = []
        for row in rows:
            text = getattr(writer, kind)(row["text"], random.Random(f"{config['seed']} {kind} {row['id']}"))
            if isinstance(text, tuple):
                text = text[0]
            if text is not None:
                made.append((row, text))
        texts = normalize.batch([text for _, text in made])
        found[kind] = [(row, text) for (row, _), text in zip(made, texts) if text.strip()]
    return found


def sentiment(bench, texts):
    return bench.served.probabilities("sentiment", texts).argmax(1)


def measure(bench):
    """Section `consistency`: kind -> share of equal labels, cosine, accuracy before and after."""
    rows = [row for group in bench.held.consistency().values() for row in group]
    result = {}
    for kind, pairs in generated(rows, bench.config).items():
        if not pairs:
            continue
        before, after = [row["text"] for row, _ in pairs], [text for _, text in pairs]
        gold = np.array([common.LABELS.index(row["sentiment"]) for row, _ in pairs])
        first, second = sentiment(bench, before), sentiment(bench, after)
        cosine = (bench.served.vectors(before) * bench.served.vectors(after)).sum(1)
        bar = np.array([bench.answers[f"as {kind} {row['id']}"] for row, _ in pairs])
        plain = np.array([bench.answers[row["id"]] for row, _ in pairs]).argmax(1)
        result[kind] = {
            "n": len(pairs),
            "of": len(rows),
            "changed": float(np.mean([a != b for a, b in zip(before, after)])),
            "same": float((first == second).mean()),
            "svm_same": float((bar.argmax(1) == plain).mean()),
            "cosine": float(cosine.mean()),
            "accuracy_before": float((first == gold).mean()),
            "accuracy_after": float((second == gold).mean()),
        }
    return {"consistency": result}
