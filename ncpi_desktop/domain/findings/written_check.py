"""Holds a written text against the figures: what it asks for and the audit does not know, and what was typed instead of asked for."""

from __future__ import annotations

from dataclasses import dataclass

from ncpi_desktop.domain.findings.figure import Figure, figures_of
from ncpi_desktop.domain.findings.findings import Findings
from ncpi_desktop.domain.findings.prose import figures_in
from ncpi_desktop.domain.findings.prose_blocks import Prose
from ncpi_desktop.domain.findings.typed_counts import TypedCount, typed_counts
from ncpi_desktop.words import _, ngettext


@dataclass(frozen=True, slots=True)
class Questioned:
    """A count that was typed, and the figures that are the same now: one of them may be meant. None of them: it contradicts every figure."""

    typed: TypedCount
    figures: tuple[Figure, ...]

    @property
    def sentence(self) -> str:
        """What to tell who wrote it."""
        if self.figures:
            return _("A number is typed here. Insert the figure instead, so that the text can't contradict it later.")
        return _(
            "A number is typed here that is none of the figures of this audit. Check it, or insert the figure instead."
        )


@dataclass(frozen=True, slots=True)
class WrittenCheck:
    """What is to be said of a text before it is exported.

    `questioned` may stand, if whoever wrote it means it. `unknown` holds codes that are no figure of this audit: a final export is refused.
    `undefined` holds codes of figures that are *n/a* now, such as a share of nothing.
    """

    questioned: tuple[Questioned, ...]
    unknown: tuple[str, ...]
    undefined: tuple[str, ...]

    @property
    def may_be_final(self) -> bool:
        """Whether a final export may print the text."""
        return not self.unknown

    @property
    def refusal(self) -> str:
        """Why a final export is refused, naming the codes; empty where it is not."""
        if not self.unknown:
            return ""
        return ngettext(
            "The text asks for a figure that this audit does not have: {codes}.",
            "The text asks for figures that this audit does not have: {codes}.",
            len(self.unknown),
        ).format(codes=", ".join(self.unknown))


def contradictions(prose: Prose, findings: Findings) -> WrittenCheck:
    """Hold `prose` against `findings`."""
    known = figures_of(findings)
    asked = {code: known.get(code) for code in figures_in(prose)}
    typed = typed_counts(prose)
    every = tuple(known.values()) if typed else ()
    return WrittenCheck(
        questioned=tuple(Questioned(count, tuple(held for held in every if _same(count, held))) for count in typed),
        unknown=tuple(code for code, found in asked.items() if found is None),
        undefined=tuple(code for code, found in asked.items() if found is not None and found.value is None),
    )


def _same(typed: TypedCount, figure: Figure) -> bool:
    """Return whether what was typed is this figure; a number that is *of* another is of the figure's n too."""
    if typed.value is None or figure.is_share is not typed.is_share:
        return False
    return figure.value == typed.value and typed.of in (None, figure.n)
