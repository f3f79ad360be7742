"""Bringing values back: from a backup and from the history, as ordinary changes that undo takes back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from ncpi_desktop.domain.casework.case import CaseKey
from ncpi_desktop.domain.errors import FileRefusedError, RefusedError, WrongUseError
from ncpi_desktop.domain.grading.difference import Difference, Facet
from ncpi_desktop.domain.grading.review import Review, StageJudgement
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.domain.record.backup import BackupPlace, Occasion
from ncpi_desktop.workflows import laying_beside, restoring, reviewing, undoing
from ncpi_desktop.workflows.browsing import history, queue_row, values_of_step
from ncpi_desktop.workflows.checking import check
from ncpi_desktop.workflows.creating import create_audit
from ncpi_desktop.workflows.kept_backups import back_up_before
from ncpi_desktop.workflows.laying_beside import CaseDifference, compare_with
from ncpi_desktop.workflows.session import AuditSession
from ncpi_desktop.workflows.summarising import findings_of
from tests.builders import make_case, make_inspection
from tests.casework import bring_in, complete, hand_in, key_of

Opener = Callable[..., AuditSession]


@pytest.fixture
def place(tmp_path: Path) -> BackupPlace:
    return BackupPlace(tmp_path / "backups")


def backed_up(session: AuditSession, place: BackupPlace) -> Path:
    return back_up_before(session, Occasion.ASKED_FOR, place=place).path


def differences(session: AuditSession, backup: Path) -> dict[str, list[tuple[str, str, object, object]]]:
    found: dict[str, list[tuple[str, str, object, object]]] = {}
    for one in compare_with(session.path, backup):
        held = one.difference
        told = (held.facet.value, held.code, held.now, held.then) if held else (one.only_in, "", None, None)
        found.setdefault(one.reference, []).append(told)
    return found


def only(session: AuditSession, backup: Path, facet: Facet) -> CaseDifference:
    (found,) = [d for d in compare_with(session.path, backup) if d.difference and d.difference.facet is facet]
    return found


def desk(session: AuditSession, reference: str) -> Review:
    return reviewing.lay_on_desk(session, key_of(session, reference)).review


def entry_of(session: AuditSession, case: CaseKey) -> int:
    return reviewing.lay_on_desk(session, case).case.entries[0].key


def test_nothing_differs_at_first(sample: AuditSession, place: BackupPlace) -> None:
    assert differences(sample, backed_up(sample, place)) == {}


def test_each_value_that_differs_is_told_case_by_case(
    sample: AuditSession, place: BackupPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    backup = backed_up(sample, place)
    case = key_of(sample, "DA-06")
    reviewing.give_grade(sample, case, "good")
    reviewing.judge_stage(sample, case, StageJudgement("investigation", None, True))
    reviewing.write_text(sample, case, "notes", "Ask.")
    reviewing.mark_not_sure(sample, key_of(sample, "S47-06"), True)
    reviewing.reopen(sample, key_of(sample, "DA-05"), "Because.")
    everything = {
        "DA-06": [
            ("state", "", "draft", None),
            ("grade", "", "good", None),
            ("stage", "investigation", "not-applicable", None),
            ("notes", "", "Ask.", ""),
        ],
        "S47-06": [("state", "", "draft", None), ("not-sure", "", True, False)],
        "DA-05": [("state", "", "draft", "submitted")],
    }
    assert differences(sample, backup) == everything
    for page in (1, 2, 5):
        monkeypatch.setattr(laying_beside, "PAGE", page)
        assert differences(sample, backup) == everything


def test_a_case_that_is_only_in_one_is_said(
    fresh_audit: AuditSession, place: BackupPlace, monkeypatch: pytest.MonkeyPatch
) -> None:
    early = backed_up(fresh_audit, place)
    bring_in(fresh_audit, make_case("DA-11"), make_case("DA-12"))
    late = backed_up(fresh_audit, place)
    monkeypatch.setattr(laying_beside, "PAGE", 2)
    assert differences(fresh_audit, early) == {name: [("now", "", None, None)] for name in ("DA-11", "DA-12")}
    turned = list(compare_with(early, late))
    assert [(found.reference, found.only_in) for found in turned] == [("DA-11", "then"), ("DA-12", "then")]
    with pytest.raises(RefusedError, match="can be brought back by itself"):
        restoring.bring_back(fresh_audit, turned[0], "x")


def test_another_inspection_is_refused(sample: AuditSession, fresh_path: Path) -> None:
    with pytest.raises(RefusedError, match="is of another inspection"):
        list(compare_with(sample.path, fresh_path))


def test_a_damaged_backup_is_refused(sample: AuditSession, place: BackupPlace) -> None:
    backup = backed_up(sample, place)
    backup.write_bytes(backup.read_bytes()[:6000])
    with pytest.raises(FileRefusedError, match="cut short"):
        list(compare_with(sample.path, backup))


def test_it_can_be_stopped(sample: AuditSession, place: BackupPlace) -> None:
    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(compare_with(sample.path, backed_up(sample, place), stop))


VALUES: dict[Facet, tuple[Callable[[AuditSession, CaseKey], object], Callable[[AuditSession, CaseKey], object]]] = {
    Facet.GRADE: (
        lambda s, c: reviewing.give_grade(s, c, "good"),
        lambda s, c: reviewing.give_grade(s, c, "inadequate"),
    ),
    Facet.STAGE: (
        lambda s, c: reviewing.judge_stage(s, c, StageJudgement("investigation", None, True)),
        lambda s, c: reviewing.judge_stage(s, c, StageJudgement("investigation", "good")),
    ),
    Facet.RATIONALE: (
        lambda s, c: reviewing.write_text(s, c, "rationale", "First thoughts."),
        lambda s, c: reviewing.write_text(s, c, "rationale", "Second thoughts, worse."),
    ),
    Facet.NOTES: (
        lambda s, c: reviewing.write_text(s, c, "notes", "Ask é \U0001f600."),
        lambda s, c: reviewing.write_text(s, c, "notes", ""),
    ),
    Facet.NOT_SURE: (
        lambda s, c: reviewing.mark_not_sure(s, c, True),
        lambda s, c: reviewing.mark_not_sure(s, c, False),
    ),
    Facet.PARKED: (lambda s, c: reviewing.park(s, c, "Waits."), lambda s, c: reviewing.park(s, c, "")),
    Facet.REASON: (
        lambda s, c: (
            reviewing.cite(s, c, "INV-W01", entry_of(s, c), 0, 5),
            reviewing.cite(s, c, "INV-W01", entry_of(s, c), 6, 9),
        ),
        lambda s, c: reviewing.withdraw_reason(s, c, "INV-W01"),
    ),
}


def values_of(review: Review) -> tuple[object, ...]:
    reasons = {
        given.code: {(cited.entry, cited.start, cited.end, cited.passage) for cited in given.citations}
        for given in review.reasons
    }
    marks = (review.not_sure, review.parked_because)
    return review.grade, review.rationale, review.notes, *marks, set(review.stages), reasons


@pytest.mark.parametrize("facet", VALUES)
def test_one_value_comes_back_and_undo_takes_it_back_even_after_a_restart(
    sample_path: Path, opener: Opener, place: BackupPlace, facet: Facet
) -> None:
    session = opener(sample_path)
    case = key_of(session, "DA-06")
    first, second = VALUES[facet]
    first(session, case)
    then = values_of(desk(session, "DA-06"))
    backup = backed_up(session, place)
    second(session, case)
    now = values_of(desk(session, "DA-06"))
    assert now != then
    restoring.bring_back(session, only(session, backup, facet), "from the backup of noon")
    assert values_of(desk(session, "DA-06")) == then
    assert differences(session, backup) == {}
    newest = history(session)[0]
    assert (newest.action, newest.reason, newest.case_reference) == (
        Action.RESTORE,
        "from the backup of noon",
        "DA-06",
    )
    session.close()
    session = opener(sample_path)
    undoing.undo(session)
    assert values_of(desk(session, "DA-06")) == now
    session.close()
    session = opener(sample_path)
    undoing.redo(session)
    assert values_of(desk(session, "DA-06")) == then
    session.close()
    assert check(sample_path).sound


def test_a_reason_given_since_is_withdrawn_and_passages_are_those_of_then(
    sample: AuditSession, place: BackupPlace
) -> None:
    case = key_of(sample, "DA-06")
    entry = entry_of(sample, case)
    reviewing.cite(sample, case, "INV-W01", entry, 0, 5)
    backup = backed_up(sample, place)
    reviewing.give_reason(sample, case, "DEC-W01")
    reviewing.cite(sample, case, "INV-W01", entry, 6, 9)
    for found in list(compare_with(sample.path, backup)):
        restoring.bring_back(sample, found, "x")
    (given,) = desk(sample, "DA-06").reasons
    assert (given.code, [(c.start, c.end) for c in given.citations]) == ("INV-W01", [(0, 5)])


def test_the_queue_and_the_counts_follow(sample: AuditSession, place: BackupPlace) -> None:
    case = key_of(sample, "DA-06")
    before = queue_row(sample, case)
    backup = backed_up(sample, place)
    reviewing.park(sample, case, "Waits.")
    restoring.bring_back(sample, only(sample, backup, Facet.PARKED), "x")
    assert queue_row(sample, case) == before
    assert check(sample.path).sound
    assert findings_of(sample).cases == 36


def test_a_submitted_review_says_that_it_is_to_be_reopened(sample: AuditSession, place: BackupPlace) -> None:
    case = key_of(sample, "DA-06")
    complete(sample, case)
    backup = backed_up(sample, place)
    reviewing.give_grade(sample, case, "good")
    reviewing.submit(sample, case)
    with pytest.raises(RefusedError, match=r"has been submitted.*Reopen it"):
        restoring.bring_back(sample, only(sample, backup, Facet.GRADE), "x")
    with pytest.raises(RefusedError, match="Reopen or submit"):
        restoring.bring_back(sample, only(sample, backup, Facet.STATE), "x")
    reviewing.reopen(sample, case, "Because.")
    restoring.bring_back(sample, only(sample, backup, Facet.GRADE), "x")
    assert desk(sample, "DA-06").grade == "requires-improvement"


def test_what_this_methodology_does_not_know_is_refused(sample: AuditSession) -> None:
    identity = reviewing.lay_on_desk(sample, key_of(sample, "DA-06")).case.identity
    for facet, code, then in (
        (Facet.GRADE, "", "outstanding"),
        (Facet.STAGE, "nowhere", "good"),
        (Facet.STAGE, "investigation", "outstanding"),
        (Facet.REASON, "XXX-W99", ()),
    ):
        with pytest.raises(WrongUseError, match="does not know this value"):
            restoring.bring_back(sample, CaseDifference(identity, "DA-06", Difference(facet, code, None, then)), "x")
    assert desk(sample, "DA-06").is_blank


def test_a_copy_on_which_somebody_else_worked_is_compared_too(
    sample: AuditSession, opener: Opener, tmp_path: Path
) -> None:
    other = opener(Path(shutil.copy(sample.path, tmp_path / "Other.ncpi")), "Inspector 1")
    hand_in(other, key_of(other, "DA-06"), "inadequate")
    other.close()
    for found in list(compare_with(sample.path, other.path)):
        if found.difference is not None and found.difference.can_be_brought_back:
            restoring.bring_back(sample, found, "from a copy")
    assert desk(sample, "DA-06").grade == "inadequate"
    assert differences(sample, other.path) == {"DA-06": [("state", "", "draft", "submitted")]}


# -- from the history


def restore(session: AuditSession, step: int, field: str, *, after: bool) -> None:
    value = next(held for held in values_of_step(session, step) if held.field == field)
    assert restoring.can_be_restored(value)
    restoring.restore_from_step(session, step, value, after=after)


@pytest.mark.parametrize(
    ("facet", "field"),
    [
        (Facet.GRADE, "grade"),
        (Facet.STAGE, "investigation"),
        (Facet.RATIONALE, "rationale"),
        (Facet.NOTES, "notes"),
        (Facet.NOT_SURE, "not_sure"),
        (Facet.PARKED, "parked_because"),
    ],
)
def test_a_value_is_brought_back_from_before_and_after_a_step(sample: AuditSession, facet: Facet, field: str) -> None:
    case = key_of(sample, "DA-06")
    states = [values_of(desk(sample, "DA-06"))]
    for act in VALUES[facet]:
        act(sample, case)
        states.append(values_of(desk(sample, "DA-06")))
    step = history(sample)[0].step
    restore(sample, step, field, after=False)
    assert values_of(desk(sample, "DA-06")) == states[1]
    restore(sample, step, field, after=True)
    assert values_of(desk(sample, "DA-06")) == states[2]
    undoing.undo(sample)
    undoing.undo(sample)
    assert values_of(desk(sample, "DA-06")) == states[2]
    assert [change.action for change in history(sample)[:4]] == ["undo", "undo", "restore", "restore"]


def test_a_burst_of_typing_is_one_text_before_and_after(sample: AuditSession) -> None:
    case = key_of(sample, "DA-06")
    reviewing.write_text(sample, case, "rationale", "Before. ")
    reviewing.give_grade(sample, case, "good")
    step = None
    for text in ("Before. N", "Before. Nobody", "Nobody asked."):
        step = reviewing.write_text(sample, case, "rationale", text, step).step
    assert step is not None
    reviewing.write_text(sample, case, "rationale", "Something else altogether")
    for after, text in ((False, "Before. "), (True, "Nobody asked.")):
        restore(sample, step, "rationale", after=after)
        assert desk(sample, "DA-06").rationale == text


def test_the_history_says_where_a_value_came_from(sample: AuditSession) -> None:
    case = key_of(sample, "DA-06")
    reviewing.give_grade(sample, case, "good")
    step = reviewing.give_grade(sample, case, "inadequate").step
    assert step is not None
    restore(sample, step, "grade", after=False)
    newest = history(sample)[0]
    assert (newest.detail, newest.reason) == ("Overall grade: Good", f"as it was before change {step}")


def test_a_value_of_an_earlier_submission_comes_into_the_draft(sample: AuditSession) -> None:
    case = key_of(sample, "DA-06")
    complete(sample, case)
    text_step = next(change.step for change in history(sample) if change.action == "write-rationale")
    reviewing.submit(sample, case)
    with pytest.raises(RefusedError, match="has been submitted"):
        restore(sample, text_step, "rationale", after=True)
    reviewing.reopen(sample, case, "Because.")
    reviewing.write_text(sample, case, "rationale", "Else.")
    restore(sample, text_step, "rationale", after=True)
    assert desk(sample, "DA-06").rationale == "Nobody spoke to the younger child."


def test_a_text_that_was_taken_out_of_the_history_can_t_be_told(sample: AuditSession) -> None:
    case = key_of(sample, "DA-06")
    step = reviewing.write_text(sample, case, "rationale", "A name").step
    reviewing.write_text(sample, case, "rationale", "Nothing")
    assert step is not None
    sample.file.connection.execute(
        "UPDATE history_values SET old_value = NULL, new_value = NULL, salt = '', redacted_because = 'a name' WHERE sequence > ?",
        (step,),
    )
    with pytest.raises(RefusedError, match="can't be told any more"):
        restore(sample, step, "rationale", after=True)


def test_values_of_other_kinds_are_not_brought_back(sample: AuditSession) -> None:
    case = key_of(sample, "DA-06")
    step = reviewing.give_reason(sample, case, "DEC-W01").step
    assert step is not None
    values = values_of_step(sample, step)
    assert not any(restoring.can_be_restored(value) for value in values)
    with pytest.raises(RefusedError, match="by itself"):
        restoring.restore_from_step(sample, step, values[-1], after=True)


def test_an_audit_without_cases_is_compared(tmp_path: Path) -> None:
    create_audit(tmp_path / "a.ncpi", make_inspection(), person="Team lead")
    shutil.copy(tmp_path / "a.ncpi", tmp_path / "b.ncpi")
    assert list(compare_with(tmp_path / "a.ncpi", tmp_path / "b.ncpi")) == []
