"""The card of each shipped model and its metrics.json say the same, and speak of the files that lie beside them."""

import hashlib
import importlib
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module", params=["rasd-base", "rasd-fast"])
def folder(request: pytest.FixtureRequest) -> Path:
    return ROOT / "models" / str(request.param)


@pytest.fixture(scope="module")
def metrics(folder: Path) -> Any:
    return json.loads((folder / "metrics.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def config(folder: Path) -> Any:
    return json.loads((folder / "config.json").read_text(encoding="utf-8"))


def module(name: str) -> ModuleType:
    """A module of models/train that needs the standard library alone."""
    sys.path.insert(0, str(ROOT / "models/train"))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.pop(0)


def test_the_card_is_what_metrics_json_writes(folder: Path, metrics: Any, config: Any) -> None:
    written = module("card").text(metrics, config)
    assert (folder / "MODEL_CARD.md").read_text(encoding="utf-8") == written


def test_the_first_table_follows_from_the_sections(metrics: Any) -> None:
    again = {line["what"]: line["model"] for line in module("headline").lines(metrics)}
    assert again == pytest.approx({line["what"]: line["model"] for line in metrics["headline"]}, abs=1e-4)


def test_the_measured_files_are_the_shipped_files(folder: Path, metrics: Any, config: Any) -> None:
    for name, expected in metrics["files"].items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == expected == config["files"][name], name
        assert metrics["bytes"][name] == (folder / name).stat().st_size, name


def test_the_measured_sets_are_the_pinned_sets(metrics: Any) -> None:
    manifest = pytest.importorskip("tomllib").loads((ROOT / "models/train/data.toml").read_text(encoding="utf-8"))
    assert {name: one["sha256"] for name, one in metrics["sources"].items()} == {
        name: entry["sha256"] for name, entry in manifest.items()
    }
