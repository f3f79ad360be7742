"""How far two readers of the same cases agree: the table of their grades, and three figures drawn from it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
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
    ONE_READER = "one-reader"
    NO_SPREAD = "no-spread"

    @property
    def sentence(self) -> str:
        """The reason in words."""
        return {
            Unknown.NOTHING_COMPARED: _("No case was compared"),
            Unknown.TOO_FEW: _("Fewer than two cases were compared"),
            Unknown.ONE_GRADE: _("Only one grade was given, so agreement beyond chance can't be told"),
            Unknown.ONE_READER: _(
                "One reader gave a single grade throughout, which makes kappa 0 whatever the other gave"
            ),
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

    @property
    def second_harsher(self) -> int:
        """In how many cases the second reader gave the worse grade."""
        return sum(count for row, column, count in self.cells() if column > row)

    @property
    def second_kinder(self) -> int:
        """In how many cases the second reader gave the better grade."""
        return sum(count for row, column, count in self.cells() if column < row)

    @property
    def steps_apart(self) -> tuple[tuple[int, int], ...]:
        """How many cases lie one step of the scale apart, how many two, and so on to the whole scale."""
        apart = dict.fromkeys(range(1, len(self.grades)), 0)
        for row, column, count in self.cells():
            if row != column:
                apart[abs(row - column)] += count
        return tuple(apart.items())

    @property
    def enough(self) -> int:
        """How many cases it takes for the large-sample intervals of kappa and AC2 to be taken at their word.

        Source: D. V. Cicchetti, *Testing the normal approximation and minimal sample size requirements of weighted kappa when the number of
        categories is large*, 1981: twice the square of the number of grades, 18 cases for three.
        """
        return 2 * len(self.grades) ** 2

    @property
    def is_rough(self) -> bool:
        """Whether these are too few cases for that."""
        return self.n < self.enough

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

    Where only one of them did, it is 0 without an interval, and says so.

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
    found = _beyond_chance(table, lambda row, column: by_row[row] + by_column[column])
    if found.unknown is Unknown.NO_SPREAD and (n in first) != (n in second):
        return replace(found, unknown=Unknown.ONE_READER)
    return found


def gwet_ac2(table: AgreementTable) -> Agreement:
    """Return Gwet's AC2 with quadratic weights, which holds up where one grade prevails.

    Source: K. L. Gwet, *Computing inter-rater reliability and its variance in the presence of high agreement*, 2008,
    and *Handbook of inter-rater reliability*, 4th edition, 2014, for the weights. The interval takes the normal
    quantile, as that of kappa does; Gwet's own programs take Student's, which is 1 per cent wider at 100 cases.

    Checked against printed values: the two tables of Gwet's package irrCAC (100 records of two abstractors: 0.940; 223 diagnoses: 0.299,
    standard error 0.075), and V. Shankar and S. I. Bangdiwala, *Observer agreement paradoxes in 2x2 tables*, 2014, where two grades make
    AC2 the AC1 of 2008.
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
