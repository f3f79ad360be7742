"""Written findings on paper and in the workbook: their figures in place, nothing in them markup or formula, nothing told that is held back."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.findings.finding import FindingKind, FindingPlace, Illustration, LinkedCase, Subject
from ncpi_desktop.domain.findings.finding_text import told_text
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.findings.tally import CaseOutcome, FinalJudgement
from ncpi_desktop.exports.report.report import write_report
from ncpi_desktop.exports.workbook.workbook import write_workbook
from tests.builders import WEAKNESS, make_findings, make_written
from tests.exports.report.audits import pages_of
from tests.exports.workbook.reading import lint_workbook, table_of

HOSTILE = "<b>bold</b> & {{}} {{ %s =cmd|' /C calc'!A0 ]]> </para> &amp; \x01 中"


def with_written(*written: object, cases: int = 2) -> Findings:
    final = FinalJudgement("good", reasons=(WEAKNESS,))
    return make_findings([CaseOutcome("s47", "submitted", final=final)] * cases, written=written)


def report_of(findings: Findings, tmp_path: Path) -> str:
    write_report(tmp_path / "r.pdf", findings, iter(()))
    return "\n".join(pages_of(tmp_path / "r.pdf"))


def rows_of(findings: Findings, tmp_path: Path) -> list[dict[str, object]]:
    # The cases themselves make no difference to this sheet, so the audit has none.
    write_workbook(tmp_path / "w.xlsx", findings, iter(()))
    assert lint_workbook(tmp_path / "w.xlsx") == []
    workbook = load_workbook(tmp_path / "w.xlsx")
    assert {cell.data_type for cells in workbook["Findings"].iter_rows() for cell in cells} <= {"s", "n"}
    rows: list[dict[str, object]] = table_of(workbook["Findings"])
    return rows


def test_the_report_tells_findings_by_chapter_and_kind_with_their_figures(tmp_path: Path) -> None:
    training = FindingPlace(FindingKind.EFFECTIVE_PRACTICE, Subject.TRAINING)
    told = Illustration(CaseKey(1), "DA-01", "A child waited two days.")
    findings = with_written(
        make_written(
            text="# What we saw\nIn **{{graded}} cases** nobody asked.\n\n- One point\n- Another\n\n1. First\n2. Second",
            cases=(LinkedCase(CaseKey(1), "DA-01"),),
            illustrations=(told,),
        ),
        make_written(place=training, title="Training reached everybody", text="_All_ were trained."),
    )
    words = report_of(findings, tmp_path)
    order = [
        *(
            "Findings",
            "Decision-making",
            "Shortcomings",
            "Decisions were poor",
            "What we saw",
            "In 2 cases nobody asked.",
        ),
        *(
            "•",
            "One point",
            "Another",
            "1.",
            "First",
            "Case DA-01",
            "A child waited two days.",
            "Seen in: DA-01",
            "Training",
        ),
        *(
            "Effective practice that others can copy",
            "Training reached everybody",
            "All were trained.",
            "Why practice fell short",
        ),
    ]
    place = words.index("Findings\n") if "Findings\n" in words else words.index("Findings")
    for part in order:
        assert part in words[place:], part
        place = words.index(part, place)


def test_the_report_has_no_such_section_where_nothing_is_written(tmp_path: Path) -> None:
    assert "Shortcomings" not in report_of(with_written(), tmp_path)


@pytest.mark.parametrize("field", ["title", "text", "illustration"])
def test_hostile_words_are_words_on_paper(tmp_path: Path, field: str) -> None:
    told = (Illustration(CaseKey(1), "DA-01", HOSTILE),) if field == "illustration" else ()
    findings = with_written(make_written(illustrations=told, **({} if told else {field: HOSTILE})))
    words = " ".join(report_of(findings, tmp_path).split())
    assert "<b>bold</b> &" in words
    assert "%s =cmd|' /C calc'!A0 ]]> </para> &amp; [U+0001] [U+4E2D]" in words


def test_a_text_of_many_pages_is_printed_whole(tmp_path: Path) -> None:
    text = "word " * 20_000 + "\n" + "a\n" * 3000 + "the end"
    assert "the end" in report_of(with_written(make_written(text=text)), tmp_path)


def test_the_sheet_holds_the_words_as_text_and_the_same_figures(tmp_path: Path) -> None:
    findings = with_written(
        make_written(
            title="=1+1",
            text="In {{graded}} cases. " + HOSTILE,
            reasons=(WEAKNESS,),
            cases=(LinkedCase(CaseKey(1), "DA-01"), LinkedCase(CaseKey(2), "DA-02")),
            illustrations=(Illustration(CaseKey(1), "DA-01", "=A1"),),
        ),
        cases=0,
    )
    (row,) = rows_of(findings, tmp_path)
    assert (row["Stage or subject"], row["Kind"], row["Title"]) == ("Decision-making", "Shortcoming", "=1+1")
    assert row["Text"] == told_text(findings.written[0], findings).replace("\x01", "\u2401")
    assert str(row["Text"]).startswith("In 0 cases. <b>bold</b>")
    assert row["Reasons"] == findings.methodology.reason_by_code[WEAKNESS].wording
    assert (row["Cases"], row["Illustrations"]) == ("DA-01, DA-02", "DA-01: =A1")


def test_nothing_held_back_or_closed_is_told(tmp_path: Path) -> None:
    held = Illustration(CaseKey(1), "DA-01", "Kevin came home.", is_held_back=True)
    findings = with_written(make_written(illustrations=(held,), withheld=2), cases=0)
    (row,) = rows_of(findings, tmp_path)
    words = report_of(findings, tmp_path)
    for told in (str(row["Illustrations"]), " ".join(words.split())):
        assert "Kevin" not in told
        assert "An illustration of DA-01 is held back" in told
        assert "2 cases or illustrations are left out" in told
