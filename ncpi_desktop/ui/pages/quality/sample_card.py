"""The card at the left: the sample, and its cases by what each waits for."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListView, QWidget

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.ui.pages.quality.sample_delegate import SampleDelegate
from ncpi_desktop.ui.pages.quality.sample_model import Group, More, SampleModel
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.card import Card
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _
from ncpi_desktop.workflows.quality_list import ListedCase


class SampleView(QListView):
    """The list. Enter asks for what is done with a case; Escape for all cases again.

    Signals:
        entered_row: Enter was pressed on a case or on *Show more*; its row.
        left: Escape was pressed.
    """

    entered_row = Signal(int)
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask, or move as lists do."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_row.emit(self.currentIndex().row())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._go_to_end(first=event.key() == Qt.Key.Key_Home)
        else:
            super().keyPressEvent(event)

    def _go_to_end(self, *, first: bool) -> None:
        """Choose the first or last line that can be chosen: Qt would stop at a heading."""
        rows = range(self.model().rowCount())
        for row in rows if first else reversed(rows):
            index = self.model().index(row, 0)
            if index.flags() & Qt.ItemFlag.ItemIsEnabled:
                self.setCurrentIndex(index)
                return


class SampleCard(Card):
    """What was drawn, the list, and a button to draw more.

    Signals:
        case_chosen: the ListedCase now chosen; None where there is none.
        case_entered: the ListedCase on which Enter was pressed.
        all_wanted: all cases are wanted again, after those of one cell of the matrix.
        sample_wanted: another sample is to be drawn.
    """

    case_chosen = Signal(object)
    case_entered = Signal(object)
    all_wanted = Signal()
    sample_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("Re-review sample"), padding=12, parent=parent)
        self.words = TextLabel(theme, role="caption", tone="muted", wrap=True)
        self.all_button = PushButton(theme, _("Show all cases"), "link", key_hint="Esc")
        self.all_button.clicked.connect(lambda: self.all_wanted.emit())
        self.all_button.hide()
        self.model = SampleModel(self)
        self.list = SampleView(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(SampleDelegate(theme, self.list))
        self.list.setAccessibleName(_("Cases read twice"))
        self.list.setProperty("frameless", True)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setUniformItemSizes(True)
        self.list.viewport().setAutoFillBackground(False)
        self.list.entered_row.connect(self._enter)
        self.list.left.connect(self._leave)
        self.list.doubleClicked.connect(lambda index: self._enter(index.row()))
        self.list.selectionModel().currentChanged.connect(self._choose)
        self.draw_button = PushButton(theme, _("Draw another sample…"))
        self.draw_button.setToolTip("Ctrl+Shift+D")
        self.draw_button.clicked.connect(lambda: self.sample_wanted.emit())
        self.body.addWidget(self.words)
        self.body.addWidget(self.all_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.list, 1)
        self.body.addWidget(self.draw_button)
        theme.changed.connect(self.list.doItemsLayout)

    def show_groups(self, words: str, groups: list[Group], *, some: bool, keep: CaseKey | None = None) -> None:
        """Show groups below `words`; `some` says that these are only some of the cases.

        With `keep` the same list is shown as it is now, and that case stays chosen, or none where it is on a page that was not read.
        """
        self.words.setText(words)
        self.all_button.setVisible(some)
        chosen = self.chosen()
        held = keep if keep is not None or chosen is None else chosen.line.case
        self.list.selectionModel().blockSignals(True)
        self.model.show_groups(groups)
        row = self.model.row_of(held) if held is not None else None
        self._select(row if row is not None or keep is not None else self.model.first_case())
        self.list.selectionModel().blockSignals(False)
        self.list.viewport().update()
        if keep is None and self.chosen() != chosen:
            self.case_chosen.emit(self.chosen())

    def chosen(self) -> ListedCase | None:
        """Return the case now chosen."""
        return self.model.case_at(self.list.currentIndex().row())

    def choose(self, case: CaseKey) -> bool:
        """Choose a case; return whether it is in the list. Where it is not, none is chosen."""
        row = self.model.row_of(case)
        self._select(row)
        return row is not None

    def _select(self, row: int | None) -> None:
        if row is None:
            self.list.selectionModel().clear()
        else:
            index = self.model.index(row)
            self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.list.scrollTo(index)

    def _choose(self, current: QModelIndex, _before: QModelIndex) -> None:
        found = self.model.case_at(current.row())
        if found is not None:
            self.case_chosen.emit(found)

    def _enter(self, row: int) -> None:
        found = self.model.row_at(row)
        if isinstance(found, ListedCase):
            self.case_entered.emit(found)
        elif isinstance(found, More):
            self.model.read_more(row)
            self._select(row)

    def _leave(self) -> None:
        if not self.all_button.isHidden():
            self.all_wanted.emit()
