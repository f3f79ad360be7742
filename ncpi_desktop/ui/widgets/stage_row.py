"""One stage of a case: its name, a letter a grade, and n/a."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.theme.tokens import Tone
from ncpi_desktop.ui.widgets.grade_look import GradeLook
from ncpi_desktop.ui.widgets.painting import draw_box, draw_focus_ring, draw_icon, words_width
from ncpi_desktop.ui.widgets.pressable import Pressable
from ncpi_desktop.words import _

_RADIUS = 5.0
_WIDE, _NARROW = 36, 30
_DOT = 5


class LetterButton(Pressable):
    """One letter of a stage row; `code` is the grade's, or None for not applicable."""

    def __init__(
        self,
        theme: Theme,
        letter: str,
        tone: Tone,
        code: str | None,
        least_width: int = _WIDE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self.code = code
        self._least_width = least_width
        self._tone: Tone = tone
        self._dotted = False
        self.setCheckable(True)
        self.setText(letter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_dotted(self, dotted: bool, words: str) -> None:
        """Mark the letter with a dot, of which `words` say what it means, or not any more."""
        if dotted != self._dotted:
            self._dotted = dotted
            self.setAccessibleDescription(words if dotted else "")
            self.update()

    def is_dotted(self) -> bool:
        """Return whether it bears the dot."""
        return self._dotted

    def sizeHint(self) -> QSize:
        """Measure the letter; all letters of a scale come out alike."""
        metrics = self._metrics("caption", 600)
        width = max(self._theme.px(self._least_width), words_width(metrics, self.text()) + self._theme.px(10))
        return QSize(width, round(metrics.height()) + self._theme.px(11))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box and its letter."""
        painter = QPainter(self)
        tokens = self._theme.tokens
        colours = tokens.tone(self._tone)
        rect = QRectF(self.rect())
        chosen = self.isChecked()
        border = colours.solid if chosen or self._is_hot() else tokens.field_line
        draw_box(painter, rect, _RADIUS, colours.solid if chosen else tokens.card, border)
        painter.setFont(self._theme.font("caption", 600))
        painter.setPen(QColor(colours.on_solid if chosen else tokens.muted))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, self.text())
        if self._dotted:
            size = self._theme.px(_DOT)
            dot = QRectF(rect.right() - size - self._theme.px(3), rect.top() + self._theme.px(3), size, size)
            draw_box(painter, dot, size / 2, colours.on_solid if chosen else tokens.ink)
        if self.hasFocus():
            draw_focus_ring(painter, self._theme, rect, _RADIUS)
            if chosen:
                draw_box(painter, rect.adjusted(2, 2, -2, -2), _RADIUS - 2, None, colours.on_solid, 1.5)


class StageLabel(Pressable):
    """The name of the stage; pressing it asks for the criteria of the stage."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._comments = 0
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(_("Show the criteria for this stage"))
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_comments(self, count: int, words: str) -> None:
        """Show how many comments there are on the stage, which `words` say; 0 takes the mark away."""
        if count != self._comments:
            self._comments = count
            self.setAccessibleName(f"{self.text()}, {words}" if count else self.text())
            self.updateGeometry()
            self.update()

    def _mark_width(self) -> int:
        if not self._comments:
            return 0
        number = words_width(self._metrics("caption", 600), str(self._comments))
        return number + self._theme.px(14 + 3 + 6)

    def sizeHint(self) -> QSize:
        """Measure the name on one line."""
        metrics = self._metrics()
        return QSize(
            words_width(metrics, self.text()) + 8 + self._mark_width(), round(metrics.height()) + self._theme.px(8)
        )

    def minimumSizeHint(self) -> QSize:
        """Accept wrapping at a word where the row is narrow."""
        metrics = self._metrics()
        longest = max((words_width(metrics, word) for word in self.text().split()), default=0)
        return QSize(longest + 8 + self._mark_width(), self.sizeHint().height())

    def hasHeightForWidth(self) -> bool:
        """Narrower means more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the wrapped name."""
        flags = Qt.TextFlag.TextWordWrap
        lines = self._metrics().boundingRect(QRectF(0, 0, width - 8 - self._mark_width(), 4000), flags, self.text())
        return round(lines.height()) + self._theme.px(8)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the name, underlined under the mouse."""
        painter = QPainter(self)
        font = self._theme.font()
        font.setUnderline(self._is_hot())
        painter.setFont(font)
        painter.setPen(QColor(self._theme.tokens.ink))
        rect = QRectF(self.rect())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        painter.drawText(rect.adjusted(0, 0, -7 - self._mark_width(), 0), flags, self.text())
        if self._comments:
            theme, colour = self._theme, self._theme.tokens.action
            left = rect.right() - self._mark_width()
            left += draw_icon(painter, theme, "message-square", colour, 14, left, rect.center().y()) + theme.px(3)
            painter.setFont(theme.font("caption", 600))
            painter.setPen(QColor(colour))
            painter.drawText(
                QRectF(left, 0, rect.width(), rect.height()), Qt.AlignmentFlag.AlignVCenter, str(self._comments)
            )
        if self.hasFocus():
            draw_focus_ring(painter, self._theme, rect, _RADIUS)


class StageRow(QWidget):
    """Judges one stage: at most one of the grades or n/a; pressing the chosen one again clears it.

    One Tab stop, on what is chosen; Left, Right, Home and End move within, Space or Enter press, the letters themselves
    press too (N for n/a).

    Signals:
        judged: stage code, grade code or None, whether not applicable. (code, None, False) is cleared.
        step_requested: -1 for Up or +1 for Down, and the column that had the focus; hand it to `focus_column` of that row.
        label_pressed: the stage code; the person wants its criteria.
    """

    judged = Signal(str, object, bool)
    step_requested = Signal(int, int)
    label_pressed = Signal(str)

    def __init__(
        self, theme: Theme, stage_code: str, label: str, looks: Sequence[GradeLook], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.stage_code = stage_code
        self._label = StageLabel(theme, label, self)
        self._label.clicked.connect(lambda: self.label_pressed.emit(self.stage_code))
        least = _WIDE if len(looks) <= 3 else _NARROW
        self.buttons = [LetterButton(theme, look.letter, look.tone, look.code, least, self) for look in looks]
        self.buttons.append(LetterButton(theme, _("n/a"), "neutral", None, least, self))
        names = [look.label for look in looks]
        for button, name in zip(self.buttons, [*names, _("n/a")], strict=True):
            button.setAccessibleName(_("{stage}: {grade}").format(stage=label, grade=name))
            button.setToolTip(name if button.code else _("Not applicable"))
            button.clicked.connect(lambda _checked, pressed=button: self._pressed(pressed))
        self._letters = [look.letter.casefold() for look in looks] + ["n"]
        self._arrange()
        self._set_tab_stop()
        self.setAccessibleName(label)

    def label(self) -> str:
        """Return the name of the stage."""
        return self._label.text()

    def judgement(self) -> tuple[str | None, bool]:
        """Return the grade's code, and whether the stage is not applicable."""
        for button in self.buttons:
            if button.isChecked():
                return button.code, button.code is None
        return None, False

    def set_judgement(self, grade_code: str | None, not_applicable: bool = False) -> None:
        """Show a judgement, without a signal."""
        for button in self.buttons:
            wanted = not_applicable if button.code is None else button.code == grade_code and not not_applicable
            button.setChecked(wanted)
        self._set_tab_stop()

    def set_own_grade(self, grade_code: str | None) -> None:
        """Mark the grade that the force gave its own work at this stage; None takes the mark away."""
        for button in self.buttons:
            button.set_dotted(grade_code is not None and button.code == grade_code, _("The force's own grade"))

    def set_comments(self, count: int, words: str) -> None:
        """Show how many comments there are on the stage, which `words` say."""
        self._label.set_comments(count, words)
        self.setAccessibleName(self._label.accessibleName())

    def set_read_only(self, read_only: bool) -> None:
        """Keep the buttons from being pressed; the label stays alive."""
        for button in self.buttons:
            button.setEnabled(not read_only)

    def focus_column(self, column: int) -> None:
        """Bring the keyboard to a button, counted from 0; a column that isn't there means the nearest."""
        self.buttons[min(max(column, 0), len(self.buttons) - 1)].setFocus(Qt.FocusReason.TabFocusReason)

    def focused_column(self) -> int | None:
        """Return the column that has the keyboard."""
        return next((place for place, button in enumerate(self.buttons) if button.hasFocus()), None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move within the row, out of it, or press a letter."""
        column = self.focused_column()
        if column is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.step_requested.emit(-1 if event.key() == Qt.Key.Key_Up else 1, column)
        elif (target := self._target(event.key(), column)) is not None:
            self.focus_column(target)
        elif (letter := event.text().casefold()) and letter in self._letters:
            self.buttons[self._letters.index(letter)].click()
        else:
            super().keyPressEvent(event)

    def _target(self, key: int, column: int) -> int | None:
        last = len(self.buttons) - 1
        return {
            Qt.Key.Key_Left: max(column - 1, 0),
            Qt.Key.Key_Right: min(column + 1, last),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }.get(Qt.Key(key))

    def _pressed(self, pressed: LetterButton) -> None:
        for button in self.buttons:
            if button is not pressed:
                button.setChecked(False)
        self._set_tab_stop()
        self.judged.emit(self.stage_code, *self.judgement())

    def _set_tab_stop(self) -> None:
        stop = next((button for button in self.buttons if button.isChecked()), self.buttons[0])
        for button in self.buttons:
            wanted = Qt.FocusPolicy.StrongFocus if button is stop else Qt.FocusPolicy.ClickFocus
            if button.focusPolicy() != wanted:
                button.setFocusPolicy(wanted)

    def _arrange(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._label, 1)
        for button in self.buttons:
            # Aligned, for a fixed height would cap the row's and cut a name of two lines.
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
