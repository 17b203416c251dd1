"""`Analyzer` and `Analysis`: from comments to tables and a report."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rasd import _rasd
from rasd._input import cells, is_table, names, picker
from rasd._progress import shown
from rasd._runtime import library
from rasd._taxonomy import Taxonomy
from rasd.exceptions import InvalidInputError
from rasd.plot import Plot

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


class Analyzer:
    """Reads comments with a model.

    Parameters
    ----------
    model : path, optional
        A model folder: rasd's own, or a Hugging Face / Optimum text-classification export
        (``config.json`` with ``id2label``, ``tokenizer.json``, ``model.onnx``). By default the embedded model
        `rasd-base`; ``"fast"`` is the smaller embedded one, `rasd-fast`: several times the comments a second for a few
        points of accuracy (``models/rasd-fast/MODEL_CARD.md``).
    threads : int, optional
        Worker threads; by default one per core. Results do not depend on it.
    taxonomy : Taxonomy, path or dict, optional
        What there is to say, laid over the library's own (see `Taxonomy`). A topic of yours needs five phrases in one
        language and no training; it is found in both.

    Examples
    --------
    >>> import rasd
    >>> a = rasd.Analyzer()
    >>> a.predict(["الخدمة سيئة جدا", "I love it"])
    ['negative', 'positive']

    >>> kids = {"id": "kids_area", "name_en": "Kids' area", "seeds": {"english": [
    ...     "play area for kids", "kids corner", "slides for children", "the ball pit", "babysitter"]}}
    >>> a = rasd.Analyzer(taxonomy={"topic": [kids]})
    >>> "kids_area" in a.analyze(["منطقة ألعاب الأطفال مغلقة"], progress=False).comments["topics"][0]
    True
    """

    def __init__(
        self,
        model: str | os.PathLike[str] | None = None,
        *,
        threads: int | None = None,
        taxonomy: Taxonomy | str | os.PathLike[str] | dict[str, Any] | None = None,
    ) -> None:
        path = None if model is None else os.fspath(model)
        if taxonomy is not None and not isinstance(taxonomy, Taxonomy):
            taxonomy = Taxonomy(taxonomy)
        self._inner = _rasd.Analyzer(path, library(), threads, None if taxonomy is None else taxonomy._inner)

    @property
    def labels(self) -> list[str]:
        """Sentiment names in the order of `predict_proba`'s columns."""
        return self._inner.labels

    @property
    def model_name(self) -> str:
        """The model's name."""
        return self._inner.model_name

    def predict(self, texts: Sequence[str | None] | Any, *, progress: bool = True) -> list[str | None]:
        """The most probable sentiment of each text; ``None`` where there is nothing to judge."""
        import numpy as np

        p = self.predict_proba(texts, progress=progress)
        labels = self.labels
        judged = ~np.isnan(p[:, 0])
        best = np.where(judged, np.nan_to_num(p).argmax(axis=1), -1)
        lookup = np.array([*labels, None], dtype=object)
        return lookup[best].tolist()  # type: ignore[no-any-return]

    def predict_proba(self, texts: Sequence[str | None] | Any, *, progress: bool = True) -> NDArray[np.float32]:
        """Probabilities ``[n_texts, 3]``, float32, rows sum to 1, columns follow `labels`.

        A text with nothing to judge (empty, ``None``, "N/A") is a row of NaN.
        """
        import numpy as np

        with shown(progress) as report:
            raw = self._inner.predict_proba(cells(texts), report)
        return np.frombuffer(raw, dtype=np.float32).reshape(-1, len(self.labels))

    def embed(self, texts: Sequence[str | None] | Any, *, progress: bool = True) -> NDArray[np.float32]:
        """Unit-length embeddings ``[n_texts, dim]``, float32; an empty text is a row of zeros."""
        import numpy as np

        with shown(progress) as report:
            raw = self._inner.embed(cells(texts), report)
        return np.frombuffer(raw, dtype=np.float32).reshape(-1, self._inner.dim)

    def analyze(
        self,
        data: Any,
        text: str | None = None,
        rating: Any = None,
        time: Any = None,
        by: Sequence[str] | None = None,
        id: Any = None,
        *,
        customer: Any = None,
        weights: Any = None,
        event: str | None = None,
        scale: str | None = None,
        n_causes: int | None = None,
        min_size: int | None = None,
        random_state: int = 0,
        progress: bool = True,
    ) -> Analysis:
        """Analyze comments.

        Parameters
        ----------
        data : list of str, Series, Arrow array, or a pandas, polars or pyarrow table
            The comments; ``None`` is an empty one.
        text, rating, time, id : str, optional
            Column names of a table. For a list of comments, ``rating``, ``time``, ``id``, ``customer`` and ``weights``
            are columns of the same length instead.
        by : list of str, optional
            Columns to compare the rating by.
        customer : str, optional
            Column of who wrote each comment: shares, intervals and the sizes of causes count a customer once,
            however often they wrote.
        weights : str, optional
            Column of weights above 0, where some kinds of customers were asked more often than their share; the
            headline figure and the effects are weighted by it.
        event : str, optional
            A date, year first (``"2026-03-01"``): ratings and causes are compared before it and from it on.
        scale : {"nps", "csat", "ces"}, optional
            Rating scale: 0..10, 1..5 or 1..7. By default told by the column's name and values.
        n_causes, min_size : int, optional
            How many root causes, and the fewest clauses that make one; by default the data decides.

        Raises
        ------
        InvalidInputError
            A column is not there, or a rating is outside its scale; the message names the row.
        """
        columns: dict[str, Any]
        rating_name = rating if isinstance(rating, str) else "rating"
        if is_table(data):
            pick = picker(data)
            if text is None:
                text = _rasd.guess_text([(name, pick(name)) for name in names(data)])
            columns = {
                "text": pick(text),
                "rating": None if rating is None else pick(rating),
                "time": None if time is None else pick(time),
                "by": [pick(name) for name in by or []],
                "id": None if id is None else pick(id),
                "customer": None if customer is None else pick(customer),
                "weights": None if weights is None else pick(weights),
            }
        else:
            if text is not None or by:
                raise InvalidInputError("`text` and `by` name columns of a table, but got a list of comments")
            columns = {
                "text": cells(data),
                "rating": None if rating is None else cells(rating),
                "time": None if time is None else cells(time),
                "by": [],
                "id": None if id is None else cells(id),
                "customer": None if customer is None else cells(customer),
                "weights": None if weights is None else cells(weights),
            }
        with shown(progress) as report:
            inner = self._inner.analyze(
                **columns,
                event=event,
                rating_name=rating_name,
                by_names=list(by or []),
                scale=scale,
                n_causes=n_causes,
                min_size=min_size,
                random_state=random_state,
                progress=report,
            )
        return Analysis(inner)

    def __repr__(self) -> str:
        return f"<rasd.Analyzer model={self.model_name!r}>"


class Analysis:
    """What a survey says: tables, the headline figure, and a report.

    Each table speaks the Arrow PyCapsule interface and has ``to_pandas()``, ``to_polars()``, ``len()`` and
    ``["column"]``. Clause offsets count code points.
    """

    def __init__(self, inner: _rasd.Analysis) -> None:
        self._inner = inner

    @property
    def comments(self) -> _rasd.Table:
        """A row per input row, same order."""
        return self._inner.table("comments")

    @property
    def clauses(self) -> _rasd.Table:
        """A row per clause of a judged comment."""
        return self._inner.table("clauses")

    @property
    def cues(self) -> _rasd.Table:
        """A row per cue: leaving, switching, word of mouth, a broken promise, automation, escalation, urgency."""
        return self._inner.table("cues")

    @property
    def causes(self) -> _rasd.Table:
        """A row per root cause, the most frequent first."""
        return self._inner.table("causes")

    @property
    def themes(self) -> _rasd.Table:
        """A row per theme, causes that belong together, the most frequent first; ``parent_id`` of a cause names it."""
        return self._inner.table("themes")

    @property
    def links(self) -> _rasd.Table:
        """A row per pair of causes that customers join themselves ("because", لأن), the most frequent first."""
        return self._inner.table("links")

    @property
    def drivers(self) -> _rasd.Table:
        """A row per cause, topic, segment, language or event that the rating was compared on."""
        return self._inner.table("drivers")

    @property
    def trend(self) -> _rasd.Table:
        """A row per period, for all comments and for each cause, when there is a time column."""
        return self._inner.table("trend")

    @property
    def quality(self) -> _rasd.Table:
        """What was wrong with the data."""
        return self._inner.table("quality")

    @property
    def plot(self) -> Plot:
        """Charts: ``plot.causes()``, ``plot.drivers()``, ``plot.trend()``."""
        return Plot(self._inner)

    @property
    def kpi(self) -> dict[str, Any] | None:
        """The headline figure: name, value, ci_low, ci_high, n, mean_rating, implied; ``None`` without ratings."""
        return self._inner.kpi

    @property
    def notes(self) -> list[str]:
        """What was guessed or repaired on the way."""
        return self._inner.notes

    def write_html(self, path: str | os.PathLike[str], title: str = "rasd") -> None:
        """Write the report as one HTML page that needs nothing from outside, whole or not at all."""
        self._inner.write_html(os.fspath(path), title)

    def write(self, folder: str | os.PathLike[str], title: str = "rasd") -> None:
        """Write every table as CSV, JSON and Parquet, and the report, into a folder."""
        self._inner.write(os.fspath(folder), title)

    def _repr_html_(self) -> str:
        return self._inner.html_fragment()

    def __repr__(self) -> str:
        kpi = self.kpi
        head = "" if kpi is None else f", {kpi['name']} {kpi['value']:.1f}"
        return f"<rasd.Analysis {len(self.comments)} comments, {len(self.causes)} root causes{head}>"
