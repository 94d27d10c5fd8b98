"""The `eventsourcing` library's ProjectionRunner on the case index: a row written for each event, as it is meant to be.

Fold, mapper and table are ours, so that what is compared is how facts are brought to rows. Row and tracking record are
written in one transaction.
"""

from __future__ import annotations

import contextlib
import time
from typing import Any
from uuid import UUID

import msgspec
from eventsourcing.application import Application
from eventsourcing.persistence import Mapper, Tracking
from eventsourcing.postgres import PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner

from adapters.postgres.connect import Database
from adapters.postgres.mapper import EnvelopeMapper
from adapters.postgres.tables import Table
from application.ports import Envelope, Recorded
from benchmarks.measure import Rate
from projections.base import OPEN
from projections.case_index import CaseIndex
from projections.feedback_index import FeedbackInIndex

INDEX = CaseIndex(FeedbackInIndex())
LISTENS = frozenset(INDEX.facts)
TABLE = Table(INDEX, "_library")
COLUMNS = tuple(column.field for column in INDEX.columns)
EVENTS = "facts_events"
TRACKING = "library_index_tracking"
COPY_EVENTS = f"""
insert into {EVENTS} (originator_id, originator_version, topic, state, notification_id)
select stream_id, version, topic, state, log_index + 1 from log join event using (pos)
"""
_SELECT = f"select doc from {TABLE.name} where key = %s and valid_to = {OPEN}"
_CLOSE = f"update {TABLE.name} set valid_to = %s where key = %s and valid_to = {OPEN}"
_INSERT = (
    f"insert into {TABLE.name} (key, valid_from, valid_to, doc, {', '.join(COLUMNS)})"
    f" values ({', '.join(['%s'] * (4 + len(COLUMNS)))})"
)
_decoder = msgspec.json.Decoder(INDEX.row)
_encoder = msgspec.json.Encoder(order="deterministic")


class Facts(Application[UUID]):
    """The events, as bytes that our own mapper wrote."""

    def construct_mapper(self) -> Mapper[UUID]:
        """Ours is one of theirs."""
        return EnvelopeMapper()


class IndexView(PostgresTrackingRecorder):
    """The table."""

    def take_in(self, recorded: Recorded, tracking: Tracking) -> None:
        """Row and position, or neither."""
        key = INDEX.key(recorded.fact, recorded) if type(recorded.fact) in LISTENS else None
        with self.datastore.transaction(commit=True) as cursor:
            if key is not None:
                self._fold(cursor, key, recorded)
            self._insert_tracking(cursor, tracking)

    @staticmethod
    def _fold(cursor: Any, key: UUID, recorded: Recorded) -> None:
        found = cursor.execute(_SELECT, (key,), prepare=True).fetchone()
        row = INDEX.fold(_decoder.decode(found["doc"]) if found else None, recorded.fact, recorded)
        doc = b"" if row is None else _encoder.encode(row)
        if found and found["doc"] == doc:
            return
        if found:
            cursor.execute(_CLOSE, (recorded.log_index, key), prepare=True)
        if row is not None:
            values = (_plain(getattr(row, name)) for name in COLUMNS)
            cursor.execute(_INSERT, (key, recorded.log_index, OPEN, doc, *values), prepare=True)


class IndexProjection(Projection[IndexView]):
    """One event at a time."""

    name = "library_index"

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        """The library knows no second clock: when it happened stands for when it was recorded."""
        fields = {name: getattr(domain_event, name) for name in Envelope.__struct_fields__}
        at = domain_event.occurred_at
        recorded = Recorded(**fields, log_index=tracking.notification_id - 1, recorded_at=at)
        self.view.take_in(recorded, tracking)


def make_tables(database: Database) -> None:
    """The library makes its table of events when an application begins."""
    Facts(env=surroundings(database)).close()


def feed(database: Database, seconds: float) -> Rate:
    """Brings events into the table, which must be empty, for so long or until there are no more."""
    with ProjectionRunner(
        application_class=Facts, projection_class=IndexProjection, view_class=IndexView, env=surroundings(database)
    ) as runner:
        began, last = time.perf_counter(), runner.app.recorder.max_notification_id()
        with contextlib.suppress(TimeoutError):
            runner.wait(last, timeout=seconds)
        taken, spent = runner.view.max_tracking_id(runner.app_name), time.perf_counter() - began
    return Rate(taken or 0, spent)


def surroundings(database: Database) -> dict[str, str]:
    """How the library is told where its database is."""
    dsn = database.owner
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": dsn["database"],
        "POSTGRES_HOST": str(dsn["host"]),
        "POSTGRES_PORT": "5432",
        "POSTGRES_USER": dsn["user"],
        "POSTGRES_PASSWORD": dsn["password"],
    }


def _plain(value: Any) -> Any:
    """The driver takes a tuple for a composite."""
    return list(value) if isinstance(value, tuple) else value
