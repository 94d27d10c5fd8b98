"""Urgent cases and alerts as people meet them: notices, escalation, mails, the duty list."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import Message
from email.policy import default
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from application.alerts import alerts_id
from application.feedback_intake import Submission
from application.people import account_id_of
from application.ports import Identity
from domain.feedback.vocabulary import Topic
from tests.support.office import asked, command
from tests.support.postgres import FreshDatabase
from tests.support.staff import clerk, text_of
from tests.support.world import CLASSIFIED, Town, open_town

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
"""Monday 02/03/2026, 09:00 in Hà Nội."""
SENTINEL = "LINHCANH"
STORY = f"Cháu {SENTINEL}-NOIDUNG bị nhốt trong kho của trường từ sáng."
DANGER = Submission(
    text=STORY,
    danger=True,
    identity=Identity(
        name=f"{SENTINEL}-TEN", phone="0987654321", email=f"{SENTINEL}@mau.vn", address=f"{SENTINEL}-NHA"
    ),
)


@pytest.fixture
async def still(database: FreshDatabase, tmp_path: Path) -> AsyncIterator[Town]:
    """A town whose clock is moved by hand."""
    async with open_town(database, tmp_path, now=NOW) as town:
        yield town


async def pass_time(town: Town, by: timedelta) -> None:
    """The clock moves, the worker makes a round, and another for the mails of what the first one told."""
    town.pass_time(by)
    for _ in range(2):
        await town.world.alerting.once()
        await town.settle()


async def told(town: Town, username: str) -> list[tuple[str, str]]:
    """Kind and purpose of that person's notices, by the API."""
    answer = await (await town.of(username, anew=True)).get("/api/notices")
    assert answer.status_code == 200, answer.text
    return [(item["kind"], item["purpose"]) for item in answer.json()["items"]]


async def with_address(town: Town, *usernames: str) -> None:
    for username in usernames:
        answer = await (await town.of(username)).post(
            "/api/notice-wishes/addresses",
            json={"address": f"{username}.{SENTINEL}@coquan-demo.vn"},
            headers=command(0),
        )
        assert answer.status_code == 201, answer.text
    await town.settle()


async def answer_case(town: Town, case_id: UUID) -> None:
    """Its holder writes the answer and the head releases it."""
    parts = [{"request": number, "text": "Đã trả lại tiền (demo)."} for number in (1, 2)]
    await town.do("mai", f"/api/feedback/{case_id}/drafts", {"outcome": "resolved", "parts": parts})
    await town.do("mai", f"/api/feedback/{case_id}/release-requests")
    await town.do("son", f"/api/feedback/{case_id}/releases")


def mails(town: Town) -> list[Message]:
    """Those that lie in the file mailbox."""
    folder = town.world.settings.data_dir / "mail"
    return [message_from_bytes(path.read_bytes(), policy=default) for path in sorted(folder.glob("*.eml"))]


def text_in(mail: Any) -> str:
    return f"{mail['subject']}\n{mail.get_content()}"


async def test_a_danger_reaches_intake_and_the_child_contact_at_once_and_then_goes_up(still: Town) -> None:
    sent = await still.submit(DANGER)
    await still.settle()
    assert [await told(still, name) for name in ("mai", "lan", "anh")] == [[("urgent", "")]] * 3
    assert [await told(still, name) for name in ("nga", "thu", "son", "dung")] == [[], [], [], []]
    await pass_time(still, timedelta(minutes=59))
    assert await told(still, "son") == []
    # While the clock stands still, stamps run ahead of it by a microsecond each.
    await pass_time(still, timedelta(minutes=1, seconds=1))
    assert await told(still, "son") == [("escalated", "")]
    await pass_time(still, timedelta(hours=2))
    alerts = (await (await still.of("son", anew=True)).get(f"/api/cases/{sent.case_id}/alerts")).json()
    assert [alert["number"] for alert in alerts] == [3, 2, 1, 0]
    page = text_of(await (await clerk(still, "son")).read(f"/cases/{sent.case_id}"))
    assert "Việc khẩn chưa có người tiếp nhận" in page
    await still.of("mai", anew=True)
    await still.do("mai", f"/api/submissions/{sent.case_id}/acknowledgements")
    await pass_time(still, timedelta(hours=5))
    facts = await still.world.log.of_streams((alerts_id(sent.case_id),))
    assert [fact.fact.TOPIC for fact in facts].count("alert.urgent_escalated.v1") == 3
    assert await told(still, "son") == []


async def test_who_is_on_duty_is_told_instead_of_the_intake_posts(still: Town) -> None:
    son = await still.of("son")
    day = {"official_id": str(account_id_of("lan")), "from_day": "2026-03-02", "until_day": "2026-03-08"}
    answer = await son.post("/api/duty/placements", json=day, headers=command(0))
    assert answer.status_code == 201, answer.text
    again = await son.post("/api/duty/placements", json=day, headers=command(1))
    assert (again.status_code, again.json()["code"]) == (409, "duty-overlaps")
    wrong = {**day, "official_id": str(account_id_of("thu"))}
    refused = await son.post("/api/duty/placements", json=wrong, headers=command(1))
    assert (refused.status_code, refused.json()["code"]) == (409, "duty-not-able")
    await still.submit(DANGER)
    await still.settle()
    assert [await told(still, name) for name in ("lan", "mai", "anh")] == [[("urgent", "")], [], [("urgent", "")]]
    tung = await clerk(still, "tung")
    assert "Người lan (demo)" in text_of(await tung.read("/duty"))


async def test_alerts_at_half_eighty_due_and_daily_until_the_answer(still: Town) -> None:
    sent = await still.submit(Submission(text="Nhà trường thu tiền máy chiếu của lớp.", topic=Topic.MONEY))
    case = f"/api/submissions/{sent.case_id}"
    await still.do("mai", f"{case}/acknowledgements")
    await still.do("mai", f"{case}/classifications", CLASSIFIED)
    await still.settle()
    stages = []
    for _ in range(13):
        await pass_time(still, timedelta(days=1))
        stages.append([purpose and kind for kind, purpose in await told(still, "mai") if purpose == "reply"])
    assert stages == [
        *[[]] * 4,
        *[["half"]] * 3,
        *[["eighty"]] * 2,
        ["due"],
        *[["overdue"]] * 3,
    ]
    assert ("overdue", "reply") in await told(still, "son")
    await later_reading_of_a_due_day(still, sent.case_id)
    facts = await still.world.log.of_streams((alerts_id(sent.case_id),))
    assert len(facts) == 6
    await answer_case(still, sent.case_id)
    await pass_time(still, timedelta(days=3))
    assert len(await still.world.log.of_streams((alerts_id(sent.case_id),))) == 6
    assert await told(still, "mai") == [("released", "")]


async def later_reading_of_a_due_day(town: Town, case_id: UUID) -> None:
    """Three days after: the day is named, as "today" would be another one."""
    page = await (await clerk(town, "mai")).read(f"/cases/{case_id}")
    alerts = text_of(page.split('id="alerts"')[1].split("</section>")[0])
    assert "Hạn trả lời: đến hạn ngày 12/03/2026" in alerts
    assert "hôm nay" not in alerts


async def test_what_is_due_today_says_so_today_and_names_the_day_tomorrow(still: Town) -> None:
    case = (await still.submit(Submission(text="Nhà trường thu tiền máy chiếu của lớp.", topic=Topic.MONEY))).case_id
    await still.do("mai", f"/api/submissions/{case}/acknowledgements")
    await still.do("mai", f"/api/submissions/{case}/classifications", CLASSIFIED)
    await pass_time(still, timedelta(days=10))
    read = []
    for _ in range(2):
        mai = await clerk(still, "mai")
        read += [text_of(await mai.read("/notices?tab=all")), text_of(await mai.read(f"/cases/{case}"))]
        still.pass_time(timedelta(days=1))  # the worker stands still
    assert all("Hạn trả lời: đến hạn hôm nay" in page for page in read[:2])
    assert all("Hạn trả lời: đến hạn ngày 12/03/2026" in page for page in read[2:])


async def test_what_one_may_no_longer_see_is_not_told(still: Town) -> None:
    sent = await still.submit(DANGER)
    await still.settle()
    assert await told(still, "lan") == [("urgent", "")]
    await still.do("mai", f"/api/submissions/{sent.case_id}/acknowledgements")
    await still.do("mai", f"/api/submissions/{sent.case_id}/assignments", {"handler_id": str(account_id_of("hung"))})
    await still.settle()
    assert await told(still, "hung") == [("assigned", "")]
    await still.do("hung", f"/api/feedback/{sent.case_id}/involvements")
    await still.settle()
    assert await told(still, "hung") == []


async def test_a_notice_is_marked_read_on_the_page_and_counted_in_the_menu(still: Town) -> None:
    await still.submit(DANGER)
    await still.settle()
    lan = await clerk(still, "lan")
    page = await lan.read("/notices")
    assert "Thông báo (1)" in text_of(page)
    assert "Việc khẩn, cần tiếp nhận ngay" in text_of(page)
    notice = re.findall(r'name="notice" value="([0-9a-f-]{36})"', page)[0]
    stranger = await still.of("thu")
    marked = await stranger.post("/api/notices/reads", json={"ids": [notice]}, headers=command())
    assert marked.json() == {"marked": 0}
    await lan.send("/notices/read", {"notice": notice, "tab": "unread"}, 303)
    page = text_of(await lan.read("/notices"))
    assert "Thông báo (1)" not in page
    assert "đã đọc" in page


async def test_mails_say_numbers_and_links_and_nothing_of_a_person_or_a_case(still: Town) -> None:
    await with_address(still, "mai", "lan", "son")
    sent = await still.submit(DANGER)
    await still.do("mai", f"/api/submissions/{sent.case_id}/acknowledgements")
    classified = {**CLASSIFIED, "title": f"Tóm tắt {SENTINEL}"}
    await still.do("mai", f"/api/submissions/{sent.case_id}/classifications", classified)
    asked_ = await still.do("mai", f"/api/feedback/{sent.case_id}/questions", {"question": f"{SENTINEL}?"})
    assert asked_.status_code == 201
    reply = {"question": 1, "text": f"Trả lời {SENTINEL}"}
    answer = await still.anonymous.post(f"/api/track/{sent.code}/replies", json=reply, headers=command())
    assert answer.status_code == 201, answer.text
    await still.settle()
    await pass_time(still, timedelta(days=1))
    await pass_time(still, timedelta(days=9))
    found = mails(still)
    subjects = " | ".join(mail["subject"] for mail in found)
    for expected in (
        "Có việc khẩn",
        "Người gửi đã trả lời: hồ sơ số PA-",
        "đến hạn hôm nay",
        "Hồ sơ cần xử lý sáng nay",
    ):
        assert expected in subjects, subjects
    for mail in found:
        assert SENTINEL not in text_in(mail)
        assert mail["To"].endswith("@coquan-demo.vn")
    assert len({mail["Message-ID"] for mail in found}) == len(found)
    await still.world.alerting.once()
    assert len(mails(still)) == len(found)


async def test_a_narrow_case_is_not_even_numbered_in_a_mail(still: Town) -> None:
    await with_address(still, "anh")
    await still.submit(Submission(text=STORY, topic=Topic.VIOLENCE, danger=True))
    await still.settle()
    await still.world.alerting.once()
    (mail,) = mails(still)
    assert text_in(mail).startswith("Có 1 việc khẩn / There is 1 urgent matter")
    assert "PA-" not in text_in(mail)
    assert "/cases/" not in text_in(mail)


async def test_the_morning_mail_comes_once_on_working_days_after_the_hour(still: Town) -> None:
    await with_address(still, "mai")
    await still.submit(Submission(text="Nhà trường thu tiền máy chiếu của lớp.", topic=Topic.MONEY))
    await still.settle()
    digests = []
    for hours in (0, 15, 7, 1, 1, *[24] * 6):
        await pass_time(still, timedelta(hours=hours))
        digests.append(sum("sáng nay" in mail["subject"] for mail in mails(still)))
    # 09:00 Monday; 00:00, 07:00, 08:00 and 09:00 Tuesday; Wednesday to Friday; a weekend; Monday
    assert digests == [1, 1, 1, 2, 2, 3, 4, 5, 5, 5, 6]


async def test_the_own_page_keeps_an_address_and_a_choice(still: Town) -> None:
    mai = await clerk(still, "mai")
    fields = await mai.form("/notices/mine", "/notices/mine/address")
    wrong = await mai.send("/notices/mine/address", fields | {"address": "không phải"}, 400)
    assert "không phải" in wrong.text
    assert 'href="#address"' in wrong.text
    await mai.send("/notices/mine/address", fields | {"address": "mai@coquan-demo.vn"}, 303)
    page = await mai.read("/notices/mine")
    assert "mai@coquan-demo.vn" in page
    stored = await still.world.pool.fetchval("select string_agg(encode(state, 'escape'), '') from event")
    assert "coquan-demo" not in stored
    choice = await mai.form("/notices/mine", "/notices/mine/mails")
    await mai.send("/notices/mine/mails", choice | {"kinds": ["due"]}, 303)
    assert (await (await still.of("mai")).get("/api/notice-wishes")).json()["kinds"] == ["due"]


async def test_asking_twice_for_the_same_duty_is_one(still: Town) -> None:
    actor = await still.actor("son")
    wish = asked(0)
    for _ in range(2):
        await still.world.duty.put_on_duty(
            actor, wish, account_id_of("mai"), NOW.date(), (NOW + timedelta(days=2)).date()
        )
    assert actor.authority_id is not None
    _version, found = await still.world.duty.list_of(actor.authority_id)
    assert len(found.duties) == 1
