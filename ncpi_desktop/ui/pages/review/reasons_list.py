"""The reasons given, as cards: wording, polarity, stage, and the cited passages when unfolded."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ncpi_desktop.domain.grading.review import Review
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.domain.methodology.reason import Polarity
from ncpi_desktop.ui.models.reason_model import ReasonModel, ReasonRow
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.theme.tokens import Tone
from ncpi_desktop.ui.widgets.painting import draw_box, draw_focus_ring, draw_icon
from ncpi_desktop.words import _

_BAR = 3
_WRAP = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap

Index = QModelIndex | QPersistentModelIndex


def look_of_polarity(polarity: Polarity) -> tuple[Tone, str]:
    """Return the tone and the icon of a polarity."""
    return ("poor", "minus") if polarity is Polarity.WEAKNESS else ("good", "plus")


class ReasonDelegate(QStyledItemDelegate):
    """Draws reasons as tinted cards with a bar, and passages below them."""

    def __init__(self, theme: Theme, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._heights: dict[tuple[str, bool, int], int] = {}
        theme.changed.connect(self._heights.clear)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Measure the wrapped words at the width of the list."""
        view = option.widget
        width = view.viewport().width() if isinstance(view, QListView) else 300
        row = _row_of(index)
        return QSize(width, self.height(row, width) if row else 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        row = _row_of(index)
        if row is None:
            return
        state: QStyle.StateFlag = option.state
        focused = bool(state & QStyle.StateFlag.State_Selected) and bool(state & QStyle.StateFlag.State_HasFocus)
        rect = QRectF(option.rect)
        if row.citation is None:
            self._paint_reason(painter, rect.adjusted(0, 0, 0, -self._theme.px(5)), row, focused)
        else:
            self._paint_passage(painter, rect.adjusted(self._theme.px(14), 0, 0, -self._theme.px(4)), row, focused)

    def _paint_reason(self, painter: QPainter, box: QRectF, row: ReasonRow, focused: bool) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        tone, icon = look_of_polarity(row.reason.polarity)
        colours = tokens.tone(tone)
        draw_box(painter, box, 4, colours.text)
        painter.save()
        painter.setClipRect(box.adjusted(_BAR, 0, 0, 0))
        draw_box(painter, box, 4, tokens.card)
        painter.setOpacity(0.5)
        draw_box(painter, box, 4, colours.ground)
        painter.restore()
        inner = box.adjusted(px(12), px(4), -px(8), -px(4))
        draw_icon(painter, theme, icon, colours.text, 16, inner.left(), inner.top() + px(9))
        words = inner.adjusted(px(22), 0, 0, 0)
        painter.setFont(theme.font("text", 600))
        painter.setPen(QColor(tokens.ink))
        taken = painter.boundingRect(words, _WRAP, row.words)
        painter.drawText(words, _WRAP, row.words)
        painter.setFont(theme.font("caption"))
        painter.setPen(QColor(tokens.muted))
        below = QRectF(words.left(), taken.bottom() + 1, words.width(), inner.bottom() - taken.bottom())
        painter.drawText(below, _WRAP, row.particulars)
        if row.given.citations:
            fold = "chevron-up" if row.unfolded else "chevron-down"
            draw_icon(painter, theme, fold, tokens.muted, 14, inner.right() - px(12), below.top() + px(7))
        if focused:
            draw_focus_ring(painter, theme, box, 4)

    def _paint_passage(self, painter: QPainter, box: QRectF, row: ReasonRow, focused: bool) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        painter.fillRect(box, QColor(tokens.cited))
        painter.setFont(theme.font("caption"))
        painter.setPen(QColor(tokens.ink))
        painter.drawText(box.adjusted(px(8), px(3), -px(6), -px(3)), _WRAP, self._shortened(row.words))
        if focused:
            draw_focus_ring(painter, theme, box, 2)

    def height(self, row: ReasonRow, width: int) -> int:
        """Return the height of a row, with the gap below it, at the width of the list."""
        key = (row.words + row.particulars, row.citation is None, width)
        if key not in self._heights:
            self._heights[key] = self._measure(row, width)
        return self._heights[key]

    def _measure(self, row: ReasonRow, width: int) -> int:
        theme, px = self._theme, self._theme.px

        def tall(metrics: QFontMetricsF, room: int, words: str) -> float:
            return metrics.boundingRect(QRectF(0, 0, max(room, 40), 9000), _WRAP, words).height()

        if row.citation is not None:
            caption = QFontMetricsF(theme.font("caption"))
            return round(tall(caption, width - px(14) - px(14), self._shortened(row.words))) + px(10)
        room = width - px(12) - px(8) - px(22)
        words = tall(QFontMetricsF(theme.font("text", 600)), room, row.words)
        return round(words + tall(QFontMetricsF(theme.font("caption")), room - px(14), row.particulars)) + px(14)

    @staticmethod
    def _shortened(words: str) -> str:
        return words if len(words) <= 280 else f"{words[:140]} … {words[-130:]}"


class ReasonsList(QListView):
    """The given reasons. Enter unfolds a reason or goes to a passage; Delete withdraws.

    Signals:
        reason_withdrawn: the code of the reason to withdraw.
        passage_withdrawn: the GivenReason and the Citation to withdraw.
        passage_wanted: the Citation to show in the record.
    """

    reason_withdrawn = Signal(str)
    passage_withdrawn = Signal(object, object)
    passage_wanted = Signal(object)

    def __init__(self, theme: Theme, methodology: Methodology, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._read_only = False
        self.reasons = ReasonModel(methodology, self)
        self.setModel(self.reasons)
        self._delegate = ReasonDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(_("Reasons"))
        self.setProperty("frameless", True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setToolTip(_("Enter shows the passages, Delete withdraws"))
        theme.changed.connect(self.doItemsLayout)

    def sizeHint(self) -> QSize:
        """Ask for what the cards need."""
        return QSize(self._theme.px(200), self.whole_height(self.width()))

    def minimumSizeHint(self) -> QSize:
        """Accept little: the list scrolls."""
        return QSize(self._theme.px(120), self._theme.px(24))

    def whole_height(self, width: int, most: int | None = None) -> int:
        """Return the height of the first rows at `width`; of the words that stand for them where there is no reason.

        All rows are counted, or as many as `most` says.
        """
        rows = [self.reasons.row(place) for place in range(self.reasons.rowCount())][:most]
        if rows:
            return sum(self._delegate.height(row, width) for row in rows if row is not None)
        box = QFontMetricsF(self._theme.font()).boundingRect(QRectF(0, 0, width, 9000), _WRAP, _no_reason())
        return round(box.height()) + 4

    def show_review(self, review: Review) -> None:
        """Show the reasons of a review; the row that had the keyboard keeps it where it is still there."""
        row = self.currentIndex().row()
        if self.reasons.show_review(review):
            if row >= 0 and self.reasons.rowCount() and self.hasFocus():
                self.setCurrentIndex(self.reasons.index(min(row, self.reasons.rowCount() - 1)))
            self.viewport().update()

    def set_read_only(self, read_only: bool) -> None:
        """Keep reasons from being withdrawn; passages can still be looked at."""
        self._read_only = read_only

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Unfold, go to a passage, or withdraw; digits are left to the grades."""
        row = self.reasons.row(self.currentIndex().row())
        moves = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End)
        if event.key() in moves:
            super().keyPressEvent(event)
        elif row is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex().row(), row)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not self._read_only:
            self._withdraw(row)
        else:
            event.ignore()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Unfold what is clicked."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        row = self.reasons.row(index.row()) if index.isValid() else None
        if row is not None and event.button() == Qt.MouseButton.LeftButton:
            self._open(index.row(), row)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first reason."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.reasons.rowCount():
            self.setCurrentIndex(self.reasons.index(0))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say what will be here while nothing is."""
        super().paintEvent(event)
        if self.reasons.rowCount():
            return
        painter = QPainter(self.viewport())
        painter.setPen(QColor(self._theme.tokens.muted))
        painter.setFont(self._theme.font())
        painter.drawText(
            QRect(0, 2, self.viewport().width(), self.viewport().height()),
            _WRAP,
            _no_reason(),
        )

    def _open(self, place: int, row: ReasonRow) -> None:
        if row.citation is not None:
            self.passage_wanted.emit(row.citation)
        elif row.given.citations:
            self.reasons.toggle(place)
            self.setCurrentIndex(self.reasons.index(place))
            if not row.unfolded:
                self.scrollTo(self.reasons.index(place), QListView.ScrollHint.PositionAtTop)
                self.passage_wanted.emit(row.given.citations[0])

    def _withdraw(self, row: ReasonRow) -> None:
        if row.citation is not None:
            self.passage_withdrawn.emit(row.given, row.citation)
        else:
            self.reason_withdrawn.emit(row.reason.code)


def _no_reason() -> str:
    return _("No reason yet: Ctrl+R adds one.")


def _row_of(index: Index) -> ReasonRow | None:
    model = index.model()
    return model.row(index.row()) if isinstance(model, ReasonModel) else None
