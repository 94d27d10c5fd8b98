"""The library's synchronous recorder interfaces over our coroutines, on an event loop of their own thread.

The library lets a stream begin at any version; ours begin at 1. The bridge shifts the versions of each stream, and does
nothing else of its own: what is appended, numbered and read goes through the store's recorder and its sequencer.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import replace
from hashlib import sha256
from threading import Thread
from typing import Any, TypeVar, cast
from uuid import UUID, uuid4

from eventsourcing.persistence import (
    ApplicationRecorder,
    ListenNotifySubscription,
    Notification,
    ProcessRecorder,
    StoredEvent,
    Subscription,
    Tracking,
)

from adapters.postgres.connect import app_pool
from adapters.postgres.sequencer import Sequencer
from adapters.postgres.stored import Batch, StoredEventRecorder
from application.ports import Receipt
from tests.support.postgres import FreshDatabase

T = TypeVar("T")
_PLACES = """select log_index + 1 from log join event using (pos)
             where (stream_id, version) in (select * from unnest($1::uuid[], $2::int[])) order by log_index"""


class Bridge(ProcessRecorder):
    """A recorder with its sequencer at work. `close` ends both and the thread."""

    def __init__(self, database: FreshDatabase) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._base: dict[UUID, int] = {}
        self._subscriptions: list[_Subscription] = []
        self._call(self._open(database))

    def insert_events(
        self, stored_events: Sequence[StoredEvent], *, tracking: Tracking | None = None, **_: Any
    ) -> Sequence[int] | None:
        """Appends; answers the places, once the sequencer has given them."""
        rows = [self._shifted(event) for event in stored_events]
        first = (
            Receipt(cast("UUID", rows[0].originator_id), rows[-1].originator_version) if rows else Receipt(uuid4(), 0)
        )
        digests = [sha256(row.state).digest() for row in rows]
        self._call(self._recorder.insert_events(Batch(uuid4(), b"", first, rows, digests), tracking))
        self._sequencer_wake()
        return self._call(self._places(rows)) if rows else None

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """The rows of a stream."""
        stream_id = cast("UUID", originator_id)
        base = self._base.get(stream_id, 0)
        after, upto = (0 if gt is None else gt - base), (None if lte is None else lte - base)
        found = self._recorder.select_events(stream_id, gt=after, lte=upto, desc=desc, limit=limit)
        return [replace(row, originator_version=row.originator_version + base) for row in self._call(found)]

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> Sequence[Notification]:
        """The log."""
        first = (start or 0) + (0 if inclusive_of_start or start is None else 1)
        rows = self._call(self._recorder.select_notifications(first, limit, stop, topics))
        return [
            replace(r, originator_version=r.originator_version + self._base[cast("UUID", r.originator_id)])
            for r in rows
        ]

    def max_notification_id(self) -> int | None:
        """The end of the log."""
        return self._call(self._recorder.max_notification_id())

    def subscribe(self, gt: int | None = None, topics: Sequence[str] = ()) -> Subscription[ApplicationRecorder]:
        """The log as it grows."""
        self._subscriptions.append(_Subscription(self, gt, topics))
        return self._subscriptions[-1]

    def insert_tracking(self, tracking: Tracking) -> None:
        """Moves a cursor."""
        self._call(self._recorder.insert_tracking(tracking))

    def max_tracking_id(self, application_name: str) -> int | None:
        """Where a cursor stands."""
        return self._call(self._recorder.max_tracking_id(application_name))

    def close(self) -> None:
        """After the test."""
        self._call(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    async def _open(self, database: FreshDatabase) -> None:
        self._pool = await app_pool(database.database)
        self._recorder, self._sequencer = StoredEventRecorder(self._pool), Sequencer(self._pool)
        self._grown, self._stop = asyncio.Event(), asyncio.Event()
        self._sequencer.listen(self._tell)
        self._running = asyncio.create_task(self._sequencer.run(self._stop))

    async def _close(self) -> None:
        self._stop.set()
        await self._running
        await self._pool.close()

    async def _places(self, rows: Sequence[StoredEvent]) -> list[int]:
        wanted = [row.originator_id for row in rows], [row.originator_version for row in rows]
        while True:
            grown = self._grown
            places = await self._pool.fetch(_PLACES, *wanted)
            if len(places) == len(rows):
                return [place[0] for place in places]
            await grown.wait()

    def _tell(self, _log_index: int) -> None:
        grown, self._grown = self._grown, asyncio.Event()
        grown.set()
        for subscription in self._subscriptions:
            subscription.wake()

    def _sequencer_wake(self) -> None:
        self._loop.call_soon_threadsafe(self._sequencer.wake)

    def _shifted(self, event: StoredEvent) -> StoredEvent:
        base = self._base.setdefault(cast("UUID", event.originator_id), event.originator_version - 1)
        return replace(event, originator_version=event.originator_version - base)

    def _call(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(timeout=60)


class EventsOnly(Bridge):
    """As a recorder of aggregates, which answers no places."""

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> None:
        """Appends."""
        super().insert_events(stored_events)


class _Subscription(ListenNotifySubscription[ApplicationRecorder]):
    def wake(self) -> None:
        self._has_been_notified.set()
