"""Forms beside those of a case: what was typed outlives an error of the server and a reload, and is sent once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.official import Official
from tests.browser.out_of_order import BROKEN, answer_lost, facts, kept, out_of_order
from tests.browser.test_several import choose, two_cases
from tests.support.browser import DESK, PHONE, visitor
from tests.support.explaining import asked_of_school, taken_in
from tests.support.office import PASSWORD
from tests.support.postgres import FreshDatabase
from tests.support.site import served
from tests.support.uploads import telling_photo
from tests.support.world import PEOPLE, Town, open_town

MONDAY = datetime(2026, 8, 24, 1, tzinfo=UTC)
ASKS = ("Năm học này trường thu những khoản nào?", "Việc thu được thông báo thế nào?", "Ai giữ sổ thu?")
REASON = "Chưa nói rõ ai trả lại tiền, trả khi nào.\n\nXin ghi rõ ngày."


@pytest.fixture
async def still_town(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Town]:
    """Its clock stands: a session ends when a test ends it."""
    async with open_town(database, tmp_path, now=MONDAY) as opened:
        yield opened


async def refused_for_now(page: Page, button: str) -> None:
    """Pressed while the server is out of order; then the page is loaded anew."""
    await page.route("**/*", out_of_order)
    await page.locator("main").get_by_role("button", name=button, exact=True).last.click()
    await expect(page.get_by_role("alert")).to_contain_text("Máy chủ chưa trả lời được")
    await page.unroute("**/*")
    await page.reload()
    await page.locator("body.js-enabled").wait_for()


async def explained(town: Town) -> int:
    count: int = await town.world.pool.fetchval(
        "select count(*) from event where topic in ('explanation.given.v1', 'explanation.more_time_asked.v1')"
    )
    return count


async def test_a_schools_answer_and_its_wish_for_more_time_stay_beside_each_other(
    browser: Browser, still_town: Town, tmp_path: Path
) -> None:
    asked = await asked_of_school(still_town, await taken_in(still_town))
    paper = tmp_path / "bien-ban.jpg"
    paper.write_bytes(telling_photo("JPEG"))
    async with served(still_town) as site, visitor(browser, PHONE) as person:
        person.expected += BROKEN
        hoa, page = Official(person, site, []), person.page
        await hoa.sign_in("hoa")
        await hoa.open(f"/school/requests/{asked}")
        answers, papers = page.get_by_label("Trả lời câu"), page.get_by_label("Tài liệu kèm theo")
        await answers.first.fill("Trường thu học phí buổi hai.\n\nKhông thu khoản nào khác (demo).")
        await papers.set_input_files(paper)
        await page.get_by_text("Xin thêm thời gian").first.click()
        await page.get_by_label("Lý do").fill("Kế toán đang nghỉ (demo)")
        await kept(page)
        await refused_for_now(page, "Gửi giải trình")
        await expect(answers.first).to_have_value("Trường thu học phí buổi hai.\n\nKhông thu khoản nào khác (demo).")
        await expect(page.get_by_label("Lý do")).to_have_value("Kế toán đang nghỉ (demo)")
        assert await papers.evaluate("field => field.files[0].name") == "bien-ban.jpg"
        await hoa.press("Gửi giải trình")
        await expect(page.locator(".govuk-error-summary").first).to_contain_text("Câu 2 chưa có trả lời")
        await expect(page.get_by_label("Lý do")).to_have_value("Kế toán đang nghỉ (demo)")
        await hoa.clean("school-kept")
        await page.reload()
        await expect(answers.first).to_have_value("Trường thu học phí buổi hai.\n\nKhông thu khoản nào khác (demo).")
        await answers.last.fill("Tại cuộc họp đầu năm (demo).")
        await kept(page)
        await page.get_by_role("button", name="Gửi giải trình").click()
        await expect(page.get_by_role("link", name="bien-ban.jpg")).to_be_visible()
        await hoa.open(f"/school/requests/{asked}")
        await expect(page.get_by_text("Tại cuộc họp đầu năm (demo).")).to_be_visible()
    assert await explained(still_town) == 1


async def test_questions_to_a_school_stay_all_of_them_in_form_and_preview(browser: Browser, still_town: Town) -> None:
    case = await taken_in(still_town)
    async with served(still_town) as site, visitor(browser, DESK) as person:
        person.expected += BROKEN
        mai, page = Official(person, site, []), person.page
        await mai.sign_in("mai")
        await mai.act(case, "explanation-requests")
        for number, text in enumerate(ASKS, start=1):
            if number > 2:
                await mai.press("Thêm câu hỏi")
            await page.get_by_label(f"Câu hỏi {number}").fill(text)
        await page.get_by_label("Có bao nhiêu người có thể biết việc này?").fill("40")
        await kept(page)
        await refused_for_now(page, "Xem trước: nhà trường sẽ thấy gì")
        for number, text in enumerate(ASKS, start=1):
            await expect(page.get_by_label(f"Câu hỏi {number}")).to_have_value(text)
        await mai.clean("explanation-kept")
        await mai.press("Xem trước: nhà trường sẽ thấy gì")
        await page.locator("input[name=confirmed]").check(force=True)
        await page.route("**/explanation-requests", out_of_order)
        await page.get_by_role("button", name="Gửi cho nhà trường").click()
        await expect(page.get_by_role("alert")).to_contain_text("Máy chủ chưa trả lời được")
        await expect(page.locator(".app-seen")).to_contain_text(ASKS[2])
        await page.unroute("**/explanation-requests")
        await page.route("**/explanation-requests", answer_lost, times=1)
        await page.locator("form[data-keeps]").evaluate(
            "form => form.requestSubmit(form.querySelector('[value=send]'))"
        )
        await expect(page.get_by_role("alert")).to_contain_text("Mất kết nối")
        await page.locator("form[data-keeps]").evaluate(
            "form => form.requestSubmit(form.querySelector('[value=send]'))"
        )
        await page.wait_for_url(f"**/cases/{case}?done=explanation-requests")
        await mai.act(case, "explanation-requests")
        await expect(page.get_by_label("Câu hỏi 1")).to_have_value("")
    assert await facts(still_town, "explanation_asked") == 1


async def test_a_heads_reason_stays_with_its_answer(browser: Browser, still_town: Town) -> None:
    waiting = await two_cases(still_town)
    parts = [{"request": number, "text": "Đã trả lại tiền (demo)."} for number in (1, 2)]
    for case in waiting:
        await still_town.do("mai", f"/api/feedback/{case}/drafts", {"outcome": "resolved", "parts": parts})
        await still_town.do("mai", f"/api/feedback/{case}/release-requests")
    await still_town.settle()
    async with served(still_town) as site, visitor(browser, PHONE) as person:
        person.expected += BROKEN
        son, page = Official(person, site, []), person.page
        await son.sign_in("son")
        await son.open("/release")
        for number in (0, 1):
            await page.locator(".app-thumb__more summary").nth(number).click()
            await page.get_by_label("Lý do").nth(number).fill(f"{REASON} {number}")
        await kept(page)
        await refused_for_now(page, "Trả lại để sửa")
        for number in (0, 1):
            await expect(page.get_by_label("Lý do").nth(number)).to_have_value(f"{REASON} {number}")
            await expect(page.get_by_label("Lý do").nth(number)).to_be_visible()
        await son.clean("head-desk-kept")
        await son.press("Trả lại để sửa")
        await expect(page.get_by_label("Lý do")).to_have_count(1)
        await expect(page.get_by_label("Lý do")).to_have_value(f"{REASON} 1")
    assert await facts(still_town, "answer_returned") == 1


async def test_a_reason_for_several_cases_stays_for_these_and_is_not_put_before_others(
    browser: Browser, still_town: Town
) -> None:
    cases = await two_cases(still_town)
    async with served(still_town) as site, visitor(browser, DESK) as person:
        person.expected += BROKEN
        mai, page = Official(person, site, []), person.page
        await mai.sign_in("mai")
        await choose(page, site, cases, "Giao lại")
        await page.get_by_label("Người được giao xử lý").select_option(label="Người thu (demo), Vị trí của thu (demo)")
        await page.get_by_label("Lý do").fill(REASON)
        await kept(page)
        await refused_for_now(page, "Giao lại")
        await expect(page.get_by_label("Lý do")).to_have_value(REASON)
        chosen = await page.locator("input[name=case]").evaluate_all("fields => fields.map(field => field.value)")
        assert sorted(one.partition(".")[0] for one in chosen) == sorted(map(str, cases))
        kept_address = page.url
        await choose(page, site, cases[::1], "Ghép đơn trùng")
        await expect(page.get_by_label("Lý do")).to_have_value("")
        await page.goto(kept_address)
        await expect(page.get_by_label("Lý do")).to_have_value(REASON)
        await mai.press("Giao lại")
        await expect(page.locator(".app-outcomes")).to_contain_text("Đã giao lại.")
    assert await facts(still_town, "assigned") == 2


async def test_a_new_account_stays_and_no_password_or_code_ever_does(browser: Browser, still_town: Town) -> None:
    async with served(still_town) as site, visitor(browser, DESK) as person:
        person.expected += BROKEN
        tung, page = Official(person, site, []), person.page
        await tung.sign_in("tung")
        await tung.open("/accounts/new")
        await page.locator("#name").fill("Người bách (demo)")
        await page.locator("#username").fill("bach")
        await page.locator("#title").fill("Cán bộ (demo)")
        await page.locator("input[name=roles][value=officer]").check(force=True)
        await kept(page)
        await refused_for_now(page, "Mở tài khoản và hiện mã kích hoạt")
        await expect(page.locator("#username")).to_have_value("bach")
        await expect(page.locator("input[name=roles][value=officer]")).to_be_checked()
        await tung.press("Mở tài khoản và hiện mã kích hoạt")
        await expect(page.locator(".app-code").first).to_be_visible()
        await tung.open("/accounts/new")
        await expect(page.locator("#username")).to_have_value("")
        await tung.open("/password")
        await page.locator("input[type=password]").first.fill(PASSWORD)
        assert await page.locator("form[data-keeps]").count() == 0
    opened = "select count(*) from event where topic = 'people.account_opened.v1'"
    assert await still_town.world.pool.fetchval(opened) == len(PEOPLE) + 1
