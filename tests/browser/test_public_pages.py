"""A sender at the phone: from the QR code in a picture to the answer, with and without scripts, in real Chromium."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
import segno
import zxingcpp
from PIL import Image
from playwright.async_api import Browser, CDPSession, Page, expect

from application.ports import Receipt
from domain.feedback.vocabulary import Kind, Outcome
from tests.support.browser import DESK, PHONE, Visitor, visitor
from tests.support.office import asked
from tests.support.uploads import noise, telling_photo
from tests.support.world import Town

STORY = "Ban phụ huynh lớp thu 450.000 đồng mua máy chiếu, không có biên lai. Mong cơ quan kiểm tra và trả lời."
CODE = re.compile(r"^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$")
SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])


SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""Slow 3G as the browser's own tools have it: 400 ms, 400 kbit/s."""
FINGER: dict[str, Any] = {"has_touch": True, "is_mobile": True}


def read_from_picture(address: str) -> str:
    """The address as a phone's camera reads it from a small, slightly turned picture of a printed code."""
    buffer = io.BytesIO()
    segno.make(address, error="m").save(buffer, kind="png", scale=6, border=4)
    picture = Image.open(buffer).convert("RGB").rotate(4, expand=True, fillcolor="white")
    found = zxingcpp.read_barcodes(picture.resize((picture.width // 2, picture.height // 2)))
    return found[0].text


async def fill(page: Page, *, story: str = STORY, photos: list[Path] | None = None) -> None:
    """The three screens, up to the button that sends."""
    await first_screen(page)
    await second_screen(page, story, photos)
    await page.locator("input[name=contact][value=none]").check(force=True)


async def first_screen(page: Page) -> None:
    await page.get_by_label("Thu tiền, đóng góp").check(force=True)
    await page.locator("input[name=danger][value=no]").check(force=True)
    await onwards(page)


async def second_screen(page: Page, story: str = STORY, photos: list[Path] | None = None) -> None:
    await page.locator("textarea[name=story]").fill(story)
    if photos:
        await page.locator("#photos").set_input_files(photos)
        await expect(page.locator("#photo-list img")).to_have_count(len(photos))
    await onwards(page)


async def send(page: Page) -> None:
    await page.get_by_role("button", name="Gửi", exact=True).click()


async def slowed(person: Visitor) -> CDPSession:
    """The line of this window is slow from now on."""
    wire = await person.context.new_cdp_session(person.page)
    await wire.send("Network.enable")
    await wire.send("Network.emulateNetworkConditions", SLOW)
    return wire


async def onwards(page: Page) -> None:
    await page.get_by_role("button", name="Tiếp tục").click()


async def clean(person: Visitor, name: str, looked_at: list[str]) -> None:
    """Nothing for axe, nothing wider than the window, and a picture to look at."""
    assert await person.axe() == []
    assert await person.overflow() == 0
    await person.picture(f"public-{name}-{person.page.viewport_size['width'] if person.page.viewport_size else 0}")
    looked_at.append(name)


async def code_on(page: Page) -> str:
    code = (await page.locator("#code").inner_text()).strip()
    assert CODE.match(code), code
    return code


@SIZES
async def test_a_sender_goes_from_the_picture_of_a_code_to_the_answer(  # noqa: PLR0915 - one story, told in order
    browser: Browser, town: Town, site: str, size: tuple[int, int], tmp_path: Path
) -> None:
    place, looked_at = await town.place(), list[str]()
    photos = [tmp_path / "bien-lai.jpg", tmp_path / "thong-bao.jpg"]
    for path in photos:
        path.write_bytes(telling_photo("JPEG", 6, noise(2400, 1600)))
    address = read_from_picture(f"{site}/p/{place.code}")
    async with visitor(browser, size) as lan:
        lan.expected.append("400")
        page = lan.page
        await page.goto(address)
        await expect(page.locator("main")).to_contain_text("Nhà trường không đọc được tin bạn gửi.")
        await clean(lan, "landing", looked_at)
        await page.get_by_role("button", name=re.compile("Bắt đầu")).click()
        assert await page.locator("input[type=radio]:checked").count() == 0, "nothing is chosen for anybody"
        await clean(lan, "form-1", looked_at)
        await onwards(page)
        await expect(page.locator(".govuk-error-summary a")).to_have_count(2)
        await clean(lan, "form-1-refused", looked_at)
        await first_screen(page)
        await second_screen(page, "ngắn", photos)
        await expect(page.locator(".govuk-error-summary").first).to_contain_text("ít nhất 20 ký tự")
        await clean(lan, "form-2-refused", looked_at)
        assert await page.locator("#photos").evaluate("field => field.files.length") == len(photos)
        await second_screen(page)
        await expect(page.get_by_role("heading", name="Liên lạc và gửi")).to_be_visible()
        await clean(lan, "form-3", looked_at)
        await page.get_by_role("button", name="Gửi", exact=True).click()
        await expect(page.locator("#errors")).to_contain_text("Bạn chưa chọn có để lại cách liên lạc")
        await clean(lan, "form-3-refused", looked_at)
        assert await page.locator("#photos").evaluate("field => field.files.length") == len(photos)
        await page.locator("input[name=contact][value=none]").check(force=True)
        await page.get_by_role("button", name="Gửi", exact=True).click()
        code = await code_on(page)
        await clean(lan, "receipt", looked_at)
        case_id = await _case_of(town, code)
        await _work_until_question(town, case_id)
        await page.goto(f"{site}/p/track")
        await clean(lan, "lookup", looked_at)
        await page.get_by_label("Mã tra cứu").fill(code.lower().replace("-", " "))
        await page.get_by_role("button", name="Tra cứu").click()
        await expect(page.locator("h1")).to_have_text("Cần bạn trả lời")
        await clean(lan, "question", looked_at)
        await page.locator("textarea[name=reply]").fill("Thu ngày 15/08, lớp 3A, cô chủ nhiệm thông báo.")
        await page.get_by_role("button", name="Gửi câu trả lời").click()
        await expect(page.locator("[role=status]").first).to_contain_text("đã nhận câu trả lời")
        await _answer(town, case_id)
        await page.goto(f"{site}/p/track#{code.replace('-', '')}")
        await expect(page.locator("h1")).to_have_text("Đã trả lời")
        await expect(page.locator("main")).to_contain_text("Trường trả lại tiền trước ngày 15/09.")
        await expect(page.locator("main")).to_contain_text("Kết quả: ")
        assert "mai" not in (await page.locator("main").inner_text()).lower().split()
        await clean(lan, "answered", looked_at)
        await page.locator("textarea[name=reason]").fill("Chưa nói khi nào công khai các khoản thu.")
        await page.get_by_role("button", name="Đề nghị xem xét lại").click()
        await expect(page.locator("h1")).to_have_text("Đang xem xét lại")
        await clean(lan, "under-review", looked_at)
        print(f"axe: {len(looked_at)} public pages and states at {size[0]} px, 0 violations")


async def test_without_scripts_the_form_keeps_what_was_typed_and_gives_a_code(
    browser: Browser, town: Town, site: str, tmp_path: Path
) -> None:
    place = await town.place()
    photo = tmp_path / "anh.jpg"
    photo.write_bytes(telling_photo("JPEG", 6, noise(2400, 1600)))
    async with visitor(browser, PHONE, scripts=False) as lan:
        lan.expected.append("400")
        page = lan.page
        await page.goto(f"{site}/p/{place.code}/form")
        await first_screen(page)
        await second_screen(page, "ngắn quá")
        assert await page.locator("textarea[name=story]").input_value() == "ngắn quá"
        await page.get_by_role("button", name="Quay lại bước trước").click()
        assert await page.locator("input[name=danger][value=no]").is_checked()
        await onwards(page)
        await second_screen(page)
        await page.get_by_role("button", name="Gửi", exact=True).click()
        await expect(page.locator("#errors")).to_contain_text("Bạn chưa chọn có để lại cách liên lạc")
        await page.locator("input[name=contact][value=none]").check(force=True)
        await page.locator("#photos-late").set_input_files(photo)
        await page.get_by_role("button", name="Gửi", exact=True).click()
        code = await code_on(page)
        await page.goto(f"{site}/p/track")
        await page.get_by_label("Mã tra cứu").fill(code)
        await page.get_by_role("button", name="Tra cứu").click()
        await expect(page.locator("h1")).to_have_text("Đã gửi, chờ cơ quan xác nhận")


async def test_pressed_twice_and_reloaded_it_is_one_submission(browser: Browser, town: Town, site: str) -> None:
    place = await town.place()
    async with visitor(browser, PHONE, scripts=False) as lan:
        page = lan.page
        await page.goto(f"{site}/p/{place.code}/form")
        await fill(page)
        await page.get_by_role("button", name="Gửi", exact=True).click(click_count=2)
        first = await code_on(page)
        await page.reload()
        assert await code_on(page) == first
    sent = await town.world.pool.fetchval("select count(*) from event where topic = 'feedback.submitted.v1'")
    assert sent == 1


async def _case_of(town: Town, code: str) -> UUID:
    row = await town.world.pool.fetchrow("select stream_id from event where topic = 'feedback.submitted.v1'")
    assert row is not None
    assert code
    found: UUID = row["stream_id"]
    return found


async def _work_until_question(town: Town, case_id: UUID) -> None:
    mai, desk = await town.actor("mai"), town.world.feedback
    await desk.acknowledge(mai, asked(1), case_id)
    await desk.classify(
        mai,
        asked(2),
        case_id,
        kind=Kind.FEEDBACK,
        category="over-collection",
        sub_category="",
        title="Thu tiền máy chiếu",
        requests=["Kiểm tra khoản thu", "Công khai các khoản thu"],
    )
    await desk.ask(mai, asked(3), case_id, "Khoản này thu ngày nào, ai thông báo?")


async def _answer(town: Town, case_id: UUID) -> None:
    mai, son, desk = await town.actor("mai"), await town.actor("son"), town.world.feedback
    parts = {1: "Trường trả lại tiền trước ngày 15/09.", 2: "Trường công khai tại bảng tin."}
    await desk.draft(mai, asked(5), case_id, Outcome.RESOLVED, parts)
    await desk.submit_for_release(mai, asked(6), case_id)
    receipt: Receipt = await desk.release(son, asked(7), case_id)
    await town.seen(receipt)


async def test_who_says_that_somebody_is_in_danger_reads_first_whom_to_call(
    browser: Browser, town: Town, site: str
) -> None:
    place = await town.place()
    async with visitor(browser, PHONE, **FINGER) as lan:
        page = lan.page
        await page.goto(f"{site}/p/{place.code}/form")
        await page.get_by_label("Bữa ăn, nước uống, vệ sinh").check(force=True)
        await page.locator("input[name=danger][value=yes]").check(force=True)
        await onwards(page)
        await second_screen(page)
        await page.locator("input[name=contact][value=none]").check(force=True)
        await send(page)
        await code_on(page)
        await expect(page.locator("main .app-danger + #receipt")).to_be_visible()
        await expect(page.locator("main .app-danger")).to_contain_text("Gọi ngay 111")
        assert await lan.axe() == []


@pytest.mark.parametrize("path", ["/p/{}", "/p/{}/form", "/p/track", "/p/signed?unit={}"])
async def test_a_public_page_is_light_enough_for_a_slow_line(
    browser: Browser, town: Town, site: str, path: str
) -> None:
    place = await town.place()
    async with visitor(browser, PHONE, **FINGER) as lan:
        wire, received = await slowed(lan), list[int]()
        wire.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
        await lan.page.goto(f"{site}{path.format(place.code)}", wait_until="networkidle")
    print(f"{path}: {sum(received) / 1000:.1f} kB in {len(received)} answers")
    assert sum(received) < 40_000
