"""Talk about a case in place: a comment on the case, its grade, a stage or a reason, and the answers to it.

A thread is open until somebody else answers it; then it is answered, until its writer, a quality assurer or a team lead resolves it.
A resolved thread can be opened again. What was said stays: a comment can be taken away by its writer alone, while nothing was said after it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.errors import RefusedError, WrongUseError
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.words import _

MOST: Final = 10_000
"""Characters that a comment may have."""

CommentKey = NewType("CommentKey", int)


class Kind(StrEnum):
    """What a comment can be about."""

    CASE = "case"
    GRADE = "grade"
    STAGE = "stage"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class About:
    """What a comment is about; `code` is that of the stage or the reason, else empty."""

    kind: Kind = Kind.CASE
    code: str = ""

    @classmethod
    def read(cls, stored: str) -> About:
        """Return what `stored` (such as ``stage:investigation``) says; words that say nothing known are about the case."""
        kind, _colon, code = stored.partition(":")
        if kind not in set(Kind) or bool(code) != (kind in (Kind.STAGE, Kind.REASON)):
            return cls()
        return cls(Kind(kind), code)

    def stored(self) -> str:
        """Return how the file keeps it."""
        return f"{self.kind.value}:{self.code}" if self.code else self.kind.value

    def words(self, methodology: Methodology) -> str:
        """Return it in words, for a person."""
        if self.kind is Kind.STAGE:
            stage = methodology.stage_by_code.get(self.code)
            return _("Stage: {stage}").format(stage=stage.label if stage else self.code)
        if self.kind is Kind.REASON:
            reason = methodology.reason_by_code.get(self.code)
            return _("Reason: {reason}").format(reason=reason.wording if reason else self.code)
        return _("The overall grade") if self.kind is Kind.GRADE else _("The case")

    def refuse_unknown(self, methodology: Methodology) -> None:
        """Let it through only where the methodology has such a stage or reason.

        Raises:
            WrongUseError: it has none.
        """
        known = {Kind.STAGE: set(methodology.stage_by_code), Kind.REASON: set(methodology.reason_by_code)}
        if self.code not in known.get(self.kind, {""}):
            raise WrongUseError(_("There is no “{about}” to comment on.").format(about=self.stored()))


class ThreadState(StrEnum):
    """How far a thread has come."""

    OPEN = "open"
    ANSWERED = "answered"
    RESOLVED = "resolved"


@dataclass(frozen=True, slots=True)
class Comment:
    """What one person said; `writer` is their key. An answer names the comment that it `answers`."""

    key: CommentKey
    identity: str
    case: CaseKey
    about: About
    writer: int
    text: str
    written_at: datetime
    answers: CommentKey | None = None


@dataclass(frozen=True, slots=True)
class Thread:
    """A comment with its answers, oldest first, and how far it has come."""

    root: Comment
    state: ThreadState = ThreadState.OPEN
    answers: tuple[Comment, ...] = ()

    @property
    def comments(self) -> tuple[Comment, ...]:
        """All that was said, in order."""
        return (self.root, *self.answers)

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.state is ThreadState.OPEN

    def answered_with(self, comment: Comment) -> Thread:
        """Return the thread with an answer. One by another person answers it; the writer's own goes on without changing its state.

        Raises:
            RefusedError: the thread is resolved.
        """
        if self.state is ThreadState.RESOLVED:
            raise RefusedError(
                _("This comment is resolved."),
                safe=_("Nothing was changed."),
                todo=_("Open it again to go on talking."),
            )
        state = self.state if comment.writer == self.root.writer else ThreadState.ANSWERED
        return replace(self, state=state, answers=(*self.answers, comment))

    def resolved_by(self, person: int, *, assures: bool) -> Thread:
        """Return the thread resolved; `assures` is whether the person is a quality assurer or a team lead.

        Raises:
            RefusedError: it is resolved already, or the person neither wrote it nor assures quality.
        """
        if self.state is ThreadState.RESOLVED:
            raise RefusedError(_("This comment is resolved already."))
        if not self.may_resolve(person, assures=assures):
            raise RefusedError(
                _("Only who wrote a comment, a quality assurer or a team lead may resolve it."),
                safe=_("Nothing was changed."),
                todo=_("Answer it, and leave it to them to resolve it."),
            )
        return replace(self, state=ThreadState.RESOLVED)

    def may_resolve(self, person: int, *, assures: bool) -> bool:
        """Return whether the person may resolve it now."""
        return self.state is not ThreadState.RESOLVED and (assures or person == self.root.writer)

    def opened_again(self) -> Thread:
        """Return a resolved thread open again: it waits for an answer once more.

        Raises:
            RefusedError: it is not resolved.
        """
        if self.state is not ThreadState.RESOLVED:
            raise RefusedError(_("This comment is not resolved: it can be answered."))
        return replace(self, state=ThreadState.OPEN)

    def may_delete(self, person: int, comment: Comment) -> bool:
        """Return whether the person may take `comment` away: their own, the last that was said, in a thread that is not resolved."""
        last = self.comments[-1]
        return self.state is not ThreadState.RESOLVED and comment.key == last.key and comment.writer == person

    def without(self, person: int, comment: Comment) -> Thread | None:
        """Return the thread without `comment`, None where nothing of it is left. Without an answer by others it is open again.

        Raises:
            RefusedError: it is somebody else's, or has been answered, or the thread is resolved.
        """
        if not self.may_delete(person, comment):
            raise RefusedError(
                _(
                    "A comment can be taken away only by who wrote it, while nobody has answered and it is not resolved."
                ),
                safe=_("The comment stays."),
            )
        if comment.key == self.root.key:
            return None
        left = self.answers[:-1]
        others = any(answer.writer != self.root.writer for answer in left)
        state = ThreadState.OPEN if self.state is ThreadState.ANSWERED and not others else self.state
        return replace(self, state=state, answers=left)


def refuse_unfit(text: str) -> str:
    """Return `text` without the blanks around it, where a comment may say so much.

    Raises:
        RefusedError: it says nothing, or more than `MOST` characters.
    """
    said = text.strip()
    if not said:
        raise RefusedError(_("A comment needs words."), todo=_("Write what you want to say."))
    if len(said) > MOST:
        raise RefusedError(
            _("This comment has {count} characters; {most} fit.").format(count=f"{len(said):,}", most=f"{MOST:,}"),
            safe=_("The words are still in the box."),
            todo=_("Shorten it, or write two comments."),
        )
    return said
