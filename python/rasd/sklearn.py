"""scikit-learn estimators: normalize, embed and cluster comments in a pipeline. Needs scikit-learn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sklearn.base import BaseEstimator, ClusterMixin, TransformerMixin

from rasd._analyzer import Analyzer
from rasd._input import cells
from rasd._normalize import Normalizer
from rasd._root_causes import RootCauses
from rasd.exceptions import InvalidInputError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class TextNormalizer(TransformerMixin, BaseEstimator):
    """Normalizes comments; ``transform`` returns a list of str.

    Parameters
    ----------
    preset : {"light", "feedback", "search"} or None
    rules : dict, optional
        Rules over the preset, as keywords of `rasd.Normalizer`.

    Examples
    --------
    >>> from rasd.sklearn import TextNormalizer
    >>> TextNormalizer().fit_transform(["الخِدمـــة سيّئة", None])
    ['الخدمة سيئة', '']
    """

    def __init__(self, preset: str | None = "feedback", rules: dict[str, str | bool | int] | None = None) -> None:
        self.preset = preset
        self.rules = rules

    def fit(self, X: Any, y: Any = None) -> TextNormalizer:
        """Check the options."""
        self.normalizer_ = Normalizer(self.preset, **(self.rules or {}))
        return self

    def transform(self, X: Any) -> list[str]:
        """Normalized comments; a missing one is an empty str, which vectorizers take."""
        return ["" if text is None else text for text in _fitted(self, "normalizer_").batch(cells(X))]


class FeedbackVectorizer(TransformerMixin, BaseEstimator):
    """Embeds comments with the bilingual model; ``transform`` returns ``[n, dim]`` float32 of unit length.

    Parameters
    ----------
    model : path, optional
        A model folder instead of the embedded model.
    threads : int, optional
        Worker threads; by default one per core.
    """

    def __init__(self, model: str | None = None, threads: int | None = None) -> None:
        self.model = model
        self.threads = threads

    def fit(self, X: Any, y: Any = None) -> FeedbackVectorizer:
        """Load the model."""
        self.analyzer_ = Analyzer(self.model, threads=self.threads)
        return self

    def transform(self, X: Any) -> NDArray[np.float32]:
        """Embeddings; an empty comment is a row of zeros."""
        vectors: NDArray[np.float32] = _fitted(self, "analyzer_").embed(X, progress=False)
        return vectors


class RootCauseClusterer(ClusterMixin, BaseEstimator):
    """Root causes of comments or vectors; noise is -1.

    Parameters
    ----------
    n_causes, min_size : int, optional
        By default the data decides.
    random_state : int
    """

    def __init__(self, n_causes: int | None = None, min_size: int | None = None, random_state: int = 0) -> None:
        self.n_causes = n_causes
        self.min_size = min_size
        self.random_state = random_state

    def fit(self, X: Any, y: Any = None) -> RootCauseClusterer:
        """Fit comments, or vectors ``[n, dim]``."""
        self.root_causes_ = RootCauses(self.n_causes, self.min_size, self.random_state).fit(X)
        self.labels_ = self.root_causes_.labels_
        self.causes_ = self.root_causes_.causes_
        return self

    def predict(self, X: Any) -> NDArray[np.int64]:
        """The nearest cause of each new comment or vector, -1 where none is near."""
        labels: NDArray[np.int64] = _fitted(self, "root_causes_").predict(X)
        return labels


def _fitted(estimator: Any, name: str) -> Any:
    if not hasattr(estimator, name):
        raise InvalidInputError(f"{type(estimator).__name__}: not fitted", "call `fit` first")
    return getattr(estimator, name)
