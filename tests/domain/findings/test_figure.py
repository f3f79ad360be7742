"""Each live figure is the figure of the bundle, under a code that stays, with its n and the cases behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.inspection import PreviousResults
from ncpi_desktop.domain.casework.recommendation import Origin, Recommendation
from ncpi_desktop.domain.casework.recommendation_log import Status
from ncpi_desktop.domain.casework.recommendation_words import Deadline
from ncpi_desktop.domain.casework.referral import Referral
from ncpi_desktop.domain.findings.figure import choices, figure, figures_of
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.findings.selection import GradeGroup, Selection, SelectionKind, grades_meant
from ncpi_desktop.domain.findings.tally import CaseOutcome, FinalJudgement
from tests.builders import make_findings, make_methodology, make_pair, make_waiting

METHODOLOGY = make_methodology()
AREAS = tuple(area.code for area in METHODOLOGY.areas)
GRADES = METHODOLOGY.scale.codes
STAGES = tuple(stage.code for stage in METHODOLOGY.stages)
REASONS = tuple(reason.code for reason in METHODOLOGY.reasons)
THEN = datetime(2018, 5, 14, 9, tzinfo=UTC)


def submitted(area: str, grade: str, own: str | None = None, **final: object) -> CaseOutcome:
    return CaseOutcome(area, "submitted", own_grade=own, final=replace(FinalJudgement(grade), **final))  # type: ignore[arg-type]


def referral(*, closed: bool) -> Referral:
    return Referral(CaseKey(1), 1, THEN, "risk", "told", closed_at=THEN if closed else None)


def recommendation(status: str) -> Recommendation:
    return Recommendation(1, Origin.PREVIOUS, "text", "", "", Deadline.IMMEDIATELY, Status(status))


SOME = make_findings(
    [
        submitted("s47", "good", "good", stages=(("investigation", "good"),), reasons=("DEC-W01", "INI-S01")),
        submitted("s47", "inadequate", "good", stages=(("investigation", "not-applicable"),), reasons=("DEC-W01",)),
        submitted("missing", "requires-improvement", "inadequate"),
        CaseOutcome("missing", "to-do"),
    ],
    previous=PreviousResults("p", "January 2017", good=22, total=76),
    referrals=(referral(closed=True), referral(closed=False), referral(closed=False)),
    recommendations=(recommendation("complete"), recommendation("complete"), recommendation("awaiting-review")),
)


@pytest.mark.parametrize(
    ("code", "words", "n", "about"),
    [
        ("cases", "4", None, "all cases"),
        ("graded", "3", 4, "graded cases"),
        ("good", "1", 3, "cases graded good"),
        ("not-good", "2", 3, "cases not graded good"),
        ("percent-good", "33 per cent", 3, "per cent good"),
        ("grade:inadequate", "1", 3, "cases graded inadequate"),
        ("state:to-do", "1", 4, "cases: to do"),
        ("previous-good", "22", 76, "previous inspection: cases graded good"),
        ("previous-graded", "76", None, "previous inspection: graded cases"),
        ("previous-percent-good", "29 per cent", 76, "previous inspection: per cent good"),
        ("points", "+4 points", None, "change in per cent good since the previous inspection"),
        ("area:s47:cases", "2", 4, "Section 47 enquiries: all cases"),
        ("area:s47:graded", "2", 2, "Section 47 enquiries: graded cases"),
        ("area:s47:good", "1", 2, "Section 47 enquiries: cases graded good"),
        ("area:s47:percent-good", "50 per cent", 2, "Section 47 enquiries: per cent good"),
        ("area:s47:inadequate", "1", 2, "Section 47 enquiries: cases graded inadequate"),
        ("area:missing:graded", "1", 2, "Missing children: graded cases"),
        ("area:online:graded", "0", 0, "Online sexual abuse: graded cases"),
        ("area:online:percent-good", "n/a", 0, "Online sexual abuse: per cent good"),
        ("stage:investigation:graded", "1", 3, "Investigation: graded cases"),
        ("stage:investigation:percent-good", "100 per cent", 1, "Investigation: per cent good"),
        ("stage:investigation:not-applicable", "1", 3, "Investigation: cases where it did not apply"),
        ("stage:investigation:good", "1", 1, "Investigation: cases graded good"),
        ("stage:trusted-adult:graded", "0", 3, "Trusted adult: graded cases"),
        ("own:both", "3", 3, "cases graded by the force and by the inspectors"),
        ("own:same", "1", 3, "cases graded the same by the force and by the inspectors"),
        ("own:kinder", "1", 3, "cases that the force graded better than the inspectors"),
        ("own:harsher", "1", 3, "cases that the force graded worse than the inspectors"),
        ("referrals:raised", "3", None, "referrals back to the force: raised"),
        ("referrals:open", "2", 3, "referrals back to the force: open"),
        ("referrals:closed", "1", 3, "referrals back to the force: closed"),
        ("recommendations:complete", "2", 3, "recommendations: complete"),
        ("recommendations:being-progressed", "0", 3, "recommendations: being progressed"),
        ("quality:sampled", "0", 4, "cases drawn to be read again"),
        ("quality:percent-same", "n/a", 0, "per cent of cases that two people graded the same"),
    ],
)
def test_a_figure_has_its_words_its_n_and_what_it_is_of(code: str, words: str, n: int | None, about: str) -> None:
    found = figure(SOME, code)
    assert found is not None
    assert (found.code, found.words, found.n, found.about) == (code, words, n, about)
    if words == "n/a":
        assert found.value is None
    else:
        assert str(found.value) == words.split()[0].lstrip("+")


def test_a_reason_counts_its_cases_over_those_graded() -> None:
    found, absent = figure(SOME, "reason:DEC-W01"), figure(SOME, "reason:INV-W01")
    assert found is not None
    assert absent is not None
    assert (found.value, found.n, absent.value) == (2, 3, 0)
    assert found.selection == Selection(SelectionKind.REASON, ("DEC-W01",))


def test_the_second_reading() -> None:
    twice = [make_pair("good", "good"), make_pair("good", "inadequate"), make_waiting()]
    found = make_findings(CaseOutcome("s47", "submitted", second=one.second) for one in twice)
    words = {code: figures_of(found)[f"quality:{code}"].words for code in ("compared", "same", "percent-same")}
    assert words == {"compared": "2", "same": "1", "percent-same": "50 per cent"}
    assert figures_of(found)["quality:sampled"].value == found.quality.sampled
    assert "quality:to-settle" in {held.code for held in choices(found)}


@pytest.mark.parametrize(
    "code",
    [
        "",
        "god",
        "good:",
        "GOOD",
        "percent",
        "grade",
        "grade:",
        "grade:splendid",
        "grade:graded",
        "area",
        "area:s47",
        "area:s47:",
        "area:s48:good",
        "area:s47:grade:graded",
        "area::good",
        "stage:detention:splendid",
        "stage:tea:good",
        "reason:",
        "reason:DEC-W999",
        "own:best",
        "own:matrix",
        "referrals:lost",
        "recommendations:done",
        "quality:kappa",
        "state:done",
        "cases:all",
        "previous-good:2",
    ],
)
def test_an_unknown_code_is_no_figure(code: str) -> None:
    assert figure(SOME, code) is None
    assert code not in figures_of(SOME)


def test_what_is_retired_is_no_figure_any_more() -> None:
    old = replace(
        METHODOLOGY,
        areas=tuple(replace(area, retired=area.code == "s47") for area in METHODOLOGY.areas),
        reasons=tuple(replace(reason, retired=reason.code == "DEC-W01") for reason in METHODOLOGY.reasons),
    )
    found = make_findings([submitted("s47", "good", reasons=("DEC-W01", "INI-S01"))], methodology=old)
    assert figure(found, "reason:DEC-W01") is None
    assert figure(found, "area:s47:good") is None
    codes = {held.code for held in choices(found)}
    assert "reason:INI-S01" in codes
    assert not [code for code in codes if "DEC-W01" in code or "s47" in code]


def test_nothing_known_before_is_not_made_up() -> None:
    found = make_findings([submitted("s47", "good")])
    for code in ("previous-good", "previous-graded", "previous-percent-good", "points"):
        held = figure(found, code)
        assert held is not None
        assert (held.value, held.words) == (None, "n/a")
        assert code not in list(figures_of(found))


def test_a_percentage_without_counts_has_no_counts() -> None:
    found = make_findings([submitted("s47", "good")], previous=PreviousResults("p", "June 2017", percent_good=31))
    held = figures_of(found)
    assert [held[code].words for code in ("previous-percent-good", "previous-good", "previous-graded", "points")] == [
        "31 per cent",
        "n/a",
        "n/a",
        "+69 points",
    ]


def test_good_is_the_share_and_a_grade_called_good_is_asked_for_by_name() -> None:
    outcomes = [submitted("s47", "outstanding"), submitted("s47", "good"), submitted("s47", "adequate")]
    found = figures_of(make_findings(outcomes, methodology=make_methodology("ncpi-2024")))
    assert (found["good"].value, found["grade:good"].value) == (2, 1)
    assert (found["area:s47:good"].value, found["area:s47:grade:good"].value) == (2, 1)
    assert found["area:s47:outstanding"].value == found["area:s47:grade:outstanding"].value == 1
    assert found["good"].selection == Selection(SelectionKind.GRADED, (GradeGroup.GOOD,))


def test_choices_are_known_and_distinct_and_walking_through_the_mapping_gives_them() -> None:
    found = choices(SOME)
    assert list(figures_of(SOME)) == [held.code for held in found]
    assert len({held.code for held in found}) == len({held.about for held in found}) == len(figures_of(SOME))
    assert all(figure(SOME, held.code) == held for held in found)
    assert {"percent-good", "area:missing:graded", "reason:INI-S01", "own:kinder"} <= {held.code for held in found}
    assert not [held.code for held in found if held.code.startswith("area:online")]


FINALS = st.builds(
    submitted,
    st.sampled_from(AREAS),
    st.sampled_from(GRADES),
    st.none() | st.sampled_from(GRADES),
    stages=st.lists(
        st.tuples(st.sampled_from(STAGES), st.sampled_from((*GRADES, "not-applicable"))), unique_by=lambda held: held[0]
    ).map(tuple),
    reasons=st.lists(st.sampled_from(REASONS), unique=True, max_size=4).map(tuple),
)
OUTCOMES = st.lists(FINALS | st.builds(CaseOutcome, st.sampled_from(AREAS), st.sampled_from(["to-do", "parked"])))


def chosen(selection: Selection, outcomes: Iterable[CaseOutcome]) -> int:
    """Count the cases that a selection names, one by one, from the cases themselves."""

    def graded(grades: str) -> Callable[[CaseOutcome], bool]:
        return lambda held: held.final is not None and held.final.grade in grades_meant(METHODOLOGY.scale, grades)

    def stage_graded(held: CaseOutcome, stage: str, grades: str) -> bool:
        given = dict(held.final.stages).get(stage) if held.final else None
        return given == grades if grades == "not-applicable" else given in grades_meant(METHODOLOGY.scale, grades)

    def against(held: CaseOutcome, word: str) -> bool:
        if held.own_grade is None or held.final is None:
            return held.final is not None and word == "inspectors-only"
        steps = GRADES.index(held.final.grade) - GRADES.index(held.own_grade)
        return {"both": True, "same": steps == 0, "kinder": steps > 0, "harsher": steps < 0}.get(word, False)

    codes = selection.codes
    tests: dict[SelectionKind, Callable[[CaseOutcome], bool]] = {
        SelectionKind.CASES: lambda held: True,
        SelectionKind.STATE: lambda held: held.state == codes[0],
        SelectionKind.AREA: lambda held: held.area == codes[0],
        SelectionKind.GRADED: lambda held: graded(codes[0])(held),
        SelectionKind.AREA_GRADED: lambda held: held.area == codes[0] and graded(codes[1])(held),
        SelectionKind.STAGE: lambda held: stage_graded(held, *codes),
        SelectionKind.REASON: lambda held: held.final is not None and codes[0] in held.final.reasons,
        SelectionKind.OWN_AGAINST: lambda held: against(held, codes[0]),
    }
    return sum(tests[selection.kind](held) for held in outcomes)


@given(OUTCOMES)
def test_as_many_cases_stand_behind_a_count_as_it_says(outcomes: list[CaseOutcome]) -> None:
    around = ("referrals:", "quality:", "recommendations:")
    for held in choices(make_findings(outcomes)):
        if held.selection is None or held.code.startswith(around):
            continue
        behind = chosen(held.selection, outcomes)
        if "percent" in held.code:
            assert held.value == (None if not held.n else (200 * behind + held.n) // (2 * held.n))
        else:
            assert held.value == behind
        assert held.n is None or behind <= held.n


def test_looking_one_figure_up_takes_less_than_a_millisecond() -> None:
    every = [submitted(area, grade, reasons=REASONS) for area in AREAS for grade in GRADES]
    found: Findings = make_findings(every)
    codes = list(figures_of(found))
    begun = perf_counter()
    for code in codes:
        assert figure(found, code) is not None
    assert (perf_counter() - begun) / len(codes) < 0.001
