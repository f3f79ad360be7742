"""Finishing: what is still open before a final report or before the inspection is finished, and taking the inspection up again.

A referral that the force has not answered stops neither for good: a team lead may go on with a reason, which stays in the history. Cases that are
not submitted and findings that can't be printed stop a final report; an inspection may be finished without them, with a reason. A finished
inspection can be written to as before: what the force answers to a referral comes in after it.
"""

from __future__ import annotations

from ncpi_desktop.domain.casework.rights import Act
from ncpi_desktop.domain.casework.worklist import QueueChoice, QueueFilter
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.findings.finding_questions import FindingQuestion
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.domain.record.storable import storable
from ncpi_desktop.storage.inspection_repository import read_inspection, set_finished, tell_final_despite
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows.browsing import filtered_positions, queue_counts, queue_rows
from ncpi_desktop.workflows.finding_reading import kept_back
from ncpi_desktop.workflows.referring import open_referrals
from ncpi_desktop.workflows.session import AuditSession, Changed
from ncpi_desktop.workflows.summarising import findings_of

NAMED = 10
"""So many cases are named; the rest are counted."""

LONGEST_REASON = 2_000


def refuse_unless_finished(session: AuditSession, *, despite_referrals: bool = False) -> None:
    """Let a final report through only where a team lead asks for it, every case is submitted and no referral is open.

    With `despite_referrals` those are let be: whoever asks gives a reason to `allow_final` as well.

    Raises:
        RefusedError: with the references of what is open, or who could do it.
    """
    session.refuse_unless_may(Act.EXPORT_FINAL)
    cases = open_cases_words(session)
    referrals = "" if despite_referrals else open_referrals_words(session)
    reasons = [reason for reason in (cases, referrals, *_findings_kept_back(session)) if reason]
    if reasons:
        raise RefusedError(
            _("This is not final yet: {reasons}.").format(reasons="; ".join(reasons)),
            safe=_("Nothing was written."),
            todo=_("Settle what is open, or export a draft.")
            if cases
            else _("Close what is open, export a draft, or say why it is final all the same."),
        )


def allow_final(session: AuditSession, because: str) -> Changed:
    """Note why a final report is written although referrals are open; where none is, nothing is noted.

    Raises:
        RefusedError: there is no reason or too long a one, a case is not submitted, or the role does not allow it.
    """
    refuse_unless_finished(session, despite_referrals=True)
    because = _fit(because, _("A final report is written despite an open referral only with a reason."))
    if not open_referrals(session):
        return Changed()
    references = _references(session)
    with session.change(Action.EXPORT_DESPITE, detail=references, reason=because) as change:
        tell_final_despite(change, session.inspection, references)
    return Changed(None, change.at)


def what_is_open(session: AuditSession) -> tuple[str, ...]:
    """Return in words what is open: cases that are not submitted, referrals; empty where the inspection can be finished without a reason."""
    return tuple(words for words in (open_referrals_words(session), open_cases_words(session)) if words)


def finish_inspection(session: AuditSession, because: str = "") -> Changed:
    """Note that the inspection is finished, now; where a case or a referral is open, only with a reason.

    Raises:
        RefusedError: it is finished already, what is open was given no reason or too long a one, or the role does not allow it.
    """
    session.refuse_unless_may(Action.FINISH)
    if session.inspection.finished_at is not None:
        raise RefusedError(_("The inspection is finished already."), safe=_("Nothing was changed."))
    still_open = what_is_open(session)
    if still_open or because.strip():
        said = _("The inspection is not finished without a reason: {reasons}.").format(reasons="; ".join(still_open))
        because = _fit(because, said)
    with session.change(Action.FINISH, detail=_references(session), reason=because.strip()) as change:
        set_finished(change, session.inspection, change.at)
    session.inspection = read_inspection(session.file.connection)
    return Changed(None, change.at)


def resume_inspection(session: AuditSession, because: str) -> Changed:
    """Take a finished inspection up again.

    Raises:
        RefusedError: it is not finished, no reason was given or too long a one, or the role does not allow it.
    """
    session.refuse_unless_may(Action.RESUME)
    if session.inspection.finished_at is None:
        raise RefusedError(_("The inspection is not finished."), safe=_("Nothing was changed."))
    because = _fit(because, _("A finished inspection is taken up again with a reason."))
    with session.change(Action.RESUME, reason=because) as change:
        set_finished(change, session.inspection, None)
    session.inspection = read_inspection(session.file.connection)
    return Changed(None, change.at)


def open_referrals_words(session: AuditSession) -> str:
    """Return how many referrals are open, and of which cases; empty where none is."""
    names = [referral.reference for referral in open_referrals(session)]
    if not names:
        return ""
    words = ngettext("{count} referral is open ({names})", "{count} referrals are open ({names})", len(names))
    return words.format(count=len(names), names=_listed(names[:NAMED], len(names)))


def open_cases_words(session: AuditSession) -> str:
    """Return how many cases are not submitted, and which; empty where none is."""
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


def _references(session: AuditSession) -> str:
    names = [referral.reference for referral in open_referrals(session)]
    return _listed(names[:NAMED], len(names))


def _fit(because: str, missing: str) -> str:
    said = storable(because).strip()
    if not said:
        raise RefusedError(missing, safe=_("Nothing was changed."), todo=_("Say in a few words why."))
    if len(said) > LONGEST_REASON:
        raise RefusedError(
            _("These words have {count} characters; {most} fit.").format(
                count=f"{len(said):,}", most=f"{LONGEST_REASON:,}"
            ),
            todo=_("Shorten them."),
        )
    return said


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
