"""Declares interests: whose cases of which force unit a person does not read, and takes such a declaration back."""

from __future__ import annotations

from dataclasses import dataclass

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.inspection import Person
from ncpi_desktop.domain.casework.rights import whom_to_ask
from ncpi_desktop.domain.errors import RefusedError, WrongUseError
from ncpi_desktop.domain.grading.review import ReviewPurpose
from ncpi_desktop.domain.moderation.conflict import Interest, declared_unit, plain_unit
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.domain.record.storable import storable
from ncpi_desktop.storage import interest_repository as interests
from ncpi_desktop.storage.allocation_repository import allocated_to, take_back
from ncpi_desktop.storage.case_repository import names_of
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.derived import brought_along
from ncpi_desktop.storage.worklist_repository import give_line
from ncpi_desktop.words import _
from ncpi_desktop.workflows.session import AuditSession, Changed

LONGEST_UNIT, LONGEST_REASON = 200, 500


@dataclass(frozen=True, slots=True)
class Declared(Changed):
    """An interest that was declared: the cases that are nobody's now, those that were begun and stay, and whether any case bears the unit.

    `is_known` is True too where the file is so large that it was not looked through to its end.
    """

    given_back: tuple[str, ...] = ()
    begun: tuple[str, ...] = ()
    is_known: bool = True


def declared_interests(session: AuditSession, person: Person | None = None) -> tuple[Interest, ...]:
    """Return the interests of a person, or everybody's, oldest first."""
    return interests.read_interests(session.file.connection, person.key if person else None)


def units_known(session: AuditSession) -> tuple[str, ...]:
    """Return the tags that cases bear, to choose a unit from; of a large file those of its first cases."""
    return interests.known_tags(session.file.connection)[0]


def declare_interest(session: AuditSession, person: Person | None, unit: str, because: str = "") -> Declared:
    """Declare that `person` (None: who works) has an interest in the cases that bear the tag `unit`, and reads none of them.

    A reading of such a case that was given to them and not begun is nobody's again, to be given to somebody else. One that was begun stays
    with them until a team lead gives it away; what was handed in stands. It is no step of undo: withdrawing it is a change too.

    Raises:
        RefusedError: it is somebody else's, and who works is no team lead.
        WrongUseError: the unit is empty or too long.
    """
    unit, because = _sound_unit(unit), " ".join(storable(because).split())[:LONGEST_REASON]
    given_back: list[str] = []
    begun: list[str] = []
    with session.change(Action.DECLARE_INTEREST, reason=because) as change:
        held = _whose(session, person)
        change.detail = f"{held.name}, {unit}"
        if interests.add_interest(change, held.key, unit, because):
            _give_back(change, held, unit, given_back, begun)
        tags, are_all = interests.known_tags(change.connection)
    known = not are_all or plain_unit(unit) in {plain_unit(tag) for tag in tags}
    return Declared(None, change.at if change.sequence else None, None, tuple(given_back), tuple(begun), known)


def withdraw_interest(session: AuditSession, person: Person | None, unit: str) -> Changed:
    """Take back that `person` (None: who works) has an interest in `unit`; the history keeps it. What was given away stays so.

    Raises:
        RefusedError: it is somebody else's, and who works is no team lead.
        WrongUseError: no such interest was declared.
    """
    unit = _sound_unit(unit)
    with session.change(Action.WITHDRAW_INTEREST) as change:
        held = _whose(session, person)
        change.detail = f"{held.name}, {unit}"
        if not interests.remove_interest(change, held.key, unit):
            raise WrongUseError(
                _("{name} has declared no interest in “{unit}”.").format(name=held.name, unit=unit),
                safe=_("Nothing was changed."),
            )
    return Changed(None, change.at if change.sequence else None)


def may_declare_for(session: AuditSession, person: Person) -> bool:
    """Return whether who works may declare an interest for `person`: themselves, or anybody as a team lead."""
    if session.read_only or not session.may(Action.DECLARE_INTEREST):
        return False
    at_work = session.person
    return (at_work is not None and at_work.key == person.key) or session.may(Action.ALLOCATE)


def _whose(session: AuditSession, person: Person | None) -> Person:
    """Return whose interest it is; inside the change, where somebody new stands in the file already."""
    if person is None:
        if session.person is None:
            raise WrongUseError(_("Nobody has signed in."), todo=_("Say whose interest it is."))
        return session.person
    if not may_declare_for(session, person):
        raise RefusedError(
            _("Only a team lead declares or withdraws an interest for somebody else."),
            safe=_("Nothing was changed."),
            todo=whom_to_ask(session.people),
        )
    return person


def _give_back(change: ChangeInProgress, person: Person, unit: str, given_back: list[str], begun: list[str]) -> None:
    run = change.connection
    mine = (Interest(person.key, unit),)
    for case, purpose, is_begun in allocated_to(run, person.key):
        if purpose is ReviewPurpose.PRACTICE or not declared_unit(person.key, interests.tags_of(run, case), mine):
            continue
        reference = names_of(run, case)[0]
        if is_begun:
            begun.append(reference)
            continue
        _take_back(change, case, purpose)
        given_back.append(reference)


def _take_back(change: ChangeInProgress, case: CaseKey, purpose: ReviewPurpose) -> None:
    with brought_along(change.connection, case):
        take_back(change, case, purpose)
        if purpose is ReviewPurpose.FIRST:
            give_line(change.connection, case, None)


def _sound_unit(unit: str) -> str:
    kept = " ".join(storable(unit).split())
    if not kept or len(kept) > LONGEST_UNIT:
        raise WrongUseError(_("A force unit has 1 to {most} characters.").format(most=LONGEST_UNIT))
    return kept
