"""Figures of a classifier, from gold labels and scores; no model, no file.

In: `gold` int[n], `scores` f32[n, labels] (probabilities or decision values), `labels` the names of the columns.
Out: plain dicts of floats for metrics.json; a figure that cannot be had is None.
"""

import numpy as np

SHARES = (100, 90, 80, 60, 40)


def softmax(logits, temperature=1.0):
    scaled = np.asarray(logits, np.float64) / temperature
    shifted = np.exp(scaled - scaled.max(1, keepdims=True))
    return shifted / shifted.sum(1, keepdims=True)


def calibration_error(stated, right, bins=15):
    """Expected gap between stated probability and share of right answers, equal-width bins.

    >>> round(calibration_error(np.array([0.9, 0.9]), np.array([True, False])), 3)
    0.4
    """
    place = np.minimum((stated * bins).astype(int), bins - 1)
    return float(
        sum(abs(stated[place == b].mean() - right[place == b].mean()) * (place == b).mean() for b in set(place))
    )


def coverage(confidence, right):
    """Accuracy on the most confident 100, 90, 80, 60, 40 % of rows, by the share as text.

    >>> coverage(np.array([0.9, 0.8, 0.7, 0.6, 0.5]), np.array([True, True, True, False, False]))["60"]
    1.0
    """
    order = np.argsort(-confidence, kind="stable")
    return {str(share): float(right[order[: max(1, len(right) * share // 100)]].mean()) for share in SHARES}


def classes(gold, said, labels):
    """Precision, recall, F1 and the number of rows of each label that occurs in `gold`.

    >>> classes(np.array([0, 0, 1]), np.array([0, 1, 1]), ["a", "b"])["a"]["recall"]
    0.5
    """
    found = {}
    for number in sorted(set(gold.tolist())):
        hit = int(((gold == number) & (said == number)).sum())
        called, there = int((said == number).sum()), int((gold == number).sum())
        found[labels[number]] = {
            "precision": hit / max(1, called),
            "recall": hit / there,
            "f1": 2 * hit / (called + there),
            "n": there,
        }
    return found


def decided(gold, said, labels):
    """Accuracy, macro-F1 over the labels that occur, F1-PN where both signs occur, and each class."""
    each = classes(gold, said, labels)
    signs = [each[name]["f1"] for name in ("negative", "positive") if name in each]
    return {
        "accuracy": float((gold == said).mean()),
        "macro_f1": float(np.mean([one["f1"] for one in each.values()])),
        "f1_pn": float(np.mean(signs)) if len(signs) == 2 else None,
        "classes": each,
    }


def best(scores):
    """Confidence of a probability: the best one itself."""
    return scores.max(1)


def lead(scores):
    """Confidence of a decision value: its lead over the second best."""
    ordered = np.sort(scores, axis=1)
    return ordered[:, -1] - ordered[:, -2]


def described(gold, scores, labels, confidence=best):
    """`decided` by the best score, with the coverage curve."""
    said = scores.argmax(1)
    return {**decided(gold, said, labels), "coverage": coverage(confidence(scores), said == gold)}


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
