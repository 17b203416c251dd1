"""The written probe set: its halves share no template and every span stands in its sentence."""

import json
from pathlib import Path

import pytest

PROBE = Path(__file__).parents[2] / "models/train/probe"
HALVES = {
    name: [json.loads(line) for line in (PROBE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    for name in ("dev", "test")
}


def test_no_template_lies_in_both_halves():
    dev, test = ({(row["id"][0], row["template"]) for row in rows} for rows in HALVES.values())
    assert not dev & test
    assert not {row["text"] for row in HALVES["dev"]} & {row["text"] for row in HALVES["test"]}


@pytest.mark.parametrize("half", HALVES)
def test_every_span_is_in_its_sentence(half):
    for row in HALVES[half]:
        assert all(cue["span"] in row["text"] for cue in row["cues"]), row["id"]


@pytest.mark.parametrize("half", HALVES)
def test_every_kind_and_variety_is_there(half):
    rows = HALVES[half]
    assert {row["kind"] for row in rows} == {"complaint", "suggestion", "praise", "question", "other"}
    assert len({row["variety"] for row in rows}) == 7
    assert len({topic for row in rows for topic in row["topics"]}) == 21
