"""The dashboard in real Chromium: charts from tables, each number to its list, whole without scripts, clean for axe."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.browser.official import Official
from tests.http.test_figures import MONDAY, told
from tests.support.browser import DESK, PHONE, visitor
from tests.support.office import PASSWORD
from tests.support.postgres import FreshDatabase
from tests.support.site import served
from tests.support.world import Town, open_town

SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])


@pytest.fixture
async def still_town(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Town]:
    """A town whose clock stands until it is moved."""
    async with open_town(database, tmp_path, now=MONDAY) as opened:
        yield opened


@pytest.fixture
async def site(still_town: Town) -> AsyncIterator[str]:
    async with served(still_town) as address:
        yield address


@SIZES
async def test_a_head_reads_the_figures_opens_a_list_and_looks_back(
    browser: Browser, still_town: Town, site: str, size: tuple[int, int]
) -> None:
    await told(still_town)
    looked_at = list[str]()
    async with visitor(browser, size) as person:
        son = Official(person, site, looked_at)
        await son.sign_in("son")
        await son.open("/dashboard")
        chart = "Biểu đồ: Hồ sơ đang mở theo số ngày từ khi tiếp nhận"
        await expect(son.page.get_by_role("img", name=chart)).to_be_visible()
        await expect(son.page.locator("canvas")).to_have_count(4)
        await son.clean("dashboard")
        await son.page.locator(".app-numbers__late a").click()
        await expect(son.page.locator("main")).to_contain_text("4 hồ sơ")
        await son.clean("register-from-dashboard")
        await son.open("/dashboard?as_of=2026-08-26T08:00")
        await expect(son.page.locator(".app-past")).to_contain_text("BẠN ĐANG XEM QUÁ KHỨ")
        await son.clean("dashboard-past")
        answer = await (await still_town.of("son", anew=True)).get("/api/cases?status=answered")
        case = answer.json()["cases"][0]["case_id"]
        await son.open(f"/cases/{case}/compare?as_of=2026-08-24T09:00&with=2026-08-28T08:00")
        await expect(son.page.locator("main")).to_contain_text("đã duyệt và gửi")
        await son.clean("compare")
        await son.open(f"/cases/{case}/history")
        await son.clean("history")
    assert len(looked_at) == 5


async def test_without_scripts_the_tables_say_everything(browser: Browser, still_town: Town, site: str) -> None:
    await told(still_town)
    async with visitor(browser, DESK, scripts=False) as person:
        page = person.page
        await page.goto(f"{site}/sign-in")
        await page.get_by_label("Tên đăng nhập").fill("son")
        await page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
        await page.get_by_role("button", name="Đăng nhập").click()
        await page.goto(f"{site}/dashboard")
        await expect(page.locator("canvas")).to_have_count(0)
        await expect(page.locator("table")).to_have_count(5)
        await expect(page.get_by_role("link", name="4, 21 đến 30 ngày, Đang mở")).to_be_visible()
