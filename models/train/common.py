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
LEXICONS = HERE.parents[1] / "src/normalize/tables/dialect"
LABELS = ["negative", "neutral", "positive"]
# Masks the normalizer can write, in the lower case that the model reads; each stays one piece.
MASKS = ["[url]", "[user]", "[email]", "[phone]", "[iban]", "[card]", "[id]", "[num]", "[person]"]
# Heads of what a comment says -> the field of a row that tells it; of those with several labels at once, the field lists.
SAID = {"topic": "topics", "kind": "kind", "emotion": "emotion", "sarcasm": "sarcasm", "cue": "cues", "actor": "actor"}
SEVERAL = {"topic", "cue"}
SPECIALS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
EMOJI = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u2b50\u2b55\u2764\u263a]\ufe0f?|\ufe0f|\u200d")


def arguments(description, **extra):
    """The options of every step: --data, --config, --tiny and what `extra` adds."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--data", type=Path, default=os.environ.get("RASD_DATA", HERE.parents[2] / "shared/data"))
    parser.add_argument("--config", type=Path, default=HERE / "config.toml")
    parser.add_argument("--tiny", action="store_true", help="the kilobyte model for tests")
    parser.add_argument("--fast", action="store_true", help="the model of one layer")
    parser.add_argument("--name", help="another work folder, for a trial beside the shipped run")
    parser.add_argument(
        "--set", action="append", default=[], metavar="SECTION.KEY=VALUE", help="one setting of the trial"
    )
    for name, options in extra.items():
        parser.add_argument(f"--{name.replace('_', '-')}", **options)
    args = parser.parse_args()
    args.data = Path(args.data)
    return args


def configured(args):
    """The configuration that the options ask for."""
    config = load_config(args.config, args.tiny, args.fast)
    config["name"] = args.name or config["name"]
    for setting in args.set:
        path, _, value = setting.partition("=")
        place = config
        *sections, key = path.split(".")
        for section in sections:
            place = place[section]
        if key not in place:
            raise SystemExit(f"--set {setting}: config.toml has no `{path}`")
        place[key] = tomllib.loads(f"value = {value}")["value"]
    return config


def left_out(row, config):
    """Whether a trial does without the row's set."""
    return any(part in row["set"] for part in config["train"]["leave_out"])


def heads(config):
    """Head -> its labels, of the first training, in the order of the wide part's columns."""
    return {"sentiment": LABELS, "topic": config["topics"]["labels"], "dialect": config["dialects"]["labels"]}


def served_heads(config):
    """Head -> its labels, as served: topics of the taxonomy instead of the sets' own, and what else a comment says."""
    said = {name: config["said"][f"{name}_labels"] for name in SAID}
    return {"sentiment": LABELS, "dialect": config["dialects"]["labels"], **said}


def load_config(path, tiny=False, fast=False):
    """The configuration; `tiny` and `fast` lay their own sections over the others."""
    config = tomllib.loads(path.read_text(encoding="utf-8"))
    over, of_fast = config.pop("tiny"), config.pop("fast")
    config["tiny"] = tiny
    if fast:
        config["taught_by"] = config["name"]
        config["name"] = of_fast["name"]
        config["model"] |= of_fast["model"]
    if tiny:
        for key, value in over.items():
            for section in ("model", "tokenizer", "train"):
                if key in config[section]:
                    config[section][key] = value
        config["name"] = over["name"]
        config["tokenizer"]["english_pieces"] = over["english_pieces"]
        config["train"]["steps"] = config["said"]["train"]["steps"] = over["steps"]
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


def lexicon(config):
    """Rows of the library's own dialect tables: normalized word, standard word, English gloss; dialect, clear or not."""
    rows = []
    for path in sorted(LEXICONS.glob("*.tsv")):
        for line in path.read_text(encoding="utf-8").splitlines()[1:]:
            word, standard, gloss, sense = line.split("\t")[:4]
            # The gloss proper, without its notes.
            gloss = re.split("[;(]", gloss)[0].strip()
            if gloss:
                rows.append({"word": word, "standard": standard, "gloss": gloss, "dialect": path.stem, "sense": sense})
    normalize = normalizer(config)
    for key in ("word", "standard", "gloss"):
        for row, text in zip(rows, normalize.batch([row[key] for row in rows])):
            row[key] = text
    return rows


def varied(config):
    """The training rows' variants."""
    return prepared("train", path=WORK / "variants.jsonl") if config["train"]["variants"] else []


def prepared(*splits, sets=None, having=None, path=None):
    """Prepared rows of the named splits (all when none is named)."""
    rows = []
    with open(path or WORK / "rows.jsonl", encoding="utf-8") as file:
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


def taxonomy_marks(texts):
    """What the words of each text say, by the shipped taxonomy."""
    import rasd

    return rasd.Taxonomy().batch(texts)


def normalizer(config):
    """The normalizer that serves, from the built wheel."""
    import rasd

    return rasd.Normalizer(config["normalizer"]["preset"], **config["normalizer"]["rules"])
