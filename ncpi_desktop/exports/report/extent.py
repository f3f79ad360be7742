"""How much of the report is wanted. Apart from the report itself: who asks for it need not load reportlab."""

from __future__ import annotations

from enum import Enum


class Extent(Enum):
    """The whole report; all but what is told case by case; or its first page alone, without a number since the others are not laid out."""

    WHOLE = "whole"
    WITHOUT_CASES = "without-cases"
    FIRST_PAGE = "first-page"
