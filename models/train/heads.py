"""The heads of what a comment says, put on the trained net: a wide part for topic and kind, deep parts yet to be trained.

In: trained.pt. Out: whole.pt, the net with every served head. The second training (`train.py --second`) goes on from it.
"""

import common
import model
import numpy as np
import said
import torch
import wide


def targets(head, rows, config):
    """(gold f32[rows, labels], mask of the same shape): what each row says of a head."""
    labels = common.served_heads(config)[head]
    gold, mask = torch.zeros(len(rows), len(labels)), torch.zeros(len(rows), len(labels))
    for i, row in enumerate(rows):
        if head in common.SEVERAL:
            able = row["can"] if head == "topic" else labels
            for j, label in enumerate(labels):
                gold[i, j], mask[i, j] = label in row[common.SAID[head]], label in able
        else:
            gold[i, labels.index(row[head])], mask[i] = 1.0, 1.0
    return gold, mask


def usable(head, rows):
    """The rows that say something of a head."""
    return [row for row in rows if row[common.SAID.get(head, head)] is not None]


def weights_of(rows):
    """A row's weight: its set's, times more where the set is small."""
    names = [row["set"] for row in rows]
    counts = {name: names.count(name) for name in set(names)}
    found = np.array([row["weight"] * min(3.0, (4000 / counts[row["set"]]) ** 0.5) for row in rows])
    return found / found.mean()


def fit_wide(head, matrix, rows, config):
    """Weights [columns, labels] and biases of regressions over pieces and pairs."""
    gold, mask = (part.numpy() for part in targets(head, rows, config))
    weight, c = weights_of(rows), config["wide"]["inverse_regularization"]
    if head != "topic":
        return wide.fit(matrix, gold.argmax(1), weight, c, gold.shape[1])
    found, bias = np.zeros((matrix.shape[1], gold.shape[1])), np.zeros(gold.shape[1])
    for j in range(gold.shape[1]):
        used = mask[:, j] > 0
        w, b = wide.fit(matrix[used], gold[used, j].astype(int), weight[used], c, 2)
        found[:, j], bias[j] = w[:, 1], b[1]
    return found, bias


def main():
    args = common.arguments(__doc__)
    config = common.configured(args)
    folder = common.model_work(config)
    torch.manual_seed(config["seed"])
    net, first = model.load(config, None, served=True), model.load(config, "trained.pt")
    state, old = net.state_dict(), first.state_dict()
    for key, value in old.items():
        if key in state and not key.startswith(("heads.topic", "wide", "temperatures")):
            state[key].copy_(value)
    for name in ("sentiment", "dialect"):
        for table in ("wide_piece", "wide_pair", "wide_bias"):
            state[table][..., net.columns[name]] = old[table][..., first.columns[name]]
    batcher = model.Batcher(folder, config["model"]["max_tokens"])
    ids = batcher.tokenizer.get_vocab()
    rows = [row for row in said.rows(config) if said.learned(row)][:: 12 if config["tiny"] else 1]
    for head in ("topic", "kind"):
        chosen = usable(head, rows)
        features = wide.Features(sorted(ids, key=ids.get), net.buckets, config["wide"])
        lists = batcher.ids([row["text"] for row in chosen])
        weights, bias = fit_wide(head, features.fit_scale(lists).matrix(lists), chosen, config)
        piece, pair = features.tables(weights)
        for table, value in (("wide_piece", piece), ("wide_pair", pair), ("wide_bias", bias)):
            state[table][..., net.columns[head]] = torch.from_numpy(value).float()
        print(f"{head}: {len(chosen)} rows")
    torch.save(state, folder / "whole.pt")


if __name__ == "__main__":
    main()
