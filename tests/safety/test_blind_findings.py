"""Findings, recommendations, referrals and figures tell nothing of a first reading that is closed: every way it might be seen is looked along."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook

from ncpi_desktop.cli.main import Desktop, run
from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.casework.recommendation import Origin
from ncpi_desktop.domain.findings.json_form import findings_form
from ncpi_desktop.domain.findings.notice import NoticeKind, draft
from ncpi_desktop.domain.findings.selection import Selection
from ncpi_desktop.domain.record.actions import words_for
from ncpi_desktop.exports.report.extent import Extent
from ncpi_desktop.storage.finding_repository import read_findings as kept_findings
from ncpi_desktop.storage.review_repository import current_review
from ncpi_desktop.ui.models.history_words import value_lines
from ncpi_desktop.workflows import browsing, finding_writing, recommending, referring, undoing
from ncpi_desktop.workflows.exporting import ExportOrder, export
from ncpi_desktop.workflows.finding_reading import read_findings
from ncpi_desktop.workflows.gathering import cited_for
from ncpi_desktop.workflows.notices import NoticeOrder, export_notices
from ncpi_desktop.workflows.previewing import draw_up
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of
from ncpi_desktop.workflows.tracing import cases_behind
from tests.casework import key_of

LEAD, ASSURER = "Team lead", "Quality assurer 1"
CLOSED = "EX-03"
"""To be read again: closed to the assurer, and to whoever has not signed in."""
TOLD, GONE, BECAUSE = "Zanzibarwards went the bus.", "Timbuktuwards went the tram.", "Krakowwards it was looked at."
Opener = Callable[..., AuditSession]


@pytest.fixture
def told(sample: AuditSession) -> AuditSession:
    """The sample, in which a lead has linked, illustrated and referred the closed case, and taken one illustration away again."""
    sample.sign_in(LEAD)
    case = key_of(sample, CLOSED)
    finding = kept_findings(sample.file.connection)[0].key
    finding_writing.link_case(sample, finding, case)
    for words in (TOLD, GONE):
        finding_writing.illustrate(sample, finding, case, words)
    kept, gone = kept_findings(sample.file.connection)[0].illustrations[-2:]
    finding_writing.clear_identifiers(sample, kept.key, BECAUSE)
    finding_writing.remove_illustration(sample, gone.key)
    one = next(held for held in recommending.all_recommendations(sample) if held.origin is Origin.THIS)
    recommending.rest_on_cases(sample, one.key, [case])
    referring.raise_referral(sample, case, "At risk.", "The sergeant", child="Child A")
    return sample


def hidden_words(session: AuditSession) -> list[str]:
    review = current_review(session.file.connection, key_of(session, CLOSED))
    assert review is not None
    passages = [citation.passage for reason in review.reasons for citation in reason.citations]
    return [review.rationale[:40], *passages, TOLD, GONE, BECAUSE]


def refuse_told(session: AuditSession, text: str) -> None:
    found = [words for words in hidden_words(session) if words and words in text]
    assert not found


@pytest.mark.parametrize("person", [ASSURER, "", "Somebody new"])
def test_the_bundle_and_its_json(told: AuditSession, opener: Opener, person: str) -> None:
    looking = opener(told.path, person, read_only=True)
    findings = findings_of(looking)
    refuse_told(told, repr(findings.written) + repr(findings.recommendations))
    form = findings_form(findings)
    refuse_told(told, json.dumps(form))
    assert CLOSED not in json.dumps(form["findings"]) + json.dumps(form["recommendation_list"])
    assert next(held.withheld for held in read_findings(looking)) >= 2
    for kind in NoticeKind:
        refuse_told(told, draft(kind, findings))


@pytest.mark.parametrize("person", [ASSURER, ""])
def test_the_passages_gathered_for_each_reason(told: AuditSession, opener: Opener, person: str) -> None:
    looking = opener(told.path, person, read_only=True)
    for reason in looking.methodology.reasons:
        place: tuple[int, int] | None = (0, 0)
        while place is not None:
            page = cited_for(looking, reason.code, place, 3)
            assert CLOSED not in {held.reference for held in page.passages}
            place = page.next_place


def every_selection(session: AuditSession) -> Iterator[Selection]:
    areas = [area.code for area in session.methodology.areas]
    stages = [stage.code for stage in session.methodology.stages if stage.case_level]
    codes = ["cases", *(f"graded:{grade}" for grade in session.methodology.scale.codes)]
    codes += [f"area-graded:{area}:{grade}" for area in areas for grade in session.methodology.scale.codes]
    codes += [f"stage:{stage}:{grade}" for stage in stages for grade in session.methodology.scale.codes]
    codes += [f"reason:{reason.code}" for reason in session.methodology.reasons]
    codes += [f"own-against:{one}" for one in ("both", "same", "kinder", "harsher", "inspectors-only")]
    for code in codes:
        yield Selection.from_code(code)


@pytest.mark.parametrize("person", [ASSURER, ""])
def test_the_cases_behind_every_figure(told: AuditSession, opener: Opener, person: str) -> None:
    looking = opener(told.path, person, read_only=True)
    for selection in every_selection(looking):
        for line in cases_behind(looking, selection).cases:
            if line.reference == CLOSED:
                assert selection.code == "cases", selection.code
                assert (line.grade, line.own_grade) == (None, None)


def told_by_history(session: AuditSession) -> str:
    lines: list[str] = []
    before: int | None = None
    while page := browsing.history(session, before):
        before = page[-1].sequence
        for change in page:
            lines.append(
                f"{change.case_reference} {words_for(change.action, change.detail)} {change.reason} {change.person}"
            )
            lines += [
                " ".join((line.field, line.before, line.after))
                for line in value_lines(
                    browsing.values_of_step(session, change.step), session.methodology, session.people
                )
            ]
    return "\n".join(lines)


@pytest.mark.parametrize("person", [ASSURER, ""])
def test_the_history(told: AuditSession, opener: Opener, person: str) -> None:
    assert BECAUSE in told_by_history(told)
    refuse_told(told, told_by_history(opener(told.path, person, read_only=True)))


def test_the_history_of_what_was_taken_back(told: AuditSession) -> None:
    """Undo and redo tell the values anew: they are closed as those that they take back are."""
    finding = kept_findings(told.file.connection)[0]
    finding_writing.write_illustration(told, finding.illustrations[-1].key, f"{TOLD} And back.")
    undoing.undo(told)
    undoing.redo(told)
    undoing.undo(told)
    told.sign_in(ASSURER)
    refuse_told(told, told_by_history(told))


def test_the_history_of_a_finding_taken_away(told: AuditSession) -> None:
    finding = kept_findings(told.file.connection)[0]
    for one in told.file.connection.execute("SELECT recommendation_id FROM recommendation_findings").fetchall():
        recommending.follow_from_findings(told, one[0], [])
    finding_writing.remove_finding(told, finding.key)
    told.sign_in(ASSURER)
    refuse_told(told, told_by_history(told))


@pytest.mark.parametrize("person", [ASSURER, ""])
def test_the_documents(told: AuditSession, tmp_path: Path, person: str) -> None:
    export(told.path, ExportOrder(workbook=tmp_path / "w.xlsx", report=tmp_path / "r.pdf"), person=person)
    book = load_workbook(tmp_path / "w.xlsx", read_only=True)
    for name in book.sheetnames:
        cells = " ".join(str(cell) for row in book[name].iter_rows(values_only=True) for cell in row if cell)
        refuse_told(told, cells)
        if name not in ("Cases", "Referrals", "Quality", "Second readings", "Entries", "Strategy discussions"):
            assert CLOSED not in cells, name
    book.close()
    for source in (
        (tmp_path / "r.pdf").read_bytes(),
        draw_up(told.path, Extent.WHOLE, lambda _done, _total: None, person=person).pdf,
    ):
        report = pypdfium2.PdfDocument(io.BytesIO(source))
        printed = " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in report)
        report.close()
        for words in hidden_words(told):
            assert " ".join(words.split()) not in printed
    targets = [tmp_path / f"{kind.value}.txt" for kind in NoticeKind]
    orders = tuple(NoticeOrder(kind, target) for kind, target in zip(NoticeKind, targets, strict=True))
    export_notices(told.path, orders, person=person)
    for target in targets:
        refuse_told(told, target.read_text())


@pytest.mark.parametrize(
    "words",
    [
        ["summary"],
        ["summary", "--json"],
        ["recommendations"],
        ["recommendations", "--json"],
        ["refer"],
        ["refer", "--json"],
        ["check"],
    ],
)
def test_the_command_line(told: AuditSession, capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    nowhere = Desktop(window=lambda _path, _sample: 0, tour=lambda _folder: 0)
    run([words[0], str(told.path), *words[1:]], nowhere)
    printed = "".join(capsys.readouterr())
    refuse_told(told, printed)
    if words[0] == "recommendations":
        assert CLOSED not in printed
    if words == ["refer", "--json"]:
        (one,) = [held for held in json.loads(printed)["referrals"] if held["case"] == CLOSED]
        assert (one["raised_by"], one["closed_by"]) == ("", "")


def test_the_search_and_what_may_be_restored(told: AuditSession) -> None:
    told.sign_in(ASSURER)
    for words in ("Zanzibarwards", "Timbuktuwards", "Krakowwards"):
        assert browsing.search(told, words).hits == ()


def test_an_assurer_s_referral_of_a_closed_case_tells_nothing_of_its_reader(told: AuditSession) -> None:
    case: CaseKey = key_of(told, CLOSED)
    told.sign_in("Inspector 3")
    referring.raise_referral(told, case, "At risk.", "The sergeant", child="Child A")
    told.sign_in(ASSURER)
    assert {held.raised_by for held in referring.referrals_of(told, case)} == {None}
    assert "Inspector 3" not in repr([held for held in browsing.history(told) if held.case_reference == CLOSED])
