"""The description of the API: whole, valid, and only ever added to."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import msgspec
import pytest
import pytest_asyncio
from litestar.routes import HTTPRoute

from adapters.http.problems import PROBLEM_JSON
from adapters.postgres.supervisor import Supervisor
from tests.support import openapi
from tests.support.postgres import fresh_database
from tests.support.world import open_town

STORED = openapi.STORED
"""As it was released. What is added gets in here with the next release; what is taken away is found here."""
METHODS = frozenset({"get", "post", "put", "patch", "delete"})
TOLD_BY_ITS_PARTS = ("GET /health/ready", "503")
"""No problem: the same answer as with 200, in which each part says how it is."""
NO_METHODS_OF_OURS = frozenset({"put", "patch"})


class Described(msgspec.Struct, frozen=True):
    """What the application says of itself, and what it has."""

    document: dict[str, Any]
    routes: frozenset[str]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def described(postgres_server: Supervisor, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Described]:
    folder = tmp_path_factory.mktemp("described")
    async with fresh_database(postgres_server) as database, open_town(database, folder) as town:
        answer = await town.anonymous.get("/schema/openapi.json")
        assert answer.status_code == 200
        routes = frozenset(
            f"{method} {route.path_format}"
            for route in town.app.routes
            if isinstance(route, HTTPRoute)
            for handler in route.route_handlers
            for method in handler.http_methods
            if method != "OPTIONS" and route.path_format.startswith("/api/")
        )
        yield Described(answer.json(), routes)


def operations(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """`POST /api/session` and what is said of it."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            assert method in METHODS, (path, method)
            yield f"{method.upper()} {path}", operation


def references(part: Any) -> Iterator[str]:
    """Every `$ref` anywhere."""
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for value in part.values():
            yield from references(value)
    elif isinstance(part, list):
        for value in part:
            yield from references(value)


def missing(stored: Any, present: Any, where: str = "") -> list[str]:
    """What the stored description has and the present one has not, or has otherwise. Words may change."""
    if isinstance(stored, dict) and isinstance(present, dict):
        meant = [key for key, value in stored.items() if key not in WORDS or not isinstance(value, str | list)]
        gone = [f"{where}/{key}" for key in meant if key not in present]
        both = [key for key in meant if key in present]
        return gone + [line for key in both for line in missing(stored[key], present[key], f"{where}/{key}")]
    if isinstance(stored, list) and isinstance(present, list):
        if where.endswith("/required") and "requestBody" not in where:
            return [] if set(present) <= set(stored) else [f"{where}: more is required than before"]
        known = [json.dumps(item, sort_keys=True) for item in present]
        return [f"{where}: {item}" for item in stored if json.dumps(item, sort_keys=True) not in known]
    return [] if stored == present else [f"{where}: {stored!r} became {present!r}"]


WORDS = frozenset({"description", "summary", "title", "version", "examples"})


def test_the_document_is_openapi_and_refers_to_nothing_that_is_not_there(described: Described) -> None:
    document = described.document
    assert document["openapi"].startswith("3.1")
    assert document["info"]["title"] == "hoso"
    schemas = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(references(document)) <= schemas
    for name, operation in operations(document):
        assert operation["responses"], name
        inside = {parameter["name"] for parameter in operation.get("parameters", []) if parameter["in"] == "path"}
        assert inside == {part[1:-1] for part in name.split("/") if part.startswith("{")}, name


def test_every_operation_has_a_name_of_its_own_and_says_what_it_is(described: Described) -> None:
    found = dict(operations(described.document))
    names = [operation["operationId"] for operation in found.values()]
    assert len(names) == len(set(names))
    assert all(name[0].isupper() and name.isalnum() for name in names)
    assert [name for name, operation in found.items() if not operation.get("summary")] == []
    assert [name for name in found if name.split()[0].lower() in NO_METHODS_OF_OURS] == []


def test_every_route_of_the_api_is_described_and_no_page(described: Described) -> None:
    named = {name for name, _ in operations(described.document)}
    assert described.routes - named == set()
    assert {
        name for name in named - described.routes if not name.split()[1].startswith(("/health", "/metrics"))
    } == set()


def test_writes_say_which_headers_and_body_they_want(described: Described) -> None:
    for name, operation in operations(described.document):
        if not name.startswith("POST /api/feedback/") or name == "POST /api/feedback/assignments":
            continue  # several cases: their versions stand in the body
        wanted = {parameter["name"] for parameter in operation["parameters"] if parameter["in"] == "header"}
        assert wanted == {"Idempotency-Key", "If-Match"}, name
        assert operation["requestBody"]["content"]["application/json"]["schema"], name


def test_errors_are_described_as_they_are(described: Described) -> None:
    document = described.document
    for name, operation in operations(document):
        for status, response in operation["responses"].items():
            if status >= "4" and (name, status) != TOLD_BY_ITS_PARTS:
                assert response["content"] == {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}}, name
        assert ("404" in operation["responses"]) == ("{" in name), name
    assert {"type", "title", "status", "code"} <= set(document["components"]["schemas"]["Problem"]["required"])
    assert not [name for name in document["components"]["schemas"] if "." in name]


def test_nothing_is_taken_away_from_what_was_released(described: Described) -> None:
    stored = json.loads(STORED.read_text())
    assert missing(stored, described.document) == []


def test_the_comparison_notices_what_is_taken_away_or_becomes_needed() -> None:
    stored = {"paths": {"/a": {"get": {"operationId": "A", "description": "x"}}}, "s": {"required": ["a"]}}
    assert missing(stored, {"paths": {"/a": {"get": {"operationId": "A"}}, "/b": {}}, "s": {"required": []}}) == []
    assert missing(stored, {"paths": {}, "s": {"required": ["a"]}}) == ["/paths//a"]
    assert missing(stored, {**stored, "s": {"required": ["a", "b"]}}) == ["/s/required: more is required than before"]
    assert missing({"properties": {"title": {}}}, {"properties": {}}) == ["/properties/title"]
    assert missing({"type": "string"}, {"type": "integer"}) == ["/type: 'string' became 'integer'"]
