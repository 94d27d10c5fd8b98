"""Urgent cases: told at once even while they wait to be screened, on top of every list, and the hour is no statute."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from application.alerts import alerts_id
from application.feedback_intake import Submission
from application.people import account_id_of
from domain.alerts.events import UrgentCaseReported
from domain.feedback.vocabulary import Topic
from domain.screening.vocabulary import Sign
from tests.http.test_urgent_and_told import DANGER, NOW, mails, pass_time, told, with_address
from tests.support.office import command
from tests.support.postgres import FreshDatabase
from tests.support.staff import clerk, text_of
from tests.support.world import CLASSIFIED, Town, open_town

CALM = Submission(text="Nhà trường thu tiền máy chiếu của lớp (demo).", topic=Topic.MONEY)


@pytest.fixture
async def still(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Town]:
    """A town whose clock is moved by hand."""
    async with open_town(database, tmp_path, now=NOW) as town:
        yield town


async def held(town: Town, what: Submission) -> UUID:
    """A submission that looked like junk to a machine."""
    sent = await town.submit(replace(what, signs=frozenset({Sign.HIDDEN_FIELD_FILLED})))
    await town.settle()
    return sent.case_id


async def test_nobodys_danger_waits_for_a_screener(still: Town) -> None:
    await with_address(still, "lan", "anh", "son")
    day = {"official_id": str(account_id_of("lan")), "from_day": "2026-03-02", "until_day": "2026-03-08"}
    await (await still.of("son")).post("/api/duty/placements", json=day, headers=command(0))
    case_id = await held(still, DANGER)
    shown = [await told(still, name) for name in ("lan", "anh", "mai", "son")]
    assert shown == [[("urgent", "")], [("urgent", "")], [], []]
    await pass_time(still, timedelta(hours=1, seconds=1))
    assert await told(still, "son") == [("escalated", "")]
    morning = "Hồ sơ cần xử lý sáng nay"
    to = {(mail["To"].split(".")[0], morning in mail["Subject"]) for mail in mails(still)}
    assert to == {("anh", False), ("lan", False), ("son", False), ("lan", True)}, "the morning mail counts it as work"
    assert len(mails(still)) == len(to)
    lan = await still.of("lan", anew=True)
    assert (await lan.get("/api/cases", params={"held": "true"})).json()["total"] == 1, "it is told, and still held"
    assert (await lan.get(f"/api/cases/{case_id}")).status_code == 200


async def test_danger_stands_first_among_what_waits_to_be_screened(still: Town) -> None:
    calm = await held(still, CALM)
    still.pass_time(timedelta(minutes=1))
    urgent = await held(still, DANGER)
    page = await (await clerk(still, "mai")).read("/screening")
    assert page.index(str(urgent)) < page.index(str(calm))


async def test_danger_that_is_held_stands_on_top_of_every_worklist_with_its_sign(still: Town) -> None:
    calm = (await still.submit(CALM)).case_id
    still.pass_time(timedelta(days=1))
    other, urgent = await held(still, CALM), await held(still, DANGER)
    for username in ("mai", "lan", "anh", "son"):
        person = await clerk(still, username)
        first = text_of(await person.read("/work"))
        assert "1 việc khẩn chưa có người tiếp nhận" in first, "whichever tab somebody lands on"
        for path in ("/work?tab=all", "/work?tab=new", "/work?tab=all&view=triage"):
            page = await person.read(path)
            assert f"/cases/{other}" not in page, "what only looks like junk is no work yet"
            assert username == "anh" or page.index(f"/cases/{urgent}") < page.index(f"/cases/{calm}"), (username, path)
            line = text_of(page.split(f"/cases/{urgent}")[1].split("<tr")[0])
            assert "Chờ sàng lọc" in line, (username, path)
            assert "Khẩn" in line, (username, path)
    mai = await clerk(still, "mai")
    assert str(urgent) in await mai.read("/work?tab=mine")
    assert str(urgent) in await mai.read("/screening")
    await still.do("mai", f"/api/submissions/{urgent}/acknowledgements")
    await still.settle()
    assert "chưa có người tiếp nhận" not in text_of(await mai.read("/work"))


async def test_hours_in_which_nobody_took_it_are_one_line_with_its_first_and_last_hour(still: Town) -> None:
    case_id = (await still.submit(DANGER)).case_id
    await still.settle()
    for _ in range(12):
        await pass_time(still, timedelta(hours=1, seconds=5))
    shown = text_of(await (await clerk(still, "son")).read(f"/cases/{case_id}"))
    assert shown.count("Việc khẩn chưa có người tiếp nhận") == 1
    told = shown.split("đã báo lãnh đạo 12 lần")[1]
    assert told.split("đã báo cho")[0].strip().startswith("từ 10:00 thứ Hai 02/03/2026 đến 21:01 thứ Hai 02/03/2026")


async def cases(town: Town, order: str, limit: int = 50) -> list[UUID]:
    """Page by page."""
    mai, cursor, found = await town.of("mai", anew=True), "", list[UUID]()
    while True:
        query: dict[str, Any] = {"order": order, "limit": limit} | ({"cursor": cursor} if cursor else {})
        listed = (await mai.get("/api/cases", params=query)).json()
        found += [UUID(case["case_id"]) for case in listed["cases"]]
        cursor = listed["next_cursor"]
        if not cursor:
            return found


async def test_urgent_cases_stand_on_top_of_every_list_whoever_found_them_urgent(still: Town) -> None:
    by_sender = (await still.submit(DANGER)).case_id
    still.pass_time(timedelta(days=1))
    by_official = (await still.submit(CALM)).case_id
    await still.of("mai", anew=True)
    await still.do("mai", f"/api/submissions/{by_official}/acknowledgements")
    food = {**CLASSIFIED, "category": "food-safety"}
    await still.do("mai", f"/api/submissions/{by_official}/classifications", food)
    still.pass_time(timedelta(days=1))
    calm = (await still.submit(CALM)).case_id
    await still.settle()
    urgent = {by_sender, by_official}
    for order in ("due", "received", "number"):
        for limit in (50, 1):
            found = await cases(still, order, limit)
            assert set(found[:2]) == urgent, (order, limit)
            assert found[2:] == [calm], (order, limit)
    mai = await clerk(still, "mai")
    for path in ("/work?tab=all", "/cases", "/cases?sort=number", "/cases?sort=received"):
        page = await mai.read(path)
        assert max(page.index(f"/cases/{one}") for one in urgent) < page.index(f"/cases/{calm}"), path


async def test_what_an_official_finds_urgent_is_told_like_a_danger(still: Town) -> None:
    case_id = (await still.submit(CALM)).case_id
    await still.do("mai", f"/api/submissions/{case_id}/acknowledgements")
    food = {**CLASSIFIED, "category": "food-safety"}
    await still.do("mai", f"/api/submissions/{case_id}/classifications", food)
    await still.settle()
    reported = [one.fact for one in await still.world.log.of_streams((alerts_id(case_id),))]
    assert [type(fact) for fact in reported] == [UrgentCaseReported]
    assert ("urgent", "") in await told(still, "lan")


async def test_the_hour_of_an_urgent_case_is_the_authoritys_own_rule_and_says_so(still: Town) -> None:
    case_id = (await still.submit(DANGER)).case_id
    await still.settle()
    (reported,) = [one.fact for one in await still.world.log.of_streams((alerts_id(case_id),))]
    assert isinstance(reported, UrgentCaseReported)
    term = reported.term
    assert (term.kind, term.rule_id, term.value, term.unit) == ("policy", "POL-URGENT", 1, "hour")
    own = "Quy định của cơ quan"
    mai = await clerk(still, "mai")
    case_page = text_of(await mai.read(f"/cases/{case_id}"))
    line = next(part for part in case_page.split("Việc khẩn: cần có người tiếp nhận trước")[1:])
    assert own in line[:120]
    assert "Việc khẩn" in case_page.split("Việc tiếp theo")[1].split("Hạn")[0], "the hour stands with the next step"
    await still.do("mai", f"/api/submissions/{case_id}/acknowledgements")
    await still.settle()
    taken = text_of(await mai.read(f"/cases/{case_id}"))
    assert "Việc khẩn" not in taken.split("Việc tiếp theo")[1].split("Hạn")[0]
    duty = text_of(await (await clerk(still, "son")).read("/duty"))
    assert own in duty.split("1 giờ")[1][:300]
