"""Sentiment beside the bars: each set, then the same rows by variety and by domain.

An answer counts among the labels that the set has, for the model and for the bars alike. Stated probabilities are
judged only on sets with all three labels.
"""

import common
import figures
import numpy as np
import varieties

LOW = -1e9  # the score of a label that a bar or a set does not know


class Judged:
    """Rows of one set with what each contestant scored; contestants are `net`, `svm` and, in English, `minilm`."""

    def __init__(self, served, rows, answers):
        self.rows = rows
        self.gold = np.array([common.LABELS.index(row["sentiment"]) for row in rows])
        self.has = np.isin(np.arange(len(common.LABELS)), self.gold)
        self.probabilities = served.probabilities("sentiment", [row["text"] for row in rows])
        shown = np.where(self.has, self.probabilities, 0.0)
        self.scores = {"net": shown / shown.sum(1, keepdims=True)}
        for name, key in (("svm", "{}"), ("minilm", "minilm {}")):
            keys = [key.format(row["id"]) for row in rows]
            if keys[0] in answers:
                found = np.array([answers[k] for k in keys])
                self.scores[name] = np.where(self.has, found, LOW)

    def report(self):
        result = {"n": len(self.rows), "labels": int(self.has.sum())}
        for name, scores in self.scores.items():
            confidence = figures.best if name == "net" else figures.lead
            result[name] = figures.described(self.gold, scores, common.LABELS, confidence)
        stated, right = self.stated()
        result["calibration_error"] = figures.calibration_error(stated, right) if len(stated) else None
        return result

    def stated(self):
        """(best probability, whether it was right), empty where the set lacks a label."""
        if not self.has.all():
            return np.zeros(0), np.zeros(0, bool)
        return self.probabilities.max(1), self.probabilities.argmax(1) == self.gold


def pooled(judged, name_of):
    """The same rows grouped by a name; each row was judged within its set."""
    groups = {}
    for one in judged:
        said = {name: scores.argmax(1) for name, scores in one.scores.items()}
        for i, row in enumerate(one.rows):
            group = groups.setdefault(name_of(row), {"gold": [], "net": [], "svm": [], "sets": set()})
            group["sets"].add(row["set"])
            group["gold"].append(one.gold[i])
            for name in ("net", "svm"):
                group[name].append(said[name][i])
    result = {}
    for name, group in sorted(groups.items()):
        gold = np.array(group["gold"])
        result[name] = {"n": len(gold), "sets": sorted(group["sets"])}
        for who in ("net", "svm"):
            result[name][who] = figures.decided(gold, np.array(group[who]), common.LABELS)
    return result


def calibration(judged, keep):
    """Calibration error over the rows of the three-label sets that `keep` takes."""
    pairs = [one.stated() for one in judged if keep(one.rows[0]) and one.has.all()]
    if not pairs:
        return None
    stated, right = (np.concatenate(column) for column in zip(*pairs))
    return {"n": len(stated), "error": figures.calibration_error(stated, right)}


def measure(bench):
    """Sections `sentiment`, `outside`, `varieties`, `domains` and `sentiment_calibration`."""
    result, tested, held = {"sentiment": {}, "outside": {}}, [], []
    for name, split, rows in bench.held.sentiment():
        judged = Judged(bench.served, rows, bench.answers)
        if split == "eval":
            held.append(judged)
            result["outside"][name] = judged.report()
        else:
            result["sentiment"].setdefault(name, {})[split] = judged.report()
            if split == "test":
                tested.append(judged)
    result["varieties"] = pooled(tested + held, varieties.variety)
    result["domains"] = pooled(tested + held, varieties.domain)
    result["sentiment_calibration"] = {
        "own test sets": calibration(tested, lambda row: True),
        "own test sets, Arabic": calibration(tested, lambda row: row["lang"] != "en"),
        "own test sets, English": calibration(tested, lambda row: row["lang"] == "en"),
        "sets never trained on": calibration(held, lambda row: True),
    }
    return result
