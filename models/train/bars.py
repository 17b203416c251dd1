"""The classical bar: a linear SVM over character n-grams within words, trained on the very rows the model may see.

For a set of ours it is trained on that set's training rows; for an outside set on all our training rows.
Predictions go to work/bars.json, keyed by row, so that the evaluation runs without fitting them again.
"""

import json

import common
import numpy as np
import wide
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

KIND = (
    "LinearSVC (C = 0.5) on TF-IDF of character 2-5-grams inside words, sublinear, at most 300,000 of those seen twice"
)


def features():
    return TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2, max_features=300_000, dtype=np.float32
    )


def outside(config):
    """Rows of the outside sets that are measured: a seeded draw of each."""
    generator, groups = np.random.default_rng(config["seed"]), []
    for name, entry in common.manifest().items():
        if entry["file"].startswith("eval/"):
            rows = [row for row in common.prepared("eval", sets=[name]) if row["sentiment"]]
            groups += [rows[i] for i in sorted(generator.permutation(len(rows))[: config["evaluate"]["max_rows"]])]
    return groups


def measured(rows, config):
    """The dev and test rows of a set that are measured."""
    return [
        row
        for split in ("dev", "test")
        for row in common.drawn([r for r in rows if r["split"] == split], config["evaluate"]["max_rows"])
    ]


def outside_answers(seen, others):
    """Scores per label, in the order of `common.LABELS`: an outside set may lack a label."""
    vectorizer = features()
    classifier = LinearSVC(C=0.5).fit(
        vectorizer.fit_transform([row["text"] for row in seen]), [row["sentiment"] for row in seen]
    )
    decided = classifier.decision_function(vectorizer.transform([row["text"] for row in others]))
    order = [list(classifier.classes_).index(label) for label in common.LABELS]
    return {row["id"]: [round(float(value), 4) for value in values] for row, values in zip(others, decided[:, order])}


def main():
    args = common.arguments(__doc__)
    config = common.load_config(args.config)
    said = common.prepared("train", "dev", "test", having="sentiment")
    path = common.WORK / "bars.json"
    made = path.exists() and path.stat().st_mtime > (common.WORK / "rows.jsonl").stat().st_mtime
    answers, seen = json.loads(path.read_text()) if made else {}, [row for row in said if row["split"] == "train"]
    for name in sorted({row["set"] for row in said}):
        train = [row for row in seen if row["set"] == name]
        held = measured([row for row in said if row["set"] == name], config)
        if all(row["id"] in answers for row in held):
            continue
        vectorizer = features()
        classifier = LinearSVC(C=0.5).fit(
            vectorizer.fit_transform([row["text"] for row in train]), [row["sentiment"] for row in train]
        )
        answers.update(
            zip(
                [row["id"] for row in held],
                classifier.predict(vectorizer.transform([row["text"] for row in held])).tolist(),
            )
        )
        print(name, len(train), len(held), flush=True)
        path.write_text(json.dumps(answers, ensure_ascii=False))
    others = outside(config)
    if not all(row["id"] in answers for row in others):
        answers.update(outside_answers(seen, others))
        path.write_text(json.dumps(answers, ensure_ascii=False))
    labels = config["topics"]["labels"]
    for name, can in wide.inventory(config).items():
        rows = common.prepared("train", "dev", "test", sets=[name], having="topics")
        train, held = [r for r in rows if r["split"] == "train"], [r for r in rows if r["split"] != "train"]
        if all(f"topics {row['id']}" in answers for row in held):
            continue
        vectorizer, chosen = features(), {row["id"]: [] for row in held}
        x, y = vectorizer.fit_transform([r["text"] for r in train]), vectorizer.transform([r["text"] for r in held])
        for label in np.array(labels)[can]:
            gold = [label in r["topics"] for r in train]
            # A topic that every row has, or none, needs no machine.
            said_yes = LinearSVC(C=0.5).fit(x, gold).predict(y) if len(set(gold)) == 2 else [gold[0]] * len(held)
            for row, yes in zip(held, said_yes):
                if yes:
                    chosen[row["id"]].append(str(label))
        answers.update({f"topics {key}": value for key, value in chosen.items()})
        print(name, "topics", len(train), len(held), flush=True)
        path.write_text(json.dumps(answers, ensure_ascii=False))
    path.write_text(json.dumps(answers, ensure_ascii=False))


if __name__ == "__main__":
    main()
