"""The panes of the page Findings, in the order of their tabs. A pane is one line here; its module is loaded when it is first seen."""

from __future__ import annotations

from typing import Any, Final

from ncpi_desktop.ui.pages.findings.pane import PaneEntry
from ncpi_desktop.words import phrase


def _writing() -> type[Any]:
    from ncpi_desktop.ui.pages.findings.writing_pane import WritingPane

    return WritingPane


def _recommendations() -> type[Any]:
    from ncpi_desktop.ui.pages.findings.recommendations_pane import RecommendationsPane

    return RecommendationsPane


def _partners() -> type[Any]:
    from ncpi_desktop.ui.pages.findings.partners_pane import PartnersPane

    return PartnersPane


def _notices() -> type[Any]:
    from ncpi_desktop.ui.pages.findings.notices_pane import NoticesPane

    return NoticesPane


def _report() -> type[Any]:
    from ncpi_desktop.ui.pages.findings.report_pane import ReportPane

    return ReportPane


PANES: Final = (
    PaneEntry("writing", phrase("Findings"), _writing),
    PaneEntry("recommendations", phrase("Recommendations"), _recommendations),
    PaneEntry("partners", phrase("Strategy discussions"), _partners),
    PaneEntry("notices", phrase("Notices"), _notices),
    PaneEntry("report", phrase("Report"), _report),
)
