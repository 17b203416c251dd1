"""The normalizer beside its peers, in one run on one core, in MB per CPU-second; encoder.py times the model.

    python benches/python/side_by_side.py        # peers that are not installed are left out

The text is examples/*.csv, repeated. `stdlib` is what one writes by hand with unicodedata, re and str.translate; it
does less than the `feedback` preset (no masks, no HTML, no hashtags), and so does every peer.
"""

from __future__ import annotations

import csv
import re
import time
import unicodedata
from pathlib import Path
from typing import Callable

import rasd

ROOT = Path(__file__).parents[2]
REPEATS = 10
MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0640]")
LONG = re.compile(r"([^\W\d])\1{2,}")
DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩یک", "0123456789يك")


def stdlib(text: str) -> str:
    text = MARKS.sub("", unicodedata.normalize("NFKC", text)).translate(DIGITS)
    return " ".join(LONG.sub(r"\1\1", text).split())


def comments() -> list[str]:
    found: list[str] = []
    for name in ("bank.csv", "clothing.csv"):
        with (ROOT / "examples" / name).open(encoding="utf-8-sig", newline="") as file:
            found += [row["comment"] for row in csv.DictReader(file)]
    return found


def per_second(work: Callable[[], object], amount: float) -> float:
    start = time.process_time()
    work()
    return amount / (time.process_time() - start)


def main() -> None:
    texts = comments()
    many = texts * REPEATS
    megabytes = sum(len(text.encode()) for text in many) / 1e6
    contestants: dict[str, Callable[[], object]] = {"stdlib": lambda: [stdlib(text) for text in many]}
    for preset in ("light", "feedback", "search"):
        contestants[f"rasd {preset}"] = lambda preset=preset: rasd.Normalizer(preset).batch(many, threads=1)
    try:
        from pyarabic import araby

        contestants["pyarabic"] = lambda: [araby.strip_tashkeel(araby.strip_tatweel(text)) for text in many]
    except ImportError:
        pass
    print(f"normalization, {len(many)} comments, {megabytes:.1f} MB")
    base = per_second(contestants["stdlib"], megabytes)
    for name, work in contestants.items():
        speed = per_second(work, megabytes)
        print(f"  {name:15} {speed:7.1f} MB/s  {speed / base:5.1f} x stdlib")


if __name__ == "__main__":
    main()
