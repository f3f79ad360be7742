"""Text that a file can hold: what keyboards, clipboards and other programs pass on is not always whole characters."""

from __future__ import annotations


def storable(text: str) -> str:
    """Return `text` with pairs of surrogates joined into their character, and a lone one, which no file can hold, as U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text
