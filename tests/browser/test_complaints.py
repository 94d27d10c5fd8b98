"""A complaint in real Chromium: taken in at the counter, resolved at the school, gone on with at the ward."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from tests.browser.official import Official
from tests.support.browser import DESK, PHONE, visitor
from tests.support.complaining import ISSUED, PDF, RECEIVED, VERIFIER, Complaining, draft, moment
from tests.support.postgres import FreshDatabase
from tests.support.site import served
from tests.support.world import SCHOOL, Town, open_town


@pytest.fixture
async def still_town(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Town]:
    async with open_town(database, tmp_path, now=moment(RECEIVED, 8)) as opened:
        yield opened


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A scan on the computer of an official."""
    path = tmp_path / "ban-quet.pdf"
    path.write_bytes(PDF)
    return path


SIZES = pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])


@SIZES
async def test_a_complaint_is_taken_in_and_forwarded_at_the_counter(
    browser: Browser, still_town: Town, paper: Path, size: tuple[int, int]
) -> None:
    looked_at = list[str]()
    async with served(still_town) as site, visitor(browser, size) as window:
        window.expected.append("status of 4")
        mai = Official(window, site, looked_at)
        main = mai.page.locator("main")
        await mai.sign_in("mai")
        await mai.open("/complaints")
        await mai.clean("complaints-empty")
        await mai.page.get_by_role("button", name="Nhận đơn khiếu nại").click()
        await expect(main).to_contain_text("Hiệu trưởng, thủ trưởng đơn vị")
        await expect(main).to_contain_text("chưa kiểm chứng")
        await mai.clean("complaint-new")
        await main.get_by_label("Nội dung khiếu nại", exact=True).fill("Nhà trường không nhận con tôi (demo).")
        await mai.press("Nhận đơn")
        await expect(main.locator(".govuk-error-summary")).to_contain_text("Họ tên người khiếu nại")
        await expect(main.get_by_label("Nội dung khiếu nại", exact=True)).to_have_value(
            "Nhà trường không nhận con tôi (demo)."
        )
        await mai.clean("complaint-new-refused")
        await main.get_by_label("Đơn vị bị khiếu nại").select_option(str(SCHOOL))
        await main.get_by_label("Ngoài công lập", exact=True).check(force=True)
        await main.get_by_label("Hành vi hành chính").check(force=True)
        await main.get_by_label("Họ tên người khiếu nại").fill("Người khiếu nại (demo)")
        await main.get_by_label("Biên bản ghi nội dung khiếu nại trực tiếp, có chữ ký").check(force=True)
        await main.get_by_label("Đơn khiếu nại hoặc biên bản có chữ ký").set_input_files(paper)
        await main.get_by_label("Yêu cầu của người khiếu nại").fill("Cho con tôi vào học.")
        await mai.press("Nhận đơn")
        await expect(main.locator(".govuk-error-summary")).to_contain_text("ngoài công lập")
        await mai.clean("complaint-private")
        await main.get_by_label("Công lập", exact=True).check(force=True)
        await main.get_by_label("Đơn khiếu nại hoặc biên bản có chữ ký").set_input_files(paper)
        await mai.press("Nhận đơn")
        await expect(main).to_contain_text("Đã nhận đơn khiếu nại")
        await expect(main).to_contain_text("Chờ người giải quyết nhận đơn")
        await mai.clean("complaint-received")
        await main.get_by_role("link", name="Chuyển đơn đến người giải quyết").first.click()
        await main.get_by_label("Ngày chuyển").fill("2026-03-10")
        await mai.press("Chuyển đơn đến người giải quyết")
        await expect(main).to_contain_text("Đã chuyển đơn đến người giải quyết")


@SIZES
async def test_a_principal_returns_and_signs_what_another_drafted(  # noqa: PLR0915 - one story, told in order
    browser: Browser, still_town: Town, paper: Path, size: tuple[int, int]
) -> None:
    story, looked_at = Complaining(still_town), list[str]()
    await story.up_to_draft()
    story.on(date(2026, 4, 20))
    await story.act(VERIFIER, "drafts", draft("rejected", "dialogue"))
    await story.act(VERIFIER, "signature-requests")
    story.on(ISSUED)
    await still_town.settle()
    async with served(still_town) as site, visitor(browser, size) as window, visitor(browser, size) as other:
        for person in (window, other):
            person.expected.append("status of 4")
        binh, thuy = Official(window, site, looked_at), Official(other, site, looked_at)
        main = binh.page.locator("main")
        await binh.sign_in("binh")
        await expect(binh.page.locator("h1")).to_have_text("Khiếu nại")
        await binh.clean("complaints-mine")
        await main.locator("table a").first.click()
        await expect(main).to_contain_text("Việc tiếp theo: ký hoặc trả lại")
        await expect(main).to_contain_text("DỰ THẢO số 1")
        await binh.clean("complaint-for-signing")
        await main.get_by_role("link", name="Trả lại dự thảo").click()
        await binh.press("Trả lại dự thảo")
        await expect(main.locator(".govuk-error-summary")).to_contain_text("Lý do")
        await binh.clean("complaint-return-refused")
        await main.get_by_label("Lý do").fill("Viết rõ căn cứ pháp luật (demo)")
        await binh.press("Trả lại dự thảo")
        await expect(main).to_contain_text("Trả lại: Viết rõ căn cứ pháp luật (demo)")

        await thuy.sign_in("thuy")
        desk = thuy.page.locator("main")
        await desk.locator("table a").first.click()
        await desk.get_by_role("link", name="Dự thảo quyết định giải quyết").first.click()
        await expect(desk.get_by_label("Căn cứ pháp luật")).to_have_value("Nội dung phần legal-basis (demo).")
        await desk.get_by_label("Căn cứ pháp luật").fill("Căn cứ Luật Khiếu nại 2011 (demo).")
        await thuy.clean("complaint-draft")
        await thuy.press("Dự thảo quyết định giải quyết")
        await expect(desk).to_contain_text("đã sửa")
        await thuy.clean("complaint-drafted-again")
        await desk.get_by_role("button", name="Trình ký").click()
        await thuy.press("Trình ký")

        await binh.open(binh.page.url.removeprefix(site).partition("?")[0])
        await main.get_by_role("button", name="Duyệt ký").click()
        await binh.press("Duyệt ký")
        await expect(main).to_contain_text("Chỉ là đã ký khi văn thư nhập số")
        await thuy.open(thuy.page.url.removeprefix(site).partition("?")[0])
        await desk.get_by_role("button", name="Nhập số, ký hiệu, ngày và bản đã ký").click()
        await desk.get_by_label("Quyết định: số", exact=True).fill("12")
        await desk.get_by_label("Quyết định: ký hiệu").fill("QĐ-TH")
        await desk.get_by_label("Quyết định: ngày").fill("2026-04-22")
        await thuy.clean("complaint-issue")
        await thuy.press("Nhập số, ký hiệu, ngày và bản đã ký")
        await expect(desk.locator(".govuk-error-summary")).to_contain_text("bản đã ký")
        await expect(desk.get_by_label("Quyết định: số", exact=True)).to_have_value("12")
        await desk.get_by_label("Quyết định: bản đã ký (quét hoặc PDF)").set_input_files(paper)
        await thuy.press("Nhập số, ký hiệu, ngày và bản đã ký")
        await expect(desk).to_contain_text("12/QĐ-TH")
        await expect(desk).to_contain_text("28/04/2026")
        await thuy.clean("complaint-decided")


@SIZES
async def test_the_second_level_says_what_differs_and_looks_back(
    browser: Browser, still_town: Town, size: tuple[int, int]
) -> None:
    story, looked_at = Complaining(still_town), list[str]()
    await story.up_to_decision()
    await story.hand_over()
    first = await story.read()
    async with served(still_town) as site, visitor(browser, size) as window:
        mai = Official(window, site, looked_at)
        main = mai.page.locator("main")
        await mai.sign_in("mai")
        await mai.open(f"/complaints/{first['case_id']}")
        await expect(main).to_contain_text("hai ngày này khác nhau")
        await mai.clean("complaint-delivered")
        await main.get_by_role("link", name="Nhận khiếu nại lần hai").click()
        await expect(main.get_by_label("Số hồ sơ khiếu nại lần đầu")).to_have_value(first["number"])
        await mai.clean("complaint-second")
        await mai.open(f"/complaints/{first['case_id']}/history")
        await mai.clean("complaint-history")
        await mai.open(f"/complaints/{first['case_id']}?as_of=2026-03-18T23:00")
        await expect(mai.page.locator("body")).to_contain_text("BẠN ĐANG XEM QUÁ KHỨ")
        await expect(main.get_by_text("Những việc bạn làm được")).to_have_count(0)
        await mai.clean("complaint-past")
        await mai.open("/complaints?part=all")
        await mai.clean("complaints-all")
