"""Claims about the figures of the evaluation; they need no data and no model."""

import doctest
import sys
from pathlib import Path

import numpy as np
import pytest

HERE = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(HERE))

import card_tables  # noqa: E402
import figures  # noqa: E402
import headline  # noqa: E402
import measure_dialect  # noqa: E402
import measure_meaning  # noqa: E402
import measure_sentiment  # noqa: E402
import varieties  # noqa: E402

LABELS = ["negative", "neutral", "positive"]


@pytest.mark.parametrize("module", [figures, headline, varieties])
def test_examples_run(module):
    found = doctest.testmod(module)
    assert found.attempted and not found.failed


def test_figures_agree_with_scikit_learn():
    from sklearn.metrics import accuracy_score, f1_score, precision_recall_fscore_support

    generator = np.random.default_rng(7)
    gold, said = generator.integers(0, 3, 200), generator.integers(0, 3, 200)
    found = figures.decided(gold, said, LABELS)
    assert found["accuracy"] == accuracy_score(gold, said)
    assert found["macro_f1"] == pytest.approx(f1_score(gold, said, average="macro"))
    precision, recall, f1, n = precision_recall_fscore_support(gold, said)
    for i, label in enumerate(LABELS):
        assert found["classes"][label] == pytest.approx(
            {"precision": precision[i], "recall": recall[i], "f1": f1[i], "n": n[i]}
        )
    assert found["f1_pn"] == pytest.approx((f1[0] + f1[2]) / 2)


def test_a_label_without_rows_counts_in_no_mean():
    found = figures.decided(np.array([0, 0]), np.array([0, 1]), LABELS)
    assert list(found["classes"]) == ["negative"]
    assert found["macro_f1"] == pytest.approx(2 / 3)
    assert found["f1_pn"] is None


def test_stated_probabilities_that_hold_have_no_calibration_error():
    right = np.array([True] * 80 + [False] * 20)
    assert figures.calibration_error(np.full(100, 0.8), right) == pytest.approx(0)
    assert figures.calibration_error(np.full(100, 1.0), right) == pytest.approx(0.2)


class Served:
    """Answers given beforehand, by head."""

    said = {"heads": {"dialect": {"labels": ["msa", "gulf"], "threshold": 0.8}}}  # noqa: RUF012

    def __init__(self, answers):
        self.answers = np.array(answers)

    def probabilities(self, head, texts):
        return self.answers


def rows_of(**labels):
    return [
        {"id": str(i), "set": "s", "text": "", **dict(zip(labels, one))} for i, one in enumerate(zip(*labels.values()))
    ]


def test_where_a_set_has_two_labels_a_third_answer_is_not_counted():
    served = Served([[0.3, 0.6, 0.1], [0.1, 0.8, 0.1 + 1e-6]])
    rows = rows_of(sentiment=["negative", "positive"])
    bars = {"0": [1.0, 2.0, -1.0], "1": [0.5, 0.7, 0.1]}
    found = measure_sentiment.Judged(served, rows, bars).report()
    assert found["net"]["accuracy"] == 1.0
    assert found["svm"]["accuracy"] == 0.5
    assert found["calibration_error"] is None
    assert "minilm" not in found


def test_a_dialect_below_the_threshold_is_no_answer():
    class Bench:
        served, answers = Served([[0.9, 0.1], [0.6, 0.4], [0.15, 0.85]]), {}

    found = measure_dialect.report(Bench, *measure_dialect.judged(Bench, rows_of(dialect_label=["msa", "gulf", "msa"])))
    assert found["net"]["accuracy"] == pytest.approx(1 / 3)
    assert found["answered"] == pytest.approx(2 / 3)
    assert found["accuracy_answered"] == 0.5
    assert found["svm"] is None


def test_topics_agree_with_scikit_learn():
    from sklearn.metrics import f1_score

    generator = np.random.default_rng(7)
    gold, said = generator.random((50, 4)) < 0.4, generator.random((50, 4)) < 0.4
    found = figures.yes_no(gold, said, list("abcd"))
    assert found["micro_f1"] == pytest.approx(f1_score(gold, said, average="micro"))
    assert found["macro_f1"] == pytest.approx(f1_score(gold, said, average="macro"))


def test_retrieval_counts_any_right_partner_and_goes_both_ways():
    place = {"cat": [1, 0, 0], "قطه": [1, 0.1, 0], "هره": [0.9, 0, 0.1], "dog": [0, 1, 0], "كلب": [0.1, 0, 1]}
    pairs = [("cat", "قطه"), ("cat", "هره"), ("dog", "كلب")]
    found = measure_meaning.both_ways(
        lambda texts, marks: np.array([place[text] for text in texts], float), pairs, ("en", "ar")
    )
    assert (found["n"], found["among"]) == (2, 3)
    assert found["there_top1"] == 0.5  # the dog's own vector lies nearest to a cat
    assert found["there_top5"] == 1.0
    assert found["back_top1"] == pytest.approx(2 / 3)


def test_removing_the_mean_of_each_language_brings_translations_together():
    generator = np.random.default_rng(7)
    meaning = generator.normal(size=(20, 8))
    vectors = np.concatenate([meaning, meaning + 5])
    moved = measure_meaning.centred(vectors, ["en"] * 20 + ["ar"] * 20)
    np.testing.assert_allclose(moved[:20], moved[20:], atol=1e-9)
    np.testing.assert_allclose(np.linalg.norm(moved, axis=1), 1)


def test_clusters_that_are_apart_are_found_by_both_methods():
    centres = np.eye(4)[np.repeat(np.arange(4), 10)]
    found = measure_meaning.clustered(
        centres + np.random.default_rng(7).normal(0, 0.01, (40, 4)), [str(i // 10) for i in range(40)], 7
    )
    assert all(value == pytest.approx(1) for value in found.values())


def test_the_summary_shows_the_median_of_the_seeds():
    one = lambda value: {"headline": [{"what": "accuracy", "unit": "%", "model": value, "beside": {"SVC": 0.4}}]}
    text = card_tables.summary({**one(0.5), "seeds": [one(0.7), one(0.6)]})
    assert "| accuracy | 50.0 % | SVC 40.0 % | 60.0 % (50.0 % to 70.0 %) |" in text


def test_ablations_show_every_figure_some_entry_has():
    text = card_tables.ablations(
        [
            {"name": "all", "what": "the recipe", "steps": 440, "macro-F1": 0.61},
            {"name": "no pairs", "what": "", "NMI": 0.7},
        ]
    )
    assert "| name | what | steps | macro-F1 | NMI |" in text
    assert "| no pairs |  | - | - | 0.700 |" in text
