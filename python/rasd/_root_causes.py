"""`RootCauses`: causes of any texts or vectors, fitted once, saved, and asked again."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from rasd import _rasd
from rasd._analyzer import Analyzer
from rasd._input import cells
from rasd.exceptions import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy as np
    from numpy.typing import NDArray


class RootCauses:
    """Root causes in the manner of scikit-learn.

    Parameters
    ----------
    n_causes, min_size : int, optional
        How many causes, and the fewest texts that make one; by default the data decides.
    random_state : int
        Seed of ties; equal input and seed give equal output in any row order.
    analyzer : Analyzer, optional
        Embeds texts; by default the embedded model, loaded at the first need.
    max_outlier_share : float, optional
        Largest share of the texts, 0 to 1, that may belong to no cause; by default one distinct text in ten at most,
        often far fewer. 0 sends every text to a cause.

    Attributes
    ----------
    labels_ : ndarray of int, one per fitted text, -1 for none
    causes_ : list of dict (cause_id, parent_id, label_ar, label_en, keywords_ar, keywords_en, n, quotes)
    themes_ : list of dict (theme_id, label_ar, label_en, n), what ``parent_id`` refers to

    Examples
    --------
    >>> import rasd
    >>> texts = ["my card has not arrived", "لم تصل بطاقتي", "the app crashes", "التطبيق يتوقف"]
    >>> rc = rasd.RootCauses(n_causes=2, min_size=1).fit(texts)
    >>> len(rc.labels_)
    4
    """

    def __init__(
        self,
        n_causes: int | None = None,
        min_size: int | None = None,
        random_state: int = 0,
        analyzer: Analyzer | None = None,
        max_outlier_share: float | None = None,
    ) -> None:
        self.n_causes = n_causes
        self.min_size = min_size
        self.random_state = random_state
        self.analyzer = analyzer
        self.max_outlier_share = max_outlier_share

    def fit(self, X: Any, y: Any = None) -> RootCauses:
        """Fit texts, or vectors ``[n, dim]``."""
        options = (self.n_causes, self.min_size, self.random_state, self.max_outlier_share)
        vectors = _vectors(X)
        if vectors is None:
            self._fitted = _rasd.RootCauses.fit_texts(self._embedder(), cells(X), options)
        else:
            self._fitted = _rasd.RootCauses.fit_vectors(vectors, options)
        return self

    def predict(self, X: Any) -> NDArray[np.int64]:
        """The nearest cause of each new text or vector, -1 where none is near."""
        import numpy as np

        vectors = _vectors(X)
        if vectors is None:
            labels = self._model().predict_texts(self._embedder(), cells(X))
        else:
            labels = self._model().predict_vectors(vectors)
        return np.asarray(labels, dtype=np.int64)

    def refit(self, X: Any) -> RootCauses:
        """Fit again on the earlier texts (or vectors) and new ones, with the options of the first fit.

        A cause that continues an earlier one keeps its ``cause_id``; others get ids that were never used.

        Examples
        --------
        >>> import rasd
        >>> texts = ["my card has not arrived", "لم تصل بطاقتي", "the app crashes", "التطبيق يتوقف"]
        >>> rc = rasd.RootCauses(n_causes=2, min_size=1).fit(texts)
        >>> before = list(rc.labels_)
        >>> list(rc.refit([*texts, "where is my card"]).labels_[:4]) == before
        True
        """
        vectors = _vectors(X)
        if vectors is None:
            self._fitted = self._model().refit_texts(self._embedder(), cells(X))
        else:
            self._fitted = self._model().refit_vectors(vectors)
        return self

    def merge(self, cause_ids: Iterable[int]) -> RootCauses:
        """Join causes into one, which keeps the ``cause_id`` and the names of the largest.

        ``labels_``, ``causes_``, ``themes_``, `predict` and `save` follow, and `refit` keeps them joined. An id that no
        cause has, or fewer than two, is an `InvalidInputError`.

        Examples
        --------
        >>> import rasd
        >>> texts = ["my card has not arrived", "لم تصل بطاقتي", "the app crashes"]
        >>> rc = rasd.RootCauses(n_causes=2, min_size=1).fit(texts)
        >>> rc.merge([0, 1]).labels_.tolist()
        [0, 0, 0]
        """
        self._fitted = self._model().merge(list(cause_ids))
        return self

    def split(self, cause_id: int, n: int = 2) -> RootCauses:
        """Take a cause apart into ``n``, by the hierarchy of its own texts.

        The largest part keeps the ``cause_id``; the others get ids that were never used. `merge` of the parts undoes
        it. It needs the fitted texts, which a saved file does not hold: after `load`, `refit` first. Otherwise, and for
        an id that no cause has or an ``n`` the cause has not texts enough for, it is an `InvalidInputError`.

        Examples
        --------
        >>> import rasd
        >>> texts = ["my card has not arrived", "لم تصل بطاقتي", "the app crashes"]
        >>> rc = rasd.RootCauses(n_causes=1, min_size=1).fit(texts)
        >>> rc.split(0).labels_.tolist()
        [0, 0, 1]
        """
        self._fitted = self._model().split(cause_id, n)
        return self

    def fit_predict(self, X: Any, y: Any = None) -> NDArray[np.int64]:
        """``fit(X).labels_``."""
        return self.fit(X).labels_

    @property
    def labels_(self) -> NDArray[np.int64]:
        """The cause of each fitted text, -1 for none."""
        import numpy as np

        return np.asarray(self._model().labels(), dtype=np.int64)

    @property
    def causes_(self) -> list[dict[str, Any]]:
        """The causes, the largest first."""
        return self._model().causes()

    @property
    def themes_(self) -> list[dict[str, Any]]:
        """The themes of the causes, the largest first; none when there are fewer than six causes."""
        return self._model().themes()

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the fitted causes as one JSON file."""
        self._model().save(os.fspath(path))

    @classmethod
    def load(cls, path: str | os.PathLike[str], analyzer: Analyzer | None = None) -> RootCauses:
        """Read what `save` wrote.

        Causes fitted on texts know the model that embedded them: another ``analyzer`` here, or in `predict`, is a
        `ModelError` that names both.
        """
        loaded = cls(analyzer=analyzer)
        inner = None if analyzer is None else analyzer._inner
        loaded._fitted = _rasd.RootCauses.load(os.fspath(path), inner)
        return loaded

    def _model(self) -> _rasd.RootCauses:
        fitted: _rasd.RootCauses | None = getattr(self, "_fitted", None)
        if fitted is None:
            raise InvalidInputError("RootCauses: not fitted", "call `fit` first")
        return fitted

    def _embedder(self) -> _rasd.Analyzer:
        if self.analyzer is None:
            self.analyzer = Analyzer()
        return self.analyzer._inner


def _vectors(X: Any) -> list[list[float]] | None:
    """Rows of numbers when ``X`` is a matrix, ``None`` when it holds texts."""
    if getattr(X, "ndim", 1) == 2:
        return X.tolist()  # type: ignore[no-any-return]
    if isinstance(X, (list, tuple)) and X and isinstance(X[0], (list, tuple)):
        return [list(row) for row in X]
    return None
