"""Builds the things of the trade, valid by default: a test names only what it is about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cache
from typing import Any

from ncpi_desktop.domain.casework.case import Case, CaseKey, Child, Entry, EntryKind
from ncpi_desktop.domain.casework.inspection import Inspection, InspectionKind, Person, Role
from ncpi_desktop.domain.findings.finding import FindingKind, FindingPlace, Subject, WrittenFinding
from ncpi_desktop.domain.findings.findings import Findings, Provenance, build_findings
from ncpi_desktop.domain.findings.tally import (
    CaseOutcome,
    FinalJudgement,
    Reading,
    ReadTwice,
    SecondOutcome,
    TallyKey,
    contributions,
)
from ncpi_desktop.domain.grading.review import (
    GivenReason,
    GivenReasonKey,
    Review,
    ReviewKey,
    StageJudgement,
)
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.imports.methodology_file import bundled_methodology

STAGES = (
    "initial-contact",
    "assessment-and-help",
    "investigation",
    "decision-making",
    "trusted-adult",
    "managing-risk",
)
"""The stages at which any case is judged in 2018; a case of detention has one more."""

WEAKNESS, STRENGTH = "DEC-W01", "INI-S01"
DRAWN_UP = datetime(2018, 5, 18, 16, 0, tzinfo=UTC)


@cache
def make_methodology(code: str = "ncpi-2018") -> Methodology:
    return bundled_methodology(code)


def make_inspection(**changed: Any) -> Inspection:
    held: dict[str, Any] = {
        "identity": "0" * 31 + "1",
        "force": "Northshire Police",
        "kind": InspectionKind.INSPECTION,
        "methodology": "ncpi-2018",
        "fieldwork_start": date(2018, 5, 14),
        "fieldwork_end": date(2018, 5, 18),
    }
    return Inspection(**(held | changed))


def make_entry(text: str = "Officers spoke to Child A alone.", **changed: Any) -> Entry:
    held: dict[str, Any] = {
        "key": 0,
        "identity": "",
        "day": 0,
        "time": "21:40",
        "kind": EntryKind.ATTENDANCE,
        "heading": "Officers attend",
        "text": text,
    }
    return Entry(**(held | changed))


def make_case(reference: str = "DA-01", **changed: Any) -> Case:
    held: dict[str, Any] = {
        "key": CaseKey(0),
        "identity": "",
        "reference": reference,
        "area": "domestic-abuse",
        "children": (Child("Child A", 6),),
        "entries": (make_entry(), make_entry("The duty sergeant agreed.", day=1, heading="Supervision")),
    }
    return Case(**(held | changed))


def make_review(
    *, reasons: Iterable[str] = (WEAKNESS,), stages: Mapping[str, str] | None = None, **changed: Any
) -> Review:
    """A complete draft, graded requires improvement at every stage and overall."""
    judged = dict.fromkeys(STAGES, "requires-improvement") if stages is None else stages
    held: dict[str, Any] = {
        "key": ReviewKey(1),
        "identity": "review-1",
        "case": CaseKey(1),
        "reviewer": 1,
        "grade": "requires-improvement",
        "rationale": "Nobody spoke to the younger child.",
        "stages": tuple(make_judgement(stage, grade) for stage, grade in judged.items()),
        "reasons": tuple(GivenReason(GivenReasonKey(n), f"given-{n}", code) for n, code in enumerate(reasons, 1)),
    }
    return Review(**(held | changed))


def make_judgement(stage: str, grade: str | None) -> StageJudgement:
    """A judgement of one stage; *n/a* is not applicable."""
    return StageJudgement(stage, None, True) if grade == "n/a" else StageJudgement(stage, grade)


def make_person(key: int = 1, name: str = "Inspector 1", role: Role = Role.INSPECTOR) -> Person:
    return Person(key, f"person-{key}", name, frozenset({role}))


def make_pair(
    first: str, second: str, *, area: str = "s47", state: str | None = None, sampled: bool = True, **changed: Any
) -> CaseOutcome:
    """A case read twice: the grades of both readers (keys 1 and 2). `stages` and `reasons` hold what each gave, `seen` what was seen before."""
    stages = changed.pop("stages", ((), ()))
    reasons = changed.pop("reasons", ((), ()))
    readers = changed.pop("readers", (1, 2))
    one = Reading(first, tuple(stages[0]), frozenset(reasons[0]), readers[0])
    other = Reading(second, tuple(stages[1]), frozenset(reasons[1]), readers[1])
    found = state or (
        "agreed" if (one.grade, one.stages, one.reasons) == (other.grade, other.stages, other.reasons) else "to-settle"
    )
    pair = ReadTwice(one, other, changed.pop("seen", "nothing"))
    final = (
        FinalJudgement(first, **changed)
        if "submitted_grade" not in changed
        else FinalJudgement(**({"grade": second} | changed))
    )
    return CaseOutcome(area, "submitted", final=final, second=SecondOutcome(found, sampled, pair))


def make_waiting(state: str = "to-read", area: str = "s47") -> CaseOutcome:
    """A sampled case that has not been read twice yet."""
    return CaseOutcome(area, "submitted", final=FinalJudgement("good"), second=SecondOutcome(state))


def tallies_of(outcomes: Iterable[CaseOutcome]) -> dict[TallyKey, int]:
    """Count `outcomes` from nothing."""
    counted: dict[TallyKey, int] = {}
    for outcome in outcomes:
        for key in contributions(outcome):
            counted[key] = counted.get(key, 0) + 1
    return counted


def make_findings(outcomes: Iterable[CaseOutcome] = (), **changed: Any) -> Findings:
    held: dict[str, Any] = {
        "inspection": make_inspection(),
        "methodology": make_methodology(),
        "provenance": Provenance(1, "f" * 64, DRAWN_UP),
        "tallies": tallies_of(outcomes),
    }
    return build_findings(**(held | changed))


def make_written(**changed: Any) -> WrittenFinding:
    """A finding of the team lead's about decision-making."""
    held: dict[str, Any] = {
        "place": FindingPlace(FindingKind.SHORTCOMING, Subject.CASEWORK, "decision-making"),
        "title": "Decisions were poor",
        "text": "Supervisors agreed what nobody had looked at.",
    }
    return WrittenFinding(**(held | changed))
