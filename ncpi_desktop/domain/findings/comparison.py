"""What changed since the previous inspection, and what chance could do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from ncpi_desktop.domain.casework.inspection import Inspection, PreviousResults
from ncpi_desktop.domain.findings.statistics import Interval, fisher_exact, newcombe, percent, wilson
from ncpi_desktop.words import _

CHANCE_LEVEL = 0.05


class Verdict(StrEnum):
    """What may be said of a change; the words are published."""

    UNLIKELY_CHANCE = "unlikely to be chance"
    COULD_BE_CHANCE = "could be chance"
    CANNOT_TELL = "cannot tell: the counts are not known"

    @property
    def label(self) -> str:
        """The words that people read."""
        return {
            Verdict.UNLIKELY_CHANCE: _("unlikely to be chance"),
            Verdict.COULD_BE_CHANCE: _("could be chance"),
            Verdict.CANNOT_TELL: _("cannot tell: the counts are not known"),
        }[self]


@dataclass(frozen=True, slots=True)
class PreviousShare:
    """The share graded good before. `good` and `total` are None where only `percent_good` was published."""

    label: str
    good: int | None
    total: int | None
    percent_good: int | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class Change:
    """How the share graded good moved, in points (hundredths of the whole).

    `interval` is Newcombe's for the difference, as proportions; `p` is Fisher's exact test, two-sided. Both are None
    where counts are not known. `warnings` say where the two samples differ in kind.
    """

    points: int | None
    interval: Interval | None
    p: float | None
    verdict: Verdict
    warnings: tuple[str, ...] = ()


def previous_share(previous: PreviousResults) -> PreviousShare:
    """Return the share graded good in an earlier inspection."""
    if previous.good is not None and previous.total:
        return PreviousShare(
            label=previous.label,
            good=previous.good,
            total=previous.total,
            percent_good=percent(previous.good, previous.total),
            interval=wilson(previous.good, previous.total),
        )
    published = previous.percent_good
    whole = None if published is None else rounded(Fraction(str(published)))
    return PreviousShare(previous.label, None, None, whole, None)


def change_since(previous: PreviousResults, inspection: Inspection, good: int, graded: int, methodology: str) -> Change:
    """Return how the share graded good moved from `previous` to `good` of `graded`.

    Points are the difference of the exact shares, rounded to whole points; where only a percentage was published, of the printed
    percentages.
    """
    warnings = _warnings(previous, inspection, methodology)
    if not graded:
        return Change(None, None, None, Verdict.CANNOT_TELL, warnings)
    if previous.good is None or not previous.total:
        before = previous_share(previous).percent_good
        now = percent(good, graded)
        points = None if before is None or now is None else now - before
        return Change(points, None, None, Verdict.CANNOT_TELL, warnings)
    p = fisher_exact(good, graded - good, previous.good, previous.total - previous.good)
    return Change(
        points=rounded(100 * (Fraction(good, graded) - Fraction(previous.good, previous.total))),
        interval=newcombe(good, graded, previous.good, previous.total),
        p=p,
        verdict=Verdict.UNLIKELY_CHANCE if p < CHANCE_LEVEL else Verdict.COULD_BE_CHANCE,
        warnings=warnings,
    )


def rounded(value: Fraction) -> int:
    """Return the nearest whole number, halves away from zero."""
    whole = int(abs(value) + Fraction(1, 2))
    return whole if value >= 0 else -whole


def _warnings(previous: PreviousResults, inspection: Inspection, methodology: str) -> tuple[str, ...]:
    found: list[str] = []
    if previous.methodology and previous.methodology != methodology:
        found.append(
            _("The methodologies differ ({before} and {now}): the grades do not mean the same.").format(
                before=previous.methodology, now=methodology
            )
        )
    if previous.kind is not None and previous.kind is not inspection.kind:
        found.append(
            _("The kinds of inspection differ ({before} and {now}): the cases were chosen differently.").format(
                before=previous.kind.label.lower(), now=inspection.kind.label.lower()
            )
        )
    return tuple(found)
