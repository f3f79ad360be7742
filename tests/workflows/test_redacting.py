"""Words that identify somebody go from every text, the search, the history and the backups, and the history still holds."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ncpi_desktop.domain.casework.case import Child
from ncpi_desktop.domain.casework.inspection import Role
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.moderation.comment import About
from ncpi_desktop.domain.record.backup import Occasion
from ncpi_desktop.domain.record.file_key import derive_key
from ncpi_desktop.domain.record.redaction import PlaceKind
from ncpi_desktop.storage.audit_file import AuditFile
from ncpi_desktop.storage.backup_folder import backup_name, backups_folder
from ncpi_desktop.storage.case_repository import read_case
from ncpi_desktop.storage.engine import connect
from ncpi_desktop.storage.inspection_repository import add_person, read_people
from ncpi_desktop.storage.reversal import reverse
from ncpi_desktop.workflows import commenting, reviewing
from ncpi_desktop.workflows.browsing import history, search
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.redacting import find_words, redact
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.undoing import undo
from tests.builders import make_case, make_entry
from tests.casework import bring_in, complete, hand_in, key_of
from tests.conftest import TickingClock
from tests.storage.early_file import early_file

NUMBER = "07700 900123"
BECAUSE = "a telephone number"


@pytest.fixture
def audit(fresh_audit: AuditSession) -> AuditSession:
    """An audit with the number in its record, its tags, a pseudonym, a cited passage, and typed in pieces."""
    text = f"Her aunt rang from {NUMBER} at night. The {NUMBER.replace(' ', '  ')} was not answered later."
    bring_in(
        fresh_audit,
        make_case(
            "MIS-01",
            area="missing",
            entries=(make_entry(text, heading=f"Call from {NUMBER}"), make_entry("Nothing else.")),
            tags=("Repeat", f"ring {NUMBER}"),
            children=(Child(f"Child {NUMBER}", 6),),
        ),
        own_grades={"MIS-01": "good"},
    )
    case = key_of(fresh_audit, "MIS-01")
    entry = read_case(fresh_audit.file.connection, case).entries[0]
    for start, end in ((0, 8), (9, 31), (22, 28), (32, 40), (text.index("later"), len(text))):
        reviewing.cite(fresh_audit, case, "DEC-W01", entry.key, start, end)
    return fresh_audit


def type_in(session: AuditSession, reference: str, *texts: str, field: str = "rationale") -> None:
    step = None
    for text in texts:
        step = reviewing.write_text(session, key_of(session, reference), field, text, step).step  # type: ignore[arg-type]


def rests_in(path: Path, *words: str) -> list[str]:
    """The words that stand in the bytes of a file, whatever their capitals; not in identities and digests, where any digits may be."""
    raw = re.sub(rb"[0-9a-f]{16,}", b"", path.read_bytes().lower())
    return [word for word in words if word.lower().encode() in raw]


def kept_texts(path: Path) -> str:
    """Every text that the history holds, in one."""
    connection = connect(str(path))
    values = connection.execute("SELECT old_value, new_value FROM history_values").fetchall()
    lines = connection.execute("SELECT person, case_reference, detail, reason FROM history").fetchall()
    connection.close()
    return "\n".join(str(text) for row in (*values, *lines) for text in row if text is not None)


def test_every_place_is_counted_and_nothing_around_it_told(audit: AuditSession) -> None:
    type_in(audit, "DA-9", f"Rang {NUMBER}.")
    places = find_words(audit, f" {NUMBER} ")
    told = {(case, kind): count for case, kind, count in places.counts}
    assert told["MIS-01", PlaceKind.RECORD] == 3
    assert told["MIS-01", PlaceKind.CASE] == 2
    assert told["DA-9", PlaceKind.JUDGEMENT] == 1
    assert places.cases == ("DA-9", "MIS-01")
    assert "aunt" not in repr(places)


def test_all_of_it_goes_and_the_history_still_leads_to_what_stands(audit: AuditSession, fresh_path: Path) -> None:
    type_in(audit, "DA-9", "Ring 077", "Ring 07700 90", "Ring 07700 900123 now", "Ring now")
    type_in(audit, "DA-9", "Their number: 07700", "Their number: 07700 900123.", field="notes")
    reviewing.park(audit, key_of(audit, "DA-10"), f"waiting for {NUMBER}")
    seal = audit.file.last_seal()
    done = redact(audit, NUMBER, BECAUSE)
    assert done.remarks == ()
    assert not find_words(audit, NUMBER).total
    report = check(fresh_path, seal)
    assert report.problems == ()
    assert report.asked_at == report.changes - 1
    assert not rests_in(fresh_path, NUMBER, "07700", "900123")
    assert "07700" not in kept_texts(fresh_path)
    assert "077" not in kept_texts(fresh_path)
    line = history(audit)[0]
    assert (line.action, line.reason, line.person) == ("redact", BECAUSE, "Inspector 1")


def test_a_mark_stands_in_its_place_and_passages_stay_where_they_were_cited(audit: AuditSession) -> None:
    redact(audit, NUMBER, BECAUSE)
    desk = reviewing.lay_on_desk(audit, key_of(audit, "MIS-01"))
    entry = desk.case.entries[0]
    assert entry.text == "Her aunt rang from [taken out] at night. The [taken out] was not answered later."
    assert entry.heading == "Call from [taken out]"
    assert desk.case.tags == ("Repeat", "ring [taken out]")
    assert desk.case.children[0].pseudonym == "Child [taken out]"
    passages = [citation.passage for citation in desk.review.reasons[0].citations]
    assert passages == ["Her aunt", "rang from [taken out]", "[taken out]", "at night", "later."]
    for citation in desk.review.reasons[0].citations:
        assert citation.passage == entry.text[citation.start : citation.end]


def test_a_withdrawn_citation_of_a_part_goes_too(audit: AuditSession, fresh_path: Path) -> None:
    case = key_of(audit, "MIS-01")
    review = reviewing.lay_on_desk(audit, case).review
    for citation in review.reasons[0].citations:
        reviewing.withdraw_citation(audit, case, review.reasons[0], citation)
    reviewing.withdraw_reason(audit, case, "DEC-W01")
    redact(audit, NUMBER, BECAUSE)
    assert check(fresh_path).problems == ()
    assert "00 900" not in kept_texts(fresh_path)


def test_it_is_found_by_nobody_s_search(audit: AuditSession) -> None:
    assert search(audit, "900123").hits
    redact(audit, NUMBER, BECAUSE)
    assert not search(audit, "900123").hits
    assert search(audit, "aunt").hits


def test_work_goes_on_and_stays_sound(audit: AuditSession, fresh_path: Path) -> None:
    complete(audit, key_of(audit, "DA-9"))
    type_in(audit, "DA-9", "Nobody spoke to the younger child.", f"Nobody spoke to the younger child. {NUMBER}")
    hand_in(audit, key_of(audit, "S47-01"))
    redact(audit, NUMBER, BECAUSE)
    type_in(audit, "DA-9", "Nobody spoke to the younger child. [taken out] Nor to", "Nobody spoke. Nor to her.")
    undo(audit)
    reviewing.reopen(audit, key_of(audit, "S47-01"), "a new page came")
    reviewing.submit(audit, key_of(audit, "S47-01"))
    assert check(fresh_path).problems == ()


def test_a_submitted_review_and_its_reopened_copy_lose_it(audit: AuditSession, fresh_path: Path) -> None:
    case = key_of(audit, "DA-9")
    complete(audit, case)
    type_in(audit, "DA-9", f"Nobody rang {NUMBER} back.")
    reviewing.submit(audit, case)
    reviewing.reopen(audit, case, f"the number {NUMBER} was wrong")
    redact(audit, NUMBER, BECAUSE)
    desk = reviewing.lay_on_desk(audit, case)
    assert desk.review.rationale == desk.earlier[0].rationale == "Nobody rang [taken out] back."
    assert desk.review.reopened_because == "the number [taken out] was wrong"
    assert check(fresh_path).problems == ()
    assert "900123" not in kept_texts(fresh_path)


def test_undo_does_not_reach_over_it(
    audit: AuditSession, opener: Callable[..., AuditSession], fresh_path: Path
) -> None:
    type_in(audit, "DA-9", f"Ring {NUMBER}")
    step = audit.ledger.to_undo
    assert step is not None
    redact(audit, NUMBER, BECAUSE)
    assert audit.ledger.to_undo is None
    with pytest.raises(RefusedError, match="nothing to undo"):
        undo(audit)
    values = [value for value in _values(audit, step.number) if value.field == "rationale"]
    with (
        pytest.raises(RefusedError, match="was taken out of the file"),
        audit.file.change("undo", at=audit.clock(), person="", person_identity="") as change,
    ):
        reverse(change, values)
    audit.close()
    assert opener(fresh_path, "Inspector 1").ledger.to_undo is None


def _values(session: AuditSession, step: int):
    from ncpi_desktop.workflows.browsing import values_of_step

    return values_of_step(session, step)


def test_a_second_redaction_finds_what_was_typed_around_the_first(audit: AuditSession, fresh_path: Path) -> None:
    type_in(audit, "DA-9", "Ring 07700 900123", "Ring 07700 900123 about Jane D", "Ring 07700 900123 about Jane Do")
    redact(audit, NUMBER, BECAUSE)
    type_in(audit, "DA-9", "Ring [taken out] about Jane Doe.")
    redact(audit, "Jane Doe", "a child's name")
    assert check(fresh_path).problems == ()
    assert not rests_in(fresh_path, "Jane", NUMBER)
    assert reviewing.lay_on_desk(audit, key_of(audit, "DA-9")).review.rationale == "Ring [taken out] about [taken out]."


def test_words_in_the_reason_of_an_earlier_redaction_can_go_too(audit: AuditSession, fresh_path: Path) -> None:
    redact(audit, NUMBER, "a number of Jane Doe")
    redact(audit, "jane  doe", "a name")
    assert check(fresh_path).problems == ()
    assert not rests_in(fresh_path, "Jane Doe")


def test_a_reference_gets_another_name(audit: AuditSession, fresh_path: Path) -> None:
    for number in ("1", "2"):
        bring_in(audit, make_case(f"Crime 4711{number}", entries=()), own_grades={f"Crime 4711{number}": "good"})
    redact(audit, "Crime 47111", "a crime number")
    redact(audit, "Crime 47112", "a crime number")
    assert key_of(audit, "[taken out]")
    assert key_of(audit, "[taken out] 2")
    assert check(fresh_path).problems == ()
    assert not rests_in(fresh_path, "Crime 4711")  # four digits alone stand by chance in digests


@pytest.mark.parametrize(
    ("words", "because", "told"),
    [
        ("", BECAUSE, "too short"),
        (" ab ", BECAUSE, "too short"),
        ("x" * 501, BECAUSE, "too long"),
        ("07700 111222", BECAUSE, "nowhere in this audit"),
        (NUMBER, "  ", "with a reason"),
        (NUMBER, f"the number {NUMBER}", "holds the words themselves"),
        ("Northshire", BECAUSE, "name of somebody"),
        ("decision", BECAUSE, "methodology"),
    ],
)
def test_it_is_refused_in_a_sentence_and_nothing_changes(
    audit: AuditSession, words: str, because: str, told: str
) -> None:
    before = audit.file.last_seal()
    with pytest.raises(RefusedError, match=told) as refused:
        redact(audit, words, because)
    assert NUMBER not in str(refused.value)
    assert audit.file.last_seal() == before


def test_only_a_lead_may_where_there_is_one(audit: AuditSession, fresh_path: Path) -> None:
    with audit.file.change("name-person", at=audit.clock(), person="", person_identity="") as change:
        add_person(change, "The lead", [Role.TEAM_LEAD])
    audit.people = read_people(audit.file.connection)
    with pytest.raises(RefusedError, match="Only a team lead"):
        redact(audit, NUMBER, BECAUSE)
    audit.sign_in("The lead")
    assert redact(audit, NUMBER, BECAUSE).places.total
    assert check(fresh_path).problems == ()


def test_it_can_be_stopped_and_nothing_is_changed(audit: AuditSession) -> None:
    class StoppedError(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if done:
            raise StoppedError

    before = audit.file.last_seal()
    with pytest.raises(StoppedError):
        redact(audit, NUMBER, BECAUSE, stop)
    assert audit.file.last_seal() == before
    assert find_words(audit, NUMBER).total


def test_kept_backups_lose_it_and_one_that_does_not_open_is_named(audit: AuditSession, fresh_path: Path) -> None:
    folder = backups_folder(audit.inspection.identity)
    folder.mkdir(parents=True)
    moments = [datetime(2018, 5, day, tzinfo=UTC) for day in (1, 2, 3)]
    good, clean, broken = (folder / backup_name(moment, 3, Occasion.ASKED_FOR) for moment in moments)
    type_in(audit, "DA-10", "To be kept.")
    shutil.copy(fresh_path, good)
    broken.write_bytes(fresh_path.read_bytes()[:9000])
    redacted_before = shutil.copy(fresh_path, clean)
    other = AuditSession.open(redacted_before, person="Inspector 1", clock=TickingClock())
    redact_alone(other)
    other.close()
    before = clean.read_bytes()
    done = redact(audit, NUMBER, BECAUSE)
    assert done.backups == 1
    assert len(done.remarks) == 1
    assert broken.name in done.remarks[0]
    assert not rests_in(good, NUMBER)
    assert check(good).problems == ()
    assert clean.read_bytes() == before
    assert sorted(path.name for path in folder.iterdir()) == sorted(path.name for path in (good, clean, broken))


def test_a_backup_put_back_is_redacted_though_the_audit_is_clean(audit: AuditSession, fresh_path: Path) -> None:
    kept = kept_backup(audit, fresh_path)
    redact_alone(audit)
    before = audit.file.last_seal()
    assert (find_words(audit, NUMBER).total, find_words(audit, NUMBER).backups) == (0, 1)
    done = redact(audit, NUMBER, BECAUSE)
    assert (done.backups, done.places.total, done.changed.saved_at) == (1, 0, None)
    assert audit.file.last_seal() == before
    assert not rests_in(kept, NUMBER)


def test_a_stop_in_the_backups_is_told_and_the_audit_is_done(audit: AuditSession, fresh_path: Path) -> None:
    kept = kept_backup(audit, fresh_path)
    before = audit.file.last_sequence()

    def stop_once_the_audit_is_done(_done: int, _total: int) -> None:
        if not audit.file.connection.in_transaction and audit.file.last_sequence() > before:
            raise RuntimeError

    done = redact(audit, NUMBER, BECAUSE, stop_once_the_audit_is_done)
    assert "Stopped" in done.remarks[0]
    assert rests_in(kept, NUMBER)
    assert not find_words(audit, NUMBER).total
    assert check(fresh_path).problems == ()


def kept_backup(session: AuditSession, path: Path) -> Path:
    """Keep a copy of the audit as it stands among its backups; return where it is."""
    folder = backups_folder(session.inspection.identity)
    folder.mkdir(parents=True)
    type_in(session, "DA-10", "To be kept.")
    return Path(shutil.copy(path, folder / backup_name(datetime(2018, 5, 1, tzinfo=UTC), 3, Occasion.ASKED_FOR)))


def redact_alone(session: AuditSession) -> None:
    """Take the number out of a file that is itself a backup, without reaching for the others."""
    from ncpi_desktop.workflows import redacting

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(redacting, "kept_backups", lambda _folder: [])
        redact(session, NUMBER, BECAUSE)


def test_a_file_of_version_1_is_redacted_after_it_was_brought_up(tmp_path: Path) -> None:
    path = early_file(tmp_path)
    AuditFile.open(path, before_migrating=lambda _connection: None).close()
    session = AuditSession.open(path, person="Team lead", clock=TickingClock(datetime(2026, 1, 5, tzinfo=UTC)))
    session.people = ()  # the rule on team leads is tested above
    redact(session, NUMBER, BECAUSE)
    redact(session, "custody log", "names a place")
    session.close()
    assert check(path).problems == ()
    assert not rests_in(path, NUMBER, "900123", "custody log")


def test_a_protected_file_is_redacted_and_stays_protected(
    tmp_path: Path, clock: TickingClock, fresh_path: Path
) -> None:
    key = derive_key("correct horse battery", b"0123456789abcdef")
    path = tmp_path / "Closed.ncpi"
    plain = connect(str(fresh_path))
    plain.execute("ATTACH ? AS closed KEY ?", (str(path), f"{key.as_words()}"))
    plain.execute("SELECT sqlcipher_export('closed')")
    for pragma in ("application_id", "user_version"):
        (value,) = plain.execute(f"PRAGMA main.{pragma}").fetchone()
        plain.execute(f"PRAGMA closed.{pragma} = {value}")
    plain.execute("DETACH closed")
    plain.close()
    session = AuditSession.open(path, person="Inspector 1", clock=clock, key=key)
    bring_in(session, make_case("DA-9", entries=(make_entry(f"Ring {NUMBER}."),)))
    redact(session, NUMBER, BECAUSE)
    session.close()
    assert check(path, key=key).problems == ()
    assert not rests_in(path, "SQLite format", NUMBER)


def test_comments_and_their_history_lose_the_words(audit: AuditSession) -> None:
    case = key_of(audit, "MIS-01")
    for words in (f"Ring {NUMBER}.", f"No, {NUMBER} it is."):
        commenting.comment_on(audit, case, About(), words)
    commenting.take_away(audit, commenting.threads_of(audit, case)[1].root.key)
    redact(audit, NUMBER, BECAUSE)
    (thread,) = commenting.threads_of(audit, case)
    assert NUMBER not in thread.root.text
    assert not find_words(audit, NUMBER).total
    assert check(audit.path).problems == ()
