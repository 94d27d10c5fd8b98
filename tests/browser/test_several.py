"""Several cases chosen in the worklist: what somebody changed meanwhile says so in its line, the others are done."""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.official import Official
from tests.support.browser import DESK, visitor
from tests.support.postgres import FreshDatabase
from tests.support.site import served
from tests.support.staff import STORY, submitted
from tests.support.world import CLASSIFIED, Town, open_town

MONDAY = datetime(2026, 8, 24, 1, tzinfo=UTC)
STALE = "Hồ sơ đã thay đổi sau khi được chọn."


@pytest.fixture
async def still_town(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Town]:
    async with open_town(database, tmp_path, now=MONDAY) as opened:
        yield opened


async def two_cases(town: Town) -> tuple[UUID, UUID]:
    """Received and classified."""
    found = [(await submitted(town, text=f"{STORY} Lần {number}.")).case_id for number in (1, 2)]
    for case in found:
        await town.do("mai", f"/api/submissions/{case}/acknowledgements")
        await town.do("mai", f"/api/submissions/{case}/classifications", CLASSIFIED)
    await town.settle()
    return found[0], found[1]


async def choose(page: Page, site: str, cases: tuple[UUID, UUID], act: str) -> None:
    await page.goto(f"{site}/work?tab=all")
    for case in cases:
        await page.locator(f"[id='pick-{case}']").check(force=True)
    await page.get_by_role("button", name=act, exact=True).click()
    await expect(page.get_by_role("heading", level=1, name=act)).to_be_visible()


async def changed_by_somebody(town: Town, case: UUID) -> None:
    await town.do("lan", f"/api/submissions/{case}/classifications", {**CLASSIFIED, "reason": "Xếp lại"})
    await town.settle()


async def outcome(page: Page, case: UUID) -> str:
    line = page.locator(".app-outcomes li", has=page.locator(f"a[href$='{case}']"))
    return await line.inner_text()


async def facts(town: Town, topic: str, case: UUID) -> int:
    count: int = await town.world.pool.fetchval(
        "select count(*) from event where topic = $1 and stream_id = $2", f"feedback.{topic}.v1", case
    )
    return count


async def test_of_two_cases_one_is_given_to_somebody_and_the_changed_one_says_why_not(
    browser: Browser, still_town: Town
) -> None:
    good, changed = cases = await two_cases(still_town)
    async with served(still_town) as site, visitor(browser, DESK) as person:
        person.expected.append("status of 4")
        mai, page = Official(person, site, []), person.page
        await mai.sign_in("mai")
        await choose(page, site, cases, "Giao lại")
        await mai.press("Giao lại")
        await expect(page.locator(".govuk-error-summary")).to_be_focused()
        await expect(page.locator("input[name=case]")).to_have_count(2)
        await mai.clean("several-assign-faults")
        await page.get_by_label("Người được giao xử lý").select_option(label="Người thu (demo), Vị trí của thu (demo)")
        await page.get_by_label("Lý do").fill("Chuyển cho người phụ trách khoản thu")
        await changed_by_somebody(still_town, changed)
        await mai.press("Giao lại")
        await expect(page.locator(".govuk-notification-banner")).to_contain_text("1")
        assert "Đã giao lại." in await outcome(page, good)
        assert STALE in await outcome(page, changed)
        assert (await outcome(page, changed)).startswith("✗")
        await mai.clean("several-assign-done")
    assert [await facts(still_town, "assigned", case) for case in cases] == [1, 0]


async def test_of_two_duplicates_the_changed_one_says_why_not_and_a_second_time_both_are_exported(
    browser: Browser, still_town: Town
) -> None:
    first, second = cases = await two_cases(still_town)
    third = (await submitted(still_town, text=f"{STORY} Lần 3.")).case_id
    await still_town.do("mai", f"/api/submissions/{third}/acknowledgements")
    await still_town.settle()
    async with served(still_town) as site, visitor(browser, DESK) as person:
        person.expected.append("status of 4")
        mai, page = Official(person, site, []), person.page
        await mai.sign_in("mai")
        await page.goto(f"{site}/work?tab=all")
        await page.locator(f"[id='pick-{third}']").check(force=True)
        await choose_more(page, cases)
        await page.locator(f"input[name=of][value='{first}']").check(force=True)
        await page.get_by_label("Lý do").fill("Cùng một khoản thu")
        await changed_by_somebody(still_town, second)
        await mai.press("Ghép đơn trùng")
        assert "Tiếp tục xử lý hồ sơ này." in await outcome(page, first)
        assert STALE in await outcome(page, second)
        assert "Đã ghép là đơn trùng." in await outcome(page, third)
        await mai.clean("several-link-done")
        assert [await facts(still_town, "duplicate_linked", case) for case in (first, second, third)] == [0, 0, 1]
        await page.goto(f"{site}/work?tab=all")
        for case in cases:
            await page.locator(f"[id='pick-{case}']").check(force=True)
        async with page.expect_download() as coming:
            await page.get_by_role("button", name="Xuất bảng (CSV)", exact=True).click()
        table = (await (await coming.value).path()).read_text("utf-8-sig")
    assert len(list(csv.reader(table.splitlines()))) == 1 + len(cases)


async def choose_more(page: Page, cases: tuple[UUID, UUID]) -> None:
    for case in cases:
        await page.locator(f"[id='pick-{case}']").check(force=True)
    await page.get_by_role("button", name="Ghép đơn trùng", exact=True).click()
    await expect(page.get_by_role("heading", level=1, name="Ghép đơn trùng")).to_be_visible()
