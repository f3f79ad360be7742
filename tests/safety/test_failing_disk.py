"""The n-th file operation fails, once or with all after it: a person is told, nothing is half done, and the next try works."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.workflows import reviewing, undoing
from ncpi_desktop.workflows.backing_up import back_up
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.exporting import ExportOrder, export
from ncpi_desktop.workflows.importing import run_import
from ncpi_desktop.workflows.session import AuditSession, utc_now
from tests.casework import complete, key_of
from tests.safety.faults.documents import is_whole_report, is_whole_workbook
from tests.safety.faults.engine_disk import EngineDisk
from tests.safety.faults.operations import FAILURES, FailureKind, Gauntlet
from tests.safety.faults.python_disk import PythonDisk
from tests.safety.report import tell_fault
from tests.storage.test_audit_file import break_off_a_change

PERSON = "Team lead"
CASE = "DA-06"

Act = Callable[[AuditSession], object]


def nothing(_session: AuditSession) -> None:
    """Nothing has to stand there before."""


def typing(session: AuditSession) -> object:
    return reviewing.write_text(session, key_of(session, CASE), "rationale", "Typed by hand, all of it. " * 60)


ACTS: dict[str, tuple[Act, Act]] = {
    "a grade": (nothing, lambda session: reviewing.give_grade(session, key_of(session, CASE), "good")),
    "typing": (nothing, typing),
    "submitting": (
        lambda session: complete(session, key_of(session, CASE)),
        lambda session: reviewing.submit(session, key_of(session, CASE)),
    ),
    "undo": (lambda session: reviewing.give_grade(session, key_of(session, CASE), "good"), undoing.undo),
}
"""What has to be done before, and the act."""


@dataclass
class Outcome:
    """What the tries came to; `faults` are what went wrong, in words, with how often."""

    tries: int = 0
    told: int = 0
    kept_all_the_same: int = 0
    called_damage: int = 0
    faults: Counter[str] = field(default_factory=Counter)
    sentences: Counter[str] = field(default_factory=Counter)

    def say(self, fault: str, operations: int) -> None:
        """Tell the report, and fail where anything was wrong."""
        details = {
            "operations": operations,
            "told": self.told,
            "kept_though_failed": self.kept_all_the_same,
            "called_damage": self.called_damage,
        }
        tell_fault(f"failing disk: {fault}", self.tries, sum(self.faults.values()), **details)
        assert self.faults == {}, self.sentences
        # A check, as of a backup, is there to find damage. Elsewhere nobody is to throw a sound file away; yet where the search
        # index can't be read, the engine itself does not say whether the disk or the file is at fault.
        assert fault == "a backup" or self.called_damage <= self.tries / 50, self.sentences
        assert self.told > 0


@dataclass
class Failing:
    """The disk under test: what fails next, and the folder in which Python's own operations are heard."""

    gauntlet: Gauntlet
    folder: Path


@pytest.fixture
def failing(swift_folder: Path) -> Iterator[Failing]:
    gauntlet = Gauntlet()
    engine, python = EngineDisk(gauntlet.hear), PythonDisk(swift_folder, gauntlet.hear)
    with ExitStack() as stack:
        stack.enter_context(engine.in_place())
        stack.enter_context(python.in_place())
        yield Failing(gauntlet, swift_folder)


def tries(operations: int, long_form: bool) -> list[int]:
    """Return which operations are to fail: all of them, or the first, the last and some between."""
    if long_form:
        return list(range(1, operations + 1))
    return sorted({1, (2 * operations) // 3, operations} - {0})


def met(
    failing: Failing, kind: FailureKind, at: int, outcome: Outcome, act: Callable[[], object], *, for_ever: bool
) -> bool:
    """Let `act` meet the failure; return whether it went well, as far as a person is told."""
    outcome.tries += 1
    failing.gauntlet.arm(kind, at, for_ever=for_ever)
    try:
        act()
    except KnownError as error:
        outcome.told += 1
        outcome.sentences[error.happened] += 1
        if not (error.happened and error.todo):
            outcome.faults[f"no way out is told: {error}"] += 1
        outcome.called_damage += "damaged" in error.happened
        return False
    except Exception as error:  # what a person would have met as a fault of the program
        outcome.faults[f"{type(error).__name__}: {error}"] += 1
        return False
    finally:
        failing.gauntlet.disarm()
    return True


def through_the_hub(session: AuditSession, act: Act) -> None:
    """Do `act` as the window does.

    Raises:
        KnownError: what the window says of it.
    """
    told: list[KnownError] = []
    hub = AuditHub(session)
    hub.save_failed.connect(told.append)
    hub.refused.connect(told.append)
    hub.do(act)  # type: ignore[arg-type]
    if told:
        raise told[0]


@pytest.mark.parametrize("name", ACTS)
def test_an_act_is_kept_or_told_of(name: str, sample_path: Path, failing: Failing, long_form: bool) -> None:
    prepare, act = ACTS[name]
    session = AuditSession.open(sample_path, person=PERSON)
    prepare(session)
    session.close()
    outcome, most = Outcome(), 0
    for kind in FAILURES:
        operations = count(failing, sample_path, kind, act)
        most = max(most, operations)
        for at in tries(operations, long_form):
            for for_ever in (False, True):
                copied = Path(shutil.copy(sample_path, failing.folder / "audit.ncpi"))
                try_act(copied, act, failing, kind, at, outcome, for_ever=for_ever)
                if long_form or (at, kind) == (1, FAILURES[0]):
                    note_unsound(copied, outcome)
    outcome.say(name, most)


def count(failing: Failing, path: Path, kind: FailureKind, act: Act) -> int:
    """Return how many operations of `act` the failure could befall."""
    session = AuditSession.open(Path(shutil.copy(path, failing.folder / "counted.ncpi")), person=PERSON)
    failing.gauntlet.arm(kind, 0, for_ever=False)
    act(session)
    failing.gauntlet.disarm()
    session.close()
    return failing.gauntlet.count


def try_act(
    path: Path, act: Act, failing: Failing, kind: FailureKind, at: int, outcome: Outcome, *, for_ever: bool
) -> None:
    """Let `act` meet the failure; then it must be there if it was said to be, and work if it was not."""
    session = AuditSession.open(path, person=PERSON)
    try:
        before = session.file.last_sequence()

        def once() -> None:
            through_the_hub(session, act)

        saved = met(failing, kind, at, outcome, once, for_ever=for_ever)
        kept = session.file.last_sequence() > before
        if saved and not kept:
            outcome.faults["acknowledged and not there"] += 1
        if not saved and kept:
            outcome.kept_all_the_same += 1
        if not saved and not kept and for_ever and met(failing, kind, 1, outcome, once, for_ever=True):
            outcome.faults["said to be done on a disk that fails"] += 1
        if not saved and not kept:
            once()
        if session.file.last_sequence() != before + 1:
            outcome.faults["the next try left something else than one change"] += 1
    except KnownError as error:
        outcome.faults[f"the next try was refused: {error.happened}"] += 1
    finally:
        session.close()
    if last_sequence(path) != before + 1:
        outcome.faults["read anew, the file holds something else than one change"] += 1


def last_sequence(path: Path) -> int:
    file = AuditFile.open(path, read_only=True)
    try:
        return file.last_sequence()
    finally:
        file.close()


def note_unsound(path: Path, outcome: Outcome) -> None:
    report = check(path)
    if not report.sound:
        outcome.faults[f"unsound: {report.problems[0]}"] += 1
    left = sorted(held.name for held in path.parent.glob(f"*{path.name}*"))
    if left != [path.name]:
        outcome.faults[f"left beside it: {left}"] += 1


def test_an_import_is_kept_whole_or_not_at_all(
    sample_path: Path, failing: Failing, new_cases: Path, long_form: bool
) -> None:
    outcome, most = Outcome(), 0

    def act(session: AuditSession) -> object:
        return run_import(session, new_cases).changed

    for kind in FAILURES:
        operations = count(failing, sample_path, kind, act)
        most = max(most, operations)
        for at in tries(operations, long_form):
            copied = Path(shutil.copy(sample_path, failing.folder / "audit.ncpi"))
            try_act(copied, act, failing, kind, at, outcome, for_ever=at % 2 == 0)
            if long_form or (at, kind) == (1, FAILURES[0]):
                note_unsound(copied, outcome)
    outcome.say("an import", most)


def open_and_close(path: Path) -> None:
    AuditSession.open(path, person=PERSON).close()


def test_opening_what_a_power_cut_left_is_done_or_told_of(sample_path: Path, failing: Failing, long_form: bool) -> None:
    sequence = last_sequence(sample_path)
    break_off_a_change(sample_path)
    journal = sample_path.with_name(sample_path.name + "-journal")
    outcome, most = Outcome(), 0

    path = failing.folder / "audit.ncpi"

    def broken_off() -> None:
        shutil.copy(journal, failing.folder / "audit.ncpi-journal")
        shutil.copy(sample_path, path)

    for kind in FAILURES:
        failing.gauntlet.arm(kind, 0, for_ever=False)
        broken_off()
        open_and_close(path)
        operations = failing.gauntlet.count
        most = max(most, operations)
        for at in tries(operations, long_form):
            for for_ever in (False, True):
                broken_off()
                met(failing, kind, at, outcome, lambda: open_and_close(path), for_ever=for_ever)
                session = AuditSession.open(path, person=PERSON)
                if session.file.last_sequence() != sequence or session.read_only:
                    outcome.faults["not as it was before the change"] += 1
                session.close()
                if long_form or (at, kind) == (1, FAILURES[0]):
                    note_unsound(path, outcome)
    outcome.say("opening after a power cut", most)


def test_a_backup_is_whole_or_not_there(sample_path: Path, failing: Failing, long_form: bool) -> None:
    audit = Path(shutil.copy(sample_path, failing.folder / "audit.ncpi"))
    before = audit.read_bytes()
    target = failing.folder / "backup.ncpi"
    outcome, most = Outcome(), 0
    for kind in FAILURES:
        remove_but(failing.folder, audit)
        failing.gauntlet.arm(kind, 0, for_ever=False)
        back_up(audit, target, utc_now())
        operations = failing.gauntlet.count
        most = max(most, operations)
        for at in tries(operations, long_form):
            for for_ever in (False, True):
                remove_but(failing.folder, audit)
                done = met(failing, kind, at, outcome, lambda: back_up(audit, target, utc_now()), for_ever=for_ever)
                if target.exists():
                    note_unsound_document(lambda: check(target).sound, outcome)
                    outcome.kept_all_the_same += not done
                elif done:
                    outcome.faults["acknowledged and not there"] += 1
                else:
                    back_up(audit, target, utc_now())
        if audit.read_bytes() != before:
            outcome.faults["the audit was written to"] += 1
    outcome.say("a backup", most)


def remove_but(folder: Path, kept: Path) -> None:
    for held in folder.iterdir():
        if held != kept:
            held.unlink()


def note_unsound_document(is_whole: Callable[[], bool], outcome: Outcome) -> None:
    try:
        whole = is_whole()
    except Exception:
        whole = False
    if not whole:
        outcome.faults["half a document"] += 1


@pytest.mark.parametrize(("name", "is_whole"), [("workbook.xlsx", is_whole_workbook), ("report.pdf", is_whole_report)])
def test_an_export_is_whole_and_the_earlier_one_stands_until_it_is(
    sample_path: Path, failing: Failing, long_form: bool, name: str, is_whole: Callable[[Path], bool]
) -> None:
    target = failing.folder / name
    order = ExportOrder(workbook=target) if name.endswith("xlsx") else ExportOrder(report=target)
    outcome, most = Outcome(), 0
    for kind in FAILURES if long_form else FAILURES[::2]:
        failing.gauntlet.arm(kind, 0, for_ever=False)
        export(sample_path, order)
        operations = failing.gauntlet.count
        most = max(most, operations)
        for at in tries(operations, long_form)[:: 1 if long_form else 2]:
            target.write_bytes(b"the earlier one")
            done = met(failing, kind, at, outcome, lambda: export(sample_path, order), for_ever=at % 2 == 0)
            held = target.read_bytes()
            if done or held != b"the earlier one":
                note_unsound_document(lambda: is_whole(target), outcome)
            outcome.kept_all_the_same += not done and held != b"the earlier one"
            left = [path.name for path in failing.folder.iterdir() if path != target]
            if left and at % 2:
                outcome.faults[f"left beside it: {left}"] += 1
            remove_but(failing.folder, target)
        export(sample_path, order)
        assert is_whole(target)
    outcome.say(f"export of a {target.stem}", most)
