"""What holds for every route there is, also for those that come later: origins, headers, one answer for nothing."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from litestar import Litestar, get
from litestar.routes import HTTPRoute

from adapters.http.conditional import KEY_HEADER
from adapters.http.guards import SAFE_METHODS
from adapters.http.headers import POLICY, security_headers
from adapters.http.settings import HttpSettings
from application.access import Role
from tests.support.office import BASE_URL, DOI_THONG, Office, command, open_office
from tests.support.postgres import FreshDatabase

NO_ROUTE = "/nothing/here"


@get("/broken")
async def broken() -> None:
    raise RuntimeError("Nguyễn Thị Hoa, 0912 345 678")


@pytest.fixture
async def office(database: FreshDatabase, tmp_path: Path) -> Office:
    found = await open_office(database, tmp_path, controllers=[broken])
    await found.employ("mai", DOI_THONG, Role.INTAKE)
    return found


def routes(app: Litestar, *, unsafe: bool) -> list[tuple[str, str]]:
    """Method and address of every route, with an id where one is wanted."""
    found: list[tuple[str, str]] = [
        (method, re.sub(r"\{[^}]+\}", str(uuid4()), route.path_format))
        for route in app.routes
        if isinstance(route, HTTPRoute)
        for handler in route.route_handlers
        for method in handler.http_methods
        if method != "OPTIONS" and (method not in SAFE_METHODS) == unsafe
    ]
    assert found
    return found


FOREIGN: dict[str, dict[str, str]] = {
    "another site": {"origin": "https://example.org"},
    "another port": {"origin": "http://127.0.0.1:8001"},
    "the same name with TLS": {"origin": "https://127.0.0.1:8000"},
    "a name that begins like ours": {"origin": "http://127.0.0.1:8000.example.org"},
    "a hidden origin": {"origin": "null"},
    "cross-site by the browser's word": {"sec-fetch-site": "cross-site"},
    "a sibling site": {"sec-fetch-site": "same-site"},
    "cross-site that names us": {"sec-fetch-site": "cross-site", "origin": BASE_URL},
    "same-origin that names another": {"sec-fetch-site": "same-origin", "origin": "https://example.org"},
    "hidden and cross-site": {"sec-fetch-site": "cross-site", "origin": "null"},
}


@pytest.mark.parametrize("headers", FOREIGN.values(), ids=FOREIGN.keys())
async def test_every_unsafe_route_refuses_a_foreign_origin_signed_in_or_not(
    office: Office, headers: dict[str, str]
) -> None:
    async with await office.signed_in("mai") as mai, office.client() as stranger:
        for method, path in routes(office.app, unsafe=True):
            for client in (mai, stranger):
                answer = await client.request(method, path, headers={**headers, **command(1)}, json={})
                assert (answer.status_code, answer.json()["code"]) == (403, "foreign-origin"), (method, path)


async def test_a_cookie_without_any_word_about_the_origin_is_refused_everywhere(office: Office) -> None:
    async with await office.signed_in("mai") as mai:
        token = mai.headers["authorization"].removeprefix("Bearer ")
    async with office.client() as browser:
        for method, path in routes(office.app, unsafe=True):
            answer = await browser.request(method, path, headers={"cookie": f"hoso={token}"}, content=b"a=b")
            assert answer.json()["code"] == "foreign-origin", (method, path)


OWN: dict[str, dict[str, str]] = {
    "the browser's word": {"sec-fetch-site": "same-origin"},
    "our origin": {"origin": BASE_URL},
    "our origin by its other name": {"origin": "http://localhost:8000"},
    "both": {"sec-fetch-site": "same-origin", "origin": BASE_URL},
    "hidden, but same-origin": {"sec-fetch-site": "same-origin", "origin": "null"},
}


@pytest.mark.parametrize("headers", OWN.values(), ids=OWN.keys())
async def test_a_form_of_our_own_page_may_use_the_cookie(office: Office, headers: dict[str, str]) -> None:
    async with await office.signed_in("mai") as mai:
        token = mai.headers["authorization"].removeprefix("Bearer ")
    async with office.client() as browser:
        answer = await browser.delete("/api/session", headers={"cookie": f"hoso={token}", **headers})
        assert answer.status_code == 204
        assert "hoso=" in answer.headers["set-cookie"]
        assert "Max-Age=0" in answer.headers["set-cookie"]


async def test_a_program_with_a_token_needs_no_origin(office: Office) -> None:
    async with await office.signed_in("mai") as mai:
        assert (await mai.delete("/api/session")).status_code == 204


async def test_every_answer_carries_every_security_header(office: Office) -> None:
    wanted = security_headers(office.services.settings)
    seen: set[int] = set()
    async with await office.signed_in("mai") as mai, office.client() as stranger:
        addresses = [*routes(office.app, unsafe=True), *routes(office.app, unsafe=False)]
        extra = [("GET", NO_ROUTE), ("PUT", "/api/session"), ("POST", NO_ROUTE), ("OPTIONS", "/api/session")]
        for method, path in [*addresses, *extra]:
            for client in (stranger, mai):
                answer = await client.request(method, path)
                seen.add(answer.status_code)
                missing = {name for name, value in wanted.items() if answer.headers.get(name) != value}
                assert not missing, (method, path, answer.status_code, missing)
                assert "access-control-allow-origin" not in answer.headers
    assert {200, 400, 401, 404, 405, 500} <= seen


def test_behind_tls_browsers_are_told_to_stay_there() -> None:
    assert "strict-transport-security" in security_headers(HttpSettings(base_url="https://hoso.example.vn"))
    assert "strict-transport-security" not in security_headers(HttpSettings(base_url=BASE_URL))


def test_the_content_policy_allows_nothing_inline_and_nothing_from_elsewhere() -> None:
    assert POLICY.startswith("default-src 'none'")
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert "*" not in POLICY
    assert "frame-ancestors 'none'" in POLICY


def test_origins_are_written_as_browsers_write_them() -> None:
    settings = HttpSettings(base_url="https://hoso.example.vn:443/", more_origins=frozenset({"https://HOSO.vn:8443/x"}))
    assert settings.origins == {"https://hoso.example.vn", "https://hoso.vn:8443"}
    assert "http://[::1]:8000" in HttpSettings(base_url="http://localhost:8000").origins


async def test_no_get_route_takes_a_key_and_every_unsafe_staff_route_wants_one(office: Office) -> None:
    async with office.client() as client:
        document = (await client.get("/schema")).json()
    free = {"SignIn", "SignOut", "RevokeOwnSession", "ActInPost", "TakeSecondStep"}
    for path, operations in document["paths"].items():
        for method, operation in operations.items():
            names = {parameter["name"] for parameter in operation.get("parameters", [])}
            wanted = method.upper() not in SAFE_METHODS and operation["operationId"] not in free
            assert (KEY_HEADER in names) == wanted, (method, path)


async def test_the_description_names_the_body_of_every_command(office: Office) -> None:
    async with office.client() as client:
        document: dict[str, Any] = (await client.get("/schema/openapi.json")).json()
    body = document["paths"]["/api/accounts"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    assert body == {"$ref": "#/components/schemas/OpenAccountBody"}
    shape = document["components"]["schemas"]["OpenAccountBody"]
    assert shape["additionalProperties"] is False
    assert set(shape["required"]) == {"username", "name", "password", "post"}
