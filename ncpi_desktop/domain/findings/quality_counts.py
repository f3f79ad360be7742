"""Draws the figures of the second reading up from the kept counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ncpi_desktop.domain.casework.inspection import Person
from ncpi_desktop.domain.findings.quality import (
    AreaAgreement,
    Compared,
    QualityFindings,
    ReadersAgreement,
    ReasonAgreement,
    ReasonsCompared,
    SettledGrades,
    StageAgreement,
)
from ncpi_desktop.domain.findings.tally import (
    ALIKE,
    BETWEEN,
    NOT_APPLICABLE,
    OVERALL,
    REASONS_ALIKE,
    Measure,
    area_scope,
    readers_of_scope,
    stage_scope,
)
from ncpi_desktop.domain.methodology.grade import Scale
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.domain.moderation.agreement import AgreementTable
from ncpi_desktop.domain.moderation.second_reading import SecondState, Seen

Counts = Mapping[str, Mapping[tuple[str, str], int]]
"""The kept counts by measure, then by what they are of."""


def quality_of(methodology: Methodology, counts: Counts, people: Iterable[Person]) -> QualityFindings:
    """Return what the kept `counts` say of the second reading; `people` lend the readers their names and order."""
    scale = methodology.scale
    scopes = by_one(counts[Measure.PAIR])
    seen, states = counts[Measure.SEEN], dict.fromkeys((state.value for state in SecondState), 0)
    for (state, _area), count in counts[Measure.SECOND].items():
        states[state] = states.get(state, 0) + count
    stages = ((stage, scopes.get(stage_scope(stage.code))) for stage in methodology.stages)
    areas = ((area, scopes.get(area_scope(area.code))) for area in methodology.areas)
    return QualityFindings(
        states=tuple((state, states[state.value]) for state in SecondState),
        overall=compared_of(scale, scopes.get(OVERALL, {})),
        stages=tuple(StageAgreement(stage, compared_of(scale, pairs)) for stage, pairs in stages if pairs),
        areas=tuple(AreaAgreement(area, compared_of(scale, pairs)) for area, pairs in areas if pairs),
        readers=_readers(scale, scopes, tuple(people)),
        reasons=_reasons(methodology, counts[Measure.REASON_PAIR], scopes.get(REASONS_ALIKE, {})),
        seen=tuple((what, seen.get((what.value, ""), 0)) for what in Seen),
        settled_grades=SettledGrades(_table(scale, counts[Measure.SETTLED])),
    )


def by_one(pairs: Mapping[tuple[str, str], int]) -> dict[str, dict[str, int]]:
    """Return the counts of pairs by what they are of: a scope, an area, a stage."""
    found: dict[str, dict[str, int]] = {}
    for (scope, pair), count in pairs.items():
        found.setdefault(scope, {})[pair] = count
    return found


def compared_of(scale: Scale, pairs: Mapping[str, int]) -> Compared:
    """Return the comparison that counts of *one grade>other grade* add up to."""
    grades: dict[tuple[str, str], int] = {}
    for pair, count in pairs.items():
        first, _between, second = pair.partition(BETWEEN)
        grades[first, second] = count
    apart = sum(count for (first, second), count in grades.items() if NOT_APPLICABLE in (first, second))
    return Compared(_table(scale, grades), apart)


def _table(scale: Scale, pairs: Mapping[tuple[str, str], int]) -> AgreementTable:
    """Return the table of `pairs`; whatever is no grade of the scale stands in no cell."""
    codes = scale.codes
    return AgreementTable(codes, tuple(tuple(pairs.get((row, column), 0) for column in codes) for row in codes))


def _readers(
    scale: Scale, scopes: Mapping[str, Mapping[str, int]], people: tuple[Person, ...]
) -> tuple[ReadersAgreement, ...]:
    places = {person.key: place for place, person in enumerate(people)}
    pairs = {readers: found for scope, found in scopes.items() if (readers := readers_of_scope(scope)) is not None}

    def order(readers: tuple[int, int]) -> tuple[int, int]:
        first, second = readers
        return places.get(first, len(people)), places.get(second, len(people))

    def named(key: int) -> Person | None:
        return people[places[key]] if key in places else None

    return tuple(
        ReadersAgreement(named(first), named(second), compared_of(scale, pairs[first, second]))
        for first, second in sorted(pairs, key=order)
    )


def _reasons(
    methodology: Methodology, counts: Mapping[tuple[str, str], int], alike: Mapping[str, int]
) -> ReasonsCompared:
    given = {code for code, _by in counts}
    found = (
        ReasonAgreement(reason, *(counts.get((reason.code, by), 0) for by in ("both", "first", "second")))
        for reason in methodology.reasons
        if reason.code in given
    )
    return ReasonsCompared(sum(alike.values()), alike.get(ALIKE, 0), tuple(found))
