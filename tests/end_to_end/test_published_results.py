"""Published results, rebuilt by command alone: summary, workbook and report print the published counts and percentage."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook

from ncpi_desktop.__main__ import main

# force, kind, area, good, requires improvement, inadequate, published percentage (whole numbers, halves up)
PUBLISHED = (
    ("Nottinghamshire", "post-inspection-review", "exploitation", 0, 1, 5, 0),
    ("Dorset", "inspection", "s47", 20, 35, 28, 24),
    ("Dorset", "post-inspection-review", "s47", 10, 10, 11, 32),
    ("Derbyshire", "inspection", "s47", 20, 31, 28, 25),
    ("Warwickshire", "inspection", "s47", 23, 23, 28, 31),
    ("Warwickshire", "post-inspection-review", "s47", 9, 15, 10, 26),
)


def run(*words: object) -> int:
    return main([str(word) for word in words])


def case_file(folder: Path, area: str, good: int, improve: int, inadequate: int) -> Path:
    path = folder / "cases.csv"
    grades = ["good"] * good + ["Requires improvement"] * improve + ["inadequate"] * inadequate
    with path.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["Case", "Area", "Reviewer", "Grade"])
        rows.writerows([f"C-{number}", area, "Inspector 1", grade] for number, grade in enumerate(grades, start=1))
    return path


def words_of(report: Path) -> str:
    document = pypdfium2.PdfDocument(report)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in document)
    finally:
        document.close()


@pytest.mark.parametrize(("force", "kind", "area", "good", "improve", "inadequate", "percent"), PUBLISHED)
def test_a_published_result_is_printed_by_all_three(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    force: str,
    kind: str,
    area: str,
    good: int,
    improve: int,
    inadequate: int,
    percent: int,
) -> None:
    audit, total = tmp_path / "audit.ncpi", good + improve + inadequate
    assert run("new", audit, "--force", force, "--kind", kind, "--methodology", "ncpi-2018") == 0
    assert run("import", audit, case_file(tmp_path, area, good, improve, inadequate)) == 0
    capsys.readouterr()
    assert run("summary", audit, "--json") == 0
    figures = json.loads(capsys.readouterr().out)
    assert figures["grades"] == {"good": good, "requires-improvement": improve, "inadequate": inadequate}
    assert (figures["graded"], figures["percent_good"]) == (total, percent)

    workbook, report = tmp_path / "findings.xlsx", tmp_path / "findings.pdf"
    assert run("export", audit, "--workbook", workbook, "--report", report) == 0
    book = load_workbook(workbook, read_only=True)
    cells = [row for row in book["Areas"].iter_rows(min_row=6, values_only=True) if row[0]]
    book.close()
    assert {good, improve, inadequate, total} <= {cell for cell in cells[0] if isinstance(cell, int)}
    text = words_of(report)
    cases = "case" if good == 1 else "cases"
    counted = f"Practice was good in {good} {cases}, requiring improvement in {improve} and inadequate in {inadequate}, of {total} graded."
    assert counted in text
    assert f"{percent}%" in text
    assert f"{good} of {total}" in text


def test_a_percentage_without_counts_claims_nothing_of_chance(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    audit = tmp_path / "leicestershire.ncpi"
    new = ("new", audit, "--force", "Leicestershire", "--kind", "post-inspection-review", "--methodology", "ncpi-2018")
    assert run(*new, "--previous-percent", "29", "--previous-label", "January 2017") == 0
    assert run("import", audit, case_file(tmp_path, "s47", 16, 9, 5)) == 0
    capsys.readouterr()
    assert run("summary", audit, "--json") == 0
    change = json.loads(capsys.readouterr().out)["change"]
    assert (change["points"], change["interval"], change["p"]) == (24, None, None)
    assert change["verdict"] == "cannot tell: the counts are not known"
    report = tmp_path / "findings.pdf"
    assert run("export", audit, "--report", report) == 0
    text = words_of(report)
    assert "29 per cent of cases were good" in text
    assert "cannot be told: the counts are not known" in text


def test_two_scales_side_by_side_warn(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for year, middle in (("2014", "adequate"), ("2018", "requires improvement")):
        audit = tmp_path / f"{year}.ncpi"
        source = tmp_path / f"{year}.csv"
        source.write_text(f"case,area,grade\nA-1,s47,good\nA-2,s47,{middle}\nA-3,s47,inadequate\n", encoding="utf-8")
        assert run("new", audit, "--force", "Both", "--kind", "inspection", "--methodology", f"ncpi-{year}") == 0
        assert run("import", audit, source) == 0
    capsys.readouterr()
    assert run("compare", tmp_path / "2018.ncpi", tmp_path / "2014.ncpi", "--json") == 1
    found = json.loads(capsys.readouterr().out)
    assert any("methodologies differ" in warning for warning in found["warnings"])
