"""Finds who gives a second reading, evenly and nobody their own, and gives it to them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.inspection import Person, Role
from ncpi_desktop.domain.grading.review import ReviewPurpose
from ncpi_desktop.domain.moderation.conflict import why_barred
from ncpi_desktop.domain.moderation.sharing_out import CaseToGive, share_out
from ncpi_desktop.storage import sample_repository as samples
from ncpi_desktop.storage.allocation_repository import allocate
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.engine import Connection
from ncpi_desktop.storage.interest_repository import read_interests
from ncpi_desktop.storage.review_repository import current_review, hand_over
from ncpi_desktop.words import _
from ncpi_desktop.workflows.blinding import note_what_was_open
from ncpi_desktop.workflows.session import AuditSession


def active_assurers(people: Sequence[Person]) -> tuple[Person, ...]:
    """Return who gives second readings: quality assurers who work on the inspection."""
    return tuple(person for person in people if person.active and Role.QUALITY_ASSURER in person.roles)


def readers_for(
    people: Sequence[Person], connection: Connection, cases: Mapping[str, samples.CaseToRead], order: Sequence[str]
) -> dict[str, tuple[int | None, str]]:
    """Return for each case of `order` (identities) who is to give its second reading, or None and why nobody can.

    A case that has a reader at work keeps them, and so does one that was read.
    """
    assurers = active_assurers(people)
    interests = read_interests(connection)
    waiting = samples.second_readings_waiting(connection)
    at_work = {person.key for person in people if person.active}
    told: dict[str, tuple[int | None, str]] = {}
    to_give = []
    for identity in order:
        case = cases[identity]
        if case.is_read or case.second_reader in at_work:
            told[identity] = (case.second_reader, "")
            continue
        why = {person.key: why_barred(person, case.readings, case.tags, interests) for person in assurers}
        barred = {key: words for key, words in why.items() if words}
        to_give.append(CaseToGive(identity, barred))
        told[identity] = (None, "; ".join(barred.values()) or _("nobody at work is a quality assurer"))
    given = share_out(to_give, {person.key: waiting.get(person.key, 0) for person in assurers})
    return told | {identity: (reader, "") for identity, reader in given.items()}


def give_second_reading(session: AuditSession, change: ChangeInProgress, case: CaseKey, reader: int) -> None:
    """Give a second reading to a person (their key); a draft that somebody else began goes along, and what they had seen is kept."""
    note_what_was_open(session, change, case, reader)
    draft = current_review(change.connection, case, ReviewPurpose.SECOND)
    if draft is not None and draft.is_editable and draft.reviewer != reader:
        hand_over(change, draft, reader)
    allocate(change, case, reader, ReviewPurpose.SECOND.value)
