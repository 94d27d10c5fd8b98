"""Lists of complaints on PostgreSQL hold exactly what the policy lets their reader see, now and at any moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from random import Random
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from adapters.postgres.log import PostgresLog
from adapters.postgres.reader import PostgresReader
from adapters.postgres.runner import ProjectionRunner
from application.access import ANYONE, SYSTEM, Actor, Role
from application.complaint_access import scope_of, sees_complaint
from application.ports import Envelope
from domain.complaints.complaint import COMPLAINT
from domain.complaints.deciding_events import SecondComplaintLodged
from domain.complaints.events import ComplaintReceived
from domain.complaints.state import Complaint
from domain.kernel import Fact
from domain.people.roles import ALONE, UNIT
from projections.complaint_list import ComplaintFilters, all_complaints, count_each, list_complaints
from projections.complaints import ComplaintRow, Complaints
from tests.support import complaint_story as story
from tests.support.complaint_story import HOA, MAI, NGA, SCHOOL, SON, THU, WARD, someone
from tests.support.complaint_walk import facts_of
from tests.support.counting import envelopes, tell
from tests.support.postgres import FreshDatabase
from tests.support.running import make_tables

CASES, MOMENTS = 90, 10
OTHER_WARD, OTHER_SCHOOL = someone("other ward"), someone("other school")
BODIES: tuple[tuple[UUID, UUID, UUID], ...] = (
    (WARD, SCHOOL, SCHOOL),
    (WARD, WARD, SCHOOL),
    (WARD, WARD, WARD),
    (WARD, OTHER_SCHOOL, OTHER_SCHOOL),
    (WARD, OTHER_WARD, SCHOOL),
    (OTHER_WARD, OTHER_WARD, OTHER_WARD),
    (WARD, WARD, OTHER_WARD),
)
"""The authority of the unit, where it was taken in, where it is resolved."""
PEOPLE = (MAI, THU, HOA, SON, NGA)
STATED = story.at(story.RECEIVED)


def posts() -> Iterator[frozenset[Role]]:
    """Every set of roles that a post may have, up to three of an authority."""
    yield from (frozenset({role}) for role in ALONE - UNIT)
    for group in (UNIT, frozenset(Role) - ALONE):
        for most in (1, 2, 3):
            yield from map(frozenset, combinations(sorted(group), most))


def actors() -> Iterator[Actor]:
    """Of every post, here and there; auditors with a purpose and without."""
    for who, roles, ward, helps in product(PEOPLE, posts(), (WARD, OTHER_WARD), (False, True)):
        school = (SCHOOL if ward == WARD else OTHER_SCHOOL) if roles & UNIT else None
        for purpose in (None, STATED) if Role.AUDITOR in roles else (None,):
            yield Actor(
                kind="official",
                id=who,
                authority_id=ward,
                unit_id=school,
                roles=roles,
                audit_purpose_until=purpose,
                stands_in_for=frozenset({THU}) if helps else frozenset(),
            )


ACTORS = [
    *actors(),
    SYSTEM,
    Actor(kind="citizen", id=ANYONE),
    Actor(kind="official", id=MAI, authority_id=WARD),
    Actor(kind="official", id=SON, roles=frozenset({Role.HEAD})),
]


class Told:
    """Many complaints in a real store, their lines in the list, and what the rules make of each."""

    def __init__(self, db: PostgresReader) -> None:
        self.db = db
        self.facts = {someone(f"complaint {number}"): told(number) for number in range(CASES)}
        self.order: list[Envelope] = []

    def interleaved(self) -> Iterator[list[Envelope]]:
        """One fact after another, of all cases as they might come."""
        random, waiting = Random(5), {case: list(enumerate(facts)) for case, facts in self.facts.items() if facts}
        while waiting:
            case = random.choice(list(waiting))
            number, fact = waiting[case].pop(0)
            append = envelopes(case, number, fact)
            self.order += append
            yield append
            if not waiting[case]:
                del waiting[case]

    def states(self, up_to: int | None = None) -> dict[UUID, Complaint]:
        """As the rules see those that are there at this place in the log."""
        facts: dict[UUID, list[Any]] = {}
        for envelope in self.order if up_to is None else self.order[: up_to + 1]:
            facts.setdefault(envelope.originator_id, []).append(envelope.fact)
        states = {case: COMPLAINT.fold(found) for case, found in facts.items()}
        return {case: state for case, state in states.items() if state}


def told(number: int) -> list[Fact]:
    """A walk through one complaint, in the hands of these or those bodies."""
    random = Random(number)
    facts: list[Fact] = facts_of(random.choice, 4 + number % 40)
    first, *rest = facts
    assert isinstance(first, ComplaintReceived)
    authority, receiver, resolver = BODIES[number % len(BODIES)]
    opened = replace(first, authority_id=authority, received_by_id=receiver, resolver_id=resolver)
    went_on = SecondComplaintLodged(second_id=someone(f"second {number}"), lodged_on=story.ACCEPTED)
    return [opened, *rest, *([went_on] if number % 4 == 0 else [])]


@pytest.fixture
async def town(database: FreshDatabase) -> Told:
    models = [Complaints()]
    await make_tables(database, models)
    pool = await database.pool()
    found = Told(PostgresReader(pool))
    await tell(pool, found.interleaved(), per_tick=1)
    await ProjectionRunner(pool, PostgresLog(pool), models).catch_up()
    return found


async def seen_by(town: Told, actor: Actor, up_to: int | None = None) -> dict[UUID, ComplaintRow]:
    rows = await all_complaints(town.db, scope_of(actor), ComplaintFilters(), up_to=up_to)
    return {row.case_id: row for row in rows}


async def test_a_list_holds_exactly_what_its_reader_may_see_by_the_policy(town: Told) -> None:
    states, pairs, visible = town.states(), 0, 0
    for actor in ACTORS:
        allowed = {case for case, state in states.items() if sees_complaint(actor, state)}
        assert set(await seen_by(town, actor)) == allowed, actor
        pairs, visible = pairs + len(states), visible + len(allowed)
    print(f"{len(ACTORS)} actors, {pairs} pairs of actor and complaint, {visible} of them visible")
    assert any(state.involved for state in states.values())
    assert any(state.second_id for state in states.values())
    assert {len(state.verifiers) for state in states.values()} >= {0, 1}
    assert pairs * 0.05 < visible < pairs * 0.95


async def test_a_list_of_the_past_shows_that_moment_to_who_may_look_today(town: Told) -> None:
    random, today = Random(3), town.states()
    differing = lost = gained = 0
    for up_to in random.sample(range(len(town.order)), MOMENTS):
        then = town.states(up_to)
        for actor in random.sample(ACTORS, 40):
            rows = await seen_by(town, actor, up_to)
            assert set(rows) == {case for case in then if sees_complaint(actor, today[case])}, (actor, up_to)
            assert {case: row.state for case, row in rows.items()} == {case: then[case] for case in rows}
            differing += sum(row.state != today[case] for case, row in rows.items())
            once = {case for case, state in then.items() if sees_complaint(actor, state)}
            lost, gained = lost + len(once - set(rows)), gained + len(set(rows) - once)
    print(f"{differing} lines differ from today's; {lost} could be seen only then, {gained} only now")
    assert min(differing, lost, gained) > 0


async def test_counts_and_pages_hold_the_same_as_the_whole_list(town: Told) -> None:
    for actor in Random(1).sample(ACTORS, 30):
        for up_to in (None, len(town.order) // 2):
            whole = set(await seen_by(town, actor, up_to))
            (count,) = await count_each(town.db, scope_of(actor), [ComplaintFilters()], up_to=up_to)
            assert count == len(whole)
            assert await paged(town, actor, up_to) == sorted(whole)


async def paged(town: Told, actor: Actor, up_to: int | None) -> Sequence[UUID]:
    """Every id by pages of seven, by day of receipt."""
    found, after = list[UUID](), None
    while True:
        page = await list_complaints(
            town.db, scope_of(actor), ComplaintFilters(), up_to=up_to, order="received", after=after, limit=7
        )
        found += [row.case_id for row in page.rows]
        after = page.next_after
        if after is None:
            assert page.total == len(found)
            return sorted(found)
