"""Reads the bundled methodologies."""

from __future__ import annotations

import tomllib
from typing import Any

from ncpi_desktop.domain.errors import WrongUseError
from ncpi_desktop.domain.methodology.area import Area
from ncpi_desktop.domain.methodology.grade import Grade, Scale
from ncpi_desktop.domain.methodology.methodology import Methodology
from ncpi_desktop.domain.methodology.reason import Polarity, Reason
from ncpi_desktop.domain.methodology.stage import Stage
from ncpi_desktop.resources import resource_path
from ncpi_desktop.words import _


def methodology_codes() -> tuple[str, ...]:
    """Return the codes of the bundled methodologies, oldest first."""
    return tuple(sorted(path.stem for path in resource_path("methodologies").glob("*.toml")))


def bundled_methodology(code: str) -> Methodology:
    """Return the bundled methodology called `code`.

    Raises:
        WrongUseError: there is none of that code.
    """
    if code not in methodology_codes():
        raise WrongUseError(
            _("There is no methodology “{code}”.").format(code=code),
            todo=_("Choose one of {codes}.").format(codes=", ".join(methodology_codes())),
        )
    with resource_path("methodologies", f"{code}.toml").open("rb") as stream:
        return _methodology_from(tomllib.load(stream))


def _methodology_from(held: dict[str, Any]) -> Methodology:
    return Methodology(
        code=held["code"],
        title=held["title"],
        year=held["year"],
        note=held["note"],
        scale=Scale(tuple(Grade(**grade) for grade in held["grades"])),
        areas=tuple(Area(area["code"], area["label"], area.get("prefix", "")) for area in held["areas"]),
        stages=tuple(
            Stage(
                code=stage["code"],
                label=stage["label"],
                short=stage["short"],
                criteria=tuple(stage.get("criteria", ())),
                areas=frozenset(stage.get("areas", ())),
                optional=stage.get("optional", False),
                case_level=stage.get("case_level", True),
            )
            for stage in held["stages"]
        ),
        reasons=tuple(
            Reason(reason["code"], reason["stage"], Polarity(reason["polarity"]), reason["wording"])
            for reason in held["reasons"]
        ),
        report_sections=tuple(held["report"]["sections"]),
    )
