"""The figures kept beside the cases equal a full recount after any day's work."""

from __future__ import annotations

import random

import pytest

from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.findings.quality_words import settled_sentence
from ncpi_desktop.domain.findings.tally import Measure
from ncpi_desktop.domain.grading.review import StageJudgement
from ncpi_desktop.domain.moderation.agreement import AgreementTable
from ncpi_desktop.domain.moderation.second_reading import SecondState
from ncpi_desktop.domain.moderation.settlement import Choice
from ncpi_desktop.storage.second_reading_repository import pairs_read_twice
from ncpi_desktop.storage.tally_repository import read_measure, read_tallies, rebuild_tallies, recount
from ncpi_desktop.storage.worklist_repository import rebuild_worklist, worklist_page
from ncpi_desktop.workflows import reviewing, settling, undoing
from ncpi_desktop.workflows.browsing import queue_page
from ncpi_desktop.workflows.reviewing import lay_on_desk
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of
from tests.casework import complete, key_of

GRADES = ("good", "requires-improvement", "inadequate", None)
REASONS = ("DEC-W01", "INI-S01", "INV-W01", "MGR-W05")
PEOPLE = ("Inspector 1", "Inspector 2", "", "Somebody new")


class Inspector:
    """Does one act after another at random, as a day of many inspectors would."""

    def __init__(self, session: AuditSession, seed: int) -> None:
        self.session, self.pick = session, random.Random(seed)
        self.cases = [row.case for row in queue_page(session, 1, 36)]

    def act(self) -> str:
        act = self.pick.choice(
            (
                *(("grade", "stage", "reason", "withdraw", "cite", "uncite", "text", "park", "sure") * 2),
                *("complete", "submit", "reopen", "sign"),
                *(("undo", "redo") * 4),
            )
        )
        try:
            getattr(self, act)(self.pick.choice(self.cases[:8]))
        except RefusedError:
            return f"{act} (refused)"
        return act

    def grade(self, case: int) -> None:
        reviewing.give_grade(self.session, case, self.pick.choice(GRADES))  # type: ignore[arg-type]

    def stage(self, case: int) -> None:
        judgement = StageJudgement("investigation", self.pick.choice(GRADES), self.pick.random() < 0.2)
        reviewing.judge_stage(self.session, case, judgement)  # type: ignore[arg-type]

    def reason(self, case: int) -> None:
        reviewing.give_reason(self.session, case, self.pick.choice(REASONS))  # type: ignore[arg-type]

    def withdraw(self, case: int) -> None:
        reviewing.withdraw_reason(self.session, case, self.pick.choice(REASONS))  # type: ignore[arg-type]

    def cite(self, case: int) -> None:
        entry = lay_on_desk(self.session, case).case.entries[0]  # type: ignore[arg-type]
        start = self.pick.randrange(20)
        reviewing.cite(self.session, case, self.pick.choice(REASONS), entry.key, start, start + 5)  # type: ignore[arg-type]

    def uncite(self, case: int) -> None:
        for given in lay_on_desk(self.session, case).review.reasons:  # type: ignore[arg-type]
            for citation in given.citations[:1]:
                reviewing.withdraw_citation(self.session, case, given, citation)  # type: ignore[arg-type]

    def text(self, case: int) -> None:
        field = self.pick.choice(("rationale", "notes"))
        words = "".join(self.pick.choice("ab ") for _n in range(self.pick.randrange(9)))
        step = self.session.ledger.to_undo
        reviewing.write_text(self.session, case, field, words, step.number if step else None)  # type: ignore[arg-type]

    def park(self, case: int) -> None:
        reviewing.park(self.session, case, self.pick.choice(("Waits.", "")))  # type: ignore[arg-type]

    def sure(self, case: int) -> None:
        reviewing.mark_not_sure(self.session, case, self.pick.random() < 0.5)  # type: ignore[arg-type]

    def complete(self, case: int) -> None:
        complete(self.session, case)  # type: ignore[arg-type]

    def submit(self, case: int) -> None:
        reviewing.submit(self.session, case)  # type: ignore[arg-type]

    def reopen(self, case: int) -> None:
        reviewing.reopen(self.session, case, "Because.")  # type: ignore[arg-type]

    def sign(self, _case: int) -> None:
        self.session.sign_in(self.pick.choice(PEOPLE))

    def undo(self, _case: int) -> None:
        undoing.undo(self.session)

    def redo(self, _case: int) -> None:
        undoing.redo(self.session)


@pytest.mark.parametrize("seed", [*range(5), *(pytest.param(n, marks=pytest.mark.long) for n in range(5, 100))])
def test_counts_moved_along_equal_a_recount_after_any_sequence_of_acts(sample: AuditSession, seed: int) -> None:
    sample.file.connection.execute("PRAGMA synchronous = OFF")  # only for speed: what is tested is the arithmetic
    inspector, done = Inspector(sample, seed), []
    assert read_measure(sample.file.connection, Measure.OWN_STAGE)
    for _act in range(120):
        done.append(inspector.act())
        assert read_tallies(sample.file.connection) == recount(sample.file.connection), done[-5:]
    assert len({act.removesuffix(" (refused)") for act in done}) > 10
    kept = worklist_page(sample.file.connection, 1, 100)
    rebuild_worklist(sample.file.connection)
    assert worklist_page(sample.file.connection, 1, 100) == kept


def test_a_recount_put_in_place_gives_the_same(sample: AuditSession) -> None:
    connection = sample.file.connection
    before = read_tallies(connection)
    rebuild_tallies(connection)
    assert read_tallies(connection) == before == recount(connection)
    assert read_measure(connection, Measure.GRADE) == {
        (key.one, key.other): n for key, n in before.items() if key.measure == "grade"
    }


def test_a_recount_notices_a_count_that_is_wrong(sample: AuditSession) -> None:
    sample.file.connection.execute("UPDATE tallies SET cases = cases + 1 WHERE measure = 'grade' AND one = 's47'")
    assert read_tallies(sample.file.connection) != recount(sample.file.connection)


def test_findings_say_what_they_were_made_from(sample: AuditSession) -> None:
    findings = findings_of(sample)
    assert findings.provenance.sequence == sample.file.last_sequence()
    assert findings.provenance.seal == sample.file.last_seal()
    assert findings.provenance.drawn_up_at == sample.clock.now  # type: ignore[attr-defined]
    assert findings.inspection is sample.inspection
    assert not sample.file.connection.in_transaction


def test_agreement_is_that_of_every_pair_read_twice(sample: AuditSession) -> None:
    quality, scale = findings_of(sample).quality, sample.methodology.scale
    pairs = [(pair.first.grade, pair.second.grade) for _area, pair in pairs_read_twice(sample.file.connection)]
    assert quality.overall.table == AgreementTable.from_pairs(pairs, scale.codes)
    assert quality.compared == len(pairs) > 1
    sampled = sample.file.connection.execute("SELECT count(DISTINCT case_id) FROM sample_cases").fetchone()[0]
    assert quality.sampled == sampled
    assert {readers.second.name for readers in quality.readers if readers.second} == {"Quality assurer 1"}


def test_a_first_reading_reopened_moves_no_agreement(sample: AuditSession) -> None:
    before = findings_of(sample).quality
    reviewing.reopen(sample, key_of(sample, "DA-03"), "Because.")
    after = findings_of(sample).quality
    assert (after.overall, after.stages, after.areas, after.readers) == (
        *(before.overall, before.stages, before.areas, before.readers),
    )
    assert (after.read_twice, after.missing) == (before.read_twice - 1, before.missing + 1)


def test_settling_moves_the_final_grade_and_says_so_but_no_agreement(sample: AuditSession) -> None:
    before, case = findings_of(sample), key_of(sample, "DA-03")
    sample.sign_in("Team lead")
    open_parts = [line.part for line in settling.lay_out(sample, case).settling.open]
    settling.decide_all(sample, case, open_parts, Choice.SECOND, "The second reading names what the first left out.")
    after = findings_of(sample)
    assert (after.quality.overall, after.quality.stages, after.quality.reasons) == (
        *(before.quality.overall, before.quality.stages, before.quality.reasons),
    )
    assert after.quality.to_settle == before.quality.to_settle - 1
    assert after.quality.state_count(SecondState.SETTLED) == 1
    grades = after.quality.settled_grades
    assert (grades.settled, grades.changed, grades.up, grades.down) == (1, 1, 0, 1)
    assert settled_sentence(grades) == "1 grade was changed when readers settled: 0 up, 1 down (of 1 settled)."
    assert after.overall.of("inadequate") == before.overall.of("inadequate") + 1
    assert after.overall.graded == before.overall.graded


def test_a_reopened_case_leaves_the_figures_until_it_is_submitted_again(sample: AuditSession) -> None:
    before = findings_of(sample)
    case = key_of(sample, "DA-05")
    reviewing.reopen(sample, case, "Because.")
    during = findings_of(sample)
    assert (during.overall.graded, during.self_assessment.both) == (29, before.self_assessment.both - 1)
    reviewing.submit(sample, case)
    after = findings_of(sample)
    assert (after.overall, after.areas, after.stages, after.reasons) == (
        before.overall,
        before.areas,
        before.stages,
        before.reasons,
    )


def test_marks_do_not_count_as_grades(sample: AuditSession) -> None:
    before = findings_of(sample).overall
    case = key_of(sample, "DA-06")
    reviewing.give_grade(sample, case, "good")
    reviewing.mark_not_sure(sample, case, True)
    reviewing.park(sample, case, "Waits.")
    findings = findings_of(sample)
    assert (findings.overall, findings.not_sure) == (before, 1)
