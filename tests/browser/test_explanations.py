"""Both ways of an explanation in real Chromium: a handler asks with care, a principal answers, axe looks on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.browser.official import Official
from tests.support.browser import DESK, PHONE, visitor
from tests.support.explaining import TOLD, taken_in
from tests.support.uploads import noise, telling_photo
from tests.support.world import Town

SIZES = pytest.mark.parametrize(
    ("officer_size", "school_size"), [(DESK, PHONE), (PHONE, DESK)], ids=["usual", "swapped"]
)
FIRST, SECOND = "Năm học này trường thu những khoản nào?", "Việc thu được thông báo thế nào?"


@SIZES
async def test_a_handler_asks_with_care_and_a_principal_explains(  # noqa: PLR0915 - one story, told in order
    browser: Browser,
    town: Town,
    site: str,
    tmp_path: Path,
    officer_size: tuple[int, int],
    school_size: tuple[int, int],
) -> None:
    photos = (telling_photo("JPEG", 6, noise(900, 600)), telling_photo("JPEG", 6, noise(600, 900)))
    case, looked_at = await taken_in(town, photos=photos), list[str]()
    paper = tmp_path / "bien-ban-hop.jpg"
    paper.write_bytes(telling_photo("JPEG"))
    async with visitor(browser, officer_size) as desk, visitor(browser, school_size) as office:
        for window in (desk, office):
            window.expected.append("status of 4")
        mai, hoa = Official(desk, site, looked_at), Official(office, site, looked_at)
        await mai.sign_in("mai")
        await mai.open(f"/cases/{case}")
        await mai.page.get_by_role("link", name="Yêu cầu giải trình").first.click()
        form = mai.page.locator("main")
        await expect(form).not_to_contain_text(TOLD[:20])
        for box in await form.get_by_role("textbox", name=re.compile("^Câu hỏi")).all():
            await expect(box).to_have_value("")
        await expect(form.locator("input[name=photo]:checked")).to_have_count(0)
        await mai.clean("explanation-ask")
        await form.get_by_label("Câu hỏi 1").fill(TOLD)
        await form.get_by_label("Câu hỏi 2").fill(SECOND)
        await form.get_by_label("Có bao nhiêu người có thể biết việc này?").fill("3")
        await form.locator("input[name=photo]").first.check(force=True)
        await mai.press("Xem trước: nhà trường sẽ thấy gì")
        await expect(form.get_by_text("nhà trường có thể đoán ra ai").first).to_be_visible()
        await mai.clean("explanation-few")
        await form.get_by_label("Vì sao vẫn cần hỏi nhà trường?").fill("Chỉ trường có sổ thu (demo)")
        await mai.press("Xem trước: nhà trường sẽ thấy gì")
        await expect(form.get_by_text("Câu 1 lặp lại lời của người gửi")).to_be_visible()
        await mai.clean("explanation-preview")
        await mai.press("Sửa lại")
        await form.get_by_label("Câu hỏi 1").fill(FIRST)
        await mai.press("Xem trước: nhà trường sẽ thấy gì")
        seen = form.locator(".app-seen")
        await expect(seen).to_contain_text("Nhà trường sẽ thấy")
        await expect(seen).to_contain_text(FIRST)
        await expect(form.get_by_text("lặp lại lời")).to_have_count(0)
        await mai.press("Gửi cho nhà trường")
        await expect(form.get_by_text("Có ảnh chưa được xem kỹ").first).to_be_visible()
        await form.locator("input[name=looked]").check(force=True)
        await mai.press("Gửi cho nhà trường")
        await expect(form.get_by_text("Chưa xác nhận phần").first).to_be_visible()
        await form.locator("input[name=looked]").check(force=True)
        await form.locator("input[name=confirmed]").check(force=True)
        await mai.press("Gửi cho nhà trường")
        await expect(form.get_by_role("heading", level=1)).to_contain_text("Yêu cầu giải trình GT-")
        await mai.clean("explanation-sent")
        sent = mai.page.url

        await hoa.sign_in("hoa")
        school = hoa.page.locator("main")
        await expect(school.get_by_role("heading", level=1)).to_have_text("Việc của trường")
        await hoa.clean("school-home")
        await school.get_by_role("link", name=re.compile("GT-")).click()
        await expect(school).to_contain_text("Không tìm cách xác định")
        await expect(school).to_contain_text("Quy định của cơ quan")
        await hoa.clean("school-request")
        await school.get_by_text("Xin thêm thời gian").first.click()
        await school.get_by_label("Đến hết ngày").fill("2030-01-15")
        await school.get_by_label("Lý do").fill("Kế toán đang nghỉ (demo)")
        await hoa.press("Xin thêm thời gian")
        await expect(school).to_contain_text("Cơ quan chưa quyết định")
        await hoa.clean("school-more-time")

        await mai.open(f"/cases/{case}")
        await expect(form.locator("#explanations + ul")).to_contain_text("Trường xin thêm thời gian")
        await mai.page.goto(sent)
        await mai.clean("explanation-more-time")
        await mai.press("Cho thêm thời gian")
        await mai.open("/explanations")
        await mai.clean("explanations")

        await hoa.open("/school")
        await school.get_by_role("link", name=re.compile("GT-")).click()
        await school.get_by_label("Trả lời câu 1").fill("Trường chỉ thu học phí buổi hai (demo).")
        await hoa.press("Gửi giải trình")
        await expect(school.get_by_text("Câu 2 chưa có trả lời").first).to_be_visible()
        await expect(school.get_by_label("Trả lời câu 1")).to_have_value("Trường chỉ thu học phí buổi hai (demo).")
        await hoa.clean("school-missing")
        await school.get_by_label("Trả lời câu 2").fill("Thông báo tại cuộc họp đầu năm (demo).")
        await school.get_by_label("Tài liệu kèm theo").set_input_files(paper)
        await hoa.press("Gửi giải trình")
        await expect(school).to_contain_text("bien-ban-hop.jpg")
        await hoa.clean("school-given")

        await town.settle()
        await mai.page.goto(sent)
        await expect(form).to_contain_text("Thông báo tại cuộc họp đầu năm (demo).")
        await expect(form.get_by_role("link", name="bien-ban-hop.jpg")).to_be_visible()
        await mai.clean("explanation-given")
    print(f"{len(looked_at)} states, axe clean: {', '.join(looked_at)}")
