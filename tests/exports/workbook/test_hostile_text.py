from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ncpi_desktop.domain.casework.case import Child
from ncpi_desktop.exports.workbook.safe_text import plain_text
from ncpi_desktop.exports.workbook.workbook import write_workbook
from tests.builders import make_case, make_inspection
from tests.exports.workbook.lines import findings_on, make_line
from tests.exports.workbook.reading import frame_of, lint_workbook, table_of

HOSTILE = [
    "=1+1",
    '=HYPERLINK("http://example.invalid","here")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\tTab first",
    "|cmd",
    "{=1}",
    "'quoted",
    "<b>bold</b> & </t></is></c>",
    "]]>",
    "&amp;",
    " spaces at both ends ",
    "line\nbreak",
    "emoji \U0001f9d2\U0001f3fd and \u202eright to left\u202c \u05d0\u05d1",
    "#REF!",
    "1E5",
    "TRUE",
    "https://example.invalid/" + "x" * 2100,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_text_arrives_as_it_was_and_is_never_a_formula(tmp_path: Path, text: str) -> None:
    line = make_line(case=make_case(text, tags=(text,), children=(Child(text),)), rationale=text, own_rationale=text)
    target = tmp_path / "w.xlsx"
    write_workbook(target, findings_on([line], inspection=make_inspection(force=text)), [line])
    assert lint_workbook(target) == []
    workbook = load_workbook(target)
    (row,) = table_of(workbook["Cases"])
    assert [row["Reference"], row["Tags"], row["Rationale"], row["The force’s rationale"]] == [text] * 4
    assert table_of(workbook["Cover"])[0]["Particulars"] == text
    for sheet in workbook.worksheets:
        assert {cell.data_type for cells in sheet.iter_rows() for cell in cells} <= {"s", "n", "d"}
    assert frame_of(target, "Cases", dtype=str)["Rationale"].item() == text


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tTab", "'x"])
def test_what_might_become_a_formula_when_edited_is_marked_as_text(tmp_path: Path, text: str) -> None:
    line = make_line(text)
    write_workbook(tmp_path / "w.xlsx", findings_on([line]), [line])
    assert load_workbook(tmp_path / "w.xlsx")["Cases"]["A6"].quotePrefix


@pytest.mark.parametrize("text", ["bell \x07", "\x00", "lone \udc00", "\r\r\n", "\uffff", "\x1b[31m"])
def test_characters_that_no_file_may_hold_are_shown(tmp_path: Path, text: str) -> None:
    line = make_line("DA-01", rationale=text)
    write_workbook(tmp_path / "w.xlsx", findings_on([line]), [line])
    assert table_of(load_workbook(tmp_path / "w.xlsx")["Cases"])[0]["Rationale"] == plain_text(text)


@pytest.mark.parametrize("text", ["word " * 8_000, "\U0001f9d2" * 20_000, "=1+1 " * 20_000, "x" * 32_768])
def test_a_text_longer_than_a_cell_is_kept_whole(tmp_path: Path, text: str) -> None:
    lines = [make_line("DA-01"), make_line("DA-02", rationale=text)]
    target = tmp_path / "w.xlsx"
    write_workbook(target, findings_on(lines), lines)
    assert lint_workbook(target) == []
    workbook = load_workbook(target)
    parts = table_of(workbook["Long texts"])
    assert "".join(part["Text"] for part in parts) == text
    assert {(p["Sheet"], p["Row"], p["First cell of that row"], p["Column"]) for p in parts} == {
        ("Cases", 7, "DA-02", "Rationale")
    }
    assert [part["Part"] for part in parts] == list(range(1, len(parts) + 1))
    begun: str = table_of(workbook["Cases"])[1]["Rationale"]
    head, pointer, _rest = begun.partition(" … [the whole text stands on the sheet “Long texts”]")
    assert pointer
    assert text.startswith(head)
    assert all(len(held.encode("utf-16-le")) <= 2 * 32_767 for held in (begun, *(part["Text"] for part in parts)))


def test_a_text_that_just_fits_stays_in_its_cell(tmp_path: Path) -> None:
    line = make_line(rationale="x" * 32_767)
    write_workbook(tmp_path / "w.xlsx", findings_on([line]), [line])
    workbook = load_workbook(tmp_path / "w.xlsx")
    assert table_of(workbook["Cases"])[0]["Rationale"] == "x" * 32_767
    assert "Long texts" not in workbook.sheetnames


def test_a_force_with_a_name_of_any_length_fits_everywhere(tmp_path: Path) -> None:
    name = "R&D =1+1 \x07 " * 5_000
    write_workbook(tmp_path / "w.xlsx", findings_on([], inspection=make_inspection(force=name)), [])
    assert lint_workbook(tmp_path / "w.xlsx") == []
    workbook = load_workbook(tmp_path / "w.xlsx")
    assert "".join(part["Text"] for part in table_of(workbook["Long texts"])) == plain_text(name)
    for sheet in workbook.worksheets:
        printed: Any = sheet.oddFooter
        assert len(str(printed)) <= 255
        assert "R&D" in printed.left.text.replace("&&", "&")


def test_labels_that_a_lead_made_cannot_break_the_table(tmp_path: Path) -> None:
    from dataclasses import replace

    from tests.builders import make_methodology

    told = make_methodology()
    grades = tuple(
        replace(grade, label=label)
        for grade, label in zip(told.scale.grades, ["Cases", "cases", "=1+1\nx\x07"], strict=True)
    )
    methodology = replace(
        told,
        scale=type(told.scale)(grades),
        areas=tuple(replace(area, label="=A1 <&> \x07") for area in told.areas),
    )
    lines = [make_line("DA-01", "good"), make_line("DA-02", "inadequate")]
    write_workbook(tmp_path / "w.xlsx", findings_on(lines, methodology=methodology), lines)
    assert lint_workbook(tmp_path / "w.xlsx") == []
