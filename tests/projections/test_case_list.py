"""Lists of cases on PostgreSQL: never more than today's right allows, of any moment, filtered, ordered, by pages."""

from __future__ import annotations

from datetime import date
from itertools import product
from random import Random
from typing import Any
from uuid import UUID

import pytest

from adapters.http.web.staff.worklist import WAITING, parts
from adapters.postgres.log import PostgresLog
from adapters.postgres.reader import PostgresReader
from adapters.postgres.runner import ProjectionRunner
from application.access import Actor, Role
from application.feedback_access import scope_of, sees_feedback
from application.identifiers import register_book_id
from application.ports import Envelope
from domain.feedback.feedback import FEEDBACK
from domain.feedback.state import Feedback
from domain.feedback.vocabulary import Stage
from domain.law.rules import ALMANAC
from domain.registers.events import CaseEntered
from domain.searching import search_key
from projections import case_list
from projections.case_index import CaseIndex, CaseRow
from projections.case_list import Filters, Order, case_of_number, count_by, count_each, list_cases, row_of
from projections.feedback_index import FeedbackInIndex
from tests.support import feedback_story as story
from tests.support.counting import envelopes, tell
from tests.support.feedback_record import appends
from tests.support.feedback_story import DOI_THONG, HUNG, MAI, NUI_XANH, OTHER_WARD, SON, VAN, WARD, someone
from tests.support.feedback_walk import SUPERIORS, TOWARDS, Step, wander
from tests.support.postgres import FreshDatabase
from tests.support.running import make_tables

CASES = 80
BOOK = register_book_id(DOI_THONG, "feedback", 2026)
POSTS: tuple[frozenset[Role], ...] = (
    *(frozenset({role}) for role in Role),
    frozenset({Role.INTAKE, Role.OFFICER}),
    frozenset({Role.OFFICER, Role.CHILD_CONTACT}),
    frozenset(),
)
ACTORS = [
    Actor(
        kind="official",
        id=person,
        authority_id=authority,
        roles=roles,
        areas=areas,
        audit_purpose_until=story.ha_noi("2026-12-31 00:00") if stated else None,
    )
    for person, authority, roles, areas, stated in product(
        (MAI, HUNG, VAN),
        (DOI_THONG, NUI_XANH),
        POSTS,
        (frozenset[UUID](), frozenset({WARD}), frozenset({OTHER_WARD, someone("a third ward")})),
        (True, False),
    )
    if stated or Role.AUDITOR in roles
]
ABOVE = [Actor(kind="official", id=SON, authority_id=superior, roles=frozenset({Role.HEAD})) for superior in SUPERIORS]
"""Heads of authorities to which some cases were referred, and which have none of their own."""
HEAD = Actor(kind="official", id=SON, authority_id=DOI_THONG, roles=frozenset({Role.HEAD}))


def walked(seed: int) -> list[Step]:
    """Every second case stops where it last stood at one of the stages, each in its turn."""
    if seed % 2 == 0:
        return wander(Random(seed).choice, seed % 30)
    wanted = list(Stage)[seed // 2 % len(Stage)]
    steps = wander(Random(seed).choice, 60, TOWARDS.get(wanted, ()))
    there = [number for number, step in enumerate(steps, start=1) if step.after.stage is wanted]
    return steps[: there[-1]] if there else steps


class Town:
    """Many cases in a real store, their lines in the index, and what the rules make of each."""

    def __init__(self, pool: Any) -> None:
        self.db = PostgresReader(pool)
        self.walks = {someone(f"case {seed}"): walked(seed) for seed in range(CASES)}
        self.order: list[Envelope] = []

    @property
    def states(self) -> dict[UUID, Feedback]:
        """As the rules see each case now."""
        return {case: steps[-1].after for case, steps in self.walks.items()}

    def states_at(self, log_index: int) -> dict[UUID, Feedback]:
        """As the rules saw those that were there at this place in the log."""
        facts: dict[UUID, list[Any]] = {}
        for envelope in self.order[: log_index + 1]:
            if envelope.originator_id != BOOK:
                facts.setdefault(envelope.originator_id, []).append(envelope.fact)
        states = {case: FEEDBACK.fold(told) for case, told in facts.items()}
        return {case: state for case, state in states.items() if state}

    def interleaved(self) -> list[list[Envelope]]:
        """The appends of all cases as they might come; every third case gets its number at once."""
        random, waiting = Random(7), {case: appends(case, steps) for case, steps in self.walks.items()}
        told: list[list[Envelope]] = []
        entered = 0
        while waiting:
            case = random.choice(list(waiting))
            first = waiting[case].pop(0)
            told.append(first)
            if first[0].originator_version == 1 and random.random() < 1 / 3:
                entry = CaseEntered(case_id=case, kind="feedback", authority_code="DOITHONG", year=2026)
                told.append(envelopes(BOOK, entered, entry))
                entered += 1
            if not waiting[case]:
                del waiting[case]
        self.order = [envelope for append in told for envelope in append]
        return told


@pytest.fixture
async def town(database: FreshDatabase) -> Town:
    models = [CaseIndex(FeedbackInIndex())]
    await make_tables(database, models)
    pool = await database.pool()
    town = Town(pool)
    await tell(pool, iter(town.interleaved()), per_tick=1)
    await ProjectionRunner(pool, PostgresLog(pool), models).catch_up()
    return town


async def seen_by(town: Town, actor: Actor, up_to: int | None = None) -> dict[UUID, CaseRow]:
    page = await list_cases(town.db, scope_of(actor), Filters(), up_to=up_to, limit=1000)
    assert page.total == len(page.rows)
    return {row.case_id: row for row in page.rows}


async def test_a_list_holds_exactly_what_its_reader_may_see_by_the_policies(town: Town) -> None:
    pairs = visible = 0
    for actor in (*ABOVE, *ACTORS):
        allowed = {case for case, state in town.states.items() if sees_feedback(actor, state)}
        assert set(await seen_by(town, actor)) == allowed
        assert allowed or actor not in ABOVE
        pairs, visible = pairs + len(town.states), visible + len(allowed)
    print(f"{pairs} pairs of actor and case, {visible} of them visible")
    assert {state.stage for state in town.states.values()} == set(Stage)
    assert pairs >= 500
    assert pairs * 0.05 < visible < pairs * 0.95


async def test_a_list_of_the_past_shows_that_moment_to_who_may_look_today(town: Town) -> None:
    random, differing = Random(3), 0
    today = town.states
    for up_to in random.sample(range(len(town.order)), 12):
        then = town.states_at(up_to)
        for actor in (*ABOVE, *random.sample(ACTORS, 25)):
            rows = await seen_by(town, actor, up_to)
            assert set(rows) == {case for case in then if sees_feedback(actor, today[case])}
            assert {case: row.status for case, row in rows.items()} == {case: then[case].stage for case in rows}
            differing += sum(row.status != today[case].stage for case, row in rows.items())
    print(f"{differing} lines differ from today's")
    assert differing > 100


async def test_a_case_restricted_later_gives_no_trace_at_an_earlier_moment(town: Town) -> None:
    officer = Actor(kind="official", id=someone("nobody"), authority_id=DOI_THONG, roles=frozenset({Role.OFFICER}))
    last = len(town.order) - 1
    earlier = [
        (case, up_to)
        for up_to in range(0, last, 10)
        for case, state in town.states_at(up_to).items()
        if sees_feedback(officer, state) and not sees_feedback(officer, town.states[case])
    ]
    assert earlier
    for case, up_to in earlier:
        assert case not in await seen_by(town, officer, up_to)
        assert sum((await count_by(town.db, scope_of(officer), Filters(), "status", up_to=up_to)).values()) == len(
            await seen_by(town, officer, up_to)
        )


@pytest.mark.parametrize("order", ["due", "received", "number"])
@pytest.mark.parametrize("up_to", [None, 300])
async def test_the_pages_of_a_list_put_together_are_the_list(town: Town, order: Order, up_to: int | None) -> None:
    whole = await list_cases(town.db, scope_of(HEAD), Filters(), order=order, up_to=up_to, limit=1000)
    rows: list[CaseRow] = []
    after: tuple[Any, ...] | None = None
    while True:
        page = await list_cases(town.db, scope_of(HEAD), Filters(), order=order, up_to=up_to, after=after, limit=7)
        rows += page.rows
        assert page.total == len(whole.rows)
        if page.next_after is None:
            break
        after = page.next_after
    assert rows == list(whole.rows)
    assert len(rows) > 7


def waits_urgently(row: CaseRow) -> bool:
    return (row.danger or row.sensitivity == "urgent") and row.due_on is not None


async def test_urgent_cases_stand_on_top_of_every_list(town: Town) -> None:
    rows = (await list_cases(town.db, scope_of(HEAD), Filters(), limit=1000)).rows
    places = [(not waits_urgently(row), row.due_on or date.max, row.case_id) for row in rows]
    assert any(row.danger and row.due_on is None for row in rows[1:]), "an urgent case that was answered is among them"
    assert places == sorted(places)
    newest = (await list_cases(town.db, scope_of(HEAD), Filters(), order="received", limit=1000)).rows
    days = [(waits_urgently(row), row.received_on) for row in newest]
    assert days == sorted(days, reverse=True)
    numbered = (await list_cases(town.db, scope_of(HEAD), Filters(), order="number", limit=1000)).rows
    numbers = [(not waits_urgently(row), row.number) for row in numbered]
    assert numbers == sorted(numbers)


async def test_each_filter_keeps_what_it_names(town: Town) -> None:
    rows = (await seen_by(town, HEAD)).values()
    wanted: list[tuple[Filters, Any]] = [
        (Filters(kind="feedback"), lambda row: row.kind == "feedback"),
        (Filters(kind="complaint"), lambda _: False),
        (Filters(statuses=(Stage.ANSWERED, Stage.CLOSED)), lambda row: row.status in {"answered", "closed"}),
        (Filters(categories=("tutoring",)), lambda row: row.category == "tutoring"),
        (Filters(waiting_for=("head", "sender")), lambda row: row.waiting_for in {"head", "sender"}),
        (Filters(area_id=WARD), lambda row: row.area_id == WARD),
        (Filters(place_id=story.SCHOOL), lambda row: row.place_id == story.SCHOOL),
        (Filters(holder_id=HUNG), lambda row: row.holder_id == HUNG),
        (Filters(due_before=date(2026, 9, 4)), lambda row: row.due_on and row.due_on < date(2026, 9, 4)),
        (Filters(due_from=date(2026, 9, 4)), lambda row: row.due_on and row.due_on >= date(2026, 9, 4)),
        (Filters(received_from=date(2026, 8, 21)), lambda row: row.received_on >= date(2026, 8, 21)),
        (Filters(received_to=date(2026, 8, 20)), lambda row: row.received_on <= date(2026, 8, 20)),
        (Filters(open_only=True), lambda row: not row.closed and not row.answered),
        (Filters(q_key=search_key("TIỀN máy chiếu")), lambda row: row.title != ""),
        (Filters(q_key="doithong-2026-000"), lambda row: "DOITHONG-2026-000" in row.number),
        (Filters(q_key="nothing", q_categories=("tutoring",)), lambda row: row.category == "tutoring"),
        (Filters(q_key="nothing", q_places=(story.SCHOOL,)), lambda row: row.place_id == story.SCHOOL),
        (Filters(q_key="%"), lambda _: True),
        (Filters(place_ids=(story.SCHOOL,)), lambda _: True),
        (Filters(place_ids=()), lambda _: False),
        (
            Filters(waits_for_person=HUNG, waits_for_roles=("head",)),
            lambda row: row.waiting_for == "head" or (row.waiting_for == "holder" and row.holder_id == HUNG),
        ),
        (Filters(q_key="may_chieu\\"), lambda _: False),
    ]
    for filters, keeps in wanted:
        found = await list_cases(town.db, scope_of(HEAD), filters, limit=1000)
        assert {row.case_id for row in found.rows} == {row.case_id for row in rows if keeps(row)}, filters
        assert found.total == len(found.rows)


async def test_counts_are_those_of_the_list(town: Town) -> None:
    rows = (await seen_by(town, HEAD)).values()
    by_status = await count_by(town.db, scope_of(HEAD), Filters(), "status")
    assert by_status == {word: sum(row.status == word for row in rows) for word in {row.status for row in rows}}
    waiting = await count_by(town.db, scope_of(HEAD), Filters(open_only=True), "waiting_for")
    assert sum(waiting.values()) == sum(not row.answered and not row.closed for row in rows)


async def test_whatever_is_work_stands_in_one_of_the_tabs_by_whom_it_waits_for(town: Town) -> None:
    words: set[str] = set()
    day = date(2026, 8, 24)
    for actor in (*ABOVE, *ACTORS):
        held = {}
        for part in parts(actor, day, ALMANAC.known_at(story.MONDAY)):
            page = await list_cases(town.db, scope_of(actor), part.filters, limit=1000)
            held[part.key] = [row.case_id for row in page.rows]
            words |= {row.waiting_for for row in page.rows} if part.key == "all" else set()
        for_a_head = {"release"} if Role.HEAD in actor.roles else set()
        assert set(held["release"]) <= set(held["mine"]) or not for_a_head
        waiting = [case for key in WAITING if key not in for_a_head for case in held[key]]
        assert sorted(waiting) == sorted(held["all"]), actor
    assert words == {"intake", "holder", "sender", "unit", "head", "second"}


async def test_several_lists_are_counted_at_once_and_alike_at_any_moment(town: Town) -> None:
    lists = (Filters(), Filters(open_only=True), Filters(waits_for_person=HUNG), Filters(q_key="may chieu"))
    for actor, up_to in product((HEAD, ACTORS[0]), (None, len(town.order) // 2)):
        pages = [await list_cases(town.db, scope_of(actor), filters, up_to=up_to, limit=1) for filters in lists]
        assert await count_each(town.db, scope_of(actor), lists, up_to=up_to) == tuple(page.total for page in pages)


async def test_a_longer_list_than_is_counted_is_only_said_to_be_longer(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = await list_cases(town.db, scope_of(HEAD), Filters(), limit=1000)
    found = await list_cases(town.db, scope_of(HEAD), Filters(q_key="may chieu"), limit=1000)
    assert (whole.total, whole.beyond) == (len(whole.rows), None)
    monkeypatch.setattr(case_list, "MOST_COUNTED", 9)
    monkeypatch.setattr(case_list, "MANY_FOUND", 4)
    for filters, most, all_of_them in ((Filters(), 9, whole), (Filters(q_key="may chieu"), 4, found)):
        for up_to in (None, len(town.order) - 1):
            page = await list_cases(town.db, scope_of(HEAD), filters, up_to=up_to, limit=1000)
            assert (page.total, page.beyond) == (most + 1, most)
            assert page.rows == all_of_them.rows


async def test_a_case_is_found_by_its_number_within_its_authority(town: Town) -> None:
    row = next(row for row in (await seen_by(town, HEAD)).values() if row.number)
    assert await case_of_number(town.db, DOI_THONG, f" {row.number.lower()} ") == row.case_id
    assert await case_of_number(town.db, NUI_XANH, row.number) is None


async def test_a_number_stays_when_the_case_goes_on(town: Town) -> None:
    entries = [envelope for envelope in town.order if isinstance(envelope.fact, CaseEntered)]
    for envelope in entries:
        assert isinstance(envelope.fact, CaseEntered)
        row = await row_of(town.db, envelope.fact.case_id)
        assert row is not None
        assert row.number == f"PA-DOITHONG-2026-{envelope.originator_version:04d}"
    assert entries


async def test_one_line_is_there_from_its_first_fact_on(town: Town) -> None:
    case, first = next(
        (e.originator_id, place)
        for place, e in enumerate(town.order)
        if place > 100 and e.originator_version == 1 and e.originator_id != BOOK
    )
    assert await row_of(town.db, case, up_to=first - 1) is None
    row = await row_of(town.db, case, up_to=first)
    assert row is not None
    assert (row.status, row.version) == ("submitted", 1)
    assert await row_of(town.db, someone("no case")) is None
