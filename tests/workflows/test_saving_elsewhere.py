"""A copy elsewhere holds everything that was saved and everything that stood on screen."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ncpi_desktop.domain.errors import NotSavedError, OutputNotWrittenError
from ncpi_desktop.domain.moderation.comment import About, Kind
from ncpi_desktop.workflows import commenting, reviewing
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.reviewing import lay_on_desk
from ncpi_desktop.workflows.saving_elsewhere import UnsavedComment, UnsavedText, save_copy_elsewhere
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import key_of

Opener = Callable[..., AuditSession]


@pytest.mark.parametrize("how", ["at its place", "deleted", "moved", "replaced"])
def test_the_copy_has_what_was_saved_and_what_was_on_screen(
    sample: AuditSession, sample_path: Path, tmp_path: Path, opener: Opener, how: str
) -> None:
    case = key_of(sample, "DA-06")
    reviewing.give_grade(sample, case, "good")
    if how == "deleted":
        sample_path.unlink()
    elif how in ("moved", "replaced"):
        moved = sample_path.rename(sample_path.with_name("moved.ncpi"))
        if how == "replaced":
            shutil.copy(moved, sample_path)
    target = tmp_path / "elsewhere" / "copy.ncpi"
    target.parent.mkdir()
    unsaved = [UnsavedText(case, "rationale", "Half a sent"), UnsavedText(case, "notes", "é 😀")]
    assert save_copy_elsewhere(sample, target, unsaved) == target
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    assert check(target).problems == ()
    review = lay_on_desk(opener(target), case).review
    assert (review.grade, review.rationale, review.notes) == ("good", "Half a sent", "é 😀")


def test_a_comment_that_was_being_written_is_in_the_copy(sample: AuditSession, tmp_path: Path, opener: Opener) -> None:
    case = key_of(sample, "DA-06")
    commenting.comment_on(sample, case, About(), "Seen?")
    thread = commenting.threads_of(sample, case)[0].root.key
    target = tmp_path / "copy.ncpi"
    stage = About(Kind.STAGE, "investigation")
    unsaved = [UnsavedComment(case, stage, None, "Half a tho"), UnsavedComment(case, About(), thread, "And")]
    save_copy_elsewhere(sample, target, unsaved)
    first, second = commenting.threads_of(opener(target), case)
    assert [answer.text for answer in first.answers] == ["And"]
    assert (second.root.about, second.root.text) == (stage, "Half a tho")
    assert len(commenting.threads_of(sample, case)) == 1


def test_nothing_that_stands_there_is_replaced(sample: AuditSession, tmp_path: Path) -> None:
    target = tmp_path / "copy.ncpi"
    target.write_bytes(b"another")
    with pytest.raises(OutputNotWrittenError, match="exists already"):
        save_copy_elsewhere(sample, target, [])
    assert target.read_bytes() == b"another"


def test_where_it_can_t_be_written_nothing_is_left(sample: AuditSession, tmp_path: Path) -> None:
    with pytest.raises(OutputNotWrittenError, match="no such folder"):
        save_copy_elsewhere(sample, tmp_path / "gone" / "copy.ncpi", [])
    assert not (tmp_path / "gone").exists()


def test_words_that_do_not_reach_the_copy_leave_no_copy(
    sample: AuditSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_about: object) -> None:
        raise NotSavedError("Not saved: the disk is full.")

    monkeypatch.setattr("ncpi_desktop.workflows.saving_elsewhere.write_text", fail)
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    with pytest.raises(NotSavedError):
        save_copy_elsewhere(sample, folder / "copy.ncpi", [UnsavedText(key_of(sample, "DA-06"), "notes", "x")])
    assert list(folder.iterdir()) == []
