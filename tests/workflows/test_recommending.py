"""Writing, numbering, linking, answering and completing recommendations, each one change of the file."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from ncpi_desktop.domain.casework.inspection import Role
from ncpi_desktop.domain.casework.recommendation import (
    MOST,
    Origin,
    Recommendation,
    RecommendationKey,
    questions_about,
)
from ncpi_desktop.domain.casework.recommendation_log import Status
from ncpi_desktop.domain.casework.recommendation_words import Deadline
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.findings.finding import FindingKind, FindingPlace, Subject
from ncpi_desktop.domain.grading.review import ReviewPurpose
from ncpi_desktop.storage.finding_repository import read_findings
from ncpi_desktop.workflows import allocating, finding_writing, progressing, recommending, reviewing, staffing, undoing
from ncpi_desktop.workflows.browsing import history
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.practice_sets import bring_practice_set
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of
from tests.casework import key_of

LEAD, ASSURER = "Team lead", "Quality assurer 1"


@pytest.fixture
def lead(sample: AuditSession) -> AuditSession:
    sample.sign_in(LEAD)
    return sample


def of(session: AuditSession, origin: Origin, number: int) -> Recommendation:
    held = recommending.all_recommendations(session)
    return next(one for one in held if (one.origin, one.number) == (origin, number))


def sound(session: AuditSession) -> bool:
    """Close the file and hold its rows against its history."""
    path = session.path
    session.close()
    return check(path).problems == ()


def test_own_ones_are_added_numbered_moved_and_removed(lead: AuditSession) -> None:
    recommending.add_recommendation(lead, Deadline.SIX_MONTHS, " Train them. ", finding="Nobody was trained.")
    third = of(lead, Origin.THIS, 3)
    assert (third.text, third.deadline, third.status, third.log) == (
        "Train them.",
        Deadline.SIX_MONTHS,
        Status.AWAITING_REVIEW,
        (),
    )
    recommending.renumber(lead, third.key, 1)
    numbers = {one.text[:12]: one.number for one in recommending.all_recommendations(lead) if one.origin is Origin.THIS}
    assert sorted(numbers.values()) == [1, 2, 3]
    assert numbers["Train them."] == 1
    recommending.remove_recommendation(lead, of(lead, Origin.THIS, 2).key)
    assert [one.number for one in recommending.all_recommendations(lead)] == [*range(1, 10), 1, 2]
    with pytest.raises(RefusedError, match="There is no place 3"):
        recommending.renumber(lead, third.key, 3)
    assert sound(lead)


def test_typing_is_kept_step_by_step_and_a_burst_is_one_step(lead: AuditSession) -> None:
    key = of(lead, Origin.PREVIOUS, 2).key
    first = recommending.write_recommendation(lead, key, "summary", "They")
    second = recommending.write_recommendation(lead, key, "summary", "They do.", first.step)
    assert second.step == first.step
    other = recommending.write_recommendation(lead, key, "detail", "- one\n- two", second.step)
    assert other.step == first.step  # one burst in one recommendation
    assert recommending.write_recommendation(lead, key, "detail", "- one\n- two").saved_at is None
    recommending.set_deadline(lead, of(lead, Origin.THIS, 1).key, Deadline.SIX_MONTHS)
    later = recommending.write_recommendation(lead, key, "summary", "They do so.", second.step)
    assert later.step != first.step
    held = of(lead, Origin.PREVIOUS, 2)
    assert (held.summary, held.detail) == ("They do so.", "- one\n- two")
    assert sound(lead)


def test_an_earlier_text_is_not_rewritten_and_an_own_one_not_answered(lead: AuditSession) -> None:
    earlier, own = of(lead, Origin.PREVIOUS, 1), of(lead, Origin.THIS, 1)
    with pytest.raises(RefusedError, match="stays as it was published"):
        recommending.write_recommendation(lead, earlier.key, "text", "Else.")
    with pytest.raises(RefusedError, match="answered by a later one"):
        recommending.write_recommendation(lead, own.key, "progress", "improved")
    with pytest.raises(RefusedError, match="20,000 fit"):
        recommending.write_recommendation(lead, own.key, "text", "x" * (MOST + 1))
    for act in (
        lambda: recommending.set_deadline(lead, earlier.key, Deadline.SIX_MONTHS),
        lambda: recommending.remove_recommendation(lead, earlier.key),
        lambda: recommending.renumber(lead, earlier.key, 2),
    ):
        with pytest.raises(RefusedError, match="is of an earlier inspection"):
            act()


def test_cases_are_linked_and_one_opened_again_is_asked_about(lead: AuditSession) -> None:
    own = of(lead, Origin.THIS, 2)
    recommending.rest_on_cases(lead, own.key, [key_of(lead, "DA-01"), key_of(lead, "DA-03")])
    assert [case.reference for case in of(lead, Origin.THIS, 2).cases] == ["DA-01", "DA-03"]
    assert recommending.rest_on_cases(lead, own.key, [key_of(lead, "DA-03"), key_of(lead, "DA-01")]).saved_at is None
    assert questions_about(of(lead, Origin.THIS, 2)) == ()
    reviewing.reopen(lead, key_of(lead, "DA-01"), "A word was missing.")
    assert "Case DA-01 was opened again" in questions_about(of(lead, Origin.THIS, 2))[0]
    recommending.rest_on_cases(lead, own.key, [])
    assert of(lead, Origin.THIS, 2).cases == ()
    bring_practice_set(lead)
    practice = lead.file.connection.execute("SELECT case_id FROM practice_cases").fetchone()[0]
    with pytest.raises(RefusedError, match="A practice case is invented"):
        recommending.rest_on_cases(lead, own.key, [practice])
    assert sound(lead)


def test_findings_are_linked_and_one_that_is_rested_on_is_not_removed(lead: AuditSession) -> None:
    own = of(lead, Origin.THIS, 1)
    finding_writing.add_finding(lead, FindingPlace(FindingKind.SHORTCOMING, Subject.LEADERSHIP), "Late")
    finding = read_findings(lead.file.connection)[-1]
    recommending.follow_from_findings(lead, own.key, [finding.key])
    assert [linked.title for linked in of(lead, Origin.THIS, 1).findings] == ["Late"]
    with pytest.raises(RefusedError, match="ecommendation"):
        finding_writing.remove_finding(lead, finding.key)
    recommending.follow_from_findings(lead, own.key, [])
    finding_writing.remove_finding(lead, finding.key)
    assert of(lead, Origin.THIS, 1).findings == ()
    assert sound(lead)


def test_one_takes_up_an_earlier_one(lead: AuditSession) -> None:
    own, earlier = of(lead, Origin.THIS, 1), of(lead, Origin.PREVIOUS, 5)
    recommending.take_up(lead, own.key, earlier.key)
    assert of(lead, Origin.THIS, 1).follows == earlier.key
    with pytest.raises(RefusedError, match="take up itself"):
        recommending.take_up(lead, own.key, own.key)
    recommending.take_up(lead, own.key, None)
    assert of(lead, Origin.THIS, 1).follows is None
    assert sound(lead)


def test_completing_takes_two_people(lead: AuditSession) -> None:
    key = of(lead, Origin.PREVIOUS, 2).key
    with pytest.raises(RefusedError, match="two acts"):
        progressing.log_status(lead, key, Status.COMPLETE, "Done.")
    progressing.ask_completion(lead, key, "Every reason was looked at.")
    held = of(lead, Origin.PREVIOUS, 2)
    assert (held.status, held.asked is not None, held.log[-1].by) == (Status.BEING_PROGRESSED, True, LEAD)
    with pytest.raises(RefusedError, match="Whoever asks"):
        progressing.authorise_completion(lead, key, "Seen.")
    lead.sign_in("Inspector 2")
    with pytest.raises(RefusedError, match="Only a quality assurer or a team lead may authorise the completion"):
        progressing.authorise_completion(lead, key, "Seen.")
    lead.sign_in(ASSURER)
    progressing.authorise_completion(lead, key, "A sample of thirty was looked at.")
    held = of(lead, Origin.PREVIOUS, 2)
    last = held.log[-1]
    assert (held.status, last.by, last.authoriser) == (Status.COMPLETE, LEAD, ASSURER)
    lead.sign_in(LEAD)
    progressing.log_status(lead, key, Status.BEING_PROGRESSED, "It has come back.")
    assert of(lead, Origin.PREVIOUS, 2).status is Status.BEING_PROGRESSED
    assert sound(lead)


def test_another_status_lets_a_request_lapse(lead: AuditSession) -> None:
    key = of(lead, Origin.PREVIOUS, 4).key
    progressing.ask_completion(lead, key, "Done.")
    progressing.log_status(lead, key, Status.BEING_PROGRESSED, "Not quite.")
    lead.sign_in(ASSURER)
    with pytest.raises(RefusedError, match="Nobody has asked"):
        progressing.authorise_completion(lead, key, "Seen.")


def test_lines_are_dated_and_need_a_comment_and_a_name(lead: AuditSession) -> None:
    key = of(lead, Origin.PREVIOUS, 9).key
    progressing.log_status(lead, key, Status.WILL_BE_PROGRESSED, "Soon.", date(2018, 5, 10))
    assert of(lead, Origin.PREVIOUS, 9).log[-1].at == datetime(2018, 5, 10, 12, tzinfo=UTC)
    for comment, on, said in (
        (" ", None, "needs a comment"),
        ("So.", date(2018, 5, 9), "lines follow one another"),
        ("So.", date(2031, 1, 1), "in the future"),
    ):
        with pytest.raises(RefusedError, match=said):
            progressing.log_status(lead, key, Status.BEING_PROGRESSED, comment, on)
    lead.sign_in("")
    with pytest.raises(RefusedError, match="nobody has signed in"):
        progressing.log_status(lead, key, Status.BEING_PROGRESSED, "So.")


def test_publication_gives_due_days_and_holds_the_numbers(lead: AuditSession) -> None:
    with pytest.raises(RefusedError, match="before the fieldwork began, on 14/05/2018"):
        recommending.publish_on(lead, date(2018, 5, 1))
    today = lead.clock().date()
    recommending.publish_on(lead, date(2018, 5, 15))
    assert lead.inspection.published_on == date(2018, 5, 15)
    assert today >= date(2018, 5, 15)
    assert [of(lead, Origin.THIS, n).due_on for n in (1, 2)] == [date(2018, 5, 15), date(2018, 8, 15)]
    key = of(lead, Origin.THIS, 1).key
    for act in (
        lambda: recommending.renumber(lead, key, 2),
        lambda: recommending.remove_recommendation(lead, key),
    ):
        with pytest.raises(RefusedError, match="was published on 15/05/2018"):
            act()
    progressing.log_status(lead, key, Status.WILL_BE_PROGRESSED, "Accepted.", date(2018, 5, 15))
    with pytest.raises(RefusedError, match="begins on 15/05/2018"):
        recommending.publish_on(lead, date(2018, 6, 1))
    recommending.publish_on(lead, None)
    assert of(lead, Origin.THIS, 1).due_on is None
    with pytest.raises(RefusedError, match="status log, which is kept"):
        recommending.remove_recommendation(lead, key)
    assert sound(lead)


def test_each_act_has_its_line_in_the_history(lead: AuditSession) -> None:
    key = of(lead, Origin.PREVIOUS, 2).key
    progressing.ask_completion(lead, key, "Done.")
    recommending.publish_on(lead, date(2018, 9, 3))
    newest = [(change.action, change.detail) for change in history(lead, None)[:2]]
    assert newest == [("set-published", "2018-09-03"), ("ask-completion", "2, previous inspection")]


def test_where_one_alone_leads_another_still_authorises(fresh_audit: AuditSession, tmp_path: Path) -> None:
    """A file without a team lead lets whoever judges ask, and somebody else authorise."""
    fresh_audit.sign_in("Inspector 1")
    recommending.add_recommendation(fresh_audit, Deadline.IMMEDIATELY, "See them.")
    key = of(fresh_audit, Origin.THIS, 1).key
    progressing.ask_completion(fresh_audit, key, "Done.")
    with pytest.raises(RefusedError, match="Whoever asks"):
        progressing.authorise_completion(fresh_audit, key, "Seen.")
    staffing.add_person(fresh_audit, "Inspector 9", [Role.INSPECTOR])
    fresh_audit.read_people_again()
    fresh_audit.sign_in("Inspector 9")
    progressing.authorise_completion(fresh_audit, key, "Seen.")
    assert of(fresh_audit, Origin.THIS, 1).is_complete


def test_what_is_written_is_undone_and_redone_step_by_step(lead: AuditSession) -> None:
    before = recommending.all_recommendations(lead)
    own, earlier = of(lead, Origin.THIS, 1), of(lead, Origin.PREVIOUS, 1)
    recommending.write_recommendation(lead, own.key, "text", "Else.")
    recommending.set_deadline(lead, own.key, Deadline.SIX_MONTHS)
    recommending.rest_on_cases(lead, own.key, [key_of(lead, "DA-01")])
    recommending.take_up(lead, own.key, earlier.key)
    recommending.add_recommendation(lead, Deadline.IMMEDIATELY, "See them.")
    recommending.write_recommendation(lead, of(lead, Origin.THIS, 3).key, "finding", "Not seen.")
    after = recommending.all_recommendations(lead)
    for _step in range(6):
        undoing.undo(lead)
    assert recommending.all_recommendations(lead) == before
    for _step in range(6):
        undoing.redo(lead)
    again = recommending.all_recommendations(lead)
    assert [replace(one, key=RecommendationKey(0)) for one in again] == [
        replace(one, key=RecommendationKey(0)) for one in after
    ]
    assert sound(lead)


def test_what_was_changed_since_is_not_undone(lead: AuditSession) -> None:
    recommending.add_recommendation(lead, Deadline.IMMEDIATELY, "See them.")
    progressing.log_status(lead, of(lead, Origin.THIS, 3).key, Status.AWAITING_REVIEW, "Noted.")
    with pytest.raises(RefusedError, match="changed since"):
        undoing.undo(lead)
    assert of(lead, Origin.THIS, 3).text == "See them."
    recommending.set_deadline(lead, of(lead, Origin.THIS, 1).key, Deadline.SIX_MONTHS)
    lead.sign_in("Inspector 2")
    with pytest.raises(RefusedError):
        undoing.undo(lead)
    assert of(lead, Origin.THIS, 1).deadline is Deadline.SIX_MONTHS
    assert sound(lead)


def test_a_link_to_a_case_that_is_closed_to_whoever_looks_is_left_out_and_counted(sample: AuditSession) -> None:
    sample.sign_in(ASSURER)
    seen = of(sample, Origin.THIS, 1)
    assert ([case.reference for case in seen.cases], seen.withheld) == (["MIS-02"], 1)
    assert seen in findings_of(sample).recommendations
    told = next(one for one in findings_of(sample, final=True).recommendations if one.key == seen.key)
    assert ([case.reference for case in told.cases], told.withheld) == (["EX-02", "MIS-02"], 0)
    sample.sign_in(LEAD)
    assert of(sample, Origin.THIS, 1).withheld == 0


def test_links_that_somebody_may_not_see_stay_when_they_link_others(sample: AuditSession) -> None:
    staffing_lead = staffing.person_called(sample, ASSURER)
    sample.sign_in(LEAD)
    allocating.allocate_case(sample, key_of(sample, "EX-02"), staffing_lead, ReviewPurpose.SECOND)
    staffing.give_roles(sample, staffing_lead, [Role.TEAM_LEAD])
    sample.sign_in(ASSURER)
    own = of(sample, Origin.THIS, 1)
    assert own.withheld == 1
    recommending.rest_on_cases(sample, own.key, [key_of(sample, "DA-01")])
    sample.sign_in(LEAD)
    assert [case.reference for case in of(sample, Origin.THIS, 1).cases] == ["DA-01", "EX-02"]
