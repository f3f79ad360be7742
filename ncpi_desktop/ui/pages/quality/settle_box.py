"""The foot of the settle pane: what was decided of the chosen part, the reason for settling, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ncpi_desktop.domain.moderation.settlement import PartKind, PartLine
from ncpi_desktop.ui.pages.review.flow_row import FlowRow
from ncpi_desktop.ui.pages.review.judgement_text import JudgementText
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.check_field import CheckField
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _
from ncpi_desktop.workflows.settling import Seat, SettlingDesk


class ReasonBox(JudgementText):
    """Where the reason is typed. Ctrl+Enter commits, Escape goes back to the parts.

    Signals:
        committed: Ctrl+Enter was pressed.
        left: Escape was pressed.
    """

    committed = Signal()
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Commit or leave, or type."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.committed.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class GradeChoice(FlowRow):
    """The grades that neither reader gave, in place of a menu. Escape puts them away.

    Signals:
        grade_chosen: the code of a grade.
        left: Escape was pressed.
    """

    grade_chosen = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(8, parent)
        self._theme = theme
        self.buttons: list[PushButton] = []
        self.setAccessibleName(_("Another grade"))
        self.hide()

    def offer(self, grades: Sequence[tuple[str, str]]) -> None:
        """Offer grades, each a code and a label, and bring the keyboard to the first."""
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self.buttons = [PushButton(self._theme, label) for _code, label in grades]
        for button, (code, _label) in zip(self.buttons, grades, strict=True):
            button.clicked.connect(lambda _on=False, code=code: self.grade_chosen.emit(code))
        self.hold(self.buttons)
        self.show()
        for button in self.buttons:
            button.show()
        self.updateGeometry()
        self.buttons[0].setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from grade to grade, press, or put them away."""
        at = next((place for place, button in enumerate(self.buttons) if button.hasFocus()), 0)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.buttons[at].click()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class SettleBox(QWidget):
    """Reason, buttons and hint; what each does is the pane's."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.title = TextLabel(theme, _("Settle"), role="card_title")
        self.decided = TextLabel(theme, wrap=True)
        self.reason = ReasonBox(theme, _("Reason for settling"), _("Why this is to stand"), self)
        self.hint = TextLabel(theme, role="caption", tone="muted", wrap=True)
        self.all_at_once = CheckField(theme, _("All differences at once"))
        self.keep = PushButton(theme, _("Keep first grade"), "secondary", key_hint="K")
        self.take = PushButton(theme, _("Take re-review grade"), "primary", key_hint="T")
        self.other = PushButton(theme, _("Another grade…"), "secondary", key_hint="O")
        self.agree = PushButton(theme, _("Agree"), "primary", key_hint="A")
        self.pass_on = PushButton(theme, _("Pass to the team lead…"), "quiet", key_hint="L")
        self.reopen = PushButton(theme, _("Reopen the settlement…"), "secondary")
        self.row = FlowRow(8, self)
        self.row.hold((self.agree, self.keep, self.take, self.other, self.reopen))
        self.grades = GradeChoice(theme, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        above = QHBoxLayout()
        above.addWidget(self.title, 1)
        above.addWidget(self.all_at_once)
        layout.addLayout(above)
        for widget in (self.decided, self.reason, self.row, self.grades):
            layout.addWidget(widget)
        below = QHBoxLayout()
        below.addWidget(self.hint, 1)
        below.addWidget(self.pass_on)
        layout.addLayout(below)
        theme.changed.connect(self._dress)
        self._dress()

    def offer(self, desk: SettlingDesk, line: PartLine, *, may: bool, others: bool, to_agree: bool) -> None:
        """Offer what can be done with a part: by who `may` at all, with `others` where there are grades that neither gave."""
        decides = may and not desk.is_settled and bool(desk.settling.differences)
        here = decides and (line.differs or self.all_at_once.isChecked())
        grade = line.part.kind is not PartKind.REASON
        self.keep.set_words(_("Keep first grade") if grade else _("Keep first reading"))
        self.take.set_words(_("Take re-review grade") if grade else _("Take re-review"))
        for button in (self.keep, self.take):
            button.setVisible(decides)
            button.setEnabled(here)
        self.other.setVisible(decides)
        self.other.setEnabled(here and grade and not self.all_at_once.isChecked() and others)
        self.agree.setVisible(may and to_agree)
        self.take.set_kind("secondary" if may and to_agree else "primary")
        reader = desk.seat in (Seat.FIRST, Seat.SECOND)
        self.pass_on.setVisible(decides and reader and not desk.passed_on and bool(desk.settling.open))
        self.reopen.setVisible(may and desk.is_settled and bool(desk.settling.differences))
        self.all_at_once.setVisible(decides and len(desk.settling.open) > 1)
        self.reason.setVisible(decides or not self.reopen.isHidden())
        self.setVisible(bool(desk.settling.differences) and (may or not self.decided.isHidden()))
        self.row.updateGeometry()

    def say(self, words: str, *, ask: bool = False) -> None:
        """Say what the reason is for, or what is to be done next."""
        self.hint.set_tone("action" if ask else "muted")
        self.hint.setText(words)

    def _dress(self) -> None:
        self.reason.setFixedHeight(self._theme.px(54))
