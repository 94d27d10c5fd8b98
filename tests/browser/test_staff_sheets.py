"""What goes wrong while a sheet is entered: no word and no scan is lost, and nothing is recorded twice."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.async_api import Browser, Page, expect

from domain.feedback.vocabulary import Channel, Topic
from tests.browser.official import Official
from tests.browser.out_of_order import BROKEN, facts, kept, out_of_order
from tests.support.browser import DESK, Visitor, visitor
from tests.support.postgres import FreshDatabase
from tests.support.site import served
from tests.support.staff import STORY
from tests.support.thin_line import thin_line
from tests.support.uploads import noise, telling_photo
from tests.support.world import Town, open_town

MONDAY = datetime(2026, 8, 24, 1, tzinfo=UTC)
UNIT = "Trường Tiểu học Bình Nguyên (demo)"
ENTER = "Ghi vào hệ thống và in giấy biên nhận"
TRACKING_CODE = re.compile(r"^\w{4}(-\w{4}){3}$")


@pytest.fixture
async def still_town(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Town]:
    """Its clock stands: a session ends when a test ends it."""
    async with open_town(database, tmp_path, now=MONDAY) as opened:
        yield opened


@pytest.fixture
def scans(tmp_path: Path) -> list[Path]:
    """Two sheets, large enough to be cut in the middle."""
    found = [tmp_path / f"phieu-{number}.jpg" for number in (1, 2)]
    for number, path in enumerate(found):
        path.write_bytes(telling_photo("JPEG", 6, noise(600 + number, 400)))
    return found


async def fill_in(page: Page, story: str, scans: list[Path]) -> None:
    """A sheet, up to the button that records it."""
    await page.locator("body.js-enabled").wait_for()
    await page.get_by_label("Đơn vị được phản ánh").select_option(label=UNIT)
    await page.get_by_label("Kênh tiếp nhận").select_option(Channel.SUGGESTION_BOX.value)
    await page.get_by_label("Việc gì").select_option(Topic.MONEY.value)
    await page.get_by_label("Không", exact=True).check(force=True)
    await page.get_by_label("Nội dung, ghi nguyên văn").fill(story)
    await page.get_by_label("Bản quét hoặc ảnh chụp phiếu").set_input_files(scans)
    await kept(page)


async def is_filled_in(page: Page, story: str, scans: list[Path]) -> None:
    """Every word, and the scans byte for byte."""
    await expect(page.get_by_label("Nội dung, ghi nguyên văn")).to_have_value(story)
    await expect(page.get_by_label("Kênh tiếp nhận")).to_have_value(Channel.SUGGESTION_BOX.value)
    await expect(page.get_by_label("Không", exact=True)).to_be_checked()
    await kept(page)
    assert await chosen(page) == [sha256(path.read_bytes()).hexdigest() for path in scans]


async def chosen(page: Page) -> list[str]:
    """The hashes of the files that the form holds."""
    found: list[str] = await page.locator("#photos").evaluate(
        "async field => Promise.all([...field.files].map(async file => "
        "[...new Uint8Array(await crypto.subtle.digest('SHA-256', await file.arrayBuffer()))]"
        ".map(byte => byte.toString(16).padStart(2, '0')).join('')))"
    )
    return found


async def enter(page: Page) -> None:
    """Past the button, which swallows a second press within a second."""
    await page.locator("form[data-keeps]").evaluate("form => form.requestSubmit()")


async def recorded(town: Town, page: Page, story: str, scans: list[Path]) -> None:
    """The sheet of the receipt that is shown: text and scans as they were typed and chosen."""
    await expect(page.locator(".app-code")).to_have_text(TRACKING_CODE)
    address = await page.get_by_role("link", name="Mở hồ sơ").get_attribute("href")
    assert address is not None
    case = UUID(address.rsplit("/", 1)[-1])
    await town.settle()
    opened = (await town.world.cases.feedback(await town.actor("mai"), case)).view.opened
    stored: list[Any] = [await town.world.files.read(opened.subject_id, item.address) for item in opened.originals]
    assert stored == [path.read_bytes() for path in scans]
    await page.goto(page.url.partition("/paper")[0] + address)
    await expect(page.locator(".app-case__rest .app-prose").first).to_have_text(story)


async def paper(person: Visitor, site: str) -> Page:
    await Official(person, site, []).sign_in("mai")
    await person.page.goto(f"{site}/paper")
    return person.page


# The framework leaves the file of a photo that never came whole to the garbage collector, which closes it.
@pytest.mark.filterwarnings(
    "ignore:Exception ignored in. .function SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"
)
async def test_a_sheet_cut_off_during_its_second_scan_is_there_after_a_reload_and_recorded_once(
    browser: Browser, still_town: Town, scans: list[Path]
) -> None:
    async with thin_line(b'filename="phieu', 2) as line, served(still_town, line.port) as site:
        line.upstream = int(site.rpartition(":")[2])
        async with visitor(browser, DESK) as person:
            person.expected += BROKEN
            page = await paper(person, f"http://127.0.0.1:{line.port}")
            await fill_in(page, STORY, scans)
            line.breaking = True
            await page.get_by_role("button", name=ENTER).click()
            await expect(page.get_by_role("alert")).to_contain_text("Mất kết nối")
            assert line.broken >= 1
            assert await facts(still_town, "submitted") == 0
            line.breaking = False
            await page.reload()
            await is_filled_in(page, STORY, scans)
            await enter(page)
            await recorded(still_town, page, STORY, scans)
            await page.goto(f"http://127.0.0.1:{line.port}/paper")
            await expect(page.get_by_label("Nội dung, ghi nguyên văn")).to_have_value("")
            assert await chosen(page) == []
    assert await facts(still_town, "submitted") == 1


async def test_a_sheet_outlives_an_error_of_the_server_the_back_button_and_an_ended_session(
    browser: Browser, still_town: Town, scans: list[Path]
) -> None:
    async with served(still_town) as site, visitor(browser, DESK) as person:
        person.expected += BROKEN
        page = await paper(person, site)
        await fill_in(page, STORY, scans)
        await page.route("**/paper", out_of_order)
        await page.get_by_role("button", name=ENTER).click()
        await expect(page.get_by_role("alert")).to_contain_text("Máy chủ chưa trả lời được")
        await page.unroute("**/paper")
        await is_filled_in(page, STORY, scans)
        await page.get_by_role("link", name="Thôi").click()
        await expect(page.locator(".app-tabs")).to_be_visible()
        await page.go_back()
        await is_filled_in(page, STORY, scans)
        await person.context.clear_cookies()
        await enter(page)
        await expect(page.get_by_role("alert")).to_contain_text("Phiên đăng nhập đã hết")
        await page.reload()
        assert "/sign-in" in page.url
        await Official(person, site, []).sign_in("mai")
        await page.goto(f"{site}/paper")
        await is_filled_in(page, STORY, scans)
        assert await person.axe() == []
        await enter(page)
        await recorded(still_town, page, STORY, scans)
    assert await facts(still_town, "submitted") == 1


async def test_a_sheet_whose_answer_was_lost_gets_the_same_receipt_again(
    browser: Browser, still_town: Town, scans: list[Path]
) -> None:
    async with thin_line(b'filename="phieu', 2) as line, served(still_town, line.port) as site:
        line.upstream = int(site.rpartition(":")[2])
        async with visitor(browser, DESK) as person:
            person.expected += BROKEN
            page = await paper(person, f"http://127.0.0.1:{line.port}")
            await fill_in(page, STORY, scans)
            line.deaf = True
            await page.get_by_role("button", name=ENTER).click()
            await expect(page.get_by_role("alert")).to_contain_text("Mất kết nối")
            assert line.broken >= 1
            line.deaf = False
            assert await facts(still_town, "submitted") == 1
            await page.reload()
            await is_filled_in(page, STORY, scans)
            await enter(page)
            await recorded(still_town, page, STORY, scans)
    assert await facts(still_town, "submitted") == 1


async def test_two_sheets_in_two_tabs_do_not_mix_and_two_presses_are_one(
    browser: Browser, still_town: Town, scans: list[Path]
) -> None:
    other = STORY + " Phiếu thứ hai."
    async with served(still_town) as site, visitor(browser, DESK) as person:
        first = await paper(person, site)
        second = await person.context.new_page()
        await second.goto(f"{site}/paper")
        await fill_in(first, STORY, scans[:1])
        await fill_in(second, other, scans[1:])
        for page, story, files in ((first, STORY, scans[:1]), (second, other, scans[1:])):
            await page.reload()
            await is_filled_in(page, story, files)
            await page.get_by_role("button", name=ENTER).evaluate(
                "button => { button.click(); button.form.requestSubmit(); button.form.requestSubmit(); }"
            )
            await recorded(still_town, page, story, files)
    assert await facts(still_town, "submitted") == 2
