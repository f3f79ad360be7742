"""Days and moments as the report writes them."""

from __future__ import annotations

from datetime import date, datetime

from ncpi_desktop.words import _


def day_words(day: date) -> str:
    """Return a day such as *16 May 2018*."""
    months = [_("January"), _("February"), _("March"), _("April"), _("May"), _("June"), _("July"), _("August")]
    months += [_("September"), _("October"), _("November"), _("December")]
    return f"{day.day} {months[day.month - 1]} {day.year}"


def moment_words(moment: datetime) -> str:
    """Return a moment such as *16 May 2018, 15:20 UTC*; `moment` is UTC."""
    return _("{day}, {time} UTC").format(day=day_words(moment.date()), time=f"{moment:%H:%M}")
