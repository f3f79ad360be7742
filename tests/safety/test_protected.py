"""Promise 7 for protected files: a change of passphrase is whole or has not been, whenever it is killed, and nothing plain is left."""

from __future__ import annotations

import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ncpi_desktop.domain.errors import FileProtectedError
from ncpi_desktop.domain.record.backup import Occasion
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.storage.backup_folder import backup_name, backups_folder, kept_backups
from ncpi_desktop.storage.new_key import making_path, new_key_path, old_key_path
from ncpi_desktop.storage.opening import journal_of
from ncpi_desktop.workflows import reviewing
from ncpi_desktop.workflows.backing_up import back_up
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.protecting import is_protected, set_passphrase, unlock
from ncpi_desktop.workflows.session import AuditSession, utc_now
from tests.casework import key_of
from tests.conftest import PASSPHRASE
from tests.safety.report import tell_fault

HOUSE = Path(__file__).parents[2]
TYPED = "The sergeant wrote xylophone-plum in the log."
SECRET = b"xylophone-plum"
PASSPHRASES = (None, PASSPHRASE, "another four words here")

Change = tuple[str | None, str | None]
CHANGES: tuple[Change, ...] = tuple((old, new) for old in PASSPHRASES for new in PASSPHRASES if old != new)


@dataclass
class Changer:
    """The process that is killed again and again."""

    process: subprocess.Popen[str]
    told: Counter[str] = field(default_factory=Counter)

    def attempt(self, path: Path, change: Change, **when: object) -> str:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        order = {"path": str(path), "old": change[0], "new": change[1], **when}
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        told = self.process.stdout.readline().strip()
        assert told.startswith(("killed", "done")), told
        assert told != "done failed"
        return told


@pytest.fixture
def changer(quick_keys: None) -> Iterator[Changer]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.safety.passphrase_changer"],
        cwd=HOUSE,
        env={**os.environ},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    with process:
        yield Changer(process)
        assert process.stdin is not None
        process.stdin.close()
    assert process.returncode == 0


@dataclass
class Ground:
    """An audit with something typed in it and two kept backups, by the passphrase it is under; as it is before each attempt."""

    folder: Path
    kept: Path
    path: Path
    backups: Path

    def lay_out(self, passphrase: str | None) -> None:
        for folder in (self.path.parent, self.backups):
            shutil.rmtree(folder, ignore_errors=True)
        source = self.kept / str(PASSPHRASES.index(passphrase))
        shutil.copytree(source / "audit", self.path.parent)
        shutil.copytree(source / "backups", self.backups)

    def files(self) -> list[Path]:
        return [path for folder in (self.path.parent, self.backups) for path in folder.iterdir()]


@pytest.fixture
def ground(sample_path: Path, tmp_path: Path, quick_keys: None) -> Ground:
    """Made once for each passphrase, then copied."""
    session = AuditSession.open(sample_path, person="Inspector 2")
    backups = backups_folder(session.inspection.identity)
    reviewing.write_text(session, key_of(session, "DA-06"), "rationale", TYPED)
    sequence = session.file.last_sequence()
    session.close()
    made = Ground(tmp_path, tmp_path / "kept", tmp_path / "audit" / "Northshire.ncpi", backups)
    backups.mkdir(parents=True)
    for second in (1, 2):
        at = utc_now().replace(microsecond=0, second=second)
        back_up(sample_path, backups / backup_name(at, sequence, Occasion.HALF_HOUR), at)
    key = None
    for place, passphrase in enumerate(PASSPHRASES):
        if passphrase:
            key = set_passphrase(sample_path, passphrase, key=key).key
        source = made.kept / str(place)
        (source / "audit").mkdir(parents=True)
        shutil.copy(sample_path, source / "audit" / made.path.name)
        shutil.copytree(backups, source / "backups")
    return made


def key_by(path: Path, *passphrases: str | None) -> FileKey | None:
    """Return the key by whichever passphrase opens `path`; exactly one must."""
    if not is_protected(path):
        assert None in passphrases, "it lost its passphrase"
        return None
    keys = []
    for passphrase in passphrases:
        try:
            keys += [unlock(path, passphrase)] if passphrase else []
        except FileProtectedError:
            continue
    assert len(keys) == 1, "it opens with neither passphrase"
    return keys[0]


def look_over(ground: Ground, change: Change) -> bool:
    """Look at what a killed change has left; return whether it had been made. Everything is asserted here."""
    path = ground.path
    assert [found.name for found in path.parent.glob("*.ncpi")] == [path.name], "a part would be listed as an audit"
    assert len(kept_backups(ground.backups)) == 2
    key = key_by(path, *change)
    made = (key is not None, key is not None and key.salt) != (change[0] is not None, _salt_before(ground, change))
    report = check(path, key=key)
    assert report.sound, report.problems
    session = AuditSession.open(path, key=key, person="Inspector 2")  # which sweeps
    try:
        assert not session.read_only
        assert reviewing.lay_on_desk(session, key_of(session, "DA-06")).review.rationale == TYPED
        told = session.file.connection.execute("SELECT count(*) FROM history_values WHERE \"table\" = 'protection'")
        before = 0 if change[0] is None else PASSPHRASES.index(change[0])
        assert told.fetchone()[0] == before + int(made)
    finally:
        session.close()
    assert sorted(found.name for found in ground.files()) == sorted(
        [path.name, *(backup.path.name for backup in kept_backups(ground.backups))]
    ), "something was left over"
    for backup in kept_backups(ground.backups):
        assert check(backup.path, key=key_by(backup.path, change[1] if made else change[0])).sound
    if key is not None:
        assert not [found.name for found in ground.files() if SECRET in found.read_bytes()], "plain text was left"
    return made


def _salt_before(ground: Ground, change: Change) -> object:
    if change[0] is None:
        return False
    return (ground.kept / str(PASSPHRASES.index(change[0])) / "audit" / ground.path.name).read_bytes()[:16]


def moments(count: int) -> Iterator[tuple[Change, float]]:
    chance = random.Random(20261128)
    for _attempt in range(count):
        yield chance.choice(CHANGES), chance.random() * 0.7


def killed_at_moments(changer: Changer, ground: Ground, count: int) -> Counter[str]:
    told: Counter[str] = Counter()
    for change, after in moments(count):
        ground.lay_out(change[0])
        told[changer.attempt(ground.path, change, after=after).split()[0]] += 1
        told["changed" if look_over(ground, change) else "as before"] += 1
    return told


def test_killed_at_any_moment_it_is_before_or_after(changer: Changer, ground: Ground) -> None:
    told = killed_at_moments(changer, ground, 5)
    tell_fault("SIGKILL at random moments of a passphrase change", 5, 0, **told)


@pytest.mark.long
def test_killed_at_a_hundred_moments_it_is_before_or_after(changer: Changer, ground: Ground) -> None:
    told = killed_at_moments(changer, ground, 100)
    tell_fault("SIGKILL at random moments of a passphrase change", 100, 0, **told)
    assert told["changed"]
    assert told["as before"]


def killed_at_operations(changer: Changer, ground: Ground, change: Change, step: Callable[[int], bool]) -> list[bool]:
    outcomes = []
    ground.lay_out(change[0])
    count = int(changer.attempt(ground.path, change).removeprefix("done "))
    for event in range(1, count + 1):
        if step(event):
            ground.lay_out(change[0])
            assert changer.attempt(ground.path, change, event=event) == "killed"
            outcomes.append(look_over(ground, change))
    return outcomes


@pytest.mark.long
@pytest.mark.parametrize("change", CHANGES)
def test_killed_before_each_operation_on_files(changer: Changer, ground: Ground, change: Change) -> None:
    outcomes = killed_at_operations(changer, ground, change, lambda event: True)
    tell_fault("SIGKILL before each file operation of a passphrase change", len(outcomes), 0, changed=sum(outcomes))
    assert outcomes == sorted(outcomes), "once it is made it stays made"
    assert len(set(outcomes)) == 2


def test_killed_before_every_ninth_operation_on_files(changer: Changer, ground: Ground) -> None:
    outcomes = killed_at_operations(changer, ground, (None, PASSPHRASE), lambda event: event % 9 == 5)
    assert outcomes == sorted(outcomes)


@pytest.mark.parametrize("kind", [making_path, new_key_path, old_key_path, lambda path: journal_of(making_path(path))])
def test_whatever_is_left_over_is_swept_by_the_next_to_write(
    protected_path: Path, quick_keys: None, kind: Callable[[Path], Path]
) -> None:
    left = kind(protected_path)
    left.write_bytes(SECRET * 1000)
    key = unlock(protected_path, PASSPHRASE)
    AuditSession.open(protected_path, key=key, read_only=True).close()
    assert left.exists()
    with left.open("rb") as still:
        AuditSession.open(protected_path, key=key).close()
        assert not left.exists()
        assert SECRET not in still.read()


def test_a_second_name_of_the_file_itself_is_not_overwritten(protected_path: Path, quick_keys: None) -> None:
    """Killed between the second name and the rename."""
    old_key_path(protected_path).hardlink_to(protected_path)
    key = unlock(protected_path, PASSPHRASE)
    AuditSession.open(protected_path, key=key).close()
    assert check(protected_path, key=key).sound
    assert [path.name for path in protected_path.parent.iterdir()] == [protected_path.name]
