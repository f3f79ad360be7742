"""The strategy discussions as JSON, under names that stay.

`strategy_discussions`: `cases` (all), `cases_with` (at least one), `discussions`, `aspects` (list of `aspect`, `yes`, `no`, `unknown`, `known`,
`percent`, `interval`, `reads_as`, `cases_without`), `areas` (list of `area`, `label`, `cases`, `cases_with`, `discussions`, `aspects`), `agencies`
(list of `agency`, `invited`, `present`, `absent`, `unknown`, `uninvited`, `known`, `percent`, `interval`, `areas`: code to `known` and `present`),
`other_agencies`. Shares are of `known`.
"""

from __future__ import annotations

from collections.abc import Iterable

from ncpi_desktop.domain.findings.json_parts import Json, interval_form
from ncpi_desktop.domain.findings.partnership import AgencyFindings, AspectFindings, PartnershipFindings


def partnership_form(found: PartnershipFindings) -> Json:
    """Return every figure of the strategy discussions."""
    return {
        "cases": found.cases,
        "cases_with": found.cases_with,
        "discussions": found.discussions,
        "aspects": _aspects_form(found.aspects),
        "areas": [
            {
                "area": held.area.code,
                "label": held.area.label,
                "cases": held.cases,
                "cases_with": held.cases_with,
                "discussions": held.discussions,
                "aspects": _aspects_form(held.aspects),
            }
            for held in found.areas
        ],
        "agencies": [_agency_form(agency) for agency in found.agencies],
        "other_agencies": found.others,
    }


def _aspects_form(aspects: Iterable[AspectFindings]) -> list[Json]:
    return [
        {
            "aspect": found.aspect.value,
            "yes": found.share.yes,
            "no": found.no,
            "unknown": found.unknown,
            "known": found.share.known,
            "percent": found.share.percent,
            "interval": interval_form(found.share.interval),
            "reads_as": found.reads_as.value,
            "cases_without": found.cases_without,
        }
        for found in aspects
    ]


def _agency_form(agency: AgencyFindings) -> Json:
    return {
        "agency": agency.name,
        "invited": agency.invited,
        "present": agency.share.yes,
        "absent": agency.absent,
        "unknown": agency.unknown,
        "uninvited": agency.uninvited,
        "known": agency.share.known,
        "percent": agency.share.percent,
        "interval": interval_form(agency.share.interval),
        "areas": {area: {"known": share.known, "present": share.yes} for area, share in agency.areas},
    }
