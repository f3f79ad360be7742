"""The history rebuilds every row of the audit, in every column; whatever stands otherwise is found."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.engine import Connection, connect
from ncpi_desktop.storage.history_integrity import walk_chain
from ncpi_desktop.storage.kept_tables import KEPT_TABLES
from ncpi_desktop.storage.replay import altered_rows
from ncpi_desktop.workflows import reviewing
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.undoing import undo
from tests.casework import complete, key_of
from tests.conftest import TickingClock
from tests.storage.early_file import early_file

DERIVED = {"worklist", "tallies", "second_readings", "results"}
NOT_OF_THE_AUDIT = {"writer", "_sqlite_migrations"}
HISTORY = {"history", "history_values"}

FINDING = "(SELECT id FROM findings WHERE identity = 'f1')"
ADDED = (
    (
        "INSERT INTO comments (identity, case_id, about, person_id, text, state, written_at)"
        " VALUES ('m1', 1, 'grade', 1, 'Why?', 'open', '2018-05-18T10:00:00.000Z')"
    ),
    (
        "INSERT INTO comments (identity, case_id, about, answers, person_id, text, state, written_at)"
        " VALUES ('m2', 1, 'grade', 1, 2, 'See entry 3.', 'answered', '2018-05-18T10:05:00.000Z')"
    ),
    (
        "INSERT INTO findings (identity, position, stage, kind, title, text)"
        " VALUES ('f1', 1, 'investigation', 'shortcoming', 'Slow', 'It took long.')"
    ),
    "INSERT INTO frames (identity, sample_id, lines) VALUES ('n1', 1, 'DA-01 s47')",
    (
        "INSERT INTO interests (identity, person_id, unit, because, declared_at)"
        " VALUES ('n2', 1, 'CAIU North', 'Worked there.', '2018-05-18T10:00:00.000Z')"
    ),
    (
        "INSERT INTO sightings (identity, case_id, person_id, what, seen_at)"
        " VALUES ('n3', 1, 4, 'grade', '2018-05-18T10:00:00.000Z')"
    ),
    (
        "INSERT INTO settled_parts (identity, review_id, part, code, choice, value, because, decided_by, decided_at, agreed_by)"
        " VALUES ('n4', 1, 'stage', 'investigation', 'second', 'good', 'It was.', 1, '2018-05-18T10:00:00.000Z', 2)"
    ),
    "INSERT INTO practice_cases (identity, case_id, added_at) VALUES ('n5', 1, '2018-05-18T10:00:00.000Z')",
    "INSERT INTO own_stage_grades (identity, case_id, stage, grade) VALUES ('n6', 1, 'investigation', 'good')",
    (
        "INSERT INTO illustrations (identity, finding_id, case_id, position, text)"
        f" VALUES ('n7', {FINDING}, 1, 1, 'A girl aged 14 waited.')"
    ),
    "INSERT INTO notices (identity, kind, text) VALUES ('n8', 'press-notice', 'Practice was good.')",
    "INSERT INTO previous_breakdown (previous_id, measure, code, grade, cases) VALUES (1, 'reason', 'DEC-W01', '', 3)",
    "INSERT INTO recommendation_findings (recommendation_id, finding_id) VALUES (1, 1)",
    f"INSERT INTO finding_reasons (finding_id, reason) VALUES ({FINDING}, 'DEC-W01')",
    f"INSERT INTO finding_cases (finding_id, case_id) VALUES ({FINDING}, 4), ({FINDING}, 2)",
    "INSERT INTO recommendation_cases (recommendation_id, case_id) VALUES (1, 4)",
)
MORE_TOLD = (
    *(("sightings", "n3"), ("settled_parts", "n4"), ("practice_cases", "n5")),
    *(("own_stage_grades", "n6"), ("illustrations", "n7"), ("notices", "n8")),
)


@pytest.fixture
def audit(sample: AuditSession) -> Iterator[Connection]:
    """The sample with a row in every kept table, each told; what a test alters is taken back."""
    run = sample.file.connection
    with sample.file.change("add-follow-up", at=sample.clock(), person="Team lead", person_identity="") as change:
        for statement in ADDED:
            run.execute(statement)
        told = (("comments", "m1"), ("comments", "m2"), ("findings", "f1"), ("frames", "n1"), ("interests", "n2"))
        for table, identity in (*told, *MORE_TOLD):
            change.add_standing(table, identity)
        for table in ("recommendations", "previous_results"):
            (identity,) = run.execute(f"SELECT identity FROM {table} WHERE id = 1").fetchone()
            change.tell_anew(table, identity)
    run.set_authorizer(lambda *_about: 0)  # as a stranger's tool would
    run.execute("PRAGMA foreign_keys = OFF")
    run.execute("PRAGMA ignore_check_constraints = ON")
    run.execute("BEGIN")
    yield run
    run.execute("ROLLBACK")


def found(run: Connection) -> list[str]:
    return list(altered_rows(run, 0, (), lambda: None))


def kept_columns(run: Connection) -> list[tuple[str, str]]:
    """Every column of every kept table but the local ids that nothing points to."""
    tables = [table for kept in KEPT_TABLES if kept.name not in HISTORY for table in (kept.name, *kept.within)]
    return [
        (table, column)
        for table in tables
        for _place, column, *_rest in run.execute(f"PRAGMA table_info({table})")
        if column != "id"
    ]


def test_every_table_is_kept_or_derived_or_none_of_the_audit(sample: AuditSession) -> None:
    rows = sample.file.connection.execute("SELECT name FROM sqlite_schema WHERE sql LIKE 'CREATE TABLE%'").fetchall()
    tables = {name for (name,) in rows if "_search" not in name}
    known = {name for kept in KEPT_TABLES for name in (kept.name, *kept.within)}
    assert tables == known | DERIVED | NOT_OF_THE_AUDIT


def test_what_was_told_is_what_stands(audit: Connection) -> None:
    assert found(audit) == []


def test_each_column_of_each_kept_table_is_compared(audit: Connection) -> None:
    silent = []
    for table, column in kept_columns(audit):
        columns = {name: kind for _place, name, kind, *_rest in audit.execute(f"PRAGMA table_info({table})")}
        (value,) = audit.execute(f'SELECT "{column}" FROM {table} LIMIT 1').fetchone()
        other: object = f"{value}x" if columns[column] == "TEXT" else (value or 0) + 1
        first = (
            f"id = (SELECT min(id) FROM {table})"
            if "id" in columns
            else f'"{column}" IS (SELECT "{column}" FROM {table} LIMIT 1)'
        )
        audit.execute("SAVEPOINT one")
        assert audit.execute(f'UPDATE OR REPLACE {table} SET "{column}" = ? WHERE {first}', (other,)).rowcount
        if not found(audit):
            silent.append((table, column))
        audit.execute("ROLLBACK TO one")
        audit.execute("RELEASE one")
    assert silent == []


def test_a_row_taken_away_and_a_row_put_in_are_found(audit: Connection) -> None:
    for kept in KEPT_TABLES:
        for table in (kept.name, *kept.within):
            if kept.name in HISTORY:
                continue
            audit.execute("SAVEPOINT one")
            assert audit.execute(f"DELETE FROM {table}").rowcount, table
            assert found(audit), table
            audit.execute("ROLLBACK TO one")
            audit.execute("RELEASE one")
    audit.execute("INSERT INTO people (identity, name) VALUES ('x', 'A stranger')")
    assert found(audit) == ["“people” has a row that the history does not tell of."]


def test_a_blank_in_the_history_that_no_redaction_tells_of_is_found(audit: Connection) -> None:
    audit.execute("UPDATE history SET detail = '', salt = '' WHERE sequence = 2")
    audit.execute(
        "UPDATE history_values SET old_value = NULL, new_value = NULL, salt = '', redacted_because = 'x' WHERE sequence = 1 AND position = 0"
    )
    assert sum("without a redaction" in sentence for sentence in found(audit)) == 2


def test_a_step_and_what_an_undo_undoes_are_sealed(sample: AuditSession, sample_path: Path) -> None:
    case = key_of(sample, "DA-06")
    complete(sample, case)
    undo(sample)
    sample.close()
    for statement in (
        "UPDATE history SET step = step - 1 WHERE action = 'write-rationale'",
        "UPDATE history SET undoes = undoes - 1 WHERE action = 'undo'",
    ):
        connection = connect(str(sample_path))
        connection.execute("DROP TRIGGER IF EXISTS history_is_not_changed")
        connection.execute("BEGIN")
        connection.execute(statement)
        assert "its seal does not fit" in walk_chain(connection, "", lambda: None).fault
        connection.execute("ROLLBACK")
        connection.close()


def test_an_early_file_is_sound_as_it_is_and_untouched(tmp_path: Path) -> None:
    path = early_file(tmp_path)
    before = path.read_bytes()
    report = check(path)
    assert report.problems == ()
    assert path.read_bytes() == before
    assert report.changes == 102
    file = AuditFile.open(path)
    try:
        assert file.last_seal() == report.seal  # a report drawn from it bears a seal of its own history
    finally:
        file.close()


def test_an_early_file_brought_up_tells_the_rest_in_one_line_and_replays(tmp_path: Path) -> None:
    path = early_file(tmp_path)
    seal = check(path).seal
    AuditFile.open(path, before_migrating=lambda _connection: None).close()
    report = check(path, seal)
    assert report.problems == ()
    assert (report.changes, report.asked_at) == (103, 102)
    session = AuditSession.open(path, person="Inspector 2", clock=TickingClock(datetime(2026, 1, 5, tzinfo=UTC)))
    case = key_of(session, "DA-06")
    reviewing.write_text(session, case, "notes", "Gone on with.")
    undo(session)
    session.close()
    assert check(path).problems == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE reviews SET reviewer_id = reviewer_id % 3 + 1 WHERE id = 1",
        "UPDATE reviews SET started_at = '2018-06-01T00:00:00.000Z' WHERE id = 1",
        "UPDATE cases SET added_at = '2018-06-01T00:00:00.000Z' WHERE id = 1",
        "UPDATE entries SET text = text || '.' WHERE id = 1",
        "UPDATE children SET age = 3 WHERE case_id = 1",
        "UPDATE children SET position = 9 WHERE case_id = 1 AND position = 0",
        "UPDATE strategy_agencies SET present = 0, invited = 0 WHERE entry_id = (SELECT min(entry_id) FROM strategy_agencies)",
        "UPDATE own_grades SET rationale = rationale || '.' WHERE case_id = 1",
        "UPDATE sample_cases SET position = 9 WHERE position = 0",
        "UPDATE allocations SET person_id = 5 WHERE id = 1",
        "UPDATE criteria SET question = question || '?' WHERE position = 0",
        "UPDATE roles SET role = 'observer' WHERE person_id = 2",
        "UPDATE previous_counts SET cases = cases + 1 WHERE area = ''",
    ],
)
def test_what_was_altered_in_an_early_file_is_found_before_and_after_it_is_brought_up(
    tmp_path: Path, statement: str
) -> None:
    path = early_file(tmp_path)
    connection = connect(str(path))
    assert connection.execute(statement).rowcount, statement
    connection.close()
    assert not check(path).sound
    AuditFile.open(path, before_migrating=lambda _connection: None).close()
    assert not check(path).sound


def test_memory_and_time_are_told_row_by_row(sample: AuditSession) -> None:
    steps = 0

    def advance() -> None:
        nonlocal steps
        steps += 1

    assert list(altered_rows(sample.file.connection, 0, (), advance)) == []
    rows = sample.file.connection.execute("SELECT count(*) FROM history_values").fetchone()[0]
    assert rows < steps < 3 * rows


def test_a_file_of_version_3_is_sound_as_it_is_and_once_it_is_brought_up(tmp_path: Path) -> None:
    path = early_file(tmp_path, 3)
    before = path.read_bytes()
    assert check(path).problems == ()
    assert path.read_bytes() == before
    session = AuditSession.open(path, person="Team lead")
    assert session.file.connection.execute("PRAGMA user_version").fetchone() == (4,)
    assert session.file.connection.execute("SELECT count(*) FROM results").fetchone() == (30,)
    session.close()
    report = check(path)
    assert (report.problems, report.remarks) == ((), ())
