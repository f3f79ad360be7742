"""A selection of cases in words: the heading of its list, and what a figure is of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from ncpi_desktop.domain.casework.worklist import CaseState
from ncpi_desktop.domain.findings.selection import (
    Drawn,
    GradeGroup,
    OwnAgainst,
    ReadTwiceAs,
    Referred,
    Reviewed,
    Selection,
    SelectionKind,
    grades_meant,
)
from ncpi_desktop.domain.findings.strategy_words import agency_cases_words, strategy_cases_words
from ncpi_desktop.domain.findings.tally import NOT_APPLICABLE
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.domain.moderation.second_reading import SecondState
from ncpi_desktop.words import _


def selection_words(selection: Selection, methodology: Methodology) -> str:
    """Return which cases `selection` names, such as *Domestic abuse: cases graded inadequate*. A code that is not known stands as it is."""
    return _WORDS[selection.kind](methodology, *selection.codes)


def area_label(methodology: Methodology, area: str) -> str:
    """Return the words for an area."""
    found = methodology.area_by_code.get(area)
    return found.label if found else area


def stage_label(methodology: Methodology, stage: str) -> str:
    """Return the words for a stage."""
    found = methodology.stage_by_code.get(stage)
    return found.label if found else stage


def _grade(methodology: Methodology, grade: str) -> str:
    return methodology.scale[grade].label.lower() if grade in methodology.scale else grade


def _graded(methodology: Methodology, grades: str) -> str:
    """Return *cases graded inadequate*; of several grades the end of the scale that they reach to."""
    if grades == GradeGroup.ANY:
        return _("graded cases")
    meant = grades_meant(methodology.scale, grades)
    if grades == GradeGroup.GOOD and len(meant) > 1:
        return _("cases graded {grade} or better").format(grade=_grade(methodology, meant[-1]))
    if grades == GradeGroup.NOT_GOOD:
        return _("cases not graded good")
    return _("cases graded {grade}").format(grade=_grade(methodology, meant[0] if meant else grades))


def _within(whole: str, part: str) -> str:
    return _("{whole}: {part}").format(whole=whole, part=part)


def _stage(methodology: Methodology, stage: str, grades: str) -> str:
    label = stage_label(methodology, stage)
    if grades == NOT_APPLICABLE:
        return _within(label, _("cases where it did not apply"))
    return _within(label, _graded(methodology, grades))


def _reason(methodology: Methodology, reason: str) -> str:
    found = methodology.reason_by_code.get(reason)
    return _within(reason, found.wording) if found else reason


def _state(_methodology: Methodology, state: str) -> str:
    if state == Reviewed.STILL_TO_REVIEW:
        return _("cases still to review")
    label = CaseState(state).label.lower() if state in set(CaseState) else state
    return _("cases: {state}").format(state=label)


def _second(_methodology: Methodology, state: str) -> str:
    several = {
        Drawn.ANY.value: _("cases drawn to be read again"),
        Drawn.READ_TWICE.value: _("cases drawn and read twice"),
        Drawn.UNSETTLED.value: _("cases drawn, read twice and to settle"),
    }
    if state in several:
        return several[state]
    label = SecondState(state).label.lower() if state in set(SecondState) else state
    return _("second reading: {state}").format(state=label)


def _own(methodology: Methodology, own: str, inspectors: str) -> str:
    return _("cases graded {own} by the force and {inspectors} by the inspectors").format(
        own=_grade(methodology, own), inspectors=_grade(methodology, inspectors)
    )


def _own_at_stage(methodology: Methodology, stage: str, own: str, inspectors: str) -> str:
    return _within(stage_label(methodology, stage), _own(methodology, own, inspectors))


def _own_in_area(methodology: Methodology, area: str, own: str, inspectors: str) -> str:
    return _within(area_label(methodology, area), _own(methodology, own, inspectors))


def _own_against(_methodology: Methodology, against: str) -> str:
    known = {
        OwnAgainst.BOTH.value: _("cases graded by the force and by the inspectors"),
        OwnAgainst.SAME.value: _("cases graded the same by the force and by the inspectors"),
        OwnAgainst.KINDER.value: _("cases that the force graded better than the inspectors"),
        OwnAgainst.HARSHER.value: _("cases that the force graded worse than the inspectors"),
        OwnAgainst.INSPECTORS_ONLY.value: _("cases graded by the inspectors and not by the force"),
    }
    return known.get(against, against)


def _referred(_methodology: Methodology, state: str) -> str:
    known = {
        Referred.ANY.value: _("cases referred back to the force"),
        Referred.OPEN.value: _("cases referred back to the force, still open"),
        Referred.CLOSED.value: _("cases referred back to the force, closed"),
    }
    return known.get(state, state)


def _compared(_methodology: Methodology, alike: str) -> str:
    known = {
        ReadTwiceAs.ANY.value: _("cases read by two people"),
        ReadTwiceAs.SAME.value: _("cases that two people graded the same"),
        ReadTwiceAs.DIFFER.value: _("cases that two people graded differently"),
    }
    return known.get(alike, alike)


_WORDS: Final[Mapping[SelectionKind, Callable[..., str]]] = {
    SelectionKind.CASES: lambda _methodology: _("all cases"),
    SelectionKind.STATE: _state,
    SelectionKind.AREA: lambda methodology, area: _within(area_label(methodology, area), _("all cases")),
    SelectionKind.GRADED: _graded,
    SelectionKind.AREA_GRADED: lambda methodology, area, grades: _within(
        area_label(methodology, area), _graded(methodology, grades)
    ),
    SelectionKind.STAGE: _stage,
    SelectionKind.REASON: _reason,
    SelectionKind.REASON_IN_AREA: lambda methodology, reason, area: _within(
        area_label(methodology, area), _reason(methodology, reason)
    ),
    SelectionKind.OWN: _own,
    SelectionKind.OWN_IN_AREA: _own_in_area,
    SelectionKind.OWN_AT_STAGE: _own_at_stage,
    SelectionKind.OWN_AGAINST: _own_against,
    SelectionKind.REFERRED: _referred,
    SelectionKind.SECOND: _second,
    SelectionKind.COMPARED: _compared,
    SelectionKind.STRATEGY: lambda _methodology, aspect, answer: strategy_cases_words(aspect, answer),
    SelectionKind.STRATEGY_IN_AREA: lambda methodology, area, aspect, answer: _within(
        area_label(methodology, area), strategy_cases_words(aspect, answer)
    ),
    SelectionKind.AGENCY: lambda _methodology, agency, took: agency_cases_words(agency, took),
}
