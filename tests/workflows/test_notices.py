"""The press notice and the exit briefing: drafted, written as one step, undone, drafted anew, handed over as page and text."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest

from ncpi_desktop.domain.casework.inspection import PreviousResults
from ncpi_desktop.domain.errors import OutputNotWrittenError, RefusedError
from ncpi_desktop.domain.findings.notice import NoticeKind, draft
from ncpi_desktop.domain.findings.tally import CaseOutcome, FinalJudgement
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.storage.history_repository import step_changes
from ncpi_desktop.workflows import checking, undoing
from ncpi_desktop.workflows.notices import (
    NoticeOrder,
    draft_notice,
    export_notices,
    notice_text,
    questions_about,
    write_notice,
)
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of
from tests.builders import make_findings, make_methodology

PRESS, BRIEFING = NoticeKind.PRESS_NOTICE, NoticeKind.EXIT_BRIEFING


@pytest.fixture
def led(sample: AuditSession) -> AuditSession:
    sample.sign_in("Team lead")
    return sample


def words_in(page: Path) -> str:
    document = pypdfium2.PdfDocument(page)
    try:
        assert len(document) == 1
        return " ".join(document[0].get_textpage().get_text_range().split())
    finally:
        document.close()


def sound(session: AuditSession) -> bool:
    return checking.check(session.path).sound


def test_typing_is_one_step_and_undo_takes_it_back_as_one(led: AuditSession) -> None:
    first = write_notice(led, PRESS, "Good")
    second = write_notice(led, PRESS, "Good work", first.step)
    assert second.step == first.step
    assert notice_text(led, PRESS) == "Good work"
    undoing.undo(led)
    assert notice_text(led, PRESS) == ""
    undoing.redo(led)
    assert notice_text(led, PRESS) == "Good work"


def test_the_two_are_apart_also_in_their_steps(led: AuditSession) -> None:
    first = write_notice(led, PRESS, "For the press")
    second = write_notice(led, BRIEFING, "For the force", first.step)
    assert second.step != first.step
    assert (notice_text(led, PRESS), notice_text(led, BRIEFING)) == ("For the press", "For the force")


def test_drafting_anew_keeps_the_old_text_in_the_history_and_undo_brings_it_back(led: AuditSession) -> None:
    write_notice(led, PRESS, "Written by hand")
    drafted = draft_notice(led, PRESS)
    assert "{{percent-good}}" in notice_text(led, PRESS)
    values = [value for change in step_changes(led.file.connection, drafted.step or 0) for value in change.values]
    assert [str(value.old) for value in values] == ["Written by hand"]
    undoing.undo(led)
    assert notice_text(led, PRESS) == "Written by hand"


def test_what_changes_nothing_leaves_no_line(led: AuditSession) -> None:
    draft_notice(led, PRESS)
    before = led.file.last_sequence()
    assert draft_notice(led, PRESS).saved_at is None
    assert write_notice(led, BRIEFING, "").saved_at is None
    assert led.file.last_sequence() == before


def test_the_file_stays_sound(led: AuditSession) -> None:
    step = write_notice(led, PRESS, "a").step
    write_notice(led, PRESS, "a\ud83d\ude00b", step)
    draft_notice(led, PRESS)
    undoing.undo(led)
    draft_notice(led, BRIEFING)
    led.close()
    assert sound(led)


def test_only_a_lead_writes_takes_back_and_drafts(led: AuditSession) -> None:
    write_notice(led, PRESS, "Ours.")
    led.sign_in("Inspector 2")
    for act in (lambda: write_notice(led, PRESS, "Mine."), lambda: draft_notice(led, PRESS)):
        with pytest.raises(RefusedError, match="write the press notice and the exit briefing"):
            act()
    assert not led.may(Action.WRITE_NOTICE)
    assert notice_text(led, PRESS) == "Ours."


@pytest.mark.parametrize("kind", NoticeKind)
def test_page_and_text_say_what_the_findings_say(led: AuditSession, tmp_path: Path, kind: NoticeKind) -> None:
    draft_notice(led, kind)
    page, text = tmp_path / "n.pdf", tmp_path / "n.txt"
    findings = export_notices(led.path, (NoticeOrder(kind, page), NoticeOrder(kind, text)))
    assert findings.overall == findings_of(led).overall
    overall, before = findings.overall, findings.previous
    assert before is not None
    said = f"Practice was good in {overall.good} of them ({overall.percent_good} per cent)."
    told = f"good in {before.good} of {before.total} cases ({before.percent_good} per cent)"
    for words in (words_in(page), " ".join(text.read_text(encoding="utf-8").split())):
        assert said in words
        assert told in words
        assert "DRAFT" in words
        assert "OFFICIAL" in words
        assert "OFFICIAL-SENSITIVE" not in words
        assert "ample data" in words
        assert "{{" not in words


def test_one_that_nobody_has_begun_is_drafted_and_not_written_into_the_file(led: AuditSession, tmp_path: Path) -> None:
    before = led.file.last_sequence()
    export_notices(led.path, (NoticeOrder(PRESS, tmp_path / "n.pdf"),))
    assert "We were pleased to find" in words_in(tmp_path / "n.pdf")
    assert led.file.last_sequence() == before
    assert notice_text(led, PRESS) == ""


def test_a_figure_that_the_audit_does_not_have_is_refused_and_nothing_written(
    led: AuditSession, tmp_path: Path
) -> None:
    write_notice(led, PRESS, "Good in {{gold}} cases.")
    target = tmp_path / "n.txt"
    target.write_text("The one before.")
    with pytest.raises(RefusedError, match="a figure that this audit does not have: gold"):
        export_notices(led.path, (NoticeOrder(BRIEFING, tmp_path / "b.txt"), NoticeOrder(PRESS, target)))
    assert target.read_text() == "The one before."
    assert not (tmp_path / "b.txt").exists()


def test_marks_of_others_are_words(led: AuditSession, tmp_path: Path) -> None:
    hostile = "# <b>1 & 2</b>\n\n<script>alert(1)</script> **<img src='x'>** _&lt;para>_\n- <a href='file:///etc'>here</a>\n1. ]]> %s {0}"
    write_notice(led, PRESS, hostile)
    page = tmp_path / "n.pdf"
    export_notices(led.path, (NoticeOrder(PRESS, page), NoticeOrder(PRESS, tmp_path / "n.txt")))
    words = words_in(page)
    for part in (
        "<b>1 & 2</b>",
        "<script>alert(1)</script>",
        "<img src='x'>",
        "&lt;para>",
        "<a href='file:///etc'>here</a>",
        "]]> %s {0}",
    ):
        assert part in words
    assert "<script>alert(1)</script> <img src='x'> &lt;para>" in (tmp_path / "n.txt").read_text(encoding="utf-8")
    assert b"/URI" not in page.read_bytes()


def test_a_long_notice_shrinks_then_is_refused_and_may_take_more_pages_where_that_is_said(
    led: AuditSession, tmp_path: Path
) -> None:
    page = tmp_path / "n.pdf"
    sentence = "Officers spoke to the children and wrote down what they said. "
    write_notice(led, PRESS, "\n\n".join([sentence * 5] * 9))
    export_notices(led.path, (NoticeOrder(PRESS, page),))
    words_in(page)
    write_notice(led, PRESS, "\n\n".join([sentence * 5] * 30))
    before = page.read_bytes()
    with pytest.raises(RefusedError, match="The press notice takes 2 pages, even in small type"):
        export_notices(led.path, (NoticeOrder(PRESS, page),))
    assert page.read_bytes() == before
    export_notices(led.path, (NoticeOrder(PRESS, page, longer=True),))
    document = pypdfium2.PdfDocument(page)
    assert len(document) == 2
    document.close()


def test_a_page_without_a_blank_is_laid_out_too(led: AuditSession, tmp_path: Path) -> None:
    write_notice(led, PRESS, "x" * 9_000 + "\u4e2d\u202e")
    export_notices(
        led.path, (NoticeOrder(PRESS, tmp_path / "n.pdf", longer=True), NoticeOrder(PRESS, tmp_path / "n.txt"))
    )
    assert "\u202e" not in (tmp_path / "n.txt").read_text(encoding="utf-8")


def test_the_page_names_its_title_and_language_and_embeds_its_letters(led: AuditSession, tmp_path: Path) -> None:
    page = tmp_path / "n.pdf"
    export_notices(led.path, (NoticeOrder(PRESS, page),))
    document = pypdfium2.PdfDocument(page)
    assert document.get_metadata_dict()["Title"] == "Northshire Police: Press notice · May 2018"
    document.close()
    written = page.read_bytes()
    assert b"/Lang (en-GB)" in written
    assert written.count(b"/FontFile2") >= 2


def test_a_folder_that_is_not_there_is_said(led: AuditSession, tmp_path: Path) -> None:
    with pytest.raises(OutputNotWrittenError, match="there is no such folder"):
        export_notices(led.path, (NoticeOrder(PRESS, tmp_path / "gone" / "n.txt"),))


@pytest.mark.parametrize("methodology", ["ncpi-2014", "ncpi-2018", "ncpi-2024"])
def test_no_words_of_a_methodology_keep_a_draft_back(methodology: str) -> None:
    held = make_methodology(methodology)
    reasons = tuple(reason.code for reason in held.reasons)
    grade = held.scale.codes[0]
    for start in range(0, len(reasons), 4):
        given = FinalJudgement(grade, reasons=reasons[start : start + 4])
        outcomes = [CaseOutcome(area.code, "submitted", final=given) for area in held.areas]
        previous = PreviousResults("p", "January 2017", good=22, total=76)
        findings = make_findings(outcomes, methodology=held, previous=previous)
        for kind in NoticeKind:
            assert questions_about(draft(kind, findings), findings) == ()
