"""Looks written texts through for typed counts and for what may identify somebody, paragraph by paragraph, each only once.

Looking through takes some milliseconds for a page; a text is looked through again at every burst of typing, and each illustration whenever
figures are drawn up. So what was found in a paragraph is remembered under its digest: places and counts, never the paragraph itself.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final

from ncpi_desktop.domain.anonymity.identifier import Identifier
from ncpi_desktop.domain.anonymity.identifiers import identifiers_in
from ncpi_desktop.domain.findings.prose import parse
from ncpi_desktop.domain.findings.typed_counts import typed_counts

_PARAGRAPH: Final = re.compile(r"\S[^\n]*(?:\n[^\n]*\S[^\n]*)*")
"""Lines that hold something, up to an empty one: nothing that is looked for goes on behind that."""
_MOST: Final = 5000
"""So many paragraphs are remembered."""


@dataclass(frozen=True, slots=True)
class _Seen:
    counts: tuple[str, ...]
    identifiers: tuple[Identifier, ...]


_seen: Final[dict[bytes, _Seen]] = {}


@dataclass(frozen=True, slots=True)
class Suspect:
    """Words of a text that may identify somebody, and of what kind they are."""

    words: str
    identifier: Identifier


def counts_typed_in(text: str) -> tuple[str, ...]:
    """Return the counts and shares that were typed in `text`, in its order."""
    return tuple(words for paragraph in paragraphs_of(text) for words in look_through(paragraph).counts)


def suspects_in(text: str, known: Collection[str]) -> Iterator[Suspect]:
    """Yield what may identify somebody, in the order of the text; `known` is allowed as it stands, whatever its capitals."""
    allowed = {word.casefold() for word in known}
    for paragraph in paragraphs_of(text):
        for found in look_through(paragraph).identifiers:
            words = paragraph[found.start : found.end]
            if words.casefold() not in allowed:
                yield Suspect(words, found)


def unseen_in(text: str) -> tuple[str, ...]:
    """Return the paragraphs that were not looked through before; they take the time."""
    return tuple(paragraph for paragraph in paragraphs_of(text) if _digest(paragraph) not in _seen)


def paragraphs_of(text: str) -> Iterator[str]:
    """Yield the paragraphs of a text, without the empty lines between them."""
    return (found.group() for found in _PARAGRAPH.finditer(text))


def look_through(paragraph: str) -> _Seen:
    """Return what stands in a paragraph, looking it through where that was not done before."""
    digest = _digest(paragraph)
    held = _seen.get(digest)
    if held is None:
        counts = tuple(typed.words for typed in typed_counts(parse(paragraph)))
        held = _Seen(counts, identifiers_in(paragraph))
        if len(_seen) >= _MOST:
            _seen.clear()
        _seen[digest] = held
    return held


def _digest(paragraph: str) -> bytes:
    return blake2b(paragraph.encode("utf-8", "surrogatepass"), digest_size=16).digest()
