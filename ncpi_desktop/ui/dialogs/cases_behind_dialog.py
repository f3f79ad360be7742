"""The cases behind a figure: a list that fills page by page, from which each case opens in Review."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHeaderView, QTableView, QWidget

from ncpi_desktop.domain.casework.worklist import QueueChoice
from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.domain.findings.case_behind import CasesBehindPage
from ncpi_desktop.domain.findings.selection import Selection
from ncpi_desktop.domain.findings.selection_words import selection_words
from ncpi_desktop.ui.background import Background
from ncpi_desktop.ui.beside import Beside
from ncpi_desktop.ui.calm_table import make_calm
from ncpi_desktop.ui.dialogs.form_dialog import FormDialog
from ncpi_desktop.ui.models.cases_behind_model import FULL_WORDS_UP_TO, CasesBehindModel
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows import browsing, tracing
from ncpi_desktop.workflows.session import AuditSession

LARGE: Final = 3_000
"""From so many cases on the list is read beside the window."""


@dataclass(frozen=True, slots=True)
class _Opened:
    """What the dialog shows first."""

    count: int
    closed: int
    page: CasesBehindPage


class CasesTable(QTableView):
    """The list. Enter opens the case, as a double click does.

    Signals:
        entered_row: the row whose case should be opened.
    """

    entered_row = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, or move as tables do."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_row.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)


class CasesBehindDialog(FormDialog):
    """Lists the cases that `selection` names; `of` is how many the figure is of, where it is of something larger.

    Signals:
        case_wanted: the key of the case to open in Review; the dialog has closed.
    """

    case_wanted = Signal(object)

    def __init__(
        self,
        theme: Theme,
        background: Background,
        session: AuditSession,
        selection: Selection,
        *,
        of: int | None = None,
        large: int = LARGE,
        parent: QWidget | None = None,
    ) -> None:
        words = selection_words(selection, session.methodology)
        super().__init__(theme, words[:1].upper() + words[1:], 820, parent)
        self._selection = selection
        self._of = of
        self._ended = False
        self._beside = Beside(background, session, browsing.queue_counts(session)[QueueChoice.ALL] >= large)
        self.count = TextLabel(theme, _("Reading…"), role="card_title", wrap=True)
        self.closed = TextLabel(theme, tone="muted", wrap=True)
        self.closed.hide()
        self.model = CasesBehindModel(theme, session.methodology, self._read_page, self)
        self.table = self._table()
        self.body.addWidget(self.count)
        self.body.addWidget(self.closed)
        self.body.addWidget(self.table, 1)
        self.open_button = self.add_button(_("&Open case"), primary=True)
        self.open_button.clicked.connect(lambda: self.open_row(self.table.currentIndex().row()))
        self.open_button.setEnabled(False)
        close = self.add_button(_("Close"))
        close.clicked.connect(self.reject)
        self.fit(600)
        self.table.setFocus()
        self._read_first()

    def open_row(self, row: int) -> None:
        """Close, and ask for the case of a row."""
        line = self.model.line_at(row)
        if line is not None:
            self.accept()
            self.case_wanted.emit(line.case)

    def done(self, result: int) -> None:
        """Stop what is still being read when the dialog goes."""
        self._ended = True
        if self._beside.is_working:
            self._beside.stop()
        super().done(result)

    def _read_first(self) -> None:
        selection = self._selection

        def read(session: AuditSession) -> _Opened:
            return _Opened(
                tracing.count_behind(session, selection),
                tracing.closed_behind(session, selection),
                tracing.cases_behind(session, selection),
            )

        self._beside.run(_("Looking for the cases…"), read, self._show_first, self._refuse, self._stopped)

    def _read_page(self, after: int) -> None:
        selection = self._selection

        def read(session: AuditSession) -> CasesBehindPage:
            return tracing.cases_behind(session, selection, after)

        self._beside.run(_("Looking for the cases…"), read, self._show_page, self._refuse, self._stopped)

    def _show_first(self, opened: _Opened) -> None:
        if self._ended:
            return
        self.count.setText(count_words(opened.count, self._of))
        self.closed.setText(closed_words(opened.closed))
        self.closed.setVisible(bool(opened.closed))
        self._show_page(opened.page)

    def _show_page(self, page: CasesBehindPage) -> None:
        if self._ended:
            return
        self.model.add_page(page)
        if not self.model.rowCount() and self.model.canFetchMore(QModelIndex()):
            self.model.fetchMore(QModelIndex())  # all of this page are closed
        if self.model.rowCount() and not self.table.currentIndex().isValid():
            self.table.selectRow(0)
        self.open_button.setEnabled(self.model.rowCount() > 0)

    def _refuse(self, error: KnownError) -> None:
        if not self._ended:
            self.count.setText("")
            self.complain(str(error))

    def _stopped(self) -> None:
        if not self._ended:
            self.notice.show_notice(_("Cancelled: the list is not complete."), tone="neutral")

    def _table(self) -> CasesTable:
        table = CasesTable()
        table.setModel(self.model)
        table.setAccessibleName(_("Cases behind the figure"))
        make_calm(table)
        table.setFont(self.theme.font())
        table.setIconSize(self.theme.icon_size())
        table.setMinimumHeight(self.theme.px(220))
        table.verticalHeader().setDefaultSectionSize(self.theme.px(30))
        grade = 190 if self.theme.text_scale <= FULL_WORDS_UP_TO else 135
        for column, width in ((0, 100), (2, grade), (3, grade)):
            table.setColumnWidth(column, self.theme.px(width))
        table.horizontalHeader().setMinimumSectionSize(self.theme.px(90))
        table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        table.entered_row.connect(self.open_row)
        table.doubleClicked.connect(self._open_index)
        return table

    def _open_index(self, index: QModelIndex | QPersistentModelIndex) -> None:
        self.open_row(index.row())


def count_words(count: int, of: int | None) -> str:
    """Return how many cases there are, and of how many."""
    if of is None:
        return ngettext("{n} case", "{n} cases", count).format(n=f"{count:,}")
    return ngettext("{n} of {of} case", "{n} of {of} cases", of).format(n=f"{count:,}", of=f"{of:,}")


def closed_words(closed: int) -> str:
    """Return how many cases are left out because they are closed to the reader; empty where none is."""
    if not closed:
        return ""
    return ngettext(
        "{n} of these is closed to you, as you may have to read it again, and is not listed.",
        "{n} of these are closed to you, as you may have to read them again, and are not listed.",
        closed,
    ).format(n=f"{closed:,}")
