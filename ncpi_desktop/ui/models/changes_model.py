"""What changed between two inspections as a table: one line to each share that both have."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from ncpi_desktop.domain.findings.comparing.change_words import change_sentence_of, share_words
from ncpi_desktop.domain.findings.comparing.share_change import FEW_CASES, ShareChange, Subject
from ncpi_desktop.domain.findings.sentences import p_words, points_interval_words, points_words
from ncpi_desktop.words import _

WHAT, BEFORE, NOW, INTERVAL, CHANCE = range(5)

_NO_PARENT: Final = QModelIndex()
_Index = QModelIndex | QPersistentModelIndex


class ChangesModel(QAbstractTableModel):
    """Changes in the order in which they are given; the whole sentence of a line is what a screen reader says of it."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._changes: tuple[ShareChange, ...] = ()

    def show_changes(self, changes: Sequence[ShareChange]) -> None:
        """Show these in place of those before."""
        self.beginResetModel()
        self._changes = tuple(changes)
        self.endResetModel()

    def change_at(self, row: int) -> ShareChange:
        """Return the change of a line."""
        return self._changes[row]

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        """Return how many shares there are."""
        return 0 if parent.isValid() else len(self._changes)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        """What, before, now, the change with its interval drawn, chance."""
        return 0 if parent.isValid() else CHANCE + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Return the heading of a column."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (_("Share"), _("Before"), _("Now"), _("Change and 95% interval"), _("Chance"))[section]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a cell; the whole sentence as its tip and for screen readers."""
        if not index.isValid():
            return None
        change = self._changes[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._words(change, index.column())
        if role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
            return change_sentence_of(change)
        return None

    @staticmethod
    def _words(change: ShareChange, column: int) -> str:
        if column == WHAT:
            what = change.label or _("Graded good, all areas")
            return "\n".join((what, _("fewer than {few} cases").format(few=FEW_CASES))) if change.rests_on_few else what
        if column == BEFORE:
            return share_words(change.before)
        if column == NOW:
            return share_words(change.now)
        if column == INTERVAL:
            return "\n".join(
                part for part in (points_words(change.points), points_interval_words(change.interval)) if part
            )
        if change.same_cases:
            return _("the same cases")
        return "\n".join(part for part in (change.verdict.label, p_words(change.corrected_p)) if part)


SUBJECTS: Final = (Subject.AREA, Subject.GRADE, Subject.STAGE, Subject.REASON)
"""The shares that the page tells apart, in the order in which it offers them."""


def subject_words(subject: Subject) -> str:
    """Return what the shares of a table are of, as its choice says it."""
    return {
        Subject.OVERALL: _("Overall"),
        Subject.AREA: _("By area"),
        Subject.GRADE: _("By grade"),
        Subject.STAGE: _("By stage"),
        Subject.REASON: _("By reason"),
    }[subject]
