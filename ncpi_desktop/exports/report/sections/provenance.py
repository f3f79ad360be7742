"""Where the figures come from: the state of the audit file, sealed."""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.platypus import Flowable, Paragraph

from ncpi_desktop.exports.report.blocks import name_cell, plain_table, section
from ncpi_desktop.exports.report.dates import moment_words
from ncpi_desktop.exports.report.material import Material
from ncpi_desktop.exports.report.prose import markup
from ncpi_desktop.exports.report.styles import WIDTH, styles
from ncpi_desktop.words import _


def provenance_section(material: Material) -> Iterator[Flowable]:
    """Yield the seal of the history, its last change and when the report was drawn up."""
    provenance = material.findings.provenance
    inspection = material.findings.inspection
    yield from section(_("Where the figures come from"), room=138)
    told = _(
        "Every figure was drawn from one state of the audit file. The seal below closes its history up to the change named: "
        "the same file, checked later, gives the same seal for that change."
    )
    yield Paragraph(markup(told), styles().small)
    rows = [
        (_("Force"), inspection.force),
        (_("Drawn up"), moment_words(provenance.drawn_up_at)),
        (_("Last change in the history"), str(provenance.sequence)),
        (_("Seal of the history"), provenance.seal),
    ]
    yield plain_table([[name_cell(label), name_cell(value)] for label, value in rows], [150, WIDTH - 150], ruled=True)
