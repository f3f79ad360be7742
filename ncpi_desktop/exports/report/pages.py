"""The pages of a finished report as pictures and words, read from memory: nothing is put on the disk.

PDFium may not be called by two threads at once, not even for two documents, and closing counts as a call. So every call is made
under one lock, and what is opened is closed again before the lock is left: nothing stays for the garbage collector to close later.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Final

from ncpi_desktop.domain.errors import OutputNotWrittenError
from ncpi_desktop.words import _

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument

LONGEST_TEXT: Final = 6000
"""Characters of a page that are read at most: a full page of the report has some 4,000."""
_ONE_AT_A_TIME: Final = Lock()


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page drawn at `width` x `height` pixels of four bytes (blue, green, red, unused), and its words in reading order."""

    width: int
    height: int
    pixels: bytes
    words: str


def page_sizes(pdf: bytes) -> tuple[tuple[float, float], ...]:
    """Return the width and height of each page in points.

    Raises:
        OutputNotWrittenError: `pdf` is no sound document, or one without pages.
    """
    with _opened(pdf) as document:
        sizes = tuple(document.get_page_size(page) for page in range(len(document)))
    if not sizes:
        raise _not_shown()
    return sizes


def draw_page(pdf: bytes, page: int, width: int) -> PagePicture:
    """Draw the page at place `page` (0 is the first), `width` pixels wide.

    Raises:
        OutputNotWrittenError: `pdf` is damaged, or has no such page.
    """
    from pypdfium2 import PdfiumError

    try:
        with _opened(pdf) as document:
            if not 0 <= page < len(document):
                raise _not_shown()
            shown = document[page]
            try:
                bitmap = shown.render(scale=width / shown.get_width(), prefer_bgrx=True)
                try:
                    pixels = ctypes.string_at(bitmap.buffer, bitmap.stride * bitmap.height)
                    drawn, high, stride = bitmap.width, bitmap.height, bitmap.stride
                finally:
                    bitmap.close()
                text = shown.get_textpage()
                try:
                    words = str(text.get_text_range(0, min(LONGEST_TEXT, text.count_chars())))
                finally:
                    text.close()
            finally:
                shown.close()
    except PdfiumError:
        raise _not_shown() from None
    if stride != 4 * drawn:
        pixels = b"".join(pixels[line * stride : line * stride + 4 * drawn] for line in range(high))
    return PagePicture(drawn, high, pixels, " ".join(words.split()))


@contextmanager
def _opened(pdf: bytes) -> Iterator[PdfDocument]:
    from pypdfium2 import PdfDocument, PdfiumError

    with _ONE_AT_A_TIME:
        try:
            document = PdfDocument(pdf)
        except PdfiumError:
            raise _not_shown() from None
        try:
            yield document
        finally:
            document.close()


def _not_shown() -> OutputNotWrittenError:
    return OutputNotWrittenError(
        _("The pages of the report can't be shown."),
        safe=_("The audit file is untouched, and the report can still be exported."),
        todo=_("Press Refresh; if it happens again, export the report and open it in another program."),
    )
