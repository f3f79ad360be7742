"""The left pane: search, filters with their counts, and the cases; or what the search found."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QVBoxLayout, QWidget

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.worklist import QueueChoice, QueueFilter
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.models.worklist_model import WorklistModel
from ncpi_desktop.ui.pages.review.case_list import CaseList
from ncpi_desktop.ui.pages.review.flow_row import FlowRow
from ncpi_desktop.ui.pages.review.hit_delegate import HitDelegate
from ncpi_desktop.ui.pages.review.hits_model import HitsModel
from ncpi_desktop.ui.pages.review.queue_delegate import QueueDelegate
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.card import Card
from ncpi_desktop.ui.widgets.grade_look import GradeLook
from ncpi_desktop.ui.widgets.search_field import SearchField
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.ui.widgets.toggle_chip import ToggleChip
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows import browsing

_SEARCH_WAITS: Final = 120
"""Milliseconds after the last key before the search runs by itself."""

_CHIPS: Final = (
    *(QueueChoice.ALL, QueueChoice.TO_DO, QueueChoice.MINE, QueueChoice.SECOND),
    *(QueueChoice.SUBMITTED, QueueChoice.NOT_SURE, QueueChoice.PARKED),
)
_SHOWN_WHEN_NEEDED: Final = (QueueChoice.SECOND, QueueChoice.NOT_SURE, QueueChoice.PARKED)


class QueuePane(Card):
    """Finds a case.

    Signals:
        case_chosen: a case, and the key of the entry to show of it, or None.
        left: Enter was pressed on a case: the person wants to read it.
    """

    case_chosen = Signal(object, object)
    left = Signal()

    def __init__(
        self, theme: Theme, hub: AuditHub, looks: Mapping[str, GradeLook], parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, padding=12, parent=parent)
        self._hub = hub
        self.model = WorklistModel(hub, self)
        self.hits = HitsModel(hub, self)
        self.search_field = SearchField(theme, _("Search cases"), "Ctrl+F", parent=self)
        self.list = CaseList(_("Cases"), self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(QueueDelegate(theme, looks, self.list))
        self.list.set_empty_words(_("No case is in this list now."))
        self.hit_list = CaseList(_("Search results"), self)
        self.hit_list.setModel(self.hits)
        self.hit_list.setItemDelegate(HitDelegate(theme, self.hit_list))
        self.found_words = TextLabel(theme, "", role="caption", tone="muted", wrap=True)
        self._searching = QTimer(self)
        self._searching.setSingleShot(True)
        self._searching.setInterval(_SEARCH_WAITS)
        self._arrange()
        self._make_chips(theme)
        self._connect()
        theme.changed.connect(self._measure_rows)
        self.count_anew()

    def count_anew(self) -> None:
        """Look at the counts of the filters again."""
        counts = browsing.queue_counts(self._hub.session)
        for choice, chip in self.chips.items():
            chip.set_words(choice_words(choice, counts[choice]))
            if choice in _SHOWN_WHEN_NEEDED:
                needed = counts[choice] > 0 or chip.isChecked()
                if chip.isHidden() == needed:
                    chip.setVisible(needed)

    def show_case(self, position: int) -> None:
        """Mark the case at a queue position where the filter shows it."""
        self.list.show_row(self.model.row_of_position(position))

    def choose(self, choice: QueueChoice) -> None:
        """Use another filter."""
        person = self._hub.session.person
        self.chips[choice].setChecked(True)
        self.model.set_filter(QueueFilter(choice, person.key if person else None))
        self._measure_rows()

    @property
    def is_searching(self) -> bool:
        """Whether hits are shown instead of the queue."""
        return self._stack.currentWidget() is self._hits_page

    def focus_list(self) -> None:
        """Bring the keyboard to the list that is shown."""
        (self.hit_list if self.is_searching else self.list).setFocus(Qt.FocusReason.OtherFocusReason)

    def search_now(self) -> None:
        """Search for what stands in the field; an empty one brings the queue back."""
        self._searching.stop()
        words = self.search_field.text()
        if not words.strip():
            self._stack.setCurrentWidget(self.list)
            return
        self.hits.search(words)
        self._stack.setCurrentWidget(self._hits_page)
        self.found_words.setText(self._found_words())
        self.hit_list.scrollToTop()
        if self.hits.rowCount():
            self.hit_list.setCurrentIndex(self.hits.index(0))

    def end_search(self) -> None:
        """Bring the queue back."""
        self.search_field.clear()
        self.search_now()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape ends the search; Down in the field goes into the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.end_search()
            self.focus_list()
        elif event.key() == Qt.Key.Key_Down and self.search_field.hasFocus():
            self.search_now()
            self.focus_list()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Escape in the field end the search in one press, not only empty the field."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.keyPressEvent(event)
            return True
        return False

    def _found_words(self) -> str:
        count = self.hits.rowCount()
        if not count:
            return _("Nothing holds all these words. Esc brings the queue back.")
        if self.hits.has_more:
            return _("The first {count} places; more as you scroll").format(count=count)
        return ngettext("{count} place", "{count} places", count).format(count=count)

    def _choose_row(self, row: int) -> None:
        line = self.model.line(row)
        if line is not None:
            self.case_chosen.emit(line.case, None)

    def _choose_hit(self, row: int) -> None:
        hit = self.hits.hit(row)
        if hit is not None:
            self.case_chosen.emit(CaseKey(hit.case), hit.entry)

    def _enter_from_field(self) -> None:
        if self.hits.words != self.search_field.text() or not self.is_searching:
            self.search_now()
        first = self.hits.hit(0) if self.is_searching else None
        if first is None:
            return
        self.hit_list.show_row(0)
        if first.where == "reference":
            self._enter_hit(0)
        else:
            self.focus_list()

    def _arrange(self) -> None:
        self.body.setContentsMargins(12, 12, 6, 8)
        self.body.setSpacing(8)
        self._chip_row = FlowRow(6, self)
        self._hits_page = QWidget(self)
        above = QVBoxLayout()
        above.setContentsMargins(0, 0, 6, 0)
        above.setSpacing(8)
        above.addWidget(self.search_field)
        above.addWidget(self._chip_row)
        self.body.addLayout(above)
        page = QVBoxLayout(self._hits_page)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(4)
        page.addWidget(self.found_words)
        page.addWidget(self.hit_list, 1)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._hits_page)
        self.body.addWidget(self._stack, 1)

    def _make_chips(self, theme: Theme) -> None:
        self.chips: dict[QueueChoice, ToggleChip] = {}
        self._group = QButtonGroup(self)
        for choice in _CHIPS:
            chip = ToggleChip(theme, "", self)
            chip.clicked.connect(lambda _checked=False, choice=choice: self.choose(choice))
            self._group.addButton(chip)
            self.chips[choice] = chip
        self._chip_row.hold(list(self.chips.values()))
        self.chips[QueueChoice.ALL].setChecked(True)

    def _connect(self) -> None:
        self.search_field.installEventFilter(self)
        self._searching.timeout.connect(self.search_now)
        self.search_field.textEdited.connect(lambda _text: self._searching.start())
        self.search_field.textChanged.connect(lambda text: self.search_now() if not text else None)
        self.search_field.returnPressed.connect(self._enter_from_field)
        self.list.row_chosen.connect(self._choose_row)
        self.list.row_entered.connect(lambda _row: self.left.emit())
        self.list.row_pressed.connect(self._choose_row)
        self.hit_list.row_pressed.connect(self._choose_hit)
        self.hit_list.row_entered.connect(self._enter_hit)

    def _enter_hit(self, row: int) -> None:
        self._choose_hit(row)
        self.left.emit()

    def _measure_rows(self) -> None:
        self.list.doItemsLayout()
        self.hit_list.doItemsLayout()


def choice_words(choice: QueueChoice, count: int) -> str:
    """Return a filter with its count, such as *To do 16*."""
    return {
        QueueChoice.ALL: _("All {count}"),
        QueueChoice.TO_DO: _("To do {count}"),
        QueueChoice.MINE: _("Mine {count}"),
        QueueChoice.NOT_SURE: _("Not sure {count}"),
        QueueChoice.PARKED: _("Parked {count}"),
        QueueChoice.SUBMITTED: _("Submitted {count}"),
        QueueChoice.SECOND: _("To re-read {count}"),
    }[choice].format(count=f"{count:,}")
