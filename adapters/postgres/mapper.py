"""Envelope <-> StoredEvent, keeping the library's optional compressor and cipher.

Stored bytes are the JSON array `[1, event id, occurred_at, actor kind, actor id, post, unit, authority, command id,
correlation, causation, blinding, fact]`, then compressed, then encrypted where the store has such hooks. The fact
stands last and as it is, so that its own bytes, and with them the digest, can be found again.
"""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from types import GenericAlias
from typing import Any, Literal, get_args
from uuid import UUID

import msgspec
from eventsourcing.domain import DomainEventProtocol
from eventsourcing.persistence import (
    Cipher,
    Compressor,
    JSONTranscoder,
    Mapper,
    MapperDeserialisationError,
    StoredEvent,
    Transcoder,
)
from eventsourcing.utils import TopicError, get_topic, resolve_topic

from adapters.postgres.canonical import canonical, digest_of
from application.ports import ActorKind, Envelope, Recorded
from domain.kernel import Fact, SupersededFact

LAYOUT = 1
_HEAD = (
    Literal[1],
    UUID,
    datetime,
    Literal[get_args(ActorKind)],
    UUID,
    UUID | None,
    UUID | None,
    UUID | None,
    UUID,
    UUID | None,
    UUID | None,
    bytes,
)
_encode = msgspec.json.Encoder().encode
_raw = msgspec.json.Decoder(GenericAlias(tuple, (*_HEAD, msgspec.Raw)))
_only_fact = msgspec.json.Decoder(GenericAlias(tuple, (*(msgspec.Raw,) * len(_HEAD), msgspec.Raw)))


class EnvelopeMapper(Mapper[UUID]):
    """The library's mapper for our envelopes; topics are resolved by the library's registry."""

    def __init__(
        self, transcoder: Transcoder | None = None, compressor: Compressor | None = None, cipher: Cipher | None = None
    ) -> None:
        super().__init__(transcoder or JSONTranscoder(), compressor, cipher)

    def to_stored_event(self, domain_event: DomainEventProtocol[UUID]) -> StoredEvent:
        """What is written of an envelope."""
        return self.seal(domain_event)[0]

    def seal(self, domain_event: DomainEventProtocol[UUID]) -> tuple[StoredEvent, bytes]:
        """What is written of an envelope, and its digest. Raises ValueError for a naive time or an overlong one."""
        e = domain_event
        if not isinstance(e, Envelope):
            message = f"not an envelope: {type(e).__name__}"
            raise TypeError(message)
        topic, fact = get_topic(type(e.fact)), _encode(e.fact)
        digest = digest_of(canonical(e, topic, fact))
        head = (LAYOUT, e.event_id, e.occurred_at.astimezone(UTC), e.actor_kind, e.actor_id, e.post_id, e.unit_id)
        why = (e.authority_id, e.command_id, e.correlation_id, e.causation_id, e.blinding)
        state = _encode((*head, *why, msgspec.Raw(fact)))
        if self.compressor:
            state = self.compressor.compress(state)
        if self.cipher:
            state = self.cipher.encrypt(state)
        return StoredEvent(e.originator_id, e.originator_version, topic, state), digest

    def to_domain_event(self, stored_event: StoredEvent) -> Envelope:
        """The envelope as it was appended. Raises MapperDeserialisationError."""
        where = stored_event.originator_id, stored_event.originator_version, stored_event.topic
        return Envelope(**self._fields(*where, stored_event.state))

    def to_recorded(self, stored_event: StoredEvent, log_index: int, recorded_at: datetime) -> Recorded:
        """The envelope with its place in the log. Raises MapperDeserialisationError."""
        where = stored_event.originator_id, stored_event.originator_version, stored_event.topic
        fields = self._fields(*where, stored_event.state)
        return Recorded(**fields, log_index=log_index, recorded_at=recorded_at)

    def fact(self, topic: str, state: bytes) -> Fact:
        """Only the fact, for folding a stream. Raises MapperDeserialisationError."""
        try:
            fact: Fact = _fact_decoder(topic).decode(_only_fact.decode(self._opened(state))[-1])
        except (ValueError, TopicError) as error:
            raise MapperDeserialisationError(topic) from error
        return newest(fact)

    def digest(self, stored_event: StoredEvent) -> bytes:
        """The digest computed again from what is stored. Raises MapperDeserialisationError."""
        try:
            row = _raw.decode(self._opened(stored_event.state))
        except ValueError as error:
            raise MapperDeserialisationError(stored_event.topic) from error
        where = stored_event.originator_id, stored_event.originator_version
        return digest_of(canonical(Envelope(**_named(*where, row)), stored_event.topic, row[-1]))

    def _fields(self, stream_id: UUID | str, version: int, topic: str, state: bytes) -> dict[str, Any]:
        try:
            *head, fact = _decoder(topic).decode(self._opened(state))
            return _named(stream_id, version, (*head, newest(fact)))
        except (ValueError, TopicError) as error:
            message = f"{topic}, stream {stream_id}, version {version}: {error}"
            raise MapperDeserialisationError(message) from error

    def _opened(self, state: bytes) -> bytes:
        if self.cipher:
            state = self.cipher.decrypt(state)
        if self.compressor:
            state = self.compressor.decompress(state)
        return state


def newest(fact: Fact) -> Fact:
    """A fact of an old topic in the words of the newest one; its stored bytes stay what they are."""
    while isinstance(fact, SupersededFact):
        fact = fact.upcast()
    return fact


@cache
def _decoder(topic: str) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(GenericAlias(tuple, (*_HEAD, resolve_topic(topic))))


@cache
def _fact_decoder(topic: str) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(resolve_topic(topic))


def _named(stream_id: UUID | str, version: int, row: tuple[Any, ...]) -> dict[str, Any]:
    _, event_id, at, kind, actor, post, unit, authority, command_id, correlation, causation, blinding, fact = row
    return {
        "originator_id": stream_id,
        "originator_version": version,
        "fact": fact,
        "event_id": event_id,
        "occurred_at": at,
        "actor_kind": kind,
        "actor_id": actor,
        "post_id": post,
        "unit_id": unit,
        "authority_id": authority,
        "command_id": command_id,
        "correlation_id": correlation,
        "causation_id": causation,
        "blinding": blinding,
    }
