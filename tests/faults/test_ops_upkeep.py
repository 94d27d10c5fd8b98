"""Looking after a store by the real commands: verify, projections, migrate, a worker, backups of a foreign server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import pytest

from adapters.commands.backup_set import newest
from adapters.postgres.connect import owner_connection
from adapters.postgres.supervisor import Supervisor
from application.feedback_intake import Submission
from application.places import place_id_of
from application.ports import Request
from projections.base import table_of
from projections.case_index import CaseIndex
from projections.people import Posts
from tests.support.command import ROOT, Said, hoso, init, serving, started
from tests.support.demo_store import open_store
from tests.support.postgres import FreshDatabase, server_folder
from tests.support.real_store import KEPT, tell
from tests.support.real_story import BEGINNING, SENDER, TODAY
from tests.support.two_steps import TwoSteps

POSTS, CASES = f"read_model.{table_of(Posts)}", f"read_model.{table_of(CaseIndex)}"


class Kept:
    """A store with the demo's first weeks, reached by address; one submission has no place in the log yet."""

    def __init__(self, data: Path, database: FreshDatabase, owner: asyncpg.Connection[Any]) -> None:
        self.data, self.database, self.owner = data, database, owner

    def hoso(self, *arguments: str | Path) -> Said:
        """A command on this store."""
        urls = {"HOSO_DATABASE_URL": self.database.owner_dsn, "HOSO_APP_DATABASE_URL": self.database.app_dsn}
        return hoso(self.data, *arguments, **{name: url_of(dsn) for name, dsn in urls.items()})

    async def key_of_one_fact(self) -> Any:
        """A post with one row, from one fact."""
        return await self.owner.fetchrow(
            f"select min(key::text)::uuid as key, min(valid_from) as since from {POSTS} group by key"
            " having count(*) = 1 order by 1 limit 1"
        )


@pytest.fixture
async def store(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Kept]:
    data = tmp_path / "data"
    async with open_store(database, data) as opened:
        await opened.load(TODAY, BEGINNING)
        await opened.world.settle()
        place = await opened.world.places.by_id(place_id_of("DEMO-TH-binh-nguyen"))
        assert place is not None
        what = Submission(text="Chưa có số thứ tự (demo)")
        await opened.world.feedback.submit(SENDER, Request(uuid4(), b"told"), place, what)
    owner = await owner_connection(database.database)
    yield Kept(data, database, owner)
    await owner.close()


def url_of(dsn: dict[str, str]) -> str:
    return f"postgresql://{dsn['user']}:{dsn['password']}@/{dsn['database']}?host={dsn['host']}"


async def test_verify_names_an_altered_byte_and_migrate_a_newer_schema(store: Kept) -> None:
    before = store.hoso("verify")
    assert (before.code, "0 findings" in before.out) == (0, True), before.out
    where = await alter_one_fact(store)
    said = store.hoso("verify", "--no-progress")
    assert said.code == 1
    assert f"digest-differs {where}" in said.out
    assert ", 1 findings." in said.out
    await alter_one_fact(store)
    assert store.hoso("verify").code == 0
    await migrate_says_what_it_did_and_refuses_a_newer_schema(store)


async def alter_one_fact(store: Kept) -> str:
    """As somebody with all rights could; done twice it is as before."""
    administrator = await asyncpg.connect(**store.database.superuser_dsn)
    await administrator.execute("alter table event disable trigger event_stays")
    row = await administrator.fetchrow(
        "update event set state = set_byte(state, 60, get_byte(state, 60) # 1)"
        " where pos = (select pos from event order by pos offset 40 limit 1) returning stream_id, version"
    )
    await administrator.execute("alter table event enable always trigger event_stays")
    await administrator.close()
    return f"stream {row['stream_id']} version {row['version']}"


async def test_projections_are_compared_and_made_again(store: Kept) -> None:
    assert store.hoso("projections", "digest", "--compare").code == 0
    await store.owner.execute(f"update {CASES} set doc = set_byte(doc, 9, get_byte(doc, 9) # 1) where key = any(array("
                              f"select key from {CASES} limit 1)) ")  # fmt: skip
    said = store.hoso("projections", "digest", "--compare")
    assert said.code == 1
    assert said.out.count("DIFFERS") == 1
    mended = store.hoso("projections", "rebuild", "case_index")
    assert mended.code == 0, mended.out
    assert "DIFFERED from its facts and was replaced" in mended.out
    assert store.hoso("projections", "digest", "--compare").code == 0
    assert store.hoso("migrate").code == 0  # the new table is taken for what it is
    prepared = store.hoso("projections", "prepare", "case_index")
    assert (prepared.code, "is filled up to log index" in prepared.out) == (0, True), prepared.out
    assert store.hoso("projections", "rebuild", "no_such").code == 2


async def test_what_stands_still_is_shown_released_and_current_again(store: Kept) -> None:
    assert store.hoso("projections", "status").code == 0
    key, since = await store.key_of_one_fact()
    await store.owner.execute(f"delete from {POSTS} where key = $1", key)
    await store.owner.execute(
        "insert into parked (consumer, version, key, log_index, error) values ($1, $2, $3, $4, 'KeyError')",
        *(Posts.name, Posts.version, key, since),
    )
    said = store.hoso("projections", "status")
    assert said.code == 1
    assert f"parked posts {key} from log index {since}: KeyError" in said.out
    released = store.hoso("projections", "unpark", "posts", str(key))
    assert (released.code, "current again" in released.out) == (0, True), released.out
    assert store.hoso("projections", "digest", "--compare").code == 0
    again = store.hoso("projections", "unpark", "posts", str(key))
    assert (again.code, "is not parked in posts" in again.out) == (1, True)
    await a_halted_read_model_is_shown_and_goes_on(store)


async def a_halted_read_model_is_shown_and_goes_on(store: Kept) -> None:
    await store.owner.execute("update consumer set halted = 'KeyError (fact 3)' where name = 'tracking'")
    said = store.hoso("projections", "status")
    assert (said.code, "KeyError (fact 3)" in said.out) == (1, True)
    assert store.hoso("projections", "resume", "tracking").code == 0
    assert store.hoso("projections", "status").code == 0


async def migrate_says_what_it_did_and_refuses_a_newer_schema(store: Kept) -> None:
    said = store.hoso("migrate")
    assert (said.code, "Schema at " in said.out) == (0, True), said.out
    await store.owner.execute("insert into schema_migration (name, checksum) values ('9999_of_tomorrow', '')")
    refused = store.hoso("migrate")
    assert (refused.code, "9999_of_tomorrow" in refused.out) == (1, True)


async def test_a_server_of_ones_own_is_backed_up_and_restored_under_another_owner(
    store: Kept, postgres_server: Supervisor, tmp_path: Path
) -> None:
    facts = await store.owner.fetchval("select count(*) from event")
    assert await store.owner.fetchval("select count(*) from event_pending") == 1
    made = store.hoso("backup", tmp_path / "b", "--keys", tmp_path / "k")
    assert made.code == 0, made.out
    sets = (newest(tmp_path / "b", "database"), newest(tmp_path / "b", "files"), newest(tmp_path / "k", "keys"))
    administrator = await asyncpg.connect(**postgres_server.superuser())
    name = f"{store.database.name}_restored"
    await administrator.execute("create role other_owner login password 'Qm4rtz' createrole")
    await administrator.execute("grant hoso_app to other_owner with set true, inherit false")
    await administrator.execute(f"create database {name} owner other_owner")
    url = url_of({**store.database.owner_dsn, "user": "other_owner", "password": "Qm4rtz", "database": name})
    data = tmp_path / "restored"
    said = hoso(data, "restore", *(str(folder) for folder in sets), HOSO_DATABASE_URL=url)
    assert said.code == 0, said.out
    assert f"{facts + 1} facts restored" in said.out  # its number in the register is new
    assert "none, all were what the facts say" in said.out
    restored = await asyncpg.connect(url)
    assert await restored.fetchval("select count(*) from event_pending") == 0  # it has its place now
    assert await restored.fetchval("select count(*) from log") == await restored.fetchval("select count(*) from event")
    await restored.close()
    again = hoso(tmp_path / "third", "restore", *(str(folder) for folder in sets), HOSO_DATABASE_URL=url)
    assert (again.code, "there is a store in the database already" in again.out) == (1, True)
    await administrator.execute(f"drop database {name} with (force)")
    await administrator.execute("drop role other_owner")
    await administrator.close()


@pytest.fixture
def folder() -> Iterator[Path]:
    with server_folder() as place:
        place.parent.chmod(0o711)
        yield place.parent / "data"


def test_a_worker_of_its_own_works_beside_a_server_on_the_same_folder(folder: Path) -> None:
    made = init(folder)
    assert made.code == 0, made.out
    with serving(folder, "--web-only") as client, started(folder, "worker", says="worker.started"):
        kept, _ = tell(client, TwoSteps())
        assert client.get(f"/api/track/{kept.code}").json()["text"] == KEPT
        assert hoso(folder, "projections", "status").code == 0
        assert hoso(folder, "verify").code == 0
        second = hoso(folder, "serve")
        assert (second.code, "another hoso is already running" in second.out) == (1, True)


def test_looking_after_a_folder_without_a_store_makes_none(tmp_path: Path) -> None:
    for command in (["verify"], ["migrate"], ["projections", "status"], ["worker"], ["backup", "x"]):
        said = hoso(tmp_path / "data", *command)
        assert (said.code, "hoso init" in said.out) == (1, True), said.out
    assert not (tmp_path / "data").exists()


def test_whoever_opens_a_store_knows_every_topic() -> None:
    """A process that reads the log without having imported a fact's module could not decode it."""
    program = (
        "import pkgutil, adapters.bootstrap, domain\n"
        "from eventsourcing.utils import _topic_cache as known\n"
        "from importlib import import_module\n"
        "before = set(known)\n"
        "for found in pkgutil.walk_packages(domain.__path__, 'domain.'): import_module(found.name)\n"
        "print(sorted(set(known) - before))"
    )
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "[]"
