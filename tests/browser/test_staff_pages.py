"""Officer and head in real Chromium, phone and desk: the way of a case, looking back, and every page for axe."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from msgspec.structs import replace
from playwright.async_api import Browser, Page, expect

from domain.feedback.vocabulary import Channel, Topic
from tests.browser.official import Official
from tests.support.browser import DESK, PHONE, visitor
from tests.support.office import PASSWORD, asked
from tests.support.postgres import FreshDatabase
from tests.support.site import served
from tests.support.staff import MONEY, STORY, submitted
from tests.support.uploads import telling_photo
from tests.support.world import Town, open_town

MONDAY = datetime(2026, 8, 24, 1, tzinfo=UTC)
"""08:00 in Hà Nội."""
SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])


@pytest.fixture
async def still_town(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Town]:
    """A town whose clock stands until it is moved."""
    async with open_town(database, tmp_path, now=MONDAY) as opened:
        yield opened


@pytest.fixture
async def site(still_town: Town) -> AsyncIterator[str]:
    async with served(still_town) as address:
        yield address


async def focused(page: Page) -> str:
    """Where the keyboard is."""
    found: str = await page.evaluate("document.activeElement.className + '#' + document.activeElement.id")
    return found


@SIZES
async def test_a_case_is_received_classified_twice_asked_drafted_returned_released_and_reopened(
    browser: Browser, still_town: Town, site: str, size: tuple[int, int]
) -> None:
    town, looked_at = still_town, list[str]()
    case = (await submitted(town)).case_id
    async with visitor(browser, size) as first, visitor(browser, size) as second:
        first.expected.append("status of 4")
        second.expected.append("status of 4")
        mai, son = Official(first, site, looked_at), Official(second, site, looked_at)
        await _receive(mai, case)
        await _classify(mai, case)
        town.pass_time(timedelta(minutes=10))
        await _ask_and_reply(mai, case)
        town.pass_time(timedelta(minutes=10))
        await _draft(mai, case)
        await son.sign_in("son")
        await _give_back(son)
        await _mend(mai, case)
        town.pass_time(timedelta(minutes=5))
        await _release(son)
        await son.act(case, "reopenings")
        await son.page.get_by_label("Lý do").fill("Người gửi có thông tin mới")
        await son.press("Mở lại hồ sơ")
        await expect(son.page.locator(".app-sign", has_text="Mở lại").first).to_be_visible()
        await son.clean("case-reopened")
    print(f"{len(looked_at)} states × {size[0]}×{size[1]}: 0 violations")


async def _receive(mai: Official, case: UUID) -> None:
    await mai.open("/cases")
    await mai.clean("sign-in")
    await mai.page.get_by_label("Tên đăng nhập").fill("mai")
    await mai.page.get_by_label("Mật khẩu", exact=True).fill("sai mật khẩu")
    await mai.press("Đăng nhập")
    assert "govuk-error-summary" in await focused(mai.page)
    await mai.clean("sign-in-wrong")
    await mai.page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
    await mai.press("Đăng nhập")
    assert mai.page.url.endswith("/cases")
    await mai.open("/work?tab=new")
    await mai.clean("worklist")
    await mai.page.locator("th[scope=row] a").first.click()
    await expect(mai.page.get_by_role("heading", name="Việc tiếp theo: Tiếp nhận")).to_be_visible()
    await mai.clean("case-new")
    await mai.press("Tiếp nhận")
    await expect(mai.page.get_by_text("Đã tiếp nhận.", exact=True)).to_be_visible()
    assert str(case) in mai.page.url


async def _classify(mai: Official, case: UUID) -> None:
    await mai.act(case, "classifications")
    await mai.press("Ghi phân loại")
    assert "govuk-error-summary" in await focused(mai.page)
    await mai.clean("classify-faults")
    await mai.page.get_by_role("link", name="Chưa điền: Lĩnh vực.").click()
    assert (await focused(mai.page)).endswith("#category")
    await mai.page.get_by_label("Lĩnh vực").select_option("service-fees")
    await mai.page.get_by_label("Tóm tắt một dòng").fill("Thu tiền máy chiếu")
    await mai.page.get_by_label("Các yêu cầu của người gửi").fill("Kiểm tra khoản thu\nTrả lại tiền")
    await mai.press("Ghi phân loại")
    await expect(mai.page.get_by_text("Đã phân loại.", exact=True)).to_be_visible()
    await mai.act(case, "classifications")
    await mai.page.get_by_label("Lĩnh vực").select_option("over-collection/parent-board")
    await mai.page.get_by_label("Lý do").fill("Thu qua ban đại diện, không phải dịch vụ")
    await mai.clean("classify-again")
    await mai.press("Ghi phân loại")
    await mai.act(case, "assignments")
    await mai.page.get_by_label("Người được giao xử lý").select_option(label="Người mai (demo), Vị trí của mai (demo)")
    await mai.clean("assign")
    await mai.press("Giao xử lý")
    await expect(mai.page.get_by_role("heading", name="Việc tiếp theo: Soạn trả lời")).to_be_visible()


async def _ask_and_reply(mai: Official, case: UUID) -> None:
    await mai.act(case, "questions")
    await mai.page.get_by_label("Câu hỏi cho người gửi").fill("Lớp thu tiền ngày nào?")
    await mai.clean("ask")
    await mai.press("Gửi câu hỏi")
    await expect(mai.page.get_by_role("heading", name="Chờ người gửi trả lời câu hỏi")).to_be_visible()
    await mai.clean("case-waiting")
    await mai.act(case, "replies")
    await mai.page.get_by_label("Người gửi trả lời").fill("Thu ngày khai giảng.")
    await mai.page.get_by_label("Kênh tiếp nhận").select_option(Channel.HOTLINE.value)
    await mai.clean("reply")
    await mai.press("Ghi câu trả lời")
    await expect(mai.page.locator(".app-sign", has_text="Trả lời mới của người gửi").first).to_be_visible()


async def _draft(mai: Official, case: UUID) -> None:
    await mai.act(case, "drafts")
    await mai.page.get_by_label("Đã giải thích").check(force=True)
    await mai.page.get_by_label("Trả lời yêu cầu 1").fill("Cơ quan đã kiểm tra khoản thu.")
    await mai.clean("draft")
    await mai.press("Lưu dự thảo")
    await expect(mai.page.get_by_text("chưa trả lời:")).to_have_count(1)
    assert await mai.page.get_by_role("link", name="Trình duyệt").count() == 0
    await mai.clean("case-incomplete")
    await mai.act(case, "drafts")
    await mai.page.get_by_label("Trả lời yêu cầu 2").fill("Lớp trả lại tiền trước 15/09/2026.")
    await mai.press("Lưu dự thảo")
    await mai.page.locator("main").get_by_role("button", name="Trình duyệt").click()
    await mai.clean("submit")
    await mai.press("Trình duyệt")
    await expect(mai.page.get_by_text("Đã trình duyệt.", exact=True)).to_be_visible()
    answer = await mai.page.goto(f"{mai.site}/cases/{case}/releases")
    assert answer is not None
    assert answer.status == 403
    await mai.clean("refused")


async def _give_back(son: Official) -> None:
    await son.clean("head-first-page")
    desk = son.page.locator("main").get_by_role("link", name="Chờ tôi duyệt (1)")
    await expect(desk).to_be_in_viewport()
    await desk.click()
    await son.page.locator("body.js-enabled").wait_for()
    await son.clean("head-desk")
    await son.page.get_by_text("Trả lại để sửa").first.click()
    await son.press("Trả lại để sửa")
    await son.clean("return-faults")
    await son.page.get_by_label("Lý do").fill("Chưa nói rõ ai trả lại tiền")
    await son.press("Trả lại để sửa")
    await expect(son.page.get_by_text("Không có hồ sơ chờ duyệt.")).to_be_visible()
    await son.clean("head-desk-empty")


async def _mend(mai: Official, case: UUID) -> None:
    await mai.open(f"/cases/{case}")
    await expect(mai.page.get_by_role("heading", name="Sửa dự thảo trả lời")).to_be_visible()
    await mai.clean("case-returned")
    await mai.act(case, "drafts")
    await mai.page.get_by_label("Trả lời yêu cầu 2").fill("Ban đại diện cha mẹ trả lại tiền trước 15/09/2026.")
    await mai.press("Lưu dự thảo")
    await mai.act(case, "release-requests")
    await mai.press("Trình duyệt")


async def _release(son: Official) -> None:
    await son.open("/release")
    await expect(son.page.get_by_text("Từ đó đã sửa: trả lời yêu cầu 2")).to_be_visible()
    await son.clean("head-desk-again")
    await son.press("Duyệt và gửi")
    await expect(son.page.get_by_text("Người gửi đọc được từ bây giờ")).to_be_visible()


async def prepared(town: Town) -> UUID:
    """A paper that came on Friday and was entered on Monday with a photo, then worked on until Tuesday."""
    actor, place = await town.actor("mai"), await town.place()
    paper = replace(
        MONEY,
        topic=Topic.MONEY,
        channel=Channel.POST,
        received_at=MONDAY - timedelta(days=3),
        late_reason="Thư đến chiều thứ Sáu",
        photos=[telling_photo("JPEG")],
        danger=True,
    )
    sent = await town.world.feedback.submit(actor, asked(), place, paper)
    case = sent.receipt.case_id
    await town.settle()
    town.pass_time(timedelta(minutes=20))
    await town.do("mai", f"/api/submissions/{case}/acknowledgements")
    await town.settle()
    body = {"kind": "feedback", "category": "over-collection", "title": "Thu tiền máy chiếu", "requests": ["Kiểm tra"]}
    town.pass_time(timedelta(minutes=5))
    await town.do("mai", f"/api/submissions/{case}/classifications", body)
    await town.settle()
    town.pass_time(timedelta(minutes=5))
    await town.do("mai", f"/api/feedback/{case}/questions", {"question": "Lớp thu tiền ngày nào?"})
    await town.settle()
    return case


@SIZES
async def test_one_looks_back_by_either_clock_and_comes_back(
    browser: Browser, still_town: Town, site: str, size: tuple[int, int]
) -> None:
    case, looked_at = await prepared(still_town), list[str]()
    async with visitor(browser, size) as person:
        person.expected.append("status of 4")
        mai = Official(person, site, looked_at)
        await mai.sign_in("mai")
        await mai.open(f"/cases/{case}")
        await expect(mai.page.get_by_text("ghi muộn 3 ngày", exact=False).first).to_be_visible()
        await mai.clean("case")
        await mai.page.get_by_text("Xem lại tại thời điểm").click()
        await mai.page.get_by_label("Ngày, giờ, phút").fill("2026-08-24T08:22")
        await mai.press("Xem")
        band = mai.page.get_by_role("region", name="Xem lại")
        await expect(band).to_contain_text("BẠN ĐANG XEM QUÁ KHỨ: 08:22 thứ Hai 24/08/2026")
        await expect(band).to_contain_text("có thêm 2 việc")
        await expect(mai.page.get_by_text("Lớp thu tiền ngày nào?")).to_have_count(0)
        await mai.page.mouse.wheel(0, 1500)
        await expect(band).to_be_in_viewport()
        await mai.clean("past-known")
        await mai.page.emulate_media(media="print")
        await mai.person.picture(f"staff-past-print-{size[0]}")
        await mai.page.emulate_media(media="screen")
        await band.get_by_role("link", name="So với hiện tại").click()
        await mai.clean("compare")
        await mai.open(f"/cases/{case}?as_of=2026-08-22T10:00&clock=happened")
        await expect(mai.page.get_by_role("region", name="Xem lại")).to_contain_text("thực tế")
        await mai.clean("past-happened")
        known = await mai.page.goto(f"{site}/cases/{case}?as_of=2026-08-22T10:00")
        assert known is not None
        assert known.status == 404
        await mai.open(f"/cases/{case}/history")
        await mai.clean("history")
        await mai.page.get_by_role("link", name=re.compile("Xem hồ sơ ngay sau việc này")).nth(1).click()
        await mai.page.get_by_role("link", name="Về hiện tại").click()
        assert mai.page.url == f"{site}/cases/{case}"
        await mai.open("/cases?as_of=2026-08-24T08:22")
        await mai.clean("register-past")
        await band.get_by_role("link", name="So với hiện tại").click()
        await expect(mai.page.locator("main")).to_contain_text("Có ở cả hai lúc, nhưng đã khác: 1")
        await mai.clean("register-compared")
        await _lists_by_both_clocks(mai)
    print(f"{len(looked_at)} states × {size[0]}×{size[1]}: 0 violations")


async def _lists_by_both_clocks(mai: Official) -> None:
    """The paper of Friday was recorded on Monday; on Saturday it is in a list by one clock only."""
    band = mai.page.get_by_role("region", name="Xem lại")
    rows = mai.page.locator("#results th[scope=row] a")
    for path in ("/cases", "/work?tab=all"):
        await mai.open(path)
        await mai.page.get_by_text("Xem lại tại thời điểm").click()
        await mai.page.get_by_label("Ngày, giờ, phút").fill("2026-08-22T10:00")
        await mai.press("Xem")
        await expect(rows).to_have_count(0)
        await mai.page.get_by_text("Chọn thời điểm khác").click()
        await mai.page.get_by_label("Thực tế đã có gì lúc đó").check(force=True)
        await mai.press("Xem")
        await expect(band).to_contain_text("10:00 thứ Bảy 22/08/2026 – những gì thực tế đã có")
        await expect(rows).to_have_count(1)
        await mai.clean(f"{path.split('?')[0].strip('/')}-happened")
    await rows.first.click()
    await expect(mai.page).to_have_url(re.compile("as_of=2026-08-22.*clock=happened"))
    await expect(band).to_contain_text("những gì thực tế đã có")


@SIZES
async def test_filters_change_the_list_without_a_new_page_and_without_a_script(
    browser: Browser, still_town: Town, site: str, size: tuple[int, int]
) -> None:
    await prepared(still_town)
    await submitted(still_town, text=STORY + " Lớp khác.")
    async with visitor(browser, size) as person:
        mai = Official(person, site, [])
        await mai.sign_in("mai")
        await mai.open("/cases")
        rows = mai.page.locator("#results th[scope=row]")
        await expect(rows).to_have_count(2)
        if size == PHONE:
            await mai.page.get_by_text("Bộ lọc", exact=True).click()
        await mai.page.get_by_label("Số hồ sơ, trường, địa bàn hoặc tóm tắt").fill("may chieu")
        await expect(rows).to_have_count(1)
        await expect(mai.page).to_have_url(re.compile("q=may"))
        await mai.clean("register-filtered")
        await mai.page.get_by_label("Số hồ sơ, trường, địa bàn hoặc tóm tắt").fill("khong co gi")
        await expect(mai.page.get_by_text("Không có hồ sơ nào phù hợp.")).to_be_visible()
        await mai.clean("register-empty")
    async with visitor(browser, size, scripts=False) as plain:
        await plain.page.goto(f"{site}/sign-in?next=/cases")
        await plain.page.get_by_label("Tên đăng nhập").fill("mai")
        await plain.page.get_by_label("Mật khẩu", exact=True).fill(PASSWORD)
        await plain.page.get_by_role("button", name="Đăng nhập").click()
        await plain.page.get_by_label("Số hồ sơ, trường, địa bàn hoặc tóm tắt").fill("may chieu")
        await plain.page.get_by_role("button", name="Lọc").click()
        await expect(plain.page.locator("#results th[scope=row]")).to_have_count(1)


@SIZES
@pytest.mark.parametrize("language", ["vi", "en"])
async def test_every_page_of_every_role_is_accessible_and_fits_its_window(
    browser: Browser, still_town: Town, site: str, language: str, size: tuple[int, int]
) -> None:
    case, looked_at = await prepared(still_town), list[str]()
    acts = ("notes", "reader-namings", "restrictions", "involvements", "drafts", "contact", "erasure")
    routes = {
        "mai": ("/work?tab=all", "/cases", "/paper", "/erasures", "/qr", "/sessions", "/password", f"/cases/{case}",
                *(f"/cases/{case}/{act}" for act in acts)),
        "son": ("/work?tab=late", "/release", f"/cases/{case}/hand-overs", "/no-such-page"),
        "tung": ("/accounts", "/accounts/new", "/places", "/places?q=binh"),
        "van": ("/purpose",),
    }  # fmt: skip
    for username, paths in routes.items():
        async with visitor(browser, size) as person:
            person.expected.append("status of 4")
            official = Official(person, site, looked_at)
            await official.sign_in(username)
            for path in paths:
                await official.open(f"{path}{'&' if '?' in path else '?'}lang={language}")
                name = re.sub(r"[^a-z]+", "-", path.replace(str(case), "case")).strip("-")
                await official.clean(f"route-{username}-{name}-{language}")
            if username == "tung":
                await official.open("/accounts")
                await official.page.locator("th a").first.click()
                await official.clean(f"route-tung-account-{language}")
    print(f"{len(looked_at)} pages × {language} × {size[0]}×{size[1]}: 0 violations")


async def test_the_keyboard_reaches_the_content_first(browser: Browser, still_town: Town, site: str) -> None:
    async with visitor(browser, DESK) as person:
        mai = Official(person, site, [])
        await mai.sign_in("mai")
        await mai.open("/work")
        await mai.page.keyboard.press("Tab")
        assert "govuk-skip-link" in await focused(mai.page)
        await mai.page.keyboard.press("Enter")
        assert (await focused(mai.page)).endswith("#main-content")


async def test_the_paper_receipt_can_be_printed(browser: Browser, still_town: Town, site: str) -> None:
    async with visitor(browser, PHONE) as person:
        mai = Official(person, site, [])
        await mai.sign_in("mai")
        await mai.open("/paper")
        await mai.page.get_by_label("Đơn vị được phản ánh").select_option(label="Trường Tiểu học Bình Nguyên (demo)")
        await mai.page.get_by_label("Kênh tiếp nhận").select_option(Channel.SUGGESTION_BOX.value)
        await mai.page.get_by_label("Việc gì").select_option(Topic.MONEY.value)
        await mai.page.get_by_label("Nội dung, ghi nguyên văn").fill(STORY)
        await mai.page.get_by_label("Không", exact=True).check(force=True)
        await mai.page.get_by_role("button", name="Ghi vào hệ thống và in giấy biên nhận").click()
        await expect(mai.page.locator(".app-code")).to_have_text(re.compile(r"^\w{4}(-\w{4}){3}$"))
        await mai.clean("paper-receipt")
