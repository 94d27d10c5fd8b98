"""One authority with very many cases: legal histories, moved over three years, loaded past the desks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4

import msgspec
from msgspec.structs import replace

from adapters.bootstrap import World, open_world
from adapters.postgres.connect import Database, owner_connection
from adapters.settings import Settings
from application.access import SYSTEM, Role
from application.authorities import authority_id_of
from application.identifiers import register_book_id, seeded_id
from application.people import NewPost, account_id_of
from application.places import NewPlace
from application.ports import Envelope, Request
from benchmarks.histories import appended
from domain.authorities.levels import Level
from domain.feedback.categories import CATEGORIES
from domain.feedback.events import FeedbackClassified, FeedbackSubmitted
from domain.feedback.vocabulary import Channel
from domain.kernel import Fact, Sealed
from domain.registers.events import CaseEntered
from domain.schools.vocabulary import PlaceKind, SchoolLevel
from tests.support import feedback_story, feedback_walk

CODE, USER, PASSWORD = "do-toc-do", "truong-phong", "Chim hót trên đồi 27"
AUTHORITY = authority_id_of(CODE)
AREAS, SCHOOLS, WEEKS, WALKS, STEPS, TOGETHER = 8, 120, 150, 60, 14, 200
SINCE, YEAR = date(2020, 1, 1), 2026
SUBJECT = seeded_id("subject/bench")
TITLES = (
    "Thu tiền máy chiếu",
    "Bàn ghế hỏng",
    "Bữa ăn trưa nguội",
    "Cổng trường ùn tắc",
    "Nước uống có mùi",
    "Đổi giờ tan học",
)
RARE = "Mái hiên dột"
"""The title of one case in five hundred."""


class Case(msgspec.Struct, frozen=True):
    """What happened to one case, with the moments at which it did."""

    facts: tuple[Fact, ...]
    at: tuple[datetime, ...]


async def found(database: Database, folder: Path) -> None:
    """The authority, its wards and schools, and its head."""
    async with open_world(Settings(data_dir=folder), database, new_keys=True) as world:
        ask = partial(Request, fingerprint=b"")
        await world.authorities.establish(
            SYSTEM, ask(uuid4()), code=CODE, name="Cơ quan để đo (demo)", level=Level.COMMUNE,
            province="demo", valid_from=SINCE, superior_id=None, demo=True,
        )  # fmt: skip
        for number in range(AREAS):
            ward = NewPlace(
                id=area(number), kind=PlaceKind.WARD, name=f"Khu số {number} (demo)", source="demo", demo=True
            )
            await world.registry.register(SYSTEM, ask(uuid4()), ward)
        for number in range(SCHOOLS):
            await world.registry.register(SYSTEM, ask(uuid4()), _school(number))
        post = NewPost(
            title="Trưởng phòng (demo)",
            roles=frozenset({Role.HEAD}),
            authority_id=AUTHORITY,
            from_day=SINCE,
            id=uuid4(),
        )
        await world.people.open_account(
            SYSTEM, ask(uuid4()), username=USER, display_name="Người đo (demo)", password=PASSWORD, post=post
        )
        await world.vault.create_subject(SUBJECT)
        await world.settle()


async def load(database: Database, folder: Path, have: int, until: int) -> None:
    """Cases number `have` to `until`, in the log and in every read model; the reactions are left out."""
    async with open_world(Settings(data_dir=folder), database) as world:
        told, random = _histories(world), Random(have)  # noqa: S311 - the same cases each time
        for first in range(have, until, TOGETHER):
            cases = [(uuid4(), _placed(random, random.choice(told))) for _ in range(min(TOGETHER, until - first))]
            for batch in _turns(cases, first):
                await world.store.append(batch, b"")
            while await world.sequencer.tick():
                pass
        await world.store.drain()
        await world.projections.catch_up()
    owner = await owner_connection(database)
    await owner.execute("vacuum analyze")
    await owner.close()


def _histories(world: World) -> list[Case]:
    """Walks through the rules, each moved back by whole weeks, their texts sealed by the key of one subject."""
    found: list[Case] = []
    random = Random(7)  # noqa: S311
    for number in range(WALKS):
        steps = feedback_walk.wander(random.choice, STEPS + number % 6, to_the_end=number % 12 != 0)
        moments = [step.command.happened_at() for step in steps for _ in step.facts]
        for weeks in range(number % 5, WEEKS, 5):
            moved = _Moved(world, timedelta(weeks=weeks))
            found.append(Case(tuple(map(moved, feedback_walk.facts_of(steps))), tuple(map(moved, moments))))
    return found


class _Moved:
    """The same value some weeks earlier, in our authority, with texts that can be opened."""

    def __init__(self, world: World, back: timedelta) -> None:
        self._world, self._back = world, back
        self._ids = {feedback_story.SUBJECT: SUBJECT, feedback_story.SON: account_id_of(USER)}
        self._ids |= dict.fromkeys((feedback_story.DOI_THONG, feedback_story.NUI_XANH), AUTHORITY)

    def __call__(self, value: Any) -> Any:
        match value:
            case Sealed():
                return self._world.vault.seal(SUBJECT, value.context, "Nội dung để đo, không có thật (demo).")
            case UUID():
                return self._ids.get(value, value)
            case date() | datetime():
                return value - self._back
            case tuple():
                return tuple(map(self, value))
            case msgspec.Struct():
                return replace(value, **{name: self(getattr(value, name)) for name in value.__struct_fields__})
        return value


def _placed(random: Random, case: Case) -> Case:
    """About one of the schools, by any channel, with its own title and category."""
    school = random.randrange(SCHOOLS)
    title = RARE if random.random() < 1 / 500 else random.choice(TITLES)
    category, channel = random.choice(list(CATEGORIES)), random.choice(list(Channel))

    def changed(fact: Fact) -> Fact:
        match fact:
            case FeedbackSubmitted():
                return replace(fact, place_id=_place(school), area_id=area(school % AREAS), channel=channel)
            case FeedbackClassified():
                return replace(fact, title=title, category=category, sub_category="")
        return fact

    return replace(case, facts=tuple(map(changed, case.facts)))


def _turns(cases: Sequence[tuple[UUID, Case]], entered: int) -> list[list[Envelope]]:
    """All openings with their register entries, then one fact of each case after the other."""
    batches = []
    for n in range(max(len(case.facts) for _, case in cases)):
        command_id = uuid4()
        on = [(key, case) for key, case in cases if len(case.facts) > n]
        batches.append([appended(key, n + 1, case.facts[n], command_id, case.at[n], AUTHORITY) for key, case in on])
        if n == 0:
            batches.append(_entries(cases, entered))
    return batches


def _entries(cases: Sequence[tuple[UUID, Case]], entered: int) -> list[Envelope]:
    book, command_id = register_book_id(AUTHORITY, "feedback", YEAR), uuid4()
    return [
        appended(
            book,
            entered + place,
            CaseEntered(case_id=key, kind="feedback", authority_code=CODE, year=YEAR),
            command_id,
            case.at[0],
            AUTHORITY,
        )
        for place, (key, case) in enumerate(cases, start=1)
    ]


def area(number: int) -> UUID:
    """The id of a ward."""
    return seeded_id(f"place/bench/area-{number}")


def _place(number: int) -> UUID:
    return seeded_id(f"place/bench/school-{number}")


def _school(number: int) -> NewPlace:
    return NewPlace(
        id=_place(number), kind=PlaceKind.SCHOOL, name=f"Trường số {number} (demo)", source="demo", demo=True,
        level=SchoolLevel.PRIMARY, area_id=area(number % AREAS), authority_id=AUTHORITY, poster=True,
    )  # fmt: skip
