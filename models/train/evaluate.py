"""A model folder, measured: metrics.json and MODEL_CARD.md in it. Every number of the card comes from this run.

`--model DIR` measures another folder, `--also DIR...` adds the metrics.json of other seeds as median and spread,
`--only SECTION` measures one section and prints it, writing nothing. `ablations.json` beside this file, a list of
{name, what, steps, figure: number...}, becomes a table of the card.
"""

import json
import platform
import time
from pathlib import Path

import bars
import card
import common
import export
import headline
import held
import licences
import measure_consistency
import measure_cost
import measure_dialect
import measure_int8
import measure_meaning
import measure_own_topic
import measure_said
import measure_sentiment
import measure_topics
import numpy as np
import served
import varieties

FORMAT = 2


class Bench:
    """What every measure reads: the served folder, rows no weight has seen, the bars' answers, the configuration."""

    def __init__(self, folder, config, data):
        self.served, self.config, self.data = served.Served(folder), config, data
        self.held = held.Held(config, data)
        self.analyzer = None
        self.answers = json.loads((common.WORK / "bars.json").read_text(encoding="utf-8"))

    def read(self, texts):
        """The comments table of texts, as the library writes it with this folder."""
        import rasd

        self.analyzer = self.analyzer or rasd.Analyzer(str(self.served.folder), threads=2)
        return self.analyzer.analyze(texts, progress=False, n_causes=1).comments


def bank_questions(bench):
    """Section `bank_questions`: what the sentiment head says of questions, which have no label."""
    texts = [
        row["text"]
        for name in ("banking77_en", "arbanking77")
        for row in common.drawn(bench.held.of(name, "test"), 600)
    ]
    said = bench.served.probabilities("sentiment", texts).argmax(1)
    counts = np.bincount(said, minlength=len(common.LABELS)) / len(texts)
    return {"bank_questions": {"n": len(texts), **dict(zip(common.LABELS, counts.tolist()))}}


SECTIONS = {
    "said": measure_said.measure,
    "own_topics": measure_own_topic.measure,
    "sentiment": measure_sentiment.measure,
    "topics": measure_topics.measure,
    "dialect": measure_dialect.measure,
    "consistency": measure_consistency.measure,
    "unseen_intents": measure_meaning.unseen_intents,
    "retrieval": measure_meaning.retrieval,
    "int8": measure_int8.measure,
    "cost": measure_cost.measure,
    "bank_questions": bank_questions,
}


def rounded(value):
    """Floats to five places, so that the file can be read and compared."""
    if isinstance(value, float):
        return round(value, 5)
    if isinstance(value, dict):
        return {key: rounded(one) for key, one in value.items()}
    return [rounded(one) for one in value] if isinstance(value, list) else value


def sources():
    """Every set: what it was used for, licence, origin, hash."""
    trained = licences.trained()
    return {
        name: {
            "use": [part for part in entry["use"] if part != "measure"] if name in trained else ["measure"],
            "licence": entry["licence"],
            "licence_as_found": entry["licence_as_found"],
            "origin": entry["repo"] + (f" @ {entry['commit']}" if entry["commit"] else ""),
            "sha256": entry["sha256"],
        }
        for name, entry in common.manifest().items()
    }


def about(bench):
    """What was measured, with which files."""
    config, folder = bench.config, bench.served.folder
    return {
        "format": FORMAT,
        "model": config["name"],
        "files": bench.served.said["files"],
        "bytes": {name: (folder / name).stat().st_size for name in ("model.onnx", "tokenizer.json", "config.json")},
        "seed": config["seed"],
        "taught_by": config.get("taught_by"),
        "machine": f"{platform.machine()}, ONNX Runtime {export.ort.__version__}",
        "max_rows": config["evaluate"]["max_rows"],
        "bars": {"svm": bars.KIND, "minilm": bars.MINILM},
        "sources": sources(),
    }


def untested(result):
    """What a reader may ask for and no set tests, for sentiment and for the dialect head."""
    labels = {
        name for splits in result.get("dialect", {}).values() for m in splits.values() for name in m["net"]["classes"]
    }
    every = dict.fromkeys(label for _, label in varieties.MARKS.values() if label)
    return {
        "varieties": varieties.untested(varieties.ASKED, result["varieties"]),
        "domains": varieties.untested(varieties.ASKED_DOMAINS, result["domains"]),
        "dialect labels": [label for label in every if label not in labels],
    }


def write(result, folder, said):
    """Both files, the card from the very numbers that metrics.json holds."""
    text = json.dumps(result, ensure_ascii=False, indent=1) + "\n"
    (folder / "metrics.json").write_text(text, encoding="utf-8")
    (folder / "MODEL_CARD.md").write_text(card.text(json.loads(text), said), encoding="utf-8")


def main():
    args = common.arguments(
        __doc__,
        model={"type": Path},
        also={"type": Path, "nargs": "*", "default": []},
        only={"choices": list(SECTIONS)},
    )
    config = common.configured(args)
    folder = args.model or common.HERE.parent / config["name"]
    bench = Bench(folder, config, args.data)
    result = about(bench)
    for name in [args.only] if args.only else SECTIONS:
        start = time.process_time()
        found = SECTIONS[name](bench)
        result.update(found)
        print(f"{name}: {time.process_time() - start:.0f} CPU-seconds", flush=True)
        if args.only:
            print(json.dumps(rounded(found), ensure_ascii=False, indent=1))
            return
    result["untested"] = untested(result)
    result["headline"] = headline.lines(result)
    others = [json.loads((other / "metrics.json").read_text(encoding="utf-8")) for other in args.also]
    result["seeds"] = [
        {**{key: other[key] for key in ("seed", "files", "headline")}, "sets": headline.sets(other)} for other in others
    ]
    path = common.HERE / "ablations.json"
    result["ablations"] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    write(rounded(result), folder, bench.served.said)
    print((folder / "MODEL_CARD.md").read_text(encoding="utf-8"))


if __name__ == "__main__":
    main()
