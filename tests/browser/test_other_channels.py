"""An official enters what came another way, on phone and desk: files stay over an error, drafts over a reload."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from domain.feedback.vocabulary import Channel, Topic
from tests.browser.official import Official
from tests.support.browser import DESK, PHONE, visitor
from tests.support.postgres import FreshDatabase
from tests.support.site import served
from tests.support.staff import STORY
from tests.support.uploads import telling_photo
from tests.support.world import Town, open_town

UNIT = "Trường Tiểu học Bình Nguyên (demo)"
ENTER = "Ghi vào hệ thống và in giấy biên nhận"
CODE = re.compile(r"^\w{4}(-\w{4}){3}$")
SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])


@pytest.fixture
async def still_town(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Town]:
    """Thursday 27/08/2026, 08:30 in Hà Nội."""
    async with open_town(database, tmp_path, now=datetime(2026, 8, 27, 1, 30, tzinfo=UTC)) as opened:
        yield opened


@pytest.fixture
async def site(still_town: Town) -> AsyncIterator[str]:
    async with served(still_town) as address:
        yield address


@pytest.fixture
def scans(tmp_path: Path) -> list[Path]:
    """Two photos of sheets."""
    found = [tmp_path / f"phieu-{number}.jpg" for number in (1, 2)]
    for path in found:
        path.write_bytes(telling_photo("JPEG"))
    return found


async def chosen(page: Page, field: str) -> int:
    """How many files a field holds."""
    count: int = await page.locator(f"[id='{field}']").evaluate("field => field.files.length")
    return count


@SIZES
async def test_a_sheet_is_entered_with_its_scan_kept_over_an_error_and_its_receipt_printed(
    browser: Browser, still_town: Town, site: str, scans: list[Path], size: tuple[int, int]
) -> None:
    async with visitor(browser, size) as person:
        person.expected.append("status of 4")
        mai = Official(person, site, [])
        await mai.sign_in("mai")
        await mai.open("/paper")
        await mai.clean("paper-empty")
        page = mai.page
        await page.get_by_label("Đơn vị được phản ánh").select_option(label=UNIT)
        await page.get_by_label("Kênh tiếp nhận").select_option(Channel.OFFLINE_SHEET.value)
        await page.get_by_label("Nhận lúc").fill("2026-08-25T14:00")
        await page.get_by_label("Ngày ghi trên giấy").fill("2026-08-25")
        await page.get_by_label("Việc gì").select_option(Topic.MONEY.value)
        await page.get_by_label("Không", exact=True).check(force=True)
        await page.get_by_label("Nội dung, ghi nguyên văn").fill(STORY)
        await page.get_by_label("Bản quét hoặc ảnh chụp phiếu").set_input_files(scans[0])
        await page.get_by_role("button", name=ENTER).click()
        await expect(page.locator(".govuk-error-summary")).to_be_focused()
        await mai.clean("paper-without-reason")
        await expect(page.get_by_label("Nội dung, ghi nguyên văn")).to_have_value(STORY)
        assert await chosen(page, "photos") == 1
        await page.get_by_label("Lý do ghi muộn").fill("Đi thôn về muộn")
        await page.get_by_role("button", name=ENTER).click()
        await expect(page.locator(".app-code")).to_have_text(CODE)
        await expect(page.locator(".app-slip")).to_contain_text("hết thứ Sáu 04/09/2026")
        await mai.clean("paper-slip")
        await page.get_by_role("link", name="Mở hồ sơ").click()
        await expect(page.locator("main")).to_contain_text("Bản gốc 1")
        await mai.clean("paper-case")


async def test_the_receipt_takes_one_a5_sheet(browser: Browser, still_town: Town, site: str) -> None:
    async with visitor(browser, DESK) as person:
        mai = Official(person, site, [])
        await mai.sign_in("mai")
        await mai.open("/paper")
        page = mai.page
        await page.get_by_label("Đơn vị được phản ánh").select_option(label=UNIT)
        await page.get_by_label("Kênh tiếp nhận").select_option(Channel.IN_PERSON.value)
        await page.get_by_label("Việc gì").select_option(Topic.MONEY.value)
        await page.get_by_label("Không", exact=True).check(force=True)
        await page.get_by_label("Nội dung, ghi nguyên văn").fill(STORY)
        await page.get_by_role("button", name=ENTER).click()
        await expect(page.locator(".app-code")).to_have_text(CODE)
        pdf = await page.pdf(prefer_css_page_size=True)
        boxes = re.findall(rb"/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)", pdf)
        assert [(round(float(w)), round(float(h))) for w, h in boxes] == [(420, 595)]


@SIZES
async def test_photos_become_rows_a_reload_keeps_them_and_only_the_failed_row_is_left(
    browser: Browser, still_town: Town, site: str, scans: list[Path], size: tuple[int, int]
) -> None:
    async with visitor(browser, size) as person:
        person.expected.append("status of 4")
        mai = Official(person, site, [])
        await mai.sign_in("mai")
        await mai.open("/paper/batch")
        page = mai.page
        await page.get_by_label("Đơn vị được phản ánh").select_option(label=UNIT)
        await page.locator("#many").set_input_files(scans)
        assert [await chosen(page, f"row-{number}-photos") for number in (1, 2, 3)] == [1, 1, 0]
        for number, text in ((1, STORY), (2, "ngắn")):
            await page.locator(f"#row-{number}-topic").select_option(Topic.MONEY.value)
            await page.locator(f"#row-{number}-danger").check(force=True)
            await page.locator(f"#row-{number}-text").fill(text)
        await mai.clean("batch-filled")
        await expect(page.locator("form[data-kept-at]")).to_be_attached()
        await page.reload()
        await expect(page.locator("#row-1-text")).to_have_value(STORY)
        assert [await chosen(page, f"row-{number}-photos") for number in (1, 2)] == [1, 1]
        kept = await page.evaluate(
            "async () => { const open = indexedDB.open('sheets'); "
            "await new Promise(done => { open.onsuccess = done; });"
            " const all = open.result.transaction('drafts').objectStore('drafts').getAll();"
            " await new Promise(done => { all.onsuccess = done; }); open.result.close();"
            " return all.result.map(one => Object.keys(one).join() + new TextDecoder().decode(one.sealed)).join(); }"
        )
        assert kept.startswith("iv,sealed")
        assert STORY[:20] not in kept
        await page.get_by_role("button", name="Ghi các phiếu").click()
        await expect(page.locator("#saved")).to_have_text("Đã ghi 1 phiếu")
        assert await page.locator("[data-row]").count() == 1
        assert await chosen(page, "row-2-photos") == 1
        await mai.clean("batch-half")
        await page.locator("#row-2-text").fill(STORY)
        await page.get_by_role("button", name="Ghi các phiếu").click()
        await expect(page.locator("main")).to_contain_text("Nhập thêm phiếu")
        await mai.clean("batch-done")


@SIZES
async def test_a_caller_is_helped_on_the_senders_own_page(
    browser: Browser, still_town: Town, site: str, size: tuple[int, int]
) -> None:
    async with visitor(browser, size) as person:
        person.expected.append("status of 4")
        mai = Official(person, site, [])
        await mai.sign_in("mai")
        await mai.open("/paper")
        page = mai.page
        await page.get_by_label("Đơn vị được phản ánh").select_option(label=UNIT)
        await page.get_by_label("Kênh tiếp nhận").select_option(Channel.HOTLINE.value)
        await page.get_by_label("Việc gì").select_option(Topic.MONEY.value)
        await page.get_by_label("Không", exact=True).check(force=True)
        await page.get_by_label("Nội dung, ghi nguyên văn").fill(STORY)
        await page.get_by_role("button", name=ENTER).click()
        code = await page.locator(".app-code").inner_text()
        await page.get_by_role("link", name="Tra cứu giúp người gọi").click()
        await page.get_by_label("Người gửi gọi điện").check(force=True)
        await page.get_by_label("Mã tra cứu").fill("AAAA-BBBB-CCCC-DDDD")
        await page.get_by_role("button", name="Tra cứu", exact=True).click()
        await expect(page.locator(".govuk-error-summary")).to_be_visible()
        await mai.clean("assist-wrong")
        await page.get_by_label("Mã tra cứu").fill(code)
        await page.get_by_role("button", name="Tra cứu", exact=True).click()
        await expect(page.locator("main")).to_contain_text(STORY)
        await expect(page.get_by_role("complementary")).to_contain_text("đây là trang của người gửi")
        await mai.clean("assist-page")
        await page.locator("#withdraw summary").click()
        await page.locator("#withdraw").get_by_role("button").click()
        await expect(page.locator(".govuk-inset-text")).to_contain_text("người gọi rút phản ánh")
        await mai.clean("assist-withdrawn")
