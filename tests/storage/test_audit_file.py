"""An audit file is made, changed as a whole or not at all, and closed as one file."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ncpi_desktop.domain.errors import FileRefusedError, NotSavedError, OutputNotWrittenError
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.engine import DatabaseError
from ncpi_desktop.storage.migrations import APPLICATION_ID, SCHEMA_DIGEST, SCHEMA_VERSION, schema_digest
from ncpi_desktop.storage.refusal import SQLITE_MAGIC
from tests.conftest import FIRST_MOMENT

WHO = {"at": FIRST_MOMENT, "person": "Inspector 1", "person_identity": "p1"}
PRAGMAS = {
    "journal_mode": "delete",
    "synchronous": 3,  # EXTRA: the folder entry too is on the disk before a commit is said to be done
    "foreign_keys": 1,
    "trusted_schema": 0,
    "secure_delete": 1,
    "cell_size_check": 1,
    "mmap_size": 0,
}


@pytest.fixture
def file(fresh_path: Path) -> Iterator[AuditFile]:
    opened = AuditFile.open(fresh_path)
    yield opened
    opened.close()


def add_person(file: AuditFile, name: str) -> None:
    with file.change("name-person", **WHO) as change:
        change.connection.execute("INSERT INTO people (identity, name) VALUES (?, ?)", (name, name))
        change.add("people", name, {"name": name})


def people(file: AuditFile) -> list[str]:
    return [name for (name,) in file.connection.execute("SELECT name FROM people ORDER BY id")]


@pytest.mark.parametrize(("pragma", "value"), PRAGMAS.items())
def test_every_safeguard_is_really_on(file: AuditFile, pragma: str, value: object) -> None:
    assert file.connection.execute(f"PRAGMA {pragma}").fetchone()[0] == value


@pytest.mark.parametrize(("pragma", "value"), PRAGMAS.items())
def test_every_safeguard_is_on_in_a_new_file_too(tmp_path: Path, pragma: str, value: object) -> None:
    made = AuditFile.create(tmp_path / "new.ncpi")
    assert made.connection.execute(f"PRAGMA {pragma}").fetchone()[0] == value
    made.close()


def test_a_new_file_says_what_it_is(tmp_path: Path) -> None:
    made = AuditFile.create(tmp_path / "new.ncpi")
    assert schema_digest(made.connection) == SCHEMA_DIGEST
    assert made.last_sequence() == 0
    assert made.last_seal() == ""
    made.close()
    header = (tmp_path / "new.ncpi").read_bytes()[:100]
    assert header[:16] == SQLITE_MAGIC
    assert header[68:72] == b"NCPI" == APPLICATION_ID.to_bytes(4, "big")
    assert int.from_bytes(header[60:64], "big") == SCHEMA_VERSION


def test_every_table_of_ours_is_strict(file: AuditFile) -> None:
    tables = file.connection.execute("PRAGMA table_list").fetchall()
    ours = [row for row in tables if row[2] == "table" and not row[1].startswith(("sqlite_", "_sqlite"))]
    assert len(ours) > 30
    assert [row[1] for row in ours if not row[5]] == []


def test_what_stands_at_the_place_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "new.ncpi").write_text("mine")
    with pytest.raises(OutputNotWrittenError, match="exists already"):
        AuditFile.create(tmp_path / "new.ncpi")
    assert (tmp_path / "new.ncpi").read_text() == "mine"


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(OutputNotWrittenError, match="can't be made: the folder can't be written"):
        AuditFile.create(tmp_path / "no such folder" / "new.ncpi")


def test_making_that_fails_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_connection: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ncpi_desktop.storage.opening.bring_up_to_date", fail)
    with pytest.raises(OutputNotWrittenError, match="can't be made"):
        AuditFile.create(tmp_path / "new.ncpi")
    assert list(tmp_path.iterdir()) == []


def test_a_change_is_kept_with_its_line(file: AuditFile) -> None:
    before = file.last_sequence()
    add_person(file, "Inspector 1")
    assert people(file) == ["Inspector 1"]
    assert file.last_sequence() == before + 1
    assert len(file.last_seal()) == 64


def test_a_change_that_fails_half_way_keeps_nothing(file: AuditFile) -> None:
    before, seal = file.last_sequence(), file.last_seal()
    with pytest.raises(RuntimeError), file.change("name-person", **WHO) as change:
        change.connection.execute("INSERT INTO people (identity, name) VALUES ('a', 'A')")
        change.add("people", "a", {"name": "A"})
        raise RuntimeError
    assert people(file) == []
    assert (file.last_sequence(), file.last_seal()) == (before, seal)
    assert not file.connection.in_transaction


def test_a_change_whose_line_fails_keeps_nothing(file: AuditFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ncpi_desktop.storage.change_log.ChangeInProgress.write", lambda self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        add_person(file, "Inspector 1")
    assert people(file) == []


def test_a_change_of_nothing_writes_nothing(file: AuditFile, fresh_path: Path) -> None:
    before = fresh_path.read_bytes()
    with file.change("grade", **WHO) as change:
        change.connection.execute("INSERT INTO people (identity, name) VALUES ('a', 'A')")  # told to nobody
    assert change.sequence is None
    assert people(file) == []
    assert fresh_path.read_bytes() == before


def test_a_broken_reference_is_refused_and_nothing_kept(file: AuditFile) -> None:
    with pytest.raises(NotSavedError), file.change("grade", **WHO) as change:
        change.add("roles", "a", {})
        change.connection.execute("INSERT INTO roles (person_id, role) VALUES (99, 'inspector')")
    assert file.connection.execute("SELECT count(*) FROM roles").fetchone() == (0,)


def test_reading_sees_one_moment(file: AuditFile, fresh_path: Path) -> None:
    other = AuditFile.open(fresh_path)
    with file.reading() as connection:
        before = connection.execute("SELECT count(*) FROM people").fetchone()
        other.connection.execute("PRAGMA busy_timeout = 0")
        with pytest.raises(NotSavedError, match="another program has the file open"):
            add_person(other, "Inspector 1")
        assert connection.execute("SELECT count(*) FROM people").fetchone() == before
    add_person(other, "Inspector 1")
    other.close()
    assert people(file) == ["Inspector 1"]


def test_reading_what_makes_no_sense_is_said_as_damage(file: AuditFile) -> None:
    with pytest.raises(FileRefusedError, match="is damaged"), file.reading():
        raise ValueError("'contacs' is not a valid EntryKind")
    assert not file.connection.in_transaction
    with file.reading() as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)


@pytest.mark.parametrize("name", ["100% #1 ? ü.ncpi", "-rf.ncpi", "file:x?mode=memory.ncpi", "a'b\"c.ncpi", " .ncpi"])
def test_any_name_is_a_name(tmp_path: Path, name: str, fresh_path: Path) -> None:
    target = tmp_path / "folder %20 #" / name
    target.parent.mkdir()
    fresh_path.rename(target)
    file = AuditFile.open(target)
    add_person(file, "Inspector 1")
    file.close()
    assert [held.name for held in target.parent.iterdir()] == [name]


def test_closed_it_is_one_plain_file_for_any_sqlite_tool(sample_path: Path) -> None:
    file = AuditFile.open(sample_path)
    add_person(file, "Inspector 9")
    file.close()
    assert [path.name for path in sample_path.parent.iterdir()] == [sample_path.name]
    script = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); print(c.execute(sys.argv[2]).fetchone()[0]); c.close()"
    )
    for sql, answer in (
        ("SELECT count(*) FROM cases", "36"),
        ("SELECT name FROM people ORDER BY id DESC", "Inspector 9"),
        ("PRAGMA integrity_check", "ok"),
        ("SELECT count(*) FROM pragma_foreign_key_check", "0"),
        ("SELECT count(*) > 0 FROM entry_search WHERE entry_search MATCH 'child'", "1"),
    ):
        told = subprocess.run(
            [sys.executable, "-c", script, str(sample_path), sql], capture_output=True, text=True, check=True
        )
        assert told.stdout.strip() == answer, sql


def test_another_program_keeps_out_whoever_writes_and_is_told_of(file: AuditFile, fresh_path: Path) -> None:
    # The standard library's SQLite would drop our locks when closed in this process, so it works in its own.
    script = (
        "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); c.execute('BEGIN IMMEDIATE');"
        " print('locked', flush=True); sys.stdin.read(); c.close()"
    )
    file.connection.execute("PRAGMA busy_timeout = 0")
    with subprocess.Popen(
        [sys.executable, "-c", script, str(fresh_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "locked\n"
        with pytest.raises(NotSavedError, match="another program has the file open"):
            add_person(file, "Inspector 1")
        other.communicate("")
    add_person(file, "Inspector 1")
    assert people(file) == ["Inspector 1"]


def break_off_a_change(path: Path) -> None:
    """Leave at `path` what a power cut in the middle of a commit leaves: half of a change, and the journal beside it."""
    cut_short = (
        "import os, sys; from ncpi_desktop.storage.engine import connect; cut = connect(sys.argv[1]);"
        "cut.execute('PRAGMA cache_size = 1'); cut.execute('BEGIN IMMEDIATE');"
        "cut.execute('UPDATE entries SET text = text || text'); cut.execute('UPDATE cases SET reference = id'); os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", cut_short, str(path)], check=True)
    assert path.with_name(path.name + "-journal").exists()


@pytest.mark.parametrize("read_only", [False, True])
def test_a_change_broken_off_by_a_power_cut_is_taken_back_before_anything_is_read(
    sample_path: Path, *, read_only: bool
) -> None:
    whole = AuditFile.open(sample_path)
    before = whole.connection.execute("SELECT reference FROM cases ORDER BY id").fetchall()
    whole.close()
    break_off_a_change(sample_path)
    file = AuditFile.open(sample_path, read_only=read_only)
    assert file.connection.execute("SELECT reference FROM cases ORDER BY id").fetchall() == before
    assert file.connection.execute("PRAGMA query_only").fetchone()[0] == read_only
    file.close()
    assert not sample_path.with_name(sample_path.name + "-journal").exists()


def test_a_file_that_a_power_cut_left_shorter_than_it_says_is_not_called_cut_short(sample_path: Path) -> None:
    # The first page, which counts the pages, may reach the disk before the new pages at the end do.
    length = sample_path.stat().st_size
    break_off_a_change(sample_path)
    with sample_path.open("r+b") as stream:
        stream.truncate(length)
        stream.seek(28)
        stream.write((length // 4096 + 5).to_bytes(4, "big"))
    file = AuditFile.open(sample_path)
    assert file.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert file.connection.execute("SELECT count(*) FROM cases").fetchone() == (36,)
    file.close()
    assert sample_path.stat().st_size == length


def test_a_change_broken_off_where_nothing_can_be_written_is_not_called_damage(
    sample_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_off_a_change(sample_path)
    before = sample_path.read_bytes()
    monkeypatch.setattr("os.access", lambda _path, _mode: False)
    with pytest.raises(FileRefusedError, match="broken off") as refused:
        AuditFile.open(sample_path)
    assert "damaged" not in str(refused.value)
    assert sample_path.read_bytes() == before


def test_opened_for_reading_nothing_can_be_written(sample_path: Path) -> None:
    file = AuditFile.open(sample_path, read_only=True)
    with pytest.raises(DatabaseError):
        file.connection.execute("UPDATE cases SET reference = id")
    file.close()


def test_the_engine_is_not_the_standard_library_s() -> None:
    from ncpi_desktop.storage import engine

    assert not issubclass(engine.Connection, sqlite3.Connection)
    assert tuple(map(int, engine.SQLITE_VERSION.split("."))) >= (3, 44)
