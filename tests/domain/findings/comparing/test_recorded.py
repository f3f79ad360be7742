"""Earlier inspections as an audit records them are the same figures as those that were compared."""

from __future__ import annotations

from datetime import date

from ncpi_desktop.domain.casework.inspection import CaseChoice, PreviousResults, the_previous
from ncpi_desktop.domain.findings.comparing.figures import InspectionFigures, figures_of
from ncpi_desktop.domain.findings.comparing.recorded import figures_of_previous, previous_of_figures
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of
from tests.builders import make_methodology


def the_same_shares(one: InspectionFigures, other: InspectionFigures) -> bool:
    return (
        one.good == other.good
        and one.grades == other.grades
        and one.areas == other.areas
        and one.stages == other.stages
        and [(found.reason.code, found.given) for found in one.reasons if found.given.part]
        == [(found.reason.code, found.given) for found in other.reasons if found.given.part]
    )


def test_what_an_audit_found_comes_back_as_recorded(sample: AuditSession) -> None:
    figures = figures_of(findings_of(sample))
    recorded = previous_of_figures(figures, "p1", CaseChoice.RANDOM)
    back = figures_of_previous(recorded, sample.methodology)
    assert len(figures.areas) > 5
    assert len(figures.stages) > 5
    assert the_same_shares(figures, back)
    assert (back.label, back.kind, back.force, back.first_day) == (
        *(figures.label, figures.kind, figures.force),
        figures.first_day,
    )
    assert back.identity == sample.inspection.identity
    assert back.chosen == "drawn at random"


def test_a_percentage_alone_stays_one() -> None:
    back = figures_of_previous(PreviousResults("p1", "January 2017", percent_good=29.0), make_methodology())
    assert (back.good.percent, back.good.part, back.good.is_counted) == (29, None, False)
    again = previous_of_figures(back, "p2", CaseChoice.UNKNOWN)
    assert (again.percent_good, again.good, again.total) == (29, None, None)


def test_good_of_a_total_is_counted_without_its_grades() -> None:
    back = figures_of_previous(PreviousResults("p1", "2017", good=22, total=76), make_methodology())
    assert (back.good.part, back.good.whole, back.good.percent) == (22, 76, 29)
    assert back.grades is None
    assert back.reasons == ()


def test_a_dated_inspection_added_for_comparison_never_takes_the_place_of_an_undated_previous_one() -> None:
    undated = PreviousResults("p1", "Previous inspection", good=22, total=76)
    older = PreviousResults("p2", "2015", good=5, total=70, fieldwork_start=date(2015, 1, 1))
    newer = PreviousResults("p3", "2017", good=9, total=70, fieldwork_start=date(2017, 1, 1))
    assert the_previous((older, undated), "Northshire") is undated
    assert the_previous((older, newer), "Northshire") is newer
    assert the_previous((newer, older), "Northshire") is newer


def test_the_newest_of_two_records_of_one_day_counts() -> None:
    day = date(2017, 1, 1)
    corrected = PreviousResults("p2", "2017", good=10, total=70, fieldwork_start=day)
    first = PreviousResults("p1", "2017", good=9, total=70, fieldwork_start=day)
    assert the_previous((corrected, first), "Northshire") is corrected


def test_another_force_is_never_the_previous_inspection() -> None:
    other = PreviousResults("p1", "2017", good=9, total=70, force="Dorset")
    assert the_previous((other,), "Northshire Police") is None
    assert the_previous((PreviousResults("p2", "2017", force="Northshire"),), "Northshire Police") is not None
