"""Many junk posts among a few valid ones: none is lost, no valid one is held, and the work looks as without them."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from adapters.http.screen import TRAP_FIELD
from tests.support.office import BASE_URL
from tests.support.postgres import FreshDatabase
from tests.support.staff import clerk, forms_of, text_of
from tests.support.world import SCHOOL, Town, open_town

JUNK, VALID, AT_ONCE = 200, 6, 10
SPAM = ("xem", "ngay", "khuyến", "mãi", "giảm", "giá", "mua", "hàng", "nhận", "quà", "trúng", "thưởng", "bấm", "đây")
STORIES = (
    "Cổng trường hỏng khóa từ tuần trước, học sinh lớp một ra ngoài đường trong giờ chơi.",
    "Bếp ăn bán trú hôm qua đưa cơm nguội cho lớp hai, nhiều cháu bỏ bữa.",
    "Nhà vệ sinh tầng ba không có nước đã bốn ngày, mong được sửa sớm.",
    "Xe đưa đón chạy quá nhanh trên đoạn dốc trước chợ vào buổi chiều.",
    "Lớp năm thu tiền quỹ mà không công khai các khoản đã chi.",
    "Sân trường ngập mỗi khi mưa lớn, các cháu phải lội qua để vào lớp.",
)
HTML = {"accept": "text/html"}


@pytest.fixture
async def still(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Town]:
    """The clock moves only by hand."""
    async with open_town(database, tmp_path, now=datetime(2026, 3, 2, 2, tzinfo=UTC)) as town:
        yield town


def visitor(town: Town, address: str) -> httpx.AsyncClient:
    """Somebody at an address of the network."""
    transport = httpx.ASGITransport(app=town.app, client=(address, 50_000))  # type: ignore[arg-type]
    return httpx.AsyncClient(transport=transport, base_url=BASE_URL, headers=HTML)


async def post(client: httpx.AsyncClient, unit: str, form: dict[str, Any], story: str) -> str:
    """The tracking code of the receipt."""
    fields = {**form, "category": "other", "danger": "no", "contact": "none", "story": story, "go": "send", "step": "3"}
    answer = await client.post(f"/p/{unit}/form", files=[(name, (None, value)) for name, value in fields.items()])
    assert answer.status_code == 201, answer.text
    code: str = re.findall(r'id="code">([^<]+)<', answer.text)[0]
    return code


async def flooded(town: Town) -> tuple[list[str], list[str]]:
    """Codes of the valid and of the junk: robots fill in a hidden field; families open the form and take their time."""
    unit, luck = (await town.place(SCHOOL)).code, random.Random(7)
    robot = visitor(town, "198.51.100.9")
    families = [visitor(town, f"203.0.{113 + number}.7") for number in range(VALID)]
    pages = [(await family.get(f"/p/{unit}/form")).text for family in families]
    forms = [{name: values[-1] for name, values in forms_of(page)[f"/p/{unit}/form"].items()} for page in pages]
    town.pass_time(timedelta(minutes=2))
    junk, valid = list[str](), list[str]()
    for start in range(0, JUNK, AT_ONCE):
        wave: list[Any] = [
            post(robot, unit, {"command_id": f"{luck.getrandbits(128):032x}", TRAP_FIELD: "mua"}, " ".join(said))
            for said in [luck.choices(SPAM, k=25) for _ in range(AT_ONCE)]
        ]
        number = start // AT_ONCE
        if number < VALID:
            wave.append(post(families[number], unit, forms[number], STORIES[number]))
        codes = await asyncio.gather(*wave)
        junk += codes[:AT_ONCE]
        valid += codes[AT_ONCE:]
    await town.settle()
    return valid, junk


async def test_a_flood_of_junk_loses_nothing_and_leaves_the_work_as_it_was(still: Town) -> None:
    valid, junk = await flooded(still)
    assert (len(set(valid)), len(set(junk))) == (VALID, JUNK)
    for code in (*valid, *junk[::20]):
        assert (await still.anonymous.get(f"/api/track/{code}")).status_code == 200, "no sender loses the own words"
    api = await still.of("mai", anew=True)
    held, free = [(await api.get("/api/cases", params={"held": held})).json() for held in ("true", "false")]
    assert (held["total"], free["total"]) == (JUNK, VALID), "no valid one is held, no junk is in the work"
    assert all("hidden-field-filled" in case["held_signs"] for case in held["cases"])
    mai = await clerk(still, "mai")
    work = text_of(await mai.read("/work?tab=all"))
    assert f"Tất cả ({VALID})" in work
    assert f"Chờ sàng lọc ({JUNK})" in work
    await mai.read("/screening")


async def test_the_register_leaves_out_what_waits_to_be_screened_unless_it_is_asked_for(still: Town) -> None:
    await flooded(still)
    mai, api = await clerk(still, "mai"), await still.of("mai", anew=True)
    free = {case["case_id"] for case in (await api.get("/api/cases", params={"held": "false"})).json()["cases"]}

    def listed(page: str) -> set[str]:
        return set(re.findall(r'href="/cases/([0-9a-f-]{36})"', page))

    assert listed(await mai.read("/cases")) == free
    asked_for = listed(await mai.read("/cases?held=1"))
    assert asked_for
    assert not asked_for & free
    exported = (await mai.client.get("/cases/export?format=csv")).text
    assert exported.count("PA-") == VALID
    dashboard = await mai.read("/dashboard")
    numbers = re.findall(r'<a class="govuk-link" href="/cases\?[^"]*"[^>]*>(?:<strong>)?(\d+)<', dashboard)
    assert str(VALID) in numbers
    assert max(map(int, numbers)) == VALID, "what waits to be screened is in no figure"
