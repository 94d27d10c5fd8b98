"""A dialogue meeting in real Chromium, at a desk and on a head's phone: 65 of 68 taken, mended, 67 do not close."""

from __future__ import annotations

import pytest
from playwright.async_api import Browser, expect

from tests.browser.official import Official
from tests.support.browser import DESK, PHONE, visitor
from tests.support.dialogue import TODAY, held, row, settled, sheet
from tests.support.world import Town


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
async def test_68_opinions_come_out_of_a_sheet_and_are_followed_until_the_head_tells_the_public(  # noqa: PLR0915 - one walk
    browser: Browser, town: Town, site: str, size: tuple[int, int]
) -> None:
    dialogue = await held(town)
    where, looked_at = f"/dialogues/{dialogue}", list[str]()
    async with visitor(browser, size) as window, visitor(browser, size) as other:
        window.expected.append("status of 4")
        other.expected.append("status of 4")
        mai, son = Official(window, site, looked_at), Official(other, site, looked_at)
        await mai.sign_in("mai")
        await mai.open("/dialogues/plan")
        await mai.clean("dialogue-plan")
        await mai.open("/dialogues")
        await mai.clean("dialogue-list")
        await mai.open(f"{where}/rows")
        main = mai.page.locator("main")
        await main.get_by_label("Các dòng sao chép từ bảng tính").fill(sheet())
        await mai.press("Ghi ý kiến")
        await expect(main.locator("#taken")).to_contain_text("Đã ghi 65 ý kiến")
        await expect(mai.page.locator(".govuk-error-summary").first).to_contain_text("Dòng 31: Không rõ cấp này")
        await mai.clean("dialogue-rows-wait")
        await main.locator("#mend textarea").first.fill(row(12, bad=False)[2])
        await main.get_by_label("Cấp", exact=True).nth(1).select_option("province")
        await main.get_by_label("Hạn giải quyết").nth(2).fill(str(TODAY))
        await mai.press("Gửi các dòng đã sửa")
        await expect(mai.page.locator("h1")).to_have_text("Ý kiến")
        await expect(main).to_contain_text("Đã giải quyết: 0/68")
        await main.get_by_label("Hoặc theo số ý kiến").fill("1-68")
        await main.locator("#routings summary").click()
        await main.get_by_label("Cấp giải quyết").select_option("school")
        await main.get_by_label("Hạn giải quyết").fill(str(TODAY))
        await main.get_by_label("Lý do đặt hạn này").fill("Lãnh đạo hẹn tại hội nghị (demo)")
        await mai.press("Phân cấp")
        await expect(main).to_contain_text("Đã phân cấp")
        await mai.clean("dialogue-opinions")
        await settled(town, dialogue, [number for number in range(1, 69) if number != 40])
        await mai.open(where)
        await main.locator("#summaries summary").click()
        await main.get_by_label("Bản tổng hợp").fill("Đã trả lời các ý kiến về phòng học (demo).")
        await mai.press("Lưu bản tổng hợp")
        await son.sign_in("son")
        await son.open(where)
        await son.press("Kết thúc đợt đối thoại")
        refused = son.page.locator(".govuk-error-summary").first
        await expect(refused).to_contain_text("còn 1 ý kiến chưa trả lời và chưa chuyển, đầu tiên là ý kiến số 40")
        await son.clean("dialogue-67-of-68")
        await mai.open(f"{where}/opinions/40")
        await main.locator("#answers summary").click()
        await main.get_by_label("Câu trả lời", exact=True).fill("Đã sửa xong (demo).")
        await main.get_by_label("Ngày trả lời").fill(str(TODAY))
        await mai.press("Ghi trả lời")
        await expect(main).to_contain_text("Đã sửa xong (demo).")
        await mai.clean("dialogue-opinion")
        await son.open(where)
        await son.press("Kết thúc đợt đối thoại")
        await son.page.locator("#publications summary").click()
        await son.page.get_by_label("Tôi đã đọc nội dung").check(force=True)
        await son.press("Công khai")
        await expect(son.page.locator("main")).to_contain_text("Trang công khai")
        await son.clean("dialogue-published")
        await son.open(f"/p/dialogues/{dialogue}")
        await expect(son.page.locator("main")).to_contain_text("68 ý kiến, tất cả đã được giải quyết")
        await son.clean("dialogue-public")
    print(f"{len(looked_at)} states, axe clean: {', '.join(looked_at)}")
