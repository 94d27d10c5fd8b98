"""Looking back on staff pages: by both clocks, with today's rights, and nothing to be done there."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from uuid import UUID

import pytest
from msgspec.structs import replace

from adapters.http.web.staff.listing import signs
from adapters.http.web.staff.words import Words
from domain.feedback.vocabulary import Channel
from projections.case_index import CaseRow
from tests.support.office import asked
from tests.support.postgres import FreshDatabase
from tests.support.staff import MONEY, Clerk, classified, clerk, text_of
from tests.support.world import PEOPLE, Town, open_town

MONDAY = datetime(2026, 8, 24, 1, tzinfo=UTC)
"""08:00 in Hà Nội."""


@pytest.fixture
async def still_town(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Town]:
    """A town whose clock stands until it is moved."""
    async with open_town(database, tmp_path, now=MONDAY) as opened:
        yield opened


async def told(town: Town) -> tuple[Clerk, UUID]:
    """Monday 08:00 sent, received, classified; 10:00 asked; Tuesday 09:00 a note."""
    mai = await clerk(town, "mai")
    case = await classified(town, mai)
    town.pass_time(timedelta(hours=2))
    mai = await clerk(town, "mai")
    await mai.act(case, "questions", question="Lớp thu tiền ngày nào?")
    town.pass_time(timedelta(hours=23))
    mai = await clerk(town, "mai")
    await mai.act(case, "notes", note="Đã gọi hiệu trưởng.")
    return mai, case


async def test_only_an_auditor_reads_the_names_of_facts_in_the_history(still_town: Town) -> None:
    mai, vinh = await clerk(still_town, "mai"), await clerk(still_town, "vinh")
    case = await classified(still_town, mai)
    for name in ("feedback.submitted.v1", "feedback.classified.v1"):
        assert name not in await mai.read(f"/cases/{case}/history")
        assert name in await vinh.read(f"/cases/{case}/history")
    assert "feedback.classified.v1" in await mai.read(f"/cases/{case}/history.csv"), "the table is for machines too"


async def test_the_past_shows_what_was_known_then_and_offers_nothing_to_do(still_town: Town) -> None:
    mai, case = await told(still_town)
    then = await mai.read(f"/cases/{case}?as_of=2026-08-24T09:00")
    shown = text_of(then)
    assert "BẠN ĐANG XEM QUÁ KHỨ: 09:00 thứ Hai 24/08/2026" in shown
    assert "những gì cơ quan đã biết" in shown
    assert "Từ đó đến nay có thêm 2 việc" in shown
    assert "Lớp thu tiền ngày nào?" not in shown
    assert "Đã gọi hiệu trưởng." not in shown
    assert "Người mai (demo), Người son (demo)" in shown
    assert "TCD-REPLY" in shown
    assert not [form for form in re.findall(r'<form method="post" action="([^"]+)"', then) if form != "/sign-out"]
    assert "/questions" not in then
    assert "Lớp thu tiền ngày nào?" in text_of(await mai.read(f"/cases/{case}?as_of=2026-08-24T10:00"))


async def test_every_line_of_the_history_leads_to_the_case_right_after_it(still_town: Town) -> None:
    mai, case = await told(still_town)
    page = await mai.read(f"/cases/{case}/history")
    links = [link.replace("&amp;", "&") for link in re.findall(r'href="(/cases/[0-9a-f-]{36}\?as_of=[^"]+)"', page)]
    assert len(links) == 5
    later = [int(re.findall(r"có thêm (\d+) việc", text_of(await mai.read(link)))[0]) for link in links]
    assert later[-2:] == [1, 0]
    assert later == sorted(later, reverse=True)


async def test_what_is_recorded_late_is_there_by_one_clock_and_not_by_the_other(still_town: Town) -> None:
    mai = await clerk(still_town, "mai")
    received = MONDAY - timedelta(days=3)
    paper = replace(MONEY, channel=Channel.POST, received_at=received, late_reason="Thư đến chiều thứ Sáu")
    actor, place = await still_town.actor("mai"), await still_town.place()
    sent = await still_town.world.feedback.submit(actor, asked(), place, paper)
    await still_town.settle()
    case = f"/cases/{sent.receipt.case_id}"
    assert "Ghi muộn 3 ngày" in text_of(await mai.read(case)) or "ghi muộn 3 ngày" in text_of(await mai.read(case))
    saturday = "as_of=2026-08-22T10:00"
    assert (await mai.client.get(f"{case}?{saturday}")).status_code == 404
    shown = text_of(await mai.read(f"{case}?{saturday}&clock=happened"))
    assert "những gì thực tế đã có" in shown or "Thực tế" in shown
    assert "Thư đến chiều thứ Sáu" in shown


async def test_then_and_now_stand_side_by_side(still_town: Town) -> None:
    mai, case = await told(still_town)
    shown = text_of(await mai.read(f"/cases/{case}/compare?as_of=2026-08-24T09:00"))
    assert "Đã phân loại Chờ người gửi đã đổi" in shown or "Chờ người gửi" in shown
    assert "Đã đề nghị bổ sung thông tin" in shown
    assert (await mai.client.get(f"/cases/{case}/compare")).status_code == 303


async def test_a_moment_that_is_none_or_has_not_come_is_said_so(still_town: Town) -> None:
    mai, case = await told(still_town)
    for wrong, sentence in (
        ("gestern", "Ghi ngày, giờ, phút"),
        ("0001-01-01T00:00", "Ghi ngày, giờ, phút"),
        ("9999-12-31T23:59:59-14:00", "Ghi ngày, giờ, phút"),
        ("2030-01-01T00:00", "Thời điểm này chưa đến"),
    ):
        for path in (f"/cases/{case}", f"/cases/{case}/history", "/cases", "/work"):
            shown = text_of(await mai.read(f"{path}?as_of={wrong}"))
            assert sentence in shown, path
            assert "BẠN ĐANG XEM QUÁ KHỨ" not in shown


async def test_lists_of_the_past_show_its_states_and_lead_into_it(still_town: Town) -> None:
    mai, case = await told(still_town)
    for path in ("/cases", "/work?tab=all&"):
        page = await mai.read(f"{path}{'&' if '?' in path else '?'}as_of=2026-08-24T09:00")
        assert "BẠN ĐANG XEM QUÁ KHỨ" in text_of(page)
        assert f"/cases/{case}?as_of=2026-08-24T09%3A00" in page
        assert "<strong>Đã phân loại</strong>" in page
    assert "Chờ người gửi" not in await mai.read("/cases/export?as_of=2026-08-24T09:00")
    assert "Chờ người gửi" in await mai.read("/cases/export")


async def test_the_right_to_look_back_is_that_of_today(still_town: Town) -> None:
    mai, case = await told(still_town)
    hung, son = await clerk(still_town, "hung"), await clerk(still_town, "son")
    before = f"/cases/{case}?as_of=2026-08-24T09:00"
    assert (await hung.client.get(before)).status_code == 200
    await son.act(case, "restrictions", sensitivity="restricted", reason="Có tên học sinh")
    for path in (before, f"{before}&clock=happened", f"/cases/{case}/history?as_of=2026-08-24T09:00"):
        assert (await hung.client.get(path)).status_code == 404, path
        assert (await mai.client.get(path)).status_code == 200, path
    assert "Thu tiền máy chiếu" not in await hung.read("/cases?as_of=2026-08-24T09:00")
    assert "Thu tiền máy chiếu" not in await hung.read("/cases/export?as_of=2026-08-24T09:00")
    assert PEOPLE["hung"].areas == frozenset()


def test_what_had_happened_by_a_moment_bears_no_sign_of_a_later_act() -> None:
    row = cast(
        "CaseRow",
        SimpleNamespace(
            held=True,
            urgent=True,
            sensitivity="normal",
            narrow=False,
            new_reply=True,
            answered=False,
            returned=True,
            reopened=True,
            closed=False,
            entered_late_days=2,
        ),
    )
    assert len(signs(row, Words("vi"))) == 6
    assert signs(row, Words("vi"), lasting=True) == ["Khẩn", "ghi muộn 2 ngày"]
