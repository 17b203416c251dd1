"""Root causes beside BERTopic, KMeans and Ward on intents that no weight was trained on, in one run on one core.

    pip install --no-deps bertopic && pip install umap-learn hdbscan pandas plotly pyyaml tqdm   # left out if missing
    python benches/python/clusters.py [--model DIR] [--json FILE]

The tools of `models/train` must be installed too: rows and splits come from its `work/rows.jsonl`, MiniLM from its
`teacher.py`. Sets are the held-out rows of `measure_meaning.groups`: banking questions in English, MSA and Palestinian,
all three mixed, and CLINC. "k known" is told the true number of intents. An outlier (-1) is right in no figure: all of
them are one group for NMI and ARI, no intent for accuracy and purity, together with nothing.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Callable

os.environ["OMP_NUM_THREADS"] = "1"
os.environ["NUMBA_NUM_THREADS"] = "1"

import numpy as np
import rasd
from scipy.optimize import linear_sum_assignment
from sklearn.cluster import AgglomerativeClustering, KMeans
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "models" / "train"))

import common  # noqa: E402
import measure_meaning  # noqa: E402
import teacher  # noqa: E402

SETS = {"banking77_en", "arbanking77", "arbanking77_parallel", "clinc150"}
MANY = 6600
BOTH = 0.1  # a cluster holds both languages when each has this share of it
SEEDS = (0, 1)


class Rows:
    """Test rows no weight has seen, as `measure_meaning.groups` asks for them."""

    def __init__(self) -> None:
        path = common.WORK / "rows.jsonl"
        if not path.exists():
            raise SystemExit(f"{path}: no such file\nhint: make -C models/train work/rows.jsonl")
        self.rows = [row for row in common.prepared("test", sets=SETS) if not row["seen"]]

    def of(self, name: str, split: str) -> list[dict[str, Any]]:
        return [row for row in self.rows if row["set"] == name and row["split"] == split]


@dataclass
class Part:
    """Rows to cluster, and what each contestant reads of them."""

    rows: list[dict[str, Any]]
    ours: np.ndarray
    minilm: np.ndarray

    @property
    def texts(self) -> list[str]:
        return [row["text"] for row in self.rows]

    @property
    def intents(self) -> list[str]:
        return [row["intent"] for row in self.rows]

    @property
    def k(self) -> int:
        return len(set(self.intents))


Fit = Callable[[Part], Any]


@dataclass
class Contestant:
    fit: Fit
    timed: Fit | None = None  # where `fit` embeds as well: the same on vectors


def bertopic(seed: int) -> Fit:
    """The defaults; UMAP alone gets a seed, without which no two runs agree."""

    def fit(part: Part) -> Any:
        from bertopic import BERTopic

        model = BERTopic()
        model.umap_model.random_state = seed
        return model.fit_transform(part.texts, part.minilm)[0]

    return fit


def contestants(analyzer: rasd.Analyzer) -> dict[str, Contestant]:
    def root_causes(known: bool) -> Contestant:
        def made(part: Part) -> rasd.RootCauses:
            return rasd.RootCauses(n_causes=part.k if known else None, analyzer=analyzer)

        return Contestant(lambda part: made(part).fit_predict(part.texts), lambda part: made(part).fit(part.ours))

    def kmeans(part: Part) -> KMeans:
        return KMeans(part.k, n_init=10, random_state=0)

    found = {"rasd": root_causes(False)}
    if all(importlib.util.find_spec(name) for name in ("bertopic", "umap", "hdbscan")):
        found |= {f"BERTopic, MiniLM, seed {seed}": Contestant(bertopic(seed)) for seed in SEEDS}
    return found | {
        "rasd, k known": root_causes(True),
        "KMeans, MiniLM, k known": Contestant(lambda part: kmeans(part).fit_predict(part.minilm)),
        "Ward, MiniLM, k known": Contestant(lambda part: AgglomerativeClustering(part.k).fit_predict(part.minilm)),
        "KMeans, rasd vectors, k known": Contestant(lambda part: kmeans(part).fit_predict(part.ours)),
    }


def counts(rows: list[dict[str, Any]], labels: np.ndarray, language: str | None = None) -> np.ndarray:
    """[intent, cluster] rows of one language or of all, outliers left out."""
    intents = {intent: i for i, intent in enumerate(sorted({row["intent"] for row in rows}))}
    table = np.zeros((len(intents), max(labels.max() + 1, 1)))
    for row, label in zip(rows, labels):
        if label >= 0 and language in (None, row["lang"]):
            table[intents[row["intent"]], label] += 1
    return table


def agreement(part: Part, labels: np.ndarray) -> dict[str, float]:
    """How well the clusters are the intents."""
    table = counts(part.rows, labels)
    return {
        "nmi": float(normalized_mutual_info_score(part.intents, labels)),
        "ari": float(adjusted_rand_score(part.intents, labels)),
        "accuracy": float(table[linear_sum_assignment(-table)].sum() / len(labels)),
        "outliers": float((labels < 0).mean()),
        "k_found": len(set(labels[labels >= 0].tolist())),
        "k_true": part.k,
    }


def pairs(n: np.ndarray) -> float:
    """Pairs within groups of such sizes."""
    return float((n * (n - 1) / 2).sum())


def parity(part: Part, labels: np.ndarray, translations: list[tuple[int, int]]) -> dict[str, float]:
    """Whether Arabic and English fare alike, and meet. Recall is of pairs of rows with one intent."""
    english, arabic = (counts(part.rows, labels, language) for language in ("en", "ar"))
    main = (english + arabic).argmax(0)
    all_rows = [counts(part.rows, np.zeros(len(labels), int), language)[:, 0] for language in ("en", "ar")]
    pure = [table[main, np.arange(len(main))].sum() / n.sum() for table, n in zip((english, arabic), all_rows)]
    recall = [pairs(table) / pairs(n) for table, n in zip((english, arabic), all_rows)]
    filled = (english + arabic).sum(0) > 0
    share = (arabic.sum(0) / np.maximum((english + arabic).sum(0), 1))[filled]
    return {
        "clusters_of_both": float(((share >= BOTH) & (share <= 1 - BOTH)).sum() / max(len(share), 1)),
        "purity_ar_over_en": float(pure[1] / max(pure[0], 1e-9)),
        "recall_ar_over_en": recall[1] / max(recall[0], 1e-9),
        "recall_en_en": recall[0],
        "recall_en_ar": float((english * arabic).sum() / (all_rows[0] * all_rows[1]).sum()),
        "translations_together": float(np.mean([labels[i] == labels[j] >= 0 for i, j in translations])),
    }


def translated(rows: Rows, part: Part) -> list[tuple[int, int]]:
    """Positions of an English question and its Arabic translation, both in the part."""
    place = {(row["lang"], row["text"]): i for i, row in enumerate(part.rows)}
    pairs = [(("en", row["en"]), ("ar", row["text"])) for row in rows.of("arbanking77_parallel", "test")]
    return [(place[one], place[other]) for one, other in pairs if one in place and other in place]


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """CPU-seconds of all threads, and what came out."""
    start = time.process_time()
    found = work()
    return time.process_time() - start, found


def many(rows: Rows, analyzer: rasd.Analyzer, fits: dict[str, Contestant]) -> dict[str, float]:
    """CPU-seconds after embedding, of banking questions of all intents; the first BERTopic compiles, too."""
    drawn = common.drawn([row for name in ("banking77_en", "arbanking77") for row in rows.of(name, "test")], MANY)
    texts = [row["text"] for row in drawn]
    before, ours = seconds(lambda: analyzer.embed(texts, progress=False))
    part = Part(drawn, ours, teacher.vectors(texts, measure_meaning.MINILM_TOKENS).numpy())
    found = {name: seconds(lambda f=one.timed or one.fit: f(part))[0] for name, one in fits.items()}
    whole = seconds(lambda: fits["rasd"].fit(part))[0]
    after = seconds(lambda: analyzer.embed(texts, progress=False))[0]
    print(f"{len(texts)} texts: embedding alone {before:.1f} and {after:.1f} CPU-s, fit on texts {whole:.1f}")
    return found


def table(head: list[str], lines: dict[str, list[str]]) -> None:
    print("\n| | " + " | ".join(head) + " |\n|" + "---|" * (len(head) + 1))
    for name, cells in lines.items():
        print(f"| {name} | " + " | ".join(cells) + " |")


def tables(result: dict[str, dict[str, dict[str, float]]], spent: dict[str, float]) -> None:
    """The figures as README.md shows them: {set: {contestant: figures}}."""
    names = list(result["mixed"])
    head, lines = [f"{part}: NMI / ARI / accuracy" for part in result], {}
    for name in names:
        lines[name] = [
            " / ".join(f"{part[name][key]:.3f}" for key in ("nmi", "ari", "accuracy")) for part in result.values()
        ]
    table(head, lines)
    head = [f"{name}: k found (true {part[names[0]]['k_true']}), outliers" for name, part in result.items()]
    for name in names:
        lines[name] = [f"{part[name]['k_found']}, {part[name]['outliers']:.1%}" for part in result.values()]
    table(head, lines)
    keys = {
        "clusters_of_both": "mixed: clusters of both languages",
        "purity_ar_over_en": "purity, Arabic / English",
        "recall_ar_over_en": "recall, Arabic / English",
        "recall_en_en": "same intent together, EN-EN",
        "recall_en_ar": "same intent together, EN-AR",
        "translations_together": "translations together",
    }
    table(list(keys.values()), {n: [f"{result['mixed'][n][key]:.3f}" for key in keys] for n in names})
    costs = {name: [f"{result['mixed'][name]['cpu_s']:.2f}", f"{spent[name]:.2f}"] for name in names}
    table(["CPU-seconds after embedding: mixed", f"{MANY:,} comments"], costs)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", help="model folder instead of the one the wheel embeds")
    parser.add_argument("--json", type=Path, help="write every figure there")
    args = parser.parse_args()
    analyzer, rows = rasd.Analyzer(args.model, threads=1), Rows()
    fits, result = contestants(analyzer), {}
    groups = measure_meaning.groups(SimpleNamespace(held=rows))
    for name, group in groups.items():
        texts = [row["text"] for row in group]
        part = Part(
            group,
            analyzer.embed(texts, progress=False),
            teacher.vectors(texts, measure_meaning.MINILM_TOKENS).numpy(),
        )
        translations = translated(rows, part)
        result[name] = {}
        for contestant, one in fits.items():
            spent, labels = seconds(lambda one=one, part=part: np.asarray(one.fit(part)))
            if one.timed:
                spent = seconds(lambda one=one, part=part: one.timed(part))[0]
            figures = agreement(part, labels) | {"cpu_s": spent}
            if translations:
                figures |= parity(part, labels, translations)
            result[name][contestant] = figures
            print(name, len(group), contestant, json.dumps(figures), file=sys.stderr, flush=True)
    spent = many(rows, analyzer, fits)
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout
    packages = [name for name in ("rasd", "bertopic", "umap-learn", "hdbscan", "scikit-learn") if installed(name)]
    said = {"commit": commit.strip(), "model": args.model or "embedded"} | {name: version(name) for name in packages}
    print(", ".join(f"{key} {value}" for key, value in said.items()))
    tables(result, spent)
    if args.json:
        args.json.write_text(json.dumps({"run": said, "sets": result, "cpu_s": spent}, indent=1) + "\n")


def installed(package: str) -> bool:
    try:
        return bool(version(package))
    except ModuleNotFoundError:
        return False


if __name__ == "__main__":
    main()
