"""PySide6 6.12.0 takes a reference to None away at each call on Python 3.11, and the interpreter aborts after some 5,400."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

CALLS = 2000
NOISE = 200
"""How far the count may wander for other reasons."""


def test_calls_into_qt_leave_the_references_to_none_alone(qtbot: QtBot) -> None:
    label = QLabel()
    qtbot.addWidget(label)
    words = ("first", "second")
    before = sys.getrefcount(None)
    for turn in range(CALLS):
        label.setText(words[turn % 2])
    assert abs(sys.getrefcount(None) - before) < NOISE
