"""An audit beside an earlier one: the counts come over, on the scale they were given on."""

from __future__ import annotations

from pathlib import Path

import pytest

from ncpi_desktop.domain.errors import FileRefusedError
from ncpi_desktop.workflows.comparing import compare
from ncpi_desktop.workflows.creating import create_audit
from ncpi_desktop.workflows.session import AuditSession
from tests.builders import make_case, make_inspection
from tests.casework import bring_in, hand_in, key_of


def audit_with(path: Path, methodology: str, *grades: str) -> Path:
    create_audit(path, make_inspection(methodology=methodology))
    session = AuditSession.open(path, person="Inspector 1")
    bring_in(session, *(make_case(f"DA-{number}") for number in range(len(grades))))
    for number, grade in enumerate(grades):
        hand_in(session, key_of(session, f"DA-{number}"), grade)
    session.close()
    return path


def test_an_audit_against_itself_has_not_changed(sample_path) -> None:
    comparison = compare(sample_path, sample_path)
    assert comparison.change.points == 0
    assert comparison.change.p == pytest.approx(1)
    assert comparison.warnings == ()
    assert len(comparison.areas) == 9
    assert {area.change.points for area in comparison.areas} == {0}


def test_outstanding_counts_as_good_on_the_scale_that_has_it(tmp_path) -> None:
    before = audit_with(tmp_path / "before.ncpi", "ncpi-2024", "outstanding", "good", "adequate")
    now = audit_with(tmp_path / "now.ncpi", "ncpi-2018", "good", "inadequate")
    comparison = compare(now, before)
    assert (comparison.previous.good, comparison.previous.total) == (2, 3)
    (area,) = comparison.areas
    assert (area.previous.good, area.previous.total) == (2, 3)
    assert "methodologies differ" in comparison.warnings[0]


def test_a_strange_file_is_refused(sample_path, tmp_path) -> None:
    with pytest.raises(FileRefusedError):
        compare(sample_path, tmp_path / "nowhere.ncpi")
    with pytest.raises(FileRefusedError):
        compare(tmp_path / "nowhere.ncpi", sample_path)
