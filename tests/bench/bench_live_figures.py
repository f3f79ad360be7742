"""From a judgement that moves a count to the figure in a text on screen: the bundle drawn up, the text resolved and painted."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from ncpi_desktop.app import make_application
from ncpi_desktop.domain.findings.finding import FindingKind, FindingPlace, Subject
from ncpi_desktop.domain.findings.finding_text import told_text
from ncpi_desktop.storage.tally_repository import read_tallies
from ncpi_desktop.ui.actions import Actions
from ncpi_desktop.ui.background import Background
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.models.findings_model import FindingsModel
from ncpi_desktop.ui.pages.findings.writing_pane import WritingPane
from ncpi_desktop.ui.theme.theme import Theme
from ncpi_desktop.workflows import finding_writing, reviewing
from ncpi_desktop.workflows.gathering import cited_for
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of
from tests.bench.big_audit import REASONS, big_audit
from tests.bench.measure import Figure, quantile, time_each

FINDINGS, ROUNDS = 24, 40
TEXT = (
    "# Seen\nIn {{reason:DEC-W01}} of {{graded}} cases decisions were poor; {{percent-good}} were good.\n\n"
    + "Supervisors agreed what nobody had looked at. " * 40
    + "\n\n- {{area:s47:good}} of {{area:s47:graded}}\n- {{stage:investigation:inadequate}}\n\n**{{graded}}** in all."
)
SUBMITTED = "SELECT case_id FROM results ORDER BY position DESC LIMIT ?"


def bench(folder: Path, large: int) -> list[Figure]:
    """Return the figures; medians over real judgements in a copy of the file."""
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        path = Path(scratch) / "bench.ncpi"
        shutil.copy(big_audit(folder / f"judged-{large}.ncpi", large), path)
        session = AuditSession.open(path, person="Inspector 1")
        try:
            return _figures(session, large)
        finally:
            session.close()


def _figures(session: AuditSession, large: int) -> list[Figure]:
    place = FindingPlace(FindingKind.SHORTCOMING, Subject.CASEWORK, "decision-making")
    for number in range(FINDINGS):
        finding_writing.add_finding(session, place, f"Finding {number}", TEXT, REASONS[:2])
    connection = session.file.connection
    bare = quantile(time_each(lambda _n: read_tallies(connection), 20), 0.5)
    resolved = quantile(time_each(lambda _n: _told(session), 20), 0.5)
    page = quantile(time_each(lambda _n: cited_for(session, "DEC-W01"), 20), 0.5)
    cases = [case for (case,) in connection.execute(SUBMITTED, (ROUNDS,)).fetchall()]
    graded = findings_of(session).overall.graded
    whole, shown = zip(*_until_shown(session, cases, graded), strict=True)
    middle, late = quantile(shown, 0.5), quantile(shown, 0.95)
    what = f"{FINDINGS} findings over {large:,} cases"
    return [
        Figure(
            f"{what}: from the judgement, once saved, to its figure in the text on screen",
            f"{middle:.1f} ms, 95 % {late:.1f} ms",
            f"reading the counts alone {bare:.1f} ms; saving included {quantile(whole, 0.5):.1f} ms",
            "<= 100 ms",
            late <= 100,
        ),
        Figure(
            f"{what}: bundle drawn up and every text resolved",
            f"{resolved:.1f} ms = {resolved / bare:.1f} x",
            f"reading the counts alone {bare:.1f} ms",
            "<= 50 ms",
            resolved <= 50,
        ),
        Figure(
            f"the first page of what was cited for a reason, over {large:,} cases",
            f"{page:.2f} ms",
            f"reading the counts alone {bare:.1f} ms",
            "<= 20 ms",
            page <= 20,
        ),
    ]


def _told(session: AuditSession) -> list[str]:
    findings = findings_of(session)
    return [told_text(held, findings) for held in findings.written]


def _until_shown(session: AuditSession, cases: list[int], graded: int) -> list[tuple[float, float]]:
    """Return for each judgement the milliseconds until its figure was shown: from its key, and from when it was saved."""
    app = make_application()
    theme = Theme("light", 100, app)
    theme.apply(app)
    window = QWidget()
    hub, background = AuditHub(session, window), Background(window)
    figures = FindingsModel(hub, window)
    pane = WritingPane(theme, hub, figures, Actions(window, theme), background, window)
    window.resize(1256, 640)
    pane.resize(1256, 640)
    window.show()
    QApplication.processEvents()
    saved_at = 0.0

    def note_saved(_words: str) -> None:
        nonlocal saved_at
        saved_at = time.perf_counter()

    hub.saved.connect(note_saved)
    times = []
    for case in cases:
        graded -= 1
        wanted = f"{graded} in all."
        begun = time.perf_counter()
        hub.do(lambda opened, case=case: reviewing.reopen(opened, case, "New facts."))  # type: ignore[misc]
        while wanted not in pane.editor.preview.toPlainText():
            QApplication.processEvents()
            assert time.perf_counter() - begun < 5, "the figure never came"
        QApplication.processEvents()
        done = time.perf_counter()
        times.append((1000 * (done - begun), 1000 * (done - saved_at)))
    pane.end()
    figures.end()
    background.close()
    window.close()
    return times
