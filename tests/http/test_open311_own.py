"""By Open311 nobody learns of anything but the own message, whatever is asked, and as often as one likes."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from urllib.parse import urlencode
from uuid import uuid4

import pytest
import structlog
from structlog.testing import capture_logs

from adapters.http.throttle import SUBMISSIONS, TRACKING
from application.feedback_intake import Submission
from domain.feedback.vocabulary import Topic
from domain.schools.codes import public_code
from tests.http.test_open311 import FORMS, SENT, STORY, V2, errors, get, sent, shown, xml_of
from tests.support.postgres import FreshDatabase
from tests.support.world import SCHOOL, Town, open_town


async def test_no_call_lists_anything_whoever_asks_for_whatever(town: Town) -> None:
    token, code = await sent(town)
    await town.settle()
    case_id = (await (await town.of("mai")).get("/api/cases")).json()["cases"][0]["case_id"]
    wishes = [
        {},
        *({"service_request_id": one} for one in (token, code, case_id, f"{token},{code}")),
        {"status": "open", "start_date": "2010-01-01T00:00:00Z", "end_date": "2030-01-01T00:00:00Z"},
        {"service_code": "money", "jurisdiction_id": "phuong-doi-thong"},
    ]
    for client in (town.anonymous, await town.of("mai"), await town.of("son")):
        for params in wishes:
            json = await client.get(f"{V2}/requests.json", params=params)
            xml = await client.get(f"{V2}/requests.xml", params=params)
            assert (json.status_code, json.json()) == (200, [])
            assert (xml.status_code, len(xml_of(xml.text))) == (200, 0)


async def test_an_id_that_is_not_ones_own_is_answered_like_none_at_all(town: Town) -> None:
    token, code = await sent(town)
    other = await town.submit(Submission(text=STORY + " Việc khác.", topic=Topic.MONEY))
    await town.settle()
    case_id = (await (await town.of("mai")).get("/api/cases")).json()["cases"][0]["case_id"]
    foreign = town.world.secrets.reading_token(town.world.secrets.tracking_code(uuid4()))
    changed = ("B" if token[0] == "A" else "A") + token[1:]
    guesses = [foreign, changed, token[:-1], token + "A", token.lower(), code, other.code, case_id, str(other.case_id)]
    guesses += [str(uuid4()), "1", "nobodys", "%00", "..", "x" * 500]
    for kind in ("requests", "tokens"):
        for form in FORMS:
            answers = [await get(town, f"{kind}/{guess}.{form}") for guess in guesses]
            assert {answer.status_code for answer in answers} == {404}
            assert len({answer.content for answer in answers}) == 1
            headers = [{k: v for k, v in answer.headers.items() if k != "date"} for answer in answers]
            assert all(found == headers[0] for found in headers)
    assert (await get(town, f"requests/{token}.json")).status_code == 200


async def test_the_id_reads_and_does_nothing_else(town: Town) -> None:
    token, code = await sent(town)
    await town.settle()
    for path, body in (("", None), ("/withdrawals", {}), ("/replies", {"question": 1, "text": "x"})):
        if body is None:
            answer = await town.anonymous.get(f"/api/track/{token}")
        else:
            answer = await town.anonymous.post(f"/api/track/{token}{path}", json=body)
        assert answer.status_code == 404
    assert (await town.anonymous.post("/p/track", data={"code": token})).status_code == 404
    assert (await town.anonymous.get(f"/api/track/{code}")).status_code == 200


@pytest.fixture
async def still(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Town]:
    """The clock moves only by hand."""
    async with open_town(database, tmp_path, now=datetime(2026, 3, 2, 2, tzinfo=UTC)) as town:
        yield town


async def test_much_from_one_network_waits_to_be_screened_and_its_sender_sees_no_difference(still: Town) -> None:
    tokens = []
    for number in range(SUBMISSIONS.capacity + 1):
        words = " ".join(f"{letter}{'abcdefghij'[number % 10]}{'klmnopqrst'[number // 10]}" for letter in "bcdghklmnp")
        tokens.append((await sent(still, description=words))[0])
    await still.settle()
    held = (await (await still.of("mai")).get("/api/cases", params={"held": "true"})).json()["cases"]
    assert [case["held_signs"] for case in held] == [["many-from-one-place"]]
    first, last = await shown(still, tokens[0]), await shown(still, tokens[-1])
    assert {key for key in first if first[key] != last[key]} == {"service_request_id"}


async def test_ids_cannot_be_tried_without_end_together_with_codes(still: Town) -> None:
    token, code = await sent(still)
    await still.settle()
    for number in range(TRACKING.capacity):
        path = f"{V2}/requests/x{number}.json" if number % 2 else "/api/track/0000000000000000"
        assert (await still.anonymous.get(path)).status_code == 404
    answer = await get(still, f"requests/{token}.json")
    assert (answer.status_code, errors(answer)) == (429, [(429, "too-many-attempts")])
    assert answer.headers["retry-after"] == "1"
    assert (await still.anonymous.get(f"/api/track/{code}")).status_code == 429
    still.pass_time(timedelta(seconds=TRACKING.refill_s))
    assert (await get(still, f"requests/{token}.json")).status_code == 200


async def test_neither_id_nor_code_stands_in_the_log(town: Town) -> None:
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.INFO))  # until the town is closed
    with capture_logs() as told:
        token, code = await sent(town)
        await shown(town, token)
        await get(town, f"tokens/{token}.xml")
    assert {"/open311/v2/requests/{name}", "/open311/v2/tokens/{name}"} <= {line.get("route") for line in told}
    metrics = await town.anonymous.get("/metrics")
    for text in (repr(told), metrics.text):
        assert token not in text
        assert code not in text
    assert "/open311/v2/requests/{name}" in metrics.text


PIECES = (
    *("service_code", "attribute[unit]", "attribute[danger]", "description", "jurisdiction_id", "address_id", "phone"),
    *("=", "&", "%", "%00", "%ff", "%ed%a0%80", "[", "]", "\0", "money", "yes", public_code(SCHOOL), "\r\n", "💥", "+"),
)


async def test_whatever_is_sent_is_taken_or_refused_and_never_an_error_of_ours(town: Town) -> None:
    random, taken = Random(311), 0
    form = {"content-type": "application/x-www-form-urlencoded"}
    for number in range(300):
        noise = "".join(random.choices(PIECES, k=random.randrange(1, 12))).encode()
        right = urlencode({**SENT, "description": f"{STORY} {number}"}).encode()
        body = random.choice((noise, right + b"&" + noise, noise + b"&" + right))
        answer = await town.anonymous.post(f"{V2}/requests.json", content=body, headers=form)
        assert answer.status_code in {200, 400, 404}, (body, answer.text)
        taken += answer.status_code == 200
        path = "".join(random.choices((*PIECES, "/", "."), k=4)).replace("\0", "%00").replace("\r\n", "%0d")
        looked = await town.anonymous.get(f"{V2}/requests/{path}.json", params={"jurisdiction_id": noise.decode()})
        assert looked.status_code in {200, 404}, (path, looked.text)
    print(f"{taken} of 300 were taken")
    assert 0 < taken < 300
