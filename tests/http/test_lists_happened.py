"""The register, the work list and their files by the clock "happened": what was recorded late stands where it was."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.feedback.vocabulary import Channel
from tests.http.test_exports import Book
from tests.support.office import asked
from tests.support.postgres import FreshDatabase
from tests.support.staff import MONEY, STORY, Clerk, classified, clerk, text_of
from tests.support.world import Town, open_town

MONDAY = datetime(2026, 8, 24, 1, tzinfo=UTC)
"""08:00 in Hà Nội."""
TYPED_IN = datetime(2026, 8, 27, 1, 30, tzinfo=UTC)
HANDED_OVER = datetime(2026, 8, 25, 7, tzinfo=UTC)
WEDNESDAY = "2026-08-26T10:00"
KNOWN, HAPPENED = f"as_of={WEDNESDAY}", f"as_of={WEDNESDAY}&clock=happened"
API = {"as_of": f"{WEDNESDAY}:00+07:00", "clock": "happened"}
PAPER = replace(MONEY, text=STORY + " Đơn giấy.", channel=Channel.POST, received_at=HANDED_OVER, late_reason="Đơn giấy")


@pytest.fixture
async def still_town(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Town]:
    """A town whose clock stands until it is moved."""
    async with open_town(database, tmp_path, now=MONDAY) as opened:
        yield opened


async def on_paper(town: Town) -> UUID:
    """Mai types in a sheet that was handed over on Tuesday."""
    actor, place = await town.actor("mai"), await town.place()
    sent = await town.world.feedback.submit(actor, asked(), place, PAPER)
    await town.settle()
    return sent.receipt.case_id


async def told(town: Town) -> tuple[UUID, UUID]:
    """On Monday a case of the form, classified; on Thursday the sheet of Tuesday."""
    at_once = await classified(town, await clerk(town, "mai"))
    town.pass_time(TYPED_IN - town.world.clock.now())
    return at_once, await on_paper(town)


async def auditor(town: Town, at: datetime) -> Clerk:
    """Vân, much later, with a purpose."""
    town.pass_time(at - town.world.clock.now())
    actor = await town.actor("van")
    await town.world.people.state_audit_purpose(actor, asked(), "Kiểm tra định kỳ", at + timedelta(days=5))
    await town.settle()
    return await clerk(town, "van")


def cases_of(page: str) -> set[UUID]:
    """Which cases the lines of a page lead to."""
    return {UUID(found) for found in re.findall(r'<th scope="row"[^>]*><a[^>]*href="/cases/([0-9a-f-]{36})', page)}


async def test_an_auditor_finds_the_sheet_by_what_happened_and_not_by_what_was_known(still_town: Town) -> None:
    at_once, sheet = await told(still_town)
    van = await auditor(still_town, datetime(2026, 9, 1, 2, tzinfo=UTC))
    known, happened = await van.read(f"/cases?{KNOWN}"), await van.read(f"/cases?{HAPPENED}")
    assert cases_of(known) == {at_once}
    assert cases_of(happened) == {at_once, sheet}
    assert "những gì cơ quan đã biết" in text_of(known)
    assert "BẠN ĐANG XEM QUÁ KHỨ: 10:00 thứ Tư 26/08/2026 – những gì thực tế đã có" in text_of(happened)
    assert "ghi muộn 2 ngày" in text_of(happened)
    links = [unescape(link) for link in re.findall(rf'href="(/cases/{sheet}[^"]*)"', happened)]
    assert links
    for link in links:
        assert link.endswith("&clock=happened")
        assert "Đơn giấy" in text_of(await van.read(link))
    assert (await van.client.get(f"/cases/{sheet}?{KNOWN}")).status_code == 404
    assert 'method="post" action="/cases' not in happened
    for before in ("2026-08-25T13:59", "2026-08-24T09:00"):
        assert cases_of(await van.read(f"/cases?as_of={before}&clock=happened")) == {at_once}
    assert cases_of(await van.read("/cases?as_of=2026-08-25T14:00&clock=happened")) == {at_once, sheet}


async def test_everything_on_the_page_stays_with_the_moment_and_its_clock(still_town: Town) -> None:
    await told(still_town)
    son = await clerk(still_town, "son")
    page = await son.read(f"/cases?{HAPPENED}&open=1")
    (back,) = re.findall(r'<a href="([^"]*)">Về hiện tại', page)
    links = re.findall(r'href="(/cases(?:/export)?\?[^"]*(?:sort|open)=[^"]*)"', page)
    assert len(links) > 5
    assert [link for link in links if "clock=happened" not in link] == [back]
    filters = re.compile(r'<form class="moj-filter".*?</form>', re.DOTALL)
    for look, kept in ((KNOWN, False), (HAPPENED, True)):
        (form,) = filters.findall(await son.read(f"/cases?{look}"))
        assert ('name="clock" value="happened"' in form) is kept
    for path in ("/cases", "/work"):
        assert re.search(r'value="happened"[^>]*checked', await son.read(f"{path}?{HAPPENED}"))
        assert re.search(r'value="known"[^>]*checked', await son.read(path))
    for link in re.findall(r'href="(/work\?[^"]*tab=[^"]*)"', await son.read(f"/work?{HAPPENED}")):
        assert "clock=happened" in link or "as_of" not in link


async def test_the_work_list_and_its_counts_have_the_sheet_too(still_town: Town) -> None:
    at_once, sheet = await told(still_town)
    mai = await clerk(still_town, "mai")
    known, happened = await mai.read(f"/work?tab=all&{KNOWN}"), await mai.read(f"/work?tab=all&{HAPPENED}")
    assert (cases_of(known), cases_of(happened)) == ({at_once}, {at_once, sheet})
    assert "Mới, chưa tiếp nhận (0)" in text_of(known)
    assert "Mới, chưa tiếp nhận (1)" in text_of(happened)
    assert cases_of(await mai.read(f"/work?tab=new&{HAPPENED}")) == {sheet}
    assert "từ 25/08/2026" in text_of(happened), "it waits since it was handed over"
    assert "27/08/2026" not in text_of(happened)


async def test_files_say_by_which_clock_they_are(still_town: Town) -> None:
    await told(still_town)
    son = await clerk(still_town, "son")
    for path in ("/cases/export?", "/work/export?tab=all&"):
        for look, truth, lines in (
            (KNOWN, "những gì cơ quan đã biết", 1),
            (HAPPENED, "những gì thực tế đã có", 2),
            ("clock=happened", None, 2),
        ):
            content = (await son.client.get(path + look)).content.decode("utf-8-sig")
            table = list(csv.reader(io.StringIO(content)))
            head = next(number for number, line in enumerate(table) if line[:1] == ["Số hồ sơ"])
            said = {line[0]: line[1] for line in table[:head] if len(line) == 2}
            assert said.get("Xem theo mốc nào?") == truth
            assert len(table[head + 1 :]) == lines
        book = Book((await son.client.get(f"{path}{HAPPENED}&format=xlsx")).content)
        assert "những gì thực tế đã có" in book.texts
        assert len([kind for kind, text in book.cells(2) if text.startswith("PA-")]) == 2


async def test_figures_count_what_was_known_and_say_so(still_town: Town) -> None:
    await told(still_town)
    son = await clerk(still_town, "son")
    shown = text_of(await son.read(f"/dashboard?{HAPPENED}"))
    assert "những gì cơ quan đã biết" in shown
    assert "Số liệu này tính những gì đã ghi vào hệ thống đến lúc đó" in shown
    assert shown == text_of(await son.read(f"/dashboard?{KNOWN}"))
    assert "những gì thực tế đã có" not in text_of(await son.read(f"/explanations?{HAPPENED}"))


async def test_what_is_restricted_today_is_not_shown_by_the_other_clock_either(still_town: Town) -> None:
    at_once, sheet = await told(still_town)
    son = await clerk(still_town, "son")
    await son.act(sheet, "restrictions", sensitivity="restricted", reason="Có tên học sinh")
    van = await auditor(still_town, datetime(2026, 9, 1, 2, tzinfo=UTC))
    for path in (f"/cases?{HAPPENED}", f"/cases/export?{HAPPENED}"):
        assert str(sheet) not in await van.read(path)
    assert cases_of(await van.read(f"/cases?{HAPPENED}")) == {at_once}
    son = await clerk(still_town, "son")
    assert cases_of(await son.read(f"/cases?{HAPPENED}")) == {at_once, sheet}


async def test_a_search_and_the_number_find_the_sheet_at_that_moment(still_town: Town) -> None:
    _, sheet = await told(still_town)
    son = await still_town.of("son")
    found = (await son.get("/api/cases", params=API)).json()["cases"]
    number = next(row["number"] for row in found if row["case_id"] == str(sheet))
    case = (await son.get(f"/api/cases/{sheet}", params=API)).json()
    assert number == case["number"] != ""
    rows = (await son.get("/api/cases", params={**API, "q": number})).json()["cases"]
    assert [row["case_id"] for row in rows] == [str(sheet)]
    assert (await son.get("/api/cases", params={**API, "clock": "known", "q": number})).json()["cases"] == []


async def test_the_api_has_the_clock_and_its_cursor_keeps_it(still_town: Town) -> None:
    at_once, sheet = await told(still_town)
    son = await still_town.of("son")
    known = (await son.get("/api/cases", params={**API, "clock": "known"})).json()
    assert (known["clock"], [row["case_id"] for row in known["cases"]]) == ("known", [str(at_once)])
    first = (await son.get("/api/cases", params={**API, "limit": "1"})).json()
    assert (first["clock"], first["total"]) == ("happened", 2)
    # Another sheet of that day comes while one turns the page: the pages go on with what the first knew.
    still_town.pass_time(timedelta(minutes=5))
    later = await on_paper(still_town)
    second = (await son.get("/api/cases", params={"limit": "1", "cursor": first["next_cursor"]})).json()
    assert {row["case_id"] for row in (*first["cases"], *second["cases"])} == {str(at_once), str(sheet)}
    assert (second["clock"], second["total"], second["log_index"]) == ("happened", 2, first["log_index"])
    assert second["next_cursor"] is None
    anew = (await son.get("/api/cases", params=API)).json()
    assert {row["case_id"] for row in anew["cases"]} == {str(at_once), str(sheet), str(later)}


async def test_another_word_for_a_clock_is_refused_and_without_a_moment_it_is_the_present(still_town: Town) -> None:
    await told(still_town)
    son = await still_town.of("son")
    wrong = await son.get("/api/cases", params={**API, "clock": "dreamt"})
    assert (wrong.status_code, wrong.json()["code"]) == (400, "bad-input")
    present: dict[str, Any] = (await son.get("/api/cases")).json()
    assert (await son.get("/api/cases", params={"clock": "happened"})).json() == present
    assert present["clock"] == "known"


async def test_a_cursor_of_the_last_release_is_still_read(still_town: Town) -> None:
    """It ends with the last row, and has no clock."""
    await told(still_town)
    son = await still_town.of("son")
    first = (await son.get("/api/cases", params={"limit": "1"})).json()
    text = first["next_cursor"]
    place = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    assert place[-1] == "known"
    old = base64.urlsafe_b64encode(json.dumps(place[:-1]).encode()).decode().rstrip("=")
    ways = [(await son.get("/api/cases", params={"cursor": cursor})).json() for cursor in (text, old)]
    assert ways[0] == ways[1]
    assert len(ways[0]["cases"]) == 1
