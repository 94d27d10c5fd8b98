"""What facts of feedback are made of: papers, requests, answers to them, pieces of a text."""

from __future__ import annotations

from uuid import UUID

import msgspec

from domain.kernel import Internal, Personal, Sealed


class Attachment(msgspec.Struct, frozen=True):
    """A photo or paper. `address` is the SHA-256 of its ciphertext; its name lies in `meta`."""

    id: Internal[UUID]
    address: Internal[str]
    media_type: Internal[str]
    size: Internal[int]
    meta: Personal[Sealed]


class Original(msgspec.Struct, frozen=True):
    """What was scanned, byte for byte as it came; `attachment_id` names the cleaned copy that is shown.

    The SHA-256 of the bytes lies in the sealed `meta` beside the name of the file.
    """

    attachment_id: Internal[UUID]
    address: Internal[str]
    media_type: Internal[str]
    size: Internal[int]
    meta: Personal[Sealed]


class RequestItem(msgspec.Struct, frozen=True):
    """One thing the sender asks for; the answer must speak to each (CMP-I11)."""

    number: Internal[int]
    text: Personal[Sealed]


class AnswerPart(msgspec.Struct, frozen=True):
    """What is answered to one request."""

    request: Internal[int]
    text: Personal[Sealed]


class SplitPart(msgspec.Struct, frozen=True):
    """A case of its own that took over some pieces of the text; pieces are numbered from 1 in their order."""

    case_id: Internal[UUID]
    pieces: Internal[tuple[int, ...]]
