"""The same of the application as it is shipped: whatever route a case kind or page brings is held to it too."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from litestar import Litestar

from adapters.bootstrap import open_world, prepare_schema
from adapters.http.compose import build_app
from adapters.http.headers import security_headers
from adapters.http.settings import HttpSettings
from adapters.http.web.catalogue import compile_catalogues
from adapters.settings import Settings
from tests.http.test_guards import FOREIGN, routes
from tests.support.office import BASE_URL, command
from tests.support.postgres import FreshDatabase

MAY_CHOOSE = {"cache-control", "content-security-policy"}
"""A handler may let public files be kept, and shut a download in further."""


@pytest.fixture
async def app(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Litestar]:
    compile_catalogues()
    await prepare_schema(database.database)
    async with open_world(Settings(data_dir=tmp_path), database.database, new_keys=True) as world:
        yield build_app(world, "0", demo=False)


def stranger(app: Litestar) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app=app, client=("203.0.113.7", 50_000), raise_app_exceptions=False)  # type: ignore[arg-type]
    return httpx.AsyncClient(transport=transport, base_url=BASE_URL)


async def test_no_unsafe_route_takes_a_request_from_another_site(app: Litestar) -> None:
    unsafe = routes(app, unsafe=True)
    async with stranger(app) as client:
        for method, path in unsafe:
            for headers in FOREIGN.values():
                answer = await client.request(method, path, headers={**headers, **command(1)}, content=b"a=b")
                assert (answer.status_code, code_of(answer)) == (403, "foreign-origin"), (method, path)
    print(f"{len(unsafe)} unsafe routes x {len(FOREIGN)} origins")


def code_of(answer: httpx.Response) -> str:
    """The house's own code; Open311 has it at the end of a description, in JSON and in XML."""
    found = re.search(r'"code":"([a-z-]+)"| \[([a-z-]+)\](?:"|<)', answer.text)
    return next((code for code in found.groups() if code), "") if found else ""


@pytest.mark.parametrize("accept", ["application/json", "text/html"])
async def test_every_answer_of_every_route_carries_the_security_headers(app: Litestar, accept: str) -> None:
    wanted = security_headers(HttpSettings(base_url=BASE_URL))
    addresses = [*routes(app, unsafe=True), *routes(app, unsafe=False), ("GET", "/x/y"), ("PUT", "/api/session")]
    async with stranger(app) as client:
        for method, path in addresses:
            answer = await client.request(method, path, headers={"accept": accept})
            assert answer.status_code < 500, (method, path, answer.text)
            given = answer.headers
            fixed = {name: value for name, value in wanted.items() if name not in MAY_CHOOSE}
            assert {name: given.get(name) for name in fixed} == fixed, (method, path)
            assert all(given.get(name) for name in MAY_CHOOSE), (method, path)


async def test_without_a_session_no_staff_route_answers_with_content(app: Litestar) -> None:
    open_to_all = (
        *("/p", "/api/submissions", "/api/track", "/api/session"),
        *("/open311", "/health", "/schema", "/static", "/favicon.ico", "/sign"),
    )
    async with stranger(app) as client:
        for method, path in [*routes(app, unsafe=True), *routes(app, unsafe=False)]:
            if path == "/" or path.startswith(open_to_all):
                continue
            answer = await client.request(method, path, headers=command(1), json={})
            assert answer.status_code in {401, 404}, (method, path, answer.status_code)
