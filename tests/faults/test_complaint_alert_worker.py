"""The worker stands still for twelve days while complaints run, and is killed: each alert and notice exactly once."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from adapters.bootstrap import World
from adapters.postgres.log import PostgresLog
from application.alerts import alerts_id
from application.people import account_id_of
from domain.alerts.events import TermAlertRaised
from domain.notices.vocabulary import NoticeKind
from projections.complaint_watch import ComplaintWatch
from projections.notices import Notices, notices_of
from tests.faults.test_alert_worker import pages_alone
from tests.support.alert_worker import worked
from tests.support.complaining import INTAKE, PRINCIPAL, RECEIVED, Complaining, document, moment
from tests.support.postgres import FreshDatabase
from tests.support.running import rebuilt
from tests.support.world import open_town

BACK = moment(date(2026, 3, 22))
"""Both were to be accepted by 20/03/2026; the second was, on 12/03."""
KILLS = (
    "application.alerts:AlertDesk._once:after:1",  # the fact is there, nothing has marked it
    "application.alerts:AlertDesk._once:after:3",  # in the middle of catching up
    "adapters.postgres.reactions:ReactionRunner._move:before:1",  # it reacted, its place in the log does not say so
)


async def stopped(database: FreshDatabase, folder: Path) -> tuple[UUID, UUID]:
    """One that waits for acceptance, one that was accepted while its half was still ahead of the worker."""
    async with open_town(database, folder, now=moment(RECEIVED, 8)) as town:
        story, cases = Complaining(town), []
        for _ in range(2):
            cases.append(await story.receive())
            slip = {"forwarded_on": "2026-03-10", "slip": document("PC-UBND", RECEIVED)}
            await story.act(INTAKE, "forwardings", slip)
            await story.act(PRINCIPAL, "resolver-receipts", {"received_on": "2026-03-10"})
        story.on(date(2026, 3, 12))
        await story.act(PRINCIPAL, "examinations", {"findings": "Đủ điều kiện thụ lý (demo)."})
        notice = {"accepted_on": "2026-03-12", "notice": document("TB-TH", date(2026, 3, 12))}
        await story.act(PRINCIPAL, "acceptances", notice)
        await town.settle()
    return cases[0], cases[1]


async def check(database: FreshDatabase, world: World, waiting: UUID, accepted: UUID) -> None:
    log = PostgresLog(await database.pool())
    found = {case: [one.fact for one in await log.of_streams([alerts_id(case)])] for case in (waiting, accepted)}
    alerts = [fact for fact in found[waiting] if isinstance(fact, TermAlertRaised)]
    assert [(fact.purpose, fact.stage.value, fact.overdue_days, fact.reached_on.day) for fact in alerts] == [
        ("accept", "half", 0, 15),
        ("accept", "eighty", 0, 18),
        ("accept", "due", 0, 20),
        ("accept", "overdue", 1, 21),
        ("accept", "overdue", 2, 22),
    ]
    assert found[accepted] == [], "its own term to resolve has not run for half of its days"
    told = [(case, one) for case, one in await notices_of(world.db, account_id_of(PRINCIPAL)) if case == waiting]
    assert [(one.kind, one.number) for _, one in told] == [(NoticeKind.OVERDUE, 2)]
    assert set(Counter((fact.purpose, fact.stage, fact.overdue_days) for fact in alerts).values()) == {1}


async def test_twelve_days_and_kills_at_the_worst_points_and_each_alert_exactly_once(
    database: FreshDatabase, tmp_path: Path
) -> None:
    waiting, accepted = await stopped(database, tmp_path)
    for point in KILLS:
        assert await worked(database, tmp_path, BACK, point) == -9, point
    for later in (timedelta(), timedelta(minutes=10)):
        assert await worked(database, tmp_path, BACK + later) == 0
        async with pages_alone(database, tmp_path, BACK) as world:
            await check(database, world, waiting, accepted)
    for result in await rebuilt(database, [ComplaintWatch(), Notices()]):
        assert result.equal, result.name
