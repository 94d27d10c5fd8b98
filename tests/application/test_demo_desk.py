"""One officer's desk in the demo, counted by the tabs of her own worklist, whatever the day of the first start is."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest

from adapters.demo import days
from adapters.demo.desk import OFFICER
from adapters.http.web.staff.worklist import WAITING, parts
from application.people import account_id_of, actor_of
from domain.calendar import legal_date
from domain.people.account import ACCOUNT
from tests.support.demo_store import OpenStore, open_store
from tests.support.postgres import FreshDatabase

MONDAY = days.moment(date(2026, 12, 7), 8)
BEFORE_TET = days.moment(date(2027, 2, 3), 15)
"""Wednesday; offices open again on 11/02."""
SUNDAY = days.moment(date(2026, 11, 22), 11)


async def tabs_of(store: OpenStore, username: str) -> dict[str, int]:
    """What the worklist of this person shows above its tabs."""
    await store.world.settle()
    now, account_id = store.clock.now(), account_id_of(username)
    account = await store.demo.execute.load(ACCOUNT, account_id)
    assert account is not None
    actor = actor_of(account_id, account.state, now)
    assert actor is not None
    calendar = (await store.world.law.at(actor.authority_id, now)).calendar
    tabs = parts(actor, legal_date(now), calendar)
    counts = await store.world.cases.counts(actor, [part.filters for part in tabs], None)
    return dict(zip([part.key for part in tabs], counts, strict=True))


@pytest.mark.parametrize(
    ("now", "today", "soon"),
    [(MONDAY, 3, 7), (BEFORE_TET, 3, 7), (SUNDAY, 0, 10)],
    ids=["monday", "before-tet", "sunday"],
)
async def test_one_officer_has_forty_open_cases(
    now: datetime, today: int, soon: int, database: FreshDatabase, tmp_path: Path
) -> None:
    """On a day off nothing can be due: what would be is due on the next days that offices work."""
    async with open_store(database, tmp_path) as store:
        await store.load(now)
        tabs = await tabs_of(store, OFFICER)
        assert tabs["all"] == 40
        assert (tabs["late"], tabs["today"], tabs["soon"]) == (5, today, soon)
        assert (tabs["sender"], tabs["unit"], tabs["release"]) == (6, 5, 4)
        assert tabs["new"] == 5
        assert tabs["screening"] >= 1
        assert sum(tabs[key] for key in WAITING) == tabs["all"], "each case waits for somebody, and only once"
