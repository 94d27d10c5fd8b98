"""Whether a server keeps what it acknowledges and notices what a disk has altered."""

from __future__ import annotations

from typing import Any

NEEDED = {"fsync": "on", "full_page_writes": "on", "data_checksums": "on"}
ACKNOWLEDGED_EARLY = "off"


async def careless_settings(connection: Any) -> list[str]:
    """The settings of this server, by name, with which an acknowledged act could be lost or altered unnoticed."""
    rows = await connection.fetch(
        "select name, setting from pg_settings where name = any($1)", [*NEEDED, "synchronous_commit"]
    )
    found = {row["name"]: row["setting"] for row in rows}
    careless = [name for name, wanted in NEEDED.items() if found.get(name) != wanted]
    return [*careless, *(["synchronous_commit"] if found.get("synchronous_commit") == ACKNOWLEDGED_EARLY else [])]
