"""The live figures around the cases: the previous inspection, referrals, recommendations, the second reading.

Each takes the findings, the whole code and what stands behind its first colon, and returns None where there is no such figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ncpi_desktop.domain.findings.figure_parts import Figure, case_count, counted, per_cent
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.findings.json_parts import RECOMMENDATION_STATUSES
from ncpi_desktop.domain.findings.selection import Drawn, ReadTwiceAs, Referred, Selection, SelectionKind
from ncpi_desktop.domain.findings.sentences import p_words, points_words
from ncpi_desktop.words import _


def previous_figure(findings: Findings, code: str, _rest: str) -> Figure:
    """Return a figure of the previous inspection, or the change since."""
    previous, change = findings.previous, findings.change
    n = previous.total if previous else None
    before = _("previous inspection: {figure}")
    if code == "points":
        value = change.points if change else None
        about = _("change in per cent good since the previous inspection")
        return Figure(code, value, points_words(value), None, about, is_share=True)
    if code == "previous-percent-good":
        value = previous.percent_good if previous else None
        return Figure(code, value, per_cent(value), n, before.format(figure=_("per cent good")), is_share=True)
    if code == "previous-good":
        value = previous.good if previous else None
        return Figure(code, value, counted(value), n, before.format(figure=_("cases graded good")))
    return Figure(code, n, counted(n), None, before.format(figure=_("graded cases")))


def chance_figure(findings: Findings, code: str, _rest: str) -> Figure:
    """Return what may be said of chance in the change since the previous inspection, in words; its value is p in whole per cent.

    Where the counts before are not known it says so: such a text claims nothing about chance, whatever is graded later.
    """
    change, about = findings.change, _("what chance could do to the change since the previous inspection")
    if change is None:
        return Figure(code, None, _("n/a"), None, about, is_share=True)
    words = f"{change.verdict.label} ({p_words(change.p)})"
    if change.p is None:
        words = _("whether that is chance cannot be told: the counts are not known")
    return Figure(code, None if change.p is None else round(100 * change.p), words, None, about, is_share=True)


REFERRALS: Final[Mapping[str, Referred]] = {
    "raised": Referred.ANY,
    "open": Referred.OPEN,
    "closed": Referred.CLOSED,
}
"""The figures of the referrals, and the cases behind each."""


def referrals_figure(findings: Findings, code: str, what: str) -> Figure | None:
    """Return a figure of the referrals back to the force."""
    if what not in REFERRALS:
        return None
    raised, still_open = len(findings.referrals), findings.open_referrals
    value = {"raised": raised, "open": still_open, "closed": raised - still_open}[what]
    about = {
        "raised": _("referrals back to the force: raised"),
        "open": _("referrals back to the force: open"),
        "closed": _("referrals back to the force: closed"),
    }[what]
    n = None if what == "raised" else raised
    return Figure(code, value, counted(value), n, about, Selection(SelectionKind.REFERRED, (REFERRALS[what],)))


MADE: Final = "made"
"""Stands where the status of a recommendation can stand: those of this inspection, whatever their status."""


def recommendations_figure(findings: Findings, code: str, status: str) -> Figure | None:
    """Return how many recommendations have a status, or were made by this inspection."""
    if status == MADE:
        made = sum(held.origin == "this" for held in findings.recommendations)
        return Figure(code, made, counted(made), None, _("recommendations made by this inspection"))
    if status not in RECOMMENDATION_STATUSES:
        return None
    value = sum(held.status == status for held in findings.recommendations)
    about = _("recommendations: {status}").format(status=status.replace("-", " "))
    return Figure(code, value, counted(value), len(findings.recommendations), about)


QUALITY: Final[Mapping[str, Selection]] = {
    "sampled": Selection(SelectionKind.SECOND, (Drawn.ANY,)),
    "read-twice": Selection(SelectionKind.SECOND, (Drawn.READ_TWICE,)),
    "to-settle": Selection(SelectionKind.SECOND, (Drawn.UNSETTLED,)),
    "compared": Selection(SelectionKind.COMPARED, (ReadTwiceAs.ANY,)),
    "same": Selection(SelectionKind.COMPARED, (ReadTwiceAs.SAME,)),
    "percent-same": Selection(SelectionKind.COMPARED, (ReadTwiceAs.SAME,)),
}
"""The figures of the second reading, and the cases behind each."""


def quality_figure(findings: Findings, code: str, what: str) -> Figure | None:
    """Return a figure of the second reading."""
    if what not in QUALITY:
        return None
    quality, chosen = findings.quality, QUALITY[what]
    if what == "percent-same":
        value = quality.overall.table.per_cent_same
        about = _("per cent of cases that two people graded the same")
        return Figure(code, value, per_cent(value), quality.compared, about, chosen, is_share=True)
    figures = {
        "sampled": (quality.sampled, findings.cases),
        "read-twice": (quality.read_twice, quality.sampled),
        "to-settle": (quality.to_settle, quality.sampled),
        "compared": (quality.compared, None),
        "same": (quality.same, quality.compared),
    }
    return case_count(findings, code, *figures[what], chosen)
