"""The figures of the second reading add up, whatever the cases, and settling moves none of the agreement."""

from __future__ import annotations

import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from ncpi_desktop.domain.findings.quality import QualityFindings
from ncpi_desktop.domain.findings.tally import CaseOutcome
from ncpi_desktop.domain.moderation.agreement import AgreementTable, Unknown, gwet_ac2, quadratic_kappa, share_same
from ncpi_desktop.domain.moderation.second_reading import SecondState, Seen
from tests.builders import STRENGTH, WEAKNESS, make_findings, make_methodology, make_pair, make_person, make_waiting

GRADES = make_methodology().scale.codes
AREAS = tuple(area.code for area in make_methodology().areas)
PEOPLE = [make_person(1, "Inspector 1"), make_person(2, "Quality assurer 1"), make_person(3, "Inspector 2")]
GOOD, MIDDLE, POOR = GRADES

pairs = st.tuples(st.sampled_from(GRADES), st.sampled_from(GRADES), st.sampled_from(AREAS), st.sampled_from((1, 3)))


def quality_of(outcomes: list[CaseOutcome], **changed: object) -> QualityFindings:
    return make_findings(outcomes, **({"people": PEOPLE} | changed)).quality


def read(first: str, second: str, area: str, reader: int) -> CaseOutcome:
    return make_pair(first, second, area=area, readers=(reader, 2))


@given(st.lists(pairs))
def test_areas_and_readers_add_up_to_all_cases(cases: list[tuple[str, str, str, int]]) -> None:
    quality = quality_of([read(*case) for case in cases])
    table = AgreementTable.from_pairs([case[:2] for case in cases], GRADES)
    assert quality.overall.table == table
    for parts in ([area.compared for area in quality.areas], [readers.compared for readers in quality.readers]):
        summed = Counter({(r, c): 0 for r in range(3) for c in range(3)})
        for part in parts:
            summed.update({(row, column): n for row, column, n in part.table.cells()})
        assert {cell: n for cell, n in summed.items() if n} == {(r, c): n for r, c, n in table.cells()}
    assert quality.agreement == share_same(table)
    assert (quality.overall.kappa, quality.overall.ac2) == (quadratic_kappa(table), gwet_ac2(table))
    assert table.same + table.second_harsher + table.second_kinder == quality.compared == len(cases)
    assert sum(n for _steps, n in table.steps_apart) == table.second_harsher + table.second_kinder


@given(st.lists(pairs), st.randoms(use_true_random=False))
def test_the_order_of_the_cases_does_not_matter(cases: list[tuple[str, str, str, int]], dice: random.Random) -> None:
    shuffled = list(cases)
    dice.shuffle(shuffled)
    assert quality_of([read(*case) for case in shuffled]) == quality_of([read(*case) for case in cases])


@given(st.lists(pairs))
def test_swapping_the_readers_turns_the_direction_and_nothing_else(cases: list[tuple[str, str, str, int]]) -> None:
    one = quality_of([read(*case) for case in cases]).overall
    other = quality_of([make_pair(case[1], case[0], area=case[2], readers=(2, case[3])) for case in cases]).overall
    assert (one.same, one.kappa, one.ac2) == (other.same, other.kappa, other.ac2)
    assert (one.table.second_harsher, one.table.second_kinder) == (
        other.table.second_kinder,
        other.table.second_harsher,
    )
    assert one.table.steps_apart == other.table.steps_apart


def test_sampled_cases_are_counted_by_how_far_they_have_come() -> None:
    quality = quality_of(
        [
            *(make_waiting(state) for state in ("waiting", "to-read", "to-read", "reading")),
            make_pair(GOOD, GOOD),
            make_pair(GOOD, MIDDLE),
            make_pair(GOOD, MIDDLE, state="with-lead"),
            make_pair(GOOD, POOR, state="settled"),
        ]
    )
    assert (quality.sampled, quality.read_twice, quality.missing) == (8, 4, 4)
    assert (quality.to_settle, quality.with_lead) == (2, 1)
    assert (quality.state_count(SecondState.SETTLED), quality.state_count(SecondState.AGREED)) == (1, 1)
    assert sum(count for _state, count in quality.states) == 8


def test_a_case_read_twice_outside_a_sample_counts_for_agreement_only() -> None:
    quality = quality_of([make_pair(GOOD, GOOD, sampled=False), make_waiting()])
    assert (quality.sampled, quality.read_twice, quality.missing, quality.compared) == (1, 0, 1, 1)


def test_settling_moves_no_agreement() -> None:
    before = quality_of([make_pair(GOOD, POOR), make_pair(MIDDLE, MIDDLE)])
    after = quality_of([make_pair(GOOD, POOR, state="settled", submitted_grade=GOOD), make_pair(MIDDLE, MIDDLE)])
    assert after.overall == before.overall
    assert (before.settled_grades.settled, after.settled_grades.settled) == (0, 1)


def test_settled_grades_say_how_many_went_up_and_down() -> None:
    def settled(submitted: str, grade: str) -> CaseOutcome:
        return make_pair(submitted, POOR, state="settled", grade=grade, submitted_grade=submitted)

    grades = quality_of(
        [settled(GOOD, POOR), settled(GOOD, MIDDLE), settled(MIDDLE, GOOD), settled(GOOD, GOOD)]
    ).settled_grades
    assert (grades.settled, grades.changed, grades.up, grades.down) == (4, 3, 1, 2)


def test_the_final_grade_is_the_settled_one() -> None:
    findings = make_findings([make_pair(GOOD, POOR, state="settled", grade=POOR, submitted_grade=GOOD)])
    assert (findings.overall.of(GOOD), findings.overall.of(POOR)) == (0, 1)


def test_a_stage_that_applies_for_one_reader_alone_enters_no_figure() -> None:
    stages = (
        [("investigation", GOOD), ("trusted-adult", "not-applicable")],
        [("investigation", "not-applicable"), ("trusted-adult", "not-applicable")],
    )
    same = ([("investigation", GOOD)], [("investigation", GOOD)])
    quality = quality_of([make_pair(GOOD, GOOD, stages=stages), make_pair(GOOD, GOOD, stages=same)])
    (investigation,) = quality.stages
    assert investigation.stage.code == "investigation"
    assert (investigation.compared.table.n, investigation.compared.applies_or_not) == (1, 1)
    assert investigation.compared.kappa.unknown is Unknown.TOO_FEW
    assert quality.overall.applies_or_not == 0


def test_a_grade_that_is_not_of_the_scale_stands_in_no_table() -> None:
    quality = quality_of([make_pair(GOOD, GOOD, stages=([("investigation", "adequate")], [("investigation", GOOD)]))])
    assert (quality.stages[0].compared.table.n, quality.stages[0].compared.applies_or_not) == (0, 0)


def test_reasons_are_compared_apart_from_grades() -> None:
    quality = quality_of(
        [
            make_pair(GOOD, GOOD, reasons=([WEAKNESS], [WEAKNESS])),
            make_pair(GOOD, GOOD, reasons=([WEAKNESS, STRENGTH], [])),
            make_pair(GOOD, GOOD, reasons=([], [WEAKNESS])),
            make_pair(GOOD, GOOD),
        ]
    )
    assert (quality.reasons.n, quality.reasons.same, quality.same) == (4, 2, 4)
    told = {found.reason.code: (found.both, found.first_only, found.second_only) for found in quality.reasons.reasons}
    assert told == {WEAKNESS: (1, 1, 1), STRENGTH: (0, 1, 0)}
    assert [found.reason.code for found in quality.reasons.differing] == [WEAKNESS, STRENGTH]


def test_readings_that_were_not_blind_are_counted() -> None:
    quality = quality_of([make_pair(GOOD, GOOD, seen=seen) for seen in ("nothing", "grade", "reading", "reading")])
    assert dict(quality.seen) == {Seen.NOTHING: 1, Seen.GRADE: 1, Seen.READING: 2}
    assert quality.not_blind == 3


def test_readers_have_their_names_in_the_order_of_people_and_strangers_come_last() -> None:
    quality = quality_of([make_pair(GOOD, GOOD, readers=readers) for readers in ((9, 2), (3, 2), (1, 2), (1, None))])
    named = [(found.first and found.first.name, found.second and found.second.name) for found in quality.readers]
    assert named == [
        ("Inspector 1", "Quality assurer 1"),
        ("Inspector 1", None),
        ("Inspector 2", "Quality assurer 1"),
        (None, "Quality assurer 1"),
    ]


def test_nothing_read_twice_is_nothing_compared() -> None:
    quality = quality_of([])
    assert (quality.sampled, quality.compared, quality.stages, quality.areas, quality.readers) == (0, 0, (), (), ())
    assert {figure.unknown for figure in (quality.agreement, quality.overall.kappa, quality.overall.ac2)} == {
        Unknown.NOTHING_COMPARED
    }
