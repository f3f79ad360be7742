"""What the picker of the writing pane offers: figures, reasons, cases."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ncpi_desktop.domain.findings.figure import choices
from ncpi_desktop.domain.findings.finding import WrittenFinding
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.pages.findings.outline import Line
from ncpi_desktop.ui.pages.findings.picker import lines_with
from ncpi_desktop.ui.pages.review.reasons_list import look_of_polarity
from ncpi_desktop.ui.pages.review.record_text import visible_text
from ncpi_desktop.words import _
from ncpi_desktop.workflows.browsing import case_called
from ncpi_desktop.workflows.gathering import cited_for

Find = Callable[[str], Sequence[Line]]


def figures_on_offer(findings: Findings) -> Find:
    """Return how to find a figure: by what it is of, its value and its code."""
    lines: list[Line] = []
    for held in choices(findings):
        n = _("of {n}").format(n=held.n) if held.n is not None else ""
        lines.append(Line(held.code, held.about, " · ".join(part for part in (n, held.code) if part), held.words))
    return lambda typed: lines_with(lines, typed)


def reasons_on_offer(findings: Findings, methodology: Methodology, finding: WrittenFinding) -> Find:
    """Return how to find a reason that the finding does not rest on yet; those of its stage come first."""
    given = {found.reason.code: found.cases for found in findings.reasons}
    ranked = sorted(
        (reason for reason in methodology.reasons if reason.code not in finding.reasons),
        key=lambda reason: (reason.stage != finding.stage, reason.code not in given),
    )
    lines = []
    for reason in ranked:
        if reason.retired and reason.code not in given:
            continue
        tone, icon = look_of_polarity(reason.polarity)
        stage = methodology.stage_by_code.get(reason.stage)
        below = " · ".join(part for part in (stage.label if stage else "", reason.code) if part)
        lines.append(Line(reason.code, reason.wording, below, str(given.get(reason.code, 0)), icon, tone))
    return lambda typed: lines_with(lines, typed)


def cases_on_offer(hub: AuditHub, finding: WrittenFinding) -> Find:
    """Return how to find a case: those cited for the reasons of the finding, and any by its reference."""
    cited: dict[int, Line] = {}
    for code in finding.reasons:
        page = hub.ask(lambda session, code=code: cited_for(session, code))  # type: ignore[misc]
        for held in page.passages if page is not None else ():
            words = visible_text(held.passage)
            below = words if len(words) <= 160 else words[:159] + "…"
            cited.setdefault(held.case, Line(held.case, visible_text(held.reference), below))
    lines = list(cited.values())

    def find(typed: str) -> Sequence[Line]:
        found = lines_with(lines, typed)
        called = hub.ask(lambda session: case_called(session, typed.strip())) if typed.strip() else None
        if called is not None and called not in cited:
            found.insert(0, Line(called, visible_text(typed.strip()), _("the case with this reference")))
        return found

    return find
