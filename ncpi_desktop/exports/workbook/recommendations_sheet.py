"""Recommendations: a row to each, and a row to each line of their status logs."""

from __future__ import annotations

from collections.abc import Iterator

from ncpi_desktop.domain.casework.recommendation import Origin, Recommendation
from ncpi_desktop.domain.casework.recommendation_words import overdue_sentence
from ncpi_desktop.domain.findings.finding_text import plain_text
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.exports.workbook.table_sheet import Column, TableSheet, Value
from ncpi_desktop.words import _, ngettext


def recommendations_sheet(findings: Findings) -> TableSheet:
    """Return the recommendations, those of the previous inspection first, with deadlines, due days, status and answers."""
    return TableSheet(
        name=_("Recommendations"),
        table="Recommendations",
        title=_("Recommendations, and how far they have come"),
        sentence=_sentence(findings),
        columns=(
            Column(_("Inspection"), 12),
            Column(_("Number"), 9, figures=True),
            Column(_("What the force should do"), 60),
            Column(_("Particulars"), 44),
            Column(_("Finding"), 44),
            Column(_("Deadline"), 18),
            Column(_("Published"), 12),
            Column(_("Due"), 12),
            Column(_("Overdue"), 10),
            Column(_("Status"), 20),
            Column(_("Progress"), 20),
            Column(_("Summary of findings"), 44),
            Column(_("Detailed findings"), 60),
            Column(_("Takes up"), 10, figures=True),
            Column(_("Cases"), 24),
            Column(_("Findings"), 36),
        ),
        rows=list(_rows(findings)),
        nothing=_("No recommendation is recorded"),
        frozen_columns=2,
        pages_wide=3,
    )


def recommendation_log_sheet(findings: Findings) -> TableSheet:
    """Return the status logs: which status since when, why, by whom, and who authorised a completion."""
    return TableSheet(
        name=_("Recommendation log"),
        table="RecommendationLog",
        title=_("The status log of each recommendation"),
        sentence=_("A line to each dated entry. A completion stands once another person has authorised it."),
        columns=(
            Column(_("Inspection"), 12),
            Column(_("Number"), 9, figures=True),
            Column(_("Date"), 17),
            Column(_("Status"), 26),
            Column(_("Comment"), 70),
            Column(_("By"), 22),
            Column(_("Authorised by"), 22),
        ),
        rows=[
            (
                origin_words(held),
                held.number,
                line.at,
                _("Completion asked for") if line is held.asked else line.status.label,
                line.comment,
                line.by,
                line.authoriser,
            )
            for held in findings.recommendations
            for line in held.log
        ],
        nothing=_("No status has been logged"),
        frozen_columns=2,
    )


def origin_words(held: Recommendation) -> str:
    """Return whose recommendation it is, in a word."""
    return _("Previous") if held.origin is Origin.PREVIOUS else _("This")


def _sentence(findings: Findings) -> str:
    today = findings.as_of.date()
    every = findings.recommendations
    complete = sum(held.is_complete for held in every)
    said = [
        ngettext(
            "{complete} of {n} recommendation is complete.",
            "{complete} of {n} recommendations are complete.",
            len(every),
        ).format(complete=complete, n=len(every))
    ]
    overdue = [held.number for held in every if held.origin is Origin.PREVIOUS and held.is_overdue(today)]
    said += [overdue_sentence(overdue)] if overdue else []
    return " ".join(said)


def _rows(findings: Findings) -> Iterator[tuple[Value, ...]]:
    today = findings.as_of.date()
    numbers = {held.key: held.number for held in findings.recommendations}
    for held in findings.recommendations:
        due = held.due_on
        yield (
            origin_words(held),
            held.number,
            *(plain_text(text, findings) for text in (held.text, held.particulars, held.finding)),
            held.deadline.label,
            held.published_on.isoformat() if held.published_on else _("not known"),
            due.isoformat() if due else _("not known yet"),
            _("Overdue") if held.is_overdue(today) else "",
            held.status.label,
            held.progress,
            plain_text(held.summary, findings),
            plain_text(held.detail, findings),
            numbers.get(held.follows) if held.follows is not None else None,
            ", ".join(case.reference for case in held.cases),
            "; ".join(finding.title for finding in held.findings),
        )
