"""What a reader may see of practice cases: the agreed answer once theirs is handed in, and nobody else's answers; a team lead all of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.inspection import Role
from ncpi_desktop.domain.grading.review import Review, ReviewPurpose
from ncpi_desktop.domain.moderation.calibration import PracticeOnDesk, answers_apart
from ncpi_desktop.domain.record.change import Change, ValueChange
from ncpi_desktop.storage.allocation_repository import is_for_practice
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.practice_repository import (
    agreed_reading,
    area_of,
    practice_identities,
    sealed_rows,
)
from ncpi_desktop.storage.review_repository import current_review
from ncpi_desktop.workflows.session import AuditSession

NOBODY = 0
"""Stands for who works where nobody has signed in: no reader has that key."""


def reader_key(session: AuditSession) -> int:
    """Return the key of who works here; that of nobody where nobody has signed in."""
    return session.person.key if session.person is not None else NOBODY


def sees_all_answers(session: AuditSession) -> bool:
    """Return whether who works here sees every answer: a team lead, who brings the sets in and talks the results over."""
    person = session.person
    return person is not None and person.active and Role.TEAM_LEAD in person.roles


def practice_on_desk(session: AuditSession, connection: Connection, review: Review) -> PracticeOnDesk:
    """Return what goes with a practice case on the desk: nothing until `review`, the reader's own, is handed in; nor for a team lead."""
    agreed = None if review.is_editable else agreed_reading(connection, review.case)
    if agreed is None:
        return PracticeOnDesk()
    stages = [stage.code for stage in session.methodology.stages_for(area_of(connection, review.case))]
    return PracticeOnDesk(agreed, answers_apart(agreed, review, stages))


def is_own_or_live(session: AuditSession, case: CaseKey, review: str) -> bool:
    """Return whether a reading (by its identity) of `case` is of the audit, or this reader's own practice: nobody takes over an answer."""
    connection = session.file.connection
    if not is_for_practice(connection, case):
        return True
    own = current_review(connection, case, ReviewPurpose.PRACTICE, reader_key(session))
    return own is not None and own.identity == review


def shown_changes(session: AuditSession, connection: Connection, changes: Sequence[Change]) -> list[Change]:
    """Return lines of the history as who works here may see them: what others answered in practice is not told."""
    if sees_all_answers(session):
        return list(changes)
    practice = practice_identities(connection)
    if not practice:
        return list(changes)
    mine = session.person.identity if session.person is not None else ""
    return [
        replace(change, detail="") if change.case_identity in practice and not _is_by(change, mine) else change
        for change in changes
    ]


def shown_values(session: AuditSession, connection: Connection, changes: Iterable[Change]) -> list[ValueChange]:
    """Return the values of changes that who works here may see; those of sealed answers are left out."""
    held = list(changes)
    practice = practice_identities(connection)
    if sees_all_answers(session) or not practice:
        return [value for change in held for value in change.values]
    mine = session.person.identity if session.person is not None else ""
    sealed = sealed_rows(connection, reader_key(session))
    return [
        value
        for change in held
        if change.case_identity not in practice or _is_by(change, mine)
        for value in change.values
        if value.row not in sealed
    ]


def _is_by(change: Change, identity: str) -> bool:
    return bool(identity) and change.person_identity == identity
