"""`hoso second-factor`: whether heads, administrators and auditors sign in in two steps."""

from __future__ import annotations

import click
from rich.console import Console

from adapters.bootstrap import open_world
from adapters.commands.reaching import in_one_sentence, need_keys, reached
from adapters.settings import Settings
from application.execute import Executor
from application.store_kind import StoreDesk
from domain.kernel import RefusalError


async def say_second_factor(settings: Settings, out: Console, *, wanted: bool) -> None:
    """From the next sign-in on; who has set a second step up is asked for it in any case. Raises ClickException."""
    need_keys(settings)
    with in_one_sentence():
        async with reached(settings) as database, open_world(settings, database) as world:
            desk = StoreDesk(Executor(world.store), world.clock, world.log, world.sequencer.tick)
            try:
                await desk.require_second_factor(wanted=wanted)
            except RefusalError as error:
                raise click.ClickException(f"{error.code}: nothing was changed") from None
    out.print("Heads, administrators and auditors " + ("sign in in two steps." if wanted else "are not asked for it."))
