"""Stored dumps of a small store, one for each schema that was shipped: what a later release must be able to upgrade.

python -m tests.support.schema_dump     writes the dump of the present schema; run it before a release is made
"""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from pathlib import Path

import msgspec

from adapters.bootstrap import READ_MODELS, World
from adapters.postgres.connect import Database, owner_pool
from adapters.postgres.dump import dump
from adapters.postgres.rebuild import Rebuilder
from adapters.postgres.supervisor import Supervisor
from application.feedback_intake import Submission
from application.places import place_id_of
from application.ports import Request
from tests.support.demo_store import open_store
from tests.support.postgres import FAST, FreshDatabase
from tests.support.real_story import NAMESPACE, SENDER, tell_at_least

ENOUGH = 400
"""Facts: the beginning of the demo, and a round of cases that give every read model something to hold."""
DUMPS = Path(__file__).parents[1] / "faults" / "dumps"


class Told(msgspec.Struct, frozen=True):
    """What was true of the store when it was dumped. One fact has no place in the log yet."""

    facts: int
    log_index: int
    history: str
    migrations: tuple[str, ...]
    digests: dict[str, str]
    """"name v1" of a read model → its digest at `log_index`."""


def stored() -> list[str]:
    """The dumps that there are, by the last migration they know."""
    return sorted(path.stem for path in DUMPS.glob("*.dump"))


def told(name: str) -> Told:
    """What is known of one."""
    return msgspec.json.decode((DUMPS / f"{name}.json").read_bytes(), type=Told)


async def write() -> str:
    """The present schema's; its name."""
    folder = Path(tempfile.mkdtemp(prefix="hoso-dump-"))
    try:
        with Supervisor(folder / "postgres", overrides=FAST) as server:
            fresh = FreshDatabase(server, "hoso")
            async with open_store(fresh, folder / "data") as store:
                await tell_at_least(store, ENOUGH)
                await store.world.settle()
                digests = await _digests(fresh.database, store.world)
                await _one_more(store.world)
            dumped = await dump(fresh.database, folder / "dump")
            await fresh.close()
        name = dumped.migrations[-1]
        seen = Told(dumped.facts, dumped.log_index, dumped.history, dumped.migrations, digests)
        DUMPS.mkdir(exist_ok=True)
        shutil.copyfile(folder / "dump", DUMPS / f"{name}.dump")
        (DUMPS / f"{name}.json").write_bytes(msgspec.json.format(msgspec.json.encode(seen), indent=1) + b"\n")
        return name
    finally:
        shutil.rmtree(folder)


async def _digests(database: Database, world: World) -> dict[str, str]:
    owner = await owner_pool(database)
    rebuilder = Rebuilder(owner, world.log)
    found = {f"{model.name} v{model.version}": await rebuilder.rebuild(model) for model in READ_MODELS}
    await owner.close()
    if wrong := [name for name, made in found.items() if not made.rows or not made.equal]:
        raise LookupError(*wrong)
    return {name: made.live.hex() for name, made in found.items()}


async def _one_more(world: World) -> None:
    """Appended, not yet in the log: transaction ids do not survive a restore."""
    place = await world.places.by_id(place_id_of("DEMO-TH-binh-nguyen"))
    if place is None:
        raise LookupError
    what = Submission(text="Chưa có số thứ tự (demo)")
    await world.feedback.submit(SENDER, Request(NAMESPACE, b"told"), place, what)


if __name__ == "__main__":
    print(asyncio.run(write()))
