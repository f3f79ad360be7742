"""A place in a text that may identify somebody: its kind, where it stands, and what to write instead. Never the words themselves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ncpi_desktop.words import _


class IdentifierKind(StrEnum):
    """What sort of thing may identify somebody; where two lie over each other the one further up here names both."""

    DATE_OF_BIRTH = "date-of-birth"
    DATE = "date"
    EMAIL = "email"
    WEB = "web"
    HANDLE = "handle"
    NATIONAL_INSURANCE = "national-insurance"
    NHS = "nhs"
    PHONE = "phone"
    POSTCODE = "postcode"
    REGISTRATION = "registration"
    COLLAR = "collar"
    REFERENCE = "reference"
    ADDRESS = "address"
    SCHOOL = "school"
    HOSPITAL = "hospital"
    TITLED_NAME = "titled-name"
    NAME = "name"

    @property
    def label(self) -> str:
        """The words that people read."""
        return {
            IdentifierKind.DATE_OF_BIRTH: _("Date of birth"),
            IdentifierKind.DATE: _("Full date"),
            IdentifierKind.EMAIL: _("E-mail address"),
            IdentifierKind.WEB: _("Web address"),
            IdentifierKind.HANDLE: _("Name on social media"),
            IdentifierKind.NATIONAL_INSURANCE: _("National Insurance number"),
            IdentifierKind.NHS: _("NHS number"),
            IdentifierKind.PHONE: _("Telephone number"),
            IdentifierKind.POSTCODE: _("Postcode"),
            IdentifierKind.REGISTRATION: _("Vehicle registration"),
            IdentifierKind.COLLAR: _("Collar number"),
            IdentifierKind.REFERENCE: _("Reference number"),
            IdentifierKind.ADDRESS: _("Address"),
            IdentifierKind.SCHOOL: _("School or college by name"),
            IdentifierKind.HOSPITAL: _("Hospital or surgery by name"),
            IdentifierKind.TITLED_NAME: _("Name with a title or rank"),
            IdentifierKind.NAME: _("Probably a name"),
        }[self]

    @property
    def todo(self) -> str:
        """What to write instead."""
        return {
            IdentifierKind.DATE_OF_BIRTH: _("Write the age instead."),
            IdentifierKind.DATE: _("Write the day of the record instead, such as Day 3, or how much time had passed."),
            IdentifierKind.EMAIL: _("Take it out, or write “an e-mail address”."),
            IdentifierKind.WEB: _("Take it out, or write what kind of site it is."),
            IdentifierKind.HANDLE: _("Take it out, or write “an account on social media”."),
            IdentifierKind.NATIONAL_INSURANCE: _("Take it out."),
            IdentifierKind.NHS: _("Take it out."),
            IdentifierKind.PHONE: _("Take it out, or write whose telephone it is, such as “the mother's mobile”."),
            IdentifierKind.POSTCODE: _("Take it out."),
            IdentifierKind.REGISTRATION: _("Write “a car” or “a van” instead."),
            IdentifierKind.COLLAR: _("Write the rank or the role instead, such as “the sergeant”."),
            IdentifierKind.REFERENCE: _("Take it out, or write the reference of the case in this audit."),
            IdentifierKind.ADDRESS: _("Write what kind of place it is instead, such as “the home address”."),
            IdentifierKind.SCHOOL: _("Write “a primary school” or “a college” instead."),
            IdentifierKind.HOSPITAL: _("Write “a hospital” or “a surgery” instead."),
            IdentifierKind.TITLED_NAME: _("Write the role instead, such as “the social worker” or “the sergeant”."),
            IdentifierKind.NAME: _("Write the pseudonym or the role instead, such as Child A or “the mother”."),
        }[self]


@dataclass(frozen=True, slots=True)
class Identifier:
    """Where something that may identify somebody stands: from `start` up to and without `end`."""

    kind: IdentifierKind
    start: int
    end: int
