"""What the words of a comment say, and a taxonomy of one's own."""

import json
from pathlib import Path

import pandas as pd
import pytest
import rasd

KIDS = {
    "topic": [
        {
            "id": "kids",
            "name_en": "Kids' area",
            "seeds": {"english": ["play area", "kids corner", "ball pit", "slides", "babysitter"]},
        }
    ]
}
CASES = Path(__file__).parents[1] / "texts" / "taxonomy_errors.jsonl"


def test_marks_are_in_code_points() -> None:
    text = "😡 تعبت ولن أتعامل معكم"
    reading = rasd.Taxonomy().read(text)
    assert list(reading) == ["topics", "kinds", "cues", "actors", "emotions"]
    (cue,) = reading["cues"]
    assert cue == {
        "id": "churn", "start": 7, "end": 22, "text": "ولن أتعامل معكم", "strength": "strong", "sense": None
    }  # fmt: skip
    assert text[cue["start"] : cue["end"]] == cue["text"]
    assert reading["emotions"][0] == {
        "id": "anger", "start": 0, "end": 1, "text": "😡", "strength": "weak", "intensity": 3
    }  # fmt: skip


def test_five_phrases_make_a_topic() -> None:
    taxonomy = rasd.Taxonomy(KIDS)
    topic = taxonomy.topics[-1]
    assert topic["id"] == "kids" and topic["user"] and topic["name_ar"] == "Kids' area"
    assert topic["seeds"][0] == ("english", "play area")
    assert [mark["text"] for mark in taxonomy.read("The Ball  pit was closed")["topics"]] == ["Ball  pit"]
    assert not any(topic["user"] for topic in rasd.Taxonomy().topics)


def test_a_batch_equals_its_comments(tmp_path: Path) -> None:
    texts = ["سألغي اشتراكي", None, "", "never again from you"] * 50
    taxonomy = rasd.Taxonomy()
    one_by_one = [None if text is None else taxonomy.read(text) for text in texts]
    assert taxonomy.batch(texts) == one_by_one
    assert taxonomy.batch(pd.Series(texts)) == one_by_one


@pytest.mark.parametrize("case", [json.loads(line) for line in CASES.read_text("utf-8").splitlines()])
def test_a_wrong_file_is_told_with_its_line(case: dict, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(case["toml"], "utf-8")
    with pytest.raises(rasd.InvalidInputError) as error:
        rasd.Taxonomy(path)
    assert str(error.value).split("\nhint: ")[0] == case["message"].replace("taxonomy: line", "mine.toml: line")


def test_a_wrong_dict_is_told_with_its_keys() -> None:
    with pytest.raises(rasd.InvalidInputError, match=r"taxonomy: topic\[0\]\.name_en: topic: name_en: got a whole"):
        rasd.Taxonomy({"topic": [{"id": "kids", "name_en": 5}]})
    with pytest.raises(rasd.InvalidInputError, match="not JSON serializable"):
        rasd.Taxonomy({"topic": {1, 2}})
    with pytest.raises(rasd.InvalidInputError, match=r"mine\.toml"):
        rasd.Taxonomy("no/such/mine.toml")
