"""The written probe: which cues, kinds, actors and emotions do words alone find, before any head is asked?

    python measure_probe.py --half dev [--taxonomy FILE] [--errors CUE]

Prints JSON. A cue is right where the sentence has it, its words where they share half of the words marked. A weak cue
or actor stands beside a strong sign or in a comment that the shipped model calls negative. A kind, an actor and an emotion are
what most marks say, strong ones twice, null where two are even or nothing is found.
"""

import argparse
import json
from collections import Counter, defaultdict
from pathlib import Path

import rasd

PROBE = Path(__file__).parent / "probe"
CUES = [
    "churn", "switch_competitor", "told_others", "promise_broken", "automation_wall", "escalation", "urgency",
]  # fmt: skip


def rows_of(half):
    return [json.loads(line) for line in (PROBE / f"{half}.jsonl").read_text(encoding="utf-8").splitlines()]


def standing(reading, negative, marks="cues"):
    """The cues, or the actors, of a comment that stand."""
    complaints = [mark for mark in reading["kinds"] if mark["id"] == "complaint"]
    company = negative or any(mark["strength"] == "strong" for mark in reading["cues"] + complaints)
    return [mark for mark in reading[marks] if company or mark["strength"] == "strong"]


def leading(marks, weight):
    """The id that the marks weigh most for; None where two are even or there is none."""
    votes = Counter()
    for mark in marks:
        votes[mark["id"]] += weight(mark)
    best = votes.most_common(2)
    return best[0][0] if len(best) == 1 or (best and best[0][1] > best[1][1]) else None


def by_strength(mark):
    return 2 if mark["strength"] == "strong" else 1


def feeling(marks):
    """The emotion felt most; None where two are even."""
    most = max((mark["intensity"] for mark in marks), default=0)
    found = {mark["id"] for mark in marks if mark["intensity"] == most}
    return found.pop() if len(found) == 1 else None


def overlaps(text, gold, marks):
    """Half of the words of `gold` are marked."""
    start = text.find(gold)
    end = start + len(gold)
    return any(2 * (min(end, mark["end"]) - max(start, mark["start"])) >= end - start for mark in marks)


def scores(count):
    found, marked, true = count["right"], count["told"], count["gold"]
    precision, recall = found / marked if marked else None, found / true if true else None
    f1 = 2 * found / (marked + true) if marked + true else None
    result = {"n": true, "told": marked, "precision": precision, "recall": recall, "f1": f1}
    if "span" in count:
        result["span"] = count["span"] / found if found else None
    return {key: round(value, 4) if isinstance(value, float) else value for key, value in result.items()}


def labels(pairs):
    """Precision and recall of each label from (gold, told) pairs, None for no label."""
    count = defaultdict(Counter)
    for gold, told in pairs:
        for label in {gold, told} - {None}:
            for key in ("micro", label):
                count[key].update(gold=gold == label, told=told == label, right=gold == told == label)
    return {label: scores(count[label]) for label in sorted(count)}


def cue_counts(rows, cues):
    """Counts by cue and by variety; the errors of each cue."""
    count, errors = defaultdict(Counter), defaultdict(list)
    for row, marks in zip(rows, cues):
        gold = defaultdict(list)
        for cue in row["cues"]:
            gold[cue["cue"]].append(cue["span"])
        told = {mark["id"] for mark in marks}
        for cue in CUES:
            mine = [mark for mark in marks if mark["id"] == cue]
            right = cue in gold and cue in told
            span = right and any(overlaps(row["text"], words, mine) for words in gold[cue])
            for key in ("micro", cue, row["variety"]):
                count[key].update(gold=cue in gold, told=cue in told, right=right, span=span)
            if (cue in gold) != (cue in told):
                errors[cue].append((row, gold.get(cue), mine))
    return count, errors


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--half", choices=["dev", "test"], required=True)
    parser.add_argument("--taxonomy", help="a TOML file laid over the library's own")
    parser.add_argument("--errors", choices=CUES, help="print the missed and the wrong of one cue; of dev alone")
    asked = parser.parse_args()
    rows = rows_of(asked.half)
    texts = [row["text"] for row in rows]
    readings = rasd.Taxonomy(asked.taxonomy).batch(texts)
    negative = [label == "negative" for label in rasd.Analyzer().predict(texts, progress=False)]
    actors = [standing(*pair, "actors") for pair in zip(readings, negative)]
    count, errors = cue_counts(rows, [standing(*pair) for pair in zip(readings, negative)])
    if asked.errors:
        if asked.half != "dev":
            parser.error("--errors: the test half is only measured on")
        for row, gold, marks in errors[asked.errors]:
            told = [mark["text"] for mark in marks]
            print("MISSED" if gold else "WRONG", row["variety"], row["text"], gold or told, sep="\t")
        return
    result = {
        "half": asked.half,
        "n": len(rows),
        "cues": {cue: scores(count[cue]) for cue in ["micro", *CUES]},
        "cues_by_variety": {row: scores(count[row]) for row in sorted({row["variety"] for row in rows})},
        "kind": labels([(row["kind"], leading(said["kinds"], by_strength)) for row, said in zip(rows, readings)]),
        "actor": labels([(row["actor"], leading(marks, by_strength)) for row, marks in zip(rows, actors)]),
        "emotion": labels([(row["emotion"], feeling(said["emotions"])) for row, said in zip(rows, readings)]),
    }
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
