"""A sender is treated worse since the message: who reads it, who is told, what comes of it, and who sees nothing."""

from __future__ import annotations

import re
import zipfile
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from application.access import Role
from application.feedback_access import scope_of
from application.feedback_intake import Submission
from application.people import account_id_of
from application.protection_access import sees_task
from domain.feedback.feedback import FEEDBACK
from domain.feedback.vocabulary import Topic
from domain.protection.protection import MOST_OPEN, PROTECTION
from projections.protection import TaskFilters, list_tasks
from tests.http.test_urgent_and_told import mails, pass_time, text_in, with_address
from tests.support.office import command
from tests.support.postgres import FreshDatabase
from tests.support.protecting import REPORT, WORSE, act_on, reported, sends_report, task_of
from tests.support.world import CLASSIFIED, OTHER_SCHOOL, PEOPLE, SONG_MAY, Sent, Town, employ, official, open_town

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
"""Monday 02/03/2026, 09:00 in Hà Nội."""
STORY = "Lớp thu tiền máy chiếu, không có biên lai (demo)."
CLOSING = {"outcome": "measures-taken", "words": "Cháu đã được về lớp cũ (demo).", "reason": "Đã trao đổi (demo)."}
FEW, OTHERS = ("anh", "son"), ("mai", "lan", "nga", "thu", "hung", "van", "kho", "tung", "hoa", "dung", "loan", "tinh")


@pytest.fixture
async def still(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Town]:
    """A town whose clock is moved by hand."""
    async with open_town(database, tmp_path, now=NOW) as town:
        yield town


async def in_hand(town: Town, **more: object) -> Sent:
    """A case that mai holds."""
    sent = await town.submit(Submission(text=STORY, topic=Topic.MONEY))
    path = f"/api/submissions/{sent.case_id}"
    await town.do("mai", f"{path}/acknowledgements")
    await town.do("mai", f"{path}/classifications", {**CLASSIFIED, **more})
    return sent


async def kinds(town: Town, username: str) -> list[str]:
    """What that person is told."""
    answer = await (await town.of(username, anew=True)).get("/api/notices")
    return [item["kind"] for item in answer.json()["items"]] if answer.status_code == 200 else []


def urgent_mails(town: Town) -> list[str]:
    """All but the morning mails."""
    return [text for text in map(text_in, mails(town)) if "Có 1 việc khẩn" in text]


async def states(town: Town, code: str) -> list[tuple[str, str | None]]:
    """What the sender reads."""
    shown = (await town.anonymous.get(f"/api/track/{code}")).json()["protection"]
    return [(one["state"], one["words"]) for one in shown]


async def test_a_report_is_read_by_the_contact_and_the_head_and_by_nobody_else(town: Town) -> None:
    sent = await in_hand(town)
    task = await reported(town, sent.code)
    for name in FEW:
        shown = await task_of(town, name, task)
        assert (shown["text"], shown["whom"], shown["since"]) == (WORSE, "child", "2026-01-15")
        assert (shown["badge"], shown["status"], shown["actions"]) == ("policy", "new", ["takings"])
        listed = (await (await town.of(name)).get("/api/protection-tasks")).json()
        assert [one["id"] for one in listed["tasks"]] == [str(task)]
        assert WORSE not in str(listed)
    for name in OTHERS:
        client = await town.of(name)
        there, nowhere = [await client.get(f"/api/protection-tasks/{one}") for one in (task, uuid4())]
        assert (there.status_code, there.content) == (404, nowhere.content)
        listed = await client.get("/api/protection-tasks")
        assert listed.status_code == (200 if name == "dung" else 403), name
        assert name != "dung" or listed.json()["total"] == 0
    audited = await task_of(town, "vinh", task)
    assert (audited["text"], audited["actions"]) == (WORSE, [])
    assert (await act_on(town, "vinh", task, "takings")).status_code == 403


async def test_who_is_closed_out_of_the_case_is_closed_out_of_the_report(town: Town) -> None:
    narrow = await in_hand(town, category="tutoring")
    task = await reported(town, narrow.code)
    await task_of(town, "vinh", task, 404)
    await town.do("son", f"/api/feedback/{narrow.case_id}/involvements", {})
    await town.settle()
    await task_of(town, "son", task, 404)
    assert (await (await town.of("son")).get("/api/protection-tasks")).json()["total"] == 0
    assert (await task_of(town, "anh", task))["actions"] == ["takings"]


async def test_the_same_report_sent_twice_is_one_and_another_one_is_another(town: Town) -> None:
    sent = await in_hand(town)
    path, key = f"/api/track/{sent.code}/protection-reports", {"idempotency-key": str(uuid4())}
    first, second = [await town.anonymous.post(path, json=REPORT, headers=key) for _ in range(2)]
    assert (first.status_code, first.content) == (second.status_code, second.content) == (201, first.content)
    other = await town.anonymous.post(path, json={**REPORT, "whom": "me"}, headers=key)
    assert (other.status_code, other.json()["code"]) == (422, "command-reused")
    assert str(await reported(town, sent.code)) != first.json()["id"]
    assert await states(town, sent.code) == [("received", None)] * 2
    for _ in range(MOST_OPEN - 2):
        await reported(town, sent.code)
    refused = await sends_report(town, sent.code)
    assert (refused.status_code, refused.json()["code"]) == (409, "protection-too-many-open")


async def test_what_is_wrong_with_a_report_names_its_field(town: Town) -> None:
    sent = await in_hand(town)
    for wrong, status, code in (
        ({"text": ""}, 400, "bad-input"),
        ({"text": "  "}, 409, "protection-text-missing"),
        ({"whom": "teacher"}, 400, "bad-input"),
        ({"since": "2999-01-01"}, 409, "protection-since-ahead"),
        ({"part": 3}, 404, "not-found"),
    ):
        answer = await sends_report(town, sent.code, **wrong)
        assert (answer.status_code, answer.json().get("code", "not-found")) == (status, code), wrong
    assert (await sends_report(town, "AAAABBBBCCCCDDDD")).status_code == 404
    assert await states(town, sent.code) == []


async def test_a_task_is_taken_worked_on_handed_over_and_the_sender_reads_what_came_of_it(town: Town) -> None:
    sent = await in_hand(town)
    task = await reported(town, sent.code)
    assert (await act_on(town, "anh", task, "measures", {"note": "x"})).status_code == 403
    assert (await act_on(town, "anh", task, "takings")).status_code == 201
    again = await act_on(town, "son", task, "takings")
    assert (again.status_code, again.json()["code"]) == (409, "protection-already-taken")
    assert (await states(town, sent.code))[0][0] in ("received", "looked-at")
    assert (await act_on(town, "son", task, "measures", {"note": "x"})).status_code == 403
    assert (await act_on(town, "anh", task, "measures", {"note": "Đã gặp phụ huynh (demo)."})).status_code == 201
    stranger = await act_on(town, "anh", task, "hand-overs", {"official_id": str(account_id_of("mai"))})
    assert (stranger.status_code, stranger.json()["code"]) == (409, "protection-not-permitted")
    handed = await act_on(town, "anh", task, "hand-overs", {"official_id": str(account_id_of("son"))})
    assert handed.status_code == 201
    await town.settle()
    assert await kinds(town, "son") == ["protection-handed"]
    assert await states(town, sent.code) == [("looked-at", None)]
    assert (await act_on(town, "anh", task, "closures", CLOSING)).status_code == 403
    for wrong, code in (
        ({"words": ""}, "protection-words-missing"),
        ({"outcome": "referred"}, "protection-receiver-missing"),
        ({"outcome": "nothing-found", "reason": ""}, "protection-reason-missing"),
    ):
        answer = await act_on(town, "son", task, "closures", {**CLOSING, **wrong})
        assert (answer.status_code, answer.json()["code"]) == (409, code)
    assert (await act_on(town, "son", task, "closures", CLOSING)).status_code == 201
    await town.settle()
    assert await states(town, sent.code) == [("finished", CLOSING["words"])]
    tracked = (await town.anonymous.get(f"/api/track/{sent.code}")).text
    for hidden in (CLOSING["reason"], "Đã gặp phụ huynh", WORSE, "Người anh", "Người son"):
        assert hidden not in tracked
    shown = await task_of(town, "anh", task)
    assert [one["note"] for one in shown["measures"]] == ["Đã gặp phụ huynh (demo)."]
    assert (shown["outcome"], shown["reason"], shown["actions"]) == ("measures-taken", CLOSING["reason"], [])
    assert {one["topic"].split(".")[1] for one in shown["history"]} == {
        "reported", "protection_task_reported", "taken", "measure_noted", "handed_over", "closed",
    }  # fmt: skip
    assert await kinds(town, "son") == []


async def test_the_few_are_told_at_once_by_notice_and_mail_and_again_each_day_until_somebody_takes_it(
    still: Town,
) -> None:
    await with_address(still, *FEW, "mai", "lan")
    sent = await in_hand(still)
    task = await reported(still, sent.code)
    for name in (*FEW, *OTHERS):
        wanted = ["protection"] if name in FEW else []
        assert [kind for kind in await kinds(still, name) if kind.startswith("protection")] == wanted, name
    await pass_time(still, timedelta(minutes=1))
    first = urgent_mails(still)
    assert len(first) == len(FEW)
    number = (await task_of(still, "son", task))["case_number"]
    for text in first:
        for hidden in (str(task), str(sent.case_id), number, WORSE[:12], "đối xử", "bảo vệ", "Bình Nguyên", STORY[:12]):
            assert hidden not in text, hidden
    await pass_time(still, timedelta(hours=23, minutes=58))
    assert await kinds(still, "anh") == ["protection"]
    await pass_time(still, timedelta(minutes=3))
    assert sorted(await kinds(still, "anh")) == ["protection", "protection-again"]
    await pass_time(still, timedelta(days=3))
    await still.of("anh", anew=True)
    shown = await task_of(still, "anh", task)
    assert (shown["escalations"], len(urgent_mails(still))) == (4, 3 * len(FEW)), (
        "caught up: one mail for the missed days"
    )
    assert (await act_on(still, "anh", task, "takings")).status_code == 201
    await still.settle()
    assert [await kinds(still, name) for name in FEW] == [[], []]
    await pass_time(still, timedelta(days=3))
    await still.of("anh", anew=True)
    assert (await task_of(still, "anh", task))["escalations"] == 4
    assert len(urgent_mails(still)) == 3 * len(FEW)


async def test_where_no_contact_is_named_the_heads_are_told_and_where_nobody_is_left_the_superior(town: Town) -> None:
    there = await town.submit(Submission(text=STORY), OTHER_SCHOOL)
    task = await reported(town, there.code)
    assert await kinds(town, "dung") == ["protection"]
    await task_of(town, "dung", task)
    await employ(town, "chu", official(Role.HEAD, authority=PEOPLE["tinh"].authority))
    await town.settle()
    sent = await in_hand(town, category="school-violence")
    before = await reported(town, sent.code)
    for name in FEW:
        await town.do(name, f"/api/feedback/{sent.case_id}/involvements", {})
    await town.settle()
    after = await reported(town, sent.code)
    assert [await kinds(town, name) for name in (*FEW, "chu")] == [[], [], ["protection"]]
    for name, status in (("anh", 404), ("son", 404), ("chu", 200)):
        for one in (before, after):
            await task_of(town, name, one, status)
    assert (await act_on(town, "chu", before, "takings")).status_code == 201


async def test_the_handler_sees_a_sign_and_nothing_of_it_stands_anywhere_else(town: Town) -> None:
    sent, before = await in_hand(town), dict[str, str]()
    paths = (
        f"/api/cases/{sent.case_id}",
        f"/api/cases/{sent.case_id}/history",
        f"/api/cases/{sent.case_id}/alerts",
        f"/api/cases/{sent.case_id}/deadlines",
        "/api/cases",
        "/api/cases?q=chuyen+lop",
        "/api/figures",
        "/api/notices",
    )
    mai = await town.of("mai")
    for path in paths:
        before[path] = without_place((await mai.get(path)).text)
    task = await reported(town, sent.code)
    for path in paths:
        assert without_place((await mai.get(path)).text) == before[path], path
    zipped = await (await town.of("son")).get(f"/api/cases/{sent.case_id}/export")
    assert zipped.status_code == 200
    with zipfile.ZipFile(BytesIO(zipped.content)) as archive:
        for name in archive.namelist():
            assert str(task).encode() not in archive.read(name), name
            assert WORSE.encode() not in archive.read(name), name
    told = await mai.post("/api/assistance/look-ups", json={"code": sent.code}, headers=command(0))
    assert told.status_code == 201, told.text
    assert "protection" not in told.json()
    assert (await (await town.of("hoa")).get("/api/school/requests")).json()["requests"] == []


def without_place(text: str) -> str:
    """Without the place in the log at the head of the answer, which anything that happens anywhere moves."""
    return re.sub(r'^\{"log_index":\d+,"recorded_at":"[^"]+"', "{", text)


async def test_a_report_about_a_case_that_was_passed_on_goes_to_who_has_it_now(town: Town) -> None:
    sent = await in_hand(town)
    passed = {"to_authority_id": str(SONG_MAY), "receiver": "", "where_to_ask": "Số 1 (demo)", "reason": "Đúng tuyến"}
    await town.do("mai", f"/api/submissions/{sent.case_id}/transfers", passed)
    await town.settle()
    task = await reported(town, sent.code)
    shown = await task_of(town, "dung", task)
    assert shown["case_id"] != str(sent.case_id)
    await task_of(town, "son", task, 404)
    assert await states(town, sent.code) == [("received", None)]


async def test_a_report_goes_with_a_case_that_is_handed_over(town: Town) -> None:
    sent = await in_hand(town)
    task = await reported(town, sent.code)
    assert (await act_on(town, "anh", task, "takings")).status_code == 201
    there = {"to_authority_id": str(SONG_MAY), "reason": "Sáp nhập (demo)"}
    await town.do("son", f"/api/feedback/{sent.case_id}/hand-overs", there)
    await town.settle()
    for name in FEW:
        await task_of(town, name, task, 404)
    assert (await task_of(town, "dung", task))["actions"] == ["hand-overs"]
    mine = {"official_id": str(account_id_of("dung"))}
    assert (await act_on(town, "dung", task, "hand-overs", mine)).status_code == 201
    assert (await act_on(town, "dung", task, "closures", CLOSING)).status_code == 201


async def test_what_is_erased_of_the_sender_is_erased_here_too_and_the_task_can_still_be_ended(town: Town) -> None:
    sent = await in_hand(town)
    task = await reported(town, sent.code)
    assert (await act_on(town, "anh", task, "takings")).status_code == 201
    assert (await act_on(town, "anh", task, "measures", {"note": "Đã gặp phụ huynh (demo)."})).status_code == 201
    erasing = f"/api/cases/{sent.case_id}"
    paper = {"document": "12/ĐN (demo)"}
    mai, kho = await town.of("mai"), await town.of("kho")
    asked = await mai.post(f"{erasing}/erasure-requests", json={"ground": "subject-asked", **paper}, headers=command(0))
    assert asked.status_code == 201, asked.text
    approved = await kho.post(f"{erasing}/erasure-approvals", json=paper, headers=command(1))
    assert approved.status_code == 201, approved.text
    await town.settle()
    shown = await task_of(town, "anh", task)
    assert [shown["text"], shown["measures"][0]["note"]] == [{"erased": True}] * 2
    assert (await sends_report(town, sent.code)).status_code == 410
    assert "/p/track/worse" not in (await town.anonymous.post("/p/track", data={"code": sent.code})).text
    nothing = {"outcome": "nothing-found", "words": "", "reason": ""}
    assert (await act_on(town, "anh", task, "closures", nothing)).status_code == 201
    await town.settle()
    assert await states(town, sent.code) == [("finished", None)]


async def test_the_list_asks_the_same_question_as_the_policy(town: Town) -> None:
    await employ(town, "bich", official(Role.CHILD_CONTACT, areas=PEOPLE["nga"].areas))
    await employ(town, "chu", official(Role.HEAD, authority=PEOPLE["tinh"].authority))
    await town.settle()
    tasks = list[UUID]()
    for more in ({}, {"category": "tutoring"}, {"category": "school-violence"}):
        tasks.append(await reported(town, (await in_hand(town, **more)).code))
    other = await town.submit(Submission(text=STORY), OTHER_SCHOOL)
    tasks.append(await reported(town, other.code))
    involved = await in_hand(town)
    tasks.append(await reported(town, involved.code))
    await town.do("son", f"/api/feedback/{involved.case_id}/involvements", {})
    await town.settle()
    seen, told = 0, set[tuple[bool, ...]]()
    for name in (*PEOPLE, "bich", "chu"):
        actor = await town.actor(name)
        by_policy = [await sees(town, name, task) for task in tasks]
        listed = await list_tasks(town.world.db, scope_of(actor), TaskFilters(), limit=50)
        assert {task.row.id for task in listed.tasks} == {
            task for task, may in zip(tasks, by_policy, strict=True) if may
        }, name
        seen += sum(by_policy)
        told.add(tuple(by_policy))
    assert seen > 5
    assert len(told) > 3, "people who see all, some and none were asked"


async def sees(town: Town, name: str, task_id: UUID) -> bool:
    """By the policy."""
    task = await town.world.store.load(PROTECTION, task_id)
    assert task is not None
    assert task.state.case_id is not None
    case = await town.world.store.load(FEEDBACK, task.state.case_id)
    return sees_task(await town.actor(name), task.state, case.state if case else None)


def in_order(times: Sequence[str]) -> bool:
    return list(times) == sorted(times)


async def test_the_list_is_paged_sorted_and_filtered(still: Town) -> None:
    sent = await in_hand(still)
    tasks = []
    for _ in range(3):
        tasks.append(await reported(still, sent.code))
        still.pass_time(timedelta(minutes=1))
    assert (await act_on(still, "anh", tasks[0], "takings")).status_code == 201
    await still.settle()
    anh = await still.of("anh")
    oldest = (await anh.get("/api/protection-tasks", params={"sort": "oldest", "limit": 2})).json()
    assert [one["id"] for one in oldest["tasks"]] == [str(tasks[0]), str(tasks[1])]
    rest = {"sort": "oldest", "limit": 2, "cursor": oldest["next_cursor"]}
    last = (await anh.get("/api/protection-tasks", params=rest)).json()
    assert ([one["id"] for one in last["tasks"]], last["next_cursor"]) == ([str(tasks[2])], None)
    newest = (await anh.get("/api/protection-tasks")).json()["tasks"]
    assert in_order([one["reported_at"] for one in reversed(newest)])
    for part, count in (("open", 3), ("new", 2), ("taken", 1), ("closed", 0), ("all", 3)):
        assert (await anh.get("/api/protection-tasks", params={"part": part})).json()["total"] == count, part
    assert (await anh.get("/api/protection-tasks", params={"cursor": "?"})).status_code == 400
