"""Two readings are settled part by part, by both readers or by a lead; the originals and the agreement stay as they are."""

from __future__ import annotations

import pytest

from ncpi_desktop.domain.casework.inspection import Role
from ncpi_desktop.domain.errors import RefusedError, WrongUseError
from ncpi_desktop.domain.findings.json_form import findings_form
from ncpi_desktop.domain.grading.review import Review, ReviewPurpose
from ncpi_desktop.domain.moderation.second_reading import SecondState
from ncpi_desktop.domain.moderation.settlement import OVERALL_GRADE, Choice, Part, PartKind
from ncpi_desktop.storage.review_repository import current_review
from ncpi_desktop.storage.second_reading_repository import second_line
from ncpi_desktop.storage.tally_repository import read_tallies, recount
from ncpi_desktop.workflows import reviewing, settling, staffing
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.exporting import case_lines
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of
from tests.casework import key_of

FIRST, SECOND, LEAD = "Inspector 2", "Quality assurer 1", "Team lead"
CASE = "DA-03"
"""Inspector 2: requires improvement. Quality assurer 1: inadequate; stages and reasons differ too."""


def sat(session: AuditSession, name: str) -> settling.SettlingDesk:
    session.sign_in(name)
    return settling.lay_out(session, key_of(session, CASE))


def state(session: AuditSession, reference: str = CASE) -> SecondState:
    line = second_line(session.file.connection, key_of(session, reference))
    assert line is not None
    return line.state


def both(session: AuditSession, reference: str = CASE) -> list[Review | None]:
    case = key_of(session, reference)
    return [current_review(session.file.connection, case, kind) for kind in (ReviewPurpose.FIRST, ReviewPurpose.SECOND)]


def agreement(session: AuditSession) -> object:
    return findings_form(findings_of(session))["quality"]["agreement"]  # type: ignore[index]


def sound(session: AuditSession) -> None:
    assert read_tallies(session.file.connection) == recount(session.file.connection)
    assert check(session.path).problems == ()


def test_only_what_differs_is_a_difference(sample: AuditSession) -> None:
    desk = sat(sample, FIRST)
    assert (desk.seat, desk.first_reader, desk.second_reader) == (settling.Seat.FIRST, FIRST, SECOND)
    differing = {line.part for line in desk.settling.differences}
    assert OVERALL_GRADE in differing
    assert Part(PartKind.STAGE, "decision-making") in differing
    assert Part(PartKind.STAGE, "investigation") not in differing
    assert all(line.is_settled for line in desk.settling.lines if not line.differs)


def test_a_lead_settles_alone_and_the_final_grade_follows(sample: AuditSession) -> None:
    originals, before, agreed = both(sample), findings_of(sample).overall, agreement(sample)
    desk = sat(sample, LEAD)
    case = desk.case.key
    parts = [line.part for line in desk.settling.differences]
    settling.decide(sample, case, parts[0], Choice.SECOND, "Nobody spoke to her.")
    assert state(sample) is SecondState.TO_SETTLE
    settling.decide_all(sample, case, parts[1:], Choice.SECOND, "The same.")
    assert state(sample) is SecondState.SETTLED
    after = findings_of(sample)
    assert after.overall.of("inadequate") == before.of("inadequate") + 1
    assert after.overall.of("requires-improvement") == before.of("requires-improvement") - 1
    assert both(sample) == originals
    assert agreement(sample) == agreed
    assert (after.quality.settled_grades.settled, after.quality.settled_grades.down) == (1, 1)
    (line,) = [line for line in case_lines(sample, after) if line.case.reference == CASE]
    assert line.review is not None
    assert (line.review.purpose, line.review.grade) == (ReviewPurpose.SETTLEMENT, "inadequate")
    assert "Nobody spoke to her." in line.review.rationale
    assert line.inspector == LEAD
    sound(sample)


def test_what_both_gave_keeps_the_passages_of_both(sample: AuditSession) -> None:
    desk = sat(sample, LEAD)
    settling.decide_all(
        sample, desk.case.key, [x.part for x in desk.settling.differences], Choice.FIRST, "As seen first."
    )
    settled = settling.lay_out(sample, desk.case.key).settlement
    assert settled is not None
    given = {reason.code for reason in settled.reasons}
    assert given == {reason.code for reason in desk.first.reasons}
    for code in given:
        passages = [
            {(c.entry, c.start, c.end) for c in (review.given(code).citations if review.given(code) else ())}  # type: ignore[union-attr]
            for review in (settled, desk.first, desk.second)
        ]
        assert passages[0] == passages[1] | passages[2]


def test_a_reader_s_decision_waits_for_the_other_and_a_concession_does_not(sample: AuditSession) -> None:
    desk = sat(sample, SECOND)
    case = desk.case.key
    first, *others = [line.part for line in desk.settling.differences]
    settling.decide(sample, case, first, Choice.SECOND, "It governs the outcome.")
    line = settling.lay_out(sample, case).settling.line(first)
    assert line is not None
    assert line.decision is not None
    assert not line.decision.stands
    assert not settling.lay_out(sample, case).may_agree(line)
    settling.decide_all(sample, case, others, Choice.FIRST, "Convinced.")
    assert state(sample) is SecondState.TO_SETTLE
    assert sat(sample, FIRST).may_agree(line)
    settling.agree_to(sample, case, (first,))
    assert state(sample) is SecondState.SETTLED
    settlement = settling.lay_out(sample, case).settlement
    assert settlement is not None
    assert (settlement.grade, settlement.reviewer) == ("inadequate", None)
    sound(sample)


def test_readers_pass_on_what_they_can_t_settle(sample: AuditSession) -> None:
    desk = sat(sample, FIRST)
    with pytest.raises(RefusedError, match="with a reason"):
        settling.pass_to_lead(sample, desk.case.key, " ")
    settling.pass_to_lead(sample, desk.case.key, "We weigh the outcome differently.")
    assert state(sample) is SecondState.WITH_LEAD
    assert sat(sample, LEAD).passed_on == "We weigh the outcome differently."
    with pytest.raises(RefusedError, match="You are the team lead"):
        settling.pass_to_lead(sample, desk.case.key, "No.")
    sound(sample)


def test_another_grade_than_both(sample: AuditSession) -> None:
    case = sat(sample, LEAD).case.key
    settling.decide(sample, case, OVERALL_GRADE, Choice.OTHER, "Seen whole.", "good")
    line = settling.lay_out(sample, case).settling.line(OVERALL_GRADE)
    assert line is not None
    assert line.standing == "good"
    for wrong in ("outstanding", "inadequate", None):
        with pytest.raises(WrongUseError):
            settling.decide(sample, case, OVERALL_GRADE, Choice.OTHER, "So.", wrong)


@pytest.mark.parametrize("name", ["Inspector 1", "Inspector 3", "Somebody new"])
def test_others_settle_nothing(sample: AuditSession, name: str) -> None:
    sample.sign_in(name)
    case = key_of(sample, CASE)
    with pytest.raises(RefusedError, match="Ask Inspector 2 and Quality assurer 1, or a team lead"):
        settling.decide(sample, case, OVERALL_GRADE, Choice.FIRST, "Why not.")


def test_a_lead_who_read_the_case_is_a_reader_there(sample: AuditSession) -> None:
    sample.sign_in(LEAD)
    staffing.give_roles(sample, staffing.person_called(sample, FIRST), [Role.INSPECTOR, Role.TEAM_LEAD])
    desk = sat(sample, FIRST)
    assert desk.seat is settling.Seat.FIRST
    settling.decide(sample, desk.case.key, OVERALL_GRADE, Choice.FIRST, "I stay with it.")
    line = settling.lay_out(sample, desk.case.key).settling.line(OVERALL_GRADE)
    assert line is not None
    assert line.decision is not None
    assert not line.decision.stands


def test_a_reader_does_not_overrule_the_lead(sample: AuditSession) -> None:
    case = sat(sample, LEAD).case.key
    settling.decide(sample, case, OVERALL_GRADE, Choice.SECOND, "Clear.")
    sample.sign_in(FIRST)
    with pytest.raises(RefusedError, match="A team lead has settled this"):
        settling.decide(sample, case, OVERALL_GRADE, Choice.FIRST, "No.")


def test_reopening_a_reading_sets_the_settlement_aside(sample: AuditSession) -> None:
    desk = sat(sample, LEAD)
    case = desk.case.key
    settling.decide_all(sample, case, [x.part for x in desk.settling.differences], Choice.SECOND, "So.")
    agreed = agreement(sample)
    sample.sign_in(FIRST)
    reviewing.reopen(sample, case, "I had missed a call.")
    assert state(sample) is SecondState.WAITING
    with pytest.raises(RefusedError, match="has not been read twice"):
        settling.lay_out(sample, case)
    reviewing.give_grade(sample, case, "inadequate")
    reviewing.submit(sample, case)
    again = settling.lay_out(sample, case)
    assert again.settlement is None
    assert again.line.edited
    assert agreement(sample) == agreed
    kept = sample.file.connection.execute("SELECT state FROM reviews WHERE purpose = 'settlement'").fetchall()
    assert kept == [("superseded",)]
    sound(sample)


def test_a_settlement_is_reopened_with_its_decisions_as_proposals(sample: AuditSession) -> None:
    desk = sat(sample, LEAD)
    case = desk.case.key
    settling.decide_all(sample, case, [x.part for x in desk.settling.differences], Choice.SECOND, "So.")
    with pytest.raises(RefusedError, match="is settled"):
        settling.decide(sample, case, OVERALL_GRADE, Choice.FIRST, "Else.")
    settling.reopen_settlement(sample, case, "New facts.")
    assert state(sample) is SecondState.TO_SETTLE
    lines = settling.lay_out(sample, case).settling.open
    assert all(line.decision is not None and not line.decision.stands for line in lines)
    assert findings_of(sample).quality.settled_grades.settled == 0
    sound(sample)


def test_reasons_alone_are_a_difference_and_a_comment_is_none(sample: AuditSession) -> None:
    sample.sign_in(LEAD)
    desk = settling.lay_out(sample, key_of(sample, "S47-05"))
    assert desk.settling.only_reasons_differ
    assert desk.line.apart == 0
    with pytest.raises(RefusedError, match="has not been read twice"):
        settling.lay_out(sample, key_of(sample, "DA-02"))
    assert settling.lay_out(sample, key_of(sample, "DA-01")).settling.differences == ()
