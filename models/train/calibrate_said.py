"""Held rows -> how the heads of what a comment says are read: wide part, temperature, evidence of words, thresholds.

Evidence is what `src/analyzer/said.rs` adds to a logit for strong and for weak marks of the taxonomy, label by label. It is
fitted on the held parts of the probe's dev half and of the written sentences, which keep their own form; the body and
the heads saw neither.
"""

import calibrate
import common
import heads
import numpy as np
import said
import torch
import torch.nn.functional as F

MARKS = {"topic": "topics", "kind": "kinds", "emotion": "emotions", "cue": "cues", "actor": "actors"}
SCALES = [0.0, 0.25, 0.5, 0.75, 1.0]
LEAST_ANSWERS = 5
SHRINK = 0.00002  # of evidence towards none: marks are rare
GRID = np.round(np.arange(0.2, 0.96, 0.05), 2)


def marks(rows, head, labels, read):
    """f32[2, rows, labels]: whether strong marks of the label stand in the text, and whether only weak ones do."""
    found = torch.zeros(2, len(rows), len(labels))
    if head not in MARKS:
        return found
    for i, one in enumerate(read):
        for mark in one[MARKS[head]]:
            if mark["id"] in labels:
                found[0 if mark["strength"] == "strong" else 1, i, labels.index(mark["id"])] = 1.0
    found[1] *= 1.0 - found[0]
    return found


def loss_of(head, logits, gold, told):
    """Mean loss of each row."""
    if head in common.SEVERAL:
        each = F.binary_cross_entropy_with_logits(logits, gold, reduction="none") * told
        return each.sum(1) / told.sum(1).clamp(min=1.0)
    return F.cross_entropy(logits, gold, reduction="none")


def fit_evidence(head, logits, gold, told, words):
    """(temperature, weight of strong marks, of weak marks and bias of each label) of least loss."""
    scale, free = torch.zeros(1, requires_grad=True), torch.zeros(3, gold.shape[1], requires_grad=True)
    optim = torch.optim.LBFGS([scale, free], max_iter=200, line_search_fn="strong_wolfe")

    def closure():
        optim.zero_grad()
        total = logits / scale.exp() + free[0] * words[0] + free[1] * words[1] + free[2] * (head not in common.SEVERAL)
        loss = loss_of(head, total, gold, told).mean() + SHRINK * ((free**2).sum() + (scale**2).sum())
        loss.backward()
        return loss

    optim.step(closure)
    free = torch.cat([free.detach()[:2].clamp(min=0.0), free.detach()[2:]])  # no word speaks against its own label
    strong, weak, bias = ([round(float(x), 4) for x in part] for part in free)
    return round(float(scale.detach().exp()), 4), strong, weak, [] if head in common.SEVERAL else bias


def best_threshold(probabilities, gold):
    """The threshold of best F1, ties to the one nearest a half."""

    def f1(t):
        chosen = probabilities >= t
        return 2 * (chosen & gold).sum() / max(1, chosen.sum() + gold.sum())

    return float(max(np.round(np.arange(0.1, 0.85, 0.05), 2), key=lambda t: (round(f1(t), 4), -abs(t - 0.5))))


def abstention(probabilities, gold, label, wanted):
    """The least threshold from which this label, given as the best one, is right often enough."""
    top = probabilities.argmax(1) == label
    for threshold in GRID:
        given = top & (probabilities[:, label] >= threshold)
        if given.sum() < LEAST_ANSWERS:
            break
        if (gold[given].argmax(1) == label).mean() >= wanted:
            return float(threshold)
    return float(GRID[-1])


def fit(net, batcher, config):
    """What config.json says of each head; the net's wide tables are scaled in place."""
    rows = [row for row in said.rows(config) if said.held(row)]
    deep, flat = calibrate.outputs(net, batcher.ids([row["text"] for row in rows]))
    own = [i for i, row in enumerate(rows) if "raw" in row]
    read = common.taxonomy_marks([rows[i]["raw"] for i in own])
    place, start = {}, 0
    for name, labels in common.served_heads(config).items():
        place[name] = slice(start, start + len(labels))
        start += len(labels)
    result = {}
    for head in common.SAID:
        labels = common.served_heads(config)[head]
        usable = [i for i, row in enumerate(rows) if row[common.SAID[head]] is not None]
        gold, told = heads.targets(head, [rows[i] for i in usable], config)
        names = [rows[i]["set"] for i in usable]
        logits, scale = deep[usable][:, place[head]], 0.0
        if head in net.columns:
            wide = flat[usable][:, net.columns[head]]
            losses = {
                s: calibrate.set_mean(loss_of(head, logits + s * wide, gold, told).numpy(), np.array(names))
                for s in SCALES
            }
            scale = min(losses, key=losses.get)
            logits = logits + scale * wide
            net.calibrate(head, scale, [1.0, 1.0])
        mine = [k for k, i in enumerate(usable) if i in set(own)]
        judged = mine or list(range(len(usable)))
        read_of = [read[own.index(usable[k])] for k in mine]
        words = marks([rows[usable[k]] for k in judged], head, labels, read_of)
        temperature, strong, weak, bias = fit_evidence(head, logits[judged], gold[judged], told[judged], words)
        total = logits / temperature + torch.tensor(bias or [0.0] * len(labels))
        total[judged] += torch.tensor(strong) * words[0] + torch.tensor(weak) * words[1]
        if head in common.SEVERAL:
            p, g, t = torch.sigmoid(total).numpy(), gold.numpy() > 0, told.numpy() > 0
            thresholds = [best_threshold(p[t[:, j], j], g[t[:, j], j]) for j in range(len(labels))]
        else:
            p = torch.softmax(total, 1).numpy()
            if head == "sarcasm":  # said or not, never withheld
                thresholds = [best_threshold(p[:, j], gold[:, j].numpy() > 0) for j in range(len(labels))]
            else:
                wanted = config["said"]["wanted"][head]
                thresholds = [abstention(p[judged], gold[judged].numpy(), j, wanted) for j in range(len(labels))]
        print(f"{head}: wide part {scale}, temperature {temperature}; threshold, strong, weak:")
        print("  ", dict(zip(labels, zip(thresholds, strong, weak))))
        result[head] = {
            "temperature": temperature,
            "thresholds": thresholds,
            "strong": strong,
            "weak": weak,
            "bias": bias,
        }
    return result
