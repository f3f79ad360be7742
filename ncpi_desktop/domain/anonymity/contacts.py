"""Finds how somebody can be reached: e-mail, web, social media, telephone, postcode."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ncpi_desktop.domain.anonymity.identifier import Identifier, IdentifierKind

_LOCAL_PART: Final = re.compile(r"[A-Za-z0-9._%+'-]{1,64}$")
_DOMAIN: Final = re.compile(r"[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}")
_AT_NAME: Final = re.compile(r"(?=[0-9_.]{0,30}[A-Za-z])[A-Za-z0-9_][A-Za-z0-9_.]{1,29}(?<!\.)")
_WEB: Final = re.compile(r"\b(?:https?://|www\.)[^\s<>\"”]{2,500}", re.IGNORECASE)
_BARE_WEB: Final = re.compile(
    r"(?<![\w@.-])(?:[a-z0-9-]{2,63}\.){1,4}(?:com|org|net|info|co\.uk|uk)(?:/[^\s<>\"”]{0,500})?(?![\w-])(?!\.\w)",
    re.IGNORECASE,
)
_SITES: Final = (
    r"(?:snapchat|snap|instagram|insta|tiktok|facebook|twitter|discord|roblox|xbox|playstation|psn|kik|telegram|whatsapp|youtube|reddit|"
    r"steam|twitch|user\s?name|screen\s?name|gamer\s?tag|handle)"
)
_NAMED_ACCOUNT: Final = re.compile(
    rf"\b{_SITES}(?:\s(?:account|profile|user|name|user\s?name|handle|id|contact)){{0,2}}"
    r"(?:\s?[:=]\s?|\s(?:called|named|is|was|as|of|under)\s){1,2}['\"“‘@]?(?P<name>[A-Za-z0-9][A-Za-z0-9._#-]{2,30})",
    re.IGNORECASE,
)
_USER_NAME: Final = re.compile(
    r"\b(?:user\s?name|screen\s?name|gamer\s?tag|handle)\s['\"“‘@]?(?P<name>[A-Za-z0-9][A-Za-z0-9._#-]{2,30})",
    re.IGNORECASE,
)
_LIKE_A_HANDLE: Final = re.compile(r"[A-Za-z][A-Za-z.-]{0,30}[0-9_#]|[0-9_][A-Za-z_.]{0,30}[A-Za-z]|[a-z]\.[a-z]")
_PHONE: Final = re.compile(
    r"(?<![\w.+/-])(?:(?:\+|00)44[\s.-]?(?:\(0\)[\s.-]?)?|\(?0)[1-9][0-9]{0,4}\)?(?:[\s.-]{0,2}[0-9]{2,8}){1,4}(?![0-9])"
)
_ABROAD: Final = re.compile(r"(?<![\w.+/-])\+[1-9][0-9]{0,2}(?:[\s.()-]{1,2}[0-9]{1,8}|[0-9]{4}){2,6}(?![0-9])")
_LABELLED_PHONE: Final = re.compile(
    r"\b(?:tel|telephone|phone|mobile|mob)(?:\s(?:number|no))?\.?(?:\s?[:=]\s?|\s(?:is\s|was\s)?)(?P<number>[0-9][0-9 -]{4,14}[0-9])(?![\w:])",
    re.IGNORECASE,
)
_POSTCODE_AREAS: Final = (
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU "
    "GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE "
    "PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO "
    "ZE"
)
_AREAS: Final = frozenset(_POSTCODE_AREAS.split())
_POSTCODE: Final = re.compile(
    r"(?<![\w/-])(?P<area>[A-Z]{1,2})(?:[0-9]{1,2}|[0-9][A-Z])\s{0,2}[0-9][ABD-HJLNP-UW-Z]{2}(?![\w-])", re.IGNORECASE
)
_ORDINAL_END: Final = re.compile(r"(?:1st|2nd|3rd|[04-9]th)$")


def contacts_in(text: str) -> Iterator[Identifier]:
    """Yield the places that tell how somebody can be reached, in no order."""
    yield from _around_at_signs(text)
    for found in _WEB.finditer(text):
        yield Identifier(IdentifierKind.WEB, found.start(), found.start() + len(found[0].rstrip(".,;:!?)'’")))
    for found in _BARE_WEB.finditer(text):
        yield Identifier(IdentifierKind.WEB, found.start(), found.start() + len(found[0].rstrip(".,;:!?)'’")))
    for form in (_NAMED_ACCOUNT, _USER_NAME):
        for found in form.finditer(text):
            name = found["name"].rstrip("._-")
            if _LIKE_A_HANDLE.search(name):
                yield Identifier(IdentifierKind.HANDLE, found.start("name"), found.start("name") + len(name))
    yield from _phones(text)
    for found in _POSTCODE.finditer(text):
        if found["area"].upper() not in _AREAS:
            continue
        if found[0].isupper() or (found[0].islower() and not _ORDINAL_END.search(found[0])):
            yield Identifier(IdentifierKind.POSTCODE, *found.span())


def _around_at_signs(text: str) -> Iterator[Identifier]:
    at = text.find("@")
    while at >= 0:
        local = _LOCAL_PART.search(text[max(0, at - 64) : at])
        domain = _DOMAIN.match(text, at + 1)
        if local and domain:
            yield Identifier(IdentifierKind.EMAIL, at - len(local[0]), domain.end())
        elif not (at and (text[at - 1].isalnum() or text[at - 1] == "@")) and (name := _AT_NAME.match(text, at + 1)):
            yield Identifier(IdentifierKind.HANDLE, at, name.end())
        at = text.find("@", at + 1)


def _phones(text: str) -> Iterator[Identifier]:
    for found in _PHONE.finditer(text):
        digits = re.sub(r"\(0\)|[^0-9]", "", found[0])
        national = re.sub(r"^(?:0044|44)", "0", digits) if found[0][0] == "+" or digits.startswith("0044") else digits
        if 10 <= len(national) <= 11:
            yield Identifier(IdentifierKind.PHONE, *found.span())
    for found in _ABROAD.finditer(text):
        if 9 <= sum(letter.isdigit() for letter in found[0]) <= 15:
            yield Identifier(IdentifierKind.PHONE, *found.span())
    for found in _LABELLED_PHONE.finditer(text):
        if 6 <= sum(letter.isdigit() for letter in found["number"]) <= 11:
            yield Identifier(IdentifierKind.PHONE, *found.span("number"))
