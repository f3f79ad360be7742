"""Reviews are kept with all their parts; a reopened one stays beside its draft, untouched."""

from __future__ import annotations

from dataclasses import replace

import pytest

from ncpi_desktop.domain.grading.review import Review, ReviewPurpose, ReviewState, StageJudgement
from ncpi_desktop.storage import review_repository as reviews
from ncpi_desktop.storage.change_log import ChangeInProgress
from ncpi_desktop.workflows import reviewing
from ncpi_desktop.workflows.session import AuditSession
from tests.casework import complete, key_of


def dump(session: AuditSession, review: Review) -> list[object]:
    """Every stored row of one review."""
    run = session.file.connection
    return [
        run.execute("SELECT * FROM reviews WHERE id = ?", (review.key,)).fetchall(),
        run.execute("SELECT * FROM stage_grades WHERE review_id = ?", (review.key,)).fetchall(),
        run.execute("SELECT * FROM given_reasons WHERE review_id = ? ORDER BY id", (review.key,)).fetchall(),
        run.execute(
            "SELECT c.* FROM citations c JOIN given_reasons g ON g.id = c.given_reason_id WHERE g.review_id = ? ORDER BY c.id",
            (review.key,),
        ).fetchall(),
    ]


def judged(review: Review) -> tuple[object, ...]:
    """What a review judges, without what the file gives it."""
    reasons = tuple((r.code, tuple((c.entry, c.start, c.end, c.passage) for c in r.citations)) for r in review.reasons)
    return review.grade, review.rationale, review.notes, review.not_sure, review.stages, reasons


def test_a_review_comes_back_with_all_its_parts(fresh_audit: AuditSession) -> None:
    case = key_of(fresh_audit, "DA-9")
    entry = reviewing.lay_on_desk(fresh_audit, case).case.entries[0]
    complete(fresh_audit, case)
    reviewing.judge_stage(fresh_audit, case, StageJudgement("trusted-adult", None, True))
    reviewing.cite(fresh_audit, case, "INI-S01", entry.key, 0, 8)
    reviewing.write_text(fresh_audit, case, "notes", "Ask.")
    reviewing.mark_not_sure(fresh_audit, case, True)
    review = reviews.current_review(fresh_audit.file.connection, case)
    assert review is not None
    assert review == reviews.read_review(fresh_audit.file.connection, review.key)
    assert review.judgement("trusted-adult") == StageJudgement("trusted-adult", None, True)
    assert review.judgement("investigation").grade == "requires-improvement"
    (citation,) = review.reasons[1].citations
    assert (citation.entry, citation.passage) == (entry.key, "Officers")
    assert (review.notes, review.not_sure, review.state) == ("Ask.", True, ReviewState.DRAFT)
    assert fresh_audit.person is not None
    assert review.reviewer == fresh_audit.person.key
    assert review.started_at is not None


def test_a_case_not_begun_has_no_review(fresh_audit: AuditSession) -> None:
    assert reviews.current_review(fresh_audit.file.connection, key_of(fresh_audit, "DA-9")) is None


def test_purposes_are_kept_apart(sample: AuditSession) -> None:
    case = key_of(sample, "DA-03")
    first = reviews.current_review(sample.file.connection, case)
    second = reviews.current_review(sample.file.connection, case, ReviewPurpose.SECOND)
    assert first is not None
    assert second is not None
    assert (first.key, second.purpose) != (second.key, ReviewPurpose.FIRST)
    assert reviews.current_review(sample.file.connection, case, ReviewPurpose.SETTLEMENT) is None


def test_reopening_copies_everything_and_leaves_the_submission_as_it_was(sample: AuditSession) -> None:
    case = key_of(sample, "DA-05")
    submitted = reviews.current_review(sample.file.connection, case)
    assert submitted is not None
    assert any(given.citations for given in submitted.reasons)
    before = dump(sample, submitted)
    reviewing.reopen(sample, case, "A new log came.")
    draft = reviews.current_review(sample.file.connection, case)
    assert draft is not None
    assert judged(draft) == judged(submitted)
    assert (draft.state, draft.supersedes, draft.reopened_because) == (
        ReviewState.DRAFT,
        submitted.key,
        "A new log came.",
    )
    assert not {given.identity for given in draft.reasons} & {given.identity for given in submitted.reasons}
    (earlier,) = reviews.earlier_reviews(sample.file.connection, case)
    assert earlier == replace(submitted, state=ReviewState.SUPERSEDED)
    after = dump(sample, submitted)
    assert after[1:] == before[1:]


def test_reopened_twice_every_submission_stays(sample: AuditSession) -> None:
    case = key_of(sample, "DA-05")
    for n in range(3):
        reviewing.reopen(sample, case, f"Reason {n}.")
        reviewing.write_text(sample, case, "rationale", f"Version {n}.")
        reviewing.submit(sample, case)
    earlier = reviews.earlier_reviews(sample.file.connection, case)
    assert [held.rationale for held in earlier][1:] == ["Version 0.", "Version 1."]
    assert [held.reopened_because for held in earlier] == ["", "Reason 0.", "Reason 1."]


@pytest.mark.parametrize("field", ["grade", "state"])
def test_only_texts_are_kept_as_texts(fresh_audit: AuditSession, field: str) -> None:
    case = key_of(fresh_audit, "DA-9")
    complete(fresh_audit, case)
    review = reviews.current_review(fresh_audit.file.connection, case)
    assert review is not None
    change = ChangeInProgress(
        fresh_audit.file.connection, at=fresh_audit.clock(), person="", person_identity="", action="x"
    )
    with pytest.raises(KeyError):
        reviews.set_text(change, review, field, "good")


def test_the_search_index_agrees_with_the_tables_after_a_day_s_work(sample: AuditSession) -> None:
    case = key_of(sample, "DA-05")
    reviewing.reopen(sample, case, "A new log came.")
    for text in ("One kestrel.", "", "Two kestrels.", "Kestrel again"):
        reviewing.write_text(sample, case, "rationale", text)
        reviewing.write_text(sample, case, "notes", text[::-1])
    for index in ("review_search", "entry_search"):
        # Compares the index with the table it is over; raises where they differ.
        sample.file.connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")
