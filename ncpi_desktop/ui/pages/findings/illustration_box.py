"""One illustration of a finding: the case it tells of, its words, saved as they are typed, and what has to be cleared in them."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from ncpi_desktop.domain.findings.finding import Illustration, IllustrationKey
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.pages.review.autosave import TextSaves
from ncpi_desktop.ui.pages.review.judgement_text import JudgementText
from ncpi_desktop.ui.pages.review.record_text import visible_text
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _
from ncpi_desktop.workflows import finding_writing


class WordsBox(JudgementText):
    """Three lines to tell a case in; it scrolls."""

    def sizeHint(self) -> QSize:
        """Show three lines."""
        lines = ceil(3 * QFontMetricsF(self.font()).lineSpacing())
        return QSize(200, lines + 2 * self.frameWidth() + 2 * round(self.document().documentMargin()) + 2)

    def minimumSizeHint(self) -> QSize:
        """Keep the lines."""
        return QSize(100, self.sizeHint().height())


class BecauseField(QLineEdit):
    """Why words are no identifier. Escape puts it away.

    Signals:
        left: Escape was pressed.
    """

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class IllustrationBox(QWidget):
    """The words of one illustration.

    Signals:
        case_wanted: the key of its case.
    """

    case_wanted = Signal(object)

    def __init__(self, theme: Theme, hub: AuditHub, told: Illustration, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hub = hub
        self._told = told
        name = visible_text(told.reference)
        self.case_button = PushButton(theme, name.replace("&", "&&"), "link")
        self.remove_button = PushButton(theme, _("Take the illustration away"), "quiet", "trash-2")
        self.remove_button.set_icon_only()
        self.box = WordsBox(
            theme, _("Illustration of {case}").format(case=name), _("In anonymous words. Saved as you type.")
        )
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.saves = TextSaves(hub, self.box.text, self)
        self.held_words = TextLabel(theme, "", role="caption", tone="middle", wrap=True)
        self.clear_button = PushButton(theme, _("Clear with a reason…"), "link")
        self.because = BecauseField()
        self.because.setAccessibleName(_("Why nobody can be recognised by these words"))
        self.because.setPlaceholderText(_("Why can nobody be recognised? Enter keeps it, Esc leaves"))
        self.because.hide()
        self._arrange()
        self._connect()
        self.show_illustration(told, writable=True)
        self.saves.begin_with(
            lambda session, text, step: finding_writing.write_illustration(session, self._told.key, text, step)
        )

    @property
    def key(self) -> IllustrationKey:
        """The illustration shown."""
        return self._told.key

    def show_illustration(self, told: Illustration, *, writable: bool) -> None:
        """Show it as it is now. What is being typed is never replaced."""
        self._told = told
        if not self.saves.is_pending:
            self.box.show_text(told.text)
        self.box.setReadOnly(not writable or self.box.goes_on)
        self.remove_button.setEnabled(writable)
        self.remove_button.setVisible(writable)
        self.clear_button.setVisible(told.is_held_back and writable and self.because.isHidden())
        if not told.is_held_back:
            self.because.hide()
        held = _("Held back from every document: words in it look like something a person could be recognised by.")
        cleared = _("Cleared: {because}").format(because=visible_text(told.cleared_because))
        self.held_words.setText(held if told.is_held_back else cleared if told.cleared_because else "")
        self.held_words.setVisible(bool(self.held_words.text()))

    def _arrange(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.case_button)
        head.addStretch(1)
        head.addWidget(self.remove_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(head)
        column.addWidget(self.box)
        column.addWidget(self.held_words)
        column.addWidget(self.clear_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.because)

    def _connect(self) -> None:
        self.box.typed.connect(self.saves.touched)
        self.box.was_left.connect(self._leave_box)
        self.case_button.clicked.connect(lambda: self.case_wanted.emit(self._told.case))
        self.remove_button.clicked.connect(self._remove)
        self.clear_button.clicked.connect(self._ask_because)
        self.because.returnPressed.connect(self._clear)
        self.because.left.connect(self._leave_because)

    def _leave_box(self) -> None:
        self.saves.flush()
        self.saves.end_burst()

    def _remove(self) -> None:
        self.saves.flush()
        self._hub.do(lambda session: finding_writing.remove_illustration(session, self._told.key))

    def _ask_because(self) -> None:
        self.clear_button.hide()
        self.because.show()
        self.because.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_because(self) -> None:
        self.because.clear()
        self.because.hide()
        self.clear_button.setVisible(self._told.is_held_back)
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clear(self) -> None:
        self.saves.flush()
        because = self.because.text()
        if (
            self._hub.do(lambda session: finding_writing.clear_identifiers(session, self._told.key, because))
            is not None
        ):
            self._leave_because()
