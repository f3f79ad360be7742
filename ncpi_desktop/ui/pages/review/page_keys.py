"""Ties the program's actions and the digits to the review page, for as long as the page lives."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from ncpi_desktop.domain.methodology.grade import Scale
from ncpi_desktop.ui.actions import Actions

_STEPPING = ("previous_case", "next_case")


def connect_actions(page: QWidget, actions: Actions, acts: Mapping[str, Callable[[], object]]) -> None:
    """Let each action (by name) do its act while `page` is in view."""

    def do_if_shown(act: Callable[[], object]) -> None:
        if page.isVisible():
            act()

    connections = []
    for name, act in acts.items():
        action = getattr(actions, name)
        # A key held down may step through cases, but must not answer the question whether to submit anyway.
        action.setAutoRepeat(name in _STEPPING)
        connections.append(action.triggered.connect(lambda _checked=False, act=act: do_if_shown(act)))
    # The actions outlive the page; Qt lets go of methods by itself, but not of these.
    page.destroyed.connect(lambda: [QObject.disconnect(connection) for connection in connections])


def connect_digits(page: QWidget, scale: Scale, press_grade: Callable[[str], object]) -> None:
    """Let the key of each grade give it, outside text boxes alone: a text box takes its digits before any shortcut does."""
    for grade in scale.grades:
        shortcut = QShortcut(QKeySequence(grade.key), page)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(lambda code=grade.code: press_grade(code))


def enable(actions: Actions, names: tuple[str, ...], enabled: bool) -> None:
    """Enable or disable actions; those that are so already are left alone."""
    for name in names:
        action = getattr(actions, name)
        if action.isEnabled() != enabled:
            action.setEnabled(enabled)
