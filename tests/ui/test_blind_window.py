"""No page of the window tells a quality assurer what a first reading says before theirs is handed in."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QAbstractListModel, Qt
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QLabel, QPlainTextEdit, QTextEdit, QWidget

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.storage.review_repository import current_review
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.workflows import browsing

PAGES = ("overview", "review", "quality", "findings", "history")
BLIND = ("EX-03", "ON-02", "OC-02", "OM-01", "DA-02")
TOLD = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole)


def rows_of(view: QAbstractItemView) -> list[str]:
    model = view.model()
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount()
    cells = [model.index(row, column) for row in range(model.rowCount()) for column in range(columns)]
    return [str(model.data(cell, role) or "") for cell in cells for role in TOLD]


def words_of(window: QWidget) -> str:
    told: list[str] = []
    for widget in (window, *window.findChildren(QWidget)):
        told += [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()]
        if isinstance(widget, QLabel | QAbstractButton):
            told.append(widget.text())
        elif isinstance(widget, QTextEdit | QPlainTextEdit):
            told.append(widget.toPlainText())
        elif isinstance(widget, QAbstractItemView):
            told += rows_of(widget)
    return "\n".join(told)


def rationale_of(window: MainWindow, reference: str) -> tuple[CaseKey, str]:
    assert window.audit is not None
    session = window.audit.hub.session
    case = browsing.case_called(session, reference)
    assert case is not None
    review = current_review(session.file.connection, case)
    assert review is not None
    assert review.rationale
    return case, review.rationale[:50]


@pytest.mark.parametrize("reference", BLIND)
def test_no_page_tells_the_first_rationale(open_window: MainWindow, reference: str) -> None:
    open_window.sign_in("Quality assurer 1")
    assert open_window.audit is not None
    case, rationale = rationale_of(open_window, reference)
    open_window.audit.pages.go_to_case(case)
    for page in PAGES:
        open_window.show_page(page)
        assert rationale not in words_of(open_window), page


def test_the_walk_finds_a_rationale_that_is_open(open_window: MainWindow) -> None:
    open_window.sign_in("Team lead")
    assert open_window.audit is not None
    case, rationale = rationale_of(open_window, "DA-02")
    open_window.audit.pages.go_to_case(case)
    assert rationale in words_of(open_window)
