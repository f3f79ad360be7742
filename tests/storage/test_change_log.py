"""Every value is told, digested with its own salt, and sealed onto the change before."""

from __future__ import annotations

from pathlib import Path

import pytest

from ncpi_desktop.domain.record.change import FIRST_SEAL, Operation, seal_of, texts_digest_of, value_digest
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.storage.history_repository import chain, history_page, step_changes, values_of
from ncpi_desktop.storage.moments import from_text, to_text
from ncpi_desktop.workflows.session import AuditSession
from tests.conftest import FIRST_MOMENT


@pytest.fixture
def change(fresh_audit: AuditSession) -> ChangeInProgress:
    return ChangeInProgress(
        fresh_audit.file.connection,
        at=FIRST_MOMENT,
        person="P",
        person_identity="p",
        action="grade",
        case_identity="c",
        case_reference="DA-01",
    )


def test_what_is_the_same_is_not_told(change: ChangeInProgress) -> None:
    change.set("reviews", "r", "grade", "good", "good")
    change.splice("reviews", "r", "notes", "same", "same")
    assert change.values == []


def test_old_and_new_are_told(change: ChangeInProgress) -> None:
    change.set("reviews", "r", "grade", None, "good")
    change.splice("reviews", "r", "notes", "a cat", "a dog")
    change.add("citations", "i", {"start": 1})
    change.remove("citations", "i", {"start": 1})
    told = [(value.operation, value.old, value.new, value.offset) for value in change.values]
    assert told == [
        (Operation.SET, None, "good", None),
        (Operation.SPLICE, "cat", "dog", 2),
        (Operation.ADD, None, '{"start": 1}', None),
        (Operation.REMOVE, '{"start": 1}', None, None),
    ]


def test_a_record_that_stands_in_its_table_is_kept_as_a_digest_alone(change: ChangeInProgress) -> None:
    change.add("entries", "e", {"text": "Officers attend."}, kept_in_table=True)
    (value,) = change.values
    assert value.new is None
    assert value.new_digest == value_digest(value.salt, '{"text": "Officers attend."}')


def test_each_value_has_a_salt_of_its_own(fresh_audit: AuditSession) -> None:
    with fresh_audit.file.change("grade", at=FIRST_MOMENT, person="P", person_identity="p") as change:
        for row in ("a", "b"):
            change.set("reviews", row, "notes", None, "07700 900123")
        change.add("reviews", "c", {"notes": "07700 900123"})
    values = values_of(fresh_audit.file.connection, fresh_audit.file.last_sequence())
    assert len({value.salt for value in values}) == 3
    assert len({value.new_digest for value in values}) == 3
    for value in values:
        assert len(value.salt) == 16
        assert value.old_digest == value_digest(value.salt, value.old)
        assert value.new_digest == value_digest(value.salt, value.new)


def test_every_seal_of_the_sample_verifies(sample: AuditSession) -> None:
    before, number = FIRST_SEAL, 0
    for number, (change, salt, texts) in enumerate(chain(sample.file.connection), start=1):
        assert change.sequence == number
        assert change.previous_seal == before
        assert texts == texts_digest_of(salt, change.person, change.case_reference, change.detail, change.reason)
        assert change.seal == seal_of(
            *(before, number, to_text(change.at), change.person_identity, change.action, change.case_identity, texts),
            change.values,
            steps=(change.step, change.undoes),
        )
        before = change.seal
    assert number == sample.file.last_sequence() > 70
    assert before == sample.file.last_seal()


def test_history_is_read_in_pages_newest_first_and_by_case(sample: AuditSession) -> None:
    connection = sample.file.connection
    pages, before = [], None
    while page := history_page(connection, before, 10):
        pages += page
        before = page[-1].sequence
    assert [change.sequence for change in pages] == list(range(sample.file.last_sequence(), 0, -1))
    case = next(change.case_identity for change in pages if change.case_reference == "DA-05")
    of_case = history_page(connection, None, 50, case)
    assert {change.case_reference for change in of_case} == {"DA-05"}
    assert [change.action for change in of_case] == ["submit", "add-reviews"]


def test_changes_and_steps_are_read_with_their_values(sample: AuditSession) -> None:
    connection = sample.file.connection
    (number,) = connection.execute("SELECT min(sequence) FROM history WHERE action = 'submit'").fetchone()
    (step,) = step_changes(connection, number)
    assert step.values == values_of(connection, number)
    assert [value.field for value in step.values] == ["state", "submitted_at"]


@pytest.mark.parametrize("text", ["2018-05-16T10:42:07.000Z", "2018-05-16T10:42:07.123Z", "1999-12-31T23:59:59.999Z"])
def test_moments_survive_and_sort_as_text(text: str) -> None:
    moment = from_text(text)
    assert moment is not None
    assert to_text(moment) == text
    assert from_text(None) is None


def test_moments_of_any_zone_stand_in_utc(tmp_path: Path) -> None:
    from datetime import timedelta, timezone

    assert to_text(FIRST_MOMENT.astimezone(timezone(timedelta(hours=1)))) == "2018-05-16T10:42:07.000Z"
