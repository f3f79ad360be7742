"""Search finds words as the index holds them, page by page without gaps, and obeys nothing that is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ncpi_desktop.domain.casework.hit import Hit, Place
from ncpi_desktop.storage.search import MOST_WORDS, PAGE, query_from, search_cases
from ncpi_desktop.workflows import reviewing
from ncpi_desktop.workflows.session import AuditSession
from tests.builders import make_case, make_entry
from tests.casework import bring_in, complete, key_of

TEXTS = {
    "A-1": "A social worker saw the étude café; the mother’s account was “calm”.",
    "A-2": "SOCIAL care and/or health rang at 21:40. Unworkable.",
    "A-3": "AND NEAR OR NOT (brackets) * ^ heading: text",
    "A-4": "The naïve Zoë said: don't tell. Worker-led.",
    "A-5": "Дитина сказала. 子供は話した。 \U0001f600",
}


@pytest.fixture
def told(fresh_audit: AuditSession) -> AuditSession:
    bring_in(
        fresh_audit, *(make_case(name, entries=(make_entry(text, heading="Log"),)) for name, text in TEXTS.items())
    )
    return fresh_audit


def found(session: AuditSession, words: str) -> set[str]:
    return {hit.reference for hit in search_cases(session.file.connection, words).hits}


@pytest.mark.parametrize(
    ("words", "cases"),
    [
        ("social", {"A-1", "A-2"}),
        ("social worker", {"A-1"}),
        ("worker social", {"A-1"}),
        ("  social \t worker  ", {"A-1"}),
        ("work", {"A-1", "A-4"}),
        ("work ", set()),
        ("wo", set()),
        ("etude", {"A-1"}),
        ("ÉTUDE", {"A-1"}),
        ("naive zoe", {"A-4"}),
        ("mother's", {"A-1"}),
        ("mother’s account", {"A-1"}),
        ("don't tell", {"A-4"}),
        ("and/or", {"A-2"}),
        ("21:40", {"A-2"}),
        ('"calm"', {"A-1"}),
        ('cal"m', set()),
        ("AND", {"A-2", "A-3"}),
        ("social AND nothing", set()),
        ("social OR brackets", set()),
        ("NOT social", set()),
        ("NEAR(social worker)", set()),
        ("(brackets)", {"A-3"}),
        ("brackets*", {"A-3"}),
        ("heading:brackets", set()),
        ("text:social", set()),
        ("^social", {"A-1", "A-2"}),
        ("-social", {"A-1", "A-2"}),
        ("worker-led", {"A-4"}),
        ("дитина", {"A-5"}),
        ("social worker \ud800", {"A-1"}),
        ("soc\x00ial", set()),
    ],
)
def test_words_are_found_and_never_obeyed(told: AuditSession, words: str, cases: set[str]) -> None:
    assert found(told, words) == cases


@pytest.mark.parametrize("words", ["", " ", '"', '""', "*", "( )", "- ' ^", "\x00", "\U0001f600", "…"])
def test_no_word_at_all_finds_nothing(told: AuditSession, words: str) -> None:
    page = search_cases(told.file.connection, words)
    assert (page.hits, page.next_place) == ((), None)


@given(words=st.text(max_size=30))
def test_whatever_is_typed_is_no_error(told: AuditSession, words: str) -> None:
    search_cases(told.file.connection, words)


def test_a_whole_page_pasted_in_is_looked_for_by_its_first_words(told: AuditSession) -> None:
    assert found(told, "social " * 20_000) == {"A-1", "A-2"}
    assert query_from("social " * 20_000).count("social") == MOST_WORDS


@pytest.mark.parametrize("typed", ["DA-10", "da-10", " Da-10 "])
def test_a_reference_is_the_first_hit_however_it_is_typed(told: AuditSession, typed: str) -> None:
    hits = search_cases(told.file.connection, typed).hits
    if typed.strip() in ("DA-10", "da-10"):
        assert (hits[0].reference, hits[0].where) == ("DA-10", "reference")


def test_a_reference_in_small_letters_is_found_by_capitals(fresh_audit: AuditSession) -> None:
    bring_in(fresh_audit, make_case("case-a"))
    assert search_cases(fresh_audit.file.connection, "CASE-A").hits[0].reference == "case-a"


def test_a_snippet_marks_the_words(told: AuditSession) -> None:
    (hit,) = [hit for hit in search_cases(told.file.connection, "etude").hits if hit.where == "entry"]
    assert "\x02étude\x03" in hit.snippet
    assert hit.entry is not None
    assert hit.position >= 1


def test_rationale_and_notes_are_found_as_they_change(told: AuditSession) -> None:
    case = key_of(told, "A-3")
    reviewing.write_text(told, case, "rationale", "Unsurpassed diligence.")
    reviewing.write_text(told, case, "notes", "Ask about the kestrel.")
    assert found(told, "unsurpassed") == found(told, "kestrel") == {"A-3"}
    reviewing.write_text(told, case, "rationale", "Ordinary work.")
    assert found(told, "unsurpassed") == set()
    assert found(told, "kestrel ordinary") == {"A-3"}


def test_a_reopened_submission_is_found_once(told: AuditSession) -> None:
    case = key_of(told, "A-1")
    complete(told, case)
    reviewing.write_text(told, case, "rationale", "Unsurpassed.")
    reviewing.submit(told, case)
    reviewing.reopen(told, case, "A new log came.")
    assert [hit.where for hit in search_cases(told.file.connection, "unsurpassed").hits] == ["rationale"]


def test_pages_follow_each_other_without_gap_or_repeat(fresh_audit: AuditSession) -> None:
    entries = tuple(make_entry(f"A kestrel, seen {n} times.", time="") for n in range(PAGE + 7))
    bring_in(
        fresh_audit, *(make_case(f"K-{n:03}", entries=entries if n == 0 else entries[:2]) for n in range(PAGE + 3))
    )
    for n in range(PAGE + 3):
        reviewing.write_text(fresh_audit, key_of(fresh_audit, f"K-{n:03}"), "notes", "kestrel")
    hits: list[Hit] = []
    place: Place | None = None
    sizes = []
    while True:
        page = search_cases(fresh_audit.file.connection, "kestrel", place)
        hits += page.hits
        sizes.append(len(page.hits))
        place = page.next_place
        if place is None:
            break
    entries_found = [hit.entry for hit in hits if hit.where == "entry"]
    assert len(entries_found) == len(set(entries_found)) == PAGE + 7 + 2 * (PAGE + 2)
    assert entries_found == sorted(entry for entry in entries_found if entry is not None)
    assert len({hit.case for hit in hits if hit.where == "rationale"}) == PAGE + 3
    assert len(hits) == len(entries_found) + PAGE + 3
    assert max(sizes) <= 2 * PAGE


def test_the_query_quotes_every_word() -> None:
    assert query_from('a "b" c*') == '"a" "b" "c*"'
    assert query_from("social wor") == '"social" "wor"*'
    assert query_from("social wor ") == '"social" "wor"'
