"""Finds names: with a title or a rank before them, and two words that can hardly be anything else. Pseudonyms such as Child A are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from ncpi_desktop.domain.anonymity.identifier import Identifier, IdentifierKind
from ncpi_desktop.domain.anonymity.known_words import (
    ALSO_SURNAMES,
    BODY_WORDS,
    GIVEN_NAMES,
    KNOWN_WORDS,
    ONLY_NAMES,
)

_LETTERS: Final = r"[^\W\d_]"
_WORD: Final = re.compile(rf"{_LETTERS}+(?:['’-]{_LETTERS}+){{0,3}}")
_TITLE: Final = re.compile(
    r"(?<![\w'’-])(?:(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Rev|Reverend|Sir|Dame|Lord|Lady|Imam|PC|WPC|DC|TDC|DS|DI|DCI|PS|"
    r"PCSO|Sgt|Insp|Supt|T/DC|A/DS|A/PS|Det|MR|MRS|MISS|MS|DR|SGT)\.?|(?i:mr|mrs)\.?|(?:Detective\s)?(?:Police\s)?(?:Sergeant|Constable|"
    r"Inspector|Superintendent)|Judge|Nurse|Auntie|Uncle|Aunt|Nanny|Grandma|Grandad)"
    rf"[ \u00a0]{{1,2}}(?:(?:[0-9]{{2,6}}|[A-Z]\.?)[ \u00a0]{{1,2}})?(?P<name>[A-Z](?:['’]?{_LETTERS}){{1,24}}(?:['’-]{_LETTERS}{{1,24}}){{0,2}})"
)
_SURE_TITLE: Final = re.compile(r"(?:Mr|Mrs|Ms|Miss|Mx|Dr)\b", re.IGNORECASE)
_INITIAL: Final = re.compile(
    rf"(?<![\w.'’-])(?:[A-Z]\.[ \u00a0]?){{1,3}}(?P<name>[A-Z]{_LETTERS}{{1,24}}(?:['’-]{_LETTERS}{{1,24}}){{0,2}})"
)
_LAST_WORD: Final = re.compile(rf"({_LETTERS}+)[,;]?[ \u00a0]{{1,2}}$")
_GAP: Final = frozenset({" ", "\u00a0", "  "})
_NAMES_OF_THINGS: Final = frozenset(("operation", "project", "st"))
_LONGEST_NAME: Final = 4
"""In more words with a capital than these, as headings have, only a first name tells a name."""
_STARTS: Final = '.!?:;\n\r\t•–—-"“‘*#>|'


class _Capital(NamedTuple):
    """A word with a capital."""

    start: int
    end: int
    plain: str

    @property
    def is_known(self) -> bool:
        return self.plain in KNOWN_WORDS


def names_in(text: str) -> Iterator[Identifier]:
    """Yield names, in no order."""
    for found in _TITLE.finditer(text):
        if not _is_no_name(found["name"], sure=bool(_SURE_TITLE.match(found[0]))):
            end = _with_next_names(text, found.end())
            yield Identifier(IdentifierKind.TITLED_NAME, found.start(), end)
    for found in _INITIAL.finditer(text):
        if not _is_no_name(found["name"], sure=False) and not _ends_a_sentence(text, found):
            yield Identifier(IdentifierKind.NAME, *found.span())
    for run in _runs(text):
        yield from _names_of(text, run)


def _is_no_name(word: str, *, sure: bool) -> bool:
    """Return whether a word behind a title is no name: a word in capitals or of the trade, such as *Inspector Review*."""
    plain = _plain(word)
    if word.isupper() and len(word) > 1 and not sure:
        return True
    return plain in KNOWN_WORDS


def _ends_a_sentence(text: str, found: re.Match[str]) -> bool:
    """Return whether a single letter is a pseudonym that ends a sentence, as in *told by Child A. Detained at once*."""
    if found[0].count(".") > 1:
        return False
    before = _LAST_WORD.search(text[max(0, found.start() - 16) : found.start()])
    follows = before is not None and (before[1][0].isupper() or before[1] in ("and", "or", "of", "with", "to"))
    return follows or found["name"].endswith(("ed", "ing"))


def _plain(word: str) -> str:
    return word.lower().replace("’", "'")


def _with_next_names(text: str, end: int) -> int:
    """Return where a name ends that goes on with another unknown word with a capital."""
    gap = end
    while gap < len(text) and text[gap] in " \u00a0" and gap - end < 2:
        gap += 1
    found = _WORD.match(text, gap) if gap > end else None
    if found and _is_capital(found[0]) and _plain(found[0]) not in KNOWN_WORDS:
        return found.end()
    return end


def _is_capital(word: str) -> bool:
    return len(word) > 1 and word[0].isupper() and not word.isupper()


def _runs(text: str) -> Iterator[list[_Capital]]:
    """Yield the longest stretches of words with a capital that only a blank parts."""
    run: list[_Capital] = []
    for found in _WORD.finditer(text):
        word = _Capital(found.start(), found.end(), _plain(found[0]))
        follows = bool(run) and text[run[-1].end : word.start] in _GAP
        if run and not (follows and _is_capital(found[0])):
            yield run
            run = []
        if _is_capital(found[0]):
            run.append(word)
    if run:
        yield run


def _names_of(text: str, run: list[_Capital]) -> Iterator[Identifier]:
    """Yield the names in a run: words together that are not known, unless a body's word follows them."""
    together: list[_Capital] = []
    for place, word in enumerate(run):
        if not word.is_known or (word.plain in ALSO_SURNAMES and together and together[-1].plain in GIVEN_NAMES):
            together.append(word)
        elif together:
            yield from _name_of(text, run, place, together, word.plain)
            together = []
    if together:
        yield from _name_of(text, run, len(run), together, _next_word(text, run[-1].end))


def _name_of(text: str, run: list[_Capital], end: int, words: list[_Capital], behind: str) -> Iterator[Identifier]:
    """Yield the name that `words` are, which end before the place `end` of their run; none where they can well be something else."""
    before = run[end - len(words) - 1].plain if end > len(words) else ""
    if behind in BODY_WORDS or before in _NAMES_OF_THINGS:
        return
    given = next((place for place, word in enumerate(words) if word.plain in GIVEN_NAMES), None)
    only = next((place for place, word in enumerate(words) if word.plain.removesuffix("'s") in ONLY_NAMES), None)
    if len(words) > 1 and given is not None and given < len(words) - 1:
        yield Identifier(IdentifierKind.NAME, words[given].start, words[-1].end)
    elif only is not None:
        yield Identifier(IdentifierKind.NAME, words[only].start, words[-1].end)
    elif 2 <= len(words) <= _LONGEST_NAME and len(run) <= _LONGEST_NAME:
        first = 0 if before or _is_in_mid_sentence(text, words[0]) else 1
        if len(words) - first > 1:
            yield Identifier(IdentifierKind.NAME, words[first].start, words[-1].end)


def _next_word(text: str, end: int) -> str:
    found = _WORD.match(text, end + 1) if text[end : end + 1] in (" ", "\u00a0") else None
    return _plain(found[0]) if found else ""


def _is_in_mid_sentence(text: str, word: _Capital) -> bool:
    before = text[max(0, word.start - 4) : word.start]
    stripped = before.rstrip(" \u00a0")
    return bool(stripped) and stripped != before and stripped[-1] not in _STARTS
