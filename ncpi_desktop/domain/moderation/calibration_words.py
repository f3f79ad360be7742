"""A reader's result in the practice set, in sentences that window and command line share."""

from __future__ import annotations

from ncpi_desktop.domain.casework.inspection import Person
from ncpi_desktop.domain.findings.statistics import percent
from ncpi_desktop.domain.findings.tally import NOT_APPLICABLE
from ncpi_desktop.domain.grading.difference import Facet
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.domain.moderation.agreement import Agreement
from ncpi_desktop.domain.moderation.calibration import Apart, Calibration, Timing
from ncpi_desktop.words import _, ngettext


def result_sentence(result: Calibration) -> str:
    """Return the result in sentences: how many grades are as agreed, in which direction the others lie, and whether it was in time."""
    return " ".join(part for part in (_same_words(result), _direction_words(result), timing_words(result)) if part)


def _same_words(result: Calibration) -> str:
    if not result.n:
        return _("No practice case has been handed in.")
    words = ngettext(
        "{same} of {n} overall grade is as agreed ({percent} per cent).",
        "{same} of {n} overall grades are as agreed ({percent} per cent).",
        result.n,
    )
    return words.format(same=result.table.same, n=result.n, percent=percent(result.table.same, result.n))


def _direction_words(result: Calibration) -> str:
    parts = []
    if result.harsher:
        words = ngettext("{count} is harsher than agreed", "{count} are harsher than agreed", result.harsher)
        parts.append(words.format(count=result.harsher))
    if result.kinder:
        words = ngettext("{count} is kinder than agreed", "{count} are kinder than agreed", result.kinder)
        parts.append(words.format(count=result.kinder))
    return ", ".join(parts) + "." if parts else ""


def timing_words(result: Calibration) -> str:
    """Return in a sentence whether the practice was finished, and whether before live work."""
    left = ngettext("{count} case is not handed in yet", "{count} cases are not handed in yet", result.missing).format(
        count=result.missing
    )
    return {
        Timing.BEFORE_LIVE: _("Finished before live work."),
        Timing.AFTER_LIVE: _("Finished only after a live reading had been handed in."),
        Timing.NOT_FINISHED: f"{left}.",
        Timing.LIVE_UNFINISHED: _("{left}, though live readings have been handed in.").format(left=left),
    }[result.timing]


def detail_words(result: Calibration, methodology: Methodology) -> str:
    """Return kappa and AC2 with their intervals, and how often each stage was answered as agreed; empty where nothing was handed in."""
    if not result.n:
        return ""
    stages = "; ".join(
        _("{stage} {same} of {n}").format(stage=methodology.stage_by_code[held.stage].short, same=held.same, n=held.n)
        for held in result.stages
    )
    return "\n".join(
        (
            _("Kappa (n = {n}): {figure}").format(n=result.n, figure=agreement_words(result.kappa)),
            _("AC2 (n = {n}): {figure}").format(n=result.n, figure=agreement_words(result.ac2)),
            _("Stages as agreed: {stages}").format(stages=stages),
        )
    )


def agreement_words(figure: Agreement) -> str:
    """Return a figure with two decimals and its 95 per cent interval, or why there is none."""
    if figure.value is None:
        return f"{figure.unknown.sentence}." if figure.unknown is not None else ""
    if figure.interval is None:
        why = f" ({figure.unknown.sentence.lower()})" if figure.unknown is not None else ""
        return f"{figure.value:.2f}{why}"
    return _("{value} (95 per cent interval {low} to {high})").format(
        value=f"{figure.value:.2f}", low=f"{figure.interval.low:.2f}", high=f"{figure.interval.high:.2f}"
    )


def apart_words(apart: Apart, methodology: Methodology) -> str:
    """Return one value that was answered otherwise, such as *Investigation: agreed inadequate, yours good*."""
    if apart.facet is Facet.REASON:
        reason = methodology.reason_by_code.get(apart.code)
        wording = reason.wording if reason is not None else apart.code
        agreed = (
            _("Agreed, and not given by you: {reason}") if apart.agreed else _("Given by you, and not agreed: {reason}")
        )
        return agreed.format(reason=wording)
    stage = methodology.stage_by_code.get(apart.code)
    what = _("Overall grade") if apart.facet is Facet.GRADE else stage.label if stage is not None else apart.code
    return _("{what}: agreed {agreed}, yours {given}").format(
        what=what, agreed=grade_words(apart.agreed, methodology), given=grade_words(apart.given, methodology)
    )


def grade_words(code: str | None, methodology: Methodology) -> str:
    """Return a grade in words, in small letters, as within a sentence."""
    if code is None:
        return _("nothing")
    if code == NOT_APPLICABLE:
        return _("not applicable")
    return methodology.scale[code].label.lower() if code in methodology.scale else code


def who_words(person: Person) -> str:
    """Return a reader by name, and whether they have left."""
    return person.name if person.active else _("{name} (no longer at work)").format(name=person.name)
