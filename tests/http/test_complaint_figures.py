"""Figures of complaints as people read them: counted by hand, as of a moment, within today's right, on paper too."""

from __future__ import annotations

import zipfile
from collections.abc import AsyncIterator
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from tests.support.complaining import HEAD, INTAKE, PRINCIPAL, RECEIVED, REGISTRY, Complaining, document, moment
from tests.support.postgres import FreshDatabase
from tests.support.staff import clerk, text_of
from tests.support.world import SCHOOL, open_town

MARCH = {"period": "month", "first": "2026-03-15"}


@pytest.fixture
async def story(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Complaining]:
    async with open_town(database, tmp_path, now=moment(RECEIVED, 8)) as town:
        yield Complaining(town)


async def figures(story: Complaining, who: str = PRINCIPAL, **query: str) -> dict[str, Any]:
    await story.town.settle()
    answer = await (await story.of(who)).get("/api/complaint-figures", params=query)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


async def refused_one(story: Complaining) -> None:
    """Another petition, handed over at the school itself and not accepted for want of a signature."""
    await story.receive(PRINCIPAL)
    await story.act(PRINCIPAL, "examinations", {"found": ["no-own-right"], "findings": "Không có quyền lợi (demo)."})
    notice = {"ground": "no-own-right", "reason": "Không liên quan (demo)", "notice": document("TB-KTL", RECEIVED)}
    await story.act(PRINCIPAL, "refusals", notice)


async def test_a_month_counted_by_hand(story: Complaining) -> None:
    await refused_one(story)
    await story.up_to_acceptance()
    found = await figures(story, **MARCH)
    assert found["period"] == {"first": "2026-03-01", "last": "2026-03-31"}
    assert found["received"]["total"] == 2
    assert found["received"]["by_level"] == {"first": 2}
    assert found["received"]["by_target"] == {"administrative-act": 2}
    assert [(one["unit"]["id"], one["received"]) for one in found["received"]["by_unit"]] == [(str(SCHOOL), 2)]
    assert found["refused"] == {"total": 1, "by_ground": {"no-own-right": 1}}
    assert (found["accepted"], found["open"], found["overdue"], found["decided"]["total"]) == (1, 1, 0, 0)
    (skipping,) = found["level_skipping"]
    assert (skipping["received"], skipping["at_authority_first"]) == (2, 1)
    accept = next(one for one in found["on_time"] if one["duty"] == "accept")
    assert accept == {"duty": "accept", "done": 1, "in_time_happened": 1, "in_time_recorded": 1}


async def test_what_is_late_by_one_clock_only_is_told_by_both(story: Complaining) -> None:
    """Accepted on the 18th by the paper, recorded on the 25th; it was to be accepted by the 20th."""
    await story.receive()
    await story.act(INTAKE, "forwardings", {"forwarded_on": "2026-03-10", "slip": document("PC-UBND", RECEIVED)})
    await story.act(PRINCIPAL, "resolver-receipts", {"received_on": "2026-03-10"})
    await story.act(PRINCIPAL, "examinations", {"findings": "Đủ điều kiện thụ lý (demo)."})
    story.on(date(2026, 3, 24))
    assert (await figures(story, **MARCH))["overdue"] == 1
    before = moment(date(2026, 3, 24), 10).isoformat()
    story.on(date(2026, 3, 25))
    notice = {
        "accepted_on": "2026-03-18",
        "notice": document("TB-TH", date(2026, 3, 18)),
        "late_reason": "Mất điện (demo)",
    }
    await story.act(PRINCIPAL, "acceptances", notice)
    found = await figures(story, **MARCH)
    accept = next(one for one in found["on_time"] if one["duty"] == "accept")
    assert accept == {"duty": "accept", "done": 1, "in_time_happened": 1, "in_time_recorded": 0}
    assert found["overdue"] == 0
    then = await figures(story, **MARCH, as_of=before)
    assert (then["accepted"], then["overdue"], then["open"]) == (0, 1, 1), "as it was known then"
    nothing = await figures(story, period="days", first="2026-01-01", last="2026-02-28")
    assert (nothing["received"]["total"], nothing["accepted"], nothing["open"]) == (0, 0, 0)


async def test_everybody_counts_only_what_may_be_seen(story: Complaining) -> None:
    await refused_one(story)
    assert (await figures(story, PRINCIPAL, **MARCH))["received"]["total"] == 1
    assert (await figures(story, REGISTRY, **MARCH))["received"]["total"] == 0
    assert (await figures(story, HEAD, **MARCH))["received"]["total"] == 0, "a first complaint is the school's"
    assert (await (await story.of("tung")).get("/api/complaint-figures")).status_code == 403
    assert (await (await story.of("tung")).get("/complaints/figures")).status_code == 403


async def test_the_page_shows_each_figure_as_picture_and_table_and_exports_it(story: Complaining) -> None:
    await story.up_to_acceptance()
    await story.town.settle()
    principal = await clerk(story.town, PRINCIPAL)
    register = await principal.read("/complaints")
    assert 'href="/complaints/figures"' in register
    shown = await principal.read("/complaints/figures?period=quarter&first=2026-03-01")
    assert shown.count("data-chart=") >= 5
    assert "01/01/2026" in text_of(shown)
    assert "31/03/2026" in text_of(shown)
    csv = await principal.client.get("/complaints/figures/export?period=quarter&first=2026-03-01&format=csv")
    assert csv.status_code == 200
    assert "Thụ lý,1,1,1" in csv.text
    xlsx = await principal.client.get("/complaints/figures/export?period=quarter&first=2026-03-01&format=xlsx")
    assert xlsx.status_code == 200
    names = zipfile.ZipFile(BytesIO(xlsx.content)).namelist()
    assert len([name for name in names if name.startswith("xl/charts/chart")]) >= 5, "native charts"


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ({"period": "month", "first": "2026-02-10"}, "2026-02-01", "2026-02-28"),
        ({"period": "quarter", "first": "2026-05-31"}, "2026-04-01", "2026-06-30"),
        ({"period": "half-year", "first": "2026-12-31"}, "2026-07-01", "2026-12-31"),
        ({"period": "year", "first": "2024-02-29"}, "2024-01-01", "2024-12-31"),
        ({"period": "days", "first": "2026-03-05", "last": "2026-03-01"}, "2026-03-01", "2026-03-05"),
    ],
)
async def test_periods(story: Complaining, query: dict[str, str], first: str, last: str) -> None:
    assert (await figures(story, **query))["period"] == {"first": first, "last": last}
