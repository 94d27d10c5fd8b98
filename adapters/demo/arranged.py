"""What the wards of the story arrange for themselves: contacts, terms, duty, leave, who signs or answers for whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from adapters.demo import days
from adapters.demo.days import OWN_COUNT, OWN_COUNT_FROM, REPLY_DAYS, moment
from adapters.demo.meeting import meeting
from adapters.demo.turn import Act, Step, Turn
from application.authorities import authority_id_of
from application.people import account_id_of
from domain.feedback.vocabulary import Sensitivity

HEAD = "son.doithong"
NARROWED, NARROWED_FROM = ("doithong", "enrolment"), date(2025, 10, 1)
"""A category that this ward keeps closer than the catalogue, and since when."""
NARROWING = "07/QC-UBND ngày 25/09/2025 (demo)"
OWN_TERM = "41/QĐ-UBND ngày 25/09/2026 (demo)"
WARDS_BEGAN = date(2025, 7, 2)
DIRECT = "facilities"
"""The category that an officer answers alone, as the head delegated."""
DELEGATED, STILL_DELEGATED, ON_DUTY = timedelta(days=60), timedelta(days=60), timedelta(days=21)
CONTACTS = (
    ("doithong", HEAD, "Đồi Thông", "phường", "thứ Năm hằng tuần, 8 giờ đến 11 giờ"),
    ("songmay", "hien.songmay", "Sông Mây", "phường", "thứ Ba hằng tuần, 14 giờ đến 16 giờ 30"),
    ("nuixanh", "lam.nuixanh", "Núi Xanh", "xã", "thứ Tư tuần đầu và tuần thứ ba của tháng, 8 giờ đến 11 giờ"),
)


def arranged(leads_to: datetime) -> Iterator[Step]:
    """In the wards that stand since the reform; what would lie before it is left out."""
    told = (*_steps(leads_to), *meeting(leads_to))
    yield from (step for step in told if days.day_of(step.at) >= WARDS_BEGAN)


def _steps(leads_to: datetime) -> Iterator[Step]:
    today = days.day_of(leads_to)
    for number, (code, who, name, kind, when) in enumerate(CONTACTS):
        at = moment(date(2025, 7, 3), 8, 10 + number)
        yield _step(at, f"contact/{code}", "publish contact", _contact(code, name, kind, when), who)
    narrow = _narrow(NARROWED[1], NARROWING, NARROWED_FROM)
    yield _step(moment(date(2025, 9, 26), 9), "narrowing/doithong", "narrow a category", narrow, HEAD)
    yield _step(moment(date(2026, 9, 28), 10), "term/doithong", "adopt a term", _count_working_days, HEAD)
    day = days.working_days_before(today - DELEGATED, 0)
    direct = _delegate("thu.doithong", day, today + STILL_DELEGATED, DIRECT)
    yield _step(moment(day, 7, 50), "delegation/direct", "delegate", direct, HEAD)
    day = days.working_days_before(today, 3)
    yield _step(moment(day, 8, 20), "duty/doithong", "put on duty", _duty("mai.doithong", day, ON_DUTY), HEAD)
    leave = _stand_in("thu.doithong", "ngan.doithong", day + days.DAY, today + timedelta(days=5))
    yield _step(moment(day, 16, 10), "leave/doithong", "appoint a stand-in", leave, "ngan.doithong")
    audit = state_purpose(
        "Kiểm tra việc trả lời phản ánh theo kế hoạch số 15/KH-UBND (demo)", today + timedelta(days=14)
    )
    yield _step(moment(day, 9, 5), "audit/doithong", "state purpose", audit, "van.doithong")
    away = _stand_in("dung.songmay", "lua.songmay", today + timedelta(days=7), today + timedelta(days=11))
    yield _step(moment(day, 15, 30), "leave/songmay", "appoint a stand-in", away, "hien.songmay")


def _step(at: datetime, slug: str, what: str, act: Act, who: str) -> Step:
    return Step(at=at, slug=slug, number=1, who=who, what=what, act=act, case=False, then={})


def _contact(code: str, name: str, kind: str, when: str) -> Act:
    office = f"Trụ sở UBND {kind} {name} (demo)"
    told = {
        "address": office,
        "hotline": "0000 000 100 (demo), giờ hành chính",
        "paper_place": f"Bộ phận tiếp nhận, {office}",
        "reception_days": when,
        "reception_place": f"Phòng tiếp công dân, {office}",
        "denunciation_place": f"Phòng tiếp công dân, {office}",
    }

    async def act(turn: Turn) -> None:
        day = days.day_of(turn.desks.clock.now())
        await turn.desks.authorities.publish_contact(turn.actor, turn.request, authority_id_of(code), day, told)

    return act


def _narrow(category: str, document: str, since: date) -> Act:
    return lambda turn: turn.desks.categories.narrow(
        turn.actor,
        turn.request,
        category=category,
        sensitivity=Sensitivity.RESTRICTED,
        document=document,
        from_day=since,
    )


async def _count_working_days(turn: Turn) -> None:
    """The law's ten days, read as working days; `OWN_COUNT` says of whom this is told."""
    if turn.actor.authority_id != authority_id_of(OWN_COUNT):
        raise LookupError(OWN_COUNT)
    await turn.desks.policies.adopt(
        turn.actor,
        turn.request,
        rule_id="TCD-REPLY",
        value=REPLY_DAYS,
        unit="day",
        day_count="WORKING",
        document=OWN_TERM,
        from_day=OWN_COUNT_FROM,
    )


def state_purpose(purpose: str, until: date) -> Act:
    """Why an auditor looks into cases, and up to the evening of which day."""
    last = moment(until, 17)
    return lambda turn: turn.desks.people.state_audit_purpose(turn.actor, turn.request, purpose, last)


def _delegate(to: str, first: date, last: date, category: str) -> Act:
    return lambda turn: turn.desks.people.delegate_signing(
        turn.actor,
        turn.request,
        account_id_of(to),
        from_day=first,
        until_day=last,
        categories=frozenset({category}),
    )


def _duty(who: str, first: date, length: timedelta) -> Act:
    return lambda turn: turn.desks.duty.put_on_duty(turn.actor, turn.request, account_id_of(who), first, first + length)


def _stand_in(who: str, absent: str, first: date, last: date) -> Act:
    return lambda turn: turn.desks.people.appoint_stand_in(
        turn.actor,
        turn.request,
        account_id_of(who),
        for_account_id=account_id_of(absent),
        from_day=first,
        until_day=last,
        reason="Đi tập huấn nghiệp vụ",
    )
