"""The pages: A4, band and head and foot, bookmarks, and flowables taken in as they are needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, BinaryIO, Final

from reportlab.lib.pagesizes import A4
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageTemplate

from ncpi_desktop.exports.charts.typefaces import REGULAR, register_typefaces
from ncpi_desktop.exports.report.masthead import FOOT, HEAD, Masthead
from ncpi_desktop.exports.report.styles import MARGIN, PAGE_HEIGHT, WIDTH
from ncpi_desktop.words import _

LANGUAGE: Final = "en-GB"
TAKEN_AT_ONCE: Final = 24


class ReportDocument(BaseDocTemplate):
    """A report being written to an open file or to memory. Flowables come from an iterator, so that only a few of them are held at once.

    Page numbers are drawn as forms that are defined after the last page: how many there are is known only then. Where not all pages are
    laid out, they are not `numbered`.
    """

    def __init__(self, target: BinaryIO, masthead: Masthead, *, numbered: bool = True) -> None:
        register_typefaces()
        super().__init__(
            target,  # Open already: reportlab leaves a file of its own open where writing fails.
            pagesize=A4,
            title=masthead.title,
            author=_("Inspection team, national child protection inspections"),
            subject=" · ".join(part for part in (masthead.kind_in_full, masthead.audit, masthead.marking) if part),
            creator="NCPI Case Review",
            lang=LANGUAGE,
            displayDocTitle=1,
            initialFontName=REGULAR,
            pageCompression=1,
        )
        self.masthead = masthead
        self._numbered = numbered
        self._rest: Iterator[Flowable] = iter(())
        self._story: list[Flowable] = []
        self._doSave = 0
        self.addPageTemplates(
            [
                PageTemplate("first", [_frame(PAGE_HEIGHT - masthead.band_height() - 20)], onPage=self._draw_first),
                PageTemplate("later", [_frame(PAGE_HEIGHT - HEAD - 22)], onPage=self._draw_later),
            ]
        )

    def write(self, flowables: Iterable[Flowable]) -> None:
        """Lay out `flowables` and write the file. `Raises:` OSError where it can't be written."""
        self._rest = iter(flowables)
        self._story = [NextPageTemplate("later")]
        self.build(self._story)
        for page in range(1, self.page + 1) if self._numbered else ():
            self.canv.beginForm(_number_form(page))
            self.masthead.draw_page_number(self.canv, page, self.page)
            self.canv.endForm()
        self.canv.showOutline()
        self.canv.save()

    def filterFlowables(self, flowables: list[Flowable]) -> None:  # noqa: N802 - reportlab's name
        """Take in more flowables before one is laid out; reportlab calls this for each, and for page breaks of its own."""
        if flowables is self._story and len(flowables) < TAKEN_AT_ONCE:
            flowables.extend(islice(self._rest, TAKEN_AT_ONCE))

    def _draw_first(self, canvas: Any, _document: Any) -> None:
        canvas.saveState()
        self.masthead.draw_band(canvas)
        self._draw_foot(canvas)

    def _draw_later(self, canvas: Any, _document: Any) -> None:
        canvas.saveState()
        self.masthead.draw_head(canvas)
        self._draw_foot(canvas)

    def _draw_foot(self, canvas: Any) -> None:
        self.masthead.draw_foot(canvas)
        canvas.restoreState()
        if self._numbered:
            canvas.doForm(_number_form(canvas.getPageNumber()))


def _number_form(page: int) -> str:
    return f"number-of-page-{page}"


def _frame(top: float) -> Frame:
    bottom = FOOT + 12
    return Frame(MARGIN, bottom, WIDTH, top - bottom, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
