"""An area of child protection: the kind of case."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Area:
    """One area, such as domestic abuse; `prefix` begins invented references (DA-03)."""

    code: str
    label: str
    prefix: str = ""
    retired: bool = False
