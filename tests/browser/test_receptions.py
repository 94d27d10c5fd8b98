"""A day of reception in real Chromium, at a desk and at a phone: from an oral complaint to the printed register."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, FilePayload, expect

from application.people import account_id_of
from tests.browser.official import Official
from tests.support.browser import DESK, PHONE, visitor
from tests.support.receiving import ACCUSING, CONTACT, GUIDED, HUNG, PLACE, SCAN, STORY, WANTED, done_on_day, today
from tests.support.world import Town


async def records_an_oral_complaint(mai: Official) -> None:
    """By the form, which is refused once and keeps what was typed."""
    main = mai.page.locator("main")
    await main.get_by_role("button", name="Ghi lượt tiếp").click()
    await main.get_by_label("Người đến", exact=True).fill(HUNG)
    await main.get_by_label("Địa chỉ, cách liên lạc").fill(CONTACT)
    await main.get_by_label("Thuộc loại").select_option("complaint")
    await main.get_by_label("Nội dung").fill(STORY)
    await main.get_by_label("Người đến mong muốn").fill(WANTED)
    await main.get_by_label("Kết quả").select_option("guided")
    await mai.press("Ghi")
    await expect(main.locator(".govuk-error-summary").first).to_contain_text("Ghi rõ đã hướng dẫn")
    await mai.clean("reception-visit-refused")
    await main.get_by_label("Kết quả").select_option("oral-complaint-recorded")
    await mai.press("Ghi")
    await expect(main).to_contain_text("Chưa có biên bản có chữ ký")
    await mai.clean("reception-owes")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
async def test_a_day_of_reception_from_the_visit_to_the_register(
    browser: Browser, town: Town, site: str, size: tuple[int, int]
) -> None:
    looked_at = list[str]()
    async with visitor(browser, size) as window:
        window.expected.append("status of 4")
        mai = Official(window, site, looked_at)
        await mai.sign_in("mai")
        await mai.open("/receptions")
        await mai.clean("receptions-empty")
        await mai.page.locator("main").get_by_role("button", name="Mở buổi tiếp công dân").click()
        main = mai.page.locator("main")
        await expect(main.get_by_label("Buổi tiếp công dân")).to_have_value(today(town))
        await main.get_by_label("Nơi tiếp").fill(PLACE)
        await main.get_by_label("Định kỳ", exact=True).check(force=True)
        await main.get_by_label("Người tiếp", exact=True).select_option(str(account_id_of("son")))
        await mai.clean("reception-new")
        await mai.press("Mở buổi tiếp")
        await records_an_oral_complaint(mai)
        where = mai.page.url.split("?")[0]
        await main.get_by_role("link", name="In biên bản").first.click()
        await expect(main).to_contain_text("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
        await mai.clean("reception-minutes")
        await mai.page.goto(where)
        await main.get_by_role("link", name="Đính biên bản có chữ ký").first.click()
        await main.get_by_label("Đã ký", exact=True).check(force=True)
        scan: FilePayload = {"name": "bien-ban.jpg", "mimeType": "image/jpeg", "buffer": SCAN}
        await main.get_by_label("Bản quét biên bản có chữ ký").set_input_files(scan)
        await mai.clean("reception-attach")
        await mai.press("Đính")
        await expect(main.get_by_role("link", name="Nhập đơn khiếu nại")).to_be_visible()
        await town.settle()
        day = (await (await town.of("mai")).get("/api/receptions")).json()["days"][0]["id"]
        for visit in (GUIDED, ACCUSING):
            await done_on_day(town, "mai", day, "visits", visit)
        await mai.page.goto(where)
        await mai.clean("reception-day")
        await mai.open("/receptions")
        await mai.clean("receptions")
        await mai.open("/receptions/register")
        await expect(main).to_contain_text(ACCUSING["people"])
        await mai.clean("reception-register")
        for name in ("register", "minutes"):
            await mai.page.goto(f"{where}/sheets/1" if name == "minutes" else f"{site}/receptions/register")
            await mai.page.emulate_media(media="print")
            await window.picture(f"staff-reception-{name}-on-paper-{size[0]}")
            await mai.page.emulate_media(media="screen")
    print(f"{len(looked_at)} states, axe clean: {', '.join(looked_at)}")
