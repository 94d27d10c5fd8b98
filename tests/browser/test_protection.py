"""Worse treatment since the message, in real Chromium: a parent at the phone, the person in charge at two sizes."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from tests.browser.official import Official
from tests.http.test_protection import in_hand
from tests.support.browser import DESK, PHONE, Visitor, visitor
from tests.support.protecting import WORSE, reported
from tests.support.world import Town

WIDE_PHONE = (390, 844)
LINK, SEND = "Báo bị đối xử xấu hơn từ khi gửi tin", "Gửi báo cáo"


async def clean(person: Visitor, name: str, *, scripts: bool = True) -> None:
    """Nothing for axe, nothing wider than the window, and a picture to look at."""
    if scripts:
        assert await person.axe() == [], name
        assert await person.overflow() == 0, name
    width = person.page.viewport_size["width"] if person.page.viewport_size else 0
    await person.picture(f"worse-{name}-{width}{'' if scripts else '-plain'}")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
async def test_a_parent_reports_at_the_phone_and_loses_nothing(
    browser: Browser, town: Town, site: str, *, scripts: bool
) -> None:
    sent = await in_hand(town)
    async with visitor(browser, PHONE, scripts=scripts) as lan:
        lan.expected.append("status of 4")
        page = lan.page
        await page.goto(f"{site}/p/track")
        await page.get_by_label("Mã tra cứu").fill(sent.code)
        await page.get_by_role("button", name="Tra cứu").click()
        await page.get_by_role("button", name=LINK).click()
        await expect(page.locator("h1")).to_have_text(LINK)
        assert await page.locator("input[type=radio]:checked").count() == 0, "nothing is chosen for anybody"
        await clean(lan, "form", scripts=scripts)
        await page.get_by_label("Từ đó đến nay đã xảy ra chuyện gì?").fill(WORSE)
        await page.get_by_label("Từ khoảng ngày nào?").fill("2026-01-15")
        await page.get_by_role("button", name=SEND).click()
        await expect(page.locator(".govuk-error-summary").first).to_contain_text("Chọn ai bị đối xử xấu hơn")
        await clean(lan, "refused", scripts=scripts)
        await expect(page.get_by_label("Từ đó đến nay đã xảy ra chuyện gì?")).to_have_value(WORSE)
        await expect(page.get_by_label("Từ khoảng ngày nào?")).to_have_value("2026-01-15")
        await page.get_by_label("Con tôi").check(force=True)
        await page.get_by_role("button", name=SEND).click()
        await expect(page.get_by_role("status").first).to_contain_text("Đã nhận báo cáo của bạn")
        await expect(page.locator("#protection + ul")).to_contain_text("đã nhận")
        await expect(page.locator("main")).not_to_contain_text(WORSE)
        await clean(lan, "received", scripts=scripts)
    await town.settle()
    listed = (await (await town.of("anh")).get("/api/protection-tasks")).json()
    assert listed["total"] == 1


@pytest.mark.parametrize("size", [DESK, WIDE_PHONE], ids=["desk", "phone"])
async def test_the_person_in_charge_takes_it_works_on_it_and_answers(
    browser: Browser, town: Town, site: str, size: tuple[int, int]
) -> None:
    sent = await in_hand(town)
    await reported(town, sent.code)
    looked_at = list[str]()
    async with visitor(browser, size) as window, visitor(browser, size) as other:
        window.expected.append("status of 4")
        anh, mai = Official(window, site, looked_at), Official(other, site, looked_at)
        await anh.sign_in("anh")
        await anh.open("/notices")
        await anh.clean("protection-notice")
        await anh.open("/protection")
        await anh.clean("protection-list")
        await anh.page.locator("main table a").first.click()
        main = anh.page.locator("main")
        await expect(main).to_contain_text(WORSE)
        await anh.clean("protection-new")
        await anh.press("Nhận việc")
        await expect(main).to_contain_text("Người phụ trách: Người anh (demo)")
        await main.locator("#measures summary").click()
        await main.get_by_label("Đã làm gì").fill("Đã gặp phụ huynh và giáo viên chủ nhiệm (demo).")
        await anh.press("Ghi biện pháp")
        await main.locator("#closures summary").click()
        await main.get_by_label("Không thấy việc cần can thiệp").check(force=True)
        await main.get_by_label("Lời gửi người gửi").fill("Cháu được xếp lại chỗ ngồi (demo).")
        await anh.press("Kết thúc và trả lời người gửi")
        await expect(main.locator(".govuk-error-summary").first).to_contain_text("Ghi lý do")
        await expect(main.get_by_label("Lời gửi người gửi")).to_have_value("Cháu được xếp lại chỗ ngồi (demo).")
        await anh.clean("protection-refused")
        await main.get_by_label("Đã có biện pháp bảo vệ").check(force=True)
        await mai.sign_in("mai")
        await mai.open(f"/cases/{sent.case_id}")
        await expect(mai.page.locator("#protection")).to_contain_text("người phụ trách đang xem")
        await mai.clean("protection-sign")
        await anh.press("Kết thúc và trả lời người gửi")
        await expect(main).to_contain_text("Đã xem xong")
        await anh.clean("protection-closed")
    tracked = (await town.anonymous.get(f"/api/track/{sent.code}")).json()["protection"]
    assert [one["words"] for one in tracked] == ["Cháu được xếp lại chỗ ngồi (demo)."]
    print(f"{len(looked_at)} states, axe clean: {', '.join(looked_at)}")
