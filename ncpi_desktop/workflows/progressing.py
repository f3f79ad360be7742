"""How far a recommendation has come: its status log, and completion, which one person asks for and another authorises."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from ncpi_desktop.domain.casework.recommendation import Recommendation, RecommendationKey
from ncpi_desktop.domain.casework.recommendation_log import (
    LogLine,
    Status,
    fit_comment,
    refuse_asking,
    refuse_authorising,
    refuse_moment,
    refuse_move,
)
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.domain.record.storable import storable
from ncpi_desktop.storage import recommendation_repository as recommendations
from ncpi_desktop.words import _
from ncpi_desktop.workflows.recommending import held_recommendation, told
from ncpi_desktop.workflows.session import AuditSession, Changed


def log_status(
    session: AuditSession, key: RecommendationKey, status: Status, comment: str, on: date | None = None
) -> Changed:
    """Log that a recommendation stands at `status` since a day (None: today), with a comment; it may go back.

    Raises:
        RefusedError: there is no comment, the day can't be, or the status is complete, which takes two people.
    """
    session.refuse_unless_may(Action.LOG_STATUS)
    said = fit_comment(storable(comment))
    held = held_recommendation(session, key)
    refuse_move(held, status)
    at = _moment(session, held, on)
    with session.change(Action.LOG_STATUS, detail=f"{told(held)}: {status.label}") as change:
        line = LogLine(at, status, said, _who(session))
        recommendations.add_log_line(change, held, line, status)
    return Changed(None, change.at)


def ask_completion(session: AuditSession, key: RecommendationKey, comment: str, on: date | None = None) -> Changed:
    """Ask that a recommendation be completed, with what was done; its status stays until another person authorises it.

    Raises:
        RefusedError: there is no comment, the day can't be, it is complete, or somebody has asked already.
    """
    session.refuse_unless_may(Action.ASK_COMPLETION)
    said = fit_comment(storable(comment))
    held = held_recommendation(session, key)
    refuse_asking(held)
    at = _moment(session, held, on)
    with session.change(Action.ASK_COMPLETION, detail=told(held)) as change:
        recommendations.add_log_line(change, held, LogLine(at, Status.COMPLETE, said, _who(session)), held.status)
    return Changed(None, change.at)


def authorise_completion(
    session: AuditSession, key: RecommendationKey, comment: str, on: date | None = None
) -> Changed:
    """Authorise the completion that somebody else asked for; a team lead's or a quality assurer's act.

    Raises:
        RefusedError: there is no comment, nobody has asked, or whoever asked would authorise it.
    """
    session.refuse_unless_may(Action.AUTHORISE_COMPLETION)
    said = fit_comment(storable(comment))
    held = held_recommendation(session, key)
    at = _moment(session, held, on)
    refuse_authorising(held, session.person.key if session.person else 0)
    with session.change(Action.AUTHORISE_COMPLETION, detail=told(held)) as change:
        asked = held.asked
        line = LogLine(at, Status.COMPLETE, said, asked.person if asked else None, _who(session))
        recommendations.add_log_line(change, held, line, Status.COMPLETE)
    return Changed(None, change.at)


def _moment(session: AuditSession, held: Recommendation, on: date | None) -> datetime:
    """Return when a line is dated: now, or at noon of an earlier day, which is how a day alone is kept."""
    now = session.clock()
    at = now if on is None or on == now.date() else datetime.combine(on, time(12), UTC)
    refuse_moment(held, at, now)
    return at


def _who(session: AuditSession) -> int:
    if session.person is None:
        raise RefusedError(
            _("A line of the status log needs the name of who writes it."), todo=_("Say first who is working.")
        )
    return session.person.key
