"""Connections to PostgreSQL: embedded or by address, as the owner (migrations, tables) or as the app (all else)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import asyncpg
import msgspec

Dsn = dict[str, Any]
"""Keyword arguments of `asyncpg.connect`."""

APP_ROLE = "hoso_app"
SESSION = {"application_name": "hoso", "timezone": "UTC", "jit": "off", "client_min_messages": "warning"}
APP_LIMITS = {
    # A forgotten open transaction would keep locks and dead rows.
    "idle_in_transaction_session_timeout": "10s",
    "transaction_timeout": "30s",
    "lock_timeout": "10s",
}


class Database(msgspec.Struct, frozen=True):
    """How to reach one database as each role."""

    owner: Dsn
    app: Dsn


def database_at(url: str, app_url: str | None = None) -> Database:
    """A PostgreSQL of one's own. The user of `url` owns everything; the server acts as the role `hoso_app`.

    Without `app_url` (a login of that role) every connection of the app takes the role as it connects.
    """
    owner: Dsn = {"dsn": url}
    app: Dsn = {"dsn": app_url} if app_url else {"dsn": url, "server_settings": {"role": APP_ROLE}}
    return Database(owner, app)


async def app_pool(database: Database, *, min_size: int = 2, max_size: int = 20) -> asyncpg.Pool[Any]:
    """Connections with the rights and the time limits of the app role."""
    return await _pool(database.app, SESSION | APP_LIMITS, min_size, max_size)


async def owner_pool(database: Database, *, max_size: int = 2) -> asyncpg.Pool[Any]:
    """Connections that may change the schema. Without time limits."""
    return await _pool(database.owner, SESSION, 0, max_size)


async def owner_connection(database: Database) -> asyncpg.Connection[Any]:
    """One connection as the owner."""
    return await asyncpg.connect(**_with(database.owner, SESSION))


async def _pool(dsn: Dsn, settings: Mapping[str, str], min_size: int, max_size: int) -> asyncpg.Pool[Any]:
    return await asyncpg.create_pool(
        **_with(dsn, settings),
        min_size=min(min_size, max_size),
        max_size=max_size,
        max_cached_statement_lifetime=0,
        reset=_as_it_was,
    )


async def _as_it_was(_connection: asyncpg.Connection[Any]) -> None:
    """Nothing is asked of the server when a connection comes back: an open transaction was rolled back before this.

    Nobody here changes a session's settings or keeps a cursor; who listens or holds a lock beyond a transaction cleans
    up himself (`sequencer`, `listening`). The driver's own way is one round trip more for each query of the pool.
    """


def _with(dsn: Dsn, settings: Mapping[str, str]) -> Dsn:
    return {**dsn, "server_settings": {**settings, **dsn.get("server_settings", {})}}
