"""Brings the practice set in and has it read, for tests of every floor."""

from __future__ import annotations

from pathlib import Path

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.storage import practice_repository
from ncpi_desktop.storage.integrity import examine
from ncpi_desktop.workflows import reviewing
from ncpi_desktop.workflows.practice_sets import bring_practice_set
from ncpi_desktop.workflows.practising import practice_lines
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import hand_in

AGREED = ("good", "requires-improvement", "requires-improvement", "inadequate", "inadequate", "good")
"""The agreed grades of the shipped set, in its order."""

HEADINGS = "case,area,day,time,heading,text,grade,stage:initial contact,stage:assessment and help,stage:investigation,stage:decision-making,"
ROW = "{case},s47,0,10:00,Call,A call came in.,{grade},{grade},n/a,n/a,{grade},n/a,n/a,DEC-W01,It was not enough."


def bring_set_in(session: AuditSession, lead: str = "Team lead") -> list[CaseKey]:
    """Let a team lead bring the shipped set in, and whoever worked before go on; return its cases in order."""
    name = session.name
    session.sign_in(lead)
    bring_practice_set(session)
    session.sign_in(name)
    return practice_keys(session)


def practice_keys(session: AuditSession) -> list[CaseKey]:
    return [line.case.case for line in practice_lines(session)]


def answer(session: AuditSession, grades: tuple[str, ...] = AGREED) -> None:
    """Hand the first practice cases in with these overall grades, at every stage the same."""
    for case, grade in zip(practice_keys(session), grades, strict=False):
        hand_in(session, case, grade)


def answer_as_agreed(session: AuditSession, case: CaseKey) -> None:
    """Hand a practice case in with everything as agreed."""
    agreed = practice_repository.agreed_reading(session.file.connection, case)
    assert agreed is not None
    for judgement in agreed.stages:
        reviewing.judge_stage(session, case, judgement)
    for given in agreed.reasons:
        reviewing.give_reason(session, case, given.code)
    reviewing.give_grade(session, case, agreed.grade)
    reviewing.write_text(session, case, "rationale", "As agreed.")
    reviewing.submit(session, case)


def own_set(folder: Path, *rows: tuple[str, str]) -> Path:
    """Write a table of practice cases: reference and agreed grade each."""
    written = folder / "practice.csv"
    lines = [HEADINGS + "stage:trusted adult,stage:managing those who pose a risk,reasons,rationale"]
    lines += [ROW.format(case=case, grade=grade) for case, grade in rows]
    written.write_text("\n".join(lines) + "\n")
    return written


def faults_of(session: AuditSession) -> tuple[str, ...]:
    """Return what the check finds wrong with an open audit."""
    return examine(session.file, "", lambda _done, _total: None).problems
