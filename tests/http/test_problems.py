"""One map from errors to answers: bytes of what is not there, codes, fields, languages, what the log is told."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest
from litestar import get, route
from structlog.testing import capture_logs

from adapters.http.authenticate import SignInFailedError
from adapters.http.health import readiness, schema_check
from adapters.http.injected import FromPath, Injected
from adapters.http.problems import (
    NOT_FOUND_BODY,
    FieldFault,
    ForeignOriginError,
    InvalidInputError,
    UnsupportedMediaTypeError,
    answer_to,
)
from adapters.http.throttle import TooManyAttemptsError
from application.access import Actor, ForbiddenError, NotSignedInError, NotVisibleError, Role
from application.execute import StaleVersionError, VersionMissingError
from application.people import account_id_of
from application.ports import (
    CommandReusedError,
    ErasedError,
    FileRefusedError,
    OutcomeUnknownError,
    VersionConflictError,
)
from domain.people.refusals import PurposePeriodError
from tests.support.office import DOI_THONG, PASSWORD, SONG_MAY, Office, command, open_office
from tests.support.postgres import FreshDatabase

SECRET = "Nguyễn Thị Hoa 0912345678"


@get("/broken/{word:str}")
async def broken(word: FromPath[str]) -> None:
    raise RuntimeError(SECRET + word)


@route("/cases", http_method=["GET", "POST"], status_code=200)
async def cases(actor: Injected[Actor]) -> str:
    return str(actor.id)


@pytest.fixture
async def office(database: FreshDatabase, tmp_path: Path) -> Office:
    found = await open_office(database, tmp_path, controllers=[broken, cases])
    await found.employ("quan", DOI_THONG, Role.ADMINISTRATOR)
    await found.employ("mai", DOI_THONG, Role.INTAKE)
    await found.employ("xanh", SONG_MAY, Role.INTAKE)
    return found


ANSWERS: list[tuple[Exception, int, str]] = [
    (NotVisibleError(), 404, "not-found"),
    (NotSignedInError(), 401, "not-signed-in"),
    (SignInFailedError(), 401, "sign-in-failed"),
    (ForbiddenError(), 403, "forbidden"),
    (ForeignOriginError(), 403, "foreign-origin"),
    (PurposePeriodError(field="until", days=30), 409, "audit-purpose-period"),
    (StaleVersionError(3, 4), 412, "stale-version"),
    (VersionMissingError(), 428, "version-missing"),
    (InvalidInputError(FieldFault("post.title")), 400, "bad-input"),
    (FileRefusedError("file-too-large", 2), 400, "file-too-large"),
    (UnsupportedMediaTypeError(), 415, "unsupported-media-type"),
    (CommandReusedError(), 422, "command-reused"),
    (VersionConflictError(), 409, "version-conflict"),
    (OutcomeUnknownError(), 503, "outcome-unknown"),
    (ErasedError(), 410, "erased"),
    (TooManyAttemptsError(60), 429, "too-many-attempts"),
    (asyncpg.ConnectionDoesNotExistError(), 503, "temporarily-unavailable"),
    (asyncpg.InternalClientError("cannot switch to state 12"), 503, "temporarily-unavailable"),
    (asyncpg.DeadlockDetectedError(), 503, "temporarily-unavailable"),
    (ConnectionRefusedError(), 503, "temporarily-unavailable"),
    (TimeoutError(), 503, "temporarily-unavailable"),
    (ValueError(), 500, "internal"),
]


@pytest.mark.parametrize(("error", "status", "code"), ANSWERS, ids=[type(error).__name__ for error, _, _ in ANSWERS])
def test_every_error_has_its_status_and_code(error: Exception, status: int, code: str) -> None:
    answer = answer_to(error)
    assert (answer.status, answer.code) == (status, code)
    assert ("retry-after" in answer.headers) == (status in {503, 429} or code == "version-conflict")


async def test_missing_hidden_and_malformed_things_and_addresses_give_the_same_bytes(office: Office) -> None:
    hidden = account_id_of("xanh")
    async with await office.signed_in("quan") as quan:
        answers = {
            "hidden": await quan.post(f"/api/accounts/{hidden}/locks", json={"reason": "x"}, headers=command(1)),
            "hidden, stale": await quan.post(f"/api/accounts/{hidden}/locks", json={"reason": "x"}, headers=command(9)),
            "hidden, no version": await quan.post(
                f"/api/accounts/{hidden}/locks", json={"reason": "x"}, headers=command()
            ),
            "hidden, no key": await quan.post(f"/api/accounts/{hidden}/locks", json={"reason": "x"}),
            "hidden, bad body": await quan.post(f"/api/accounts/{hidden}/locks", json={"x": 1}, headers=command(1)),
            "hidden, no JSON": await quan.post(f"/api/accounts/{hidden}/locks", content=b"{", headers=command(1)),
            "missing": await quan.post(f"/api/accounts/{uuid4()}/locks", json={"reason": "x"}, headers=command(1)),
            "no id": await quan.post("/api/accounts/x/locks", json={"reason": "x"}, headers=command(1)),
            "no id, nothing sent": await quan.post("/api/accounts/x/locks"),
            "session of another": await quan.delete(f"/api/sessions/{uuid4()}"),
            "another authority": await quan.get("/api/accounts", params={"authority_id": str(SONG_MAY)}),
            "no address": await quan.get("/api/nothing"),
            "no address at all": await quan.post("/x/y/z"),
            "schema": await quan.get("/schema/nothing"),
        }
    assert {name: (a.status_code, a.content) for name, a in answers.items()} == dict.fromkeys(
        answers, (404, NOT_FOUND_BODY)
    )
    assert len({tuple(sorted(a.headers.items())) for a in answers.values()}) == 1


def test_the_body_of_nothing_says_nothing() -> None:
    assert NOT_FOUND_BODY == (
        b'{"type":"urn:hoso:problem:not-found","title":"Not Found","status":404,"code":"not-found"}'
    )


BAD_BODIES: list[tuple[dict[str, Any], str]] = [
    ({}, "username"),
    ({"username": "a", "name": "A", "password": "x", "post": {}}, "post.title"),
    ({"username": 5}, "username"),
    ({"username": "a", "shoe_size": 41}, "shoe_size"),
    (
        {
            "username": "a",
            "name": "A",
            "password": "x",
            "post": {"title": "T", "roles": ["king"], "authority_id": str(DOI_THONG), "from_day": "2026-01-01"},
        },
        "post.roles.0",
    ),
    (
        {
            "username": "a",
            "name": "A",
            "password": "x",
            "post": {"title": "T", "roles": ["head"], "authority_id": "x", "from_day": "2026-01-01"},
        },
        "post.authority_id",
    ),
]


@pytest.mark.parametrize(("body", "field"), BAD_BODIES, ids=[field for _, field in BAD_BODIES])
async def test_bad_input_names_the_field(office: Office, body: dict[str, Any], field: str) -> None:
    async with await office.signed_in("quan") as quan:
        answer = await quan.post("/api/accounts", json=body, headers=command())
    problem = answer.json()
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"
    assert (problem["code"], problem["field"]) == ("bad-input", field)
    assert [fault["field"] for fault in problem["errors"]] == [field]


async def test_a_wrong_parameter_is_named_and_its_value_is_not_told(office: Office) -> None:
    async with await office.signed_in("quan") as quan:
        kind = await quan.get("/api/places", params={"kind": "castle"})
        limit = await quan.get("/api/places", params={"limit": "many-many"})
    assert (kind.status_code, kind.json()["field"]) == (400, "kind")
    assert (limit.status_code, limit.json()["errors"]) == (400, [{"field": "limit"}])
    assert "many-many" not in limit.text


async def test_keys_versions_and_bodies_are_asked_for(office: Office) -> None:
    mai = account_id_of("mai")
    path, body = f"/api/accounts/{mai}/locks", {"reason": "Nghỉ (demo)"}
    async with await office.signed_in("quan") as quan:
        no_key = await quan.post(path, json=body, headers={"If-Match": '"2"'})
        odd_key = await quan.post(path, json=body, headers={"If-Match": '"2"', "Idempotency-Key": "abc"})
        no_version = await quan.post(path, json=body, headers=command())
        odd_version = await quan.post(path, json=body, headers={**command(), "If-Match": "two"})
        stale = await quan.post(path, json=body, headers=command(1))
        as_text = await quan.post(path, content=b"{}", headers={**command(2), "content-type": "text/plain"})
        right = await quan.post(path, json=body, headers=command(2))
    assert [(a.status_code, a.json().get("field")) for a in (no_key, odd_key)] == [(400, "Idempotency-Key")] * 2
    assert (no_version.status_code, no_version.json()["code"]) == (428, "version-missing")
    assert (odd_version.status_code, odd_version.json()["field"]) == (400, "If-Match")
    assert (stale.status_code, stale.json()["code"]) == (412, "stale-version")
    assert as_text.status_code == 415
    assert (right.status_code, right.headers["etag"], right.json()["version"]) == (201, '"3"', 3)


async def test_the_same_key_twice_is_one_effect_and_another_body_is_refused(office: Office) -> None:
    path, key = f"/api/accounts/{account_id_of('mai')}/locks", uuid4()
    async with await office.signed_in("quan") as quan:
        first = await quan.post(path, json={"reason": "Nghỉ (demo)"}, headers=command(2, key))
        again = await quan.post(path, json={"reason": "Nghỉ (demo)"}, headers=command(2, key))
        other = await quan.post(path, json={"reason": "Lý do khác (demo)"}, headers=command(2, key))
    assert first.status_code == 201
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert (other.status_code, other.json()["code"]) == (422, "command-reused")


async def test_two_people_may_use_the_same_key(office: Office) -> None:
    await office.employ("hai", DOI_THONG, Role.ADMINISTRATOR)
    key = uuid4()
    async with await office.signed_in("quan") as quan, await office.signed_in("hai") as hai:
        mai = f"/api/accounts/{account_id_of('mai')}"
        one = await quan.post(f"{mai}/locks", json={"reason": "Nghỉ (demo)"}, headers=command(2, key))
        two = await hai.post(f"{mai}/unlocks", json={"reason": "Về (demo)"}, headers=command(3, key))
    assert (one.status_code, two.status_code) == (201, 201)


async def test_a_body_that_is_too_large_is_not_read_to_the_end(office: Office) -> None:
    async with office.client() as client:
        answer = await client.post("/api/session", json={"username": "a" * 300_000, "password": "x"})
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")


async def test_a_refusal_speaks_vietnamese_unless_english_is_asked_for(office: Office) -> None:
    path = f"/api/accounts/{account_id_of('mai')}/unlocks"
    async with await office.signed_in("quan") as quan:
        vi = await quan.post(path, json={"reason": "x"}, headers=command(2))
        en = await quan.post(path, json={"reason": "x"}, headers={**command(2), "accept-language": "en-GB,en"})
    assert vi.json()["detail"] == "Tài khoản không bị khóa."
    assert en.json()["detail"] == "The account is not locked."
    assert vi.json()["code"] == en.json()["code"] == "account-not-locked"


BROWSER = {"accept": "text/html,application/xhtml+xml", "sec-fetch-site": "same-origin"}


async def test_a_browser_that_is_not_signed_in_is_led_to_sign_in_and_back(office: Office) -> None:
    async with office.client() as client:
        wanted = await client.get("/cases?tab=today&page=2", headers=BROWSER)
        sent = await client.post("/cases", headers=BROWSER)
        part = await client.get("/cases", headers={**BROWSER, "hx-request": "true"})
        program = await client.get("/cases")
    assert (wanted.status_code, wanted.headers["location"]) == (303, "/sign-in?next=%2Fcases%3Ftab%3Dtoday%26page%3D2")
    assert (sent.status_code, sent.headers["location"]) == (303, "/sign-in")
    assert (part.status_code, part.headers["hx-redirect"]) == (401, "/sign-in?next=%2Fcases")
    assert (program.status_code, program.headers["www-authenticate"]) == (401, 'Bearer realm="hoso"')


async def test_a_browser_gets_a_page_and_the_api_never_does(office: Office) -> None:
    async with office.client() as client:
        page = await client.get("/nothing", headers=BROWSER)
        other = await client.get("/nothing/at/all", headers=BROWSER)
        api = await client.get("/api/nothing", headers=BROWSER)
    assert page.headers["content-type"].startswith("text/html")
    assert (page.status_code, page.content) == (other.status_code, other.content)
    assert api.content == NOT_FOUND_BODY


async def test_what_nobody_foresaw_has_a_number_and_its_words_stay_out_of_answer_and_log(office: Office) -> None:
    with capture_logs() as told:
        async with office.client() as client:
            answer = await client.get("/broken/7KQ2M9TD4XWAH3RC")
    problem = answer.json()
    assert (answer.status_code, problem["code"]) == (500, "internal")
    entry = next(line for line in told if line["event"] == "unforeseen")
    assert entry["incident"] == problem["incident"]
    assert any("test_problems.py" in place for place in entry["at"])
    for secret in (SECRET, "0912345678", "7KQ2M9TD4XWAH3RC"):
        assert secret not in str(told)
        assert secret not in answer.text


async def test_one_line_per_request_by_route_without_address_agent_referrer_or_path(office: Office) -> None:
    headers = {"user-agent": "Sentinel/1.0", "referer": "https://sentinel.example", "x-forwarded-for": "192.0.2.99"}
    with capture_logs() as told:
        async with office.client(address="198.51.100.20") as client:
            await client.get("/api/sessions", headers=headers, params={"q": "sentinel-query"})
            await client.get(f"/api/{SECRET}", headers=headers)
    lines = [line for line in told if line["event"] == "request"]
    assert [(line["route"], line["status"]) for line in lines] == [("/api/sessions", 401), ("unmatched", 404)]
    assert {key for line in lines for key in line} == {"event", "log_level", "method", "route", "status", "ms"}
    assert not any(word in str(told) for word in ("entinel", "192.0.2.99", "198.51.100.20", "Hoa"))


async def test_metrics_are_for_this_machine(office: Office) -> None:
    async with office.client(address="127.0.0.1") as here, office.client() as elsewhere:
        await here.get("/health/live")
        text = (await here.get("/metrics")).text
        refused = await elsewhere.get("/metrics")
    assert 'hoso_http_requests_total{method="GET",route="/health/live",status="200"} 1.0' in text
    assert (refused.status_code, refused.content) == (404, NOT_FOUND_BODY)


async def test_a_process_is_ready_when_schema_and_read_models_are(office: Office, database: FreshDatabase) -> None:
    owner = await database.owner_pool()
    async with office.client() as client:
        assert (await client.get("/health/live")).json() == {"status": "live"}
        ready = await client.get("/health/ready")
        assert (ready.status_code, ready.json()["status"]) == (200, "ready")
        await owner.execute("insert into parked values ('people', 1, $1, 0, 'KeyError')", UUID(int=1))
        degraded = await client.get("/health/ready")
        assert (degraded.status_code, degraded.json()["status"]) == (200, "degraded")
        assert degraded.json()["checks"]["parked"]["note"] == "parked: people 1"
        await owner.execute("update consumer set halted = 'KeyError' where name = 'posts'")
        halted = await client.get("/health/ready")
        assert (halted.status_code, halted.json()["checks"]["read models"]["note"]) == (503, "halted: posts")
        await owner.execute("delete from consumer where name = 'posts'")
        missing = await client.get("/health/ready")
        assert missing.json()["checks"]["read models"]["note"] == "missing: posts"


async def test_a_newer_schema_and_a_lost_database_are_not_ready(office: Office, database: FreshDatabase) -> None:
    owner = await database.owner_pool()
    await owner.execute("insert into schema_migration (name, checksum) values ('9999_future', '\\x00')")
    found = await readiness({"schema": schema_check(office.services.pool)})
    assert found.status == "not-ready"
    assert "9999_future" in found.checks["schema"].note
    office.services.pool.terminate()
    lost = await readiness({"schema": schema_check(office.services.pool)})
    assert (lost.status, lost.checks["schema"].note) == ("not-ready", "InterfaceError")


async def test_signing_in_says_so_when_the_database_is_away(office: Office) -> None:
    office.services.pool.terminate()
    async with office.client() as client:
        answer: httpx.Response = await client.post("/api/session", json={"username": "mai", "password": PASSWORD})
    assert (answer.status_code, answer.json()["code"]) == (503, "temporarily-unavailable")
