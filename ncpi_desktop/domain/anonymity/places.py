"""Finds addresses, and schools and hospitals by their names. A street, a school or a hospital without its name is none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ncpi_desktop.domain.anonymity.identifier import Identifier, IdentifierKind
from ncpi_desktop.domain.anonymity.known_words import KNOWN_WORDS

_PROPER: Final = r"(?:[A-Z]['’])?[A-Z][a-z]{1,24}(?:[A-Z][a-z]{1,24})?(?:-[A-Za-z][a-z]{1,24}){0,3}(?:['’]s?)?"
_GAP: Final = r"[ \u00a0]{1,2}"
_STREET: Final = (
    r"(?:Street|Road|Avenue|Lane|Close|Drive|Way|Crescent|Court|Gardens|Grove|Place|Terrace|Square|Hill|Rise|Row|Walk|Mews|Parade|Green|View|"
    r"Park|Gate|Path|Rd|St|Ave|Cres|Dr)"
)
_NUMBERED: Final = re.compile(
    rf"(?<![\w/.:\u00a3-])(?:(?:Flat|Apartment|Apt|Unit|Room){_GAP}[0-9A-Z]{{1,4}},?{_GAP})?[0-9]{{1,4}}[A-Za-z]?,?{_GAP}"
    rf"(?:{_PROPER}\.?{_GAP}){{1,4}}(?:{_STREET}|street|road|avenue|lane|crescent|terrace)\b"
)
_FLAT: Final = re.compile(
    rf"\b(?:Flat|Apartment|Apt){_GAP}[0-9]{{1,4}}[A-Za-z]?\b(?:,?{_GAP}(?:{_PROPER}{_GAP}?){{1,3}})?"
)
_NAMED_STREET: Final = re.compile(
    rf"(?<![\w'’-])(?:{_PROPER}\.?{_GAP}){{1,3}}(?:Street|Road|Avenue|Lane|Crescent|Terrace)\b(?![ \u00a0-]?[A-Z])"
)
_DAY_BEFORE: Final = re.compile(r"\b(?:day|days|aged?|section|child|male|female|officer|inspector)\s$", re.IGNORECASE)

_KIND_OF_SCHOOL: Final = (
    r"(?:Primary|Infants?|Junior|Secondary|High|Middle|Grammar|Nursery|Community|Comprehensive|Catholic|Church|of|England|RC|CE|CofE|C|E|"
    r"VA|VC|Special|Upper|Lower|Boys['’]?|Girls['’]?|Sixth|Form|Technical|Technology|Further|Education|Preparatory|Prep|Voluntary|Aided|and|Day)"
)
_SCHOOL: Final = re.compile(
    rf"(?<![\w'’-])(?P<name>(?:{_PROPER}\.?{_GAP}){{1,4}})(?:(?i:{_KIND_OF_SCHOOL}){_GAP}){{0,4}}"
    r"(?P<last>School|school|College|college|Academy|academy|Nursery|Preschool|Pre-school|Playgroup|University|Primary|Juniors|Infants)\b"
)
_HOSPITAL: Final = re.compile(
    rf"(?<![\w'’-])(?P<name>(?:{_PROPER}\.?{_GAP}){{1,4}})(?:(?:Royal|General|District|Community|University|Children['’]s|Maternity|Memorial|"
    rf"Cottage|Medical|Health|NHS|and|City|County){_GAP}){{0,3}}"
    r"(?P<last>Hospital|hospital|Infirmary|Hospice|hospice|Surgery|surgery|(?:Medical|Health|Walk-in)[ \u00a0](?:Centre|Practice))\b"
)
_GENERAL_WORDS: Final = (
    "the a an her his their our your its this that primary infant infants junior secondary high middle grammar nursery community "
    "comprehensive special boarding local private independent state night day sunday new old previous last both another which every any "
    "no at in from to for with by and or but when while after before then royal general district university children's maternity cottage "
    "mental teaching nearest city county staff police art sixth form further education upper lower technical technology catholic church "
    "voluntary virtual home"
)
_GENERAL: Final = frozenset(_GENERAL_WORDS.split())
"""Words with a capital that name no school or hospital by themselves."""
_TOLD: Final = frozenset(("rang", "told", "met", "saw", "sent", "took", "gave", "left"))


def places_in(text: str) -> Iterator[Identifier]:
    """Yield addresses, schools and hospitals, in no order."""
    for form in (_NUMBERED, _FLAT):
        for found in form.finditer(text):
            if not _DAY_BEFORE.search(text[max(0, found.start() - 10) : found.start()]):
                yield Identifier(IdentifierKind.ADDRESS, found.start(), found.start() + len(found[0].rstrip()))
    for found in _NAMED_STREET.finditer(text):
        if span := _proper_part(text, found.start(), found[0].rpartition(" ")[0]):
            yield Identifier(IdentifierKind.ADDRESS, span, found.end())
    for form, kind in ((_SCHOOL, IdentifierKind.SCHOOL), (_HOSPITAL, IdentifierKind.HOSPITAL)):
        for found in form.finditer(text):
            span = _proper_part(text, found.start(), found["name"])
            if span is not None and (found["last"][0].isupper() or not _begins_a_sentence(text, span)):
                yield Identifier(kind, span, found.end())


def _proper_part(text: str, start: int, name: str) -> int | None:
    """Return where the first word that is a name of its own begins, among the words of `name`; None where there is none.

    The first word of a sentence has its capital from there: it counts if it is no verb and no word of every day.
    """
    for word in re.finditer(r"[^\s]+", name):
        plain = word[0].strip(".,").lower().replace("’", "'")
        at = start + word.start()
        if plain == "st" or (plain.endswith("'s") and plain not in _GENERAL and plain not in KNOWN_WORDS):
            return at
        if plain in _GENERAL or plain in KNOWN_WORDS or plain.removesuffix("'s") in KNOWN_WORDS:
            continue
        if _begins_a_sentence(text, at) and (plain in _TOLD or plain.endswith(("ed", "ing", "ly"))):
            continue
        return at
    return None


def _begins_a_sentence(text: str, at: int) -> bool:
    before = text[max(0, at - 4) : at].rstrip(" \u00a0\"'“‘(")
    return not before or before[-1] in ".!?:\n\r"
