"""A file whose tables are not ours is refused before anything in it can run, named, quickly, in little memory, and left as it was."""

# ruff: noqa: E501 - an attacker's statement is read best whole

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from ncpi_desktop.domain.errors import FileRefusedError, RefusedError
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.engine import DatabaseError
from ncpi_desktop.storage.migrations import SCHEMA_DIGESTS, SCHEMA_VERSION, digest_of
from ncpi_desktop.storage.schema_comparison import expected_statements, shown
from ncpi_desktop.storage.schema_pages import statements_on_pages
from ncpi_desktop.workflows import browsing, reviewing
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import key_of
from tests.safety.hostile import MOST_BYTES, MOST_SECONDS, Opener, altered
from tests.safety.report import tell_fault
from tests.storage.early_file import early_file

NOT_OURS = "tables, views or triggers that this program did not make"
_SCHEMA = "PRAGMA writable_schema = ON; "
_MANY = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < {count}) "
_ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n)"

HOSTILE: dict[str, tuple[str, str]] = {
    "trigger": ("CREATE TRIGGER evil AFTER UPDATE ON reviews BEGIN DELETE FROM citations; END", "unknown trigger “evil”"),
    "trigger on the history": ("CREATE TRIGGER evil AFTER INSERT ON history BEGIN UPDATE reviews SET grade = 'good'; END", "unknown trigger “evil”"),
    "view": ("CREATE VIEW evil AS SELECT load_extension('evil')", "unknown view “evil”"),
    "endless view": (f"CREATE VIEW evil AS {_ENDLESS} SELECT x FROM n", "unknown view “evil”"),
    "endless view in place of a table": (f"DROP TABLE tallies; CREATE VIEW tallies(measure, one, other, cases) AS {_ENDLESS} SELECT x, x, x, x FROM n", "unknown view “tallies”"),
    "endless trigger": (f"CREATE TRIGGER evil BEFORE INSERT ON history BEGIN INSERT INTO people (identity, name) {_ENDLESS} SELECT x, x FROM n; END", "unknown trigger “evil”"),
    "table": ("CREATE TABLE evil (a)", "unknown table “evil”"),
    "2,000 columns": (f"CREATE TABLE evil ({', '.join(f'c{n}' for n in range(2000))})", "unknown table “evil”"),
    "column": ("ALTER TABLE reviews ADD COLUMN evil TEXT", "altered table “reviews”"),
    "column gone": ("ALTER TABLE people DROP COLUMN active", "altered table “people”"),
    "generated column": ("ALTER TABLE reviews ADD COLUMN evil TEXT GENERATED ALWAYS AS (upper(rationale)) VIRTUAL", "table “reviews” with a generated column"),
    "index": ("CREATE INDEX evil ON reviews (reviewer_id)", "unknown index “evil”"),
    "index on an expression": ("CREATE INDEX evil ON reviews (abs(reviewer_id))", "unknown index “evil”"),
    "partial index": ("CREATE INDEX evil ON entries (text) WHERE text LIKE '%a%'", "unknown index “evil”"),
    "index gone": ("DROP INDEX reviews_of_case", "index “reviews_of_case” is missing"),
    "safeguard gone": ("DROP TRIGGER history_is_not_deleted", "trigger “history_is_not_deleted” is missing"),
    "safeguard emptied": ("DROP TRIGGER history_is_not_deleted; CREATE TRIGGER history_is_not_deleted BEFORE DELETE ON history BEGIN SELECT 1; END", "altered trigger “history_is_not_deleted”"),
    "virtual table": ("CREATE VIRTUAL TABLE evil USING fts5(a)", "unknown virtual table “evil”"),
    "virtual table of another module": (_SCHEMA + "INSERT INTO sqlite_schema VALUES ('table', 'evil', 'evil', 0, 'CREATE VIRTUAL TABLE evil USING nowhere(x)')", "unknown virtual table “evil”"),
    "table renamed": ("ALTER TABLE comments RENAME TO evil", "unknown table “evil”"),
    "table gone": ("DROP TABLE comments", "table “comments” is missing"),
    "check gone": (_SCHEMA + "UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (id = 1)', 'CHECK (id > 0)')", "altered table “inspection”"),
    "check that runs a function": (_SCHEMA + "UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (id = 1)', 'CHECK (load_extension(id))')", "altered table “inspection”"),
    "view for a table": ("DROP TABLE tallies; CREATE VIEW tallies AS SELECT 'grade' AS measure, 's47' AS one, 'good' AS other, 99 AS cases", "unknown view “tallies”"),
    "statement of nonsense": (_SCHEMA + "INSERT INTO sqlite_schema VALUES ('table', 'evil', 'evil', 2, 'CREATE TABLE evil (((((')", "unknown table “evil”"),
    "kind of nonsense": (_SCHEMA + "INSERT INTO sqlite_schema VALUES ('demon', 'evil', 'evil', 0, 'CREATE DEMON evil')", "unknown entry “evil”"),
    "name with control characters": ("CREATE TABLE \"e\x1b[31m\nvil\u202e\" (a)", "unknown table “e�[31m�vil�”"),
    "endless name": (f"CREATE TABLE {'e' * 5000} (a)", f"unknown table “{'e' * 59}…”"),
    "other blanks in a statement": (_SCHEMA + "UPDATE sqlite_schema SET sql = replace(sql, 'force TEXT', 'force\u00a0TEXT')", "altered table “inspection”"),
    "statement of 200 MB": (_SCHEMA + "INSERT INTO sqlite_schema VALUES ('view', 'evil', 'evil', 0, 'CREATE VIEW evil AS SELECT ''' || hex(zeroblob(100000000)) || '''')", "more of them than any audit has"),
    "200,000 tables": (_SCHEMA + _MANY.format(count=200_000) + "INSERT INTO sqlite_schema SELECT 'table', 'e' || x, 'e' || x, 2, 'CREATE TABLE e' || x || ' (a)' FROM n", "more of them than any audit has"),
}  # fmt: skip
"""What is done to a sound audit, and what of it the refusal has to name."""

TOO_MUCH = {
    "people of 100 MB": "UPDATE people SET name = hex(zeroblob(50000000)) WHERE id = 1",
    "a methodology of 100 MB": "UPDATE methodology SET note = hex(zeroblob(50000000))",
    "30,000 people": _MANY.format(count=30_000) + "INSERT INTO people (identity, name) SELECT x, x FROM n",
    "a last change of 100 MB": "DROP TRIGGER history_is_not_changed; UPDATE history SET salt = '', reason = hex(zeroblob(50000000))"
    " WHERE sequence = (SELECT max(sequence) FROM history); CREATE TRIGGER history_is_not_changed BEFORE UPDATE OF sequence, at,"
    " person_identity, action, case_identity, step, undoes, texts_digest,\n  previous_seal, seal ON history BEGIN SELECT RAISE(ABORT,"
    " 'the history is never changed'); END",
}
"""What leaves the schema as it is: only its size is hostile."""


@pytest.fixture(scope="module")
def opener() -> Iterator[Opener]:
    opener = Opener()
    yield opener
    opener.close()


def test_each_is_refused_named_untouched_and_within_bounds(built_sample: Path, tmp_path: Path, opener: Opener) -> None:
    """All in one process: what one of them takes of memory counts for those after it too."""
    sound = opener.open(Path(shutil.copy(built_sample, tmp_path / "sound.ncpi")))
    assert sound.kind == "opened"
    longest, most, got_in = 0.0, 0, []
    for kind, (script, named) in HOSTILE.items():
        path = Path(shutil.copy(built_sample, tmp_path / "hostile.ncpi"))
        before = altered(path, script)
        found = opener.open(path)
        longest, most = max(longest, found.worked), max(most, found.memory)
        if found.kind != "FileRefusedError" or path.read_bytes() != before:
            got_in.append((kind, found))
        assert NOT_OURS in found.said, kind
        assert named in found.said, (kind, found.said)
        assert found.worked <= MOST_SECONDS, kind
        assert found.memory <= MOST_BYTES, kind
        assert [held.name for held in sorted(tmp_path.iterdir())] == ["hostile.ncpi", "sound.ncpi"]
    tell_fault("hostile schema, hand-made", len(HOSTILE), len(got_in), seconds=round(longest, 3), mebibytes=most >> 20)
    assert not got_in


@pytest.mark.parametrize("kind", [*TOO_MUCH])
def test_what_is_too_large_is_refused_before_it_is_loaded(
    built_sample: Path, tmp_path: Path, opener: Opener, kind: str
) -> None:
    path = Path(shutil.copy(built_sample, tmp_path / "hostile.ncpi"))
    altered(path, TOO_MUCH[kind])
    found = opener.open(path)
    assert found.kind == "FileRefusedError", found
    assert "than any audit has" in found.said
    assert found.worked <= MOST_SECONDS
    assert found.memory <= 64 * 1024 * 1024, "it was loaded"
    path.unlink()


@pytest.mark.parametrize("kind", ["trigger", "view", "column", "index gone", "check gone"])
def test_in_another_journal_mode_it_is_refused_too(sample_path: Path, kind: str) -> None:
    before = altered(sample_path, "PRAGMA journal_mode = WAL; " + HOSTILE[kind][0])
    with pytest.raises(FileRefusedError, match=NOT_OURS):
        AuditSession.open(sample_path, person="Inspector 2")
    assert sample_path.read_bytes() == before
    assert [held.name for held in sample_path.parent.iterdir()] == [sample_path.name]


def test_of_very_many_only_some_are_named(sample_path: Path) -> None:
    altered(sample_path, ";".join(f"CREATE TABLE evil_{n} (a)" for n in range(40)))
    with pytest.raises(FileRefusedError, match="and 35 more") as refused:
        AuditFile.open(sample_path)
    assert len(refused.value.happened) < 400


def test_a_name_is_shown_in_one_short_line() -> None:
    assert shown("plain name") == "plain name"
    assert shown("a\nb\x00c\u202ed") == "a\ufffdb\ufffdc\ufffdd"
    assert len(shown("x" * 10_000)) == 60


@pytest.mark.parametrize("version", SCHEMA_DIGESTS)
def test_the_expected_statements_are_those_of_the_digest(version: int) -> None:
    assert digest_of(expected_statements(version)) == SCHEMA_DIGESTS[version]


@pytest.mark.parametrize("page_size", [512, 1024, 4096, 65536])
def test_the_pages_are_read_as_sqlite_reads_them(sample_path: Path, page_size: int) -> None:
    altered(sample_path, f"PRAGMA page_size = {page_size}; VACUUM")
    connection = sqlite3.connect(sample_path)
    try:
        rows = connection.execute("SELECT type, name, sql FROM sqlite_schema").fetchall()
    finally:
        connection.close()
    assert sorted(map(repr, statements_on_pages(sample_path))) == sorted(
        f"Statement(kind={k!r}, name={n!r}, sql={s!r})" for k, n, s in rows
    )
    AuditSession.open(sample_path).close()


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


@pytest.mark.parametrize(
    "statement",
    [
        "SELECT load_extension('evil')",
        "SELECT readfile('/etc/passwd')",
        "SELECT writefile('x', 'y')",
        "SELECT edit('x')",
        "SELECT fts3_tokenizer('simple')",
        "SELECT sqlcipher_export('main')",
        "ATTACH 'other.db' AS other",
        "ATTACH ':memory:' AS other",
        "VACUUM INTO 'other.db'",
        "PRAGMA writable_schema = ON",
        "PRAGMA temp_store_directory = '/tmp'",
        "PRAGMA trusted_schema = ON",
        "PRAGMA cell_size_check = OFF",
        "PRAGMA ignore_check_constraints = ON",
    ],
)
def test_what_no_statement_of_ours_does_is_denied(sample_path: Path, statement: str) -> None:
    file = AuditFile.open(sample_path)
    try:
        with pytest.raises(DatabaseError, match=r"not authorized|authorization denied|no such function"):
            file.connection.execute(statement)
        assert file.connection.execute("PRAGMA trusted_schema").fetchone() == (0,)
    finally:
        file.close()


def test_older_and_newer_versions(sample_path: Path, tmp_path: Path) -> None:
    """An older one is held against the schema of its own version, and is brought up to this one; a newer one is left alone."""
    early, got_in = early_file(tmp_path), 0
    held = {sample_path: sample_path.read_bytes(), early: early.read_bytes()}
    AuditSession.open(early, read_only=True).close()
    assert early.read_bytes() == held[early]
    session = AuditSession.open(early)
    assert not session.read_only
    session.close()
    for path, script, told in (
        (early, HOSTILE["trigger"][0], "unknown trigger “evil”"),
        (early, "CREATE TABLE writer (id)", "unknown table “writer”"),
        (sample_path, "PRAGMA user_version = 1", "unknown table .* and [0-9]+ more"),
        (sample_path, f"PRAGMA user_version = {SCHEMA_VERSION + 1}", "newer version"),
        (sample_path, "PRAGMA user_version = 2147483647", "newer version"),
    ):
        path.write_bytes(held[path])
        before = altered(path, script)
        with pytest.raises(FileRefusedError, match=told):
            AuditSession.open(path).close()
        got_in += path.read_bytes() != before
    tell_fault("older schema of each release, newer schema", 6, got_in)
    assert got_in == 0


def too_long_a_record(path: Path) -> None:
    altered(path, "UPDATE entries SET text = hex(zeroblob(40000000)) WHERE id = 1")


def too_long_a_value(path: Path) -> None:
    altered(
        path,
        "CREATE TEMP TABLE kept AS SELECT sql FROM sqlite_schema WHERE name = 'history_values_are_not_changed';"
        " DROP TRIGGER history_values_are_not_changed;"
        " UPDATE history_values SET new_value = hex(zeroblob(40000000)) WHERE sequence = (SELECT max(sequence) FROM history_values) AND position = 0;",
    )
    connection = sqlite3.connect(path, isolation_level=None)
    (sql,) = next(s[2:] for s in expected_statements(2) if s.name == "history_values_are_not_changed")
    connection.execute(sql)
    connection.close()


@pytest.mark.parametrize("enlarge", [too_long_a_record, too_long_a_value])
def test_what_is_too_large_is_said_and_not_shown(
    sample_path: Path, enlarge: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    enlarge(sample_path)
    monkeypatch.setattr("ncpi_desktop.storage.soundness.QUICK_CHECK_LIMIT", 0)
    session = AuditSession.open(sample_path, read_only=True)
    try:
        with pytest.raises(RefusedError, match="76 MB"):
            if enlarge is too_long_a_record:
                (case,) = session.file.connection.execute("SELECT case_id FROM entries WHERE id = 1").fetchone()
                reviewing.lay_on_desk(session, case)
            else:
                browsing.values_of_step(session, browsing.history(session)[0].step)
        other = key_of(session, "DA-06")
        assert reviewing.lay_on_desk(session, other).case.reference == "DA-06"
    finally:
        session.close()
    assert any("a value of more than 64 MB" in problem for problem in check(sample_path).problems)
