"""Every page template in a real browser: both languages, phone and desk, no violation, nothing wider than the window."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser

from adapters.http.web.i18n import LANGUAGES
from tests.http.samples import PAGES
from tests.support.browser import DESK, PHONE, browser, visitor
from tests.support.shelf import serving, shelf

__all__ = ["browser"]
pytestmark = pytest.mark.browser


@pytest.fixture
async def address() -> AsyncIterator[str]:
    async with serving(shelf(PAGES)) as base:
        yield base


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
        assert await person.page.locator("input[name=phone]").is_visible()
        assert await person.page.get_by_text("Ảnh phải chọn lại").is_visible()
        assert not await person.page.locator("#draft").is_visible()
        await person.picture("form-without-script")
