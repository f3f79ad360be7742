"""What a finding may be, the order of findings, and what is asked about them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.findings.finding import (
    FindingKind,
    FindingPlace,
    Illustration,
    LinkedCase,
    Subject,
    WrittenFinding,
    fit_text,
    fit_title,
    in_order,
)
from ncpi_desktop.domain.findings.finding_questions import (
    CaseStanding,
    FindingQuestion,
    Question,
    holds_back,
    questions_about_finding,
)
from ncpi_desktop.domain.findings.finding_text import told_text, unknown_figures
from ncpi_desktop.domain.findings.gathered import gathered_stages
from ncpi_desktop.domain.findings.tally import CaseOutcome, FinalJudgement
from tests.builders import STRENGTH, WEAKNESS, make_findings, make_methodology, make_written

KNOWN = ("Northshire Police", "DA-01")


def two_cases(**changed: Any) -> Any:
    final = FinalJudgement("good", reasons=(WEAKNESS, STRENGTH))
    return make_findings([CaseOutcome("s47", "submitted", final=final)] * 2, **changed)


def asked(finding: WrittenFinding, standings: dict[CaseKey, CaseStanding] | None = None) -> tuple[Question, ...]:
    return questions_about_finding(finding, two_cases(), standings or {}, KNOWN)


def test_a_title_is_one_line_that_says_something() -> None:
    assert fit_title("  Poor\n decisions ") == "Poor decisions"
    with pytest.raises(RefusedError, match="has a title"):
        fit_title(" \t\n")
    with pytest.raises(RefusedError, match="301 characters; 300 fit"):
        fit_title("x" * 301)


def test_a_text_is_kept_letter_for_letter_until_it_is_too_long() -> None:
    assert fit_text("  <b>\x01{{}}%s\n\n") == "  <b>\x01{{}}%s\n\n"
    with pytest.raises(RefusedError, match="200,001 characters"):
        fit_text("x" * 200_001)


def test_findings_stand_by_stage_then_leadership_training_partnership() -> None:
    methodology = make_methodology()
    first, last = methodology.stages[0].code, methodology.stages[-1].code
    places = [
        FindingPlace(FindingKind.STRENGTH, Subject.CASEWORK, first),
        FindingPlace(FindingKind.SHORTCOMING, Subject.CASEWORK, first),
        FindingPlace(FindingKind.EFFECTIVE_PRACTICE, Subject.CASEWORK, first),
        FindingPlace(FindingKind.STRENGTH, Subject.CASEWORK, last),
        FindingPlace(FindingKind.SHORTCOMING, Subject.LEADERSHIP),
        FindingPlace(FindingKind.STRENGTH, Subject.TRAINING),
        FindingPlace(FindingKind.STRENGTH, Subject.PARTNERSHIP),
    ]
    written = [make_written(place=place) for place in places]
    assert [held.place for held in in_order(reversed(written), methodology)] == places
    one, other = make_written(title="One", position=2), make_written(title="Other", position=1)
    assert in_order((one, other), methodology) == (other, one)


def test_a_finding_that_the_figures_bear_raises_no_question() -> None:
    finding = make_written(text="In {{graded}} cases decisions were poor.", reasons=(WEAKNESS,))
    assert asked(finding) == ()
    assert told_text(finding, two_cases()) == "In 2 cases decisions were poor."


def test_a_figure_that_is_not_known_keeps_a_final_report_back() -> None:
    finding = make_written(text="{{graded}} {{nothing}} {{nothing}} {{}}")
    assert "nothing" in unknown_figures(finding.text, two_cases())
    (question, *_rest) = asked(finding)
    assert question.about is FindingQuestion.UNKNOWN_FIGURE
    assert question.keeps_final_back
    assert "[figure not known: nothing]" in told_text(finding, two_cases())


def test_counts_that_were_typed_are_asked_about() -> None:
    (question,) = asked(make_written(text="We saw 16 of 30 cases."))
    assert question.about is FindingQuestion.TYPED_COUNT
    assert question.sentence.startswith("“16 of 30 cases” was typed.")
    assert not question.keeps_final_back


def test_reasons_that_nobody_gives_any_more_and_strengths_on_weaknesses_are_asked_about() -> None:
    gone = next(reason.code for reason in make_methodology().reasons if reason.code not in (WEAKNESS, STRENGTH))
    assert [q.about for q in asked(make_written(reasons=(WEAKNESS, gone)))] == [FindingQuestion.REASON_NOT_GIVEN]
    strength = FindingPlace(FindingKind.STRENGTH, Subject.CASEWORK, "decision-making")
    assert [q.about for q in asked(make_written(place=strength, reasons=(WEAKNESS,)))] == [
        FindingQuestion.ONLY_WEAKNESSES
    ]
    assert asked(make_written(place=strength, reasons=(WEAKNESS, STRENGTH))) == ()


def test_cases_whose_judgement_does_not_stand_are_asked_about() -> None:
    cases = tuple(LinkedCase(CaseKey(key), f"DA-0{key}") for key in (1, 2, 3))
    standings = {CaseKey(2): CaseStanding.REOPENED, CaseKey(3): CaseStanding.NOT_SUBMITTED}
    questions = asked(make_written(cases=cases), standings)
    assert [question.about for question in questions] == [
        FindingQuestion.CASE_REOPENED,
        FindingQuestion.CASE_NOT_SUBMITTED,
    ]
    assert questions[0].sentence.startswith("DA-02 was reopened")
    told = (Illustration(CaseKey(3), "DA-03", "A child waited."),)
    (question,) = asked(make_written(illustrations=told), standings)
    assert (question.about, question.illustration) == (FindingQuestion.CASE_NOT_SUBMITTED, 1)


def test_identifiers_are_asked_about_and_hold_an_illustration_back_until_cleared() -> None:
    told = Illustration(CaseKey(1), "DA-01", "Then she rang 07700 900123.")
    finding = make_written(title="Who rang 07700 900123", illustrations=(told,))
    assert [(question.about, question.keeps_final_back) for question in asked(finding)] == [
        (FindingQuestion.IDENTIFIER, False),
        (FindingQuestion.IDENTIFIER_IN_ILLUSTRATION, True),
    ]
    assert asked(finding)[0].sentence.startswith("“07700 900123”: telephone number.")
    assert not holds_back(replace(told, text="Northshire Police knew of DA-01."), KNOWN)
    cleared = replace(told, cleared_because="A made-up name.")
    assert holds_back(told, KNOWN)
    assert not holds_back(cleared, KNOWN)
    assert [question.about for question in asked(replace(finding, illustrations=(cleared,)))] == [
        FindingQuestion.IDENTIFIER
    ]


def test_a_finding_without_words_is_asked_about() -> None:
    assert [question.about for question in asked(make_written(text=" \n"))] == [FindingQuestion.NO_WORDS]


def test_reasons_are_gathered_by_stage_with_the_counts_of_the_bundle() -> None:
    stages = gathered_stages(two_cases())
    assert [
        (held.stage.code, [(r.reason.code, r.cases) for r in (*held.strengths, *held.weaknesses)]) for held in stages
    ] == [
        ("initial-contact", [(STRENGTH, 2)]),
        ("decision-making", [(WEAKNESS, 2)]),
    ]
    assert gathered_stages(make_findings()) == ()
