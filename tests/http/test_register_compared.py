"""The register of a moment beside that of now: what left the list, what came since, and what differs in both."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from uuid import UUID

import pytest

from tests.http.test_lists_happened import HAPPENED, KNOWN, MONDAY, auditor, told
from tests.support.postgres import FreshDatabase
from tests.support.staff import Clerk, classified, clerk, text_of
from tests.support.world import Town, open_town

MUCH_LATER = datetime(2026, 9, 1, 2, tzinfo=UTC)
LISTS = re.compile(r'<h2 class="govuk-heading-m" id="(\w+)">(.*?)</table>', re.DOTALL)
LINE = re.compile(r'<th scope="row"[^>]*><a[^>]*href="/cases/([0-9a-f-]{36})[^"]*"')


@pytest.fixture
async def still_town(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Town]:
    """A town whose clock stands until it is moved."""
    async with open_town(database, tmp_path, now=MONDAY) as opened:
        yield opened


def lists_of(page: str) -> dict[str, list[UUID]]:
    """Which cases stand under which heading."""
    return {name: [UUID(case) for case in LINE.findall(lines)] for name, lines in LISTS.findall(page)}


async def compared(who: Clerk, query: str) -> str:
    return await who.read(f"/cases/comparison?{query}")


async def test_the_band_of_the_register_leads_to_the_comparison_with_moment_clock_and_filters(still_town: Town) -> None:
    await told(still_town)
    son = await clerk(still_town, "son")
    register = await son.read(f"/cases?{HAPPENED}&open=1&q=PA")
    (link,) = re.findall(r'<a href="([^"]*)">So với hiện tại', register)
    page = await son.read(unescape(link))
    tags = [unescape(tag) for tag in re.findall(r'class="moj-filter__tag" href="([^"]*)"', page)]
    assert len(tags) == 2
    for address in (unescape(link), *tags):
        assert address.startswith("/cases/comparison?")
        assert "as_of=2026-08-26T10%3A00" in address
        assert "clock=happened" in address
    assert "So với hiện tại" not in await son.read("/cases")


async def test_the_sheet_came_since_by_what_was_known_and_was_there_by_what_had_happened(still_town: Town) -> None:
    _, sheet = await told(still_town)
    van = await auditor(still_town, MUCH_LATER)
    known, happened = await compared(van, KNOWN), await compared(van, HAPPENED)
    assert lists_of(known) == {"came": [sheet]}
    assert "Có thêm từ đó: 1" in text_of(known)
    assert "Có ở cả hai lúc, không khác: 1" in text_of(known)
    assert lists_of(happened) == {}
    assert "Có thêm từ đó: 0" in text_of(happened)
    assert "Có ở cả hai lúc, không khác: 2" in text_of(happened)
    assert "những gì thực tế đã có" in text_of(happened)
    for page in (known, happened):
        assert 'method="post" action="/cases' not in page


async def answered_since(town: Town) -> UUID:
    """Classified on Monday 08:00, answered at 10:00."""
    case = await classified(town, await clerk(town, "mai"))
    town.pass_time(timedelta(hours=2))
    parts = [{"request": number, "text": "Nhà trường đã trả lại tiền (demo)."} for number in (1, 2)]
    await town.do("mai", f"/api/feedback/{case}/drafts", {"outcome": "explained", "parts": parts})
    await town.do("mai", f"/api/feedback/{case}/release-requests")
    await town.of("son", anew=True)
    await town.do("son", f"/api/feedback/{case}/releases")
    await town.settle()
    return case


async def test_what_was_answered_since_shows_its_state_then_and_now_and_nothing_that_stayed(still_town: Town) -> None:
    case = await answered_since(still_town)
    mai = await clerk(still_town, "mai")
    for clock in ("known", "happened"):
        page = await compared(mai, f"as_of=2026-08-24T09:00&clock={clock}")
        shown = text_of(page)
        assert lists_of(page) == {"differing": [case]}
        assert "Trạng thái: Đã phân loại → Đã trả lời" in shown
        assert "Lĩnh vực:" not in shown
        assert "Có ở cả hai lúc, nhưng đã khác: 1" in shown


async def test_what_no_longer_answers_to_the_filter_left_the_list_and_leads_to_its_own_comparison(
    still_town: Town,
) -> None:
    case = await answered_since(still_town)
    mai = await clerk(still_town, "mai")
    left = await compared(mai, "as_of=2026-08-24T09:00&open=1")
    assert lists_of(left) == {"gone": [case]}
    (link,) = re.findall(rf'href="(/cases/{case}/compare[^"]*)"', left)
    assert "Đã trả lời" in text_of(await mai.read(unescape(link)))
    assert lists_of(await compared(mai, "as_of=2026-08-24T09:00&status=answered")) == {"came": [case]}


async def test_a_case_that_is_restricted_today_stands_on_neither_side_for_an_auditor(still_town: Town) -> None:
    at_once, sheet = await told(still_town)
    van = await auditor(still_town, MUCH_LATER)
    assert lists_of(await compared(van, KNOWN)) == {"came": [sheet]}
    son = await clerk(still_town, "son")
    for case in (at_once, sheet):
        await son.act(case, "restrictions", sensitivity="restricted", reason="Có tên học sinh")
    for look in (KNOWN, HAPPENED):
        page = await compared(van, look)
        assert lists_of(page) == {}
        assert "không khác: 0" in text_of(page)
        for case in (at_once, sheet):
            assert str(case) not in page
    assert lists_of(await compared(son, KNOWN))["came"] == [sheet], "it is hidden, not lost"


async def test_of_long_lists_the_first_are_compared_and_nothing_seems_gone_for_being_cut_off(
    still_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, sheet = await told(still_town)
    son = await clerk(still_town, "son")
    assert "chỉ so" not in text_of(await compared(son, f"{KNOWN}&sort=received"))
    monkeypatch.setattr("adapters.http.web.staff.register_compared.MOST", 1)
    page = await compared(son, f"{KNOWN}&sort=received")
    assert "chỉ so 1 hồ sơ đầu của mỗi danh sách" in text_of(page)
    assert lists_of(page) == {"came": [sheet]}
    assert "không khác: 1" in text_of(page)


async def test_without_a_moment_it_is_the_register_which_says_what_is_wrong_with_one(still_town: Town) -> None:
    mai = await clerk(still_town, "mai")
    nothing = await mai.client.get("/cases/comparison?open=1")
    assert (nothing.status_code, nothing.headers["location"]) == (303, "/cases?open=1")
    wrong = await mai.client.get("/cases/comparison?as_of=gestern")
    assert (wrong.status_code, wrong.headers["location"]) == (303, "/cases?as_of=gestern")
