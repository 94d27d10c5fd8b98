"""Every page template in a real browser: both languages, phone and desk, no violation, nothing too wide."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from typing import Any

import msgspec
import pytest
from PIL import Image
from playwright.async_api import Browser, FilePayload, expect

from adapters.http.web.i18n import LANGUAGES
from tests.http.samples import PAGES
from tests.support.browser import DESK, PHONE, browser, visitor
from tests.support.shelf import serving, shelf

__all__ = ["browser"]
pytestmark = pytest.mark.browser


ANSWERED = PAGES["track-answered"][1]
SENDING = {
    "form-sends": ("p/form.html", PAGES["form-3"][1] | {"action": "/form-error", "step": 2}),
    "track-sends": ("p/track.html", ANSWERED | {"review": ANSWERED["review"] | {"action": "/track"}}),
}


class Shop(msgspec.Struct):
    """A running shelf of sample pages and the forms that it was sent."""

    address: str
    received: list[dict[str, Any]]


@pytest.fixture
async def shop() -> AsyncIterator[Shop]:
    app = shelf({**PAGES, **SENDING})
    async with serving(app) as base:
        yield Shop(base, app.state.received)


@pytest.fixture
def address(shop: Shop) -> str:
    return shop.address


def photo(width: int, height: int) -> FilePayload:
    """A JPEG that carries a place in its EXIF."""
    noise = Image.effect_noise((width, height), 90).convert("RGB")
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    exif[0x010E] = "where it was taken"
    kept = io.BytesIO()
    noise.save(kept, "JPEG", exif=exif, quality=90)
    return {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": kept.getvalue()}


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_page_is_accessible_and_fits_its_window(
    browser: Browser, address: str, language: str, size: tuple[int, int]
) -> None:
    found: list[str] = []
    async with visitor(browser, size) as person:
        for name in PAGES:
            answer = await person.page.goto(f"{address}/{name}?lang={language}")
            assert answer is not None
            assert answer.status == 200, name
            await person.page.locator("body.js-enabled").wait_for()
            found += [f"{name}: {violation}" for violation in await person.axe()]
            if (wider := await person.overflow()) > 0:
                found.append(f"{name}: {wider} px wider than the window")
            await person.picture(f"{name}-{language}-{size[0]}")
    print(f"{len(PAGES)} pages × {language} × {size[0]}×{size[1]}")
    assert found == []


async def test_public_pages_show_everything_without_a_script(browser: Browser, address: str) -> None:
    async with visitor(browser, PHONE, scripts=False) as person:
        await person.page.goto(f"{address}/form-error")
        assert await person.page.locator("#story").input_value() == "Thu tiền"
        assert not await person.page.locator("#photos").is_visible()
        assert await person.page.get_by_text("Ảnh phải chọn lại").is_visible()
        assert not await person.page.locator("#draft").is_visible()
        await person.picture("form-without-script")


async def test_a_second_press_sends_nothing_more(browser: Browser, shop: Shop) -> None:
    async with visitor(browser, PHONE) as person:
        await person.page.goto(f"{shop.address}/track-sends")
        await person.page.locator("#reason").fill("Chưa trả lời yêu cầu thứ hai.")
        await person.page.get_by_role("button", name="Đề nghị xem xét lại").dblclick()
        await expect(person.page.locator("h1")).to_have_text("Đang xử lý")
        assert len(shop.received) == 1


async def test_photos_are_made_smaller_and_lose_where_they_were_taken(browser: Browser, shop: Shop) -> None:
    async with visitor(browser, PHONE) as person:
        await person.page.goto(f"{shop.address}/form-sends")
        await person.page.locator("#photos").set_input_files([photo(3000, 2000)])
        await expect(person.page.locator("#photo-list img")).to_have_count(1)
        person.expected.append("status of 400")
        await person.page.locator("#story").fill("Thu tiền máy chiếu, không có biên lai.")
        await person.page.get_by_role("button", name="Tiếp tục").click()
        await person.page.locator("input[name=contact][value=none]").check(force=True)
        await person.page.get_by_role("button", name="Gửi", exact=True).click()
        await expect(person.page.locator(".govuk-error-summary").first).to_be_focused()
    sent = Image.open(io.BytesIO(shop.received[0]["photos"]))
    assert sent.size == (1600, 1067)
    assert not sent.getexif()
