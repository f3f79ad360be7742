"""The findings as the team lead wrote them, a row for each, in the order of the report."""

from __future__ import annotations

from ncpi_desktop.domain.findings.finding import (
    Illustration,
    WrittenFinding,
    chapter_words,
    held_back_words,
    kind_words,
    withheld_words,
)
from ncpi_desktop.domain.findings.finding_text import told_text
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.exports.workbook.table_sheet import Column, TableSheet, Value
from ncpi_desktop.words import _


def findings_sheet(findings: Findings) -> TableSheet:
    """Return the written findings; their live figures are in place."""
    return TableSheet(
        name=_("Findings"),
        table="Findings",
        title=_("Findings"),
        sentence=_("As the team lead wrote them; figures in the texts are those of this workbook."),
        columns=(
            Column(_("Stage or subject"), 24),
            Column(_("Kind"), 18),
            Column(_("Title"), 38),
            Column(_("Text"), 80),
            Column(_("Reasons"), 46),
            Column(_("Cases"), 22),
            Column(_("Illustrations"), 60),
        ),
        rows=[_row(findings, held) for held in findings.written],
        nothing=_("No finding has been written yet"),
    )


def _row(findings: Findings, held: WrittenFinding) -> tuple[Value, ...]:
    reasons = findings.methodology.reason_by_code
    told = [_told(one) for one in held.illustrations]
    if held.withheld:
        told.append(withheld_words(held.withheld))
    return (
        chapter_words(held.place, findings.methodology),
        kind_words(held.kind),
        held.title,
        told_text(held, findings),
        "\n".join(reasons[code].wording for code in held.reasons),
        ", ".join(linked.reference for linked in held.cases),
        "\n\n".join(told),
    )


def _told(one: Illustration) -> str:
    return held_back_words(one) if one.is_held_back else f"{one.reference}: {one.text}"
