"""Mismatch finder and implied rating on real ratings: 5 % of the ratings are mirrored, and looked for.

Reads the sets with stars, runs the built wheel, prints JSON: for each set and split recall and precision of
`rating_mismatch` over three seeds, coverage of the 90 % interval, and the implied CSAT beside the stated one.
A planted row is `clear` when the true rating is on the side of the middle that the words are on for the model.
Real errors of the raters count as false alarms, so precision is a lower bound.
"""

import argparse
import functools
import io
import json
import os
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import rasd

HERE = Path(__file__).resolve().parent
SETS = {"womens_clothing_en": "department", "amazon_eg_reviews": "domain"}
# Sets never trained on have no stars: their label, itself made from stars, stands for 1, 3 or 5.
OUTSIDE = ("elsahar_prod", "elsahar_res1", "elsahar_res2", "company_reviews_ar", "amazon10k_en")
STARS = {"negative": 1, "neutral": 3, "positive": 5}
MOST = 1000
SEEDS, PLANTED = 3, 0.05


def data():
    return Path(os.environ.get("RASD_DATA", HERE.parents[2] / "shared/data"))


def lines(path):
    with pa.input_stream(str(path), compression="zstd") as stream:
        return [json.loads(line) for line in io.TextIOWrapper(stream, encoding="utf-8")]


@functools.cache
def splits():
    """Row id -> split, as `prepare.py` dealt them."""
    with open(os.environ.get("RASD_ROWS", HERE / "work/rows.jsonl"), encoding="utf-8") as file:
        rows = (json.loads(line) for line in file)
        return {row["id"]: row["split"] for row in rows if row["set"] in SETS and not row["seen"]}


def rated(name, split, most=None):
    """(texts, ratings 1..5, groups) of the rated rows of a set, `most` of them drawn."""
    if split == "eval":
        rows = [row for row in lines(data() / f"eval/{name}.jsonl.zst") if row["sentiment"] in STARS]
        rows = [{**row, "rating": STARS[row["sentiment"]]} for row in rows]
    else:
        rows = [row for row in lines(data() / f"train/{name}.jsonl.zst") if splits().get(row["id"]) == split]
    rows = [rows[i] for i in sorted(np.random.default_rng(0).permutation(len(rows))[:most])]
    groups = np.array([str(row.get(SETS.get(name))) for row in rows])
    return [row["text"] for row in rows], np.array([row["rating"] for row in rows], float), groups


@functools.cache
def analyzer():
    return rasd.Analyzer()


def probabilities(texts):
    """f64[n, 3]: negative, neutral, positive; a row of thirds where there is nothing to judge."""
    return np.nan_to_num(np.asarray(analyzer().predict_proba(texts, progress=False), float), nan=1 / 3)


def mirrored(ratings, seed):
    """The ratings with some mirrored, and which."""
    draws = np.random.default_rng(seed)
    chosen = draws.choice(np.flatnonzero(ratings != 3), round(PLANTED * len(ratings)), replace=False)
    planted = np.zeros(len(ratings), bool)
    planted[chosen] = True
    return np.where(planted, 6 - ratings, ratings), planted


def trial(texts, ratings, seed):
    changed, planted = mirrored(ratings, seed)
    result = analyzer().analyze(texts, rating=[f"{value:g}/5" for value in changed], progress=False)
    table = result.comments
    found = np.array([value is True for value in table["rating_mismatch"]])
    positive, negative = (np.array(table[f"p_{side}"], float) for side in ("positive", "negative"))
    clear = planted & (np.sign(positive - negative) == np.sign(ratings - 3))
    low, high = (np.array(table[f"implied_rating_{side}"], float) for side in ("low", "high"))
    inside = (low <= ratings) & (ratings <= high)
    return {
        "planted": int(planted.sum()),
        "flagged": int(found.sum()),
        "recall": float(found[planted].mean()),
        "precision": float(planted[found].mean()) if found.any() else None,
        "clear_share": float(clear.sum() / planted.sum()),
        "recall_of_clear": float(found[clear].mean()) if clear.any() else None,
        "flagged_of_untouched": float(found[~planted].mean()),
        "interval_holds_true_rating": float(np.nanmean(inside[~np.isnan(low)])),
        "interval_width": float(np.nanmean(high - low)),
    }, result.kpi


def measure(name, split):
    texts, ratings, _ = rated(name, split, MOST)
    trials = [trial(texts, ratings, seed) for seed in range(SEEDS)]
    implied = trials[0][1]["implied"]
    mean = {}
    for key in trials[0][0]:
        known = [figures[key] for figures, _ in trials if figures[key] is not None]
        mean[key] = round(float(np.mean(known)), 3) if known else None
    stated = rasd.csat(list(ratings)).value
    kpi = {key: round(float(implied[key]), 3) for key in ("value", "ci_low", "ci_high")}
    return {"n": len(texts), **mean, "csat_stated": round(stated, 3), "csat_implied": kpi}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--split", choices=("dev", "test", "eval"), action="append", required=True)
    args = parser.parse_args()
    result = {"seeds": SEEDS, "planted_share": PLANTED}
    for split in args.split:
        for name in OUTSIDE if split == "eval" else SETS:
            result.setdefault(name, {})[split] = measure(name, split)
            print(name, split, json.dumps(result[name][split]), file=sys.stderr)
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
