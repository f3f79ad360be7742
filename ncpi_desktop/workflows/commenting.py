"""Talking about a case in place: writing a comment, answering, resolving, opening again, taking away, and finding the next open one.

While the first reading of a case is closed to a person they see only what they wrote themselves: nothing else is shown, counted or stepped to.
Comments are no steps of the judgement: undo leaves them alone, and taking one away is an act of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.moderation.comment import About, Comment, CommentKey, Thread, refuse_unfit
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.domain.record.storable import storable
from ncpi_desktop.storage import comment_repository as comments
from ncpi_desktop.storage.allocation_repository import is_for_practice
from ncpi_desktop.storage.case_repository import names_of
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.words import _
from ncpi_desktop.workflows.blinding import is_closed
from ncpi_desktop.workflows.session import AuditSession, Changed


def threads_of(session: AuditSession, case: CaseKey) -> tuple[Thread, ...]:
    """Return the threads of a case that the person at work may see, oldest first."""
    threads = comments.threads_of(session.file.connection, case)
    if not threads or not is_closed(session, case):
        return threads
    own = session.person.key if session.person else None
    return tuple(
        replace(thread, answers=tuple(answer for answer in thread.answers if answer.writer == own))
        for thread in threads
        if thread.root.writer == own
    )


def open_comments(session: AuditSession) -> int:
    """Return how many open threads the person at work may see; costs as much as there are cases with open ones."""
    return sum(count for _case, count in _cases_with_open(session, 0))


def next_open_comment(session: AuditSession, after_position: int) -> CaseKey | None:
    """Return the next case with an open thread behind a queue position, round to the first; None where there is none."""
    found = next(_cases_with_open(session, after_position), None) or next(_cases_with_open(session, 0), None)
    return found[0] if found else None


def comment_on(session: AuditSession, case: CaseKey, about: About, text: str) -> Changed:
    """Begin a thread about the case, its grade, a stage or a reason.

    Raises:
        RefusedError: there are no words or too many, or nobody has signed in.
        WrongUseError: the methodology has no such stage or reason.
    """
    about.refuse_unknown(session.methodology)
    with _change(session, case, Action.COMMENT, about.words(session.methodology)) as (change, writer):
        comments.add_comment(change, case, about, writer, refuse_unfit(storable(text)))
    return Changed(case, change.at)


def answer(session: AuditSession, thread: CommentKey, text: str) -> Changed:
    """Answer a thread; by somebody other than who began it, it is then answered.

    Raises:
        RefusedError: the thread is resolved or gone, there are no words or too many, or nobody has signed in.
    """
    case = _case_of(session, thread)
    with _change(session, case, Action.COMMENT, _("answer")) as (change, writer):
        held = _thread(session, case, thread)
        held.answered_with(replace(held.root, writer=writer))  # Refused before anything is written.
        said = comments.add_comment(change, case, held.root.about, writer, refuse_unfit(storable(text)), thread)
        comments.set_state(change, held, held.answered_with(said).state)
    return Changed(case, change.at)


def resolve(session: AuditSession, thread: CommentKey) -> Changed:
    """Resolve a thread.

    Raises:
        RefusedError: it is resolved or gone, or the person neither began it nor assures quality.
    """
    case = _case_of(session, thread)
    with _change(session, case, Action.SET_COMMENT, _("resolved")) as (change, person):
        held = _thread(session, case, thread)
        comments.set_state(change, held, held.resolved_by(person, assures=session.may(Action.SEND_BACK)).state)
    return Changed(case, change.at)


def open_again(session: AuditSession, thread: CommentKey) -> Changed:
    """Open a resolved thread again; whoever may comment may do that.

    Raises:
        RefusedError: it is not resolved, or gone.
    """
    case = _case_of(session, thread)
    with _change(session, case, Action.SET_COMMENT, _("opened again")) as (change, _person):
        held = _thread(session, case, thread)
        comments.set_state(change, held, held.opened_again().state)
    return Changed(case, change.at)


def take_away(session: AuditSession, comment: CommentKey) -> Changed:
    """Take away a comment of one's own that nobody has answered; the history keeps it.

    Raises:
        RefusedError: it is somebody else's, answered, resolved or gone.
    """
    case = _case_of(session, comment)
    with _change(session, case, Action.DELETE_COMMENT) as (change, person):
        held, said = _comment(session, case, comment)
        left = held.without(person, said)
        comments.remove_comment(change, said)
        if left is not None:
            comments.set_state(change, held, left.state)
    return Changed(case, change.at)


@dataclass(frozen=True, slots=True)
class MayDo:
    """What the person at work may do with a thread; `delete` is the comment of theirs that may be taken away."""

    answer: bool
    resolve: bool
    open_again: bool
    delete: CommentKey | None


def may_do(session: AuditSession, thread: Thread) -> MayDo:
    """Return what the person at work may do with a thread: for showing what is offered."""
    if session.read_only or not session.name or not session.may(Action.COMMENT):
        return MayDo(False, False, False, None)
    person = session.person.key if session.person else 0
    resolved = not thread.may_resolve(person, assures=True)
    last = thread.comments[-1]
    return MayDo(
        not resolved,
        thread.may_resolve(person, assures=session.may(Action.SEND_BACK)),
        resolved,
        last.key if thread.may_delete(person, last) else None,
    )


def _cases_with_open(session: AuditSession, after: int) -> Iterator[tuple[CaseKey, int]]:
    own = session.person.key if session.person else None
    for case, threads, of_own in comments.cases_with_open(session.file.connection, after, own):
        seen = of_own if is_closed(session, case) else threads
        if seen:
            yield case, seen


@contextmanager
def _change(
    session: AuditSession, case: CaseKey, action: Action, detail: str = ""
) -> Iterator[tuple[ChangeInProgress, int]]:
    """Open a change about the comments of `case`; yields it with the key of who makes it."""
    if not session.name:
        raise RefusedError(_("A comment needs the name of who says it."), todo=_("Say first who is working."))
    if is_for_practice(session.file.connection, case):
        raise RefusedError(
            _("A practice case has no comments: its agreed answer says why."), safe=_("Nothing was changed.")
        )
    reference, identity = names_of(session.file.connection, case)
    with session.change(action, case_identity=identity, case_reference=reference, detail=detail) as change:
        if session.person is None:
            raise RefusedError(_("A comment needs the name of who says it."), todo=_("Say first who is working."))
        yield change, session.person.key


def _case_of(session: AuditSession, comment: CommentKey) -> CaseKey:
    case = comments.case_of_comment(session.file.connection, comment)
    if case is None:
        raise _gone()
    return case


def _thread(session: AuditSession, case: CaseKey, key: CommentKey) -> Thread:
    if not any(thread.root.key == key for thread in threads_of(session, case)):
        raise _gone()
    return next(thread for thread in comments.threads_of(session.file.connection, case) if thread.root.key == key)


def _comment(session: AuditSession, case: CaseKey, key: CommentKey) -> tuple[Thread, Comment]:
    """Return a comment with its thread as the file has it: a hidden answer keeps it from being taken away all the same."""
    for thread in comments.threads_of(session.file.connection, case):
        for said in thread.comments:
            if said.key == key:
                return thread, said
    raise _gone()


def _gone() -> RefusedError:
    return RefusedError(_("This comment is not there any more."), safe=_("Nothing was changed."))
