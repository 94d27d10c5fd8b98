"""What goes wrong while an official writes an answer: no word is lost, and nothing is recorded twice."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.official import Official
from tests.browser.out_of_order import BROKEN, answer_lost, facts, kept, out_of_order
from tests.support.browser import DESK, Visitor, visitor
from tests.support.postgres import FreshDatabase
from tests.support.site import served
from tests.support.staff import submitted
from tests.support.world import CLASSIFIED, Town, open_town

MONDAY = datetime(2026, 8, 24, 1, tzinfo=UTC)
SAVE = "Lưu dự thảo"
PARTS = {1: "Cơ quan đã kiểm tra khoản thu.\n\nKhoản thu không có trong danh mục.", 2: "Lớp trả lại tiền."}


@pytest.fixture
async def still_town(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Town]:
    """Its clock stands: a session ends when a test ends it."""
    async with open_town(database, tmp_path, now=MONDAY) as opened:
        yield opened


async def answering(town: Town) -> UUID:
    """A case whose two requests wait for an answer by mai."""
    case = (await submitted(town)).case_id
    await town.do("mai", f"/api/submissions/{case}/acknowledgements")
    await town.do("mai", f"/api/submissions/{case}/classifications", CLASSIFIED)
    await town.settle()
    return case


class Writing:
    """The draft of an answer in one tab."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address

    def part(self, number: int) -> Locator:
        return self.page.get_by_label(f"Trả lời yêu cầu {number}")

    async def open(self) -> None:
        await self.page.goto(self.address)
        await self.page.locator("body.js-enabled").wait_for()

    async def write(self, parts: dict[int, str]) -> None:
        await self.page.get_by_label("Đã giải thích").check(force=True)
        for number, text in parts.items():
            await self.part(number).fill(text)
        await kept(self.page)

    async def there(self, parts: dict[int, str]) -> None:
        for number, text in parts.items():
            await expect(self.part(number)).to_have_value(text)
        await expect(self.page.get_by_label("Đã giải thích")).to_be_checked()

    async def press(self) -> None:
        await self.page.get_by_role("button", name=SAVE).click()

    async def send(self) -> None:
        """Past the button, which swallows a second press within a second."""
        await self.page.locator("form[data-keeps]").evaluate("form => form.requestSubmit()")

    async def saved(self) -> None:
        await expect(self.page.locator(".govuk-notification-banner--success")).to_be_visible()


async def writing(person: Visitor, site: str, case: UUID) -> Writing:
    await Official(person, site, []).sign_in("mai")
    one = Writing(person.page, f"{site}/cases/{case}/drafts")
    await one.open()
    return one


async def test_a_draft_answer_outlives_a_reload_the_back_button_and_an_error_of_the_server(
    browser: Browser, still_town: Town
) -> None:
    case = await answering(still_town)
    async with served(still_town) as site, visitor(browser, DESK) as person:
        person.expected += BROKEN
        draft = await writing(person, site, case)
        await draft.write(PARTS)
        await draft.page.reload()
        await draft.there(PARTS)
        await draft.page.get_by_role("link", name="Thôi").click()
        await expect(draft.page.locator("#history")).to_be_visible()
        await draft.page.go_back()
        await draft.there(PARTS)
        await draft.page.route("**/drafts", out_of_order)
        await draft.press()
        await expect(draft.page.get_by_role("alert")).to_contain_text("Máy chủ chưa trả lời được")
        assert await person.axe() == []
        await draft.there(PARTS)
        await draft.page.unroute("**/drafts")
        await draft.page.reload()
        await draft.there(PARTS)
        await draft.send()
        await draft.saved()
        assert await facts(still_town, "answer_drafted") == 1
        await draft.open()
        await draft.there(PARTS)
        await expect(draft.page.locator("[data-wipes]")).to_have_count(0)


async def test_a_draft_answer_whose_answer_was_lost_is_recorded_once(browser: Browser, still_town: Town) -> None:
    case = await answering(still_town)
    async with served(still_town) as site, visitor(browser, DESK) as person:
        person.expected += BROKEN
        draft = await writing(person, site, case)
        await draft.write(PARTS)
        await draft.page.route("**/drafts", answer_lost)
        await draft.press()
        await expect(draft.page.get_by_role("alert")).to_contain_text("Mất kết nối")
        await draft.page.unroute("**/drafts")
        assert await facts(still_town, "answer_drafted") == 1
        await draft.page.reload()
        await draft.there(PARTS)
        await draft.send()
        await draft.saved()
        assert await facts(still_town, "answer_drafted") == 1
        await draft.open()
        await draft.there(PARTS)


async def test_what_is_changed_after_a_lost_answer_is_seen_before_it_is_a_second_draft(
    browser: Browser, still_town: Town
) -> None:
    case, mended = await answering(still_town), PARTS | {2: "Lớp trả lại tiền trước ngày 15/09/2026."}
    async with served(still_town) as site, visitor(browser, DESK) as person:
        person.expected += BROKEN
        draft = await writing(person, site, case)
        await draft.write(PARTS)
        await draft.page.route("**/drafts", answer_lost, times=1)
        await draft.press()
        await expect(draft.page.get_by_role("alert")).to_contain_text("Mất kết nối")
        await draft.write(mended)
        await draft.send()
        await expect(draft.page.locator(".govuk-error-summary")).to_contain_text("Hồ sơ vừa thay đổi")
        await draft.there(mended)
        assert await facts(still_town, "answer_drafted") == 1
        await draft.send()
        await draft.saved()
        assert await facts(still_town, "answer_drafted") == 2
        await draft.open()
        await draft.there(mended)


async def test_a_draft_answer_sent_by_two_presses_is_one_and_a_second_tab_loses_no_word(
    browser: Browser, still_town: Town
) -> None:
    case, others = await answering(still_town), {1: "Thẻ thứ hai: đã làm việc với trường.", 2: "Thẻ thứ hai."}
    async with served(still_town) as site, visitor(browser, DESK) as person:
        person.expected += BROKEN
        first = await writing(person, site, case)
        second = Writing(await person.context.new_page(), first.address)
        await second.open()
        await first.write(PARTS)
        await second.write(others)
        await second.page.reload()
        await second.there(others)
        await first.page.get_by_role("button", name=SAVE).evaluate(
            "button => { button.click(); button.form.requestSubmit(); button.form.requestSubmit(); }"
        )
        await first.saved()
        assert await facts(still_town, "answer_drafted") == 1
        await second.press()
        await expect(second.page.locator(".govuk-error-summary")).to_contain_text("Hồ sơ vừa thay đổi")
        await second.there(others)
        assert await facts(still_town, "answer_drafted") == 1
        await first.open()
        await first.there(PARTS)


async def test_a_draft_answer_waits_for_whoever_wrote_it_to_sign_in_again_and_for_nobody_else(
    browser: Browser, still_town: Town
) -> None:
    case = await answering(still_town)
    async with served(still_town) as site, visitor(browser, DESK) as person:
        person.expected += BROKEN
        draft, mai = await writing(person, site, case), Official(person, site, [])
        await draft.write(PARTS)
        await person.context.clear_cookies()
        await draft.press()
        await expect(draft.page.get_by_role("alert")).to_contain_text("Phiên đăng nhập đã hết")
        await draft.there(PARTS)
        await mai.sign_in("mai")
        await draft.open()
        await draft.there(PARTS)
        await draft.send()
        await draft.saved()
        assert await facts(still_town, "answer_drafted") == 1
        note = draft.page.get_by_label("Ghi chú nội bộ")
        await mai.act(case, "notes")
        await note.fill("Chưa gửi.")
        await kept(draft.page)
        await mai.act(case, "notes")
        await expect(note).to_have_value("Chưa gửi.")
        await person.context.clear_cookies()
        await mai.sign_in("son")  # the same tab, another person
        await mai.act(case, "notes")
        await expect(note).to_have_value("")
        await expect(draft.page.locator("[data-wipes]")).to_have_count(0)
