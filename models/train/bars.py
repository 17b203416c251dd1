"""The bars: classical machines, and MiniLM in English, trained on the very rows the model may see.

For a set of ours a bar is trained on that set's training rows; for an outside set on all our training rows. Scores go
to work/bars.json, keyed by row, so that the evaluation runs without fitting them again.
"""

import json

import common
import held
import measure_consistency
import measure_topics
import numpy as np
import said
import teacher
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.multiclass import OneVsRestClassifier
from sklearn.svm import LinearSVC

KIND = (
    "LinearSVC (C = 0.5) on TF-IDF of character 2-5-grams inside words, sublinear, at most 300,000 of those seen twice"
)
MINILM = "logistic regression on frozen all-MiniLM-L6-v2 vectors of at most 8,000 of the same rows of a set"
MINILM_ROWS, MINILM_TOKENS = 8000, 64
NEVER = -1e9  # the score of a label that the training rows do not have


def features():
    return TfidfVectorizer(
        analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, min_df=2, max_features=300_000, dtype=np.float32
    )


class Svm:
    """Texts and their labels -> scores for each label, in the order of `labels`."""

    def __init__(self, texts, gold, labels):
        self.labels, self.vectorizer = labels, features()
        self.machine = LinearSVC(C=0.5).fit(self.vectorizer.fit_transform(texts), gold)

    @staticmethod
    def both(training, others):
        """Features of training texts and of others."""
        vectorizer = features()
        return vectorizer.fit_transform(training), vectorizer.transform(others)

    def scores(self, texts):
        return self.ordered(self.machine.decision_function(self.vectorizer.transform(texts)))

    def ordered(self, found):
        if found.ndim == 1:
            found = np.stack([-found, found], 1)
        result = np.full((len(found), len(self.labels)), NEVER)
        result[:, [self.labels.index(label) for label in self.machine.classes_]] = found
        return np.round(result, 4).tolist()


class MiniLm(Svm):
    """The same over the English teacher's vectors."""

    def __init__(self, texts, gold, labels):
        self.labels = labels
        self.machine = LogisticRegression(C=10, max_iter=300).fit(self.vectors(texts), gold)

    @staticmethod
    def vectors(texts):
        return teacher.vectors(texts, MINILM_TOKENS).numpy()

    @staticmethod
    def both(training, others):
        return MiniLm.vectors(training), MiniLm.vectors(others)

    def scores(self, texts):
        return self.ordered(self.machine.decision_function(self.vectors(texts)))


def keyed(prefix, rows, values):
    return {f"{prefix}{row['id']}": value for row, value in zip(rows, values)}


def most_of_each(rows, most):
    """At most so many rows of each set."""
    names = sorted({row["set"] for row in rows})
    return [row for name in names for row in common.drawn([r for r in rows if r["set"] == name], most)]


def sentiment(training, rows, config):
    """Every set's own bar, its answers to variants, and one bar of all rows for the sets never trained on."""
    answers, variants, groups = {}, rows.consistency(), {}
    trained = {row["set"] for row in training if row["sentiment"]}
    for name, _, chosen in rows.sentiment():
        groups.setdefault(name if name in trained else None, []).extend(chosen)
    for name, chosen in groups.items():
        own = [row for row in training if row["sentiment"] and name in (None, row["set"])]
        labels = [row["sentiment"] for row in own]
        machine = Svm([row["text"] for row in own], labels, common.LABELS)
        answers.update(keyed("", chosen, machine.scores([row["text"] for row in chosen])))
        for kind, pairs in measure_consistency.generated(variants.get(name, []), config).items():
            if pairs:
                answers.update(keyed(f"as {kind} ", [row for row, _ in pairs], machine.scores([t for _, t in pairs])))
        print(name or "all rows", len(own), len(chosen), flush=True)
        other = {row["set"] for row in chosen if row["lang"] != "en"}
        english = [row for row in chosen if row["set"] not in other]
        if english:
            own = most_of_each([row for row in own if row["lang"] == "en"], MINILM_ROWS)
            machine = MiniLm([row["text"] for row in own], [row["sentiment"] for row in own], common.LABELS)
            answers.update(keyed("minilm ", english, machine.scores([row["text"] for row in english])))
    return answers


def topics(training, rows, config):
    """One machine a topic and set: the topics it says yes to."""
    answers = {}
    for name in measure_topics.SETS:
        own = [row for row in training if row["set"] == name and row["topics"] is not None]
        chosen = [row for split in ("dev", "test") for row in rows.of(name, split) if row["topics"] is not None]
        usable = said.topics_of(own[0], config)[1]
        gold = np.array([[label in said.topics_of(row, config)[0] for label in usable] for row in own]).astype(int)
        kinds = [("topics ", Svm, LinearSVC(C=0.5))]
        if all(row["lang"] == "en" for row in own):
            kinds.append(("minilm topics ", MiniLm, LogisticRegression(C=10, max_iter=300)))
        for prefix, kind, machine in kinds:
            x, y = kind.both([row["text"] for row in own], [row["text"] for row in chosen])
            yes = OneVsRestClassifier(machine).fit(x, gold).predict(y)
            found = [[label for label, one in zip(usable, line) if one] for line in yes]
            answers.update(keyed(prefix, chosen, found))
        print(name, "topics", len(own), len(chosen), flush=True)
    return answers


def dialect(training, rows, config):
    """One bar on all rows with a dialect label; rows of `eval/` that equal a training row are named."""
    own = [row for row in training if row.get("dialect_label")]
    outside = [row for group in rows.dialect_sets.values() for row in group]
    answers = {"seen": held.seen(outside, training)}
    if own:
        labels = sorted({row["dialect_label"] for row in own})
        machine = Svm([row["text"] for row in own], [row["dialect_label"] for row in own], labels)
        for _, _, chosen in rows.dialect():
            found = np.argmax(machine.scores([row["text"] for row in chosen]), 1)
            answers.update(keyed("dialect ", chosen, [labels[i] for i in found]))
        print("dialect", len(own), flush=True)
    return answers


def main():
    args = common.arguments(__doc__)
    config = common.configured(args)
    training, rows, answers = common.prepared("train"), held.Held(config, args.data), {}
    for part in (sentiment, topics, dialect):
        answers.update(part(training, rows, config))
    (common.WORK / "bars.json").write_text(json.dumps(answers, ensure_ascii=False))


if __name__ == "__main__":
    main()
