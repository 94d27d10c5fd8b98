"""How the embedded server is set up: nobody gets in without a password, nothing is lost, nobody is named in its log."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from adapters.postgres.connect import APP_LIMITS, app_pool, database_at, owner_connection
from adapters.postgres.supervisor import Supervisor
from tests.support.postgres import server_folder


@pytest.fixture(scope="module")
def server() -> Iterator[Supervisor]:
    """As in earnest: nothing overridden."""
    with server_folder() as folder, Supervisor(folder) as server:
        yield server


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("fsync", "on"),
        ("full_page_writes", "on"),
        ("synchronous_commit", "on"),
        ("data_checksums", "on"),
        ("listen_addresses", ""),
        ("max_prepared_transactions", "0"),
        ("password_encryption", "scram-sha-256"),
        ("log_statement", "none"),
        ("log_error_verbosity", "terse"),
        ("log_parameter_max_length_on_error", "0"),
    ],
)
async def test_what_keeps_facts_and_secrets_safe_is_set(server: Supervisor, name: str, value: str) -> None:
    connection = await asyncpg.connect(**server.superuser())
    assert await connection.fetchval("select current_setting($1)", name) == value
    await connection.close()


async def test_one_collation_that_is_the_same_everywhere(server: Supervisor) -> None:
    connection = await owner_connection(server.database())
    row = await connection.fetchrow(
        "select datlocprovider::text, datlocale, pg_encoding_to_char(encoding) from pg_database where datname = 'hoso'"
    )
    assert tuple(row) == ("b", "C.UTF-8", "UTF8")
    assert await connection.fetchval("select upper('đặng')") == "ĐẶNG"
    await connection.close()


@pytest.mark.parametrize("role", ["postgres", "hoso_owner", "hoso_app"])
async def test_no_role_gets_in_with_a_wrong_password(server: Supervisor, role: str) -> None:
    for password in ("", "wrong"):
        with pytest.raises(asyncpg.InvalidPasswordError):
            await asyncpg.connect(**server.superuser() | {"user": role, "password": password})


def test_passwords_and_sockets_are_for_us_alone(server: Supervisor) -> None:
    folder = server.log.parent
    assert stat.S_IMODE((folder / "passwords.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(Path(server.superuser()["host"]).stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "data").stat().st_mode) == 0o700
    assert not list(folder.glob("*.password"))


async def test_the_app_is_no_owner_and_forgets_no_transaction(server: Supervisor) -> None:
    pool = await app_pool(server.database(), max_size=2)
    assert await pool.fetchval("select current_user") == "hoso_app"
    for name, value in APP_LIMITS.items():
        assert await pool.fetchval("select current_setting($1)", name) == value
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await pool.execute("create table mine (id int)")
    await pool.close()


async def test_by_address_the_app_takes_its_role_on_every_connection(server: Supervisor) -> None:
    owner = server.superuser("hoso")
    url = f"postgresql://postgres:{owner['password']}@/hoso?host={owner['host']}"
    pool = await app_pool(database_at(url), max_size=1)
    for _ in range(2):  # a connection that was given back keeps the role
        async with pool.acquire() as connection:
            assert await connection.fetchval("select current_user") == "hoso_app"
            await connection.execute("set timezone = 'Asia/Ho_Chi_Minh'")
    await pool.close()


async def test_a_failing_statement_leaves_no_value_in_the_log(server: Supervisor) -> None:
    connection = await owner_connection(server.database())
    await connection.execute("create table person (name text primary key)")
    await connection.execute("insert into person values ($1)", "Nguyễn Thị Bí Mật")
    with pytest.raises(asyncpg.UniqueViolationError):
        await connection.execute("insert into person values ($1)", "Nguyễn Thị Bí Mật")
    with pytest.raises(asyncpg.PostgresSyntaxError):
        await connection.execute("selec 'Nguyễn Thị Bí Mật'")
    await connection.execute("drop table person")
    await connection.close()
    log = server.log.read_text()
    assert "duplicate key value" in log
    assert "Bí Mật" not in log
