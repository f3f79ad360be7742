"""How strategy discussions were held, as lines of text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from ncpi_desktop.cli.output import table
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.findings.partnership import Share
from ncpi_desktop.domain.findings.partnership_words import held_sentence
from ncpi_desktop.domain.findings.sentences import interval_words, percent_words
from ncpi_desktop.words import _


def strategy_lines(findings: Findings) -> Iterator[str]:
    """Yield how many there were, each aspect, and which agencies took part."""
    found = findings.partnership
    yield "  " + held_sentence(found)
    if not found.discussions:
        return
    rows = [[_("Aspect"), _("yes"), _("no"), _("not recorded"), _("share"), _("n"), _("95% interval"), _("reads as")]]
    for held in found.aspects:
        counts = [str(count) for count in (held.share.yes, held.no, held.unknown)]
        rows.append([held.aspect.label, *counts, *_share(held.share), held.reads_as.label.lower()])
    yield from table(rows)
    rows = [[_("Agency"), _("invited"), _("present"), _("absent"), _("share"), _("n"), _("95% interval")]]
    for agency in found.agencies:
        counts = [str(count) for count in (agency.invited, agency.share.yes, agency.absent)]
        rows.append([agency.name, *counts, *_share(agency.share)])
    if found.agencies:
        yield from table(rows)


def _share(share: Share) -> list[str]:
    return [percent_words(share.percent), str(share.known), interval_words(share.interval) or _("n/a")]
