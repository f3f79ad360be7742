"""A case comes back as it was brought in, and no string in it is anything but data."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ncpi_desktop.domain.casework.case import Case, CaseKey, Child, EntryKind, StrategyDiscussion
from ncpi_desktop.domain.errors import NotSavedError
from ncpi_desktop.storage.case_repository import (
    case_keys_after,
    find_case,
    names_of,
    read_case,
    read_own_grade,
)
from ncpi_desktop.workflows.session import AuditSession
from tests.builders import make_case, make_entry
from tests.casework import bring_in, key_of

HOSTILE = "'); DROP TABLE cases; -- <b>&amp; =1+1 \x00 \U0001f600 \u202e {case} %s"
HELD = StrategyDiscussion(("Police", "Health", "School"), ("School", "Police", "Housing"), True, None, False)


def plain(case: Case) -> Case:
    """The case without what a file gives it: keys and identities."""
    entries = tuple(replace(entry, key=0, identity="") for entry in case.entries)
    return replace(case, key=CaseKey(0), identity="", entries=entries)


def brought_back(session: AuditSession, case: Case) -> Case:
    bring_in(session, case)
    return read_case(session.file.connection, key_of(session, case.reference))


@pytest.mark.parametrize(
    "case",
    [
        make_case(),
        make_case(tags=("b", "a"), children=(Child("Child B"), Child("Child A", 0))),
        make_case(entries=(), children=(), tags=()),
        make_case(entries=(make_entry(day=None, time=""), make_entry(day=-2), make_entry(day=400))),
        make_case(
            HOSTILE, tags=(HOSTILE,), children=(Child(HOSTILE, 3),), entries=(make_entry(HOSTILE, heading=HOSTILE),)
        ),
        make_case(
            entries=tuple(make_entry(kind=kind) for kind in EntryKind if kind is not EntryKind.STRATEGY_DISCUSSION)
        ),
        make_case(entries=(make_entry("long " * 400_000),)),
    ],
)
def test_a_case_comes_back_as_it_was(fresh_audit: AuditSession, case: Case) -> None:
    assert plain(brought_back(fresh_audit, case)) == case


def test_a_strategy_discussion_comes_back_with_its_agencies(fresh_audit: AuditSession) -> None:
    entry = make_entry(kind=EntryKind.STRATEGY_DISCUSSION, strategy=HELD)
    strategy = brought_back(fresh_audit, make_case(entries=(entry,))).entries[0].strategy
    assert strategy is not None
    assert (strategy.in_time, strategy.rationale_recorded, strategy.actions_recorded) == (True, None, False)
    assert set(strategy.invited) == set(HELD.invited)
    assert set(strategy.present) == set(HELD.present)
    assert strategy.missing == ("Health",)


def test_identities_are_given_anew_unique_and_in_order(sample: AuditSession) -> None:
    for table in ("cases", "entries", "reviews", "people", "given_reasons", "citations", "allocations"):
        rows = [identity for (identity,) in sample.file.connection.execute(f"SELECT identity FROM {table} ORDER BY id")]
        assert len(set(rows)) == len(rows) > 0
        assert all(len(identity) == 32 for identity in rows)
        assert [row[:12] for row in rows] == sorted(row[:12] for row in rows), table  # the milliseconds


def test_no_two_tables_share_an_identity(sample: AuditSession) -> None:
    tables = [
        name
        for (name,) in sample.file.connection.execute(
            "SELECT name FROM sqlite_schema WHERE sql LIKE '%identity TEXT NOT NULL UNIQUE%'"
        )
    ]
    assert len(tables) > 10
    found = [i for table in tables for (i,) in sample.file.connection.execute(f"SELECT identity FROM {table}")]
    assert len(set(found)) == len(found)


def test_a_reference_stands_once(fresh_audit: AuditSession) -> None:
    before = fresh_audit.file.last_sequence()
    with pytest.raises(NotSavedError):
        bring_in(fresh_audit, make_case("NEW-1"), make_case("DA-9"))
    assert find_case(fresh_audit.file.connection, "NEW-1") is None
    assert fresh_audit.file.last_sequence() == before


def test_finding_by_reference(fresh_audit: AuditSession) -> None:
    connection = fresh_audit.file.connection
    assert names_of(connection, key_of(fresh_audit, "DA-9"))[0] == "DA-9"
    assert find_case(connection, "DA-99") is None


def test_pages_of_keys_follow_the_queue(sample: AuditSession) -> None:
    connection = sample.file.connection
    first = case_keys_after(connection, 0, 20)
    assert [place for place, _case in first + case_keys_after(connection, 20, 20)] == list(range(1, 37))
    assert case_keys_after(connection, 36, 20) == []


def test_the_force_s_own_grade_is_kept_apart(fresh_audit: AuditSession) -> None:
    bring_in(fresh_audit, make_case("OG-1"), own_grades={"OG-1": "good"})
    connection = fresh_audit.file.connection
    assert read_own_grade(connection, key_of(fresh_audit, "OG-1")) == ("good", "As the force saw it.")
    assert read_own_grade(connection, key_of(fresh_audit, "DA-9")) is None
    kept = connection.execute("SELECT count(*) FROM history_values WHERE new_value LIKE '%As the force%'").fetchone()
    assert kept == (0,)


def test_the_text_of_a_record_stands_in_the_file_once(fresh_audit: AuditSession) -> None:
    bring_in(fresh_audit, make_case("OG-1", entries=(make_entry("A kestrel."),)))
    rows = fresh_audit.file.connection.execute("SELECT new_value FROM history_values WHERE new_value LIKE '%kestrel%'")
    assert rows.fetchall() == []
