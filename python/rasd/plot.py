"""Charts of an analysis: SVG pictures that a notebook shows and any browser opens."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rasd import _rasd


class Chart:
    """One picture, as SVG. A notebook shows it; whatever opens it shapes the Arabic."""

    def __init__(self, inner: _rasd.Analysis, name: str) -> None:
        self._inner, self._name = inner, name

    @property
    def svg(self) -> str:
        """The picture; nothing in it is fetched or run."""
        return self._inner.chart(self._name)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write the picture to a file named ``.svg``, whole or not at all.

        Raises
        ------
        TableError
            The file has another extension or cannot be written.
        """
        self._inner.write_chart(self._name, os.fspath(path))

    def _repr_html_(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return f"<rasd.plot.Chart of {self._name}>"


class Plot:
    """Charts of one analysis, as ``analysis.plot``.

    Examples
    --------
    >>> import rasd
    >>> result = rasd.Analyzer().analyze(["الخدمة بطيئة", "great app"], progress=False)
    >>> result.plot.causes().svg.startswith("<svg")
    True
    """

    def __init__(self, inner: _rasd.Analysis) -> None:
        self._inner = inner

    def causes(self) -> Chart:
        """Share of comments of the twelve most frequent causes, with 95 % intervals."""
        return Chart(self._inner, "causes")

    def drivers(self) -> Chart:
        """Effect of causes on the rating, with 95 % intervals; one that is no evidence is pale."""
        return Chart(self._inner, "drivers")

    def trend(self) -> Chart:
        """Share of comments of the five most frequent causes, by period."""
        return Chart(self._inner, "trend")
