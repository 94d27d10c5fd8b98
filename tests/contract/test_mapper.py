from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid4

import pytest
from eventsourcing.cipher import AESCipher
from eventsourcing.compressor import ZlibCompressor
from eventsourcing.domain import DomainEventProtocol, ImmutableAggregateProtocol
from eventsourcing.persistence import MapperDeserialisationError, StoredEvent
from eventsourcing.utils import Environment

from adapters.postgres.canonical import LIMIT, canonical, digest_of
from adapters.postgres.mapper import EnvelopeMapper
from application.ports import Envelope, Versioned
from domain.kernel import Fact, Internal, SupersededFact
from tests.contract.notes import AT, Notes, NoteTaken, envelope


class LongNamed(Fact, frozen=True):
    TOPIC = f"store_test.{'long' * 200}.v1"

    text: Internal[str] = ""


def mappers() -> list[EnvelopeMapper]:
    key = Environment(env={"CIPHER_KEY": AESCipher.create_key(16)})
    compressor, cipher = ZlibCompressor(), AESCipher(key)
    return [
        EnvelopeMapper(),
        EnvelopeMapper(compressor=compressor),
        EnvelopeMapper(cipher=cipher),
        EnvelopeMapper(compressor=compressor, cipher=cipher),
    ]


def with_(sent: Envelope, **changed: Any) -> Envelope:
    return Envelope(**{name: getattr(sent, name) for name in sent.__struct_fields__} | changed)


@pytest.mark.parametrize("mapper", mappers(), ids=["plain", "compressed", "encrypted", "both"])
def test_an_envelope_survives_with_its_digest(mapper: EnvelopeMapper) -> None:
    sent = envelope(uuid4(), 7, text="Trường TH Bình Nguyên (demo)")
    stored, digest = mapper.seal(sent)
    assert stored == StoredEvent(sent.originator_id, 7, NoteTaken.TOPIC, stored.state)
    assert mapper.to_domain_event(stored) == sent
    assert mapper.fact(stored.topic, stored.state) == sent.fact
    assert mapper.digest(stored) == digest


def test_the_digest_does_not_depend_on_compression_or_cipher() -> None:
    sent = envelope(uuid4())
    assert len({mapper.seal(sent)[1] for mapper in mappers()}) == 1


def test_envelopes_and_states_are_what_the_library_calls_them() -> None:
    event: DomainEventProtocol[UUID] = envelope(uuid4())
    state: ImmutableAggregateProtocol[UUID] = Versioned(uuid4(), 3, Notes())
    assert event.originator_version == 1
    assert state.version == 3
    assert EnvelopeMapper().to_stored_event(event).topic == NoteTaken.TOPIC


def test_the_canonical_form_is_this_array_and_nothing_else() -> None:
    ids = [UUID(int=n) for n in range(10)]
    sent = Envelope(
        originator_id=ids[1],
        originator_version=2,
        fact=NoteTaken(text="é"),
        event_id=ids[3],
        occurred_at=AT.astimezone(timezone(timedelta(hours=7))),
        actor_kind="citizen",
        actor_id=ids[4],
        post_id=None,
        unit_id=ids[6],
        authority_id=ids[7],
        command_id=ids[8],
        correlation_id=None,
        causation_id=ids[9],
        blinding=bytes(range(32)),
    )
    text = (
        '["hoso/envelope/1","00000000-0000-0000-0000-000000000007","00000000-0000-0000-0000-000000000001",2,'
        '"store_test.note_taken.v1","00000000-0000-0000-0000-000000000003","2026-09-03T02:03:04.000000Z","citizen",'
        '"00000000-0000-0000-0000-000000000004",null,"00000000-0000-0000-0000-000000000006",'
        '"00000000-0000-0000-0000-000000000008",null,"00000000-0000-0000-0000-000000000009",'
        f'"{sha256(chr(34).join(["{", "text", ":", "é", "}"]).encode()).hexdigest()}",'
        '"000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"]'
    )
    assert EnvelopeMapper().seal(sent)[1] == digest_of(text.encode()) == sha256(text.encode()).digest()


@pytest.mark.parametrize(
    "changed",
    [
        {"originator_id": UUID(int=5)},
        {"originator_version": 8},
        {"fact": NoteTaken(text="another")},
        {"event_id": UUID(int=5)},
        {"occurred_at": AT + timedelta(microseconds=1)},
        {"actor_kind": "system"},
        {"actor_id": UUID(int=5)},
        {"post_id": None},
        {"unit_id": UUID(int=5)},
        {"authority_id": None},
        {"command_id": UUID(int=5)},
        {"correlation_id": None},
        {"causation_id": UUID(int=5)},
        {"blinding": bytes(32)},
    ],
    ids=lambda changed: next(iter(changed)),
)
def test_every_field_changes_the_digest(changed: dict[str, Any]) -> None:
    sent = envelope(uuid4())
    assert EnvelopeMapper().seal(with_(sent, **changed))[1] != EnvelopeMapper().seal(sent)[1]


def test_the_canonical_form_stays_small_or_is_refused() -> None:
    sent = with_(envelope(uuid4(), 2**31 - 1), unit_id=uuid4(), causation_id=uuid4())
    form = canonical(sent, "supervision.resolution_term_extended_by_head_of_the_superior_authority.v12", b"{}")
    assert len(form) < LIMIT - 150
    assert json.loads(form)[0] == "hoso/envelope/1"
    with pytest.raises(ValueError, match="more than 1024"):
        EnvelopeMapper().seal(with_(sent, fact=LongNamed()))


def test_what_is_no_envelope_is_refused() -> None:
    class Other:
        originator_id, originator_version = uuid4(), 1

    with pytest.raises(TypeError, match="Other"):
        EnvelopeMapper().to_stored_event(Other())
    with pytest.raises(ValueError, match="naive"):
        EnvelopeMapper().seal(with_(envelope(uuid4()), occurred_at=datetime.now(UTC).replace(tzinfo=None)))


@pytest.mark.parametrize("state", [b"", b"{}", b"[2]", b"\xff"])
def test_what_cannot_be_read_is_said_with_its_place(state: bytes) -> None:
    stored, mapper = StoredEvent(uuid4(), 3, NoteTaken.TOPIC, state), EnvelopeMapper()
    with pytest.raises(MapperDeserialisationError, match="version 3"):
        mapper.to_domain_event(stored)
    with pytest.raises(MapperDeserialisationError):
        mapper.fact(stored.topic, state)
    with pytest.raises(MapperDeserialisationError):
        mapper.digest(stored)
    good = mapper.to_stored_event(envelope(uuid4()))
    with pytest.raises(MapperDeserialisationError, match="no_such_topic"):
        mapper.to_domain_event(StoredEvent(good.originator_id, 3, "no_such_topic.v1", good.state))


class NoteHeard(SupersededFact, frozen=True):
    TOPIC = "store_test.note_heard.v1"

    words: Internal[str]

    def upcast(self) -> Fact:
        return NoteTaken(text=self.words)


def test_a_fact_of_an_old_topic_is_read_in_the_newest_words_and_keeps_its_bytes() -> None:
    mapper = EnvelopeMapper()
    old = with_(envelope(uuid4()), fact=NoteHeard(words="nghe được"))
    stored, digest = mapper.seal(old)
    assert stored.topic == NoteHeard.TOPIC
    assert mapper.to_domain_event(stored).fact == NoteTaken(text="nghe được")
    assert mapper.fact(stored.topic, stored.state) == NoteTaken(text="nghe được")
    assert mapper.digest(stored) == digest
