"""An audit beside an earlier one: the counts come over, on the scale they were given on."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from ncpi_desktop.domain.casework.inspection import InspectionKind
from ncpi_desktop.domain.errors import (
    FileDamagedError,
    FileProtectedError,
    FileRefusedError,
    RefusedError,
    WrongUseError,
)
from ncpi_desktop.workflows.comparing import compare
from ncpi_desktop.workflows.creating import create_audit
from ncpi_desktop.workflows.protecting import set_passphrase, unlock
from ncpi_desktop.workflows.session import AuditSession
from tests.builders import STAGES, WEAKNESS, make_case, make_inspection
from tests.casework import bring_in, hand_in, key_of
from tests.conftest import PASSPHRASE

HEAD = "force,inspection_kind,fieldwork_date,area,good,requires_improvement,inadequate,total,percent_good\n"
EARLIER = "Dorset,inspection,2021-04"
PUBLISHED = """\
Dorset,inspection,2021-04-12 to 2021-04-23,all,20,35,28,83,24.1
Dorset,post-inspection review,2022-04,all,10,10,11,31,32.3
Leicestershire,inspection,2017-01,all,,,,,29
"""


def published(folder: Path) -> Path:
    path = folder / "published.csv"
    path.write_text(HEAD + PUBLISHED, encoding="utf-8")
    return path


def audit_with(path: Path, methodology: str, *grades: str, **about: Any) -> Path:
    about = {"identity": "", "fieldwork_end": None} | about
    create_audit(path, make_inspection(methodology=methodology, **about))
    session = AuditSession.open(path, person="Inspector 1")
    bring_in(session, *(make_case(f"DA-{number}") for number in range(len(grades))))
    for number, grade in enumerate(grades):
        hand_in(session, key_of(session, f"DA-{number}"), grade)
    session.close()
    return path


def test_an_audit_against_itself_or_a_copy_is_refused(sample_path, tmp_path) -> None:
    copy = Path(shutil.copy(sample_path, tmp_path / "Copy.ncpi"))
    for other in (sample_path, copy):
        with pytest.raises(RefusedError, match="are the same audit"):
            compare(sample_path, other)


def test_outstanding_counts_as_good_on_the_scale_that_has_it(tmp_path) -> None:
    before = audit_with(tmp_path / "before.ncpi", "ncpi-2024", "outstanding", "good", "adequate")
    now = audit_with(tmp_path / "now.ncpi", "ncpi-2018", "good", "inadequate")
    change = compare(now, before).latest
    assert (change.overall.before.part, change.overall.before.whole) == (2, 3)
    (area,) = change.areas
    assert (area.before.part, area.before.whole) == (2, 3)
    assert [grade.code for grade in change.grades] == ["good", "requires-improvement", "inadequate"]
    assert any("methodologies differ" in warning for warning in change.warnings)


def test_stages_and_reasons_come_from_both_files(tmp_path) -> None:
    before = audit_with(tmp_path / "before.ncpi", "ncpi-2018", *["inadequate"] * 3)
    now = audit_with(tmp_path / "now.ncpi", "ncpi-2018", *["good"] * 2)
    change = compare(now, before).latest
    assert {stage.code for stage in change.stages} == set(STAGES)
    assert {stage.points for stage in change.stages} == {100}
    assert {stage.asked_together for stage in change.stages} == {len(STAGES)}
    (reason,) = change.reasons
    assert (reason.code, reason.before.part, reason.now.part, reason.points) == (WEAKNESS, 3, 2, 0)


def test_a_strange_file_is_refused(sample_path, tmp_path) -> None:
    with pytest.raises(FileRefusedError):
        compare(sample_path, tmp_path / "nowhere.ncpi")
    with pytest.raises(FileRefusedError):
        compare(tmp_path / "nowhere.ncpi", sample_path)
    with pytest.raises(FileRefusedError):
        compare(sample_path, tmp_path / "nowhere.csv")


def test_files_are_only_read(sample_path, tmp_path) -> None:
    before = audit_with(tmp_path / "before.ncpi", "ncpi-2018", "good")
    held = [path.read_bytes() for path in (sample_path, before)]
    compare(sample_path, before)
    assert [path.read_bytes() for path in (sample_path, before)] == held


def test_protected_files_need_a_key_each(protected_path, tmp_path) -> None:
    before = audit_with(tmp_path / "before.ncpi", "ncpi-2018", "good", "inadequate")
    set_passphrase(before, "another long passphrase of mine", person="Inspector 1")
    keys = {
        protected_path: unlock(protected_path, PASSPHRASE),
        before: unlock(before, "another long passphrase of mine"),
    }
    series = compare(protected_path, before, keys=keys)
    assert [one.good.whole for one in series.inspections] == [2, 30]
    for wrong in ({}, {protected_path: keys[protected_path]}, dict.fromkeys(keys, keys[before])):
        with pytest.raises(FileProtectedError):
            compare(protected_path, before, keys=wrong)


def test_progress_is_told_by_file_and_work_stops_between_two(sample_path, tmp_path) -> None:
    others = [audit_with(tmp_path / f"{n}.ncpi", "ncpi-2018", "good") for n in range(2)]
    told: list[tuple[int, int]] = []
    compare(
        sample_path, *others, published(tmp_path), force="Dorset", tick=lambda done, total: told.append((done, total))
    )
    assert told == [(0, 4), (1, 4), (2, 4), (3, 4), (4, 4)]

    class StoppedError(Exception):
        pass

    def stop(done: int, total: int) -> None:
        if done == 1:
            raise StoppedError

    with pytest.raises(StoppedError):
        compare(sample_path, *others, tick=stop)


def test_an_audit_whose_counts_contradict_each_other_is_refused(sample_path, tmp_path) -> None:
    now = audit_with(tmp_path / "now.ncpi", "ncpi-2018", "good")
    connection = sqlite3.connect(sample_path)
    connection.execute("UPDATE tallies SET cases = 99 WHERE measure = 'reason'")
    connection.commit()
    connection.close()
    with pytest.raises(FileDamagedError, match="contradict each other"):
        compare(now, sample_path)


# --- tables and typed figures


def test_every_inspection_of_the_force_before_this_one_is_taken(tmp_path) -> None:
    now = audit_with(
        tmp_path / "now.ncpi", "ncpi-2018", *["good"] * 3, force="Dorset Police", fieldwork_start=date(2023, 5, 1)
    )
    series = compare(now, published(tmp_path))
    assert [one.good.part for one in series.inspections] == [20, 10, 3]
    assert [one.source_name for one in series.inspections] == [
        "published.csv, row 2",
        "published.csv, row 3",
        "now.ncpi",
    ]
    assert len(series.changes) == 3


def test_this_inspection_s_own_row_is_left_out_and_said_so(tmp_path) -> None:
    now = audit_with(
        tmp_path / "now.ncpi", "ncpi-2018", *["good"] * 3, force="Dorset", fieldwork_start=date(2022, 4, 25)
    )
    series = compare(now, published(tmp_path))
    assert [one.good.part for one in series.inspections] == [20, 3]
    assert series.remarks == ("published.csv, row 3 is left out: it is of this inspection's own time, or later.",)


def test_a_row_whose_audit_file_is_compared_is_left_out(tmp_path) -> None:
    old = audit_with(
        tmp_path / "old.ncpi", "ncpi-2018", *["good"] * 2, force="Dorset", fieldwork_start=date(2021, 4, 12)
    )
    now = audit_with(
        tmp_path / "now.ncpi", "ncpi-2018", *["good"] * 3, force="Dorset", fieldwork_start=date(2024, 4, 25)
    )
    series = compare(now, old, published(tmp_path))
    assert [one.good.part for one in series.inspections] == [2, 10, 3]
    assert series.remarks == ("published.csv, row 2 is left out: this inspection is compared from another file.",)


def test_a_table_by_itself(tmp_path) -> None:
    table = published(tmp_path)
    assert [one.good.percent for one in compare(table, force="Dorset").inspections] == [24, 32]
    with pytest.raises(WrongUseError, match="several forces"):
        compare(table)
    with pytest.raises(RefusedError, match="holds no results of Kent"):
        compare(table, force="Kent")
    with pytest.raises(WrongUseError, match="needs two"):
        compare(table, force="Leicestershire")
    assert compare(table, force="Leicestershire", typed=["May 2018=53%"]).latest.overall.points == 24


def test_a_table_of_areas(tmp_path) -> None:
    now = audit_with(tmp_path / "now.ncpi", "ncpi-2018", *["good"] * 3)
    table = tmp_path / "areas.csv"
    table.write_text(
        "area,good,requires_improvement,inadequate,total\nall,20,35,28,83\nDomestic abuse,4,8,8,20\nonline,3,,,11\n"
    )
    change = compare(now, table).latest
    (area,) = change.areas
    assert (area.code, area.before.part, area.before.whole) == ("domestic-abuse", 4, 20)
    (warning,) = [warning for warning in change.warnings if "areas differ" in warning]
    assert warning.endswith("only Previous inspection graded Online sexual abuse.")


def test_what_two_tables_both_tell_counts_once(tmp_path) -> None:
    table = published(tmp_path)
    other = Path(shutil.copy(table, tmp_path / "other.csv"))
    series = compare(table, other, force="Dorset")
    assert [one.good.part for one in series.inspections] == [20, 10]
    assert [words.split(" is left out")[0] for words in series.remarks] == ["other.csv, row 2", "other.csv, row 3"]
    with pytest.raises(RefusedError, match="is given twice"):
        compare(table, table, force="Dorset")


def test_areas_of_one_force_alone_are_added_up_where_every_grade_is_known(tmp_path) -> None:
    now = audit_with(tmp_path / "now.ncpi", "ncpi-2018", "good")
    table = tmp_path / "areas.csv"
    table.write_text("area,grade,cases\ns47,good,1\ns47,inadequate,2\nonline,good,3\nonline,requires improvement,4\n")
    before = compare(now, table).latest.before
    assert (before.good.part, before.good.whole) == (4, 10)
    assert before.grades is not None
    assert before.grades.counts == (("good", 4), ("requires-improvement", 4), ("inadequate", 2))
    assert [(area.area.code, area.good.part, area.good.whole) for area in before.areas] == [
        ("s47", 1, 3),
        ("online", 3, 7),
    ]
    table.write_text("area,good,total\ns47,1,3\nonline,3,7\n")
    with pytest.raises(RefusedError, match="holds no results of Northshire Police"):
        compare(now, table)
    table.write_text("area,good,total\nall,4,10\nmoon,3,7\n")
    with pytest.raises(RefusedError, match="row 3: This is not an area of this methodology"):
        compare(now, table)


def test_an_audit_without_dates_leaves_out_its_own_kind(tmp_path) -> None:
    about = {"force": "Dorset", "fieldwork_start": None, "kind": InspectionKind.POST_INSPECTION_REVIEW}
    now = audit_with(tmp_path / "now.ncpi", "ncpi-2018", "good", **about)
    series = compare(now, published(tmp_path))
    assert [one.good.whole for one in series.inspections] == [83, 1]
    assert len(series.remarks) == 1
    with pytest.raises(RefusedError, match="from before this inspection"):
        compare(audit_with(tmp_path / "first.ncpi", "ncpi-2018", "good", force="Dorset"), published(tmp_path))


def test_a_table_may_say_how_cases_were_chosen(tmp_path) -> None:
    table = tmp_path / "p.csv"
    table.write_text(
        "kind,fieldwork_date,cases_chosen,good,total\ninspection,2020,at random,9,30\ninspection,2021-05,aimed,8,30\n"
    )
    (warning,) = compare(table).warnings
    assert warning == "The cases were chosen differently (at random; aimed)."


def test_typed_figures_take_their_place_by_the_year_in_their_label(tmp_path) -> None:
    now = audit_with(tmp_path / "now.ncpi", "ncpi-2018", *["good"] * 3)
    typed = ["2017 inspection=22 good, 20 requires improvement, 34 inadequate", "January 2015=29%", "Long ago=1/20"]
    series = compare(now, typed=typed)
    assert [one.label for one in series.inspections][:3] == ["Long ago", "January 2015", "2017 inspection"]
    assert [one.good.percent for one in series.inspections] == [5, 29, 29, 100]
    assert [change.overall.p is None for change in series.consecutive] == [True, True, False]


def test_an_earlier_audit_without_a_graded_case_is_refused(sample_path, fresh_path) -> None:
    with pytest.raises(RefusedError, match="holds no graded case"):
        compare(sample_path, fresh_path)
    assert compare(fresh_path, sample_path).latest.now.good.part in (0, 16)


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ("Dorset,inspection,2021-04,all,20,35,28,84,", "row 2: The grades add up to 83, yet the total is 84"),
        ("Dorset,inspection,2021-04,all,20,35,28,83,42", "20 good of 83 is not 42 per cent"),
        ("Dorset,inspection,2021-04,all,90,,,83,", "More cases are graded .90. than the total .83."),
        ("Dorset,inspection,2021-04,all,-1,,,83,", "“good” is not a whole number"),
        ("Dorset,inspection,2021-04,all,99999999,,,999999999,", "“good” is not a whole number"),
        ("Dorset,inspection,2021-04,all,,,,83,", "holds no results of Dorset"),
        ("Dorset,inspection,2021-04,s47,2,2,2,6,", "holds no results of Dorset"),
        (f"{EARLIER},all,5,5,5,15,\n{EARLIER},all,5,5,6,16,", "row 3: The same inspection stands in row 2"),
        (f"{EARLIER},all,5,5,5,15,\n{EARLIER},s47,2,2,2,6,\n{EARLIER},s47,2,2,2,6,", "row 4: The area Section 47 enquiries stands twice"),
        ("Dorset,inspection,2021-04,all,5,5,5,15,\nDorset,inspection,2021-04,s47,2,2,6,10,", "areas add up to more cases of one grade .6."),
        ("Dorset,inspection,2021-04,all,5,,,15,\nDorset,inspection,2021-04,s47,6,,,6,", "areas add up to more cases graded good .6."),
        ("Dorset,inspection,2021-04,all,5,,,15,\nDorset,inspection,2021-04,s47,1,,,16,", "areas add up to more cases .16."),
    ],
)  # fmt: skip
def test_figures_that_do_not_hold_are_refused_in_a_sentence(tmp_path, rows, why) -> None:
    table = tmp_path / "p.csv"
    table.write_text(
        f"{HEAD}{rows}\nDorset,re-inspection,2020-04,all,1,1,1,3,\n" if "no results" not in why else f"{HEAD}{rows}\n"
    )
    with pytest.raises(RefusedError, match=why):
        compare(table, force="Dorset")


def test_markup_in_a_table_stays_text_and_control_characters_are_refused(tmp_path) -> None:
    table = tmp_path / "p.csv"
    rows = "<b>Dorset</b>,inspection,2021-04,all,1,1,1,3,\n<b>Dorset</b>,inspection,2022-04,all,1,1,1,3,\n"
    table.write_text(HEAD + rows)
    assert compare(table).newest.force == "<b>Dorset</b>"
    table.write_text(HEAD + rows.replace("<b>Dorset</b>", "Dor\x07set"))
    with pytest.raises(RefusedError, match="without control characters"):
        compare(table)
