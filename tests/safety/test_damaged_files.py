"""Cut, empty, foreign; with a journal that is cut, missing or of another file: a sentence or the whole audit, never less shown as if whole."""

from __future__ import annotations

import os
import random
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from ncpi_desktop.domain.errors import FileDamagedError, FileProtectedError, FileRefusedError
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.engine import connect
from ncpi_desktop.storage.integrity import examine
from ncpi_desktop.workflows import reviewing
from ncpi_desktop.workflows.exporting import case_lines
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of
from tests.casework import key_of
from tests.conftest import FIRST_MOMENT
from tests.safety.report import tell_fault

KEY = FileKey(bytes(range(32)), bytes(range(16)))
MAGIC = bytes.fromhex("d9d505f920a163d7")


def journal_of(path: Path) -> Path:
    return path.with_name(path.name + "-journal")


@dataclass(frozen=True)
class Kind:
    """A sound audit, plain or protected, and the key that opens it."""

    path: Path
    key: FileKey | None


@pytest.fixture(scope="module", params=["plain", "protected"])
def kind(request: pytest.FixtureRequest, built_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Kind:
    if request.param == "plain":
        return Kind(built_sample, None)
    path = tmp_path_factory.mktemp("protected") / "Northshire.ncpi"
    connection = connect(str(path), key=KEY)
    connection.execute("ATTACH ? AS plain KEY ''", (str(built_sample),))
    connection.execute("SELECT sqlcipher_export('main', 'plain')").fetchall()
    for pragma in ("application_id", "user_version"):
        (value,) = connection.execute(f"PRAGMA plain.{pragma}").fetchone()
        connection.execute(f"PRAGMA main.{pragma} = {value}")
    connection.close()
    return Kind(path, KEY)


def everything(path: Path, key: FileKey | None) -> object:
    """What the program shows of the whole audit."""
    session = AuditSession.open(path, read_only=True, key=key, clock=lambda: FIRST_MOMENT)
    try:
        findings = findings_of(session)
        return findings, session.people, tuple(map(repr, case_lines(session, findings)))
    finally:
        session.close()


def opened(path: Path, key: FileKey | None) -> object | None:
    """Return everything, or None where the file is refused; what is refused, with all around it, must be as it was."""
    before = {held.name: held.read_bytes() for held in path.parent.iterdir()}
    try:
        return everything(path, key)
    except FileRefusedError:
        assert {held.name: held.read_bytes() for held in path.parent.iterdir()} == before
        return None


def noticed_by_the_check(path: Path, key: FileKey | None) -> bool:
    file = AuditFile.open(path, read_only=True, key=key)
    try:
        return bool(examine(file, "", lambda _done, _total: None).problems)
    finally:
        file.close()


@pytest.mark.parametrize("times", [40, pytest.param(1_000, marks=pytest.mark.long)])
def test_cut_anywhere(kind: Kind, tmp_path: Path, times: int) -> None:
    whole, pick = kind.path.read_bytes(), random.Random(1)
    sound, path = everything(kind.path, kind.key), tmp_path / "cut.ncpi"
    refused = shown_less = 0
    for _time in range(times):
        path.write_bytes(whole[: pick.choice((pick.randrange(len(whole)), pick.randrange(len(whole) // 4096) * 4096))])
        found = opened(path, kind.key)
        refused += found is None
        shown_less += found is not None and found != sound
    tell_fault(f"truncated, {'protected' if kind.key else 'plain'}", times, shown_less, refused=refused)
    assert shown_less == 0
    assert refused == times


def test_a_protected_file_that_is_cut_is_told_as_such(kind: Kind, tmp_path: Path) -> None:
    if kind.key is None:
        pytest.skip("of protected files")
    path = tmp_path / "cut.ncpi"
    path.write_bytes(kind.path.read_bytes()[:10_000])
    for key in (None, kind.key):
        with pytest.raises(FileRefusedError, match="not an audit file, or it is a protected one that was cut short"):
            AuditSession.open(path, key=key)


def test_a_wrong_key_is_told_from_damage(kind: Kind, tmp_path: Path) -> None:
    if kind.key is None:
        pytest.skip("of protected files")
    with pytest.raises(FileProtectedError, match="does not open with this passphrase"):
        AuditSession.open(kind.path, key=FileKey(bytes(32), kind.key.salt))
    held = bytearray(kind.path.read_bytes())
    held[4096 * 30 : 4096 * 31] = random.Random(2).randbytes(4096)
    path = tmp_path / "damaged.ncpi"
    path.write_bytes(held)
    with pytest.raises(FileDamagedError, match="is damaged"):
        AuditSession.open(path, key=kind.key)


STRANGE = {
    "empty": b"",
    "one byte": b"a",
    "text": b"Dear colleague,\n" * 500,
    "zeros": bytes(40_960),
    "header alone": b"SQLite format 3\x00",
    "header and zeros": b"SQLite format 3\x00" + bytes(40_944),
    "noise": random.Random(3).randbytes(40_960),
    "noise, not whole pages": random.Random(4).randbytes(40_000),
    "journal": MAGIC + bytes(5000),
    "zip": b"PK\x03\x04" + bytes(5000),
}


@pytest.mark.parametrize("key", [None, KEY], ids=["without a key", "with a key"])
def test_other_files(tmp_path: Path, key: FileKey | None) -> None:
    got_in = 0
    for name, held in STRANGE.items():
        path = tmp_path / f"{name}.ncpi"
        path.write_bytes(held)
        got_in += opened(path, key) is not None
    tell_fault("empty, not a database", len(STRANGE), got_in)
    assert got_in == 0


@dataclass(frozen=True)
class BrokenOff:
    """An audit in the middle of a change, part of which is in the file: the file, its journal, and what it held before."""

    file: bytes
    journal: bytes
    before: object
    key: FileKey | None


def broken_off(source: Path, folder: Path, key: FileKey | None, change: str) -> BrokenOff:
    """Break a change off in the middle, as a power cut does: some of its pages are in the file, the old ones in the journal."""
    folder.mkdir()
    path = Path(shutil.copy(source, folder / "work.ncpi"))
    before = everything(path, key)
    connection = connect(str(path), key=key)
    for statement in ("PRAGMA cache_size = 5", "PRAGMA cache_spill = 5", "BEGIN IMMEDIATE", change):
        connection.execute(statement).fetchall()
    left = BrokenOff(path.read_bytes(), journal_of(path).read_bytes(), before, key)
    connection.execute("ROLLBACK")
    connection.close()
    assert left.file != source.read_bytes()
    assert left.journal[:8] == MAGIC
    return left


_CHANGE = "UPDATE entries SET text = replace(text, 'e', 'E'), heading = 'altered'"


@pytest.fixture(scope="module")
def torn(kind: Kind, tmp_path_factory: pytest.TempPathFactory) -> BrokenOff:
    return broken_off(kind.path, tmp_path_factory.mktemp("torn") / "torn", kind.key, _CHANGE)


def laid(folder: Path, file: bytes, journal: bytes | None) -> Path:
    for held in folder.iterdir():
        held.unlink()
    path = folder / "audit.ncpi"
    path.write_bytes(file)
    if journal is not None:
        journal_of(path).write_bytes(journal)
    return path


def test_a_change_broken_off_is_taken_back(torn: BrokenOff, tmp_path: Path) -> None:
    path = laid(tmp_path, torn.file, torn.journal)
    assert opened(path, torn.key) == torn.before
    assert [held.name for held in tmp_path.iterdir()] == ["audit.ncpi"]


@pytest.mark.parametrize("times", [30, pytest.param(1_000, marks=pytest.mark.long)])
def test_a_journal_cut_anywhere(torn: BrokenOff, tmp_path: Path, times: int) -> None:
    pick = random.Random(5)
    refused = lost = 0
    for _time in range(times):
        path = laid(tmp_path, torn.file, torn.journal[: pick.randrange(1, len(torn.journal))])
        found = opened(path, torn.key)
        refused += found is None
        lost += found is not None and found != torn.before
    tell_fault("journal cut short", times, lost, refused=refused, protected=torn.key is not None)
    assert lost == 0
    assert refused > 0


@pytest.mark.parametrize("times", [30, pytest.param(1_000, marks=pytest.mark.long)])
def test_a_journal_with_flipped_bits(torn: BrokenOff, tmp_path: Path, times: int) -> None:
    """Bits of pages that the checksum leaves out pass it; what they lead to is a flipped bit in the file, which the check sees."""
    pick = random.Random(6)
    refused = lost = 0
    for _time in range(times):
        held = bytearray(torn.journal)
        held[pick.choice((pick.randrange(28), pick.randrange(len(held))))] ^= 1 << pick.randrange(8)
        path = laid(tmp_path, torn.file, bytes(held))
        try:
            found = everything(path, torn.key)
        except FileRefusedError:  # at opening, or where a page that the journal brought back is read
            refused += 1
            continue
        if found != torn.before:
            lost += not noticed_by_the_check(path, torn.key)
    tell_fault("journal with a flipped bit", times, lost, refused=refused, protected=torn.key is not None)
    assert lost == 0
    assert refused > 0


def test_the_journal_is_missing(torn: BrokenOff, tmp_path: Path) -> None:
    """Nothing says then that a change was broken off; the history does."""
    path = laid(tmp_path, torn.file, None)
    noticed = opened(path, torn.key) is None or noticed_by_the_check(path, torn.key)
    tell_fault("journal missing", 1, int(not noticed), protected=torn.key is not None)
    assert noticed


def test_a_journal_of_another_file(
    torn: BrokenOff, kind: Kind, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("others")
    others = {"another audit": folder / "other.ncpi", "a copy that went on": folder / "copy.ncpi"}
    shutil.copy(kind.path, others["another audit"])
    connection = connect(str(others["another audit"]), key=kind.key)
    connection.execute("UPDATE entries SET text = 'Another audit: ' || text")
    connection.close()
    shutil.copy(kind.path, others["a copy that went on"])
    session = AuditSession.open(others["a copy that went on"], person="Inspector 2", key=kind.key)
    for field in ("rationale", "notes"):
        reviewing.write_text(session, key_of(session, "DA-06"), field, "Nobody spoke to the younger child. " * 200)
    session.close()
    got_in, whole = 0, kind.path.read_bytes()
    for name, other in others.items():
        journal = broken_off(other, tmp_path_factory.mktemp("other") / "work", kind.key, _CHANGE).journal
        found = opened(laid(tmp_path, whole, journal), kind.key)
        got_in += found is not None and found != torn.before
        assert found in (None, torn.before), name
    tell_fault("journal of another file", len(others), got_in, protected=kind.key is not None)


def test_a_journal_that_names_a_further_file_harms_nothing(torn: BrokenOff, tmp_path: Path) -> None:
    """SQLite would take the change as done, or delete the file that is named."""
    victim = tmp_path.parent / f"{tmp_path.name}-victim.txt"
    victim.write_text("precious")
    name = os.fsencode(victim)
    ending = (
        (1).to_bytes(4, "big")
        + name
        + len(name).to_bytes(4, "big")
        + (sum(name) & 0xFFFFFFFF).to_bytes(4, "big")
        + MAGIC
    )
    assert opened(laid(tmp_path, torn.file, torn.journal + ending), torn.key) is None
    assert victim.read_text() == "precious"
    victim.unlink()


@pytest.mark.parametrize("pages", [1, 7, 2**31])
def test_a_forged_journal_that_would_cut_the_file(kind: Kind, tmp_path: Path, pages: int) -> None:
    head = MAGIC + bytes(8) + pages.to_bytes(4, "big") + (512).to_bytes(4, "big") + (4096).to_bytes(4, "big")
    assert opened(laid(tmp_path, kind.path.read_bytes(), head.ljust(512, b"\0")), kind.key) is None


def test_a_log_of_another_file(kind: Kind, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """SQLite would take in any log of that name, whatever file it was written for."""
    other = Path(shutil.copy(kind.path, tmp_path_factory.mktemp("log") / "other.ncpi"))
    connection = connect(str(other), key=kind.key)
    connection.execute("PRAGMA journal_mode = WAL").fetchall()
    connection.execute(_CHANGE)
    path = laid(tmp_path, kind.path.read_bytes(), None)
    shutil.copy(other.with_name("other.ncpi-wal"), path.with_name("audit.ncpi-wal"))
    connection.close()
    found = opened(path, kind.key)
    tell_fault("log of another file", 1, int(found is not None))
    assert found is None


def test_without_room_for_a_rehearsal_the_change_is_taken_back_all_the_same(
    torn: BrokenOff, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_given: object, **_named: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ncpi_desktop.storage.rehearsal.shutil.copyfile", full)
    assert opened(laid(tmp_path, torn.file, torn.journal), torn.key) == torn.before


def test_a_journal_of_somebody_at_work_is_no_obstacle(
    torn: BrokenOff, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What looks strange is looked at again: the change was finished meanwhile, and its journal is gone."""
    path = laid(tmp_path, torn.file, torn.journal)
    everything(path, torn.key)  # takes the change back
    whole = path.read_bytes()
    laid(tmp_path, torn.file, torn.journal[:8])
    looked: list[float] = []

    def finish(seconds: float) -> None:
        looked.append(seconds)
        laid(tmp_path, whole, None)

    monkeypatch.setattr("ncpi_desktop.storage.opening.time.sleep", finish)
    assert everything(path, torn.key) == torn.before
    assert len(looked) == 1


def test_what_a_killed_rehearsal_left_is_taken_away(torn: BrokenOff, tmp_path: Path) -> None:
    path = laid(tmp_path, torn.file, torn.journal)
    old, new = (tmp_path / f".audit.ncpi.rehearsal-{age}" for age in ("old", "new"))
    for folder in (old, new):
        folder.mkdir()
    os.utime(old, (0, 0))
    assert everything(path, torn.key) == torn.before
    assert sorted(held.name for held in tmp_path.iterdir()) == [new.name, "audit.ncpi"]
    new.rmdir()
