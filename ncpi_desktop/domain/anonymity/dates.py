"""Finds full dates in the forms that people write in Britain, and dates of birth. Months with their year, years and times are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ncpi_desktop.domain.anonymity.identifier import Identifier, IdentifierKind

_DAY: Final = r"(?:0?[1-9]|[12][0-9]|3[01])"
_MONTH: Final = r"(?:0?[1-9]|1[0-2])"
_CENTURY: Final = r"(?:19|20)[0-9]{2}"
_YEAR: Final = rf"(?:{_CENTURY}|[0-9]{{2}})"
_NAMED: Final = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)"
)
_WEEKDAY: Final = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_ORDINAL: Final = (
    r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|"
    r"seventeenth|eighteenth|nineteenth|twentieth|twenty[- ](?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|"
    r"thirtieth|thirty[- ]first)"
)
_SPELT_YEAR: Final = (
    r"(?:two\sthousand(?:\sand)?\s[a-z]{3,9}(?:[- ][a-z]{3,5})?|(?:nineteen|twenty)[- ][a-z]{3,9}(?:[- ][a-z]{3,5})?)"
)
_BEFORE: Final = r"(?<![\w/.\u00a3-])"
_GAP: Final = r"\s{1,3}"
_WITH_YEAR: Final = rf"(?:,?[\s-]{{0,3}}(?:{_CENTURY}(?![0-9])|['’][0-9]{{2}}(?![0-9]))|-[0-9]{{2}}(?![0-9]))"

_FORMS: Final = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_BEFORE}{_DAY}\s?(?P<between>[/.-])\s?{_MONTH}\s?(?P=between)\s?{_YEAR}(?![\w/-]|\.[0-9])",
        rf"{_BEFORE}{_MONTH}(?P<between>[/.-])(?:1[3-9]|2[0-9]|3[01])(?P=between){_YEAR}(?![\w/-]|\.[0-9])",
        rf"{_BEFORE}[0-9]{{2}}\s(?:0[1-9]|1[0-2])\s{_CENTURY}(?!\w)",
        rf"{_BEFORE}{_CENTURY}(?P<between>[-/.]){_MONTH}(?P=between){_DAY}(?![0-9/-])",
        rf"{_BEFORE}{_CENTURY}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?!\w)",
        (
            rf"\b{_NAMED}(?:\.?{_GAP}(?:the{_GAP})?{_DAY}(?:st|nd|rd|th)\b(?:,?{_GAP}{_CENTURY}\b)?|\.?{_GAP}{_DAY},?{_GAP}{_CENTURY}\b"
            rf"|{_GAP}the{_GAP}{_ORDINAL}\b(?:,?{_GAP}(?:{_CENTURY}|{_SPELT_YEAR}))?)"
        ),
        rf"(?<=\bon\s){_NAMED}\.?{_GAP}{_DAY}\b",
        rf"\b{_ORDINAL}{_GAP}(?:day{_GAP})?of{_GAP}{_NAMED}\b(?:,?{_GAP}(?:{_CENTURY}|{_SPELT_YEAR}))?",
        rf"\b{_WEEKDAY},?{_GAP}(?:the{_GAP})?(?:{_DAY}(?:st|nd|rd|th)|{_ORDINAL})\b",
        rf"\b(?:Christmas|Boxing|New{_GAP}Year['’]s){_GAP}(?:Day|Eve),?{_GAP}{_CENTURY}\b",
    )
)
_DAY_MONTH: Final = re.compile(
    rf"{_BEFORE}{_DAY}(?P<ordinal>st|nd|rd|th)?(?P<of>\sof)?[\s-]{{0,3}}(?P<month>{_NAMED})\b\.?(?P<year>{_WITH_YEAR})?(?!-?\w)",
    re.IGNORECASE,
)
_NUMBERED_PART: Final = re.compile(
    r"\b(?:version|release|paragraph|para|section|rule|chapter|part|page)\s$", re.IGNORECASE
)
_COUNTED_DAY: Final = re.compile(r"\bday\s$", re.IGNORECASE)
_BORN: Final = re.compile(
    r"\b(?:date\sof\sbirth|birth\s?date|birthday|born(?:\son)?|d\.\s?o\.\s?b\.?|dob)(?![a-z])[\s:;,.(=–-]{0,6}(?:(?:is|was|on|of|the)\s){0,2}",
    re.IGNORECASE,
)
_BORN_WITHOUT_DAY: Final = re.compile(
    rf"\bborn\sin\s{_NAMED}\.?{_GAP}(?:of\s)?{_CENTURY}\b|\b(?:dob|date\sof\sbirth)[\s:=–-]{{1,6}}[0-9][0-9/. -]{{2,10}}[0-9]\b",
    re.IGNORECASE,
)


def dates_in(text: str) -> Iterator[Identifier]:
    """Yield full dates and dates of birth, in no order."""
    spans = [
        found.span()
        for form in _FORMS
        for found in form.finditer(text)
        if not _NUMBERED_PART.search(text[max(0, found.start() - 12) : found.start()])
    ]
    spans += [found.span() for found in _DAY_MONTH.finditer(text) if _is_day_and_month(text, found)]
    labels = {found.end(): found.start() for found in _BORN.finditer(text)}
    for start, end in spans:
        if start in labels:
            yield Identifier(IdentifierKind.DATE_OF_BIRTH, labels[start], end)
        else:
            yield Identifier(IdentifierKind.DATE, start, end)
    for found in _BORN_WITHOUT_DAY.finditer(text):
        yield Identifier(IdentifierKind.DATE_OF_BIRTH, *found.span())


def _is_day_and_month(text: str, found: re.Match[str]) -> bool:
    """Return whether a day before a month is a date: *14 may* and *3 march* in small letters are other words unless a year follows."""
    if _COUNTED_DAY.search(text[max(0, found.start() - 5) : found.start()]):
        return False
    sure = found["ordinal"] or found["of"] or found["year"]
    return bool(sure) or found["month"][0].isupper()
