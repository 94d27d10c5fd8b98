"""With the keyboard alone: an urgent case is taken in, and a case of information is opened."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from application.feedback_intake import Submission
from domain.feedback.vocabulary import Topic
from tests.browser.official import Official
from tests.browser.out_of_order import facts
from tests.browser.test_keyboard import Keys
from tests.support.browser import DESK, visitor
from tests.support.postgres import FreshDatabase
from tests.support.site import served
from tests.support.world import Town, open_town

SATURDAY = datetime(2026, 8, 29, 14, tzinfo=UTC)
"""21:00 in Hà Nội."""
ILL = Submission(text="Bốn cháu nôn sau bữa trưa ở trường (demo).", topic=Topic.FOOD, danger=True)
FORGED = Submission(text="Trường dùng hoá đơn khống, tôi không dám ký tên (demo).", topic=Topic.OTHER)


@pytest.fixture
async def still_town(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Town]:
    async with open_town(database, tmp_path, now=SATURDAY) as opened:
        yield opened


async def takes_in_the_urgent_case(keys: Keys) -> None:
    """From the line above the tabs to the first of the list, and by one key into hand."""
    page = keys.page
    await keys.go(page.locator("main").get_by_role("link", name="1 việc khẩn chưa có người tiếp nhận"))
    await keys.press("j")
    await expect(page.locator("[data-row]").first).to_be_focused()
    await expect(page.locator("[data-row]").first).to_contain_text("Khẩn")
    async with page.expect_navigation():
        await keys.press("a")
    await page.locator("body.js-enabled").wait_for()
    await keys.told()
    await expect(page.get_by_text("việc khẩn chưa có người tiếp nhận")).to_have_count(0)


async def opens_the_information(keys: Keys) -> None:
    """From the list into the case, taken in there, and opened with guidance and reason."""
    page = keys.page
    await keys.go(page.locator(".app-tabs a[href*='tab=new']"))
    await keys.press("j")
    async with page.expect_navigation():
        await keys.press("Enter")
    await page.locator("body.js-enabled").wait_for()
    await keys.go(page.locator("main .app-next").get_by_role("button", name="Tiếp nhận"))
    await keys.told()
    await keys.go(page.locator(".app-acts").get_by_role("link", name="Mở hồ sơ xem xét thông tin"))
    await keys.goes_round()
    opens = page.get_by_role("button", name="Mở hồ sơ")
    await keys.tab_to(opens)
    await keys.press("Enter")
    await keys.wrong()
    await keys.tab_to(page.locator("#guidance"))
    await keys.type("Muốn tố cáo, xin nộp đơn có chữ ký tại Phòng tiếp công dân (demo).")
    await keys.tab_to(page.locator("#reason"))
    await keys.type("Nêu hành vi vi phạm, không ký tên")
    await keys.go(opens)
    await keys.told()
    await expect(page.locator(".app-sign", has_text="Hạn chế").first).to_be_visible()


async def test_an_urgent_case_and_a_case_of_information_need_no_mouse(browser: Browser, still_town: Town) -> None:
    await still_town.submit(FORGED)
    await still_town.submit(ILL)
    await still_town.settle()
    async with served(still_town) as site, visitor(browser, DESK) as person:
        person.expected.append("status of 4")
        await Official(person, site, []).sign_in("mai")
        keys = Keys(person.page)
        await takes_in_the_urgent_case(keys)
        await opens_the_information(keys)
    assert [await facts(still_town, topic) for topic in ("acknowledged", "information_case_opened")] == [2, 1]
    print(f"{keys.stops} stops of the focus, each seen")
