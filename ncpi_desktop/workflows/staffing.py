"""Who works on the inspection: adds people, renames them, gives them roles, notes who has left. Nobody is ever taken away."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from ncpi_desktop.domain.casework.inspection import Person, Role, role_words
from ncpi_desktop.domain.casework.rights import refuse_without_lead
from ncpi_desktop.domain.errors import RefusedError, WrongUseError
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.domain.record.storable import storable
from ncpi_desktop.storage import inspection_repository as people
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.words import _
from ncpi_desktop.workflows.session import AuditSession, Changed

LONGEST_NAME = 200


def person_called(session: AuditSession, name: str) -> Person:
    """Return the person of that name.

    Raises:
        WrongUseError: nobody here is called so.
    """
    found = next((person for person in session.people if person.name == storable(name).strip()), None)
    if found is None:
        raise WrongUseError(_("Nobody here is called “{name}”.").format(name=name), todo=_("List the people first."))
    return found


def add_person(session: AuditSession, name: str, roles: Collection[Role]) -> Changed:
    """Add somebody to the team.

    Raises:
        RefusedError: it is not this person's to do, or the name is taken.
        WrongUseError: the name is empty, or no role was given.
    """
    name, held = _sound_name(name), _sound_roles(roles)
    with session.change(Action.ADD_PERSON, detail=f"{name}, {role_words(held).lower()}") as change:
        _refuse_if_taken(session, name)
        people.add_person(change, name, held)
    return _done(session, change)


def rename(session: AuditSession, person: Person, name: str) -> Changed:
    """Give somebody another name. Their cases stay theirs; the history keeps what they did under the old name. `Raises:` as `add_person`."""
    name = _sound_name(name)
    told = _("{old} is now {new}").format(old=person.name, new=name)
    with session.change(Action.RENAME_PERSON, detail=told) as change:
        if name != person.name:
            _refuse_if_taken(session, name)
            people.rename_person(change, person, name)
    return _done(session, change)


def give_roles(session: AuditSession, person: Person, roles: Collection[Role]) -> Changed:
    """Give somebody these roles in place of those they have.

    Raises:
        RefusedError: it is not this person's to do, or no team lead would remain.
        WrongUseError: no role was given.
    """
    held = _sound_roles(roles)
    with session.change(Action.SET_ROLES, detail=f"{person.name}, {role_words(held).lower()}") as change:
        refuse_without_lead(session.people, _with(session, replace(person, roles=held)))
        people.set_roles(change, person, held)
    return _done(session, change)


def set_active(session: AuditSession, person: Person, active: bool) -> Changed:
    """Note that somebody no longer works on the inspection, or does again; their cases stay theirs until they are given to others.

    Raises:
        RefusedError: it is not this person's to do, or no team lead would remain.
    """
    told = _("{name} works on it again") if active else _("{name} no longer works on it")
    with session.change(Action.SET_ACTIVE, detail=told.format(name=person.name)) as change:
        refuse_without_lead(session.people, _with(session, replace(person, active=active)))
        people.set_active(change, person, active)
    return _done(session, change)


def _done(session: AuditSession, change: ChangeInProgress) -> Changed:
    session.read_people_again()
    return Changed(None, change.at if change.sequence else None)


def _with(session: AuditSession, changed: Person) -> list[Person]:
    return [changed if person.key == changed.key else person for person in session.people]


def _sound_name(name: str) -> str:
    kept = " ".join(storable(name).split())
    if not kept or len(kept) > LONGEST_NAME:
        raise WrongUseError(_("A name has 1 to {most} characters.").format(most=LONGEST_NAME))
    return kept


def _sound_roles(roles: Collection[Role]) -> frozenset[Role]:
    if not roles:
        raise WrongUseError(
            _("Everybody has at least one role."),
            todo=_("Choose inspector, quality assurer, team lead or observer."),
        )
    return frozenset(roles)


def _refuse_if_taken(session: AuditSession, name: str) -> None:
    if any(person.name == name for person in session.people):
        raise RefusedError(
            _("Somebody here is called “{name}” already.").format(name=name),
            safe=_("Nothing was changed."),
            todo=_("Choose a name that tells the two apart."),
        )
