"""What one strategy discussion adds to the counts: how each aspect of it stands, and which agencies took part.

Records are brought in whole and never change afterwards (only words can be taken out of them), so these counts stand from the import: they
are counted whenever what is derived is laid anew, and no grade, reading or referral moves them.

Who must take part: *Working Together to Safeguard Children* names children's social care, the police and health for every strategy
discussion. Agencies are free words in the records; which of the three an agency is follows from the words in `PARTNER_WORDS`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from string import ascii_lowercase, ascii_uppercase
from typing import Final

from ncpi_desktop.domain.casework.case import StrategyDiscussion
from ncpi_desktop.domain.findings.tally import Measure, TallyKey
from ncpi_desktop.words import _

HELD: Final = "held"
"""Stands where an aspect can stand: that there was a discussion at all."""

_LOWER: Final = str.maketrans(ascii_uppercase, ascii_lowercase)


class StrategyAspect(StrEnum):
    """What is asked of each strategy discussion."""

    IN_TIME = "in-time"
    RATIONALE = "rationale"
    ACTIONS = "actions"
    ATTENDED = "attended"
    POLICE = "police"
    SOCIAL_CARE = "social-care"
    HEALTH = "health"

    @property
    def label(self) -> str:
        """The words that people read."""
        return {
            StrategyAspect.IN_TIME: _("Held in time"),
            StrategyAspect.RATIONALE: _("Rationale recorded"),
            StrategyAspect.ACTIONS: _("Actions recorded"),
            StrategyAspect.ATTENDED: _("Everybody invited took part"),
            StrategyAspect.POLICE: _("Police took part"),
            StrategyAspect.SOCIAL_CARE: _("Children's social care took part"),
            StrategyAspect.HEALTH: _("Health took part"),
        }[self]


class Answer(StrEnum):
    """What the record says of an aspect."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class TookPart(StrEnum):
    """How an agency stands to a discussion: `ABSENT` was invited and not there, `UNKNOWN` was invited where nobody is recorded as present."""

    PRESENT = "present"
    ABSENT = "absent"
    UNKNOWN = "unknown"
    UNINVITED = "uninvited"


PARTNER_WORDS: Final = {
    StrategyAspect.POLICE: ("police", "constabulary"),
    StrategyAspect.SOCIAL_CARE: (
        "social care",
        "social work",
        "social services",
        "children's services",
        "children\u2019s services",
    ),
    StrategyAspect.HEALTH: ("health", "nhs", "hospital", "paediatric", "midwi"),
}
"""In lower case (ASCII letters only, as SQLite's LIKE folds them): an agency with one of these in its name is that partner."""


def folded(agency: str) -> str:
    """Return the name under which spellings of an agency are counted together: A to Z made small, nothing else."""
    return agency.translate(_LOWER)


def is_partner(agency: str, aspect: StrategyAspect) -> bool:
    """Return whether `agency` is the partner that `aspect` asks for."""
    name = folded(agency)
    return any(word in name for word in PARTNER_WORDS[aspect])


def answers_of(held: StrategyDiscussion) -> dict[StrategyAspect, Answer]:
    """Return what the record says of each aspect. Where nobody is recorded as present, who took part is not known."""
    answers = {
        StrategyAspect.IN_TIME: _answer(held.in_time),
        StrategyAspect.RATIONALE: _answer(held.rationale_recorded),
        StrategyAspect.ACTIONS: _answer(held.actions_recorded),
        StrategyAspect.ATTENDED: _answer(not held.missing if held.invited and held.present else None),
    }
    for partner in PARTNER_WORDS:
        there = any(is_partner(agency, partner) for agency in held.present) if held.present else None
        answers[partner] = _answer(there)
    return answers


def taking_part(held: StrategyDiscussion) -> Iterator[tuple[str, TookPart]]:
    """Yield each agency that is named, under the first of its spellings, and how it took part; each once."""
    spelt = {folded(agency): agency for agency in reversed((*held.invited, *held.present))}
    invited, present = ({folded(agency) for agency in names} for names in (held.invited, held.present))
    for name, agency in spelt.items():
        if name not in invited:
            yield agency, TookPart.UNINVITED
        elif not present:
            yield agency, TookPart.UNKNOWN
        else:
            yield agency, TookPart.PRESENT if name in present else TookPart.ABSENT


def strategy_contributions(area: str, discussions: Iterable[StrategyDiscussion]) -> Iterator[TallyKey]:
    """Yield every count that the strategy discussions of one case of `area` add one to; nothing where there are none."""
    of_case: set[str] = set()
    for held in discussions:
        told = (HELD, *(f"{aspect.value}:{answer.value}" for aspect, answer in answers_of(held).items()))
        of_case.update(told)
        for what in told:
            yield TallyKey(Measure.STRATEGY, what, area)
        for agency, took in taking_part(held):
            yield TallyKey(Measure.AGENCY, agency, f"{took.value}:{area}")
    for what in sorted(of_case):
        yield TallyKey(Measure.STRATEGY_CASES, what, area)


def _answer(told: bool | None) -> Answer:
    if told is None:
        return Answer.UNKNOWN
    return Answer.YES if told else Answer.NO
