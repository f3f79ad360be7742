"""`export`: the workbook and the report, and what stands in the way of a final one."""

from __future__ import annotations

import pytest

from ncpi_desktop.domain.findings.finding import FindingKind, FindingPlace, Subject
from ncpi_desktop.domain.findings.notice import NoticeKind
from ncpi_desktop.workflows import browsing, finding_writing
from ncpi_desktop.workflows.notices import write_notice
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import hand_in, key_of


def test_a_draft_of_both(program, sample_path, tmp_path) -> None:
    workbook, report = tmp_path / "w.xlsx", tmp_path / "r.pdf"
    answer = program("export", sample_path, "--workbook", workbook, "--report", report)
    assert answer.code == 0, answer.err
    assert answer.out == ""
    assert workbook.read_bytes()[:2] == b"PK"
    assert report.read_bytes()[:5] == b"%PDF-"


def test_final_names_what_is_open_and_writes_nothing(program, sample_path, tmp_path) -> None:
    answer = program("export", sample_path, "--final", "--report", tmp_path / "r.pdf")
    assert answer.code == 5
    assert "6 cases are not submitted (" in answer.err
    assert "DA-06" in answer.err
    assert "1 referral is open (EX-02)" in answer.err
    assert not (tmp_path / "r.pdf").exists()


def test_final_where_nothing_is_open(program, fresh_audit, fresh_path, tmp_path) -> None:
    for reference in ("DA-9", "DA-10", "S47-01"):
        hand_in(fresh_audit, key_of(fresh_audit, reference))
    answer = program("export", fresh_path, "--final", "--report", tmp_path / "r.pdf")
    assert answer.code == 0, answer.err


def test_a_parked_case_is_open(program, fresh_audit: AuditSession, fresh_path, tmp_path) -> None:
    from ncpi_desktop.workflows.reviewing import park

    for reference in ("DA-9", "S47-01"):
        hand_in(fresh_audit, key_of(fresh_audit, reference))
    park(fresh_audit, key_of(fresh_audit, "DA-10"), "waiting for the record")
    answer = program("export", fresh_path, "--final", "--report", tmp_path / "r.pdf")
    assert answer.code == 5
    assert "1 case is not submitted (DA-10)" in answer.err


def test_nothing_asked_for(program, sample_path) -> None:
    assert program("export", sample_path).code == 2


@pytest.mark.parametrize("option", ["--workbook", "--report"])
def test_the_audit_itself_is_never_the_target(program, sample_path, option) -> None:
    before = sample_path.read_bytes()
    assert program("export", sample_path, option, sample_path).code == 2
    assert sample_path.read_bytes() == before


def test_one_target_for_both(program, sample_path, tmp_path) -> None:
    assert program("export", sample_path, "--workbook", tmp_path / "x", "--report", tmp_path / "x").code == 2


def test_a_folder_that_is_not_there(program, sample_path, tmp_path) -> None:
    assert program("export", sample_path, "--report", tmp_path / "nowhere" / "r.pdf").code == 4


def test_a_final_report_is_refused_while_a_finding_asks_for_a_figure_that_is_not_known(
    program, sample_path, tmp_path
) -> None:
    session = AuditSession.open(sample_path, person="Team lead")
    place = FindingPlace(FindingKind.STRENGTH, Subject.TRAINING)
    finding_writing.add_finding(session, place, "Training reached everybody", "In {{nothing}} cases.")
    session.close()
    report = tmp_path / "report.pdf"
    answer = program("export", sample_path, "--report", report, "--final", "--person", "Team lead")
    assert answer.code == 5
    assert "1 finding asks for a figure that is not known (Training reached everybody)" in answer.err
    assert not report.exists()
    assert program("export", sample_path, "--report", report, "--person", "Team lead").code == 0


@pytest.fixture
def one_referral_open(sample: AuditSession) -> AuditSession:
    """The sample with every case handed in; one referral is open."""
    sample.sign_in("Team lead")
    while (case := browsing.next_to_do(sample, 0)) is not None:
        hand_in(sample, case)
    return sample


def test_an_open_referral_stops_a_final_report_until_a_reason_is_given(program, one_referral_open, tmp_path) -> None:
    path, report = one_referral_open.path, tmp_path / "r.pdf"
    one_referral_open.close()
    words = ("export", path, "--final", "--report", report, "--person", "Team lead")
    refused = program(*words)
    assert refused.code == 5
    assert "This is not final yet: 1 referral is open (EX-02)." in refused.err
    assert program(*words, "--despite-open-referrals", " ").code == 5
    assert not report.exists()
    let_through = program(*words, "--despite-open-referrals", "The child is known to be safe.")
    assert let_through.code == 0, let_through.err
    assert report.read_bytes()[:5] == b"%PDF-"
    again = AuditSession.open(path, read_only=True)
    try:
        assert (browsing.history(again)[0].action, browsing.history(again)[0].reason) == (
            *("export-despite-referrals", "The child is known to be safe."),
        )
    finally:
        again.close()


def test_a_reason_for_open_referrals_is_for_a_final_report(program, sample_path, tmp_path) -> None:
    answer = program("export", sample_path, "--report", tmp_path / "r.pdf", "--despite-open-referrals", "So.")
    assert answer.code == 2
    assert not (tmp_path / "r.pdf").exists()


def test_notices_by_their_suffix_also_where_nobody_has_begun_them(program, sample_path, tmp_path) -> None:
    page, text = tmp_path / "n.pdf", tmp_path / "b.TXT"
    answer = program("export", sample_path, "--press-notice", page, "--exit-briefing", text)
    assert answer.code == 0, answer.err
    assert answer.out == ""
    assert page.read_bytes()[:5] == b"%PDF-"
    assert "Practice was good in 16 of them (53 per cent)." in text.read_text(encoding="utf-8")


def test_a_notice_of_another_kind_is_wrong_use(program, sample_path, tmp_path) -> None:
    answer = program("export", sample_path, "--press-notice", tmp_path / "n.docx")
    assert answer.code == 2
    assert "Let its name end with .pdf or .txt" in answer.err


def test_a_notice_that_names_somebody_is_refused_before_anything_is_written(program, sample_path, tmp_path) -> None:
    session = AuditSession.open(sample_path, person="Team lead")
    write_notice(session, NoticeKind.PRESS_NOTICE, "We thank all.\nCall 01632 960983 for more.")
    session.close()
    answer = program("export", sample_path, "--press-notice", tmp_path / "n.txt", "--workbook", tmp_path / "w.xlsx")
    assert answer.code == 5
    assert "line 2" in answer.err
    assert "elephone number" in answer.err
    assert "960983" not in answer.err
    assert not (tmp_path / "n.txt").exists()
    assert not (tmp_path / "w.xlsx").exists()
