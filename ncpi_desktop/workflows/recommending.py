"""Recommending: writing this inspection's recommendations, and answering those of an earlier one. A team lead's act."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.recommendation import (
    MOST,
    MOST_PROGRESS,
    Origin,
    Recommendation,
    RecommendationKey,
    TextField,
    fit_text,
    refuse_follows,
)
from ncpi_desktop.domain.casework.recommendation_log import refuse_far_day, refuse_publication
from ncpi_desktop.domain.casework.recommendation_words import Deadline
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.record.actions import Action, words_for
from ncpi_desktop.domain.record.storable import storable
from ncpi_desktop.storage import recommendation_repository as recommendations
from ncpi_desktop.storage.allocation_repository import is_for_practice
from ncpi_desktop.storage.history_repository import recent_changes
from ncpi_desktop.storage.inspection_repository import read_inspection
from ncpi_desktop.storage.inspection_repository import set_published as set_inspection_published
from ncpi_desktop.words import _
from ncpi_desktop.workflows.recommendation_reading import recommendations_seen
from ncpi_desktop.workflows.session import AuditSession, Changed

OWN_FIELDS: Final = ("text", "particulars", "finding")
"""What is written of a recommendation of this inspection; of an earlier one it is read only."""

ANSWER_FIELDS: Final = ("summary", "detail", "progress")
"""What is written of an earlier recommendation."""


def all_recommendations(session: AuditSession) -> tuple[Recommendation, ...]:
    """Return every recommendation, those of earlier inspections first, each by number.

    A link to a case that is closed to who works here is left out: it would tell of its first reading.
    """
    return recommendations_seen(session)


def recommendation_of(session: AuditSession, key: RecommendationKey) -> Recommendation | None:
    """Return one recommendation as who works here may see it; None where it is not there."""
    return next((held for held in all_recommendations(session) if held.key == key), None)


def add_recommendation(
    session: AuditSession,
    deadline: Deadline,
    text: str = "",
    *,
    particulars: str = "",
    finding: str = "",
    findings: Iterable[int] = (),
) -> Changed:
    """Add a recommendation of this inspection behind the others.

    Raises:
        RefusedError: a text is too long; nothing was added.
    """
    says, particulars, finding = (fit_text(storable(words).strip()) for words in (text, particulars, finding))
    with session.change(Action.ADD_RECOMMENDATION) as change:
        number = len(_of(all_recommendations(session), Origin.THIS)) + 1
        change.detail = str(number)
        made = Recommendation(number, Origin.THIS, says, particulars, finding, deadline)
        key = recommendations.add_recommendation(change, made)
        if linked := tuple(findings):
            recommendations.set_findings(change, _held(session, key), linked)
    return Changed(None, change.at)


def write_recommendation(
    session: AuditSession, key: RecommendationKey, field: TextField, text: str, continues: int | None = None
) -> Changed:
    """Keep what has been typed so far into one text: of an own recommendation what it says, of an earlier one what was found of it.

    `continues` is the step of the same burst of typing. A step that is no longer this person's last is not gone on with.

    Raises:
        RefusedError: it is too long, or the text is not this recommendation's to change; nothing was kept.
    """
    text = fit_text(storable(text), most=MOST_PROGRESS if field == "progress" else MOST)
    held = _held(session, key)
    fields = OWN_FIELDS if held.origin is Origin.THIS else ANSWER_FIELDS
    if field not in fields:
        raise RefusedError(
            _(
                "The text of an earlier recommendation stays as it was published; what was found of it is written beside it."
            )
            if held.origin is Origin.PREVIOUS
            else _("A recommendation of this inspection is answered by a later one."),
            safe=_("Nothing was changed."),
        )
    if getattr(held, field) == text:
        return Changed(None, None, continues)
    if continues is not None and not _goes_on(session, held, continues):
        continues = None
    with session.change(Action.WRITE_RECOMMENDATION, detail=told(held), continues=continues) as change:
        recommendations.set_text(change, held, field, text)
    return Changed(None, change.at, continues or change.sequence)


def set_deadline(session: AuditSession, key: RecommendationKey, deadline: Deadline) -> Changed:
    """Set by when it is to be done, for a recommendation of this inspection.

    Raises:
        RefusedError: it is of an earlier inspection, whose deadline was published.
    """
    held = _own(session, key)
    if held.deadline is deadline:
        return Changed()
    with session.change(Action.SET_RECOMMENDATION, detail=told(held)) as change:
        recommendations.set_deadline(change, held, deadline)
    return Changed(None, change.at)


def take_up(session: AuditSession, key: RecommendationKey, earlier: RecommendationKey | None) -> Changed:
    """Note which earlier recommendation this one takes up again; None takes the link away.

    Raises:
        RefusedError: it would take up itself, one of this inspection, or go in a circle.
    """
    held = _own(session, key)
    taken = _held(session, earlier) if earlier is not None else None
    if taken is not None:
        refuse_follows(held, taken, all_recommendations(session))
    if held.follows == earlier:
        return Changed()
    with session.change(Action.SET_RECOMMENDATION, detail=told(held)) as change:
        recommendations.set_follows(change, held, taken)
    return Changed(None, change.at)


def rest_on_cases(session: AuditSession, key: RecommendationKey, cases: Iterable[CaseKey]) -> Changed:
    """Let a recommendation rest on exactly these cases; links that are closed to who works here stay.

    Raises:
        RefusedError: one is a practice case.
    """
    held, wanted = _held(session, key), tuple(dict.fromkeys(cases))
    seen = recommendation_of(session, key)
    shown = {case.key for case in seen.cases} if seen else set()
    wanted = (*wanted, *(case.key for case in held.cases if case.key not in {*shown, *wanted}))
    if any(is_for_practice(session.file.connection, case) for case in wanted):
        raise RefusedError(
            _("A practice case is invented: no recommendation rests on it."), safe=_("Nothing was changed.")
        )
    if {case.key for case in held.cases} == set(wanted):
        return Changed()
    with session.change(Action.SET_RECOMMENDATION, detail=told(held)) as change:
        recommendations.set_cases(change, held, wanted)
    return Changed(None, change.at)


def follow_from_findings(session: AuditSession, key: RecommendationKey, findings: Iterable[int]) -> Changed:
    """Let a recommendation follow from exactly these findings."""
    held, wanted = _held(session, key), tuple(dict.fromkeys(findings))
    if {finding.key for finding in held.findings} == set(wanted):
        return Changed()
    with session.change(Action.SET_RECOMMENDATION, detail=told(held)) as change:
        recommendations.set_findings(change, held, wanted)
    return Changed(None, change.at)


def renumber(session: AuditSession, key: RecommendationKey, number: int) -> Changed:
    """Give a recommendation of this inspection another number; the others make room.

    Raises:
        RefusedError: there is no such place, or the report is published, and its numbers with it.
    """
    held = _own(session, key)
    _refuse_published(session, held)
    ours = _of(all_recommendations(session), Origin.THIS)
    if not 1 <= number <= len(ours):
        raise RefusedError(
            _("There is no place {number}: there are {count} recommendations.").format(number=number, count=len(ours)),
            safe=_("Nothing was changed."),
        )
    if held.number == number:
        return Changed()
    others = [one for one in ours if one.key != key]
    others.insert(number - 1, held)
    with session.change(Action.MOVE_RECOMMENDATION, detail=told(held)) as change:
        recommendations.set_numbers(change, others)
    return Changed(None, change.at)


def remove_recommendation(session: AuditSession, key: RecommendationKey) -> Changed:
    """Take a recommendation of this inspection away; those behind it move up. The history keeps its words.

    Raises:
        RefusedError: it is an earlier one, it is published, or its status has been logged.
    """
    held = _own(session, key)
    _refuse_published(session, held)
    if held.log:
        raise RefusedError(
            _("Recommendation {number} has a status log, which is kept.").format(number=held.number),
            safe=_("Nothing was changed."),
        )
    with session.change(Action.REMOVE_RECOMMENDATION, detail=told(held)) as change:
        recommendations.remove_recommendation(change, held)
        left = [one for one in _of(all_recommendations(session), Origin.THIS) if one.key != key]
        recommendations.set_numbers(change, left)
    return Changed(None, change.at)


def publish_on(session: AuditSession, day: date | None) -> Changed:
    """Set on which day the report of this inspection is published, from which the deadlines run; None: it is not known yet.

    Raises:
        RefusedError: that is before the fieldwork, after a line of a status log, or years ahead.
    """
    inspection = read_inspection(session.file.connection)
    if inspection.published_on == day:
        return Changed()
    if day is not None:
        began = inspection.fieldwork_start
        if began is not None and day < began:
            raise RefusedError(
                _("The report can’t be published before the fieldwork began, on {day}.").format(
                    day=began.strftime("%d/%m/%Y")
                ),
                safe=_("Nothing was changed."),
                todo=_("Check the day of publication."),
            )
        refuse_far_day(day, session.clock().date())
        for held in _of(all_recommendations(session), Origin.THIS):
            refuse_publication(held, day)
    with session.change(Action.SET_PUBLISHED, detail=day.isoformat() if day else _("not known yet")) as change:
        set_inspection_published(change, inspection, day)
    session.inspection = read_inspection(session.file.connection)
    return Changed(None, change.at)


def held_recommendation(session: AuditSession, key: RecommendationKey) -> Recommendation:
    """Return one recommendation as it stands.

    Raises:
        RefusedError: it is not there any more.
    """
    return _held(session, key)


def _held(session: AuditSession, key: RecommendationKey) -> Recommendation:
    held = recommendations.read_recommendation(session.file.connection, key)
    if held is None:
        raise RefusedError(_("This recommendation is not there any more."), safe=_("Nothing was changed."))
    return held


def _own(session: AuditSession, key: RecommendationKey) -> Recommendation:
    held = _held(session, key)
    if held.origin is not Origin.THIS:
        raise RefusedError(
            _("Recommendation {number} is of an earlier inspection and stays as it was published.").format(
                number=held.number
            ),
            safe=_("Nothing was changed."),
            todo=_("Write what was found of it, or recommend anew and take it up."),
        )
    return held


def _refuse_published(session: AuditSession, held: Recommendation) -> None:
    day = held.published_on
    if day is not None and day <= session.clock().date():
        raise RefusedError(
            _("This inspection’s report was published on {day}, and its recommendations keep their numbers.").format(
                day=day.strftime("%d/%m/%Y")
            ),
            safe=_("Nothing was changed."),
        )


def _of(every: Iterable[Recommendation], origin: Origin) -> list[Recommendation]:
    return [held for held in every if held.origin is origin]


def _goes_on(session: AuditSession, held: Recommendation, step: int) -> bool:
    """Whether this person's last step is a burst of typing in this recommendation, with nothing of anybody's behind it in the file."""
    last = session.ledger.to_undo
    words = words_for(Action.WRITE_RECOMMENDATION, told(held))
    if last is None or (last.number, last.words) != (step, words):
        return False
    own = session.person.identity if session.person else ""
    newest = next(iter(recent_changes(session.file.connection, own, 1)), None)
    return newest is not None and newest.step == step


def told(held: Recommendation) -> str:
    """Return how the history names a recommendation: its number, and whose it is."""
    whose = _("previous inspection") if held.origin is Origin.PREVIOUS else _("this inspection")
    return _("{number}, {whose}").format(number=held.number, whose=whose)
