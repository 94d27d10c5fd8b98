"""The HTTP side on a fresh database with one province, two wards and their administrators; no other case kinds."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
from litestar import Litestar
from litestar.types import ControllerRouterHandler

from adapters.clock import SetClock
from adapters.http.app import Services, create_app
from adapters.http.health import consumers_check, parked_check, schema_check
from adapters.http.metrics import Metrics
from adapters.http.passwords import Passwords, PostgresCredentials
from adapters.http.sessions import Sessions
from adapters.http.settings import HttpSettings
from adapters.http.throttle import Throttle
from adapters.http.web.catalogue import compile_catalogues
from adapters.postgres.log import PostgresLog
from adapters.postgres.reader import PostgresReader
from adapters.postgres.recorder import PostgresEventStore
from adapters.postgres.runner import ProjectionRunner
from adapters.postgres.sequencer import Sequencer
from adapters.vault.key_store import create_key_store
from adapters.vault.secrets import HmacSecrets
from application.access import SYSTEM, Role
from application.authorities import AuthoritiesDesk, AuthorityTree, authority_id_of
from application.execute import Executor
from application.people import NewPost, PeopleDesk, account_id_of
from application.places import PlacesDesk
from application.ports import Receipt, Request
from domain.authorities.levels import Level
from projections.authorities import Authorities
from projections.people import People, Posts
from projections.places import Places
from tests.support.postgres import FreshDatabase
from tests.support.running import make_tables

BASE_URL = "http://127.0.0.1:8000"
NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
"""Monday 02/03/2026, 09:00 in Hà Nội."""
DAY_ONE = date(2026, 1, 1)
PASSWORD = "Suối reo giữa rừng 27"
PROVINCE, DOI_THONG, SONG_MAY = (authority_id_of(code) for code in ("tinh-demo", "phuong-doi-thong", "phuong-song-may"))
READ_MODELS = (Authorities(), People(), Posts(), Places())


def asked(if_version: int | None = None) -> Request:
    """A wish of the loader."""
    return Request(uuid4(), b"loader", if_version)


class Settling:
    """The port Visibility for a process without workers: whoever waits does their work himself."""

    def __init__(self, sequencer: Sequencer, runner: ProjectionRunner) -> None:
        self._sequencer, self._runner = sequencer, runner

    async def visible(self, _receipt: Receipt, _projections: Collection[str], timeout_s: float = 2.0) -> bool:  # noqa: ARG002 - of the port
        while await self._sequencer.tick():
            pass
        await self._runner.catch_up()
        return True


class Office:
    """A server and those who know its parts."""

    def __init__(self, app: Litestar, services: Services, settling: Settling) -> None:
        self.app, self.services, self.clock, self._settling = app, services, services.clock, settling

    async def settle(self) -> None:
        """Read models take in what was recorded."""
        await self._settling.visible(Receipt(UUID(int=0), 1), ())

    def client(self, token: str = "", *, address: str = "203.0.113.7", base_url: str = BASE_URL) -> httpx.AsyncClient:
        """A program somewhere, signed in if it has a token. Errors of the server are answers, as over a network."""
        transport = httpx.ASGITransport(app=self.app, client=(address, 50_000), raise_app_exceptions=False)  # type: ignore[arg-type]
        headers = {"authorization": f"Bearer {token}"} if token else {}
        return httpx.AsyncClient(transport=transport, base_url=base_url, headers=headers)

    async def signed_in(self, username: str, password: str = PASSWORD) -> httpx.AsyncClient:
        """A program with a token."""
        async with self.client() as client:
            answer = await client.post("/api/session", json={"username": username, "password": password})
        assert answer.status_code == 201, answer.text
        return self.client(answer.json()["token"])

    async def employ(self, username: str, authority_id: UUID, *roles: Role, unit_id: UUID | None = None) -> UUID:
        """An account with one post, by the loader."""
        post = NewPost(
            title=f"Vị trí của {username} (demo)",
            roles=frozenset(roles),
            authority_id=authority_id,
            from_day=DAY_ONE,
            unit_id=unit_id,
        )
        name = f"Người {username} (demo)"
        people = self.services.people
        await people.open_account(SYSTEM, asked(), username=username, display_name=name, password=PASSWORD, post=post)
        await self.settle()
        return account_id_of(username)

    async def establish(self, code: str, level: Level, superior_id: UUID | None) -> None:
        """An authority, by the loader."""
        await self.services.authorities.establish(
            SYSTEM,
            asked(),
            code=code,
            name=f"UBND {code} (demo)",
            level=level,
            province="demo",
            valid_from=DAY_ONE,
            superior_id=superior_id,
            demo=True,
        )


async def open_office(
    database: FreshDatabase,
    folder: Path,
    *,
    base_url: str = BASE_URL,
    controllers: Sequence[ControllerRouterHandler] = (),
) -> Office:
    """Everything wired as in the product, with fast passwords and a clock that stands still."""
    compile_catalogues()
    await make_tables(database, READ_MODELS)
    pool, clock = await database.pool(), SetClock(NOW)
    vault = create_key_store(folder / "keys", {})
    log, store, sequencer = PostgresLog(pool), PostgresEventStore(pool), Sequencer(pool)
    settling = Settling(sequencer, ProjectionRunner(pool, log, READ_MODELS))
    services = _services(pool, clock, vault, log, store, settling, HttpSettings(base_url=base_url))
    office = Office(create_app(services, controllers=controllers), services, settling)
    await office.establish("tinh-demo", Level.PROVINCE, None)
    await office.establish("phuong-doi-thong", Level.COMMUNE, PROVINCE)
    await office.establish("phuong-song-may", Level.COMMUNE, PROVINCE)
    await office.settle()
    return office


def _services(
    pool: asyncpg.Pool[Any],
    clock: SetClock,
    vault: Any,
    log: PostgresLog,
    store: PostgresEventStore,
    settling: Settling,
    settings: HttpSettings,
) -> Services:
    execute, secrets = Executor(store), HmacSecrets(vault)
    tree = AuthorityTree(execute)
    credentials = PostgresCredentials(pool, Passwords(time_cost=1, memory_kib=64))
    wanted = [(model.name, model.version) for model in READ_MODELS]
    return Services(
        settings=settings,
        pool=pool,
        clock=clock,
        store=store,
        log=log,
        db=PostgresReader(pool, dict(wanted)),
        vault=vault,
        secrets=secrets,
        visibility=settling,
        sessions=Sessions(pool, clock),
        credentials=credentials,
        throttle=Throttle(pool, secrets, clock),
        people=PeopleDesk(execute, clock, vault, credentials, tree, secrets=secrets),
        authorities=AuthoritiesDesk(execute, clock, tree),
        registry=PlacesDesk(execute, clock, tree),
        metrics=Metrics(),
        checks={
            "schema": schema_check(pool),
            "read models": consumers_check(pool, wanted),
            "parked": parked_check(pool),
        },
    )


def command(version: int | None = None, key: UUID | None = None) -> dict[str, str]:
    """The headers of an unsafe request."""
    headers = {"Idempotency-Key": str(key or uuid4())}
    return headers if version is None else {**headers, "If-Match": f'"{version}"'}
