"""Promise 1: nothing typed is lost, and *saved* is only said of what is on the disk."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ncpi_desktop.domain.errors import NotSavedError
from ncpi_desktop.domain.grading.review import StageJudgement
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.workflows import reviewing, undoing
from ncpi_desktop.workflows.reviewing import lay_on_desk
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import complete, key_of

Act = Callable[[AuditSession], object]


def on_case(act: Callable[..., object], *given: object, reference: str = "DA-06") -> Act:
    return lambda session: act(session, key_of(session, reference), *given)


ACTS: dict[str, Act] = {
    "grade": on_case(reviewing.give_grade, "good"),
    "stage": on_case(reviewing.judge_stage, StageJudgement("investigation", "good")),
    "reason": on_case(reviewing.give_reason, "INV-W01"),
    "rationale": on_case(reviewing.write_text, "rationale", "Typed. " * 400),
    "notes": on_case(reviewing.write_text, "notes", "Typed."),
    "not sure": on_case(reviewing.mark_not_sure, True),
    "park": on_case(reviewing.park, "Waits."),
    "reopen": on_case(reviewing.reopen, "Because.", reference="DA-05"),
    "undo": undoing.undo,
}


def read_elsewhere(path: Path, sql: str) -> str:
    """Ask the file from another process, as it would be after this one was killed."""
    script = "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchone()[0])"
    told = subprocess.run([sys.executable, "-c", script, str(path), sql], capture_output=True, text=True, check=True)
    return told.stdout.strip()


def everything(session: AuditSession) -> list[str]:
    """The whole content of the file."""
    return [
        repr(row)
        for (name,) in session.file.connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%search%' ORDER BY name"
        ).fetchall()
        for row in session.file.connection.execute(f'SELECT * FROM "{name}" ORDER BY 1, 2')
    ]


def prepare(session: AuditSession) -> None:
    """Leave one step to take back, in a case of its own."""
    reviewing.give_grade(session, key_of(session, "S47-06"), "good")


@pytest.mark.parametrize("act", ACTS)
def test_when_an_act_returns_it_is_on_the_disk(sample: AuditSession, sample_path: Path, act: str) -> None:
    prepare(sample)
    ACTS[act](sample)
    copied = shutil.copy(sample_path, sample_path.with_name("as it was when the power went.ncpi"))
    assert not sample_path.with_name(sample_path.name + "-journal").exists()
    assert read_elsewhere(Path(copied), "SELECT max(sequence) FROM history") == str(sample.file.last_sequence())
    assert read_elsewhere(Path(copied), "PRAGMA integrity_check") == "ok"


@pytest.mark.parametrize("act", ACTS)
def test_every_write_is_one_transaction_with_one_line_of_history(sample: AuditSession, act: str) -> None:
    prepare(sample)
    told: list[str] = []
    sample.file.connection.set_trace_callback(told.append)
    ACTS[act](sample)
    sample.file.connection.set_trace_callback(None)
    words = [" ".join(sql.split()[:3]).upper() for sql in told]
    begin, commit = words.index("BEGIN IMMEDIATE"), words.index("COMMIT")
    assert words.count("BEGIN IMMEDIATE") == words.count("COMMIT") == 1
    writes = [n for n, word in enumerate(words) if word.startswith(("INSERT", "UPDATE", "DELETE", "REPLACE"))]
    assert all(begin < n < commit for n in writes), [told[n] for n in writes]
    assert words.count("INSERT INTO HISTORY") == 1
    assert words.count("INSERT INTO HISTORY_VALUES") >= 1


@pytest.mark.parametrize("act", ACTS)
def test_failing_at_any_statement_keeps_nothing_and_the_next_try_works(sample: AuditSession, act: str) -> None:
    prepare(sample)
    before = everything(sample)
    told: list[NotSavedError] = []
    for place in range(1, 200):
        writes = 0

        def deny(action: int, *_about: object, place: int = place) -> int:
            nonlocal writes
            if action not in (9, 18, 23):  # SQLITE_DELETE, SQLITE_INSERT, SQLITE_UPDATE
                return 0
            writes += 1
            return int(writes == place)  # SQLITE_DENY

        sample.file.connection.set_authorizer(deny)
        try:
            ACTS[act](sample)
        except NotSavedError as error:
            told.append(error)
        else:
            break
        finally:
            sample.file.connection.set_authorizer(lambda *_about: 0)  # None would deny everything
        assert everything(sample) == before, f"something of it was kept after failing at write {place}"
    assert told
    assert all(error.happened.startswith("Not saved") and error.safe and error.todo for error in told)
    assert everything(sample) != before


@pytest.mark.parametrize("act", ACTS)
def test_a_full_disk_is_said_and_nothing_of_the_change_is_kept(sample: AuditSession, act: str) -> None:
    prepare(sample)
    connection = sample.file.connection
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    before, step = everything(sample), sample.ledger.to_undo
    connection.execute(f"PRAGMA max_page_count = {pages}").fetchall()
    full = None
    for n in range(200):  # until the room left in the last pages is used up
        try:
            reviewing.write_text(sample, key_of(sample, "OC-04"), "notes", f"{n} " * 3000)
            before, step = everything(sample), sample.ledger.to_undo
        except NotSavedError as error:
            full = error
            break
    assert full is not None
    assert full.happened == "Not saved: the disk is full."
    assert everything(sample) == before
    assert sample.ledger.to_undo == step
    connection.execute("PRAGMA max_page_count = 100000").fetchall()
    ACTS[act](sample)
    assert everything(sample) != before


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("how", ["deleted", "moved", "replaced", "folder moved"])
def test_a_file_that_is_no_longer_at_its_place_is_noticed_before_saying_saved(
    sample: AuditSession, sample_path: Path, how: str, act: str
) -> None:
    prepare(sample)
    last = sample.file.last_sequence()
    aside = sample_path.with_name("aside.ncpi")
    folder = sample_path.parent
    if how == "deleted":
        sample_path.unlink()
    elif how == "folder moved":
        folder.rename(folder.with_name(f"{folder.name} moved"))
    else:
        sample_path.rename(aside)
        if how == "replaced":
            shutil.copy(aside, sample_path)
    with pytest.raises(NotSavedError) as refused:
        ACTS[act](sample)
    assert "still on screen" in refused.value.safe
    assert refused.value.todo
    if how == "moved":
        aside.rename(sample_path)
        assert sample.file.last_sequence() == last
        ACTS[act](sample)
        assert sample.file.last_sequence() == last + 1
    if how == "folder moved":
        folder.with_name(f"{folder.name} moved").rename(folder)


def test_what_was_not_saved_is_not_on_the_desk_either(sample: AuditSession, sample_path: Path) -> None:
    sample_path.rename(sample_path.with_name("aside.ncpi"))
    with pytest.raises(NotSavedError, match="was moved, replaced or deleted"):
        reviewing.give_grade(sample, key_of(sample, "DA-06"), "good")
    assert lay_on_desk(sample, key_of(sample, "DA-06")).review.is_blank
    assert sample.ledger.to_undo is None


def test_killed_in_the_middle_of_a_change_the_file_is_as_before(sample_path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from datetime import UTC, datetime\n"
        "from ncpi_desktop.storage.audit_file import AuditFile\n"
        "file = AuditFile.open(Path(sys.argv[1]))\n"
        "file.connection.execute('PRAGMA cache_size = 1'); file.connection.execute('PRAGMA cache_spill = 1')\n"
        "with file.change('grade', at=datetime.now(UTC), person='', person_identity='') as change:\n"
        "    change.connection.execute(\"UPDATE entries SET text = text || ' lost'\")\n"
        "    print(Path(sys.argv[1] + '-journal').exists(), flush=True)\n"
        "    os._exit(9)\n"
    )
    killed = subprocess.run(
        [sys.executable, "-c", script, str(sample_path)], capture_output=True, text=True, check=False
    )
    assert (killed.returncode, killed.stdout) == (9, "True\n"), killed.stderr
    session = AuditSession.open(sample_path)
    assert session.file.connection.execute("SELECT count(*) FROM entries WHERE text LIKE '% lost'").fetchone() == (0,)
    assert session.file.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    complete(session, key_of(session, "DA-06"))
    session.close()
    assert [path.name for path in sample_path.parent.iterdir()] == [sample_path.name]


def test_a_file_that_moves_in_the_middle_of_a_change_is_noticed_too(sample: AuditSession, sample_path: Path) -> None:
    # SQLite looks once, when the change begins to write; this is the look before the commit.
    last = sample.file.last_sequence()
    aside = sample_path.with_name("aside.ncpi")
    with (
        pytest.raises(NotSavedError, match="was moved, replaced or deleted"),
        sample.change(Action.GRADE) as change,
    ):
        change.connection.execute("UPDATE reviews SET grade = 'inadequate'")
        change.set("reviews", "r", "grade", None, "inadequate")
        sample_path.rename(aside)
    aside.rename(sample_path)
    assert sample.file.last_sequence() == last
    assert sample.file.connection.execute("SELECT count(DISTINCT grade) FROM reviews").fetchone() == (3,)
