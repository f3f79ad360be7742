"""The check finds whatever was altered behind the history's back, and never stumbles over a damaged file."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ncpi_desktop.domain.casework.case import EntryKind, StrategyDiscussion
from ncpi_desktop.domain.errors import FileRefusedError, WrongUseError
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.engine import connect
from ncpi_desktop.workflows import reviewing
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.creating import create_audit
from ncpi_desktop.workflows.redacting import redact
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.undoing import redo, undo
from tests.builders import make_case, make_entry, make_inspection, make_judgement
from tests.casework import bring_in, complete, hand_in, key_of
from tests.conftest import FIRST_MOMENT, TickingClock

TRIGGERS = (
    "history_is_not_changed", "history_is_not_deleted", "history_values_are_not_changed", "history_values_are_not_deleted",
    "history_words_are_only_taken_out",
)  # fmt: skip


def tamper(path: Path, *statements: str) -> None:
    """Run `statements` as a stranger with a SQLite tool would, triggers taken off and put back."""
    connection = connect(str(path))
    marks = ", ".join("?" * len(TRIGGERS))
    kept = connection.execute(f"SELECT sql FROM sqlite_schema WHERE name IN ({marks})", TRIGGERS).fetchall()
    for trigger in TRIGGERS:
        connection.execute(f"DROP TRIGGER {trigger}")
    for statement in statements:
        assert connection.execute(statement).rowcount, statement
    for (sql,) in kept:
        connection.execute(sql)
    connection.close()


def test_the_sample_is_sound_and_untouched(sample_path) -> None:
    before = sample_path.read_bytes()
    report = check(sample_path)
    assert report.problems == ()
    assert report.remarks == ()
    assert report.changes > 70
    assert sample_path.read_bytes() == before
    assert [path.name for path in sample_path.parent.iterdir()] == [sample_path.name]


def test_a_file_that_was_worked_in_is_sound(fresh_audit: AuditSession, fresh_path) -> None:
    session, case = fresh_audit, key_of(fresh_audit, "DA-9")
    complete(session, case)
    reviewing.write_text(session, case, "rationale", "Nobody spoke to the “younger” child.\nNot once.")
    reviewing.write_text(session, case, "notes", 'Ask \\ "why" \t \x01 é 😀')
    for _step in range(4):
        undo(session)
    for _step in range(2):
        redo(session)
    hand_in(session, case)
    reviewing.reopen(session, case, "a new page of the record came")
    reviewing.give_grade(session, case, "good")
    other = key_of(session, "DA-10")
    reviewing.park(session, other, "waiting")
    reviewing.mark_not_sure(session, other, True)
    reviewing.judge_stage(session, key_of(session, "S47-01"), make_judgement("investigation", "good"))
    undo(session)
    assert check(fresh_path).problems == ()


def test_strategy_discussions_in_any_order_are_sound(fresh_audit: AuditSession, fresh_path) -> None:
    discussion = StrategyDiscussion(("police", "health"), ("school", "health", "police"), True, None, False)
    entry = make_entry(kind=EntryKind.STRATEGY_DISCUSSION, strategy=discussion)
    bring_in(fresh_audit, make_case("MIS-01", area="missing", entries=(entry,), tags=("b", "a")))
    assert check(fresh_path).problems == ()


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("UPDATE entries SET text = text || ' ' WHERE id = 3", "is not as it was brought in"),
        ("UPDATE entries SET day = 900 WHERE id = 3", "is not as it was brought in"),
        ("UPDATE strategy_agencies SET present = 1 - present", "is not as it was brought in"),
        ("UPDATE children SET age = 1 WHERE age > 1", "is not as it was brought in"),
        ("UPDATE case_tags SET tag = 'x'", "is not as it was brought in"),
        ("UPDATE own_grades SET grade = 'good' WHERE grade <> 'good'", "own grade of case"),
        ("DELETE FROM own_grades WHERE case_id = 1", "own grade"),
        ("UPDATE reviews SET grade = 'good' WHERE grade = 'inadequate'", "The judgement of case"),
        ("UPDATE reviews SET rationale = 'All was well.' WHERE id = 5", "The judgement of case"),
        ("UPDATE reviews SET notes = 'x' WHERE notes = ''", "The judgement of case"),
        ("UPDATE reviews SET submitted_at = '2018-05-20T00:00:00.000Z' WHERE id = 5", "The judgement of case"),
        ("UPDATE reviews SET started_at = '2018-05-20T00:00:00.000Z' WHERE id = 5", "The judgement of case"),
        ("UPDATE reviews SET reviewer_id = 3 WHERE reviewer_id = 2 AND id < 20", "The judgement of case"),
        ("UPDATE cases SET added_at = '2018-05-20T00:00:00.000Z' WHERE id = 5", "is not as it was brought in"),
        ("UPDATE stage_grades SET grade = 'good' WHERE grade = 'inadequate'", "The judgement of case"),
        ("DELETE FROM stage_grades WHERE review_id = 2", "The judgement of case"),
        ("UPDATE given_reasons SET reason = 'INI-W02' WHERE id = 1", "The judgement of case"),
        ("UPDATE citations SET start = start + 1", "The judgement of case"),
        ("DELETE FROM citations WHERE id = 1", "no longer in the file"),
        ("UPDATE recommendations SET status = 'complete' WHERE status <> 'complete'", "“recommendations”"),
        ("UPDATE referrals SET told = 'nobody'", "“referrals”"),
        ("UPDATE previous_results SET good = 70", "“previous_results”"),
        ("UPDATE inspection SET force = 'Southshire'", "“inspection”"),
        ("UPDATE people SET name = 'Inspector 9' WHERE id = 2", "“people”"),
        ("UPDATE grades SET counts_as_good = 1", "The methodology"),
        ("UPDATE reasons SET wording = 'x' WHERE position = 1", "The methodology"),
        ("UPDATE tallies SET cases = cases + 1 WHERE measure = 'grade'", "The kept counts of “grade”"),
        ("UPDATE worklist SET state = 'to-do' WHERE position = 1", "in the queue"),
        ("UPDATE worklist SET position = 99 WHERE position = 36", "The queue"),
        ("DELETE FROM worklist WHERE position = 1", "The queue"),
        ("UPDATE history_values SET new_value = 'good' WHERE new_value = 'inadequate'", "a value that it keeps was altered"),
        ("UPDATE history SET detail = 'x' WHERE sequence = 3", "its words were altered"),
        ("UPDATE history SET person_identity = 'x' WHERE sequence = 3", "its seal does not fit"),
        ("UPDATE history SET at = 'yesterday' WHERE sequence = 3", "holds something that can't be read"),
        ("INSERT INTO entry_search (entry_search) VALUES ('delete-all')", "search index"),
        ("UPDATE reviews SET case_id = 999 WHERE id = 5", "points to one that is not there"),
        ("UPDATE citations SET passage = CAST(x'ff41' AS TEXT)", "can't be read"),
    ],
)  # fmt: skip
def test_what_was_altered_is_found(sample_path, statement, told) -> None:
    connection = connect(str(sample_path))
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.close()
    tamper(sample_path, statement)
    report = check(sample_path)
    assert any(told in problem for problem in report.problems), report.problems
    for problem in report.problems:
        assert "All was well" not in problem


def test_a_change_taken_out_of_the_history_is_found(sample_path) -> None:
    tamper(
        sample_path,
        "DELETE FROM history_values WHERE sequence = 7",
        "DELETE FROM history WHERE sequence = 7",
    )
    report = check(sample_path)
    assert any("broken at change 7" in problem for problem in report.problems)
    assert report.changes == 6


def test_the_last_changes_taken_out_are_found_by_a_seal(sample_path) -> None:
    seal = check(sample_path).seal
    last = check(sample_path).changes
    tamper(
        sample_path,
        f"DELETE FROM history_values WHERE sequence = {last}",
        f"DELETE FROM history WHERE sequence = {last}",
    )
    assert any("not of this file's history" in problem for problem in check(sample_path, seal).problems)


def test_a_value_taken_out_without_a_redaction_is_found_though_the_chain_holds(sample_path) -> None:
    connection = connect(str(sample_path))
    (sequence, position) = connection.execute(
        "SELECT sequence, position FROM history_values WHERE operation = 'splice' LIMIT 1"
    ).fetchone()
    connection.execute(
        "UPDATE history_values SET old_value = NULL, new_value = NULL, salt = '', redacted_because = 'a telephone number'"
        f" WHERE sequence = {sequence} AND position = {position}"
    )
    (last,) = connection.execute("SELECT max(sequence) FROM history").fetchone()
    connection.close()
    report = check(sample_path)
    assert report.changes == last
    assert any("taken out of the history without a redaction" in problem for problem in report.problems)


def test_seals_of_a_redacted_file_s_past_and_of_another_file_are_told_apart(
    sample: AuditSession, sample_path, fresh_path
) -> None:
    reviewing.write_text(sample, key_of(sample, "DA-06"), "notes", "Ring 07700 900123.")
    seal = sample.file.last_seal()
    sample.sign_in("Team lead")
    redact(sample, "07700 900123", "a telephone number")
    report = check(sample_path, seal)
    assert (report.problems, report.asked_at) == ((), report.changes - 1)
    assert check(sample_path, report.seal).asked_at == report.changes
    assert check(sample_path, check(fresh_path).seal).asked_at is None
    assert not check(sample_path, check(fresh_path).seal).sound


def test_a_seal_of_the_past_is_found_with_its_change(sample_path) -> None:
    connection = connect(str(sample_path))
    (seal,) = connection.execute("SELECT seal FROM history WHERE sequence = 12").fetchone()
    connection.close()
    assert check(sample_path, seal).asked_at == 12
    assert check(sample_path, f"{seal[:8].upper()} {seal[8:16]}").asked_at == 12


@pytest.mark.parametrize("seal", ["abc", "not a seal at all", "g" * 64])
def test_what_is_no_seal_is_refused(sample_path, seal) -> None:
    with pytest.raises(WrongUseError):
        check(sample_path, seal)


def test_a_file_for_reading_only_is_checked_with_a_remark(sample_path, monkeypatch) -> None:
    open_file = AuditFile.open
    monkeypatch.setattr(AuditFile, "open", lambda path, **_named: open_file(path, read_only=True))
    report = check(sample_path)
    assert report.problems == ()
    assert "search index was not compared" in report.remarks[0]


def test_a_file_that_someone_is_writing_to_is_checked_with_a_remark(sample: AuditSession, sample_path) -> None:
    sample.sign_in("Team lead")
    with sample.change(Action.SET_INSPECTION) as change:
        report = check(sample_path)
        assert change.values == []
    assert report.problems == ()
    assert "another program is writing" in report.remarks[0]


def test_it_can_be_stopped(sample_path) -> None:
    class StoppedError(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if done:
            raise StoppedError

    with pytest.raises(StoppedError):
        check(sample_path, tick=stop)


def test_it_tells_how_far_it_has_come(sample_path) -> None:
    told: list[tuple[int, int]] = []
    check(sample_path, tick=lambda done, total: told.append((done, total)))
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


def test_strange_files_are_refused(tmp_path) -> None:
    (tmp_path / "a.txt").write_text("dear reader")
    for name in ("a.txt", "nowhere.ncpi", "."):
        with pytest.raises(FileRefusedError):
            check(tmp_path / name)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_a_pipe_is_refused_and_not_waited_for(tmp_path) -> None:
    os.mkfifo(tmp_path / "pipe.ncpi")
    with pytest.raises(FileRefusedError):
        check(tmp_path / "pipe.ncpi")


def test_a_schema_of_strangers_is_reported_and_not_run(sample_path) -> None:
    connection = connect(str(sample_path))
    connection.execute("CREATE TRIGGER strange AFTER INSERT ON history BEGIN DELETE FROM reviews; END")
    connection.close()
    assert any("tables, views or triggers" in problem for problem in check(sample_path).problems)


@pytest.fixture(scope="module")
def small_audit(tmp_path_factory) -> Path:
    """An audit as small as it gets with something in it: what is flipped in it mostly matters."""
    path = tmp_path_factory.mktemp("small") / "Small.ncpi"
    create_audit(path, make_inspection(), person="Team lead", at=FIRST_MOMENT)
    session = AuditSession.open(path, person="Inspector 1", clock=TickingClock())
    bring_in(session, make_case("DA-9"), make_case("DA-10"), own_grades={"DA-9": "good"})
    hand_in(session, key_of(session, "DA-9"))
    session.close()
    return path


def _damaged_files(source: Path, folder: Path, damage: Callable[[bytearray], None], times: int):
    for number in range(times):
        held = bytearray(source.read_bytes())
        damage(held)
        path = folder / f"damaged-{number}.ncpi"
        path.write_bytes(held)
        yield path
        path.unlink()


def _noticed(path: Path) -> bool:
    """Return whether the check reports anything or refuses; any other error fails the test."""
    try:
        return not check(path).sound
    except FileRefusedError:
        return True


def test_a_file_cut_anywhere_is_noticed(small_audit, tmp_path) -> None:
    chance, size = random.Random(4), small_audit.stat().st_size

    def cut(held: bytearray) -> None:
        del held[chance.randrange(size) :]

    for path in _damaged_files(small_audit, tmp_path, cut, 50):
        assert _noticed(path)


def test_a_page_of_noise_is_noticed(sample_path, tmp_path) -> None:
    chance, size = random.Random(5), sample_path.stat().st_size

    def spoil(held: bytearray) -> None:
        start = chance.randrange(1, size // 4096) * 4096
        held[start : start + 4096] = chance.randbytes(4096)

    for path in _damaged_files(sample_path, tmp_path, spoil, 20):
        assert _noticed(path)


def test_a_copy_is_as_sound_as_its_original(sample_path, tmp_path) -> None:
    shutil.copy(sample_path, tmp_path / "copy.ncpi")
    assert check(tmp_path / "copy.ncpi").seal == check(sample_path).seal
