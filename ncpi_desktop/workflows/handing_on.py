"""Lets nobody's cases strand: the second readings of who has left go to others."""

from __future__ import annotations

from dataclasses import dataclass

from ncpi_desktop.domain.casework.inspection import Person
from ncpi_desktop.domain.grading.review import ReviewPurpose
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.storage import sample_repository as samples
from ncpi_desktop.storage.allocation_repository import allocated_to
from ncpi_desktop.storage.case_repository import names_of
from ncpi_desktop.words import ngettext
from ncpi_desktop.workflows.giving_out import give_second_reading, readers_for
from ncpi_desktop.workflows.session import AuditSession, Changed


@dataclass(frozen=True, slots=True)
class HandedOn(Changed):
    """Second readings that went to others: their references by the reader (their key), and those that nobody can be given, with the reason."""

    given: tuple[tuple[str, int], ...] = ()
    nobody: tuple[tuple[str, str], ...] = ()


def waiting_with_who_left(session: AuditSession) -> dict[int, int]:
    """Return how many second readings wait with people (their keys) who no longer work on the inspection."""
    waiting = samples.second_readings_waiting(session.file.connection)
    left = {person.key for person in session.people if not person.active}
    return {person: count for person, count in waiting.items() if person in left}


def hand_on_second_readings(session: AuditSession, person: Person) -> HandedOn:
    """Give the second readings that `person` has not handed in to the other quality assurers, evenly; a draft that was begun goes along.

    Nobody is given their own cases nor those of a unit they declared; what nobody can be given stays as it is, and is named.

    Raises:
        RefusedError: it is not this person's to do.
    """
    with session.change(Action.ALLOCATE) as change:
        run = change.connection
        keys = [case for case, purpose, _begun in allocated_to(run, person.key) if purpose is ReviewPurpose.SECOND]
        identities = [names_of(run, case)[1] for case in keys]
        cases = samples.cases_to_read(run, identities)
        others = [held for held in session.people if held.key != person.key]
        readers = readers_for(others, run, cases, sorted(identities, key=lambda identity: cases[identity].reference))
        before = samples.count_sampled(run, keys)
        given, nobody = [], []
        for identity, (reader, why) in readers.items():
            case = cases[identity]
            if reader is None:
                nobody.append((case.reference, why))
                continue
            give_second_reading(session, change, case.key, reader)
            given.append((case.reference, reader))
        samples.follow_sampled(run, keys, before)
        told = ngettext(
            "{count} second reading of {name} to others", "{count} second readings of {name} to others", len(given)
        )
        change.detail = told.format(count=len(given), name=person.name)
    return HandedOn(None, change.at if change.sequence else None, given=tuple(given), nobody=tuple(nobody))
