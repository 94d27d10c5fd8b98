"""Register, tab counts and figures of complaints at random instants equal a ledger kept from the raw facts."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID, uuid5

import pytest
from msgspec.structs import replace

from adapters.clock import SetClock
from adapters.http.web.staff.complaints import PARTS, SOON, part_of
from adapters.postgres.log import PostgresLog
from adapters.postgres.reader import PostgresReader
from adapters.postgres.recorder import PostgresEventStore
from adapters.postgres.runner import ProjectionRunner
from adapters.postgres.sequencer import Sequencer
from application.access import SYSTEM, Actor, Role
from application.complaint_access import scope_of
from application.identifiers import event_id_of
from application.ports import Envelope
from domain.calendar import legal_date
from domain.kernel import Fact
from projections.complaint_figures import ComplaintFigures, Span, complaint_figures
from projections.complaint_list import ComplaintFilters, all_complaints, count_each
from projections.complaints import ComplaintRow, Complaints
from tests.projections.complaint_ledger import Account, figures, tabs, working_days_after
from tests.support.complaint_story import HOA, SCHOOL, WARD, at, law, someone
from tests.support.complaint_walk import steps_of
from tests.support.postgres import FreshDatabase
from tests.support.running import make_tables

CASES, INSTANTS = 40, 50
RARE = (15, 34, 58, 66, 75, 78, 84, 111, 144, 205)
"""Walks with a refusal or a publication, which are rare; the others come as they come."""
PRINCIPAL = Actor(
    kind="official",
    id=HOA,
    authority_id=WARD,
    unit_id=SCHOOL,
    roles=frozenset({Role.PRINCIPAL}),
)
Entry = tuple[UUID, Any, datetime]
"""Case, fact, and when it was recorded."""


def seeds() -> list[int]:
    """Those, and the first others."""
    return [*RARE, *(seed for seed in range(CASES) if seed not in RARE)][:CASES]


def planned() -> list[tuple[date, UUID, list[Fact]]]:
    """Of every complaint each append, on the day it is recorded: some offices write down days later."""
    found = []
    for seed in seeds():
        late = timedelta(days=Random(seed).choice((0, 0, 0, 2, 9)))
        for day, facts in steps_of(Random(seed).choice, 60):
            found.append((day + late, someone(f"complaint {seed}"), facts))
    # Appends of one complaint keep their order; those of a day come as they come.
    return sorted(found, key=lambda one: one[0])


class Books:
    """What is in the store, and the same entries for the ledger."""

    def __init__(self, pool: Any) -> None:
        self.db, self.log = PostgresReader(pool), PostgresLog(pool)
        self.entries: list[Entry] = []

    def ledger(self, up_to: int) -> dict[UUID, Account]:
        """Folded anew from the first entry on."""
        books: dict[UUID, Account] = {}
        for case, fact, recorded_at in self.entries[: up_to + 1]:
            books.setdefault(case, Account()).enter(fact, legal_date(recorded_at))
        return books


@pytest.fixture
async def books(database: FreshDatabase) -> Books:
    models = [Complaints()]
    await make_tables(database, models)
    pool = await database.pool()
    clock, versions, kept = SetClock(at(date(2026, 3, 1))), Counter[UUID](), Books(pool)
    store, sequencer = PostgresEventStore(pool), Sequencer(pool, clock=clock)
    for number, (day, case, facts) in enumerate(planned()):
        clock.move_to(at(day))
        command = uuid5(case, f"command/{number}")
        await store.append(list(_envelopes(case, versions[case], command, at(day), facts)), b"told")
        versions[case] += len(facts)
        await sequencer.tick()
    for recorded in await kept.log.after(-1, 100_000):
        kept.entries.append((recorded.originator_id, recorded.fact, recorded.recorded_at))
    await ProjectionRunner(pool, kept.log, models).catch_up()
    return kept


def _envelopes(case: UUID, version: int, command: UUID, moment: datetime, facts: list[Fact]) -> list[Envelope]:
    return [
        Envelope(
            originator_id=case,
            originator_version=version + n,
            fact=fact,
            event_id=event_id_of(command, case, n),
            occurred_at=moment,
            actor_kind="official",
            actor_id=HOA,
            post_id=None,
            unit_id=None,
            authority_id=None,
            command_id=command,
            blinding=bytes(32),
        )
        for n, fact in enumerate(facts, start=1)
    ]


def instants(books: Books) -> list[datetime]:
    """Half of them anywhere between the first and the last entry, half within days in which much was entered."""
    first, last, random = books.entries[0][2], books.entries[-1][2], Random(4)
    anywhere = [first + (last - first) * random.random() for _ in range(INSTANTS // 2)]
    busy = [random.choice(books.entries)[2] + timedelta(hours=random.randrange(24)) for _ in range(INSTANTS // 2)]
    return [*anywhere, *(min(one, last) for one in busy)]


async def lines(books: Books, up_to: int, actor: Actor = SYSTEM) -> list[ComplaintRow]:
    return await all_complaints(books.db, scope_of(actor), ComplaintFilters(), up_to=up_to)


async def test_the_register_of_any_instant_is_that_of_the_ledger(books: Books) -> None:
    stages, over = Counter[str](), 0
    for instant in instants(books):
        up_to = (await books.log.mark_at(instant)).log_index
        expected = {case: (one.stage, one.due_on, one.outcome, one.open) for case, one in books.ledger(up_to).items()}
        rows = await lines(books, up_to)
        assert {row.case_id: (row.stage, row.due_on, row.outcome, not row.over) for row in rows} == expected
        stages.update(stage for stage, _, _, _ in expected.values())
        over += sum(not is_open for _, _, _, is_open in expected.values())
    print(dict(stages), over)
    assert len(stages) >= 15
    assert over


async def test_the_tabs_of_any_instant_count_what_the_ledger_counts(books: Books) -> None:
    calendar, seen = law(date(2026, 12, 1)).calendar, Counter[str]()
    now = books.ledger(len(books.entries))
    mine = {case for case, one in now.items() if one.opened.resolver_id == SCHOOL and HOA not in one.involved}
    scope = scope_of(PRINCIPAL)
    for instant in instants(books):
        up_to, day = (await books.log.mark_at(instant)).log_index, legal_date(instant)
        parts = [replace(ComplaintFilters(), **part_of(part, scope, day, calendar)) for part in PARTS]
        counted = dict(zip(PARTS, await count_each(books.db, scope, parts, up_to=up_to), strict=True))
        held = [one for case, one in books.ledger(up_to).items() if case in mine]
        soon = working_days_after(day, SOON, set(calendar.days_off))
        assert counted == tabs(held, day, soon, HOA, SCHOOL)
        seen.update(counted)  # adds the counts up
    print(dict(seen))
    assert all(seen[part] for part in PARTS)


def told(found: ComplaintFigures) -> dict[str, Any]:
    """In the words of the ledger."""
    plain = {name: getattr(found, name) for name in found.__struct_fields__ if name not in ("span", "day")}
    return plain | {
        "on_time": {duty: (one.done, one.happened, one.recorded) for duty, one in found.on_time.items()},
        "skipping": {unit: (one.received, one.at_authority) for unit, one in found.skipping.items()},
    }


async def test_the_figures_of_any_instant_and_period_are_those_of_the_ledger(books: Books) -> None:
    random, sums = Random(9), Counter[str]()
    clocks = 0
    for instant in instants(books):
        up_to, today = (await books.log.mark_at(instant)).log_index, legal_date(instant)
        first = today - timedelta(days=random.randrange(150))
        last = first + timedelta(days=random.randrange(200))
        found = told(complaint_figures(await lines(books, up_to), Span(first, last), today))
        assert found == figures(books.ledger(up_to).values(), first, last, today)
        sums.update({name: value for name, value in found.items() if isinstance(value, int)})
        clocks += sum(happened != recorded for _, happened, recorded in found["on_time"].values())
    print(dict(sums), clocks)
    assert all(sums.values()), "every figure was there to be compared"
    assert clocks, "the two clocks differ somewhere"
    assert books.entries[0][2] < datetime(2026, 6, 1, tzinfo=UTC) < books.entries[-1][2]
