"""The sentences say what the figures are, in every case that can occur."""

from __future__ import annotations

import pytest

from ncpi_desktop.domain.casework.inspection import PreviousResults
from ncpi_desktop.domain.findings import sentences
from ncpi_desktop.domain.findings.findings import Findings, grade_counts
from ncpi_desktop.domain.findings.statistics import Interval
from ncpi_desktop.domain.findings.tally import CaseOutcome, FinalJudgement
from tests.builders import make_findings, make_methodology

SCALE = make_methodology().scale


def findings(good: int, other: int, previous: PreviousResults | None = None) -> Findings:
    grades = ["good"] * good + ["inadequate"] * other
    return make_findings([CaseOutcome("s47", "submitted", final=FinalJudgement(g)) for g in grades], previous=previous)


COUNTED = PreviousResults("p", "January 2017", good=22, total=76)
PERCENTAGE = PreviousResults("p", "June 2017", percent_good=31)


@pytest.mark.parametrize(
    ("good", "other", "words"),
    [
        (0, 0, "No case has been graded yet"),
        (0, 3, "No case showed good practice"),
        (3, 0, "Every case showed good practice"),
        (2, 2, "Half of the cases showed good practice"),
        (16, 14, "Just over half of the cases showed good practice"),
        (14, 16, "Just under half of the cases showed good practice"),
        (20, 10, "Most of the cases showed good practice"),
        (10, 20, "Fewer than half of the cases showed good practice"),
    ],
)
def test_headline(good: int, other: int, words: str) -> None:
    assert sentences.headline(findings(good, other)) == words


@pytest.mark.parametrize(
    ("p", "words"),
    [
        (None, ""),
        (0.0247, "p = 0.025"),
        (0.0004, "p < 0.001"),
        (0.5, "p = 0.50"),
        (1.0, "p = 1.00"),
        (0.0999, "p = 0.100"),
    ],
)
def test_p_in_words(p: float | None, words: str) -> None:
    assert sentences.p_words(p) == words


@pytest.mark.parametrize(
    ("points", "words"),
    [
        (24, "+24 points"),
        (1, "+1 point"),
        (0, "0 points"),
        (-1, "\u22121 point"),
        (-12, "\u221212 points"),
        (None, "n/a"),
    ],
)
def test_points_in_words(points: int | None, words: str) -> None:
    assert sentences.points_words(points) == words


def test_percent_and_interval_in_words() -> None:
    assert sentences.percent_words(53) == "53%"
    assert sentences.percent_words(0) == "0%"
    assert sentences.percent_words(None) == "n/a"
    assert sentences.interval_words(Interval(0.3614, 0.6977)) == "36% to 70%"
    assert sentences.interval_words(None) == ""


def test_the_share_is_printed_with_its_n() -> None:
    assert sentences.share_sentence(findings(16, 14).overall) == "16 of 30 graded cases · 95% interval 36% to 70%"
    assert sentences.share_sentence(findings(1, 0).overall).startswith("1 of 1 graded case ·")
    assert sentences.share_sentence(findings(0, 0).overall) == "No case has been graded yet"


def test_every_grade_is_in_the_breakdown() -> None:
    counts = grade_counts(SCALE, {"good": 16, "requires-improvement": 9, "inadequate": 5})
    assert sentences.breakdown_sentence(counts, make_methodology()) == (
        "Practice was good in 16 cases, requiring improvement in 9 and inadequate in 5, of 30 graded."
    )
    one = grade_counts(SCALE, {"good": 1})
    assert sentences.breakdown_sentence(one, make_methodology()).startswith("Practice was good in 1 case, ")


def test_a_breakdown_of_five_grades() -> None:
    methodology = make_methodology("ncpi-2024")
    words = sentences.breakdown_sentence(grade_counts(methodology.scale, {"good": 2, "adequate": 1}), methodology)
    assert words == (
        "Practice was outstanding in 0 cases, good in 2, adequate in 1, requiring improvement in 0 and inadequate in 0, of 3 graded."
    )


def test_the_change_says_counts_and_chance() -> None:
    found = findings(16, 14, COUNTED)
    assert sentences.change_sentence(found) == (
        "In the previous inspection (January 2017), 22 of 76 cases (29 per cent) were good."
        " A change this large is unlikely to be chance (p = 0.025)."
    )
    assert sentences.change_note(found) == "29% in January 2017 (22 of 76) · unlikely to be chance (p = 0.025)"
    assert "could be chance (p = " in sentences.change_sentence(findings(9, 21, COUNTED))


def test_the_change_against_a_percentage_alone_cannot_be_told() -> None:
    found = findings(16, 14, PERCENTAGE)
    assert sentences.change_sentence(found) == (
        "In the previous inspection (June 2017), 31 per cent of cases were good."
        " Whether the change is chance cannot be told: the counts are not known."
    )
    assert sentences.change_note(found) == "31% in June 2017 · cannot tell: the counts are not known"


def test_without_previous_results_or_grades_nothing_is_claimed() -> None:
    assert sentences.change_sentence(findings(16, 14)) == ""
    assert sentences.change_note(findings(16, 14)) == "No previous results are recorded"
    assert sentences.change_sentence(findings(0, 0, COUNTED)).endswith("were good.")
