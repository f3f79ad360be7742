"""The queue is dense, in natural order, and its filters show what they say."""

from __future__ import annotations

import random

import pytest

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.worklist import CaseState, QueueChoice, QueueFilter
from ncpi_desktop.domain.grading.review import ReviewKey, ReviewState
from ncpi_desktop.domain.moderation.second_reading import SecondState
from ncpi_desktop.storage import worklist_repository as worklist
from ncpi_desktop.storage.second_reading_repository import second_lines
from ncpi_desktop.workflows.session import AuditSession
from tests.builders import make_case, make_review
from tests.casework import bring_in

BLANK = {"grade": None, "rationale": "", "stages": {}, "reasons": ()}


def references(session: AuditSession) -> list[str]:
    return [row.reference for row in worklist.worklist_page(session.file.connection, 1, 1000)]


def test_areas_in_report_order_then_references_in_natural_order(fresh_audit: AuditSession) -> None:
    names = ["DA-100", "da-2", "DA-1", "DA-01a", "DA-20", "MIS-3"]
    random.Random(1).shuffle(names)
    bring_in(fresh_audit, *(make_case(name, area="missing" if name == "MIS-3" else "domestic-abuse") for name in names))
    assert references(fresh_audit) == ["S47-01", "DA-1", "DA-01a", "da-2", "DA-9", "DA-10", "DA-20", "DA-100", "MIS-3"]


def test_positions_are_dense_after_each_import(fresh_audit: AuditSession) -> None:
    for n in range(3):
        bring_in(fresh_audit, make_case(f"DA-{n}00"), make_case(f"S47-{n}00", area="s47"))
        rows = worklist.worklist_page(fresh_audit.file.connection, 1, 1000)
        assert [row.position for row in rows] == list(range(1, len(rows) + 1))


def test_references_alike_in_number_have_a_fixed_order(fresh_audit: AuditSession) -> None:
    bring_in(fresh_audit, make_case("DA-09"), make_case("DA-009"))
    assert references(fresh_audit) == ["S47-01", "DA-009", "DA-09", "DA-9", "DA-10"]


def test_a_line_holds_entries_and_whose_it_is(fresh_audit: AuditSession) -> None:
    row = worklist.worklist_page(fresh_audit.file.connection, 3, 1)[0]
    assert (row.reference, row.entries, row.state, row.grade) == ("DA-10", 2, CaseState.TO_DO, None)
    assert fresh_audit.person is not None
    assert row.allocated_to == fresh_audit.person.key
    assert worklist.worklist_row(fresh_audit.file.connection, row.case) == row


def test_pages_and_stretches(sample: AuditSession) -> None:
    connection = sample.file.connection
    whole = worklist.worklist_page(connection, 1, 1000)
    assert worklist.worklist_page(connection, 7, 5) == whole[6:11]
    assert worklist.worklist_page(connection, 37, 5) == []
    assert worklist.worklist_rows_at(connection, [9, 3, 99]) == [whole[2], whole[8]]
    assert worklist.case_at(connection, 7) == whole[6].case
    assert worklist.case_at(connection, 0) is None
    assert worklist.case_at(connection, 37) is None


@pytest.mark.parametrize("piece", [1, 4, 1000])
@pytest.mark.parametrize("choice", QueueChoice)
def test_a_filter_shows_its_cases_piece_by_piece(sample: AuditSession, choice: QueueChoice, piece: int) -> None:
    assert sample.person is not None
    connection, me = sample.file.connection, sample.person.key
    again = {line.case for line in second_lines(connection, SecondState.TO_READ, reader=me)}
    shows = {
        QueueChoice.ALL: lambda row: True,
        QueueChoice.TO_DO: lambda row: row.state is CaseState.TO_DO,
        QueueChoice.MINE: lambda row: row.allocated_to == me,
        QueueChoice.NOT_SURE: lambda row: row.not_sure,
        QueueChoice.PARKED: lambda row: row.state is CaseState.PARKED,
        QueueChoice.SUBMITTED: lambda row: row.state is CaseState.SUBMITTED,
        QueueChoice.SECOND: lambda row: row.case in again,
    }[choice]
    expected = [row.position for row in worklist.worklist_page(connection, 1, 1000) if shows(row)]
    got: list[int] = []
    while more := worklist.positions_after(connection, QueueFilter(choice, me), got[-1] if got else 0, piece):
        got += more
    assert got == expected


def test_mine_without_a_person_is_nobody_s(sample: AuditSession) -> None:
    assert worklist.positions_after(sample.file.connection, QueueFilter(QueueChoice.MINE), 0, 100) == []


@pytest.mark.parametrize(
    ("changed", "state"),
    [
        (BLANK, CaseState.TO_DO),
        (BLANK | {"supersedes": ReviewKey(1)}, CaseState.IN_PROGRESS),
        (BLANK | {"parked_because": "Waits."}, CaseState.PARKED),
        (BLANK | {"notes": "A word."}, CaseState.IN_PROGRESS),
        ({}, CaseState.IN_PROGRESS),
        ({"state": ReviewState.SUBMITTED}, CaseState.SUBMITTED),
        ({"parked_because": "Waits."}, CaseState.PARKED),
    ],
)
def test_how_far_a_case_has_come(changed: dict[str, object], state: CaseState) -> None:
    assert worklist.state_of(make_review(**changed)) is state  # type: ignore[arg-type]
    assert worklist.state_of(None) is CaseState.TO_DO


def test_every_read_of_the_queue_uses_an_index(sample: AuditSession) -> None:
    connection = sample.file.connection
    asked: list[str] = []
    connection.set_trace_callback(asked.append)
    for choice in QueueChoice:
        worklist.positions_after(connection, QueueFilter(choice, 2), 3, 10)
    worklist.next_open_of(connection, 3, 2)
    worklist.next_open(connection, 3)
    worklist.case_at(connection, 3)
    worklist.worklist_row(connection, CaseKey(3))
    connection.set_trace_callback(None)
    assert len(asked) > 8
    for sql in asked:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]
        assert not any(step.startswith("SCAN worklist") and "USING" not in step for step in plan) or "max(" in sql, (
            sql,
            plan,
        )
        assert not any("TEMP B-TREE" in step for step in plan) or "UNION ALL" in sql, (sql, plan)
