"""What production refuses, each by its name; and what `hoso init` does not do twice."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from adapters.bootstrap import open_world, prepare_schema
from adapters.postgres.address import address_of
from adapters.postgres.binaries import binary, run_as, server_user
from adapters.postgres.cluster import environment
from adapters.postgres.supervisor import Supervisor
from adapters.settings import Settings, settings_from, unsafe_in_production
from adapters.vault.key_store import create_key_store
from application.execute import Executor
from application.store_kind import StoreDesk, StoreKind, kind_of
from domain.calendar import legal_date
from tests.support.command import FOUNDING, PASSWORD, hoso, init, init_as
from tests.support.postgres import FreshDatabase, server_folder

HTTPS = {"HOSO_BASE_URL": "https://hoso.example", "HOSO_TRUSTED_PROXY": "1"}
EVERYWHERE = "0.0.0.0"  # noqa: S104 - what is refused
LOCAL = "postgresql://hoso_owner:Qm4rtz@"

UNSAFE: tuple[tuple[dict[str, str], str], ...] = (
    ({"HOSO_HOST": EVERYWHERE}, "HOSO_HOST: plain-http-beyond-loopback"),
    ({"HOSO_HOST": "::"}, "HOSO_HOST: plain-http-beyond-loopback"),
    ({"HOSO_HOST": EVERYWHERE, "HOSO_BASE_URL": "https://hoso.example"}, "HOSO_HOST: plain-http-beyond-loopback"),
    ({"HOSO_BASE_URL": "http://hoso.example"}, "HOSO_BASE_URL: plain-http-beyond-loopback"),
    ({"HOSO_BASE_URL": "http://localhost.example"}, "HOSO_BASE_URL: plain-http-beyond-loopback"),
    ({"HOSO_DEMO_NOW": "2026-03-02T09:00:00+07:00"}, "HOSO_DEMO_NOW: simulated-clock"),
    ({"HOSO_DATABASE_URL": f"{LOCAL}db.example/hoso"}, "HOSO_DATABASE_URL: database-without-tls"),
    ({"HOSO_DATABASE_URL": f"{LOCAL}127.0.0.1.example/hoso"}, "HOSO_DATABASE_URL: database-without-tls"),
    ({"HOSO_DATABASE_URL": f"{LOCAL}/hoso?host=db.example"}, "HOSO_DATABASE_URL: database-without-tls"),
    ({"HOSO_DATABASE_URL": f"{LOCAL}db.example/hoso?sslmode=prefer"}, "HOSO_DATABASE_URL: database-without-tls"),
    ({"HOSO_DATABASE_URL": f"{LOCAL}/hoso", "PGHOST": "db.example"}, "HOSO_DATABASE_URL: database-without-tls"),
    ({"HOSO_DATABASE_URL": "postgresql://hoso_owner:changeme@/hoso"}, "HOSO_DATABASE_URL: default-secret"),
    ({"HOSO_DATABASE_URL": "postgresql://hoso_owner:hoso_owner@/hoso"}, "HOSO_DATABASE_URL: default-secret"),
    ({"HOSO_DATABASE_URL": "postgresql://u@/hoso?password=postgres"}, "HOSO_DATABASE_URL: default-secret"),
    (
        {"HOSO_DATABASE_URL": f"{LOCAL}/hoso", "HOSO_APP_DATABASE_URL": "postgresql://hoso_app:secret@/hoso"},
        "HOSO_APP_DATABASE_URL: default-secret",
    ),
    (
        {"HOSO_DATABASE_URL": f"{LOCAL}/hoso", "HOSO_APP_DATABASE_URL": "postgresql://a:Qm4rtz@db.example/hoso"},
        "HOSO_APP_DATABASE_URL: database-without-tls",
    ),
)
SAFE: tuple[dict[str, str], ...] = (
    {},
    {"HOSO_HOST": "::1"},
    {"HOSO_HOST": EVERYWHERE, **HTTPS},
    {"HOSO_BASE_URL": "http://localhost:8000"},
    {"HOSO_DATABASE_URL": f"{LOCAL}/hoso?host=/run/postgresql"},
    {"HOSO_DATABASE_URL": f"{LOCAL}127.0.0.1:5432,[::1]/hoso"},
    {"HOSO_DATABASE_URL": f"{LOCAL}db.example/hoso?sslmode=verify-full"},
    {"HOSO_DATABASE_URL": f"{LOCAL}/hoso", "PGHOST": "db.example", "PGSSLMODE": "require"},
)
ONE_OF_EACH = [UNSAFE[n] for n in (0, 3, 5, 6, 11, 14)]


def named(environ: Mapping[str, str], folder: Path) -> list[str]:
    return [str(fault) for fault in unsafe_in_production(settings_from(environ, folder))]


@pytest.mark.parametrize(("environ", "fault"), UNSAFE)
def test_each_unsafe_setting_is_named(environ: dict[str, str], fault: str, tmp_path: Path) -> None:
    assert named(environ, tmp_path) == [fault]


@pytest.mark.parametrize("environ", SAFE)
def test_what_is_safe_is_not_refused(environ: dict[str, str], tmp_path: Path) -> None:
    assert named(environ, tmp_path) == []


def test_several_faults_are_named_together(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var" / "demo.json").touch()
    environ = {"HOSO_HOST": EVERYWHERE, "HOSO_DATABASE_URL": "postgresql://u:postgres@db.example/hoso"}
    assert [fault.split(": ")[1] for fault in named(environ, tmp_path)] == [
        "plain-http-beyond-loopback",
        "demo-data",
        "database-without-tls",
        "default-secret",
    ]


def test_the_password_never_stands_in_the_bare_address() -> None:
    for url in ("postgresql://u:s3cr3t@h:5432/d?sslmode=require", "postgresql://u@/d?password=s3cr3t&host=/run"):
        address = address_of(url, {})
        assert address.password == "s3cr3t"
        assert "s3cr3t" not in address.bare
    assert address_of("postgresql://u:p%40ss@/d", {}).password == "p@ss"


@pytest.mark.parametrize(("environ", "fault"), ONE_OF_EACH)
def test_init_refuses_each_with_exit_code_one_and_makes_nothing(
    environ: dict[str, str], fault: str, tmp_path: Path
) -> None:
    said = init(tmp_path / "data", **environ)
    assert said.code == 1
    assert f"Refused in production:\n  {fault}\n" in said.out
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("environ", "fault"),
    [
        ({"HOSO_KEY": "changeme"}, "installation-key-default: HOSO_KEY"),
        ({"HOSO_KEY": "00" * 32}, "installation-key-default: HOSO_KEY"),
        ({"HOSO_KEY": "c2hvcnQ="}, "installation-key-too-short: HOSO_KEY"),
        ({"HOSO_ADMIN_PASSWORD": "password1234"}, "password-too-weak"),
        ({"HOSO_ADMIN_PASSWORD": "quan.tri.2026!"}, "password-too-weak"),
    ],
)
def test_init_refuses_default_secrets_by_name(environ: dict[str, str], fault: str, tmp_path: Path) -> None:
    said = init(tmp_path / "data", **environ)
    assert said.code == 1
    assert fault in said.out
    assert not (tmp_path / "data" / "keys" / "installation.json").exists()


def test_init_without_a_terminal_asks_for_nothing_and_says_so(tmp_path: Path) -> None:
    said = init(tmp_path / "data", HOSO_ADMIN_PASSWORD="")
    assert said.code == 1
    assert not (tmp_path / "data").exists()


def url_of(database: FreshDatabase) -> str:
    dsn = database.owner_dsn
    return f"postgresql://{dsn['user']}:{dsn['password']}@/{dsn['database']}?host={dsn['host']}"


async def test_a_server_that_could_lose_what_it_acknowledged_is_refused(
    database: FreshDatabase, tmp_path: Path
) -> None:
    said = await asyncio.to_thread(init, tmp_path / "data", HOSO_DATABASE_URL=url_of(database))
    assert said.code == 1
    for name in ("fsync", "full_page_writes", "synchronous_commit"):
        assert f"  {name}: switched-off-in-the-database-server" in said.out
    assert not (tmp_path / "data" / "keys").exists()


def test_a_server_without_checksums_is_refused(folder: Path) -> None:
    with Supervisor(folder / "postgres"):
        pass
    data = folder / "postgres" / "data"
    command = [*run_as(server_user(data), data), binary("pg_checksums"), "--disable", "--no-sync", "-D", str(data)]
    subprocess.run(command, check=True, capture_output=True, env=environment(), cwd="/")
    said = init(folder)
    assert said.code == 1
    assert "Refused in production:\n  data_checksums: switched-off" in said.out


@pytest.fixture
def folder() -> Iterator[Path]:
    with server_folder() as place:
        place.parent.chmod(0o711)
        yield place.parent / "data"


def test_init_makes_one_store_and_never_a_second(folder: Path) -> None:
    made = init(folder)
    assert made.code == 0, made.out
    assert PASSWORD not in made.out
    again = init(folder)
    assert again.code == 1
    assert f"store-not-empty: the database of {folder} is a store in use" in again.out
    asyncio.run(first_fact_and_resumed(folder))
    for name in ("demo.json", "demo-password"):
        (folder / name).touch()
    assert "HOSO_DATA_DIR: demo-data" in hoso(folder, "serve").out
    assert "HOSO_DEMO_NOW: simulated-clock" in hoso(folder, "worker", HOSO_DEMO_NOW="2026-03-02T09:00:00Z").out
    for name in ("demo.json", "demo-password"):
        (folder / name).unlink()
    a_used_database_without_its_keys_is_named(folder)


def a_used_database_without_its_keys_is_named(folder: Path) -> None:
    (folder / "keys").rename(folder / "keys.elsewhere")
    said = init(folder)
    assert said.code == 1
    assert "store-not-empty" in said.out
    assert not (folder / "keys").exists()
    for command in (["serve"], ["worker"], ["backup", "somewhere"]):
        said = hoso(folder, *command)
        assert said.code == 1
        assert "No key store in" in said.out


async def first_fact_and_resumed(folder: Path) -> None:
    """As an init leaves it that was ended before the administrator had a password; then it is repeated."""
    with Supervisor(folder / "postgres") as server:
        async with open_world(Settings(data_dir=folder), server.database()) as world:
            assert await kind_of(world.log) is StoreKind.REAL
            facts = (await world.log.head()).log_index
            await world.pool.execute("delete from credential")
    other = await asyncio.to_thread(init_as, {**FOUNDING, "authority-name": "UBND khác (demo)"}, folder)
    assert other.code == 1
    assert "repeat it with the same words" in other.out
    resumed = await asyncio.to_thread(init, folder)
    assert resumed.code == 0, resumed.out
    with Supervisor(folder / "postgres") as server:
        async with open_world(Settings(data_dir=folder), server.database()) as world:
            assert (await world.log.head()).log_index == facts
            assert await world.pool.fetchval("select count(*) from credential") == 1


async def test_a_demo_is_refused_by_init_and_by_the_production_profile(folder: Path) -> None:
    create_key_store(folder / "keys", {})
    with Supervisor(folder / "postgres") as server:
        await tell_that_it_is_a_demo(folder, server)
    said = await asyncio.to_thread(init, folder)
    assert said.code == 1
    assert "store-not-empty" in said.out
    assert "holds demo data" in said.out
    for command in ("serve", "run"):
        said = await asyncio.to_thread(hoso, folder, command, HOSO_PROFILE="production")
        assert said.code == 1
        assert "HOSO_PROFILE: demo-data" in said.out
    assert "HOSO_PROFILE: not-a-profile" in (await asyncio.to_thread(hoso, folder, "serve", HOSO_PROFILE="prod")).out


async def tell_that_it_is_a_demo(folder: Path, server: Supervisor) -> None:
    await prepare_schema(server.database())
    async with open_world(Settings(data_dir=folder), server.database()) as world:
        desk = StoreDesk(Executor(world.store), world.clock, world.log, world.sequencer.tick)
        now = world.clock.now()
        await desk.open_demo(legal_date(now), now)
        await world.sequencer.tick()
