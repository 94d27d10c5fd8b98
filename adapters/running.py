"""Runs a server, a worker or both until told to stop; what was started is stopped again, PostgreSQL last."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager

import structlog
import uvicorn

from adapters.bootstrap import World
from adapters.http.compose import build_app

_log = structlog.get_logger("hoso")
GRACE_S = 10
"""Seconds for requests under way when the server is told to stop."""


@asynccontextmanager
async def stopped_by_signals() -> AsyncIterator[asyncio.Event]:
    """An event that SIGINT and SIGTERM set; the second signal does what it does elsewhere."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()

    def told() -> None:
        stop.set()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told)
    try:
        yield stop
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


class _Server(uvicorn.Server):
    """Signals are ours: PostgreSQL must outlive the last request."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Captures none."""
        yield


async def serve(
    world: World,
    version: str,
    stop: asyncio.Event,
    *,
    demo: bool,
    works: bool,
    ready: Callable[[], Awaitable[None]] | None = None,
) -> None:
    """Pages and API until `stop`; with `works` also sequencer, read models and reactions."""
    config = uvicorn.Config(
        build_app(world, version, demo=demo),
        host=world.settings.host,
        port=world.settings.port,
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=True,
        proxy_headers=world.settings.trusted_proxy,
        forwarded_allow_ips="*" if world.settings.trusted_proxy else None,  # nobody else reaches the port then
        timeout_graceful_shutdown=GRACE_S,
        lifespan="off",
    )
    server = _Server(config)
    ended = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(world.work(ended) if works else world.follow(ended))
        serving = tasks.create_task(server.serve())
        waiting = tasks.create_task(stop.wait())
        while not server.started and not serving.done():  # noqa: ASYNC110 - uvicorn has no event for it
            await asyncio.sleep(0.01)
        if server.started and ready is not None:
            await ready()
        _collect_seldom()
        await asyncio.wait((serving, waiting), return_when=asyncio.FIRST_COMPLETED)
        server.should_exit = True
        await serving
        waiting.cancel()
        ended.set()


def _collect_seldom() -> None:
    """What a start leaves in memory stays for good: garbage is looked for in the rest, and after more of it came."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


async def work(world: World, stop: asyncio.Event) -> None:
    """Sequencer, read models and reactions alone, until `stop`."""
    _log.info("worker.started")
    await world.work(stop)
