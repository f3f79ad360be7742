"""The published names stay, and the figures under them are those of the findings."""

from __future__ import annotations

import json
from typing import Any

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.inspection import PreviousResults
from ncpi_desktop.domain.casework.recommendation import Origin, Recommendation
from ncpi_desktop.domain.casework.recommendation_log import Status
from ncpi_desktop.domain.casework.recommendation_words import Deadline
from ncpi_desktop.domain.findings.finding import Illustration, LinkedCase
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.findings.json_form import findings_form
from ncpi_desktop.domain.findings.tally import CaseOutcome, FinalJudgement
from tests.builders import (
    STRENGTH,
    WEAKNESS,
    make_findings,
    make_pair,
    make_person,
    make_waiting,
    make_written,
)

# Names stay once they are published: one may be added here, none changed or taken away.
SUMMARY = (
    "force kind methodology marking sample fieldwork cases states not_sure graded good grades percent_good interval areas stages reasons"
    " previous change self_assessment quality strategy_discussions referrals recommendations recommendation_list findings"
    " people changes seal drawn_up_at"
)
INNER = {
    "fieldwork": "start end",
    "interval": "low high",
    "previous": "label good total percent_good interval",
    "change": "points interval p verdict warnings",
    "self_assessment": "grades matrix both same kinder harsher own inspectors inspectors_only all_graded agreement per_cent_same kappa ac2"
    " steps areas stages",
    "quality": "sampled read_twice to_settle same agreement missing with_lead settled agreed states compared per_cent_same kappa ac2 grades"
    " matrix harsher kinder steps applies_or_not stages areas readers reasons seen not_blind settled_grades",
    "referrals": "raised open acknowledged closed",
    "recommendations": "awaiting-review will-be-progressed being-progressed complete",
}
LISTED = {
    "areas": "area label cases graded good grades percent_good interval",
    "stages": "stage label graded good grades percent_good interval not_applicable",
    "reasons": "code stage polarity wording cases areas",
    "recommendation_list": "number origin text particulars finding deadline published due overdue status waits progress summary detail follows"
    " cases findings log",
    "findings": "subject stage kind title text reasons cases illustrations withheld",
}


COMPARED = "same agreement compared per_cent_same kappa ac2 grades matrix harsher kinder steps applies_or_not"
INNER_QUALITY = {
    "agreement": "n value interval unknown",
    "kappa": "n value interval unknown",
    "ac2": "n value interval unknown",
    "states": "waiting to-read reading to-settle with-lead agreed settled",
    "steps": "1 2",
    "reasons": "compared same given",
    "seen": "nothing grade reading",
    "settled_grades": "settled changed up down matrix",
}
LISTED_QUALITY = {
    "stages": f"stage label {COMPARED}",
    "areas": f"area label {COMPARED}",
    "readers": f"first second {COMPARED}",
}


def outcome(grade: str, area: str = "s47", own: str | None = "good") -> CaseOutcome:
    final = FinalJudgement(grade, (("investigation", grade),), (WEAKNESS, STRENGTH), None, "2018-05-16")
    return CaseOutcome(area, "submitted", own_grade=own, final=final)


def make_full() -> Findings:
    outcomes = [outcome("good"), outcome("good", "missing"), outcome("inadequate"), CaseOutcome("online", "to-do")]
    previous = PreviousResults("p", "January 2017", good=22, total=76)
    recommendation = Recommendation(1, Origin.PREVIOUS, "Do it.", "", "", Deadline.IMMEDIATELY, Status.COMPLETE)
    return make_findings(outcomes, previous=previous, recommendations=[recommendation], written=[make_written()])


def through_json(form: dict[str, object]) -> dict[str, Any]:
    return dict(json.loads(json.dumps(form)))


def test_the_names() -> None:
    form = through_json(findings_form(make_full()))
    assert list(form) == SUMMARY.split()
    for name, inner in INNER.items():
        assert list(form[name]) == inner.split(), name
    for name, inner in LISTED.items():
        assert form[name]
        for row in form[name]:
            assert list(row) == inner.split(), name


def test_the_names_of_the_second_reading() -> None:
    stages = ([("investigation", "good")], [("investigation", "inadequate")])
    outcomes = [
        make_pair("good", "inadequate", stages=stages, reasons=([WEAKNESS], [])),
        make_pair("good", "good"),
        make_waiting(),
    ]
    form = through_json(findings_form(make_findings(outcomes, people=[make_person(1), make_person(2)])))["quality"]
    for name, inner in INNER_QUALITY.items():
        assert list(form[name]) == inner.split(), name
    for name, inner in LISTED_QUALITY.items():
        assert form[name]
        for row in form[name]:
            assert list(row) == inner.split(), name
    assert form["reasons"]["given"] == [{"code": WEAKNESS, "both": 0, "first_only": 1, "second_only": 0}]
    assert (form["sampled"], form["missing"], form["compared"], form["same"], form["per_cent_same"]) == (3, 1, 2, 1, 50)
    assert form["matrix"] == [[1, 0, 1], [0, 0, 0], [0, 0, 0]]
    assert (form["harsher"], form["kinder"], form["steps"]) == (1, 0, {"1": 0, "2": 1})
    assert form["kappa"] == {"n": 2, "value": 0.0, "interval": None, "unknown": "one-reader"}


def test_the_figures() -> None:
    form = through_json(findings_form(make_full()))
    assert (form["cases"], form["graded"], form["good"], form["percent_good"]) == (4, 3, 2, 67)
    assert form["grades"] == {"good": 2, "requires-improvement": 0, "inadequate": 1}
    assert form["states"] == {"to-do": 1, "in-progress": 0, "parked": 0, "submitted": 3}
    assert [(area["area"], area["cases"], area["graded"]) for area in form["areas"]] == [
        ("s47", 2, 2),
        ("missing", 1, 1),
        ("online", 1, 0),
    ]
    assert form["areas"][2]["percent_good"] is None
    assert {(reason["code"], reason["cases"]) for reason in form["reasons"]} == {(WEAKNESS, 3), (STRENGTH, 3)}
    assert form["self_assessment"]["matrix"] == [[2, 0, 1], [0, 0, 0], [0, 0, 0]]
    assert form["recommendations"]["complete"] == 1
    assert form["previous"]["percent_good"] == 29
    assert 0 < form["interval"]["low"] < 2 / 3 < form["interval"]["high"] < 1


def test_nothing_known_is_null() -> None:
    form = through_json(findings_form(make_findings()))
    assert form["percent_good"] is None
    assert form["interval"] is None
    assert form["previous"] is None
    assert form["change"] is None
    assert form["quality"]["agreement"] == {"n": 0, "value": None, "interval": None, "unknown": "nothing-compared"}


def test_a_finding_is_told_with_its_figures_in_place_and_without_what_is_held_back() -> None:
    told = (
        Illustration(CaseKey(1), "DA-01", "A child waited."),
        Illustration(CaseKey(2), "DA-02", "x", is_held_back=True),
    )
    written = make_written(
        text="# In {{graded}} cases\n- <b>{{nothing}}",
        reasons=(WEAKNESS,),
        cases=(LinkedCase(CaseKey(1), "DA-01"),),
        illustrations=told,
    )
    (form,) = through_json(findings_form(make_findings([outcome("good")], written=[written])))["findings"]
    assert form == {
        "subject": "casework",
        "stage": "decision-making",
        "kind": "shortcoming",
        "title": "Decisions were poor",
        "text": "In 1 cases\n\n\u2022 <b>[figure not known: nothing]",
        "reasons": [WEAKNESS],
        "cases": ["DA-01"],
        "illustrations": [{"case": "DA-01", "text": "A child waited."}, {"case": "DA-02", "text": None}],
        "withheld": 0,
    }
