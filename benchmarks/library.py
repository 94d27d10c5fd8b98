"""The `eventsourcing` library's own PostgreSQL recorder, as its documentation sets it up."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from uuid import UUID

from eventsourcing.persistence import StoredEvent
from eventsourcing.postgres import PostgresApplicationRecorder, PostgresDatastore

from adapters.postgres.connect import Database
from benchmarks.measure import Rate

Places = Iterator[tuple[UUID, int]]


@contextmanager
def datastore(database: Database, connections: int) -> Iterator[PostgresDatastore]:
    """As the owner: the library makes its own tables."""
    dsn = database.owner
    store = PostgresDatastore(
        dsn["database"], dsn["host"], 5432, dsn["user"], dsn["password"], pool_size=connections, max_overflow=2
    )
    try:
        yield store
    finally:
        store.close()


@contextmanager
def recorder(database: Database, writers: int) -> Iterator[PostgresApplicationRecorder]:
    """With a table of its own and a connection for each writer."""
    with datastore(database, writers) as store:
        made = PostgresApplicationRecorder(store, events_table_name="library_events")
        made.create_table()
        yield made


def append(
    recorder: PostgresApplicationRecorder, places: list[Places], seconds: float, topic: str, state: bytes
) -> Rate:
    """A thread for each of `places`; every append is one event, already encoded."""
    began = time.perf_counter()
    ends = began + seconds

    def write(where: Places) -> int:
        done = 0
        for stream_id, version in where:
            if time.perf_counter() >= ends:
                break
            recorder.insert_events([StoredEvent(stream_id, version, topic, state)])
            done += 1
        return done

    with ThreadPoolExecutor(len(places)) as threads:
        counts = list(threads.map(write, places))
    return Rate(sum(counts), time.perf_counter() - began)
