"""The press notice and the exit briefing as drafts: every number is a live figure, and nothing is claimed that the figures do not carry."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncpi_desktop.domain.casework.inspection import PreviousResults
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.findings.finding import FindingKind, FindingPlace, Subject, WrittenFinding
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.findings.notice import LONGEST, NoticeKind, draft, fit_notice, resolved_words
from ncpi_desktop.domain.findings.prose import figures_in, parse
from ncpi_desktop.domain.findings.tally import CaseOutcome, FinalJudgement
from ncpi_desktop.domain.findings.written_check import contradictions
from tests.builders import make_findings, make_inspection

BEFORE = PreviousResults("p", "January 2017", good=22, total=76)
PERCENT_ALONE = PreviousResults("p", "June 2017", percent_good=29)
"""As Leicestershire's first inspection was published: 29 per cent, of nobody knows how many."""


def graded(good: int, others: int, reasons: tuple[str, ...] = ()) -> list[CaseOutcome]:
    grades = ["good"] * good + ["inadequate"] * others
    return [CaseOutcome("s47", "submitted", final=FinalJudgement(grade, reasons=reasons)) for grade in grades]


def findings_with(
    outcomes: Iterable[CaseOutcome], before: PreviousResults | None = None, force: str = "Northshire Police"
) -> Findings:
    return make_findings(outcomes, previous=before, inspection=make_inspection(force=force))


@pytest.mark.parametrize("kind", NoticeKind)
def test_a_draft_says_both_shares_with_their_n_and_what_chance_could_do(kind: NoticeKind) -> None:
    findings = findings_with(graded(16, 14), BEFORE)
    told = resolved_words(draft(kind, findings), findings)
    assert "graded 30 of 30 child protection cases. Practice was good in 16 of them (53 per cent)." in told
    assert "In the previous inspection (January 2017) practice was good in 22 of 76 cases (29 per cent)." in told
    assert "+24 points; unlikely to be chance (p = 0.025)." in told
    assert "[figure" not in told


@pytest.mark.parametrize("kind", NoticeKind)
def test_no_number_is_typed(kind: NoticeKind) -> None:
    findings = findings_with(graded(16, 14, ("DEC-W01", "INI-S01")), BEFORE)
    text = draft(kind, findings)
    check = contradictions(parse(text), findings)
    assert (check.questioned, check.unknown, check.undefined) == ((), (), ())
    assert not re.search(r"\d", re.sub(r"\{\{.*?\}\}|January 2017|Section 47", "", text))


def test_a_percentage_without_counts_claims_nothing_about_chance() -> None:
    findings = findings_with(graded(20, 18), PERCENT_ALONE)
    for kind in NoticeKind:
        told = resolved_words(draft(kind, findings), findings)
        assert "29 per cent of cases were good; how many cases that was is not known" in told
        assert "whether that is chance cannot be told: the counts are not known" in told
        assert "unlikely" not in told
        assert "p =" not in told


def test_without_a_previous_inspection_no_change_is_told() -> None:
    findings = findings_with(graded(3, 1))
    for kind in NoticeKind:
        told = resolved_words(draft(kind, findings), findings)
        assert "previous" not in told
        assert "chance" not in told


def test_nothing_graded_is_said_and_no_change_claimed() -> None:
    findings = findings_with([CaseOutcome("s47", "to-do")], BEFORE)
    told = resolved_words(draft(NoticeKind.PRESS_NOTICE, findings), findings)
    assert "graded 0 of 1 child protection cases" in told
    assert "(n/a)" in told
    assert "Change since" not in told


def test_a_text_follows_the_figures_and_never_contradicts_them() -> None:
    before = findings_with(graded(16, 14), BEFORE)
    text = draft(NoticeKind.PRESS_NOTICE, before)
    after = findings_with(graded(9, 21), BEFORE)
    assert "good in 9 of them (30 per cent)" in resolved_words(text, after)
    assert "could be chance" in resolved_words(text, after)


def test_strengths_and_shortcomings_are_the_most_frequent_with_their_n() -> None:
    outcomes = graded(2, 0, ("INI-S01", "DEC-W01")) + graded(0, 1, ("DEC-W01",))
    findings = findings_with(outcomes)
    told = resolved_words(draft(NoticeKind.PRESS_NOTICE, findings), findings)
    pleased, concerned = told.index("We were pleased to find"), told.index("We were concerned to find")
    assert pleased < told.index("(2 of 3 cases)") < concerned < told.index("(3 of 3 cases)")


def test_written_findings_stand_in_place_of_reasons_what_others_can_copy_first() -> None:
    kinds = (FindingKind.SHORTCOMING, FindingKind.STRENGTH, FindingKind.EFFECTIVE_PRACTICE)
    written = [
        WrittenFinding(FindingPlace(kind, Subject.LEADERSHIP), title)
        for kind, title in zip(kinds, ("Late {{good}} visits", "Calm **visits**", "A shared diary"), strict=True)
    ]
    findings = make_findings(graded(1, 1, ("INI-S01", "DEC-W01")), written=written)
    told = resolved_words(draft(NoticeKind.EXIT_BRIEFING, findings), findings)
    assert "We were pleased to find\n\n\u2022 A shared diary\n\u2022 Calm visits\n\n" in told
    assert "We were concerned to find\n\n\u2022 Late ( (good) ) visits\n\n" in told
    assert "of 2 cases" not in told


def test_what_is_unknown_says_so_in_its_place() -> None:
    findings = findings_with(graded(1, 0))
    assert resolved_words("Good: {{good}}, {{gold}}.", findings) == "Good: 1, [figure not known: gold]."


@given(st.text(max_size=60), st.text(max_size=40))
def test_words_from_outside_are_never_taken_for_marks_or_figures(force: str, label: str) -> None:
    findings = findings_with(graded(1, 1), PreviousResults("p", label, good=1, total=3), force=force)
    for kind in NoticeKind:
        plain = findings_with(graded(1, 1), PreviousResults("p", "L", good=1, total=3), force="F")
        asked = figures_in(parse(draft(kind, findings)))
        assert asked == figures_in(parse(draft(kind, plain)))


def test_a_text_beyond_any_page_is_refused() -> None:
    assert fit_notice("x" * LONGEST) == "x" * LONGEST
    with pytest.raises(RefusedError, match="10,001 characters; 10,000 fit"):
        fit_notice("x" * (LONGEST + 1))
