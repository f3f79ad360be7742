"""What differs between two copies of an audit, in words that window and command line share."""

from __future__ import annotations

from ncpi_desktop.domain.findings.tally import NOT_APPLICABLE
from ncpi_desktop.domain.grading.difference import Facet, FacetValue
from ncpi_desktop.domain.grading.review import ReviewState
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.words import _


def facet_words(facet: Facet, code: str, methodology: Methodology) -> str:
    """Return what a value is of, such as *Overall grade*, *Investigation*, *Reason: …*."""
    if facet is Facet.STAGE:
        stage = methodology.stage_by_code.get(code)
        return stage.label if stage is not None else code
    if facet is Facet.REASON:
        reason = methodology.reason_by_code.get(code)
        return _("Reason: {reason}").format(reason=reason.wording if reason is not None else code)
    return {
        Facet.GRADE: _("Overall grade"),
        Facet.RATIONALE: _("Rationale"),
        Facet.NOTES: _("Notes"),
        Facet.NOT_SURE: _("Not sure"),
        Facet.PARKED: _("Parked because"),
        Facet.STATE: _("State of the review"),
    }[facet]


def facet_value_words(facet: Facet, value: FacetValue, methodology: Methodology) -> str:
    """Return a value in words; empty where nothing was given or written."""
    if facet is Facet.STATE:
        return _state_words(value)
    if facet is Facet.NOT_SURE:
        return _("yes") if value else _("no")
    if value is None:
        return ""
    if isinstance(value, tuple):
        return " · ".join((_("given"), *(f"“{passage.words}”" for passage in value)))
    text = str(value)
    if facet in (Facet.GRADE, Facet.STAGE):
        if text == NOT_APPLICABLE:
            return _("not applicable")
        return methodology.scale[text].label if text in methodology.scale else text
    return text


def _state_words(value: FacetValue) -> str:
    if value is None:
        return _("not begun")
    return {
        ReviewState.DRAFT: _("draft"),
        ReviewState.SUBMITTED: _("submitted"),
        ReviewState.SUPERSEDED: _("reopened"),
    }[ReviewState(str(value))]
