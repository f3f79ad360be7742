"""The whole way on the sample, in the real window: from the last open case to the report, the workbook and the press notice.

Every figure is the same in window, workbook, report and JSON, and each of them has as many cases behind it as it counts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ncpi_desktop.cli.main import Desktop, run
from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.findings.selection import Selection
from ncpi_desktop.domain.moderation.settlement import Choice
from ncpi_desktop.ui import prompts
from ncpi_desktop.ui.dialogs.cases_behind_dialog import CasesBehindDialog
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.ui.pages.referrals_page import ReferralsPage
from ncpi_desktop.ui.widgets.stage_row import StageRow
from ncpi_desktop.workflows import reviewing, settling
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.session import AuditSession, Changed
from ncpi_desktop.workflows.tracing import cases_behind, count_behind
from tests.casework import complete, key_of
from tests.end_to_end import figures_read
from tests.exports.report.audits import pages_of
from tests.ui.conftest import (  # noqa: F401  the real window, and no box that waits
    main_window,
    no_box_waits_for_an_answer,
    preferences,
    theme,
)

LEAD = "Team lead"
NOWHERE = Desktop(window=lambda _path, _sample: 0, tour=lambda _folder: 0)
OPEN = Selection.from_code("state:still-to-review")
GRADES = ("good", "inadequate", "requires-improvement", "good", "good")
UNSETTLED = ("DA-03", "MIS-02", "S47-05")
WAIT = 60_000


def press(window: MainWindow, keys: str) -> None:
    """Press a key where the keyboard is, as a person would."""
    chord = QKeySequence(keys)[0]  # type: ignore[index]
    window.activateWindow()  # a dialog that has closed leaves it to the window's manager, which is none here
    QApplication.processEvents()
    focused = QApplication.focusWidget()
    inside = focused is not None and focused.window() is window
    QTest.keyClick(focused if inside else window, chord.key(), chord.keyboardModifiers())
    QApplication.processEvents()


def type_words(words: str) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, words)
    QApplication.processEvents()


def session_of(window: MainWindow) -> AuditSession:
    assert window.audit is not None
    return window.audit.hub.session


def open_cases(window: MainWindow) -> list[CaseKey]:
    return [line.case for line in cases_behind(session_of(window), OPEN).cases]


def hand_in_beside(window: MainWindow, case: CaseKey, grade: str) -> None:
    """Judge and submit a case through the hub, as the pages do."""

    def act(session: AuditSession) -> Changed:
        complete(session, case, grade)
        return reviewing.submit(session, case)

    assert window.audit is not None
    assert window.audit.hub.do(act) is not None


def hand_in_by_key(window: MainWindow) -> None:
    """Go to the last case from the overview, judge it by key alone, submit it."""
    assert window.audit is not None
    (case,) = open_cases(window)
    press(window, "Alt+1")
    page: Any = window.audit.pages.currentWidget()
    page.needs.resume_button.click()
    review = window.audit.pages.review()
    assert review.current_case() == case
    press(window, "2")
    for letter in "GRRGRRGR":
        press(window, "Ctrl+U")
        row: Any = QApplication.focusWidget()
        while row is not None and not isinstance(row, StageRow):
            row = row.parentWidget()
        if row is None or row.judgement() != (None, False):
            break
        press(window, letter)
    press(window, "Ctrl+R")
    type_words("strategy late")
    press(window, "Return")
    press(window, "Escape")
    press(window, "Ctrl+T")
    type_words("The first response was prompt. After that nobody asked the children what they had seen.")
    for _press in range(2):  # a question about what contradicts is answered by pressing again
        if open_cases(window):
            press(window, "Ctrl+Return")
    assert open_cases(window) == [], review.judgement.hand_in.notice.text()


def close_the_referral(window: MainWindow, qtbot: QtBot) -> str:
    """Go from the header's count to the open referral and close it by key; return what the page says then."""
    assert window.audit is not None
    qtbot.mouseClick(window.header.referrals, Qt.MouseButton.LeftButton)
    page = window.audit.pages.currentWidget()
    assert isinstance(page, ReferralsPage)
    page.did.setFocus()
    type_words("Both children were seen that evening and are safe.")
    page.outcome.setFocus()
    type_words("A strategy discussion was held; the man is on bail with conditions.")
    press(window, "Ctrl+Return")
    return page.said.text()


def settle_what_differs(window: MainWindow) -> None:
    assert window.audit is not None
    for reference in UNSETTLED:
        case = key_of(session_of(window), reference)

        def act(session: AuditSession, case: CaseKey = case) -> Changed:
            parts = [line.part for line in settling.lay_out(session, case).settling.open]
            return settling.decide_all(session, case, parts, Choice.SECOND, "The record bears it out.")

        assert window.audit.hub.do(act) is not None


def finding_shown(window: MainWindow) -> str:
    assert window.audit is not None
    page: Any = window.audit.pages.currentWidget()
    return str(page.pane("writing").editor.preview.toPlainText())


def export_all(window: MainWindow, folder: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """Draft the press notice and hand everything over by the buttons and commands of the window."""
    names = {"workbook": "w.xlsx", "report": "r.pdf", "notice": "n.pdf", "words": "n.txt"}
    written = {document: folder / name for document, name in names.items()}
    place: list[Path] = []
    monkeypatch.setattr(prompts, "ask_place_to_save", lambda *_asked: place[-1])
    assert window.audit is not None
    press(window, "Alt+4")
    page: Any = window.audit.pages.currentWidget()
    page.show_pane("notices")
    notices = page.pane("notices")
    qtbot.mouseClick(notices.draft_button, Qt.MouseButton.LeftButton)
    acts: dict[str, Callable[[], None]] = {
        "workbook": window.actions_.export_workbook.trigger,
        "report": window.actions_.export_final.trigger,
        "notice": notices.page_button.click,
        "words": notices.text_button.click,
    }
    for document, act in acts.items():
        place.append(written[document])
        act()
        qtbot.waitUntil(lambda: not window.background.is_busy, timeout=WAIT)
        assert written[document].exists(), window.notices.text()
    return written


def list_of(window: MainWindow, act: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> int:
    """Return how many cases the list holds that `act` opens."""
    found: list[int] = []

    def read(dialog: CasesBehindDialog) -> int:
        found.append(dialog.model.rowCount())
        return 0

    with monkeypatch.context() as patched:
        patched.setattr(CasesBehindDialog, "exec", read)
        act()
    (cases,) = found
    return cases


def test_from_the_last_case_to_the_report(
    main_window: MainWindow,  # noqa: F811
    sample_path: Path,
    tmp_path: Path,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    window = main_window
    assert window.open_file(sample_path)
    window.header.person_chosen.emit(LEAD)
    assert session_of(window).name == LEAD

    first, *others = open_cases(window)
    assert len(others) == 5
    press(window, "Alt+4")
    assert window.audit is not None
    assert "in 4 of 30 cases" in finding_shown(window)
    hand_in_beside(window, first, GRADES[0])
    qtbot.waitUntil(lambda: "in 4 of 31 cases" in finding_shown(window))  # the text itself was not touched
    for case, grade in zip(others[:-1], GRADES[1:], strict=True):
        hand_in_beside(window, case, grade)
    hand_in_by_key(window)
    settle_what_differs(window)
    assert close_the_referral(window, qtbot) == "0 open, of 1 referral."
    assert window.header.referrals.isHidden()
    window.audit.figures.draw_up()

    written = export_all(window, tmp_path, qtbot, monkeypatch)
    aspects = [found.aspect.value for found in window.audit.figures.findings.partnership.aspects]
    shown = figures_read.of_window(window, aspects)
    lists_are_as_long_as_their_figures(window, monkeypatch)
    window.close_audit()

    run(["summary", str(sample_path), "--json"], NOWHERE)
    form: Any = json.loads(capsys.readouterr().out)
    told = figures_read.of_json(form)
    assert (form["cases"], form["graded"]) == (36, 36)
    assert told["referrals"] == (1, 1, 0)
    assert len(told) > 60
    in_workbook, in_report = (
        figures_read.of_workbook(written["workbook"], form),
        figures_read.of_report(written["report"], form),
    )
    assert in_workbook == told
    assert in_report == told
    assert shown == {name: told[name] for name in shown}
    assert {"share", "change", "p", "own", "referrals", "discussions", "recommendations"} <= set(shown)
    assert len(shown) >= 7 + len(form["areas"]) + 8 + len(aspects)
    notice_has_the_same_figures(written, form)
    assert "· draft" not in " ".join(pages_of(written["report"]))
    assert check(sample_path).problems == ()


def lists_are_as_long_as_their_figures(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    """Open the cases behind figures of each page by one click, and count them."""
    assert window.audit is not None
    findings, session = window.audit.figures.findings, session_of(window)
    window.show_page("overview")
    overview: Any = window.audit.pages.currentWidget()
    opened = 0
    for link in figures_read.links_of(overview):
        words = link.accessibleName().removesuffix("; show cases")
        if link is overview.change_link or link is overview.good_link:
            figure = findings.overall.good
        elif link is overview.graded_link:
            figure = findings.overall.graded
        else:
            numbers = re.search(r"(?:^|: )(\d+) (?!open comment)", words)
            assert numbers is not None, words
            figure = int(numbers[1])
        assert list_of(window, link.click, monkeypatch) == figure, words
        opened += 1
    assert opened > 12

    window.show_page("compare")
    compare: Any = window.audit.pages.currentWidget()
    compare.tabs.setCurrentIndex(1)
    for link in compare.own.against.values():
        figure = int(link.text().rpartition(": ")[2])
        if figure:
            assert list_of(window, link.click, monkeypatch) == figure
    cells = [cell for row in compare.own.matrix.cells for cell in row if cell.count]
    for cell in cells:
        assert list_of(window, cell.click, monkeypatch) == int(cell.text())
    for link, _bar, words in compare.own.sets:
        assert list_of(window, link.click, monkeypatch) == int(re.findall(r"of (\d+)", words.text())[0])

    window.show_page("findings")
    page: Any = window.audit.pages.currentWidget()
    page.show_pane("partners")
    pane = page.pane("partners")
    for row, found in zip(pane.aspects.rows, findings.partnership.aspects, strict=False):
        assert f": {found.cases_without} of {findings.partnership.cases_with}" in row.words.below
        assert list_of(window, row.click, monkeypatch) == found.cases_without
    assert list_of(window, pane.all_button.click, monkeypatch) == findings.partnership.cases_with
    for code, figure in (("referred:closed", 1), ("referred:open", 0), ("state:submitted", 36)):
        assert count_behind(session, Selection.from_code(code)) == figure


def notice_has_the_same_figures(written: dict[str, Path], form: Any) -> None:
    """The page and the plain text of the press notice say per cent good now and before."""
    plain = written["words"].read_text("utf-8")
    for words in (" ".join(" ".join(pages_of(written["notice"])).split()), " ".join(plain.split())):
        assert f"{form['percent_good']} per cent of the cases examined were good" in words
        assert f"{form['previous']['percent_good']} per cent" in words
        assert "Northshire Police" in words
