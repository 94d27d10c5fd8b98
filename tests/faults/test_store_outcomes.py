"""Outcomes that nobody knows: said as such, and settled by asking again with the same id."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from adapters.postgres.recorder import PostgresEventStore
from application.ports import OutcomeUnknownError, Receipt, VersionConflictError
from tests.contract.notes import BODY, NoteTaken, envelope
from tests.faults.cutting_proxy import CuttingProxy
from tests.support.postgres import FreshDatabase

COMMANDS = 500


@pytest.fixture
async def unanswered_standby(database: FreshDatabase) -> AsyncIterator[Any]:
    """A superuser's connection; commits of pools that ask for it wait for a standby that never comes."""
    superuser = await asyncpg.connect(**database.superuser_dsn)
    await superuser.execute(f"alter database {database.name} set synchronous_commit = 'on'")
    await superuser.execute("set synchronous_commit = off")
    await superuser.execute("alter system set synchronous_standby_names = 'nobody'")
    await superuser.execute("select pg_reload_conf()")
    yield superuser
    await superuser.execute("alter system reset synchronous_standby_names")
    await superuser.execute("select pg_reload_conf()")
    await superuser.close()


async def waiting_append(store: PostgresEventStore, superuser: Any) -> tuple[asyncio.Task[Receipt], UUID, UUID, int]:
    """An append whose commit waits: its task, stream, command, and the server process."""
    waiting = """select pid from pg_stat_activity where datname = current_database() and wait_event = 'SyncRep'"""
    while True:  # until the new setting has reached the server's processes
        stream, command = uuid4(), uuid4()
        task = asyncio.create_task(store.append([envelope(stream, 1, command)], BODY))
        while not task.done():
            if pid := await superuser.fetchval(waiting):
                return task, stream, command, pid
            await asyncio.wait([task], timeout=0.01)


async def test_a_commit_whose_replication_is_not_confirmed_is_unknown_and_a_retry_settles_it(
    database: FreshDatabase, unanswered_standby: Any
) -> None:
    pool = await database.pool()
    store = PostgresEventStore(pool)
    task, stream, command, pid = await waiting_append(store, unanswered_standby)
    await unanswered_standby.execute("select pg_cancel_backend($1)", pid)
    with pytest.raises(OutcomeUnknownError):
        await task
    assert await store.append([envelope(stream, 1, command)], BODY) == Receipt(stream, 1)
    assert await pool.fetchval("select count(*) from event where stream_id = $1", stream) == 1


async def test_the_driver_alone_takes_an_unconfirmed_commit_for_a_success(
    database: FreshDatabase, unanswered_standby: Any
) -> None:
    """The control of the test above: without listening to warnings nobody would know."""
    pool = await database.pool()
    store = PostgresEventStore(pool)
    task, *_, pid = await waiting_append(store, unanswered_standby)
    plain = asyncio.create_task(pool.execute("insert into store_meta values ('a', 'b')"))
    second = "select pid from pg_stat_activity where wait_event = 'SyncRep' and pid <> $1"
    while not (other := await unanswered_standby.fetchval(second, pid)):
        await asyncio.wait([plain], timeout=0.01)
    for waiting in (pid, other):
        await unanswered_standby.execute("select pg_cancel_backend($1)", waiting)
    assert await plain == "INSERT 0 1"
    with pytest.raises(OutcomeUnknownError):
        await task


async def test_a_caller_who_is_cancelled_does_not_cancel_the_commit(
    database: FreshDatabase, unanswered_standby: Any
) -> None:
    pool = await database.pool()
    store = PostgresEventStore(pool)
    task, stream, command, _ = await waiting_append(store, unanswered_standby)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await unanswered_standby.execute("alter system reset synchronous_standby_names")
    await unanswered_standby.execute("select pg_reload_conf()")
    await store.drain()
    assert await store.receipt_of(command, BODY) == Receipt(stream, 1)


async def test_a_server_process_that_dies_under_an_append_is_unknown(
    database: FreshDatabase, unanswered_standby: Any
) -> None:
    pool = await database.pool()
    store = PostgresEventStore(pool)
    task, stream, command, pid = await waiting_append(store, unanswered_standby)
    await unanswered_standby.execute("select pg_terminate_backend($1)", pid)
    with pytest.raises(OutcomeUnknownError):
        await task
    assert await store.append([envelope(stream, 1, command)], BODY) == Receipt(stream, 1)


async def test_five_hundred_answers_cut_off_after_commit_are_settled_by_retries(
    database: FreshDatabase, tmp_path: Path
) -> None:
    host, port = database.app_dsn["host"], database.app_dsn.get("port", 5432)
    async with CuttingProxy(tmp_path, f"{host}/.s.PGSQL.{port}", NoteTaken.TOPIC.encode()) as proxy:
        dsn = {**database.app_dsn, "host": proxy.dsn_host, "port": 5432}
        async with asyncpg.create_pool(**dsn, min_size=0, max_size=10) as pool:
            store = PostgresEventStore(pool, width=8)
            ids = [(uuid4(), uuid4()) for _ in range(COMMANDS)]
            firsts = [store.append([envelope(stream, 1, command)], BODY) for stream, command in ids]
            outcomes = await asyncio.gather(*firsts, return_exceptions=True)
            assert {type(outcome) for outcome in outcomes} == {OutcomeUnknownError}
            proxy.cutting = False
            retries = [store.append([envelope(stream, 1, command)], BODY) for stream, command in ids]
            assert await asyncio.gather(*retries) == [Receipt(stream, 1) for stream, _ in ids]
            anew = [store.append([envelope(stream)], BODY) for stream, _ in ids]
            conflicts = await asyncio.gather(*anew, return_exceptions=True)
            await store.drain()
    assert proxy.cut == COMMANDS
    assert {type(conflict) for conflict in conflicts} == {VersionConflictError}, "the control, a new id, must conflict"
    assert await (await database.pool()).fetchval("select count(*) from event") == COMMANDS


async def test_a_server_that_cannot_be_reached_is_not_an_unknown_outcome(
    database: FreshDatabase, tmp_path: Path
) -> None:
    dsn = {**database.app_dsn, "host": str(tmp_path)}
    async with asyncpg.create_pool(**dsn, min_size=0, max_size=2) as pool:
        with pytest.raises(OSError, match="No such file"):
            await PostgresEventStore(pool).append([envelope(uuid4())], BODY)
