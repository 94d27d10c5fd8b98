"""Names and contacts of submitters."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID, uuid4

import pytest

from adapters.postgres.identities import ErasedRows, IdentityTakenError, SealedIdentities
from adapters.vault.key_store import create_key_store
from adapters.vault.keyring import KeyRing
from adapters.vault.secrets import HmacSecrets
from application.ports import ErasedError, Identity
from tests.support.postgres import FreshDatabase

LAN = Identity(name="Trần Thị Lan (demo)", phone="0912 345 678", email="lan@example.org")


@pytest.fixture
def ring(tmp_path: Path) -> KeyRing:
    return create_key_store(tmp_path / "keys", {})


@pytest.fixture
async def identities(database: FreshDatabase, ring: KeyRing) -> SealedIdentities:
    return SealedIdentities(await database.pool(), ring, HmacSecrets(ring))


@pytest.fixture
async def subject(ring: KeyRing) -> UUID:
    subject = uuid4()
    await ring.create_subject(subject)
    return subject


async def test_an_identity_comes_back_by_its_reference(identities: SealedIdentities, subject: UUID) -> None:
    ref = uuid4()
    await identities.keep(ref, subject, LAN)
    assert await identities.open(ref) == LAN
    assert await identities.open(uuid4()) is None


async def test_nothing_is_kept_of_somebody_who_left_no_name(
    identities: SealedIdentities, subject: UUID, database: FreshDatabase
) -> None:
    ref = uuid4()
    await identities.keep(ref, subject, Identity())
    assert await identities.open(ref) is None
    assert await (await database.pool()).fetchval("select count(*) from submitter_identity") == 0


async def test_an_exact_name_or_number_finds_the_subject(identities: SealedIdentities, subject: UUID) -> None:
    await identities.keep(uuid4(), subject, LAN)
    assert await identities.find("phone", "+84 912-345-678") == [subject]
    assert await identities.find("name", "TRAN THI LAN (demo)") == [subject]
    assert await identities.find("name", "tran thi") == []
    assert await identities.find("phone", "0912 345 679") == []


async def test_keeping_again_replaces_but_never_for_another_subject(
    identities: SealedIdentities, subject: UUID, ring: KeyRing
) -> None:
    ref, other = uuid4(), uuid4()
    await ring.create_subject(other)
    await identities.keep(ref, subject, Identity(name="Lan"))
    await identities.keep(ref, subject, LAN)
    assert await identities.open(ref) == LAN
    with pytest.raises(IdentityTakenError):
        await identities.keep(ref, other, LAN)
    assert await identities.find("phone", LAN.phone) == [subject]


async def test_the_tables_hold_no_readable_name_or_number(
    identities: SealedIdentities, subject: UUID, database: FreshDatabase
) -> None:
    await identities.keep(uuid4(), subject, LAN)
    pool = await database.pool()
    rows = [*await pool.fetch("select * from submitter_identity"), *await pool.fetch("select * from blind_index")]
    assert len(rows) == 3
    stored = b"\0".join(value if isinstance(value, bytes) else str(value).encode() for row in rows for value in row)
    for sentinel in ("Lan", "Trần", "912", "example.org", "tran thi lan"):
        assert sentinel.encode() not in stored


async def test_after_erasure_nobody_is_found_or_opened_and_the_counts_stay_the_same(
    identities: SealedIdentities, subject: UUID, ring: KeyRing, database: FreshDatabase
) -> None:
    ref, other = uuid4(), uuid4()
    await ring.create_subject(other)
    await identities.keep(ref, subject, LAN)
    await identities.keep(uuid4(), other, Identity(phone=LAN.phone))
    await ring.destroy(subject)
    assert await identities.find("phone", LAN.phone) == [other]
    assert [await identities.erase(subject) for _ in range(3)] == [ErasedRows(1, 2)] * 3
    with pytest.raises(ErasedError):
        await identities.open(ref)
    with pytest.raises(ErasedError):
        await identities.keep(uuid4(), subject, LAN)
    left = await (await database.pool()).fetch("select subject from blind_index")
    assert [row["subject"] for row in left] == [other]


async def test_an_older_database_beside_todays_keys_forgets_again(
    identities: SealedIdentities, subject: UUID, ring: KeyRing
) -> None:
    ref, kept = uuid4(), uuid4()
    await ring.create_subject(kept)
    await identities.keep(ref, subject, LAN)
    await identities.keep(uuid4(), kept, Identity(name="Người khác (demo)"))
    await ring.destroy(subject)  # the rows are those of a backup from before the erasure
    with pytest.raises(ErasedError):
        await identities.open(ref)
    assert await identities.erase_again() == [subject]
    assert await identities.erase_again() == []
    assert await identities.find("name", "người khác (demo)") == [kept]
