"""A change: one act of one person, with every value it replaced, sealed onto the change before it.

The seal covers digests of the values, not the values: a value that should never have been written down can later be
taken out, its digest left, and the chain still holds. Each digest is salted, so that a taken-out telephone number can't be
found by trying them all; the salt goes with the value.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

Value = str | int | float | None

FIRST_SEAL = "0" * 64
"""What the first change of a file is sealed onto."""

WHOLE_ROW = "*"
"""The field of a value that tells of a whole row."""


class Operation(StrEnum):
    """What happened to a row: a field replaced, text spliced, the row added or taken away."""

    SET = "set"
    SPLICE = "splice"
    ADD = "add"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One value before and after.

    `row` is the row's identity. For SPLICE, `old` and `new` are the characters replaced at `offset`; for ADD and REMOVE they hold the
    row as JSON (`None` for a row of a brought-in record, whose text stands in its table alone). SET of the field `*` tells anew how
    the whole row stands, as ADD does. Digests are filled in when the change is sealed. `redacted_because` says why old and new were
    taken out; None where they were not.
    """

    table: str
    row: str
    field: str
    operation: Operation
    old: Value
    new: Value
    offset: int | None = None
    salt: str = ""
    old_digest: str = ""
    new_digest: str = ""
    redacted_because: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the history. `at` is UTC; order is by `sequence`, never by time.

    `step` is the sequence of the first change of the same step (a burst of typing is one step), `undoes` the step that
    this change takes back. `clock_set_back` says that its time, or that of a later change of its step, is before that of the change
    before it; it is found when a list of changes is read.
    """

    sequence: int
    at: datetime
    person: str
    person_identity: str
    action: str
    case_identity: str
    case_reference: str
    detail: str
    reason: str
    step: int
    undoes: int | None
    values: tuple[ValueChange, ...]
    previous_seal: str
    seal: str
    clock_set_back: bool = False


_canonical = json.JSONEncoder(ensure_ascii=False).encode


class Sealing:
    """The seal of one change while its values are gone through: SHA-256 over the canonical JSON of the change, on top of the seal before.

    `texts_digest` is the digest of who, which case, detail and reason in words (see `texts_digest_of`); `steps` are the step of the
    change and the one it undoes, None in the first version's form, which did not seal them.
    """

    def __init__(
        self,
        previous_seal: str,
        sequence: int,
        at: str,
        person_identity: str,
        action: str,
        case_identity: str,
        texts_digest: str,
        *,
        steps: tuple[int, int | None] | None,
    ) -> None:
        head = [previous_seal, sequence, at, person_identity, action, case_identity, texts_digest, *(steps or ())]
        self._hash = hashlib.sha256(f"[{_canonical(head)}, [".encode())
        self._between = ""

    def add(
        self, table: str, row: str, field: str, operation: str, offset: int | None, old_digest: str, new_digest: str
    ) -> None:
        """Take in the next value, in order."""
        line = _canonical([table, row, field, operation, offset, old_digest, new_digest])
        self._hash.update((self._between + line).encode())
        self._between = ", "

    def seal(self) -> str:
        """Return the seal over what was taken in, as hexadecimal."""
        whole = self._hash.copy()
        whole.update(b"]]")
        return whole.hexdigest()


def value_digest(salt: str, value: Value) -> str:
    """Return the salted SHA-256 of `value`, as hexadecimal; None has a digest too."""
    return hashlib.sha256((salt + _canonical(value)).encode("utf-8", "surrogatepass")).hexdigest()


def seal_of(
    previous_seal: str,
    sequence: int,
    at: str,
    person_identity: str,
    action: str,
    case_identity: str,
    texts_digest: str,
    values: Sequence[ValueChange],
    *,
    steps: tuple[int, int | None] | None,
) -> str:
    """Return the seal of a change with all its values; see `Sealing`."""
    sealing = Sealing(previous_seal, sequence, at, person_identity, action, case_identity, texts_digest, steps=steps)
    for value in values:
        sealing.add(
            *(value.table, value.row, value.field, value.operation.value),
            *(value.offset, value.old_digest, value.new_digest),
        )
    return sealing.seal()


def record_text(record: Mapping[str, object]) -> str:
    """Return a row as the JSON that the history keeps of it, or the digest of."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True)


def texts_digest_of(salt: str, person: str, case_reference: str, detail: str, reason: str) -> str:
    """Return the salted digest of the words of a change, so that they too can be taken out without breaking the chain."""
    return value_digest(salt, json.dumps([person, case_reference, detail, reason], ensure_ascii=False))


def splice_between(old: str, new: str) -> tuple[int, str, str]:
    """Return where two texts part: offset in characters, the text replaced, the text put in its place.

    Autosaved typing is kept as splices: keeping the whole text each time would make the history of one
    rationale grow with the square of its length.
    """
    start = _shared_start(old, new)
    old, new = old[start:], new[start:]
    end = _shared_start(old[::-1], new[::-1])
    return start, old[: len(old) - end], new[: len(new) - end]


def _shared_start(one: str, other: str) -> int:
    # By halves, since comparing slices is quick: letter by letter, a long text would hold up whoever types at its end.
    sure, possible = 0, min(len(one), len(other))
    while sure < possible:
        middle = (sure + possible + 1) // 2
        if one[sure:middle] == other[sure:middle]:
            sure = middle
        else:
            possible = middle - 1
    return sure
