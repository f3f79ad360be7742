"""The text of a written finding with its live figures in place: the same words on screen, in the report and as JSON."""

from __future__ import annotations

from ncpi_desktop.domain.findings.figure import figures_of
from ncpi_desktop.domain.findings.finding import WrittenFinding
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.findings.prose import Prose, figures_in, parse, plain, with_figures


def resolved(text: str, findings: Findings) -> Prose:
    """Return `text` with each live figure as these findings have it; one that they don't know says so in brackets."""
    figures = figures_of(findings)

    def value(code: str) -> str | None:
        held = figures.get(code)
        return held.words if held is not None else None

    return with_figures(parse(text), value)


def plain_text(text: str, findings: Findings) -> str:
    """Return a text as plain words, its live figures in place."""
    return plain(resolved(text, findings))


def told_text(finding: WrittenFinding, findings: Findings) -> str:
    """Return the text of a finding as plain words, its live figures in place."""
    return plain_text(finding.text, findings)


def unknown_figures(text: str, findings: Findings) -> tuple[str, ...]:
    """Return the codes in `text` that name no figure of these findings, each once."""
    figures = figures_of(findings)
    return tuple(code for code in figures_in(parse(text)) if figures.get(code) is None)
