"""The sample pages behind a real server on loopback, with the assets and the strict content security policy."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from litestar import Litestar, Request, Response, get, post
from litestar.datastructures import State, UploadFile
from litestar.params import FromPath

from adapters.http.web.assets import Assets, static_handler
from adapters.http.web.render import Pages, page

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
Samples = Mapping[str, tuple[str, Mapping[str, Any]]]


def shelf(samples: Samples) -> Litestar:
    """`GET /{name}` shows a sample; so does `POST` (400 for `*-error`), which keeps the form in `state.received`."""
    assets = Assets()

    def show(request: Request[Any, Any, Any], name: str, status: int = 200) -> Response[str]:
        template, context = samples[name]
        return page(request, template, context, status_code=status, headers={"content-security-policy": POLICY})

    @get("/{name:str}", sync_to_thread=False)
    def sample(request: Request[Any, Any, Any], name: FromPath[str]) -> Response[str]:
        return show(request, name)

    @post("/{name:str}", status_code=200)
    async def answer(request: Request[Any, Any, Any], name: FromPath[str]) -> Response[str]:
        form = await request.form()
        fields = {
            key: await value.read() if isinstance(value, UploadFile) else value
            for key, value in form.multi_items()
            if value != ""  # an empty field of files says nothing about the one before it
        }
        request.app.state.received.append(fields)
        return show(request, name, 400 if name.endswith("-error") else 200)

    state = State({"pages": Pages(assets, demo=True), "received": []})
    return Litestar([static_handler(assets), sample, answer], state=state, openapi_config=None)


@asynccontextmanager
async def serving(app: Litestar) -> AsyncIterator[str]:
    """The address of the running app."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", lifespan="off"))
        running = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            await running
