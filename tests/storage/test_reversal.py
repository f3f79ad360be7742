"""Undo takes back exactly what a step wrote, or nothing at all where something was changed since."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.errors import BugError, RefusedError
from ncpi_desktop.domain.grading.review import StageJudgement
from ncpi_desktop.domain.record.change import Operation, ValueChange
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.reversal import reverse
from ncpi_desktop.workflows import reviewing, undoing
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import key_of

Opener = Callable[..., AuditSession]


def entry_of(session: AuditSession, case: CaseKey) -> int:
    return reviewing.lay_on_desk(session, case).case.entries[0].key


ACTS: dict[str, Callable[[AuditSession, CaseKey], object]] = {
    "grade": lambda s, c: reviewing.give_grade(s, c, "good"),
    "stage": lambda s, c: reviewing.judge_stage(s, c, StageJudgement("investigation", "good")),
    "not applicable": lambda s, c: reviewing.judge_stage(s, c, StageJudgement("investigation", None, True)),
    "reason": lambda s, c: reviewing.give_reason(s, c, "INV-W01"),
    "citation": lambda s, c: reviewing.cite(s, c, "INV-W01", entry_of(s, c), 0, 5),
    "rationale": lambda s, c: reviewing.write_text(s, c, "rationale", "Short."),
    "notes": lambda s, c: reviewing.write_text(s, c, "notes", "Long and é \U0001f600."),
    "not sure": lambda s, c: reviewing.mark_not_sure(s, c, True),
    "park": lambda s, c: reviewing.park(s, c, "Waits."),
}


def state(session: AuditSession, case: CaseKey) -> tuple[object, ...]:
    """What the desk shows, without the rows and identities behind it."""
    review = reviewing.lay_on_desk(session, case).review
    cited = {
        (given.code, given.identity): {(c.identity, c.start, c.end) for c in given.citations}
        for given in review.reasons
    }
    return (
        review.grade,
        review.rationale,
        review.notes,
        review.not_sure,
        review.parked_because,
        set(review.stages),
        cited,
    )


@pytest.mark.parametrize("act", ACTS)
def test_each_act_is_taken_back_and_put_in_place_again(fresh_audit: AuditSession, act: str) -> None:
    case = key_of(fresh_audit, "DA-9")
    before = state(fresh_audit, case)
    ACTS[act](fresh_audit, case)
    after = state(fresh_audit, case)
    assert after != before
    for _time in range(2):
        undoing.undo(fresh_audit)
        assert state(fresh_audit, case) == before
        undoing.redo(fresh_audit)
        assert state(fresh_audit, case) == after


def test_a_reason_withdrawn_comes_back_with_its_citations_and_identities(fresh_audit: AuditSession) -> None:
    case = key_of(fresh_audit, "DA-9")
    entry = entry_of(fresh_audit, case)
    for start in (0, 5, 9):
        reviewing.cite(fresh_audit, case, "INV-W01", entry, start, start + 4)
    before = state(fresh_audit, case)
    reviewing.withdraw_reason(fresh_audit, case, "INV-W01")
    assert reviewing.lay_on_desk(fresh_audit, case).review.reasons == ()
    undoing.undo(fresh_audit)
    assert state(fresh_audit, case) == before


@pytest.fixture
def pair(fresh_path: Path, fresh_audit: AuditSession, opener: Opener) -> tuple[AuditSession, AuditSession, CaseKey]:
    """Two people at work in one file, and a case."""
    return fresh_audit, opener(fresh_path, "Inspector 2", beside=fresh_audit), key_of(fresh_audit, "DA-9")


CLASHES: dict[str, tuple[str, Callable[[AuditSession, CaseKey], object]]] = {
    "another grade": ("grade", lambda s, c: reviewing.give_grade(s, c, "inadequate")),
    "another stage grade": (
        "stage",
        lambda s, c: reviewing.judge_stage(s, c, StageJudgement("investigation", "inadequate")),
    ),
    "other words": ("rationale", lambda s, c: reviewing.write_text(s, c, "rationale", "Else.")),
    "a citation on the reason": ("reason", ACTS["citation"]),
    "the reason withdrawn": ("reason", lambda s, c: reviewing.withdraw_reason(s, c, "INV-W01")),
    "taken up again": ("park", lambda s, c: reviewing.park(s, c, "")),
}


@pytest.mark.parametrize("clash", CLASHES)
def test_what_someone_else_changed_since_is_not_taken_back(
    pair: tuple[AuditSession, AuditSession, CaseKey], clash: str
) -> None:
    mine, theirs, case = pair
    act, change = CLASHES[clash]
    ACTS[act](mine, case)
    change(theirs, case)
    before, last = state(mine, case), mine.file.last_sequence()
    with pytest.raises(RefusedError, match=r"changed since.*Nothing was changed"):
        undoing.undo(mine)
    assert (state(mine, case), mine.file.last_sequence()) == (before, last)


def test_a_reason_someone_else_gave_meanwhile_is_not_given_twice(
    pair: tuple[AuditSession, AuditSession, CaseKey],
) -> None:
    mine, theirs, case = pair
    ACTS["reason"](mine, case)
    reviewing.withdraw_reason(mine, case, "INV-W01")
    ACTS["reason"](theirs, case)
    with pytest.raises(RefusedError, match="changed since"):
        undoing.undo(mine)


def test_a_citation_whose_reason_is_gone_is_not_put_back(pair: tuple[AuditSession, AuditSession, CaseKey]) -> None:
    mine, theirs, case = pair
    ACTS["reason"](theirs, case)
    ACTS["citation"](mine, case)
    undoing.undo(mine)
    reviewing.withdraw_reason(theirs, case, "INV-W01")
    with pytest.raises(RefusedError, match="changed since"):
        undoing.redo(mine)


def test_two_people_typing_in_different_places_can_each_take_back_theirs(
    pair: tuple[AuditSession, AuditSession, CaseKey],
) -> None:
    mine, theirs, case = pair
    reviewing.write_text(mine, case, "rationale", "One.")
    reviewing.write_text(theirs, case, "rationale", "One. Two.")
    undoing.undo(mine)
    assert reviewing.lay_on_desk(mine, case).review.rationale == " Two."


@pytest.mark.parametrize(("table", "field"), [("cases", "reference"), ("reviews", "state"), ("reviews", "identity")])
def test_what_undo_does_not_know_is_a_fault_of_ours(fresh_audit: AuditSession, table: str, field: str) -> None:
    change = ChangeInProgress(
        fresh_audit.file.connection, at=fresh_audit.clock(), person="", person_identity="", action="undo"
    )
    with pytest.raises(BugError):
        reverse(change, [ValueChange(table, "row", field, Operation.SET, "a", "b")])
