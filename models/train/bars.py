"""The classical bar: a linear SVM over character n-grams within words, trained on the very rows the model may see.

For a set of ours it is trained on that set's training rows; for an outside set on all our training rows.
Predictions go to work/bars.json, keyed by row, so that the evaluation runs without fitting them again.
"""

import json

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.svm import LinearSVC

import common
import wide

KIND = "LinearSVC (C = 0.5) on TF-IDF of character 2-5-grams inside words, sublinear, at most 300,000 of those seen twice"


def features():
    return TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2, max_features=300_000, dtype=np.float32)


def outside(config):
    """Rows of the outside sets that are measured: a seeded draw of each."""
    generator, groups = np.random.default_rng(config["seed"]), []
    for name, entry in common.manifest().items():
        if entry["file"].startswith("eval/"):
            rows = [row for row in common.prepared("eval", sets=[name]) if row["sentiment"]]
            groups += [rows[i] for i in sorted(generator.permutation(len(rows))[:config["evaluate"]["max_rows"]])]
    return groups


def main():
    args = common.arguments(__doc__)
    config = common.load_config(args.config)
    said = common.prepared("train", "dev", "test", having="sentiment")
    answers, seen = {}, [row for row in said if row["split"] == "train"]
    for name in sorted({row["set"] for row in said}):
        train = [row for row in seen if row["set"] == name]
        held = [row for row in said if row["set"] == name and row["split"] != "train"]
        vectorizer = features()
        classifier = LinearSVC(C=0.5).fit(vectorizer.fit_transform([row["text"] for row in train]), [row["sentiment"] for row in train])
        answers.update(zip([row["id"] for row in held], classifier.predict(vectorizer.transform([row["text"] for row in held])).tolist()))
        print(name, len(train), len(held), flush=True)
    others, vectorizer = outside(config), features()
    classifier = LinearSVC(C=0.5).fit(vectorizer.fit_transform([row["text"] for row in seen]), [row["sentiment"] for row in seen])
    decided = classifier.decision_function(vectorizer.transform([row["text"] for row in others]))
    order = [list(classifier.classes_).index(label) for label in common.LABELS]
    for row, values in zip(others, decided[:, order]):
        answers[row["id"]] = [round(float(value), 4) for value in values]
    print("outside sets", len(seen), len(others), flush=True)
    labels = config["topics"]["labels"]
    for name, can in wide.inventory(config).items():
        rows = common.prepared("train", "dev", "test", sets=[name], having="topics")
        train, held = [r for r in rows if r["split"] == "train"], [r for r in rows if r["split"] != "train"]
        vectorizer, chosen = features(), {row["id"]: [] for row in held}
        x, y = vectorizer.fit_transform([r["text"] for r in train]), vectorizer.transform([r["text"] for r in held])
        for label in np.array(labels)[can]:
            said_yes = LinearSVC(C=0.5).fit(x, [label in r["topics"] for r in train]).predict(y)
            for row, yes in zip(held, said_yes):
                if yes:
                    chosen[row["id"]].append(str(label))
        answers.update({f"topics {key}": value for key, value in chosen.items()})
        print(name, "topics", len(train), len(held), flush=True)
    (common.WORK / "bars.json").write_text(json.dumps(answers, ensure_ascii=False))


if __name__ == "__main__":
    main()
