"""What was recorded stays: by right, by trigger, and where both are taken away, by digest."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from adapters.postgres.recorder import PostgresEventStore
from adapters.postgres.sequencer import Sequencer
from adapters.postgres.verify import Finding, verify
from application.ports import Receipt
from tests.contract.notes import BODY, NoteTaken, envelope, envelopes
from tests.support.postgres import FreshDatabase

CHANGES = {
    "event": ("update event set state = 'x'", "delete from event", "truncate event"),
    "log": ("update log set log_index = log_index + 1", "delete from log", "truncate log"),
    "command": ("update command set version = 1", "delete from command", "truncate command"),
    "stream": ("delete from stream", "truncate stream"),
}
STATEMENTS = [statement for statements in CHANGES.values() for statement in statements]


@pytest.fixture
async def pool(database: FreshDatabase) -> Any:
    """A store with three facts of one stream and one of another, all in the log."""
    pool = await database.pool()
    store = PostgresEventStore(pool)
    await store.append(envelopes(uuid4(), 1, 3), BODY)
    await store.append([envelope(uuid4())], BODY)
    await Sequencer(pool).tick()
    await store.drain()
    return pool


@pytest.fixture
async def superuser(database: FreshDatabase) -> Any:
    """Somebody whom no right keeps out."""
    connection = await asyncpg.connect(**database.superuser_dsn)
    yield connection
    await connection.close()


@pytest.mark.parametrize("statement", STATEMENTS)
async def test_the_app_has_no_right_to_change_what_was_recorded(pool: Any, statement: str) -> None:
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await pool.execute(statement)


@pytest.mark.parametrize("statement", STATEMENTS)
async def test_the_owner_is_refused_by_trigger(database: FreshDatabase, pool: Any, statement: str) -> None:
    owner = await database.owner_pool()
    with pytest.raises(asyncpg.PostgresError, match="what was recorded stays") as refused:
        await owner.execute(statement)
    assert refused.value.sqlstate == "HS403"


@pytest.mark.parametrize("statement", STATEMENTS)
async def test_replaying_as_a_replica_does_not_pass_the_triggers(pool: Any, superuser: Any, statement: str) -> None:
    await superuser.execute("set session_replication_role = replica")
    with pytest.raises(asyncpg.PostgresError, match="what was recorded stays"):
        await superuser.execute(statement)


async def test_only_fingerprints_older_than_thirty_days_are_forgotten(database: FreshDatabase, pool: Any) -> None:
    old, young, stream = uuid4(), uuid4(), uuid4()
    for command, days in ((old, 31), (young, 29)):
        at = datetime.now(UTC) - timedelta(days=days)
        await pool.execute("insert into command values ($1, $2, $3, 1, $4)", command, BODY, stream, at)
    owner = await database.owner_pool()
    with pytest.raises(asyncpg.PostgresError, match="what was recorded stays"):
        await owner.execute("update command set fingerprint = null where id = $1", young)
    with pytest.raises(asyncpg.PostgresError, match="what was recorded stays"):
        await owner.execute("update command set fingerprint = null, version = 2 where id = $1", old)
    assert await pool.fetchval("select expire_fingerprints()") == 1
    kept = await pool.fetchval(
        "select array_agg(id) from command where fingerprint is not null and stream_id = $1", stream
    )
    assert kept == [young]
    assert await PostgresEventStore(pool).receipt_of(old, b"whatever was asked") == Receipt(stream, 1)


async def test_an_untouched_store_has_nothing_that_differs(pool: Any) -> None:
    told: list[tuple[int, int]] = []
    assert await verify(pool, lambda done, total: told.append((done, total))) == []
    assert told[-1] == (4, 4)


async def test_a_changed_byte_is_named(pool: Any, superuser: Any) -> None:
    row = await superuser.fetchrow("select pos, stream_id, version, topic from event where version = 2")
    await superuser.execute("alter table event disable trigger event_stays")
    changed = """update event set state = convert_to(replace(convert_from(state, 'UTF8'), 'noted', 'noteD'), 'UTF8')
                 where pos = $1"""
    await superuser.execute(changed, row["pos"])
    assert await verify(pool) == [
        Finding("digest-differs", row["stream_id"], 2, 1, NoteTaken.TOPIC),
        Finding("guard-off", subject="event_stays"),
    ]
    await superuser.execute("update event set state = '\\x00' where pos = $1", row["pos"])
    assert (await verify(pool))[0] == Finding("unreadable", row["stream_id"], 2, 1, NoteTaken.TOPIC)


@pytest.mark.parametrize(
    ("tables", "damage", "named"),
    [
        ("event", "update event set topic = 'store_test.other.v1' where pos = 1", {"digest-differs"}),
        ("event", "update event set version = 9 where version = 3", {"digest-differs", "version-gap", "head-differs"}),
        ("event", "delete from event where pos = 2", {"version-gap", "log-without-event"}),
        ("stream", "delete from stream where version = 3", {"head-differs"}),
        ("log", "delete from log where log_index = 1", {"log-not-dense", "event-without-log"}),
        ("log", "update log set log_index = 10 - log_index", {"log-not-dense", "order-reversed"}),
        ("log", "update log set recorded_at = 'epoch' where log_index = 2", {"stamp-goes-back"}),
        (
            "event, stream, log",
            "delete from event where version = 1",
            {"version-gap", "head-differs", "log-without-event"},
        ),
    ],
)
async def test_whatever_else_was_touched_is_named(
    pool: Any, superuser: Any, tables: str, damage: str, named: set[str]
) -> None:
    for table in tables.split(", "):
        await superuser.execute(f"alter table {table} disable trigger user")
    await superuser.execute(damage)
    found = {finding.kind for finding in await verify(pool)}
    assert found - {"guard-off", "answer-without-event"} == named
    assert "guard-off" in found
