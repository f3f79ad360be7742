"""Keys and the mouse count as somebody being there; time alone does not."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from ncpi_desktop.ui.locking.idle_watch import IdleWatch


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def field(qtbot: QtBot) -> QLineEdit:
    made = QLineEdit()
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.mark.parametrize("touch", ["key", "mouse", "nothing"])
def test_a_touch_begins_the_time_anew(field: QLineEdit, touch: str) -> None:
    clock, owner, told = Clock(), QObject(), []
    watch = IdleWatch(owner, clock)
    watch.idle.connect(lambda: told.append(clock.now))
    watch.begin(1)
    clock.now = 50
    handle = field.windowHandle()
    assert handle is not None
    if touch == "key":
        QTest.keyClick(handle, Qt.Key.Key_A)
    elif touch == "mouse":
        QTest.mouseMove(handle, QPoint(3, 3))
        QTest.mouseClick(handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(4, 4))
    clock.now = 61
    watch.look()
    assert told == ([61] if touch == "nothing" else [])
    clock.now = 111
    watch.look()
    assert told == ([61] if touch == "nothing" else [111])
    watch.end()
    assert not watch.timer.isActive()
