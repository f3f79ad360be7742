"""Sending a submitted review back to its inspector, with a reason that they find as a comment on the case."""

from __future__ import annotations

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.inspection import Role
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.grading.review import Review, ReviewPurpose
from ncpi_desktop.domain.moderation.comment import About, refuse_unfit
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.domain.record.storable import storable
from ncpi_desktop.storage.case_repository import names_of
from ncpi_desktop.storage.comment_repository import add_comment
from ncpi_desktop.storage.review_repository import current_review
from ncpi_desktop.storage.second_reading_repository import second_line
from ncpi_desktop.words import _
from ncpi_desktop.workflows.blinding import is_closed
from ncpi_desktop.workflows.commenting import threads_of
from ncpi_desktop.workflows.reviewing import begin_again
from ncpi_desktop.workflows.session import AuditSession, Changed


def send_back(session: AuditSession, case: CaseKey, because: str) -> Changed:
    """Reopen the first review for its inspector and begin a thread on the case with the reason: both, or neither.

    The submission stays in the file; a draft with the same judgement begins beside it, and stays the inspector's.

    Raises:
        RefusedError: no reason was given, nothing has been submitted, the review is one's own, nobody has signed in, or whoever is to
            give the second reading has not handed it in.
    """
    reference, identity = names_of(session.file.connection, case)
    because = storable(because).strip()
    with session.change(Action.SEND_BACK, case_identity=identity, case_reference=reference, reason=because) as change:
        person = session.person
        if person is None:
            raise RefusedError(_("A review is sent back by somebody with a name."), todo=_("Say first who is working."))
        if not because:
            raise RefusedError(
                _("A review is sent back with a reason."),
                todo=_("Say in a few words what the inspector should look at."),
            )
        review = current_review(change.connection, case)
        _refuse_unless_it_can_go_back(session, case, review)
        if review is not None:
            begin_again(change, review, because)
            add_comment(change, case, About(), person.key, refuse_unfit(because))
    return Changed(case, change.at)


def may_be_sent_back(session: AuditSession, case: CaseKey, review: Review) -> bool:
    """Return whether the person at work could send a case's first review back: for offering it."""
    if session.read_only or not session.name or not session.may(Action.SEND_BACK):
        return False
    try:
        _refuse_unless_it_can_go_back(session, case, review)
    except RefusedError:
        return False
    return True


def why_sent_back(session: AuditSession, review: Review) -> str:
    """Return why a first review that is a draft again was sent back; empty where it was not, or its reader reopened it themselves."""
    if not review.reopened_because or not review.is_editable:
        return ""
    return next(
        (
            thread.root.text
            for thread in threads_of(session, review.case)
            if thread.root.text == review.reopened_because and thread.root.written_at == review.started_at
        ),
        "",
    )


def was_edited_since(session: AuditSession, case: CaseKey) -> bool:
    """Return whether the first reading was changed after the second was handed in; never told to whom the first is closed."""
    line = second_line(session.file.connection, case)
    return line is not None and line.edited and not is_closed(session, case)


def _refuse_unless_it_can_go_back(session: AuditSession, case: CaseKey, review: Review | None) -> None:
    if review is None or review.purpose is not ReviewPurpose.FIRST or review.is_editable:
        raise RefusedError(_("This case has no submitted review to send back."))
    person = session.person
    if person is not None and review.reviewer == person.key:
        raise RefusedError(_("This is a review of your own."), todo=_("Reopen it with a reason instead."))
    leads = person is not None and Role.TEAM_LEAD in person.roles
    if not leads and (is_closed(session, case) or _second_reading_is_due(session, case)):
        raise RefusedError(
            _("You have not handed in your own reading of this case."),
            safe=_("The submitted review is unchanged."),
            todo=_("Hand in the second reading first: until then the first is not shown to you."),
        )


def _second_reading_is_due(session: AuditSession, case: CaseKey) -> bool:
    line = second_line(session.file.connection, case)
    if line is None or session.person is None or line.reader != session.person.key:
        return False
    own = current_review(session.file.connection, case, ReviewPurpose.SECOND)
    return own is None or (own.is_editable and own.supersedes is None)
