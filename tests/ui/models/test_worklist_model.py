"""The queue as a list model: any filter, any size, and small changes told as small changes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from ncpi_desktop.domain.casework.worklist import QueueChoice, QueueFilter
from ncpi_desktop.ui.hub import AuditHub
from ncpi_desktop.ui.models import worklist_model
from ncpi_desktop.ui.models.worklist_model import WorklistModel
from ncpi_desktop.workflows import browsing, reviewing
from ncpi_desktop.workflows.sample import build_sample
from ncpi_desktop.workflows.session import AuditSession


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "sample.ncpi"
    build_sample(path)
    return path


@pytest.fixture
def hub(sample: Path, tmp_path: Path, qapp: QApplication) -> Iterator[AuditHub]:
    session = AuditSession.open(Path(shutil.copy(sample, tmp_path / "audit.ncpi")), person="Inspector 2")
    yield AuditHub(session)
    session.close()


def references(model: WorklistModel) -> list[str]:
    return [line.reference for row in range(model.rowCount()) if (line := model.line(row))]


def test_whole_queue_has_headings_and_positions(hub: AuditHub, qtmodeltester: ModelTester) -> None:
    model = WorklistModel(hub)
    qtmodeltester.check(model)
    assert model.rowCount() == 36 + 9
    assert model.index(0).data() == "Section 47 enquiries"
    assert model.index(1).data() == "S47-01"
    assert model.index(0).flags() == Qt.ItemFlag.NoItemFlags
    assert model.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == "S47-01, 11 entries, Good"
    assert model.row_of_position(7) == 8
    assert model.row_of_position(0) is None
    assert model.row_of_position(37) is None
    assert model.neighbour(36, 1) is None
    assert model.neighbour(1, -1) is None


@pytest.mark.parametrize("choice", list(QueueChoice))
def test_every_filter_shows_what_it_counts(hub: AuditHub, choice: QueueChoice, qtmodeltester: ModelTester) -> None:
    model = WorklistModel(hub)
    model.set_filter(QueueFilter(choice, hub.session.person.key))
    qtmodeltester.check(model)
    assert len(references(model)) == browsing.queue_counts(hub.session)[choice]


def test_long_list_is_filled_in_slices(
    hub: AuditHub, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, qtmodeltester: ModelTester
) -> None:
    monkeypatch.setattr(worklist_model, "_FIRST_SLICE", 3)
    monkeypatch.setattr(worklist_model, "_SLICE", 4)
    monkeypatch.setattr(worklist_model, "_SLICE_SECONDS", 0.0)
    monkeypatch.setattr(worklist_model, "_PAGE", 5)
    model = WorklistModel(hub)
    monkeypatch.setattr(worklist_model, "_SLICE_SECONDS", 1e-9)
    model.set_filter(QueueFilter(QueueChoice.SUBMITTED))
    qtmodeltester.check(model)
    assert model.is_filling
    assert len(references(model)) == 3
    monkeypatch.setattr(worklist_model, "_SLICE_SECONDS", 0.008)
    qtbot.waitUntil(lambda: not model.is_filling)
    assert len(references(model)) == 30
    assert len(set(references(model))) == 30


def test_case_falls_out_of_the_filter_and_comes_back(
    hub: AuditHub, monkeypatch: pytest.MonkeyPatch, qtmodeltester: ModelTester
) -> None:
    monkeypatch.setattr(worklist_model, "_PAGE", 2)
    model = WorklistModel(hub)
    model.set_filter(QueueFilter(QueueChoice.TO_DO))
    qtmodeltester.check(model)
    before = references(model)
    for reference in before:
        case = browsing.case_called(hub.session, reference)
        reviewing.park(hub.session, case, "Wait")
        model.refresh(case)
        assert references(model) == [other for other in before if other != reference]
        assert model.rowCount() == 10  # each stands alone in its area, so its heading goes with it
        reviewing.park(hub.session, case, "")
        model.refresh(case)
        assert references(model) == before
        assert model.rowCount() == 12


def test_changed_line_is_told_alone(hub: AuditHub, qtbot: QtBot) -> None:
    model = WorklistModel(hub)
    case = browsing.case_called(hub.session, "DA-06")
    row = model.row_of_position(12)
    assert model.line(row).not_sure is False
    reviewing.mark_not_sure(hub.session, case, True)
    with qtbot.waitSignal(model.dataChanged) as told:
        model.refresh(case)
    assert told.args[0].row() == told.args[1].row() == row
    assert model.line(row).not_sure
    assert model.index(row).data(Qt.ItemDataRole.AccessibleTextRole) == "DA-06, 9 entries, In progress, not sure"


def test_neighbours_under_a_filter(hub: AuditHub) -> None:
    model = WorklistModel(hub)
    model.set_filter(QueueFilter(QueueChoice.TO_DO))
    assert model.neighbour(6, 1) == 12
    assert model.neighbour(12, -1) == 6
    assert model.neighbour(9, 1) == 12  # a case that is not among those shown
    assert model.neighbour(9, -1) == 6
    assert model.neighbour(34, 1) is None


def test_only_some_pages_are_held(hub: AuditHub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worklist_model, "_PAGE", 2)
    monkeypatch.setattr(worklist_model, "_PAGES_KEPT", 3)
    model = WorklistModel(hub)
    assert len(references(model)) == 36
    assert len(model._pages) == 3
