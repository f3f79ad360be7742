"""A process to be killed: the real window on an audit, worked by key events from a seed.

``python -m tests.safety.driven_window AUDIT SEED`` tells on standard output, a line of JSON each, what it did and when (monotonic
milliseconds): *ready*; *typed* with the whole text of the rationale after a key; *undo* before one; *saved* with the sequence that the
hub reported.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random
from time import monotonic

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ncpi_desktop.ui.application import make_application
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.ui.preferences import Preferences
from ncpi_desktop.ui.theme.theme import Theme
from tests.safety.faults.working_day import WORDS

CONTROL, PLAIN = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
KEY = Qt.Key


def tell(what: str, **about: object) -> None:
    """Say it at once: the pipe holds it when this process is gone."""
    line = json.dumps({"what": what, "at": round(monotonic() * 1000), **about}, ensure_ascii=False)
    os.write(1, (line + "\n").encode())


class Hands:
    """Presses keys, one at a time, with the window's own loop running between them."""

    def __init__(self, window: MainWindow, seed: int) -> None:
        self._window = window
        self._random = Random(seed)
        self._keys = self._work()
        self._timer = QTimer(window)
        self._timer.setInterval(2)
        self._timer.timeout.connect(self._press_next)

    def begin(self) -> None:
        """Start; only a kill ends it."""
        self._timer.start()

    def _press_next(self) -> None:
        self._timer.setInterval(next(self._keys))

    def _press(self, key: Qt.Key | str, modifiers: Qt.KeyboardModifier = PLAIN) -> None:
        QTest.keyClick(QApplication.focusWidget() or self._window, key, modifiers)

    def _work(self) -> Iterator[int]:
        """Press keys for ever; yield the milliseconds until the next."""
        while True:
            kind = self._random.choices(("grade", "step", "type", "reason", "hand in", "undo"), (10, 6, 6, 2, 1, 2))[0]
            yield from getattr(self, f"_{kind.replace(' ', '_')}")()

    def _grade(self) -> Iterator[int]:
        self._press(KEY.Key_F6)
        if not self._is_in_a_text():
            self._press(self._random.choice((KEY.Key_1, KEY.Key_2, KEY.Key_3)))
        yield 1

    def _step(self) -> Iterator[int]:
        self._press(self._random.choice((KEY.Key_PageDown, KEY.Key_PageDown, KEY.Key_PageUp)))
        yield 1

    def _type(self) -> Iterator[int]:
        self._press(KEY.Key_T, CONTROL)
        self._press(KEY.Key_End, CONTROL)
        pace = self._random.choice((1, 5, 20, 60))  # the slowest go on typing longer than the two seconds
        for letter in " ".join(self._random.choices(WORDS, k=self._random.randint(1, 25))) + " ":
            self._press(letter)
            self._tell_typed()
            yield pace
        if self._random.random() < 0.3:
            yield 700  # A pause in which the text is saved by itself.

    def _reason(self) -> Iterator[int]:
        self._press(KEY.Key_R, CONTROL)
        for letter in self._random.choice(("not seen", "plan", "spoke")):
            self._press(letter)
            yield 1
        self._press(KEY.Key_Return)
        self._press(KEY.Key_Escape)
        yield 1

    def _hand_in(self) -> Iterator[int]:
        self._press(KEY.Key_Return, CONTROL)
        yield 1

    def _undo(self) -> Iterator[int]:
        self._press(KEY.Key_F6)
        if not self._is_in_a_text():
            tell("undo")
            self._press(KEY.Key_Z, CONTROL)
        yield 1

    def _is_in_a_text(self) -> bool:
        assert self._window.audit is not None
        judgement = self._window.audit.pages.review().judgement
        return (
            judgement.texts.focused_box() is not None or self._window.audit.pages.review().queue.search_field.hasFocus()
        )

    def _tell_typed(self) -> None:
        assert self._window.audit is not None
        page = self._window.audit.pages.review()
        box = page.judgement.texts.focused_box()
        if box is page.judgement.texts.rationale and not box.isReadOnly():
            tell("typed", case=int(page.current_case() or 0), text=box.text())


def main(audit: Path, seed: int) -> int:
    """Open `audit` in the window and work in it until killed."""
    app = make_application()
    theme = Theme("light", 100, app)
    theme.apply(app)
    preferences = Preferences(Path(tempfile.mkdtemp()) / "preferences.ini")
    preferences.reviewer = "Inspector 2"
    window = MainWindow(theme, preferences)
    window.show()
    window.open_file(audit)
    window.show_page("review")
    if window.audit is None:
        return 1
    session = window.audit.hub.session
    window.audit.hub.saved.connect(lambda _time: tell("saved", sequence=session.file.last_sequence()))
    hands = Hands(window, seed)
    tell("ready")
    hands.begin()
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), int(sys.argv[2])))
