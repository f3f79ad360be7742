"""What may identify somebody is found where it stands, what only looks like it is left alone, and no text makes the search slow."""

from __future__ import annotations

import importlib.util
import tomllib
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from time import perf_counter
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ncpi_desktop.domain.anonymity.identifier import Identifier, IdentifierKind
from ncpi_desktop.domain.anonymity.identifiers import identifiers_in
from ncpi_desktop.resources import resource_path


def beside(name: str) -> ModuleType:
    """Load a table that stands beside this file."""
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name(f"{name}.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


TRUE_CASES: list[str] = beside("true_cases").TRUE_CASES
NEAR_MISSES: list[str] = beside("near_misses").NEAR_MISSES


def found(text: str, *known: str) -> list[tuple[str, str]]:
    return [(held.kind.value, text[held.start : held.end]) for held in identifiers_in(text, known)]


@pytest.mark.parametrize("line", TRUE_CASES)
def test_an_identifier_is_found_and_nothing_else(line: str) -> None:
    kind, marked = line.split(" | ", 1)
    before, rest = marked.split("[", 1)
    words, after = rest.split("]", 1)
    assert found(before + words + after) == [(kind, words)]


@pytest.mark.parametrize("text", NEAR_MISSES)
def test_a_near_miss_is_left_alone(text: str) -> None:
    assert found(text) == []


def test_both_tables_are_long_and_every_kind_has_true_cases() -> None:
    assert len(set(TRUE_CASES)) == len(TRUE_CASES) >= 60
    assert len(set(NEAR_MISSES)) == len(NEAR_MISSES) >= 60
    assert {line.split(" | ")[0] for line in TRUE_CASES} == set(IdentifierKind)


def texts_of(part: object) -> Iterator[str]:
    """Yield every text of a bundled file; the moments of submission are no texts."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, dict):
        yield from (text for name, value in part.items() if name != "submitted" for text in texts_of(value))
    elif isinstance(part, list):
        yield from (text for value in part for text in texts_of(value))


BUNDLED = sorted(
    path for folder in ("sample/cases", "practice", "methodologies") for path in resource_path(folder).glob("*.toml")
)


@pytest.mark.parametrize("path", BUNDLED, ids=lambda path: path.stem)
def test_the_bundled_records_judgements_and_reasons_hold_no_identifier(path: Path) -> None:
    texts = list(texts_of(tomllib.loads(path.read_text(encoding="utf-8"))))
    assert len(texts) > 20
    assert [(text, named) for text in texts if (named := found(text))] == []


def test_a_number_of_the_day_is_told_beside_its_date() -> None:
    told = [("reference", "123"), ("date", "14 May 2018")]
    assert found("incident 123 of 14 May 2018 was") == found("log 123 of the 14 May 2018 was") == told


def test_several_are_told_in_the_order_of_the_text() -> None:
    text = "PC 1234 rang 07700 900123 on 14 May 2018 about Jessica Brown, dob 12/03/2009, of 14 Church Road, LE1 6YH."
    assert [kind for kind, _words in found(text)] == [
        "collar",
        "phone",
        "date",
        "name",
        "date-of-birth",
        "address",
        "postcode",
    ]


def test_what_is_known_is_allowed_whatever_its_capitals() -> None:
    text = "Case AB12345 with Alex Okafor on 14 May 2018"
    assert len(found(text)) == 3
    assert found(text, "ab12345", "ALEX OKAFOR") == [("date", "14 May 2018")]


def test_of_two_that_lie_over_each_other_one_is_made() -> None:
    assert found("the account jess_2009@example.com/x") == [("email", "jess_2009@example.com")]
    assert found("lives at 14 St Mary's Road School now")[0][0] == "address"


@pytest.mark.parametrize("kind", IdentifierKind)
def test_every_kind_is_named_and_says_what_to_do(kind: IdentifierKind) -> None:
    assert kind.label
    assert kind.todo.endswith(".")
    assert len({held.label for held in IdentifierKind}) == len(IdentifierKind)


def test_an_identifier_does_not_hold_the_words() -> None:
    (held,) = identifiers_in("told Jessica Brown")
    assert held == Identifier(IdentifierKind.NAME, 5, 18)
    assert "Jessica" not in repr(held)


PIECES = st.sampled_from(
    [
        "14",
        "May",
        "/",
        "2018",
        " ",
        "Jessica",
        "Brown",
        "@",
        ".",
        "PC",
        "1234",
        "School",
        "A",
        "'s",
        "St",
        "Road",
        "LE1",
        "6YH",
        "\n",
        ":",
    ]
)


@settings(deadline=None)
@given(st.text(max_size=200) | st.lists(PIECES, max_size=40).map("".join))
def test_places_lie_in_the_text_in_order_and_apart(text: str) -> None:
    end = 0
    for held in identifiers_in(text):
        assert end <= held.start < held.end <= len(text)
        end = held.end


@settings(deadline=None)
@given(
    st.dates(date(1900, 1, 1), date(2099, 12, 31)),
    st.sampled_from(["%d/%m/%Y", "%d.%m.%y", "%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d-%b-%Y", "%d %b", "%Y%m%d"]),
)
def test_every_day_is_found_in_every_form(day: date, form: str) -> None:
    words = f"{day:{form}}"
    assert [told for _kind, told in found(f"It was seen {words}, late")] == [words]


@settings(deadline=None)
@given(st.integers(0, 130), st.integers(0, 400), st.times())
def test_ages_days_and_clock_times_are_never_told(age: int, day: int, time: time) -> None:
    text = f"Child A, aged {age}, was seen on Day {day} at {time:%H:%M}; a {age}-year-old ({age}) by section 47, day {day}."
    assert found(text) == []


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1 ",
        "14/",
        "a@",
        "@a",
        "a.",
        "A",
        "Aa ",
        "Mr ",
        "1 Aa ",
        "O'",
        "0116 ",
        "St Mary's ",
        "crime reference ",
        "1*",
        "J. ",
        " ",
        "\n",
    ],
)
def test_a_text_made_to_be_slow_takes_time_that_grows_as_its_length(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    begun = perf_counter()
    identifiers_in(text)
    assert perf_counter() - begun < 20


@pytest.mark.long
@pytest.mark.parametrize("piece", ["1 Aa Aa Aa Aa ", "1*", "a.", "Mr ", "14 May "])
def test_a_million_characters_made_to_be_slow(piece: str) -> None:
    begun = perf_counter()
    identifiers_in(piece * (1_000_000 // len(piece)))
    assert perf_counter() - begun < 120
