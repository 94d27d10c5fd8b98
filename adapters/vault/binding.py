"""One database, one key store: each holds the id of the installation, and a start with two different ids is refused."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from adapters.vault.sets import check_same_installation

META_KEY = "installation"


async def bind_installation(connection: Any, installation: UUID) -> None:
    """Writes the id into a database that has none yet. Raises ForeignSetError when it belongs to another key store."""
    await connection.execute(
        "insert into store_meta (key, value) values ($1, $2) on conflict (key) do nothing", META_KEY, str(installation)
    )
    bound = await connection.fetchval("select value from store_meta where key = $1", META_KEY)
    check_same_installation(UUID(bound), installation)
