"""The written training sentences: known labels in every column, and nothing of the probe among them."""

import json
from pathlib import Path

import pytest

TRAIN = Path(__file__).parents[2] / "models/train"
FILES = sorted((TRAIN / "written").rglob("*.tsv"))
KINDS = {"complaint", "suggestion", "praise", "question", "other"}
EMOTIONS = {"anger", "frustration", "disappointment", "worry", "joy", "gratitude", "neutral", "-"}
CUES = {"churn", "switch_competitor", "told_others", "promise_broken", "automation_wall", "escalation", "urgency"}
ACTORS = {"staff", "product", "process", "bot", "policy", "price", "-"}


def cell(text: str) -> set[str]:
    return set() if text == "-" else set(text.split(","))


@pytest.mark.parametrize("path", FILES, ids=lambda path: "/".join(path.parts[-2:]))
def test_every_line_has_known_labels(path: Path) -> None:
    taxonomy = pytest.importorskip("rasd").Taxonomy()
    topics = {topic["id"] for topic in taxonomy.topics} - {"other"}
    for line in path.read_text(encoding="utf-8").splitlines():
        *cues, kind, about, sentiment, emotion, text = line.split("\t")
        assert kind in KINDS and emotion in EMOTIONS and text, line
        assert sentiment in {"negative", "neutral", "positive"} and cell(about) <= topics, line
        if path.parent.name == "cues":
            assert cell(cues[0]) <= CUES and cues[1] in ACTORS, line


def test_no_sentence_of_the_probe_is_learned_from() -> None:
    texts = {line.rpartition("\t")[2] for path in FILES for line in path.read_text(encoding="utf-8").splitlines()}
    probe = (TRAIN / "probe/test.jsonl").read_text(encoding="utf-8").splitlines()
    assert not texts & {json.loads(line)["text"] for line in probe}
