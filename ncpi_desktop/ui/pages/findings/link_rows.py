"""What a finding rests on: reasons a line each, cases side by side; each can be taken off."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.findings.finding import LinkedCase
from ncpi_desktop.domain.methodology.reason import Reason
from ncpi_desktop.ui.pages.review.flow_row import FlowRow
from ncpi_desktop.ui.pages.review.record_text import visible_text
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _


def take_off_button(theme: Theme, what: str) -> PushButton:
    """Return the small cross that takes `what` off."""
    button = PushButton(theme, _("Take off: {what}").format(what=what.replace("&", "&&")), "quiet", "x")
    button.set_icon_only()
    return button


def say_goodbye(widgets: Sequence[QWidget]) -> None:
    """Let widgets go that are replaced by others."""
    for widget in widgets:
        widget.hide()
        widget.setParent(None)
        widget.deleteLater()


class ReasonRows(QWidget):
    """A line to each reason.

    Signals:
        take_off_wanted: the code of a reason.
    """

    take_off_wanted = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[tuple[Reason, ...], bool] | None = None
        self.rows: list[QWidget] = []
        self.buttons: list[PushButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)

    def show_reasons(self, reasons: tuple[Reason, ...], writable: bool) -> None:
        """Show these reasons."""
        if self._shown == (reasons, writable):
            return
        self._shown = (reasons, writable)
        say_goodbye(self.rows)
        self.rows, self.buttons = [], []
        for reason in reasons:
            row, words = QWidget(self), _("{wording} ({code})").format(wording=reason.wording, code=reason.code)
            line = QHBoxLayout(row)
            line.setContentsMargins(0, 0, 0, 0)
            line.addWidget(TextLabel(self._theme, words, wrap=True), 1)
            button = take_off_button(self._theme, reason.wording)
            button.setEnabled(writable)
            if not writable:  # shown without a parent it would be a window of its own
                button.hide()
            button.clicked.connect(lambda _on=False, code=reason.code: self.take_off_wanted.emit(code))
            line.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
            self.rows.append(row)
            self.buttons.append(button)
            self._column.addWidget(row)


class CaseRow(FlowRow):
    """The cases, each a button that opens it and a cross that takes it off.

    Signals:
        case_wanted: the key of a case.
        take_off_wanted: the key of a case.
    """

    case_wanted = Signal(object)
    take_off_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(4, parent)
        self._theme = theme
        self._shown: tuple[tuple[LinkedCase, ...], bool] | None = None
        self.parts: list[QWidget] = []
        self.buttons: dict[CaseKey, PushButton] = {}
        self.crosses: dict[CaseKey, PushButton] = {}

    def show_cases(self, cases: tuple[LinkedCase, ...], writable: bool) -> None:
        """Show these cases."""
        if self._shown == (cases, writable):
            return
        self._shown = (cases, writable)
        say_goodbye(self.parts)
        self.parts, self.buttons, self.crosses = [], {}, {}
        for linked in cases:
            self.parts.append(self._part(linked, writable))
        self.hold(self.parts)
        for part in self.parts:
            part.show()
        self.setVisible(bool(cases))
        self.updateGeometry()

    def _part(self, linked: LinkedCase, writable: bool) -> QWidget:
        part, words = QWidget(self), visible_text(linked.reference)
        line = QHBoxLayout(part)
        line.setContentsMargins(0, 0, 6, 0)
        line.setSpacing(0)
        button = PushButton(self._theme, words.replace("&", "&&"), "link")
        button.setToolTip(_("Open this case"))
        button.clicked.connect(lambda _on=False: self.case_wanted.emit(linked.case))
        cross = take_off_button(self._theme, words)
        cross.setEnabled(writable)
        if not writable:
            cross.hide()
        cross.clicked.connect(lambda _on=False: self.take_off_wanted.emit(linked.case))
        line.addWidget(button)
        line.addWidget(cross)
        self.buttons[linked.case], self.crosses[linked.case] = button, cross
        return part
