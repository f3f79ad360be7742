"""The one catalogue of words: every sentence that a person reads passes through here, so that Welsh can follow.

Msgids are the English sentences themselves. Fields are named and filled in after translation:
``_("{count} cases").format(count=3)``.
"""

from __future__ import annotations

import gettext as _gettext
import os

from ncpi_desktop.resources import resource_path

DOMAIN = "ncpi-desktop"

_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()


def use_language(language: str | None = None) -> None:
    """Take the words from the catalogue of `language` (such as ``cy``); without one, or where none is kept, English."""
    global _catalogue
    _catalogue = _gettext.NullTranslations()
    if language is not None:
        _catalogue = _gettext.translation(DOMAIN, resource_path("locale"), languages=[language], fallback=True)


def system_language() -> str | None:
    """Return the language that this system is set to, such as ``cy_GB.UTF-8``; None where it does not say."""
    names = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    return next((os.environ[name].split(":")[0] for name in names if os.environ.get(name)), None)


def _(text: str) -> str:
    """Return `text` in the language in use."""
    return _catalogue.gettext(text)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the form of the sentence that fits `count`, in the language in use."""
    return _catalogue.ngettext(singular, plural, count)


def phrase(text: str) -> str:
    """Mark `text` for the catalogue without translating it yet: for constants that are built before a language is chosen."""
    return text
