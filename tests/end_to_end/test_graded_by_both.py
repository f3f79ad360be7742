"""A force that thought far better of its work than the inspectors did, as in London in 2016: 132 cases graded by both, and some by inspectors only.

The published shares are 76 per cent not good by the inspectors, and about 80 per cent good or adequate by the force; the cells are invented to fit.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path
from typing import Any, Final

import openpyxl
import pytest
from sklearn.metrics import cohen_kappa_score

from ncpi_desktop.cli.main import Desktop, run
from ncpi_desktop.domain.casework.inspection import Inspection, InspectionKind
from ncpi_desktop.domain.findings.own_words import set_words, sets_of, told
from ncpi_desktop.domain.findings.selection import Selection
from ncpi_desktop.domain.findings.statistics import percent
from ncpi_desktop.storage.identities import fresh_identity
from ncpi_desktop.workflows.creating import create_audit
from ncpi_desktop.workflows.exporting import ExportOrder, export
from ncpi_desktop.workflows.importing import run_import
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of
from ncpi_desktop.workflows.tracing import count_behind
from tests.exports.report.audits import pages_of
from tests.exports.workbook.reading import table_of

GRADES: Final = ("good", "adequate", "inadequate")
CELLS: Final = ((24, 22, 14), (7, 18, 21), (1, 5, 20))
"""A row to each of the force's grades, a column to each of the inspectors'."""
ALONE: Final = ("inadequate",) * 12 + ("adequate",) * 5 + ("good",) * 3
AREAS: Final = ("s47", "domestic-abuse", "exploitation", "online")
NOWHERE = Desktop(window=lambda _path, _sample: 0, tour=lambda _folder: 0)


def pairs() -> Iterator[tuple[str, str]]:
    for own, counts in zip(GRADES, CELLS, strict=True):
        for ours, cases in zip(GRADES, counts, strict=True):
            yield from [(own, ours)] * cases


@pytest.fixture(scope="module")
def met(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The audit, with overall grades and those of one stage, which are the same."""
    folder = tmp_path_factory.mktemp("met")
    path, table = folder / "Met.ncpi", folder / "cases.csv"
    inspection = Inspection(fresh_identity(), "Metropolitan Police", InspectionKind.INSPECTION, "ncpi-2014")
    create_audit(path, inspection, at=datetime(2016, 5, 4, 9, tzinfo=UTC))
    lines = ["case,area,own_grade,grade,own_stage:investigation,stage:investigation"]
    graded = [*pairs(), *(("", ours) for ours in ALONE)]
    for number, ((own, ours), area) in enumerate(zip(graded, cycle(AREAS), strict=False), start=1):
        lines.append(f"C-{number},{area},{own},{ours},{own},{ours}")
    table.write_text("\n".join(lines) + "\n")
    session = AuditSession.open(path)
    run_import(session, table)
    session.close()
    return path


def test_the_bundle_gives_both_shares_and_who_was_the_kinder(met: Path) -> None:
    session = AuditSession.open(met, read_only=True)
    findings = findings_of(session)
    own = findings.self_assessment
    assert (own.both, own.matrix) == (132, CELLS)
    assert percent(132 - own.inspectors.good, 132) == 76
    assert percent(own.own.of("good") + own.own.of("adequate"), 132) == 80
    assert (own.same, own.kinder, own.harsher) == (62, 57, 13)
    assert told(own.compared)[:2] == (
        "The force graded 57 of 132 cases higher than the inspectors, 13 lower.",
        "The grades differ in 70 cases: 55 by one step, 15 by two steps.",
    )
    assert [counts.graded for _name, counts in sets_of(own)] == [132, 132, 20, 152]
    assert sum(area.compared.table.n for area in own.areas) == 132
    (stage,) = own.stages
    assert stage.compared.table == own.compared.table
    both = list(zip(*pairs(), strict=True))
    ranks = [[GRADES.index(grade) for grade in side] for side in both]
    kappa = cohen_kappa_score(*ranks, weights="quadratic")
    assert own.compared.kappa.value == pytest.approx(kappa, abs=1e-10)
    for code, cases in (("own:good:inadequate", 14), ("own-against:kinder", 57), ("own-against:inspectors-only", 20)):
        assert count_behind(session, Selection.from_code(code)) == cases
    session.close()


def test_json_workbook_report_and_terminal_agree(met: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    session = AuditSession.open(met, read_only=True)
    own = findings_of(session).self_assessment
    session.close()
    run(["summary", str(met), "--json"], NOWHERE)
    form: dict[str, Any] = json.loads(capsys.readouterr().out)["self_assessment"]
    run(["summary", str(met)], NOWHERE)
    words = capsys.readouterr().out
    order = ExportOrder(workbook=tmp_path / "met.xlsx", report=tmp_path / "met.pdf")
    export(met, order)
    printed = " ".join(" ".join(page.split()) for page in pages_of(tmp_path / "met.pdf"))

    assert form["matrix"] == [list(row) for row in CELLS]
    assert (form["both"], form["same"], form["kinder"], form["harsher"]) == (132, 62, 57, 13)
    assert form["steps"] == {"1": 55, "2": 15}
    assert (form["inspectors_only"]["graded"], form["all_graded"]["graded"]) == (20, 152)
    assert form["kappa"]["value"] == own.compared.kappa.value
    assert sum(area["compared"] for area in form["areas"]) == 132
    assert [stage["matrix"] for stage in form["stages"]] == [form["matrix"]]
    for sentence in told(own.compared):
        assert sentence in words
        assert sentence in printed
    for _name, counts in sets_of(own):
        assert set_words(counts) in words
        assert f"{counts.graded} {counts.percent_good}%" in printed
    book = openpyxl.load_workbook(tmp_path / "met.xlsx")
    overall, *_others = table_of(book["Own grades agreement"])
    assert (overall["Cases graded by both (n)"], overall["Over-rated by the force"]) == (132, 57)
    assert (overall["Under-rated by the force"], overall["Apart by one step"]) == (13, 55)
    assert overall["Weighted kappa"] == pytest.approx(form["kappa"]["value"])
    assert [row["Graded (n)"] for row in table_of(book["Own grades sets"])] == [132, 132, 20, 152]
