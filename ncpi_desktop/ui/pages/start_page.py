"""The first page: recent files, open, new, the sample. Nothing else."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QFontMetricsF, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ncpi_desktop.ui.actions import Actions
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.card import Card
from ncpi_desktop.ui.widgets.painting import CARD_RADIUS, draw_box, draw_focus_ring, draw_icon, words_width
from ncpi_desktop.ui.widgets.pressable import Pressable
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _

_WIDTH = 760
_ICON = 22


class BigChoice(Pressable):
    """A card to press: icon, words, what it does, and its key."""

    def __init__(
        self, theme: Theme, words: str, note: str, icon: str, keys: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._note = note
        self._icon = icon
        self._keys = keys
        self.setText(words)
        self.setAccessibleName(words)
        self.setAccessibleDescription(note)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Measure the longer of words and note."""
        words = words_width(self._metrics("card_title", 600), self.text())
        note = words_width(self._metrics("caption"), self._note)
        keys = words_width(self._metrics("caption", 600), self._keys)
        px = self._theme.px
        height = self._metrics("card_title", 600).height() + self._metrics("caption").height() * self._note_lines()
        return QSize(max(words + keys + px(14), min(note, px(150))) + px(_ICON + 48), round(height) + px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card."""
        painter = QPainter(self)
        theme, tokens, rect = self._theme, self._theme.tokens, QRectF(self.rect())
        fill = tokens.action_ground if self._is_hot() else tokens.card
        draw_box(painter, rect, CARD_RADIUS, fill, tokens.action if self._is_hot() else tokens.field_line)
        px, title = theme.px, self._metrics("card_title", 600)
        top = px(16)
        draw_icon(painter, theme, self._icon, tokens.action, _ICON, px(16), top + title.height() / 2)
        left = px(_ICON + 28)
        painter.setPen(QColor(tokens.ink))
        painter.setFont(theme.font("card_title", 600))
        painter.drawText(QRectF(left, top, rect.width() - left, title.height()), self.text())
        painter.setPen(QColor(tokens.muted))
        painter.setFont(theme.font("caption", 600))
        keys = QRectF(left, top, rect.width() - left - px(16), title.height())
        painter.drawText(keys, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self._keys)
        painter.setFont(theme.font("caption"))
        place = QRectF(left, top + title.height() + px(4), rect.width() - left - px(16), rect.height())
        painter.drawText(place, Qt.TextFlag.TextWordWrap, self._note)
        if self.hasFocus():
            draw_focus_ring(painter, theme, rect, CARD_RADIUS)

    def _note_lines(self) -> int:
        return 2


class RecentFile(Pressable):
    """One file opened before: its name, its folder, and whether it is still there."""

    def __init__(self, theme: Theme, path: Path, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.path = path
        self.is_missing = not path.exists()
        self.setText(path.name)
        self.setAccessibleName(path.name)
        self.setAccessibleDescription(
            _("{folder}, not found there any more").format(folder=path.parent) if self.is_missing else str(path.parent)
        )
        self.setToolTip(str(path))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Leave room for name and folder."""
        height = self._metrics("text", 600).height() + self._metrics("caption").height()
        return QSize(self._theme.px(300), round(height) + self._theme.px(16))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw name, folder and, for a missing file, the word."""
        painter = QPainter(self)
        theme, tokens, rect = self._theme, self._theme.tokens, QRectF(self.rect())
        if self._is_hot():
            draw_box(painter, rect, 6, tokens.action_ground)
        px = theme.px
        icon = "circle-alert" if self.is_missing else "file-text"
        colour = tokens.muted if self.is_missing else tokens.action
        draw_icon(painter, theme, icon, colour, 18, px(10), rect.height() / 2)
        left, top = px(40), px(7)
        room = rect.width() - left - px(10)
        name, folder = self._metrics("text", 600), self._metrics("caption")
        if self.is_missing:
            words = _("not found")
            width = words_width(folder, words)
            painter.setFont(theme.font("caption"))
            painter.setPen(QColor(tokens.warning))
            place = QRectF(rect.width() - width - px(10), 0, width + 2, rect.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, words)
            room -= width + px(10)
        painter.setPen(QColor(tokens.muted if self.is_missing else tokens.ink))
        self._line(painter, theme.font("text", 600), name, QRectF(left, top, room, name.height()), self.text())
        painter.setPen(QColor(tokens.muted))
        below = QRectF(left, top + name.height() + 1, room, folder.height())
        self._line(painter, theme.font("caption"), folder, below, str(self.path.parent))
        if self.hasFocus():
            draw_focus_ring(painter, theme, rect, 6)

    @staticmethod
    def _line(painter: QPainter, font: object, metrics: QFontMetricsF, place: QRectF, words: str) -> None:
        painter.setFont(font)  # type: ignore[arg-type]
        painter.drawText(place, metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, place.width()))


class StartPage(QScrollArea):
    """What is seen without an open file.

    Signals:
        file_chosen: the path of a recent file.
        file_forgotten: the path of a missing file that should leave the list.
    """

    file_chosen = Signal(object)
    file_forgotten = Signal(object)

    def __init__(self, theme: Theme, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._actions = actions
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(_("Start"))
        inside = QWidget()
        self._column = QWidget(inside)
        self._column.setMaximumWidth(theme.px(_WIDTH))
        row = QHBoxLayout(inside)
        row.addStretch(1)
        row.addWidget(self._column, 100)
        row.addStretch(1)
        self._recent = Card(theme, _("Recent audits"))
        self._recent.body.setSpacing(2)
        self._lines: list[RecentFile] = []
        layout = QVBoxLayout(self._column)
        layout.setContentsMargins(14, 20, 14, 20)
        layout.setSpacing(14)
        layout.addStretch(2)
        self._add_heading(layout)
        layout.addLayout(self._choices())
        layout.addWidget(self._recent)
        layout.addStretch(3)
        self.setWidget(inside)
        inside.setAutoFillBackground(False)
        theme.changed.connect(self._dress)

    def show_recent(self, paths: list[Path]) -> None:
        """List the files opened before; without any, the list is not there."""
        body = self._recent.body
        while body.count() > 1:
            taken = body.takeAt(1)
            widget = taken.widget() if taken is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._lines = []
        for path in paths:
            body.addWidget(self._line_of(path))
        self._recent.setVisible(bool(paths))

    def recent(self) -> list[RecentFile]:
        """Return the files listed."""
        return list(self._lines)

    def _line_of(self, path: Path) -> QWidget:
        line = RecentFile(self._theme, path)
        line.clicked.connect(lambda: self.file_chosen.emit(path))
        self._lines.append(line)
        if not line.is_missing:
            return line
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        forget = PushButton(self._theme, _("Forget {name}").format(name=path.name), "quiet", "x")
        forget.set_icon_only()
        forget.clicked.connect(lambda: self.file_forgotten.emit(path))
        layout.addWidget(line, 1)
        layout.addWidget(forget)
        return row

    def _add_heading(self, layout: QVBoxLayout) -> None:
        layout.addWidget(TextLabel(self._theme, _("NCPI Case Review"), role="reference"))
        said = _(
            "Read cases, grade them, say why, and hand over a workbook and a report. Everything stays on this laptop."
        )
        layout.addWidget(TextLabel(self._theme, said, tone="muted", wrap=True))

    def _choices(self) -> QGridLayout:
        self._grid = QGridLayout()
        self._grid.setSpacing(14)
        self.choices = (
            self._choice(self._actions.open_audit, _("An audit file on this laptop or a stick."), "folder-open"),
            self._choice(
                self._actions.new_audit, _("An empty audit of one force; bring its cases in next."), "file-plus-2"
            ),
            self._choice(
                self._actions.open_sample, _("Northshire, an invented force with 36 cases to try."), "graduation-cap"
            ),
        )
        self._dress()
        return self._grid

    def _choice(self, action: QAction, note: str, icon: str) -> BigChoice:
        words = action.text().replace("&", "").rstrip("…")
        keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        choice = BigChoice(self._theme, words, note, icon, keys, self._column)
        choice.clicked.connect(action.trigger)
        return choice

    def _dress(self) -> None:
        self._column.setMaximumWidth(self._theme.px(_WIDTH))
        wide = self._theme.text_scale <= 150
        for place, choice in enumerate(self.choices):
            self._grid.addWidget(choice, 0 if wide else place, place if wide else 0)
