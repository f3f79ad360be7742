"""A quality sample is drawn, given to readers, topped up and proved; nobody is given their own cases."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import replace

import pytest

from ncpi_desktop.domain.casework.inspection import Person, Role
from ncpi_desktop.domain.errors import RefusedError, WrongUseError
from ncpi_desktop.domain.grading.review import ReviewPurpose
from ncpi_desktop.domain.moderation.sampling import Every, SampleRules
from ncpi_desktop.domain.moderation.second_reading import SecondState
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.storage.allocation_repository import reader_of
from ncpi_desktop.storage.derived import rebuild_derived
from ncpi_desktop.storage.review_repository import current_review
from ncpi_desktop.storage.second_reading_repository import (
    expected_lines,
    refresh_second_lines,
    second_line,
    second_lines,
)
from ncpi_desktop.storage.tally_repository import read_tallies, recount
from ncpi_desktop.workflows import browsing, reviewing, sampling, staffing
from ncpi_desktop.workflows.allocating import allocate_case, begin_reading
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.declaring import declare_interest
from ncpi_desktop.workflows.handing_on import hand_on_second_readings, waiting_with_who_left
from ncpi_desktop.workflows.proving import prove_sample
from ncpi_desktop.workflows.session import AuditSession
from tests.builders import make_case
from tests.casework import bring_in, hand_in, key_of

SHARE = SampleRules(share=20)


@pytest.fixture
def led(sample: AuditSession) -> AuditSession:
    """The sample, opened by its team lead."""
    sample.sign_in("Team lead")
    return sample


def add_assurer(session: AuditSession, name: str) -> Person:
    staffing.add_person(session, name, [Role.QUALITY_ASSURER])
    return staffing.person_called(session, name)


def everything_follows(session: AuditSession) -> None:
    run = session.file.connection
    assert read_tallies(run) == recount(run)
    kept = run.execute(
        "SELECT case_id, position, state, reader, apart, sampled, edited, originals FROM second_readings ORDER BY 1"
    ).fetchall()
    assert kept == sorted(expected_lines(run))
    assert check(session.path).problems == ()


def references(plan: sampling.SamplePlan | None) -> list[str]:
    assert plan is not None
    return sorted(case.reference for case in plan.cases)


def test_a_plan_writes_nothing_and_is_what_is_drawn(led: AuditSession) -> None:
    before = led.file.last_seal()
    plan = sampling.plan_sample(led, SHARE, 7)
    assert led.file.last_seal() == before
    assert plan.frame_size == 30
    drawn = sampling.draw_sample(led, SHARE, 7)
    assert drawn.saved_at is not None
    assert drawn.plan == plan
    everything_follows(led)


def test_each_rule_takes_its_cases(led: AuditSession) -> None:
    case = key_of(led, "DA-02")
    reviewing.reopen(led, case, "A word was missing.")
    changed = sampling.plan_sample(led, SampleRules(frozenset({Every.CHANGED})), 1)
    assert references(changed) == ["DA-02"]
    hand_in(led, case)
    assert sampling.plan_sample(led, SampleRules(frozenset({Every.CHANGED})), 1) == changed
    run = led.file.connection
    by_rule = {
        Every.INADEQUATE: "SELECT reference FROM worklist WHERE grade = 'inadequate'",
        Every.REFERRAL: "SELECT reference FROM worklist WHERE case_id IN (SELECT case_id FROM referrals)",
        Every.NOT_SURE: "SELECT reference FROM worklist WHERE not_sure = 1 AND state = 'submitted'",
        Every.TWO_APART: "SELECT reference FROM worklist w JOIN own_grades o USING (case_id) WHERE w.grade || o.grade IN"
        " ('goodinadequate', 'inadequategood')",
    }
    sampled = {
        reference
        for (reference,) in run.execute(
            "SELECT reference FROM worklist WHERE case_id IN (SELECT case_id FROM sample_cases)"
        )
    }
    found = 0
    for every, sql in by_rule.items():
        wanted = {reference for (reference,) in run.execute(sql)}
        plan = sampling.plan_sample(led, SampleRules(frozenset({every})), 1)
        assert set(references(plan)) == wanted - sampled
        assert plan.matched[every] == plan.every[every] == len(wanted)
        found += len(wanted)
    assert found >= 7


def test_what_is_drawn_is_kept_with_seed_rules_and_frame_and_can_be_proved(led: AuditSession) -> None:
    sampling.draw_sample(led, SHARE, 7)
    line = browsing.history(led)[0]
    assert (line.action, line.detail) == (Action.DRAW_SAMPLE, f"{_drawn(led)} cases, seed 7")
    seed, rules, size, lines = led.file.connection.execute(
        "SELECT s.seed, s.rules, s.frame_size, f.lines FROM samples s JOIN frames f ON f.sample_id = s.id"
    ).fetchone()
    assert (seed, json.loads(rules), size) == (7, {"share": 20}, 30)
    assert not any(case in lines for case in ("DA-01", "S47"))
    old, _second, new = prove_sample(led)
    assert (old.holds, old.cases, old.seed) == (None, 9, 4127)
    assert (new.holds, new.sentence) == (True, "Seed and rules draw exactly these cases.")


def _drawn(session: AuditSession) -> int:
    (count,) = session.file.connection.execute(
        "SELECT count(*) FROM sample_cases WHERE sample_id = (SELECT max(id) FROM samples)"
    ).fetchone()
    return int(count)


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("UPDATE samples SET seed = 8 WHERE seed = 7", "Seed and rules draw other cases"),
        ("DELETE FROM sample_cases WHERE sample_id = 3 AND position = 0", "draw other cases: 1 differs"),
        ("UPDATE frames SET lines = 'frame 9'", "can't be read"),
        ("UPDATE samples SET frame_size = 31 WHERE seed = 7", "not as large"),
    ],
)
def test_a_sample_that_somebody_chose_is_told(led: AuditSession, sql: str, told: str) -> None:
    sampling.draw_sample(led, SHARE, 7)
    led.file.connection.execute(sql)
    proof = prove_sample(led)[-1]
    assert proof.holds is False
    assert told in proof.sentence


def test_topping_up_keeps_what_was_drawn_and_adds(led: AuditSession) -> None:
    first = sampling.draw_sample(led, SHARE, 7)
    allocated = {
        case.case: reader_of(led.file.connection, case.case, ReviewPurpose.SECOND) for case in first.plan.cases
    }  # type: ignore[union-attr]
    hand_in(led, key_of(led, "DA-06"))
    wide = replace(SHARE, share=50, every=frozenset({Every.INADEQUATE}))
    more = sampling.draw_sample(led, wide, 7)
    assert not set(references(first.plan)) & set(references(more.plan))
    assert more.plan is not None
    assert "in the sample already" in more.plan.remarks[-1]
    assert sampling.seed_to_begin_with(led) == 7
    for case, reader in allocated.items():
        assert reader_of(led.file.connection, case, ReviewPurpose.SECOND) == reader
    assert [proof.holds for proof in prove_sample(led)] == [None, None, True, True]
    everything_follows(led)


def test_the_seed_begins_with_the_last_one_or_a_fresh_one(led: AuditSession, fresh_audit: AuditSession) -> None:
    assert sampling.seed_to_begin_with(led) == 4128
    assert 0 <= sampling.seed_to_begin_with(fresh_audit) < sampling.LARGEST_FIRST_SEED


def test_cases_go_evenly_to_assurers_who_work_here_and_nobody_gets_their_own(led: AuditSession) -> None:
    second = add_assurer(led, "Quality assurer 2")
    gone = add_assurer(led, "Quality assurer 3")
    staffing.set_active(led, gone, False)
    case = key_of(led, "DA-06")
    allocate_case(led, case, second)
    led.sign_in("Quality assurer 2")
    hand_in(led, case)
    led.sign_in("Team lead")
    rules = sampling.rules_naming(led, SampleRules(share=40), ["DA-06"])
    drawn = sampling.draw_sample(led, rules, 3)
    first = staffing.person_called(led, "Quality assurer 1")
    assert drawn.plan is not None
    counts = drawn.plan.by_reader
    assert set(counts) == {first.key, second.key}
    waiting = len(second_lines(led.file.connection, SecondState.TO_READ, reader=first.key))
    assert abs(waiting - counts[second.key]) <= 1
    assert reader_of(led.file.connection, case, ReviewPurpose.SECOND) == first.key
    line = second_line(led.file.connection, case)
    assert line is not None
    assert (line.state, line.reader, line.sampled) == (SecondState.TO_READ, first.key, True)


def test_where_nobody_is_free_the_case_is_nobody_s_and_named(fresh_audit: AuditSession) -> None:
    session = fresh_audit
    bring_in(session, make_case("DA-11", tags=("Night", "Harbour Team")))
    for reference in ("DA-9", "DA-11"):
        hand_in(session, key_of(session, reference))
    nobody = sampling.plan_sample(session, SampleRules(share=100), 1)
    assert {case.why_nobody for case in nobody.unallocated} == {"nobody at work is a quality assurer"}
    staffing.add_person(session, "Lead", [Role.TEAM_LEAD])
    session.sign_in("Lead")
    assurer = add_assurer(session, "Assurer")
    staffing.give_roles(session, staffing.person_called(session, "Inspector 1"), [Role.QUALITY_ASSURER])
    declare_interest(session, assurer, "harbour team", "Served there until 2016.")
    drawn = sampling.draw_sample(session, SampleRules(share=100), 1)
    assert drawn.plan is not None
    assert [(case.reference, case.why_nobody) for case in drawn.plan.unallocated] == [
        ("DA-11", "Inspector 1 gave the first reading; Assurer declared an interest in “Harbour Team”")
    ]
    assert drawn.plan.by_reader == {assurer.key: 1}
    line = second_line(session.file.connection, key_of(session, "DA-11"))
    assert line is not None
    assert (line.state, line.reader) == (SecondState.TO_READ, None)
    everything_follows(session)


def test_who_left_lets_no_case_strand(led: AuditSession) -> None:
    other = add_assurer(led, "Quality assurer 2")
    drawn = sampling.draw_sample(led, SampleRules(share=60), 3)
    first = staffing.person_called(led, "Quality assurer 1")
    assert drawn.plan is not None
    theirs = drawn.plan.by_reader[first.key]
    staffing.rename(led, first, "Quality assurer 1b")
    staffing.set_active(led, first, False)
    waiting = waiting_with_who_left(led)
    assert waiting[first.key] >= theirs
    done = hand_on_second_readings(led, staffing.person_called(led, "Quality assurer 1b"))
    assert {reader for _reference, reader in done.given} == {other.key}
    assert (len(done.given), done.nobody, waiting_with_who_left(led)) == (waiting[first.key], (), {})
    assert browsing.history(led)[0].detail == f"{len(done.given)} second readings of Quality assurer 1b to others"
    everything_follows(led)


def test_what_nobody_can_be_handed_on_stays_and_is_named(led: AuditSession) -> None:
    sampling.draw_sample(led, SHARE, 3)
    first = staffing.person_called(led, "Quality assurer 1")
    done = hand_on_second_readings(led, first)
    assert done.saved_at is None
    assert done.given == ()
    assert {why for _reference, why in done.nobody} == {"nobody at work is a quality assurer"}


@pytest.mark.parametrize(
    ("named", "sentence"),
    [
        (["DA-99"], "There is no case DA-99 here."),
        (["DA-01", "X-1", "X-2"], "There are no cases X-1, X-2 here."),
        (["DA-01", "DA-06"], "DA-06 can't be drawn: its first reading has not been submitted."),
    ],
)
def test_named_cases_must_be_there_and_submitted(led: AuditSession, named: list[str], sentence: str) -> None:
    with pytest.raises(WrongUseError) as refused:
        sampling.rules_naming(led, SampleRules(), named)
    assert refused.value.happened == sentence


def test_what_adds_nothing_is_refused(led: AuditSession, fresh_audit: AuditSession) -> None:
    sampling.draw_sample(led, SHARE, 7)
    before = led.file.last_seal()
    with pytest.raises(RefusedError, match="Every case that the rules choose is in the sample already"):
        sampling.draw_sample(led, SHARE, 7)
    with pytest.raises(RefusedError, match="No case fits the rules"):
        sampling.draw_sample(led, SampleRules(frozenset({Every.CHANGED})), 7)
    with pytest.raises(RefusedError, match="no first reading has been submitted"):
        sampling.draw_sample(fresh_audit, SHARE, 7)
    assert led.file.last_seal() == before


def test_who_draws(led: AuditSession) -> None:
    led.sign_in("Inspector 2")
    with pytest.raises(RefusedError, match="Only a quality assurer or a team lead may draw a quality sample"):
        sampling.draw_sample(led, SHARE, 7)
    led.sign_in("Quality assurer 1")
    assert sampling.draw_sample(led, SHARE, 7).saved_at is not None


def test_the_same_seed_draws_the_same_whatever_the_people_are_called(led: AuditSession) -> None:
    plan = sampling.plan_sample(led, SHARE, 7)
    staffing.rename(led, staffing.person_called(led, "Inspector 1"), "A. Other")
    again = sampling.plan_sample(led, SHARE, 7)
    assert references(again) == references(plan)
    assert dataclasses.replace(again, cases=()) == dataclasses.replace(plan, cases=())


def test_who_draws_by_grades_what_they_read_is_told_and_it_is_kept(led: AuditSession) -> None:
    by_grade = SampleRules(frozenset({Every.INADEQUATE, Every.REFERRAL}), share=50)
    plan = sampling.plan_sample(led, by_grade, 7)
    assert not plan.is_closed
    assert not any("go by the grade" in said for said in plan.remarks)
    led.sign_in("Quality assurer 1")
    closed = sampling.plan_sample(led, by_grade, 7)
    assert closed.is_closed
    assert any("go by the grade" in said for said in closed.remarks)
    share = sampling.plan_sample(led, SHARE, 7)
    assert not share.is_closed
    assert not any("go by the grade" in said for said in share.remarks)
    sampling.draw_sample(led, by_grade, 7)
    noted = led.file.connection.execute(
        "SELECT reference FROM sightings JOIN worklist USING (case_id) WHERE what = 'grade'"
    )
    inadequate = led.file.connection.execute("SELECT reference FROM worklist WHERE grade = 'inadequate'").fetchall()
    assert set(noted.fetchall()) == set(inadequate) & {(reference,) for reference in references(plan)}
    assert len(references(plan)) > len(inadequate)
    everything_follows(led)


def test_a_plan_by_grades_is_closed_to_nobody_in_particular(led: AuditSession) -> None:
    led.sign_in("")
    assert sampling.plan_sample(led, SampleRules(frozenset({Every.TWO_APART})), 7).is_closed
    assert not sampling.plan_sample(led, SHARE, 7).is_closed


def test_an_assurer_who_leads_had_the_grades_open(led: AuditSession) -> None:
    staffing.give_roles(led, staffing.person_called(led, "Team lead"), [Role.TEAM_LEAD, Role.QUALITY_ASSURER])
    drawn = sampling.draw_sample(led, SHARE, 7)
    assert drawn.plan is not None
    lead = staffing.person_called(led, "Team lead").key
    theirs = {(case.case,) for case in drawn.plan.cases if case.reader == lead}
    assert theirs
    noted = led.file.connection.execute("SELECT case_id FROM sightings WHERE what = 'grade' AND person_id = ?", (lead,))
    assert set(noted.fetchall()) == theirs
    everything_follows(led)


def test_a_reopened_case_counts_with_the_grade_that_was_handed_in_last(led: AuditSession) -> None:
    inadequate = SampleRules(frozenset({Every.INADEQUATE}))
    apart = SampleRules(frozenset({Every.TWO_APART}))
    before = (sampling.plan_sample(led, inadequate, 1), sampling.plan_sample(led, apart, 1))
    for reference in {*references(before[0]), *references(before[1])}:
        case = key_of(led, reference)
        reviewing.reopen(led, case, "To look again.")
        reviewing.give_grade(led, case, "requires-improvement")
    after = (sampling.plan_sample(led, inadequate, 1), sampling.plan_sample(led, apart, 1))
    assert [references(plan) for plan in after] == [references(plan) for plan in before]
    assert after[0].frame_size == 30
    line = second_line(led.file.connection, after[0].cases[0].case)
    assert line is None
    sampling.draw_sample(led, inadequate, 1)
    line = second_line(led.file.connection, after[0].cases[0].case)
    assert line is not None
    assert line.state is SecondState.WAITING
    everything_follows(led)


def test_a_case_for_practice_is_never_drawn(led: AuditSession) -> None:
    case = key_of(led, "DA-02")
    led.file.connection.execute(
        "INSERT INTO practice_cases (identity, case_id, added_at) VALUES ('p', ?, '2018-05-16')", (case,)
    )
    plan = sampling.plan_sample(led, SampleRules(share=100), 1)
    assert plan.frame_size == 29
    assert "DA-02" not in references(plan)
    led.file.connection.execute("DELETE FROM worklist WHERE case_id = ?", (case,))
    with pytest.raises(WrongUseError, match="There is no case DA-02 here"):
        sampling.rules_naming(led, SampleRules(), ["DA-02"])


def test_a_draft_that_who_left_had_begun_goes_along(led: AuditSession) -> None:
    first = staffing.person_called(led, "Quality assurer 1")
    other = add_assurer(led, "Quality assurer 2")
    case = key_of(led, "DA-02")
    allocate_case(led, case, first, ReviewPurpose.SECOND)
    led.sign_in("Quality assurer 1")
    with led.change(Action.GRADE) as change:
        begin_reading(led, change, case, ReviewPurpose.SECOND)
        refresh_second_lines(change.connection, [case])
    led.sign_in("Team lead")
    staffing.set_active(led, first, False)
    sampling.draw_sample(led, sampling.rules_naming(led, SampleRules(), ["DA-02"]), 1)
    draft = current_review(led.file.connection, case, ReviewPurpose.SECOND)
    assert draft is not None
    assert draft.reviewer == reader_of(led.file.connection, case, ReviewPurpose.SECOND) == other.key
    everything_follows(led)


def test_a_case_that_was_read_twice_already_keeps_its_reader(led: AuditSession) -> None:
    led.file.connection.execute("DELETE FROM sample_cases")
    rebuild_derived(led.file.connection)
    first = staffing.person_called(led, "Quality assurer 1")
    add_assurer(led, "Quality assurer 2")
    staffing.set_active(led, first, False)
    plan = sampling.draw_sample(led, sampling.rules_naming(led, SampleRules(), ["DA-01"]), 1).plan
    assert plan is not None
    assert [case.reader for case in plan.cases] == [first.key]
    line = second_line(led.file.connection, plan.cases[0].case)
    assert line is not None
    assert (line.state, line.sampled) == (SecondState.AGREED, True)
    run = led.file.connection
    assert read_tallies(run) == recount(run)
