"""Makes a new audit file: the inspection, its methodology, and what an earlier inspection found."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from ncpi_desktop.domain.casework.inspection import Inspection, PreviousResults, Role
from ncpi_desktop.domain.casework.recommendation import Recommendation
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.domain.record.storable import storable
from ncpi_desktop.imports.methodology_file import bundled_methodology, methodology_codes
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.identities import fresh_identity
from ncpi_desktop.storage.inspection_repository import add_person, tell_protection, write_inspection, write_previous
from ncpi_desktop.storage.methodology_repository import write_methodology
from ncpi_desktop.storage.recommendation_repository import add_recommendation
from ncpi_desktop.words import _
from ncpi_desktop.workflows.session import AuditSession, Changed, utc_now

CREATORS_ROLES = frozenset({Role.TEAM_LEAD, Role.INSPECTOR})
"""Whoever makes an audit leads the team until they say otherwise, and may read cases themselves."""

Told = TypeVar("Told", Inspection, PreviousResults)


def known_methodologies() -> tuple[str, ...]:
    """Return the codes of the bundled methodologies, oldest first, without reading them."""
    return methodology_codes()


def methodologies() -> tuple[Methodology, ...]:
    """Return the bundled methodologies, oldest first."""
    return tuple(bundled_methodology(code) for code in methodology_codes())


def create_audit(
    path: Path,
    inspection: Inspection,
    *,
    person: str = "",
    roles: Collection[Role] = CREATORS_ROLES,
    previous: PreviousResults | None = None,
    recommendations: Iterable[Recommendation] = (),
    at: datetime | None = None,
    key: FileKey | None = None,
) -> Path:
    """Make the audit file at `path`, with a copy of its methodology and what an earlier inspection found; close it and return `path`.

    `recommendations` are those of the earlier inspection that this one answers.

    `person` is entered with these `roles`; without a name nobody is, and the file has no team lead until one is named. An
    inspection or results without an identity are given one. With a `key` the file is protected from its first byte. Where anything of
    it fails there is no file.

    Raises:
        OutputNotWrittenError: something stands at `path` already, or the folder can't be written.
        WrongUseError: there is no such methodology.
        RefusedError: the force has no name.
    """
    if not inspection.force.strip():
        raise RefusedError(_("The inspection needs the name of a force."), todo=_("Give the force's name."))
    methodology = bundled_methodology(inspection.methodology)
    person = storable(person).strip()
    file = AuditFile.create(path, key=key)
    moment = at or utc_now()
    identity = ""
    try:
        with file.change(Action.CREATE, at=moment, person=person, person_identity="") as change:
            if person:
                identity = change.person_identity = add_person(change, person, roles).identity
            described = _identified(inspection)
            write_inspection(change, described)
            write_methodology(change, methodology)
            tell_protection(change, described.identity, None, key)
        if previous is not None:
            told = previous.label
            with file.change(
                Action.SET_PREVIOUS, at=moment, person=person, person_identity=identity, detail=told
            ) as change:
                write_previous(change, _identified(previous))
        carried = tuple(recommendations)
        if carried:
            told = str(len(carried))
            with file.change(
                Action.BRING_RECOMMENDATIONS, at=moment, person=person, person_identity=identity, detail=told
            ) as change:
                for held in carried:
                    add_recommendation(change, held)
    except BaseException:
        file.close()
        path.unlink(missing_ok=True)
        raise
    file.close()
    return path


def record_previous(session: AuditSession, previous: PreviousResults) -> Changed:
    """Record the results of an earlier inspection, typed in as counts or as a percentage alone; the newest one counts."""
    with session.change(Action.SET_PREVIOUS, detail=previous.label) as change:
        write_previous(change, _identified(previous))
    return Changed(None, change.at)


def _identified(told: Told) -> Told:
    return told if told.identity else replace(told, identity=fresh_identity())
