"""A session belongs to one person, and tells its ledger what is committed and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ncpi_desktop.domain.casework.inspection import Role
from ncpi_desktop.domain.errors import FileRefusedError, NotSavedError
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.workflows import reviewing
from ncpi_desktop.workflows.browsing import history
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import key_of

Opener = Callable[..., AuditSession]


def test_a_session_knows_what_it_is_about(sample: AuditSession, sample_path: Path) -> None:
    assert sample.path == sample_path
    assert sample.inspection.force == "Northshire Police"
    assert sample.methodology.code == "ncpi-2018"
    assert (sample.name, sample.read_only) == ("Inspector 2", False)
    assert sample.person is not None
    assert sample.person_named(sample.person.key) == "Inspector 2"
    assert sample.person_named(None) == sample.person_named(99) == ""


def test_opening_and_looking_writes_nothing(sample_path: Path, opener: Opener) -> None:
    before = sample_path.read_bytes()
    session = opener(sample_path, "Somebody new", read_only=True)
    reviewing.lay_on_desk(session, key_of(session, "DA-05"))
    assert session.person is None
    session.close()
    assert sample_path.read_bytes() == before


def test_someone_new_is_written_in_with_their_first_change(sample: AuditSession) -> None:
    sample.sign_in("  Zoë  ")
    before = sample.file.last_sequence()
    reviewing.give_grade(sample, key_of(sample, "DA-06"), "good")
    assert sample.person is not None
    assert (sample.person.name, sample.person.roles) == ("Zoë", {Role.INSPECTOR})
    acts = [(change.action, change.person) for change in history(sample)[:2]]
    assert acts == [("grade", "Zoë"), ("name-person", "Zoë")]
    assert sample.file.last_sequence() == before + 2
    assert sample.ledger.to_undo is not None
    reviewing.give_grade(sample, key_of(sample, "S47-06"), "good")
    assert sample.file.last_sequence() == before + 3


def test_a_name_that_no_file_can_hold_is_made_storable(sample: AuditSession) -> None:
    sample.sign_in("Zo\ud800")
    reviewing.give_grade(sample, key_of(sample, "DA-06"), "good")
    assert sample.person is not None
    assert sample.person.name == "Zo\ufffd"


def test_without_a_name_the_work_is_kept_all_the_same(sample: AuditSession) -> None:
    sample.sign_in("")
    reviewing.give_grade(sample, key_of(sample, "DA-06"), "good")
    assert history(sample)[0].person == ""
    assert sample.person is None


def test_signing_in_changes_whose_steps_are_undone(sample: AuditSession) -> None:
    reviewing.give_grade(sample, key_of(sample, "DA-06"), "good")
    sample.sign_in("Inspector 1")
    assert sample.ledger.to_undo is None
    sample.sign_in("Inspector 2")
    assert sample.ledger.to_undo is not None


def test_a_failed_change_leaves_the_ledger_alone(sample: AuditSession) -> None:
    with pytest.raises(RuntimeError), sample.change(Action.GRADE, case_identity="c") as change:
        change.set("reviews", "r", "grade", None, "good")
        raise RuntimeError
    assert sample.ledger.to_undo is None
    with sample.change(Action.GRADE, case_identity="c"):
        pass
    assert sample.ledger.to_undo is None


def test_read_only_reads_everything_and_writes_nothing(sample_path: Path, opener: Opener) -> None:
    before = sample_path.read_bytes()
    session = opener(sample_path, "Somebody new", read_only=True)
    assert session.read_only
    with pytest.raises(NotSavedError, match="open for reading only"):
        reviewing.give_grade(session, key_of(session, "DA-06"), "good")
    session.close()
    assert sample_path.read_bytes() == before


def test_a_file_whose_making_was_broken_off_is_refused(tmp_path: Path) -> None:
    AuditFile.create(tmp_path / "half.ncpi").close()
    before = (tmp_path / "half.ncpi").read_bytes()
    with pytest.raises(FileRefusedError, match="is damaged"):
        AuditSession.open(tmp_path / "half.ncpi")
    assert (tmp_path / "half.ncpi").read_bytes() == before


def test_a_file_whose_inside_makes_no_sense_is_refused_and_closed(sample_path: Path) -> None:
    file = AuditFile.open(sample_path)
    file.connection.execute("UPDATE inspection SET kind = 'inspectino'")
    file.close()
    with pytest.raises(FileRefusedError, match="is damaged"):
        AuditSession.open(sample_path)
