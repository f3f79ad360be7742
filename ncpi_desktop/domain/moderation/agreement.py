"""How far two readers of the same cases agree: the table of their grades, and three figures drawn from it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ncpi_desktop.domain.findings.statistics import Interval, normal_quantile, percent, wilson
from ncpi_desktop.words import _

if TYPE_CHECKING:
    from fractions import Fraction


class Unknown(StrEnum):
    """Why a figure of agreement, or its interval, can't be given."""

    NOTHING_COMPARED = "nothing-compared"
    TOO_FEW = "too-few"
    ONE_GRADE = "one-grade"
    NO_SPREAD = "no-spread"

    @property
    def sentence(self) -> str:
        """The reason in words."""
        return {
            Unknown.NOTHING_COMPARED: _("No case was compared"),
            Unknown.TOO_FEW: _("Fewer than two cases were compared"),
            Unknown.ONE_GRADE: _("Only one grade was given, so agreement beyond chance can't be told"),
            Unknown.NO_SPREAD: _("The cases differ too little for an interval"),
        }[self]


@dataclass(frozen=True, slots=True)
class Agreement:
    """One figure of agreement over `n` cases, with its 95 per cent interval.

    `value` is None where the figure is undefined, `interval` where it can't be estimated; `unknown` then says why.
    """

    n: int
    value: float | None = None
    interval: Interval | None = None
    unknown: Unknown | None = None


@dataclass(frozen=True)
class AgreementTable:
    """How often the first reader's grade (row) met the second reader's (column), over the whole scale in its order.

    `grades` are codes, best first, unused ones included: how far apart two grades lie is counted in steps of the scale.
    """

    grades: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]

    def __post_init__(self) -> None:
        size = len(self.grades)
        if len(set(self.grades)) != size or [len(row) for row in self.counts] != [size] * size:
            raise ValueError("a table of agreement is square, one row and one column to a grade")
        if any(count < 0 for row in self.counts for count in row):
            raise ValueError("a table of agreement holds no negative counts")

    @classmethod
    def from_pairs(cls, pairs: Iterable[tuple[str, str]], grades: Sequence[str]) -> AgreementTable:
        """Count `pairs` of codes (first reader, second reader) over the scale `grades`.

        Raises:
            KeyError: a code is not of the scale.
        """
        rank = {code: place for place, code in enumerate(grades)}
        counts = [[0] * len(grades) for _grade in grades]
        for first, second in pairs:
            counts[rank[first]][rank[second]] += 1
        return cls(tuple(grades), tuple(tuple(row) for row in counts))

    @property
    def n(self) -> int:
        """How many cases were compared."""
        return sum(map(sum, self.counts))

    @property
    def same(self) -> int:
        """How many cases got the same grade twice."""
        return sum(self.counts[place][place] for place in range(len(self.grades)))

    @property
    def per_cent_same(self) -> int | None:
        """The cases with the same grade in whole per cent, halves up; None where nothing was compared."""
        return percent(self.same, self.n)

    @property
    def first_totals(self) -> tuple[int, ...]:
        """How often the first reader gave each grade."""
        return tuple(map(sum, self.counts))

    @property
    def second_totals(self) -> tuple[int, ...]:
        """How often the second reader gave each grade."""
        return tuple(map(sum, zip(*self.counts, strict=True)))

    def cells(self) -> Iterator[tuple[int, int, int]]:
        """Yield row, column and count of each cell that holds a case."""
        for row, counts in enumerate(self.counts):
            for column, count in enumerate(counts):
                if count:
                    yield row, column, count


def share_same(table: AgreementTable) -> Agreement:
    """Return the share of cases with the same grade, with Wilson's interval."""
    if not table.n:
        return Agreement(0, unknown=Unknown.NOTHING_COMPARED)
    return Agreement(table.n, table.same / table.n, wilson(table.same, table.n))


def quadratic_kappa(table: AgreementTable) -> Agreement:
    """Return Cohen's kappa with quadratic weights; undefined where both readers gave one and the same grade throughout.

    Source: J. Cohen, *Weighted kappa*, 1968; variance for large samples of J. L. Fleiss, J. Cohen and B. S. Everitt,
    *Large sample standard errors of kappa and weighted kappa*, 1969.
    """
    if (too_little := _too_little(table)) is not None:
        return too_little
    from fractions import Fraction

    n, places = table.n, range(len(table.grades))
    first, second = table.first_totals, table.second_totals
    weights = _quadratic_weights(len(table.grades))
    by_row = [Fraction(sum(weights[row][column] * second[column] for column in places), n) for row in places]
    by_column = [Fraction(sum(weights[row][column] * first[row] for row in places), n) for column in places]
    return _beyond_chance(table, lambda row, column: by_row[row] + by_column[column])


def gwet_ac2(table: AgreementTable) -> Agreement:
    """Return Gwet's AC2 with quadratic weights, which holds up where one grade prevails.

    Source: K. L. Gwet, *Computing inter-rater reliability and its variance in the presence of high agreement*, 2008,
    and *Handbook of inter-rater reliability*, 4th edition, 2014, for the weights. The interval takes the normal
    quantile, as that of kappa does.
    """
    if (too_little := _too_little(table)) is not None:
        return too_little
    from fractions import Fraction

    size = len(table.grades)
    weight = Fraction(sum(map(sum, _quadratic_weights(size))), size * (size - 1))
    both = [first + second for first, second in zip(table.first_totals, table.second_totals, strict=True)]
    rarity = [weight * (1 - Fraction(count, 2 * table.n)) for count in both]
    return _beyond_chance(table, lambda row, column: rarity[row] + rarity[column])


def _too_little(table: AgreementTable) -> Agreement | None:
    """Return the undefined figure where there are fewer than two cases, or the scale has fewer than two grades."""
    if table.n < 2:
        return Agreement(table.n, unknown=Unknown.TOO_FEW if table.n else Unknown.NOTHING_COMPARED)
    return Agreement(table.n, unknown=Unknown.ONE_GRADE) if len(table.grades) < 2 else None


def _quadratic_weights(size: int) -> list[list[Fraction]]:
    """Return 1 for the same grade, 0 for the two ends of the scale, less the square of the steps between."""
    from fractions import Fraction

    return [[1 - Fraction((row - column) ** 2, (size - 1) ** 2) for column in range(size)] for row in range(size)]


def _beyond_chance(table: AgreementTable, chance: Callable[[int, int], Fraction]) -> Agreement:
    """Return (observed - expected) / (1 - expected) with its large-sample interval.

    `chance(row, column)` is what a case in that cell adds to the agreement expected, from both readers: its mean is
    twice that agreement. Both coefficients share the variance that follows: that of weight - (1 - value) * chance over
    the cases, divided by n (1 - expected)^2. Fractions keep it exact, so that *no spread* is not a rounding error.
    The upper end stops at 1; the lower is not cut, for AC2 itself goes below -1 where readers differ by design.
    """
    n, weights = table.n, _quadratic_weights(len(table.grades))
    cells = [(count, weights[row][column], chance(row, column)) for row, column, count in table.cells()]
    observed = sum(count * weight for count, weight, _pull in cells) / n
    expected = sum(count * pull for count, _weight, pull in cells) / (2 * n)
    if expected == 1:
        return Agreement(n, unknown=Unknown.ONE_GRADE)
    value = (observed - expected) / (1 - expected)
    parts = [(count, weight - (1 - value) * pull) for count, weight, pull in cells]
    mean = sum(count * part for count, part in parts) / n
    variance = sum(count * (part - mean) ** 2 for count, part in parts) / (n * n * (1 - expected) ** 2)
    if not variance:
        return Agreement(n, float(value), unknown=Unknown.NO_SPREAD)
    reach = normal_quantile() * math.sqrt(variance)
    return Agreement(n, float(value), Interval(float(value) - reach, min(1.0, float(value) + reach)))
