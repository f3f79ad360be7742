"""The live figures of the strategy discussions: discussions by aspect and answer, and the cases that have one.

| code | the figure |
|---|---|
| `strategy:cases`, `strategy:discussions` | cases with at least one; discussions |
| `strategy:<aspect>:yes`, `…:no`, `…:unknown`, `…:known` | discussions of which the record answers so; `known` is yes and no together |
| `strategy:<aspect>:percent` | per cent yes, of those known |
| `strategy:<aspect>:cases` | cases with at least one discussion in which it was not so |

A count of discussions opens the cases that they are of, of which there may be fewer.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ncpi_desktop.domain.findings.figure_parts import Figure, case_count, counted, per_cent
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.findings.partnership import AspectFindings
from ncpi_desktop.domain.findings.selection import Selection, SelectionKind
from ncpi_desktop.domain.findings.strategy import HELD, Answer, StrategyAspect
from ncpi_desktop.domain.findings.strategy_words import answer_words
from ncpi_desktop.words import _

_WHAT: Final = ("yes", "no", "unknown", "known", "percent", "cases")
_SOME: Final = Selection(SelectionKind.STRATEGY, (HELD, Answer.YES.value))


def strategy_codes(findings: Findings) -> Iterator[str]:
    """Yield the codes that a text may want, in report order; none where no strategy discussion is recorded."""
    if not findings.partnership.discussions:
        return
    yield from ("strategy:cases", "strategy:discussions")
    yield from (f"strategy:{aspect.value}:{what}" for aspect in StrategyAspect for what in _WHAT)


def strategy_figure(findings: Findings, code: str, rest: str) -> Figure | None:
    """Return a figure of the strategy discussions; None where there is no such figure."""
    found = findings.partnership
    if rest == "cases":
        return case_count(findings, code, found.cases_with, found.cases, _SOME)
    if rest == "discussions":
        return Figure(code, found.discussions, counted(found.discussions), None, _("strategy discussions"), _SOME)
    aspect, _colon, what = rest.partition(":")
    if aspect not in set(StrategyAspect) or what not in _WHAT:
        return None
    return _of_aspect(findings, code, found.of(StrategyAspect(aspect)), what)


def _of_aspect(findings: Findings, code: str, found: AspectFindings, what: str) -> Figure:
    if what == "cases":
        without = Selection(SelectionKind.STRATEGY, (found.aspect.value, Answer.NO.value))
        return case_count(findings, code, found.cases_without, findings.partnership.cases_with, without)
    about = _("strategy discussions: {told}")
    answer = Answer(what) if what in set(Answer) else Answer.YES
    chosen = Selection(SelectionKind.STRATEGY, (found.aspect.value, answer.value))
    told = answer_words(found.aspect, answer)
    if what == "percent":
        words = _("strategy discussions: per cent {told}").format(told=told)
        value = found.share.percent
        return Figure(code, value, per_cent(value), found.share.known, words, chosen, is_share=True)
    if what == "known":
        words = _("strategy discussions: {aspect}, recorded or not so").format(aspect=found.aspect.label.lower())
        return Figure(code, found.share.known, counted(found.share.known), found.discussions, words, _SOME)
    count = {Answer.YES: found.share.yes, Answer.NO: found.no, Answer.UNKNOWN: found.unknown}[answer]
    n = found.discussions if answer is Answer.UNKNOWN else found.share.known
    return Figure(code, count, counted(count), n, about.format(told=told), chosen)
