"""The history can't be changed or deleted, only redacted, and every act is in it."""

from __future__ import annotations

import pytest

from ncpi_desktop.domain.record.change import FIRST_SEAL, seal_of, value_digest
from ncpi_desktop.storage.engine import DatabaseError
from ncpi_desktop.storage.history_repository import chain, values_of
from ncpi_desktop.storage.moments import to_text
from ncpi_desktop.workflows import reviewing, undoing
from ncpi_desktop.workflows.browsing import history
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import hand_in, key_of

FORBIDDEN = [
    "DELETE FROM history",
    "DELETE FROM history WHERE sequence = 79",
    "DELETE FROM history_values",
    "UPDATE history SET seal = 'x'",
    "UPDATE history SET previous_seal = 'x'",
    "UPDATE history SET at = '2000-01-01T00:00:00.000Z'",
    "UPDATE history SET action = 'grade'",
    "UPDATE history SET person_identity = 'x'",
    "UPDATE history SET case_identity = 'x'",
    "UPDATE history SET step = 1",
    "UPDATE history SET undoes = 1",
    "UPDATE history SET texts_digest = 'x'",
    "UPDATE history SET sequence = sequence + 1000",
    "UPDATE history SET detail = 'x'",
    "UPDATE history SET reason = 'x', salt = 'x'",
    "UPDATE history_values SET new_value = 'good'",
    "UPDATE history_values SET old_value = 'good'",
    "UPDATE history_values SET field = 'notes'",
    "UPDATE history_values SET old_digest = 'x'",
    "UPDATE history_values SET new_digest = 'x', redacted_because = 'x', old_value = NULL, new_value = NULL",
    "UPDATE history_values SET redacted_because = 'kept all the same' WHERE new_value IS NOT NULL",
]


def verify(session: AuditSession) -> int:
    """Walk the chain; return how many changes it holds."""
    before, number = FIRST_SEAL, 0
    for change, _salt, texts in chain(session.file.connection):
        number += 1
        assert (change.sequence, change.previous_seal) == (number, before)
        parts = (before, number, to_text(change.at), change.person_identity, change.action, change.case_identity, texts)
        assert change.seal == seal_of(*parts, change.values, steps=(change.step, change.undoes))
        before = change.seal
    return number


@pytest.mark.parametrize("sql", FORBIDDEN)
def test_the_history_refuses(sample: AuditSession, sql: str) -> None:
    before = sample.file.connection.execute("SELECT * FROM history").fetchall()
    with pytest.raises(DatabaseError, match="the history is never"):
        sample.file.connection.execute(sql)
    assert sample.file.connection.execute("SELECT * FROM history").fetchall() == before


def test_a_value_can_be_taken_out_and_the_chain_still_holds(sample: AuditSession) -> None:
    reviewing.write_text(sample, key_of(sample, "DA-06"), "notes", "Ring 07700 900123.")
    last = sample.file.last_sequence()
    sample.file.connection.execute(
        "UPDATE history_values SET old_value = NULL, new_value = NULL, salt = '', redacted_because = 'a number' WHERE sequence = ?",
        (last,),
    )
    assert verify(sample) == last
    for value in values_of(sample.file.connection, last):
        assert (value.old, value.new) == (None, None)
        assert value.new_digest != value_digest("", "Ring 07700 900123.")


def test_deleted_text_leaves_nothing_in_the_pages_of_the_tables(sample: AuditSession) -> None:
    assert sample.file.connection.execute("PRAGMA secure_delete").fetchone() == (1,)


def test_a_day_s_work_is_all_in_the_history_and_the_chain_holds(sample: AuditSession) -> None:
    before = sample.file.last_sequence()
    hand_in(sample, key_of(sample, "DA-06"))
    reviewing.reopen(sample, key_of(sample, "DA-06"), "A new log came.")
    reviewing.mark_not_sure(sample, key_of(sample, "DA-06"), True)
    undoing.undo(sample)
    undoing.redo(sample)
    assert verify(sample) == sample.file.last_sequence()
    acts = [change.action for change in reversed(history(sample)) if change.sequence > before]
    assert acts == [
        *("grade-stage",) * 6,
        *("give-reason", "grade", "write-rationale", "submit", "reopen", "mark-not-sure", "undo", "redo"),
    ]
    reopened = next(change for change in history(sample) if change.action == "reopen")
    assert (reopened.reason, reopened.person, reopened.case_reference) == ("A new log came.", "Inspector 2", "DA-06")


def test_old_and_new_of_everything_judged_can_be_read_back(sample: AuditSession) -> None:
    case = key_of(sample, "DA-06")
    for grade in ("good", "inadequate"):
        reviewing.give_grade(sample, case, grade)
    told = [
        (value.old, value.new)
        for change in reversed(history(sample)[:2])
        for value in values_of(sample.file.connection, change.sequence)
        if value.field == "grade"
    ]
    assert told == [(None, "good"), ("good", "inadequate")]


def test_typing_costs_the_history_what_was_typed_and_not_the_text_each_time(sample: AuditSession) -> None:
    case, text, step = key_of(sample, "DA-06"), "", None
    for n in range(200):
        text += f"word {n} "
        step = reviewing.write_text(sample, case, "rationale", text, step).step
    kept = sample.file.connection.execute(
        "SELECT sum(length(coalesce(new_value, '')) + length(coalesce(old_value, ''))) FROM history_values WHERE field = 'rationale'"
        " AND sequence >= ?",
        (step,),
    ).fetchone()
    assert kept == (len(text),)


@pytest.mark.parametrize("column", ["field", '"row"', '"table"', '"offset"'])
def test_taking_a_value_out_leaves_what_it_was_of(sample: AuditSession, column: str) -> None:
    taken_out = "UPDATE history_values SET old_value = NULL, new_value = NULL, salt = '', redacted_because = 'a name'"
    of_one = "WHERE sequence = 3 AND position = 0"
    with pytest.raises(DatabaseError, match="never changed"):
        sample.file.connection.execute(f"{taken_out}, {column} = 7 {of_one}")
    sample.file.connection.execute(f"{taken_out} {of_one}")
