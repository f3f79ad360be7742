"""Random hostility: statements of `sqlite_schema` mutated and added at random. Whatever differs is refused, unread and quickly."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.safety.hostile import MOST_BYTES, MOST_SECONDS, Opener
from tests.safety.report import tell_fault

_WORDS = (
    "SELECT", "CREATE", "TABLE", "VIEW", "TRIGGER", "INDEX", "VIRTUAL", "USING fts5(a)", "AFTER", "INSERT ON history", "BEGIN", "END", "(", ")",
    ",", ";", "GENERATED ALWAYS AS", "WITHOUT ROWID", "STRICT", "load_extension('x')", "WITH RECURSIVE", "x'00ff'", "'", '"', "--", "/*", "\0",
    "randomblob(1000000000)", "CHECK", "DEFAULT", "COLLATE", "PRAGMA writable_schema = 1", "é", "\u00a0", "\u202e", "1e999", "-1", "REFERENCES",
)  # fmt: skip


@pytest.fixture(scope="module")
def opener() -> Iterator[Opener]:
    opener = Opener()
    yield opener
    opener.close()


def _splice(pick: random.Random, sql: str) -> str:
    start = pick.randrange(len(sql) + 1)
    end = min(len(sql), start + pick.choice((0, 0, 1, 5, 40)))
    return sql[:start] + pick.choice(_WORDS) + sql[end:]


def mutate_sql(pick: random.Random, run: sqlite3.Connection) -> None:
    number, sql = pick.choice(run.execute("SELECT rowid, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall())
    for _time in range(pick.choice((1, 1, 2, 8))):
        sql = _splice(pick, sql)
    run.execute("UPDATE sqlite_schema SET sql = ? WHERE rowid = ?", (sql, number))


def flip_a_letter(pick: random.Random, run: sqlite3.Connection) -> None:
    number, sql = pick.choice(run.execute("SELECT rowid, sql FROM sqlite_schema WHERE sql IS NOT NULL").fetchall())
    place = pick.randrange(len(sql))
    letter = chr(ord(sql[place]) ^ 1 << pick.randrange(6))
    run.execute("UPDATE sqlite_schema SET sql = ? WHERE rowid = ?", (sql[:place] + letter + sql[place + 1 :], number))


def rename(pick: random.Random, run: sqlite3.Connection) -> None:
    column = pick.choice(("name", "type"))
    number, old = pick.choice(
        run.execute(f"SELECT rowid, {column} FROM sqlite_schema WHERE sql IS NOT NULL").fetchall()
    )
    run.execute(f"UPDATE sqlite_schema SET {column} = ? WHERE rowid = ?", (_splice(pick, old) or "x", number))


def add_nonsense(pick: random.Random, run: sqlite3.Connection) -> None:
    for _time in range(pick.choice((1, 1, 30))):
        sql = " ".join(pick.choices(_WORDS, k=pick.randrange(1, 40)))
        kind = pick.choice(("table", "view", "trigger", "index", "", "x"))
        row = (
            kind,
            pick.choice(("evil", "cases", "", "e\x00vil", "sqlite_evil")),
            "cases",
            pick.randrange(-2, 400),
            sql,
        )
        run.execute("INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES (?, ?, ?, ?, ?)", row)


def add_sense(pick: random.Random, run: sqlite3.Connection) -> None:
    tables = [
        name for (name,) in run.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '%STRICT%'")
    ]
    table, name = pick.choice(tables), f"evil_{pick.randrange(10**6)}"
    columns = [row[1] for row in run.execute(f'PRAGMA table_info("{table}")')]
    column = pick.choice(columns)
    when, act = pick.choice(("BEFORE", "AFTER")), pick.choice(("INSERT", "UPDATE", "DELETE"))
    run.execute(
        pick.choice(
            (
                f'CREATE TRIGGER {name} {when} {act} ON "{table}" BEGIN DELETE FROM citations; END',
                f'CREATE VIEW {name} AS SELECT "{column}" FROM "{table}"',
                f'CREATE INDEX {name} ON "{table}" (length("{column}"))',
                f'CREATE TABLE {name} ("{column}" DEFAULT (random()))',
                f'ALTER TABLE "{table}" ADD COLUMN {name} AS (length("{column}"))',
                f"CREATE VIRTUAL TABLE {name} USING rtree(a, b, c)",
            )
        )
    )


def take_away(pick: random.Random, run: sqlite3.Connection) -> None:
    (number,) = pick.choice(run.execute("SELECT rowid FROM sqlite_schema WHERE sql IS NOT NULL").fetchall())
    run.execute("DELETE FROM sqlite_schema WHERE rowid = ?", (number,))


def blank_out(pick: random.Random, run: sqlite3.Connection) -> None:
    (number,) = pick.choice(run.execute("SELECT rowid FROM sqlite_schema WHERE sql IS NOT NULL").fetchall())
    value = pick.choice((None, "", 7, b"CREATE TABLE x (a)", 1.5))
    run.execute("UPDATE sqlite_schema SET sql = ? WHERE rowid = ?", (value, number))


def swap_roots(pick: random.Random, run: sqlite3.Connection) -> None:
    one, other = pick.sample([n for (n,) in run.execute("SELECT rowid FROM sqlite_schema WHERE rootpage > 0")], 2)
    (root,) = run.execute("SELECT rootpage FROM sqlite_schema WHERE rowid = ?", (other,)).fetchone()
    run.execute("UPDATE sqlite_schema SET rootpage = ? WHERE rowid = ?", (root, one))


ATTACKS: tuple[Callable[[random.Random, sqlite3.Connection], None], ...] = (
    mutate_sql, mutate_sql, flip_a_letter, rename, add_nonsense, add_sense, add_sense, take_away, blank_out, swap_roots,
)  # fmt: skip


def _plain(rows: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    return [
        tuple(" ".join(value.split()) if isinstance(value, str) and value.isascii() else value for value in row)
        for row in rows
    ]


def attack(path: Path, pick: random.Random) -> bool:
    """Alter the schema of `path`; return whether anything but blanks is other than before."""
    every = "SELECT type, name, sql, rootpage FROM sqlite_schema ORDER BY rowid"
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        connection.execute("PRAGMA writable_schema = ON")
        before = _plain(connection.execute(every).fetchall())
        pick.choice(ATTACKS)(pick, connection)
        return _plain(connection.execute(every).fetchall()) != before
    finally:
        connection.close()


@pytest.mark.parametrize("times", [60, pytest.param(1_000, marks=pytest.mark.long)])
def test_whatever_is_altered_is_refused(built_sample: Path, tmp_path: Path, opener: Opener, times: int) -> None:
    path = tmp_path / "hostile.ncpi"
    tried = got_in = 0
    longest, most = 0.0, 0
    for seed in range(times):
        shutil.copy(built_sample, path)
        if not attack(path, random.Random(seed)):
            continue
        before, tried = path.read_bytes(), tried + 1
        found = opener.open(path)
        longest, most = max(longest, found.worked), max(most, found.memory)
        assert found.kind in ("FileRefusedError", "FileDamagedError", "opened"), (seed, found)
        got_in += found.kind == "opened"
        assert path.read_bytes() == before, seed
        assert [held.name for held in tmp_path.iterdir()] == [path.name], seed
        assert len(found.said) < 1_000, seed
        assert found.said.replace("\ufffd", "").isprintable(), seed
    tell_fault("hostile schema, fuzzed", tried, got_in, seconds=round(longest, 3), mebibytes=most >> 20)
    assert tried > times * 0.8
    assert got_in == 0
    assert longest <= MOST_SECONDS
    assert most <= MOST_BYTES
