"""The wide part: logistic regression over pieces, their letter n-grams and neighbouring pairs, folded into two tables.

A piece's weight is its own plus that of its letter n-grams, so a rare spelling borrows from its likes and the graph
still needs one number a piece. The training rows' own scores come from folds that did not see them: the deep part
must learn what the wide part misses, not what it remembers.
"""

import common
import model
import numpy as np
import scipy.sparse as sp
import torch
from sklearn.linear_model import LogisticRegression

FOLDS = 3
ABSENT = 5.0  # how far below the others a label lies that no row has


def piece_ngrams(pieces, low, high):
    """Sparse [piece, n-gram]: letters n-grams of each piece, a space before one that starts a word."""
    index, rows, columns = {}, [], []
    for i, piece in enumerate(pieces):
        word = piece[2:] if piece.startswith("##") else " " + piece
        for n in range(low, high + 1):
            for start in range(len(word) - n + 1):
                rows.append(i)
                columns.append(index.setdefault(word[start : start + n], len(index)))
    return sp.csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), (len(pieces), len(index)))


class Features:
    """id lists -> sparse [n, ...]; the same scaling by the root of the length as the graph's."""

    def __init__(self, pieces, buckets, settings):
        self.size, self.buckets = len(pieces), buckets
        self.ngrams = piece_ngrams(pieces, settings["ngram_min"], settings["ngram_max"])

    def counts(self, lists):
        lengths = np.array([len(ids) for ids in lists])
        flat = np.concatenate([np.asarray(ids, np.int64) for ids in lists])
        row = np.repeat(np.arange(len(lists)), lengths)
        inside = np.flatnonzero(row[1:] == row[:-1])
        pair = (flat[inside] * model.PAIR_FACTORS[0] + flat[inside + 1] * model.PAIR_FACTORS[1]) % self.buckets
        shape = (len(lists), self.size)
        pieces = sp.csr_matrix((np.ones(len(flat), np.float32), (row, flat)), shape)
        pairs = sp.csr_matrix((np.ones(len(pair), np.float32), (row[inside], pair)), (len(lists), self.buckets))
        root = sp.diags((1 / np.sqrt(lengths)).astype(np.float32))
        return root @ pieces, root @ pairs

    def fit_scale(self, lists):
        """Inverse document frequency of every column, from training lists."""
        pieces, pairs = self.counts(lists)
        n = len(lists)
        idf = [
            np.log((1 + n) / (1 + np.asarray((part > 0).sum(0)).ravel())).astype(np.float32)
            for part in (pieces, pieces @ self.ngrams, pairs)
        ]
        self.piece_scale, self.ngram_scale, self.pair_scale = idf
        self.ngram_scale = self.ngram_scale * 0.4
        return self

    def matrix(self, lists):
        pieces, pairs = self.counts(lists)
        parts = [
            pieces @ sp.diags(self.piece_scale),
            pieces @ self.ngrams @ sp.diags(self.ngram_scale),
            pairs @ sp.diags(self.pair_scale),
        ]
        return sp.hstack(parts, "csr", dtype=np.float32)

    def tables(self, weights):
        """Regression weights [columns, outputs] -> (per piece, per pair)."""
        a, b = self.size, self.size + self.ngrams.shape[1]
        piece = weights[:a] * self.piece_scale[:, None] + self.ngrams @ (weights[a:b] * self.ngram_scale[:, None])
        return piece, weights[b:] * self.pair_scale[:, None]


def set_weights(names, weak, weak_weight):
    """A weight for each row: small sets count for more than their rows, weak labels for less."""
    counts = {name: names.count(name) for name in set(names)}
    base = np.array([np.clip((8000 / counts[name]) ** 0.5, 0.5, 3.0) for name in names])
    base = base * np.where(weak, weak_weight, 1.0)
    return base / base.mean()


def fit(x, y, weight, c, n):
    """Multinomial weights [columns, n] and bias; of two classes the first stays at zero, an absent one far below."""
    classifier = LogisticRegression(C=c, max_iter=100, tol=1e-5).fit(x, y, sample_weight=weight)
    found, bias = np.zeros((x.shape[1], n)), np.full(n, -ABSENT)
    bias[classifier.classes_] = 0.0
    there = classifier.classes_[-len(classifier.coef_) :]
    found[:, there], bias[there] = classifier.coef_.T, classifier.intercept_
    return found, bias


def folds_of(rows):
    """Fold of each row, by near-duplicate cluster."""
    return np.array([row["cluster"] * 2654435761 % 2**32 * FOLDS // 2**32 for row in rows])


def inventory(config):
    """Set -> bool[topic]: which topics its categories can say."""
    labels, known = config["topics"]["labels"], {}
    for name in ("semeval16_hotels_ar", "mams_acsa_en"):
        values = set(config["topics"][name].values())
        known[name] = np.array([label in values for label in labels])
    known["semeval16_hotels_ar_review"] = known["semeval16_hotels_ar"]
    return known


def targets(kind, rows, config, columns):
    """(classes, usable rows, columns) of each regression of a head."""
    every = np.ones(len(rows), bool)
    if kind == "topic":
        can = np.array([inventory(config)[row["set"]] for row in rows])
        return [
            (np.array([label in row["topics"] for row in rows]).astype(int), can[:, i - columns.start], slice(i, i + 1))
            for i, label in enumerate(config["topics"]["labels"], columns.start)
        ]
    labels = common.heads(config)[kind]
    field = "sentiment" if kind == "sentiment" else "dialect_label"
    return [(np.array([labels.index(row[field]) for row in rows]), every, columns)]


def fitted(kind, features, train, dev, config, columns):
    """(piece table, pair table, bias, the training rows' out-of-fold scores, the dev rows' scores)."""
    settings, outputs = config["wide"], columns.stop - columns.start
    lists = [row["ids"] for row in train]
    x, fold = features.fit_scale(lists).matrix(lists), folds_of(train)
    x_dev = features.matrix([row["ids"] for row in dev])
    # A dialect counts as a set of its own: most rows are of two of them.
    names = [f"{row['set']} {row['dialect_label'] if kind == 'dialect' else ''}" for row in train]
    weight = set_weights(names, np.array([row["weak"] for row in train]), settings["weak_weight"])
    piece, pair = np.zeros((features.size, outputs)), np.zeros((features.buckets, outputs))
    bias, own, seen = np.zeros(outputs), np.zeros((len(train), outputs)), np.zeros((len(dev), outputs))
    for y, usable, place in targets(kind, train, config, columns):
        at = slice(place.start - columns.start, place.stop - columns.start)
        for k in [*range(FOLDS), None]:
            used = usable & (fold != k) if k is not None else usable
            w, b = fit(
                x[used], y[used], weight[used], settings["inverse_regularization"], 2 if kind == "topic" else outputs
            )
            if kind == "topic":
                w, b = w[:, 1:], b[1:]
            if k is not None:
                own[fold == k, at] = x[fold == k] @ w + b
            else:
                piece[:, at], pair[:, at] = features.tables(w)
                bias[at], seen[:, at] = b, x_dev @ w + b
    return piece, pair, bias, own, seen


def labelled(kind, rows, config):
    """The rows that a head learns from; of the manuals only a draw."""
    if kind == "topic":
        return [row for row in rows if row["topics"] is not None]
    if kind == "sentiment":
        return [row for row in rows if row["sentiment"]]
    manuals = [row for row in rows if row["set"] == "msdocs_ar_mono" and "kind" not in row]
    rest = [row for row in rows if row["dialect_label"] and (row["set"] != "msdocs_ar_mono" or "kind" in row)]
    return rest + common.drawn(manuals, config["wide"]["manual_rows"])


def main():
    args = common.arguments(__doc__)
    config = common.configured(args)
    folder = common.model_work(config)
    batcher = model.Batcher(folder, config["model"]["max_tokens"])
    ids = batcher.tokenizer.get_vocab()
    net = model.load(config)
    rows = [row for row in common.prepared("train", "dev") + common.varied(config) if not common.left_out(row, config)]
    rows = rows[:: 12 if config["tiny"] else 1]
    scores = {}
    for kind, columns in net.columns.items():
        chosen = labelled(kind, rows, config)
        chosen = [dict(row, ids=found) for row, found in zip(chosen, batcher.ids([row["text"] for row in chosen]))]
        train, dev = [r for r in chosen if r["split"] == "train"], [r for r in chosen if r["split"] == "dev"]
        features = Features(sorted(ids, key=ids.get), net.buckets, config["wide"])
        piece, pair, bias, own, seen = fitted(kind, features, train, dev, config, columns)
        for table, value in ((net.wide_piece, piece), (net.wide_pair, pair), (net.wide_bias, bias)):
            table[..., columns] = torch.from_numpy(value).float()
        for row, value in zip(train, own):
            found = torch.zeros(len(net.wide_bias))
            found[columns] = torch.from_numpy(value).float()
            scores[f"{kind} {row['id']}"] = found
        if kind != "topic":
            report(kind, dev, seen, config)
    torch.save(net.state_dict(), folder / "wide.pt")
    torch.save(scores, folder / "wide_scores.pt")


def report(kind, rows, scores, config):
    """Accuracy on the dev rows of each set, among the labels that the set has."""
    labels, field = common.heads(config)[kind], "sentiment" if kind == "sentiment" else "dialect_label"
    for name in sorted({r["set"] for r in rows}):
        chosen = [i for i, r in enumerate(rows) if r["set"] == name]
        gold = np.array([labels.index(rows[i][field]) for i in chosen])
        among = np.isin(np.arange(len(labels)), gold)
        print(f"{name:28} {len(chosen):6} {(np.where(among, scores[chosen], -1e9).argmax(1) == gold).mean():.3f}")


if __name__ == "__main__":
    main()
