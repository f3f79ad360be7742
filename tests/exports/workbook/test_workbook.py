from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pandas as pd
import pytest
from lxml import etree
from openpyxl import load_workbook

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.recommendation import Origin
from ncpi_desktop.domain.casework.referral import Referral
from ncpi_desktop.domain.errors import OutputNotWrittenError
from ncpi_desktop.domain.findings.own_words import sets_of
from ncpi_desktop.domain.findings.quality_words import (
    agreement_sentence,
    coefficient_interval_words,
    readers_words,
    remarks_of,
)
from ncpi_desktop.domain.findings.sentences import interval_words
from ncpi_desktop.domain.methodology.reason import Polarity
from ncpi_desktop.domain.moderation.agreement import Agreement
from ncpi_desktop.exports.workbook.summary_sheet import summary_sheet
from ncpi_desktop.exports.workbook.table_sheet import Coefficient
from ncpi_desktop.exports.workbook.workbook import write_workbook
from tests.builders import make_findings, make_inspection, make_methodology, make_pair
from tests.exports.workbook.conftest import Handed
from tests.exports.workbook.lines import findings_on, make_line
from tests.exports.workbook.reading import CHART, DRAWING, frame_of, lint_workbook, members, table_of

SHEETS = [
    *(
        "Cover",
        "Summary",
        "Areas",
        "Stages",
        "Findings",
        "Reasons",
        "Reasons by area",
        "Inspections",
        "Comparison",
        "Own grades",
        "Own grades agreement",
        "Own grades sets",
    ),
    *(
        "Strategy discussions",
        "Quality",
        "Quality grades",
        "Quality reasons",
        "Referrals",
        "Recommendations",
        "Recommendation log",
        "Cases",
        "Notes",
    ),
]


def test_it_keeps_every_rule_of_an_accessible_and_inert_workbook(handed: Handed) -> None:
    assert lint_workbook(handed.path) == []
    assert handed.workbook.sheetnames == SHEETS


def test_the_headline_stands_in_the_summary_with_its_n(handed: Handed) -> None:
    rows = {row["Figure"]: row for row in table_of(handed.workbook["Summary"])}
    share = rows["Per cent good"]
    assert (share["Value"], share["Of how many (n)"], share["95% interval"]) == (53, 30, "36% to 70%")
    counts = [rows[f"Graded {grade}"]["Value"] for grade in ("good", "requires improvement", "inadequate")]
    assert counts == [16, 9, 5]
    assert (rows["Cases"]["Value"], rows["To do"]["Value"], rows["Graded"]["Value"]) == (36, 6, 30)
    before = rows["Per cent good, previous inspection"]
    assert (before["Value"], before["Of how many (n)"]) == (29, 76)
    assert rows["Change since then"]["Value"] == 24
    assert "unlikely to be chance" in rows["Change since then"]["In words"]
    assert rows["Referrals still open"]["Value"] == handed.findings.open_referrals


def test_every_percentage_has_its_n_in_its_row(handed: Handed) -> None:
    found = 0
    for sheet in handed.workbook.worksheets:
        for row in sheet.iter_rows(min_row=6):
            if any(cell.number_format == '0"%"' for cell in row):
                found += 1
                numbers = [cell for cell in row if isinstance(cell.value, int) and cell.number_format == "#,##0"]
                assert numbers, (sheet.title, row[0].value)
    assert found > 15


def test_areas_and_stages_are_those_of_the_findings(handed: Handed) -> None:
    areas = frame_of(handed.path, "Areas").set_index("Area")
    for found in handed.findings.areas:
        row = areas.loc[found.area.label]
        assert [row["Good"], row["Requires improvement"], row["Inadequate"]] == [n for _g, n in found.grades.counts]
        assert (row["Cases"], row["Of graded (n)"]) == (found.cases, found.grades.graded)
        assert (row["Per cent good"], row["95% interval"]) == (
            found.grades.percent_good,
            interval_words(found.grades.interval),
        )
    assert len(areas) == len(handed.findings.areas)
    stages = frame_of(handed.path, "Stages").set_index("Stage")
    for stage in handed.findings.stages:
        assert stages.loc[stage.stage.label]["Good"] == stage.grades.good
        assert stages.loc[stage.stage.label]["Not applicable"] == stage.not_applicable


def test_reasons_are_those_of_the_findings_and_their_areas_add_up(handed: Handed) -> None:
    reasons = frame_of(handed.path, "Reasons")
    given = {found.reason.code: found.cases for found in handed.findings.reasons}
    assert dict(zip(reasons["Code"], reasons["Cases"], strict=True)) == given
    assert set(reasons["Of graded (n)"]) == {30}
    weaknesses = [f for f in handed.findings.reasons if f.reason.polarity is Polarity.WEAKNESS]
    assert list(reasons["Kind"]) == ["Weakness"] * len(weaknesses) + ["Strength"] * (len(given) - len(weaknesses))
    by_area = frame_of(handed.path, "Reasons by area").groupby("Code")["Cases"].sum()
    assert by_area.to_dict() == given


def test_own_grades_stand_against_the_inspectors(handed: Handed) -> None:
    rows = table_of(handed.workbook["Own grades"])
    own = handed.findings.self_assessment
    overall = [row for row in rows if row["Over"] == "All cases"]
    assert [tuple(list(row.values())[3:-1]) for row in overall] == list(own.matrix)
    assert sum(row["Cases graded by both (n)"] for row in overall) == own.both
    by_area = [row["Cases graded by both (n)"] for row in rows if row["Over"] == "Area"]
    assert sum(by_area) == own.both


def test_agreement_and_sets_of_own_grades_are_those_of_the_findings(handed: Handed) -> None:
    own = handed.findings.self_assessment
    overall, *others = table_of(handed.workbook["Own grades agreement"])
    assert (overall["Cases graded by both (n)"], overall["Same grade"]) == (own.both, own.same)
    assert (overall["Over-rated by the force"], overall["Under-rated by the force"]) == (own.kinder, own.harsher)
    assert overall["Weighted kappa"] == shown(own.compared.kappa)
    assert [row["Grades compared"] for row in others] == [
        *(area.area.label for area in own.areas),
        *(stage.stage.label for stage in own.stages),
    ]
    sets = table_of(handed.workbook["Own grades sets"])
    expected = [(counts.graded, counts.good) for _name, counts in sets_of(own)]
    assert [(row["Graded (n)"], row["Good"]) for row in sets] == expected


def shown(figure: Agreement) -> object:
    return "n/a" if figure.value is None else figure.value


def test_every_row_of_agreement_is_that_of_the_findings(handed: Handed) -> None:
    quality, rows = handed.findings.quality, table_of(handed.workbook["Quality"])
    found = [
        ("Overall grade", quality.overall),
        *((stage.stage.label, stage.compared) for stage in quality.stages),
        *((area.area.label, area.compared) for area in quality.areas),
        *((readers_words(readers), readers.compared) for readers in quality.readers),
    ]
    assert [row["Grades compared"] for row in rows] == [label for label, _compared in found]
    assert len(found) > 10
    for row, (_label, compared) in zip(rows, found, strict=True):
        figures = compared.table
        assert (row["Cases compared (n)"], row["Same grade"], row["Per cent the same"]) == (
            *(figures.n, figures.same, figures.per_cent_same),
        )
        assert (row["Weighted kappa"], row["Gwet’s AC2"]) == (shown(compared.kappa), shown(compared.ac2))
        assert row["95% interval of kappa"] == (coefficient_interval_words(compared.kappa.interval) or None)
        assert row["95% interval of AC2"] == (coefficient_interval_words(compared.ac2.interval) or None)
        assert (row["Second reader harsher"], row["Second reader kinder"]) == (
            *(figures.second_harsher, figures.second_kinder),
        )
        assert (row["Apart by one step"], row["Apart by two steps"]) == tuple(n for _steps, n in figures.steps_apart)
        assert row["Applies for one reader only"] == compared.applies_or_not
        assert row["Remark"] == (" ".join(remarks_of(compared)) or None)
    assert any(row["Weighted kappa"] == "n/a" and row["Remark"] for row in rows)


def test_the_grades_and_reasons_of_both_readers_are_those_of_the_findings(handed: Handed) -> None:
    quality = handed.findings.quality
    rows = table_of(handed.workbook["Quality grades"])
    assert [tuple(list(row.values())[1:-1]) for row in rows] == list(quality.overall.table.counts)
    assert sum(row["Cases read twice (n)"] for row in rows) == quality.compared
    reasons = table_of(handed.workbook["Quality reasons"])
    assert [
        (row["Code"], row["Given by both"], row["First reader only"], row["Second reader only"]) for row in reasons
    ] == [(found.reason.code, found.both, found.first_only, found.second_only) for found in quality.reasons.reasons]


def test_the_summary_says_how_far_the_second_reading_has_come(handed: Handed) -> None:
    quality = handed.findings.quality
    rows = {row["Figure"]: row for row in table_of(handed.workbook["Summary"])}
    told = {
        "Cases sampled for a second reading": quality.sampled,
        "Read twice": quality.read_twice,
        "Second reading missing": quality.missing,
        "Waiting to be settled": quality.to_settle,
        "Graded the same by both readers": quality.same,
        "Agreement beyond chance: weighted kappa": shown(quality.overall.kappa),
        "Agreement beyond chance: Gwet’s AC2": shown(quality.overall.ac2),
        "Grades changed when readers settled": 0,
    }
    assert {figure: rows[figure]["Value"] for figure in told} == told
    assert rows["Graded the same by both readers"]["In words"] == agreement_sentence(quality)
    assert rows["Grades changed when readers settled"]["In words"] == "No case has been settled yet."


def test_settled_grades_stand_in_the_summary_with_their_direction(tmp_path) -> None:
    settled = make_pair("good", "inadequate", state="settled", grade="inadequate", submitted_grade="good")
    findings = make_findings([settled])
    rows = {row[0]: row for row in summary_sheet(findings).rows}
    assert rows["Grades changed when readers settled"][1:] == (
        *(1, 1, None, "1 grade was changed when readers settled: 0 up, 1 down (of 1 settled)."),
    )
    assert (rows["Changed up (a better grade)"][1], rows["Changed down (a worse grade)"][1]) == (0, 1)


def test_a_coefficient_that_was_written_wrong_is_noticed(handed: Handed, tmp_path, monkeypatch) -> None:
    from ncpi_desktop.exports.workbook.row_stream import RowStream

    true_form = RowStream._coefficient
    monkeypatch.setattr(
        RowStream,
        "_coefficient",
        lambda self, value, column, row: true_form(self, Coefficient((value.value or 0) + 0.001), column, row),
    )
    with pytest.raises(OutputNotWrittenError, match="“Summary” did not show the findings"):
        write_workbook(tmp_path / "w.xlsx", handed.findings, iter(handed.lines))
    assert not list(tmp_path.iterdir())


def test_every_case_has_its_row_with_what_was_judged(handed: Handed) -> None:
    frame = frame_of(handed.path, "Cases")
    assert list(frame["Reference"]) == [line.case.reference for line in handed.lines]
    # Four cases are still to be read again: to whoever has not signed in their first reading is closed.
    assert frame["Grade"].value_counts().to_dict() == {"Good": 15, "Requires improvement": 7, "Inadequate": 4}
    assert sum(line.is_closed for line in handed.lines) == 4
    for line, (_place, row) in zip(handed.lines, frame.iterrows(), strict=True):
        assert (row["Entries"], row["State"]) == (len(line.case.entries), line.state.label)
        if line.is_closed:
            assert row["Rationale"] == "Closed until the second reading is handed in"
        elif line.review is None:
            assert pd.isna(row["Rationale"])
        if line.review is None:
            assert pd.isna(row["Own grade of the force"])
        else:
            assert row["Rationale"] == line.review.rationale
            passages = [citation.passage for given in line.review.reasons for citation in given.citations]
            assert all(passage in row["Cited passages"] for passage in passages)


def test_times_are_dates_of_the_spreadsheet(handed: Handed) -> None:
    line = next(line for line in handed.lines if line.review is not None)
    assert line.review is not None
    assert line.review.submitted_at is not None
    row = next(row for row in table_of(handed.workbook["Cases"]) if row["Reference"] == line.case.reference)
    assert row["Submitted (UTC)"] == line.review.submitted_at.replace(tzinfo=None)


def test_sample_data_is_called_so_on_every_sheet_and_in_print(handed: Handed) -> None:
    for sheet in handed.workbook.worksheets:
        assert sheet["A4"].value == "Sample data: force, cases and people are invented."
        assert sheet.oddHeader.right.text == "Sample data"


def test_real_data_says_what_it_was_drawn_from(tmp_path) -> None:
    lines = [make_line()]
    write_workbook(tmp_path / "w.xlsx", findings_on(lines), lines)
    from openpyxl import load_workbook

    workbook = load_workbook(tmp_path / "w.xlsx")
    notices = {sheet["A4"].value for sheet in workbook.worksheets}
    assert notices == {"Drawn up 2018-05-18 16:00 UTC after 1 change in the audit file"}


def test_charts_are_native_with_the_colours_of_the_grades_and_words_for_who_cannot_see_them(handed: Handed) -> None:
    parts = members(handed.path)
    charts = {name: etree.fromstring(data) for name, data in parts.items() if name.startswith("xl/charts/")}
    groupings = sorted(tree.find(f".//{CHART}grouping").get("val") for tree in charts.values())
    assert groupings == ["clustered", "clustered", "percentStacked", "percentStacked"]
    told = b" ".join(data for name, data in parts.items() if name.startswith("xl/drawings/drawing")).decode()
    assert "Section 47 enquiries: good 3, requires improvement 1, inadequate 1 (5 graded)" in told
    for data in parts.values():
        assert b"Chart 1" not in data
    areas = next(tree for tree in charts.values() if b"Grades by area" in etree.tostring(tree))
    colours = [fill.get("val") for fill in areas.iter("{*}srgbClr")]
    assert {"0f7a52", "d98200", "b3261e"} <= set(colours)
    assert all(number.get("sourceLinked") == "0" for number in areas.iter(f"{CHART}numFmt"))
    assert len([n for n in parts if n.startswith("xl/drawings/drawing")]) == 3
    assert len(list(etree.fromstring(parts["xl/drawings/drawing3.xml"]).iter(f"{DRAWING}cNvPr"))) == 2


@pytest.mark.parametrize("code", ["ncpi-2014", "ncpi-2018", "ncpi-2024"])
def test_every_methodology_has_its_own_grades(tmp_path, code: str) -> None:
    methodology = make_methodology(code)
    lines = [make_line(f"C-{n}", grade) for n, grade in enumerate(methodology.scale.codes)]
    findings = findings_on(lines, methodology=methodology, inspection=make_inspection(methodology=code))
    write_workbook(tmp_path / "w.xlsx", findings, lines)
    assert lint_workbook(tmp_path / "w.xlsx") == []
    (row,) = frame_of(tmp_path / "w.xlsx", "Areas").to_dict("records")
    assert [row[grade.label] for grade in methodology.scale.grades] == [1] * len(methodology.scale.grades)


def test_an_audit_without_cases_says_so_in_words(tmp_path) -> None:
    write_workbook(tmp_path / "w.xlsx", findings_on([]), [])
    assert lint_workbook(tmp_path / "w.xlsx") == []
    assert list(frame_of(tmp_path / "w.xlsx", "Cases")["Reference"]) == ["No case has been added yet"]
    summary = frame_of(tmp_path / "w.xlsx", "Summary").set_index("Figure")
    assert summary.loc["Per cent good"]["Value"] == "n/a"


def test_the_properties_name_the_document_and_its_marking(handed: Handed) -> None:
    held = handed.workbook.properties
    assert "Northshire Police" in held.title
    assert (held.language, held.category) == ("en-GB", "OFFICIAL-SENSITIVE")
    assert handed.workbook.custom_doc_props["Marking"].value == "OFFICIAL-SENSITIVE"
    assert held.created.replace(tzinfo=UTC) <= datetime.now(UTC)


def test_each_referral_has_its_row_open_ones_first(tmp_path: Path) -> None:
    told = datetime(2018, 5, 16, 9, 0, tzinfo=UTC)
    raised = Referral(
        CaseKey(1), 1, told, "=At risk tonight.", "Duty inspector", "AB-01", child="Child A (6)", told_at=told
    )
    done = replace(
        *(raised,),
        acknowledged_at=told + timedelta(hours=1),
        force_did="Officers went.",
        outcome="She is safe.",
        closed_at=told + timedelta(hours=5),
    )
    findings = replace(make_findings(), referrals=(done, raised))
    write_workbook(tmp_path / "w.xlsx", findings, [])
    first, second = table_of(load_workbook(tmp_path / "w.xlsx")["Referrals"])
    assert (first["State"], first["Risk"], first["Closed at (UTC)"]) == ("Open", "=At risk tonight.", None)
    assert (second["State"], second["What the force did"], second["Outcome"]) == (
        "Closed",
        "Officers went.",
        "She is safe.",
    )
    assert (second["Told at (UTC)"], second["Open for"]) == (datetime(2018, 5, 16, 9), "5 hours")  # noqa: DTZ001
    summary = {row["Figure"]: row["Value"] for row in table_of(load_workbook(tmp_path / "w.xlsx")["Summary"])}
    assert [
        summary[f"Referrals {what}"] for what in ("raised with the force", "acknowledged", "resolved", "still open")
    ] == [
        *(2, 1, 1, 1),
    ]


def test_without_a_referral_the_sheet_says_so(tmp_path: Path) -> None:
    write_workbook(tmp_path / "w.xlsx", replace(make_findings(), referrals=()), [])
    (only,) = table_of(load_workbook(tmp_path / "w.xlsx")["Referrals"])
    assert only["Case"] == "No case was referred back to the force"


def test_recommendations_and_their_log_are_those_of_the_findings(handed: Handed) -> None:
    rows = table_of(handed.workbook["Recommendations"])
    held = handed.findings.recommendations
    assert [(row["Inspection"], row["Number"], row["Status"]) for row in rows] == [
        ("Previous" if one.origin is Origin.PREVIOUS else "This", one.number, one.status.label) for one in held
    ]
    assert [row["Due"] for row in rows] == [one.due_on.isoformat() if one.due_on else "not known yet" for one in held]
    assert [row["What the force should do"] for row in rows] == [one.text for one in held]
    assert rows[2]["Detailed findings"] == held[2].detail
    assert rows[9]["Cases"] == "EX-02, MIS-02"
    log = table_of(handed.workbook["Recommendation log"])
    told = [(one.number, line.status.label, line.comment) for one in held for line in one.log]
    assert [(row["Number"], row["Status"], row["Comment"]) for row in log] == told
    assert log[0]["Date"].date() == held[0].log[0].at.date()
