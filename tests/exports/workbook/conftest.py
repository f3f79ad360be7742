from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from openpyxl import load_workbook
from openpyxl.workbook import Workbook

from ncpi_desktop.domain.casework.case_line import CaseLine
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.exports.workbook.workbook import write_workbook
from ncpi_desktop.workflows.exporting import case_lines
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of


class Handed(NamedTuple):
    """A workbook handed over, and what it was made from."""

    path: Path
    findings: Findings
    lines: list[CaseLine]
    workbook: Workbook


@pytest.fixture(scope="session")
def handed(built_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Handed:
    """The workbook of the sample, written once."""
    session = AuditSession.open(built_sample, read_only=True)
    try:
        findings = findings_of(session)
        lines = list(case_lines(session, findings))
    finally:
        session.close()
    path = tmp_path_factory.mktemp("handed") / "Northshire.xlsx"
    write_workbook(path, findings, iter(lines))
    return Handed(path, findings, lines, load_workbook(path))
