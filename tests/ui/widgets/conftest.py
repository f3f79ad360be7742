"""A theme, and the grades of two scales in plain values."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.grade_look import GradeLook

GOOD = GradeLook("good", "Good", "Good", "G", "check", "good")
MIDDLE = GradeLook("requires-improvement", "Requires improvement", "Req. imp.", "R", "triangle", "middle")
POOR = GradeLook("inadequate", "Inadequate", "Inadequate", "I", "octagon", "poor")
BEST = GradeLook("outstanding", "Outstanding", "Outst.", "O", "star", "best")
FAIR = GradeLook("adequate", "Adequate", "Adequate", "A", "diamond", "fair")


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme("light")
    made.apply(qapp)
    yield made
    made.deleteLater()


@pytest.fixture
def three() -> list[GradeLook]:
    return [GOOD, MIDDLE, POOR]


@pytest.fixture
def five() -> list[GradeLook]:
    return [BEST, GOOD, FAIR, MIDDLE, POOR]
