"""Drives the real windows on the sample as a person would, by key, and leaves pictures, the workbook and the report."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from ncpi_desktop.domain.findings.notice import NoticeKind
from ncpi_desktop.ui.pages.findings.panes import PANES
from ncpi_desktop.words import _
from ncpi_desktop.workflows.notices import SUFFIXES

WIDTH, HEIGHT = 1366, 768
LONGEST_WAIT: Final = 60.0
"""Seconds after which work beside the window is held to have failed."""

_RATIONALE: Final = (
    "The first response was prompt, and the officers looked after the children well. After that the risk was not looked at again:"
    " health was not invited, and nobody asked the children what they had seen."
)


_SETTLED_BECAUSE: Final = "The record bears it out."


class TourError(Exception):
    """The windows did not do what the tour asked of them."""


def run_tour(folder: Path) -> int:
    """Leave a picture of every page in `folder`, light and dark and with text at 200 per cent, and the sample's workbook, report and audit.

    One open case is reviewed by key alone on the way. Returns 0; what was written is printed.

    Raises:
        TourError: a step had no effect.
    """
    needs_display = sys.platform not in ("win32", "darwin")
    if needs_display and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        written = _Tour(folder, Path(scratch)).run()
        # Closed, an audit is one whole file: what the documents were made from goes with them.
        audit = next(Path(scratch).glob("*.ncpi"))
        written.append(Path(shutil.copy(audit, folder / "northshire-police.ncpi")))
    for path in written:
        sys.stdout.write(f"{path}\n")
    return 0


class _Tour:
    """One tour: a window with preferences of its own, so that nothing of the person's is touched."""

    def __init__(self, folder: Path, scratch: Path) -> None:
        from ncpi_desktop.ui.application import make_application
        from ncpi_desktop.ui.main_window import MainWindow
        from ncpi_desktop.ui.preferences import Preferences
        from ncpi_desktop.ui.theme.theme import Theme

        self._folder = folder
        self._written: list[Path] = []
        self.app = make_application()
        self.theme = Theme("light", 100, self.app)
        self.theme.apply(self.app)
        self.window = MainWindow(self.theme, Preferences(scratch / "preferences.ini"), sample_folder=scratch)
        self.window.resize(WIDTH, HEIGHT)

    def run(self) -> list[Path]:
        """Do it all, close the window, and return what was written."""
        self.window.show()
        self.window.activateWindow()
        self._settle()
        try:
            self._picture("01-start", "light")
            self._open_sample()
            self._draft_as_lead()
            self._pages("light")
            self._review_by_key()
            self._settle_by_key()
            self._hand_over()
            self.theme.set_preference("dark")
            self._pages("dark")
            self._dialogs("dark")
            self.theme.set_preference("light")
            self.theme.set_text_scale(200)
            self._pages("large-text")
            self._dialogs("large-text")
            self.theme.set_text_scale(100)
            self._dialogs("light")
            self.window.close_audit(asks=False)
            self.theme.set_preference("dark")
            self._picture("01-start", "dark")
        finally:
            self.window.close_audit(asks=False)
            self.window.close()
            self.theme.set_preference("light")
        return self._written

    # -- what is shown

    def _open_sample(self) -> None:
        self.window.open_sample()
        self._wait(lambda: self.window.audit is not None, "the sample did not open")

    def _pages(self, look: str) -> None:
        for name, keys in (
            ("02-overview", "Alt+1"),
            ("03-review", "Alt+2"),
            ("14-quality", "Alt+3"),
            ("09-history", "Alt+6"),
            ("17-referrals", "Alt+7"),
        ):
            self._press(keys)
            self._picture(name, look)
        self._findings(look)
        self._compare(look)

    def _findings(self, look: str) -> None:
        """Take a picture of each part of the findings; the report's once its pages have been drawn."""
        self._press("Alt+4")
        page = self._page_shown()
        for place, entry in enumerate(PANES):
            page.show_pane(entry.code)
            if entry.code == "report":
                self._wait_for_report(page.pane("report"))
            self._picture(f"{18 + place}-findings-{entry.code}", look)
        page.show_pane(PANES[0].code)

    def _wait_for_report(self, pane: Any) -> None:
        """Wait until the first page stands on screen as the audit is now."""
        self._wait(
            lambda: not pane.draft.is_working and not pane.draft.is_stale and pane.view.is_painted(0),
            "the pages of the report were not drawn",
        )

    def _compare(self, look: str) -> None:
        """Take a picture of both parts of Compare."""
        self._press("Alt+5")
        page = self._page_shown()
        for place, name in enumerate(("23-compare-earlier", "24-compare-own-grades")):
            page.tabs.setCurrentIndex(place)
            self._wait(lambda: not self.window.background.is_busy, "the inspections were not compared")
            self._picture(name, look)
        page.tabs.setCurrentIndex(0)

    def _page_shown(self) -> Any:
        audit = self.window.audit
        if audit is None:
            raise TourError("no audit is open")
        return audit.pages.currentWidget()

    def _dialogs(self, look: str) -> None:
        from ncpi_desktop.ui.dialogs.import_dialog import ImportDialog
        from ncpi_desktop.ui.dialogs.keys_dialog import KeysDialog
        from ncpi_desktop.ui.dialogs.new_audit_dialog import NewAuditDialog
        from ncpi_desktop.ui.dialogs.preferences_dialog import PreferencesDialog
        from ncpi_desktop.ui.dialogs.referral_dialog import ReferralDialog

        window = self.window
        if window.audit is None:
            return
        for name, dialog in (
            ("10-preferences", PreferencesDialog(self.theme, window.preferences, window)),
            ("11-keys", KeysDialog(self.theme, window)),
            ("12-new-audit", NewAuditDialog(self.theme, window.background, _("Inspector 1"), window)),
            (
                "16-refer-to-force",
                ReferralDialog(self.theme, window.audit.hub, window.audit.pages.case_in_hand(), window),
            ),
            ("13-import", ImportDialog(self.theme, window.background, window.audit.path, "", window)),
        ):
            dialog.setModal(False)
            wanted = dialog.wanted_size()
            dialog.resize(min(wanted.width(), WIDTH - 40), min(wanted.height(), HEIGHT - 40))
            dialog.show()
            self._settle()
            self._keep(name, look, dialog.grab())
            dialog.close()
            dialog.deleteLater()
        window.activateWindow()
        window.rail.button(window.rail.current() or "overview").setFocus()
        self._settle()

    # -- a review by key alone

    def _review_by_key(self) -> None:
        audit = self.window.audit
        if audit is None:
            raise TourError("no audit is open")
        self._press("Alt+2")
        self._press("Ctrl+D")
        case = audit.pages.review().current_case()
        self._press("2")
        self._grade_stages()
        self._press("Escape")
        self._picture("04-stages", "light")
        self._press("Ctrl+G")
        self._picture("05-criteria", "light")
        self._press("Ctrl+G")
        self._press("Ctrl+R")
        self._type("strategy late")
        self._picture("06-reason-picker", "light")
        self._press("Return")
        self._press("Escape")
        self._cite()
        self._press("Ctrl+T")
        self._type(_RATIONALE)
        self._picture("07-judged", "light")
        self._submit()
        if audit.pages.review().current_case() == case:
            raise TourError(f"the review was not submitted: {audit.pages.review().judgement.hand_in.notice.text()}")
        self._press("Ctrl+F")
        self._type("school")
        self._settle(0.4)
        self._picture("08-search", "light")
        self._press("Escape")

    def _grade_stages(self) -> None:
        """Go from gap to gap and grade each stage, until the next gap is no stage."""
        from ncpi_desktop.ui.widgets.stage_row import StageRow

        letters = "GRRGRN"
        for place in range(20):
            self._press("Ctrl+U")
            focused = self.app.focusWidget()
            row = focused.parentWidget() if focused is not None else None
            while row is not None and not isinstance(row, StageRow):
                row = row.parentWidget()
            if row is None or row.judgement() != (None, False):
                return
            self._press(letters[place % len(letters)])

    def _cite(self) -> None:
        """Select some words of the record by key and cite them for the reason just given."""
        audit = self.window.audit
        if audit is None:
            return
        view = audit.pages.review().record.view
        view.setFocus()
        for keys in ("Ctrl+Home", "Ctrl+Down", "Home"):
            self._press(keys)
        for _word in range(16):
            self._press("Ctrl+Shift+Right")
        self._press("Ctrl+E")

    def _submit(self) -> None:
        """Hand the review in; a question about contradictions is answered with a second press."""
        audit = self.window.audit
        if audit is None:
            return
        page = audit.pages.review()
        case = page.current_case()
        for _attempt in range(2):
            if page.current_case() == case:
                self._press("Ctrl+Return")

    # -- settling by key alone

    def _settle_by_key(self) -> None:
        """Settle the case of the sample in which reasons alone differ, as the team lead."""
        audit = self.window.audit
        if audit is None:
            raise TourError("no audit is open")
        person = audit.hub.session.name
        self.window.sign_in(_("Team lead"))
        self._press("Alt+3")
        self._press("Home")
        self._press("Return")
        settled = audit.figures.findings.quality.settled_grades.settled
        for _part in range(20):
            self._press("T")
            self._type(_SETTLED_BECAUSE)
            self._press("Ctrl+Return")
            audit.figures.draw_up()
            if audit.figures.findings.quality.settled_grades.settled > settled:
                break
        else:
            raise TourError("the case was not settled")
        self._picture("15-settled", "light")
        self.window.sign_in(person)

    # -- handing over

    def _hand_over(self) -> None:
        audit = self.window.audit
        if audit is None:
            return
        self._press("Alt+1")
        for document in ("workbook", "report"):
            target = self._folder / f"northshire-police.{'xlsx' if document == 'workbook' else 'pdf'}"
            self.window.notices.clear()
            self.window.commands.handing_over.write(
                "workbook" if document == "workbook" else "report", audit.path, target
            )
            self._wait(lambda: not self.window.background.is_busy, f"the {document} was not written")
            if not target.exists():
                raise TourError(f"the {document} was not written: {self.window.notices.text()}")
            self._written.append(target)
        self._hand_over_notice()
        self._picture("14-handed-over", "light")
        self.window.notices.clear()

    def _draft_as_lead(self) -> None:
        """Draft the press notice, which is a team lead's to write."""
        audit = self.window.audit
        if audit is None:
            raise TourError("no audit is open")
        person = audit.hub.session.name
        self.window.sign_in(_("Team lead"))
        self._press("Alt+4")
        page = self._page_shown()
        page.show_pane("notices")
        page.pane("notices").draft_button.click()
        if not page.pane("notices").text.text():
            raise TourError("the press notice was not drafted")
        page.show_pane(PANES[0].code)
        self.window.sign_in(person)

    def _hand_over_notice(self) -> None:
        """Write the press notice as a page and as plain text."""
        self._press("Alt+4")
        pane = self._page_shown().pane("notices")
        for suffix in SUFFIXES:
            target = self._folder / f"{NoticeKind.PRESS_NOTICE.value}{suffix}"
            pane.write(target)
            self._wait(lambda: not self.window.background.is_busy, "the press notice was not written")
            if not target.exists():
                raise TourError(f"the press notice was not written: {pane.notice.text()}")
            self._written.append(target)
        self._press("Alt+1")

    # -- hands and eyes

    def _press(self, keys: str) -> None:
        from PySide6.QtGui import QKeySequence
        from PySide6.QtTest import QTest

        chord = QKeySequence(keys)[0]  # type: ignore[index]
        focused = self.app.focusWidget()
        target = focused if focused is not None and focused.window() is self.window else self.window
        QTest.keyClick(target, chord.key(), chord.keyboardModifiers())
        self._settle()

    def _type(self, words: str) -> None:
        from PySide6.QtTest import QTest

        QTest.keyClicks(self.app.focusWidget() or self.window, words)
        self._settle()

    def _settle(self, seconds: float = 0.03) -> None:
        """Let the window react and paint."""
        until = time.monotonic() + seconds
        while True:
            self.app.processEvents()
            if time.monotonic() >= until:
                return

    def _wait(self, done: Callable[[], bool], otherwise: str) -> None:
        until = time.monotonic() + LONGEST_WAIT
        while not done():
            if time.monotonic() > until:
                raise TourError(otherwise)
            self.app.processEvents()
            time.sleep(0.005)
        self._settle()

    def _picture(self, name: str, look: str) -> None:
        self._settle(0.2)
        self._keep(name, look, self.window.grab())

    def _keep(self, name: str, look: str, picture: object) -> None:
        path = self._folder / f"{name}-{look}.png"
        if not picture.save(str(path)):  # type: ignore[attr-defined]
            raise TourError(f"{path.name} can't be written")
        self._written.append(path)
