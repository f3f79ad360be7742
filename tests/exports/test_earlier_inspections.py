"""Earlier inspections stand in workbook and report as the bundle's series has them: every share with both n, every change with its sentence."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook

from ncpi_desktop.domain.findings.comparing.series import Series
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.storage.engine import connect
from ncpi_desktop.workflows.earlier_inspections import inspections_in, record_earlier, typed_inspection
from ncpi_desktop.workflows.exporting import ExportOrder, export
from ncpi_desktop.workflows.session import AuditSession
from tests.exports.report.audits import pages_of
from tests.exports.workbook.reading import table_of

HOSTILE = "+1 <b>March 2014</b> &amp;"


@pytest.fixture
def handed(sample_path: Path, tmp_path: Path, opener: Callable[..., AuditSession]) -> tuple[Findings, Series]:
    other = Path(shutil.copy(sample_path, tmp_path / "Other.ncpi"))
    connection = connect(str(other))
    connection.execute(
        "UPDATE inspection SET identity = 'x', fieldwork_start = '2015-03-02', fieldwork_end = '2015-03-13'"
    )
    connection.execute(
        "UPDATE tallies SET cases = cases + 9 WHERE measure = 'grade' AND one = 's47' AND other = 'inadequate'"
    )
    connection.close()
    session = opener(sample_path, "Team lead")
    (figures,) = inspections_in(other, session.inspection, session.methodology)
    record_earlier(session, figures)
    record_earlier(session, typed_inspection(session, HOSTILE, "29%"))
    session.close()
    order = ExportOrder(workbook=tmp_path / "w.xlsx", report=tmp_path / "r.pdf")
    findings = export(sample_path, order, person="Team lead")
    assert findings.series is not None
    return findings, findings.series


def test_the_sheets_show_the_series(handed: tuple[Findings, Series], tmp_path: Path) -> None:
    _findings, series = handed
    workbook = load_workbook(tmp_path / "w.xlsx")
    rows = table_of(workbook["Inspections"])
    assert [(row["Inspection"], row["Graded good"], row["Graded (n)"], row["Per cent good"]) for row in rows] == [
        (one.label, one.good.part, one.good.whole, one.good.percent) for one in series.inspections
    ]
    assert rows[0]["Inspection"] == HOSTILE
    told = [
        (
            between.before.label,
            between.now.label,
            change.before.part,
            change.before.whole,
            change.now.part,
            change.now.whole,
        )
        for between in series.changes
        for change in between.every
    ]
    held = table_of(workbook["Comparison"])
    names = ("From", "To", "Before: cases", "Before: n", "Now: cases", "Now: n")
    assert [tuple(row[name] for name in names) for row in held] == told
    assert len(told) > 60
    areas = [row for row in held if row["Of"] == "area" and row["From"].endswith("March 2015")]
    section_47 = next(row for row in areas if row["Share"] == "Section 47 enquiries")
    assert (section_47["Before: cases"], section_47["Before: n"], section_47["Now: n"]) == (3, 14, 5)
    assert "corrected for asking" in section_47["Chance"]


def test_the_report_shows_the_series(handed: tuple[Findings, Series], tmp_path: Path) -> None:
    _findings, series = handed
    words = " ".join(" ".join(pages_of(tmp_path / "r.pdf")).split())
    for warning in series.warnings:
        assert warning in words
    assert HOSTILE in words
    for title in ("Change by area", "Change by grade", "Change by stage", "Change by reason"):
        assert title in words
    assert "29%" in words
    assert "counts not known" in words
