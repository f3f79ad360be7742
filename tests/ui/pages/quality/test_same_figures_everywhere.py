"""The sample's quality sample to its end: read again, settled by its readers and by a lead; every output then says the same."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ncpi_desktop.cli.main import Desktop, run
from ncpi_desktop.domain.moderation.second_reading import SecondState
from ncpi_desktop.domain.moderation.settlement import Choice
from ncpi_desktop.ui.main_window import MainWindow
from ncpi_desktop.ui.pages.quality.quality_page import QualityPage
from ncpi_desktop.workflows import browsing, settling
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import hand_in, key_of
from tests.exports.report.audits import pages_of

ASSURER, LEAD = "Quality assurer 1", "Team lead"
AGAIN = {"EX-03": "good", "ON-02": "inadequate", "OC-02": "requires-improvement", "OM-01": "good"}
NOWHERE = Desktop(window=lambda _path, _sample: 0, tour=lambda _folder: 0)


def differing(session: AuditSession, reference: str) -> list[settling.Part]:
    return [line.part for line in settling.lay_out(session, key_of(session, reference)).settling.open]


def gone_through(session: AuditSession) -> None:
    """Do all of it: the assurer reads four again, concedes what they differ in where they may, the lead settles the rest."""
    session.sign_in(ASSURER)
    for reference, grade in AGAIN.items():
        hand_in(session, key_of(session, reference), grade)
    settling.decide_all(
        session, key_of(session, "DA-03"), differing(session, "DA-03"), Choice.SECOND, "Nobody spoke to her."
    )
    session.sign_in("Inspector 2")
    settling.agree_to(session, key_of(session, "DA-03"), differing(session, "DA-03"))
    session.sign_in(LEAD)
    for reference in ("MIS-02", "S47-05", *AGAIN):
        if browsing.second_state(session, key_of(session, reference)) is SecondState.TO_SETTLE:
            settling.decide_all(
                session, key_of(session, reference), differing(session, reference), Choice.SECOND, "So it was."
            )


def test_page_workbook_report_and_json_say_the_same(
    main_window: MainWindow, sample_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    session = AuditSession.open(sample_path, person=LEAD)
    gone_through(session)
    session.close()
    assert check(sample_path).problems == ()
    book, report = tmp_path / "w.xlsx", tmp_path / "r.pdf"
    run(["summary", str(sample_path), "--json"], NOWHERE)
    form: Any = json.loads(capsys.readouterr().out)
    run(["summary", str(sample_path)], NOWHERE)
    words = capsys.readouterr().out
    run(["export", str(sample_path), "--workbook", str(book), "--report", str(report), "--person", LEAD], NOWHERE)
    quality = form["quality"]
    assert (quality["sampled"], quality["read_twice"], quality["to_settle"]) == (12, 12, 0)
    kappa, ac2 = f"{quality['kappa']['value']:.2f}", f"{quality['ac2']['value']:.2f}"
    interval = " to ".join(f"{end:.2f}" for end in quality["ac2"]["interval"].values()).replace("-", "−")
    same = f"{quality['same']} of {quality['compared']} cases ({quality['per_cent_same']}%"

    printed = " ".join(" ".join(page.split()) for page in pages_of(report))
    for shown in (printed, words):
        for told in (same, f"kappa {kappa}", ac2, interval):
            assert told in " ".join(shown.split())

    opened = openpyxl.load_workbook(book, read_only=True)
    rows = {row[0]: row for row in opened["Quality"].iter_rows(values_only=True)}
    opened.close()
    overall = rows["Overall grade"]
    assert overall[2:5] == (quality["compared"], quality["same"], quality["per_cent_same"])
    assert (overall[6], overall[8]) == pytest.approx((quality["kappa"]["value"], quality["ac2"]["value"]), abs=1e-12)
    assert overall[9] == interval

    assert main_window.open_file(sample_path)
    main_window.show_page("quality")
    assert main_window.audit is not None
    page = main_window.audit.pages.currentWidget()
    assert isinstance(page, QualityPage)
    assert page.agreement.headline.figure.text() == ac2
    assert interval in page.agreement.headline.note.text()
    assert [[cell.count for cell in row] for row in page.agreement.matrix.cells] == quality["matrix"]
    # What settling changed moves the final grades of page and documents alike.
    assert sum(form["grades"].values()) == form["graded"] == 30
    assert f"{form['percent_good']}%" in printed
