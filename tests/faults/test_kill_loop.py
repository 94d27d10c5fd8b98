"""Sixteen people at work while the worker is killed every few seconds: nothing is lost, doubled or out of order.

`make faults` runs it for a minute; in `make test` it takes a few seconds (HOSO_KILL_SECONDS).
"""

from __future__ import annotations

import asyncio
import os
import signal
from collections import Counter, defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4

import msgspec

from adapters.bootstrap import READ_MODELS, World, open_world
from adapters.clock import SetClock
from adapters.postgres.log import PostgresLog
from adapters.postgres.verify import verify
from adapters.settings import Settings
from application.access import Actor
from application.alerts import alerts_id
from application.feedback_intake import Submission
from application.people import account_id_of, actor_of
from application.ports import PlaceInfo, Receipt
from domain.alerts.events import TermAlertRaised, UrgentCaseReported, UrgentEscalated
from domain.alerts.stages import reached, starts_behind, watched
from domain.calendar import legal_date
from domain.feedback.feedback import FEEDBACK
from domain.people.account import ACCOUNT
from tests.contract.notes import envelopes
from tests.faults.store_bench import put
from tests.support.alert_worker import QUIET, started, worked
from tests.support.office import asked
from tests.support.postgres import FreshDatabase
from tests.support.running import rebuilt
from tests.support.world import CITIZEN, SCHOOL, open_town

SECONDS = float(os.environ.get("HOSO_KILL_SECONDS", "6"))
WRITERS, ROLLED_BACK = 16, 0.1
MONDAY = datetime(2026, 3, 2, 2, tzinfo=UTC)
"""Monday 02/03/2026, 09:00 in Hà Nội."""
LAST = MONDAY + timedelta(days=5)
"""By then what nobody classified is overdue, and half of each answer has run."""


class Work(msgspec.Struct):
    """What was acknowledged to whom, and what was taken back."""

    told: dict[UUID, int] = msgspec.field(default_factory=lambda: defaultdict(int))
    """Stream → the last version that somebody was promised."""
    cases: list[UUID] = []
    danger: set[UUID] = msgspec.field(default_factory=set)
    rolled_back: set[UUID] = msgspec.field(default_factory=set)
    kills: int = 0

    def promised(self, receipt: Receipt) -> UUID:
        """The case of an answer that said yes."""
        self.told[receipt.case_id] = max(self.told[receipt.case_id], receipt.version)
        return receipt.case_id


async def test_a_worker_killed_every_few_seconds_under_sixteen_writers_and_rollbacks(
    database: FreshDatabase, tmp_path: Path
) -> None:
    async with open_town(database, tmp_path, now=MONDAY) as town:
        place = await town.place(SCHOOL)
        await town.settle()
    work, over = Work(), asyncio.Event()
    async with (
        open_world(Settings(data_dir=tmp_path), database.database, clock=SetClock(MONDAY)) as world,
        asyncio.TaskGroup() as tasks,
    ):
        mai = await _official(world, "mai")
        for seed in range(WRITERS):
            tasks.create_task(_write(world, mai, place, Random(seed), work, over))
        tasks.create_task(_kill_for_a_while(database, tmp_path, work, over))
    assert await worked(database, tmp_path, MONDAY) == 0
    for _ in range(max(2, work.kills // 2)):  # every term runs out at once, and nobody lets the worker finish
        await _kill_once(database, tmp_path, LAST, work)
    assert await worked(database, tmp_path, LAST) == 0
    facts = await _everything_is_there_once_and_in_order(database, work)
    await _each_alert_is_raised_once(database, work)
    results = await rebuilt(database, READ_MODELS)
    assert [one.name for one in results if not one.equal] == []
    print(
        f"\n{SECONDS:.0f} s, {WRITERS} writers: {facts} facts, {len(work.cases)} cases,"
        f" {len(work.rolled_back)} rolled back, {work.kills} kills, {len(results)} read models equal to their rebuild"
    )
    assert work.kills >= max(2, SECONDS // 8)


async def _official(world: World, username: str) -> Actor:
    seen = await world.store.load(ACCOUNT, account_id_of(username))
    assert seen is not None
    found = actor_of(account_id_of(username), seen.state, world.clock.now())
    assert found is not None
    return found


async def _write(world: World, mai: Actor, place: PlaceInfo, dice: Random, work: Work, over: asyncio.Event) -> None:
    while not over.is_set():
        if dice.random() < ROLLED_BACK:
            await _roll_back(world, dice, work)
            continue
        danger = dice.random() < 0.1
        what = Submission(text="Nhà trường thu tiền máy chiếu (demo).", danger=danger)
        sent = await world.feedback.submit(CITIZEN, asked(), place, what)
        case_id = work.promised(sent.receipt)
        work.cases.append(case_id)
        if danger:
            work.danger.add(case_id)
        await asyncio.sleep(dice.random())
        work.promised(await world.feedback.acknowledge(mai, asked(), case_id))
        for _ in range(dice.randrange(3)):
            work.promised(await world.feedback.add_note(mai, asked(), case_id, "Đã gọi nhà trường (demo)"))


async def _roll_back(world: World, dice: Random, work: Work) -> None:
    """An append that is written, stands open for a moment, and never was."""
    stream = uuid4()
    work.rolled_back.add(stream)
    async with world.pool.acquire() as connection:
        transaction = connection.transaction()
        await transaction.start()
        await put(connection, *envelopes(stream, 1, dice.choice((1, 1, 30))))
        await asyncio.sleep(dice.random() / 10)
        await transaction.rollback()


async def _kill_for_a_while(database: FreshDatabase, folder: Path, work: Work, over: asyncio.Event) -> None:
    until = asyncio.get_running_loop().time() + SECONDS
    while asyncio.get_running_loop().time() < until:
        await _kill_once(database, folder, MONDAY, work)
    over.set()


async def _kill_once(database: FreshDatabase, folder: Path, day: datetime, work: Work) -> None:
    """Sequencer, read models, reactions and alerts in one process, killed a moment after it began to number facts."""
    log = PostgresLog(await database.pool())
    before = (await log.head()).log_index
    process = await started(database, folder, day)
    while (await log.head()).log_index == before and process.returncode is None:  # noqa: ASYNC110 - another process adds
        await asyncio.sleep(0.01)
    await asyncio.sleep(Random(work.kills).uniform(0, 2))
    if process.returncode is None:
        process.kill()
    out, _ = await process.communicate()
    if QUIET not in out:
        assert process.returncode == -signal.SIGKILL
        work.kills += 1


async def _everything_is_there_once_and_in_order(database: FreshDatabase, work: Work) -> int:
    pool = await database.pool()
    assert await verify(pool) == []
    waiting, facts, numbered, first, last = await pool.fetchrow(
        "select (select count(*) from event_pending), (select count(*) from event), count(*), min(log_index),"
        " max(log_index) from log"
    )
    assert (waiting, numbered, last - first + 1) == (0, facts, facts), "exactly one number for each, without a gap"
    reversed_ones = await pool.fetchval(
        "select count(*) from (select log_index, lag(log_index) over (partition by stream_id order by version)"
        " as before from event join log using (pos)) x where before > log_index"
    )
    assert reversed_ones == 0
    heads = {row["id"]: row["version"] for row in await pool.fetch("select id, version from stream")}
    assert [one for one, version in work.told.items() if heads.get(one, 0) < version] == [], (
        "what was promised is there"
    )
    assert work.rolled_back.isdisjoint(heads)
    assert work.rolled_back
    return int(facts)


async def _each_alert_is_raised_once(database: FreshDatabase, work: Work) -> None:
    log = PostgresLog(await database.pool())
    told: dict[UUID, list[Any]] = defaultdict(list)
    for one in await log.of_streams([alerts_id(case_id) for case_id in work.cases]):
        fact: Any = one.fact
        told[fact.case_id].append(fact)
    histories: dict[UUID, list[Any]] = defaultdict(list)
    for one in await log.of_streams(work.cases):
        histories[one.originator_id].append(one.fact)
    for case_id in work.cases:
        state = FEEDBACK.fold(histories[case_id])
        assert state is not None
        raised = Counter(
            (fact.purpose, fact.stage, fact.overdue_days) for fact in told[case_id] if isinstance(fact, TermAlertRaised)
        )
        expected = {
            (term.purpose, one.stage, one.overdue_days)
            for term in state.terms
            if watched(term)
            for one in reached(term, starts_behind(term, legal_date(MONDAY)), legal_date(LAST))
        }
        assert set(raised.values()) <= {1}
        assert expected <= set(raised), case_id
        urgent = sum(isinstance(fact, UrgentCaseReported) for fact in told[case_id])
        assert urgent == (case_id in work.danger)
        numbers = [fact.number for fact in told[case_id] if isinstance(fact, UrgentEscalated)]
        assert sorted(numbers) == list(range(1, len(numbers) + 1))
