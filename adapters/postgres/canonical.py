"""The canonical envelope: the bytes that a fact's digest, and later a proof, speak of.

A JSON array without spaces, UTF-8, in this order:

    "hoso/envelope/1", authority, stream, version, topic, event id, occurred_at, actor kind, actor id, post, unit,
    command id, correlation, causation, SHA-256 (hex) of the fact's stored bytes, blinding (hex)

Ids are lower-case UUIDs with hyphens, what is absent is null, `occurred_at` is UTC as `2026-09-03T01:02:03.000004Z`
with always six digits. The fact itself stands in only by its hash and the blinding keeps that from being guessed: the
array can be shown to outsiders.
"""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256

import msgspec

from application.ports import Envelope

FORMAT = "hoso/envelope/1"
LIMIT = 1024
"""Bytes: an entry of a transparency log stays small."""

_encode = msgspec.json.Encoder().encode


def canonical(envelope: Envelope, topic: str, fact: bytes | memoryview) -> bytes:
    """The canonical form of an envelope whose fact is stored as the bytes `fact`. Raises ValueError beyond LIMIT."""
    form = _encode(
        (
            FORMAT,
            envelope.authority_id,
            envelope.originator_id,
            envelope.originator_version,
            topic,
            envelope.event_id,
            canonical_time(envelope.occurred_at),
            envelope.actor_kind,
            envelope.actor_id,
            envelope.post_id,
            envelope.unit_id,
            envelope.command_id,
            envelope.correlation_id,
            envelope.causation_id,
            sha256(fact).hexdigest(),
            envelope.blinding.hex(),
        )
    )
    if len(form) > LIMIT:
        message = f"the canonical envelope of {topic} has {len(form)} bytes, more than {LIMIT}"
        raise ValueError(message)
    return form


def digest_of(form: bytes) -> bytes:
    """The 32 bytes that are stored beside the fact."""
    return sha256(form).digest()


def canonical_time(at: datetime) -> str:
    """An aware instant in UTC with six digits of a second. Raises ValueError for a naive one."""
    if at.tzinfo is None:
        message = "a naive time cannot be recorded"
        raise ValueError(message)
    return at.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"
