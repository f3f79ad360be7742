"""The thread's states, by example and by every order of acts that hypothesis thinks of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.errors import RefusedError, WrongUseError
from ncpi_desktop.domain.moderation.comment import (
    MOST,
    About,
    Comment,
    CommentKey,
    Kind,
    Thread,
    ThreadState,
    refuse_unfit,
)
from tests.builders import make_methodology

WRITER, OTHER, ASSURER = 1, 2, 3


def said(by: int, key: int = 1) -> Comment:
    answers = CommentKey(1) if key > 1 else None
    return Comment(
        CommentKey(key), f"c{key}", CaseKey(1), About(), by, "Seen?", datetime(2018, 5, 16, tzinfo=UTC), answers
    )


def test_an_answer_by_another_person_answers_and_one_s_own_does_not() -> None:
    thread = Thread(said(WRITER))
    assert thread.answered_with(said(WRITER, 2)).state is ThreadState.OPEN
    answered = thread.answered_with(said(OTHER, 2))
    assert answered.state is ThreadState.ANSWERED
    assert answered.answered_with(said(WRITER, 3)).state is ThreadState.ANSWERED


def test_the_writer_or_who_assures_resolves_and_anybody_opens_again() -> None:
    thread = Thread(said(WRITER))
    assert thread.resolved_by(WRITER, assures=False).state is ThreadState.RESOLVED
    resolved = thread.resolved_by(ASSURER, assures=True)
    with pytest.raises(RefusedError, match="Only who wrote a comment, a quality assurer or a team lead may resolve it"):
        thread.resolved_by(OTHER, assures=False)
    with pytest.raises(RefusedError, match="resolved already"):
        resolved.resolved_by(WRITER, assures=True)
    with pytest.raises(RefusedError, match=r"This comment is resolved\. Nothing was changed\. Open it again"):
        resolved.answered_with(said(OTHER, 2))
    assert resolved.opened_again().state is ThreadState.OPEN
    with pytest.raises(RefusedError, match="is not resolved"):
        thread.opened_again()


def test_only_the_writer_takes_a_comment_away_while_nothing_follows() -> None:
    thread = Thread(said(WRITER))
    assert thread.without(WRITER, thread.root) is None
    answered = thread.answered_with(said(OTHER, 2))
    for person, comment in ((OTHER, thread.root), (WRITER, answered.answers[0])):
        with pytest.raises(RefusedError, match="only by who wrote it"):
            answered.without(person, comment)
    with pytest.raises(RefusedError, match="only by who wrote it"):
        answered.without(WRITER, answered.root)
    assert answered.without(OTHER, answered.answers[0]) == thread
    with pytest.raises(RefusedError):
        thread.resolved_by(WRITER, assures=False).without(WRITER, thread.root)


@dataclass(frozen=True)
class Act:
    kind: str
    person: int


acts = st.lists(
    st.builds(Act, st.sampled_from(["answer", "resolve", "open again", "delete"]), st.sampled_from([1, 2, 3])),
    max_size=20,
)


@given(acts)
def test_whatever_is_done_the_state_says_what_was_done_last(done: list[Act]) -> None:
    """A model beside it: who spoke, and whether it was resolved or opened again since."""
    thread: Thread | None = Thread(said(WRITER))
    key = 1
    for act in done:
        assert thread is not None
        before = thread
        try:
            if act.kind == "answer":
                key += 1
                thread = thread.answered_with(said(act.person, key))
            elif act.kind == "resolve":
                thread = thread.resolved_by(act.person, assures=act.person == ASSURER)
            elif act.kind == "open again":
                thread = thread.opened_again()
            else:
                thread = thread.without(act.person, thread.comments[-1])
        except RefusedError:
            thread = before
            allowed = {
                "answer": before.state is not ThreadState.RESOLVED,
                "resolve": before.state is not ThreadState.RESOLVED and act.person != OTHER,
                "open again": before.state is ThreadState.RESOLVED,
                "delete": before.state is not ThreadState.RESOLVED and before.comments[-1].writer == act.person,
            }
            assert not allowed[act.kind]
            continue
        if thread is None:
            assert act.kind == "delete"
            assert before.answers == ()
            return
        assert thread.root == before.root
        foreign = any(answer.writer != WRITER for answer in thread.answers)
        if thread.state is ThreadState.ANSWERED:
            assert foreign
        assert (thread.state is ThreadState.RESOLVED) == (act.kind == "resolve")
        if act.kind == "answer":
            assert thread.answers[:-1] == before.answers
            assert act.person == WRITER or thread.state is ThreadState.ANSWERED
        elif act.kind == "delete":
            assert thread.answers == before.answers[:-1]
        else:
            assert thread.answers == before.answers
        assert thread.is_open == (thread.state is ThreadState.OPEN)


@given(st.sampled_from(Kind), st.text(max_size=20))
def test_what_it_is_about_is_read_back_as_it_was_kept(kind: Kind, code: str) -> None:
    about = About(kind, code if kind in (Kind.STAGE, Kind.REASON) else "")
    if bool(about.code) == (kind in (Kind.STAGE, Kind.REASON)):
        assert About.read(about.stored()) == about


@given(st.text(max_size=30))
def test_no_stored_words_break_the_reading(stored: str) -> None:
    assert isinstance(About.read(stored), About)


def test_it_is_about_something_the_methodology_has() -> None:
    methodology = make_methodology()
    stage = methodology.stages[0]
    about = About(Kind.STAGE, stage.code)
    about.refuse_unknown(methodology)
    assert about.words(methodology) == f"Stage: {stage.label}"
    for wrong in (About(Kind.STAGE, "nowhere"), About(Kind.REASON, ""), About(Kind.CASE, "x")):
        with pytest.raises(WrongUseError, match="to comment on"):
            wrong.refuse_unknown(methodology)


def test_a_comment_has_words_and_not_too_many() -> None:
    assert refuse_unfit("  Why? \n") == "Why?"
    with pytest.raises(RefusedError, match="needs words"):
        refuse_unfit(" \n ")
    assert len(refuse_unfit("x" * MOST)) == MOST
    with pytest.raises(RefusedError, match="10,001 characters; 10,000 fit"):
        refuse_unfit("x" * (MOST + 1))
