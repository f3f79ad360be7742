"""Saves the open audit elsewhere, with what is on screen and could not be saved: when its own place is full, gone or replaced."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.recommendation import RecommendationKey, TextField
from ncpi_desktop.domain.errors import OutputNotWrittenError
from ncpi_desktop.domain.findings.finding import FindingKey, IllustrationKey
from ncpi_desktop.domain.findings.notice import NoticeKind
from ncpi_desktop.domain.moderation.comment import About, CommentKey
from ncpi_desktop.exports.atomic_file import put_in_place
from ncpi_desktop.storage.audit_file import refuse_if_taken
from ncpi_desktop.storage.backup import copy_whole
from ncpi_desktop.words import _
from ncpi_desktop.workflows.commenting import answer, comment_on
from ncpi_desktop.workflows.finding_writing import retitle_finding, write_finding, write_illustration
from ncpi_desktop.workflows.notices import write_notice
from ncpi_desktop.workflows.recommending import write_recommendation
from ncpi_desktop.workflows.reviewing import write_text
from ncpi_desktop.workflows.session import AuditSession


@dataclass(frozen=True, slots=True)
class UnsavedText:
    """What stands on screen and is not in the file: the words of one text of one case."""

    case: CaseKey
    field: Literal["rationale", "notes"]
    text: str


@dataclass(frozen=True, slots=True)
class UnsavedComment:
    """A comment that stands on screen and is not in the file, or an answer to the thread `answers`."""

    case: CaseKey
    about: About
    answers: CommentKey | None
    text: str


@dataclass(frozen=True, slots=True)
class UnsavedFinding:
    """What stands on screen and is not in the file: the title or the words of a finding, or the words of an illustration."""

    of: FindingKey | IllustrationKey
    field: Literal["title", "finding", "illustration"]
    text: str


@dataclass(frozen=True, slots=True)
class UnsavedRecommendation:
    """What stands on screen and is not in the file: one text of a recommendation."""

    of: RecommendationKey
    field: TextField
    text: str


@dataclass(frozen=True, slots=True)
class UnsavedNotice:
    """What stands on screen and is not in the file: the words of the press notice or the exit briefing."""

    kind: NoticeKind
    text: str


Unsaved = UnsavedText | UnsavedComment | UnsavedFinding | UnsavedRecommendation | UnsavedNotice


def save_copy_elsewhere(session: AuditSession, to: Path, unsaved: Sequence[Unsaved]) -> Path:
    """Copy the open audit to `to`, write `unsaved` into the copy in this person's name, and return `to`.

    The copy is made from the file that is open, even where it is no longer at its place. It is put in place whole or not at all, and nothing
    that stands there is replaced.

    Raises:
        OutputNotWrittenError: something stands there, or it can't be written, or the open file can't be read any more.
        NotSavedError: the words could not be written into the copy.
    """
    refuse_if_taken(to)
    with put_in_place(to) as part:
        copy_whole(session.file, part)
        copy = AuditSession.open(part, person=session.name, clock=session.clock, key=session.file.key)
        try:
            if copy.read_only:
                raise OutputNotWrittenError(
                    _("“{name}” can't be written there.").format(name=to.name), todo=_("Choose another folder.")
                )
            for words in unsaved:
                _write(copy, words)
        finally:
            copy.close()
        refuse_if_taken(to)
    return to


def _write(session: AuditSession, words: Unsaved) -> None:
    if isinstance(words, UnsavedText):
        write_text(session, words.case, words.field, words.text)
    elif isinstance(words, UnsavedRecommendation):
        write_recommendation(session, words.of, words.field, words.text)
    elif isinstance(words, UnsavedNotice):
        write_notice(session, words.kind, words.text)
    elif isinstance(words, UnsavedFinding):
        if words.field == "title":
            retitle_finding(session, FindingKey(words.of), words.text)
        elif words.field == "finding":
            write_finding(session, FindingKey(words.of), words.text)
        else:
            write_illustration(session, IllustrationKey(words.of), words.text)
    elif words.answers is not None:
        answer(session, words.answers, words.text)
    else:
        comment_on(session, words.case, words.about, words.text)
