"""The whole product on a fresh database: two wards of one province and one of another, their people, the server."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import msgspec
import pytest
import structlog
from litestar import Litestar
from msgspec.structs import replace

from adapters.bootstrap import World, open_world, prepare_schema
from adapters.clock import SetClock
from adapters.http.compose import build_app
from adapters.http.passwords import Passwords, PostgresCredentials
from adapters.http.web.catalogue import compile_catalogues
from adapters.settings import settings_from
from application.access import ANYONE, SYSTEM, Actor, Role
from application.authorities import authority_id_of
from application.feedback_intake import Submission
from application.identifiers import seeded_id
from application.people import NewPost, account_id_of, actor_of
from application.places import NewPlace
from application.ports import PlaceInfo, Receipt
from domain.authorities.levels import Level
from domain.people.account import ACCOUNT
from domain.schools.vocabulary import PlaceKind, SchoolLevel
from tests.support.office import BASE_URL, PASSWORD, asked, command
from tests.support.postgres import FreshDatabase

SINCE = date(2026, 1, 1)
DOI_THONG, SONG_MAY, PROVINCE = (authority_id_of(code) for code in ("phuong-doi-thong", "xa-song-may", "tinh-demo"))
WARD, HAMLET, OTHER_WARD = (seeded_id(f"place/town/{slug}") for slug in ("ward", "hamlet", "other-ward"))
SCHOOL, HAMLET_SCHOOL, OTHER_SCHOOL = (
    seeded_id(f"place/town/{slug}") for slug in ("school", "hamlet-school", "other-school")
)
CITIZEN = Actor(kind="citizen", id=ANYONE)


class Official(msgspec.Struct, frozen=True):
    """Somebody with an account. `areas` empty: the whole territory."""

    roles: frozenset[Role]
    authority: UUID = DOI_THONG
    areas: frozenset[UUID] = frozenset()
    unit: UUID | None = None


def official(*roles: Role, authority: UUID = DOI_THONG, areas: frozenset[UUID] = frozenset()) -> Official:
    """Short for the table below."""
    return Official(frozenset(roles), authority, areas)


HERE, THERE = frozenset({WARD}), frozenset({HAMLET})
PEOPLE: dict[str, Official] = {
    "mai": official(Role.INTAKE, Role.OFFICER, areas=HERE),
    "lan": official(Role.INTAKE, areas=HERE),
    "nga": official(Role.INTAKE, areas=THERE),
    "thu": official(Role.OFFICER, areas=HERE),
    "hung": official(Role.OFFICER),
    "son": official(Role.HEAD),
    "van": official(Role.AUDITOR),
    "vinh": official(Role.AUDITOR, areas=HERE),
    "kho": official(Role.CUSTODIAN),
    "anh": official(Role.CHILD_CONTACT),
    "tung": official(Role.ADMINISTRATOR),
    "hoa": Official(frozenset({Role.SCHOOL}), unit=SCHOOL),
    "binh": Official(frozenset({Role.SCHOOL, Role.PRINCIPAL}), unit=SCHOOL),
    "thuy": Official(frozenset({Role.SCHOOL_OFFICER}), unit=SCHOOL),
    "nhi": official(Role.REGISTRY),
    "dung": official(Role.HEAD, authority=SONG_MAY),
    "loan": official(Role.INTAKE, Role.OFFICER, authority=SONG_MAY),
    "tinh": official(Role.ADMINISTRATOR, authority=PROVINCE),
}
"""Invented persons by user name. `vinh` states a purpose when the town opens, `van` never does."""
TITLE = "Thu tiền máy chiếu"
CLASSIFIED: dict[str, Any] = {
    "kind": "feedback",
    "category": "over-collection",
    "title": TITLE,
    "requests": ["Kiểm tra khoản thu", "Trả lại tiền"],
}


class Sent(msgspec.Struct, frozen=True):
    """A submission and the code of its sender."""

    case_id: UUID
    code: str


class Town:
    """A running world, and programs that are signed in to it."""

    def __init__(self, world: World, app: Litestar, clients: AsyncExitStack) -> None:
        self.world, self.app, self._clients = world, app, clients
        self._signed_in: dict[str, httpx.AsyncClient] = {}
        self.anonymous = self.client()

    def client(self, token: str = "", **headers: str) -> httpx.AsyncClient:
        """A program somewhere. Errors of the server are answers, as over a network."""
        transport = httpx.ASGITransport(app=self.app, raise_app_exceptions=False)  # type: ignore[arg-type]
        known = {"authorization": f"Bearer {token}"} if token else {}
        return httpx.AsyncClient(transport=transport, base_url=BASE_URL, headers={**known, **headers})

    async def sign_in(self, username: str) -> str:
        """A new token."""
        answer = await self.anonymous.post("/api/session", json={"username": username, "password": PASSWORD})
        assert answer.status_code == 201, answer.text
        token: str = answer.json()["token"]
        return token

    async def of(self, username: str, *, anew: bool = False) -> httpx.AsyncClient:
        """That person's program, signed in once, or `anew` after a post or a day has changed."""
        if anew or username not in self._signed_in:
            client = self.client(await self.sign_in(username))
            self._signed_in[username] = await self._clients.enter_async_context(client)
        return self._signed_in[username]

    async def actor(self, username: str) -> Actor:
        """Who acts with that account today."""
        seen = await self.world.store.load(ACCOUNT, account_id_of(username))
        assert seen is not None
        found = actor_of(account_id_of(username), seen.state, self.world.clock.now())
        assert found is not None
        return found

    async def place(self, place_id: UUID = SCHOOL) -> PlaceInfo:
        """A unit as it is today."""
        found = await self.world.places.by_id(place_id)
        assert found is not None
        return found

    async def submit(self, what: Submission, place_id: UUID = SCHOOL) -> Sent:
        """By a citizen, at the desk; the code can be used, as after a receipt."""
        sent = await self.world.feedback.submit(CITIZEN, asked(), await self.place(place_id), what)
        await self.seen(sent.receipt)
        return Sent(sent.receipt.case_id, sent.code)

    async def do(self, username: str, path: str, body: Any = None, *, version: int | None = None) -> httpx.Response:
        """One intention, of the version that is there now unless another is named. The answer must be a yes."""
        client = await self.of(username)
        if version is None:
            version = await self.version_of(UUID(path.split("/")[3]))
        answer = await client.post(path, json=body or {}, headers=command(version))
        assert answer.status_code == 201, (path, answer.status_code, answer.text)
        return answer

    async def version_of(self, stream_id: UUID) -> int:
        """As the store has it."""
        version: int = await self.world.pool.fetchval("select version from stream where id = $1", stream_id)
        return version

    async def settle(self) -> None:
        """Everything that was appended is in the log, the read models and the reactions."""
        await self.world.settle()

    async def seen(self, receipt: Receipt) -> None:
        """Until every read model has it."""
        assert await self.world.visibility.visible(receipt, [name for name, _ in World.versions()], timeout_s=20)

    def pass_time(self, by: timedelta) -> None:
        """Only where the clock is set by hand."""
        assert isinstance(self.world.clock, SetClock)
        self.world.clock.advance(by)


@asynccontextmanager
async def open_town(
    database: FreshDatabase,
    folder: Path,
    *,
    now: datetime | None = None,
    quiet: bool = True,
    environ: Mapping[str, str] | None = None,
) -> AsyncIterator[Town]:
    """With workers running. `now`: the clock stands still there until it is moved; else it is the machine's.

    `environ`: settings as the environment has them.
    """
    compile_catalogues()
    await prepare_schema(database.database)
    clock = SetClock(now) if now else None
    async with AsyncExitStack() as stack:
        if quiet:
            stack.enter_context(quiet_log())
        opened = await stack.enter_async_context(
            open_world(
                replace(settings_from(environ or {}, folder), data_dir=folder),
                database.database,
                clock=clock,
                new_keys=True,
            )
        )
        world = _with_light_passwords(opened)
        stop = asyncio.Event()
        work = asyncio.create_task(world.work(stop))
        try:
            clients = await stack.enter_async_context(AsyncExitStack())
            town = Town(world, build_app(world, "0", demo=True), clients)
            await _found(town)
            yield town
        finally:
            stop.set()
            await work


@pytest.fixture
async def town(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Town]:
    """By the machine's own clock."""
    async with open_town(database, tmp_path) as opened:
        yield opened


@contextmanager
def quiet_log() -> Iterator[None]:
    """A line for each of thousands of requests would tell nobody anything."""
    loud = structlog.get_config()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    try:
        yield
    finally:
        structlog.configure(**loud)


def _with_light_passwords(world: World) -> World:
    credentials = PostgresCredentials(world.pool, Passwords(time_cost=1, memory_kib=8))
    return replace(world, credentials=credentials, people=world.people.with_credentials(credentials))


async def _found(town: Town) -> None:
    for code, level, above in (
        ("tinh-demo", Level.PROVINCE, None),
        ("phuong-doi-thong", Level.COMMUNE, PROVINCE),
        ("xa-song-may", Level.COMMUNE, None),
    ):
        await town.world.authorities.establish(
            SYSTEM,
            asked(),
            code=code,
            name=f"UBND {code} (demo)",
            level=level,
            province="demo",
            valid_from=SINCE,
            superior_id=above,
            demo=True,
        )
    for area, name in ((WARD, "phường Đồi Thông"), (HAMLET, "khu Suối Reo"), (OTHER_WARD, "xã Sông Mây")):
        place = NewPlace(id=area, kind=PlaceKind.WARD, name=f"{name} (demo)", source="demo", demo=True)
        await town.world.registry.register(SYSTEM, asked(), place)
    for school, name, area, authority in (
        (SCHOOL, "Bình Nguyên", WARD, DOI_THONG),
        (HAMLET_SCHOOL, "Suối Reo", HAMLET, DOI_THONG),
        (OTHER_SCHOOL, "Sông Mây", OTHER_WARD, SONG_MAY),
    ):
        await town.world.registry.register(SYSTEM, asked(), _school(school, name, area, authority))
    for username, person in PEOPLE.items():
        await employ(town, username, person)
    until = town.world.clock.now() + timedelta(hours=12)
    await town.world.people.state_audit_purpose(await town.actor("vinh"), asked(), "Kiểm tra quý (demo)", until)
    await town.settle()


def _school(place_id: UUID, name: str, area_id: UUID, authority_id: UUID) -> NewPlace:
    return NewPlace(
        id=place_id,
        kind=PlaceKind.SCHOOL,
        name=f"Trường Tiểu học {name} (demo)",
        source="demo",
        demo=True,
        level=SchoolLevel.PRIMARY,
        area_id=area_id,
        authority_id=authority_id,
        poster=True,
    )


async def employ(town: Town, username: str, person: Official) -> Receipt:
    """An account with one post, by the loader."""
    post = NewPost(
        title=f"Vị trí của {username} (demo)",
        roles=person.roles,
        authority_id=person.authority,
        from_day=SINCE,
        area_ids=person.areas,
        unit_id=person.unit,
        id=uuid4(),
    )
    name = f"Người {username} (demo)"
    people = town.world.people
    return await people.open_account(
        SYSTEM, asked(), username=username, display_name=name, password=PASSWORD, post=post
    )
