"""A rescued audit has a history that holds: it declares what was lost, work in it goes on, and a second rescue keeps what the first said."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from ncpi_desktop.domain.errors import FileProtectedError
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.domain.record.file_key import derive_key
from ncpi_desktop.storage.engine import connect
from ncpi_desktop.workflows import browsing, reviewing
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.protecting import set_passphrase
from ncpi_desktop.workflows.rescuing import rescue
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import complete, key_of
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


def test_an_audit_of_version_1_is_rescued_whole(tmp_path: Path) -> None:
    report = rescue(early_file(tmp_path), tmp_path / "new.ncpi")
    assert report.is_whole
    assert check(tmp_path / "new.ncpi").problems == ()


def test_lost_changes_are_declared_and_work_goes_on(sample_path: Path, tmp_path: Path, opener: Opener) -> None:
    connection = connect(str(sample_path))
    kept = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    for name, _sql in kept:
        connection.execute(f'DROP TRIGGER "{name}"')
    connection.execute("DELETE FROM history_values WHERE sequence IN (20, 21)")
    connection.execute("DELETE FROM history WHERE sequence IN (20, 21)")
    for _name, sql in kept:
        connection.execute(sql)
    connection.close()
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


def test_an_original_that_was_altered_is_remarked_on_for_ever(
    sample_path: Path, tmp_path: Path, opener: Opener
) -> None:
    connection = connect(str(sample_path))
    connection.execute("UPDATE entries SET text = 'Nobody spoke.' WHERE id = 3")
    connection.execute("INSERT INTO entry_search (entry_search) VALUES ('rebuild')")
    connection.close()
    assert any("is not as it was brought in" in problem for problem in check(sample_path).problems)
    target = tmp_path / "rescued.ncpi"
    assert len(rescue(sample_path, target).doubtful) == 1
    session = opener(target)
    reviewing.give_grade(session, key_of(session, "DA-06"), "good")
    session.close()
    found = check(target)
    assert found.problems == ()
    assert any(remark.startswith("1 row was not as the history told at the rescue of") for remark in found.remarks)
    rescue(target, tmp_path / "again.ncpi")
    assert set(found.remarks) <= set(check(tmp_path / "again.ncpi").remarks)
