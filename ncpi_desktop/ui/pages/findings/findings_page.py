"""What the inspection found, in words, on one page: a row of tabs, one pane shown, each built when it is first seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ncpi_desktop.ui.actions import Actions
from ncpi_desktop.ui.background import Background
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.models.findings_model import FindingsModel
from ncpi_desktop.ui.pages.findings.pane import PaneEntry
from ncpi_desktop.ui.pages.findings.panes import PANES
from ncpi_desktop.ui.pages.review.text_tabs import TextTabs
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.words import _

if TYPE_CHECKING:
    from ncpi_desktop.workflows.saving_elsewhere import UnsavedComment, UnsavedText


class FindingsPage(QWidget):
    """Tabs and their panes; Ctrl+Tab and Ctrl+Shift+Tab go from one to the next, Left and Right while the tabs have the keyboard.

    Signals:
        case_wanted: the key of a case that should be opened in Review.
        cases_wanted: the Selection of cases that should be listed.
        pane_shown: the code of the pane now seen.
    """

    case_wanted = Signal(object)
    cases_wanted = Signal(object)
    pane_shown = Signal(str)

    def __init__(
        self,
        theme: Theme,
        hub: AuditHub,
        figures: FindingsModel,
        actions: Actions,
        background: Background,
        parent: QWidget | None = None,
        entries: Sequence[PaneEntry] = PANES,
    ) -> None:
        super().__init__(parent)
        self._parts = (theme, hub, figures, actions, background)
        self._theme = theme
        self._entries = tuple(entries)
        self._panes: dict[str, Any] = {}
        self.setAccessibleName(_("Findings"))
        self.page_buttons = (
            PushButton(theme, _("Export workbook"), "secondary", "table-2"),
            PushButton(theme, _("Export report"), "primary", "file-down"),
        )
        for button, action in zip(self.page_buttons, (actions.export_workbook, actions.export_report), strict=True):
            button.setToolTip(action.toolTip())
            button.clicked.connect(action.trigger)
        self.tabs = TextTabs(theme, [_(entry.words) for entry in self._entries], _("Parts of the findings"))
        self.stack = QStackedWidget()
        self._arrange()
        self._code = self._entries[0].code
        self.tabs.currentChanged.connect(self._turn)
        for key, step in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda by=step: self._step(by))
        theme.changed.connect(self._dress)
        self._dress()

    @property
    def code(self) -> str:
        """The code of the pane chosen."""
        return self._code

    def shown(self) -> None:
        """Show the pane chosen, and bring it up to date."""
        self._show(self._code)

    def hasHeightForWidth(self) -> bool:
        """Fit the window: the panes scroll inside."""
        return False

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while the page was away."""
        super().showEvent(event)
        if self._code in self._panes:
            self._panes[self._code].shown()

    def show_pane(self, code: str) -> None:
        """Choose a pane by its code, as its tab does."""
        self.tabs.setCurrentIndex([entry.code for entry in self._entries].index(code))

    def pane(self, code: str) -> Any:
        """Return a pane, built if need be."""
        if code not in self._panes:
            entry = next(entry for entry in self._entries if entry.code == code)
            made = entry.load()(*self._parts)
            made.case_wanted.connect(self.case_wanted)
            made.cases_wanted.connect(self.cases_wanted)
            self._panes[code] = made
            self.stack.addWidget(made)
        return self._panes[code]

    def flush(self) -> None:
        """Save what has been typed in any pane and not yet been saved."""
        for pane in self._panes.values():
            pane.flush()

    def unsaved(self) -> list[UnsavedText | UnsavedComment]:
        """Return what stands on screen in any pane and is not in the file."""
        return [text for pane in self._panes.values() for text in pane.unsaved()]

    @property
    def is_begun(self) -> bool:
        """Whether words stand in a form of any pane that nobody has sent off yet."""
        return any(getattr(pane, "is_begun", False) for pane in self._panes.values())

    def end(self) -> None:
        """The audit is about to be closed: let every pane stop what it does beside the window."""
        for pane in self._panes.values():
            pane.end()

    def place(self) -> dict[str, object]:
        """Return which pane is shown, for `restore`."""
        return {"pane": self._code}

    def restore(self, place: Mapping[str, object]) -> None:
        """Begin with the pane that was shown last."""
        codes = [entry.code for entry in self._entries]
        if place.get("pane") in codes:
            self._code = str(place["pane"])
            self.tabs.blockSignals(True)
            self.tabs.setCurrentIndex(codes.index(self._code))
            self.tabs.blockSignals(False)

    def _turn(self, place: int) -> None:
        if self._code in self._panes:
            self._panes[self._code].flush()
        self._show(self._entries[place].code)
        self.pane_shown.emit(self._code)

    def _step(self, by: int) -> None:
        """Go to the next tab; the keyboard goes along unless the tabs have it."""
        at_tabs = self.tabs.hasFocus()
        self.tabs.setCurrentIndex((self.tabs.currentIndex() + by) % self.tabs.count())
        if not at_tabs:
            self._panes[self._code].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, code: str) -> None:
        self._code = code
        pane = self.pane(code)
        self.stack.setCurrentWidget(pane)
        self.setFocusProxy(pane)
        pane.shown()

    def _arrange(self) -> None:
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addWidget(self.tabs)
        self._column.addWidget(self.stack, 1)

    def _dress(self) -> None:
        px = self._theme.px
        self._column.setContentsMargins(px(20), px(12), px(14), px(14))
        self._column.setSpacing(px(10))
