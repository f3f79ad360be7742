"""Brings made-up cases into a real file, and does an inspector's work on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ncpi_desktop.domain.casework.case import Case, CaseKey
from ncpi_desktop.domain.casework.inspection import Role
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.storage.case_repository import add_case, seal_own_grade
from ncpi_desktop.storage.derived import rebuild_derived
from ncpi_desktop.storage.inspection_repository import add_person, read_people
from ncpi_desktop.workflows import reviewing
from ncpi_desktop.workflows.browsing import case_called
from ncpi_desktop.workflows.session import AuditSession
from tests.builders import WEAKNESS, make_judgement


def bring_in(
    session: AuditSession,
    *cases: Case,
    allocate: Mapping[str, str] | None = None,
    own_grades: Mapping[str, str] | None = None,
) -> None:
    """Add `cases`; `allocate` gives references to names, `own_grades` the force's own grade by reference."""
    with session.file.change(Action.ADD_CASES, at=session.clock(), person="Team lead", person_identity="") as change:
        people = {name: add_person(change, name, [Role.INSPECTOR]) for name in (allocate or {}).values()}
        for case in cases:
            whose = (allocate or {}).get(case.reference)
            key = add_case(change, replace(case, allocated_to=people[whose].key) if whose else case)
            if own_grades and case.reference in own_grades:
                seal_own_grade(change, key, own_grades[case.reference], "As the force saw it.")
        rebuild_derived(change.connection)
    session.people = read_people(session.file.connection)
    session.sign_in(session.name)


def key_of(session: AuditSession, reference: str) -> CaseKey:
    """Return the case called `reference`, which must be there."""
    key = case_called(session, reference)
    assert key is not None, reference
    return key


def complete(session: AuditSession, case: CaseKey, grade: str = "requires-improvement", reason: str = WEAKNESS) -> None:
    """Judge everything of `case` that a submission asks for."""
    desk = reviewing.lay_on_desk(session, case)
    for stage in session.methodology.stages_for(desk.case.area):
        reviewing.judge_stage(session, case, make_judgement(stage.code, grade))
    reviewing.give_reason(session, case, reason)
    reviewing.give_grade(session, case, grade)
    reviewing.write_text(session, case, "rationale", "Nobody spoke to the younger child.")


def hand_in(session: AuditSession, case: CaseKey, grade: str = "requires-improvement") -> None:
    """Judge everything of `case` and submit it."""
    complete(session, case, grade)
    reviewing.submit(session, case)
