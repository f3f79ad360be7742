"""A text that asks for an unknown figure is not final; a typed number is questioned, and told which figures it may be."""

from __future__ import annotations

from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.findings.prose import parse
from ncpi_desktop.domain.findings.tally import CaseOutcome, FinalJudgement
from ncpi_desktop.domain.findings.written_check import contradictions
from tests.builders import make_findings

AREAS = ("s47", "s47", "missing")


def findings() -> Findings:
    return make_findings(
        CaseOutcome(area, "submitted", final=FinalJudgement(grade))
        for area, grade in zip(AREAS, ("good", "inadequate", "inadequate"), strict=True)
    )


def test_a_text_with_live_figures_alone_has_nothing_to_question() -> None:
    check = contradictions(parse("Good in {{good}} of {{graded}} cases ({{percent-good}})."), findings())
    assert check.questioned == check.unknown == check.undefined == ()
    assert check.may_be_final
    assert check.refusal == ""


def test_an_unknown_figure_refuses_a_final_export_by_its_code() -> None:
    check = contradictions(parse("{{god}} and {{god}} and {{reason:XXX-W99}}, {{good}}"), findings())
    assert check.unknown == ("god", "reason:XXX-W99")
    assert not check.may_be_final
    assert "god, reason:XXX-W99" in check.refusal
    assert "figure that" in contradictions(parse("{{god}}"), findings()).refusal


def test_a_figure_that_is_undefined_now_is_named() -> None:
    check = contradictions(parse("{{area:online:percent-good}} and {{points}}"), findings())
    assert check.undefined == ("area:online:percent-good", "points")
    assert check.may_be_final


def test_a_typed_number_is_told_which_figures_it_may_be() -> None:
    (asked,) = contradictions(parse("Good in 33 per cent"), findings()).questioned
    assert [figure.code for figure in asked.figures] == ["percent-good"]
    assert "later" in asked.sentence
    (asked,) = contradictions(parse("1 of 3 cases"), findings()).questioned
    assert {"good", "area:missing:cases"} == {figure.code for figure in asked.figures}


def test_a_typed_number_that_is_no_figure_contradicts_them_all() -> None:
    for text in ("Good in 34 per cent", "in 17 cases", "1 of 4 cases", "33.4 per cent", "a third of the cases"):
        (asked,) = contradictions(parse(text), findings()).questioned
        assert asked.figures == ()
        assert "none of the figures" in asked.sentence
        assert asked.typed.words in text
