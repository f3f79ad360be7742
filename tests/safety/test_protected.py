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


def plain_parts(*folders: Path) -> list[str]:
    """The files in `folders` that hold the typed word, in any of the ways text is written."""
    forms = [SECRET, SECRET.decode().encode("utf-16-le"), SECRET.upper(), SECRET.decode().encode("utf-16-be")]
    found = []
    for folder in folders:
        for path in folder.rglob("*"):
            held = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
            found += [str(path)] if any(form in held for form in forms) else []
    return found


def files_that_begin(start: bytes, folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file() and path.read_bytes().startswith(start)]


WORKING = """
import os, signal, sys, tempfile
from pathlib import Path
from PySide6.QtCore import QSettings
from PySide6.QtTest import QTest
from ncpi_desktop.domain.record import file_key
file_key.ROUNDS = 500
from ncpi_desktop.ui.application import make_application
from ncpi_desktop.ui.dialogs.import_dialog import ImportDialog
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.ui.preferences import Preferences
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.workflows.browsing import case_called
from ncpi_desktop.workflows.backing_up import back_up
from ncpi_desktop.workflows.session import utc_now
path, source, away, backups, passphrase, typed = map(str, sys.argv[1:])
path = Path(path)
app = make_application()
theme = Theme("light"); theme.apply(app)
window = MainWindow(theme, Preferences(path.with_name("settings.ini")))
window.show()
def until(done):
    for _turn in range(4000):
        if done():
            return
        QTest.qWait(5)
    raise SystemExit("it took too long")
window.open_file(path)
def give(desk):
    desk().field.setText(passphrase); desk().unlock_button.click()
give(lambda: window.protection.prompt); until(lambda: window.audit is not None)
session = window.audit.hub.session
dialog = ImportDialog(theme, window.background, path, "Team lead", window, key=window.audit.copy_key, beside=session)
dialog.show(); dialog.look_at(Path(source)); until(dialog.bring_button.isEnabled)
dialog.bring_button.click(); until(lambda: bool(dialog.outcome))
window.audit.pages.go_to_case(case_called(session, "DA-06"))
box = window.audit.pages.review().judgement.texts.rationale
box.setFocus(); QTest.keyClicks(box, typed); window.audit.pages.flush()
window.commands.handing_over.write("workbook", path, Path(away) / "out.xlsx", window.audit.copy_key())
until(lambda: not window.background.is_busy and (Path(away) / "out.xlsx").exists())
key = window.audit.copy_key()
back_up(path, Path(backups), utc_now(), key=key)
window.actions_.lock.trigger()
give(lambda: window.locking.prompt); until(lambda: not window.locking.is_locked)
window.show_page("history"); QTest.qWait(20)
written, watching = [], True
def note(event, told):
    if event == "open" and watching and isinstance(told[0], (str, bytes)):
        path, mode, flags = told
        if set(mode or "") & set("wax+") or (flags or 0) & (os.O_WRONLY | os.O_RDWR):
            if not os.fsdecode(path).startswith(str(Path(window.preferences.path))):
                written.append(path)
sys.addaudithook(note)
window.show_page("findings"); findings = window.audit.pages.currentWidget(); findings.show_pane("report")
report = findings.pane("report")
until(lambda: report.draft.preview is not None and not report.draft.is_working)
until(lambda: report.view.is_painted(0) and not report.pages.is_busy)
assert "Just over half of the cases" in report.view.accessibleDescription()
watching = False
assert not written, f"written while previewing: {written}"
window.preferences.write()
window.audit.pages.go_to_case(case_called(session, "DA-06"))
connection = session.file.connection
connection.execute("BEGIN IMMEDIATE")
connection.execute("PRAGMA cache_spill = 1"); connection.execute("PRAGMA cache_size = 5")
connection.execute("UPDATE entries SET text = text || ' ' || ?", (typed,))
print("in the middle of a change", flush=True)
sys.stdin.readline()
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_no_plain_text_reaches_the_disk(protected_path: Path, tmp_path: Path) -> None:
    """In a real window: typing, an import, an export that is taken away, a backup, a lock, a preview, and a kill in the middle of a change."""
    home, away, source = tmp_path / "home", tmp_path / "away", tmp_path / "source"
    for folder in (home, home / "tmp", away, source):
        folder.mkdir()
    audit = Path(shutil.move(protected_path, home / protected_path.name))
    table = source / "cases.csv"
    table.write_text(f"case,area,day,time,heading,text\nDA-90,domestic-abuse,0,10:00,Call,{TYPED}\n", encoding="utf-8")
    surroundings = {name: str(home / "data") for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")}
    process = subprocess.Popen(
        [
            *(sys.executable, "-c", WORKING, str(audit), str(table), str(away), str(home / "backup.ncpi")),
            *(PASSPHRASE, TYPED),
        ],
        cwd=HOUSE,
        env={**os.environ, **surroundings, "TMPDIR": str(home / "tmp"), "HOME": str(home)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    with process:
        assert process.stdout is not None
        assert process.stdin is not None
        assert process.stderr is not None
        told = process.stdout.readline()
        assert told == "in the middle of a change\n", process.stderr.read()
        journal = journal_of(audit)
        assert journal.stat().st_size > 4096, "there is a journal to look at"
        assert plain_parts(home) == []
        assert files_that_begin(b"%PDF", home) == [], "the preview stays in memory"
        process.stdin.write("\n")
        process.stdin.flush()
        process.wait(timeout=20)
        said = process.stderr.read()
    assert SECRET.decode() not in said
    assert plain_parts(home) == []
    assert plain_parts(source) == [str(table)], "the search has teeth"
    key = unlock(audit, PASSPHRASE)
    session = AuditSession.open(audit, key=key, person="Inspector 2")
    try:
        case = key_of(session, "DA-06")
        assert reviewing.lay_on_desk(session, case).review.rationale == TYPED
        assert session.writing is not None
        assert session.writing.after_crash
    finally:
        session.close()
    assert check(home / "backup.ncpi", key=key).sound
    assert plain_parts(home) == []


def chi_square(held: bytes) -> float:
    counts = Counter(held)
    expected = len(held) / 256
    return sum((counts[value] - expected) ** 2 / expected for value in range(256))


def test_a_protected_file_can_not_be_told_from_random(sample_path: Path, tmp_path: Path, quick_keys: None) -> None:
    files = []
    for place in range(3):
        path = Path(shutil.copy(sample_path, tmp_path / f"{place}.ncpi"))
        set_passphrase(path, PASSPHRASE)
        files.append(path.read_bytes())
    # Of random bytes, 255 degrees of freedom: below 170 and above 365 comes by chance in fewer than one of 50,000 files.
    assert chi_square(sample_path.read_bytes()) > 10_000, "a plain file is far from random"
    for held in files:
        assert 170 < chi_square(held) < 365
        assert b"SQLite" not in held
        assert held[:4096].count(held[:16]) == 1
        pages = [held[place : place + 16] for place in range(0, len(held), 4096)]
        assert len(set(pages)) == len(pages)
        ends = [held[place - 80 : place] for place in range(4096, len(held) + 1, 4096)]
        assert len(set(ends)) == len(ends)
    for one, other in ((0, 1), (1, 2), (0, 2)):
        same = sum(a == b for a, b in zip(files[one], files[other], strict=False))
        assert abs(same / min(map(len, files)) - 1 / 256) < 0.001
        assert files[one][:16] != files[other][:16]


def test_no_crash_leaves_an_image_of_the_memory(protected_path: Path) -> None:
    resource = pytest.importorskip("resource")
    script = (
        "import resource, sys; from pathlib import Path; from ncpi_desktop.domain.record import file_key; file_key.ROUNDS = 500\n"
        "from ncpi_desktop.workflows.protecting import unlock; unlock(Path(sys.argv[1]), sys.argv[2])\n"
        "print(resource.getrlimit(resource.RLIMIT_CORE))"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, str(protected_path), PASSPHRASE],
        capture_output=True,
        text=True,
        cwd=HOUSE,
        check=True,
    )
    assert told.stdout.strip() == "(0, 0)"
    assert resource.RLIMIT_CORE is not None
