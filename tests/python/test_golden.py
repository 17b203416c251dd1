"""The golden cases through the Python package."""

import importlib.util
import json
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[1] / "golden"
SPEC = importlib.util.spec_from_file_location("adapter", FOLDER / "adapter.py")
assert SPEC is not None and SPEC.loader is not None
adapter = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(adapter)

CASES = [
    json.loads(line) for path in sorted(FOLDER.glob("*.jsonl")) for line in path.read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_golden(case) -> None:
    expected = case["expected"]
    if case.get("expected_repeat"):
        text, times = case["expected_repeat"]
        expected = text * times
    assert adapter.apply(case) in [expected, *case.get("alt", [])]
    if case.get("spans"):
        assert adapter.spans(case) == case["spans"]
