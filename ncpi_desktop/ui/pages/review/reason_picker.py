"""Finds a reason by typing a few letters, inside the pane: to give it, or to cite selected words for it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from ncpi_desktop.domain.grading.review import Review
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.ui.models.reason_choice_model import ReasonChoiceModel
from ncpi_desktop.ui.pages.review.reasons_list import look_of_polarity
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.widgets.painting import FIELD_RADIUS, draw_box, draw_icon
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.ui.widgets.search_field import SearchField
from ncpi_desktop.ui.widgets.text_label import TextLabel
from ncpi_desktop.words import _

_WRAP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap

Index = QModelIndex | QPersistentModelIndex


class ChoiceDelegate(QStyledItemDelegate):
    """Draws a reason on offer: polarity by icon and word, wording, stage and code."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Measure the wrapped wording."""
        model = index.model()
        choice = model.choice(index.row()) if isinstance(model, ReasonChoiceModel) else None
        view = option.widget
        width = view.viewport().width() if isinstance(view, QListView) else 300
        if choice is None:
            return QSize(width, 0)
        room = QRectF(0, 0, max(width - self._theme.px(42), 40), 9000)
        words = QFontMetricsF(self._theme.font("text", 600)).boundingRect(room, _WRAP, choice.reason.wording)
        below = QFontMetricsF(self._theme.font("caption")).boundingRect(room, _WRAP, choice.particulars)
        return QSize(width, round(words.height() + below.height()) + self._theme.px(10))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one reason."""
        model = index.model()
        choice = model.choice(index.row()) if isinstance(model, ReasonChoiceModel) else None
        if choice is None:
            return
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        rect = QRectF(option.rect)
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            draw_box(painter, rect.adjusted(0, 1, 0, -1), 5, tokens.action_ground)
            painter.fillRect(QRectF(rect.left(), rect.top() + 2, 3, rect.height() - 4), QColor(tokens.action))
        tone, icon = look_of_polarity(choice.reason.polarity)
        draw_icon(painter, theme, icon, tokens.tone(tone).text, 16, rect.left() + px(9), rect.top() + px(14))
        words = rect.adjusted(px(32), px(4), -px(8), 0)
        painter.setFont(theme.font("text", 600))
        painter.setPen(QColor(tokens.ink))
        taken = painter.boundingRect(words, _WRAP, choice.reason.wording)
        painter.drawText(words, _WRAP, choice.reason.wording)
        painter.setFont(theme.font("caption"))
        painter.setPen(QColor(tokens.muted))
        below = QRectF(words.left(), taken.bottom() + 1, words.width(), rect.height())
        painter.drawText(below, _WRAP, choice.particulars)


class ReasonPicker(QWidget):
    """Opens over the lower half of its pane. Type, move with the arrows, Enter takes, Escape closes.

    Signals:
        closed: the person is done with it.
    """

    closed = Signal()

    def __init__(self, theme: Theme, methodology: Methodology, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._take: Callable[[str], None] | None = None
        self._return_to: QWidget | None = None
        self.choices = ReasonChoiceModel(methodology, self)
        self.title = TextLabel(theme, "", role="card_title")
        self.told = TextLabel(theme, "", role="caption", tone="muted", wrap=True)
        self.field = SearchField(theme, _("Find a reason"), parent=self)
        self.list = QListView(self)
        self.list.setModel(self.choices)
        self.list.setItemDelegate(ChoiceDelegate(theme, self.list))
        self.list.setAccessibleName(_("Reasons on offer"))
        self.list.setProperty("frameless", True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setResizeMode(QListView.ResizeMode.Adjust)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.close_button = PushButton(theme, _("Done"), "link", key_hint="Esc")
        self._arrange()
        self.field.textChanged.connect(self._find)
        self.field.installEventFilter(self)
        self.list.clicked.connect(lambda index: self._take_row(index.row()))
        self.close_button.clicked.connect(self.close_picker)
        theme.changed.connect(self.list.doItemsLayout)
        self.hide()

    def open_picker(
        self,
        title: str,
        take: Callable[[str], None],
        review: Review,
        area: str,
        *,
        stage: str | None = None,
        with_given: bool = False,
    ) -> None:
        """Offer reasons; `take` is called with the code of each one taken. `Parameters` as `ReasonChoiceModel.offer`."""
        if not self.isVisible():
            self._return_to = self.window().focusWidget()
        self._take = take
        self.title.setText(title)
        self.setAccessibleName(title)
        self.told.setText(_("Enter takes the reason, Esc closes"))
        self.field.clear()
        self.choices.offer(review, area, stage=stage, with_given=with_given)
        self._mark_first()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def offer_anew(self, review: Review, area: str, said: str) -> None:
        """Stay open after a reason was given: leave it out, and select what was typed so that typing goes on."""
        self.choices.offer(review, area)
        self.told.setText(said)
        self.field.selectAll()
        self._mark_first()

    def close_picker(self) -> None:
        """Go away; the keyboard goes back to where it was."""
        if not self.isVisible():
            return
        self.hide()
        if self._return_to is not None and self._return_to.isVisible():
            self._return_to.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def eventFilter(self, watched: QObject, event: object) -> bool:
        """Let the field move in the list, take and close."""
        if not isinstance(event, QKeyEvent) or event.type() != QKeyEvent.Type.KeyPress:
            return False
        moves = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        key = Qt.Key(event.key())
        if key in moves:
            self._move(moves[key])
        elif (
            key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            self._take_row(self.list.currentIndex().row())
        elif key == Qt.Key.Key_Escape:
            self.close_picker()
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Escape from anywhere in it."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_picker()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ground and edge."""
        tokens = self._theme.tokens
        painter = QPainter(self)
        draw_box(painter, QRectF(self.rect()), FIELD_RADIUS, tokens.card, tokens.action, 1.5)

    def _find(self, typed: str) -> None:
        self.choices.find(typed)
        self._mark_first()

    def _mark_first(self) -> None:
        if self.choices.rowCount():
            self.list.setCurrentIndex(self.choices.index(0))
            self.list.scrollToTop()
        elif self.field.text():
            self.told.setText(_("No reason holds these letters"))

    def _move(self, step: int) -> None:
        row = min(max(self.list.currentIndex().row() + step, 0), self.choices.rowCount() - 1)
        if row >= 0:
            self.list.setCurrentIndex(self.choices.index(row))

    def _take_row(self, row: int) -> None:
        choice = self.choices.choice(row)
        if choice is not None and self._take is not None:
            self._take(choice.reason.code)

    def _arrange(self) -> None:
        above = QHBoxLayout()
        above.addWidget(self.title, 1)
        above.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 8, 10)
        layout.setSpacing(6)
        layout.addLayout(above)
        layout.addWidget(self.field)
        layout.addWidget(self.told)
        layout.addWidget(self.list, 1)
