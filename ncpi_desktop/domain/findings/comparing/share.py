"""A share of cases as far as it is known: with its counts, as a percentage alone, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from ncpi_desktop.domain.findings.comparison import rounded
from ncpi_desktop.domain.findings.statistics import Interval, percent, wilson


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole` cases, its whole per cent (halves up) and Wilson's interval (95 per cent).

    `part` is None where only a percentage was published; `whole` may still be known then. `percent` is None where nothing is known, or
    where the share is of no cases.
    """

    part: int | None = None
    whole: int | None = None
    percent: int | None = None
    interval: Interval | None = None

    @property
    def is_counted(self) -> bool:
        """Whether the counts are known, and of some cases: without them nothing may be claimed of chance."""
        return self.part is not None and bool(self.whole)

    @property
    def exact(self) -> Fraction | None:
        """The share without any rounding; None where the counts are not known."""
        return Fraction(self.part, self.whole) if self.part is not None and self.whole else None


def counted_share(part: int, whole: int) -> Share:
    """Return the share of `part` in `whole`.

    Raises:
        ValueError: `part` is below 0 or above `whole`.
    """
    return Share(part, whole, percent(part, whole), wilson(part, whole) if whole else None)


def published_share(percent_good: float | None, whole: int | None = None) -> Share:
    """Return a share of which only the percentage was published; nothing where that was not either."""
    return Share(None, whole, None if percent_good is None else rounded(Fraction(str(percent_good))))
