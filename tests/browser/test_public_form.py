"""What goes wrong while somebody writes: nothing typed is lost, and nothing is sent twice."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, Route, expect

from adapters.vault.sanitiser import Sanitiser
from tests.browser.test_public_pages import (
    FINGER,
    STORY,
    clean,
    code_on,
    fill,
    first_screen,
    onwards,
    second_screen,
    send,
    slowed,
)
from tests.support.browser import PHONE, visitor
from tests.support.postgres import FreshDatabase
from tests.support.site import served
from tests.support.thin_line import thin_line
from tests.support.uploads import noise, telling_photo
from tests.support.world import Town, open_town

OFFLINE = ["ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "Failed to load"]


@pytest.fixture
def photos(tmp_path: Path) -> list[Path]:
    chosen = [tmp_path / "bien-lai.jpg", tmp_path / "thong-bao.jpg"]
    for number, path in enumerate(chosen):
        path.write_bytes(telling_photo("JPEG", 6, noise(600 + number, 450)))
    return chosen


async def sent_so_far(town: Town) -> int:
    count: int = await town.world.pool.fetchval("select count(*) from event where topic = 'feedback.submitted.v1'")
    return count


async def held(page: Page) -> list[bytes]:
    """The photos in the hands of the form: made smaller by the browser."""
    found: list[str] = await page.locator("#photos").evaluate(
        "async field => Promise.all([...field.files].map(async file => "
        "btoa([...new Uint8Array(await file.arrayBuffer())].map(byte => String.fromCharCode(byte)).join(''))))"
    )
    return [base64.b64decode(one) for one in found]


async def stories(town: Town) -> list[str]:
    """The words of every submission."""
    await town.settle()
    rows = await town.world.pool.fetch("select stream_id from event where topic = 'feedback.submitted.v1'")
    reader = await town.actor("mai")
    answers = [await town.world.cases.feedback(reader, row["stream_id"]) for row in rows]
    return sorted(str(answer.disclose.text(answer.view.opened.content)) for answer in answers)


async def arrived(town: Town, story: str, photos: list[bytes]) -> None:
    """One submission, with every word, and every photo as the server makes it anew from what the form held."""
    assert await sent_so_far(town) == 1
    await town.settle()
    case = await town.world.pool.fetchval("select stream_id from event where topic = 'feedback.submitted.v1'")
    answer = await town.world.cases.feedback(await town.actor("mai"), case)
    opened = answer.view.opened
    assert answer.disclose.text(opened.content) == story
    stored = [await town.world.files.read(opened.subject_id, item.address) for item in opened.attachments]
    assert stored == [await Sanitiser().remake("image/jpeg", photo) for photo in photos]


async def send_again(page: Page) -> None:
    await page.get_by_role("button", name="Gửi lại", exact=True).click()


async def kept(page: Page, pictures: int) -> None:
    await expect(page.locator("#photo-list img")).to_have_count(pictures)
    await page.get_by_role("button", name="Quay lại bước trước").click()
    assert await page.locator("textarea[name=story]").input_value() == STORY
    await onwards(page)


# The framework leaves the file of a photo that never came whole to the garbage collector, which closes it.
@pytest.mark.filterwarnings(
    "ignore:Exception ignored in. .function SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"
)
async def test_a_line_cut_during_the_second_photo_and_a_reload_lose_nothing_and_it_is_sent_once(
    browser: Browser, town: Town, photos: list[Path]
) -> None:
    place = await town.place()
    async with thin_line(b'filename="photo.jpg"', 2) as line, served(town, line.port) as site:
        line.upstream = int(site.rpartition(":")[2])
        async with visitor(browser, PHONE, **FINGER) as lan:
            lan.expected += [*OFFLINE, "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE"]
            page, form = lan.page, f"http://127.0.0.1:{line.port}/p/{place.code}/form"
            await slowed(lan)
            await page.goto(form)
            await first_screen(page)
            await page.locator("textarea[name=story]").fill(STORY)
            for number, photo in enumerate(photos, start=1):
                await page.locator("#photos").set_input_files(photo)
                await expect(page.locator("#photo-list img")).to_have_count(number)
            before = await held(page)
            await onwards(page)
            await page.locator("input[name=contact][value=none]").check(force=True)
            line.breaking = True
            await send(page)
            await expect(page.locator("#lost")).to_contain_text(
                "Mất mạng. Phần đã viết được giữ trên máy này", timeout=60_000
            )
            assert line.broken >= 1
            await lan.picture("public-lost-line-360")
            assert await lan.axe() == []
            line.breaking = False
            await page.reload()
            await expect(page.get_by_role("heading", name="Liên lạc và gửi")).to_be_visible()
            assert await page.locator("input[name=contact][value=none]").is_checked()
            await kept(page, 2)
            assert await held(page) == before
            await send(page)
            await expect(page.locator("#code")).to_be_visible(timeout=60_000)
            await code_on(page)
            await page.goto(form)
            await expect(page.locator("#draft")).to_be_hidden()
            await expect(page.get_by_role("heading", name="Việc gì?")).to_be_visible()
            assert await page.locator("#photo-list img").count() == 0, "the draft is gone with what it was for"
    assert len(before) == len(photos)
    await arrived(town, STORY, before)


async def test_an_answer_that_was_lost_on_its_way_is_asked_for_again_and_nothing_is_sent_twice(
    browser: Browser, town: Town, photos: list[Path]
) -> None:
    place = await town.place()
    async with thin_line(b'filename="photo.jpg"', 2) as line, served(town, line.port) as site:
        line.upstream = int(site.rpartition(":")[2])
        async with visitor(browser, PHONE, **FINGER) as lan:
            lan.expected += [*OFFLINE, "ERR_CONNECTION_RESET", "ERR_EMPTY_RESPONSE"]
            page = lan.page
            await page.goto(f"http://127.0.0.1:{line.port}/p/{place.code}/form")
            await fill(page, photos=photos)
            before = await held(page)
            line.deaf = True
            await send(page)
            await expect(page.locator("#lost")).to_be_visible()
            assert line.broken >= 1
            line.deaf = False
            assert await sent_so_far(town) == 1
            await page.reload()
            await kept(page, 2)
            await send(page)
            await code_on(page)
    await arrived(town, STORY, before)


async def test_a_missing_choice_costs_no_upload_and_sending_says_that_it_runs(
    browser: Browser, town: Town, site: str, photos: list[Path]
) -> None:
    place, posted, go = await town.place(), list[str](), asyncio.Event()

    async def slow(route: Route) -> None:
        if route.request.method == "POST":
            posted.append(route.request.url)
            await go.wait()
        await route.continue_()

    async with visitor(browser, PHONE, **FINGER) as lan:
        page = lan.page
        await page.route("**/form", slow)
        await page.goto(f"{site}/p/{place.code}/form")
        await first_screen(page)
        await second_screen(page, photos=photos)
        await send(page)
        await expect(page.locator(".govuk-error-summary:visible")).to_contain_text("Bạn chưa chọn có để lại")
        assert posted == [], "two photos are not uploaded to be told that"
        assert await lan.axe() == []
        await page.locator(".govuk-error-summary:visible a").click()
        await expect(page.locator("#contact")).to_be_focused()
        await page.keyboard.press("Space")
        await send(page)
        await expect(page.locator("#send")).to_have_text("Đang gửi… Hãy giữ nguyên trang này.")
        await expect(page.locator("#live")).to_have_text("Đang gửi… Hãy giữ nguyên trang này.")
        go.set()
        await code_on(page)
    assert len(posted) == 1


class _Once:
    """The server gets the first message; its answer never arrives."""

    def __init__(self) -> None:
        self.lost = 0

    async def answer(self, route: Route) -> None:
        if route.request.method != "POST" or self.lost:
            await route.continue_()
            return
        self.lost += 1
        await route.fetch()
        await route.abort()


async def test_what_was_changed_after_it_had_arrived_is_shown_and_not_sent_twice(
    browser: Browser, town: Town, site: str
) -> None:
    place = await town.place()
    async with visitor(browser, PHONE) as lan:
        lan.expected += OFFLINE
        page, lost = lan.page, _Once()
        await page.route("**/form", lost.answer)
        await page.goto(f"{site}/p/{place.code}/form")
        await fill(page)
        await send(page)
        await expect(page.locator("#lost")).to_be_visible()
        await page.get_by_role("button", name="Quay lại bước trước").click()
        await second_screen(page, STORY + " Thêm: thu hai lần.")
        await page.locator("#send").click()
        await code_on(page)
        await expect(page.locator("main")).to_contain_text("Tin của bạn đã đến cơ quan từ lần gửi trước")
        await page.get_by_text("Những gì đã viết").or_(page.locator("details summary").first).first.click()
        await expect(page.locator("details .app-prose")).to_contain_text("Thêm: thu hai lần.")
        assert await lan.axe() == []
    assert await sent_so_far(town) == 1


async def test_an_error_of_the_server_leaves_the_form_as_it_is(
    browser: Browser, town: Town, site: str, photos: list[Path]
) -> None:
    place = await town.place()
    async with visitor(browser, PHONE, **FINGER) as lan:
        lan.expected += ["500", "503"]
        page = lan.page
        await page.goto(f"{site}/p/{place.code}/form")
        await fill(page, photos=photos[:1])
        before = await held(page)
        for status in (500, 503):
            await page.route("**/form", _fails(status), times=1)
            await page.locator("#send").click()
            await expect(page.locator("#lost")).to_contain_text("Máy chủ chưa trả lời được")
        await lan.picture("public-server-error-360")
        assert await lan.axe() == []
        await kept(page, 1)
        await send_again(page)
        await code_on(page)
    await arrived(town, STORY, before)


def _fails(status: int) -> Callable[[Route], Any]:
    async def answer(route: Route) -> None:
        await route.fulfill(status=status, content_type="text/html", body="<h1>Out of order</h1>")

    return answer


async def test_the_back_button_turns_one_screen_back_and_loses_nothing(
    browser: Browser, town: Town, site: str, photos: list[Path]
) -> None:
    place = await town.place()
    async with visitor(browser, PHONE, **FINGER) as lan:
        page = lan.page
        await page.goto(f"{site}/p/{place.code}")
        await page.locator("a.govuk-button--start").click()
        await fill(page, photos=photos[:1])
        before = await held(page)
        await page.go_back()
        await expect(page.get_by_role("heading", name="Kể lại")).to_be_visible()
        assert await page.locator("textarea[name=story]").input_value() == STORY
        await page.go_back()
        await page.go_back()  # to the landing page
        await expect(page.locator("a.govuk-button--start")).to_be_visible()
        await page.locator("a.govuk-button--start").click()
        await expect(page.locator("#photo-list img")).to_have_count(1)
        assert await page.locator("textarea[name=story]").input_value() == STORY
        assert await page.locator("input[name=danger][value=no]").is_checked()
        while await page.get_by_role("button", name="Tiếp tục").count():
            await onwards(page)
        await send(page)
        await code_on(page)
    await arrived(town, STORY, before)


async def test_pressed_twice_it_is_one_message(browser: Browser, town: Town, site: str, photos: list[Path]) -> None:
    place = await town.place()
    async with visitor(browser, PHONE) as lan:
        page = lan.page
        await page.goto(f"{site}/p/{place.code}/form")
        await fill(page, photos=photos)
        before = await held(page)
        await page.locator("#send").evaluate("button => { button.click(); button.click(); }")
        await code_on(page)
    await arrived(town, STORY, before)


async def test_two_tabs_with_the_same_draft_send_one_message_and_two_drafts_do_not_mix(
    browser: Browser, town: Town, site: str
) -> None:
    place = await town.place()
    other = STORY + " (thẻ thứ hai)"
    async with visitor(browser, PHONE) as lan:
        first, apart = lan.page, await lan.context.new_page()
        for page in (first, apart):
            await page.goto(f"{site}/p/{place.code}/form")
        await fill(first)
        await expect(first.locator("#draft")).to_be_visible()
        await fill(apart, story=other)
        await expect(apart.locator("#draft")).to_be_visible()
        await first.reload()
        assert await first.locator("textarea[name=story]").input_value() == STORY
        await expect(first.locator("#draft")).to_be_visible()
        same = await lan.context.new_page()
        await same.goto(f"{site}/p/{place.code}/form")  # a new tab finds the latest draft, with its key
        await expect(same.locator("#draft")).to_be_visible()
        taken = await same.locator("input[name=command_id]").input_value()
        assert taken in {await page.locator("input[name=command_id]").input_value() for page in (first, apart)}
        await send(apart)
        await code_on(apart)
        await send(first)
        await code_on(first)
        await expect(same.locator("#draft")).to_contain_text("đã được gửi từ một thẻ khác")
        await same.locator("#send").click()
        await code_on(same)
    assert await stories(town) == [STORY, other]


async def test_a_form_that_was_left_open_for_days_can_still_be_sent(
    browser: Browser, database: FreshDatabase, tmp_path: Path, photos: list[Path]
) -> None:
    async with open_town(database, tmp_path, now=datetime(2026, 3, 2, 2, tzinfo=UTC)) as town, served(town) as site:
        place = await town.place()
        async with visitor(browser, PHONE) as lan:
            await lan.page.goto(f"{site}/p/{place.code}/form")
            await fill(lan.page, photos=photos)
            before = await held(lan.page)
            town.pass_time(timedelta(days=3))
            await send(lan.page)
            await code_on(lan.page)
        await arrived(town, STORY, before)
        assert not await town.world.pool.fetchval("select count(*) from event where topic like 'screening.%'")


async def test_the_button_wipes_everything_from_the_device(
    browser: Browser, town: Town, site: str, photos: list[Path]
) -> None:
    place = await town.place()
    async with visitor(browser, PHONE) as lan:
        page = lan.page
        await page.goto(f"{site}/p/{place.code}/form")
        await fill(page, photos=photos)
        await page.locator("input[name=contact][value=given]").check(force=True)
        await page.locator("input[name=phone]").fill("0900000001")
        await page.reload()
        assert await page.locator("input[name=phone]").input_value() == "0900000001"
        await page.locator("#draft [data-wipe]").click()
        await expect(page.get_by_role("heading", name="Việc gì?")).to_be_visible()
        await page.reload()
        await expect(page.locator("#draft")).to_be_hidden()
        assert await page.locator("textarea[name=story]").input_value() == ""
        assert await page.locator("input[name=phone]").input_value() == ""
        assert await page.locator("#photo-list img").count() == 0


async def test_who_reloads_the_receipt_still_finds_the_code_in_this_tab_and_can_wipe_it(
    browser: Browser, town: Town, site: str, photos: list[Path]
) -> None:
    place = await town.place()
    async with visitor(browser, PHONE) as lan:
        page = lan.page
        await page.goto(f"{site}/p/{place.code}/form")
        await fill(page, photos=photos)
        await page.reload()
        await expect(page.locator("[data-of=photos]")).to_have_text(str(len(photos)))
        await send(page)
        code = await code_on(page)
        await page.goto(f"{site}/p/{place.code}/form")  # as after the phone dropped the tab
        assert (await page.locator("#sent-code").inner_text()).strip() == code
        await clean(lan, "form-code-kept", [])
        await page.locator("[data-forget]").click()
        await page.reload()
        await expect(page.locator("#sent-before")).to_be_hidden()
