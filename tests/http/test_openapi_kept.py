"""What the description promises is what is answered: methods, who is let in, media types, the form of moments."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from adapters.http.conditional import KEY_HEADER, VERSION_HEADER
from tests.support.fuzz_rules import OPERATIONS, settings
from tests.support.office import command
from tests.support.world import WARD, Town

METHODS_OF_ALL = {"OPTIONS"}
OF_SENDERS = {"Submit", "Track", "ReplyToQuestion", "AskReview", "Withdraw", "ReportWorseTreatment"}
OPEN_TO_ALL = {"SignIn", "Live", "Ready", "Metrics"} | OF_SENDERS
"""Senders have a code instead of an account."""
A_NUMBER, A_WORD, NO_OFFSET = "0.5", "null", "2026-03-01T00:00:00"


async def document(town: Town) -> dict[str, Any]:
    answer = await town.anonymous.get("/schema/openapi.json")
    described: dict[str, Any] = answer.json()
    return described


def addresses(described: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each path with something in the place of its ids."""
    for path, item in described["paths"].items():
        filled = "/".join(str(uuid4()) if part.startswith("{") else part for part in path.split("/"))
        yield filled, item


async def test_an_address_names_the_methods_that_it_takes(town: Town) -> None:
    for path, item in addresses(await document(town)):
        taken = {method.upper() for method in item} | METHODS_OF_ALL
        for method in ("OPTIONS", "PUT", "TRACE"):
            answer = await town.anonymous.request(method, path)
            assert answer.status_code == (204 if method == "OPTIONS" else 405), (method, path)
            assert {name.strip() for name in answer.headers["allow"].split(",")} == taken, (method, path)


async def test_nobody_gets_in_where_the_description_asks_for_a_token(town: Town) -> None:
    opened = set[str]()
    for path, item in addresses(await document(town)):
        for method, operation in item.items():
            if operation.get("security") == []:
                opened.add(operation["operationId"])
                continue
            for token in ("", "x" * 43):
                answer = await town.client(token).request(method, path, json=None if method == "get" else {})
                assert answer.status_code == 401, (method, path, answer.status_code)
    assert opened == OPEN_TO_ALL


async def test_what_is_no_json_is_described_as_what_it_is(town: Town) -> None:
    metrics = await town.anonymous.get("/metrics")
    assert metrics.headers["content-type"].count("charset") == 1
    for path, item in (await document(town))["paths"].items():
        for operation in item.values():
            nothing = operation["responses"].get("204")
            assert nothing is None or "content" not in nothing, path
            if path.endswith(("/files/{file_id}", "/original", "/metrics")):
                assert "application/json" not in operation["responses"]["200"]["content"], path


async def test_headers_and_ids_are_described_by_their_form(town: Town) -> None:
    for path, item in (await document(town))["paths"].items():
        for operation in item.values():
            forms = {found["name"]: found["schema"] for found in operation.get("parameters", [])}
            assert forms.get(KEY_HEADER, {"format": "uuid"})["format"] == "uuid", path
            assert "pattern" in forms.get(VERSION_HEADER, {"pattern": ""}), path
            assert all(
                form["format"] == "uuid" for name, form in forms.items() if f"{{{name}}}" in path and "id" in name
            )


async def test_a_body_is_asked_for_only_where_something_must_be_in_it(town: Town) -> None:
    described = await document(town)
    wanted = {
        operation["operationId"]: operation["requestBody"]["required"]
        for item in described["paths"].values()
        for operation in item.values()
        if "requestBody" in operation
    }
    assert (wanted["ClassifySubmission"], wanted["AcknowledgeSubmission"]) == (True, False)
    answer = await (await town.of("mai")).post("/api/session/second-factors", headers=command())
    assert (wanted["SetUpSecondFactor"], answer.status_code) == (False, 201)


async def test_reading_notices_asks_for_no_version_and_says_so(town: Town) -> None:
    operation = (await document(town))["paths"]["/api/notices/reads"]["post"]
    assert [found["name"] for found in operation["parameters"]] == [KEY_HEADER]
    answer = await (await town.of("mai")).post("/api/notices/reads", json={"ids": []}, headers=command())
    assert answer.status_code == 201


async def test_what_is_said_of_generated_requests_is_of_operations_that_there_are(town: Town) -> None:
    there = {operation["operationId"] for _, item in addresses(await document(town)) for operation in item.values()}
    rules = tomllib.loads(settings("mai", {"case": ["a"], "unit": ["b"]}, Path("hooks.py")))
    named = {name for entry in rules["operations"] for name in entry["include-operation-id"]}
    assert named
    assert named <= there
    assert rules["auth"]["dynamic"]["openapi"]["bearer"]["payload"]["username"] == "mai"
    assert "auth" not in tomllib.loads(settings("", {}, Path("hooks.py")))
    assert all(reason for reason, _, _ in OPERATIONS)


@pytest.mark.parametrize("moment", [A_NUMBER, A_WORD, NO_OFFSET, ""])
@pytest.mark.parametrize(
    "path",
    [
        "/api/cases",
        "/api/explanations",
        "/api/figures",
        "/api/complaints",
        "/api/receptions",
        "/api/receptions/register",
    ],
)
async def test_a_moment_is_written_as_described_or_refused(town: Town, path: str, moment: str) -> None:
    answer = await (await town.of("mai")).get(path, params={"as_of": moment})
    assert answer.status_code == 400
    assert answer.json()["field"] == "as_of"


async def test_a_choice_that_is_left_out_may_be_empty_and_is_described_so(town: Town) -> None:
    places = (await document(town))["paths"]["/api/places"]["get"]["parameters"]
    form = next(found["schema"] for found in places if found["name"] == "area_id")
    mai = await town.of("mai")
    for text, status in (("", 200), (str(WARD), 200), ("khu", 400)):
        assert bool(re.match(form["pattern"], text)) == (status == 200)
        assert (await mai.get("/api/places", params={"area_id": text})).status_code == status
    for limit in (0, 201):
        answer = await mai.get("/api/places", params={"limit": limit})
        assert (answer.status_code, answer.json()["errors"][0]["field"]) == (400, "limit")


async def test_a_moment_in_a_body_has_its_offset_and_is_described_so(town: Town) -> None:
    schemas = (await document(town))["components"]["schemas"]
    forms = [
        found["properties"]["received_at"] for found in schemas.values() if "received_at" in found.get("properties", {})
    ]
    assert forms
    assert all({"type": "string", "format": "date-time"} in form["anyOf"] for form in forms)
    body = {"received_at": NO_OFFSET}
    answer = await (await town.of("mai")).post("/api/submissions/paper", json=body, headers=command())
    assert (answer.status_code, answer.json()["field"]) == (400, "received_at")
