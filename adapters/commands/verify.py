"""`hoso verify`: recomputes what the store says of itself and names what differs."""

from __future__ import annotations

import sys

from rich.console import Console

from adapters.commands.reaching import in_one_sentence, reached
from adapters.commands.terminal import bar
from adapters.postgres.connect import app_pool
from adapters.postgres.verify import Finding, verify
from adapters.settings import Settings


async def verify_store(settings: Settings, out: Console, *, progress: bool) -> None:
    """Exit code 1 when anything differs. Works beside a running server."""
    with in_one_sentence():
        async with reached(settings) as database, await app_pool(database, max_size=2) as pool:
            total = 0
            with bar(out, "verifying", shown=progress) as moved:

                def counted(done: int, in_all: int) -> None:
                    nonlocal total
                    total = in_all
                    moved(done, in_all)

                findings = await verify(pool, counted)
    for finding in findings:
        out.print(described(finding))
    out.print(f"{total} facts, {len(findings)} findings.")
    if findings:
        sys.exit(1)


def described(finding: Finding) -> str:
    """One line: what is wrong, and where."""
    places = (
        ("stream", finding.stream_id),
        ("version", finding.version),
        ("log index", finding.log_index),
        ("", finding.subject or None),
    )
    return " ".join([finding.kind, *(f"{name} {value}".strip() for name, value in places if value is not None)])
