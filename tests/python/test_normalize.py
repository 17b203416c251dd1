"""The normalizer's Python door."""

import json
import pickle
import sys
from pathlib import Path

import pytest
import rasd

GOLDEN = Path(__file__).parent.parent / "golden"
sys.path.insert(0, str(GOLDEN))

import adapter  # noqa: E402


def cases():
    for path in sorted(GOLDEN.glob("*.jsonl")):
        for line in filter(None, path.read_text(encoding="utf-8").split("\n")):
            yield json.loads(line)


@pytest.mark.parametrize(
    "case", [case for case in cases() if case["feature"] != "property"], ids=lambda case: case["id"]
)
def test_golden_case_through_the_adapter(case):
    expected = case["expected"]
    if case.get("expected_repeat"):
        text, times = case["expected_repeat"]
        expected = text * times
    got = adapter.apply(case)
    assert got == expected or got in case["alt"]
    if case.get("spans"):
        assert adapter.spans(case) == case["spans"]


@pytest.mark.parametrize("name", ["idempotent", "light_is_lossless"])
def test_property_through_the_adapter(name):
    case = {"ops": ["all"], "input": None, "expected": {"property": name}}
    assert adapter.apply(case) == {"property": name}


def test_normalize_example():
    assert rasd.normalize("الخِدمـــة سيّئة!!") == "الخدمة سيئة!!"


def test_lone_surrogate_becomes_the_replacement_character():
    assert rasd.normalize("\ud83d broken") == "\ufffd broken"


def test_batch_equals_scalar_on_any_threads_and_keeps_none():
    normalizer = rasd.Normalizer("feedback", emoji="strip", phones="mask")
    texts = ["سيّئ 😡", None, "", "0501234567", "\ud83d", "clean"] * 100
    scalar = [None if text is None else normalizer(text) for text in texts]
    for threads in (None, 1, 2, 3):
        assert normalizer.batch(texts, threads=threads) == scalar


def test_batch_names_the_row_of_a_wrong_type():
    with pytest.raises(TypeError, match="row 1: got int"):
        rasd.Normalizer().batch(["a", 1])


def test_explain_counts_code_points():
    explanation = rasd.Normalizer("feedback").explain("😡 خـدمة ٤٥")
    assert explanation.text == "😡 خدمة 45"
    assert explanation.alignment[0] == ((3, 3), (3, 4))
    change = explanation.changes[0]
    assert (change.rule, change.span, change.before, change.after) == ("strip_tatweel", (3, 4), "ـ", "")


@pytest.mark.parametrize(
    ("arguments", "rules", "hint"),
    [
        (("feedbak",), {}, "feedback"),
        ((None,), {"emojis": "strip"}, "emoji"),
        ((None,), {"emoji": "remove"}, "strip"),
    ],
)
def test_unknown_names_are_answered_with_near_ones(arguments, rules, hint):
    with pytest.raises(ValueError, match=hint):
        rasd.Normalizer(*arguments, **rules)


def test_spec_rebuilds_the_normalizer():
    normalizer = rasd.Normalizer("feedback", emoji="strip", reduce_elongation=1)
    assert normalizer.spec == {"preset": "feedback", "rules": {"emoji": "strip", "reduce_elongation": "1"}}
    again = pickle.loads(pickle.dumps(normalizer))
    assert again("جداااا 😡") == normalizer("جداااا 😡") == "جدا"


def test_clauses_carry_roles():
    text = "😡 slow because of the queue"
    assert [(text[start:end], role) for start, end, role in rasd.clauses(text)] == [
        ("😡 slow", None),
        ("because of the queue", "cause"),
    ]
