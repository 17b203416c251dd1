"""`nps`, `csat` and `ces`: headline figures with 95 % intervals."""

from __future__ import annotations

from typing import Any, NamedTuple

from rasd import _rasd
from rasd._input import cells


class Estimate(NamedTuple):
    """A value with its 95 % interval and the number of ratings."""

    value: float
    ci_low: float
    ci_high: float
    n: int


def nps(ratings: Any) -> Estimate:
    """Net promoter score of ratings 0..10: share of 9 and 10 minus share of 0..6, in points -100..100.

    Examples
    --------
    >>> import rasd
    >>> rasd.nps([10, 9, 8, 3]).value
    25.0
    """
    return Estimate(**_rasd.nps(_numbers(ratings)))


def csat(ratings: Any) -> Estimate:
    """Customer satisfaction of ratings 1..5: share of 4 and 5, 0..1.

    Examples
    --------
    >>> import rasd
    >>> rasd.csat([5, 4, 3, 1]).value
    0.5
    """
    return Estimate(**_rasd.csat(_numbers(ratings)))


def ces(ratings: Any) -> Estimate:
    """Customer effort score of ratings 1..7: their mean.

    Examples
    --------
    >>> import rasd
    >>> rasd.ces([7, 5]).value
    6.0
    """
    return Estimate(**_rasd.ces(_numbers(ratings)))


def _numbers(ratings: Any) -> list[float]:
    """Ratings without the missing ones."""
    return [value for value in cells(ratings) if value is not None and value == value]
