"""The description of the API as it is released.

python -m tests.support.openapi     writes what the application says of itself today
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from pathlib import Path

from adapters.postgres.supervisor import Supervisor
from tests.support.postgres import FAST, fresh_database
from tests.support.world import open_town

STORED = Path(__file__).parents[1] / "http" / "openapi.json"


async def write() -> None:
    """From an application of its own."""
    with tempfile.TemporaryDirectory(prefix="hoso-openapi-") as name:
        folder = Path(name)
        with Supervisor(folder / "postgres", overrides=FAST) as server:
            async with fresh_database(server) as database, open_town(database, folder / "data") as town:
                document = (await town.anonymous.get("/schema/openapi.json")).json()
    STORED.write_text(json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


if __name__ == "__main__":
    asyncio.run(write())
