"""The head of a record: reference, area and tags, and the facts of the case, drawn in one go."""

from __future__ import annotations

from dataclasses import dataclass, field

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ncpi_desktop.ui.pages.review.button_row import LARGE_TEXT
from ncpi_desktop.ui.pages.review.hinted_button import HintedButton
from ncpi_desktop.ui.pages.review.record_text import visible_text
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.ui.theme.tokens import Tone
from ncpi_desktop.ui.widgets.chip import chip_size, paint_chip
from ncpi_desktop.ui.widgets.painting import draw_icon, words_width
from ncpi_desktop.ui.widgets.push_button import PushButton
from ncpi_desktop.words import _


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: its caption and words; with a tone and an icon where it is a grade."""

    caption: str
    words: str
    tone: Tone | None = None
    icon: str | None = None


@dataclass(frozen=True, slots=True)
class HeaderWords:
    """All that the head of a record says; `purpose` is why the case is read, empty for a first reading.

    `referred` says that the case was sent back to the force, and whether that is still open; empty where it was not.
    """

    reference: str = ""
    area: str = ""
    tags: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    purpose: str = ""
    referred: str = ""
    referral_is_open: bool = False


@dataclass(slots=True)
class _Placed:
    """Where everything stands at one width."""

    reference: QRectF = field(default_factory=QRectF)
    chips: list[tuple[QRectF, str, Tone]] = field(default_factory=list)
    facts: list[tuple[QRectF, QRectF, Fact]] = field(default_factory=list)
    height: int = 0


class CaseHeader(QWidget):
    """One widget instead of a dozen labels: a case is shown without measuring the whole page again.

    Chips and facts wrap where it is narrow; the widget asks for another height only when the number of lines changes.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._words = HeaderWords()
        self._placed = _Placed()
        self.previous_button = PushButton(theme, _("Previous case"), "secondary", "chevron-left", "PgUp", self)
        self.next_button = PushButton(theme, _("Next case"), "secondary", "chevron-right", "PgDown", self)
        for button in (self.previous_button, self.next_button):
            button.set_icon_only()
        self.cases_button = HintedButton(theme, _("Cases"), "secondary", "list", "Ctrl+F")
        self.cases_button.setParent(self)
        self.cases_button.setAccessibleName(_("Show cases"))
        self.cases_button.hide()
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._dress)

    def show_words(self, words: HeaderWords) -> None:
        """Show another case, or another fact of this one."""
        if words == self._words:
            return
        self._words = words
        self._make_known()
        if not self.cases_button.isHidden():
            self._place_buttons()
        height = self._placed.height
        self._placed = self._place(self.width())
        if self._placed.height != height:
            self.updateGeometry()
        self.update()

    @property
    def is_brief(self) -> bool:
        """Whether only the reference is shown here: large text leaves the facts to the head of the record."""
        return self._theme.text_scale >= LARGE_TEXT

    def show_cases_button(self, shown: bool) -> None:
        """Offer to show the cases, while they are folded away."""
        if shown == self.cases_button.isHidden():
            self.cases_button.setVisible(shown)
            self._dress()

    def reference_place(self) -> QRectF:
        """Return where the reference stands."""
        return QRectF(self._placed.reference)

    def words(self) -> HeaderWords:
        """Return what it says."""
        return self._words

    def hasHeightForWidth(self) -> bool:
        """Narrower means more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at `width`."""
        return self._placed.height if width == self.width() and self._placed.height else self._place(width).height

    def sizeHint(self) -> QSize:
        """Take the width there is."""
        return QSize(self._theme.px(300), self._placed.height or self._theme.px(90))

    def minimumSizeHint(self) -> QSize:
        """Accept any width that shows the buttons."""
        return QSize(self._theme.px(200), self._placed.height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the buttons at the edges, and the rest anew."""
        self._place_buttons()
        self._placed = self._place(self.width())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw reference, chips, facts, and the line below."""
        painter = QPainter(self)
        theme, tokens = self._theme, self._theme.tokens
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(tokens.ink))
        painter.setFont(theme.font("reference"))
        reference = QFontMetricsF(theme.font("reference")).elidedText(
            self._words.reference, Qt.TextElideMode.ElideMiddle, self._placed.reference.width()
        )
        painter.drawText(self._placed.reference, flags, reference)
        for rect, words, tone in self._placed.chips:
            paint_chip(painter, theme, rect, words, tone)
        wrap = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
        for above, below, fact in self._placed.facts:
            painter.setPen(QColor(tokens.muted))
            painter.setFont(self._caption_font())
            painter.drawText(above, flags, fact.caption)
            colour = tokens.tone(fact.tone).text if fact.tone else tokens.ink
            left = below.left()
            if fact.icon:
                left += draw_icon(painter, theme, fact.icon, colour, 16, left, below.top() + theme.px(9)) + theme.px(4)
            painter.setPen(QColor(colour))
            painter.setFont(theme.font("text", 600 if fact.tone else None))
            painter.drawText(QRectF(left, below.top(), below.right() - left, below.height()), wrap, fact.words)
        painter.fillRect(QRectF(0, self.height() - 1, self.width(), 1), QColor(tokens.line))

    def _place(self, width: int) -> _Placed:
        theme, px = self._theme, self._theme.px
        placed = _Placed()
        left = self._cases_room()
        room = width - self._buttons_room() - px(10)
        metrics = QFontMetricsF(theme.font("reference"))
        line = max(px(32), round(metrics.height()), self.next_button.sizeHint().height())
        reference = min(words_width(metrics, self._words.reference) + 2, max(room - left, 0))
        placed.reference = QRectF(left, 0, reference, line)
        if self.is_brief:
            placed.height = line + px(8)
            return placed
        left, top = left + reference + px(10), 0
        chips: list[tuple[str, Tone]] = [(self._words.purpose, "warning")] if self._words.purpose else []
        if self._words.referred:
            chips.append((self._words.referred, "danger" if self._words.referral_is_open else "neutral"))
        chips += [(self._words.area, "action")] if self._words.area else []
        chips += [(visible_text(tag), "danger" if _is_high_risk(tag) else "neutral") for tag in self._words.tags]
        for words, tone in chips:
            size = chip_size(theme, words)
            if left + size.width() > room and left > 0:
                left, top = 0, top + max(size.height() + px(6), line if top == 0 else 0)
                room = width
            rect = QRectF(left, top + (line - size.height()) / 2 if top == 0 else top, size.width(), size.height())
            placed.chips.append((rect, words, tone))
            left += size.width() + px(9)
        bottom = max([line, *(round(rect.bottom()) for rect, _words, _tone in placed.chips)])
        placed.height = self._place_facts(placed, width, bottom + px(7)) + px(10)
        return placed

    def _side(self) -> int:
        """Return the width of a button with an arrow: large text leaves no room beside the arrow."""
        least = 0 if self.is_brief else self._theme.px(42)
        return max(self.next_button.sizeHint().width(), least)

    def _buttons_room(self) -> int:
        return 2 * self._side() + self._theme.px(6 if self.is_brief else 10)

    def _cases_room(self) -> int:
        """Return how much of the left the button for the cases takes with its gap."""
        if self.cases_button.isHidden():
            return 0
        return self.cases_button.sizeHint().width() + self._theme.px(10)

    def _place_buttons(self) -> None:
        px = self._theme.px
        left = self.width() + px(6 if self.is_brief else 10)
        for button in (self.next_button, self.previous_button):
            left -= self._side() + px(6 if self.is_brief else 10)
            button.setGeometry(left, 0, self._side(), max(button.sizeHint().height(), px(32)))
        if self.cases_button.isHidden():
            return
        reference = words_width(QFontMetricsF(self._theme.font("reference")), self._words.reference)
        room = left - reference - 2 * px(10)
        self.cases_button.show_hint(self.cases_button.width_with(hint=True) <= room)
        size = self.cases_button.sizeHint()
        self.cases_button.setGeometry(0, 0, size.width(), self.next_button.height())

    def _place_facts(self, placed: _Placed, width: int, top: int) -> int:
        theme, px = self._theme, self._theme.px
        captions, text = QFontMetricsF(self._caption_font()), QFontMetricsF(theme.font("text", 600))
        above = round(captions.height())
        widths = [
            min(
                max(words_width(captions, fact.caption), words_width(text, fact.words) + (px(20) if fact.icon else 0))
                + 2,
                width,
            )
            for fact in self._words.facts
        ]
        # Facts come closer together before one of them goes to another line.
        gaps = max(len(widths) - 1, 1)
        gap = min(max((width - sum(widths)) // gaps, px(12)), px(28))
        # A long list of children wraps rather than pushing the other facts to another line.
        others = sum(widths[1:]) + gap * (len(widths) - 1)
        if widths and widths[0] + others > width and width - others >= px(120):
            widths[0] = width - others
        left, bottom = 0, top
        for fact, wide in zip(self._words.facts, widths, strict=True):
            if left and left + wide > width:
                left, top = 0, bottom + px(6)
            box = text.boundingRect(QRectF(0, 0, wide, 4000), Qt.TextFlag.TextWordWrap, fact.words)
            lines = round(box.height())
            placed.facts.append((QRectF(left, top, wide, above), QRectF(left, top + above + px(1), wide, lines), fact))
            bottom = max(bottom, top + above + px(1) + lines)
            left += wide + gap
        return bottom

    def _caption_font(self) -> QFont:
        font = self._theme.font("caption", 600)
        font.setCapitalization(QFont.Capitalization.AllUppercase)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.3)
        return font

    def _make_known(self) -> None:
        words = self._words
        practice = [words.purpose] if words.purpose else []
        referred = [words.referred] if words.referred else []
        self.setAccessibleName(", ".join([words.reference, *practice, *referred, words.area, *words.tags]))
        self.setToolTip(words.reference)
        self.setAccessibleDescription(". ".join(f"{fact.caption}: {fact.words}" for fact in words.facts))

    def _dress(self) -> None:
        self._place_buttons()
        self._placed = self._place(self.width())
        self.updateGeometry()
        self.update()


def _is_high_risk(tag: str) -> bool:
    return "high" in tag.casefold() and "risk" in tag.casefold()
