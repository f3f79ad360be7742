"""Promise 1 for findings, recommendations, referrals, notices and finishing: each write whole or not at all, told, sound, and taken back whole."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from ncpi_desktop.domain.casework.recommendation import Origin, Recommendation, TextField
from ncpi_desktop.domain.casework.recommendation_log import Status
from ncpi_desktop.domain.casework.recommendation_words import Deadline
from ncpi_desktop.domain.errors import NotSavedError
from ncpi_desktop.domain.findings.finding import FindingKind, FindingPlace, WrittenFinding
from ncpi_desktop.domain.findings.notice import NoticeKind
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.finding_repository import read_findings
from ncpi_desktop.storage.recommendation_repository import read_recommendations
from ncpi_desktop.workflows import (
    finding_writing,
    finishing,
    notices,
    progressing,
    recommending,
    redacting,
    referring,
    undoing,
)
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import key_of
from tests.safety.test_saving import everything

Act = Callable[[AuditSession], object]
Opener = Callable[..., AuditSession]
LEAD = "Team lead"


def finding(session: AuditSession) -> WrittenFinding:
    return next(held for held in read_findings(session.file.connection) if held.illustrations)


def own(session: AuditSession) -> Recommendation:
    return next(held for held in read_recommendations(session.file.connection) if held.origin is Origin.THIS)


def earlier(session: AuditSession) -> Recommendation:
    held = read_recommendations(session.file.connection)
    return next(one for one in held if one.origin is Origin.PREVIOUS and not one.is_complete and one.asked is None)


def stage_of(session: AuditSession) -> FindingPlace:
    stages = [stage.code for stage in session.methodology.stages if stage.case_level]
    return FindingPlace(FindingKind.STRENGTH, stage=next(code for code in stages if code != finding(session).stage))


UNDOABLE: dict[str, Act] = {
    "add finding": lambda s: finding_writing.add_finding(
        s, finding(s).place, "Delay", "# Text", ["DEC-W01"], [key_of(s, "DA-01")]
    ),
    "retitle": lambda s: finding_writing.retitle_finding(s, finding(s).key, "Another title"),
    "place": lambda s: finding_writing.place_finding(s, finding(s).key, stage_of(s)),
    "write": lambda s: finding_writing.write_finding(s, finding(s).key, "Typed. " * 400),
    "link reason": lambda s: finding_writing.link_reason(s, finding(s).key, "INI-S02"),
    "unlink reason": lambda s: finding_writing.unlink_reason(s, finding(s).key, finding(s).reasons[0]),
    "link case": lambda s: finding_writing.link_case(s, finding(s).key, key_of(s, "ON-02")),
    "unlink case": lambda s: finding_writing.unlink_case(s, finding(s).key, finding(s).cases[0].case),
    "illustrate": lambda s: finding_writing.illustrate(s, finding(s).key, key_of(s, "DA-01"), "A case."),
    "write illustration": lambda s: finding_writing.write_illustration(s, finding(s).illustrations[0].key, "Typed."),
    "clear identifiers": lambda s: finding_writing.clear_identifiers(s, finding(s).illustrations[0].key, "It is none."),
    "remove illustration": lambda s: finding_writing.remove_illustration(s, finding(s).illustrations[0].key),
    "draft notice": lambda s: notices.draft_notice(s, NoticeKind.PRESS_NOTICE),
    "write notice": lambda s: notices.write_notice(s, NoticeKind.EXIT_BRIEFING, "Typed. " * 400),
    "add recommendation": lambda s: recommending.add_recommendation(
        s, Deadline.SIX_MONTHS, "Train them.", particulars="How.", finding="Why.", findings=[finding(s).key]
    ),
    "write recommendation": lambda s: recommending.write_recommendation(s, own(s).key, "text", "Typed. " * 400),
    "answer": lambda s: recommending.write_recommendation(s, earlier(s).key, "progress", "Typed."),
    "deadline": lambda s: recommending.set_deadline(
        s, own(s).key, next(one for one in Deadline if one is not own(s).deadline)
    ),
    "take up": lambda s: recommending.take_up(s, own(s).key, None if own(s).follows else earlier(s).key),
    "rest on cases": lambda s: recommending.rest_on_cases(s, own(s).key, [key_of(s, "OC-02")]),
    "follow from findings": lambda s: recommending.follow_from_findings(
        s, own(s).key, [read_findings(s.file.connection)[-1].key]
    ),
}
STAYING: dict[str, Act] = {
    "renumber": lambda s: recommending.renumber(s, own(s).key, 2),
    "log status": lambda s: progressing.log_status(s, earlier(s).key, Status.BEING_PROGRESSED, "Said."),
    "ask completion": lambda s: progressing.ask_completion(s, earlier(s).key, "Done."),
    "publish": lambda s: recommending.publish_on(s, date(2018, 9, 1)),
    "refer": lambda s: referring.raise_referral(s, key_of(s, "DA-01"), "Risk.", "Whom.", child="Child A"),
    "acknowledge": lambda s: referring.acknowledge(s, referring.open_referrals(s)[0].key),
    "close referral": lambda s: referring.close_referral(s, referring.open_referrals(s)[0].key, "Went.", "Safe."),
    "finish": lambda s: finishing.finish_inspection(s, "Because."),
}
ACTS = {**UNDOABLE, **STAYING}


@pytest.fixture
def lead(sample: AuditSession) -> AuditSession:
    sample.sign_in(LEAD)
    return sample


def refuse_unsound(session: AuditSession) -> None:
    path = session.path
    session.close()
    assert check(path).problems == ()


@pytest.mark.parametrize("act", ACTS)
def test_every_write_is_one_transaction_with_one_line_of_history(lead: AuditSession, act: str) -> None:
    told: list[str] = []
    lead.file.connection.set_trace_callback(told.append)
    ACTS[act](lead)
    lead.file.connection.set_trace_callback(None)
    words = [" ".join(sql.split()[:3]).upper() for sql in told]
    assert words.count("BEGIN IMMEDIATE") == words.count("COMMIT") == 1
    begin, commit = words.index("BEGIN IMMEDIATE"), words.index("COMMIT")
    writes = [n for n, word in enumerate(words) if word.startswith(("INSERT", "UPDATE", "DELETE", "REPLACE"))]
    assert all(begin < n < commit for n in writes), [told[n] for n in writes]
    assert words.count("INSERT INTO HISTORY") == 1
    assert words.count("INSERT INTO HISTORY_VALUES") >= 1
    refuse_unsound(lead)


@pytest.mark.parametrize("act", ACTS)
def test_failing_at_any_statement_keeps_nothing_and_the_next_try_works(lead: AuditSession, act: str) -> None:
    before, told = everything(lead), 0
    for place in range(1, 200):
        writes = 0

        def deny(action: int, *_about: object, place: int = place) -> int:
            nonlocal writes
            if action not in (9, 18, 23):  # SQLITE_DELETE, SQLITE_INSERT, SQLITE_UPDATE
                return 0
            writes += 1
            return int(writes == place)  # SQLITE_DENY

        lead.file.connection.set_authorizer(deny)
        try:
            ACTS[act](lead)
        except NotSavedError:
            told += 1
        else:
            break
        finally:
            lead.file.connection.set_authorizer(lambda *_about: 0)
        assert everything(lead) == before, f"something of it was kept after failing at write {place}"
    assert told
    assert everything(lead) != before


@pytest.mark.parametrize("act", UNDOABLE)
def test_undo_and_redo_after_a_restart_bring_everything_back(lead: AuditSession, opener: Opener, act: str) -> None:
    def standing(session: AuditSession) -> list[object]:
        run = session.file.connection
        told = [notices.notice_text(session, kind) for kind in NoticeKind]
        return [read_findings(run), read_recommendations(run), told]

    def without_keys(held: list[object]) -> str:
        import re

        return re.sub(r"\bkey=\d+", "key", repr(held))

    before = without_keys(standing(lead))
    UNDOABLE[act](lead)
    after = without_keys(standing(lead))
    assert before != after
    path = lead.path
    lead.close()
    again = opener(path, LEAD)
    for _twice in range(2):
        undoing.undo(again)
        assert without_keys(standing(again)) == before
        undoing.redo(again)
        assert without_keys(standing(again)) == after
    refuse_unsound(again)


STRANGE = (
    "{{graded}} {{no-such}} }} {{",
    "<b>bold</b> <script>alert(1)</script> &amp; &lt;",
    '=HYPERLINK("x") +1 -1 @x',
    "bell \x07 null \x00 escape \x1b[31m vertical \x0b",
    "lone \ud800 pair \U0001f600 \ud83d\ude00",
    "right \u202eto left\u202c \u05d0\u05d1 \u0627\u0644",
    "zero\u200bwidth \ufeff \u2028 \u2029 \r\n \r tab\t",
    "%s %(x)s {0} {name} \\ ' \" ; DROP TABLE findings; --",
    "# Heading\n- list\n" * 300,
)


@pytest.mark.parametrize("words", STRANGE, ids=range(len(STRANGE)))
def test_strange_words_go_through_every_field_and_come_back(lead: AuditSession, words: str, tmp_path: Path) -> None:
    from ncpi_desktop.domain.findings.json_form import findings_form
    from ncpi_desktop.domain.record.storable import storable
    from ncpi_desktop.workflows.exporting import ExportOrder, export
    from ncpi_desktop.workflows.summarising import findings_of

    kept = storable(words)
    held, recommendation, answered = finding(lead), own(lead), earlier(lead)
    finding_writing.retitle_finding(lead, held.key, " ".join(words.split())[:100])
    finding_writing.write_finding(lead, held.key, words)
    finding_writing.write_illustration(lead, held.illustrations[0].key, words)
    finding_writing.clear_identifiers(lead, held.illustrations[0].key, words[:500])
    assert finding(lead).text == kept
    assert finding(lead).illustrations[0].text == kept
    own_fields: tuple[TextField, ...] = ("text", "particulars", "finding")
    for field in own_fields:
        recommending.write_recommendation(lead, recommendation.key, field, words)
        assert getattr(own(lead), field) == kept
    answers: tuple[TextField, ...] = ("summary", "detail")
    for field in answers:
        recommending.write_recommendation(lead, answered.key, field, words)
    progressing.log_status(lead, answered.key, Status.BEING_PROGRESSED, words[:500])
    for kind in NoticeKind:
        notices.write_notice(lead, kind, words)
        assert notices.notice_text(lead, kind) == kept
    part = words[:200]
    referring.raise_referral(lead, key_of(lead, "DA-01"), part, part[:100], child=part[:100])
    finishing.finish_inspection(lead, words[:500])
    findings = findings_of(lead)
    assert findings_form(findings)
    export(lead.path, ExportOrder(workbook=tmp_path / "w.xlsx", report=tmp_path / "r.pdf"), person=LEAD)
    refuse_unsound(lead)


def test_words_taken_out_go_from_every_field_and_from_undo(lead: AuditSession, opener: Opener) -> None:
    secret = "Zanzibarwards"
    words = f"A {secret} text."
    held, recommendation, answered = finding(lead), own(lead), earlier(lead)
    finding_writing.retitle_finding(lead, held.key, words)
    finding_writing.write_finding(lead, held.key, words)
    finding_writing.illustrate(lead, held.key, held.illustrations[0].case, words)
    finding_writing.clear_identifiers(lead, finding(lead).illustrations[0].key, words)
    finding_writing.write_illustration(lead, held.illustrations[0].key, words)
    finding_writing.remove_illustration(lead, finding(lead).illustrations[-1].key)
    for field in ("text", "particulars", "finding"):
        recommending.write_recommendation(lead, recommendation.key, field, words)  # type: ignore[arg-type]
    for field in ("summary", "detail", "progress"):
        recommending.write_recommendation(lead, answered.key, field, words)  # type: ignore[arg-type]
    progressing.log_status(lead, answered.key, Status.BEING_PROGRESSED, words)
    for kind in NoticeKind:
        notices.write_notice(lead, kind, words)
    referring.raise_referral(lead, key_of(lead, "DA-01"), words, words, child=words)
    one = next(held for held in referring.open_referrals(lead) if held.risk == words)
    referring.close_referral(lead, one.key, words, words)
    finishing.finish_inspection(lead, words)
    redacting.redact(lead, secret, "a name")
    path = lead.path
    lead.close()
    assert check(path).problems == ()
    file = AuditFile.open(path, read_only=True)
    dump = "\n".join(
        repr(row)
        for (name,) in file.connection.execute(
            "SELECT name FROM sqlite_schema WHERE type='table' AND name NOT LIKE '%search%'"
        ).fetchall()
        for row in file.connection.execute(f'SELECT * FROM "{name}"')
    )
    file.close()
    assert secret not in dump
    assert secret.encode() not in path.read_bytes()
    assert opener(path, LEAD).ledger.to_undo is None


def test_words_far_behind_in_a_title_go_from_the_history_too(lead: AuditSession) -> None:
    """The history names a finding by its whole title: of words cut in half nobody could take the first half out."""
    secret = "07700 900123"
    title = "x" * 74 + f" {secret} and more"
    finding_writing.retitle_finding(lead, finding(lead).key, title)
    finding_writing.write_finding(lead, finding(lead).key, "Typed.")
    redacting.redact(lead, secret, "a telephone number")
    path = lead.path
    lead.close()
    assert b"x 077" not in path.read_bytes()
    assert check(path).problems == ()
