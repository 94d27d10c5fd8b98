"""Erasing the sender of a case over the API: two people, no hold, and nothing of the person afterwards."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from adapters.http.problems import NOT_FOUND_BODY
from application.feedback_intake import Submission
from application.ports import Identity
from tests.support.office import command
from tests.support.uploads import telling_photo
from tests.support.world import CLASSIFIED, Sent, Town

PAPER = "12/ĐN-XDL ngày 02/03/2026 (demo)"
LAN = Identity(name="Trần Thị Lan (demo)", phone="0912 345 678")
TEXT = "Ban phụ huynh thu tiền máy chiếu, đề nghị kiểm tra (demo)"
ASKED = {"ground": "subject-asked", "document": PAPER}
HELD = {"reason": "Chứng cứ trong một vụ việc", "document": PAPER}
GONE = {"erased": True}
HOLD_STANDS = (409, "erasure-legal-hold-in-force", "")
NO_HOLD = (409, "legal-hold-not-in-force", "ground")
REUSED = (422, "command-reused", "")
ACTS: dict[str, dict[str, Any]] = {
    "erasure-requests": ASKED,
    "erasure-approvals": {"document": PAPER},
    "erasure-refusals": {"ground": "legal-hold", "reason": "Còn lưu giữ", "document": PAPER},
    "legal-holds": HELD,
    "legal-hold-liftings": {**HELD, "hold_id": str(uuid4())},
}


@pytest.fixture
async def sent(town: Town) -> Sent:
    """A submission with a name, a telephone number and a photo, received and classified."""
    what = Submission(text=TEXT, identity=LAN, photos=(telling_photo("JPEG"),))
    sent = await town.submit(what)
    await town.do("mai", f"/api/submissions/{sent.case_id}/acknowledgements")
    await town.do("mai", f"/api/submissions/{sent.case_id}/classifications", CLASSIFIED)
    await town.do("mai", f"/api/feedback/{sent.case_id}/questions", {"question": "Thu bao nhiêu? (demo)"})
    return sent


async def look(town: Town, username: str, case_id: object) -> httpx.Response:
    return await (await town.of(username)).get(f"/api/cases/{case_id}/erasure")


async def act(
    town: Town, username: str, case_id: object, name: str, version: int | None, **body: Any
) -> httpx.Response:
    client = await town.of(username)
    return await client.post(f"/api/cases/{case_id}/{name}", json={**ACTS[name], **body}, headers=command(version))


def said(answer: httpx.Response) -> tuple[int, str, str]:
    """Status, code and field of a refusal, which has a sentence of its own."""
    problem = answer.json()
    assert problem.get("detail"), answer.text
    return answer.status_code, problem["code"], problem.get("field", "")


async def carried_out(town: Town, sent: Sent) -> None:
    """Until the workers have destroyed the key and certified it."""
    async with asyncio.timeout(30):
        while (await look(town, "kho", sent.case_id)).json()["state"] != "erased":
            pass


async def erase(town: Town, sent: Sent) -> None:
    assert (await act(town, "mai", sent.case_id, "erasure-requests", 0)).status_code == 201
    assert (await act(town, "kho", sent.case_id, "erasure-approvals", 1)).status_code == 201
    await carried_out(town, sent)


async def test_a_request_and_a_second_person_destroy_the_key_and_leave_a_certificate(town: Town, sent: Sent) -> None:
    before = await look(town, "mai", sent.case_id)
    assert (before.headers["etag"], before.json()["state"]) == ('"0"', "none")
    assert before.json()["actions"] == ["erasure-requests"]
    asked = await act(town, "mai", sent.case_id, "erasure-requests", 0, note="Chị Lan gọi đến (demo)")
    assert (asked.status_code, asked.headers["etag"]) == (201, '"1"')
    assert asked.json() == {"id": str(sent.case_id), "version": 1}
    waiting = (await look(town, "kho", sent.case_id)).json()
    assert (waiting["state"], waiting["certificate"]) == ("requested", None)
    assert waiting["request"]["document"] == PAPER
    assert waiting["request"]["term"]["rule_id"] == "PD-RESPOND"
    assert waiting["facts"][0]["data"]["note"] == "Chị Lan gọi đến (demo)"
    assert waiting["actions"] == ["erasure-approvals", "erasure-refusals", "legal-holds"]
    assert (await act(town, "kho", sent.case_id, "erasure-approvals", 1)).status_code == 201
    await carried_out(town, sent)
    after = await look(town, "mai", sent.case_id)
    told = after.json()
    assert (after.headers["etag"], told["state"], told["actions"]) == ('"3"', "erased", [])
    certificate = told["certificate"]
    counts = [certificate[name] for name in ("keys", "identities", "index_entries", "files")]
    assert counts == [1, 1, 2, 1]
    assert [fact["topic"] for fact in told["facts"]] == [
        "privacy.erasure_requested.v1",
        "privacy.erasure_approved.v1",
        "privacy.subject_erased.v1",
    ]
    assert told["facts"][0]["data"]["note"] == GONE
    assert told["facts"][1]["actor"]["name"] == "Người kho (demo)"
    assert "subject_id" not in after.text


async def test_afterwards_every_way_to_the_case_says_that_its_texts_were_erased(town: Town, sent: Sent) -> None:
    await town.settle()  # recorded, so that the moment has all of it
    moment = datetime.now(UTC)
    mai = await town.of("mai")
    photo = (await mai.get(f"/api/cases/{sent.case_id}")).json()["attachments"][0]["id"]
    assert (await mai.get(f"/api/cases/{sent.case_id}/files/{photo}")).status_code == 200
    await erase(town, sent)
    for params in ({}, {"as_of": moment.isoformat()}, {"as_of": moment.isoformat(), "clock": "happened"}):
        case = (await mai.get(f"/api/cases/{sent.case_id}", params=params)).json()
        assert case["content"] == GONE, params
        assert [item["text"] for item in case["classification"]["requests"]] == [GONE, GONE]
        assert case["messages"][0]["question"] == GONE
        history = (await mai.get(f"/api/cases/{sent.case_id}/history", params=params)).json()["facts"]
        assert [fact["version"] for fact in history] == [1, 2, 3, 4]
        assert history[0]["data"]["content"] == GONE
    assert (await mai.get(f"/api/cases/{sent.case_id}/files/{photo}")).status_code == 410
    disclosure = f"/api/submissions/{sent.case_id}/identity-disclosures"
    shown = await mai.post(disclosure, json={"reason": "Gọi lại cho người gửi"}, headers=command(4))
    assert said(shown) == (410, "erased", "")
    assert (await mai.get("/api/cases")).json()["total"] == 1
    for phone in (LAN.phone, "+84912345678"):
        assert await town.world.identities.find("phone", phone) == []
    assert await town.world.identities.find("name", LAN.name) == []


async def test_the_sender_reads_with_the_code_that_it_was_erased(town: Town, sent: Sent) -> None:
    before = (await town.anonymous.get(f"/api/track/{sent.code}")).json()
    assert before["text"] == TEXT
    await erase(town, sent)
    after = (await town.anonymous.get(f"/api/track/{sent.code}")).json()
    assert (after["text"], after["questions"][0]["question"], after["state"]) == (GONE, GONE, before["state"])
    page = await town.anonymous.post("/p/track/", data={"code": sent.code})
    assert page.status_code == 200
    assert TEXT not in page.text
    assert (
        page.text.count("[đã xóa theo yêu cầu]") == 3
    )  # the text, the question among the words, the question that waits
    reply = f"/api/track/{sent.code}/replies"
    answer = await town.anonymous.post(reply, json={"question": 1, "text": "450.000 đồng"}, headers=command())
    assert said(answer) == (410, "erased", "")


async def test_nobody_approves_what_they_entered_themselves(town: Town, sent: Sent) -> None:
    await act(town, "son", sent.case_id, "erasure-requests", 0)
    assert "erasure-approvals" not in (await look(town, "son", sent.case_id)).json()["actions"]
    refused = await act(town, "son", sent.case_id, "erasure-approvals", 1)
    assert said(refused) == (409, "erasure-needs-a-second-person", "")
    assert (await look(town, "kho", sent.case_id)).json()["state"] == "requested"


async def test_under_a_legal_hold_nothing_is_erased_until_it_is_lifted(town: Town, sent: Sent) -> None:
    await act(town, "mai", sent.case_id, "erasure-requests", 0)
    assert (await act(town, "son", sent.case_id, "legal-holds", 1)).status_code == 201
    held = (await look(town, "kho", sent.case_id)).json()
    (hold,) = held["holds"]
    assert (held["state"], hold["reason"], hold["placed_by"]["name"]) == ("held", HELD["reason"], "Người son (demo)")
    assert said(await act(town, "kho", sent.case_id, "erasure-approvals", 2)) == HOLD_STANDS
    unknown = await act(town, "kho", sent.case_id, "legal-hold-liftings", 2)
    assert said(unknown) == (409, "legal-hold-not-in-force", "hold_id")
    lifted = await act(town, "kho", sent.case_id, "legal-hold-liftings", 2, hold_id=hold["hold_id"])
    assert lifted.status_code == 201
    assert (await look(town, "kho", sent.case_id)).json()["holds"] == []
    assert (await act(town, "kho", sent.case_id, "erasure-approvals", 3)).status_code == 201
    await carried_out(town, sent)
    assert (await look(town, "kho", sent.case_id)).json()["state"] == "erased"
    again = await act(town, "mai", sent.case_id, "erasure-requests", 5)
    assert said(again) == (409, "subject-already-erased", "")


async def test_a_request_may_be_refused_with_its_ground_and_asked_again(town: Town, sent: Sent) -> None:
    await act(town, "mai", sent.case_id, "erasure-requests", 0)
    assert said(await act(town, "son", sent.case_id, "erasure-refusals", 1)) == NO_HOLD
    await act(town, "son", sent.case_id, "legal-holds", 1)
    assert (await act(town, "son", sent.case_id, "erasure-refusals", 2)).status_code == 201
    told = (await look(town, "mai", sent.case_id)).json()
    assert (told["state"], told["request"], told["actions"]) == ("held", None, ["erasure-requests"])
    assert (await act(town, "mai", sent.case_id, "erasure-requests", 3)).status_code == 201


async def test_who_may_not_see_it_gets_the_answer_of_what_is_not_there(town: Town, sent: Sent) -> None:
    strangers = ("dung", "loan", "nga", "van", "vinh", "hoa", "tung")
    for username in strangers:
        for case_id in (sent.case_id, uuid4(), "no-id"):
            seen = await look(town, username, case_id)
            assert (seen.status_code, seen.content) == (404, NOT_FOUND_BODY), username
            for name in ACTS:
                for version, body in ((0, {}), (None, {}), (0, {"document": 7})):
                    answer = await act(town, username, case_id, name, version, **body)
                    assert (answer.status_code, answer.content) == (404, NOT_FOUND_BODY), (username, name)
    assert (await town.anonymous.get(f"/api/cases/{sent.case_id}/erasure")).status_code == 401
    assert await town.world.pool.fetchval("select count(*) from stream where kind = 'privacy'") == 0


async def test_the_custodian_decides_about_data_of_a_case_that_stays_closed_to_them(town: Town, sent: Sent) -> None:
    kho = await town.of("kho")
    assert (await kho.get(f"/api/cases/{sent.case_id}")).status_code == 404
    assert (await look(town, "kho", sent.case_id)).status_code == 200
    assert said(await act(town, "kho", sent.case_id, "erasure-requests", 0)) == (403, "forbidden", "")
    assert said(await act(town, "thu", sent.case_id, "erasure-approvals", 0)) == (403, "forbidden", "")


async def test_every_act_names_the_version_that_was_seen(town: Town, sent: Sent) -> None:
    assert said(await act(town, "mai", sent.case_id, "erasure-requests", None)) == (428, "version-missing", "If-Match")
    assert said(await act(town, "mai", sent.case_id, "erasure-requests", 1)) == (412, "stale-version", "")
    assert (await act(town, "mai", sent.case_id, "erasure-requests", 0)).status_code == 201
    for name in ACTS:
        if name != "erasure-requests":
            assert said(await act(town, "son", sent.case_id, name, 0)) == (412, "stale-version", ""), name


async def test_the_same_key_is_one_request_and_another_body_under_it_is_refused(town: Town, sent: Sent) -> None:
    mai, key = await town.of("mai"), uuid4()
    path = f"/api/cases/{sent.case_id}/erasure-requests"
    first = await mai.post(path, json=ASKED, headers=command(0, key))
    again = await mai.post(path, json=ASKED, headers=command(0, key))
    assert (first.status_code, first.content) == (201, again.content)
    assert said(await mai.post(path, json={**ASKED, "note": "x"}, headers=command(0, key))) == REUSED
    assert (await look(town, "mai", sent.case_id)).json()["version"] == 1


WRONG: tuple[tuple[dict[str, Any], tuple[int, str, str]], ...] = (
    ({"ground": "because"}, (400, "bad-input", "ground")),
    ({"document": ""}, (409, "erasure-document-missing", "document")),
    ({"document": None}, (400, "bad-input", "document")),
    ({"who": "Lan"}, (400, "bad-input", "who")),
    ({"received_at": "2026-03-02T09:00:00"}, (400, "bad-input", "received_at")),
    ({"received_at": "2090-01-01T09:00:00+07:00"}, (409, "erasure-received-in-future", "received_at")),
)


async def test_a_request_that_is_wrong_names_the_field(town: Town, sent: Sent) -> None:
    for wrong, expected in WRONG:
        assert said(await act(town, "mai", sent.case_id, "erasure-requests", 0, **wrong)) == expected
    hold = await act(town, "son", sent.case_id, "legal-holds", 0, reason="")
    assert said(hold) == (400, "bad-input", "reason")


async def test_a_request_that_came_earlier_has_its_term_from_that_day(town: Town, sent: Sent) -> None:
    received = datetime.now(UTC) - timedelta(days=3)
    late = {"received_at": received.isoformat()}
    unexplained = await act(town, "mai", sent.case_id, "erasure-requests", 0, **late)
    assert said(unexplained) == (409, "erasure-late-reason-missing", "late_reason")
    late["late_reason"] = "Đơn đến bằng bưu điện"
    answer = await act(town, "mai", sent.case_id, "erasure-requests", 0, **late)
    assert answer.status_code == 201, answer.text
    told = (await look(town, "mai", sent.case_id)).json()
    assert told["facts"][0]["reason"] == "Đơn đến bằng bưu điện"
    assert datetime.fromisoformat(told["facts"][0]["occurred_at"]) == received
