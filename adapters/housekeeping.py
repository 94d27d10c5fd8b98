"""What is cleared away once a day: what is over, what may no longer be told apart, and files that no fact names."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any, get_args, get_type_hints

import asyncpg
import msgspec
import structlog

from adapters.http.near_texts import NearTexts
from adapters.http.sessions import Sessions
from adapters.http.throttle import Throttle
from adapters.postgres.consumers import PASSING
from adapters.postgres.listening import woken
from adapters.postgres.mapper import EnvelopeMapper
from adapters.vault.files import FileVault
from domain.kernel import Fact

EVERY = timedelta(days=1)
FILES_WAIT = timedelta(days=1)
"""A file is durable before the fact that names it; after a day nobody is about to append that fact any more."""
FIRST_LOOK_S, LOOK_S = 60.0, 3600.0
BATCH = 2_000
_META_KEY = "cleared-away-at"

_CLAIM = """
insert into store_meta as m (key, value) values ($1, $2)
on conflict (key) do update set value = excluded.value where m.value < $3 returning 1
"""
_FACTS = "select pos, topic, state from event where pos > $1 and topic = any($2) order by pos limit $3"
_log = structlog.get_logger("hoso")


class Cleared(msgspec.Struct, frozen=True):
    """How many of each."""

    sessions: int
    throttles: int
    fingerprints: int
    files: int
    near_texts: int = 0


class Housekeeping:
    """`run` in every process that works: whoever comes first on a day does that day's work. `once` does it at once."""

    def __init__(
        self,
        pool: Any,
        sessions: Sessions,
        throttle: Throttle,
        files: FileVault,
        near_texts: NearTexts | None = None,
        *,
        first_look_s: float = FIRST_LOOK_S,
    ) -> None:
        self._pool, self._sessions, self._throttle, self._files = pool, sessions, throttle, files
        self._near_texts = near_texts
        self._mapper = EnvelopeMapper()
        self._first_look_s = first_look_s

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop`. What a database that is away leaves undone is done the next day."""
        wait_s = self._first_look_s
        while not await woken(stop, wait_s):
            wait_s = LOOK_S
            try:
                if await self.claim(datetime.now(UTC)):
                    _log.info("cleared away", **msgspec.structs.asdict(await self.once()))
            except (*PASSING, asyncpg.PostgresError) as error:
                _log.warning("clearing away interrupted", error=type(error).__name__)

    async def once(self, now: datetime | None = None) -> Cleared:
        """`now` is the time of the machine, by which files have their age."""
        older_than = (now or datetime.now(UTC)) - FILES_WAIT
        return Cleared(
            sessions=await self._sessions.clear(),
            throttles=await self._throttle.clear(),
            fingerprints=await self._pool.fetchval("select expire_fingerprints()"),
            files=await self._files.sweep(await self._named_files(), older_than),
            near_texts=await self._near_texts.clear() if self._near_texts else 0,
        )

    async def claim(self, now: datetime) -> bool:
        """Whether this day's work is ours: of all processes that ask, one gets it."""
        claimed = await self._pool.fetchval(_CLAIM, _META_KEY, now.isoformat(), (now - EVERY).isoformat())
        return bool(claimed)

    async def _named_files(self) -> set[str]:
        """The addresses that stand in facts, the pending ones included."""
        topics, found, last = topics_with_files(), set[str](), 0
        while rows := await self._pool.fetch(_FACTS, last, topics, BATCH):
            for row in rows:
                found.update(addresses_in(self._mapper.fact(row["topic"], row["state"])))
            last = rows[-1]["pos"]
        return found


def topics_with_files() -> list[str]:
    """Of every fact, of whatever kind of case, that names a stored file somewhere."""
    return sorted(kind.TOPIC for kind in _kinds(Fact) if "TOPIC" in vars(kind) and _names_files(kind))


def addresses_in(value: object) -> Iterator[str]:
    """The addresses of all files that a fact names."""
    if isinstance(value, tuple | list | frozenset | set):
        for item in value:
            yield from addresses_in(item)
    elif isinstance(value, msgspec.Struct):
        if _is_file(type(value)):
            yield value.address  # type: ignore[attr-defined]
        for field in value.__struct_fields__:
            yield from addresses_in(getattr(value, field))


def _kinds(kind: type[Fact]) -> Iterator[type[Fact]]:
    for below in kind.__subclasses__():
        yield below
        yield from _kinds(below)


def _is_file(kind: type) -> bool:
    return {"address", "media_type"} <= set(getattr(kind, "__struct_fields__", ()))


def _names_files(hint: Any) -> bool:
    if isinstance(hint, type) and issubclass(hint, msgspec.Struct):
        return _is_file(hint) or any(_names_files(inner) for inner in get_type_hints(hint).values())
    return any(_names_files(inner) for inner in get_args(hint))
