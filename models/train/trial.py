"""A trial's net in a few figures -> its line of ablations.json: `trial.py --name short --what "300 steps"`.

Sentiment and dialect on dev rows, meaning on the unseen intents, as `evaluate.py` measures them, from the float net.
"""

import json

import calibrate
import common
import figures
import measure_meaning
import model
import numpy as np
import torch

ROWS = 250  # of a set


class Net:
    """The net of a trial, asked like a served folder."""

    def __init__(self, config):
        self.net = model.load(config, "final.pt", served=True)
        self.batcher = model.Batcher(common.model_work(config), config["model"]["max_tokens"])

    def run(self, texts):
        return {name: value.numpy() for name, value in model.run(self.net, self.batcher.ids(texts)).items()}

    def vectors(self, texts):
        return self.run(texts)["embedding"]


class Bench:
    """What `measure_meaning` reads of a bench."""

    def __init__(self, net, config):
        self.served, self.config, self.held = net, config, self

    def of(self, name, split):
        return [row for row in common.prepared(split, sets=[name]) if not row["seen"]]


def labelled(net, head, rows, field, labels):
    """Mean over sets of (accuracy, macro-F1), among the labels that a set has."""
    found = []
    for name in sorted({row["set"] for row in rows}):
        mine = [row for row in rows if row["set"] == name]
        gold = np.array([labels.index(row[field]) for row in mine])
        scores = net.run([row["text"] for row in mine])[f"{head}_logits"]
        has = np.unique(gold)
        said = figures.decided(gold, has[scores[:, has].argmax(1)], labels)
        found.append((said["accuracy"], said["macro_f1"]))
    return [float(value) for value in np.mean(found, 0)]


def main():
    args = common.arguments(__doc__, what={"required": True, "help": "what the trial does otherwise"})
    config = common.configured(args)
    torch.set_num_threads(config["threads"])
    net, rows = Net(config), common.prepared("dev")
    said = calibrate.sample(rows, "sentiment", ROWS)
    spoken = [row for row in calibrate.sample(rows, "dialect_label", ROWS) if row["set"] == "arsarcasm_v2"]
    accuracy, macro = labelled(net, "sentiment", said, "sentiment", common.LABELS)
    entry = {
        "name": config["name"],
        "what": args.what,
        "steps": config["train"]["steps"],
        "seed": config["seed"],
        "sentiment accuracy": accuracy,
        "sentiment macro-F1": macro,
        "dialect accuracy, tweets": labelled(net, "dialect", spoken, "dialect_label", config["dialects"]["labels"])[0],
    }
    bench = Bench(net, config)
    for name, found in measure_meaning.groups(bench).items():
        vectors = measure_meaning.centred(net.vectors([row["text"] for row in found]), [row["lang"] for row in found])
        entry[f"NMI {name}"] = measure_meaning.clustered(vectors, [row["intent"] for row in found], 7)["nmi"]
    for mark in measure_meaning.TESTED_DIALECTS:
        pairs = [row for row in bench.of("arbanking77_parallel", "test") if row["unseen"] and row["dialect"] == mark]
        pairs = [(row["en"], row["text"]) for row in pairs]
        both = measure_meaning.both_ways(
            lambda texts, marks: measure_meaning.centred(net.vectors(texts), marks), pairs, ("en", "ar")
        )
        entry[f"{mark} to English first"] = both["back_top1"]
    entry = {key: round(value, 4) if isinstance(value, float) else value for key, value in entry.items()}
    path = common.HERE / "ablations.json"
    kept = [other for other in json.loads(path.read_text(encoding="utf-8")) if other["name"] != entry["name"]]
    path.write_text(json.dumps([*kept, entry], ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(entry, ensure_ascii=False))


if __name__ == "__main__":
    main()
