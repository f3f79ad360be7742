"""Published results compared: rebuilt as audit files, read from the table, and one against the other, always the same.

`published_results.csv` holds what was published, each row with its source.
"""

from __future__ import annotations

import csv
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep

from ncpi_desktop.domain.casework.inspection import Inspection, InspectionKind
from ncpi_desktop.domain.findings.comparing.change_words import change_sentence_of
from ncpi_desktop.domain.findings.comparing.figures import FiguresSource, InspectionFigures
from ncpi_desktop.domain.findings.comparing.series import Series, build_series
from ncpi_desktop.domain.findings.comparing.share import published_share
from ncpi_desktop.domain.findings.comparing.share_change import ShareChange
from ncpi_desktop.domain.findings.comparison import Verdict
from ncpi_desktop.workflows.comparing import compare
from ncpi_desktop.workflows.creating import create_audit
from ncpi_desktop.workflows.importing import run_import
from ncpi_desktop.workflows.session import AuditSession

TABLE = Path(__file__).with_name("published_results.csv")
CASES_OF = ("s47", "domestic-abuse", "missing", "online")
"""The published results name no areas: rebuilt cases take turns."""

# force, kind, first and last day of the fieldwork, good, requires improvement, inadequate
DORSET_2021 = ("Dorset", "inspection", date(2021, 4, 12), date(2021, 4, 23), (20, 35, 28))
DORSET_2022 = ("Dorset", "post-inspection-review", date(2022, 4, 4), date(2022, 4, 8), (10, 10, 11))
WARWICKSHIRE_2022 = ("Warwickshire", "inspection", date(2022, 2, 7), date(2022, 2, 18), (23, 23, 28))
WARWICKSHIRE_2023 = ("Warwickshire", "post-inspection-review", date(2023, 2, 20), date(2023, 3, 3), (9, 15, 10))
DERBYSHIRE_2021 = ("Derbyshire", "inspection", date(2021, 5, 10), date(2021, 5, 21), (20, 31, 28))

Published = tuple[str, str, date, date, tuple[int, int, int]]


def rebuilt(folder: Path, published: Published) -> Path:
    """Return an audit file whose finished reviews have the published grades."""
    force, kind, first_day, last_day, counts = published
    path = folder / f"{force} {first_day.year}.ncpi"
    create_audit(
        path,
        Inspection("", force, InspectionKind(kind), "ncpi-2018", fieldwork_start=first_day, fieldwork_end=last_day),
    )
    source, numbers = folder / "cases.csv", count()
    with source.open("w", encoding="utf-8", newline="") as stream:
        rows = csv.writer(stream)
        rows.writerow(["Case", "Area", "Reviewer", "Grade"])
        for grade, cases in zip(("Good", "Requires improvement", "Inadequate"), counts, strict=True):
            for number in (next(numbers) for _case in range(cases)):
                rows.writerow([f"C-{number}", CASES_OF[number % len(CASES_OF)], "Inspector 1", grade])
    session = AuditSession.open(path, person="Team lead")
    run_import(session, source)
    session.close()
    return path


def told(change: ShareChange) -> tuple[object, ...]:
    return (
        change.code,
        change.before,
        change.now,
        change.points,
        change.interval,
        change.p,
        change.corrected_p,
        change.verdict,
    )


def overall_and_grades(series: Series) -> list[tuple[object, ...]]:
    return [told(change) for change in (series.latest.overall, *series.latest.grades)]


@pytest.mark.parametrize(
    ("before", "now", "points"),
    [(DORSET_2021, DORSET_2022, 8), (WARWICKSHIRE_2022, WARWICKSHIRE_2023, -5)],
    ids=["Dorset", "Warwickshire"],
)
def test_two_inspections_of_a_force_through_files_through_the_table_and_mixed(
    tmp_path: Path, before: Published, now: Published, points: int
) -> None:
    older, newer = rebuilt(tmp_path, before), rebuilt(tmp_path, now)
    through_files = compare(newer, older)
    through_table = compare(TABLE, force=before[0])
    mixed = compare(newer, TABLE)
    assert overall_and_grades(through_files) == overall_and_grades(through_table) == overall_and_grades(mixed)
    counts = [(sum(grades), *grades) for grades in (before[-1], now[-1])]
    for series in (through_files, through_table, mixed):
        assert [
            one.grades and (one.good.whole, *dict(one.grades.counts).values()) for one in series.inspections
        ] == counts
        overall = series.latest.overall
        assert (overall.points, overall.verdict) == (points, Verdict.COULD_BE_CHANCE)
        assert series.warnings == (
            "The kinds of inspection differ (inspection and post-inspection review): the cases were chosen differently.",
        )
    (total, good, *_), (total_now, good_now, *_) = counts
    peer = stats.fisher_exact([[good_now, total_now - good_now], [good, total - good]])
    assert overall.p == pytest.approx(peer.pvalue, rel=1e-10)
    interval = confint_proportions_2indep(good_now, total_now, good, total, compare="diff", method="newcomb")
    assert overall.interval is not None
    assert (overall.interval.low, overall.interval.high) == pytest.approx(interval, rel=1e-10)
    assert len(through_files.latest.areas) == len(CASES_OF)
    assert through_table.latest.areas == mixed.latest.areas == ()


def test_what_is_said_of_dorset_and_warwickshire() -> None:
    assert change_sentence_of(compare(TABLE, force="Dorset").latest.overall) == (
        "Graded good: from 24% (20 of 83) to 32% (10 of 31), +8 points. This could be chance (p = 0.47)."
    )
    assert change_sentence_of(compare(TABLE, force="Warwickshire").latest.overall) == (
        "Graded good: from 31% (23 of 74) to 26% (9 of 34), \u22125 points. This could be chance (p = 0.66)."
    )


def test_derbyshire_beside_another_force_is_warned_of(tmp_path: Path) -> None:
    derbyshire = rebuilt(tmp_path, DERBYSHIRE_2021)
    dorset = rebuilt(tmp_path, DORSET_2021)
    series = compare(derbyshire, dorset)
    assert [one.label for one in series.inspections] == [
        "Dorset: Inspection, April 2021",
        "Derbyshire: Inspection, May 2021",
    ]
    assert series.warnings == ("The forces differ (Dorset and Derbyshire).",)
    change = series.latest.overall
    assert (change.before.part, change.before.whole, change.now.part, change.now.whole, change.points) == (
        20,
        83,
        20,
        79,
        1,
    )
    table = compare(derbyshire, TABLE, force="Dorset")
    first = next(
        found for found in table.changes if found.before.when == "April 2021" and found.now.force == "Derbyshire"
    )
    assert [told(found) for found in (first.overall, *first.grades)] == overall_and_grades(series)


def test_five_inspections_of_three_forces_in_order_of_time(tmp_path: Path) -> None:
    published = (DORSET_2021, DERBYSHIRE_2021, WARWICKSHIRE_2022, DORSET_2022, WARWICKSHIRE_2023)
    files = [rebuilt(tmp_path, one) for one in published]
    series = compare(files[4], files[2], files[0], files[3], files[1])
    assert [(one.force, one.first_day) for one in series.inspections] == [(one[0], one[2]) for one in published]
    assert [one.good.percent for one in series.inspections] == [24, 25, 31, 32, 26]
    assert len(series.changes) == 4 + 3


def test_of_leicestershire_chance_cannot_be_judged() -> None:
    series = compare(TABLE, force="Leicestershire")
    change = series.latest.overall
    assert [one.good.percent for one in series.inspections] == [29, 53]
    assert [one.good.whole for one in series.inspections] == [None, None]
    assert (change.points, change.interval, change.p, change.verdict) == (24, None, None, Verdict.CANNOT_TELL)
    assert "cannot be told: the counts are not known" in change_sentence_of(change)
    typed = compare(TABLE, force="Metropolitan", typed=["January 2017=29%", "May 2018=53%"])
    pair = next(
        found for found in typed.changes if found.now.label == "May 2018" and found.before.label == "January 2017"
    )
    assert told(pair.overall) == told(change)


def test_the_metropolitan_rows_that_are_not_over_all_cases_are_left_out_and_named() -> None:
    series = compare(TABLE, force="Metropolitan Police Service", typed=["2018=40%"])
    assert [one.good.percent for one in series.inspections] == [26, 40]
    assert len(series.remarks) == 2
    assert "row 3" in series.remarks[0]
    assert "row 5" in series.remarks[1]
    assert series.inspections[0].good.whole == 374


def test_what_can_be_said_of_the_132_that_both_graded() -> None:
    """76 per cent not good by the inspectorate, about 80 per cent good or adequate by the force: two percentages of the same cases."""

    def of(label: str, graded_by: str, percent: float) -> InspectionFigures:
        return InspectionFigures(
            label,
            FiguresSource.TYPED,
            published_share(percent, 132),
            force="Metropolitan",
            first_day=date(2016, 2, 1),
            chosen="graded by both",
            graded_by=graded_by,
        )

    series = build_series([of("The force", "force self-assessment", 80), of("The inspectorate", "HMIC", 24)])
    change = series.latest.overall
    assert (change.before.percent, change.now.percent, change.points) == (80, 24, -56)
    assert (change.interval, change.p, change.verdict) == (None, None, Verdict.CANNOT_TELL)
    assert change_sentence_of(change) == (
        "Graded good: from 80% of 132 (the counts are not known) to 24% of 132 (the counts are not known), \u221256 points."
        " Whether this is chance cannot be told: both graded the same cases."
    )
    assert series.warnings == (
        "The cases were graded by others (force self-assessment and HMIC).",
        "The force and The inspectorate graded the same cases: how far they agree can be told, but not whether chance moved the share.",
    )
    typed = compare(TABLE, force="Metropolitan", typed=["2015, graded by both=24% of 132"]).latest.overall
    assert (typed.before.whole, typed.p, typed.verdict) == (132, None, Verdict.CANNOT_TELL)
