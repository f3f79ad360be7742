"""What differs and what was decided, in words that window, history and documents share."""

from __future__ import annotations

from collections.abc import Sequence

from ncpi_desktop.domain.findings.tally import NOT_APPLICABLE
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.domain.moderation.settlement import GIVEN, Choice, Part, PartKind, Settling
from ncpi_desktop.words import _


def part_words(part: Part, methodology: Methodology) -> str:
    """Return what a part is called: *Overall grade*, a stage's label, a reason's wording."""
    if part.kind is PartKind.GRADE:
        return _("Overall grade")
    if part.kind is PartKind.STAGE:
        stage = methodology.stage_by_code.get(part.code)
        return stage.label if stage is not None else part.code
    reason = methodology.reason_by_code.get(part.code)
    return reason.wording if reason is not None else part.code


def found_words(part: Part, value: str | None, methodology: Methodology) -> str:
    """Return what a reading found at a part, such as *Good*, *not applicable*, *given*, *not given*."""
    if part.kind is PartKind.REASON:
        return _("given") if value == GIVEN else _("not given")
    if value == NOT_APPLICABLE:
        return _("not applicable")
    if value is None:
        return _("nothing")
    return methodology.scale[value].label if value in methodology.scale else value


def choice_words(choice: Choice) -> str:
    """Return a choice in words."""
    return {
        Choice.FIRST: _("the first reading stands"),
        Choice.SECOND: _("the second reading stands"),
        Choice.OTHER: _("another grade stands"),
    }[choice]


def decision_words(parts: Sequence[Part], choice: Choice, other: str | None, methodology: Methodology) -> str:
    """Return a decision for the history, such as *Investigation: the second reading stands*."""
    named = ", ".join(part_words(part, methodology) for part in parts)
    what = choice_words(choice)
    if choice is Choice.OTHER and other is not None:
        what = found_words(parts[0], other, methodology)
    return _("{what}: {value}").format(what=named, value=what)


def because_words(settled: Settling, methodology: Methodology) -> str:
    """Return why what was settled stands, a line to each part: the rationale of the settlement."""
    lines = []
    for line in settled.differences:
        if line.decision is not None:
            value = found_words(line.part, line.decision.value, methodology)
            told = {"part": part_words(line.part, methodology), "value": value, "because": line.decision.because}
            lines.append(_("{part}: {value}. {because}").format(**told))
    return "\n".join(lines)
