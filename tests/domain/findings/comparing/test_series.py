"""Inspections in order of time: who stands where, what is compared with what, and why it should not be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from ncpi_desktop.domain.casework.inspection import InspectionKind
from ncpi_desktop.domain.errors import RefusedError, WrongUseError
from ncpi_desktop.domain.findings.comparing.change_words import change_sentence_of
from ncpi_desktop.domain.findings.comparing.figures import FiguresSource, InspectionFigures, figures_of, same_graders
from ncpi_desktop.domain.findings.comparing.series import MOST_INSPECTIONS, Series, build_series
from ncpi_desktop.domain.findings.comparing.share import counted_share, published_share
from ncpi_desktop.domain.findings.comparison import Verdict
from ncpi_desktop.domain.findings.statistics import fisher_exact
from ncpi_desktop.domain.findings.tally import CaseOutcome, FinalJudgement
from tests.builders import STRENGTH, WEAKNESS, make_findings, make_inspection, make_methodology

LATER = date(2019, 5, 13)


def outcomes(area: str, good: int, inadequate: int, *reasons: str, stages: str = "") -> list[CaseOutcome]:
    grades = ["good"] * good + ["inadequate"] * inadequate
    return [
        CaseOutcome(
            area, "submitted", final=FinalJudgement(grade, ((("investigation", stages or grade)),), tuple(reasons))
        )
        for grade in grades
    ]


def audit(*cases: list[CaseOutcome], **about: Any) -> InspectionFigures:
    inspection = make_inspection(**({"identity": str(about)} | about))
    found = figures_of(make_findings([case for some in cases for case in some], inspection=inspection))
    return replace(found, source_name="An audit.ncpi")


def typed(label: str, part: int = 20, whole: int = 60, **changed: Any) -> InspectionFigures:
    return replace(InspectionFigures(label, FiguresSource.TYPED, counted_share(part, whole)), **changed)


def series_of(before: InspectionFigures, now: InspectionFigures) -> Series:
    return build_series([before, now])


# --- order and pairs


def test_days_decide_the_order_and_the_last_given_without_one_is_the_newest() -> None:
    a, b = typed("a", first_day=date(2021, 4, 1)), typed("b", first_day=date(2017, 1, 1))
    assert [one.label for one in build_series([a, b, typed("c")]).inspections] == ["b", "a", "c"]
    assert [one.label for one in build_series([typed("c"), a, b]).inspections] == ["c", "b", "a"]
    assert [one.label for one in build_series([typed("x"), typed("y"), typed("z")]).inspections] == ["x", "y", "z"]


def test_every_pair_that_is_told_of_stands_once() -> None:
    series = build_series([typed(label) for label in "abcd"])
    pairs = ["".join((change.before.label, change.now.label)) for change in series.changes]
    assert pairs == ["ab", "bc", "cd", "ad", "bd"]
    assert series.first_to_last is series.changes[3]
    assert series.latest is series.changes[2]
    assert series.consecutive == series.changes[:3]
    assert series.against_newest == (series.changes[3], series.changes[4], series.changes[2])
    with pytest.raises(KeyError):
        series.between(0, 2)


def test_of_two_there_is_one_pair() -> None:
    series = build_series([typed("a"), typed("b")])
    assert len(series.changes) == 1
    assert series.latest is series.first_to_last


def test_too_few_and_too_many_are_refused() -> None:
    with pytest.raises(WrongUseError, match="needs two"):
        build_series([typed("a")])
    with pytest.raises(WrongUseError, match="too many"):
        build_series([typed(str(n)) for n in range(MOST_INSPECTIONS + 1)])
    assert len(build_series([typed(str(n)) for n in range(MOST_INSPECTIONS)]).consecutive) == MOST_INSPECTIONS - 1


def test_the_same_audit_twice_is_refused() -> None:
    one = audit(outcomes("s47", 1, 1), identity="one")
    with pytest.raises(RefusedError, match="are the same audit"):
        build_series([one, replace(one, source_name="A copy.ncpi")])


def test_labels_tell_inspections_apart() -> None:
    a = typed("Inspection", force="Dorset", source_name="a.csv")
    labels = [one.label for one in build_series([a, replace(a, source_name="b.csv"), typed("x")]).inspections]
    assert labels == ["Inspection (a.csv)", "Inspection (b.csv)", "x"]
    assert [one.label for one in build_series([typed("x"), typed("x")]).inspections] == ["x (1)", "x (2)"]
    other = build_series([a, replace(a, force="Kent", source_name="b.csv")])
    assert [one.label for one in other.inspections] == ["Dorset: Inspection", "Kent: Inspection"]


# --- changes


def test_areas_are_corrected_together_and_only_those_of_both_compared() -> None:
    before = audit(outcomes("s47", 3, 9), outcomes("missing", 5, 5), identity="b")
    now = audit(
        outcomes("s47", 8, 2),
        outcomes("missing", 5, 5),
        outcomes("online", 3, 3),
        fieldwork_start=LATER,
        fieldwork_end=None,
    )
    change = series_of(before, now).latest
    alone = fisher_exact(8, 2, 3, 9)
    assert alone < 0.05 < 2 * alone
    found = {area.code: area for area in change.areas}
    assert list(found) == ["s47", "missing"]
    assert (found["s47"].p, found["s47"].corrected_p) == (pytest.approx(alone), pytest.approx(2 * alone))
    assert found["s47"].verdict is Verdict.COULD_BE_CHANCE
    assert found["s47"].asked_together == 2
    assert change.overall.p == pytest.approx(fisher_exact(16, 10, 8, 14))


def test_every_grade_has_its_share() -> None:
    before, now = (
        audit(outcomes("s47", 4, 16), identity="b"),
        audit(outcomes("s47", 9, 1), fieldwork_start=LATER, fieldwork_end=None),
    )
    change = series_of(before, now).latest
    assert [(grade.code, grade.before.part, grade.now.part, grade.points) for grade in change.grades] == [
        ("good", 4, 9, 70),
        ("requires-improvement", 0, 0, 0),
        ("inadequate", 16, 1, -70),
    ]
    assert change.grades[0].p == change.overall.p
    assert {grade.verdict for grade in change.grades} == {Verdict.UNLIKELY_CHANCE, Verdict.COULD_BE_CHANCE}


def test_a_stage_is_compared_among_the_cases_it_applies_to() -> None:
    before = audit(outcomes("s47", 8, 0), outcomes("s47", 4, 0, stages="not-applicable"), identity="b")
    now = audit(outcomes("s47", 5, 5), fieldwork_start=LATER, fieldwork_end=None)
    (stage,) = series_of(before, now).latest.stages
    assert (stage.code, stage.before.part, stage.before.whole) == ("investigation", 8, 8)
    assert (stage.now.part, stage.now.whole, stage.points) == (5, 10, -50)


def test_reasons_are_shares_of_the_graded_cases_the_largest_change_first() -> None:
    before = audit(outcomes("s47", 6, 0, STRENGTH), outcomes("s47", 0, 6, WEAKNESS), identity="b")
    now = audit(outcomes("s47", 9, 0, WEAKNESS), outcomes("s47", 3, 0), fieldwork_start=LATER, fieldwork_end=None)
    reasons = series_of(before, now).latest.reasons
    assert [(found.code, found.before.part, found.before.whole, found.now.part, found.points) for found in reasons] == [
        (STRENGTH, 6, 12, 0, -50),
        (WEAKNESS, 6, 12, 9, 25),
    ]
    raw = [fisher_exact(0, 12, 6, 6), fisher_exact(9, 3, 6, 6)]
    assert [found.p for found in reasons] == pytest.approx(raw)
    assert [found.corrected_p for found in reasons] == pytest.approx([2 * raw[0], raw[1]])


def test_scales_with_other_grades_compare_those_that_both_have() -> None:
    before = figures_of(make_findings(outcomes("s47", 3, 9)))
    old = replace(before, identity="old", methodology="ncpi-2014", first_day=date(2014, 4, 1))
    old = replace(old, grades=replace(before.grades, counts=(("good", 3), ("adequate", 4), ("inadequate", 5))))
    change = series_of(old, before).latest
    assert [grade.code for grade in change.grades] == ["good", "inadequate"]
    assert any("methodologies differ (ncpi-2014 and ncpi-2018)" in warning for warning in change.warnings)


def test_nothing_graded_yet() -> None:
    series = series_of(typed("a"), audit(fieldwork_start=LATER, fieldwork_end=None))
    assert series.latest.overall.points is None
    assert series.latest.grades == series.latest.areas == series.latest.reasons == ()
    assert series.remarks == ("Inspection, May 2019: no case has been graded yet.",)
    assert "one of the two has no graded case" in change_sentence_of(series.latest.overall)


# --- warnings


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        ({"force": "Dorset"}, {"force": "Kent Police"}, "The forces differ (Dorset and Kent Police)"),
        (
            {"methodology": "ncpi-2014"},
            {"methodology": "ncpi-2018"},
            "The methodologies differ (ncpi-2014 and ncpi-2018)",
        ),
        (
            {"kind": InspectionKind.INSPECTION},
            {"kind": InspectionKind.RE_INSPECTION},
            "The kinds of inspection differ (inspection and re-inspection)",
        ),
        (
            {"chosen": "every tenth"},
            {"chosen": "at random"},
            "The cases were chosen differently (every tenth; at random)",
        ),
        ({"chosen": "every tenth"}, {}, "The cases were chosen differently (every tenth; not told)"),
        (
            {"graded_by": "HMICFRS"},
            {"graded_by": "the force"},
            "The cases were graded by others (HMICFRS and the force)",
        ),
        ({"good": counted_share(1, 9)}, {}, "a: its share rests on 9 cases alone"),
        ({}, {"good": counted_share(0, 1)}, "b: its share rests on 1 case alone"),
    ],
)
def test_what_differs_is_warned_of(before: dict[str, Any], now: dict[str, Any], words: str) -> None:
    (warning,) = series_of(typed("a", **before), typed("b", first_day=LATER, **now)).warnings
    assert warning.startswith(words)


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ({}, {}),
        ({"force": "Dorset"}, {"force": "Dorset Police"}),
        ({"force": "Dorset", "kind": InspectionKind.INSPECTION, "methodology": "ncpi-2018"}, {}),
        ({"graded_by": "HMIC"}, {"graded_by": "HMICFRS"}),
        ({"cases": 60}, {"good": counted_share(1, 10)}),
    ],
)
def test_what_is_alike_or_not_known_is_not_warned_of(before: dict[str, Any], now: dict[str, Any]) -> None:
    assert series_of(typed("a", **before), typed("b", **now)).warnings == ()


def test_an_area_of_one_alone_is_warned_of_by_label() -> None:
    before = audit(outcomes("s47", 9, 9), outcomes("missing", 10, 0), identity="b")
    now = audit(outcomes("s47", 9, 9), outcomes("online", 10, 0), fieldwork_start=LATER, fieldwork_end=None)
    warnings = series_of(before, now).warnings
    assert len(warnings) == 2
    assert "only Inspection, May 2019 graded Online" in warnings[0]
    assert "only Inspection, May 2018 graded Missing children" in warnings[1]


def test_other_grades_are_warned_of_where_no_methodology_is_told() -> None:
    scales = [make_methodology(code).scale for code in ("ncpi-2014", "ncpi-2018")]
    (warning,) = series_of(typed("a", scale=scales[0]), typed("b", scale=scales[1])).warnings
    assert warning == "The grades of a and b differ: they do not mean the same."


def test_areas_and_stages_with_few_cases_are_remarked_on() -> None:
    before = audit(outcomes("s47", 9, 9), outcomes("missing", 2, 2), identity="b")
    now = audit(outcomes("s47", 9, 9), outcomes("missing", 20, 0), fieldwork_start=LATER, fieldwork_end=None)
    series = series_of(before, now)
    assert series.warnings == ()
    assert series.latest.remarks == ("Fewer than 10 cases in one of the two, in these areas: Missing children.",)
    assert [area.rests_on_few for area in series.latest.areas] == [False, True]


def test_an_audit_that_is_not_finished_is_remarked_on_after_what_its_sources_say() -> None:
    series = build_series([typed("a", cases=80), typed("b", cases=60)], ["A row is left out."])
    assert (series.warnings, series.remarks) == ((), ("A row is left out.", "a: 60 of 80 cases are graded so far."))


def test_a_warning_of_several_pairs_is_told_once() -> None:
    few = typed("few", 1, 4)
    series = build_series([few, typed("b"), typed("c")])
    assert series.warnings == ("few: its share rests on 4 cases alone.",)


def test_two_graders_of_the_same_cases_are_no_two_samples() -> None:
    both = {"force": "Metropolitan", "first_day": date(2016, 2, 1), "chosen": "graded by both"}
    own = typed("The force", 106, 132, graded_by="force self-assessment", **both)
    ours = typed("HMIC", 32, 132, graded_by="HMIC", **both)
    change = series_of(own, ours).latest
    assert (change.overall.points, change.overall.verdict) == (-56, Verdict.CANNOT_TELL)
    assert any("graded the same cases" in warning for warning in change.warnings)
    assert change_sentence_of(change.overall) == (
        "Graded good: from 80% (106 of 132) to 24% (32 of 132), −56 points. Whether this is chance cannot be told: both graded the same cases."
    )
    elsewhere = replace(ours, chosen="")
    assert series_of(own, elsewhere).latest.overall.verdict is Verdict.UNLIKELY_CHANCE


def test_who_graded_is_the_same_under_its_older_name() -> None:
    assert same_graders("HMIC", "hmicfrs")
    assert same_graders("", "HMIC")
    assert not same_graders("HMIC", "force self-assessment")


def test_a_percentage_without_counts_says_that_nothing_can_be_told() -> None:
    series = series_of(typed("2017", good=published_share(29)), typed("2018", good=published_share(53)))
    assert change_sentence_of(series.latest.overall) == (
        "Graded good: from 29% (the counts are not known) to 53% (the counts are not known), +24 points."
        " Whether this is chance cannot be told: the counts are not known."
    )
