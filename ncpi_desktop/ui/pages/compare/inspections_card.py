"""The inspections that are compared: this one, and those recorded in the file; others are added here."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QListView, QListWidget, QListWidgetItem, QWidget

from ncpi_desktop.domain.casework.inspection import PreviousResults
from ncpi_desktop.domain.findings.comparing.change_words import share_words
from ncpi_desktop.domain.findings.comparing.figures import InspectionFigures
from ncpi_desktop.ui.pages.review.because_panel import BecausePanel
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.card import Card
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _


class InspectionsCard(Card):
    """The list, the newest record first, and what a team lead can do with it.

    Signals:
        file_wanted: an audit file or a table of published results should be added.
        typed_wanted: figures should be typed in.
        withdrawal_wanted: the identity of the record that should be taken out, and why.
    """

    file_wanted = Signal()
    typed_wanted = Signal()
    withdrawal_wanted = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, _("Inspections"), parent=parent)
        self.list = QListWidget()
        self.list.setAccessibleName(_("Inspections"))
        self.list.setWordWrap(True)
        self.list.setSpacing(4)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.note = TextLabel(
            theme,
            _("They are recorded in this audit, so that workbook and report show the same."),
            role="caption",
            tone="muted",
            wrap=True,
        )
        self.add_file = PushButton(theme, _("&Add an inspection…"), "secondary", "folder-open")
        self.add_typed = PushButton(theme, _("T&ype figures in…"), "secondary", "plus")
        self.take_out = PushButton(theme, _("Ta&ke out…"), "link")
        for button, signal in (
            (self.add_file, self.file_wanted),
            (self.add_typed, self.typed_wanted),
        ):
            button.clicked.connect(signal)
        self.take_out.clicked.connect(self.ask_why)
        self.list.currentItemChanged.connect(lambda _now, _was: self._follow())
        self.body.addWidget(self.list, 1)
        self.why = BecausePanel(theme)
        for widget in (self.why, self.take_out, self.add_file, self.add_typed, self.note):
            self.body.addWidget(widget)
        self._may_change = False
        self._dress()
        theme.changed.connect(self._dress)

    def chosen(self) -> str:
        """Return the identity of the record chosen in the list; empty for this audit, or where nothing is chosen."""
        held = self.list.currentItem()
        return str(held.data(Qt.ItemDataRole.UserRole)) if held is not None else ""

    def ask_why(self) -> None:
        """Ask why the record chosen should be taken out of the comparison."""
        identity = self.chosen()
        if identity:
            self.why.ask(
                _("Take this inspection out of the comparison?"),
                _("Why it is taken out"),
                _("The history keeps what was recorded."),
                _("Take out"),
                lambda because: self.withdrawal_wanted.emit(identity, because),
            )

    def show_inspections(
        self, now: InspectionFigures, recorded: Sequence[PreviousResults], shares: dict[str, str], *, may_change: bool
    ) -> None:
        """List this audit and the recorded ones; `shares` has the words of each record's share by its identity."""
        was = self.chosen()
        self._may_change = may_change
        self.list.clear()
        share = share_words(now.good) if now.good.percent is not None else _("no case graded yet")
        self._add(_("This audit: {label}").format(label=now.label), share, "")
        for one in recorded:
            self._add(one.label, shares[one.identity], one.identity)
            if one.identity == was:
                self.list.setCurrentRow(self.list.count() - 1)
        for button in (self.add_file, self.add_typed):
            button.setVisible(may_change)
        self._follow()

    def _add(self, label: str, share: str, identity: str) -> None:
        line = QListWidgetItem(f"{label}\n{share}")
        line.setData(Qt.ItemDataRole.UserRole, identity)
        self.list.addItem(line)

    def _follow(self) -> None:
        self.take_out.setVisible(self._may_change)
        self.take_out.setEnabled(bool(self.chosen()))

    def _dress(self) -> None:
        self.list.setFont(self._theme.font())
