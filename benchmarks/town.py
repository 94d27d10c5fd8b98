"""One authority with very many cases: its wards, schools and head, and where its ids come from."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

from adapters.bootstrap import open_world
from adapters.clock import SetClock
from adapters.postgres.connect import Database
from adapters.settings import Settings
from application.access import SYSTEM, Role
from application.authorities import authority_id_of
from application.identifiers import seeded_id
from application.people import NewPost
from application.places import NewPlace
from application.ports import Request
from domain.authorities.levels import Level
from domain.schools.vocabulary import PlaceKind, SchoolLevel

CODE, USER, PASSWORD = "do-toc-do", "truong-phong", "Chim hót trên đồi 27"
AUTHORITY = authority_id_of(CODE)
AREAS, SCHOOLS = 8, 120
SINCE = date(2020, 1, 1)
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


async def found(database: Database, folder: Path) -> None:
    """The authority, its wards and schools, and its head: long before its first case."""
    clock = SetClock(datetime(SINCE.year, SINCE.month, SINCE.day, tzinfo=UTC))
    async with open_world(Settings(data_dir=folder), database, clock=clock, new_keys=True) as world:
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


def area(number: int) -> UUID:
    """The id of a ward."""
    return seeded_id(f"place/bench/area-{number}")


def place(number: int) -> UUID:
    """The id of a school."""
    return seeded_id(f"place/bench/school-{number}")


def _school(number: int) -> NewPlace:
    return NewPlace(
        id=place(number), kind=PlaceKind.SCHOOL, name=f"Trường số {number} (demo)", source="demo", demo=True,
        level=SchoolLevel.PRIMARY, area_id=area(number % AREAS), authority_id=AUTHORITY, poster=True,
    )  # fmt: skip
