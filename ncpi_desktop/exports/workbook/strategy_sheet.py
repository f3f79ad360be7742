"""How strategy discussions with partners were held and recorded: aspects and agencies, over all areas and by area."""

from __future__ import annotations

from collections.abc import Iterator

from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.findings.partnership import AgencyFindings, AspectFindings, PartnershipFindings
from ncpi_desktop.domain.findings.partnership_words import held_sentence, rule_words
from ncpi_desktop.domain.findings.sentences import interval_words
from ncpi_desktop.exports.workbook.table_sheet import Column, Percent, TableSheet, Value
from ncpi_desktop.words import _


def strategy_sheet(findings: Findings) -> TableSheet:
    """Return a row for each aspect, over all areas and in each area with a discussion, then a row for each agency."""
    found = findings.partnership
    return TableSheet(
        name=_("Strategy discussions"),
        table="StrategyDiscussions",
        title=_("Strategy discussions with partners"),
        sentence=f"{held_sentence(found)} {rule_words()}" if found.discussions else held_sentence(found),
        columns=(
            Column(_("What"), 40),
            Column(_("Area"), 36),
            Column(_("Discussions"), 12, figures=True),
            Column(_("Yes, or present"), 11, figures=True),
            Column(_("No, or absent"), 11, figures=True),
            Column(_("Not recorded"), 11, figures=True),
            Column(_("Share yes"), 9, figures=True),
            Column(_("Of known (n)"), 10, figures=True),
            Column(_("95% interval"), 14, figures=True),
            Column(_("Reads as"), 14),
            Column(_("Cases with a no"), 11, figures=True),
            Column(_("Took part uninvited"), 12, figures=True),
        ),
        rows=list(_rows(found)) if found.discussions else [],
        nothing=_("No strategy discussion is recorded."),
        frozen_columns=1,
    )


def _rows(found: PartnershipFindings) -> Iterator[tuple[Value, ...]]:
    for aspect in found.aspects:
        yield _aspect_row(aspect, _("All areas"))
    for area in found.areas:
        if area.discussions:
            for aspect in area.aspects:
                yield _aspect_row(aspect, area.area.label)
    for agency in found.agencies:
        yield _agency_row(agency)


def _aspect_row(found: AspectFindings, area: str) -> tuple[Value, ...]:
    share = found.share
    counts = (found.discussions, share.yes, found.no, found.unknown, Percent(share.percent), share.known)
    interval = interval_words(share.interval) or _("n/a")
    return (found.aspect.label, area, *counts, interval, found.reads_as.label, found.cases_without, None)


def _agency_row(agency: AgencyFindings) -> tuple[Value, ...]:
    share = agency.share
    counts = (agency.invited, share.yes, agency.absent, agency.unknown, Percent(share.percent), share.known)
    name = _("Invited: {agency}").format(agency=agency.name)
    return (name, _("All areas"), *counts, interval_words(share.interval) or _("n/a"), None, None, agency.uninvited)
