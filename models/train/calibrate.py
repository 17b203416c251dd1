"""Dev rows -> how much the wide part counts, temperatures and thresholds.

In: said.pt. Out: final.pt (the wide tables scaled) and calibration.json. Test rows are not read.
"""

import json

import calibrate_said
import common
import model
import numpy as np
import torch
import torch.nn.functional as F
from sklearn.metrics import f1_score

SCALES = [0.0, 0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0, 2.5, 3.0]


def outputs(net, lists):
    """(deep logits, wide logits), head after head, of id lists."""
    order = sorted(range(len(lists)), key=lambda i: len(lists[i]))
    deep, flat = [], []
    with torch.no_grad():
        for start in range(0, len(order), 32):
            ids, mask = model.Batcher.pad([lists[i] for i in order[start : start + 32]])
            middle, last = net.encode(ids, mask)
            # Heads without a wide part come last.
            deep.append(torch.cat([net.deep(name, middle, last) for name in net.heads], 1))
            flat.append(net.wide(ids, mask))
    back = torch.argsort(torch.tensor(order))
    return torch.cat(deep)[back], torch.cat(flat)[back]


def by_language(rows, loss):
    """(temperature in English, in Arabic) of the least `loss(temperature, mine)`; 1 where no row is in the language."""
    found = []
    for lang in ("en", "ar"):
        mine = np.array([row["lang"] == lang for row in rows])
        found.append(fit_temperature(lambda t, mine=mine: loss(t, mine)) if mine.any() else 1.0)
    return found


def fit_temperature(loss):
    """The temperature of least loss on a fine grid."""
    grid = np.exp(np.linspace(np.log(0.4), np.log(4.0), 60))
    return float(min(grid, key=lambda t: float(loss(t))))


def set_mean(values, names):
    """Mean over sets of the mean within each, so that a large set does not decide alone."""
    return float(np.mean([values[[n == name for n in names]].mean() for name in sorted(set(names))]))


def goodness(logits, gold, names):
    """Mean over sets of the mean of accuracy and macro-F1, among the labels that a set has."""
    found = []
    for name in sorted(set(names)):
        mine = np.array([n == name for n in names])
        has = np.unique(gold[mine])
        said = has[logits[mine][:, has].argmax(1)]
        found.append(((said == gold[mine]).mean() + f1_score(gold[mine], said, average="macro")) / 2)
    return float(np.mean(found))


def one_of(name, net, batcher, rows, labels, field):
    """(weight of the wide part, temperatures, scaled logits, gold, sets) of a head that gives one label a row."""
    deep, flat = (part[:, net.columns[name]] for part in outputs(net, batcher.ids([row["text"] for row in rows])))
    gold, names = torch.tensor([labels.index(row[field]) for row in rows]), [row["set"] for row in rows]
    scores = {s: goodness((deep + s * flat).numpy(), gold.numpy(), names) for s in SCALES}
    # Differences under half a point are noise here: of the scales that near the best, the one nearest to as-trained.
    scale = min((s for s in SCALES if scores[s] >= max(scores.values()) - 0.005), key=lambda s: abs(s - 1))
    logits = deep + scale * flat
    names = np.array(names)

    def loss(t, mine):
        return set_mean(F.cross_entropy(logits[mine] / t, gold[mine], reduction="none").numpy(), names[mine])

    temperatures = by_language(rows, loss)
    print(f"{name}, dev score by weight of the wide part:", {s: round(v, 4) for s, v in scores.items()})
    print(f"{name}: weight {scale}, temperature in English {temperatures[0]:.3f}, in Arabic {temperatures[1]:.3f}")
    return scale, temperatures, logits, gold.numpy(), names


def abstention(probabilities, gold, names, wanted):
    """The least threshold whose answers are right often enough (mean over sets); the strictest where none is."""
    top, right = probabilities.max(1), probabilities.argmax(1) == gold
    for threshold in np.round(np.arange(0.3, 0.96, 0.05), 2):
        answered = top >= threshold
        each = [right[answered & (np.array(names) == name)] for name in sorted(set(names))]
        if np.mean([part.mean() for part in each if len(part)]) >= wanted:
            break
    print(f"dialect: threshold {threshold}, answered {answered.mean():.1%}, right {right[answered].mean():.1%}")
    return float(threshold)


def sample(rows, field, most):
    """Dev rows of each set that carry the field, weak labels left out."""
    names = sorted({row["set"] for row in rows if row[field]})
    return [
        row
        for name in names
        for row in common.drawn([r for r in rows if r["set"] == name and r[field] and not r["weak"]], most)
    ]


def main():
    args = common.arguments(__doc__)
    config = common.configured(args)
    torch.set_num_threads(config["threads"])
    folder = common.model_work(config)
    net = model.load(config, "said.pt", served=True)
    batcher = model.Batcher(folder, config["model"]["max_tokens"])
    rows, heads = common.prepared("dev"), {}

    said = sample(rows, "sentiment", 400)
    scale, temperatures, *_ = one_of("sentiment", net, batcher, said, common.LABELS, "sentiment")
    net.calibrate("sentiment", scale, temperatures)

    dialects, spoken = config["dialects"]["labels"], sample(rows, "dialect_label", 400)
    scale, temperatures, logits, gold, names = one_of("dialect", net, batcher, spoken, dialects, "dialect_label")
    net.calibrate("dialect", scale, temperatures)
    probabilities = torch.softmax(logits / temperatures[1], 1).numpy()
    threshold = abstention(probabilities, gold, names, config["dialects"]["wanted_accuracy"])
    heads["dialect"] = {"threshold": threshold}

    heads |= calibrate_said.fit(net, batcher, config)
    torch.save(net.state_dict(), folder / "final.pt")
    (folder / "calibration.json").write_text(json.dumps(heads, indent=1))


if __name__ == "__main__":
    main()
