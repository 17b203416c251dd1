"""Trained net -> the model folder that the library opens: model.onnx, tokenizer.json, config.json, LICENSES.md."""

import hashlib
import json
import shutil
from pathlib import Path

import common
import graph
import licences
import model
import numpy as np
import onnxruntime as ort
import torch


def session(path):
    """The served session's options: one thread, weights dequantized, activations never quantized."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def run(sess, lists, batch=32):
    """Name -> value of id lists, in their order."""
    names = [output.name for output in sess.get_outputs()]
    order = sorted(range(len(lists)), key=lambda i: len(lists[i]))
    parts = []
    for start in range(0, len(order), batch):
        ids, mask = model.Batcher.pad([lists[i] for i in order[start : start + batch]])
        parts.append(sess.run(names, {"input_ids": ids.numpy(), "attention_mask": mask.long().numpy()}))
    back = np.argsort(order)
    return {name: np.concatenate(column)[back] for name, column in zip(names, zip(*parts))}


def check(sess, net, batcher):
    """A row alone and the same row in a padded batch agree; int8 stays near the trained net."""
    texts = [
        row["text"]
        for row in common.prepared("test", sets=["arsarcasm_v2", "banking77_en", "semeval16_hotels_ar"])[::40]
    ]
    lists = batcher.ids(texts)
    together, alone, trained = run(sess, lists, batch=len(lists)), run(sess, lists, batch=1), model.run(net, lists)
    batch_mates = max(float(np.abs(together[name] - alone[name]).max()) for name in together)
    cosine = (together["embedding"] * trained["embedding"].numpy()).sum(1).min()
    agree = (together["sentiment_logits"].argmax(1) == trained["sentiment_logits"].numpy().argmax(1)).mean()
    print(
        f"{len(lists)} texts: batch-mates change a number by at most {batch_mates:.1e}; int8 against trained: "
        f"cosine at least {cosine:.4f}, same sentiment {agree:.1%}"
    )
    if batch_mates > 1e-5:
        raise SystemExit("a row's result depends on its batch")


def normalizer(config):
    """Every rule by name, with the hash of the lines "rule=value"."""
    rules = dict(sorted(common.normalizer(config).rules.items()))
    lines = "".join(f"{rule}={value}\n" for rule, value in rules.items())
    return {"rules": rules, "sha256": hashlib.sha256(lines.encode()).hexdigest()}


def main():
    args = common.arguments(__doc__, checkpoint={"default": "final.pt"}, out={"type": Path})
    config = common.configured(args)
    folder = common.model_work(config)
    out = args.out or common.HERE.parent / config["name"]
    out.mkdir(parents=True, exist_ok=True)
    net = model.load(config, args.checkpoint, served=True)
    (out / "model.onnx").write_bytes(graph.build(net, config["model"]).SerializeToString())
    shutil.copyfile(folder / "tokenizer.json", out / "tokenizer.json")
    batcher = model.Batcher(folder, config["model"]["max_tokens"])
    with torch.no_grad():
        check(session(out / "model.onnx"), net, batcher)
    path = folder / "calibration.json"
    fitted = json.loads(path.read_text()) if path.exists() else {}
    heads = {
        name: {"labels": labels, "temperature": 1.0} | fitted.get(name, {})
        for name, labels in common.served_heads(config).items()
    }
    written = {
        "format_version": 1,
        "name": config["name"],
        "max_tokens": config["model"]["max_tokens"],
        "embedding_dim": config["model"]["dim"],
        "normalizer": normalizer(config),
        "heads": heads,
        "files": {
            name: hashlib.sha256((out / name).read_bytes()).hexdigest() for name in ("model.onnx", "tokenizer.json")
        },
    }
    (out / "config.json").write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    (out / "LICENSES.md").write_text(licences.text(config), encoding="utf-8")
    print(f"{out}: " + ", ".join(f"{path.name} {path.stat().st_size / 1e6:.2f} MB" for path in sorted(out.iterdir())))


if __name__ == "__main__":
    main()
