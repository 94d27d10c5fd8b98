"""A demo store on a fresh database: passwords are hashed lightly, everything else is as in the product."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import msgspec

from adapters.bootstrap import World, open_world, prepare_schema
from adapters.clock import SetClock
from adapters.demo.load import Loaded, Progress, load
from adapters.demo.plan import OPENING
from adapters.demo.turn import DemoWorld
from adapters.demo.wiring import demo_world, hastened
from adapters.http.passwords import Passwords, PostgresCredentials
from adapters.settings import Settings
from application.authorities import AuthorityTree
from application.people import PeopleDesk
from tests.support.postgres import FreshDatabase

PASSWORD = "Suối reo giữa rừng 27"


class OpenStore(msgspec.Struct, frozen=True):
    """An empty store with the loader before it."""

    world: World
    demo: DemoWorld
    clock: SetClock

    async def load(
        self, today: datetime, until: datetime | None = None, progress: Progress | None = None, *, keep: bool = False
    ) -> Loaded:
        """The story, or its beginning."""
        return await load(
            self.demo, today=today, until=until, password=PASSWORD, progress=progress, keep_simulating=keep
        )


@asynccontextmanager
async def open_store(database: FreshDatabase, folder: Path) -> AsyncIterator[OpenStore]:
    """As the product opens it for its first start as a demo."""
    await prepare_schema(database.database)
    clock = SetClock(OPENING)
    async with open_world(Settings(data_dir=folder), hastened(database.database), clock=clock, new_keys=True) as world:
        yield OpenStore(world, _with_light_passwords(world, demo_world(world, clock)), clock)


def _with_light_passwords(world: World, demo: DemoWorld) -> DemoWorld:
    credentials = PostgresCredentials(world.pool, Passwords(time_cost=1, memory_kib=8))
    tree = AuthorityTree(demo.execute)
    return replace(demo, people=PeopleDesk(demo.execute, demo.clock, world.vault, credentials, tree))
