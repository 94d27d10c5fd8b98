"""A request for explanation in the town: asked by the handler of a case, answered by the school's account."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx

from application.feedback_intake import Submission
from application.ports import Receipt
from tests.support.office import command
from tests.support.world import CLASSIFIED, SCHOOL, Town

QUESTIONS = ["Năm học này nhà trường thu những khoản nào?", "Việc thu được thông báo thế nào?"]
ASKING: dict[str, Any] = {"questions": QUESTIONS, "could_know": 120, "preview_confirmed": True}
TOLD = "Lớp 3A thu tiền máy chiếu, cô giáo nhắc từng phụ huynh trên nhóm lớp (demo)."


async def taken_in(town: Town, text: str = TOLD, place: UUID = SCHOOL, by: str = "mai", **more: Any) -> UUID:
    """A case that its handler holds."""
    sent = await town.submit(Submission(text=text, **more), place)
    path = f"/api/submissions/{sent.case_id}"
    await town.do(by, f"{path}/acknowledgements")
    await town.do(by, f"{path}/classifications", CLASSIFIED)
    return sent.case_id


async def asked_of_school(town: Town, case: UUID, by: str = "mai", **more: Any) -> UUID:
    """The id of a request that the school has not opened."""
    answer = await town.do(by, f"/api/feedback/{case}/explanation-requests", {**ASKING, **more})
    explanation = UUID(answer.json()["explanation_id"])
    await known(town, explanation)
    return explanation


async def known(town: Town, explanation: UUID) -> None:
    """Until every read model has the request as it is."""
    await town.seen(Receipt(explanation, await town.version_of(explanation)))


async def opened(town: Town, explanation: UUID, by: str = "hoa") -> dict[str, Any]:
    """What the school reads."""
    answer = await (await town.of(by)).get(f"/api/school/requests/{explanation}")
    assert answer.status_code == 200, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


async def answered(town: Town, explanation: UUID, by: str = "hoa", **more: Any) -> httpx.Response:
    """The school explains, question by question."""
    shown = await opened(town, explanation, by)
    parts = [{"question": item["number"], "text": f"Trả lời {item['number']} (demo)."} for item in shown["questions"]]
    client = await town.of(by)
    path = f"/api/school/requests/{explanation}/answers"
    return await client.post(path, json={"parts": parts, **more}, headers=command(shown["version"]))
