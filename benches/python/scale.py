"""Time and memory of a whole analysis at growing sizes: read, score, cluster, drivers, tables and report.

    python benches/python/scale.py --model fast --rows 1000 10000 100000

A survey is made of the rows of examples/*.csv: drawn with replacement, one word in six (two at least) swapped with the
next, left out, or exchanged for a word that another comment of the same file and language has in its place, so that
most texts are distinct. Ratings are the rows' own or drawn, as are dates, branches and customers, who write 2.5 rows
each. The same rows and seed give the same survey. Each size is one run of `rasd analyze` to a folder, in a process of
its own.
"""

from __future__ import annotations

import argparse
import csv
import json
import math
import os
import random
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]
BRANCHES = ["Riyadh", "Jeddah", "Dammam", "Cairo", "Amman", "الرياض", "جدة", "القاهرة", "عمّان", "online"]
FIRST_DAY, N_DAYS = date(2024, 1, 1), 730
ROWS_A_CUSTOMER = 2.5
EDITED = 1 / 6


@dataclass
class Run:
    rows: int
    characters: float
    wall: float
    cpu: float
    megabytes: float
    causes: int


def is_arabic(text: str) -> bool:
    return any("\u0600" <= c <= "\u06ff" for c in text)


def pools() -> list[list[tuple[list[str], str | None]]]:
    """Comments as words, each with its rating if it has one, by file and language."""
    found: dict[tuple[str, bool], list[tuple[list[str], str | None]]] = {}
    for path in sorted((ROOT / "examples").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                if row.get("comment"):
                    pool = found.setdefault((path.name, is_arabic(row["comment"])), [])
                    pool.append((row["comment"].split(" "), row.get("rating")))
    return list(found.values())


def perturbed(words: list[str], pool: list[tuple[list[str], str | None]], rng: random.Random) -> list[str]:
    words = list(words)
    for _ in range(max(2, round(EDITED * len(words)))):
        at, kind = rng.randrange(len(words)), rng.randrange(3)
        if kind == 0 and at + 1 < len(words):
            words[at], words[at + 1] = words[at + 1], words[at]
        elif kind == 1 and len(words) > 3:
            del words[at]
        else:
            other = rng.choice(pool)[0]
            words[at] = other[at % len(other)]
    return words


def survey(rows: int, seed: int) -> Iterator[list[str]]:
    rng = random.Random(f"{seed} {rows}")
    by_pool = pools()
    sizes = [len(pool) for pool in by_pool]
    yield ["id", "comment", "rating", "date", "branch", "customer"]
    for row in range(rows):
        pool = rng.choices(by_pool, sizes)[0]
        words, rating = rng.choice(pool)
        day = FIRST_DAY + timedelta(days=rng.randrange(N_DAYS))
        yield [
            f"R{row}",
            " ".join(perturbed(words, pool, rng)),
            rating or rng.choices("12345", [5, 3, 2, 2, 3])[0],
            day.isoformat(),
            rng.choice(BRANCHES),
            f"C{rng.randrange(max(1, round(rows / ROWS_A_CUSTOMER)))}",
        ]


def write(path: Path, rows: int, seed: int) -> float:
    """Row by row, because a child starts with the peak of its parent. Returns the mean length of a comment."""
    characters = 0
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        for number, row in enumerate(survey(rows, seed)):
            writer.writerow(row)
            characters += len(row[1]) if number else 0
    return characters / rows


def measure(command: list[str], model: Path, rows: int, seed: int) -> Run:
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder) / "survey.csv", Path(folder) / "out"
        characters = write(path, rows, seed)
        columns = ["--text", "comment", "--rating", "rating", "--scale", "csat", "--time", "date"]
        columns += ["--by", "branch", "--customer", "customer", "--id", "id"]
        start = time.perf_counter()
        child = subprocess.Popen(
            [*command, "analyze", str(path), "-o", str(out), *columns, "--model", str(model), "--quiet"],
            stderr=subprocess.PIPE,
        )
        said = child.stderr.read() if child.stderr else b""
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        if status != 0:
            sys.exit(said.decode(errors="replace"))
        causes = json.loads((out / "causes.json").read_text(encoding="utf-8"))
    return Run(rows, characters, wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, len(causes))


def exponent(xs: list[int], ys: list[float]) -> float:
    """Slope of the least squares line through the logarithms."""
    x, y = [math.log(v) for v in xs], [math.log(v) for v in ys]
    mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
    products = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y))
    return products / sum((a - mean_x) ** 2 for a in x)


def folder_of(model: str) -> Path:
    named = [Path(model), ROOT / "models" / model, ROOT / "models" / f"rasd-{model}"]
    return next((folder for folder in named if folder.is_dir()), named[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", default="fast", help="a folder, or the name of one in models/")
    parser.add_argument("--rows", type=int, nargs="+", default=[1000, 10000, 100000])
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--command", default=f"{shlex.quote(sys.executable)} -m rasd", help="what runs rasd")
    args = parser.parse_args()
    names = ["rows", "characters a comment", "wall s", "CPU s", "peak MiB", "KiB a row", "causes"]
    names += ["CPU exponent", "memory exponent"]
    print(f"| {' | '.join(names)} |\n|{'---|' * len(names)}", flush=True)
    runs: list[Run] = []
    for rows in args.rows:
        run = measure(shlex.split(args.command), folder_of(args.model), rows, args.seed)
        last = runs[-1] if runs else None
        runs.append(run)
        slopes = ["", ""]
        if last:
            sizes = [last.rows, rows]
            slopes = [
                f"{exponent(sizes, [last.cpu, run.cpu]):.2f}",
                f"{exponent(sizes, [last.megabytes, run.megabytes]):.2f}",
            ]
        cells = [
            f"{rows:,}",
            f"{run.characters:.0f}",
            f"{run.wall:.1f}",
            f"{run.cpu:.1f}",
            f"{run.megabytes:.0f}",
            f"{run.megabytes * 1024 / rows:.1f}",
            str(run.causes),
            *slopes,
        ]
        print("| " + " | ".join(cells) + " |", flush=True)
    if len(runs) > 1:
        sizes = [run.rows for run in runs]
        cpu = exponent(sizes, [run.cpu for run in runs])
        memory = exponent(sizes, [run.megabytes for run in runs])
        print(f"\nfitted over all sizes: CPU exponent {cpu:.2f}, memory exponent {memory:.2f}")


if __name__ == "__main__":
    main()
