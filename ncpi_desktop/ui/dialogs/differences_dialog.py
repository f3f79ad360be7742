"""What differs between the open audit and a backup, with now and then; one value at a time is brought back."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QPlainTextEdit,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.domain.grading.difference_words import facet_value_words, facet_words
from ncpi_desktop.domain.record.backup import Backup, BackupPlace, Occasion
from ncpi_desktop.ui.background import Background, Tick
from ncpi_desktop.ui.calm_table import make_calm
from ncpi_desktop.ui.dialogs.form_dialog import FormDialog
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.ui.work_bar import WorkBar
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows.keeping_backups import keep_backup
from ncpi_desktop.workflows.kept_backups import needs_backup, order_for, time_of
from ncpi_desktop.workflows.laying_beside import CaseDifference
from ncpi_desktop.workflows.restoring import bring_back

_CASE, _WHAT, _NOW, _THEN = range(4)
_SHOWN: Final = 200
"""So many characters of a long text stand in its cell; the whole of it stands below."""


class DifferencesDialog(FormDialog):
    """Lists `found`; before the first value is brought back the audit is backed up, if it changed since the last backup."""

    def __init__(
        self,
        theme: Theme,
        background: Background,
        hub: AuditHub,
        place: BackupPlace,
        backup: Backup,
        found: list[CaseDifference],
        more: int = 0,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, _("What differs from this backup"), 1040, parent)
        self._background = background
        self._hub = hub
        self._place = place
        self._backup = backup
        self._found = list(found)
        self._backed_up = False
        self.counted = TextLabel(theme, tone="muted", wrap=True)
        self.body.addWidget(self.counted)
        self.table = self._table()
        self.body.addWidget(self.table, 1)
        self.now_text, self.then_text = self._texts()
        self.body.addWidget(WorkBar(theme, background))
        self.back_button = self.add_button(_("&Bring this value back"), primary=True)
        self.back_button.clicked.connect(self.bring_chosen_back)
        close = self.add_button(_("Close"))
        close.clicked.connect(self.accept)
        self._more = more
        self._fill()
        self.fit(600)
        hub.refused.connect(self._refuse)
        hub.save_failed.connect(self._refuse)
        self.table.setFocus()

    def bring_chosen_back(self) -> None:
        """Bring the value of the chosen line back; it is an ordinary change, which undo takes back."""
        if not 0 <= self.table.currentRow() < len(self._found):
            return
        self.notice.hide()
        if self._backed_up or not needs_backup(self._hub.session, self._place):
            self._bring_back()
            return
        order = order_for(self._hub.session, Occasion.BEFORE_RESTORE, self._place)

        def work(tick: Tick) -> Backup:
            return keep_backup(order, tick)

        self.back_button.setEnabled(False)
        self._background.run(
            _("Making a backup…"), work, lambda _made: self._bring_back(), self._not_backed_up, self._stopped
        )

    def done(self, result: int) -> None:
        """Stop what is still running when the dialog goes."""
        self._background.cancel()
        self._hub.refused.disconnect(self._refuse)
        self._hub.save_failed.disconnect(self._refuse)
        super().done(result)

    def _bring_back(self) -> None:
        self._backed_up = True
        self.back_button.setEnabled(True)
        row = self.table.currentRow()
        found = self._found[row]
        source = _("from the backup of {time}").format(time=time_of(self._backup))
        changed = self._hub.do(lambda session: bring_back(session, found, source))
        if changed is None:
            return
        del self._found[row]
        self._fill(row)
        said = _("{case}: the value is back. “Undo” in the menu takes it away again.").format(case=found.reference)
        self.notice.show_notice(said, tone="action")
        self.table.setFocus()

    def _not_backed_up(self, error: KnownError) -> None:
        self._bring_back()  # It can be undone: a full disk is said and stops nobody.
        self.notice.show_notice(str(error), tone="warning")

    def _stopped(self) -> None:
        self.back_button.setEnabled(True)
        self.notice.show_notice(_("Cancelled: nothing was changed."), tone="neutral")

    def _refuse(self, error: KnownError) -> None:
        self.complain(str(error), self.table)

    def _fill(self, row: int = 0) -> None:
        methodology = self._hub.session.methodology
        self.table.setRowCount(len(self._found))
        for place, found in enumerate(self._found):
            cells = [found.reference, _only_words(found), "", ""]
            if found.difference is not None:
                facet = found.difference.facet
                cells[_WHAT] = facet_words(facet, found.difference.code, methodology)
                cells[_NOW] = facet_value_words(facet, found.difference.now, methodology)
                cells[_THEN] = facet_value_words(facet, found.difference.then, methodology)
            for column, words in enumerate(cells):
                self.table.setItem(place, column, QTableWidgetItem(" ".join(words[:_SHOWN].split())))
        self.counted.setText(self._count_words())
        self.table.selectRow(min(row, len(self._found) - 1))
        self._show_texts()

    def _count_words(self) -> str:
        listed = len(self._found)
        count = listed + self._more
        words = ngettext(
            "{n} value differs from the backup of {time}.", "{n} values differ from the backup of {time}.", count
        ).format(n=f"{count:,}", time=time_of(self._backup))
        if self._more:
            words += " " + _("The first {n} are listed; bring some back and compare again for the rest.").format(
                n=listed
            )
        return words

    def _show_texts(self) -> None:
        row = self.table.currentRow()
        found = self._found[row] if 0 <= row < len(self._found) else None
        difference = found.difference if found is not None else None
        self.back_button.setEnabled(difference is not None and difference.can_be_brought_back)
        methodology = self._hub.session.methodology
        for box, value in (
            (self.now_text, difference.now if difference else None),
            (self.then_text, difference.then if difference else None),
        ):
            box.setPlainText(facet_value_words(difference.facet, value, methodology) if difference else "")

    def _texts(self) -> tuple[QPlainTextEdit, QPlainTextEdit]:
        row = QHBoxLayout()
        row.setSpacing(14)
        boxes = []
        for title in (_("Now"), _("In the backup")):
            box = QPlainTextEdit()
            box.setReadOnly(True)
            box.setTabChangesFocus(True)
            box.setAccessibleName(title)
            box.setFont(self.theme.font())
            box.setFixedHeight(self.theme.px(96))
            column = QVBoxLayout()
            column.addWidget(TextLabel(self.theme, title, weight=600))
            column.addWidget(box)
            row.addLayout(column)
            boxes.append(box)
        self.body.addLayout(row)
        return boxes[0], boxes[1]

    def _table(self) -> QTableWidget:
        table = QTableWidget(0, 4)
        table.setHorizontalHeaderLabels([_("Case"), _("What"), _("Now"), _("In the backup")])
        table.setAccessibleName(_("Differences"))
        make_calm(table)
        table.setFont(self.theme.font())
        table.setWordWrap(False)
        table.setMinimumHeight(self.theme.px(160))
        table.verticalHeader().setDefaultSectionSize(self.theme.px(30))
        table.setColumnWidth(_CASE, self.theme.px(90))
        for column in (_WHAT, _NOW, _THEN):
            table.horizontalHeader().setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        table.currentCellChanged.connect(lambda *_places: self._show_texts())
        return table


def _only_words(found: CaseDifference) -> str:
    return _("this case is in the backup alone") if found.only_in == "then" else _("this case is in the audit alone")
