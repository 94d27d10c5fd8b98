"""Values that dialogue facts are made of. STORED FOR EVER: add fields with defaults only."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec

from domain.dialogues.vocabulary import Addressed, RowFaultCode, RowField, Speaker
from domain.kernel import Internal, Personal, Public, Sealed


class DialoguePaper(msgspec.Struct, frozen=True):
    """A scan. `address` is the SHA-256 of its ciphertext; its name lies in `meta`."""

    id: Internal[UUID]
    address: Internal[str]
    media_type: Internal[str]
    size: Internal[int]
    meta: Personal[Sealed]


class Opinion(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody said. `number` is its running number in the meeting: stable, never used again.

    `speaker_words`: what the sheet calls the speaker, where that is none of the list. `due_on`: a day that a person
    set, with the reason; no law sets one.
    """

    number: Internal[int]
    speaker: Internal[Speaker]
    speaker_words: Personal[Sealed | None]
    text: Personal[Sealed]
    level: Internal[Addressed | None]
    body: Internal[str]
    due_on: Internal[date | None]
    due_reason: Internal[str]


class RowFault(msgspec.Struct, frozen=True):
    """One thing that is wrong with a row, at its cell."""

    field: Internal[RowField]
    code: Internal[RowFaultCode]


class RowAside(msgspec.Struct, frozen=True):
    """A row of a sheet that could not be taken: kept word for word until somebody mends it or says that it is none.

    `cells`: JSON of all its cells, in the order of `RowField`.
    """

    id: Internal[UUID]
    number: Internal[str]
    cells: Personal[Sealed]
    faults: Internal[tuple[RowFault, ...]]


class SummaryCount(msgspec.Struct, frozen=True):
    """How many opinions stand so; None: too few to be told, or kept back so that those few cannot be worked out."""

    code: Public[str]
    count: Public[int | None]
