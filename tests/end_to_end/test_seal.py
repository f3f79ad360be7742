"""The seal printed on workbook and report is one of the file's own, and stays so whatever is done to the file afterwards."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl

from ncpi_desktop.workflows import reviewing
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.exporting import ExportOrder, export
from ncpi_desktop.workflows.redacting import redact
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import key_of
from tests.exports.report.audits import pages_of


def printed_seals(workbook: Path, report: Path) -> set[str]:
    """Every seal that stands in the cells of the workbook and on the pages of the report."""
    book = openpyxl.load_workbook(workbook, read_only=True)
    cells = " ".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell)
    book.close()
    pages = "".join("".join(page.split()) for page in pages_of(report))
    in_workbook, in_report = (set(re.findall(r"[0-9a-f]{64}", text)) for text in (cells, pages))
    assert in_workbook == in_report
    return in_workbook


def test_both_print_the_last_seal_and_the_check_knows_it_later(
    sample: AuditSession, sample_path: Path, fresh_path: Path, tmp_path: Path
) -> None:
    order = ExportOrder(workbook=tmp_path / "findings.xlsx", report=tmp_path / "findings.pdf")
    reviewing.write_text(sample, key_of(sample, "DA-06"), "notes", "Ring 07700 900123.")
    export(sample_path, order)
    (seal,) = printed_seals(tmp_path / "findings.xlsx", tmp_path / "findings.pdf")
    assert seal == sample.file.last_seal()
    number = sample.file.last_sequence()
    reviewing.give_grade(sample, key_of(sample, "DA-06"), "good")
    sample.sign_in("Team lead")
    redact(sample, "07700 900123", "a telephone number")
    sample.close()
    assert check(sample_path, seal).asked_at == number
    assert check(sample_path, seal).sound
    assert any("made from another file" in problem for problem in check(fresh_path, seal).problems)
