"""The whole way in real Chromium: a picture of a QR code at the gate, two photos, an officer, a head, the answer."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import UUID

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.official import Official
from tests.browser.test_public_pages import code_on, fill, read_from_picture
from tests.support.browser import DESK, PHONE, visitor
from tests.support.uploads import noise, telling_photo
from tests.support.world import Town

SIZES = pytest.mark.parametrize(
    ("sender_size", "officer_size", "head_size"), [(PHONE, DESK, PHONE), (DESK, PHONE, DESK)], ids=["usual", "swapped"]
)
REPLY = "Thu ngày 15/08 ở lớp 3A, có thông báo trên nhóm lớp."


@SIZES
async def test_from_the_gate_to_the_answer_and_back(  # noqa: PLR0915 - one story, told in order
    browser: Browser,
    town: Town,
    site: str,
    tmp_path: Path,
    sender_size: tuple[int, int],
    officer_size: tuple[int, int],
    head_size: tuple[int, int],
) -> None:
    place, looked_at = await town.place(), list[str]()
    photos = [tmp_path / "bien-lai.jpg", tmp_path / "thong-bao.jpg"]
    for path in photos:
        path.write_bytes(telling_photo("JPEG", 6, noise(2400, 1600)))
    async with (
        visitor(browser, sender_size) as phone,
        visitor(browser, officer_size) as desk,
        visitor(browser, head_size) as thumb,
    ):
        for window in (desk, thumb):
            window.expected.append("status of 4")
        mai, son, lan = Official(desk, site, looked_at), Official(thumb, site, looked_at), phone.page
        await lan.goto(read_from_picture(f"{site}/p/{place.code}"))
        await lan.get_by_role("button", name=re.compile("Bắt đầu")).click()
        await fill(lan, photos=photos)
        await lan.get_by_role("button", name="Gửi", exact=True).click()
        code = await code_on(lan)
        await mai.sign_in("mai")
        await mai.open("/work?tab=new")
        await mai.page.locator("th[scope=row] a").first.click()
        await expect(mai.page.get_by_role("heading", name="Việc tiếp theo: Tiếp nhận")).to_be_visible()
        await expect(mai.page.locator("main img[src*='/files/']")).to_have_count(len(photos))
        case = UUID(mai.page.url.rsplit("/", 1)[-1])
        await mai.clean("path-new")
        await mai.press("Tiếp nhận")
        await mai.classify(case, "sponsorship", "Thu tiền máy chiếu", ["Kiểm tra khoản thu", "Trả lại tiền"])
        await mai.classify(case, "over-collection", "Thu tiền máy chiếu", [], reason="Thu bắt buộc, không phải tài trợ")
        await mai.act(case, "questions")
        await mai.page.get_by_label("Câu hỏi cho người gửi").fill("Lớp thu tiền ngày nào?")
        await mai.press("Gửi câu hỏi")
        await _look_up(lan, site, code)
        await expect(lan.locator("h1")).to_have_text("Cần bạn trả lời")
        await lan.locator("textarea[name=reply]").fill(REPLY)
        await lan.get_by_role("button", name="Gửi câu trả lời").click()
        await expect(lan.locator("[role=status]").first).to_contain_text("đã nhận câu trả lời")
        await mai.open(f"/cases/{case}")
        await expect(mai.page.get_by_text(REPLY)).to_be_visible()
        await expect(mai.page.locator(".app-sign", has_text="Trả lời mới của người gửi").first).to_be_visible()
        await mai.clean("path-replied")
        await mai.draft(case, {1: "Đã kiểm tra: khoản thu sai quy định.", 2: "Trường trả lại tiền."})
        await mai.act(case, "release-requests")
        await mai.press("Trình duyệt")
        refused = await mai.page.goto(f"{site}/cases/{case}/releases")
        assert refused is not None
        assert refused.status == 403
        await son.sign_in("son")
        await son.open("/release")
        await son.page.get_by_text("Trả lại để sửa").first.click()
        await son.page.get_by_label("Lý do").fill("Ghi rõ trả trước ngày nào")
        await son.press("Trả lại để sửa")
        await mai.act(case, "drafts")
        await expect(mai.page.locator("main")).to_contain_text("Ghi rõ trả trước ngày nào")
        await mai.draft(case, {2: "Trường trả lại tiền trước ngày 15/09/2026."})
        await mai.act(case, "release-requests")
        await mai.press("Trình duyệt")
        await son.open("/release")
        await son.clean("path-release")
        await son.press("Duyệt và gửi")
        await _look_up(lan, site, code)
        await expect(lan.locator("h1")).to_have_text("Đã trả lời")
        await expect(lan.get_by_text("Trường trả lại tiền trước ngày 15/09/2026.")).to_be_visible()
        assert "sơn" not in (await lan.locator("main").inner_text()).lower()
        await phone.picture(f"path-answer-{sender_size[0]}")
        assert await phone.axe() == []
        await lan.locator("textarea[name=reason]").fill("Chưa nói khi nào công khai các khoản thu.")
        await lan.get_by_role("button", name="Đề nghị xem xét lại").click()
        await expect(lan.locator("h1")).to_have_text("Đang xem xét lại")
        await mai.open(f"/cases/{case}")
        await expect(mai.page.locator(".app-sign", has_text="Mở lại").first).to_be_visible()
        await mai.clean("path-reopened")
        await mai.open(f"/cases/{case}/history")
        await expect(mai.page.get_by_text("Thu bắt buộc, không phải tài trợ").first).to_be_visible()
        await mai.clean("path-history")
    print(f"axe: {len(looked_at) + 1} states on the way, 0 violations")


async def _look_up(page: Page, site: str, code: str) -> None:
    await page.goto(f"{site}/p/track")
    await page.get_by_label("Mã tra cứu").fill(code)
    await page.get_by_role("button", name="Tra cứu").click()
