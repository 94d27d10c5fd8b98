"""A dialogue meeting in the town: a sheet of 68 opinions, taken in by the handler, settled, closed by the head."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import httpx

from application.ports import Receipt
from domain.calendar import legal_date
from tests.support.office import command
from tests.support.world import Town

TODAY = legal_date(datetime.now(UTC))
PLAN = {
    "title": "Đối thoại trực tiếp với nhân dân (demo)",
    "matter": "Công tác giáo dục năm học mới (demo)",
    "planned_on": str(TODAY),
    "place": "Hội trường phường (demo)",
    "chair_post": "Chủ tịch Ủy ban nhân dân phường (demo)",
    "invited": "Cha mẹ học sinh, giáo viên, người dân (demo)",
}
HEADS = ("STT", "Vai trò", "Nội dung", "Cấp", "Cơ quan", "Hạn", "Lý do")
BAD = {12: "", 31: "Cấp không có", 57: ""}
"""The rows of the walk that are bad: without words, of an unknown level, with a day that is none."""
ALL = 68


def row(number: int, *, bad: bool = True) -> list[str]:
    """One line of the sheet; without `bad` as somebody mends it."""
    text = f"Đề nghị sửa phòng học số {number} (demo)"
    cells = [str(number), "Phụ huynh", text, ("Trường", "Phường", "Sở", "Tỉnh")[number % 4], "", "", ""]
    if bad and number == 12:
        cells[2] = ""
    if bad and number == 31:
        cells[3] = "Trung ương"
    if bad and number == 57:
        cells[5:] = ["31/02/2026", "Lãnh đạo hẹn tại hội nghị"]
    return cells


def sheet(*, bad: bool = True, most: int = ALL, heads: bool = True) -> str:
    """As copied from a spreadsheet."""
    lines = [list(HEADS)] if heads else []
    lines += [row(number, bad=bad) for number in range(1, most + 1)]
    return "\n".join("\t".join(line) for line in lines)


async def act(town: Town, who: str, dialogue: UUID, name: str, body: Any = None) -> httpx.Response:
    """One act by the API, on the version of now."""
    client, version = await town.of(who), await town.version_of(dialogue)
    answer = await client.post(f"/api/dialogues/{dialogue}/{name}", json=body or {}, headers=command(version))
    if answer.status_code == 201:
        await town.seen(Receipt(dialogue, await town.version_of(dialogue)))
    return answer


async def planned(town: Town, who: str = "mai", **more: Any) -> UUID:
    """A meeting of the authority of `who`."""
    answer = await (await town.of(who)).post("/api/dialogues", json={**PLAN, **more}, headers=command())
    assert answer.status_code == 201, answer.text
    return UUID(answer.json()["id"])


async def held(town: Town, who: str = "mai") -> UUID:
    """Announced and held today."""
    dialogue = await planned(town, who)
    told = {"announced_on": str(TODAY), "how": "Niêm yết tại nhà văn hóa (demo)"}
    for name, body in (("announcements", told), ("meetings", {"held_on": str(TODAY), "participants": 120})):
        answer = await act(town, who, dialogue, name, body)
        assert answer.status_code == 201, answer.text
    return dialogue


async def recorded(town: Town, who: str = "mai", most: int = 3) -> UUID:
    """With so many good opinions."""
    dialogue = await held(town, who)
    answer = await act(town, who, dialogue, "opinions", {"sheet": sheet(bad=False, most=most)})
    assert answer.status_code == 201, answer.text
    return dialogue


async def read(town: Town, dialogue: UUID, who: str = "mai", **query: str) -> dict[str, Any]:
    """As the API tells it."""
    answer = await (await town.of(who)).get(f"/api/dialogues/{dialogue}", params=query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def settled(town: Town, dialogue: UUID, numbers: list[int], who: str = "mai") -> None:
    """Passed to the provincial department."""
    body = {"numbers": numbers, "receiver": "Sở Giáo dục và Đào tạo (demo)", "transferred_on": str(TODAY)}
    answer = await act(town, who, dialogue, "transfers", body)
    assert answer.status_code == 201, answer.text


async def closed(town: Town, who: str = "mai", head: str = "son", most: int = 3) -> UUID:
    """Settled, summarised, closed."""
    dialogue = await recorded(town, who, most)
    await settled(town, dialogue, list(range(1, most + 1)), who)
    for by, name, body in ((who, "summaries", {"text": "Đã trả lời đủ (demo)"}), (head, "closures", {})):
        answer = await act(town, by, dialogue, name, body)
        assert answer.status_code == 201, answer.text
    return dialogue
