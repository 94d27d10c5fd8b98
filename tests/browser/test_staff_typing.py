"""What an official types on a page of a case or a paper stays, whatever ends the session or cuts the line."""

from __future__ import annotations

from playwright.async_api import Browser, expect

from tests.browser.official import Official
from tests.browser.test_staff_pages import prepared, site, still_town
from tests.support.browser import DESK, visitor
from tests.support.world import Town

__all__ = ["site", "still_town"]


async def test_what_was_typed_survives_an_ended_session_and_a_lost_network(
    browser: Browser, still_town: Town, site: str
) -> None:
    case = await prepared(still_town)
    async with visitor(browser, DESK) as person:
        person.expected += ["status of 401", "ERR_INTERNET_DISCONNECTED"]
        mai = Official(person, site, [])
        await mai.sign_in("mai")
        await mai.act(case, "notes")
        note, form = mai.page.get_by_label("Ghi chú nội bộ"), mai.page.locator(f'form[action="/cases/{case}/notes"]')
        send = "form => form.requestSubmit()"  # the button itself swallows a second press within a second
        await note.fill("Đã gọi hiệu trưởng lúc sáng.")
        cookies = await person.context.cookies()
        await person.context.clear_cookies()
        await form.evaluate(send)
        await expect(mai.page.get_by_role("alert")).to_contain_text("Phiên đăng nhập đã hết")
        await mai.clean("session-ended")
        await person.context.add_cookies([{**cookie} for cookie in cookies])  # type: ignore[typeddict-item]
        await person.context.set_offline(True)
        await form.evaluate(send)
        await expect(mai.page.get_by_role("alert")).to_contain_text("Mất kết nối")
        await expect(note).to_have_value("Đã gọi hiệu trưởng lúc sáng.")
        await person.context.set_offline(False)
        async with mai.page.expect_navigation():
            await form.evaluate(send)
        await expect(mai.page.locator("main")).to_contain_text("Đã gọi hiệu trưởng lúc sáng.")


async def test_a_moment_filled_in_by_half_is_not_sent_as_none(browser: Browser, still_town: Town, site: str) -> None:
    async with visitor(browser, DESK) as person:
        mai = Official(person, site, [])
        await mai.sign_in("mai")
        await mai.open("/paper")
        moment = mai.page.get_by_label("Nhận lúc")
        await moment.focus()
        await mai.page.keyboard.type("20112026")
        await mai.page.get_by_role("button", name="Ghi vào hệ thống và in giấy biên nhận").click()
        await expect(moment).to_be_focused()
        assert await mai.page.locator(".govuk-error-summary").count() == 0
