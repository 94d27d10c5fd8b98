"""The other ways of a case over the API, and what the sender reads of each on the tracking page."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import httpx

from application.feedback_intake import Submission
from application.people import account_id_of
from tests.support.office import command
from tests.support.world import CLASSIFIED, HAMLET_SCHOOL, SONG_MAY, Sent, Town

TWO_MATTERS = "Lớp thu tiền máy chiếu không có biên lai.\nBếp ăn bán trú bẩn, đề nghị kiểm tra ngay."
CHILD = "Cháu Bống lớp 2A bị thu tiền máy chiếu, gia đình không có."
REASON = {"reason": "Lý do thử (demo)"}


async def a_case(town: Town, text: str = TWO_MATTERS) -> Sent:
    """Received by mai, who holds it."""
    sent = await town.submit(Submission(text=text))
    await town.do("mai", f"/api/submissions/{sent.case_id}/acknowledgements")
    return sent


async def answered(town: Town) -> Sent:
    """Classified, drafted, released by the head."""
    sent = await a_case(town)
    await town.do("mai", f"/api/submissions/{sent.case_id}/classifications", {**CLASSIFIED, "category": "facilities"})
    work = f"/api/feedback/{sent.case_id}"
    await town.do("mai", f"{work}/drafts", {"outcome": "explained", "parts": parts("Khoản thu 50.000 đồng.")})
    await town.do("mai", f"{work}/release-requests")
    await town.do("son", f"{work}/releases")
    return sent


def parts(first: str) -> list[dict[str, Any]]:
    """An answer to both requests."""
    return [{"request": 1, "text": first}, {"request": 2, "text": "Đã trả lại."}]


async def tracked(town: Town, code: str) -> dict[str, Any]:
    """The sender's view."""
    await town.settle()
    answer = await town.anonymous.get(f"/api/track/{code}")
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


async def page_of(town: Town, code: str, part: int = 0) -> str:
    """The sender's page."""
    answer = await town.anonymous.post("/p/track", data={"code": code, "part": str(part)})
    assert answer.status_code == 200, answer.text
    return answer.text


async def case_of(town: Town, username: str, case_id: UUID) -> dict[str, Any]:
    """As an official reads it."""
    answer = await (await town.of(username)).get(f"/api/cases/{case_id}")
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


async def refused(town: Town, username: str, path: str, body: Any) -> str:
    """The code of the refusal."""
    client = await town.of(username)
    version = await town.version_of(UUID(path.split("/")[3]))
    answer = await client.post(path, json=body, headers=command(version))
    assert answer.status_code == 409, answer.text
    code: str = answer.json()["code"]
    return code


async def test_a_split_makes_a_case_of_each_matter_and_the_sender_follows_both(town: Town) -> None:
    sent = await a_case(town)
    due = (await case_of(town, "mai", sent.case_id))["terms"]
    await town.do("mai", f"/api/submissions/{sent.case_id}/splits", {"parts": [[1], [2]], **REASON})
    seen = await tracked(town, sent.code)
    assert (seen["state"], [part["part"] for part in seen["parts"]]) == ("split", [1, 2])
    assert [part["text"] for part in seen["parts"]] == TWO_MATTERS.split("\n")
    assert all(part["next_term"]["due_on"] == due[-1]["due_on"] for part in seen["parts"])

    found = (await (await town.of("mai")).get("/api/cases", params={"status": "acknowledged"})).json()["cases"]
    children = [row for row in found if row["case_id"] != str(sent.case_id)]
    assert len(children) == 2
    assert len({row["number"] for row in children} | {""}) == 3, "each part has a register number of its own"
    first = next(UUID(row["case_id"]) for row in children)
    await town.do("mai", f"/api/feedback/{first}/questions", {"question": "Thu ngày nào?"})
    seen = await tracked(town, sent.code)
    asked = next(part for part in seen["parts"] if part["questions"])
    reply = {"question": 1, "text": "Hôm qua, thưa cô.", "part": asked["part"]}
    answer = await town.anonymous.post(f"/api/track/{sent.code}/replies", json=reply)
    assert answer.status_code == 201, answer.text
    assert (await case_of(town, "mai", first))["messages"][0]["reply"] == "Hôm qua, thưa cô."
    page = await page_of(town, sent.code)
    assert "Các việc trong phản ánh của bạn" in page
    assert "Hôm qua, thưa cô." in await page_of(town, sent.code, asked["part"])


async def test_a_split_that_loses_a_piece_is_refused_and_nothing_is_written(town: Town) -> None:
    sent = await a_case(town)
    await town.settle()
    before = await town.world.pool.fetchval("select count(*) from event")
    path = f"/api/submissions/{sent.case_id}/splits"
    assert await refused(town, "mai", path, {"parts": [[1], [1]], **REASON}) == "split-loses-text"
    await town.settle()
    assert await town.world.pool.fetchval("select count(*) from event") == before


async def test_a_number_that_is_no_part_is_answered_like_a_wrong_code(town: Town) -> None:
    sent = await a_case(town)
    await town.settle()
    wrong = await town.anonymous.post(f"/api/track/{sent.code}/withdrawals", json={"part": 7})
    none = await town.anonymous.post("/api/track/0000000000000000/withdrawals", json={})
    assert (wrong.status_code, wrong.content) == (none.status_code, none.content) == (404, none.content)


async def test_a_transfer_goes_on_at_the_other_authority_and_the_code_leads_there(town: Town) -> None:
    sent = await a_case(town)
    body = {"to_authority_id": str(SONG_MAY), "where_to_ask": "UBND xã Sông Mây (demo)", **REASON}
    await town.do("mai", f"/api/submissions/{sent.case_id}/transfers", body)
    seen = await tracked(town, sent.code)
    assert (seen["state"], seen["ending"]["where_to_ask"]) == ("transferred", "UBND xã Sông Mây (demo)")
    assert seen["ending"]["receiver"]
    assert (seen["parts"][0]["state"], seen["parts"][0]["text"]) == ("sent", TWO_MATTERS)
    (there,) = (await (await town.of("dung")).get("/api/cases")).json()["cases"]
    assert there["case_id"] != str(sent.case_id)
    assert (await (await town.of("dung")).get(f"/api/cases/{sent.case_id}")).status_code == 404
    assert (await (await town.of("mai")).get(f"/api/cases/{there['case_id']}")).status_code == 404

    await town.do("mai", f"/api/submissions/{sent.case_id}/transfer-recalls", REASON)
    assert (await case_of(town, "mai", sent.case_id))["status"] == "acknowledged"
    (there,) = (await (await town.of("dung")).get("/api/cases")).json()["cases"]
    assert there["status"] == "recalled"


async def test_what_the_receiver_took_in_is_not_recalled(town: Town) -> None:
    sent = await a_case(town)
    body = {"to_authority_id": str(SONG_MAY), "where_to_ask": "UBND xã Sông Mây (demo)", **REASON}
    await town.do("mai", f"/api/submissions/{sent.case_id}/transfers", body)
    await town.settle()
    (there,) = (await (await town.of("dung")).get("/api/cases")).json()["cases"]
    await town.do("loan", f"/api/submissions/{there['case_id']}/acknowledgements")
    path = f"/api/submissions/{sent.case_id}/transfer-recalls"
    assert await refused(town, "mai", path, REASON) == "transfer-already-opened"


async def test_a_duplicate_stops_and_a_case_that_one_may_not_see_is_refused_like_none(town: Town) -> None:
    one, other = await a_case(town), await a_case(town)
    elsewhere = await town.submit(Submission(text=TWO_MATTERS), HAMLET_SCHOOL)
    path = f"/api/submissions/{one.case_id}/duplicate-links"
    for hidden in (elsewhere.case_id, uuid4(), one.case_id):
        assert await refused(town, "mai", path, {"of": str(hidden), **REASON}) == "duplicate-of-nothing"
    await town.do("mai", path, {"of": str(other.case_id), **REASON})
    assert (await tracked(town, one.code))["state"] == "not-pursued"
    page = await page_of(town, one.code)
    assert "Trùng với một phản ánh khác đang được xử lý." in page
    await town.do("mai", f"/api/submissions/{one.case_id}/duplicate-unlinkings", REASON)
    assert (await tracked(town, one.code))["state"] == "in-progress"


async def test_guidance_and_the_reason_of_ineligibility_reach_the_sender_word_by_word(town: Town) -> None:
    guided, unclear = await a_case(town), await a_case(town)
    words = "Nộp đơn có chữ ký tại trụ sở, sáng thứ Năm (demo)."
    await town.do("mai", f"/api/submissions/{guided.case_id}/guidances", {"to": "complaint", "guidance": words})
    seen = await tracked(town, guided.code)
    assert (seen["state"], seen["ending"]["text"]) == ("guided", words)
    finding = {"ground": "content-unclear", "reason": "Không rõ trường nào (demo)."}
    await town.do("mai", f"/api/submissions/{unclear.case_id}/ineligibility-findings", finding)
    seen = await tracked(town, unclear.code)
    assert (seen["state"], seen["ending"]["why"], seen["may_ask_review"]) == ("not-pursued", "content-unclear", True)
    assert "Không rõ trường nào (demo)." in await page_of(town, unclear.code)
    path = f"/api/submissions/{unclear.case_id}/purges"
    assert await refused(town, "son", path, {"document": "1/DM (demo)"}) == "keep-not-over"


async def test_spam_takes_a_second_person(town: Town) -> None:
    sent = await a_case(town)
    await town.do("mai", f"/api/submissions/{sent.case_id}/spam-proposals", REASON)
    path = f"/api/submissions/{sent.case_id}/spam-confirmations"
    alone = {"alone_reason": "Không có ai khác (demo)"}
    assert await refused(town, "mai", path, alone) == "release-needs-second-person"
    await town.do("lan", path, {})
    assert (await case_of(town, "mai", sent.case_id))["status"] == "spam"
    await town.do("son", f"/api/submissions/{sent.case_id}/spam-revocations", REASON)
    assert (await case_of(town, "mai", sent.case_id))["status"] == "acknowledged"


async def test_a_sender_withdraws_on_the_page_and_once(town: Town) -> None:
    sent = await a_case(town)
    await town.settle()
    form = {"code": sent.code, "part": "0", "reason": "", "command_id": str(uuid4())}
    for _ in range(2):
        answer = await town.anonymous.post("/p/track/withdraw", data=form)
        assert answer.status_code == 200, answer.text
    assert (await tracked(town, sent.code))["state"] == "withdrawn"
    history = (await (await town.of("mai")).get(f"/api/cases/{sent.case_id}/history")).json()["facts"]
    assert [fact["topic"] for fact in history].count("feedback.withdrawn.v1") == 1


async def test_a_sent_answer_is_corrected_and_the_sender_reads_that_it_was(town: Town) -> None:
    sent = await answered(town)
    work = f"/api/feedback/{sent.case_id}"
    wrong = {"outcome": "explained", "parts": parts("Khoản thu 5.000 đồng."), **REASON}
    await town.do("mai", f"{work}/correction-drafts", wrong)
    assert (await tracked(town, sent.code))["answers"][0]["answer"] == "Khoản thu 50.000 đồng."
    await town.do("son", f"{work}/corrections", {})
    seen = await tracked(town, sent.code)
    assert seen["answers"][0]["answer"] == "Khoản thu 5.000 đồng."
    assert seen["corrected_on"]
    page = await page_of(town, sent.code)
    assert "Cơ quan đã đính chính câu trả lời này" in page


async def test_a_childs_name_that_was_covered_is_nowhere_at_any_moment(town: Town) -> None:
    sent = await a_case(town, CHILD)
    before = (await case_of(town, "mai", sent.case_id))["recorded_at"]
    assert "Bống" in (await case_of(town, "mai", sent.case_id))["content"]
    covered = {"place": "content", "text": "Cháu […] lớp […] bị thu tiền máy chiếu.", **REASON}
    await town.do("mai", f"/api/feedback/{sent.case_id}/hidden-words", covered)
    await town.settle()
    mai = await town.of("mai")
    texts = [(await mai.get(f"/api/cases/{sent.case_id}")).text]
    for clock in ("known", "happened"):
        answer = await mai.get(f"/api/cases/{sent.case_id}", params={"as_of": before, "clock": clock})
        texts.append(answer.text)
        history = await mai.get(f"/api/cases/{sent.case_id}/history", params={"as_of": before, "clock": clock})
        texts.append(history.text)
    texts += [(await mai.get(f"/cases/{sent.case_id}")).text, await page_of(town, sent.code)]
    texts.append((await mai.get(f"/cases/{sent.case_id}/history.csv")).text)
    assert all("Bống" not in text for text in texts)
    assert sum("Cháu […]" in text for text in texts) >= 4


async def test_information_is_read_by_named_people_and_its_sender_sees_three_states(town: Town) -> None:
    sent = await a_case(town, "Trường ghi hóa đơn khống nhiều năm, tôi không dám ký tên.")
    guidance = "Tố cáo bằng đơn có chữ ký hoặc trực tiếp tại trụ sở; pháp luật bảo vệ người tố cáo (demo)."
    opening = {"guidance": guidance, "reader_ids": [str(account_id_of("hung"))], **REASON}
    await town.do("mai", f"/api/submissions/{sent.case_id}/information-openings", opening)
    await town.settle()

    async def status(username: str) -> int:
        answer: httpx.Response = await (await town.of(username)).get(f"/api/cases/{sent.case_id}")
        return answer.status_code

    assert [await status(name) for name in ("mai", "son", "hung")] == [200, 200, 200]
    assert [await status(name) for name in ("thu", "lan", "vinh", "hoa")] == [404] * 4
    seen = await tracked(town, sent.code)
    assert (seen["state"], seen["guidance"], seen["next_term"]) == ("information-review", guidance, None)
    assert not any(seen[key] for key in ("answers", "exchanges", "review_until", "may_withdraw"))
    path = f"/api/feedback/{sent.case_id}/drafts"
    assert await refused(town, "mai", path, {"outcome": "resolved", "parts": []}) == "is-information-case"
    await town.do(
        "mai", f"/api/feedback/{sent.case_id}/information-assessments", {"result": "stored", "assessment": "Lưu (demo)"}
    )
    await town.do("son", f"/api/feedback/{sent.case_id}/closures", REASON)
    assert (await tracked(town, sent.code))["state"] == "finished"


async def test_the_only_head_who_is_involved_brings_the_case_to_the_superior(town: Town) -> None:
    sent = await a_case(town)
    assert (await (await town.of("tinh")).get(f"/api/cases/{sent.case_id}")).status_code == 404
    await town.do("son", f"/api/feedback/{sent.case_id}/involvements")
    history = (await (await town.of("mai")).get(f"/api/cases/{sent.case_id}/history")).json()["facts"]
    assert [fact["topic"] for fact in history][-2:] == [
        "feedback.involvement_declared.v1",
        "feedback.referred_to_superior.v1",
    ]
    assert (await (await town.of("son")).get(f"/api/cases/{sent.case_id}")).status_code == 404
