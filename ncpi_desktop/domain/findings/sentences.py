"""The findings in words: the sentences that overview, workbook and report share."""

from __future__ import annotations

from ncpi_desktop.domain.findings.comparison import Verdict
from ncpi_desktop.domain.findings.findings import Findings, GradeCounts
from ncpi_desktop.domain.findings.statistics import Interval
from ncpi_desktop.domain.methodology.grade import Grade
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.words import _, ngettext


def percent_words(percent_good: int | None) -> str:
    """Return a percentage as printed in figures, or *n/a*."""
    return _("n/a") if percent_good is None else f"{percent_good}%"


def interval_words(interval: Interval | None) -> str:
    """Return an interval of shares in whole per cent, such as *36% to 70%*; empty where there is none."""
    if interval is None:
        return ""
    return _("{low}% to {high}%").format(low=round(100 * interval.low), high=round(100 * interval.high))


def points_words(points: int | None) -> str:
    """Return a change in points with its sign, such as *+24 points*."""
    if points is None:
        return _("n/a")
    return ngettext("{points} point", "{points} points", abs(points)).format(points=_signed(points))


def points_interval_words(interval: Interval | None) -> str:
    """Return the interval of a difference in whole points, such as *+4 to +43 points*; empty where there is none."""
    if interval is None:
        return ""
    low, high = round(100 * interval.low), round(100 * interval.high)
    return _("{low} to {high} points").format(low=_signed(low), high=_signed(high))


def _signed(points: int) -> str:
    return f"{points:+d}".replace("-", "\u2212") if points else "0"


def p_words(p: float | None) -> str:
    """Return a p-value to two digits that matter, such as *p = 0.024* or *p < 0.001*; empty where there is none."""
    if p is None:
        return ""
    if p < 0.001:
        return "p < 0.001"
    return f"p = {p:.3f}" if p < 0.1 else f"p = {p:.2f}"


def referrals_sentence(findings: Findings) -> str:
    """Return *3 referrals to the force (2 cases): 1 resolved, 2 open.*: referred and resolved are the two numbers a report needs."""
    raised = len(findings.referrals)
    if not raised:
        return _("No case was referred back to the force.")
    words = ngettext(
        "{raised} referral to the force ({cases}): {resolved} resolved, {open} open.",
        "{raised} referrals to the force ({cases}): {resolved} resolved, {open} open.",
        raised,
    )
    count = len({referral.case for referral in findings.referrals})
    cases = ngettext("{n} case", "{n} cases", count).format(n=count)
    return words.format(raised=raised, cases=cases, resolved=findings.closed_referrals, open=findings.open_referrals)


def share_sentence(grades: GradeCounts) -> str:
    """Return *16 of 30 graded cases · 95% interval 36% to 70%*."""
    if not grades.graded:
        return _("No case has been graded yet")
    counted = ngettext("{good} of {graded} graded case", "{good} of {graded} graded cases", grades.graded)
    return _("{counted} · 95% interval {interval}").format(
        counted=counted.format(good=grades.good, graded=grades.graded), interval=interval_words(grades.interval)
    )


def headline(findings: Findings) -> str:
    """Return the headline of the report: how much of the practice was good, in words."""
    grades = findings.overall
    if not grades.graded:
        return _("No case has been graded yet")
    twice, graded = 2 * grades.good, grades.graded
    if grades.good == 0:
        return _("No case showed good practice")
    if grades.good == graded:
        return _("Every case showed good practice")
    if twice == graded:
        return _("Half of the cases showed good practice")
    if graded < twice <= 1.2 * graded:
        return _("Just over half of the cases showed good practice")
    if 0.8 * graded <= twice < graded:
        return _("Just under half of the cases showed good practice")
    if twice > graded:
        return _("Most of the cases showed good practice")
    return _("Fewer than half of the cases showed good practice")


def breakdown_sentence(grades: GradeCounts, methodology: Methodology) -> str:
    """Return *Practice was good in 16 cases, requiring improvement in 9 and inadequate in 5, of 30 graded.*"""
    parts = [(_as_adjective(methodology.scale[code]), count) for code, count in grades.counts]
    first, *middle, last = parts
    begin = ngettext("Practice was {grade} in {n} case", "Practice was {grade} in {n} cases", first[1])
    words = begin.format(grade=first[0], n=first[1])
    words += "".join(_(", {grade} in {n}").format(grade=grade, n=n) for grade, n in middle)
    return _("{words} and {grade} in {n}, of {graded} graded.").format(
        words=words, grade=last[0], n=last[1], graded=grades.graded
    )


def _as_adjective(grade: Grade) -> str:
    """Return a grade as it stands behind *practice was*."""
    return _("requiring improvement") if grade.code == "requires-improvement" else grade.label.lower()


def change_sentence(findings: Findings) -> str:
    """Return what changed since the previous inspection and what chance could do; empty where none is known."""
    previous, change = findings.previous, findings.change
    if previous is None or change is None:
        return ""
    if previous.total is not None:
        before = _(
            "In the previous inspection ({label}), {good} of {total} cases ({percent} per cent) were good."
        ).format(label=previous.label, good=previous.good, total=previous.total, percent=previous.percent_good)
    else:
        before = _("In the previous inspection ({label}), {percent} per cent of cases were good.").format(
            label=previous.label, percent=previous.percent_good
        )
    if findings.overall.graded == 0:
        return before
    judged = {
        Verdict.UNLIKELY_CHANCE: _("A change this large is unlikely to be chance ({p})."),
        Verdict.COULD_BE_CHANCE: _("A change this large could be chance ({p})."),
        Verdict.CANNOT_TELL: _("Whether the change is chance cannot be told: the counts are not known."),
    }[change.verdict]
    return f"{before} {judged.format(p=p_words(change.p))}"


def change_note(findings: Findings) -> str:
    """Return the short line under the change: *29% in January 2017 (22 of 76) · unlikely to be chance (p = 0.024)*."""
    previous, change = findings.previous, findings.change
    if previous is None or change is None:
        return _("No previous results are recorded")
    counted = (
        "" if previous.total is None else _(" ({good} of {total})").format(good=previous.good, total=previous.total)
    )
    p = f" ({p_words(change.p)})" if change.p is not None else ""
    return _("{percent} in {label}{counted} · {verdict}{p}").format(
        percent=percent_words(previous.percent_good),
        label=previous.label,
        counted=counted,
        verdict=change.verdict.label,
        p=p,
    )
