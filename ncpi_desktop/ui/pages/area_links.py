"""What lets each figure of an area's row open its cases: name, each grade of the bar, n, and the share graded good."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ncpi_desktop.domain.findings.findings import AreaFindings
from ncpi_desktop.domain.findings.selection import GradeGroup, Selection, SelectionKind
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.cases_link import CasesLink
from ncpi_desktop.ui.widgets.grade_look import GradeLook
from ncpi_desktop.ui.widgets.stacked_bar import StackedBar
from ncpi_desktop.words import _, ngettext

ARROWS: Final = {
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
"""Rows and figures to go, for each arrow key."""


class AreaLinks:
    """The links of one row, in the order in which they stand; the name alone is a stop of the Tab key."""

    def __init__(
        self,
        theme: Theme,
        card: QWidget,
        name: QWidget,
        bar: StackedBar,
        counted: QWidget,
        share: QWidget,
        looks: Sequence[GradeLook],
    ) -> None:
        self.area = CasesLink(theme, name, card)
        self.grades = {
            look.code: CasesLink(theme, bar, card, lambda code=look.code: bar.place_of(code))  # type: ignore[misc]
            for look in looks
        }
        self.graded = CasesLink(theme, counted, card)
        self.good = CasesLink(theme, share, card)
        self._looks = tuple(looks)
        for link in self.every[1:]:
            link.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.area.setAccessibleDescription(_("Left and Right go along the figures of this area."))

    @property
    def every(self) -> tuple[CasesLink, ...]:
        """All links, whether there are cases to open or not."""
        return (self.area, *self.grades.values(), self.graded, self.good)

    @property
    def shown(self) -> list[CasesLink]:
        """The links that have cases to open."""
        return [link for link in self.every if not link.isHidden()]

    def show_area(self, area: AreaFindings) -> None:
        """Open the cases of these figures."""
        label, code, grades = area.area.label, area.area.code, area.grades
        whole = ngettext("{area}: {n} case", "{area}: {n} cases", area.cases).format(area=label, n=area.cases)
        self.area.open_for(whole, Selection(SelectionKind.AREA, (code,)), area.cases)
        for look in self._looks:
            n = grades.of(look.code)
            said = _("{area}: {n} {grade}").format(area=label, n=n, grade=look.label.lower())
            self.grades[look.code].open_for(said, Selection(SelectionKind.AREA_GRADED, (code, look.code)), n)
        told = ngettext("{area}: {n} graded case of {cases}", "{area}: {n} graded cases of {cases}", grades.graded)
        said = told.format(area=label, n=grades.graded, cases=area.cases)
        self.graded.open_for(said, Selection(SelectionKind.AREA_GRADED, (code, GradeGroup.ANY.value)), grades.graded)
        said = _("{area}: {good} of {graded} good").format(area=label, good=grades.good, graded=grades.graded)
        self.good.open_for(said, Selection(SelectionKind.AREA_GRADED, (code, GradeGroup.GOOD.value)), grades.good)


def figure_beside(rows: Sequence[Sequence[CasesLink]], held: QWidget | None, step: tuple[int, int]) -> CasesLink | None:
    """Return the figure that lies one `step` (rows, figures) from `held`; None where there is none, or `held` is no figure."""
    down, right = step
    row = next((place for place, links in enumerate(rows) if held in links), None)
    if row is None:
        return None
    column = next(place for place, link in enumerate(rows[row]) if link is held)
    if not (0 <= row + down < len(rows) and 0 <= column + right < len(rows[row])):
        return None
    links = rows[row + down]
    return links[min(column + right, len(links) - 1)] if links else None
