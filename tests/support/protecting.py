"""A sender of the town who reports worse treatment by the code, and the few who look after it."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

import httpx

from tests.support.office import command
from tests.support.world import Town

WORSE = "Từ hôm gửi tin, cháu bị chuyển sang lớp khác và bị hạ hạnh kiểm (demo)."
REPORT: dict[str, Any] = {"text": WORSE, "whom": "child", "since": "2026-01-15"}


async def sends_report(town: Town, code: str, **more: Any) -> httpx.Response:
    """By the API, with whatever comes of it."""
    path = f"/api/track/{code}/protection-reports"
    return await town.anonymous.post(path, json={**REPORT, **more}, headers={"idempotency-key": str(uuid4())})


async def reported(town: Town, code: str, **more: Any) -> UUID:
    """The id of the task; everybody who must be told was told."""
    answer = await sends_report(town, code, **more)
    assert answer.status_code == 201, answer.text
    await town.settle()
    return UUID(answer.json()["id"])


async def task_of(town: Town, username: str, task: UUID | str, status: int = 200) -> dict[str, Any]:
    """What that person reads of a task."""
    answer = await (await town.of(username)).get(f"/api/protection-tasks/{task}")
    assert answer.status_code == status, answer.text
    shown: dict[str, Any] = answer.json()
    return shown


async def act_on(town: Town, username: str, task: UUID, act: str, body: Any = None) -> httpx.Response:
    """One act, of the version that is there now, with whatever comes of it."""
    client = await town.of(username)
    version = await town.version_of(task)
    return await client.post(f"/api/protection-tasks/{task}/{act}", json=body or {}, headers=command(version))
