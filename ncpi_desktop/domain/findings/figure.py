"""A live figure: one number of the findings under a code, so that a text can hold the code and never contradict the number.

| code | the figure |
|---|---|
| `cases`, `state:<state>` | cases of the audit; those whose first reading has come so far |
| `graded`, `good`, `not-good`, `percent-good`, `grade:<grade>` | over all areas |
| `area:<area>:cases`, `area:<area>:…` | the same of one area |
| `stage:<stage>:…`, `stage:<stage>:not-applicable` | the same of one stage |
| `reason:<code>` | graded cases given the reason |
| `previous-graded`, `previous-good`, `previous-percent-good`, `points` | the previous inspection, and the change since |
| `chance` | what may be said of chance in that change, in words |
| `own:both`, `own:same`, `own:kinder`, `own:harsher`, `own:inspectors-only` | the force's own grades against the inspectors' |
| `referrals:raised`, `referrals:open`, `referrals:closed` | referrals back to the force |
| `recommendations:<status>`, `recommendations:made` | recommendations by status; those of this inspection |
| `strategy:…` | strategy discussions, see `strategy_figures` |
| `quality:sampled`, `quality:read-twice`, `quality:to-settle`, `quality:compared`, `quality:same`, `quality:percent-same` | the second reading |

Instead of `grade:<grade>` the grade alone will do behind an area or a stage (`area:s47:inadequate`); `good` alone is always what per cent good
counts. Nothing is computed here: a figure is looked up in the bundle.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Final

from ncpi_desktop.domain.findings.case_figures import (
    area_figure,
    cases_figure,
    overall_figure,
    own_figure,
    reason_figure,
    stage_figure,
    state_figure,
)
from ncpi_desktop.domain.findings.figure_parts import Figure
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.findings.json_parts import RECOMMENDATION_STATUSES
from ncpi_desktop.domain.findings.other_figures import (
    MADE,
    QUALITY,
    REFERRALS,
    chance_figure,
    previous_figure,
    quality_figure,
    recommendations_figure,
    referrals_figure,
)
from ncpi_desktop.domain.findings.selection import OwnAgainst
from ncpi_desktop.domain.findings.strategy_figures import strategy_codes, strategy_figure
from ncpi_desktop.domain.findings.tally import NOT_APPLICABLE

__all__ = ["Figure", "Figures", "choices", "figure", "figures_of"]


def figure(findings: Findings, code: str) -> Figure | None:
    """Return the figure that `code` names now; None where there is none, or its area or reason is retired."""
    head, _colon, rest = code.partition(":")
    read = (_WITH_REST if rest else _ALONE).get(head)
    return read(findings, code, rest) if read else None


class Figures(Mapping[str, Figure]):
    """Every figure of the findings by code, each looked up when it is first asked for; walking through gives the `choices`.

    Any other code that `figure` knows can be asked for too.
    """

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._known: dict[str, Figure] = {}

    def __getitem__(self, code: str) -> Figure:
        held = self._known.get(code) or figure(self._findings, code)
        if held is None:
            raise KeyError(code)
        self._known[code] = held
        return held

    def __iter__(self) -> Iterator[str]:
        return iter(self._codes)

    def __len__(self) -> int:
        return len(self._codes)

    @cached_property
    def _codes(self) -> tuple[str, ...]:
        return tuple(_codes(self._findings))


def figures_of(findings: Findings) -> Figures:
    """Return the figures of the findings by code; costs nothing until one is asked for."""
    return Figures(findings)


def choices(findings: Findings) -> tuple[Figure, ...]:
    """Return the figures that a text may want, in report order: `about` is the label of each.

    Areas and stages in which no case stands, reasons that were not given, and a previous inspection that is not known are left out.
    """
    return tuple(figures_of(findings).values())


def _codes(findings: Findings) -> Iterator[str]:
    scale = findings.methodology.scale
    single = [code for code in scale.codes if scale.good_codes != {code}]  # a scale's only good grade is `good`
    grades = ("graded", "good", "not-good", "percent-good", *(f"grade:{code}" for code in single))
    yield from ("cases", *grades)
    if findings.previous is not None:
        yield from ("previous-graded", "previous-good", "previous-percent-good", "points", "chance")
    for area in findings.areas:
        if not area.area.retired:
            yield from (f"area:{area.area.code}:{what}" for what in ("cases", *grades))
    for stage in findings.stages:
        yield from (f"stage:{stage.stage.code}:{what}" for what in (*grades, NOT_APPLICABLE))
    yield from (f"reason:{found.reason.code}" for found in findings.reasons if not found.reason.retired)
    if findings.self_assessment.both:
        yield from (f"own:{against}" for against in OwnAgainst)
    yield from (f"referrals:{state}" for state in REFERRALS)
    yield from (f"recommendations:{status}" for status in (MADE, *RECOMMENDATION_STATUSES))
    yield from strategy_codes(findings)
    if findings.quality.sampled or findings.quality.compared:
        yield from (f"quality:{what}" for what in QUALITY)
    yield from (f"state:{state}" for state, _count in findings.states)


_Read = Callable[[Findings, str, str], Figure | None]

_ALONE: Final[Mapping[str, _Read]] = {
    "cases": cases_figure,
    **dict.fromkeys(("graded", "good", "not-good", "percent-good"), overall_figure),
    "chance": chance_figure,
    **dict.fromkeys(("previous-graded", "previous-good", "previous-percent-good", "points"), previous_figure),
}
_WITH_REST: Final[Mapping[str, _Read]] = {
    "state": state_figure,
    "grade": overall_figure,
    "area": area_figure,
    "stage": stage_figure,
    "reason": reason_figure,
    "own": own_figure,
    "referrals": referrals_figure,
    "recommendations": recommendations_figure,
    "strategy": strategy_figure,
    "quality": quality_figure,
}
