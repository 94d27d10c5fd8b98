"""Large bodies that come at the same time: so much is held, the rest is asked to come again."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
from litestar import Litestar, Request, get, post

from adapters.http.inflow import bounded
from adapters.http.problems import Problems

MEGABYTE = 2**20


def served(gate: asyncio.Event) -> Litestar:
    @post("/photos", request_max_body_size=10 * MEGABYTE, status_code=200)
    async def take(request: Request[Any, Any, Any]) -> dict[str, int]:
        size = len(await request.body())
        await gate.wait()
        return {"size": size}

    @get("/page")
    async def read() -> str:
        return "a page"

    app = Litestar([take, read], exception_handlers={Exception: Problems("/", None)}, openapi_config=None)
    app.asgi_handler = bounded(app.asgi_handler, 3 * MEGABYTE)
    return app


async def test_what_has_no_room_now_is_asked_to_come_again_and_small_things_always_pass() -> None:
    gate = asyncio.Event()
    app: Any = served(gate)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://hoso.test") as client:
        held = [asyncio.create_task(client.post("/photos", content=bytes(MEGABYTE))) for _ in range(3)]
        refused = None
        while refused is None or refused.status_code == 200:
            trial = asyncio.create_task(client.post("/photos", content=bytes(MEGABYTE)))
            await asyncio.wait((trial, *held), return_when=asyncio.FIRST_COMPLETED)
            refused = trial.result() if trial.done() else None
            assert refused is not None, "a fourth one was let in"
        assert (refused.status_code, refused.json()["code"]) == (503, "temporarily-unavailable")
        assert refused.headers["retry-after"] == "30"
        assert (await client.get("/page")).status_code == 200
        small = asyncio.create_task(client.post("/photos", content=bytes(1000)))
        gate.set()
        assert (await small).json() == {"size": 1000}
        assert [(await one).json() for one in held] == [{"size": MEGABYTE}] * 3
        assert (await client.post("/photos", content=bytes(2 * MEGABYTE))).status_code == 200
