"""The report: every figure as in the findings, marked on every page, and whole whatever the texts hold."""

from __future__ import annotations

import re
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pypdfium2
import pytest

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.errors import OutputNotWrittenError
from ncpi_desktop.domain.findings.findings import Findings, GradeCounts
from ncpi_desktop.domain.findings.quality_words import (
    agreement_sentence,
    coefficient_interval_words,
    coefficient_words,
    matrix_words,
    progress_sentence,
    readers_words,
    reasons_sentence,
)
from ncpi_desktop.domain.findings.sentences import headline, interval_words, p_words, percent_words
from ncpi_desktop.domain.findings.tally import CaseOutcome
from ncpi_desktop.exports.report.report import write_report
from tests.builders import WEAKNESS, make_findings, make_pair, make_person, make_waiting
from tests.exports.report.audits import BEFORE, PERCENT_ONLY, SEAL, audit, pages_of, with_force

THIRTY = {"good": 16, "requires-improvement": 9, "inadequate": 5}


@pytest.fixture(scope="module")
def thirty(tmp_path_factory: pytest.TempPathFactory) -> tuple[Findings, list[str], Path]:
    findings, lines = audit(THIRTY, to_do=6, is_sample=True)
    target = tmp_path_factory.mktemp("report") / "report.pdf"
    write_report(target, findings, iter(lines))
    return findings, pages_of(target), target


def row(label: str, aside: int, grades: GradeCounts) -> str:
    counts = " ".join(str(count) for _grade, count in grades.counts)
    shown = f"{percent_words(grades.percent_good)} {interval_words(grades.interval) or 'n/a'}"
    return f"{label} {aside} {grades.graded} {counts} {shown}"


def test_the_first_page_says_what_was_found_before_and_now(thirty: tuple[Findings, list[str], Path]) -> None:
    findings, pages, _target = thirty
    assert headline(findings) in pages[0]
    assert "Northshire Police" in pages[0]
    assert "National child protection inspection: post-inspection review" in pages[0]
    assert "fieldwork May 2018" in pages[0]
    assert "Practice was good in 16 cases, requiring improvement in 9 and inadequate in 5, of 30 graded." in pages[0]
    assert "That is 53 per cent good (95% interval 36% to 70%)." in pages[0]
    assert "30 of 36 cases are graded." in pages[0]
    assert "In the previous inspection (January 2017), 22 of 76 cases (29 per cent) were good." in pages[0]
    assert "16 of 30" in pages[0]
    assert "22 of 76" in pages[0]
    for found in findings.areas:
        assert found.area.label in pages[0]


def test_every_row_of_areas_and_stages_equals_the_findings(thirty: tuple[Findings, list[str], Path]) -> None:
    findings, pages, _target = thirty
    words = " ".join(pages)
    for found in findings.areas:
        assert row(found.area.label, found.cases, found.grades) in words
    assert row("All areas", findings.cases, findings.overall) in words
    for stage in findings.stages:
        assert row(stage.stage.label, stage.not_applicable, stage.grades) in words


def test_the_change_is_told_with_its_interval_test_and_warnings(thirty: tuple[Findings, list[str], Path]) -> None:
    findings, pages, _target = thirty
    words = " ".join(pages)
    change = findings.change
    assert change is not None
    assert "Change +24 points" in words
    assert "+4 to +43 points" in words
    assert f"two-sided {p_words(change.p)}" in words
    assert "Verdict unlikely to be chance" in words
    assert "Read with care: The kinds of inspection differ" in words


def test_reasons_stand_with_their_numbers_and_passages(thirty: tuple[Findings, list[str], Path]) -> None:
    findings, pages, _target = thirty
    words = " ".join(pages)
    for found in findings.reasons:
        assert f"{found.reason.wording} {found.cases} cases" in words
    for number in range(1, 31):
        assert f"“Passage {number}: A plain rationale.” AB-{number:02}, Day 1, 00:50, Attendance" in words


def test_own_grades_referrals_recommendations_and_the_seal_are_told(thirty: tuple[Findings, list[str], Path]) -> None:
    findings, pages, _target = thirty
    words = " ".join(pages)
    own = findings.self_assessment
    assert (
        f"The force graded {own.kinder} of {own.both} cases higher than the inspectors, {own.harsher} lower." in words
    )
    assert f"Force and inspectors gave the same grade in {own.same} of {own.both} cases" in words
    for grade, counts in zip(own.grades, own.matrix, strict=True):
        label = findings.methodology.scale[grade].label
        assert f"{label} {' '.join(map(str, counts))} {own.own.of(grade)}" in words
    assert "1 referral to the force (1 case): 0 resolved, 1 open." in words
    assert "Recommendation 1 Complete" in words
    assert "Deadline: within three months · due date not known yet · Progress: improved" in words
    assert SEAL in words
    assert "Last change in the history 79" in words
    assert "Drawn up 18 May 2018, 17:05 UTC" in words


def test_the_annex_lists_every_case(thirty: tuple[Findings, list[str], Path]) -> None:
    _findings, pages, _target = thirty
    annex = " ".join(pages).split("Annex: cases")[1]
    for number in range(1, 37):
        assert f"AB-{number:02}" in annex
    assert len(re.findall("To do", annex)) == 6
    assert "AB-01 Good" in annex
    assert "Inspector 1, submitted 16 May 2018" in annex
    assert "The force's own grade: good. Own words of the force." in annex


def test_every_page_carries_marking_sample_status_and_its_number(thirty: tuple[Findings, list[str], Path]) -> None:
    _findings, pages, _target = thirty
    assert len(pages) > 5
    for number, page in enumerate(pages, start=1):
        assert "OFFICIAL-SENSITIVE" in page
        assert "sample data · draft" in page
        assert f"Page {number} of {len(pages)}" in page


def test_a_final_report_of_real_cases_says_so(tmp_path: Path) -> None:
    findings, lines = audit({"good": 2})
    write_report(tmp_path / "r.pdf", findings, lines, draft=False)
    pages = pages_of(tmp_path / "r.pdf")
    assert all("· final" in page for page in pages)
    assert not any("draft" in page or "ample data" in page for page in pages)


def test_bookmarks_title_language_and_embedded_faces(thirty: tuple[Findings, list[str], Path]) -> None:
    findings, _pages, target = thirty
    document = pypdfium2.PdfDocument(target)
    titles = [bookmark.get_title() for bookmark in document.get_toc()]
    data = document.get_metadata_dict()
    document.close()
    assert titles[0] == headline(findings)
    for title in ("Change since the previous inspection", "Results by stage", "Annex: cases", "AB-07", "Annex: method"):
        assert title in titles
    assert data["Title"] == "Northshire Police: case file audit findings"
    assert data["Author"]
    assert "OFFICIAL-SENSITIVE" in data["Subject"]
    raw = target.read_bytes()
    assert b"/Lang (en-GB)" in raw
    assert b"Helvetica" not in raw
    assert raw.count(b"/FontFile2") >= 3


def test_an_audit_without_a_grade_divides_nothing(tmp_path: Path) -> None:
    findings, lines = audit({}, to_do=3)
    write_report(tmp_path / "r.pdf", findings, lines)
    words = " ".join(pages_of(tmp_path / "r.pdf"))
    assert "No case has been graded yet" in words
    assert "All areas 3 0 0 0 0 n/a n/a" in words
    assert "no case graded" in words
    assert "cannot tell: no case is graded" in words
    assert "0%" not in words.replace("100%", "").split("Figure 1")[0].replace("0% 25% 50% 75%", "")


def test_an_audit_without_a_case_is_written(tmp_path: Path) -> None:
    findings, lines = audit({}, previous=None)
    write_report(tmp_path / "r.pdf", replace(findings, referrals=(), recommendations=()), lines)
    words = " ".join(pages_of(tmp_path / "r.pdf"))
    assert "No previous results are recorded." in words
    assert "The audit holds no cases." in words
    assert "No case was referred back to the force." in words


def test_a_percentage_without_counts_supports_no_claim(tmp_path: Path) -> None:
    findings, lines = audit(THIRTY, previous=PERCENT_ONLY)
    write_report(tmp_path / "r.pdf", findings, lines)
    words = " ".join(pages_of(tmp_path / "r.pdf"))
    assert "29 per cent of cases were good" in words
    assert "counts not known" in words
    assert "Verdict cannot tell: the counts are not known" in words
    assert "unlikely to be chance (p" not in words


@pytest.mark.parametrize("methodology", ["ncpi-2014", "ncpi-2018", "ncpi-2024"])
def test_every_scale_is_printed_in_full(methodology: str, tmp_path: Path) -> None:
    from ncpi_desktop.imports.methodology_file import bundled_methodology

    scale = bundled_methodology(methodology).scale
    findings, lines = audit({code: place + 1 for place, code in enumerate(scale.codes)}, methodology=methodology)
    write_report(tmp_path / "r.pdf", findings, lines)
    words = " ".join(pages_of(tmp_path / "r.pdf"))
    assert row("All areas", findings.cases, findings.overall) in words
    for grade in scale.grades:
        assert grade.label in words
    if methodology != BEFORE.methodology:
        assert f"The methodologies differ (ncpi-2018 and {methodology})" in words


def test_sections_follow_the_methodology(tmp_path: Path) -> None:
    findings, lines = audit(THIRTY)
    ordered = replace(findings.methodology, report_sections=("headline", "stages", "areas", "unheard-of"))
    write_report(tmp_path / "r.pdf", replace(findings, methodology=ordered), lines)
    words = " ".join(pages_of(tmp_path / "r.pdf")[1:])
    assert words.index("Results by stage") < words.index("Breakdown of case file audit results")
    assert "Change since the previous inspection" not in words
    assert SEAL in words


def read_twice(findings: Findings, outcomes: list[CaseOutcome]) -> Findings:
    """Return `findings` with the second readings of `outcomes`."""
    people = [make_person(1, "Inspector 1"), make_person(2, "Quality assurer 1")]
    return replace(findings, quality=make_findings(outcomes, methodology=findings.methodology, people=people).quality)


def test_how_far_readers_agreed_is_told_as_in_the_findings(tmp_path: Path) -> None:
    stages = ([("investigation", "good")], [("investigation", "not-applicable")])
    findings, lines = audit(THIRTY)
    outcomes = [
        *([make_pair("good", "good")] * 4),
        make_pair("good", "inadequate", area="missing", state="settled", grade="inadequate", submitted_grade="good"),
        make_pair("inadequate", "requires-improvement", stages=stages, reasons=([WEAKNESS], [])),
        make_waiting(),
    ]
    findings = read_twice(findings, outcomes)
    write_report(tmp_path / "r.pdf", findings, lines)
    words = " ".join(pages_of(tmp_path / "r.pdf"))
    quality = findings.quality
    for sentence in (progress_sentence(quality), agreement_sentence(quality), reasons_sentence(quality)):
        assert sentence in words
    assert "1 grade was changed when readers settled: 0 up, 1 down (of 1 settled)." in words
    assert matrix_words(quality.overall.table, findings.methodology.scale) in words
    rows = [
        *((stage.stage.label, stage.compared) for stage in quality.stages),
        *((area.area.label, area.compared) for area in quality.areas),
        *((readers_words(readers), readers.compared) for readers in quality.readers),
        ("All readers", quality.overall),
    ]
    for label, compared in rows:
        figures = (
            *(label, str(compared.table.n), percent_words(compared.table.per_cent_same)),
            interval_words(compared.same.interval) or "n/a",
            coefficient_words(compared.kappa),
            coefficient_interval_words(compared.kappa.interval) or "n/a",
            coefficient_words(compared.ac2),
            coefficient_interval_words(compared.ac2.interval) or "n/a",
            f"{compared.table.second_harsher} / {compared.table.second_kinder}",
        )
        assert " ".join(figures) in words
    assert "1 case more, in which one reader alone found the stage not applicable, is in no figure." in words
    assert f"{findings.methodology.reason_by_code[WEAKNESS].wording} 0 1 0" in words


def test_a_scale_of_five_grades_has_its_table_of_both_readers(tmp_path: Path) -> None:
    findings, lines = audit({"good": 1}, methodology="ncpi-2024")
    findings = read_twice(findings, [make_pair("outstanding", "inadequate"), make_pair("adequate", "adequate")])
    write_report(tmp_path / "r.pdf", findings, lines)
    words = " ".join(pages_of(tmp_path / "r.pdf"))
    assert "The second reader was harsher in 1 and kinder in 0: 1 by four steps." in words
    assert "Outstanding 0 0 0 0 1 1 Good 0 0 0 0 0 0 Adequate 0 0 1 0 0 1" in words
    assert "rough with fewer than 50 cases" in words


def test_a_layout_older_than_the_second_reading_tells_it_all_the_same(tmp_path: Path) -> None:
    findings, lines = audit({"good": 1})
    for named in (("headline", "areas"), ("headline", "quality", "areas")):
        ordered = replace(findings.methodology, report_sections=named)
        write_report(tmp_path / "r.pdf", replace(findings, methodology=ordered), lines)
        words = " ".join(pages_of(tmp_path / "r.pdf")[1:])
        assert words.count("How far readers agreed") == 1
        assert "No case was drawn for a second reading." in words
        quality_first = words.index("How far readers agreed") < words.index("Breakdown of case file audit results")
        assert quality_first is ("quality" in named)


HOSTILE = {
    "markup": '<b>bold</b> &amp; <para> </font> <a href="x">a</a> <img src="/etc/passwd"/> ]]> %s {force}',
    "formula": "=cmd|' /C calc'!A1 @SUM(A1) +1",
    "long word": "W" * 120,
    "welsh": "Ŵyth ŷd, naïve café – “quoted”",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_text_from_outside_is_printed_as_it_is(text: str, tmp_path: Path) -> None:
    findings, lines = audit({"good": 2, "inadequate": 1}, text=text)
    write_report(tmp_path / "r.pdf", with_force(findings, text[:60]), lines)
    words = " ".join(pages_of(tmp_path / "r.pdf"))
    assert words.replace(" ", "").count(text.replace(" ", "")) >= 3


def test_characters_outside_the_typeface_are_named_and_none_is_lost(tmp_path: Path) -> None:
    findings, lines = audit({"good": 1}, text="中文 🙂 ✓ \x01\x00 \ud800 العربية \u200b Ж e\u0301")
    write_report(tmp_path / "r.pdf", with_force(findings, "北 Police \x07"), lines)
    words = " ".join(pages_of(tmp_path / "r.pdf"))
    for notation in ("[U+4E2D U+6587]", "[U+1F642]", "[U+2713]", "[U+0001 U+0000]", "[U+D800]", "[U+200B]", "[U+0416]"):
        assert notation in words
    assert "U+0627 U+0644" in words
    assert "é" in words
    assert "[U+5317] Police [U+0007]" in words


def test_long_texts_are_whole_and_do_not_hang(tmp_path: Path) -> None:
    text = "".join(f"word{number} " for number in range(30_000)) + "x" * 200_000 + "\n" * 5000 + "the very end"
    findings, lines = audit({"good": 1}, text=text)
    begun = time.perf_counter()
    write_report(tmp_path / "r.pdf", findings, lines)
    assert time.perf_counter() - begun < 30
    words = "".join(pages_of(tmp_path / "r.pdf"))
    assert all(f"word{number}" in words for number in range(0, 30_000, 997))
    assert words.count("x") >= 200_000
    assert "the very end" in words


def test_many_long_labels_fit(tmp_path: Path) -> None:
    findings, lines = audit(THIRTY, to_do=2)
    areas = tuple(replace(found, area=replace(found.area, label="Ünusual 中 " * 200)) for found in findings.areas)
    reasons = tuple(
        replace(found, reason=replace(found.reason, wording="中" * 500 + " word" * 300)) for found in findings.reasons
    )
    odd = [replace(line, inspector="名" * 900, case=replace(line.case, reference="R" * 400)) for line in lines]
    write_report(tmp_path / "r.pdf", replace(findings, areas=areas, reasons=reasons), odd)
    assert "Page 1 of" in pages_of(tmp_path / "r.pdf")[0]


def test_a_failure_keeps_the_earlier_report(tmp_path: Path) -> None:
    target = tmp_path / "r.pdf"
    target.write_bytes(b"the earlier report")
    findings, lines = audit({"good": 1})

    def breaks_off():  # type: ignore[no-untyped-def]
        yield lines[0]
        raise RuntimeError("stopped")

    with pytest.raises(RuntimeError):
        write_report(target, findings, breaks_off())
    assert target.read_bytes() == b"the earlier report"
    assert [path.name for path in tmp_path.iterdir()] == ["r.pdf"]


def test_a_folder_that_is_not_there_gets_a_sentence(tmp_path: Path) -> None:
    findings, lines = audit({"good": 1})
    with pytest.raises(OutputNotWrittenError, match="there is no such folder"):
        write_report(tmp_path / "none" / "r.pdf", findings, lines)


def test_cases_are_gone_through_once_and_their_records_are_let_go(thirty: tuple[Findings, list[str], Path]) -> None:
    from ncpi_desktop.exports.report.material import gather

    findings, _pages, _target = thirty
    _same, lines = audit(THIRTY)
    material = gather(findings, iter(lines))
    assert len(material.cases) == 30
    assert not any(line.case.entries or line.entry_words for line in material.cases)
    assert sum(map(len, material.passages.values())) == 30


def test_each_referral_tells_its_whole_way(tmp_path: Path) -> None:
    findings, lines = audit({"good": 2})
    raised = findings.referrals[0]
    told = datetime(2018, 5, 16, 9, 0, tzinfo=UTC)
    done = replace(
        replace(
            raised, child="Child A (6)", told="Duty <b>inspector</b>", told_at=told, reference="AB-02", case=CaseKey(2)
        ),
        acknowledged_at=told + timedelta(hours=1),
        force_did="Officers went & saw her.",
        outcome="She is with an aunt.",
        closed_at=told + timedelta(days=1, hours=3),
    )
    again = replace(done, closed_at=None, force_did="", outcome="", acknowledged_at=None)
    write_report(tmp_path / "r.pdf", replace(findings, referrals=(done, again)), lines, draft=False)
    words = " ".join(pages_of(tmp_path / "r.pdf"))
    assert "2 referrals to the force (1 case): 1 resolved, 1 open." in words
    assert words.index("Open for 2 days 8 hours") < words.index("Closed after 1 day 3 hours")
    assert "Told Duty <b>inspector</b>, 16 May 2018, 09:00 UTC · acknowledged 16 May 2018, 10:00 UTC" in words
    assert "closed 17 May 2018, 12:00 UTC" in words
    for part in ("Child: Child A (6)", "What the force did: Officers went & saw her.", "Outcome: She is with an aunt."):
        assert part in words
