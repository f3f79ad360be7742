"""The backups of the open audit: when and why each was made; make one, lay one beside the audit, save one elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.domain.record.backup import Backup, BackupPlace, Occasion
from ncpi_desktop.ui import prompts
from ncpi_desktop.ui.background import Background, Tick, Work
from ncpi_desktop.ui.calm_table import make_calm
from ncpi_desktop.ui.dialogs.differences_dialog import DifferencesDialog
from ncpi_desktop.ui.dialogs.form_dialog import FormDialog
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.ui.work_bar import WorkBar
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows.backing_up import back_up
from ncpi_desktop.workflows.keeping_backups import keep_backup
from ncpi_desktop.workflows.kept_backups import (
    KeptBackup,
    folder_of,
    kept_backups,
    order_for,
    refuse_unless_sound,
    time_of,
)
from ncpi_desktop.workflows.laying_beside import CaseDifference, compare_with

MOST_LISTED: Final = 500
"""So many differences are listed; the rest are counted."""

_WHEN, _WHY, _AGO, _SIZE = range(4)


class BackupsDialog(FormDialog):
    """Lists the backups of the audit that `hub` has open, newest first; slow work runs beside it."""

    def __init__(
        self, theme: Theme, background: Background, hub: AuditHub, place: BackupPlace, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, _("Backups"), 860, parent)
        self._background = background
        self._hub = hub
        self._place = place
        self._kept: list[KeptBackup] = []
        self._compared: Backup | None = None
        said = _("Each was read back and checked before it was listed. They are kept in {folder}.")
        folder = folder_of(hub.session, place)
        self.body.addWidget(TextLabel(theme, said.format(folder=folder), tone="muted", wrap=True))
        self.table = self._table()
        self.body.addWidget(self.table, 1)
        self.body.addWidget(WorkBar(theme, background))
        self.save_button = self._button(_("&Save this backup elsewhere…"), self._save_elsewhere)
        self.make_button = self._button(_("&Back up now"), self.make_one)
        self.compare_button = self._button(_("&Compare with this file"), self.compare)
        close = self.add_button(_("Close"))
        close.clicked.connect(self.accept)
        self.compare_button.setDefault(True)
        self.show_kept()
        self.fit(520)
        self.table.setFocus()

    def show_kept(self) -> None:
        """List what is kept now; the newest is chosen."""
        self._kept = kept_backups(self._hub.session, self._place)
        self.table.setRowCount(len(self._kept))
        for row, kept in enumerate(self._kept):
            backup = kept.backup
            for column, words in (
                (_WHEN, time_of(backup)),
                (_WHY, backup.occasion.words),
                (_AGO, ago_words(kept.changes_ago)),
                (_SIZE, size_words(backup.size)),
            ):
                cell = QTableWidgetItem(words)
                cell.setToolTip(words)
                self.table.setItem(row, column, cell)
        if self._kept:
            self.table.selectRow(0)
        self._free()
        if not self._kept:
            self.notice.show_notice(_("There is no backup of this audit yet."), tone="neutral")

    def chosen(self) -> Backup | None:
        """Return the backup whose line is chosen."""
        row = self.table.currentRow()
        return self._kept[row].backup if 0 <= row < len(self._kept) else None

    def make_one(self) -> None:
        """Make a backup now."""
        order = order_for(self._hub.session, Occasion.ASKED_FOR, self._place)

        def work(tick: Tick) -> Backup:
            return keep_backup(order, tick)

        self._run(_("Making a backup…"), work, self._made)

    def compare(self) -> None:
        """Lay the chosen backup beside the audit and show what differs."""
        backup = self.chosen()
        if backup is None:
            return
        self._compared = backup
        order = order_for(self._hub.session, Occasion.BEFORE_RESTORE, self._place)
        name = self._hub.session.name
        others = [kept.backup for kept in self._kept if kept.changes_ago is not None]

        def work(tick: Tick) -> tuple[list[CaseDifference], int]:
            refuse_unless_sound(backup, others, order.key, lambda done, total: tick(done, 2 * max(1, total)))
            found: list[CaseDifference] = []
            more = 0
            for difference in compare_with(
                order.path,
                backup.path,
                lambda done, total: tick(max(1, total) + done, 2 * max(1, total)),
                key=order.key,
                person=name,
            ):
                if len(found) < MOST_LISTED:
                    found.append(difference)
                else:
                    more += 1
            return found, more

        self._run(_("Comparing…"), work, self._show_differences)

    def save_to(self, target: Path) -> None:
        """Save a checked copy of the chosen backup at `target`; nothing there is replaced."""
        backup = self.chosen()
        if backup is None:
            return
        key = self._hub.session.file.key

        def work(tick: Tick) -> Path:
            return back_up(backup.path, target, datetime.now().astimezone(), tick, key=key)

        self._run(_("Saving the backup…"), work, self._saved)

    def done(self, result: int) -> None:
        """Stop what is still running when the dialog goes."""
        self._background.cancel()
        super().done(result)

    def _run(self, label: str, work: Work, then: Callable[[Any], None]) -> None:
        self.notice.hide()
        for button in (self.make_button, self.compare_button, self.save_button):
            button.setEnabled(False)
        self._background.run(label, work, then, self._refuse, self._stopped)

    def _free(self) -> None:
        self.make_button.setEnabled(True)
        for button in (self.compare_button, self.save_button):
            button.setEnabled(bool(self._kept))

    def _made(self, backup: Backup) -> None:
        self.show_kept()
        said = _("The backup of {time} is made and was found sound.").format(time=time_of(backup))
        self.notice.show_notice(said, tone="action")
        self.table.setFocus()

    def _saved(self, target: Path) -> None:
        self._free()
        said = _("“{name}” is written, and was read back and found sound.").format(name=target.name)
        self.notice.show_notice(said, tone="action")

    def _show_differences(self, told: tuple[list[CaseDifference], int]) -> None:
        self._free()
        found, more = told
        if self._compared is None:
            return
        if not found:
            self.notice.show_notice(
                _("The audit and the backup of {time} hold the same judgements.").format(time=time_of(self._compared)),
                tone="action",
            )
            return
        dialog = DifferencesDialog(
            self.theme, self._background, self._hub, self._place, self._compared, found, more, parent=self
        )
        dialog.exec()
        dialog.deleteLater()
        self.show_kept()
        self.table.setFocus()

    def _refuse(self, error: KnownError) -> None:
        self._free()
        self.complain(str(error), self.table)

    def _stopped(self) -> None:
        self._free()
        self.notice.show_notice(_("Cancelled: nothing was changed."), tone="neutral")

    def _save_elsewhere(self) -> None:
        backup = self.chosen()
        if backup is None:
            return
        audit = self._hub.session.path
        proposed = audit.with_name(f"{audit.stem} {backup.made_at.astimezone():%Y-%m-%d %H%M}{prompts.AUDIT_SUFFIX}")
        title = _("Save this backup elsewhere")
        target = prompts.ask_place_to_save(self, self.theme, title, proposed, prompts.AUDIT_SUFFIX)
        if target is not None:
            self.save_to(target)

    def _button(self, text: str, do: Callable[[], object]) -> PushButton:
        button = self.add_button(text)
        button.clicked.connect(lambda _checked=False: do())
        return button

    def _table(self) -> QTableWidget:
        table = QTableWidget(0, 4)
        table.setHorizontalHeaderLabels([_("Made at"), _("Why"), _("Since then"), _("Size")])
        table.setAccessibleName(_("Backups"))
        make_calm(table)
        table.setFont(self.theme.font())
        table.setMinimumHeight(self.theme.px(220))
        table.verticalHeader().setDefaultSectionSize(self.theme.px(30))
        for column, width in ((_WHEN, 165), (_AGO, 135), (_SIZE, 85)):
            table.setColumnWidth(column, self.theme.px(width))
        table.horizontalHeader().setSectionResizeMode(_WHY, QHeaderView.ResizeMode.Stretch)
        return table


def ago_words(changes: int | None) -> str:
    """Return how many changes were made since a backup, in words."""
    if changes is None:
        return _("of another copy")
    if changes == 0:
        return _("nothing changed")
    return ngettext("{n} change", "{n} changes", changes).format(n=f"{changes:,}")


def size_words(size: int) -> str:
    """Return a size in the unit that fits it, such as *1.1 MB*."""
    if size < 1_000_000:
        return _("{n} kB").format(n=max(1, round(size / 1000)))
    return _("{n} MB").format(n=f"{size / 1_000_000:,.1f}")
