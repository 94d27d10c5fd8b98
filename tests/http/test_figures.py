"""The dashboard: each number is the length of the list behind it, small numbers of channels are not told."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from html import unescape
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace

from domain.feedback.vocabulary import Channel, Topic
from projections.case_figures import SMALLEST, told_apart
from tests.support.office import asked
from tests.support.postgres import FreshDatabase
from tests.support.staff import MONEY, clerk, text_of
from tests.support.world import CLASSIFIED, HAMLET_SCHOOL, SCHOOL, Town, open_town

MONDAY = datetime(2026, 8, 24, 1, tzinfo=UTC)
COUNTED = re.compile(r"<strong>(\d+) hồ sơ</strong>")
FIGURE = re.compile(r'<a class="govuk-link" href="(/cases\?[^"]*)"[^>]*>(?:<strong>)?(\d+)<')


@pytest.fixture
async def still_town(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Town]:
    """A town whose clock stands until it is moved."""
    async with open_town(database, tmp_path, now=MONDAY) as opened:
        yield opened


async def told(town: Town) -> None:
    """Five feedbacks in two areas: one classified, one answered, one restricted; three weeks later one more comes."""
    first = [(await town.submit(MONEY)).case_id for _ in range(3)]
    await town.submit(replace(MONEY, topic=Topic.VIOLENCE))
    await town.submit(MONEY, HAMLET_SCHOOL)
    for case in first[:2]:
        await town.do("mai", f"/api/submissions/{case}/acknowledgements")
        await town.do("mai", f"/api/submissions/{case}/classifications", CLASSIFIED)
    town.pass_time(timedelta(days=3))
    await town.of("son", anew=True)
    await town.of("mai", anew=True)
    parts = [{"request": number, "text": "Đã kiểm tra (demo)."} for number in (1, 2)]
    await town.do("son", f"/api/submissions/{first[0]}/assignments", {"handler_id": str((await town.actor("mai")).id)})
    await town.do("mai", f"/api/feedback/{first[0]}/drafts", {"outcome": "explained", "parts": parts})
    await town.do("mai", f"/api/feedback/{first[0]}/release-requests")
    await town.do("son", f"/api/feedback/{first[0]}/releases")
    await town.settle()  # recorded before the clock moves on
    town.pass_time(timedelta(days=21))
    await town.submit(MONEY)
    await town.settle()


@pytest.mark.parametrize("path", ["", "?as_of=2026-08-26T08:00", "?from=2026-08-01&to=2026-08-25"])
async def test_each_figure_is_as_long_as_the_list_that_it_opens(still_town: Town, path: str) -> None:
    await told(still_town)
    for name in ("son", "mai", "nga"):
        who = await clerk(still_town, name)
        figures = FIGURE.findall(await who.read(f"/dashboard{path}"))
        assert len(figures) > 12
        for href, number in figures:
            counted = COUNTED.search(await who.read(unescape(href)))
            assert (int(counted[1]) if counted else 0) == int(number), (name, href, number)


async def test_figures_are_those_of_the_moment_and_of_what_one_may_see(still_town: Town) -> None:
    await told(still_town)
    son = await still_town.of("son", anew=True)
    now = (await son.get("/api/figures")).json()
    assert (now["received"], now["open"], now["overdue"], now["answered"]) == (6, 5, 4, 1)
    assert now["days_to_answer"] == {"median": 3, "ninetieth_percentile": 3}
    assert [age["open"] for age in now["ages"]] == [1, 0, 0, 4, 0]
    assert {one["category"]: one["received"] for one in now["categories"]} == {"none": 4, "over-collection": 2}
    then = (await son.get("/api/figures", params={"as_of": "2026-08-26T08:00:00+07:00"})).json()
    assert (then["received"], then["open"], then["overdue"], then["answered"]) == (5, 5, 0, 0)
    assert then["days_to_answer"] == {"median": None, "ninetieth_percentile": None}
    nga = (await (await still_town.of("nga", anew=True)).get("/api/figures")).json()
    assert (nga["received"], [one["area"]["name"] for one in nga["areas"]]) == (1, ["khu Suối Reo (demo)"])
    assert (await (await still_town.of("tung", anew=True)).get("/api/figures")).status_code == 403


async def test_periods_and_moments_at_the_ends_of_time_are_answered(still_town: Town) -> None:
    await told(still_town)
    son = await still_town.of("son", anew=True)
    for params in (
        {"from": "0001-01-01", "to": "9999-12-31"},
        {"from": "9999-12-31", "to": "0001-01-01"},
        {"as_of": "0001-01-02T00:00:00+00:00"},
        {"area": "00000000-0000-0000-0000-000000000000"},
    ):
        answer = await son.get("/api/figures", params=params)
        assert answer.status_code == 200, (params, answer.text)


async def test_channels_are_told_for_months_that_are_over_and_never_in_small_numbers(still_town: Town) -> None:
    town = still_town
    for channel, count in ((Channel.QR, 9), (Channel.HOTLINE, 6), (Channel.POST, 1)):
        for _ in range(count):
            if channel is Channel.QR:
                await town.submit(MONEY)
                continue
            received = town.world.clock.now() - timedelta(hours=1)
            paper = replace(MONEY, channel=channel, received_at=received, late_reason="Gọi đến")
            await town.world.feedback.submit(await town.actor("mai"), asked(), await town.place(SCHOOL), paper)
    await town.settle()
    van = await town.of("vinh")
    assert [month["counts"] for month in (await van.get("/api/figures")).json()["channels"]] == [{}] * 6
    town.pass_time(timedelta(days=10))
    answers = []
    for name in ("vinh", "son", "mai"):
        if name == "vinh":
            until = town.world.clock.now() + timedelta(hours=3)
            await town.world.people.state_audit_purpose(await town.actor(name), asked(), "Kiểm tra (demo)", until)
            await town.settle()
        client = await town.of(name, anew=True)
        paths = ("/api/figures", f"/api/figures?area={SCHOOL}")
        answers += [(await client.get(path)).json()["channels"] for path in paths]
    assert answers[0][0] == {"month": "2026-08", "counts": {"qr": 9}}  # six of the hotline would give the one away
    assert all(answer == answers[0] for answer in answers)
    page = text_of(await (await clerk(town, "son")).read("/dashboard"))
    assert "Mã QR" in page
    assert "Bưu chính" not in page


def test_no_count_below_five_can_be_told_even_by_whoever_knows_the_total() -> None:
    random = Random(4)
    for _ in range(3000):
        counts = {f"c{n}": random.choice((0, 0, 1, 2, 4, 5, 6, 30)) for n in range(random.randrange(1, 7))}
        told = told_apart(counts)
        assert all(told[word] == counts[word] >= SMALLEST for word in told)
        left_out = [n for word, n in counts.items() if word not in told and n]
        if left_out and told:
            assert len(left_out) > 1
            assert sum(left_out) >= SMALLEST


async def test_the_dashboard_is_in_the_menu_of_those_who_may_open_it(still_town: Town) -> None:
    for name, there in (("son", True), ("mai", True), ("vinh", True), ("kho", False), ("tung", False), ("hoa", False)):
        page = await (await clerk(still_town, name)).read("/sessions")
        assert ('href="/dashboard"' in page) is there, name


async def test_the_figures_are_downloaded_with_who_when_and_which(still_town: Town) -> None:
    await told(still_town)
    son = await clerk(still_town, "son")
    csv = (await son.client.get("/dashboard/export?as_of=2026-08-26T08:00")).text
    assert 'Người xuất,"Người son (demo)' in csv
    assert "Tại thời điểm,08:00 thứ Tư 26/08/2026" in csv
    assert "Đang mở,5" in csv
    assert "Theo lĩnh vực" in csv
