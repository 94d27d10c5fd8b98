"""The product as people reach it: a real server on a port of this machine, for browsers."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import uvicorn
from msgspec.structs import replace

from adapters.http.compose import build_app
from adapters.http.near_texts import NearTexts
from adapters.http.screen import Screen
from tests.support.world import Town


@asynccontextmanager
async def served(town: Town, public_port: int = 0) -> AsyncIterator[str]:
    """The address of the town's pages, for as long as the context lasts. `public_port`: where browsers reach it."""
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    world = town.world
    near = NearTexts(world.pool, world.secrets, world.clock)
    # The fingers of a program are quicker than any sender's: what it sends is no junk for that.
    screen = Screen(world.throttle, near, world.secrets, world.clock, shortest_fill_s=0)
    world = replace(world, settings=replace(world.settings, port=public_port or port), screen=screen)
    config = uvicorn.Config(build_app(world, "0", demo=True), log_config=None, access_log=False, lifespan="off")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        await serving
        listener.close()
