"""What every step shares: the configuration, the folders, rows in and out, the shipped normalizer."""

import argparse
import hashlib
import io
import json
import os
import re
from pathlib import Path

import tomllib
import zstandard

HERE = Path(__file__).resolve().parent
WORK = HERE / "work"
LABELS = ["negative", "neutral", "positive"]
# Masks the normalizer can write, in the lower case that the model reads; each stays one piece.
MASKS = ["[url]", "[user]", "[email]", "[phone]", "[iban]", "[card]", "[id]", "[num]", "[person]"]
SPECIALS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55\u2764\u263a]\ufe0f?|\ufe0f|\u200d")


def arguments(description, **extra):
    """The options of every step: --data, --config, --tiny and what `extra` adds."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--data", type=Path, default=os.environ.get("RASD_DATA", HERE.parents[2] / "shared/data"))
    parser.add_argument("--config", type=Path, default=HERE / "config.toml")
    parser.add_argument("--tiny", action="store_true", help="the kilobyte model for tests")
    for name, options in extra.items():
        parser.add_argument(f"--{name.replace('_', '-')}", **options)
    args = parser.parse_args()
    args.data = Path(args.data)
    return args


def load_config(path, tiny=False):
    """The configuration; `tiny` lays its own section over the others."""
    config = tomllib.loads(path.read_text(encoding="utf-8"))
    over = config.pop("tiny")
    config["tiny"] = tiny
    if tiny:
        for key, value in over.items():
            for section in ("model", "tokenizer", "train"):
                if key in config[section]:
                    config[section][key] = value
        config["name"] = over["name"]
        config["tokenizer"]["english_pieces"] = over["english_pieces"]
        config["train"]["steps"] = over["steps"]
    return config


def manifest():
    """data.toml: one table per set."""
    return tomllib.loads((HERE / "data.toml").read_text(encoding="utf-8"))


def read_rows(path):
    """Rows of a .jsonl.zst file, in file order."""
    with open(path, "rb") as file:
        reader = zstandard.ZstdDecompressor().stream_reader(file)
        for line in io.TextIOWrapper(reader, encoding="utf-8"):
            yield json.loads(line)


def model_work(config):
    """The folder of one model's checkpoints."""
    folder = WORK / config["name"]
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def prepared(*splits, sets=None, having=None):
    """Prepared rows of the named splits (all when none is named)."""
    rows = []
    with open(WORK / "rows.jsonl", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            if splits and row["split"] not in splits:
                continue
            if sets and row["set"] not in sets:
                continue
            if having and row.get(having) is None:
                continue
            rows.append(row)
    return rows


def drawn(rows, most):
    """At most so many rows, drawn by a hash of their id: files come ordered by label."""
    return sorted(rows, key=lambda row: hashlib.sha256(row["id"].encode()).digest())[:most]


def normalizer(config):
    """The normalizer that serves, from the built wheel."""
    import rasd

    return rasd.Normalizer(config["normalizer"]["preset"], **config["normalizer"]["rules"])
