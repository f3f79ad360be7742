"""The pages of the preview as pictures: drawn one after the other beside the window, the last looked at kept."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from ncpi_desktop.domain.errors import KnownError
from ncpi_desktop.ui.background import Background, Tick
from ncpi_desktop.words import _
from ncpi_desktop.workflows.previewing import Preview, draw_page

KEPT_BYTES: Final = 96 * 1024 * 1024
"""Pictures that are kept: some seventeen pages as wide as a screen, whatever the report is long."""
WIDEST: Final = 2400
"""Pixels that a page is drawn at most; on a finer screen it is drawn larger than that by Qt."""


@dataclass(frozen=True)
class DrawnPage:
    """A page as it was drawn: of which preview, how wide it was wanted, and its words."""

    image: QImage
    preview: Preview
    width: int
    words: str


class PreviewPages(QObject):
    """Draws what is wanted, the nearest first. Only one thread ever draws, and `end` waits for it.

    Signals:
        drawn: the place of a page whose picture is there now.
        failed: a KnownError: a page can't be drawn.
    """

    drawn = Signal(int)
    failed = Signal(object)

    def __init__(self, parent: QObject, kept_bytes: int = KEPT_BYTES) -> None:
        super().__init__(parent)
        self._background = Background(self)
        self._kept_bytes = kept_bytes
        self._kept: OrderedDict[int, DrawnPage] = OrderedDict()
        self._preview: Preview | None = None
        self._wanted: list[tuple[int, int]] = []
        self._failed = False

    @property
    def is_busy(self) -> bool:
        """Whether a page is being drawn."""
        return self._background.is_busy

    @property
    def bytes_kept(self) -> int:
        """What the pictures take in memory."""
        return sum(page.image.sizeInBytes() for page in self._kept.values())

    def show(self, preview: Preview) -> None:
        """Draw another draft from now on; the pictures of the one before stand until theirs are drawn."""
        self._preview = preview
        self._failed = False
        self._wanted = []
        for page in [page for page in self._kept if page >= len(preview.sizes)]:
            del self._kept[page]

    def forget(self) -> None:
        """Let go of every picture and of the document."""
        self._preview = None
        self._wanted = []
        self._kept.clear()

    def end(self) -> None:
        """Stop, and wait for the thread."""
        self.forget()
        self._background.close()

    def page(self, place: int) -> DrawnPage | None:
        """Return the picture of a page as far as there is one, perhaps of the draft before or at another width."""
        return self._kept.get(place)

    def want(self, places: Sequence[int], width: int) -> None:
        """Draw these pages next, `width` pixels wide; what was wanted before and is no more is left out.

        So are the last of them where not all can be kept: they would push each other out again and again.
        """
        width = min(width, WIDEST)
        places = places[: max(1, self._kept_bytes // self._bytes_of(places[0], width))] if places else places
        self._wanted = [(place, width) for place in places if not self._is_drawn(place, width)]
        for place in reversed(places):
            if place in self._kept:
                self._kept.move_to_end(place)
        self._go_on()

    def _bytes_of(self, place: int, width: int) -> int:
        if self._preview is None or place >= len(self._preview.sizes):
            return 1
        wide, high = self._preview.sizes[place]
        return max(1, 4 * width * math.ceil(width * high / wide))

    def _is_drawn(self, place: int, width: int) -> bool:
        kept = self._kept.get(place)
        return kept is not None and kept.preview is self._preview and kept.width == width

    def _go_on(self) -> None:
        preview = self._preview
        if preview is None or self._failed or self._background.is_busy or not self._wanted:
            return
        place, width = self._wanted.pop(0)

        def work(_tick: Tick) -> DrawnPage:
            picture = draw_page(preview.pdf, place, width)
            image = QImage(
                picture.pixels, picture.width, picture.height, 4 * picture.width, QImage.Format.Format_RGB32
            ).copy()  # The picture's own bytes go when this returns.
            return DrawnPage(image, preview, width, picture.words)

        self._background.run(
            _("Drawing a page…"), work, lambda made: self._made(place, made), lambda error: self._report(preview, error)
        )

    def _made(self, place: int, made: DrawnPage) -> None:
        if made.preview is self._preview:
            self._kept[place] = made
            self._kept.move_to_end(place)
            while len(self._kept) > 1 and self.bytes_kept > self._kept_bytes:
                self._kept.popitem(last=False)
            self.drawn.emit(place)
        self._go_on()

    def _report(self, preview: Preview, error: KnownError) -> None:
        if preview is self._preview:
            self._failed = True
            self.failed.emit(error)
        else:
            self._go_on()
