"""What the heads beyond sentiment add: CPU-time of the whole graph beside one with sentiment alone, and of reading the words."""

import statistics
import tempfile
import time
from pathlib import Path

import common
import export
import graph
import model
import torch

TEXTS, TURNS = 400, 5


def sentiment_alone(config):
    """The trained net without its other heads and their columns of the wide part."""
    net = model.load(config, "final.pt", served=True)
    columns = net.columns["sentiment"]
    for name in list(net.heads):
        if name != "sentiment":
            del net.heads[name]
    net.columns = {"sentiment": slice(0, columns.stop - columns.start)}
    for table in ("wide_piece", "wide_pair", "wide_bias"):
        setattr(net, table, getattr(net, table)[..., columns].clone())
    net.temperatures = net.temperatures[:1].clone()
    return net


def seconds(work):
    start = time.process_time()
    work()
    return time.process_time() - start


def measure(bench):
    """Section `cost`; nothing where the trained net is not at hand. Turns take turns, so that a busy machine hits both."""
    if not (common.model_work(bench.config) / "final.pt").exists():
        return {}
    rows = [
        row for name in ("arbanking77", "banking77_en", "womens_clothing_en") for row in bench.held.of(name, "test")
    ]
    texts = [row["text"] for row in common.drawn(rows, TEXTS)]
    lists = bench.served.batcher.ids(texts)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.onnx"
        path.write_bytes(graph.build(sentiment_alone(bench.config), bench.config["model"]).SerializeToString())
        alone = export.session(path)
    found = {"sentiment": [], "every head": [], "words": []}
    for _ in range(TURNS):
        with torch.no_grad():
            found["sentiment"].append(seconds(lambda: export.run(alone, lists, batch=16)))
            found["every head"].append(seconds(lambda: export.run(bench.served.session, lists, batch=16)))
        found["words"].append(seconds(lambda: common.taxonomy_marks(texts)))
    least = {name: min(times) / len(texts) for name, times in found.items()}
    added = (least["every head"] + least["words"]) / least["sentiment"] - 1
    spread = statistics.pstdev(found["every head"]) / statistics.fmean(found["every head"])
    return {"cost": {"n": len(texts), "seconds": least, "added": added, "spread": spread}}
