"""What rounding to 8 bits costs: the graph beside the trained net on the same dev rows, at most 300 of a set."""

import common
import model
import numpy as np

MOST = 300


def measure(bench):
    """Section `int8`; nothing where the trained net is not at hand."""
    path = common.model_work(bench.config) / "final.pt"
    if not path.exists():
        return {}
    rows = [row for _, split, chosen in bench.held.sentiment() if split == "dev" for row in chosen[:MOST]]
    texts = [row["text"] for row in rows]
    trained = model.run(model.load(bench.config, "final.pt", served=True), bench.served.batcher.ids(texts))
    graph = bench.served.run(texts)
    vectors, logits = trained["embedding"].numpy(), trained["sentiment_logits"].numpy()
    cosine = (vectors * graph["embedding"]).sum(1)
    if cosine.mean() < 0.9:
        raise SystemExit(f"{path}: not the net of {bench.served.folder}\nhint: export again, or name its configuration")
    gold = np.array([common.LABELS.index(row["sentiment"]) for row in rows])
    names = np.array([row["set"] for row in rows])
    said = {"trained": logits.argmax(1), "int8": graph["sentiment_logits"].argmax(1)}
    accuracy = {
        who: float(np.mean([(found == gold)[names == name].mean() for name in set(names.tolist())]))
        for who, found in said.items()
    }
    return {
        "int8": {
            "n": len(rows),
            "accuracy": accuracy,
            "loss": accuracy["trained"] - accuracy["int8"],
            "same_label": float((said["trained"] == said["int8"]).mean()),
            "mean_cosine": float(cosine.mean()),
            "least_cosine": float(cosine.min()),
        }
    }
