"""Shares, their uncertainty, and whether a change could be chance: the sums behind every published figure.

Plain Python on purpose: the frozen program would double in size with scipy, which the tests use to check these.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

CONFIDENCE = 0.95

# Tables that are as likely as the one seen can come out a rounding error apart: they still count as equally likely.
_SAME_LIKELIHOOD = 1 + 1e-7
# Relative to the likeliest table. Nearer to the smallest float the digits would be lost.
_NEGLIGIBLE = 1e-300
# Relative to the table seen. Beyond it likelihoods fall at least geometrically, and all of them together are below the last digit.
_ADDS_NOTHING = 1e-18


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

    The likelihoods are walked outward from the likeliest table, each from the one before, until they add nothing any more to what
    is summed: some hundreds of steps for a hundred thousand cases, and eleven digits or more kept.

    Raises:
        ValueError: a count is negative.
    """
    if min(a, b, c, d) < 0:
        raise ValueError("a table holds no negative counts")
    first, second = a + b, a + c
    total = first + c + d
    mode = (first + 1) * (second + 1) // (total + 2)
    likeliest = (mode, first - mode, second - mode, total - first - second + mode)
    # Fewer in the first cell is more in the second: the same walk with the columns swapped.
    mirrored = (likeliest[1], likeliest[0], likeliest[3], likeliest[2])
    towards, away = (likeliest, mirrored) if a > mode else (mirrored, likeliest)
    distance = abs(a - mode)
    near = _likelihoods_outward(*towards, distance)
    if distance > len(near):
        return 0.0
    seen = near[distance - 1] if distance else 1.0
    far = _likelihoods_outward(*away, 0, seen)
    tails = [side[_first_within(side, seen * _SAME_LIKELIHOOD) :] for side in (near, far)]
    likeliest_too = 1.0 if seen * _SAME_LIKELIHOOD >= 1 else 0.0
    return math.fsum([likeliest_too, *tails[0], *tails[1]]) / math.fsum([1.0, *near, *far])


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


def _likelihoods_outward(a: float, b: float, c: float, d: float, distance: int, seen: float = 1.0) -> list[float]:
    """Return how likely each table with one more in `a` is, against the first, until they add nothing to the one seen.

    The one seen lies `distance` steps on; where it lies on the other side (0) it is as likely as `seen`.
    """
    found: list[float] = []
    likelihood = 1.0
    least = _NEGLIGIBLE if distance else max(_NEGLIGIBLE, seen * _ADDS_NOTHING)
    for step in range(1, int(min(b, c)) + 1):
        if likelihood <= least:
            break
        likelihood *= (b * c) / ((a + 1.0) * (d + 1.0))
        found.append(likelihood)
        if step == distance:
            least = max(_NEGLIGIBLE, likelihood * _ADDS_NOTHING)
        a += 1.0
        b -= 1.0
        c -= 1.0
        d += 1.0
    return found


def _first_within(falling: Sequence[float], most: float) -> int:
    """Return the place of the first of `falling` numbers that is at most `most`; their count where none is."""
    return bisect_left(falling, -most, key=lambda likelihood: -likelihood)


def _require_part(part: int, whole: int) -> None:
    """Refuse counts that can't be a part and its whole."""
    if not 0 <= part <= whole:
        raise ValueError("a part lies within 0 and its whole")
