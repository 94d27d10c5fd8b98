"""One case at two moments, by either clock: what differs is said in words and by the API."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path

import pytest

from tests.http.test_staff_looking_back import MONDAY, told
from tests.support.postgres import FreshDatabase
from tests.support.staff import text_of
from tests.support.world import Town, open_town


@pytest.fixture
async def still_town(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Town]:
    """A town whose clock stands until it is moved."""
    async with open_town(database, tmp_path, now=MONDAY) as opened:
        yield opened


async def test_two_moments_of_the_past_are_compared_in_words(still_town: Town) -> None:
    mai, case = await told(still_town)
    page = text_of(await mai.read(f"/cases/{case}/compare?as_of=2026-08-24T09:00&with=2026-08-24T11:00"))
    assert "Có 3 dòng khác nhau." in page
    assert "Trao đổi với người gửi – 1. Lớp thu tiền ngày nào? → chưa có trả lời đã đổi" in page
    assert "Đã đề nghị bổ sung thông tin" in page
    assert "Đã ghi chú" not in page
    assert "Số ghi chú nội bộ – –" in page


async def test_the_same_moment_does_not_differ_from_itself(still_town: Town) -> None:
    mai, case = await told(still_town)
    moment = "2026-08-24T09:00"
    assert "Không có gì khác." in text_of(await mai.read(f"/cases/{case}/compare?as_of={moment}&with={moment}"))


async def test_a_second_moment_that_is_none_is_said_so(still_town: Town) -> None:
    mai, case = await told(still_town)
    page = text_of(await mai.read(f"/cases/{case}/compare?as_of=2026-08-24T09:00&with=gestern"))
    assert "Ghi ngày, giờ, phút" in page
    assert "Có 4 dòng khác nhau." in page


async def test_each_line_of_the_history_tells_what_it_changed(still_town: Town) -> None:
    mai, case = await told(still_town)
    links = re.findall(r'href="(/cases/[^"]+/compare\?[^"]+)"', await mai.read(f"/cases/{case}/history"))
    assert len(links) == 4  # every fact but the first
    told_apart = [text_of(await mai.read(unescape(link))) for link in links]
    assert "Đã đề nghị bổ sung thông tin" in told_apart[2]
    assert "Số ghi chú nội bộ – 1 đã đổi" in told_apart[3]
    past = await mai.read(f"/cases/{case}?as_of=2026-08-24T09:00")
    for link in re.findall(r'href="(/cases/[^"]+/compare\?[^"]+)"', past):
        await mai.read(unescape(link))


async def test_the_api_names_each_field_with_both_values_and_the_facts_between(still_town: Town) -> None:
    _, case = await told(still_town)
    client = await still_town.of("mai", anew=True)
    then = {"as_of": "2026-08-24T09:00:00+07:00", "with": "2026-08-24T11:00:00+07:00"}
    answer = (await client.get(f"/api/cases/{case}/differences", params=then)).json()
    fields = {one["field"]: (one["before"], one["after"]) for one in answer["differences"]}
    assert fields["status"] == ("classified", "awaiting-sender")
    assert [message["question"] for message in fields["messages"][1]] == ["Lớp thu tiền ngày nào?"]
    assert [fact["topic"] for fact in answer["only_after"]] == ["feedback.sender_asked.v1"]
    assert answer["only_before"] == []
    back = (await client.get(f"/api/cases/{case}/differences", params={"with": then["as_of"]})).json()
    assert len(back["only_before"]) == 2


async def test_who_may_not_see_the_case_learns_no_difference(still_town: Town) -> None:
    _, case = await told(still_town)
    nga = await still_town.of("nga", anew=True)
    missing = await nga.get(f"/api/cases/{MISSING}/differences")
    hidden = await nga.get(f"/api/cases/{case}/differences")
    assert (hidden.status_code, hidden.content) == (404, missing.content)


MISSING = "0a3f8a52-6f0a-4b7e-9b52-3f2f0d5f9a11"
