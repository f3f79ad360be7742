"""What stands on every page: the band of the first, the running head of the others, and the foot of all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from xml.sax.saxutils import escape

from reportlab.lib.colors import HexColor
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph

from ncpi_desktop.domain.casework.inspection import Inspection, InspectionKind
from ncpi_desktop.exports.charts.characters import fitted, shown
from ncpi_desktop.exports.charts.palette import CARD, INK, LINE, MUTED, RAIL, RAIL_TEXT
from ncpi_desktop.exports.charts.typefaces import BOLD, REGULAR, SEMIBOLD
from ncpi_desktop.exports.report.styles import MARGIN, PAGE_HEIGHT, PAGE_WIDTH, WIDTH
from ncpi_desktop.words import _

FOOT: Final = 52.0
HEAD: Final = 40.0
SIDE: Final = 140.0
BAND_LEAST: Final = 128.0
LONGEST_FORCE: Final = 90
SHORT_FORCE: Final = 36


@dataclass(frozen=True)
class Masthead:
    """The words of band, head and foot. Not part of any section, so that no page can lack them."""

    force: str
    kind: str
    kind_in_full: str
    audit: str
    marking: str
    status: str
    sample: str

    @classmethod
    def of(cls, inspection: Inspection, *, draft: bool) -> Masthead:
        """Return the words for `inspection`."""
        audit = _("Case file audit findings")
        if inspection.fieldwork:
            audit = _("Case file audit findings · fieldwork {when}").format(when=inspection.fieldwork)
        full = _("National child protection inspection")
        if inspection.kind is not InspectionKind.INSPECTION:
            full = _("National child protection inspection: {kind}").format(kind=inspection.kind.label.lower())
        force = shown(inspection.force)
        return cls(
            force=force if len(force) <= LONGEST_FORCE else force[: LONGEST_FORCE - 1] + "…",
            kind=inspection.kind.label,
            kind_in_full=full,
            audit=audit,
            marking=inspection.marking.value,
            status=_("Draft") if draft else _("Final"),
            sample=_("Sample data") if inspection.is_sample else "",
        )

    @property
    def title(self) -> str:
        """The title of the document."""
        return _("{force}: case file audit findings").format(force=self.force)

    def band_height(self) -> float:
        """Return how high the band of the first page must be for the name of the force."""
        return max(BAND_LEAST, 98 + self._name().wrap(WIDTH - SIDE, PAGE_HEIGHT)[1])

    def draw_band(self, canvas: Any) -> None:
        """Draw the band at the head of the first page."""
        height = self.band_height()
        top = PAGE_HEIGHT
        canvas.setFillColor(HexColor(RAIL))
        canvas.rect(0, top - height, PAGE_WIDTH, height, stroke=0, fill=1)
        name = self._name()
        _width, name_height = name.wrap(WIDTH - SIDE, PAGE_HEIGHT)
        name.drawOn(canvas, MARGIN, top - 30 - name_height)
        y = top - 30 - name_height - 19
        _words(canvas, MARGIN, y, self.kind_in_full, REGULAR, 12.5, RAIL_TEXT)
        _words(canvas, MARGIN, y - 23, self.audit, REGULAR, 10.2, RAIL_TEXT)
        right = PAGE_WIDTH - MARGIN
        _words(canvas, right, top - 51, self.marking, BOLD, 9, CARD, right=True)
        _words(canvas, right, y, self.status, SEMIBOLD, 9.5, CARD, right=True)
        _words(canvas, right, y - 23, self.sample, SEMIBOLD, 9.5, CARD, right=True)

    def draw_head(self, canvas: Any) -> None:
        """Draw the running head of a page after the first."""
        y = PAGE_HEIGHT - HEAD
        _words(canvas, MARGIN, y, self._head_words, REGULAR, 8.2, MUTED)
        _words(canvas, PAGE_WIDTH - MARGIN, y, self.marking, BOLD, 8.2, INK, right=True)
        _rule(canvas, y - 7, 0.7)

    def draw_foot(self, canvas: Any) -> None:
        """Draw the foot of a page, all but its number, whose total is not known yet."""
        _rule(canvas, FOOT, 1.5)
        _words(canvas, MARGIN, FOOT - 14, self._foot_words, REGULAR, 8.2, MUTED)

    def draw_page_number(self, canvas: Any, page: int, pages: int) -> None:
        """Draw the number of a page at the right of its foot."""
        words = _("Page {page} of {pages}").format(page=page, pages=pages)
        _words(canvas, PAGE_WIDTH - MARGIN, FOOT - 14, words, REGULAR, 8.2, MUTED, right=True)

    @cached_property
    def _head_words(self) -> str:
        return fitted(f"{self.force} · {self.kind}", REGULAR, 8.2, WIDTH - SIDE)

    @cached_property
    def _foot_words(self) -> str:
        after = "".join(f" · {part.lower()}" for part in (self.sample, self.status) if part)
        name = _("Case file audit findings · {force}").format(force=self.force)
        return fitted(name, REGULAR, 8.2, WIDTH - SIDE - 40) + after

    def _name(self) -> Paragraph:
        size = 24 if len(self.force) <= SHORT_FORCE else 17
        style = ParagraphStyle("force", fontName=BOLD, fontSize=size, leading=size * 1.18, textColor=HexColor(CARD))
        style.bulletFontName = REGULAR
        return Paragraph(escape(self.force), style)


def _words(
    canvas: Any, x: float, y: float, words: str, face: str, size: float, colour: str, right: bool = False
) -> None:
    canvas.setFont(face, size)
    canvas.setFillColor(HexColor(colour))
    (canvas.drawRightString if right else canvas.drawString)(x, y, words)


def _rule(canvas: Any, y: float, thickness: float) -> None:
    canvas.setStrokeColor(HexColor(LINE))
    canvas.setLineWidth(thickness)
    canvas.line(MARGIN, y, PAGE_WIDTH - MARGIN, y)
