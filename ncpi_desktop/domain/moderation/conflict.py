"""Nobody re-reviews or settles their own case: who has read a case for one purpose does not read it for another."""

from __future__ import annotations

from collections.abc import Iterable

from ncpi_desktop.domain.casework.inspection import Person
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.grading.review import ReviewPurpose
from ncpi_desktop.words import _

Reading = tuple[ReviewPurpose, int]
"""Why a case was read, and by whom (the person's key)."""

_ORDER = (ReviewPurpose.FIRST, ReviewPurpose.SECOND, ReviewPurpose.SETTLEMENT)


def refuse_own_case(person: Person, purpose: ReviewPurpose, readings: Iterable[Reading], reference: str) -> None:
    """Let `person` read the case called `reference` for `purpose` only where the reading would be independent.

    `readings` are all that were begun or handed in, those reopened since among them. Whoever gave the first does not give the second,
    whoever gave either does not settle; and as both readers must be two people, who gave the second does not give the first either.
    Practice readings count for nothing and are open to everybody.

    Raises:
        RefusedError: the person has read this case for another of these purposes.
    """
    if purpose not in _ORDER:
        return
    given = {given for given, reader in readings if reader == person.key and given in _ORDER and given is not purpose}
    clash = next((earlier for earlier in _ORDER if earlier in given), None)
    if clash is None:
        return
    raise RefusedError(
        _("{name} {did} {case} and {not_now}.").format(
            name=person.name, did=_did(clash), case=reference, not_now=_not_now(purpose)
        ),
        safe=_("Nothing was changed."),
        todo=_("Somebody who has not read the case does this."),
    )


def _did(purpose: ReviewPurpose) -> str:
    return {
        ReviewPurpose.FIRST: _("gave the first reading of"),
        ReviewPurpose.SECOND: _("gave the second reading of"),
    }.get(purpose, _("settled"))


def _not_now(purpose: ReviewPurpose) -> str:
    return {
        ReviewPurpose.FIRST: _("may not give its first reading"),
        ReviewPurpose.SECOND: _("may not give its second reading"),
    }.get(purpose, _("may not settle it"))
