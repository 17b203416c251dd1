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


def fit(x, y, weight, c):
    """Multinomial weights [columns, classes] and bias; two classes become (0, w)."""
    classifier = LogisticRegression(C=c, max_iter=100, tol=1e-5).fit(x, y, sample_weight=weight)
    if len(classifier.classes_) == 2:
        return np.hstack([np.zeros_like(classifier.coef_.T), classifier.coef_.T]), np.array(
            [0.0, classifier.intercept_[0]]
        )
    return classifier.coef_.T, classifier.intercept_


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


def main():
    args = common.arguments(__doc__)
    config = common.load_config(args.config, args.tiny)
    folder, settings, labels = common.model_work(config), config["wide"], config["topics"]["labels"]
    batcher = model.Batcher(folder, config["model"]["max_tokens"])
    ids = batcher.tokenizer.get_vocab()
    net = model.load(config)
    features = Features(sorted(ids, key=ids.get), net.buckets, settings)
    rows = common.prepared("train", "dev")[:: 12 if config["tiny"] else 1]
    said, about = [r for r in rows if r["sentiment"]], [r for r in rows if r["topics"] is not None]
    n = len(common.LABELS)
    outputs = n + len(labels)
    scores = {}
    for kind, chosen in (("sentiment", said), ("topic", about)):
        train, dev = [r for r in chosen if r["split"] == "train"], [r for r in chosen if r["split"] == "dev"]
        lists = batcher.ids([r["text"] for r in train])
        features.fit_scale(lists)
        x, fold = features.matrix(lists), folds_of(train)
        x_dev = features.matrix(batcher.ids([r["text"] for r in dev]))
        names = [r["set"] for r in train]
        weight = set_weights(names, np.array([r["weak"] for r in train]), settings["weak_weight"])
        if kind == "sentiment":
            targets = [
                (np.array([common.LABELS.index(r["sentiment"]) for r in train]), np.ones(len(train), bool), slice(0, n))
            ]
        else:
            can = np.array([inventory(config)[name] for name in names])
            targets = [
                (np.array([label in r["topics"] for r in train]).astype(int), can[:, i], n + i)
                for i, label in enumerate(labels)
            ]
        own, seen = np.zeros((len(train), outputs), np.float32), np.zeros((len(dev), outputs), np.float32)
        for y, usable, place in targets:
            for k in [*range(FOLDS), None]:
                used = usable & (fold != k) if k is not None else usable
                w, b = fit(x[used], y[used], weight[used], settings["inverse_regularization"])
                if not isinstance(place, slice):
                    w, b = w[:, 1:], b[1:]
                at = place if isinstance(place, slice) else slice(place, place + 1)
                if k is not None:
                    own[fold == k, at] = x[fold == k] @ w + b
                else:
                    piece, pair = features.tables(w)
                    net.wide_piece[:, at] = torch.from_numpy(piece).float()
                    net.wide_pair[:, at] = torch.from_numpy(pair).float()
                    net.wide_bias[at] = torch.from_numpy(b).float()
                    seen[:, at] = x_dev @ w + b
        scores.update({f"{kind} {r['id']}": row for r, row in zip(train, own)})
        if kind == "sentiment":
            report(dev, seen[:, :n])
    torch.save(net.state_dict(), folder / "wide.pt")
    torch.save({key: torch.from_numpy(value.copy()) for key, value in scores.items()}, folder / "wide_scores.pt")


def report(rows, scores):
    """Accuracy on the dev rows of each set, among the labels that the set has."""
    for name in sorted({r["set"] for r in rows}):
        chosen = [i for i, r in enumerate(rows) if r["set"] == name]
        gold = np.array([common.LABELS.index(rows[i]["sentiment"]) for i in chosen])
        among = np.isin(np.arange(len(common.LABELS)), gold)
        print(f"{name:28} {len(chosen):6} {(np.where(among, scores[chosen], -1e9).argmax(1) == gold).mean():.3f}")


if __name__ == "__main__":
    main()
