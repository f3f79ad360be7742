"""Begins the lines of a text box with a mark, or takes it off where all of them have it."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QTextBlock, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit

_MARKS: Final = ("## ", "# ", "- ")


def begin_lines_with(box: QPlainTextEdit, mark: str) -> None:
    """Let the selected lines, or the line of the cursor, begin with `mark` in place of another; one step of undo."""
    if box.isReadOnly():
        return
    cursor = box.textCursor()
    blocks = _blocks(box, cursor)
    marked = all(_mark_of(block.text()) == mark for block in blocks)
    cursor.beginEditBlock()
    for block in blocks:
        at = QTextCursor(block)
        at.setPosition(block.position() + len(_mark_of(block.text())), QTextCursor.MoveMode.KeepAnchor)
        at.insertText("" if marked else mark)
    cursor.endEditBlock()


def _mark_of(line: str) -> str:
    return next((mark for mark in _MARKS if line.startswith(mark)), "")


def _blocks(box: QPlainTextEdit, cursor: QTextCursor) -> list[QTextBlock]:
    document = box.document()
    block, last = document.findBlock(cursor.selectionStart()), document.findBlock(cursor.selectionEnd())
    found = [block]
    while block != last:
        block = block.next()
        found.append(block)
    return found
