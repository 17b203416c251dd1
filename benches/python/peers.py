"""rasd beside other normalizers, in one run on one core: the golden cases each gets right, and MB per CPU-second.

    pip install pyarabic tnkeeh clean-text ftfy && pip install --no-deps camel-tools six
    python benches/python/peers.py [--corpus FILE] [--golden FILE]

Peers that are not installed are left out. FILE holds one comment a line (examples/*.csv without it). A peer is asked
only for cases whose every operation it offers; `of` counts those. Each peer's function maps operations to its calls,
so the functions look alike. `own` times just the operations a peer offers of the full set, `rasd same` times rasd with
those same operations, `full` is the whole set.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sys
import time
import unicodedata
from pathlib import Path
from typing import Any, Callable

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests" / "golden"))

import adapter  # noqa: E402

Text = Callable[[str], str]

# The full set: what every survey pipeline does before a model reads the text.
FULL = [
    "unicode_nfkc",
    "html",
    "mask_url",
    "mask_email",
    "mask_mention",
    "emoji:strip",
    "strip_bidi",
    "strip_zero_width",
    "strip_tashkeel",
    "strip_dagger_alef",
    "strip_tatweel",
    "unify_lookalikes",
    "digits_ascii",
    "reduce_elongation:2",
    "collapse_ws",
]


def stdlib() -> dict[str, Text]:
    """What one writes by hand with re, unicodedata and str.translate."""
    import html

    marks = re.compile("[\u064b-\u0652\u0656-\u065f]")
    emoji = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff\ufe0f\u200d]+")
    url, email, user = re.compile(r"https?://\S+|www\.\S+"), re.compile(r"\S+@\S+\.\S+"), re.compile(r"@\w+")
    tags, bidi = re.compile(r"<[^>]+>"), re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
    zero, long, blanks = re.compile("[\u200b\ufeff\u2060\xad]"), re.compile(r"([^\W\d])\1{2,}"), re.compile(r"\s+")
    digits = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "0123456789" * 2)
    alike = str.maketrans("یکہ", "يكه")
    return {
        "unicode_nfkc": lambda t: unicodedata.normalize("NFKC", t),
        "unicode_nfc": lambda t: unicodedata.normalize("NFC", t),
        "html": lambda t: html.unescape(tags.sub(" ", t)),
        "mask_url": lambda t: url.sub("[URL]", t),
        "mask_email": lambda t: email.sub("[EMAIL]", t),
        "mask_mention": lambda t: user.sub("[USER]", t),
        "emoji:strip": lambda t: emoji.sub("", t),
        "strip_bidi": lambda t: bidi.sub("", t),
        "strip_zero_width": lambda t: zero.sub("", t),
        "strip_tashkeel": lambda t: marks.sub("", t),
        "strip_dagger_alef": lambda t: t.replace("\u0670", ""),
        "strip_tatweel": lambda t: t.replace("\u0640", ""),
        "unify_lookalikes": lambda t: t.translate(alike),
        "digits_ascii": lambda t: t.translate(digits),
        "fold_alef": lambda t: re.sub("[أإآٱ]", "ا", t),
        "fold_alef_maksura": lambda t: t.replace("ى", "ي"),
        "fold_teh_marbuta": lambda t: t.replace("ة", "ه"),
        "lowercase": str.lower,
        "reduce_elongation:2": lambda t: long.sub(r"\1\1", t),
        "collapse_ws": lambda t: blanks.sub(" ", t).strip(),
    }


def pyarabic() -> dict[str, Text]:
    from pyarabic import araby, trans  # type: ignore[import-untyped]

    return {
        "strip_tashkeel": araby.strip_tashkeel,
        "strip_tatweel": araby.strip_tatweel,
        "fold_presentation": araby.normalize_ligature,
        "fold_hamza_uniform": araby.normalize_hamza,
        "fold_alef_maksura": araby.normalize_alef,
        "fold_teh_marbuta": araby.normalize_teh,
        "digits_ascii": lambda t: trans.normalize_digits(t, source="all", out="west"),
    }


def camel_tools() -> dict[str, Text]:
    from camel_tools.utils.charmap import CharMapper
    from camel_tools.utils.dediac import dediac_ar
    from camel_tools.utils.normalize import (
        normalize_alef_ar,
        normalize_alef_maksura_ar,
        normalize_teh_marbuta_ar,
        normalize_unicode,
    )

    clean = CharMapper.builtin_mapper("arclean")
    return {
        "unicode_nfkc": normalize_unicode,
        "strip_tashkeel": dediac_ar,
        "strip_dagger_alef": dediac_ar,
        "fold_alef": normalize_alef_ar,
        "fold_alef_maksura": normalize_alef_maksura_ar,
        "fold_teh_marbuta": normalize_teh_marbuta_ar,
        "strip_bidi": clean,
        "strip_zero_width": clean,
        "strip_tatweel": clean,
        "unify_lookalikes": clean,
        "digits_ascii": clean,
        "expand_ligatures": clean,
        "fold_presentation": clean,
        "fold_foreign_letters": clean,
        "strip_controls": clean,
        "smart_quotes": clean,
    }


def tnkeeh() -> dict[str, Text]:
    from tnkeeh import tnkeeh as tn  # type: ignore[import-untyped]

    return {
        "strip_tashkeel": tn._remove_diacritics,
        "html": tn._remove_html_elements,
        "mask_url": tn._remove_links,
        "reduce_elongation:2": tn._remove_repeated_chars,
        "collapse_ws": tn._remove_extra_spaces,
    }


def clean_text() -> dict[str, Text]:
    from cleantext import clean  # type: ignore[import-untyped]

    plain: dict[str, Any] = {"to_ascii": False, "fix_unicode": False, "lower": False, "normalize_whitespace": False}

    def op(**options: Any) -> Text:
        return lambda t: str(clean(t, **{**plain, **options}))

    return {
        "mask_url": op(no_urls=True, replace_with_url="[URL]"),
        "mask_email": op(no_emails=True, replace_with_email="[EMAIL]"),
        "mask_phone": op(no_phone_numbers=True, replace_with_phone_number="[PHONE]"),
        "mask_number": op(no_numbers=True, replace_with_number="[NUM]"),
        "emoji:strip": op(no_emoji=True),
        "lowercase": op(lower=True),
        "collapse_ws": op(normalize_whitespace=True),
        "fix_mojibake": op(fix_unicode=True),
    }


def ftfy_fixes() -> dict[str, Text]:
    import ftfy

    return {
        "fix_mojibake": ftfy.fix_encoding,
        "unicode_nfc": lambda t: unicodedata.normalize("NFC", t),
        "smart_quotes": ftfy.fixes.uncurl_quotes,
        "strip_controls": ftfy.fixes.remove_control_chars,
        "html": ftfy.fixes.unescape_html,
    }


PEERS: dict[str, Callable[[], dict[str, Text]]] = {
    "stdlib": stdlib,
    "PyArabic": pyarabic,
    "camel-tools": camel_tools,
    "tnkeeh": tnkeeh,
    "clean-text": clean_text,
    "ftfy": ftfy_fixes,
}


def comments(corpus: Path | None) -> list[str]:
    """Comments of a file, one a line, or of the examples."""
    if corpus:
        return corpus.read_text(encoding="utf-8").split("\n")[:-1]
    found: list[str] = []
    for name in ("bank.csv", "clothing.csv"):
        with (ROOT / "examples" / name).open(encoding="utf-8-sig", newline="") as file:
            found += [row["comment"] for row in csv.DictReader(file)]
    return found


def right(case: dict[str, Any], got: object) -> bool:
    """Whether `got` is the expected answer or one of its alternatives."""
    key = adapter.normalizer(("search_key",)) if case["ops"] == ["dialect_map"] else None
    answers = [case.get("expected"), *case.get("alt", [])]
    if key and isinstance(got, str):
        return key(got) in [key(answer) for answer in answers]
    if case.get("expected_repeat"):
        text, times = case["expected_repeat"]
        answers.append(text * times)
    return got in answers or (case.get("expected") is None and not case.get("expected_repeat"))


def golden(path: Path, peers: dict[str, dict[str, Text]]) -> None:
    """Cases right, of those a contestant offers, by level."""
    cases = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    levels = ("must", "should", "stretch")
    print(f"golden cases, {len(cases)}:  " + "   ".join(f"{level:>10}" for level in levels))

    def count(name: str, answer: Callable[[dict[str, Any]], object]) -> None:
        cells = []
        for level in levels:
            asked = passed = 0
            for case in cases:
                if case["level"] != level:
                    continue
                try:
                    got = answer(case)
                except NotImplementedError:
                    continue
                except Exception as error:  # a peer that fails on a case has not passed it
                    got = error
                asked, passed = asked + 1, passed + right(case, got)
            cells.append(f"{passed:3} of {asked:3}")
        print(f"  {name:20} " + "   ".join(cells))

    count("rasd", adapter.apply)
    for name, ops in peers.items():

        def answer(case: dict[str, Any], ops: dict[str, Text] = ops) -> object:
            if not all(op in ops for op in case["ops"]):
                raise NotImplementedError
            text = adapter.source(case)
            for op in sorted(case["ops"], key=list(ops).index):
                text = ops[op](text)
            return text

        count(name, answer)


def speed(texts: list[str], peers: dict[str, dict[str, Text]]) -> None:
    """MB of UTF-8 per CPU-second, lists in and out."""
    size = sum(len(text.encode()) for text in texts) / 1e6
    print(f"speed, {len(texts)} comments, {size:.1f} MB, one core")

    def per_second(work: Callable[[], object], share: float = 1.0) -> float:
        start = time.process_time()
        work()
        return size * share / (time.process_time() - start)

    def rasd_with(ops: list[str]) -> float:
        run = adapter.normalizer(tuple(ops))
        run.batch(texts[:100], threads=1)
        return max(per_second(lambda: run.batch(texts, threads=1)) for _ in range(3))

    print(f"  rasd full set         {rasd_with(FULL):7.1f} MB/s")
    # Peers are slow: a tenth of the comments is enough.
    part = texts[:: max(1, len(texts) // 20_000)]
    share = sum(len(text.encode()) for text in part) / 1e6 / size
    for name, ops in peers.items():
        own = [op for op in FULL if op in ops]
        if not own:
            continue

        # One function may do several operations: it runs once.
        functions = list(dict.fromkeys(ops[op] for op in own))

        def work(functions: list[Text] = functions) -> None:
            for text in part:
                for function in functions:
                    text = function(text)

        theirs, ours = per_second(work, share), rasd_with(own)
        done = f"{len(own):2} of {len(FULL)}"
        print(f"  {name:12} own {done} {theirs:7.1f} MB/s   rasd same {ours:7.1f}   {ours / theirs:6.1f} x")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--golden", type=Path, default=ROOT / "tests" / "golden" / "shared.jsonl")
    args = parser.parse_args()
    peers = {}
    for name, load in PEERS.items():
        try:
            peers[name] = load()
        except ImportError:
            print(f"  {name} is not installed")
    golden(args.golden, peers)
    speed(comments(args.corpus), peers)


if __name__ == "__main__":
    main()
