"""The order in which Tab goes through controls that are made and replaced while a page stands."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtWidgets import QWidget


def go_in_order(widgets: Iterable[QWidget]) -> None:
    """Let Tab go from each to the next, as the eye does: what is made later would come last."""
    for one, other in pairwise(widgets):
        QWidget.setTabOrder(one, other)
