"""The sample is what the product says of it, to the digit."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ncpi_desktop.domain.casework.case import EntryKind
from ncpi_desktop.domain.casework.inspection import InspectionKind
from ncpi_desktop.domain.casework.worklist import CaseState
from ncpi_desktop.domain.errors import OutputNotWrittenError
from ncpi_desktop.domain.findings.comparison import Verdict
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.grading.completeness import missing_from
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.review_repository import current_review
from ncpi_desktop.workflows.browsing import queue_page
from ncpi_desktop.workflows.reviewing import CaseOnDesk, lay_on_desk
from ncpi_desktop.workflows.sample import build_sample
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of


@pytest.fixture
def findings(sample: AuditSession) -> Findings:
    return findings_of(sample)


@pytest.fixture
def desks(sample: AuditSession) -> list[CaseOnDesk]:
    return [lay_on_desk(sample, row.case) for row in queue_page(sample, 1, 100)]


def test_it_is_a_post_inspection_review_of_an_invented_force(findings: Findings) -> None:
    inspection = findings.inspection
    assert (inspection.force, inspection.kind) == ("Northshire Police", InspectionKind.POST_INSPECTION_REVIEW)
    assert inspection.is_sample
    assert inspection.fieldwork == "May 2018"


def test_thirty_of_thirty_six_are_submitted(findings: Findings) -> None:
    assert findings.cases == 36
    assert findings.state_count(CaseState.SUBMITTED) == 30
    assert findings.state_count(CaseState.TO_DO) == 6
    assert findings.overall.counts == (("good", 16), ("requires-improvement", 9), ("inadequate", 5))
    assert findings.overall.percent_good == 53


def test_the_change_since_the_first_inspection(findings: Findings) -> None:
    assert findings.previous is not None
    assert (findings.previous.good, findings.previous.total, findings.previous.percent_good) == (22, 76, 29)
    assert findings.change is not None
    assert (findings.change.points, findings.change.verdict) == (24, Verdict.UNLIKELY_CHANCE)
    assert findings.change.p == pytest.approx(0.0247, abs=5e-5)


def test_three_of_eight_cases_read_twice_are_to_settle_and_one_referral_is_open(findings: Findings) -> None:
    assert (findings.quality.sampled, findings.quality.read_twice, findings.quality.to_settle) == (12, 8, 3)
    assert (len(findings.referrals), findings.open_referrals) == (1, 1)
    assert [held.origin for held in findings.recommendations] == ["previous"] * 9 + ["this"] * 2


def test_every_area_is_there(sample: AuditSession, findings: Findings) -> None:
    assert [found.area for found in findings.areas] == list(sample.methodology.areas)
    assert all(found.grades.graded for found in findings.areas)


def test_every_record_has_six_to_twenty_entries_of_words_of_its_own(desks: list[CaseOnDesk]) -> None:
    assert {6 <= len(desk.case.entries) <= 20 for desk in desks} == {True}
    texts = [entry.text for desk in desks for entry in desk.case.entries]
    assert len(set(texts)) == len(texts)
    assert all(len(text.split()) >= 5 for text in texts)
    for desk in desks:
        days = [entry.day for entry in desk.case.entries if entry.day is not None]
        assert days == sorted(days), desk.case.reference
        assert all(re.fullmatch(r"|[0-2]\d:[0-5]\d", entry.time) for entry in desk.case.entries)
        assert desk.case.children


def test_strategy_discussions_are_held_with_agencies_present_and_missing(desks: list[CaseOnDesk]) -> None:
    held = [
        entry.strategy for desk in desks for entry in desk.case.entries if entry.kind is EntryKind.STRATEGY_DISCUSSION
    ]
    told = [strategy for strategy in held if strategy is not None]
    assert len(held) == len(told) > 10
    assert any(strategy.missing for strategy in told)
    assert any(strategy.invited and not strategy.missing for strategy in told)
    assert {strategy.in_time for strategy in told} >= {True, False}


def test_every_submitted_review_is_complete_and_every_citation_is_the_words_of_the_record(
    sample: AuditSession, desks: list[CaseOnDesk]
) -> None:
    cited = 0
    for desk in desks:
        if desk.review.is_editable:
            assert desk.review.is_blank
            continue
        assert missing_from(desk.review, desk.case.area, sample.methodology) == (), desk.case.reference
        texts = {entry.key: entry.text for entry in desk.case.entries}
        for citation in (citation for given in desk.review.reasons for citation in given.citations):
            cited += 1
            assert texts[citation.entry][citation.start : citation.end] == citation.passage
        assert current_review(sample.file.connection, desk.case.key) == desk.review
    assert cited > 20


def test_nothing_in_it_looks_like_a_real_person(desks: list[CaseOnDesk]) -> None:
    for desk in desks:
        for entry in desk.case.entries:
            assert not re.search(r"\b0\d{3,4} ?\d{5,6}\b|\b[A-Z]{1,2}\d{1,2} ?\d[A-Z]{2}\b|@", entry.text), (
                desk.case.reference
            )


def test_it_says_the_same_each_time_it_is_built(built_sample: Path, tmp_path: Path) -> None:
    def told(path: Path) -> list[object]:
        file = AuditFile.open(path)
        tables = (
            "cases",
            "entries",
            "reviews",
            "stage_grades",
            "citations",
            "own_grades",
            "own_stage_grades",
            "history",
        )
        rows: list[object] = []
        for table in tables:
            names = [row[1] for row in file.connection.execute(f"PRAGMA table_info({table})")]
            kept = [
                f'"{n}"'
                for n in names
                if "identity" not in n and n not in ("seal", "previous_seal", "salt", "texts_digest")
            ]
            rows += file.connection.execute(f"SELECT {', '.join(kept)} FROM {table} ORDER BY 1, 2").fetchall()
        file.close()
        return rows

    build_sample(tmp_path / "again.ncpi")
    assert told(tmp_path / "again.ncpi") == told(built_sample)


def test_what_stands_at_its_place_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.ncpi").write_text("mine")
    with pytest.raises(OutputNotWrittenError):
        build_sample(tmp_path / "a.ncpi")
    assert (tmp_path / "a.ncpi").read_text() == "mine"
