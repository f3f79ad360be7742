"""How far the second reading of a case has come, and how it stands to the first."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.grading.review import ReviewState
from ncpi_desktop.words import _


class SecondState(StrEnum):
    """What a second reading waits for; kept in the file and published in `summary --json`, so the codes stay."""

    WAITING = "waiting"
    TO_READ = "to-read"
    READING = "reading"
    TO_SETTLE = "to-settle"
    WITH_LEAD = "with-lead"
    AGREED = "agreed"
    SETTLED = "settled"

    @property
    def label(self) -> str:
        """The words that people read."""
        return {
            SecondState.WAITING: _("Waiting for the first reading"),
            SecondState.TO_READ: _("To re-read"),
            SecondState.READING: _("Being re-read"),
            SecondState.TO_SETTLE: _("To settle"),
            SecondState.WITH_LEAD: _("With the team lead"),
            SecondState.AGREED: _("Agreed"),
            SecondState.SETTLED: _("Settled"),
        }[self]

    @property
    def is_read_twice(self) -> bool:
        """Whether both readings are handed in now."""
        return self in (SecondState.TO_SETTLE, SecondState.WITH_LEAD, SecondState.AGREED, SecondState.SETTLED)


TO_READ_AGAIN = (SecondState.TO_READ, SecondState.READING)
"""The states in which a second reader has something to do."""

UNSETTLED = (SecondState.TO_SETTLE, SecondState.WITH_LEAD)
"""The states in which the readers differ and nothing has been settled."""


class Seen(StrEnum):
    """What a second reader had seen of the first reading before giving theirs; the more of the two stands. Codes stay."""

    NOTHING = "nothing"
    GRADE = "grade"
    READING = "reading"

    @property
    def label(self) -> str:
        """The words that people read."""
        return {
            Seen.NOTHING: _("Nothing of the first reading was seen before"),
            Seen.GRADE: _("The first grade could be seen before"),
            Seen.READING: _("The first reading had been open before"),
        }[self]


@dataclass(frozen=True, slots=True)
class SecondFacts:
    """What a state follows from: the states of the readings that stand now (None: not begun), and whether both judge alike.

    `passed_on` is whether the two readers gave the difference to a team lead.
    """

    first: ReviewState | None
    second: ReviewState | None
    settlement: ReviewState | None = None
    passed_on: bool = False
    alike: bool = False


def second_state(facts: SecondFacts) -> SecondState:
    """Return how far the second reading has come. A first reading that was reopened since is waited for, whatever came after it."""
    if facts.second is ReviewState.DRAFT:
        return SecondState.READING
    if facts.first is not ReviewState.SUBMITTED:
        return SecondState.WAITING
    if facts.second is None:
        return SecondState.TO_READ
    if facts.alike:
        return SecondState.AGREED
    if facts.settlement is ReviewState.SUBMITTED:
        return SecondState.SETTLED
    return SecondState.WITH_LEAD if facts.passed_on else SecondState.TO_SETTLE


@dataclass(frozen=True, slots=True)
class SecondLine:
    """One line of the list of second readings.

    `reader` is who gives or gave the second (a person's key), `apart` how many steps of the scale the overall grades lie apart where both
    are handed in, `edited` whether the first reading was changed after the second was handed in.
    """

    case: CaseKey
    position: int
    state: SecondState
    reader: int | None = None
    apart: int = 0
    sampled: bool = True
    edited: bool = False
    reference: str = ""
    area: str = ""
