"""Headline figures with 95 % intervals, thresholds on them, perception gaps and sample sizes."""

from __future__ import annotations

from typing import Any, NamedTuple

from rasd import _rasd
from rasd._input import cells
from rasd.exceptions import InvalidInputError


class Estimate(NamedTuple):
    """A value with its 95 % interval and the number of ratings."""

    value: float
    ci_low: float
    ci_high: float
    n: int


class PerceptionGap(NamedTuple):
    """How one segment is rated from the inside and by customers.

    ``internal`` and ``customers`` are shares of satisfied ratings; ``gap`` is their difference, ``None`` below five
    ratings on a side; ``p_holm`` is corrected over all segments; ``verdict`` is ``"overrated"`` (the inside sees it
    better than customers do), ``"underrated"``, ``"no evidence"`` or ``"not enough data"``.
    """

    segment: str
    internal: Estimate
    customers: Estimate
    gap: Estimate | None
    p_value: float | None
    p_holm: float | None
    verdict: str


def nps(ratings: Any, *, weights: Any = None, customers: Any = None) -> Estimate:
    """Net promoter score of ratings 0..10: share of 9 and 10 minus share of 0..6, in points -100..100.

    ``weights`` says how many of the population each rating stands for; ``customers`` who gave it, so that one
    customer's ratings narrow the interval once. Missing ratings are left out.

    Examples
    --------
    >>> import rasd
    >>> rasd.nps([10, 9, 8, 3]).value
    25.0
    >>> rasd.nps([10, 0], weights=[3, 1]).value
    50.0
    """
    return _index("nps", ratings, weights, customers)


def csat(ratings: Any, *, weights: Any = None, customers: Any = None) -> Estimate:
    """Customer satisfaction of ratings 1..5: share of 4 and 5, 0..1; ``weights`` and ``customers`` as in `nps`.

    Examples
    --------
    >>> import rasd
    >>> rasd.csat([5, 4, 3, 1]).value
    0.5
    """
    return _index("csat", ratings, weights, customers)


def ces(ratings: Any, *, weights: Any = None, customers: Any = None) -> Estimate:
    """Customer effort score of ratings 1..7: their mean; ``weights`` and ``customers`` as in `nps`.

    Examples
    --------
    >>> import rasd
    >>> rasd.ces([7, 5]).value
    6.0
    """
    return _index("ces", ratings, weights, customers)


def share(n_with: int, n: int) -> Estimate:
    """Share of ``n`` rows, 0..1, with Wilson's interval.

    Examples
    --------
    >>> import rasd
    >>> rasd.share(70, 100).value
    0.7
    """
    return Estimate(**_rasd.share(n_with, n))


def sla(figure: Estimate, *, at_least: float | None = None, at_most: float | None = None) -> str:
    """Whether a promised threshold was missed: ``"breach"``, ``"none"`` or ``"not enough data"``.

    A breach is claimed when the figure's whole 95 % interval lies on the wrong side, ``"none"`` when the whole interval
    keeps the threshold.

    Examples
    --------
    >>> import rasd
    >>> rasd.sla(rasd.share(70, 100), at_least=0.9)
    'breach'
    >>> rasd.sla(rasd.nps([10] * 40 + [3] * 5), at_least=50)
    'none'
    >>> rasd.sla(rasd.share(9, 10), at_least=0.9)
    'not enough data'
    """
    value, ci_low, ci_high, n = figure
    return _rasd.sla((value, ci_low, ci_high, n), at_least=at_least, at_most=at_most)


def sample_size(margin: float, sd: float = 0.5, population: int | None = None) -> int:
    """Answers needed for a 95 % interval of ``margin`` to either side.

    ``sd`` is the standard deviation of one answer, in the unit of ``margin``: 0.5 for a share at worst, 100 for the NPS
    at worst, the ratings' own for their mean. ``population`` makes the finite population correction.

    Examples
    --------
    >>> import rasd
    >>> rasd.sample_size(0.05)
    385
    >>> rasd.sample_size(0.05, population=2000)
    323
    """
    return _rasd.sample_size(margin, sd, population)


def perception_gap(
    internal: Any,
    customers: Any,
    *,
    scale: str = "csat",
    internal_by: Any = None,
    customers_by: Any = None,
) -> list[PerceptionGap]:
    """How the inside rates itself against how customers do, for each segment or over all.

    Satisfied is 9 and 10 (``scale="nps"``), 4 and 5 (``"csat"``), 5 to 7 (``"ces"``). The gap has Newcombe's interval
    for a difference of proportions; p-values are corrected over the segments by Holm.

    Examples
    --------
    >>> import rasd
    >>> gap = rasd.perception_gap([5] * 56 + [2] * 14, [5] * 48 + [2] * 32)[0]
    >>> gap.verdict, round(gap.gap.value, 3), round(gap.gap.ci_low, 4)
    ('overrated', 0.2, 0.0524)
    """
    if (internal_by is None) != (customers_by is None):
        raise InvalidInputError("got a segment column for one side alone, expected one for both sides or for neither")
    rows = (_segmented(internal, internal_by, "internal"), _segmented(customers, customers_by, "customers"))
    gaps = _rasd.perception_gap(scale, *rows)
    return [_gap(**gap) for gap in gaps]


def _gap(internal: Any, customers: Any, gap: Any, **rest: Any) -> PerceptionGap:
    known = None if gap is None else Estimate(**gap)
    return PerceptionGap(internal=Estimate(**internal), customers=Estimate(**customers), gap=known, **rest)


def _index(scale: str, ratings: Any, weights: Any, customers: Any) -> Estimate:
    names = None if customers is None else [_text(cell) for cell in cells(customers)]
    stand_for = None if weights is None else cells(weights)
    return Estimate(**_rasd.index(scale, [_number(cell) for cell in cells(ratings)], stand_for, names))


def _segmented(ratings: Any, by: Any, name: str) -> list[tuple[str, float]]:
    """Segment and rating of each row that has both."""
    values = [_number(cell) for cell in cells(ratings)]
    segments = ["all"] * len(values) if by is None else [_text(cell) for cell in cells(by)]
    if len(segments) != len(values):
        raise InvalidInputError(f"{name}_by: {len(segments)} values, expected {len(values)} as {name} has")
    return [(s, v) for s, v in zip(segments, values) if s is not None and v is not None]


def _number(cell: Any) -> float | None:
    return None if cell is None or cell != cell else cell


def _text(cell: Any) -> str | None:
    return None if cell is None or cell != cell else str(cell)
