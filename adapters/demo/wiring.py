"""The desks of an open store as the loader wants them, with the clock that it moves."""

from __future__ import annotations

from adapters.bootstrap import World
from adapters.clock import SetClock
from adapters.demo.turn import DemoWorld
from application.execute import Executor
from application.store_kind import StoreDesk


def demo_world(world: World, clock: SetClock) -> DemoWorld:
    """`clock` is the one that `open_world` was given: desks and sequencer share it. No worker runs meanwhile."""

    async def sequence() -> None:
        while await world.sequencer.tick():
            pass

    execute = Executor(world.store)
    return DemoWorld(
        store=StoreDesk(execute, clock, world.log, sequence),
        people=world.people,
        authorities=world.authorities,
        places=world.registry,
        feedback=world.feedback,
        execute=execute,
        log=world.log,
        clock=clock,
        sequence=sequence,
        react=world.reactions.catch_up,
    )
