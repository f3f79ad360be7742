"""A new audit holds its inspection and a copy of its methodology, or nothing is left behind."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ncpi_desktop.domain.casework.inspection import PreviousResults
from ncpi_desktop.domain.errors import NotSavedError, OutputNotWrittenError, RefusedError, WrongUseError
from ncpi_desktop.domain.findings.comparison import Verdict
from ncpi_desktop.workflows.browsing import history
from ncpi_desktop.workflows.creating import create_audit, record_previous
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of
from tests.builders import make_inspection
from tests.conftest import FIRST_MOMENT

Opener = Callable[..., AuditSession]


def test_the_first_line_of_the_history_tells_who_made_it(tmp_path: Path, opener: Opener) -> None:
    create_audit(tmp_path / "a.ncpi", make_inspection(), person="Team lead", at=FIRST_MOMENT)
    session = opener(tmp_path / "a.ncpi")
    (line,) = history(session)
    assert (line.sequence, line.action, line.person, line.at) == (1, "create", "Team lead", FIRST_MOMENT)
    assert session.inspection == make_inspection()
    assert findings_of(session).cases == 0


@pytest.mark.parametrize("force", ["", "  ", "\t\n"])
def test_a_force_has_a_name(tmp_path: Path, force: str) -> None:
    with pytest.raises(RefusedError, match="name of a force"):
        create_audit(tmp_path / "a.ncpi", make_inspection(force=force))
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_methodology_is_refused_and_the_known_ones_named(tmp_path: Path) -> None:
    with pytest.raises(WrongUseError, match="ncpi-2014, ncpi-2018, ncpi-2024"):
        create_audit(tmp_path / "a.ncpi", make_inspection(methodology="../ncpi-2018"))
    assert list(tmp_path.iterdir()) == []


def test_what_stands_there_is_left_alone(fresh_path: Path) -> None:
    before = fresh_path.read_bytes()
    with pytest.raises(OutputNotWrittenError, match="exists already"):
        create_audit(fresh_path, make_inspection())
    assert fresh_path.read_bytes() == before


def test_making_that_fails_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_given: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ncpi_desktop.workflows.creating.write_methodology", fail)
    with pytest.raises(NotSavedError):
        create_audit(tmp_path / "a.ncpi", make_inspection())
    assert list(tmp_path.iterdir()) == []


def test_previous_results_can_be_recorded_anew_and_the_newest_counts(fresh_audit: AuditSession) -> None:
    record_previous(fresh_audit, PreviousResults("1" * 32, "June 2017", percent_good=31))
    changed = record_previous(fresh_audit, PreviousResults("2" * 32, "January 2017", good=22, total=76))
    assert changed.saved_at is not None
    findings = findings_of(fresh_audit)
    assert findings.previous is not None
    assert findings.previous.label == "January 2017"
    assert findings.change is not None
    assert findings.change.verdict is Verdict.CANNOT_TELL  # nothing is graded yet
    assert history(fresh_audit)[0].detail == "January 2017"
