"""`compare` of an audit file alone: with the earlier inspections that it records itself."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ncpi_desktop.domain.casework.inspection import CaseChoice
from ncpi_desktop.workflows.earlier_inspections import record_earlier, recorded_series, typed_inspection
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of


def test_the_command_line_tells_the_same_as_the_page(
    program, sample_path: Path, opener: Callable[..., AuditSession]
) -> None:
    session = opener(sample_path, "Team lead")
    record_earlier(session, typed_inspection(session, "Inspection, March 2014", "10 of 60"), CaseChoice.RANDOM)
    series = recorded_series(session, findings_of(session))
    session.close()
    answer = program("compare", sample_path, "--json")
    assert answer.code == 1  # the kinds differ
    assert series is not None
    assert [one["good"]["part"] for one in answer.form["inspections"]] == [one.good.part for one in series.inspections]
    assert answer.form["change"]["p"] == series.latest.overall.p
    assert answer.form["inspections"][0]["chosen"] == "drawn at random"


def test_an_audit_that_records_none_says_so(program, fresh_path: Path) -> None:
    answer = program("compare", fresh_path)
    assert answer.code == 2
    assert "records no earlier inspection" in answer.err
