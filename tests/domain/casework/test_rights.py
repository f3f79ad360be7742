"""Who may do what: by role, with several roles, without a team lead, without a name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ncpi_desktop.domain.casework.inspection import Person, Role, role_words
from ncpi_desktop.domain.casework.rights import (
    RIGHTS,
    Act,
    Right,
    may,
    may_judge,
    newcomer,
    refuse_unless_may,
    refuse_without_lead,
    team_leads,
    whom_to_ask,
)
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.record.actions import Action


def person(name: str, *roles: Role, key: int = 1, active: bool = True) -> Person:
    return Person(key, name, name, frozenset(roles), active)


LEAD = person("Lead 1", Role.TEAM_LEAD, key=9)


@pytest.mark.parametrize(
    ("roles", "judges"),
    [
        ([Role.INSPECTOR], True),
        ([Role.QUALITY_ASSURER], True),
        ([Role.TEAM_LEAD], True),
        ([Role.OBSERVER], False),
        ([Role.OBSERVER, Role.INSPECTOR], True),
        ([], False),
    ],
)
def test_who_judges(roles: list[Role], judges: bool) -> None:
    somebody = person("Somebody", *roles)
    assert may_judge(somebody) is judges
    assert may(somebody, Action.GRADE, [LEAD]) is judges
    assert not may_judge(replace(somebody, active=False))


@pytest.mark.parametrize("act", RIGHTS)
def test_a_lead_does_everything_and_an_observer_nothing(act: Action | Act) -> None:
    assert may(LEAD, act, [LEAD])
    assert not may(person("Observer 1", Role.OBSERVER), act, [LEAD])
    assert not may(person("Observer 1", Role.OBSERVER), act, [])


@pytest.mark.parametrize("act", [act for act, right in RIGHTS.items() if right is not Right.JUDGE])
def test_without_a_lead_nobody_is_stuck(act: Action | Act) -> None:
    inspector = person("Inspector 1", Role.INSPECTOR)
    assert not may(inspector, act, [inspector, LEAD])
    for leaderless in ([inspector], [inspector, replace(LEAD, active=False)], []):
        assert may(inspector, act, leaderless)
        assert may(newcomer("Somebody new"), act, leaderless)
        assert may(None, act, leaderless)


def test_an_act_without_a_rule_is_a_lead_s() -> None:
    unknown: Action = "unknown"  # type: ignore[assignment]
    assert may(LEAD, unknown, [LEAD])
    assert not may(person("Inspector 1", Role.INSPECTOR), unknown, [LEAD])
    assert not may(None, unknown, [LEAD])


@pytest.mark.parametrize(
    ("who", "act", "sentence"),
    [
        (
            person("Observer 1", Role.OBSERVER),
            Action.GRADE,
            "Observer 1 is an observer and may not change anything. Ask a team lead: Lead 1.",
        ),
        (
            person("Inspector 1", Role.INSPECTOR, Role.QUALITY_ASSURER),
            Action.ALLOCATE,
            (
                "Only a team lead may allocate cases; Inspector 1 works here as inspector and quality assurer."
                " Ask a team lead: Lead 1."
            ),
        ),
        (
            None,
            Action.SET_ROLES,
            (
                "Only a team lead may change people and roles, and nobody has signed in."
                " Say who is working. A team lead here: Lead 1."
            ),
        ),
        (
            person("Inspector 1", Role.INSPECTOR, active=False),
            Action.GRADE,
            "Inspector 1 no longer works on this inspection and may not change anything. Ask a team lead: Lead 1.",
        ),
        (person("X"), Action.GRADE, "X has no role here and may not change anything. Ask a team lead: Lead 1."),
    ],
)
def test_each_refusal_is_a_sentence(who: Person | None, act: Action | Act, sentence: str) -> None:
    with pytest.raises(RefusedError) as refused:
        refuse_unless_may(who, act, [LEAD])
    assert str(refused.value) == sentence


def test_whom_to_ask() -> None:
    inspectors = [person(f"Inspector {n}", Role.INSPECTOR, key=n) for n in range(1, 6)]
    observer = person("Observer 1", Role.OBSERVER)
    assert whom_to_ask([observer, *inspectors]) == (
        "Ask somebody who works on it: Inspector 1, Inspector 2, Inspector 3 and others."
    )
    assert whom_to_ask([observer]) == "Whoever reads the cases signs in with a name of their own."
    assert whom_to_ask([*inspectors, LEAD]) == "Ask a team lead: Lead 1."


def test_one_lead_remains_once_there_was_one() -> None:
    other = person("Inspector 1", Role.INSPECTOR)
    refuse_without_lead([other], [other])
    refuse_without_lead([LEAD, other], [LEAD])
    for after in ([other], [other, replace(LEAD, active=False)], [replace(LEAD, roles=frozenset({Role.OBSERVER}))]):
        assert team_leads(after) == ()
        with pytest.raises(RefusedError, match="At least one team lead must remain"):
            refuse_without_lead([LEAD, other], after)


def test_roles_in_words() -> None:
    assert role_words([]) == ""
    assert role_words([Role.OBSERVER]) == "Observer"
    assert role_words(set(Role)) == "Inspector, quality assurer, team lead and observer"
