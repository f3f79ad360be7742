"""How strategy discussions with partners were held and recorded, counted over cases, areas and agencies."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.platypus import Flowable, Paragraph

from ncpi_desktop.domain.findings.partnership import AreaPartnership, PartnershipFindings, Share
from ncpi_desktop.domain.findings.partnership_words import held_sentence, rule_words
from ncpi_desktop.domain.findings.sentences import interval_words, percent_words
from ncpi_desktop.domain.findings.strategy import StrategyAspect
from ncpi_desktop.exports.report.blocks import Cell, figures_table, head_cell, name_cell, section, subheading
from ncpi_desktop.exports.report.material import Material
from ncpi_desktop.exports.report.prose import markup
from ncpi_desktop.exports.report.styles import WIDTH, styles
from ncpi_desktop.words import _

MOST_AGENCIES = 12
"""So many agencies, the most often invited, are printed; the workbook has them all."""


def partnership_section(material: Material) -> Iterator[Flowable]:
    """Yield each aspect with its n, then areas and agencies. Nothing but a sentence where no discussion is recorded."""
    found = material.findings.partnership
    yield from section(_("Strategy discussions with partners"), room=240)
    yield Paragraph(markup(held_sentence(found)), styles().body)
    if not found.discussions:
        return
    yield _aspects(found)
    yield Paragraph(markup(rule_words()), styles().caption)
    yield from subheading(_("Strategy discussions by area"), room=140)
    yield _areas(found)
    note = _(
        "So many of those whose record says so or not. Cases: with a strategy discussion, of all cases of the area."
    )
    yield Paragraph(markup(note), styles().caption)
    if found.agencies:
        yield from subheading(_("Agencies invited and present"), room=140)
        yield _agencies(found)
        yield Paragraph(markup(_agencies_note(found)), styles().caption)


def _aspects(found: PartnershipFindings) -> Flowable:
    heads: list[Cell] = [head_cell(_("Aspect"), right=False)]
    names = (_("Yes"), _("No"), _("Not recorded"), _("Share (n)"), _("95% interval"), _("Reads as"))
    heads += map(head_cell, names)
    rows: list[list[Cell]] = [
        [
            name_cell(held.aspect.label),
            *map(str, (held.share.yes, held.no, held.unknown)),
            _share_words(held.share),
            interval_words(held.share.interval) or _("n/a"),
            held.reads_as.label,
        ]
        for held in found.aspects
    ]
    widths = (34.0, 34.0, 56.0, 72.0, 78.0, 74.0)
    return figures_table(heads, rows, [WIDTH - sum(widths), *widths])


def _areas(found: PartnershipFindings) -> Flowable:
    heads: list[Cell] = [head_cell(_("Area"), right=False)]
    names = (_("Cases"), _("Discussions"), _("In time"), _("Rationale"), _("Actions"), _("With health"))
    heads += map(head_cell, names)
    rows: list[list[Cell]] = [
        [name_cell(held.area.label), f"{held.cases_with} / {held.cases}", str(held.discussions), *_shares(held)]
        for held in found.areas
    ]
    widths = (46.0, 62.0, 52.0, 56.0, 52.0, 60.0)
    return figures_table(heads, rows, [WIDTH - sum(widths), *widths])


def _shares(held: AreaPartnership) -> list[Cell]:
    asked = (StrategyAspect.IN_TIME, StrategyAspect.RATIONALE, StrategyAspect.ACTIONS, StrategyAspect.HEALTH)
    shares = (held.of(aspect).share for aspect in asked)
    return [_("{yes} of {n}").format(yes=share.yes, n=share.known) if share.known else _("n/a") for share in shares]


def _agencies(found: PartnershipFindings) -> Flowable:
    heads: list[Cell] = [head_cell(_("Agency"), right=False)]
    names = (_("Invited"), _("Present"), _("Absent"), _("Not recorded"), _("Share (n)"), _("Uninvited"))
    heads += map(head_cell, names)
    rows: list[list[Cell]] = [
        [
            name_cell(agency.name),
            *map(str, (agency.invited, agency.share.yes, agency.absent, agency.unknown)),
            _share_words(agency.share),
            str(agency.uninvited),
        ]
        for agency in found.agencies[:MOST_AGENCIES]
    ]
    widths = (46.0, 46.0, 44.0, 60.0, 74.0, 56.0)
    return figures_table(heads, rows, [WIDTH - sum(widths), *widths])


def _share_words(share: Share) -> str:
    return f"{percent_words(share.percent)} ({share.known})"


def _agencies_note(found: PartnershipFindings) -> str:
    note = _("Present and absent: of those invited. Uninvited: took part without being named as invited.")
    more = len(found.agencies) - MOST_AGENCIES
    if more > 0:
        note += " " + _("The {shown} agencies most often invited; {more} more stand in the workbook.").format(
            shown=MOST_AGENCIES, more=more
        )
    return note
