"""Lists by the clock "happened" on PostgreSQL: as if every case were folded anew, at any moment and by pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from adapters.clock import SetClock
from adapters.http.happened import Retelling
from adapters.postgres.log import PostgresLog
from adapters.postgres.reader import PostgresReader
from adapters.postgres.recorder import PostgresEventStore
from adapters.postgres.runner import ProjectionRunner
from adapters.postgres.sequencer import Sequencer
from application.access import Actor, Role
from application.feedback_access import scope_of, sees_feedback
from application.identifiers import register_book_id
from application.ports import Envelope, Recorded
from application.screening import screening_stream_of
from domain.feedback.feedback import FEEDBACK
from domain.feedback.state import Feedback
from domain.registers.events import CaseEntered
from domain.screening.events import SubmissionHeld, SubmissionLetIn
from domain.screening.vocabulary import Sign
from projections.case_index import CaseIndex, CaseRow
from projections.case_list import Filters, Order, Retold, count_by, count_each, list_cases
from projections.case_retold import cases_apart
from projections.feedback_index import FeedbackInIndex
from tests.support.counting import envelopes
from tests.support.feedback_record import appends
from tests.support.feedback_story import DOI_THONG, HUNG, MAI, SON, WARD, someone
from tests.support.feedback_walk import wander
from tests.support.postgres import FreshDatabase
from tests.support.running import make_tables

CASES, MOMENTS = 60, 60
BEGIN = datetime(2026, 8, 24, 1, tzinfo=UTC)
BOOK = register_book_id(DOI_THONG, "feedback", 2026)
INDEX = CaseIndex(FeedbackInIndex())
ACTORS = [
    Actor(kind="official", id=person, authority_id=DOI_THONG, roles=roles, areas=areas)
    for person, roles, areas in (
        (SON, frozenset({Role.HEAD}), frozenset[UUID]()),
        (HUNG, frozenset({Role.OFFICER}), frozenset({WARD})),
        (MAI, frozenset({Role.INTAKE}), frozenset[UUID]()),
        (someone("a child contact"), frozenset({Role.CHILD_CONTACT}), frozenset[UUID]()),
    )
]
HEAD = ACTORS[0]
LISTS = (
    Filters(),
    Filters(open_only=True),
    Filters(held=False),
    Filters(statuses=("answered", "in-handling")),
    Filters(q_key="may chieu"),
    Filters(waits_for_person=HUNG, waits_for_roles=("head",)),
)


class Annals:
    """Cases, of which every second has facts that were recorded late, in another order, or by a clock that is ahead."""

    def __init__(self, pool: Any, seed: int) -> None:
        self.random, self.clock = Random(seed), SetClock(BEGIN)
        self.db, self.log = PostgresReader(pool), PostgresLog(pool, clock=self.clock)
        self._pool, self._store, self._sequencer = pool, PostgresEventStore(pool), Sequencer(pool, self.clock)
        self.facts: list[Recorded] = []
        self.entered = 0

    async def write(self) -> None:
        """Appends of all cases in turn, each recorded by itself."""
        opened: dict[UUID, datetime] = {}
        waiting = {case: self._of(case) for case in (someone(f"case {seed}") for seed in range(CASES))}
        while waiting:
            case = self.random.choice(list(waiting))
            append = next(waiting[case], None)
            if append is None:
                del waiting[case]
                continue
            # The register enters a case after its first fact was recorded, and says so.
            at = opened[case] if append[0].originator_id == BOOK else self._happened(case)
            await self._store.append([replace(one, occurred_at=at) for one in append], b"told")
            self.clock.advance(timedelta(seconds=self.random.choice((0.01, 0.01, 0.5, 0.5, 20, 20, 900))))
            await self._sequencer.tick()
            opened.setdefault(case, self.clock.now())
            if self.random.random() < 0.2:
                self.clock.advance(timedelta(hours=self.random.randrange(8)))
        await ProjectionRunner(self._pool, self.log, [INDEX]).catch_up()
        self.facts = await self.log.after(-1, 100_000)

    def _happened(self, case: UUID) -> datetime:
        late, now = self.random.random(), self.clock.now()
        if case.int % 2:
            return now
        if late < 0.05:
            return now - timedelta(hours=self.random.randrange(1, 60))
        if late < 0.1:
            return now - timedelta(seconds=self.random.randrange(100))
        return now + timedelta(seconds=self.random.choice((0, 0, 0, 0, 0, 0, 0, 0, 30, 90)))

    def _of(self, case: UUID) -> Iterator[list[Envelope]]:
        steps = wander(Random(str(case)).choice, self.random.randrange(2, 25))
        for number, append in enumerate(appends(case, steps)):
            yield append
            if number == 0 and self.random.random() < 0.5:
                entry = CaseEntered(case_id=case, kind="feedback", authority_code="DOITHONG", year=2026)
                self.entered += 1
                yield envelopes(BOOK, self.entered - 1, entry)
            if number == 0 and self.random.random() < 0.3:
                yield envelopes(screening_stream_of(case), 0, SubmissionHeld(case_id=case, signs=(Sign.TOO_QUICK,)))
                yield envelopes(screening_stream_of(case), 1, SubmissionLetIn(case_id=case))

    @property
    def today(self) -> dict[UUID, Feedback]:
        """As the rules see each case now."""
        told: dict[UUID, list[Any]] = {}
        for one in self.facts:
            told.setdefault(one.originator_id, []).append(one.fact)
        cases = {someone(f"case {seed}") for seed in range(CASES)}
        states = {case: FEEDBACK.fold(facts) for case, facts in told.items() if case in cases}
        return {case: state for case, state in states.items() if state}

    def lines_at(self, at: datetime, up_to: int) -> dict[UUID, CaseRow]:
        """Every case folded anew from what had happened; it has its number from the first fact on.

        Nobody is waited for since a later day than the one that is looked at.
        """
        rows: dict[UUID, CaseRow | None] = {}
        known = [one for one in self.facts if one.log_index <= up_to]
        for one in sorted(known, key=lambda one: (one.occurred_at, one.log_index)):
            case = INDEX.key(one.fact, one)
            if case and one.occurred_at <= at and not isinstance(one.fact, CaseEntered):
                before, after = rows.get(case), INDEX.fold(rows.get(case), one.fact, one)
                moved = after is not None and (before is None or after.waiting_since != before.waiting_since)
                late = moved and one.recorded_at > at
                rows[case] = replace(after, waiting_since=one.occurred_at) if late and after else after
        for one in known:
            if isinstance(one.fact, CaseEntered) and (row := rows.get(one.fact.case_id)):
                rows[one.fact.case_id] = INDEX.fold(row, one.fact, one)
        return {case: row for case, row in rows.items() if row}

    def moments(self) -> list[datetime]:
        """Anywhere, between the two clocks of some facts, and just before, at and after the very moments of others."""
        first, last = self.facts[0].recorded_at, self.facts[-1].recorded_at
        some = [first + (last - first) * self.random.random() for _ in range(MOMENTS // 3)]
        for one in self.random.sample(self.facts, MOMENTS // 3):
            exact = self.random.choice((one.occurred_at, one.recorded_at))
            some += [exact, exact + timedelta(microseconds=self.random.choice((-1, 1)))]
        ahead = [one for one in self.facts if one.occurred_at > one.recorded_at]
        behind = [one for one in self.facts if one.occurred_at < one.recorded_at]
        few = [*self.random.sample(ahead, MOMENTS // 6), *self.random.sample(behind, MOMENTS // 6)]
        return [*some, *(one.recorded_at + (one.occurred_at - one.recorded_at) / 2 for one in few)]


@pytest.fixture(params=[1, 2])
async def annals(database: FreshDatabase, request: pytest.FixtureRequest) -> Annals:
    await make_tables(database, [INDEX])
    found = Annals(await database.pool(), request.param)
    await found.write()
    return found


def bare(row: CaseRow) -> CaseRow:
    """Without what only says where to look for differences."""
    return replace(row, happened_to=None, apart_from=None, apart_until=None)


async def walk(db: PostgresReader, actor: Actor, known: int, retold: Retold, order: Order) -> list[CaseRow]:
    """The list, put together from small pages."""
    rows: list[CaseRow] = []
    after: tuple[Any, ...] | None = None
    while True:
        page = await list_cases(
            db, scope_of(actor), Filters(), up_to=known, order=order, after=after, limit=7, retold=retold
        )
        rows += page.rows
        after = page.next_after
        if after is None:
            assert page.total == len(rows)
            return rows


async def test_the_list_of_any_moment_is_that_of_all_cases_folded_anew(annals: Annals) -> None:
    retelling, today, head = Retelling(annals.db, annals.log, INDEX), annals.today, annals.facts[-1].log_index
    apart = different = lines = 0
    for at in annals.moments():
        # Also as it was known some time after the moment, as later pages of a list are.
        up_to = annals.random.choice((head, head, annals.random.randrange(head)))
        expected = annals.lines_at(at, up_to)
        for actor in ACTORS:
            known, retold = await retelling.at(scope_of(actor), at, up_to)
            wanted = {case: bare(row) for case, row in expected.items() if sees_feedback(actor, today[case])}
            page = await list_cases(annals.db, scope_of(actor), Filters(), up_to=known, limit=1000, retold=retold)
            assert {row.case_id: bare(row) for row in page.rows} == wanted, (at, up_to)
            if actor is HEAD:
                before = await list_cases(annals.db, scope_of(actor), Filters(), up_to=known, limit=1000)
                knew = {row.case_id: bare(row) for row in before.rows}
                different += sum(knew.get(case) != wanted.get(case) for case in {*knew, *wanted})
                apart, lines = apart + len(retold.cases), lines + len(wanted)
    print(f"{lines} lines, {apart} told anew, {different} of them other than what was known")
    assert different > MOMENTS
    assert apart < lines * 3 / 4, "cases whose clocks agree are read as they stand"


@pytest.mark.parametrize("order", ["due", "received", "number"])
async def test_pages_hold_each_line_once_and_in_the_order_of_the_list(annals: Annals, order: Order) -> None:
    retelling, head = Retelling(annals.db, annals.log, INDEX), annals.facts[-1].log_index
    mixed = 0
    for at in annals.moments()[::6]:
        known, retold = await retelling.at(scope_of(HEAD), at, head)
        rows = await walk(annals.db, HEAD, known, retold, order)
        assert [row.case_id for row in rows] == sorted(
            (row.case_id for row in rows), key=lambda case: place({r.case_id: r for r in rows}[case], order)
        )
        whole = await list_cases(
            annals.db, scope_of(HEAD), Filters(), up_to=known, order=order, limit=1000, retold=retold
        )
        assert rows == list(whole.rows)
        told = [row.case_id in retold.rows for row in rows]
        mixed += sum(one != other for one, other in pairwise(told))
    assert mixed > 20, "told anew and as known stand among each other"


def place(row: CaseRow, order: Order) -> tuple[Any, ...]:
    """Where a line belongs: urgent ones first, in each order."""
    match order:
        case "due":
            return (not row.first, row.due_on or date.max, row.case_id)
        case "received":
            return (not row.first, -row.received_on.toordinal(), -row.case_id.int)
        case "number":
            return (not row.first, row.number, row.case_id)


async def test_filters_and_counts_are_those_of_the_lines_told_anew(annals: Annals) -> None:
    retelling, today, head = Retelling(annals.db, annals.log, INDEX), annals.today, annals.facts[-1].log_index
    keeps: tuple[Any, ...] = (
        lambda _: True,
        lambda row: not row.closed and not row.answered,
        lambda row: not row.held,
        lambda row: row.status in {"answered", "in-handling"},
        lambda row: "may chieu" in row.title_key,
        lambda row: row.waiting_for == "head" or (row.waiting_for == "holder" and row.holder_id == HUNG),
    )
    for at in annals.moments()[::4]:
        known, retold = await retelling.at(scope_of(HEAD), at, head)
        rows = [row for case, row in annals.lines_at(at, head).items() if sees_feedback(HEAD, today[case])]
        wanted = tuple(sum(map(keep, rows)) for keep in keeps)
        assert await count_each(annals.db, scope_of(HEAD), LISTS, up_to=known, retold=retold) == wanted
        for filters, count in zip(LISTS, wanted, strict=True):
            page = await list_cases(annals.db, scope_of(HEAD), filters, up_to=known, limit=1000, retold=retold)
            assert (page.total, len(page.rows)) == (count, count)
            assert await count_each(annals.db, scope_of(HEAD), [filters], up_to=known, retold=retold) == (count,)
        words = await count_by(annals.db, scope_of(HEAD), Filters(), "status", up_to=known, retold=retold)
        assert words == {word: sum(row.status == word for row in rows) for word in {row.status for row in rows}}


async def test_only_cases_that_one_may_see_are_folded_anew(annals: Annals) -> None:
    elsewhere = Actor(kind="official", id=SON, authority_id=someone("elsewhere"), roles=frozenset({Role.HEAD}))
    moments = annals.moments()
    assert any([await cases_apart(annals.db, scope_of(HEAD), at) for at in moments])
    assert not any([await cases_apart(annals.db, scope_of(elsewhere), at) for at in moments])
