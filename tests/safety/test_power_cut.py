"""The power goes at any moment of a recorded session: what was acknowledged is there, and the file is sound.

The same cuts with weaker settings of the engine lose acknowledged changes: so the test would notice.
"""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import pytest

from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.storage import opening
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.migrations import SCHEMA_VERSION
from ncpi_desktop.workflows.backing_up import back_up
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.importing import run_import
from ncpi_desktop.workflows.session import AuditSession, utc_now
from tests.safety.conftest import HowMany
from tests.safety.faults.engine_disk import EngineDisk
from tests.safety.faults.operations import Operation, Place
from tests.safety.faults.power_cut import PoweredDisk, Recorder
from tests.safety.faults.python_disk import PythonDisk
from tests.safety.faults.working_day import acts, do
from tests.safety.report import tell_fault
from tests.storage.early_file import early_file

SEED = 20181128
PERSON = "Inspector 2"

WEAKER = {
    "DELETE FULL": ("synchronous = FULL",),
    "WAL NORMAL": ("journal_mode = WAL", "synchronous = NORMAL"),
    "DELETE OFF": ("synchronous = OFF",),
}
"""Other settings of the engine, each of which is known to lose."""


@dataclass
class Recording:
    """What was done to which files; `folder` is where they stood."""

    folder: Path
    files: dict[str, bytes]
    operations: list[Operation] = field(default_factory=list)


@dataclass
class Outcome:
    """What the cuts came to. `lost` are cuts after which something acknowledged was missing, `unsound` those with a damaged file."""

    cuts: int = 0
    lost: int = 0
    unsound: int = 0
    states: int = 0
    acknowledged: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    def note(self, lost: str) -> None:
        self.cuts += 1
        if lost:
            self.reasons[lost] += 1
            self.lost += lost.startswith("lost")
            self.unsound += not lost.startswith("lost")


def record(path: Path, work: Callable[[Callable[[], None]], None]) -> Recording:
    """Do `work` on the audit at `path` while all file operations in its folder are written down."""
    recorder = Recorder()
    files = {str(held): held.read_bytes() for held in sorted(path.parent.iterdir())}
    engine, python = EngineDisk(recorder.hear), PythonDisk(path.parent, recorder.hear)
    with ExitStack() as stack:
        stack.enter_context(engine.in_place())
        stack.enter_context(python.in_place())
        work(lambda: recorder.hear(acknowledgement(path)))
    operations = [made for made in recorder.operations if not made.place.path.endswith(".lock")]
    return Recording(path.parent, files, operations)


def acknowledgement(path: Path, sequence: int = 0, seal: str = "") -> Operation:
    return Operation("acknowledged", Place(str(path)), sequence=sequence, seal=seal)


def record_grading(path: Path, count: int) -> Recording:
    """Record a session of `count` acts; each is acknowledged with the sequence and seal of its history line."""
    recorder = Recorder()
    files = {str(path): path.read_bytes()}
    random = Random(SEED)
    with EngineDisk(recorder.hear).in_place():
        session = AuditSession.open(path, person=PERSON)
        try:
            for act in acts(session, random, count):
                do(session, act)
                recorder.hear(acknowledgement(path, session.file.last_sequence(), session.file.last_seal()))
        finally:
            session.close()
    return Recording(path.parent, files, recorder.operations)


def cut(
    recording: Recording, folder: Path, cuts: int, lost_in: Callable[[Path, Operation | None, set[str]], str]
) -> Outcome:
    """Cut the power `cuts` times at random, each time put down what is left, and ask `lost_in` what of it is lost."""
    random = Random(SEED + cuts)
    disk, outcome, seen = PoweredDisk(recording.files), Outcome(), set[str]()
    acknowledged: Operation | None = None
    places = Counter(random.randint(0, len(recording.operations)) for _cut in range(cuts))
    for place in range(len(recording.operations) + 1):
        for _cut in range(places[place]):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            for path, held in disk.left_without_power(random).items():
                (folder / Path(path).name).write_bytes(held)
            outcome.note(lost_in(folder, acknowledged, seen))
        if place == len(recording.operations):
            break
        operation = recording.operations[place]
        if operation.kind == "acknowledged":
            acknowledged = operation
            outcome.acknowledged += 1
        else:
            disk.do(operation)
    outcome.states = len(seen)
    return outcome


def lost_changes(folder: Path, acknowledged: Operation | None, seen: set[str]) -> str:
    """Open what is left with the program; return what is lost of what was acknowledged, or what is wrong with the file."""
    path = next(folder.glob("*.ncpi"))
    try:
        file = AuditFile.open(path)
        try:
            last = file.last_sequence()
            sequence = acknowledged.sequence if acknowledged else 0
            row = file.connection.execute("SELECT seal FROM history WHERE sequence = ?", (sequence,)).fetchone()
        finally:
            file.close()
    except KnownError as error:
        return f"refused: {error.happened}"
    if acknowledged is not None and (last < sequence or row != (acknowledged.seal,)):
        return "lost an acknowledged change"
    return unsound(path, seen)


def unsound(path: Path, seen: set[str]) -> str:
    """Return what is wrong with the audit at `path`; each state of it is looked through once."""
    state = hashlib.sha256(path.read_bytes()).hexdigest()
    if state in seen:
        return ""
    seen.add(state)
    report = check(path)
    if not report.sound:
        return f"unsound: {report.problems[0]}"
    try:
        AuditSession.open(path, person=PERSON).close()  # it asks nothing
    except KnownError as error:
        return f"unsound: {error.happened}"
    left = sorted(held.name for held in path.parent.glob(f"*{path.name}*"))
    return "" if left == [path.name] else f"unsound: {left}"


def test_whatever_is_graded_and_acknowledged_survives(sample_path: Path, swift_folder: Path, how_many: HowMany) -> None:
    recording = record_grading(sample_path, how_many(16, 250))
    outcome = cut(recording, swift_folder / "left", how_many(150, 10_000), lost_changes)
    told = {"acknowledged": outcome.acknowledged, "operations": len(recording.operations), "states": outcome.states}
    tell_fault("power cut while grading", outcome.cuts, outcome.lost + outcome.unsound, **told)
    assert outcome.reasons == {}
    assert outcome.acknowledged == how_many(16, 250)
    assert outcome.states > how_many(10, 100)


@pytest.mark.parametrize("setting", WEAKER)
def test_with_weaker_settings_the_same_cuts_lose_acknowledged_changes(
    sample_path: Path, swift_folder: Path, how_many: HowMany, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    with monkeypatch.context() as weaker:
        keep = opening._keep_one_file

        def weakened(connection: Connection) -> None:
            keep(connection)
            for pragma in WEAKER[setting]:
                connection.execute(f"PRAGMA {pragma}").fetchall()

        weaker.setattr(opening, "_keep_one_file", weakened)
        recording = record_grading(sample_path, how_many(8, 250))
    outcome = cut(recording, swift_folder / "left", how_many(40, 10_000), lost_changes)
    tell_fault(
        f"the same cuts with {setting}, which must lose",
        outcome.cuts,
        outcome.lost + outcome.unsound,
        must_lose=True,
        damaged=outcome.unsound,
    )
    assert outcome.lost + outcome.unsound > 0, "the cuts would not show a loss"


def test_a_backup_is_whole_or_not_there(sample_path: Path, swift_folder: Path, how_many: HowMany) -> None:
    target = sample_path.with_name("backup.ncpi")

    def work(acknowledge: Callable[[], None]) -> None:
        back_up(sample_path, target, utc_now())
        acknowledge()

    source = sample_path.read_bytes()

    def lost(folder: Path, acknowledged: Operation | None, seen: set[str]) -> str:
        backup, audit = folder / target.name, folder / sample_path.name
        if acknowledged is not None and not backup.exists():
            return "lost the backup"
        if audit.read_bytes() != source:
            return "unsound: the audit was written to"
        if backup.exists() and (fault := unsound(backup, seen)):
            return fault
        return ""

    recording = record(sample_path, work)
    assert len(recording.operations) > 100
    outcome = cut(recording, swift_folder / "left", how_many(40, 2_000), lost)
    tell_fault("power cut during a backup", outcome.cuts, outcome.lost + outcome.unsound)
    assert outcome.reasons == {}


def test_an_import_is_there_or_not(sample_path: Path, swift_folder: Path, how_many: HowMany, new_cases: Path) -> None:
    def work(acknowledge: Callable[[], None]) -> None:
        session = AuditSession.open(sample_path, person="Team lead")
        before.append(session.file.last_sequence())
        try:
            run_import(session, new_cases)
            before.append(session.file.last_sequence())
            acknowledge()
        finally:
            session.close()

    before: list[int] = []

    def lost(folder: Path, acknowledged: Operation | None, seen: set[str]) -> str:
        path = folder / sample_path.name
        try:
            file = AuditFile.open(path)
            last = file.last_sequence()
            file.close()
        except KnownError as error:
            return f"refused: {error.happened}"
        if last not in before:
            return "unsound: something between"
        if acknowledged is not None and last != before[1]:
            return "lost the import"
        return unsound(path, seen)

    outcome = cut(record(sample_path, work), swift_folder / "left", how_many(40, 2_000), lost)
    tell_fault("power cut during an import", outcome.cuts, outcome.lost + outcome.unsound, states=outcome.states)
    assert outcome.reasons == {}
    assert outcome.states >= 2


def test_a_migration_is_done_or_not(swift_folder: Path, how_many: HowMany) -> None:
    (swift_folder / "old").mkdir()
    older = early_file(swift_folder / "old")
    assert check(older).sound

    def work(acknowledge: Callable[[], None]) -> None:
        AuditFile.open(older, before_migrating=lambda _connection: None).close()
        acknowledge()

    versions = Counter[int]()

    def lost(folder: Path, acknowledged: Operation | None, seen: set[str]) -> str:
        path = folder / older.name
        try:
            AuditFile.open(path).close()
            version = int.from_bytes(path.read_bytes()[60:64], "big")
            versions[version] += 1
            if acknowledged is not None and version != SCHEMA_VERSION:
                return "lost the migration"
            if hashlib.sha256(path.read_bytes()).hexdigest() in seen:
                return ""
            seen.add(hashlib.sha256(path.read_bytes()).hexdigest())
            AuditFile.open(path, before_migrating=lambda _connection: None).close()
        except KnownError as error:
            return f"refused: {error.happened}"
        return unsound(path, seen)

    outcome = cut(record(older, work), swift_folder / "left", how_many(40, 2_000), lost)
    tell_fault("power cut during a migration", outcome.cuts, outcome.lost + outcome.unsound, by_version=dict(versions))
    assert outcome.reasons == {}
    # Each step from one version to the next is done or not.
    assert 1 in versions
    assert set(versions) - {1}
    assert set(versions) <= set(range(1, SCHEMA_VERSION + 1))
