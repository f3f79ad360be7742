"""Following an earlier inspection up: its results beside the new, and its recommendations carried in to be answered one by one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from ncpi_desktop.domain.casework.force import same_force
from ncpi_desktop.domain.casework.inspection import Inspection, PreviousResults
from ncpi_desktop.domain.casework.recommendation import Origin, Recommendation
from ncpi_desktop.domain.casework.recommendation_log import LogLine
from ncpi_desktop.domain.errors import RefusedError
from ncpi_desktop.domain.record.actions import Action
from ncpi_desktop.domain.record.file_key import FileKey
from ncpi_desktop.imports.recommendations_table import read_recommendations_table
from ncpi_desktop.imports.tables.source_file import SourceKind, recognise
from ncpi_desktop.storage.inspection_repository import read_all_previous
from ncpi_desktop.storage.recommendation_repository import add_recommendation, read_recommendations
from ncpi_desktop.words import _, ngettext
from ncpi_desktop.workflows.previous import previous_from
from ncpi_desktop.workflows.session import AuditSession, Changed


@dataclass(frozen=True, slots=True)
class Earlier:
    """What an earlier inspection brings along: its results where they are known, its recommendations, and remarks to be told."""

    results: PreviousResults | None
    recommendations: tuple[Recommendation, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """How many recommendations come along."""
        count = len(self.recommendations)
        if not count:
            return _("No recommendation comes along from it.")
        return ngettext(
            "{n} recommendation comes along from it, to be answered.",
            "{n} recommendations come along from it, to be answered.",
            count,
        ).format(n=count)


def earlier_from(
    source: Path, inspection: Inspection, *, key: FileKey | None = None, other_force: bool = False
) -> Earlier:
    """Return what `source`, an audit file or a table of published results, brings to `inspection`.

    Of an audit file its recommendations come along: those that it made itself, and those it had carried in that are not complete and
    that it did not take up again. With a `key`, `source` is a protected audit file.

    Raises:
        FileRefusedError: it can't be read soundly; it is untouched.
        RefusedError: it is of another force (unless `other_force`), it is this same audit, this inspection is its own previous one, it
            began after this one, or it has no result to offer.
    """
    if key is None and recognise(source) is not SourceKind.DATABASE:
        return Earlier(previous_from(source, inspection))
    remarks, carried = _from_audit(source, inspection, key, other_force)
    return Earlier(previous_from(source, inspection, key=key), carried, remarks)


def bring_recommendations(
    session: AuditSession, source: Path, *, key: FileKey | None = None, other_force: bool = False
) -> Changed:
    """Bring the recommendations of an earlier inspection in, from its audit file or from a table with a row to each.

    Raises:
        FileRefusedError: the source can't be read soundly; it is untouched.
        RefusedError: see `earlier_from` and `read_recommendations_table`; or a number is in this audit already. Nothing was brought in.
    """
    session.refuse_unless_may(Action.BRING_RECOMMENDATIONS)
    if key is None and recognise(source) is not SourceKind.DATABASE:
        found = read_recommendations_table(source, session.clock().date())
    else:
        _remarks, found = _from_audit(source, session.inspection, key, other_force)
    if not found:
        raise RefusedError(
            _("“{name}” holds no recommendation to answer.").format(name=source.name), safe=_("Nothing was brought in.")
        )
    here = {one.number for one in _of(session, Origin.PREVIOUS)}
    twice = sorted(here & {one.number for one in found})
    if twice:
        raise RefusedError(
            ngettext(
                "This audit has a previous recommendation {numbers} already.",
                "This audit has previous recommendations {numbers} already.",
                len(twice),
            ).format(numbers=", ".join(map(str, twice))),
            safe=_("Nothing was brought in."),
            todo=_("Bring in only those that are missing, under their own numbers."),
        )
    with session.change(Action.BRING_RECOMMENDATIONS, detail=str(len(found))) as change:
        for held in found:
            add_recommendation(change, held)
    return Changed(None, change.at)


def what_comes_along(
    source: Path, inspection: Inspection, *, key: FileKey | None = None, other_force: bool = False
) -> Earlier:
    """Return the recommendations that an audit file would bring along, and remarks, without its results; for showing before a choice.

    Raises:
        FileRefusedError, RefusedError: see `earlier_from`.
    """
    remarks, carried = _from_audit(source, inspection, key, other_force)
    return Earlier(None, carried, remarks)


def carried_over(every: Iterable[Recommendation]) -> tuple[Recommendation, ...]:
    """Return an audit's recommendations as a later inspection holds them: numbered, with their log as dated lines, unanswered.

    Its own keep their numbers. Those it had carried in itself come behind them where they are not complete and it did not take them up
    again; where it made none of its own they keep their numbers too.
    """
    held = tuple(every)
    own = [one for one in held if one.origin is Origin.THIS]
    taken_up = {one.follows for one in own}
    older = [one for one in held if one.origin is Origin.PREVIOUS and not one.is_complete and one.key not in taken_up]
    last = max((one.number for one in own), default=0)
    numbered = [(one.number, one) for one in own]
    numbered += [(last + place if own else one.number, one) for place, one in enumerate(older, start=1)]
    return tuple(_carried(number, one) for number, one in numbered)


def _carried(number: int, one: Recommendation) -> Recommendation:
    return replace(
        one,
        number=number,
        origin=Origin.PREVIOUS,
        # What the earlier review found is a line of the story now, not this inspection's answer.
        summary="",
        detail="",
        progress="",
        follows=None,
        cases=(),
        findings=(),
        log=tuple(_carried_line(line) for line in one.log),
    )


def _carried_line(line: LogLine) -> LogLine:
    """Return a line without the people of the other audit; who authorised it is told in its words."""
    comment = line.comment
    if line.authoriser:
        comment = _("{comment} (Authorised by {name}.)").format(comment=comment, name=line.authoriser)
    return replace(line, comment=comment, person=None, authorised_by=None, by="", authoriser="", identity="")


def _from_audit(
    source: Path, inspection: Inspection, key: FileKey | None, other_force: bool
) -> tuple[tuple[str, ...], tuple[Recommendation, ...]]:
    session = AuditSession.open(source, read_only=True, key=key)
    try:
        earlier, code = session.inspection, session.methodology.code
        with session.file.reading() as connection:
            before = read_all_previous(connection)
            every = read_recommendations(connection)
    finally:
        session.close()
    _refuse_same(source, inspection, earlier)
    if inspection.identity and inspection.identity in {one.inspection_identity for one in before}:
        raise RefusedError(
            _("“{name}” itself follows this inspection: each would be the other’s previous one.").format(
                name=source.name
            ),
            safe=_("Nothing was recorded."),
            todo=_("Choose an audit that was made before this one."),
        )
    _refuse_later(source, inspection, earlier)
    remarks = []
    if not same_force(earlier.force, inspection.force):
        if not other_force:
            raise RefusedError(
                _("“{name}” is an inspection of {earlier}, not of {force}.").format(
                    name=source.name, earlier=earlier.force, force=inspection.force
                ),
                safe=_("Nothing was recorded."),
                todo=_("Choose the right file; if the force was renamed, say that it is meant (--other-force)."),
            )
        remarks.append(
            _("The earlier inspection is of {earlier}, this one of {force}.").format(
                earlier=earlier.force, force=inspection.force
            )
        )
    if code != inspection.methodology:
        remarks.append(
            _("The earlier inspection used another methodology ({earlier}, now {now}): compare with care.").format(
                earlier=code, now=inspection.methodology
            )
        )
    if earlier.published_on is None and any(one.origin is Origin.THIS for one in every):
        remarks.append(
            _(
                "The earlier audit does not say when its report was published, so no due date of its recommendations is known."
            )
        )
    return tuple(remarks), carried_over(every)


def _refuse_same(source: Path, inspection: Inspection, earlier: Inspection) -> None:
    if inspection.identity and inspection.identity == earlier.identity:
        raise RefusedError(
            _("“{name}” is this same audit, or a copy of it.").format(name=source.name),
            safe=_("Nothing was recorded."),
            todo=_("Choose the file of the earlier inspection."),
        )


def _refuse_later(source: Path, inspection: Inspection, earlier: Inspection) -> None:
    """Let only an inspection be followed that did not begin after this one: so no chain of followers closes to a circle."""
    ours, theirs = inspection.fieldwork_start, earlier.fieldwork_start
    if ours is not None and theirs is not None and theirs > ours:
        raise RefusedError(
            _("The inspection in “{name}” began on {theirs}, after this one, which began on {ours}.").format(
                name=source.name, theirs=theirs.strftime("%d/%m/%Y"), ours=ours.strftime("%d/%m/%Y")
            ),
            safe=_("Nothing was recorded."),
            todo=_("Choose the file of the earlier inspection, or check the first day of this one."),
        )


def _of(session: AuditSession, origin: Origin) -> list[Recommendation]:
    return [one for one in read_recommendations(session.file.connection) if one.origin is origin]
