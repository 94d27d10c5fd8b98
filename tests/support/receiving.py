"""Days of reception in the town, by the API."""

from __future__ import annotations

from base64 import b64encode
from typing import Any
from uuid import UUID

import httpx

from application.people import account_id_of
from domain.calendar import legal_date
from tests.support.office import command
from tests.support.uploads import telling_photo
from tests.support.world import SCHOOL, Town

SCAN = telling_photo("JPEG")
"""What was signed."""
PLACE = "Phòng tiếp công dân, trụ sở phường (demo)"
HUNG = "Bùi Văn Hùng (demo)"
CONTACT = "Xóm Trại, phường Đồi Thông (demo), 0900000007"
STORY = "Trường không nhận đơn xin chuyển trường của cháu (demo)."
WANTED = "Được chuyển cháu về trường gần nhà (demo)."
ORAL: dict[str, Any] = {
    "people": HUNG,
    "contact": CONTACT,
    "content": STORY,
    "wanted": WANTED,
    "kind": "complaint",
    "result": "oral-complaint-recorded",
    "unit_id": str(SCHOOL),
}
GUIDED: dict[str, Any] = {
    "people": "Lò Thị Mẫu (demo)",
    "content": "Hỏi thủ tục xin miễn giảm học phí (demo).",
    "kind": "guidance",
    "result": "guided",
    "result_text": "Đã hướng dẫn nộp đơn tại trường (demo).",
}
ACCUSING: dict[str, Any] = {
    "people": "Giàng A Mẫu (demo)",
    "contact": "Xóm Suối (demo)",
    "content": "Tố cáo việc thu tiền không ghi sổ (demo).",
    "kind": "denunciation",
    "result": "petition-received",
}


def day_body(town: Town, **more: Any) -> dict[str, Any]:
    """Today, the head receives."""
    body = {"day": today(town), "place": PLACE, "kind": "regular", "official_id": str(account_id_of("son"))}
    return {**body, **more}


def today(town: Town) -> str:
    """The legal day of the town."""
    return legal_date(town.world.clock.now()).isoformat()


async def opens(town: Town, username: str = "mai", **more: Any) -> httpx.Response:
    """With whatever comes of it."""
    client = await town.of(username)
    return await client.post("/api/receptions", json=day_body(town, **more), headers=command())


async def opened(town: Town, username: str = "mai", **more: Any) -> UUID:
    """The id of the day."""
    answer = await opens(town, username, **more)
    assert answer.status_code == 201, answer.text
    await town.settle()
    return UUID(answer.json()["id"])


async def act_on_day(town: Town, username: str, day: UUID, act: str, body: Any = None) -> httpx.Response:
    """One act, of the version that is there now, with whatever comes of it."""
    client = await town.of(username)
    version = await town.version_of(day)
    return await client.post(f"/api/receptions/{day}/{act}", json=body or {}, headers=command(version))


async def done_on_day(town: Town, username: str, day: UUID, act: str, body: Any = None) -> None:
    """The answer is a yes, and everybody knows it."""
    answer = await act_on_day(town, username, day, act, body)
    assert answer.status_code == 201, (act, answer.status_code, answer.text)
    await town.settle()


def minutes(number: int = 1, name: str = "bien-ban.jpg", **more: Any) -> dict[str, Any]:
    """A signed scan."""
    scan = {"name": name, "content": b64encode(SCAN).decode()}
    return {"number": number, "signing": "signature", "scans": [scan], **more}


async def day_of(town: Town, username: str, day: UUID, status: int = 200, **query: str) -> dict[str, Any]:
    """What that person reads of a day."""
    answer = await (await town.of(username)).get(f"/api/receptions/{day}", params=query)
    assert answer.status_code == status, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


async def held(town: Town, username: str = "mai", **more: Any) -> UUID:
    """A day with an oral complaint, whose minutes are signed."""
    day = await opened(town, username, **more)
    await done_on_day(town, username, day, "visits", ORAL)
    await done_on_day(town, username, day, "minutes", minutes())
    return day
