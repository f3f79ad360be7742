"""Every change that was ever made: who, when, what, why, and the values before and after. A value is brought back from here."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QItemSelection, Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QStackedWidget,
    QTableView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.ui.calm_table import make_calm
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.models.history_model import CASE, WHAT, WHEN, WHO, WHY, HistoryModel
from ncpi_desktop.ui.models.history_words import ValueLine, value_lines
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.card import Card
from ncpi_desktop.ui.widgets.choice_field import ChoiceField
from ncpi_desktop.ui.widgets.empty_state import EmptyState
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.search_field import SearchField
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows import browsing
from ncpi_desktop.workflows.referring import case_with
from ncpi_desktop.workflows.restoring import can_be_restored, restore_from_step
from ncpi_desktop.workflows.reviewing import lay_on_desk

_WIDTHS: Final = {WHEN: 170, WHO: 160, CASE: 100, WHAT: 460}
_REST_MS: Final = 250
_BEFORE, _AFTER = 1, 2


class HistoryPage(QWidget):
    """The list of steps, and below it what the chosen one replaced."""

    def __init__(self, theme: Theme, hub: AuditHub, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hub = hub
        self._stale = True
        self.page_buttons = ()
        self.setAccessibleName(_("History"))
        self.model = HistoryModel(hub.session, self)
        self.person = ChoiceField(theme, _("Person"))
        self.case = SearchField(theme, _("Case reference"), accessible_name=_("Case"))
        self._lines: list[ValueLine] = []
        self.restore_button = PushButton(theme, _("&Restore this value"), "secondary", "undo-2")
        self.restore_button.setEnabled(False)
        self.restore_button.clicked.connect(self.restore_value)
        self.table = self._table()
        self.values = self._values()
        self._either = QStackedWidget()
        self.empty = EmptyState(theme, "history", _("Every change to this audit will stand here."))
        for widget in (self.table, self.empty):
            self._either.addWidget(widget)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._filter)
        self._arrange()
        self.person.currentIndexChanged.connect(lambda _place: self._filter())
        self.case.textChanged.connect(lambda _text: self._rest.start())
        hub.changed.connect(lambda _changed: self._note())
        hub.person_changed.connect(self._note_person)
        theme.changed.connect(self._dress)
        self._dress()

    def shown(self) -> None:
        """Bring the list up to date."""
        if self._stale:
            self._fill_people()
            self._filter()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while the page was away."""
        super().showEvent(event)
        self.shown()

    def chosen_case(self) -> CaseKey | None:
        """Return the case that the chosen step is about."""
        rows = self.table.selectionModel().selectedRows() if self._either.currentWidget() is self.table else []
        identity = self.model.change_at(rows[0].row()).case_identity if rows else ""
        return self._hub.ask(lambda session: case_with(session, identity)) if identity else None

    def _note(self) -> None:
        self._stale = True
        if self.isVisible():
            self._rest.start()

    def _note_person(self) -> None:
        """Show at once what is open to who works here now: nothing that was open to somebody else stays on screen."""
        self._stale = True
        if self.isVisible():
            self.shown()

    def _fill_people(self) -> None:
        names = [person.name for person in self._hub.session.people]
        chosen = self.person.currentData()
        self.person.blockSignals(True)
        self.person.clear()
        self.person.addItem(_("Everyone"), "")
        for name in names:
            self.person.addItem(name, name)
        self.person.setCurrentIndex(max(0, self.person.findData(chosen)))
        self.person.blockSignals(False)
        self.person.updateGeometry()

    def _filter(self) -> None:
        self._rest.stop()
        self._stale = False
        reference = self.case.text().strip()
        identity = self._identity_of(reference)
        self.values.setRowCount(0)
        if reference and not identity:
            self._say(_("There is no case “{reference}”.").format(reference=reference))
            return
        self.model.show(identity, self.person.currentData() or "")
        if self.model.rowCount() == 0:
            self._say(_("No change fits these filters."))
            return
        self._either.setCurrentWidget(self.table)
        rows = self.model.rowCount()
        more = "+" if self.model.canFetchMore() else ""
        self.counted.setText(ngettext("{n} step", "{n} steps", rows).format(n=f"{rows}{more}"))
        self.table.selectRow(0)

    def _identity_of(self, reference: str) -> str:
        if not reference:
            return ""
        session = self._hub.session
        case = browsing.case_called(session, reference) or browsing.case_called(session, reference.upper())
        desk = self._hub.ask(lambda held: lay_on_desk(held, case)) if case is not None else None
        return desk.case.identity if desk is not None else ""

    def _say(self, sentence: str) -> None:
        self.counted.setText("")
        self.empty.set_sentence(sentence)
        self._either.setCurrentWidget(self.empty)

    def _show_values(self, selected: QItemSelection, _deselected: QItemSelection) -> None:
        rows = selected.indexes()
        if not rows:
            self.values.setRowCount(0)
            return
        change = self.model.change_at(rows[0].row())
        session = self._hub.session
        values = self._hub.ask(lambda session: browsing.values_of_step(session, change.step)) or []
        lines = value_lines(values, session.methodology, session.people)
        self.values.setRowCount(len(lines))
        self._lines = lines
        for row, line in enumerate(lines):
            for column, words in enumerate(line[:3]):
                shown = QTableWidgetItem(words)
                shown.setToolTip(words[:2000])
                shown.setTextAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
                self.values.setItem(row, column, shown)
        if len(lines) <= 20:
            self.values.resizeRowsToContents()
        first = next((row for row, line in enumerate(lines) if _can_be_restored(line)), None)
        if first is not None:
            self.values.setCurrentCell(first, _BEFORE)
        self._see_whether_restorable()

    def restore_value(self) -> None:
        """Bring the value of the chosen cell back: as it was before the step, or as the step left it."""
        row, column = self.values.currentRow(), self.values.currentColumn()
        rows = self.table.selectionModel().selectedRows()
        value = self._lines[row].value if 0 <= row < len(self._lines) else None
        if value is None or not rows or not self.restore_button.isEnabled():
            return
        step = self.model.change_at(rows[0].row()).step
        after = column == _AFTER
        self._hub.do(lambda session: restore_from_step(session, step, value, after=after))

    def _see_whether_restorable(self) -> None:
        row, column = self.values.currentRow(), self.values.currentColumn()
        fits = 0 <= row < len(self._lines) and _can_be_restored(self._lines[row]) and column in (_BEFORE, _AFTER)
        self.restore_button.setEnabled(fits and not self._hub.session.read_only)

    def _table(self) -> QTableView:
        table = QTableView(self)
        table.setModel(self.model)
        table.setAccessibleName(_("History"))
        table.setProperty("frameless", True)
        make_calm(table)
        table.setWordWrap(False)
        selection = table.selectionModel()
        selection.selectionChanged.connect(self._show_values)
        header = table.horizontalHeader()
        header.setSectionResizeMode(WHY, QHeaderView.ResizeMode.Stretch)
        return table

    def _values(self) -> QTableWidget:
        table = QTableWidget(0, 3, self)
        table.setHorizontalHeaderLabels([_("Value"), _("Before"), _("After")])
        table.setAccessibleName(_("Values before and after"))
        table.setProperty("frameless", True)
        make_calm(table)
        table.setWordWrap(True)
        header = table.horizontalHeader()
        for column in (_BEFORE, _AFTER):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)  # before or after, by arrow key
        table.currentCellChanged.connect(lambda *_places: self._see_whether_restorable())
        return table

    def _arrange(self) -> None:
        self.counted = TextLabel(self._theme, tone="muted")
        filters = QHBoxLayout()
        filters.setSpacing(14)
        filters.addWidget(self.case)
        filters.addWidget(self.person)
        filters.addStretch(1)
        filters.addWidget(self.counted)
        steps = Card(self._theme, padding=14)
        steps.body.addLayout(filters)
        steps.body.addWidget(self._either, 1)
        details = Card(self._theme, _("What the chosen step changed"), padding=14)
        details.body.addWidget(self.values, 1)
        below = QHBoxLayout()
        said = _(
            "Choose a value before or after, and bring it back as it was. That is a change of its own, which undo takes back."
        )
        below.addWidget(TextLabel(self._theme, said, role="caption", tone="muted", wrap=True), 1)
        below.addWidget(self.restore_button)
        details.body.addLayout(below)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.setSpacing(14)
        layout.addWidget(steps, 3)
        layout.addWidget(details, 2)

    def _dress(self) -> None:
        px = self._theme.px
        self.case.setFixedWidth(px(220))
        for column, width in _WIDTHS.items():
            self.table.setColumnWidth(column, px(width))
        self.values.setColumnWidth(0, px(190))
        for table in (self.table, self.values):
            table.setFont(self._theme.font())
            table.verticalHeader().setDefaultSectionSize(px(30))


def _can_be_restored(line: ValueLine) -> bool:
    return line.value is not None and can_be_restored(line.value)
