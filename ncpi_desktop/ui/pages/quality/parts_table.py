"""The table of a case read twice: what differs, and below what both readers found alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from ncpi_desktop.domain.moderation.settlement import Part
from ncpi_desktop.ui.pages.quality.part_row import PartRow, ShownPart, column_edges
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.grade_look import GradeLook
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _

_TOP: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop


class ColumnHeads(QWidget):
    """The names above the three columns, at the same edges as the lines below."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.labels = tuple(
            TextLabel(theme, role="caption", weight=700, tone="muted", capitals=True, wrap=True, parent=self)
            for _column in range(3)
        )
        for label in self.labels:
            label.setAlignment(_TOP)
        theme.changed.connect(self._place)

    def set_names(self, names: Sequence[str]) -> None:
        """Name the columns."""
        for label, name in zip(self.labels, names, strict=True):
            label.setText(name)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay above the columns."""
        self._place()

    def _place(self) -> None:
        edges = column_edges(self.width())
        width = max(40, edges[1] - edges[0] - 6)
        heights = [max(0, label.heightForWidth(width)) for label in self.labels]
        for label, left in zip(self.labels, edges, strict=True):
            label.setGeometry(left, 0, width, max(heights))
        if self.height() != max(heights):
            self.setFixedHeight(max(heights))


class PartsTable(QScrollArea):
    """The lines; Up and Down go from part to part.

    Signals:
        part_chosen: the Part now chosen.
        page_wanted: -1 or +1; the readings of the part should be scrolled.
    """

    part_chosen = Signal(object)
    page_wanted = Signal(int)

    def __init__(self, theme: Theme, looks: Mapping[str, GradeLook], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._looks = looks
        self.rows: list[PartRow] = []
        self._differing: list[Part] = []
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.heads = ColumnHeads(theme)
        self.alike = TextLabel(theme, _("The same in both readings"), role="card_title", tone="muted")
        inside = QWidget()
        inside.setAutoFillBackground(False)
        self._body = QVBoxLayout(inside)
        self._body.setContentsMargins(0, 0, 6, 0)
        self._body.setSpacing(0)
        self.setWidget(inside)
        self.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        for widget in (self.heads, self.alike):
            self._body.addWidget(widget)
        self._body.addStretch(1)

    def show_parts(self, names: Sequence[str], shown: Sequence[ShownPart], chosen: Part | None) -> None:
        """Show these parts: those that differ above, the others below."""
        self.heads.set_names(names)
        ordered = sorted(shown, key=lambda part: not part.line.differs)
        if [row.part for row in self.rows] == [part.line.part for part in ordered] and self._differing == [
            part.line.part for part in ordered if part.line.differs
        ]:
            for row, part in zip(self.rows, ordered, strict=True):
                row.show_part(part)
        else:
            self._build(ordered)
        self.choose(chosen)

    def choose(self, part: Part | None) -> None:
        """Let `part` be chosen, without a signal."""
        for row in self.rows:
            row.set_chosen(row.part == part)
            if row.part == part:
                self.ensureWidgetVisible(row, 0, 20)

    def focus_chosen(self) -> None:
        """Bring the keyboard to the chosen part."""
        row = next((row for row in self.rows if row.isChecked()), None)
        if row is not None:
            row.setFocus(Qt.FocusReason.OtherFocusReason)
            self.ensureWidgetVisible(row, 0, 20)

    def fit(self) -> None:
        """Be as high as the wrapped names are at this width: Qt would squeeze them."""
        inside = self.widget()
        layout = inside.layout() if inside is not None else None
        if inside is not None and layout is not None:
            layout.invalidate()
            inside.setMinimumHeight(max(0, layout.heightForWidth(self.viewport().width())))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        self.fit()

    def step(self, by: int) -> None:
        """Choose the part above or below."""
        at = next((place for place, row in enumerate(self.rows) if row.isChecked()), -1)
        to = min(max(at + by, 0), len(self.rows) - 1)
        if to != at and self.rows:
            self.part_chosen.emit(self.rows[to].part)
            self.focus_chosen()

    def _build(self, ordered: Sequence[ShownPart]) -> None:
        for row in self.rows:
            self._body.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [PartRow(self._theme, part, self._looks, self.widget()) for part in ordered]
        self._differing = [part.line.part for part in ordered if part.line.differs]
        while self._body.count():
            self._body.takeAt(0)
        self._body.addWidget(self.heads)
        self._body.addSpacing(4)
        for row in self.rows[: len(self._differing)]:
            self._body.addWidget(row)
        self._body.addSpacing(12)
        self._body.addWidget(self.alike)
        self.alike.setVisible(len(self.rows) > len(self._differing))
        for row in self.rows[len(self._differing) :]:
            self._body.addWidget(row)
        self._body.addStretch(1)
        for row in self.rows:
            row.clicked.connect(lambda _checked=False, row=row: self.part_chosen.emit(row.part))
            row.step_wanted.connect(self.step)
            row.page_wanted.connect(self.page_wanted)
            row.show()
        for before, after in zip(self.rows, self.rows[1:], strict=False):
            QWidget.setTabOrder(before, after)
