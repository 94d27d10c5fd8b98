"""The worker stands still for a week, comes back and is killed five times: each alert, notice and mail exactly once."""

from __future__ import annotations

import asyncio
import random
import signal
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.message import Message
from email.policy import default
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec
import pytest

from adapters.bootstrap import World, open_world
from adapters.clock import SetClock
from adapters.postgres.log import PostgresLog
from adapters.settings import Settings
from application.access import Actor
from application.alerts import alerts_id
from application.feedback_intake import Submission
from application.people import account_id_of, actor_of
from application.ports import Identity
from domain.alerts.events import TermAlertRaised, UrgentCaseReported, UrgentEscalated
from domain.alerts.stages import MOST_ESCALATIONS, reached, starts_behind
from domain.calendar import legal_date
from domain.feedback.events import FeedbackSubmitted
from domain.feedback.feedback import FEEDBACK
from domain.feedback.vocabulary import Outcome, Topic
from domain.notices.vocabulary import NoticeKind
from domain.people.account import ACCOUNT
from projections.notices import Notices, notices_of
from projections.term_watch import TermWatch
from tests.support.alert_worker import QUIET, started, worked
from tests.support.mail_server import mail_server
from tests.support.office import asked, command
from tests.support.postgres import FreshDatabase
from tests.support.running import rebuilt
from tests.support.world import CLASSIFIED, Town, open_town

MONDAY = datetime(2026, 3, 2, 2, tzinfo=UTC)
"""Monday 02/03/2026, 09:00 in Hà Nội."""
STOPPED = MONDAY + timedelta(days=3)
BACK = STOPPED + timedelta(days=8)
"""Friday 13/03/2026: a week and a day of which the worker knows nothing."""
SENTINEL = "LINHCANH"
SENDER = Identity(name=f"{SENTINEL}-TEN", phone="0987654321", email=f"{SENTINEL}@mau.vn", address=f"{SENTINEL}-NHA")
DANGER = Submission(text=f"{SENTINEL} bị nhốt trong kho của trường từ sáng.", danger=True, identity=SENDER)
SECRET = (SENTINEL, "0987654321", "mau.vn", "Thu tiền", "Bình Nguyên")
"""What the sender wrote and left, the title that an official gave, the school's name: none of a mail's business."""
PEOPLE = ("mai", "lan", "anh", "son")
KILLS = (
    "application.alerts:AlertDesk._once:after:1",  # the fact is there, nothing has marked it
    "application.alerts:AlertDesk._once:after:5",  # in the middle of catching up
    "adapters.postgres.reactions:ReactionRunner._move:before:3",  # it reacted, its place in the log does not say so
    "adapters.mail.outbox:PostgresOutbox.put:after:1",  # the mail lies in the outbox, nobody has sent it
    "adapters.mail.file_mailbox:FileMailbox._write:after:2",  # the mail is out, the outbox does not know
)


class Cases(msgspec.Struct, frozen=True):
    """What came before the worker stopped. Each is taken in and classified, but the urgent one."""

    waiting: UUID
    """Half, eighty, due and one day overdue fall into the standstill."""
    due: UUID
    """A day younger: due on the day on which the worker is back."""
    answered: UUID
    asked: UUID
    returned: UUID
    urgent: UUID


async def known(town: Town) -> UUID:
    what = Submission(text=f"Chuyện thu tiền của {SENTINEL} ở lớp.", topic=Topic.MONEY, identity=SENDER)
    sent = await town.submit(what)
    await town.do("mai", f"/api/submissions/{sent.case_id}/acknowledgements")
    await town.do("mai", f"/api/submissions/{sent.case_id}/classifications", CLASSIFIED)
    return sent.case_id


async def population(town: Town) -> Cases:
    """Until Thursday morning, with the worker at work."""
    for username in PEOPLE:
        address = {"address": f"{username}@coquan-demo.vn"}
        answer = await (await town.of(username)).post("/api/notice-wishes/addresses", json=address, headers=command(0))
        assert answer.status_code == 201, answer.text
    waiting, answered, returned = [await known(town) for _ in range(3)]
    question = await known(town)
    await town.do("mai", f"/api/feedback/{question}/questions", {"question": f"{SENTINEL}?"})
    await round_of(town)
    town.pass_time(timedelta(days=1))
    await town.of("mai", anew=True)
    due = await known(town)
    town.pass_time(timedelta(days=2, minutes=-30))
    urgent = await town.submit(
        Submission(text=f"{SENTINEL} bị nhốt trong kho của trường từ sáng.", danger=True, identity=SENDER)
    )
    town.pass_time(timedelta(minutes=30))
    await round_of(town)
    return Cases(waiting, due, answered, question, returned, urgent.case_id)


async def round_of(town: Town) -> None:
    for _ in range(2):
        await town.settle()
        await town.world.alerting.once()


@asynccontextmanager
async def pages_alone(database: FreshDatabase, folder: Path, now: datetime) -> AsyncIterator[World]:
    """A server without a worker: what it appends waits."""
    async with open_world(Settings(data_dir=folder), database.database, clock=SetClock(now)) as world:
        yield world


async def actor(world: World, username: str) -> Actor:
    seen = await world.store.load(ACCOUNT, account_id_of(username))
    assert seen is not None
    found = actor_of(account_id_of(username), seen.state, world.clock.now())
    assert found is not None
    return found


async def meanwhile(world: World, cases: Cases) -> None:
    """What people do while no worker runs."""
    mai, son, desk = await actor(world, "mai"), await actor(world, "son"), world.feedback
    parts = {1: "Đã trả lại tiền (demo).", 2: "Đã trả lại tiền (demo)."}
    for case_id in (cases.answered, cases.returned):
        await desk.draft(mai, asked(), case_id, Outcome.RESOLVED, parts)
        await desk.submit_for_release(mai, asked(), case_id)
    await desk.release(son, asked(), cases.answered)
    await desk.return_answer(son, asked(), cases.returned, f"{SENTINEL}: viết rõ hơn")
    case = await world.store.load(FEEDBACK, cases.asked)
    assert case is not None
    assert case.state.subject_id is not None
    citizen = Actor(kind="citizen", id=case.state.subject_id)
    await desk.reply(citizen, asked(), cases.asked, question=1, text=f"Trả lời của {SENTINEL}")


def alerts(facts: list[Any], case_id: UUID) -> list[tuple[str, str, int]]:
    found = [fact for fact in facts if isinstance(fact, TermAlertRaised) and fact.case_id == case_id]
    return sorted((fact.purpose, fact.stage.value, fact.overdue_days) for fact in found)


async def check_facts(database: FreshDatabase, cases: Cases) -> None:
    """Each alert once, by what the terms of each case say."""
    log = PostgresLog(await database.pool())
    of_cases = [cases.waiting, cases.due, cases.answered, cases.asked, cases.returned, cases.urgent]
    facts = [one.fact for one in await log.of_streams([alerts_id(case_id) for case_id in of_cases])]
    whole = [("reply", "due", 0), ("reply", "eighty", 0), ("reply", "half", 0), ("reply", "overdue", 1)]
    for case_id in (cases.waiting, cases.asked, cases.returned):
        assert alerts(facts, case_id) == whole
    assert alerts(facts, cases.due) == whole[:3]
    assert alerts(facts, cases.answered) == [], "what was answered meanwhile raises nothing any more"
    opened = (await log.of_streams([cases.urgent]))[0].fact
    assert isinstance(opened, FeedbackSubmitted)
    expected = [
        (term.purpose, one.stage.value, one.overdue_days)
        for term in opened.terms
        if term.purpose in ("acknowledge", "triage", "reply")
        for one in reached(term, starts_behind(term, legal_date(STOPPED)), legal_date(BACK))
    ]
    assert len(expected) > 5
    assert alerts(facts, cases.urgent) == sorted(expected)
    assert sum(isinstance(fact, UrgentCaseReported) for fact in facts) == 1
    numbers = [fact.number for fact in facts if isinstance(fact, UrgentEscalated)]
    assert numbers == list(range(1, MOST_ESCALATIONS + 1))


async def check_notices(world: World, cases: Cases) -> None:
    """A series that was caught up is one notice: the newest."""
    found = {name: await notices_of(world.db, account_id_of(name)) for name in PEOPLE}
    for told in found.values():
        assert set(Counter((case_id, notice.sort) for case_id, notice in told).values()) == {1}
    mine = {(case_id, notice.kind, notice.number) for case_id, notice in found["mai"]}
    assert mine >= {
        (cases.waiting, NoticeKind.OVERDUE, 1),
        (cases.due, NoticeKind.DUE, 0),
        (cases.asked, NoticeKind.REPLIED, 0),
        (cases.returned, NoticeKind.RETURNED, 0),
        (cases.urgent, NoticeKind.URGENT, 0),
    }
    assert (cases.urgent, NoticeKind.ESCALATED, MOST_ESCALATIONS) in {
        (case_id, notice.kind, notice.number) for case_id, notice in found["son"]
    }


def letters(folder: Path) -> list[Message]:
    """Those that lie in the file mailbox."""
    return [message_from_bytes(path.read_bytes(), policy=default) for path in sorted((folder / "mail").glob("*.eml"))]


async def check_mails(world: World, folder: Path, cases: Cases) -> None:
    """Each once and each sent; those of the days without a worker are not made up for."""
    rows = await world.pool.fetch("select id, account_id, kind, case_id, outcome, put_at from outbox")
    names = {account_id_of(name): name for name in PEOPLE}
    of = Counter((names[row["account_id"]], row["kind"], row["case_id"]) for row in rows if row["case_id"])
    assert of == {
        **{(name, "urgent", cases.urgent): 1 for name in ("mai", "lan", "anh")},
        ("son", "escalated", cases.urgent): 1,
        ("mai", "replied", cases.asked): 1,
        ("mai", "returned", cases.returned): 1,
        ("mai", "due", cases.due): 1,
    }
    digests = Counter((names[row["account_id"]], legal_date(row["put_at"])) for row in rows if not row["case_id"])
    days = [date(2026, 3, 2), date(2026, 3, 5), date(2026, 3, 13)]
    assert {name: sorted(day for (who, day) in digests if who == name) for name in PEOPLE} == dict.fromkeys(
        PEOPLE, days
    )
    assert set(digests.values()) == {1}, "one digest after a week's stop"
    assert {row["outcome"] for row in rows} <= {"sent", "dropped"}
    sent = [row for row in rows if row["outcome"] == "sent"]
    assert {row["kind"] for row in rows if row["outcome"] == "dropped"} <= {"digest"}, "only an empty digest is dropped"
    found = letters(folder)
    assert len(found) == len(sent) == len({letter["Message-ID"] for letter in found})


def check_nothing_personal(folder: Path) -> None:
    """Neither as it lies there nor as it is read."""
    files = list((folder / "mail").iterdir())
    assert files
    for path, letter in zip(sorted(files), letters(folder), strict=True):
        for shown in (path.read_text("utf-8"), f"{letter.as_string()}\n{letter['subject']}\n{letter.get_content()}"):  # type: ignore[attr-defined]
            assert not [word for word in SECRET if word.lower() in shown.lower()]


async def stopped_for_a_week(database: FreshDatabase, folder: Path) -> Cases:
    async with open_town(database, folder, now=MONDAY) as town:
        cases = await population(town)
    async with pages_alone(database, folder, BACK - timedelta(days=2)) as world:
        await meanwhile(world, cases)
    return cases


async def check_everything(database: FreshDatabase, folder: Path, cases: Cases) -> None:
    async with pages_alone(database, folder, BACK) as world:
        await check_facts(database, cases)
        await check_notices(world, cases)
        await check_mails(world, folder, cases)
    check_nothing_personal(folder)
    for result in await rebuilt(database, [TermWatch(), Notices()]):
        assert result.equal, result.name


async def test_a_week_and_five_kills_at_the_worst_points_and_each_alert_exactly_once(
    database: FreshDatabase, tmp_path: Path
) -> None:
    cases = await stopped_for_a_week(database, tmp_path)
    for point in KILLS:
        assert await worked(database, tmp_path, BACK, point) == -9, point
    assert await worked(database, tmp_path, BACK) == 0
    await check_everything(database, tmp_path, cases)
    assert await worked(database, tmp_path, BACK + timedelta(minutes=10)) == 0
    await check_everything(database, tmp_path, cases)


async def test_a_week_and_five_kills_at_any_moment_and_two_workers_at_once(
    database: FreshDatabase, tmp_path: Path
) -> None:
    cases, luck = await stopped_for_a_week(database, tmp_path), random.Random(5)
    facts = PostgresLog(await database.pool())
    for _ in range(5):
        process = await started(database, tmp_path, BACK)
        wanted = (await facts.head()).log_index + luck.randrange(1, 4)
        async with asyncio.timeout(60):
            # Until it has told a little more, then at once.
            while (await facts.head()).log_index < wanted:  # noqa: ASYNC110 - another process adds to it
                await asyncio.sleep(0.002)
        process.kill()
        out, _ = await process.communicate()
        assert await process.wait() == -signal.SIGKILL
        assert QUIET not in out
    both = await asyncio.gather(worked(database, tmp_path, BACK), worked(database, tmp_path, BACK))
    assert set(both) == {0}
    await check_everything(database, tmp_path, cases)


async def test_the_digest_comes_on_working_mornings_only(database: FreshDatabase, tmp_path: Path) -> None:
    first = datetime(2026, 4, 24, 1, tzinfo=UTC)
    """Friday 24/04/2026, 08:00. Monday 27/04 is off for the Hùng kings, 30/04 and 01/05 are holidays."""
    async with open_town(database, tmp_path, now=first) as town:
        answer = await (await town.of("mai")).post(
            "/api/notice-wishes/addresses", json={"address": "mai@coquan-demo.vn"}, headers=command(0)
        )
        assert answer.status_code == 201
        await town.submit(Submission(text="Nhà trường thu tiền máy chiếu (demo).", topic=Topic.MONEY))
        for _ in range(12):
            await round_of(town)
            town.pass_time(timedelta(days=1))
        digests = [letter for letter in letters(tmp_path) if "sáng nay" in letter["subject"]]
        days = sorted(legal_date(datetime.strptime(letter["Date"], "%a, %d %b %Y %H:%M:%S %z")) for letter in digests)
    assert days == [date(2026, 4, day) for day in (24, 28, 29)] + [date(2026, 5, day) for day in (4, 5)]


async def test_the_outbox_tries_again_after_a_mail_server_refused_and_sends_once(
    database: FreshDatabase, tmp_path: Path
) -> None:
    async with mail_server("451 later", "421 not now") as server:
        settings = {"HOSO_SMTP_URL": f"smtp://127.0.0.1:{server.port}", "HOSO_MAIL_FROM": "hoso@coquan-demo.vn"}
        async with open_town(database, tmp_path, now=MONDAY, environ=settings) as town:
            answer = await (await town.of("lan")).post(
                "/api/notice-wishes/addresses", json={"address": "lan@coquan-demo.vn"}, headers=command(0)
            )
            assert answer.status_code == 201
            await town.submit(
                Submission(text=f"{SENTINEL} bị nhốt trong kho của trường từ sáng.", danger=True, identity=SENDER)
            )
            await round_of(town)
            assert server.taken == []
            waiting = await town.world.pool.fetch("select attempts, last_error from outbox where done_at is null")
            assert {row["attempts"] for row in waiting} == {1}
            for _ in range(3):
                town.pass_time(timedelta(minutes=2))
                await round_of(town)
            rows = await town.world.pool.fetch("select outcome, attempts, kind from outbox order by kind")
            assert [(row["kind"], row["outcome"]) for row in rows] == [("digest", "sent"), ("urgent", "sent")]
    assert server.refused == 2
    assert len(server.taken) == 2
    assert len({letter["Message-ID"] for letter in server.taken}) == 2
    for letter in server.taken:
        assert letter["To"] == "lan@coquan-demo.vn"
        assert not [word for word in SECRET if word in f"{letter['subject']}\n{letter.get_content()}"]  # type: ignore[attr-defined]
    assert not (tmp_path / "mail").exists()


@pytest.mark.parametrize("hours", [0.5, 3.5, 200])
async def test_escalations_that_were_missed_are_each_a_fact_and_one_mail(
    database: FreshDatabase, tmp_path: Path, hours: float
) -> None:
    async with open_town(database, tmp_path, now=MONDAY) as town:
        answer = await (await town.of("son")).post(
            "/api/notice-wishes/addresses", json={"address": "son@coquan-demo.vn"}, headers=command(0)
        )
        assert answer.status_code == 201
        sent = await town.submit(Submission(text="Cháu bị nhốt trong kho của trường (demo).", danger=True))
        await round_of(town)
        town.pass_time(timedelta(hours=hours, seconds=1))
        await round_of(town)
        facts = [one.fact for one in await town.world.log.of_streams([alerts_id(sent.case_id)])]
        numbers = [fact.number for fact in facts if isinstance(fact, UrgentEscalated)]
        assert numbers == list(range(1, min(int(hours), MOST_ESCALATIONS) + 1))
        mails = await town.world.pool.fetchval("select count(*) from outbox where kind = 'escalated'")
        assert mails == min(1, len(numbers))
