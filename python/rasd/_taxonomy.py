"""`Taxonomy`: topics, kinds, cues, actors and emotions, and the words that say them."""

from __future__ import annotations

import json
from os import PathLike
from typing import Any

from rasd import _rasd
from rasd._input import cells
from rasd.exceptions import InvalidInputError


class Taxonomy:
    """What there is to say in a comment, as data; a file or a dict of yours lies over it without training.

    Parameters
    ----------
    source : path, dict or None
        A TOML file, or a dict with the same keys, laid over the library's own: a topic, kind, cue, actor or emotion
        with an id of the library's replaces that whole, a new one is added, ``"drop": True`` takes a topic out. A topic
        needs an id, a name in one language and five phrases in any one variety (msa, gulf, egyptian, levantine,
        maghrebi, iraqi, english). ``None`` is the library's own.

    Raises
    ------
    InvalidInputError
        The source says something that does not hold; the message names the line, or the keys.

    Examples
    --------
    >>> import rasd
    >>> taxonomy = rasd.Taxonomy({"topic": [{
    ...     "id": "kids", "name_en": "Kids' area",
    ...     "seeds": {"english": ["play area", "kids corner", "ball pit", "slides", "babysitter"]},
    ... }]})
    >>> [mark["text"] for mark in taxonomy.read("The ball pit was closed")["topics"]]
    ['ball pit']
    """

    def __init__(self, source: str | PathLike[str] | dict[str, Any] | None = None) -> None:
        if not isinstance(source, dict):
            self._inner = _rasd.Taxonomy(path=source)
            return
        try:
            text = json.dumps(source)
        except (TypeError, ValueError) as error:
            raise InvalidInputError(
                f"taxonomy: {error}", "a dict of str, int, bool, list and dict is expected"
            ) from None
        self._inner = _rasd.Taxonomy(json=text)

    @property
    def topics(self) -> list[dict[str, Any]]:
        """Every topic: id, names, touchpoint, stage, parent, ``seeds`` as (variety, phrase) and ``user``."""
        return self._inner.topics

    def read(self, text: str) -> dict[str, list[dict[str, Any]]]:
        """What the words of ``text`` say: ``topics``, ``kinds``, ``cues``, ``actors`` and ``emotions``.

        Each is a list, in the order of the text, of ``id``, ``start`` and ``end`` in code points, ``text`` and
        ``strength`` (strong: the words alone say it; weak: they need another sign beside them); a cue has its ``sense``
        besides, an emotion its ``intensity``.

        Examples
        --------
        >>> import rasd
        >>> [cue["id"] for cue in rasd.Taxonomy().read("لن أتعامل معكم مرة أخرى")["cues"]]
        ['churn']
        """
        return self._inner.read(text)

    def batch(self, texts: Any) -> list[dict[str, list[dict[str, Any]]] | None]:
        """What :meth:`read` says of each comment of a column; ``None`` for an empty cell."""
        return self._inner.batch(cells(texts))

    def __repr__(self) -> str:
        return repr(self._inner)
