"""The scikit-learn door: clones, pipelines, fitted names."""

import numpy as np
import pytest
import rasd
from rasd.sklearn import FeedbackVectorizer, RootCauseClusterer, TextNormalizer
from sklearn.base import clone
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

TEXTS = ["my card has not arrived", "لم تصل بطاقتي", "the app is slow", "التطبيق بطيء"] * 5
CARD = [1, 1, 0, 0] * 5


def test_a_pipeline_trained_in_english_answers_in_arabic() -> None:
    model = make_pipeline(TextNormalizer(), FeedbackVectorizer(threads=1), LogisticRegression())
    model.fit(TEXTS[0::2], CARD[0::2])
    assert list(model.predict(TEXTS[1::2])) == CARD[1::2]


def test_clones_keep_options_and_unfitted_ones_say_so() -> None:
    assert clone(TextNormalizer("search", {"emoji": "keep"})).get_params()["rules"] == {"emoji": "keep"}
    with pytest.raises(rasd.InvalidInputError, match="TextNormalizer: not fitted"):
        TextNormalizer().transform(["a"])
    with pytest.raises(rasd.InvalidInputError, match="did you mean `feedback`"):
        TextNormalizer("feedbak").fit(TEXTS)


def test_the_clusterer_has_the_fitted_names() -> None:
    vectors = FeedbackVectorizer().fit_transform(TEXTS)
    clusterer = RootCauseClusterer(n_causes=2, min_size=1).fit(vectors)
    assert clusterer.labels_.shape == (20,)
    assert len(clusterer.causes_) == 2
    assert np.array_equal(clusterer.predict(vectors), clusterer.labels_)
