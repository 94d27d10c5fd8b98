"""Asking a school to explain, over the API: the handler's way and the school's, and what each is refused."""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from tests.support.explaining import ASKING, QUESTIONS, TOLD, answered, asked_of_school, known, opened, taken_in
from tests.support.office import command
from tests.support.uploads import telling_photo
from tests.support.world import HAMLET_SCHOOL, OTHER_SCHOOL, SCHOOL, Town


async def send(town: Town, username: str, path: str, body: Any, version: int | None = None) -> httpx.Response:
    stream = UUID(path.split("/")[4 if "/school/" in path else 3])
    wanted = await town.version_of(stream) if version is None else version
    answer = await (await town.of(username)).post(path, json=body, headers=command(wanted))
    if answer.is_success:
        await known(town, stream)
    return answer


async def test_a_school_is_asked_reads_and_explains_and_the_case_knows(town: Town) -> None:
    case = await taken_in(town)
    explanation = await asked_of_school(town, case)
    mai, hoa = await town.of("mai"), await town.of("hoa")

    shown = (await mai.get(f"/api/feedback/{case}/explanation-requests")).json()["explanations"]
    assert [(item["status"], item["could_know"]) for item in shown] == [("sent", "120")]
    listed = (await hoa.get("/api/school/requests")).json()["requests"]
    assert [(item["id"], item["status"]) for item in listed] == [(str(explanation), "new")]
    assert "questions" not in listed[0]
    read = await opened(town, explanation)
    assert [item["text"] for item in read["questions"]] == QUESTIONS
    assert read["actions"] == ["answers", "more-time-requests"]
    assert (await answered(town, explanation)).status_code == 201
    await town.settle()

    seen = (await mai.get(f"/api/explanations/{explanation}")).json()
    assert seen["status"] == "given"
    assert [item["answer"] for item in seen["questions"]] == ["Trả lời 1 (demo).", "Trả lời 2 (demo)."]
    history = (await mai.get(f"/api/cases/{case}/history")).json()["facts"]
    topics = [fact["topic"] for fact in history]
    assert topics[-2:] == ["feedback.explanation_asked.v1", "feedback.explanation_received.v1"]
    assert history[-1]["actor"]["kind"] == "system"
    again = await opened(town, explanation)
    assert (again["status"], again["actions"]) == ("given", [])


async def test_asking_twice_with_the_same_key_makes_one_request(town: Town) -> None:
    case = await taken_in(town)
    mai, headers = await town.of("mai"), command(await town.version_of(case))
    path = f"/api/feedback/{case}/explanation-requests"
    first, second = [await mai.post(path, json=ASKING, headers=headers) for _ in range(2)]
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    await known(town, UUID(first.json()["explanation_id"]))
    assert len((await (await town.of("hoa")).get("/api/school/requests")).json()["requests"]) == 1


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"could_know": 3}, "explanation-few-could-know", "few_reason"),
        ({"could_know": 0}, "explanation-could-know-missing", "could_know"),
        ({"preview_confirmed": False}, "explanation-preview-not-confirmed", "preview_confirmed"),
        ({"questions": ["  "]}, "explanation-questions-missing", "questions"),
        ({"due_on": "2026-01-05", "date_reason": "x"}, "explanation-date-not-ahead", "due_on"),
        ({"due_on": "2027-05-05"}, "explanation-date-reason-missing", "date_reason"),
    ],
)
async def test_what_is_missing_is_refused_by_name(town: Town, change: dict[str, Any], code: str, field: str) -> None:
    case = await taken_in(town)
    answer = await send(town, "mai", f"/api/feedback/{case}/explanation-requests", ASKING | change)
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (409, code, field)
    assert answer.json()["detail"]


async def test_few_who_could_know_need_a_reason_that_the_school_never_reads(town: Town) -> None:
    case = await taken_in(town)
    explanation = await asked_of_school(town, case, could_know=3, few_reason="Không còn cách nào khác (demo)")
    shown = (await (await town.of("mai")).get(f"/api/explanations/{explanation}")).json()
    assert (shown["could_know"], shown["few_reason"]) == ("3", "Không còn cách nào khác (demo)")
    assert "could_know" not in await opened(town, explanation)


async def test_a_photo_goes_along_only_after_a_look_and_as_a_copy_of_its_own(town: Town) -> None:
    case = await taken_in(town, photos=(telling_photo("JPEG"), telling_photo("JPEG")))
    mai, hoa = await town.of("mai"), await town.of("hoa")
    photos = (await mai.get(f"/api/cases/{case}")).json()["attachments"]
    path = f"/api/feedback/{case}/explanation-requests"
    unseen = {"file_id": photos[0]["id"], "looked_at": False}
    refused = await send(town, "mai", path, ASKING | {"attachments": [unseen]})
    assert refused.json()["code"] == "explanation-attachment-not-looked-at"
    strange = await send(town, "mai", path, ASKING | {"attachments": [{"file_id": str(uuid4()), "looked_at": True}]})
    assert strange.status_code == 400
    explanation = await asked_of_school(town, case, attachments=[{**unseen, "looked_at": True}])
    copies = (await opened(town, explanation))["attachments"]
    assert len(copies) == 1
    assert copies[0]["id"] not in {photo["id"] for photo in photos}
    assert set(copies[0]) == {"id", "media_type", "size"}
    picture = await hoa.get(f"/api/school/requests/{explanation}/files/{copies[0]['id']}")
    assert picture.headers["content-type"] == "image/jpeg"
    assert picture.headers["content-disposition"] == f'inline; filename="{copies[0]["id"]}.jpg"'
    assert b"Exif" not in picture.content
    first = f"/api/school/requests/{explanation}/files/{photos[0]['id']}"
    assert (await hoa.get(first)).status_code == 404
    addresses = {str(path) for path in town.world.files.all_paths()}
    assert len(addresses) == 3


async def test_a_recalled_request_was_never_there_for_the_school_and_an_opened_one_stays(town: Town) -> None:
    case = await taken_in(town)
    early, late = [await asked_of_school(town, case, by="mai") for _ in range(2)]
    hoa = await town.of("hoa")
    await opened(town, late)
    recalled = await send(town, "mai", f"/api/explanations/{early}/recalls", {"reason": "Hỏi nhầm trường"})
    assert recalled.status_code == 201
    refused = await send(town, "mai", f"/api/explanations/{late}/recalls", {"reason": "Hỏi nhầm trường"})
    assert refused.json()["code"] == "explanation-already-opened"
    await known(town, early)
    missing = await hoa.get(f"/api/school/requests/{uuid4()}")
    gone = await hoa.get(f"/api/school/requests/{early}")
    assert (gone.status_code, gone.content) == (404, missing.content)
    listed = (await hoa.get("/api/school/requests")).json()["requests"]
    assert [item["id"] for item in listed] == [str(late)]
    await town.settle()
    history = (await (await town.of("mai")).get(f"/api/cases/{case}/history")).json()["facts"]
    assert history[-1]["topic"] == "feedback.explanation_recalled.v1"
    assert history[-1]["reason"] == "Hỏi nhầm trường"


async def test_more_time_is_asked_granted_and_refused(town: Town) -> None:
    case = await taken_in(town)
    explanation = await asked_of_school(town, case)
    due = (await opened(town, explanation))["due_on"]
    later = (datetime.fromisoformat(due) + timedelta(days=7)).date().isoformat()
    path = f"/api/school/requests/{explanation}/more-time-requests"
    early = await send(town, "hoa", path, {"until": due, "reason": "Kế toán nghỉ"})
    assert early.json()["code"] == "explanation-time-not-longer"
    assert (await send(town, "hoa", path, {"until": later, "reason": "Kế toán nghỉ"})).status_code == 201
    again = await send(town, "hoa", path, {"until": later, "reason": "Kế toán nghỉ"})
    assert again.json()["code"] == "explanation-more-time-already-asked"
    mai = await town.of("mai")
    waiting = (await mai.get("/api/explanations?part=more-time-asked")).json()
    assert [item["id"] for item in waiting["explanations"]] == [str(explanation)]
    assert (await send(town, "mai", f"/api/explanations/{explanation}/more-time-grants", {})).status_code == 201
    shown = await opened(town, explanation)
    assert (shown["due_on"], shown["more_time"]["moved_from"]) == (later, due)
    later = (datetime.fromisoformat(later) + timedelta(days=7)).date().isoformat()
    assert (await send(town, "hoa", path, {"until": later, "reason": "Còn thiếu"})).status_code == 201
    no = await send(town, "mai", f"/api/explanations/{explanation}/more-time-refusals", {"reason": "Đã đủ thời gian"})
    assert no.status_code == 201
    shown = await opened(town, explanation)
    assert shown["more_time"]["refusal"] == "Đã đủ thời gian"
    none = await send(town, "mai", f"/api/explanations/{explanation}/more-time-grants", {})
    assert none.json()["code"] == "explanation-more-time-not-asked"


async def test_an_answer_covers_every_question_and_keeps_its_papers_byte_for_byte(town: Town) -> None:
    case = await taken_in(town)
    explanation = await asked_of_school(town, case)
    version = (await opened(town, explanation))["version"]
    path, photo = f"/api/school/requests/{explanation}/answers", telling_photo("JPEG")
    half = await send(town, "hoa", path, {"parts": [{"question": 1, "text": "Một"}]}, version)
    assert (half.json()["code"], half.json()["field"]) == ("explanation-question-unanswered", "parts")
    strange = {"parts": [{"question": n, "text": "x"} for n in (1, 2, 9)]}
    assert (await send(town, "hoa", path, strange, version)).json()["code"] == "explanation-question-unknown"
    paper = {"name": "bien-ban-hop.jpg", "content": base64.b64encode(photo).decode()}
    assert (await answered(town, explanation, papers=[paper])).status_code == 201
    await known(town, explanation)
    mai = await town.of("mai")
    files = (await mai.get(f"/api/explanations/{explanation}")).json()["given_files"]
    assert [file["name"] for file in files] == ["bien-ban-hop.jpg"]
    content = (await mai.get(f"/api/explanations/{explanation}/files/{files[0]['id']}")).content
    assert content == photo
    assert (await answered(town, explanation)).json()["code"] == "explanation-already-given"
    wrong = {"name": "x.html", "content": base64.b64encode(b"<script>").decode()}
    other = await asked_of_school(town, case)
    assert (await answered(town, other, papers=[wrong])).json()["code"] == "file-type-not-allowed"


async def test_only_who_sees_the_case_sees_its_requests_and_only_its_own_school_reads_them(town: Town) -> None:
    case = await taken_in(town)
    hamlet = await taken_in(town, place=HAMLET_SCHOOL, by="nga")
    other = await taken_in(town, place=OTHER_SCHOOL, by="loan")
    mine = await asked_of_school(town, case)
    theirs = [await asked_of_school(town, hamlet, "nga"), await asked_of_school(town, other, "loan")]
    hoa = await town.of("hoa")
    for explanation in theirs:
        assert (await hoa.get(f"/api/school/requests/{explanation}")).status_code == 404
        assert (await (await town.of("mai")).get(f"/api/explanations/{explanation}")).status_code == 404
    assert (await hoa.get(f"/api/explanations/{mine}")).status_code == 404
    assert (await hoa.get("/api/explanations")).status_code == 403
    assert (await (await town.of("mai")).get(f"/api/school/requests/{mine}")).status_code == 404
    assert (await (await town.of("mai")).get("/api/school/requests")).status_code == 403
    seen = {
        name: {item["id"] for item in (await (await town.of(name)).get("/api/explanations")).json()["explanations"]}
        for name in ("mai", "son", "nga", "dung", "kho")
    }
    assert seen["mai"] == {str(mine)}
    assert seen["son"] == {str(mine), str(theirs[0])}
    assert seen["nga"] == {str(theirs[0])}
    assert seen["dung"] == {str(theirs[1])}
    assert seen["kho"] == set()
    lan = await send(town, "lan", f"/api/feedback/{case}/explanation-requests", ASKING)
    assert lan.status_code == 403


async def test_lists_go_on_by_cursor_and_stand_as_they_stood(town: Town) -> None:
    case = await taken_in(town)
    first = [await asked_of_school(town, case) for _ in range(3)]
    before = datetime.now(UTC)
    await town.settle()
    later = await asked_of_school(town, case)
    mai = await town.of("mai")
    page = (await mai.get("/api/explanations?limit=2")).json()
    assert (page["total"], len(page["explanations"])) == (4, 2)
    rest = (await mai.get("/api/explanations", params={"limit": 2, "cursor": page["next_cursor"]})).json()
    found = {item["id"] for item in [*page["explanations"], *rest["explanations"]]}
    assert found == {str(one) for one in (*first, later)}
    then = (await mai.get("/api/explanations", params={"as_of": before.isoformat()})).json()
    assert {item["id"] for item in then["explanations"]} == {str(one) for one in first}
    assert (await mai.get("/api/explanations?cursor=falsch")).status_code == 400
    number = page["explanations"][0]["number"]
    by_number = (await mai.get("/api/explanations", params={"number": number.lower()})).json()
    assert [item["number"] for item in by_number["explanations"]] == [number]


async def test_nothing_that_a_school_reads_says_an_hour_or_the_case(town: Town) -> None:
    case = await taken_in(town, text=TOLD)
    explanation = await asked_of_school(town, case)
    hoa = await town.of("hoa")
    answers = [await hoa.get(f"/api/school/requests/{explanation}"), await hoa.get("/api/school/requests")]
    row = (await (await town.of("mai")).get(f"/api/cases/{case}")).json()
    for answer in answers:
        said = answer.text + str(answer.headers)
        for secret in (str(case), row["number"], TOLD, str(SCHOOL), "log_index", "channel", "recorded"):
            assert secret not in said, secret
        assert re.search(r"\d\dT\d\d|\d\d:\d\d", answer.text) is None
