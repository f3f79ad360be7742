"""Brings an earlier value back, from a backup or from a step of the history, as an ordinary change that can be undone."""

from __future__ import annotations

from functools import partial
from typing import cast

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.errors import RefusedError, WrongUseError
from ncpi_desktop.domain.findings.tally import NOT_APPLICABLE
from ncpi_desktop.domain.grading.difference import Facet, FacetValue, Passage, facet_of
from ncpi_desktop.domain.grading.difference_words import facet_value_words, facet_words
from ncpi_desktop.domain.grading.review import Review, ReviewPurpose, StageJudgement
from ncpi_desktop.domain.record.change import ValueChange
from ncpi_desktop.storage import review_repository as reviews
from ncpi_desktop.storage.case_repository import case_identified, entry_keys, read_case
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.earlier_text import TextField, text_after
from ncpi_desktop.storage.history_repository import step_changes
from ncpi_desktop.words import _
from ncpi_desktop.workflows.allocating import reading_purpose
from ncpi_desktop.workflows.blinding import open_values
from ncpi_desktop.workflows.laying_beside import CaseDifference
from ncpi_desktop.workflows.reviewing import put_back
from ncpi_desktop.workflows.sealed_answers import is_own_or_live
from ncpi_desktop.workflows.session import AuditSession, Changed


def bring_back(session: AuditSession, found: CaseDifference, source: str) -> Changed:
    """Put the earlier value of one difference in place, in the name of who works here. `source` says where it comes from, in words.

    Raises:
        RefusedError: the review has been submitted, or the value is none that can be brought back.
        WrongUseError: the methodology has no such grade, stage or reason.
    """
    difference = found.difference
    if difference is None or not difference.can_be_brought_back:
        raise RefusedError(
            _("This is not a value that can be brought back by itself."),
            safe=_("Nothing was changed."),
            todo=_("Reopen or submit the review instead; a case that is missing is brought in from its source."),
        )
    case = case_identified(session.file.connection, found.case_identity)
    if case is None:
        raise RefusedError(_("This case is not in the file any more."), safe=_("Nothing was changed."))
    if reading_purpose(session, case) is not ReviewPurpose.FIRST:
        raise RefusedError(
            _("This is a value of the first reading, which is not yours to change."), safe=_("Nothing was changed.")
        )
    return _put_back(session, case, difference.facet, difference.code, difference.then, source)


def can_be_restored(value: ValueChange) -> bool:
    """Return whether a line of the history holds a grade, a stage, a mark or a text that can be brought back."""
    return facet_of(value.table, value.field) is not None


def restore_from_step(session: AuditSession, step: int, value: ValueChange, *, after: bool) -> Changed:
    """Bring a value back as it was before `step` of the history, or with `after` as that step left it.

    `value` is one of the step's; of a burst of typing any of its pieces means the whole text.

    Raises:
        RefusedError: the review has been submitted, or the value can't be told any more.
    """
    facet = facet_of(value.table, value.field)
    case = reviews.case_of_review(session.file.connection, value.row)
    if facet is None or case is None or not is_own_or_live(session, case, value.row):
        raise RefusedError(_("This is not a value that can be brought back by itself."), safe=_("Nothing was changed."))
    if not open_values(session, [value]):
        raise RefusedError(_("This value belongs to a reading that is closed to you."), safe=_("Nothing was changed."))
    pieces = [
        (change.sequence, held)
        for change in step_changes(session.file.connection, step)
        for held in change.values
        if (held.table, held.row, held.field) == (value.table, value.row, value.field)
    ]
    if not pieces:
        raise RefusedError(_("This step holds no such value."), safe=_("Nothing was changed."))
    wanted: FacetValue
    if facet in (Facet.RATIONALE, Facet.NOTES):
        sequence = pieces[-1][0] if after else pieces[0][0] - 1
        wanted = text_after(session.file.connection, value.row, cast("TextField", value.field), sequence)
        if wanted is None:
            raise RefusedError(
                _("What this text said then can't be told any more: part of it was taken out of the history."),
                safe=_("Nothing was changed."),
            )
    else:
        held = pieces[-1][1].new if after else pieces[0][1].old
        wanted = bool(held) if facet is Facet.NOT_SURE else None if held is None else str(held)
    source = _("as it was after change {number}") if after else _("as it was before change {number}")
    code = value.field if facet is Facet.STAGE else ""
    return _put_back(session, case, facet, code, wanted, source.format(number=step))


def _put_back(session: AuditSession, case: CaseKey, facet: Facet, code: str, value: FacetValue, source: str) -> Changed:
    _refuse_unknown(session, facet, code, value)
    what = facet_words(facet, code, session.methodology)
    if facet not in (Facet.RATIONALE, Facet.NOTES, Facet.REASON):
        shown = facet_value_words(facet, value, session.methodology) or _("cleared")
        what = _("{what}: {value}").format(what=what, value=shown)
    return put_back(session, case, what, source, partial(_put, facet=facet, code=code, value=value))


def _put(change: ChangeInProgress, review: Review, *, facet: Facet, code: str, value: FacetValue) -> None:
    if facet is Facet.GRADE:
        reviews.set_grade(change, review, None if value is None else str(value))
    elif facet is Facet.STAGE:
        graded = None if value in (None, NOT_APPLICABLE) else str(value)
        reviews.set_stage(change, review, StageJudgement(code, graded, value == NOT_APPLICABLE))
    elif facet is Facet.NOT_SURE:
        reviews.set_not_sure(change, review, bool(value))
    elif facet is Facet.PARKED:
        reviews.set_parked(change, review, str(value or ""))
    elif facet is Facet.REASON:
        _put_reason(change, review, code, value if isinstance(value, tuple) else None)
    else:
        reviews.set_text(change, review, facet.value, str(value or ""))


def _put_reason(change: ChangeInProgress, review: Review, code: str, passages: tuple[Passage, ...] | None) -> None:
    """Give or withdraw a reason, and let it have those passages and no others."""
    given = review.given(code)
    if passages is None:
        if given is not None:
            reviews.remove_reason(change, review, given)
        return
    given = given or reviews.add_reason(change, review, code)
    keys = entry_keys(change.connection, review.case)
    texts = {entry.key: entry.text for entry in read_case(change.connection, review.case).entries}
    wanted = {(keys.get(passage.entry, 0), passage.start, passage.end): passage.words for passage in passages}
    held = {(citation.entry, citation.start, citation.end): citation for citation in given.citations}
    for place, citation in held.items():
        if place not in wanted:
            reviews.remove_citation(change, citation)
    for place, words in wanted.items():
        entry, start, end = place
        if texts.get(entry, "")[start:end] != words:
            raise RefusedError(
                _("A passage that was cited then is not in the record of this file."), safe=_("Nothing was changed.")
            )
        if place not in held:
            reviews.add_citation(change, given, entry, start, end, words)


def _refuse_unknown(session: AuditSession, facet: Facet, code: str, value: FacetValue) -> None:
    methodology = session.methodology
    unknown = {
        Facet.STAGE: code not in methodology.stage_by_code,
        Facet.REASON: code not in methodology.reason_by_code,
    }.get(facet, False)
    graded = facet in (Facet.GRADE, Facet.STAGE) and value not in (None, NOT_APPLICABLE)
    if unknown or (graded and str(value) not in methodology.scale):
        raise WrongUseError(
            _("The methodology of this file does not know this value."),
            safe=_("Nothing was changed."),
        )
