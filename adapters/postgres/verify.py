"""Recomputes what the store says of itself and names whatever differs. Reads one snapshot; writes nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from typing import Any, Literal
from uuid import UUID

import msgspec
from eventsourcing.persistence import MapperDeserialisationError, StoredEvent

from adapters.postgres.mapper import EnvelopeMapper

Kind = Literal[
    "digest-differs",
    "unreadable",
    "version-gap",
    "head-differs",
    "log-not-dense",
    "log-without-event",
    "event-without-log",
    "stamp-goes-back",
    "order-reversed",
    "answer-without-event",
    "guard-off",
]


class Finding(msgspec.Struct, frozen=True):
    """One thing that is not as it was recorded. Which of the places are known depends on what it is."""

    kind: Kind
    stream_id: UUID | None = None
    version: int | None = None
    log_index: int | None = None
    subject: str = ""
    """Anything else that names it: a topic, a trigger."""


_EVENTS = """select e.stream_id, e.version, e.topic, e.state, e.digest, l.log_index
             from event e left join log l using (pos) order by e.pos"""

# Each answers (stream_id, version, log_index, subject) of what is wrong.
_CHECKS: tuple[tuple[Kind, str], ...] = (
    (
        "version-gap",
        """select stream_id, min(version), null, '' from (
               select stream_id, version, row_number() over (partition by stream_id order by version) as due from event
           ) numbered where version <> due group by stream_id order by stream_id""",
    ),
    (
        "head-differs",
        """select coalesce(s.id, e.stream_id), s.version, null, '' from stream s
           full join (select stream_id, max(version) as version from event group by stream_id) e on e.stream_id = s.id
           where s.version is distinct from e.version order by 1""",
    ),
    (
        "log-not-dense",
        """select null::uuid, null, log_index, '' from (
               select log_index, row_number() over (order by log_index) - 1 as due from log
           ) numbered where log_index <> due order by log_index limit 1""",
    ),
    (
        "log-without-event",
        """select null::uuid, null, l.log_index, '' from log l
           where not exists (select from event e where e.pos = l.pos) order by l.log_index""",
    ),
    (
        "event-without-log",
        """select e.stream_id, e.version, null, '' from event e where
               (select count(*) from log l where l.pos = e.pos)
               + (select count(*) from event_pending p where p.pos = e.pos) <> 1
           order by e.pos""",
    ),
    (
        "stamp-goes-back",
        """select null::uuid, null, log_index, '' from (
               select log_index, recorded_at < lag(recorded_at) over (order by log_index) as back from log
           ) stamps where back order by log_index""",
    ),
    (
        "order-reversed",
        """select stream_id, version, log_index, '' from (
               select e.stream_id, e.version, l.log_index,
                      l.log_index < lag(l.log_index) over (partition by e.stream_id order by e.version) as back
               from log l join event e using (pos)
           ) places where back order by log_index""",
    ),
    (
        "answer-without-event",
        """select c.stream_id, c.version, null, c.id::text from command c
           where not exists (select from event e where e.stream_id = c.stream_id and e.version = c.version)
           order by c.id""",
    ),
    (
        "guard-off",
        """select null::uuid, null, null, name from unnest(
               array['event_stays', 'log_stays', 'command_stays', 'command_only_expires', 'stream_stays']) name
           where not exists (select from pg_trigger where tgname = name and tgenabled = 'A')""",
    ),
)


async def verify(
    pool: Any,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    mapper: EnvelopeMapper | None = None,
) -> list[Finding]:
    """Everything that differs, digests first; `progress` is told facts done and facts in all."""
    mapper = mapper or EnvelopeMapper()
    async with pool.acquire() as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        await connection.execute("set local transaction_timeout = 0")  # a long store takes its time
        total = await connection.fetchval("select count(*) from event")
        findings = [finding async for finding in _digests(connection, mapper, lambda done: progress(done, total))]
        for kind, query in _CHECKS:
            findings += [Finding(kind, *row) for row in await connection.fetch(query)]
    return findings


async def _digests(connection: Any, mapper: EnvelopeMapper, progress: Callable[[int], None]) -> AsyncIterator[Finding]:
    done = 0
    async for row in connection.cursor(_EVENTS, prefetch=2000):
        stored = StoredEvent(row["stream_id"], row["version"], row["topic"], row["state"])
        where = (row["stream_id"], row["version"], row["log_index"], row["topic"])
        try:
            if mapper.digest(stored) != row["digest"]:
                yield Finding("digest-differs", *where)
        except MapperDeserialisationError:
            yield Finding("unreadable", *where)
        done += 1
        if done % 2000 == 0:
            progress(done)
    progress(done)
