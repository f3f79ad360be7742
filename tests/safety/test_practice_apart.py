"""Practice is kept apart: with a practice set that has been read, no figure, list or output of the audit is another."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from ncpi_desktop.domain.casework.worklist import QueueChoice, QueueFilter
from ncpi_desktop.domain.findings.findings import Provenance
from ncpi_desktop.domain.findings.json_form import findings_form
from ncpi_desktop.domain.moderation.second_reading import SecondState
from ncpi_desktop.exports.workbook.workbook import write_workbook
from ncpi_desktop.storage.second_reading_repository import second_lines
from ncpi_desktop.workflows import browsing, comparing, reviewing
from ncpi_desktop.workflows.backing_up import back_up
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.exporting import case_lines
from ncpi_desktop.workflows.laying_beside import compare_with
from ncpi_desktop.workflows.redacting import redact
from ncpi_desktop.workflows.rescuing import rescue
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of
from tests.builders import DRAWN_UP, make_case
from tests.casework import bring_in, complete, hand_in, key_of
from tests.conftest import FIRST_MOMENT, TickingClock
from tests.practice import AGREED, answer, bring_set_in, practice_keys

ASSURER = "Quality assurer 1"
WORDS = ("exploitation", "the", "Officer", "PRACTICE-1", "diary slot", "sandwich", "DA-01")
SAME = Provenance(1, "f" * 64, DRAWN_UP)


@pytest.fixture(scope="module")
def practised(built_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample with the practice set, read by two people, one of them not to the end."""
    path = Path(shutil.copy(built_sample, tmp_path_factory.mktemp("practice") / "Northshire.ncpi"))
    session = AuditSession.open(path, person="Inspector 2", clock=TickingClock(datetime(2018, 6, 1, tzinfo=UTC)))
    bring_set_in(session)
    answer(session, AGREED)
    session.sign_in(ASSURER)
    answer(session, ("inadequate", "good"))
    complete(session, practice_keys(session)[2], "good")
    reviewing.mark_not_sure(session, practice_keys(session)[2], True)
    reviewing.park(session, practice_keys(session)[3], "Tomorrow.")
    session.close()
    return path


@pytest.fixture
def practised_path(practised: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "practised"
    folder.mkdir()
    return Path(shutil.copy(practised, folder / "Northshire.ncpi"))


def shown(session: AuditSession, folder: Path) -> dict[str, Any]:
    """Everything that the audit shows, but for what says how long its history is."""
    run = session.file.connection
    found = findings_of(session)
    lines, findings = list(case_lines(session, found)), replace(found, provenance=SAME)
    folder.mkdir()
    write_workbook(folder / "out.xlsx", findings, lines)
    return {
        "json": findings_form(findings),
        "findings": findings,
        "cases": lines,
        "workbook": list(cells_of(folder / "out.xlsx")),
        "counts": browsing.queue_counts(session),
        "areas": browsing.cases_by_area(session),
        "waiting": browsing.open_cases_by_person(session),
        "queue": browsing.queue_page(session, 1, 500),
        "filtered": {
            choice: browsing.filtered_positions(session, QueueFilter(choice, 3), 0, 500) for choice in QueueChoice
        },
        "next": browsing.next_to_do(session, 0),
        "hits": {word: browsing.search(session, word) for word in WORDS},
        "second": {state: second_lines(run, state) for state in SecondState},
        "tallies": sorted(run.execute("SELECT * FROM tallies").fetchall()),
    }


def cells_of(workbook: Path) -> Iterator[tuple[str, str, object]]:
    held = openpyxl.load_workbook(workbook)
    for sheet in held:
        for row in sheet.iter_rows():
            yield from ((sheet.title, cell.coordinate, cell.value) for cell in row if cell.value is not None)
    held.close()


@pytest.mark.parametrize("person", ["Team lead", "Inspector 2", ASSURER, ""])
def test_no_figure_list_or_output_is_another(
    opener: Callable[..., AuditSession], sample_path: Path, practised_path: Path, tmp_path: Path, person: str
) -> None:
    without = shown(opener(sample_path, person), tmp_path / "without")
    with_practice = shown(opener(practised_path, person), tmp_path / "with")
    for name, value in without.items():
        assert with_practice[name] == value, name
    assert with_practice["hits"]["PRACTICE-1"].hits == ()


def test_live_work_goes_on_alike(
    opener: Callable[..., AuditSession], sample_path: Path, practised_path: Path, tmp_path: Path
) -> None:
    found = []
    for place, path in enumerate((sample_path, practised_path)):
        session = opener(path, "Inspector 2")
        session.clock = lambda: FIRST_MOMENT
        hand_in(session, key_of(session, "DA-06"), "inadequate")
        reviewing.reopen(session, key_of(session, "DA-03"), "Something was overlooked.")
        found.append(shown(session, tmp_path / str(place)))
    # The keys of what is written now differ between two files: what is judged does not.
    for name in ("json", "counts", "queue", "tallies", "areas", "waiting", "second"):
        assert found[0][name] == found[1][name], name


def test_another_audit_is_compared_without_practice(
    sample_path: Path, practised_path: Path, fresh_path: Path, opener: Callable[..., AuditSession]
) -> None:
    session = opener(fresh_path, "Inspector 1")
    bring_in(session, make_case("DA-1"))
    hand_in(session, key_of(session, "DA-1"), "good")
    told = []
    for path in (practised_path, sample_path):
        series = comparing.compare(path, fresh_path)
        inspections = [replace(one, source_name="", provenance=None) for one in series.inspections]
        told.append(str([inspections, [change.every for change in series.changes], series.warnings]))
    assert told[0] == told[1]
    assert "Northshire" in told[0]


def test_the_check_finds_nothing_and_says_nothing_of_practice(sample_path: Path, practised_path: Path) -> None:
    without, found = check(sample_path), check(practised_path)
    assert found.problems == ()
    assert found.remarks == without.remarks


def test_a_backup_holds_the_practice_and_differs_in_nothing(
    opener: Callable[..., AuditSession], practised_path: Path
) -> None:
    copy = back_up(practised_path, None, FIRST_MOMENT)
    assert check(copy).problems == ()
    session = opener(practised_path)
    then = opener(copy, read_only=True)
    assert practice_keys(then) == practice_keys(session)
    assert list(compare_with(practised_path, copy)) == []


def test_words_are_taken_out_of_practice_cases_too(opener: Callable[..., AuditSession], practised_path: Path) -> None:
    session = opener(practised_path, "Team lead")
    redacted = redact(session, "shares a sandwich", "an odd name")
    assert redacted.places.total >= 1
    session.close()
    assert check(practised_path).problems == ()
    assert b"shares a sandwich" not in practised_path.read_bytes()


@pytest.mark.parametrize("history", ["told", "lost"])
def test_a_practice_case_that_lost_its_note_does_not_come_into_the_figures(
    opener: Callable[..., AuditSession], sample_path: Path, practised_path: Path, tmp_path: Path, history: str
) -> None:
    damaged = sqlite3.connect(practised_path)
    damaged.execute("DELETE FROM practice_cases WHERE id IN (2, 5)")
    if history == "lost":
        damaged.execute("DROP TRIGGER history_values_are_not_deleted")
        damaged.execute("DELETE FROM history_values WHERE \"table\" = 'practice_cases'")
    damaged.commit()
    damaged.close()
    report = rescue(practised_path, tmp_path / "rescued.ncpi", person="Team lead", at=FIRST_MOMENT)
    assert any("Which cases are for practice was noted anew" in note for note in report.notes)
    rescued, sample = opener(report.to), opener(sample_path)
    assert browsing.queue_counts(rescued) == browsing.queue_counts(sample)
    assert len(practice_keys(rescued)) == 6
    rescued.close()
    if history == "told":
        assert check(report.to).problems == ()


def test_a_rescued_file_still_keeps_practice_apart(
    opener: Callable[..., AuditSession], sample_path: Path, practised_path: Path, tmp_path: Path
) -> None:
    report = rescue(practised_path, tmp_path / "rescued.ncpi", person="Team lead", at=FIRST_MOMENT)
    assert report.is_whole
    assert check(report.to).problems == ()
    rescued, sample = opener(report.to), opener(sample_path)
    assert browsing.queue_counts(rescued) == browsing.queue_counts(sample)
    assert len(practice_keys(rescued)) == 6
