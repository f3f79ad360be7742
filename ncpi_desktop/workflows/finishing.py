"""What stands in the way of a final report: cases not submitted, referrals that the force has not answered, findings that can't be printed."""

from __future__ import annotations

from ncpi_desktop.domain.casework.rights import Act
from ncpi_desktop.domain.casework.worklist import QueueChoice, QueueFilter
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.findings.finding_questions import FindingQuestion
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows.browsing import filtered_positions, queue_counts, queue_rows
from ncpi_desktop.workflows.finding_reading import kept_back
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of

NAMED = 10
"""So many cases are named; the rest are counted."""


def refuse_unless_finished(session: AuditSession) -> None:
    """Let a final report through only where a team lead asks for it, every case is submitted and no referral is open.

    Raises:
        RefusedError: with the references of what is open, or who could do it.
    """
    session.refuse_unless_may(Act.EXPORT_FINAL)
    open_still = (_open_cases(session), _open_referrals(session), *_findings_kept_back(session))
    reasons = [reason for reason in open_still if reason]
    if reasons:
        raise RefusedError(
            _("This is not final yet: {reasons}.").format(reasons="; ".join(reasons)),
            safe=_("Nothing was written."),
            todo=_("Settle what is open, or export a draft."),
        )


def _open_cases(session: AuditSession) -> str:
    counts = queue_counts(session)
    count = counts[QueueChoice.ALL] - counts[QueueChoice.SUBMITTED]
    if not count:
        return ""
    positions = [
        position
        for choice in (QueueChoice.TO_DO, QueueChoice.PARKED)
        for position in filtered_positions(session, QueueFilter(choice), 0, NAMED)
    ]
    names = [row.reference for row in queue_rows(session, sorted(positions)[:NAMED])]
    words = ngettext("{count} case is not submitted ({names})", "{count} cases are not submitted ({names})", count)
    return words.format(count=count, names=_listed(names, count))


def _open_referrals(session: AuditSession) -> str:
    names = [referral.reference for referral in findings_of(session).referrals if referral.is_open]
    if not names:
        return ""
    words = ngettext("{count} referral is open ({names})", "{count} referrals are open ({names})", len(names))
    return words.format(count=len(names), names=_listed(names[:NAMED], len(names)))


def _findings_kept_back(session: AuditSession) -> tuple[str, ...]:
    unknown: list[str] = []
    identified: list[str] = []
    for finding, question in kept_back(session, findings_of(session)):
        titles = unknown if question.about is FindingQuestion.UNKNOWN_FIGURE else identified
        if finding.title not in titles:
            titles.append(finding.title)
    figures = ngettext(
        "{count} finding asks for a figure that is not known ({names})",
        "{count} findings ask for figures that are not known ({names})",
        len(unknown),
    ).format(count=len(unknown), names=_listed(unknown[:NAMED], len(unknown)))
    words = ngettext(
        "{count} finding has an illustration with words that look like an identifier ({names})",
        "{count} findings have illustrations with words that look like an identifier ({names})",
        len(identified),
    ).format(count=len(identified), names=_listed(identified[:NAMED], len(identified)))
    return (figures if unknown else "", words if identified else "")


def _listed(names: list[str], count: int) -> str:
    listed = ", ".join(names)
    return _("{names} and others").format(names=listed) if count > len(names) else listed
