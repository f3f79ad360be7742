"""Drawing a sample from many reviews: the plan against a bare read of the same rows, and what writing sample and frame costs."""

from __future__ import annotations

import gc
import shutil
import time
from collections.abc import Callable
from pathlib import Path

from ncpi_desktop.domain.casework.inspection import Role
from ncpi_desktop.domain.moderation.sample_text import frame_text
from ncpi_desktop.domain.moderation.sampling import Every, SampleRules
from ncpi_desktop.storage.sample_repository import read_frame
from ncpi_desktop.workflows import staffing
from ncpi_desktop.workflows.proving import prove_sample
from ncpi_desktop.workflows.sampling import draw_sample, plan_sample
from ncpi_desktop.workflows.session import AuditSession
from tests.bench.big_audit import big_audit
from tests.bench.measure import Figure

MOST = 102_100
"""So many cases, of which 98 in a hundred are submitted: 100,000 reviews."""
RULES = SampleRules(frozenset({Every.REFERRAL, Every.NOT_SURE, Every.CHANGED, Every.TWO_APART}), share=2)
BARE = (
    "SELECT k.identity, r.reviewer_id, k.area, r.grade, r.not_sure FROM reviews r JOIN cases k ON k.id = r.case_id"
    " WHERE r.purpose = 'first' AND r.state = 'submitted'"
)


def bench(folder: Path, large: int) -> list[Figure]:
    """Return the figures for a file of `large` cases, at most `MOST`; the best of five turns, one after the other in one process."""
    made = big_audit(folder / f"cases-{min(large, MOST)}.ncpi", min(large, MOST))
    path = Path(shutil.copy(made, folder / "sampled.ncpi"))
    session = AuditSession.open(path, person="Lead")
    try:
        for number in (1, 2, 3):
            staffing.add_person(session, f"Assurer {number}", [Role.QUALITY_ASSURER])
        return _figures(session)
    finally:
        session.close()
        path.unlink()


def _figures(session: AuditSession) -> list[Figure]:
    run = session.file.connection
    bare, planned = [], []
    for _turn in range(5):
        bare.append(_timed(lambda: run.execute(BARE).fetchall()))
        planned.append(_timed(lambda: plan_sample(session, RULES, 4127)))
    plan = plan_sample(session, RULES, 4127)
    frame = read_frame(run, session.methodology.scale.worst.code)
    written = _timed(lambda: draw_sample(session, RULES, 4127))
    proved = _timed(lambda: prove_sample(session))
    reading, planning, size = min(bare), min(planned), len(frame_text(frame)) / 2**20
    what = f"{plan.frame_size:,} reviews"
    return [
        Figure(
            f"sample, plan of {len(plan.cases):,} cases out of {what}",
            f"{planning:.2f} s = {planning / reading:.1f} x",
            f"bare SQL read of the rows {reading:.2f} s",
            "< 1 s",
            planning < 1,
        ),
        Figure(
            f"sample, drawn and written with a frame of {size:.1f} MiB",
            f"{written:.2f} s = {written / planning:.1f} x",
            f"its plan {planning:.2f} s",
            "<= 4 x",
            written <= 4 * planning,
        ),
        Figure(
            f"sample, proved from its frame of {what}",
            f"{proved:.2f} s = {proved / planning:.1f} x",
            f"its plan {planning:.2f} s",
            "<= 2 x",
            proved <= 2 * planning,
        ),
    ]


def _timed(act: Callable[[], object]) -> float:
    gc.collect()
    begun = time.perf_counter()
    act()
    return time.perf_counter() - begun
