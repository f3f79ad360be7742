"""A file whose tables are not ours is refused before anything in it can run, and left as it was."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ncpi_desktop.domain.errors import FileRefusedError
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.workflows.session import AuditSession

HOSTILE = {
    "trigger": "CREATE TRIGGER evil AFTER UPDATE ON reviews BEGIN DELETE FROM citations; END",
    "trigger on the history": "CREATE TRIGGER evil AFTER INSERT ON history BEGIN UPDATE reviews SET grade = 'good'; END",
    "view": "CREATE VIEW evil AS SELECT load_extension('evil')",
    "table": "CREATE TABLE evil (a)",
    "column": "ALTER TABLE reviews ADD COLUMN evil TEXT",
    "column gone": "ALTER TABLE people DROP COLUMN active",
    "index": "CREATE INDEX evil ON reviews (abs(reviewer_id))",
    "index gone": "DROP INDEX reviews_of_case",
    "safeguard gone": "DROP TRIGGER history_is_not_deleted",
    "virtual table": "CREATE VIRTUAL TABLE evil USING fts5(a)",
    "table renamed": "ALTER TABLE comments RENAME TO evil",
    "table gone": "DROP TABLE comments",
    "check gone": "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (id = 1)', 'CHECK (id > 0)')",
    "view for a table": "DROP TABLE tallies; CREATE VIEW tallies AS SELECT 'grade' AS measure, 's47' AS one, 'good' AS other, 99 AS cases",
}
TOOL = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.executescript(sys.argv[2]); c.commit(); c.close()"


def altered(path: Path, script: str) -> bytes:
    """Alter the file as somebody with another SQLite tool would, in a process of its own."""
    subprocess.run([sys.executable, "-c", TOOL, str(path), script], check=True)
    return path.read_bytes()


@pytest.mark.parametrize("journal", ["", "PRAGMA journal_mode = WAL; "])
@pytest.mark.parametrize("kind", HOSTILE)
def test_it_is_refused_and_untouched(sample_path: Path, kind: str, journal: str) -> None:
    before = altered(sample_path, journal + HOSTILE[kind])
    with pytest.raises(FileRefusedError, match=r"that this program did not make|is damaged") as refused:
        AuditSession.open(sample_path, person="Inspector 2")
    assert "untouched" in refused.value.safe
    assert sample_path.read_bytes() == before
    assert [held.name for held in sample_path.parent.iterdir()] == [sample_path.name]


def test_the_sentence_names_the_cause(sample_path: Path) -> None:
    altered(sample_path, HOSTILE["trigger"])
    with pytest.raises(FileRefusedError, match="tables, views or triggers that this program did not make"):
        AuditFile.open(sample_path)


@pytest.mark.parametrize(
    "harmless",
    ["PRAGMA journal_mode = WAL", "VACUUM", "REINDEX", "INSERT INTO entry_search (entry_search) VALUES ('optimize')"],
)
def test_what_a_tool_does_without_altering_the_tables_is_taken(sample_path: Path, harmless: str) -> None:
    altered(sample_path, harmless)
    session = AuditSession.open(sample_path, person="Inspector 2")
    assert session.file.connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    session.close()
    assert [held.name for held in sample_path.parent.iterdir()] == [sample_path.name]


def test_a_file_left_in_another_journal_mode_can_be_read_without_writing(sample_path: Path) -> None:
    altered(sample_path, "PRAGMA journal_mode = WAL")
    before = sample_path.read_bytes()
    session = AuditSession.open(sample_path, read_only=True)
    assert session.inspection.force == "Northshire Police"
    session.close()
    assert sample_path.read_bytes() == before


def test_functions_that_reach_outside_are_not_there(sample_path: Path) -> None:
    file = AuditFile.open(sample_path)
    for call in ("load_extension('evil')", "readfile('/etc/passwd')", "writefile('x', 'y')", "edit('x')"):
        with pytest.raises(Exception, match=r"not authorized|no such function"):
            file.connection.execute(f"SELECT {call}")
    file.close()
