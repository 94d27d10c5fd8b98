"""The duties of a complaint as people are told of them: who, when, what the notice says and where it leads."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from application.alerts import alerts_id
from application.people import account_id_of
from domain.alerts.events import TermAlertRaised
from domain.law.calendar_facts.commands import ProclaimDayOff
from tests.support.complaining import (
    HEAD,
    INTAKE,
    PRINCIPAL,
    RECEIVED,
    REGISTRY,
    VERIFIER,
    Complaining,
    document,
    moment,
)
from tests.support.office import asked, command
from tests.support.postgres import FreshDatabase
from tests.support.staff import clerk, text_of
from tests.support.world import PROVINCE, open_town


@pytest.fixture
async def story(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Complaining]:
    async with open_town(database, tmp_path, now=moment(RECEIVED, 8)) as town:
        yield Complaining(town)


async def passed(story: Complaining, day: date) -> None:
    """That morning comes and the worker makes its rounds: alerts, then the mails of what they told."""
    story.on(day)
    for _ in range(2):
        await story.town.settle()
        await story.town.world.alerting.once()
    await story.town.settle()


async def notices(story: Complaining, who: str) -> list[dict[str, Any]]:
    answer = await (await story.of(who)).get("/api/notices")
    assert answer.status_code == 200, answer.text
    items: list[dict[str, Any]] = answer.json()["items"]
    return items


async def told(story: Complaining, who: str) -> list[tuple[str, str, int]]:
    """What somebody's list says."""
    return [(item["kind"], item["purpose"], item["number"]) for item in await notices(story, who)]


async def raised(story: Complaining) -> list[tuple[str, str, int, date]]:
    facts = await story.town.world.log.of_streams((alerts_id(story.case),))
    found = [item.fact for item in facts if isinstance(item.fact, TermAlertRaised)]
    return [(fact.purpose, fact.stage.value, fact.overdue_days, fact.reached_on) for fact in found]


async def at_the_school(story: Complaining) -> None:
    """Received at the ward, forwarded, taken in at the school; to be accepted by 20/03/2026."""
    story.on(RECEIVED)
    await story.receive()
    await story.act(INTAKE, "forwardings", {"forwarded_on": "2026-03-10", "slip": document("PC-UBND", RECEIVED)})
    await story.act(PRINCIPAL, "resolver-receipts", {"received_on": "2026-03-10"})


async def test_acceptance_is_told_at_50_80_and_100_percent_and_daily_after(story: Complaining) -> None:
    await at_the_school(story)
    await passed(story, date(2026, 3, 14))
    assert await told(story, PRINCIPAL) == []
    await passed(story, date(2026, 3, 15))
    assert await told(story, PRINCIPAL) == [("half", "accept", 0)]
    assert await told(story, HEAD) == await told(story, VERIFIER) == await told(story, REGISTRY) == []
    for day in (18, 20, 21, 22):
        await passed(story, date(2026, 3, day))
    assert await told(story, PRINCIPAL) == [("overdue", "accept", 2)], "one notice of a term: the newest"
    whole = [("half", 0, 15), ("eighty", 0, 18), ("due", 0, 20), ("overdue", 1, 21), ("overdue", 2, 22)]
    expected = [("accept", stage, days, date(2026, 3, day)) for stage, days, day in whole]
    assert await raised(story) == expected
    await passed(story, date(2026, 3, 22))
    assert await raised(story) == expected, "a second round tells nothing"
    notice = {"accepted_on": "2026-03-22", "notice": document("TB-TH", date(2026, 3, 22))}
    await story.act(PRINCIPAL, "examinations", {"findings": "Đủ điều kiện thụ lý (demo)."})
    await story.act(PRINCIPAL, "acceptances", notice)
    await passed(story, date(2026, 3, 23))
    assert await told(story, PRINCIPAL) == [], "what was done is no news"


async def test_a_notice_leads_to_the_complaint_and_names_only_number_and_duty(story: Complaining) -> None:
    await at_the_school(story)
    await passed(story, date(2026, 3, 15))
    number = (await story.read())["number"]
    page = await (await clerk(story.town, PRINCIPAL)).read("/notices")
    assert f'href="/complaints/{story.case}"' in page
    line = page.split('<li class="app-panel">')[1].split("</li>")[0]
    assert number in line
    assert "thụ lý: đã qua 50 % thời gian" in text_of(line)
    for secret in ("Hùng", "Bình Nguyên", "chuyển đến"):
        assert secret not in line
    menu = page.split("</nav>")[0]
    assert 'href="/notices"' in menu
    mark = await (await story.of(PRINCIPAL)).post(
        "/api/notices/reads", json={"ids": [(await notices(story, PRINCIPAL))[0]["id"]]}, headers=command()
    )
    assert mark.json() == {"marked": 1}


async def test_the_page_of_the_complaint_says_what_was_told_to_whom(story: Complaining) -> None:
    await at_the_school(story)
    principal = await clerk(story.town, PRINCIPAL)
    assert 'id="alerts"' not in await principal.read(f"/complaints/{story.case}")
    await passed(story, date(2026, 3, 15))
    principal = await clerk(story.town, PRINCIPAL)
    page = await principal.read(f"/complaints/{story.case}")
    told_part = text_of(page.split('id="alerts"')[1].split("</ul>")[0])
    assert "đã qua 50 % thời gian" in told_part
    assert "binh" in told_part.lower() or "Bình" in told_part
    then = await principal.read(f"/complaints/{story.case}?as_of=2026-03-12T10:00")
    assert 'id="alerts"' not in then, "by then nothing had been told"


async def test_verifiers_are_told_while_they_verify_and_the_holder_of_the_decision_to_be_sent(
    story: Complaining,
) -> None:
    await story.up_to_acceptance()
    await story.act(PRINCIPAL, "verifications", {"verifier_ids": [str(account_id_of(VERIFIER))]})
    await passed(story, date(2026, 4, 2))
    assert await told(story, VERIFIER) == await told(story, PRINCIPAL) == [("half", "resolve", 0)]
    assert await told(story, INTAKE) == await told(story, HEAD) == []


async def test_who_is_involved_is_told_nothing_and_sees_no_earlier_notice(story: Complaining) -> None:
    await story.up_to_acceptance()
    await story.act(PRINCIPAL, "verifications", {"verifier_ids": [str(account_id_of(VERIFIER))]})
    await passed(story, date(2026, 4, 2))
    reason = "Là người thân của người bị khiếu nại (demo)"
    body = {"official_id": str(account_id_of(VERIFIER)), "reason": reason}
    await story.act(PRINCIPAL, "involvements", body)
    await passed(story, date(2026, 4, 17))
    assert await told(story, VERIFIER) == []
    assert await told(story, PRINCIPAL) == [("due", "resolve", 0)]
    facts = [item.fact for item in await story.town.world.log.of_streams((alerts_id(story.case),))]
    later = [fact for fact in facts if isinstance(fact, TermAlertRaised) and fact.stage.value != "half"]
    assert later
    assert not [fact for fact in later if account_id_of(VERIFIER) in fact.told]


async def test_sending_is_told_until_the_decision_went_out(story: Complaining) -> None:
    await story.up_to_decision()
    due = date.fromisoformat(await story.due("send"))
    await passed(story, due)
    assert ("due", "send", 0) in await told(story, PRINCIPAL)
    assert ("due", "send", 0) in await told(story, VERIFIER), "who prepares it keeps the registry of a school"
    assert not [kind for kind in await told(story, PRINCIPAL) if kind[1] == "resolve"], "it was decided"
    await story.act(VERIFIER, "sendings", {"sent_on": due.isoformat(), "way": "by-hand"})
    await story.town.settle()
    assert [kind for kind in await told(story, PRINCIPAL) if kind[1] == "send"] == []


async def test_what_is_due_today_is_a_mail_with_a_number_and_a_link(story: Complaining) -> None:
    body, headers = {"address": "binh@coquan-demo.vn"}, command(0)
    answer = await (await story.of(PRINCIPAL)).post("/api/notice-wishes/addresses", json=body, headers=headers)
    assert answer.status_code == 201, answer.text
    await at_the_school(story)
    await passed(story, date(2026, 3, 20))
    folder = story.town.world.settings.data_dir / "mail"
    found = [message_from_bytes(path.read_bytes(), policy=default) for path in sorted(folder.glob("*.eml"))]
    texts = [f"{mail['subject']}\n{mail.get_content()}" for mail in found]
    of_case = [text for text in texts if f"/complaints/{story.case}" in text]
    assert len(of_case) == 1
    assert (await story.read())["number"] in of_case[0]
    for secret in ("Hùng", "Bình Nguyên", "chuyển đến"):
        assert secret not in of_case[0]


async def test_a_day_off_moves_the_alerts_of_a_complaint_that_runs(story: Complaining) -> None:
    """The last day of acceptance falls on a day off, so that the day moves to the next working day."""
    await at_the_school(story)
    await passed(story, date(2026, 3, 18))
    world = story.town.world
    keeper = await story.town.actor("tinh")
    storm = ProclaimDayOff(
        by=keeper.id,
        at=world.clock.now(),
        day=date(2026, 3, 20),
        name="Nghỉ bão (demo)",
        document="01/CĐ",
        scope=PROVINCE,
    )
    preview = await world.calendar.preview(keeper, storm)
    assert [(move.case_id, move.purpose, move.new) for move in preview.moves] == [
        (story.case, "accept", date(2026, 3, 23))
    ]
    await world.calendar.apply(keeper, asked(), storm, preview.digest)
    await story.town.settle()
    for day in (20, 21, 22, 23, 24):
        await passed(story, date(2026, 3, day))
    late = [alert for alert in await raised(story) if alert[1] in ("due", "overdue")]
    assert late == [("accept", "due", 0, date(2026, 3, 23)), ("accept", "overdue", 1, date(2026, 3, 24))]
