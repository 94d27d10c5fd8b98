"""An officer with the keyboard alone, from signing in to the release; then the head with one thumb."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from tests.browser.official import Official
from tests.support.browser import DESK, visitor
from tests.support.office import PASSWORD
from tests.support.postgres import FreshDatabase
from tests.support.site import served
from tests.support.staff import STORY, submitted
from tests.support.world import Town, open_town

MONDAY = datetime(2026, 8, 24, 1, tzinfo=UTC)
THUMB = (390, 844)
TOUCH_PX = 44
MOST_STOPS = 150
"""More than any page has: who presses Tab so often has been caught."""
STOP = """() => {
  const here = document.activeElement, label = here.labels?.[0];
  const parts = [[here, null], ...(label ? [[label, '::before']] : [])];
  const aspects = ['outline', 'boxShadow', 'backgroundColor'];
  const looks = () => parts.map(([part, pseudo]) => { const style = getComputedStyle(part, pseudo);
    return aspects.map(aspect => style[aspect]).join(' '); });
  const box = here.getBoundingClientRect(), focused = looks();
  here.blur();
  const plain = looks();
  here.focus({ preventScroll: true });
  const seen = focused.some((look, number) => look !== plain[number]);
  const inside = box.bottom > 0 && box.right > 0 && box.top < innerHeight && box.left < innerWidth;
  return { name: here.tagName + ' ' + (here.id || here.textContent.trim().slice(0, 40)), seen, inside };
}"""
REACHABLE = """() => [...document.querySelectorAll('a[href],button,input,select,textarea,summary,[tabindex="0"]')]
  .filter(one => one.type !== 'hidden' && !one.disabled && one.tabIndex >= 0)
  .filter(one => one.checkVisibility({ visibilityProperty: true }))
  .filter(one => one.type !== 'radio' || one === (document.querySelector(`input[name="${one.name}"]:checked`)
    || document.querySelector(`input[name="${one.name}"]`))).length"""


@pytest.fixture
async def still_town(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Town]:
    async with open_town(database, tmp_path, now=MONDAY) as opened:
        yield opened


class Keys:
    """Ten fingers. Each stop of the focus has to be seen."""

    def __init__(self, page: Page) -> None:
        self.page, self.stops = page, 0

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.page.keyboard.press(key)

    async def type(self, text: str) -> None:
        await self.page.keyboard.type(text)

    async def look(self) -> None:
        stop: dict[str, Any] = await self.page.evaluate(STOP)
        assert stop["seen"], f"nobody sees that the focus is at {stop['name']} of {self.page.url}"
        assert stop["inside"], f"out of sight: {stop['name']} of {self.page.url}"
        self.stops += 1

    async def tab_to(self, place: Locator, *, key: str = "Tab") -> None:
        for _ in range(MOST_STOPS):
            await self.press(key)
            if not await self._at_body():
                await self.look()
            if await self.at(place):
                return
        raise AssertionError(f"Tab never comes to {place} of {self.page.url}")

    async def at(self, place: Locator) -> bool:
        return bool(await place.evaluate("one => one === document.activeElement"))

    async def _at_body(self) -> bool:
        return bool(await self.page.evaluate("document.activeElement === document.body"))

    async def goes_round(self) -> None:
        """Tab comes to everything and out again; Shift+Tab comes back from there."""
        await self.page.evaluate("document.activeElement.blur()")
        wanted, count = await self.page.evaluate(REACHABLE), 0
        while count < MOST_STOPS:
            await self.press("Tab")
            if await self._at_body() or await self.page.evaluate("document.activeElement.dataset.began === ''"):
                break
            if not count:
                await self.page.evaluate("document.activeElement.dataset.began = ''")
            count += 1
            await self.look()
        await self.page.evaluate("delete document.querySelector('[data-began]')?.dataset.began")
        assert count == wanted, f"{count} stops for {wanted} places of {self.page.url}"

    async def go(self, place: Locator) -> None:
        """To a link or button, and on to the page behind it."""
        await self.tab_to(place)
        async with self.page.expect_navigation():
            await self.press("Enter")
        await self.page.locator("body.js-enabled").wait_for()

    async def told(self) -> None:
        """The notice of what was done has the focus."""
        await expect(self.page.locator(".govuk-notification-banner--success")).to_be_focused()
        await self.look()

    async def wrong(self) -> None:
        """The summary of what is wrong has the focus, and leads to the first field."""
        await expect(self.page.locator(".govuk-error-summary")).to_be_focused()
        await self.look()
        link = self.page.locator(".govuk-error-summary a").first
        field = await link.get_attribute("href")
        await self.tab_to(link)
        await self.press("Enter")
        await expect(self.page.locator(str(field))).to_be_focused()
        await self.look()


async def sign_in(keys: Keys, site: str) -> None:
    page = keys.page
    await page.goto(f"{site}/work")
    await page.locator("body.js-enabled").wait_for()
    await keys.goes_round()
    name, password = page.locator("#username"), page.locator("#password")
    await keys.tab_to(name)
    await keys.type("mai")
    await keys.tab_to(password)
    await keys.type("sai mật khẩu")
    async with page.expect_navigation():
        await keys.press("Enter")
    await keys.wrong()
    await keys.tab_to(password)
    await keys.type(PASSWORD)
    async with page.expect_navigation():
        await keys.press("Enter")
    await expect(page.locator(".app-user")).to_be_visible()


async def keys_of_the_list(keys: Keys) -> None:
    """Moving, choosing, searching, helping; nothing of it while somebody types, nor when it is switched off."""
    page, rows, dialog = keys.page, keys.page.locator("[data-row]"), keys.page.locator("#keys")
    await expect(rows).to_have_count(2)
    for key, row in (("j", 0), ("j", 1), ("j", 1), ("k", 0), ("ArrowDown", 1), ("ArrowUp", 0)):
        await keys.press(key)
        await expect(rows.nth(row)).to_be_focused()
        await keys.look()
    boxes = page.locator("[data-row] input[type=checkbox]")
    await keys.press("x")
    await expect(boxes.nth(0)).to_be_checked()
    await expect(page.locator("#live")).to_contain_text("1")
    await expect(rows.nth(0)).to_be_focused()
    await keys.press("?")
    await expect(dialog).to_be_visible()
    await keys.look()
    await keys.press("j", "x", "a")
    await expect(boxes.nth(0)).to_be_checked()
    await keys.press("Escape")
    await expect(rows.nth(0)).to_be_focused()
    await keys.press("x")
    await expect(boxes.nth(0)).not_to_be_checked()
    await keys.press("/")
    await expect(page.locator("#q")).to_be_focused()
    await keys.look()
    await keys.type("jkxa?/")
    await expect(page.locator("#q")).to_have_value("jkxa?/")
    await expect(page.locator("#q")).to_be_focused()
    await expect(dialog).to_be_hidden()
    await expect(page.locator("[data-row] input:checked")).to_have_count(0)
    await switched_off(keys, dialog)


async def switched_off(keys: Keys, dialog: Locator) -> None:
    page = keys.page
    opener, switch = page.locator("[data-keys-open]"), dialog.locator("[data-keys-switch]")
    await keys.tab_to(opener)
    await keys.press("Enter")
    await keys.tab_to(switch)
    await keys.press("Enter")
    await expect(switch).to_have_text("Bật phím tắt")
    await keys.press("Escape")
    await expect(opener).to_be_focused()
    await keys.press("j", "x", "a", "/", "?")
    await expect(opener).to_be_focused()
    await expect(dialog).to_be_hidden()
    await page.reload()
    await page.locator("body.js-enabled").wait_for()
    await keys.press("?", "j")
    await expect(dialog).to_be_hidden()
    await keys.tab_to(opener)
    await keys.press("Enter")
    await keys.tab_to(switch)
    await keys.press("Space")
    await keys.press("Escape", "j")
    await expect(page.locator("[data-row]").first).to_be_focused()


async def acknowledged(keys: Keys, town: Town) -> None:
    """From the line, by one key; then the case is opened by another."""
    page = keys.page
    async with page.expect_navigation():
        await keys.press("a")
    await page.locator("body.js-enabled").wait_for()
    await keys.told()
    assert await facts(town, "acknowledged") == 1
    await keys.go(page.locator(".app-tabs a[href*='tab=all']"))
    await keys.press("j")
    if "Tiếp nhận" in await page.locator("[data-row]").first.inner_text():
        await keys.press("j")
    async with page.expect_navigation():
        await keys.press("Enter")
    await page.locator("body.js-enabled").wait_for()
    await expect(page.get_by_role("heading", name="Việc tiếp theo: Phân loại")).to_be_visible()
    await keys.goes_round()


async def classified(keys: Keys, case: str) -> None:
    page = keys.page
    await keys.go(page.locator(f"main a.govuk-button[href='{case}/classifications']"))
    await keys.goes_round()
    done = page.get_by_role("button", name="Ghi phân loại")
    await keys.tab_to(done)
    await keys.press("Enter")
    await keys.wrong()
    category = page.get_by_label("Lĩnh vực")
    await expect(category).to_be_focused()
    await keys.press("ArrowDown", "ArrowDown")
    assert await category.input_value()
    await keys.tab_to(page.get_by_label("Tóm tắt một dòng"))
    await keys.type("Thu tiền máy chiếu? j/k")
    await keys.tab_to(page.get_by_label("Các yêu cầu của người gửi"))
    await keys.type("Kiểm tra khoản thu")
    await keys.press("Enter")
    await keys.type("Trả lại tiền")
    await keys.go(done)
    await keys.told()


async def drafted(keys: Keys, case: str) -> None:
    page = keys.page
    await keys.go(page.locator(f"main a[href='{case}/drafts']").first)
    await keys.goes_round()
    save = page.get_by_role("button", name="Lưu dự thảo")
    await keys.tab_to(save)
    await keys.press("Enter")
    await keys.wrong()
    await keys.press("Space", "ArrowDown")
    await expect(page.locator("input[name=outcome]:checked")).to_have_count(1)
    for number in (1, 2):
        await keys.tab_to(page.get_by_label(f"Trả lời yêu cầu {number}"))
        await keys.type(f"Đã xong việc {number}.")
    await keys.go(save)
    await keys.told()


async def facts(town: Town, topic: str) -> int:
    count: int = await town.world.pool.fetchval("select count(*) from event where topic = $1", f"feedback.{topic}.v1")
    return count


async def released_by_a_thumb(son: Official, case: UUID) -> None:
    page = son.page
    await son.sign_in("son")
    await son.open("/release")
    release = page.get_by_role("button", name="Duyệt và gửi")
    back = page.locator(".app-thumb summary")
    await expect(release).not_to_be_in_viewport()  # nobody releases what he has not come to yet
    for at in (0, 150):
        await page.locator(".app-desk__answer").evaluate("(part, down) => scrollTo(0, part.offsetTop - 300 + down)", at)
        for button in (release, back):
            box = await button.bounding_box()
            assert box is not None
            assert box["height"] >= TOUCH_PX, box
            assert box["y"] + box["height"] <= THUMB[1], box
            assert box["y"] > THUMB[1] * 2 / 3, f"no thumb comes so high: {box}"
    await son.clean("keyboard-thumb")
    await back.tap()
    await expect(page.get_by_label("Lý do")).to_be_in_viewport()
    await expect(release).to_be_hidden()
    for button in await page.locator(".app-thumb .govuk-button:visible").all():
        box = await button.bounding_box()
        assert box is not None
        assert box["height"] >= TOUCH_PX, box
    await back.tap()
    async with page.expect_navigation():
        await release.tap()
    await expect(page.locator(".govuk-notification-banner--success")).to_be_focused()
    assert await page.locator(f"a[href$='{case}']").count() == 0


async def test_an_officer_needs_no_mouse_and_a_head_one_thumb(browser: Browser, still_town: Town) -> None:
    cases = [(await submitted(still_town, text=f"{STORY} Lần {number}.")).case_id for number in (1, 2)]
    async with (
        served(still_town) as site,
        visitor(browser, DESK) as person,
        visitor(browser, THUMB, has_touch=True, is_mobile=True) as thumb,
    ):
        person.expected.append("status of 4")
        keys = Keys(person.page)
        await sign_in(keys, site)
        await keys.go(person.page.locator(".app-tabs a[href*='tab=new']"))
        await keys.goes_round()
        await keys_of_the_list(keys)
        await acknowledged(keys, still_town)
        case = person.page.url.removeprefix(site)
        await classified(keys, case)
        await drafted(keys, case)
        submits = person.page.locator(f"main a[href='{case}/release-requests']").first
        await keys.go(submits)
        await keys.go(person.page.get_by_role("button", name="Trình duyệt"))
        await keys.told()
        await released_by_a_thumb(Official(thumb, site, []), UUID(case.rsplit("/", 1)[-1]))
    assert UUID(case.rsplit("/", 1)[-1]) in cases
    assert [await facts(still_town, topic) for topic in ("acknowledged", "classified", "answer_drafted")] == [1, 1, 1]
    assert await facts(still_town, "answer_released") == 1
    print(f"{keys.stops} stops of the focus, each seen")
