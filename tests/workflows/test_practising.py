"""Practice: a set with agreed answers that nobody sees before their own, results for each reader, and no way around."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ncpi_desktop.domain.casework.inspection import Role
from ncpi_desktop.domain.casework.worklist import CaseState
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.grading.completeness import missing_from
from ncpi_desktop.domain.grading.contradictions import questions_about
from ncpi_desktop.domain.grading.difference import Facet
from ncpi_desktop.domain.grading.review import ReviewPurpose
from ncpi_desktop.domain.moderation.calibration import Timing
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.storage import practice_repository
from ncpi_desktop.workflows import allocating, browsing, restoring, reviewing, staffing, undoing
from ncpi_desktop.workflows.creating import create_audit
from ncpi_desktop.workflows.importing import ImportRefusedError, plan_import, run_import
from ncpi_desktop.workflows.practice_sets import bring_practice_from, bring_practice_set
from ncpi_desktop.workflows.practising import (
    neighbour,
    next_practice,
    own_result,
    practice_lines,
    practice_results,
)
from ncpi_desktop.workflows.session import AuditSession
from tests.builders import make_case, make_inspection
from tests.casework import bring_in, complete, hand_in, key_of
from tests.practice import AGREED, answer, answer_as_agreed, bring_set_in, faults_of, own_set, practice_keys


def test_the_shipped_set_is_complete_and_raises_no_question(sample: AuditSession) -> None:
    cases = bring_set_in(sample)
    agreed = [practice_repository.agreed_reading(sample.file.connection, case) for case in cases]
    assert tuple(review.grade for review in agreed if review) == AGREED
    for case, review in zip(cases, agreed, strict=True):
        assert review is not None
        desk = reviewing.lay_on_desk(sample, case)
        assert 5 <= len(desk.case.entries) <= 8
        assert missing_from(review, desk.case.area, sample.methodology) == ()
        assert questions_about(review, sample.methodology) == ()
        assert (review.reviewer, review.purpose, review.is_editable) == (None, ReviewPurpose.PRACTICE, False)
    assert len({reviewing.lay_on_desk(sample, case).case.area for case in cases}) == 6


def test_the_set_is_a_team_lead_s_to_bring_in_and_stands_once(sample: AuditSession) -> None:
    with pytest.raises(RefusedError, match="Only a team lead may bring practice cases in"):
        bring_practice_set(sample)
    assert not practice_lines(sample)
    bring_set_in(sample)
    sample.sign_in("Team lead")
    with pytest.raises(RefusedError, match="in this audit already"):
        bring_practice_set(sample)
    assert len(practice_lines(sample)) == 6


@pytest.mark.parametrize(("code", "fits"), [("ncpi-2014", False), ("ncpi-2018", True), ("ncpi-2024", True)])
def test_grades_of_another_methodology_are_refused(
    opener: Callable[..., AuditSession], tmp_path: Path, code: str, fits: bool
) -> None:
    path = tmp_path / "Other.ncpi"
    create_audit(path, make_inspection(methodology=code), person="Lead", roles={Role.TEAM_LEAD})
    session = opener(path, "Lead")
    if fits:
        assert bring_practice_set(session).cases == 6
        return
    with pytest.raises(RefusedError, match="grades of another methodology than this audit"):
        bring_practice_set(session)
    assert not practice_lines(session)


def test_a_reader_sees_the_agreed_answer_once_their_own_is_handed_in(sample: AuditSession) -> None:
    first, second, *_rest = bring_set_in(sample)
    complete(sample, first, "inadequate")
    desk = reviewing.lay_on_desk(sample, first)
    assert desk.practice is not None
    assert (desk.practice.agreed, desk.practice.apart) == (None, ())
    assert (desk.purpose, desk.row.position, desk.row.state) == (ReviewPurpose.PRACTICE, 0, CaseState.IN_PROGRESS)
    reviewing.submit(sample, first)
    shown = reviewing.lay_on_desk(sample, first).practice
    assert shown is not None
    assert shown.agreed is not None
    assert shown.agreed.rationale.startswith("The outcome for this girl is sad")
    assert (shown.apart[0].facet, shown.apart[0].agreed, shown.apart[0].given) == (Facet.GRADE, "good", "inadequate")
    reasons = {(apart.agreed, apart.given) for apart in shown.apart if apart.facet is Facet.REASON}
    assert reasons == {("INI-S05", None), ("AAH-S01", None), ("INV-S01", None), ("TRU-S02", None), (None, "DEC-W01")}
    untouched = reviewing.lay_on_desk(sample, second).practice
    assert untouched is not None
    assert untouched.agreed is None


def test_an_answer_as_agreed_has_nothing_apart(sample: AuditSession) -> None:
    case = bring_set_in(sample)[5]
    answer_as_agreed(sample, case)
    shown = reviewing.lay_on_desk(sample, case).practice
    assert shown is not None
    assert shown.agreed is not None
    assert shown.apart == ()


def test_the_first_answer_counts(sample: AuditSession) -> None:
    case = bring_set_in(sample)[0]
    hand_in(sample, case)
    with pytest.raises(RefusedError, match="the first answer counts"):
        reviewing.reopen(sample, case, "I know better now.")
    with pytest.raises(RefusedError, match="the first answer counts"):
        reviewing.give_grade(sample, case, "good")


def test_each_reader_has_a_reading_of_their_own(sample: AuditSession) -> None:
    case = bring_set_in(sample)[0]
    hand_in(sample, case, "inadequate")
    sample.sign_in("Inspector 1")
    assert reviewing.lay_on_desk(sample, case).review.is_blank
    hand_in(sample, case, "good")
    sample.sign_in("Inspector 2")
    assert reviewing.lay_on_desk(sample, case).review.grade == "inadequate"


def test_nobody_signed_in_neither_reads_nor_sees_an_answer(sample: AuditSession) -> None:
    case = bring_set_in(sample)[0]
    sample.sign_in("")
    desk = reviewing.lay_on_desk(sample, case)
    assert desk.review.is_blank
    assert desk.practice is not None
    assert desk.practice.agreed is None
    with pytest.raises(RefusedError, match="read under a name"):
        reviewing.give_grade(sample, case, "good")
    assert own_result(sample) is None
    assert practice_results(sample) == ()


def test_a_practice_case_is_given_to_nobody(sample: AuditSession) -> None:
    case = bring_set_in(sample)[0]
    sample.sign_in("Team lead")
    with pytest.raises(RefusedError, match="PRACTICE-1 is for practice"):
        allocating.allocate_case(sample, case, sample.people[1], ReviewPurpose.PRACTICE)


def test_undo_redo_citations_and_marks_work_on_a_practice_case(sample: AuditSession) -> None:
    case = bring_set_in(sample)[0]
    entry = reviewing.lay_on_desk(sample, case).case.entries[0].key
    reviewing.give_grade(sample, case, "good")
    reviewing.cite(sample, case, "INI-S05", entry, 0, 6)
    reviewing.park(sample, case, "Tomorrow.")
    undoing.undo(sample)
    undoing.undo(sample)
    assert reviewing.lay_on_desk(sample, case).review.reasons == ()
    undoing.redo(sample)
    review = reviewing.lay_on_desk(sample, case).review
    assert (review.grade, review.reasons[0].citations[0].passage) == ("good", "Deputy")
    assert faults_of(sample) == ()


def test_one_goes_through_the_set_in_order(sample: AuditSession) -> None:
    cases = bring_set_in(sample)
    assert next_practice(sample) == cases[0]
    assert [neighbour(sample, cases[0], step) for step in (-1, 1)] == [None, cases[1]]
    hand_in(sample, cases[1])
    assert next_practice(sample, cases[0]) == cases[2]
    assert next_practice(sample, cases[5]) == cases[0]
    for case in cases:
        if case != cases[1]:
            hand_in(sample, case)
    assert next_practice(sample, cases[5]) is None
    assert {line.row.state for line in practice_lines(sample)} == {CaseState.SUBMITTED}


def test_a_result_says_direction_and_whether_it_was_before_live_work(fresh_audit: AuditSession) -> None:
    bring_practice_set(fresh_audit)
    answer(fresh_audit, ("good", "inadequate", "requires-improvement", "requires-improvement", "inadequate"))
    held = own_result(fresh_audit)
    assert held is not None
    result = held.result
    assert (result.cases, result.n, result.missing, result.table.same) == (6, 5, 1, 3)
    assert (result.harsher, result.kinder, result.timing) == (1, 1, Timing.NOT_FINISHED)
    hand_in(fresh_audit, practice_keys(fresh_audit)[5], "good")
    held = own_result(fresh_audit)
    assert held is not None
    assert held.result.timing is Timing.BEFORE_LIVE
    hand_in(fresh_audit, key_of(fresh_audit, "DA-10"))
    assert own_result(fresh_audit) == held


def test_live_work_before_practice_is_said_even_where_it_was_reopened(fresh_audit: AuditSession) -> None:
    bring_practice_set(fresh_audit)
    live = key_of(fresh_audit, "DA-10")
    hand_in(fresh_audit, live)
    reviewing.reopen(fresh_audit, live, "Too early.")
    held = own_result(fresh_audit)
    assert held is not None
    assert held.result.timing is Timing.LIVE_UNFINISHED
    answer(fresh_audit)
    held = own_result(fresh_audit)
    assert held is not None
    assert held.result.timing is Timing.AFTER_LIVE


def test_a_lead_sees_every_reader_s_result_and_others_their_own(sample: AuditSession) -> None:
    bring_set_in(sample)
    answer(sample, AGREED[:2])
    assert [held.person.name for held in practice_results(sample)] == ["Inspector 2"]
    sample.sign_in("Team lead")
    found = {held.person.name: held.result.n for held in practice_results(sample)}
    assert found["Inspector 2"] == 2
    assert {name for name, n in found.items() if n == 0} == {person.name for person in sample.people} - {"Inspector 2"}


def test_a_reader_who_has_left_keeps_their_result(sample: AuditSession) -> None:
    bring_set_in(sample)
    answer(sample, AGREED[:1])
    sample.sign_in("Team lead")
    staffing.set_active(sample, staffing.person_called(sample, "Inspector 2"), False)
    assert ("Inspector 2", 1) in {(held.person.name, held.result.n) for held in practice_results(sample)}


def told(session: AuditSession) -> str:
    """Everything that the history tells who works here."""
    lines, before = [], None
    while page := browsing.history(session, before):
        before = page[-1].sequence
        for change in page:
            if change.action == Action.ADD_PRACTICE or change.case_reference.startswith("PRACTICE"):
                values = browsing.values_of_step(session, change.step)
                lines.append(json.dumps([change.detail, *((v.field, v.old, v.new) for v in values)]))
    return "\n".join(lines)


def test_the_history_tells_no_answer_before_one_s_own(sample: AuditSession) -> None:
    first, *_rest = bring_set_in(sample)
    sample.sign_in("Inspector 1")
    hand_in(sample, first, "inadequate")
    reviewing.write_text(sample, practice_keys(sample)[1], "notes", "A thought of mine.")
    sample.sign_in("Inspector 2")
    before = told(sample)
    for word in (
        "The outcome for this girl",
        "INI-S05",
        "AAH-W04",
        "It ended well",
        "Inadequate",
        "A thought",
        "DEC-W01",
    ):
        assert word not in before
    assert "PRACTICE-1" not in before
    hand_in(sample, first, "good")
    after = told(sample)
    assert "The outcome for this girl" in after
    assert "It ended well" not in after
    assert "A thought" not in after
    sample.sign_in("Team lead")
    whole = told(sample)
    for word in ("It ended well", "A thought", "Inadequate"):
        assert word in whole


def test_nobody_takes_an_agreed_answer_over_from_the_history(sample: AuditSession) -> None:
    case = bring_set_in(sample)[0]
    sample.sign_in("Team lead")
    step = next(change.step for change in browsing.history(sample) if change.action == Action.ADD_PRACTICE)
    values = [v for v in browsing.values_of_step(sample, step) if (v.table, v.field) == ("reviews", "grade")]
    assert values
    with pytest.raises(RefusedError, match="not a value that can be brought back"):
        restoring.restore_from_step(sample, step, values[0], after=True)
    assert reviewing.lay_on_desk(sample, case).review.is_blank


def test_a_live_case_with_the_reference_of_a_practice_case_is_refused(sample: AuditSession, tmp_path: Path) -> None:
    bring_set_in(sample)
    sample.sign_in("Team lead")
    source = tmp_path / "cases.csv"
    for text in ("PRACTICE-1,missing,good\n", "PRACTICE-1,s47,\n"):
        source.write_text("case,area,grade\n" + text)
        refusals = plan_import(sample, source).refusals
        assert any("A practice case has this reference" in refusal.reason for refusal in refusals) or text.endswith(
            "s47,\n"
        )
        assert refusals
        with pytest.raises(ImportRefusedError):
            run_import(sample, source)


def test_an_import_beside_a_practice_set_leaves_it_out_of_the_queue(fresh_audit: AuditSession, tmp_path: Path) -> None:
    bring_practice_set(fresh_audit)
    source = tmp_path / "cases.csv"
    source.write_text("case,area,day,time,heading,text\nDA-99,domestic-abuse,0,10:00,Call,A call.\n")
    run_import(fresh_audit, source)
    rows = browsing.queue_page(fresh_audit, 1, 100)
    assert [row.reference for row in rows] == ["S47-01", "DA-9", "DA-10", "DA-99"]
    assert faults_of(fresh_audit) == ()


def test_a_reference_of_the_audit_is_refused_to_the_shipped_set(fresh_audit: AuditSession) -> None:
    bring_in(fresh_audit, make_case("PRACTICE-3"))
    with pytest.raises(RefusedError, match="a case “PRACTICE-3”"):
        bring_practice_set(fresh_audit)
    assert not practice_lines(fresh_audit)


def test_a_set_of_one_s_own_is_another_round(fresh_audit: AuditSession, tmp_path: Path) -> None:
    bring_practice_set(fresh_audit)
    answer(fresh_audit)
    source = own_set(tmp_path, ("OWN-10", "inadequate"), ("OWN-9", "requires improvement"))
    assert bring_practice_from(fresh_audit, source).cases == 2
    lines = practice_lines(fresh_audit)
    assert [line.case.reference for line in lines[6:]] == ["OWN-9", "OWN-10"]
    assert {line.case.round for line in lines} == {1, 2}
    hand_in(fresh_audit, lines[6].case.case, "inadequate")
    mine = [held for held in practice_results(fresh_audit) if held.person.name == "Inspector 1"]
    assert [(held.round, held.result.cases, held.result.n) for held in mine] == [(2, 2, 1), (1, 6, 6)]
    newest = own_result(fresh_audit)
    assert newest is not None
    assert (newest.round, newest.result.harsher) == (2, 1)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (
            "DA-9,domestic-abuse,0,10:00,Call,A call.,good,,,,,,,INI-S01,Well done.",
            "holds a case of this reference already",
        ),
        ("OWN-1,s47,,,,,good,good,good,good,good,good,good,INI-S01,Well done.", "needs its record"),
        ("OWN-1,s47,0,10:00,Call,A call.,,,,,,,,,", "overall grade is missing"),
        (
            "OWN-1,s47,0,10:00,Call,A call.,good,good,good,good,good,good,,INI-S01,Well done.",
            "is neither graded nor marked",
        ),
        ("OWN-1,s47,0,10:00,Call,A call.,good,good,good,good,good,good,good,,Well done.", "No reason is given"),
        ("OWN-1,s47,0,10:00,Call,A call.,good,good,good,good,good,good,good,INI-S01,", "The rationale is empty"),
        ("OWN-1,s47,0,10:00,Call,A call.,adequate,,,,,,,INI-S01,Fine.", "not a grade of this methodology"),
    ],
)
def test_a_faulty_set_is_refused_whole(fresh_audit: AuditSession, tmp_path: Path, row: str, says: str) -> None:
    source = own_set(tmp_path, ("OWN-5", "good"))
    source.write_text(source.read_text() + row + "\n")
    with pytest.raises(ImportRefusedError) as refused:
        bring_practice_from(fresh_audit, source)
    assert any(says in refusal.reason for refusal in refused.value.plan.refusals), refused.value.plan.refusals
    assert not practice_lines(fresh_audit)


def test_undo_does_not_reach_behind_an_answer_handed_in(sample: AuditSession) -> None:
    case = bring_set_in(sample)[0]
    hand_in(sample, case)
    before = reviewing.lay_on_desk(sample, case).review
    with pytest.raises(RefusedError, match="nothing to undo"):
        undoing.undo(sample)
    assert reviewing.lay_on_desk(sample, case).review == before
