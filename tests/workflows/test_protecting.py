"""A passphrase is set, changed and removed: nothing is lost, the backups follow, and nothing plain is left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from ncpi_desktop.domain.errors import (
    FileInUseError,
    FileProtectedError,
    FileRefusedError,
    KnownError,
    NotSavedError,
    OutputNotWrittenError,
    RefusedError,
)
from ncpi_desktop.domain.record.backup import Occasion
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.storage import audit_file, new_key
from ncpi_desktop.storage.backup_folder import backup_name, backups_folder, kept_backups
from ncpi_desktop.workflows import protecting, reviewing
from ncpi_desktop.workflows.backing_up import back_up
from ncpi_desktop.workflows.browsing import history, search, values_of_step
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.protecting import (
    is_protected,
    key_for,
    remove_passphrase,
    set_passphrase,
    unlock,
)
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import key_of
from tests.conftest import PASSPHRASE

OTHER = "another four words here"
TABLES = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"


def contents(path: Path, key: FileKey | None = None) -> dict[str, list[object]]:
    """Everything but the line of the change itself: rows with their rowids, statements, and the numbers in the header."""
    session = AuditSession.open(path, read_only=True, key=key)
    try:
        connection = session.file.connection
        held: dict[str, list[object]] = {
            "schema": connection.execute(
                "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY 1, 2"
            ).fetchall(),
            "numbers": [connection.execute(f"PRAGMA {n}").fetchone() for n in ("application_id", "user_version")],
        }
        for (name,) in connection.execute(TABLES).fetchall():
            without = "WITHOUT ROWID" in connection.execute(
                "SELECT sql FROM sqlite_schema WHERE name = ?", (name,)
            ).fetchone()[0]  # fmt: skip
            rows = connection.execute(f'SELECT {"" if without else "rowid, "}* FROM "{name}" ORDER BY 1, 2').fetchall()
            held[name] = [row for row in rows if "protection" not in row and "passphrase" not in str(row)]
        return held
    finally:
        session.close()


def backed_up(path: Path, *hours: int, key: FileKey | None = None) -> Path:
    """Make kept backups of `path`; return their folder."""
    session = AuditSession.open(path, read_only=True, key=key)
    folder, sequence = backups_folder(session.inspection.identity), session.file.last_sequence()
    session.close()
    folder.mkdir(parents=True, exist_ok=True)
    for hour in hours:
        now = datetime(2026, 1, 1, hour, tzinfo=UTC)
        back_up(path, folder / backup_name(now, sequence, Occasion.HALF_HOUR), now, key=key)
    return folder


def all_files(*folders: Path) -> list[str]:
    return sorted(path.name for folder in folders for path in folder.rglob("*") if path.is_file())


def test_the_derived_key_is_sqlciphers_own(sample_path: Path) -> None:
    set_passphrase(sample_path, "Pässe  ✓ phrase")
    connection = sqlcipher.connect(str(sample_path))
    connection.execute("PRAGMA key = 'Pässe  ✓ phrase'")
    assert connection.execute("SELECT force FROM inspection").fetchone() == ("Northshire Police",)
    connection.close()


def test_everything_is_in_the_protected_file(sample_path: Path, quick_keys: None) -> None:
    before = contents(sample_path)
    key = set_passphrase(sample_path, PASSPHRASE, person="Inspector 2").key
    assert is_protected(sample_path)
    assert contents(sample_path, key) == before
    session = AuditSession.open(sample_path, read_only=True, key=key)
    try:
        assert search(session, "child").hits
    finally:
        session.close()
    assert check(sample_path, key=key).sound


def test_the_history_tells_it_without_the_passphrase(sample_path: Path, quick_keys: None) -> None:
    key = set_passphrase(sample_path, PASSPHRASE, person="Team lead").key
    key = set_passphrase(sample_path, OTHER, key=key, person="Team lead").key
    assert key is not None
    remove_passphrase(sample_path, key=key, person="Team lead")
    session = AuditSession.open(sample_path, read_only=True)
    try:
        told = history(session)[:3]
        assert [line.action for line in told] == ["remove-passphrase", "change-passphrase", "set-passphrase"]
        assert {line.person for line in told} == {"Team lead"}
        salts = [(value.old, value.new) for line in told for value in values_of_step(session, line.sequence)]
        assert salts[0][0] == salts[1][1] == key.salt.hex()
        assert salts[0][1] is salts[2][0] is None
        assert session.ledger.to_undo is None or "passphrase" not in session.ledger.to_undo.words
    finally:
        session.close()
    assert PASSPHRASE.encode() not in sample_path.read_bytes()


def test_only_the_newest_passphrase_opens_it(protected_path: Path) -> None:
    key = set_passphrase(protected_path, OTHER, key=unlock(protected_path, PASSPHRASE)).key
    with pytest.raises(FileProtectedError, match="does not open with this passphrase"):
        unlock(protected_path, PASSPHRASE)
    assert unlock(protected_path, OTHER).as_words() == (key.as_words() if key else "")


def test_removed_it_is_a_plain_file_again(protected_path: Path) -> None:
    key = unlock(protected_path, PASSPHRASE)
    before = contents(protected_path, key)
    remove_passphrase(protected_path, key=key)
    assert not is_protected(protected_path)
    assert contents(protected_path) == before
    assert check(protected_path).sound


@pytest.mark.parametrize("passphrase", ["", "   "])
def test_an_empty_passphrase_is_refused(sample_path: Path, passphrase: str) -> None:
    before = sample_path.read_bytes()
    with pytest.raises(RefusedError, match="empty"):
        set_passphrase(sample_path, passphrase)
    assert sample_path.read_bytes() == before


def test_a_passphrase_may_be_written_in_more_than_one_way(sample_path: Path, quick_keys: None) -> None:
    set_passphrase(sample_path, "Pa\u0308sse")
    assert unlock(sample_path, "P\u00e4sse")


def test_a_plain_file_has_none_to_remove_or_to_unlock(sample_path: Path) -> None:
    with pytest.raises(RefusedError):
        remove_passphrase(sample_path, key=key_for("x"))
    with pytest.raises(RefusedError):
        unlock(sample_path, "x")


def test_the_backups_follow(sample_path: Path, quick_keys: None) -> None:
    folder = backed_up(sample_path, 8, 9)
    before = contents(kept_backups(folder)[0].path)
    key = set_passphrase(sample_path, PASSPHRASE).key
    assert [is_protected(backup.path) for backup in kept_backups(folder)] == [True, True]
    backed_up(sample_path, 10, key=key)
    key = set_passphrase(sample_path, OTHER, key=key).key
    assert all(contents(backup.path, key) for backup in kept_backups(folder))
    assert contents(kept_backups(folder)[-1].path, key) == before
    assert key is not None
    assert remove_passphrase(sample_path, key=key).left == ()
    assert contents(kept_backups(folder)[-1].path) == before
    assert all_files(sample_path.parent, folder) == sorted(
        [sample_path.name, *(backup.path.name for backup in kept_backups(folder))]
    )


def test_a_damaged_backup_is_named_and_left(sample_path: Path, quick_keys: None) -> None:
    folder = backed_up(sample_path, 8, 9)
    damaged = kept_backups(folder)[0].path
    damaged.write_bytes(damaged.read_bytes()[:50_000])
    held = damaged.read_bytes()
    assert set_passphrase(sample_path, PASSPHRASE).left == (damaged.name,)
    assert damaged.read_bytes() == held
    assert is_protected(kept_backups(folder)[1].path)


def test_a_file_reached_by_another_name_stays_where_it_is(sample_path: Path, tmp_path: Path, quick_keys: None) -> None:
    link = tmp_path / "link.ncpi"
    link.symlink_to(sample_path)
    set_passphrase(link, PASSPHRASE)
    assert link.is_symlink()
    assert is_protected(sample_path)


def test_bytes_with_another_name_are_not_overwritten(sample_path: Path, tmp_path: Path, quick_keys: None) -> None:
    """A second name of the old file belongs to somebody: perhaps a snapshot."""
    other = tmp_path / "snapshot"
    other.hardlink_to(sample_path)
    held = contents(other)
    set_passphrase(sample_path, PASSPHRASE)
    assert contents(other) == held
    assert all_files(tmp_path) == [sample_path.name, "snapshot"]


def test_the_old_bytes_are_overwritten(sample_path: Path, quick_keys: None) -> None:
    """Seen through a handle that was open before, as somebody who reads the disk would see them."""
    with sample_path.open("rb") as old:
        size = sample_path.stat().st_size
        set_passphrase(sample_path, PASSPHRASE)
        assert old.read() == bytes(size)


def test_without_second_names_they_are_overwritten_too(
    sample_path: Path, quick_keys: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a stick, whose file system has none."""

    def refuse(_self: Path, _target: Path) -> None:
        raise OSError(1, "not here")

    monkeypatch.setattr(Path, "hardlink_to", refuse)
    with sample_path.open("rb") as old:
        set_passphrase(sample_path, PASSPHRASE)
        assert set(old.read()) == {0}
    assert is_protected(sample_path)


def test_rights_to_the_file_stay_as_they_were(sample_path: Path, quick_keys: None) -> None:
    sample_path.chmod(0o640)
    set_passphrase(sample_path, PASSPHRASE)
    assert sample_path.stat().st_mode & 0o777 == 0o640


def test_while_somebody_works_in_it_nothing_is_changed(sample: AuditSession, sample_path: Path) -> None:
    before = sample_path.read_bytes()
    with pytest.raises(FileInUseError):
        set_passphrase(sample_path, PASSPHRASE)
    assert sample_path.read_bytes() == before


def test_a_file_for_reading_only_keeps_its_protection(sample_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = sample_path.read_bytes()
    monkeypatch.setattr(audit_file, "can_write", lambda _path: False)
    with pytest.raises(NotSavedError, match="reading only"):
        set_passphrase(sample_path, PASSPHRASE)
    assert sample_path.read_bytes() == before


FAILING: dict[str, Callable[[pytest.MonkeyPatch, BaseException], None]] = {
    name: lambda patch, error, name=name: patch.setattr(new_key, name, _failing(error))  # type: ignore[misc]
    for name in ("make_under_key", "ready", "put_in_place")
}


def _failing(error: BaseException) -> Callable[..., None]:
    def fail(*_given: object) -> None:
        raise error

    return fail


@pytest.mark.parametrize("step", FAILING)
@pytest.mark.parametrize("protected", [False, True])
def test_where_a_step_fails_all_is_as_it_was(
    protected_path: Path, built_sample: Path, monkeypatch: pytest.MonkeyPatch, step: str, protected: bool
) -> None:
    if not protected:
        protected_path.write_bytes(built_sample.read_bytes())
    key = unlock(protected_path, PASSPHRASE) if protected else None
    folder = backed_up(protected_path, 8, key=key)
    held = {path: path.read_bytes() for path in (protected_path, kept_backups(folder)[0].path)}
    before = contents(protected_path, key)
    with monkeypatch.context() as patch:
        FAILING[step](patch, OSError(28, "No space left on device"))
        with pytest.raises(OutputNotWrittenError, match="the disk is full"):
            set_passphrase(protected_path, OTHER, key=key)
    assert contents(protected_path, key) == before
    assert held[kept_backups(folder)[0].path] == kept_backups(folder)[0].path.read_bytes()
    assert all_files(protected_path.parent, folder) == sorted(path.name for path in held)
    assert set_passphrase(protected_path, OTHER, key=key).left == ()


def test_stopped_on_the_way_it_is_as_it_was(sample_path: Path, quick_keys: None) -> None:
    class StoppedError(Exception):
        pass

    def stop(_done: int, _total: int) -> None:
        raise StoppedError

    before = contents(sample_path)
    with pytest.raises(StoppedError):
        set_passphrase(sample_path, PASSPHRASE, tick=stop)
    assert contents(sample_path) == before
    assert all_files(sample_path.parent) == [sample_path.name]


def test_a_change_by_somebody_else_meanwhile_is_noticed(
    sample_path: Path, quick_keys: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a program that knows nothing of our lock."""
    ready = new_key.ready

    def meddle(path: Path) -> None:
        ready(path)
        connection = sqlcipher.connect(str(sample_path))
        connection.execute(
            "INSERT INTO history SELECT sequence + 1, at, person, '', action, '', '', '', '', step, NULL, salt, '', seal, 'x'"
            " FROM history ORDER BY sequence DESC LIMIT 1"
        )
        connection.commit()
        connection.close()

    monkeypatch.setattr(new_key, "ready", meddle)
    with pytest.raises(NotSavedError, match="somebody else"):
        set_passphrase(sample_path, PASSPHRASE)
    assert not is_protected(sample_path)
    assert all_files(sample_path.parent) == [sample_path.name]


def test_an_unsound_file_keeps_its_protection(sample_path: Path, quick_keys: None) -> None:
    connection = sqlcipher.connect(str(sample_path))
    connection.execute("UPDATE entries SET text = 'altered' WHERE id = 1")
    connection.commit()
    connection.close()
    with pytest.raises(FileRefusedError, match="not sound"):
        set_passphrase(sample_path, PASSPHRASE)
    assert not is_protected(sample_path)


def test_a_session_rests_and_goes_on(sample_path: Path, quick_keys: None, opener: Callable[..., AuditSession]) -> None:
    session = opener(sample_path)
    case = key_of(session, "DA-06")
    reviewing.give_grade(session, case, "good")
    session.rest()
    with pytest.raises(Exception, match="closed"):
        session.file.connection.execute("SELECT 1")
    protection = set_passphrase(sample_path, PASSPHRASE, person="Inspector 2", beside=session)
    assert protection.key is not None
    assert not session.wake(protection.key)  # a line of history has come since
    assert not session.read_only
    reviewing.give_grade(session, case, "inadequate")
    assert reviewing.lay_on_desk(session, case).review.grade == "inadequate"
    assert session.ledger.to_undo is not None
    with pytest.raises(FileInUseError):
        AuditSession.open(sample_path, key=protection.key.copy())


def test_a_resting_session_forgets_its_key(protected_path: Path, opener: Callable[..., AuditSession]) -> None:
    key = unlock(protected_path, PASSPHRASE)
    session = opener(protected_path, key=key)
    session.rest()
    assert key.is_forgotten
    with pytest.raises(FileProtectedError):
        session.wake(key_for("wrong"))
    assert session.is_resting
    assert session.wake(unlock(protected_path, PASSPHRASE))


def test_another_file_in_its_place_is_refused(
    protected_path: Path, tmp_path: Path, opener: Callable[..., AuditSession], fresh_path: Path
) -> None:
    session = opener(protected_path, key=unlock(protected_path, PASSPHRASE))
    session.rest()
    fresh_path.replace(protected_path)
    with pytest.raises(KnownError, match="another audit"):
        session.wake(None)
    assert session.is_resting


def test_protecting_offers_what_it_says() -> None:
    assert {name for name in protecting.__all__ if not hasattr(protecting, name)} == set()
