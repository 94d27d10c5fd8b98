"""Figure 1: one fact appended, sealed into its envelope, with command id, head, digest and its place in the log."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from uuid import UUID, uuid4

from adapters.postgres.connect import Database, app_pool
from adapters.postgres.mapper import EnvelopeMapper
from adapters.postgres.recorder import PostgresEventStore
from adapters.postgres.sequencer import Sequencer
from application.ports import Envelope
from benchmarks import library, pgbench
from benchmarks.figures import Figure, Skipped
from benchmarks.ground import Ground
from benchmarks.measure import Cpu, Rate, Watch, median
from domain.feedback.events import InternalNoteAdded
from domain.kernel import Sealed

WRITERS = 16
FACTS_OF_A_STREAM = 10
"""Each writer begins a new stream after so many: a case has about as many facts."""
SECONDS, ROUNDS, WARM_UP_S = 3.0, 5, 1.0
AIM_PGBENCH, AIM_LIBRARY = 0.6, 6.0
FINGERPRINT = secrets.token_bytes(32)
_SUBJECT = uuid4()
NOTE = InternalNoteAdded(
    note=Sealed(
        _SUBJECT,
        uuid4(),
        f"{InternalNoteAdded.TOPIC}:note",
        secrets.token_bytes(12),
        secrets.token_bytes(200),
        secrets.token_bytes(32),
    )
)
"""A fact as the case kinds have them: a sealed text of about two lines."""


def envelope(stream_id: UUID, version: int) -> Envelope:
    """What the executor makes of the fact."""
    command_id = uuid4()
    return Envelope(
        originator_id=stream_id,
        originator_version=version,
        fact=NOTE,
        event_id=uuid4(),
        occurred_at=datetime.now(UTC),
        actor_kind="official",
        actor_id=_SUBJECT,
        post_id=_SUBJECT,
        unit_id=None,
        authority_id=_SUBJECT,
        command_id=command_id,
        correlation_id=command_id,
        blinding=secrets.token_bytes(32),
    )


def places() -> Iterator[tuple[UUID, int]]:
    """Where one writer puts its facts."""
    while True:
        stream_id = uuid4()
        yield from ((stream_id, version) for version in range(1, FACTS_OF_A_STREAM + 1))


@asynccontextmanager
async def working_store(database: Database) -> AsyncIterator[PostgresEventStore]:
    """The store with its sequencer at work in this process."""
    async with await app_pool(database) as pool:
        sequencer, stop = Sequencer(pool), asyncio.Event()
        store = PostgresEventStore(pool, appended=sequencer.wake)
        running = asyncio.create_task(sequencer.run(stop))
        try:
            yield store
        finally:
            await store.drain()
            stop.set()
            await running


async def ours(store: PostgresEventStore, seconds: float) -> Rate:
    """Sixteen writers in this process."""
    began = time.perf_counter()
    ends = began + seconds

    async def write() -> int:
        done = 0
        for stream_id, version in places():
            if time.perf_counter() >= ends:
                break
            await store.append([envelope(stream_id, version)], FINGERPRINT)
            done += 1
        return done

    counts = await asyncio.gather(*(write() for _ in range(WRITERS)))
    return Rate(sum(counts), time.perf_counter() - began)


async def figures(ground: Ground, seconds: float = SECONDS, rounds: int = ROUNDS) -> list[Figure | Skipped]:
    """Interleaved rounds on three databases of one server; the ratios are taken round by round."""
    own, peer, theirs = [await ground.fresh(f"append_{name}") for name in ("hoso", "pgbench", "library")]
    topic, state = stored()
    bench = pgbench.Bench(peer, pgbench.script(topic, state, FACTS_OF_A_STREAM)) if pgbench.program() else None
    tries: list[tuple[float, float, float]] = []
    with library.recorder(theirs, WRITERS) as recorder:
        async with working_store(own) as store:
            watch = Watch({"PostgreSQL": ground.server_pid}, own="hoso")
            await ours(store, WARM_UP_S)
            for _ in range(rounds):
                with watch:
                    mine = await ours(store, seconds)
                at_most = await asyncio.to_thread(bench.run, WRITERS, seconds) if bench else 0.0
                where = [places() for _ in range(WRITERS)]
                other = await asyncio.to_thread(library.append, recorder, where, seconds, topic, state)
                tries.append((mine.per_second, at_most, other.per_second))
    return list(_lines(tries, watch.cpu, compared=bench is not None))


def stored() -> tuple[str, bytes]:
    """Topic and bytes of the fact, as the peers get them: made once, for nothing."""
    row = EnvelopeMapper().to_stored_event(envelope(_SUBJECT, 1))
    return row.topic, row.state


def _lines(tries: list[tuple[float, float, float]], cpu: Cpu, *, compared: bool) -> Iterator[Figure | Skipped]:
    name, value = "append of one fact, 16 writers", median(mine for mine, _, _ in tries)
    if compared:
        ratios = tuple(mine / peer for mine, peer, _ in tries)
        yield Figure(
            name=name,
            value=value,
            unit="facts/s",
            peer_name="pgbench, same SQL",
            peer=median(peer for _, peer, _ in tries),
            ratio=median(ratios),
            aim=AIM_PGBENCH,
            limit=cpu.words("hoso"),
            others=cpu.others,
            rounds=ratios,
        )
    else:
        yield Skipped(name, pgbench.MISSING)
    ratios = tuple(mine / other for mine, _, other in tries)
    yield Figure(
        name=name,
        value=value,
        unit="facts/s",
        peer_name="eventsourcing's PostgreSQL recorder",
        peer=median(other for _, _, other in tries),
        ratio=median(ratios),
        aim=AIM_LIBRARY,
        limit=cpu.words("hoso"),
        others=cpu.others,
        rounds=ratios,
    )
