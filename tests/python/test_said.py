"""What a comment says, through the package: columns, spans, abstention, a taxonomy of one's own."""

from pathlib import Path

import pytest
import rasd

TEXTS = [
    "وعدوني بالتوصيل خلال يومين ومر أسبوع، سألغي اشتراكي",
    "Please add a dark mode to the app",
    "شكرا جزيلا لكم، الموظفة كانت لطيفة جدا",
    "How do I change my PIN?",
    "ليش محد يرد علي؟ كل مرة نفس الرد الآلي",
    "N/A",
    None,
]


@pytest.fixture(scope="module")
def result() -> rasd.Analysis:
    return rasd.Analyzer().analyze(TEXTS, progress=False)


def test_plain_sentences_get_their_kind(result: rasd.Analysis) -> None:
    kinds = result.comments["kind"]
    assert kinds[:4] == ["complaint", "suggestion", "praise", "question"]
    assert kinds[5:] == [None, None]


def test_what_is_not_judged_is_null_and_what_is_withheld_has_a_reason(result: rasd.Analysis) -> None:
    table = result.comments
    for field in ("kind", "emotion", "churn_intent", "sarcasm", "actor"):
        assert table[field][5:] == [None, None], field
    for kind, probability, emotion, reason in zip(table["kind"], table["kind_prob"], table["emotion"], table["reason"]):
        assert (kind is None) == (probability is None)
        assert kind or "kind" in reason or "comment" in reason
        assert emotion or "emotion" in reason or "comment" in reason


def test_every_label_has_its_probability(result: rasd.Analysis) -> None:
    table = result.comments
    for labels, probabilities in (("topics", "topics_prob"), ("cues", "cues_prob")):
        assert any(table[labels])
        for told, sure in zip(table[labels], table[probabilities]):
            assert len(told) == len(sure) and all(0 < p <= 1 for p in sure)
            assert labels == "cues" or sure == sorted(sure, reverse=True)
    for actor, sure in zip(table["actor"], table["actor_prob"]):
        assert (actor is None) == (sure is None)
    for label in ("sentiment", "kind", "topic"):
        for told, sure in zip(result.clauses[label], result.clauses[f"{label}_prob"]):
            assert (told is None) == (sure is None)


def test_the_words_of_a_cue_stand_in_the_comment(result: rasd.Analysis) -> None:
    cues = result.cues
    assert len(cues) > 0
    for row, words, start, end in zip(cues["row"], cues["words"], cues["start"], cues["end"]):
        text = TEXTS[row]
        assert text is not None and text[start:end] == words
    assert result.comments["churn_intent"][0] is True
    assert "churn" in result.comments["cues"][0] and "leaving" in result.comments["stages"][0]


def test_a_topic_of_ones_own_in_one_language_is_found_in_both(tmp_path: Path) -> None:
    file = tmp_path / "taxonomy.toml"
    file.write_text(
        """[[topic]]
id = "prayer_room"
name_en = "Prayer room"
[topic.seeds]
english = ["prayer room", "a place to pray", "the mosque inside the mall", "prayer area for women", "no prayer rugs"]
""",
        encoding="utf-8",
    )
    texts = ["لا يوجد مكان للصلاة في المول", "There is nowhere to pray here", "The invoice was wrong"]
    found = rasd.Analyzer(taxonomy=file).analyze(texts, progress=False).comments["topics"]
    assert ["prayer_room" in topics for topics in found] == [True, True, False]


def test_a_dropped_topic_is_never_said() -> None:
    analyzer = rasd.Analyzer(taxonomy={"topic": [{"id": "app_website", "drop": True}]})
    topics = analyzer.analyze(["The app crashes on every login", "التطبيق يعلق"], progress=False).comments["topics"]
    assert all("app_website" not in one for one in topics)


def test_one_text_alone_or_among_others_says_the_same(result: rasd.Analysis) -> None:
    analyzer = rasd.Analyzer(threads=1)
    for row, text in enumerate(TEXTS):
        alone = analyzer.analyze([text], progress=False).comments
        for field in ("kind", "kind_prob", "topics", "emotion", "cues", "actor", "reason"):
            assert alone[field][0] == result.comments[field][row], (field, text)
