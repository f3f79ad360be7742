"""The preview: the draft as it would be exported, in memory, stopped at any point, as one person may see it."""

from __future__ import annotations

from pathlib import Path

import pytest

from ncpi_desktop.domain.errors import FileProtectedError, NotSavedError
from ncpi_desktop.workflows import exporting, reviewing
from ncpi_desktop.workflows.exporting import ExportOrder, export, report_preview
from ncpi_desktop.workflows.previewing import CASES_TOLD, Extent, draw_page, draw_up, extent_for
from ncpi_desktop.workflows.protecting import unlock
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import key_of
from tests.conftest import PASSPHRASE
from tests.exports.report.audits import pages_of

SEAL = "Seal of the history"


class StoppedError(Exception):
    """The test stopped the work."""


def no_tick(_done: int, _total: int) -> None:
    """Go on."""


def words_of(pdf: bytes, pages: int) -> list[str]:
    return [draw_page(pdf, page, 50).words for page in range(pages)]


def test_it_is_the_draft_that_would_be_exported(sample_path: Path, tmp_path: Path) -> None:
    export(sample_path, ExportOrder(report=tmp_path / "r.pdf"), person="Inspector 1")
    made = draw_up(sample_path, Extent.WHOLE, no_tick, person="Inspector 1")
    exported = pages_of(tmp_path / "r.pdf")
    shown = words_of(made.pdf, len(made.sizes))
    assert len(shown) == len(exported)
    drawn_up_at = {place for place, words in enumerate(exported) if SEAL in words}
    assert [words for place, words in enumerate(shown) if place not in drawn_up_at] == [
        words for place, words in enumerate(exported) if place not in drawn_up_at
    ]
    assert "draft" in shown[0].lower()


def test_nothing_is_written_beside_the_audit(sample_path: Path) -> None:
    before = sample_path.read_bytes()
    draw_up(sample_path, Extent.WHOLE, no_tick)
    assert [path.name for path in sample_path.parent.iterdir()] == [sample_path.name]
    assert sample_path.read_bytes() == before


def test_a_protected_audit_needs_its_key(protected_path: Path) -> None:
    with pytest.raises(FileProtectedError):
        report_preview(protected_path, Extent.FIRST_PAGE)
    key = unlock(protected_path, PASSPHRASE)
    assert report_preview(protected_path, Extent.FIRST_PAGE, key=key).startswith(b"%PDF")


def test_progress_goes_forward_to_the_end(sample_path: Path) -> None:
    told: list[float] = []
    draw_up(sample_path, Extent.WHOLE, lambda done, total: told.append(done / total))
    assert told == sorted(told)
    assert told[-1] == 1
    assert len([share for share in told if 0.5 < share < 1]) > 100, "the layout is told too"


@pytest.mark.parametrize("ticks", [1, 2, 10, 400])
def test_it_stops_when_it_is_told_to_and_leaves_the_file_closed(sample_path: Path, ticks: int) -> None:
    left = iter(range(ticks))

    def tick(_done: int, _total: int) -> None:
        if next(left, None) is None:
            raise StoppedError

    with pytest.raises(StoppedError):
        draw_up(sample_path, Extent.WHOLE, tick)


def test_an_audit_that_keeps_changing_is_told_of(
    sample_path: Path, sample: AuditSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "PAGE", 5)
    grades = iter(["good", "inadequate"] * 500)

    def meddle(_done: int, _total: int) -> None:
        case = key_of(sample, "DA-06")
        reviewing.give_grade(sample, case, next(grades))

    with pytest.raises(NotSavedError, match="kept changing"):
        draw_up(sample_path, Extent.WHOLE, meddle)


def test_what_is_left_out_follows_from_the_number_of_cases() -> None:
    assert extent_for(0) is extent_for(CASES_TOLD) is Extent.WHOLE
    assert extent_for(CASES_TOLD + 1) is Extent.WITHOUT_CASES


def test_without_the_cases_no_case_is_read(sample_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exporting, "case_lines", lambda *_asked: pytest.fail("a case was read"))
    for extent in (Extent.FIRST_PAGE, Extent.WITHOUT_CASES):
        assert draw_up(sample_path, extent, no_tick).sizes
