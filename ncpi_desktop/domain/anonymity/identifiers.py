"""Looks a text through for what may identify a child or an adult.

Found by form alone, so not everything is found: a first name by itself, a nickname or a rare combination of harmless words is not. Ages, days of
the record, clock times, sections of an act, the codes of reasons and the pseudonyms of children and adults are never told.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from typing import Final

from ncpi_desktop.domain.anonymity.contacts import contacts_in
from ncpi_desktop.domain.anonymity.dates import dates_in
from ncpi_desktop.domain.anonymity.identifier import Identifier, IdentifierKind
from ncpi_desktop.domain.anonymity.names import names_in
from ncpi_desktop.domain.anonymity.official_numbers import official_numbers_in
from ncpi_desktop.domain.anonymity.places import places_in

_ORDER: Final = {kind: place for place, kind in enumerate(IdentifierKind)}


def identifiers_in(text: str, known: Collection[str] = ()) -> tuple[Identifier, ...]:
    """Return what may identify somebody in `text`, in the order of the text, none over another.

    `known` holds what is allowed as it stands, whatever its capitals: references of cases, the force's name. The time
    grows as the length of the text.
    """
    finders = (dates_in, contacts_in, official_numbers_in, places_in, names_in)
    allowed = {word.casefold() for word in known}
    found = chain.from_iterable(finder(text) for finder in finders)
    return tuple(_apart(held for held in found if text[held.start : held.end].casefold() not in allowed))


def _apart(found: Iterable[Identifier]) -> Iterator[Identifier]:
    """Make one of those that lie over each other; it is of the kind that stands first among the kinds."""
    held: Identifier | None = None
    for other in sorted(found, key=lambda identifier: (identifier.start, -identifier.end, _ORDER[identifier.kind])):
        if held is None or other.start >= held.end:
            if held is not None:
                yield held
            held = other
        else:
            kind = min(held.kind, other.kind, key=_ORDER.__getitem__)
            held = Identifier(kind, held.start, max(held.end, other.end))
    if held is not None:
        yield held
