"""Finds numbers that point to a record or a person elsewhere: crime, incident, custody and court references, collar numbers, vehicles, NHS, NI."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ncpi_desktop.domain.anonymity.dates import dates_in
from ncpi_desktop.domain.anonymity.identifier import Identifier, IdentifierKind

_NOT_IN_A_WORD: Final = r"(?<![\w/*.\u00a3$-])"
_RECORD: Final = (
    r"(?:crime|incident|custody|occurrence|log|cad|niche|athena|connect|urn|reference|ref|storm|intelligence|intel|pnc|pnd|court|exhibit|"
    r"warrant|serial|nspis|report)"
)
_LABELLED: Final = re.compile(
    rf"\b{_RECORD}(?:\s(?:record|report|reference|ref|number|num|no|log|id|file)\b\.?){{0,3}}\s?[:#=]?\s?(?P<number>[A-Za-z0-9][A-Za-z0-9/*_-]{{2,29}})",
    re.IGNORECASE,
)
_CASE_NUMBER: Final = re.compile(
    r"\b(?:case|file|client|patient|pupil|staff|employee|person)\s(?:record|reference|ref|number|num|no|id)\b\.?\s?[:#=]?\s?"
    r"(?P<number>[A-Za-z0-9][A-Za-z0-9/*_-]{2,29})",
    re.IGNORECASE,
)
_BY_FORM: Final = re.compile(
    rf"{_NOT_IN_A_WORD}(?:[0-9]{{2}}\*[0-9]{{4,9}}(?:\*[0-9]{{1,4}})?|[A-Z]{{1,4}}/[0-9]{{3,9}}/[0-9]{{2,4}}|[0-9]{{4,8}}[A-Z]?/[0-9]{{2}}(?:[0-9]{{2}})?|"
    rf"[0-9]{{2}}/[0-9]{{3,8}}[A-Z]|[0-9]{{2}}[A-Z]{{1,2}}[0-9]{{5,10}}|[A-Z]{{1,3}}[0-9]{{5,10}}[A-Z]?|[0-9]{{9,20}}|"
    r"[A-Z]{2,5}-[0-9]{5,12}(?:-[0-9]{1,12})?|[0-9]{2}-[0-9]{5,9}(?:-[0-9]{1,4})?)(?![\w/*-])"
)
_OF_THE_DAY: Final = re.compile(
    r"\b(?:incident|log|serial|cad)(?:\s(?:number|no))?\.?\s(?P<number>[0-9]{1,6})\sof\s(?:the\s)?", re.IGNORECASE
)
_YEARS: Final = re.compile(r"(?:19|20)[0-9]{2}(?:[/-](?:[0-9]{2}|(?:19|20)[0-9]{2}))?$")
_OF_THIS_AUDIT: Final = re.compile(r"(?:[A-Z]{3}-[WS][0-9]{2,3}|[A-Z][A-Z0-9]{1,3}-[0-9]{2,4})$")

_COLLAR: Final = re.compile(
    r"(?<!\w)(?:(?:PC|WPC|DC|TDC|DS|DI|PS|PSI|PCSO|Sgt|Insp|CI|Ins)\.?\s?(?:[0-9]{2,6}|[A-Z]{1,2}[0-9]{2,5})|"
    r"(?:Officer|Sergeant|Constable|Inspector)\s[0-9]{3,6})(?![\w:/])(?!\s(?:cases|children|hours|years|days))"
)
_LABELLED_COLLAR: Final = re.compile(
    r"\b(?:(?:collar|shoulder|epaulette)(?:\s(?:number|no|num)\b)?|warrant\s(?:number|no|num)\b)\.?\s?[:#=]?\s?"
    r"(?P<number>[A-Z]{0,3}[0-9]{2,6}[A-Z]?)(?!\w)",
    re.IGNORECASE,
)
_PLATE: Final = re.compile(
    r"(?<![\w/-])(?:[A-HJ-PR-Y][A-HJ-PR-Y][0-9]{2}\s?(?P<new>[A-HJ-PR-Z]{3})|[A-HJ-NPR-TV-Y](?!47)[0-9]{1,3}\s?(?P<old>[A-HJ-PR-Y]{3})|"
    r"(?P<older>[A-HJ-PR-Y]{3})\s?[0-9]{2,3}[A-HJ-NPR-TV-Y])(?![\w-])"
)
_LABELLED_PLATE: Final = re.compile(
    r"\b(?:registration|reg|vrm|number\s?plate|index)(?:\s(?:number|no|mark))?\b\.?\s?[:#=]?\s?"
    r"(?P<number>[A-Za-z]{1,3}[0-9]{1,4}\s?[A-Za-z]{1,3}|[A-Za-z]{3}\s?[0-9]{1,3}[A-Za-z])(?!\w)",
    re.IGNORECASE,
)
_CAPITALS: Final = (
    "AND THE FOR NOT WAS HAS HER HIS SHE ARE BUT ALL NEW OLD DAY MAY MAR JAN FEB APR JUN JUL AUG SEP NOV DEC"
)
_WORDS_IN_CAPITALS: Final = frozenset(_CAPITALS.split())
_NHS: Final = re.compile(r"(?<![\w/-])[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4}(?![\w/-])")
_LABELLED_NHS: Final = re.compile(
    r"\bNHS\s?(?:number|no|num|id)?\b\.?\s?[:#=]?\s?(?P<number>[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{4})(?!\w)", re.IGNORECASE
)
_NATIONAL_INSURANCE: Final = re.compile(
    r"(?<![\w/-])[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?[0-9]{2}[ -]?[A-D](?![\w-])",
    re.IGNORECASE,
)


def official_numbers_in(text: str) -> Iterator[Identifier]:
    """Yield the numbers that point to a record or a person elsewhere, in no order."""
    yield from _references(text)
    for found in _COLLAR.finditer(text):
        yield Identifier(IdentifierKind.COLLAR, *found.span())
    for found in _LABELLED_COLLAR.finditer(text):
        yield Identifier(IdentifierKind.COLLAR, *found.span("number"))
    for found in _PLATE.finditer(text):
        if not _WORDS_IN_CAPITALS.intersection(found.group("new", "old", "older")):
            yield Identifier(IdentifierKind.REGISTRATION, *found.span())
    for found in _LABELLED_PLATE.finditer(text):
        yield Identifier(IdentifierKind.REGISTRATION, *found.span("number"))
    for found in _NHS.finditer(text):
        if _is_nhs_number(found[0]):
            yield Identifier(IdentifierKind.NHS, *found.span())
    for found in _LABELLED_NHS.finditer(text):
        yield Identifier(IdentifierKind.NHS, *found.span("number"))
    for found in _NATIONAL_INSURANCE.finditer(text):
        yield Identifier(IdentifierKind.NATIONAL_INSURANCE, *found.span())


def _references(text: str) -> Iterator[Identifier]:
    for form in (_LABELLED, _CASE_NUMBER):
        for found in form.finditer(text):
            number = found["number"].rstrip("/*_-")
            digits = sum(letter.isdigit() for letter in number)
            if digits >= 3 and not _YEARS.match(number) and not _OF_THIS_AUDIT.match(number):
                yield Identifier(IdentifierKind.REFERENCE, found.start("number"), found.start("number") + len(number))
    for found in _BY_FORM.finditer(text):
        if not _YEARS.match(found[0]) and not _OF_THIS_AUDIT.match(found[0]):
            yield Identifier(IdentifierKind.REFERENCE, *found.span())
    numbered = {found.end(): found.span("number") for found in _OF_THE_DAY.finditer(text)}
    if numbered:
        for date in dates_in(text):
            if date.start in numbered:
                yield Identifier(IdentifierKind.REFERENCE, *numbered[date.start])


def _is_nhs_number(number: str) -> bool:
    """Return whether the check digit is right: 11 less the rest of the weighted sum by 11 (NHS data dictionary, *NHS number*)."""
    digits = [int(letter) for letter in number if letter.isdigit()]
    check = 11 - sum(weight * digit for weight, digit in zip(range(10, 1, -1), digits, strict=False)) % 11
    return digits[0] != 0 and len(set(digits)) > 1 and digits[9] == (0 if check == 11 else check)
