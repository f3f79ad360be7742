"""What a second reader may not see: the first reading of a case, whole, until their own is handed in."""

from __future__ import annotations

from dataclasses import dataclass

from ncpi_desktop.domain.casework.inspection import Person, Role


@dataclass(frozen=True, slots=True)
class ReadingFacts:
    """What stands between a person and the first reading of a case.

    `exists`: somebody else has begun it. `is_first_reader`: they gave it, or have it to give. `is_second_reader`: they give the second.
    `handed_in_second`: they have handed theirs in, reopened or not. `read_twice`: somebody has handed a second reading in. `awaited`: the
    case is to be read again.
    """

    exists: bool = False
    is_first_reader: bool = False
    is_second_reader: bool = False
    handed_in_second: bool = False
    read_twice: bool = False
    awaited: bool = False


def reads_blind(person: Person) -> bool:
    """Return whether the role closes all first readings by others: any case may yet be drawn for a quality assurer to read again.

    A team lead, whatever else they are, has to see everything.
    """
    return Role.QUALITY_ASSURER in person.roles and Role.TEAM_LEAD not in person.roles


def is_closed_to(person: Person | None, facts: ReadingFacts) -> bool:
    """Return whether the first reading of a case is closed to `person`: grade, reasons, texts, marks, and who gave it.

    Whoever is to read a case again sees none of it until they have handed their own reading in. A quality assurer sees none of any case
    that may yet be theirs: one that nobody has read again. To whoever has not signed in, a case that is to be read again is closed.
    """
    if not facts.exists:
        return False
    if person is None:
        return facts.awaited and not facts.read_twice
    if facts.is_first_reader or facts.handed_in_second:
        return False
    return facts.is_second_reader or (reads_blind(person) and not facts.read_twice)
