"""The cover: what this workbook is, what it was drawn from, and what stands on which sheet."""

from __future__ import annotations

from collections.abc import Sequence

from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.findings.sentences import headline, percent_words, share_sentence
from ncpi_desktop.exports.workbook.table_sheet import Column, TableSheet, Value
from ncpi_desktop.words import _


def cover_sheet(findings: Findings, others: Sequence[TableSheet]) -> TableSheet:
    """Return the cover of a workbook that holds `others` besides."""
    return TableSheet(
        name=_("Cover"),
        table="Cover",
        title=_("Child protection case review: workbook"),
        sentence=headline(findings),
        columns=(Column(_("About this workbook"), 30), Column(_("Particulars"), 92)),
        rows=[*_about(findings), *((_("Sheet “{name}”").format(name=sheet.name), sheet.title) for sheet in others)],
    )


def _about(findings: Findings) -> list[tuple[Value, Value]]:
    inspection, provenance = findings.inspection, findings.provenance
    return [
        (_("Force"), inspection.force),
        (_("Kind of inspection"), inspection.kind.label),
        (_("Fieldwork"), inspection.fieldwork or _("Not dated")),
        (_("Methodology"), findings.methodology.title),
        (_("Marking"), inspection.marking.value),
        (_("Edition"), _("Internal: it lists single cases and quotes from their records. It is not for publication.")),
        (_("Data"), _("Sample data: force, cases and people are invented.") if inspection.is_sample else _("Real cases, anonymised")),
        (_("Graded good"), f"{percent_words(findings.overall.percent_good)} · {share_sentence(findings.overall)}"),
        (_("Drawn up (UTC)"), provenance.drawn_up_at),
        (_("Changes in the audit file"), f"{provenance.sequence:,}"),
        (_("Seal of its history"), provenance.seal),
    ]  # fmt: skip
