"""What a plain reader can still read of a damaged audit is rescued; the damaged file stays as it is; what is missing is listed."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from ncpi_desktop.domain.errors import (
    FileDamagedError,
    FileProtectedError,
    FileRefusedError,
    OutputNotWrittenError,
    WrongUseError,
)
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.engine import connect
from ncpi_desktop.storage.wreck import our_tables
from ncpi_desktop.workflows import reviewing
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.rescuing import RescueReport, rescue
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import key_of
from tests.conftest import FIRST_MOMENT
from tests.safety.report import tell_fault
from tests.storage.early_file import early_file

PAGE = 4096
NOT_RESCUED = {"worklist", "tallies", "second_readings", "results"}

Rows = dict[str, set[str]]


def rows_of(path: Path) -> Rows:
    """Every row of a sound file."""
    connection = sqlite3.connect(path)
    try:
        return {
            table.name: set(map(repr, connection.execute(f"SELECT * FROM {table.name}")))
            for table in our_tables()
            if table.name not in NOT_RESCUED
        }
    finally:
        connection.close()


def readable_rows(path: Path) -> Rows:
    """What a plain reader still gets: by each number, by each case, forwards, backwards; whatever it stumbles over is left out.

    A table without row numbers is read in the order of its key: else SQLite would read it from an index that holds whole rows, which is a
    second copy of them that a rescue does not look at.
    """
    found: Rows = {}
    connection = sqlite3.connect(f"file:{path}?immutable=1", uri=True)
    try:
        for table in our_tables():
            held = found.setdefault(table.name, set())
            if table.name in NOT_RESCUED:
                continue
            queries: list[tuple[str, tuple[object, ...]]] = [("1", ())]
            if table.has_rows_by_number:
                queries += [("rowid = ?", (number,)) for number in range(1, 400)]
            elif table.name == "history_values":
                queries += [("sequence = ?", (number,)) for number in range(1, 100)]
            order = "" if table.has_rows_by_number else " ORDER BY " + ", ".join(f'"{column}"' for column in table.key)
            for condition, values in queries:
                try:
                    sql = f"SELECT * FROM {table.name} NOT INDEXED WHERE {condition}{order}"
                    for row in connection.execute(sql, values):
                        held.add(repr(row))
                except sqlite3.Error:
                    continue
    finally:
        connection.close()
    return found


def spoil(path: Path, pages: Iterable[int], pick: random.Random) -> None:
    held = bytearray(path.read_bytes())
    for page in pages:
        held[page * PAGE : (page + 1) * PAGE] = pick.randbytes(PAGE)
    path.write_bytes(held)


def rescued(path: Path) -> RescueReport:
    """Rescue, and look that the damaged file and its folder are as they were but for the new file, and that this opens."""
    before, to = path.read_bytes(), path.with_name("rescued.ncpi")
    to.unlink(missing_ok=True)
    report = rescue(path, to, person="Team lead", at=FIRST_MOMENT)
    assert path.read_bytes() == before
    assert {held.name for held in path.parent.iterdir()} == {path.name, to.name}
    session = AuditSession.open(to, person="Inspector 2")
    assert session.inspection.force == "Northshire Police"
    session.close()
    return report


def orphans(lost: Rows) -> set[str]:
    """The tables whose rows may go with a lost row that they belong to."""
    belong = {
        "cases": {
            *("entries", "case_tags", "children", "own_grades", "own_stage_grades", "allocations", "reviews"),
            *("sample_cases", "referrals", "comments", "recommendation_cases", "finding_cases", "illustrations"),
        },
        "findings": {"finding_cases", "finding_reasons", "illustrations", "recommendation_findings"},
        "entries": {"strategy_discussions", "citations"}, "strategy_discussions": {"strategy_agencies"},
        "reviews": {"stage_grades", "given_reasons", "reviews"}, "given_reasons": {"citations"}, "history": {"history_values"},
        "recommendations": {"recommendation_log", "recommendation_cases", "recommendation_findings"},
        "previous_results": {"previous_counts", "previous_breakdown"}, "samples": {"sample_cases"},
        "people": {"roles"}, "stages": {"criteria", "reasons"},
    }  # fmt: skip
    gone = {table for table, rows in lost.items() if rows}
    while True:
        more = gone | {child for table in gone for child in belong.get(table, ())}
        if more == gone:
            return gone
        gone = more


def test_a_sound_file_is_rescued_whole(sample_path: Path) -> None:
    sound = rows_of(sample_path)
    report = rescued(sample_path)
    assert report.is_whole
    assert (report.missing, report.doubtful, report.notes) == ((), (), ())
    held = rows_of(report.to)
    assert {table: sound[table] - held[table] for table in sound if sound[table] - held[table]} == {}
    assert len(held["history"] - sound["history"]) == 1
    told = check(report.to)
    assert told.problems == ()
    assert [remark for remark in told.remarks if "clock" not in remark] == []


@pytest.mark.parametrize("times", [25, pytest.param(500, marks=pytest.mark.long)])
def test_everything_that_can_be_read_is_rescued(built_sample: Path, tmp_path: Path, times: int) -> None:
    """Pages of noise anywhere but in the first pages: what stands on others is all there, and nothing is made up."""
    sound, path = rows_of(built_sample), tmp_path / "damaged.ncpi"
    pages = built_sample.stat().st_size // PAGE
    lost_rows = 0
    for seed in range(times):
        pick = random.Random(seed)
        shutil.copy(built_sample, path)
        spoil(path, pick.sample(range(10, pages), pick.choice((1, 1, 2, 5, 20))), pick)
        readable = readable_rows(path)
        report = rescued(path)
        held = rows_of(report.to)
        may_go = orphans({table: sound[table] - readable[table] for table in sound})
        for table in sound:
            short = (readable[table] & sound[table]) - held[table]
            if table not in may_go:
                assert not short, (seed, table, short)
            if table not in ("history", "history_values"):
                assert not held[table] - sound[table], (seed, table)
        gone = sum(len(sound[table] - held[table]) for table in sound)
        assert gone == 0 or not report.is_whole, seed
        lost_rows += gone
    tell_fault("page damage: what can be read is rescued", times, 0, rows_on_lost_pages=lost_rows)


@pytest.mark.parametrize("seed", range(4))
def test_a_lost_beginning_costs_nothing_else(sample_path: Path, seed: int) -> None:
    """Header and table of contents are those that this program writes: it knows them."""
    sound = rows_of(sample_path)
    spoil(sample_path, [0], random.Random(seed))
    with pytest.raises(FileRefusedError):
        AuditSession.open(sample_path)
    report = rescued(sample_path)
    assert report.is_whole
    held = rows_of(report.to)
    assert all(not sound[table] - held[table] for table in sound)


@pytest.mark.parametrize(
    ("start", "length"), [(0, 16), (16, 2), (18, 2), (28, 4), (44, 4), (56, 4), (60, 4), (68, 4), (100, 8)]
)
def test_a_broken_header(sample_path: Path, start: int, length: int) -> None:
    held = bytearray(sample_path.read_bytes())
    held[start : start + length] = b"\xee" * length if start != 60 else bytes(4)
    sample_path.write_bytes(held)
    assert rescued(sample_path).is_whole


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.999])
def test_a_file_cut_short(sample_path: Path, share: float) -> None:
    held = sample_path.read_bytes()
    sample_path.write_bytes(held[: int(len(held) * share)])
    with pytest.raises(FileDamagedError, match="save what can be saved"):
        AuditSession.open(sample_path)
    report = rescued(sample_path)
    assert report.cases > 0
    assert not report.is_whole


def root_of(path: Path, table: str) -> int:
    connection = sqlite3.connect(path)
    try:
        (root,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)).fetchone()
    finally:
        connection.close()
    return int(root) - 1


@pytest.mark.parametrize(
    ("table", "note"),
    [
        ("inspection", "made anew from the history"),
        ("people", "put back from the history"),
        ("grades", "the program's own"),
        ("reasons", "the program's own"),
        ("methodology", "the program's own"),
    ],
)
def test_what_nothing_opens_without_is_made_anew(sample_path: Path, table: str, note: str) -> None:
    sound = rows_of(sample_path)[table]
    spoil(sample_path, [root_of(sample_path, table)], random.Random(7))
    report = rescued(sample_path)
    assert any(note in told for told in report.notes)
    assert report.cases == 36
    assert report.reviews == 38
    if table != "people":  # whether somebody works here still is told nowhere else
        assert rows_of(report.to)[table] == sound
    assert not [problem for problem in check(report.to).problems if "SQLite finds" in problem or "point" in problem]


def delete(path: Path, *statements: str) -> None:
    """Run `statements` as a stranger with a SQLite tool would, triggers taken off and put back."""
    connection = sqlite3.connect(path, isolation_level=None)
    triggers = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for trigger, _sql in triggers:
        connection.execute(f"DROP TRIGGER {trigger}")
    for statement in statements:
        assert connection.execute(statement).rowcount > 0
    for _trigger, sql in triggers:
        connection.execute(sql)
    connection.close()


def test_the_list_names_cases_and_holds_no_text(sample_path: Path) -> None:
    delete(
        sample_path,
        "DELETE FROM entries WHERE case_id = (SELECT id FROM cases WHERE reference = 'DA-01') AND position IN (2, 3)",
        "DELETE FROM own_grades WHERE case_id = (SELECT id FROM cases WHERE reference = 'DA-02')",
        "DELETE FROM stage_grades WHERE review_id = (SELECT id FROM reviews WHERE case_id = (SELECT id FROM cases WHERE reference = 'DA-03'))",
        "UPDATE entries SET text = 'Nobody spoke.' WHERE case_id = (SELECT id FROM cases WHERE reference = 'MIS-01') AND position = 1",
        "DELETE FROM entries WHERE case_id = (SELECT id FROM cases WHERE reference = 'MIS-02')",
        "DELETE FROM children WHERE case_id = (SELECT id FROM cases WHERE reference = 'MIS-03')",
    )
    report = rescued(sample_path)
    for told in (
        "Case DA-01: 2 entries of its record are missing.",
        "Case DA-02: the force's own grade is missing.",
    ):
        assert told in report.missing
    assert any(re.fullmatch(r"Case MIS-02: \d+ entries of its record are missing\.", told) for told in report.missing)
    assert report.doubtful == (
        "The judgement of case DA-03 is not the one that the history leads to.",
        "Case MIS-01: 1 entry of its record is not as it was brought in.",
        "Case MIS-03 is there, but its tags, children or area are not as they were brought in.",
    )
    texts = sqlite3.connect(sample_path)
    told = " ".join((*report.missing, *report.doubtful))
    assert not [
        text for (text,) in texts.execute("SELECT heading FROM entries WHERE length(heading) > 12") if text in told
    ]
    texts.close()


def test_a_foreign_trigger_is_left_behind(sample_path: Path) -> None:
    sound = rows_of(sample_path)
    connection = sqlite3.connect(sample_path)
    connection.execute("CREATE TRIGGER evil AFTER INSERT ON history BEGIN DELETE FROM reviews; END")
    connection.close()
    report = rescued(sample_path)
    assert report.is_whole
    assert rows_of(report.to)["reviews"] == sound["reviews"]


def test_lost_changes_are_declared_and_the_chain_goes_on(sample_path: Path) -> None:
    delete(
        sample_path,
        "DELETE FROM history_values WHERE sequence IN (20, 21, 40)",
        "DELETE FROM history WHERE sequence IN (20, 21)",
    )
    report = rescued(sample_path)
    assert "3 changes of the history are lost or altered: numbers 20-21, 40." in report.missing
    session = AuditSession.open(report.to, person="Inspector 2")
    reviewing.give_grade(session, key_of(session, "DA-06"), "good")
    session.close()
    told = check(report.to)
    assert "3 changes were lost before the rescue of 16/05/2018: numbers 20-21, 40." in told.remarks
    assert not any("The history is broken" in problem for problem in told.problems)
    assert told.changes > 70


def test_what_a_rescue_does_not_declare_is_a_fault_still(sample_path: Path) -> None:
    delete(sample_path, "DELETE FROM history_values WHERE sequence = 20", "DELETE FROM history WHERE sequence = 20")
    report = rescued(sample_path)
    delete(report.to, "UPDATE history SET detail = 'x' WHERE sequence = 30")
    told = check(report.to)
    assert any("broken at change 30: its words were altered" in problem for problem in told.problems)
    assert told.changes == 28


def without_change(path: Path, number: int) -> None:
    """Lose one change of the history with its values, if it has any."""
    connection = sqlite3.connect(path)
    (values,) = connection.execute("SELECT count(*) FROM history_values WHERE sequence = ?", (number,)).fetchone()
    connection.close()
    lost = [f"DELETE FROM history_values WHERE sequence = {number}"] if values else []
    delete(path, *lost, f"DELETE FROM history WHERE sequence = {number}")


def test_pieces_of_a_text_whose_beginning_is_lost_are_no_fault(sample_path: Path) -> None:
    """The change that began the review is lost: what later ones put into its texts makes no sense by itself."""
    session = AuditSession.open(sample_path, person="Inspector 2")
    case, begun = key_of(session, "DA-06"), session.file.last_sequence() + 1
    reviewing.give_grade(session, case, "good")
    for text in ("Seen.", "Seen at once.", "Seen at once, and alone."):
        reviewing.write_text(session, case, "rationale", text)
    session.close()
    without_change(sample_path, begun)
    report = rescued(sample_path)
    told = check(report.to)
    assert told.problems == ()
    assert any(f"number {begun}." in remark for remark in told.remarks)


def test_a_second_rescue_tells_of_nothing_that_the_first_one_told(sample_path: Path) -> None:
    without_change(sample_path, 20)
    first, second = rescued(sample_path).to, sample_path.with_name("again.ncpi")
    report = rescue(first, second, at=FIRST_MOMENT)
    assert report.is_whole
    told = check(second)
    assert told.problems == ()
    assert sum("number 20." in remark for remark in told.remarks) == 1


def test_what_a_lost_rescue_declared_counts_for_nothing(sample_path: Path) -> None:
    """No seal vouches for what the line of a rescue says that was altered: the next rescue declares anew what is lost."""
    without_change(sample_path, 20)
    first, second = rescued(sample_path).to, sample_path.with_name("again.ncpi")
    declaration = (
        "UPDATE history_values SET new_value = '{}' WHERE \"table\" = 'rescue' AND field = 'lost' AND sequence = 80"
    )
    session = AuditSession.open(first, person="Inspector 2")
    assert session.file.last_sequence() == 80
    reviewing.give_grade(session, key_of(session, "DA-06"), "good")
    session.close()
    delete(first, declaration.format("1-70"))
    report = rescue(first, second, at=FIRST_MOMENT)
    assert "2 changes of the history are lost or altered: numbers 20, 80." in report.missing
    assert check(second).problems == ()
    delete(second, declaration.format("1-79"), "UPDATE history SET detail = 'x' WHERE sequence = 30")
    assert any("broken at change 30" in problem for problem in check(second).problems)


@pytest.mark.parametrize("declared", ["nonsense", "9-"])
def test_a_declaration_that_makes_no_sense_is_a_broken_change(sample_path: Path, declared: str) -> None:
    without_change(sample_path, 20)
    first = rescued(sample_path).to
    delete(first, f"UPDATE history_values SET new_value = '{declared}' WHERE \"table\" = 'rescue' AND field = 'lost'")
    assert any("broken at change 20: it is missing" in problem for problem in check(first).problems)
    second = sample_path.with_name("again.ncpi")
    rescue(first, second, at=FIRST_MOMENT)
    assert check(second).problems == ()


def test_a_rescued_file_of_version_1_tells_what_that_version_did_not(tmp_path: Path) -> None:
    to = tmp_path / "rescued.ncpi"
    assert rescue(early_file(tmp_path), to, at=FIRST_MOMENT).is_whole
    assert check(to).problems == ()
    for statement in (
        "UPDATE entries SET position = position + 50 WHERE id = (SELECT max(id) FROM entries)",
        "UPDATE methodology SET year = 1999",
        "UPDATE cases SET added_at = '2001-01-01T00:00:00.000Z' WHERE id = 1",
    ):
        altered = shutil.copy(to, tmp_path / "altered.ncpi")
        delete(altered, statement)
        assert not check(altered).sound, statement


def test_a_file_of_version_3_is_rescued_whole(tmp_path: Path) -> None:
    to = tmp_path / "rescued.ncpi"
    assert rescue(early_file(tmp_path, 3), to, at=FIRST_MOMENT).is_whole
    assert check(to).problems == ()


@pytest.mark.parametrize("lost", [1, 40, 80, 97, 101])
@pytest.mark.parametrize("brought_up", [False, True])
def test_a_file_of_version_1_with_a_lost_change_is_rescued_soundly(
    tmp_path: Path, lost: int, *, brought_up: bool
) -> None:
    path, to = early_file(tmp_path), tmp_path / "rescued.ncpi"
    if brought_up:
        AuditFile.open(path, before_migrating=lambda _connection: None).close()
        session = AuditSession.open(path, person="Inspector 2")
        reviewing.write_text(session, key_of(session, "DA-06"), "notes", "Nobody spoke.")
        session.close()
        lost += 2  # one of them is 103, which told the rest
    without_change(path, lost)
    rescue(path, to, at=FIRST_MOMENT)
    assert check(to).problems == ()


def test_the_end_of_the_history_is_lost(sample_path: Path) -> None:
    connection = sqlite3.connect(sample_path)
    (last,) = connection.execute("SELECT max(pageno) FROM dbstat WHERE name = 'history'").fetchone()
    connection.close()
    spoil(sample_path, [last - 1], random.Random(8))
    report = rescued(sample_path)
    assert any("may be lost; how many is not known" in told for told in report.missing)
    assert any("may have been lost before the rescue" in remark for remark in check(report.to).remarks)


@pytest.mark.parametrize("journal", [b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(600), b"nonsense" * 100])
def test_a_strange_journal_is_not_used(sample_path: Path, journal: bytes) -> None:
    beside = sample_path.with_name(sample_path.name + "-journal")
    beside.write_bytes(journal)
    to = sample_path.with_name("rescued.ncpi")
    report = rescue(sample_path, to)
    assert report.is_whole
    assert any("journal" in note for note in report.notes)
    assert beside.read_bytes() == journal


@pytest.fixture
def protected(built_sample: Path, tmp_path: Path) -> tuple[Path, FileKey]:
    return under_a_key(built_sample, tmp_path)


def under_a_key(plain: Path, folder: Path) -> tuple[Path, FileKey]:
    key, path = FileKey(bytes(range(32)), bytes(range(16))), folder / "protected.ncpi"
    connection = connect(str(path), key=key)
    connection.execute("ATTACH ? AS plain KEY ''", (str(plain),))
    connection.execute("SELECT sqlcipher_export('main', 'plain')").fetchall()
    for pragma in ("application_id", "user_version"):
        (value,) = connection.execute(f"PRAGMA plain.{pragma}").fetchone()
        connection.execute(f"PRAGMA main.{pragma} = {value}")
    connection.close()
    return path, key


@pytest.mark.parametrize("damage", ["none", "pages", "cut"])
def test_a_protected_file_is_rescued_into_a_protected_one(protected: tuple[Path, FileKey], damage: str) -> None:
    path, key = protected
    if damage == "pages":
        spoil(path, range(30, 200, 10), random.Random(9))
    elif damage == "cut":
        path.write_bytes(path.read_bytes()[: 200 * PAGE + 17])
    before, to = path.read_bytes(), path.with_name("rescued.ncpi")
    report = rescue(path, to, key=key)
    assert path.read_bytes() == before
    assert report.is_whole == (damage == "none")
    assert report.cases > 0
    assert to.read_bytes()[:15] != b"SQLite format 3"
    AuditFile.open(to, key=key).close()
    with pytest.raises(FileProtectedError):
        AuditFile.open(to)


def test_a_protected_file_of_version_3_is_rescued_whole(tmp_path: Path) -> None:
    path, key = under_a_key(early_file(tmp_path, 3), tmp_path)
    to = tmp_path / "rescued.ncpi"
    assert rescue(path, to, key=key).is_whole
    assert check(to, key=key).problems == ()


def test_without_the_right_key_nothing_is_rescued(protected: tuple[Path, FileKey]) -> None:
    path, key = protected
    to = path.with_name("rescued.ncpi")
    with pytest.raises(FileProtectedError, match="does not open with this passphrase"):
        rescue(path, to, key=FileKey(bytes(32), key.salt))
    with pytest.raises(FileRefusedError, match="protected"):
        rescue(path, to)
    assert [held.name for held in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize(
    ("held", "told"),
    [
        (b"", "is empty"),
        (b"Dear colleague" * 900, "Nothing of an audit can be read"),
        (b"PK\x03\x04" + bytes(900), "zip archive"),
        (bytes(40_960), "Nothing of an audit can be read"),
        (b"SQLite format 3\x00" + bytes(40_944), "Nothing of an audit can be read"),
    ],
)
def test_nothing_to_save(tmp_path: Path, held: bytes, told: str) -> None:
    path = tmp_path / "strange.ncpi"
    path.write_bytes(held)
    with pytest.raises(FileRefusedError, match=told):
        rescue(path, tmp_path / "to.ncpi")
    assert [found.name for found in tmp_path.iterdir()] == [path.name]


def test_a_newer_file_is_left_alone(sample_path: Path) -> None:
    held = bytearray(sample_path.read_bytes())
    held[60:64] = (99).to_bytes(4, "big")
    sample_path.write_bytes(held)
    with pytest.raises(FileRefusedError, match="newer version"):
        rescue(sample_path, sample_path.with_name("to.ncpi"))


def test_nothing_is_ever_overwritten(sample_path: Path) -> None:
    taken = sample_path.with_name("taken.ncpi")
    taken.write_bytes(b"mine")
    with pytest.raises(OutputNotWrittenError, match="exists already"):
        rescue(sample_path, taken)
    with pytest.raises(WrongUseError):
        rescue(sample_path, sample_path)
    with pytest.raises(OutputNotWrittenError):
        rescue(sample_path, sample_path.parent / "nowhere" / "to.ncpi")
    assert taken.read_bytes() == b"mine"


def test_it_can_be_stopped(sample_path: Path) -> None:
    class StoppedError(Exception):
        pass

    def stop(_done: int, _total: int) -> None:
        raise StoppedError

    with pytest.raises(StoppedError):
        rescue(sample_path, sample_path.with_name("to.ncpi"), tick=stop)
    assert [held.name for held in sample_path.parent.iterdir()] == [sample_path.name]


def test_it_tells_how_far_it_has_come(sample_path: Path) -> None:
    told: list[tuple[int, int]] = []
    rescue(sample_path, sample_path.with_name("to.ncpi"), tick=lambda done, total: told.append((done, total)))
    assert len(told) > 3
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


_KILLED = """
import os, signal, sys
from pathlib import Path
from ncpi_desktop.workflows.rescuing import rescue
beats = 0
def tick(done, total):
    global beats
    beats += 1
    if beats == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
rescue(Path(sys.argv[1]), Path(sys.argv[2]), tick=tick)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no such signal")
@pytest.mark.parametrize("beat", [1, 4])
def test_killed_in_the_middle_there_is_no_half_file(sample_path: Path, beat: int) -> None:
    before, to = sample_path.read_bytes(), sample_path.with_name("to.ncpi")
    command = [sys.executable, "-c", _KILLED, str(sample_path), str(to), str(beat)]
    ended = subprocess.run(command, check=False, cwd=Path(__file__).parents[2], env={**os.environ})
    assert ended.returncode == -signal.SIGKILL
    assert not to.exists()
    assert sample_path.read_bytes() == before
    assert rescue(sample_path, to).is_whole
