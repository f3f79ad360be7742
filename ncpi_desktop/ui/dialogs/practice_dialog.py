"""The practice set: its cases and how far one has come, one's result, and for a team lead everybody's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.domain.moderation.calibration_words import detail_words, result_sentence, who_words
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.ui.calm_table import make_calm
from ncpi_desktop.ui.dialogs.form_dialog import FormDialog
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _
from ncpi_desktop.workflows import practising
from ncpi_desktop.workflows.practice_sets import bring_practice_set, holds_practice_set
from ncpi_desktop.workflows.session import AuditSession, Changed

_LINE: Final = 32
_GAP: Final = 18
_CASES_SHOWN: Final = 6
_READERS_SHOWN: Final = 5


class PracticeDialog(FormDialog):
    """Lists the cases; `chosen` is the one to read, None where the dialog was only closed."""

    def __init__(self, theme: Theme, hub: AuditHub, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("Practice set"), 700, parent)
        self._hub = hub
        self._lines: tuple[practising.PracticeLine, ...] = ()
        self._newest: list[practising.ReaderResult] = []
        self.chosen: CaseKey | None = None
        told = _(
            "Invented cases with agreed answers. You read them as any case, and see the agreed answer once yours is handed in; the"
            " first answer counts. Nothing of it goes into any figure of the inspection."
        )
        self.body.addWidget(TextLabel(theme, told, tone="muted", wrap=True))
        self.cases = self._table(_("Practice cases"), [_("Case"), _("Area"), _("State")])
        self.cases.activated.connect(lambda _index: self.read_chosen())
        self.said = TextLabel(theme, wrap=True)
        self.readers = self._table(_("Results"), [_("Reader"), _("Result in the newest round")])
        self.readers.currentCellChanged.connect(lambda row, *_rest: self._follow_reader(row))
        for widget in (self.cases, self.said, self.readers):
            self.body.addWidget(widget, int(widget is self.readers))
        self.bring_button = PushButton(theme, _("Bring in the practice set"), "secondary", "graduation-cap")
        self.bring_button.clicked.connect(self.bring_set_in)
        row = QHBoxLayout()
        row.addWidget(self.bring_button)
        row.addStretch(1)
        self.body.addLayout(row)
        self.body.addStretch(0)
        self.close_button = self.add_button(_("Close"))
        self.close_button.clicked.connect(self.accept)
        self.read_button = self.add_button(_("Read"), primary=True)
        self.read_button.clicked.connect(self.read_chosen)
        for button in (self.bring_button, self.close_button, self.read_button):
            button.setDefault(False)
            button.setAutoDefault(False)
        self.fit(690)
        self._fill()
        (self.cases if self._lines else self.close_button).setFocus()

    def read_chosen(self) -> None:
        """Close, and let the chosen case be read."""
        place = self.cases.currentRow()
        if 0 <= place < len(self._lines):
            self.chosen = self._lines[place].case.case
            self.accept()

    def bring_set_in(self) -> None:
        """Bring the set in that comes with the program; say why where that is refused."""

        def bring(session: AuditSession) -> Changed:
            return bring_practice_set(session).changed

        try:
            self._hub.attempt(bring)
        except KnownError as error:
            self.complain(str(error), self.bring_button)
            return
        self.notice.hide()
        self._fill()
        self.cases.setFocus()

    def _fill(self) -> None:
        session = self._hub.session
        self._lines = practising.practice_lines(session)
        areas = session.methodology.area_by_code
        rows = [(line.case.reference, areas[line.case.area].label, line.row.state.label) for line in self._lines]
        self._put(self.cases, rows)
        next_place = next((place for place, line in enumerate(self._lines) if not line.is_handed_in), 0)
        if rows:
            self.cases.selectRow(next_place)
        self._show_rows(self.cases, min(len(rows), _CASES_SHOWN))
        self.cases.setVisible(bool(rows))
        self.read_button.setEnabled(bool(rows))
        self.said.setText(self._own_words())
        self._fill_readers()
        may_bring = not session.read_only and session.may(Action.ADD_PRACTICE)
        self.bring_button.setVisible(may_bring and not holds_practice_set(session))

    def _own_words(self) -> str:
        if not self._lines:
            return _("This audit has no practice set yet. A team lead brings one in.")
        held = practising.own_result(self._hub.session)
        if held is None:
            return _("Say who is working to read the practice cases and to see your result.")
        return self._told(_("Your result: {result}"), held)

    def _told(self, words: str, held: practising.ReaderResult) -> str:
        details = detail_words(held.result, self._hub.session.methodology)
        told = words.format(reader=who_words(held.person), result=result_sentence(held.result))
        return f"{told}\n{details}" if details else told

    def _follow_reader(self, row: int) -> None:
        """Show the whole result of the reader that a team lead has chosen, in place of their own."""
        if 0 <= row < len(self._newest) and self.readers.hasFocus():
            self.said.setText(self._told(_("{reader}: {result}"), self._newest[row]))

    def _fill_readers(self) -> None:
        found = practising.practice_results(self._hub.session)
        newest = [held for held in found if held.round == found[0].round] if found else []
        self._newest = newest
        self._put(self.readers, [(who_words(held.person), result_sentence(held.result)) for held in newest])
        self._show_rows(self.readers, min(len(newest), _READERS_SHOWN))
        self.readers.setVisible(len(newest) > 1)

    def _show_rows(self, table: QTableWidget, count: int) -> None:
        """Let a table be as high as so many lines, however large the text."""
        table.resizeColumnToContents(0)
        table.setColumnWidth(0, table.columnWidth(0) + self.theme.px(_GAP))
        heights = [table.verticalHeader().sectionSize(row) for row in range(count)]
        head = table.horizontalHeader().sizeHint().height()
        table.setFixedHeight(sum(heights) + head + 2 * table.frameWidth() + self.theme.px(4))

    @staticmethod
    def _put(table: QTableWidget, rows: Sequence[tuple[str, ...]]) -> None:
        table.setRowCount(len(rows))
        for row, cells in enumerate(rows):
            for column, words in enumerate(cells):
                shown = QTableWidgetItem(words)
                shown.setToolTip(words)
                table.setItem(row, column, shown)

    def _table(self, name: str, headings: list[str]) -> QTableWidget:
        table = QTableWidget(0, len(headings))
        table.setHorizontalHeaderLabels(headings)
        table.setAccessibleName(name)
        make_calm(table)
        table.setFont(self.theme.font())
        table.setWordWrap(True)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.verticalHeader().setMinimumSectionSize(self.theme.px(_LINE))
        header = table.horizontalHeader()
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
        header.setStretchLastSection(False)
        for column in range(2, len(headings)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        return table
