"""The reasons: why practice fell short and what worked well, and in which areas."""

from __future__ import annotations

from collections.abc import Sequence

from ncpi_desktop.domain.findings.findings import Findings, ReasonFindings
from ncpi_desktop.domain.methodology.reason import Polarity
from ncpi_desktop.exports.workbook.table_sheet import ChartPlan, Column, Series, TableSheet
from ncpi_desktop.words import _, ngettext

MOST_BARS = 10


def reasons_sheet(findings: Findings) -> TableSheet:
    """Return every reason given and in how many cases: weaknesses first, each kind most frequent first."""
    weaknesses, strengths = findings.weaknesses(), findings.strengths()
    graded = findings.overall.graded
    stages = findings.methodology.stage_by_code
    return TableSheet(
        name=_("Reasons"),
        table="Reasons",
        title=_("Reasons given for the grades"),
        sentence=ngettext(
            "Counted over {n} graded case; a case may have several reasons.",
            "Counted over {n} graded cases; a case may have several reasons.",
            graded,
        ).format(n=graded),
        columns=(
            Column(_("Reason"), 46),
            Column(_("Code"), 11),
            Column(_("Kind"), 12),
            Column(_("Stage"), 22),
            Column(_("Cases"), 8, figures=True),
            Column(_("Of graded (n)"), 11, figures=True),
        ),
        rows=[
            (
                found.reason.wording,
                found.reason.code,
                polarity_words(found.reason.polarity),
                stages[found.reason.stage].label if found.reason.stage in stages else found.reason.stage,
                found.cases,
                graded,
            )
            for found in (*weaknesses, *strengths)
        ],
        nothing=_("No reason has been given yet"),
        charts_beside=True,
        charts=(
            *_chart(_("Why practice fell short"), weaknesses, 0, "poor", graded),
            *_chart(_("What worked well"), strengths, len(weaknesses), "good", graded),
        ),
    )


def reasons_by_area_sheet(findings: Findings) -> TableSheet:
    """Return in how many cases of each area each reason was given, a row for every pair that occurs."""
    areas = {found.area.code: found for found in findings.areas}
    return TableSheet(
        name=_("Reasons by area"),
        table="ReasonsByArea",
        title=_("Reasons given, by area"),
        sentence=_("A row for each reason in each area where it was given."),
        columns=(
            Column(_("Area"), 36),
            Column(_("Reason"), 64),
            Column(_("Code"), 11),
            Column(_("Kind"), 12),
            Column(_("Cases"), 8, figures=True),
            Column(_("Of graded in the area (n)"), 14, figures=True),
        ),
        rows=[
            (
                areas[code].area.label,
                found.reason.wording,
                found.reason.code,
                polarity_words(found.reason.polarity),
                cases,
                areas[code].grades.graded,
            )
            for found in (*findings.weaknesses(), *findings.strengths())
            for code, cases in found.areas
        ],
        nothing=_("No reason has been given yet"),
    )


def polarity_words(polarity: Polarity) -> str:
    """Return which way a reason speaks."""
    return _("Weakness") if polarity is Polarity.WEAKNESS else _("Strength")


def _chart(title: str, found: Sequence[ReasonFindings], first: int, tone: str, graded: int) -> tuple[ChartPlan, ...]:
    shown = found[:MOST_BARS]
    if not shown:
        return ()
    told = "; ".join(f"{reason.reason.wording}: {reason.cases}" for reason in shown)
    heading = title
    if len(found) > len(shown):
        heading = _("{title}: the {count} most frequent").format(title=title, count=len(shown))
    return (
        ChartPlan(
            title=heading,
            description=_("{title}. Cases of {n} graded in which each reason was given. {figures}.").format(
                title=heading, n=graded, figures=told
            ),
            labels=0,
            series=(Series(4, tone),),
            rows=(first, first + len(shown)),
            stacked=False,
            axis=ngettext("Cases, of {n} graded", "Cases, of {n} graded", graded).format(n=graded),
        ),
    )
