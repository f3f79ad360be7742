"""How strategy discussions with partners were held and recorded, counted over cases and areas.

When an aspect reads as a strength: the whole of Wilson's 95 per cent interval lies above `EXPECTED` (three in four). When as a shortcoming: the
whole of it lies below. Otherwise as neither, for the counts carry no more; and nothing is said where more discussions leave the answer
open than give it. The threshold is this program's own: practice is expected always, and one in four is more than can be overlooked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Final

from ncpi_desktop.domain.findings.statistics import Interval, percent, wilson
from ncpi_desktop.domain.findings.strategy import HELD, Answer, StrategyAspect, TookPart, folded
from ncpi_desktop.domain.methodology.area import Area
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.words import _

EXPECTED: Final = Fraction(3, 4)

Counts = Mapping[tuple[str, str], int]


class ReadsAs(StrEnum):
    """What the counts of an aspect say of practice."""

    STRENGTH = "strength"
    SHORTCOMING = "shortcoming"
    NEITHER = "neither"
    NOT_KNOWN = "not-known"

    @property
    def label(self) -> str:
        """The words that people read."""
        return {
            ReadsAs.STRENGTH: _("Strength"),
            ReadsAs.SHORTCOMING: _("Shortcoming"),
            ReadsAs.NEITHER: _("Neither"),
            ReadsAs.NOT_KNOWN: _("Cannot tell"),
        }[self]


@dataclass(frozen=True, slots=True)
class Share:
    """So many of those whose answer is recorded, in whole per cent and with Wilson's interval; both None where none is."""

    yes: int
    known: int
    percent: int | None
    interval: Interval | None


@dataclass(frozen=True, slots=True)
class AspectFindings:
    """One aspect over discussions. `cases_without` counts the cases with at least one discussion in which it was not so."""

    aspect: StrategyAspect
    share: Share
    unknown: int
    cases_without: int
    reads_as: ReadsAs

    @property
    def no(self) -> int:
        """How many discussions are recorded in which it was not so."""
        return self.share.known - self.share.yes

    @property
    def discussions(self) -> int:
        """How many discussions there are at all."""
        return self.share.known + self.unknown


@dataclass(frozen=True, slots=True)
class AreaPartnership:
    """One area: its cases, those with at least one discussion, the discussions, and each aspect of them."""

    area: Area
    cases: int
    cases_with: int
    discussions: int
    aspects: tuple[AspectFindings, ...]

    def of(self, aspect: StrategyAspect) -> AspectFindings:
        """Return one aspect."""
        return next(found for found in self.aspects if found.aspect is aspect)


@dataclass(frozen=True, slots=True)
class AgencyFindings:
    """One agency, its spellings counted together. `share` is present of invited, where the record says who was present.

    `unknown`: invited where it does not; `uninvited`: present without being named as invited. `areas` holds (area code, share) in report order.
    """

    name: str
    share: Share
    unknown: int
    uninvited: int
    areas: tuple[tuple[str, Share], ...]

    @property
    def invited(self) -> int:
        """To how many discussions it was invited."""
        return self.share.known + self.unknown

    @property
    def absent(self) -> int:
        """How often it was invited and not there."""
        return self.share.known - self.share.yes


@dataclass(frozen=True, slots=True)
class PartnershipFindings:
    """Every figure of the strategy discussions; `cases` are all cases of the audit, `others` counts mentions of agencies too rare to be named."""

    cases: int
    cases_with: int
    discussions: int
    aspects: tuple[AspectFindings, ...]
    areas: tuple[AreaPartnership, ...]
    agencies: tuple[AgencyFindings, ...]
    others: int

    def of(self, aspect: StrategyAspect) -> AspectFindings:
        """Return one aspect."""
        return next(found for found in self.aspects if found.aspect is aspect)


def partnership_of(
    methodology: Methodology, area_cases: Mapping[str, int], discussions: Counts, cases: Counts, agencies: Counts
) -> PartnershipFindings:
    """Return the findings that the counts add up to: cases by area, and the three measures by (what, area), see `strategy`."""
    whole, of_cases = _over_areas(discussions), _over_areas(cases)
    return PartnershipFindings(
        cases=sum(area_cases.values()),
        cases_with=of_cases.get(HELD, 0),
        discussions=whole.get(HELD, 0),
        aspects=_aspects(whole, of_cases),
        areas=tuple(
            _area(area, area_cases[area.code], _within(discussions, area.code), _within(cases, area.code))
            for area in methodology.areas
            if area_cases.get(area.code)
        ),
        agencies=_agencies(methodology, agencies),
        others=sum(count for (agency, _what), count in agencies.items() if not agency),
    )


def share_of(yes: int, known: int) -> Share:
    """Return a share with its interval."""
    return Share(yes, known, percent(yes, known), wilson(yes, known) if known else None)


def reads_as(share: Share, unknown: int) -> ReadsAs:
    """Return whether counts read as a strength or a shortcoming, by the rule of this module."""
    if share.interval is None or unknown > share.known:
        return ReadsAs.NOT_KNOWN
    if share.interval.low > EXPECTED:
        return ReadsAs.STRENGTH
    return ReadsAs.SHORTCOMING if share.interval.high < EXPECTED else ReadsAs.NEITHER


def _aspects(discussions: Mapping[str, int], cases: Mapping[str, int]) -> tuple[AspectFindings, ...]:
    found = []
    for aspect in StrategyAspect:
        yes, no, unknown = (discussions.get(f"{aspect}:{answer}", 0) for answer in Answer)
        share = share_of(yes, yes + no)
        without = cases.get(f"{aspect}:{Answer.NO}", 0)
        found.append(AspectFindings(aspect, share, unknown, without, reads_as(share, unknown)))
    return tuple(found)


def _area(area: Area, all_cases: int, discussions: Mapping[str, int], cases: Mapping[str, int]) -> AreaPartnership:
    return AreaPartnership(area, all_cases, cases.get(HELD, 0), discussions.get(HELD, 0), _aspects(discussions, cases))


def _agencies(methodology: Methodology, counts: Counts) -> tuple[AgencyFindings, ...]:
    named: dict[str, dict[str, dict[tuple[str, str], int]]] = {}
    for (spelling, told), count in counts.items():
        if spelling:
            took, _colon, area = told.partition(":")
            named.setdefault(folded(spelling), {}).setdefault(spelling, {})[took, area] = count
    found = [_agency(methodology, spellings) for spellings in named.values()]
    return tuple(sorted(found, key=lambda agency: (-agency.invited, -agency.uninvited, agency.name)))


def _agency(methodology: Methodology, spellings: Mapping[str, Counts]) -> AgencyFindings:
    name = min(spellings, key=lambda spelling: (-sum(spellings[spelling].values()), spelling))
    total: dict[tuple[str, str], int] = {}
    for counts in spellings.values():
        for key, count in counts.items():
            total[key] = total.get(key, 0) + count
    by_area = ((area.code, _invited(total, area.code)) for area in methodology.areas)
    took = {part: sum(count for (t, _area), count in total.items() if t == part) for part in TookPart}
    return AgencyFindings(
        name=name[:1].upper() + name[1:],
        share=share_of(took[TookPart.PRESENT], took[TookPart.PRESENT] + took[TookPart.ABSENT]),
        unknown=took[TookPart.UNKNOWN],
        uninvited=took[TookPart.UNINVITED],
        areas=tuple((area, share) for area, share in by_area if share.known),
    )


def _invited(total: Mapping[tuple[str, str], int], area: str) -> Share:
    present, absent = (total.get((took, area), 0) for took in (TookPart.PRESENT, TookPart.ABSENT))
    return share_of(present, present + absent)


def _over_areas(counts: Counts) -> dict[str, int]:
    return _summed((what, count) for (what, _area), count in counts.items())


def _within(counts: Counts, area: str) -> dict[str, int]:
    return _summed((what, count) for (what, of), count in counts.items() if of == area)


def _summed(counts: Iterable[tuple[str, int]]) -> dict[str, int]:
    total: dict[str, int] = {}
    for what, count in counts:
        total[what] = total.get(what, 0) + count
    return total
