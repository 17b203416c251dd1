"""`normalize` and `Normalizer`: one text, or a column of any library."""

from __future__ import annotations

from typing import Any, overload

from rasd import _rasd
from rasd._input import cells, handed_over, like, like_arrow, speaks_arrow


class Normalizer:
    """Normalizes text by rules.

    Parameters
    ----------
    preset : {"light", "feedback", "search"} or None
        ``light`` is hygiene that changes no letter, ``feedback`` what models read, ``search`` a matching key;
        ``None`` starts from no rules.
    **rules : str, bool or int
        One rule each, over the preset: ``emoji="strip"``, ``phones="mask"``, ``reduce_elongation=1``.

    Examples
    --------
    >>> import rasd
    >>> n = rasd.Normalizer("feedback", emoji="strip")
    >>> n("الخِدمـــة سيّئة 😡")
    'الخدمة سيئة'
    >>> n.batch(["شُكراً", None])
    ['شكرا', None]
    """

    def __init__(self, preset: str | None = "feedback", **rules: str | bool | int) -> None:
        self._inner = _rasd.Normalizer(preset, **rules)

    def __call__(self, text: str) -> str:
        return self._inner(text)

    def batch(self, texts: Any, threads: int | None = None) -> Any:
        """Normalize a column; the same kind comes back, of the same length, ``None`` stays ``None``.

        Strings that lie in Arrow memory (pyarrow, polars, pandas ``str``, any other with the PyCapsule interface) stay
        there; of a library not named here an object with that interface comes back.
        """
        if speaks_arrow(texts):
            chunks = self._inner.batch_arrow(handed_over(texts), threads)
            if chunks is not None:
                return like_arrow(texts, chunks)
        return like(texts, self._inner.batch_list(cells(texts), threads))

    def explain(self, text: str) -> _rasd.Explanation:
        """The normalized ``text``, its ``alignment`` and the ``changes`` of each rule, in code points."""
        return self._inner.explain(text)

    def source_span(self, text: str, start: int, end: int) -> tuple[int, int]:
        """The code points of ``text`` that code points ``start:end`` of its normalized form came from."""
        return self._inner.source_span(text, start, end)

    @property
    def spec(self) -> dict[str, Any]:
        """The preset and the rules over it."""
        return self._inner.spec

    @property
    def rules(self) -> dict[str, str]:
        """Every rule with its value, the preset's included, in the order they run.

        Examples
        --------
        >>> import rasd
        >>> rasd.Normalizer("feedback", emoji="strip").rules["emoji"]
        'strip'
        """
        return self._inner.rules

    def __reduce__(self) -> tuple[Any, tuple[dict[str, Any]]]:
        return (_from_spec, (self.spec,))

    def __repr__(self) -> str:
        return repr(self._inner)


def _from_spec(spec: dict[str, Any]) -> Normalizer:
    return Normalizer(spec["preset"], **spec["rules"])


_FEEDBACK = Normalizer("feedback")


@overload
def normalize(text: str) -> str: ...
@overload
def normalize(text: Any) -> Any: ...
def normalize(text: Any) -> Any:
    """Normalize with the ``feedback`` preset: a ``str``, or a list, Series or Arrow array of them.

    A column comes back as the same kind with the same length; ``None`` stays ``None``.

    Examples
    --------
    >>> import rasd
    >>> rasd.normalize("الخِدمـــة سيّئة!!")
    'الخدمة سيئة!!'
    """
    return _FEEDBACK(text) if isinstance(text, str) else _FEEDBACK.batch(text)
