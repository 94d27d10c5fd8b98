"""Administrator, head and officer at the pages to run the service, on a phone and at a desk."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from application.people import account_id_of
from tests.browser.official import Official
from tests.browser.out_of_order import kept
from tests.support.browser import DESK, PHONE, visitor
from tests.support.office import PASSWORD
from tests.support.postgres import FreshDatabase
from tests.support.site import served
from tests.support.staff import classified, clerk
from tests.support.world import Town, open_town

MONDAY = datetime(2026, 8, 24, 1, tzinfo=UTC)
SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
CODE = re.compile(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}")


@pytest.fixture
async def still_town(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Town]:
    async with open_town(database, tmp_path, now=MONDAY) as opened:
        yield opened


@pytest.fixture
async def site(still_town: Town) -> AsyncIterator[str]:
    async with served(still_town) as address:
        yield address


@SIZES
async def test_a_colleague_is_invited_with_a_paper_and_chooses_a_password(
    browser: Browser, site: str, size: tuple[int, int]
) -> None:
    looked_at = list[str]()
    async with visitor(browser, size) as first, visitor(browser, size) as second:
        tung = Official(first, site, looked_at)
        await tung.sign_in("tung")
        await tung.open("/accounts")
        await tung.clean("running-accounts")
        await tung.open("/accounts/new")
        await tung.page.locator("input[name=name]").fill("Người bách (demo)")
        await tung.page.locator("input[name=username]").fill("bach")
        await tung.page.locator("input[name=title]").fill("Cán bộ (demo)")
        await tung.page.locator("input[name=roles][value=officer]").check()
        await tung.press("Mở tài khoản và hiện mã kích hoạt")
        await tung.clean("running-start-code")
        found = CODE.search(await tung.page.inner_text("main"))
        assert found
        bach = second.page
        await bach.goto(f"{site}/sign-in")
        await bach.get_by_label("Tên đăng nhập").fill("bach")
        await bach.get_by_label("Mật khẩu", exact=True).fill(found.group())
        await bach.get_by_role("button", name="Đăng nhập").click()
        await bach.locator("input[name=current]").fill(found.group())
        await Official(second, site, looked_at).clean("running-choose-password")
        await bach.locator("input[name=password]").fill(PASSWORD)
        await bach.locator("input[name=repeat]").fill(PASSWORD)
        await bach.get_by_role("button", name="Đổi mật khẩu").click()
        await bach.get_by_label("Mật khẩu", exact=True).wait_for()
        await Official(second, site, looked_at).sign_in("bach")
        await tung.open(f"/accounts/{account_id_of('bach')}")
        await tung.clean("running-account")


@SIZES
async def test_an_account_with_cases_is_closed_after_they_are_handed_over(
    browser: Browser, still_town: Town, site: str, size: tuple[int, int]
) -> None:
    looked_at, account = list[str](), f"/accounts/{account_id_of('mai')}"
    await classified(still_town, await clerk(still_town, "mai"))
    await still_town.settle()
    async with visitor(browser, size) as first, visitor(browser, size) as second:
        first.expected.append("status of 4")
        tung, son = Official(first, site, looked_at), Official(second, site, looked_at)
        await tung.sign_in("tung")
        await tung.open(account)
        await tung.page.locator("#locks summary").click()
        await tung.page.locator("#locks textarea").fill("Nghỉ việc (demo)")
        await tung.page.get_by_role("button", name="Khóa", exact=True).click()
        await expect(tung.page.locator(".govuk-error-summary")).to_contain_text("1 hồ sơ đang mở")
        await tung.clean("running-account-holds-cases")
        await son.sign_in("son")
        await son.open("/administration")
        await son.clean("running-administration")
        await son.open(f"/hand-over?of={account_id_of('mai')}")
        await son.clean("running-hand-over")
        await son.page.get_by_label("Người xử lý mới").select_option(str(account_id_of("hung")))
        await son.page.get_by_label("Lý do").fill("Bàn giao (demo)")
        await son.press("Bàn giao các hồ sơ đã chọn")
        await expect(son.page.locator("main")).to_contain_text("đã giao lại")
        await son.clean("running-handed-over")


@SIZES
async def test_heads_arrange_absence_and_own_rules(
    browser: Browser, still_town: Town, site: str, size: tuple[int, int]
) -> None:
    looked_at = list[str]()
    async with visitor(browser, size) as first:
        son = Official(first, site, looked_at)
        await son.sign_in("son")
        await son.open("/arrangements")
        await son.page.locator("#delegations > summary").click()
        form = son.page.locator("details#delegations")
        await form.locator("select[name=to]").select_option(str(account_id_of("hung")))
        await form.locator("input[name=until_day]").fill("2026-09-30")
        await form.get_by_role("button", name="Ủy quyền", exact=True).click()
        await expect(son.page.locator("main")).to_contain_text("Tôi đang ủy quyền cho Người hung (demo)")
        await son.clean("running-arrangements")
        await son.open("/release")
        await expect(son.page.locator("main")).to_contain_text("Tôi đang ủy quyền cho Người hung (demo)")
        await son.clean("running-head-desk")
        await son.open("/categories")
        await son.clean("running-categories")
        await son.open("/policies")
        await son.clean("running-policies")
        await son.open("/second-factor")
        await son.clean("running-second-factor")


@SIZES
async def test_a_day_off_is_previewed_then_recorded(
    browser: Browser, still_town: Town, site: str, size: tuple[int, int]
) -> None:
    looked_at, case = list[str](), await classified(still_town, await clerk(still_town, "mai"))
    await still_town.settle()
    answer = await (await still_town.of("son")).get(f"/api/cases/{case}/deadlines")
    due = max(line["due_on"] for line in answer.json()["deadlines"])
    async with visitor(browser, size) as first:
        tinh = Official(first, site, looked_at)
        await tinh.sign_in("tinh")
        await tinh.open("/calendar")
        await tinh.clean("running-calendar")
        await tinh.open("/calendar/change")
        await tinh.page.locator("input[name=day]").fill(due)
        await tinh.page.locator("input[name=name]").fill("Nghỉ bão (demo)")
        await tinh.page.locator("input[name=document]").fill("01/CĐ (demo)")
        await tinh.clean("running-calendar-change")
        await tinh.press("Xem hồ sơ sẽ đổi hạn")
        await expect(tinh.page.locator("main")).to_contain_text("1 hồ sơ đang mở sẽ đổi hạn")
        await tinh.clean("running-calendar-preview")
        await tinh.press("Ghi nhận thay đổi")
        await expect(tinh.page.locator("main")).to_contain_text("Đã tính lại 1 trên 1 hồ sơ")
        await tinh.clean("running-calendar-progress")


@SIZES
async def test_a_ward_and_a_school_are_added_and_what_was_typed_outlives_a_reload(
    browser: Browser, site: str, size: tuple[int, int]
) -> None:
    looked_at = list[str]()
    async with visitor(browser, size) as first:
        first.expected.append("status of 4")
        tung, page = Official(first, site, looked_at), first.page
        await tung.sign_in("tung")
        await tung.open("/administration")
        await page.locator("main").get_by_role("link", name="Đơn vị", exact=True).click()
        await page.locator("#wards > summary").click()
        ward = page.locator("details#wards")
        await ward.get_by_label("Tên đơn vị").fill("Phường Hoa Ban (demo)")
        await ward.get_by_role("button", name="Thêm địa bàn", exact=True).click()
        await expect(page.locator(".govuk-error-summary")).to_contain_text("Nguồn của tên gọi")
        await tung.clean("running-places-refused")
        await expect(ward.get_by_label("Tên đơn vị")).to_have_value("Phường Hoa Ban (demo)")
        await ward.get_by_label("Nguồn của tên gọi").fill("Nghị quyết 12 (demo)")
        await ward.get_by_role("button", name="Thêm địa bàn", exact=True).click()
        await expect(page.locator("main")).to_contain_text("Đã thêm địa bàn.")
        unit = page.locator("details#units")
        await page.locator("#units > summary").click()
        await unit.get_by_label("Tên đơn vị").fill("Trường Mầm non Hoa Ban (demo)")
        await unit.get_by_label("Nguồn của tên gọi").fill("Danh sách (demo)")
        await kept(page)
        await tung.open("/places")
        await expect(unit.get_by_label("Tên đơn vị")).to_have_value("Trường Mầm non Hoa Ban (demo)")
        await unit.get_by_label("Cấp học").select_option("MN")
        await unit.get_by_label("Địa bàn").select_option(label="Phường Hoa Ban (demo)")
        await unit.get_by_role("button", name="Thêm đơn vị", exact=True).click()
        await expect(page.locator("main")).to_contain_text("Đã thêm đơn vị.")
        await tung.clean("running-places")
        await page.get_by_role("row", name="Trường Mầm non Hoa Ban (demo)").get_by_role("link").click()
        await expect(page.locator("main")).to_contain_text("Trường Mầm non Hoa Ban (demo)")
