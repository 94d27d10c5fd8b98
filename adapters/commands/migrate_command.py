"""`hoso migrate`: the schema of this release, and the tables of its read models."""

from __future__ import annotations

from rich.console import Console

from adapters.bootstrap import READ_MODELS, prepare_schema
from adapters.commands.reaching import in_one_sentence, reached
from adapters.postgres.migrate import migrations
from adapters.settings import Settings


async def migrate_store(settings: Settings, out: Console) -> None:
    """Forward only. Refuses a newer schema, and a migration that was applied with another content."""
    with in_one_sentence():
        async with reached(settings) as database:
            applied = await prepare_schema(database)
    for name in applied:
        out.print(f"applied {name}")
    tables = ", ".join(f"{projection.name} v{projection.version}" for projection in READ_MODELS)
    out.print(f"Schema at {migrations()[-1].name}. Read models: {tables}.")
