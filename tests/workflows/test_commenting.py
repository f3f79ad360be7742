"""Comments in a real file: who may do what, what the history keeps, what is stepped to, and what a closed case shows."""

from __future__ import annotations

import pytest

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.inspection import Role
from ncpi_desktop.domain.errors import RefusedError, WrongUseError
from ncpi_desktop.domain.moderation.comment import About, CommentKey, Kind, ThreadState
from ncpi_desktop.workflows import browsing, checking, commenting, reviewing, staffing, undoing
from ncpi_desktop.workflows.commenting import MayDo
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import key_of

LEAD, INSPECTOR, OTHER = "Team lead", "Inspector 2", "Inspector 3"


def write(
    session: AuditSession, person: str, reference: str = "DA-06", words: str = "Was the child seen?"
) -> CommentKey:
    session.sign_in(person)
    case = key_of(session, reference)
    commenting.comment_on(session, case, About(), words)
    return commenting.threads_of(session, case)[-1].root.key


def only(session: AuditSession, reference: str = "DA-06") -> ThreadState:
    (thread,) = commenting.threads_of(session, key_of(session, reference))
    return thread.state


def test_a_thread_is_written_answered_resolved_and_opened_again(sample: AuditSession) -> None:
    case = key_of(sample, "DA-06")
    about = About(Kind.STAGE, "investigation")
    commenting.comment_on(sample, case, about, " Who spoke to her? ")
    (thread,) = commenting.threads_of(sample, case)
    assert (thread.root.text, thread.root.about, thread.state) == ("Who spoke to her?", about, ThreadState.OPEN)
    assert sample.person_named(thread.root.writer) == INSPECTOR
    commenting.answer(sample, thread.root.key, "I still look.")
    assert only(sample) is ThreadState.OPEN
    sample.sign_in(OTHER)
    commenting.answer(sample, thread.root.key, "Officer 3.")
    assert only(sample) is ThreadState.ANSWERED
    with pytest.raises(RefusedError, match="Only who wrote a comment, a quality assurer or a team lead"):
        commenting.resolve(sample, thread.root.key)
    sample.sign_in(LEAD)
    commenting.resolve(sample, thread.root.key)
    assert only(sample) is ThreadState.RESOLVED
    sample.sign_in(OTHER)
    commenting.open_again(sample, thread.root.key)
    assert only(sample) is ThreadState.OPEN
    assert [c.text for c in commenting.threads_of(sample, case)[0].comments] == [
        "Who spoke to her?",
        "I still look.",
        "Officer 3.",
    ]
    assert not checking.check(sample.path).problems


def test_a_deletion_stands_in_the_history_with_its_words(sample: AuditSession) -> None:
    key = write(sample, INSPECTOR, words="A word too many.")
    commenting.take_away(sample, key)
    assert commenting.threads_of(sample, key_of(sample, "DA-06")) == ()
    step = browsing.history(sample, None)[0]
    assert step.action == "delete-comment"
    assert "A word too many." in str(browsing.values_of_step(sample, step.step)[0].old)
    with pytest.raises(RefusedError, match="not there any more"):
        commenting.answer(sample, key, "Too late.")


def test_once_answered_it_stays(sample: AuditSession) -> None:
    key = write(sample, INSPECTOR)
    sample.sign_in(OTHER)
    with pytest.raises(RefusedError, match="only by who wrote it"):
        commenting.take_away(sample, key)
    commenting.answer(sample, key, "Yes.")
    sample.sign_in(INSPECTOR)
    with pytest.raises(RefusedError, match="only by who wrote it, while nobody has answered"):
        commenting.take_away(sample, key)
    assert only(sample) is ThreadState.ANSWERED
    sample.sign_in(OTHER)
    (thread,) = commenting.threads_of(sample, key_of(sample, "DA-06"))
    commenting.take_away(sample, thread.answers[0].key)
    assert only(sample) is ThreadState.OPEN


def test_undo_leaves_comments_alone(sample: AuditSession) -> None:
    case = key_of(sample, "DA-06")
    reviewing.give_grade(sample, case, "good")
    write(sample, INSPECTOR)
    undoing.undo(sample)
    assert reviewing.lay_on_desk(sample, case).review.grade is None
    assert len(commenting.threads_of(sample, case)) == 1


def test_what_is_refused_changes_nothing(sample: AuditSession) -> None:
    case = key_of(sample, "DA-06")
    before = sample.file.last_sequence()
    with pytest.raises(RefusedError, match="needs words"):
        commenting.comment_on(sample, case, About(), "  ")
    with pytest.raises(WrongUseError):
        commenting.comment_on(sample, case, About(Kind.REASON, "no-such"), "Why?")
    sample.sign_in("")
    with pytest.raises(RefusedError, match="needs the name of who says it"):
        commenting.comment_on(sample, case, About(), "Why?")
    assert sample.file.last_sequence() == before


def test_somebody_new_is_written_into_the_file_with_their_comment(sample: AuditSession) -> None:
    write(sample, "Inspector 9")
    (thread,) = commenting.threads_of(sample, key_of(sample, "DA-06"))
    assert sample.person_named(thread.root.writer) == "Inspector 9"


def test_the_next_open_comment_goes_round_the_queue(sample: AuditSession) -> None:
    assert commenting.open_comments(sample) == 0
    assert commenting.next_open_comment(sample, 0) is None
    references = [row.reference for row in browsing.queue_page(sample, 0, 12)][::5]
    keys = [write(sample, INSPECTOR, reference) for reference in references]
    write(sample, INSPECTOR, references[0])
    assert commenting.open_comments(sample) == len(references) + 1
    cases = [key_of(sample, reference) for reference in references]
    met, position = [], 0
    for _time in range(len(cases) + 1):
        case = commenting.next_open_comment(sample, position)
        assert case is not None
        met.append(case)
        position = browsing.queue_row(sample, case).position
    assert met == [*cases, cases[0]]
    commenting.resolve(sample, keys[1])
    assert commenting.next_open_comment(sample, 1) == cases[2]


def test_a_closed_case_shows_counts_and_steps_to_nothing_of_others(
    sample: AuditSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = write(sample, OTHER, "DA-06")
    mine = write(sample, INSPECTOR, "DA-06", "For my own reading.")
    sample.sign_in(OTHER)
    commenting.answer(sample, mine, "A word of mine.")
    commenting.answer(sample, theirs, "One more.")
    write(sample, OTHER, "DA-01")
    sample.sign_in(INSPECTOR)
    closed: set[CaseKey] = {key_of(sample, "DA-06"), key_of(sample, "DA-01")}
    monkeypatch.setattr(commenting, "is_closed", lambda _session, case: case in closed)
    (thread,) = commenting.threads_of(sample, key_of(sample, "DA-06"))
    assert (thread.root.key, thread.answers) == (mine, ())
    assert (commenting.open_comments(sample), commenting.next_open_comment(sample, 0)) == (0, None)
    with pytest.raises(RefusedError, match="not there any more"):
        commenting.answer(sample, theirs, "What?")
    closed.clear()
    assert commenting.open_comments(sample) == 2


def test_what_is_offered_is_what_is_allowed(sample: AuditSession) -> None:
    key = write(sample, INSPECTOR)
    (thread,) = commenting.threads_of(sample, key_of(sample, "DA-06"))
    assert commenting.may_do(sample, thread) == MayDo(True, True, False, key)
    sample.sign_in(OTHER)
    assert commenting.may_do(sample, thread) == MayDo(True, False, False, None)
    sample.sign_in(LEAD)
    staffing.give_roles(sample, staffing.person_called(sample, OTHER), [Role.OBSERVER])
    commenting.resolve(sample, key)
    (thread,) = commenting.threads_of(sample, key_of(sample, "DA-06"))
    assert commenting.may_do(sample, thread) == MayDo(False, False, True, None)
    sample.sign_in(OTHER)
    assert commenting.may_do(sample, thread) == MayDo(False, False, False, None)
