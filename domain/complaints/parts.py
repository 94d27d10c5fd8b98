"""What facts of complaints are made of: papers, sections of a decision, what a decision relied on."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec

from domain.complaints.vocabulary import Section
from domain.kernel import Internal, Personal, Sealed


class Paper(msgspec.Struct, frozen=True):
    """A scan or file. `address` is the SHA-256 of its ciphertext; name and SHA-256 of the bytes lie in `meta`."""

    id: Internal[UUID]
    address: Internal[str]
    media_type: Internal[str]
    size: Internal[int]
    meta: Personal[Sealed]


class Issued(msgspec.Struct, frozen=True, kw_only=True):
    """An official document as the registry (văn thư) gave it out: number, symbol, day, and the signed paper.

    `signature`: what could be found out about a digital signature, word for word; empty for a scan.
    """

    number: Internal[str]
    symbol: Internal[str]
    day: Internal[date]
    paper: Internal[Paper]
    signature: Internal[str] = ""


class DraftSection(msgspec.Struct, frozen=True):
    """One part of the text of a decision."""

    section: Internal[Section]
    text: Personal[Sealed]


class Relied(msgspec.Struct, frozen=True, kw_only=True):
    """What a decision relied on, frozen when it was signed.

    `version`: the facts of the case up to this one; `papers`: digests; `rules`: ids of the rules whose terms ran.
    """

    version: Internal[int]
    papers: Internal[tuple[str, ...]]
    rules: Internal[tuple[str, ...]]
    draft_number: Internal[int]
