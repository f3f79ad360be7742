"""Shares, their uncertainty, and whether a change could be chance: the sums behind every published figure.

Plain Python on purpose: the frozen program would double in size with scipy, which the tests use to check these.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

CONFIDENCE = 0.95

# Tables that are as likely as the one seen can come out a rounding error apart: they still count as equally likely.
_SAME_LIKELIHOOD = 1 + 1e-7
# Relative to the likeliest table. Nearer to the smallest float the digits would be lost.
_NEGLIGIBLE = 1e-300


@dataclass(frozen=True, slots=True)
class Interval:
    """The two ends of an interval, as fractions of one: 0 to 1 for a share, -1 to 1 for a difference."""

    low: float
    high: float


@cache
def normal_quantile(confidence: float = CONFIDENCE) -> float:
    """Return how many standard errors each way hold `confidence` of a normal distribution: 1.959964 for 0.95.

    Raises:
        ValueError: `confidence` is not between 0 and 1.
    """
    from statistics import NormalDist  # costs 25 ms, which the start of the program has no need of

    if not 0 < confidence < 1:
        raise ValueError("confidence must lie between 0 and 1")
    return NormalDist().inv_cdf((1 + confidence) / 2)


def percent(part: int, whole: int) -> int | None:
    """Return `part` of `whole` in whole per cent, halves up, without any rounding on the way; None of nothing.

    Raises:
        ValueError: `part` is below 0 or above `whole`.
    """
    _require_part(part, whole)
    return (200 * part + whole) // (2 * whole) if whole else None


def share(part: int, whole: int) -> float | None:
    """Return `part` of `whole` as a fraction from 0 to 1; None of nothing.

    Raises:
        ValueError: `part` is below 0 or above `whole`.
    """
    _require_part(part, whole)
    return part / whole if whole else None


def wilson(successes: int, n: int, confidence: float = CONFIDENCE) -> Interval:
    """Return Wilson's score interval for a share, without continuity correction; its end is exact at none and at all.

    Source: E. B. Wilson, *Probable inference, the law of succession, and statistical inference*, 1927. The ends are
    the roots of (p - x)^2 = z^2 x (1 - x) / n; the lower comes from their product, so that no digits cancel.

    Raises:
        ValueError: `n` is below 1, or `successes` is not within 0 to `n`.
    """
    _require_part(successes, n)
    if n < 1:
        raise ValueError("an interval needs at least one case")
    z = normal_quantile(confidence)
    p = successes / n
    centre = 2 * successes + z * z
    upper = centre + z * math.sqrt(z * z + 4 * successes * ((n - successes) / n))
    low = 2 * successes * p / upper
    high = upper / (2 * (n + z * z))
    return Interval(0.0 if successes == 0 else low, 1.0 if successes == n else high)


def newcombe(successes_now: int, n_now: int, successes_before: int, n_before: int) -> Interval:
    """Return Newcombe's hybrid score interval (95 per cent) for the share now less the share before.

    Source: R. G. Newcombe, *Interval estimation for the difference between independent proportions*, 1998, method 10:
    Wilson's intervals of both shares put together, without continuity correction.

    Raises:
        ValueError: a sample is empty, or its successes are not within it.
    """
    now, before = wilson(successes_now, n_now), wilson(successes_before, n_before)
    p_now, p_before = successes_now / n_now, successes_before / n_before
    change = (successes_now * n_before - successes_before * n_now) / (n_now * n_before)
    low = change - math.hypot(p_now - now.low, before.high - p_before)
    high = change + math.hypot(now.high - p_now, p_before - before.low)
    return Interval(max(low, -1.0), min(high, 1.0))


def fisher_exact(a: int, b: int, c: int, d: int) -> float:
    """Return the two-sided p-value of the table with rows (a, b) and (c, d): how often chance parts them as far.

    Source: R. A. Fisher, *The design of experiments*, 1935. Summed over every table with the same margins that is no
    likelier than this one. 1.0 where the margins leave only one table; below about 1e-300 it is given as 0.0.

    The likelihoods are walked outward from the likeliest table, each from the one before, until they are negligible:
    some thousands of steps for a million cases, and eleven digits or more kept.

    Raises:
        ValueError: a count is negative.
    """
    if min(a, b, c, d) < 0:
        raise ValueError("a table holds no negative counts")
    first, second = a + b, a + c
    total = first + c + d
    mode = (first + 1) * (second + 1) // (total + 2)
    likeliest = (mode, first - mode, second - mode, total - first - second + mode)
    above = list(_likelihoods_outward(*likeliest))
    # Fewer in the first cell is more in the second: the same walk with the columns swapped.
    below = list(_likelihoods_outward(likeliest[1], likeliest[0], likeliest[3], likeliest[2]))
    side, distance = (above, a - mode) if a > mode else (below, mode - a)
    if distance > len(side):
        return 0.0
    seen = side[distance - 1] if distance else 1.0
    every = [1.0, *above, *below]
    return math.fsum(x for x in every if x <= seen * _SAME_LIKELIHOOD) / math.fsum(every)


def holm(p_values: Sequence[float | None]) -> tuple[float | None, ...]:
    """Return `p_values` adjusted for being asked together, in their order; None (not known) stays and does not count.

    Source: S. Holm, *A simple sequentially rejective multiple test procedure*, 1979.

    Raises:
        ValueError: a p-value is not within 0 to 1.
    """
    known = sorted((p, place) for place, p in enumerate(p_values) if p is not None)
    if not all(0 <= p <= 1 for p, _ in known):
        raise ValueError("a p-value lies within 0 to 1")
    adjusted: list[float | None] = [None] * len(p_values)
    highest = 0.0
    for rank, (p, place) in enumerate(known):
        highest = max(highest, min(1.0, (len(known) - rank) * p))
        adjusted[place] = highest
    return tuple(adjusted)


def _likelihoods_outward(a: int, b: int, c: int, d: int) -> Iterator[float]:
    """Yield how likely each table with one more in `a` is, against the first, until none is left or it is negligible."""
    likelihood = 1.0
    while b and c and likelihood > _NEGLIGIBLE:
        likelihood *= (b * c) / ((a + 1) * (d + 1))
        a, b, c, d = a + 1, b - 1, c - 1, d + 1
        yield likelihood


def _require_part(part: int, whole: int) -> None:
    """Refuse counts that can't be a part and its whole."""
    if not 0 <= part <= whole:
        raise ValueError("a part lies within 0 and its whole")
