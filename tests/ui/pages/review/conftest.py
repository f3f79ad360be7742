"""The review page on a copy of the sample, in a window of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.grading.review import Review
from ncpi_desktop.ui.actions import Actions
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.pages.review.review_page import ReviewPage
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.workflows import browsing, reviewing
from ncpi_desktop.workflows.sample import build_sample
from ncpi_desktop.workflows.session import AuditSession

CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@dataclass
class Desk:
    """The page with what it stands on, and the hands of a person who has no mouse."""

    page: ReviewPage
    hub: AuditHub
    actions: Actions
    window: QMainWindow
    theme: Theme

    def focused(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None
        return widget

    def press(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.focused(), key, modifiers)
        QApplication.processEvents()

    def type(self, words: str) -> None:
        QTest.keyClicks(self.focused(), words)

    def case(self, reference: str) -> CaseKey:
        case = browsing.case_called(self.hub.session, reference)
        assert case is not None
        return case

    def open(self, reference: str) -> CaseKey:
        case = self.case(reference)
        self.page.go_to(case)
        QApplication.processEvents()
        return case

    def review(self, case: CaseKey) -> Review:
        return reviewing.lay_on_desk(self.hub.session, case).review

    def notice(self) -> str:
        notice = self.page.judgement.hand_in.notice
        return notice.text() if notice.isVisible() else ""


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "sample.ncpi"
    build_sample(path)
    return path


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    made = Theme("light")
    made.apply(qapp)
    yield made
    made.set_text_scale(100)
    made.deleteLater()


@pytest.fixture
def open_desk(sample: Path, tmp_path: Path, theme: Theme, qtbot: QtBot) -> Iterator[Callable[..., Desk]]:
    sessions: list[AuditSession] = []

    def opened(person: str = "Inspector 2", *, read_only: bool = False) -> Desk:
        path = tmp_path / "audit.ncpi"
        if not path.exists():
            shutil.copy(sample, path)
        beside = sessions[0] if sessions else None
        session = AuditSession.open(path, person=person, read_only=read_only, beside=beside)
        sessions.append(session)
        hub = AuditHub(session)
        window = QMainWindow()
        window.resize(1282, 712)
        actions = Actions(window, theme)
        page = ReviewPage(theme, hub, actions)
        window.setCentralWidget(page)
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        page.shown()
        QApplication.processEvents()
        return Desk(page, hub, actions, window, theme)

    yield opened
    for session in sessions:
        session.close()


@pytest.fixture
def desk(open_desk: Callable[..., Desk]) -> Desk:
    return open_desk()
