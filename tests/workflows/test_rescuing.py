"""Whatever can still be read of a damaged audit is saved into a new one that is sound, and what is missing is said."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ncpi_desktop.domain.errors import FileProtectedError, FileRefusedError, OutputNotWrittenError, WrongUseError
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.domain.record.file_key import derive_key
from ncpi_desktop.storage.engine import connect
from ncpi_desktop.storage.kept_tables import KEPT_TABLES
from ncpi_desktop.workflows import browsing, reviewing
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.rescuing import rescue
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import complete, key_of
from tests.safety.report import tell_fault
from tests.storage.early_file import early_file

PAGE = 4096
Opener = Callable[..., AuditSession]


def damaged(path: Path, seed: int, pages: int) -> Path:
    """A copy of the audit at `path` in which some pages behind the first are noise."""
    dice = random.Random(seed)
    raw = bytearray(path.read_bytes())
    for _page in range(pages):
        at = dice.randrange(1, len(raw) // PAGE) * PAGE
        raw[at : at + PAGE] = dice.randbytes(PAGE)
    hurt = path.with_name(f"damaged-{seed}.ncpi")
    hurt.write_bytes(raw)
    return hurt


def kept_rows(path: Path) -> dict[str, list[object]]:
    connection = connect(str(path))
    try:
        return {table.name: list(table.rows(connection)) for table in KEPT_TABLES if table.name != "history_values"}
    finally:
        connection.close()


def test_a_sound_audit_is_rescued_whole(sample_path: Path, tmp_path: Path) -> None:
    report = rescue(sample_path, tmp_path / "new.ncpi")
    assert report.is_whole
    assert (report.cases, report.notes) == (36, ())
    found = check(tmp_path / "new.ncpi")
    assert found.problems == found.remarks == ()
    assert kept_rows(tmp_path / "new.ncpi") == kept_rows(sample_path)


def test_an_audit_of_version_1_is_rescued_whole(tmp_path: Path) -> None:
    report = rescue(early_file(tmp_path), tmp_path / "new.ncpi")
    assert report.is_whole
    assert check(tmp_path / "new.ncpi").problems == ()


@pytest.mark.parametrize(
    ("first", "count"), [pytest.param(0, 12, id="few"), pytest.param(100, 300, id="many", marks=pytest.mark.long)]
)
def test_what_is_saved_of_noise_is_sound_and_the_damaged_file_is_untouched(
    sample_path: Path, tmp_path: Path, first: int, count: int
) -> None:
    unsound: list[object] = []
    nothing = 0
    whole = kept_rows(sample_path)
    for seed in range(first, first + count):
        hurt = damaged(sample_path, seed, 1 + seed % 5)
        before = hurt.read_bytes()
        target = tmp_path / f"rescued-{seed}.ncpi"
        try:
            report = rescue(hurt, target)
        except FileRefusedError:
            nothing += 1
            assert not target.exists()
            continue
        assert hurt.read_bytes() == before
        found = check(target)
        if not found.sound:
            unsound.append((seed, found.problems))
        if report.is_whole:
            assert kept_rows(target) == whole
        for name, rows in kept_rows(target).items():
            if name in ("cases", "entries", "own_grades") and not report.doubtful:
                assert [row for row in rows if row not in whole[name]] == [], (seed, name)
        target.unlink()
        hurt.unlink()
    tell_fault("pages of noise, rescued", count, len(unsound), nothing_to_save=nothing)
    assert unsound == []


def test_lost_changes_are_declared_and_work_goes_on(sample_path: Path, tmp_path: Path, opener: Opener) -> None:
    connection = connect(str(sample_path))
    (page,) = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'history'").fetchone()
    kept = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _sql in kept:
        connection.execute(f'DROP TRIGGER "{name}"')
    connection.execute("DELETE FROM history_values WHERE sequence IN (20, 21)")
    connection.execute("DELETE FROM history WHERE sequence IN (20, 21)")
    for _name, sql in kept:
        connection.execute(sql)
    connection.close()
    assert page
    assert not check(sample_path).sound
    target = tmp_path / "rescued.ncpi"
    report = rescue(sample_path, target, person="Team lead")
    assert any("2 changes of the history are lost" in said for said in report.missing)
    found = check(target)
    assert found.problems == ()
    assert found.remarks[0].startswith("2 changes were lost before the rescue of")
    assert "numbers 20-21" in found.remarks[0]
    session = opener(target)
    assert browsing.history(session)[0].action == Action.RESCUE
    complete(session, key_of(session, "DA-06"))
    reviewing.submit(session, key_of(session, "DA-06"))
    session.close()
    assert check(target).problems == ()


def test_a_second_rescue_keeps_what_the_first_declared(sample_path: Path, tmp_path: Path) -> None:
    hurt = damaged(sample_path, 10, 3)
    once, twice = tmp_path / "once.ncpi", tmp_path / "twice.ncpi"
    rescue(hurt, once)
    rescue(once, twice)
    assert check(twice).problems == ()
    assert set(check(once).remarks) <= set(check(twice).remarks)


def test_a_protected_one_stays_protected(sample_path: Path, tmp_path: Path) -> None:
    from ncpi_desktop.workflows.protecting import set_passphrase

    set_passphrase(sample_path, "four plain words together")
    with sample_path.open("rb") as stream:
        key = derive_key("four plain words together", stream.read(16))
    with pytest.raises(FileProtectedError):
        rescue(sample_path, tmp_path / "new.ncpi")
    report = rescue(sample_path, tmp_path / "new.ncpi", key=key)
    assert report.is_whole
    assert check(tmp_path / "new.ncpi", key=key).problems == ()
    with pytest.raises(FileProtectedError):
        check(tmp_path / "new.ncpi")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 a workbook", b"SQLite format 3\x00 and nothing else"])
def test_what_is_no_audit_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.ncpi"
    path.write_bytes(content)
    with pytest.raises(FileRefusedError):
        rescue(path, tmp_path / "new.ncpi")
    assert [held.name for held in tmp_path.iterdir()] == ["other.ncpi"]


def test_nothing_is_replaced(sample_path: Path, tmp_path: Path) -> None:
    other = Path(shutil.copy(sample_path, tmp_path / "other.ncpi"))
    with pytest.raises(OutputNotWrittenError, match="exists already"):
        rescue(sample_path, other)
    with pytest.raises(WrongUseError):
        rescue(sample_path, sample_path)
    assert other.read_bytes() == sample_path.read_bytes()


def test_stopped_on_the_way_nothing_is_there(sample_path: Path, tmp_path: Path) -> None:
    def stop(_done: int, _total: int) -> None:
        raise InterruptedError

    folder = tmp_path / "elsewhere"
    folder.mkdir()
    with pytest.raises((InterruptedError, OutputNotWrittenError)):
        rescue(sample_path, folder / "new.ncpi", tick=stop)
    assert list(folder.iterdir()) == []
