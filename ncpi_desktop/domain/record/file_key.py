"""The key of a protected file: derived from a passphrase, held while the file is open, and forgotten when it is locked.

It is derived as SQLCipher 4 does it itself (PBKDF2-HMAC-SHA512, 256,000 rounds, the file's first 16 bytes as salt), so that the
passphrase alone opens the file in any SQLCipher tool. Deriving takes a quarter of a second; with the key at hand a file opens at once.
"""

from __future__ import annotations

import hashlib
import unicodedata

SALT_BYTES = 16
KEY_BYTES = 32
ROUNDS = 256_000


class FileKey:
    """A derived key and the salt that it goes with. Nothing of it is shown by `repr`."""

    __slots__ = ("_key", "salt")

    def __init__(self, key: bytes | bytearray, salt: bytes) -> None:
        self._key = bytearray(key)
        self.salt = bytes(salt)

    def __repr__(self) -> str:
        return "FileKey(…)"

    @property
    def is_forgotten(self) -> bool:
        """Whether `forget` has been called: it opens nothing any more."""
        return not any(self._key)

    def as_words(self) -> str:
        """Return key and salt as the engine takes them in a statement: hexadecimal, in SQLite's notation for bytes."""
        return f"x'{self._key.hex()}{self.salt.hex()}'"

    def copy(self) -> FileKey:
        """Return a key of its own, for work beside the window that goes on when the window is locked."""
        return FileKey(self._key, self.salt)

    def forget(self) -> None:
        """Overwrite the key in memory."""
        for place in range(len(self._key)):
            self._key[place] = 0


def derive_key(passphrase: str, salt: bytes) -> FileKey:
    """Return the key that `passphrase` and a file's `salt` make; a quarter of a second, so never on the window's thread.

    The passphrase is brought to Unicode's form NFC first: keyboards write the same letter in more than one way.
    """
    told = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    return FileKey(hashlib.pbkdf2_hmac("sha512", told, salt, ROUNDS, KEY_BYTES), salt)
