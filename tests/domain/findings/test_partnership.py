"""How strategy discussions are counted, and when an aspect reads as a strength or a shortcoming."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from ncpi_desktop.domain.casework.case import StrategyDiscussion
from ncpi_desktop.domain.findings.figure import choices, figure, figures_of
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.findings.json_form import findings_form
from ncpi_desktop.domain.findings.partnership import ReadsAs, reads_as, share_of
from ncpi_desktop.domain.findings.partnership_words import aspect_draft, aspect_sentence, held_sentence, rule_words
from ncpi_desktop.domain.findings.selection import Selection, SelectionKind
from ncpi_desktop.domain.findings.strategy import (
    Answer,
    StrategyAspect,
    TookPart,
    answers_of,
    strategy_contributions,
    taking_part,
)
from ncpi_desktop.domain.findings.tally import CaseOutcome
from tests.builders import make_findings, tallies_of

EVERYBODY = ("Police", "Children's social care", "Health")


def held(
    present: Sequence[str] = EVERYBODY, in_time: bool | None = True, invited: Sequence[str] = EVERYBODY, **answers: Any
) -> StrategyDiscussion:
    return StrategyDiscussion(tuple(invited), tuple(present), in_time, **answers)


def found_in(cases: Iterable[tuple[str, Sequence[StrategyDiscussion]]]) -> Findings:
    cases = list(cases)
    tallies = Counter(tallies_of(CaseOutcome(area, "to-do") for area, _discussions in cases))
    for area, discussions in cases:
        tallies.update(strategy_contributions(area, discussions))
    return make_findings(tallies=tallies)


@pytest.mark.parametrize(
    ("discussion", "aspect", "answer"),
    [
        (held(), StrategyAspect.IN_TIME, Answer.YES),
        (held(in_time=False), StrategyAspect.IN_TIME, Answer.NO),
        (held(in_time=None), StrategyAspect.IN_TIME, Answer.UNKNOWN),
        (held(rationale_recorded=False), StrategyAspect.RATIONALE, Answer.NO),
        (held(actions_recorded=True), StrategyAspect.ACTIONS, Answer.YES),
        (held(), StrategyAspect.ATTENDED, Answer.YES),
        (held(present=("Police",)), StrategyAspect.ATTENDED, Answer.NO),
        (held(present=()), StrategyAspect.ATTENDED, Answer.UNKNOWN),
        (held(invited=()), StrategyAspect.ATTENDED, Answer.UNKNOWN),
        (held(present=("NORTHSHIRE POLICE",)), StrategyAspect.POLICE, Answer.YES),
        (held(present=("School nurse, NHS trust",), invited=()), StrategyAspect.HEALTH, Answer.YES),
        (held(present=("Police", "Nursery")), StrategyAspect.HEALTH, Answer.NO),
        (held(present=("Children’s Services",)), StrategyAspect.SOCIAL_CARE, Answer.YES),
        (held(present=()), StrategyAspect.HEALTH, Answer.UNKNOWN),
    ],
)
def test_an_aspect_is_answered_from_the_record_alone(
    discussion: StrategyDiscussion, aspect: StrategyAspect, answer: Answer
) -> None:
    assert answers_of(discussion)[aspect] is answer


def test_an_agency_counts_once_however_it_is_spelt() -> None:
    discussion = held(invited=("Health", "Police", "health"), present=("HEALTH", "School"))
    assert dict(taking_part(discussion)) == {
        "Health": TookPart.PRESENT,
        "Police": TookPart.ABSENT,
        "School": TookPart.UNINVITED,
    }
    assert dict(taking_part(held(present=()))) == dict.fromkeys(EVERYBODY, TookPart.UNKNOWN)


def test_discussions_cases_and_areas_are_counted_each_for_itself() -> None:
    late = held(in_time=False)
    findings = found_in(
        [("s47", [late, late, held()]), ("s47", [held(in_time=None)]), ("missing", [late]), ("s47", [])]
    )
    found = findings.partnership
    timely = found.of(StrategyAspect.IN_TIME)
    assert (found.cases, found.cases_with, found.discussions) == (4, 3, 5)
    assert (timely.share.yes, timely.no, timely.unknown, timely.discussions) == (1, 3, 1, 5)
    assert timely.cases_without == 2
    assert [(held.area.code, held.cases, held.cases_with, held.discussions) for held in found.areas] == [
        ("s47", 3, 2, 4),
        ("missing", 1, 1, 1),
    ]
    assert found.areas[1].of(StrategyAspect.IN_TIME).no == 1
    assert held_sentence(found) == "5 strategy discussions are recorded, in 3 of 4 cases."


def test_an_agency_is_invited_present_absent_or_not_told() -> None:
    mixed = [
        held(),
        held(present=("Police",)),
        held(present=()),
        held(invited=("police",), present=("police", "School")),
    ]
    found = found_in([("s47", mixed[:2]), ("missing", mixed[2:])]).partnership
    agencies = {agency.name: agency for agency in found.agencies}
    health, police, school = agencies["Health"], agencies["Police"], agencies["School"]
    assert (health.invited, health.share.yes, health.absent, health.unknown) == (3, 1, 1, 1)
    assert (health.share.percent, health.share.known) == (50, 2)
    assert (police.invited, police.share.yes) == (4, 3)  # both spellings
    assert (school.invited, school.uninvited, school.share.percent) == (0, 1, None)
    assert dict(health.areas)["s47"].known == 2
    assert "missing" not in dict(health.areas)


@pytest.mark.parametrize(
    ("yes", "known", "unknown", "says"),
    [
        (0, 0, 0, ReadsAs.NOT_KNOWN),
        (12, 12, 0, ReadsAs.STRENGTH),
        (11, 11, 0, ReadsAs.NEITHER),  # Wilson's interval of 11 of 11 begins at 74 per cent
        (12, 12, 13, ReadsAs.NOT_KNOWN),
        (12, 12, 12, ReadsAs.STRENGTH),
        (0, 1, 0, ReadsAs.NEITHER),
        (0, 2, 0, ReadsAs.SHORTCOMING),
        (21, 38, 0, ReadsAs.SHORTCOMING),
        (24, 38, 0, ReadsAs.NEITHER),
    ],
)
def test_the_rule(yes: int, known: int, unknown: int, says: ReadsAs) -> None:
    assert reads_as(share_of(yes, known), unknown) is says


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_never_more_is_claimed_than_an_independent_interval_carries(counts: tuple[int, int]) -> None:
    yes, n = counts
    low, high = proportion_confint(yes, n, alpha=0.05, method="wilson")
    says = reads_as(share_of(yes, n), 0)
    assert (says is ReadsAs.STRENGTH) == (low > 0.75)
    assert (says is ReadsAs.SHORTCOMING) == (high < 0.75)


def test_sentences_say_what_the_counts_carry() -> None:
    found = found_in([("s47", [held(in_time=n > 2) for n in range(5)]), ("s47", [held(in_time=None)])]).partnership
    assert aspect_sentence(found.of(StrategyAspect.IN_TIME)) == (
        "Strategy discussions held in time: 2 of 5 where this is recorded (40%, 95% interval 12% to 77%). The record of 1 does not say. "
        "It reads as neither: the interval reaches to both sides of 75%."
    )
    untold = aspect_sentence(found.of(StrategyAspect.RATIONALE))
    assert untold == "Strategy discussions with a rationale recorded: not recorded in any of 6."
    assert "75%" in rule_words()


def test_a_drafted_sentence_holds_live_figures() -> None:
    findings = found_in([("s47", [held(), held(in_time=False)])])
    known = figures_of(findings)
    text = re.sub(r"\{\{(.+?)\}\}", lambda slot: known[slot[1]].words, aspect_draft(StrategyAspect.IN_TIME))
    assert text == "Strategy discussions held in time: 1 of 2 where this is recorded (50 per cent)."


def test_figures_open_the_cases_behind_them() -> None:
    findings = found_in([("s47", [held(in_time=False), held(in_time=False)]), ("s47", []), ("missing", [held()])])
    late, cases = figure(findings, "strategy:in-time:no"), figure(findings, "strategy:in-time:cases")
    assert late is not None
    assert cases is not None
    assert (late.value, late.n, late.about) == (2, 3, "strategy discussions: held late")
    assert (cases.value, cases.n, cases.about) == (1, 2, "cases with a strategy discussion held late")
    assert late.selection == cases.selection == Selection(SelectionKind.STRATEGY, ("in-time", "no"))
    codes = [held.code for held in choices(findings) if held.code.startswith("strategy")]
    assert len(codes) == len(set(codes)) == 2 + 6 * len(StrategyAspect)
    assert len({held.about for held in choices(findings)}) == len(choices(findings))
    assert [figure(findings, code) for code in ("strategy:", "strategy:tea:yes", "strategy:police:maybe")] == [None] * 3


def test_without_a_discussion_nothing_is_offered_and_nothing_claimed() -> None:
    findings = found_in([("s47", [])])
    assert not [held for held in choices(findings) if held.code.startswith("strategy")]
    assert all(aspect.reads_as is ReadsAs.NOT_KNOWN for aspect in findings.partnership.aspects)
    assert held_sentence(findings.partnership) == "No strategy discussion is recorded."


@pytest.mark.parametrize("codes", [("health", "no"), ("held", "no"), ("attended", "unknown")])
def test_a_selection_comes_back_from_its_code(codes: tuple[str, str]) -> None:
    chosen = Selection(SelectionKind.STRATEGY, codes)
    assert Selection.from_code(chosen.code) == chosen
    within = Selection(SelectionKind.STRATEGY_IN_AREA, ("s47", *codes))
    assert Selection.from_code(within.code) == within


def test_an_agency_with_any_name_can_be_selected() -> None:
    chosen = Selection(SelectionKind.AGENCY, ("Health: <b>ward</b> 7 %", "absent"))
    assert Selection.from_code(chosen.code) == chosen


def test_the_json_form_has_the_same_figures() -> None:
    findings = found_in([("s47", [held(), held(in_time=False, present=("Police",))])])
    form = findings_form(findings)["strategy_discussions"]
    assert (form["cases"], form["cases_with"], form["discussions"]) == (1, 1, 2)
    timely = form["aspects"][0]
    assert {name: timely[name] for name in ("aspect", "yes", "no", "unknown", "known", "percent", "cases_without")} == {
        "aspect": "in-time",
        "yes": 1,
        "no": 1,
        "unknown": 0,
        "known": 2,
        "percent": 50,
        "cases_without": 1,
    }
    assert {agency["agency"]: agency["present"] for agency in form["agencies"]} == {
        "Police": 2,
        "Children's social care": 1,
        "Health": 1,
    }
