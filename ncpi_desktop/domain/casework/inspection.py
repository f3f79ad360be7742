"""One inspection of one force, and what an earlier one found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from ncpi_desktop.domain.casework.force import same_force
from ncpi_desktop.words import _


class InspectionKind(StrEnum):
    """The kinds of inspection; the codes are published."""

    INSPECTION = "inspection"
    POST_INSPECTION_REVIEW = "post-inspection-review"
    RE_INSPECTION = "re-inspection"
    QUARTERLY_UPDATE = "quarterly-update"
    ASSESSMENT_OF_PROGRESS = "assessment-of-progress"

    @property
    def label(self) -> str:
        """The words that people read."""
        return {
            InspectionKind.INSPECTION: _("Inspection"),
            InspectionKind.POST_INSPECTION_REVIEW: _("Post-inspection review"),
            InspectionKind.RE_INSPECTION: _("Re-inspection"),
            InspectionKind.QUARTERLY_UPDATE: _("Quarterly update"),
            InspectionKind.ASSESSMENT_OF_PROGRESS: _("Assessment of progress"),
        }[self]

    @property
    def code(self) -> str:
        """The published code."""
        return self.value


class CaseChoice(StrEnum):
    """How the cases of an inspection were chosen: shares of samples drawn in different ways are not compared without a warning."""

    UNKNOWN = ""
    RANDOM = "random"
    TARGETED = "targeted"
    MIXED = "mixed"

    @property
    def label(self) -> str:
        """The words that people read."""
        return {
            CaseChoice.UNKNOWN: _("Not recorded"),
            CaseChoice.RANDOM: _("Drawn at random"),
            CaseChoice.TARGETED: _("Chosen on purpose"),
            CaseChoice.MIXED: _("Some at random, some on purpose"),
        }[self]

    @property
    def code(self) -> str:
        """The code that files use."""
        return self.value


class Marking(StrEnum):
    """Government security classifications used here."""

    OFFICIAL = "OFFICIAL"
    OFFICIAL_SENSITIVE = "OFFICIAL-SENSITIVE"


@dataclass(frozen=True, slots=True)
class Inspection:
    """What an audit file is about. Dates are the fieldwork's; None where not known.

    `published_on` is the day of the report's publication, from which the deadlines of its recommendations run; `finished_at` the moment at which
    the lead finished the inspection.
    """

    identity: str
    force: str
    kind: InspectionKind
    methodology: str
    marking: Marking = Marking.OFFICIAL_SENSITIVE
    fieldwork_start: date | None = None
    fieldwork_end: date | None = None
    is_sample: bool = False
    case_choice: CaseChoice = CaseChoice.UNKNOWN
    published_on: date | None = None
    finished_at: datetime | None = None

    def as_of(self, now: datetime) -> datetime:
        """Return the moment from which ages and deadlines are told: `now`; in the sample, whose days are past, the last evening of its fieldwork."""
        last = self.fieldwork_end or self.fieldwork_start
        if not self.is_sample or last is None:
            return now
        return min(now, datetime.combine(last, time(18), now.tzinfo))

    @property
    def fieldwork(self) -> str:
        """The fieldwork as words, such as *May 2018*; empty where no date is known."""
        return months_words(self.fieldwork_start, self.fieldwork_end)


def months_words(first_day: date | None, last_day: date | None) -> str:
    """Return the months from one day to another as words, such as *May 2018*; empty where the first is not known."""
    if first_day is None:
        return ""
    months = [_("January"), _("February"), _("March"), _("April"), _("May"), _("June"), _("July"), _("August")]
    months += [_("September"), _("October"), _("November"), _("December")]
    start, end = first_day, last_day or first_day
    first = f"{months[start.month - 1]} {start.year}"
    last = f"{months[end.month - 1]} {end.year}"
    return first if first == last else _("{first} to {last}").format(first=first, last=last)


@dataclass(frozen=True, slots=True)
class PreviousResults:
    """What an earlier inspection found: counts by grade, or only a percentage.

    `counts` maps grade codes to cases over all areas, `area_counts` the same by area code; either may be empty. `total` is None and
    `percent_good` holds the published figure where the counts are not known: nothing may then be claimed of chance. `stage_counts` has the grades by
    stage, `reason_counts` how many graded cases had each reason: known from audit files alone. `force` is empty where it was not told;
    `inspection_identity` names the audit the results were read from.
    """

    identity: str
    label: str
    kind: InspectionKind | None = None
    methodology: str | None = None
    counts: tuple[tuple[str, int], ...] = ()
    area_counts: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = ()
    good: int | None = None
    total: int | None = None
    percent_good: float | None = None
    stage_counts: tuple[tuple[str, tuple[tuple[str, int], ...]], ...] = ()
    reason_counts: tuple[tuple[str, int], ...] = ()
    force: str = ""
    inspection_identity: str = ""
    case_choice: CaseChoice = CaseChoice.UNKNOWN
    fieldwork_start: date | None = None
    published_on: date | None = None


def the_previous(recorded: Iterable[PreviousResults], force: str) -> PreviousResults | None:
    """Return which of the recorded results is the previous inspection's, given with the newest record first; None where none is of this force.

    The latest by day. Results without a day were recorded as the previous ones before days were asked for: they come first, so that a dated one added
    for comparison never takes their place.
    """
    own = [one for one in recorded if not one.force or same_force(one.force, force)]
    days = [one.fieldwork_start or one.published_on or date.max for one in own]
    return next((one for one, day in zip(own, days, strict=True) if day == max(days)), None)


class Role(StrEnum):
    """What a person may do in this inspection."""

    INSPECTOR = "inspector"
    QUALITY_ASSURER = "quality-assurer"
    TEAM_LEAD = "team-lead"
    OBSERVER = "observer"

    @property
    def label(self) -> str:
        """The words that people read."""
        return {
            Role.INSPECTOR: _("Inspector"),
            Role.QUALITY_ASSURER: _("Quality assurer"),
            Role.TEAM_LEAD: _("Team lead"),
            Role.OBSERVER: _("Observer"),
        }[self]

    @property
    def code(self) -> str:
        """The code that files use."""
        return self.value


def role_words(roles: Iterable[Role]) -> str:
    """Return roles as one phrase, such as *Inspector and team lead*, always in the same order."""
    held = frozenset(roles)
    labels = [role.label for role in Role if role in held]
    words = [label if place == 0 else label.lower() for place, label in enumerate(labels)]
    if len(words) < 2:
        return "".join(words)
    return _("{first} and {last}").format(first=", ".join(words[:-1]), last=words[-1])


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who works on the inspection. `key` is the row in this file, `identity` the same in every copy.

    Who is no longer `active` stays in the file with all they did, and changes nothing any more.
    """

    key: int
    identity: str
    name: str
    roles: frozenset[Role] = frozenset()
    active: bool = True
