"""Identities that stay unique across copies of a file, so that the team's copies can be merged."""

from __future__ import annotations


def new_identity(moment_ms: int, randomness: bytes) -> str:
    """Return a version 7 UUID (RFC 9562, section 5.7) as 32 hexadecimal digits, in order of time.

    `moment_ms` counts milliseconds since 1970 in UTC, `randomness` gives ten bytes. Being in order of time, new rows
    land at the end of the identity index, which keeps large imports linear.
    """
    high = (moment_ms & (2**48 - 1)) << 16 | 0x7000 | int.from_bytes(randomness[:2], "big") & 0x0FFF
    low = 0x8000_0000_0000_0000 | int.from_bytes(randomness[2:10], "big") & 0x3FFF_FFFF_FFFF_FFFF
    return f"{high:016x}{low:016x}"
