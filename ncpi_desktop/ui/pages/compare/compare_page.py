"""The page Compare: what changed since earlier inspections, and how the force's own grades stand against the inspectors'."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ncpi_desktop.ui.actions import Actions
from ncpi_desktop.ui.background import Background
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.models.findings_model import FindingsModel
from ncpi_desktop.ui.pages.compare.earlier_pane import EarlierPane
from ncpi_desktop.ui.pages.compare.own_grades_card import OwnGradesCard
from ncpi_desktop.ui.pages.review.text_tabs import TextTabs
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.words import _


class ComparePage(QWidget):
    """Two tabs; Ctrl+Tab goes from one to the other.

    Signals:
        cases_wanted: the Selection whose cases should be listed.
    """

    cases_wanted = Signal(object)

    def __init__(
        self,
        theme: Theme,
        hub: AuditHub,
        figures: FindingsModel,
        actions: Actions,
        background: Background,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(_("Compare"))
        self.page_buttons = (
            PushButton(theme, _("Export workbook"), "secondary", "table-2"),
            PushButton(theme, _("Export report"), "primary", "file-down"),
        )
        for button, action in zip(self.page_buttons, (actions.export_workbook, actions.export_report), strict=True):
            button.setToolTip(action.toolTip())
            button.clicked.connect(action.trigger)
        self.tabs = TextTabs(theme, [_("Earlier inspections"), _("The force's own grades")], _("Compared with"))
        self.earlier = EarlierPane(theme, hub, figures, background)
        self.own = OwnGradesCard(theme, hub, figures)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.earlier)
        self.stack.addWidget(_scrolled(self.own))
        self.tabs.currentChanged.connect(self._turn)
        for part in (self.earlier, self.own):
            part.cases_wanted.connect(self.cases_wanted)
        for keys in ("Ctrl+Tab", "Ctrl+Shift+Tab"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda: self.tabs.setCurrentIndex(1 - self.tabs.currentIndex()))
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addWidget(self.tabs)
        self._column.addWidget(self.stack, 1)
        self.setFocusProxy(self.tabs)
        theme.changed.connect(self._dress)
        self._dress()

    def shown(self) -> None:
        """Bring what is seen up to date."""
        if self.tabs.currentIndex() == 0:
            self.earlier.shown()

    def place(self) -> dict[str, object]:
        """Return which tab is shown, for `restore`."""
        return {"tab": self.tabs.currentIndex()}

    def restore(self, place: Mapping[str, object]) -> None:
        """Begin with the tab that was shown last."""
        if str(place.get("tab")) == "1":
            self.tabs.setCurrentIndex(1)

    def _turn(self, place: int) -> None:
        self.stack.setCurrentIndex(place)
        self.shown()

    def _dress(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(px(20), px(12), px(14), px(14))
        self._column.setSpacing(px(10))


def _scrolled(card: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(card)
    area.viewport().setAutoFillBackground(False)
    return area
