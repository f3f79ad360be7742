"""Nobody re-reviews or settles their own case, and nobody reads the cases of a force unit in which they declared an interest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ncpi_desktop.domain.casework.inspection import Person
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.grading.review import ReviewPurpose
from ncpi_desktop.words import _

Reading = tuple[ReviewPurpose, int]
"""Why a case was read, and by whom (the person's key)."""


@dataclass(frozen=True, slots=True)
class Interest:
    """That a person (their key) may not read the cases of a force unit: they served there, or know who does.

    A unit is a tag that cases bear; capitals and spaces at its ends do not matter. `declared_at` is UTC.
    """

    person: int
    unit: str
    because: str = ""
    declared_at: datetime | None = None

    @property
    def plain_unit(self) -> str:
        """The unit as it is compared."""
        return plain_unit(self.unit)


def plain_unit(text: str) -> str:
    """Return a tag or a unit as they are compared with each other."""
    return " ".join(text.split()).casefold()


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


def declared_unit(person: int, tags: Iterable[str], interests: Iterable[Interest]) -> str:
    """Return the unit, among the `tags` of a case, in which a person (their key) declared an interest; empty where there is none."""
    declared = {interest.plain_unit for interest in interests if interest.person == person}
    return next((tag for tag in tags if declared and plain_unit(tag) in declared), "")


def refuse_declared_unit(
    person: Person, purpose: ReviewPurpose, tags: Iterable[str], interests: Iterable[Interest], reference: str
) -> None:
    """Let `person` read the case called `reference`, which bears `tags`, only where it is of no unit that they declared.

    That goes for every reading but practice, the first one too.

    Raises:
        RefusedError: the case is of a unit in which the person declared an interest.
    """
    unit = declared_unit(person.key, tags, interests) if purpose in _ORDER else ""
    if unit:
        raise RefusedError(
            _("{name} declared an interest in “{unit}” and may not read {case}.").format(
                name=person.name, unit=unit, case=reference
            ),
            safe=_("Nothing was changed."),
            todo=_("Somebody without an interest in it reads the case."),
        )


def why_barred(person: Person, readings: Iterable[Reading], tags: Iterable[str], interests: Iterable[Interest]) -> str:
    """Return why `person` may not give the second reading of a case; empty where they may."""
    given = {purpose for purpose, reader in readings if reader == person.key}
    if ReviewPurpose.FIRST in given:
        return _("{name} gave the first reading").format(name=person.name)
    if ReviewPurpose.SETTLEMENT in given:
        return _("{name} settled it").format(name=person.name)
    unit = declared_unit(person.key, tags, interests)
    return _("{name} declared an interest in “{unit}”").format(name=person.name, unit=unit) if unit else ""


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
