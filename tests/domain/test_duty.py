"""The duty list: dated, of people who can take a case in, only ever ended earlier."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from domain.duty import commands as c
from domain.duty import duty as d
from domain.duty.events import DutyEnded, OfficialPutOnDuty
from tests.support.given import Given

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
TODAY = date(2026, 3, 2)
SON, MAI, LAN, ONE, TWO = (UUID(int=n) for n in range(1, 6))


def put(
    official: UUID = MAI, first: date = TODAY, last: date = date(2026, 3, 8), *, able: bool = True, entry: UUID = ONE
) -> c.PutOnDuty:
    return c.PutOnDuty(by=SON, at=NOW, duty_id=entry, official_id=official, able=able, from_day=first, until_day=last)


def end(last: date, reason: str = "Đổi lịch (demo)", entry: UUID = ONE) -> c.EndDuty:
    return c.EndDuty(by=SON, at=NOW, duty_id=entry, until_day=last, reason=reason)


ON_DUTY = OfficialPutOnDuty(duty_id=ONE, official_id=MAI, from_day=TODAY, until_day=date(2026, 3, 8))


def test_somebody_is_on_duty_from_the_first_to_the_last_day() -> None:
    state = Given(d.DUTY).when(put()).then(ON_DUTY).state
    assert [state.on(day) for day in (date(2026, 3, 1), TODAY, date(2026, 3, 8), date(2026, 3, 9))] == [
        (),
        (MAI,),
        (MAI,),
        (),
    ]


def test_two_people_may_share_a_day() -> None:
    state = Given(d.DUTY, ON_DUTY).when(put(LAN, entry=TWO)).given.state
    assert set(state.on(TODAY)) == {MAI, LAN}


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 3, 5), date(2026, 3, 4)),
        (date(2026, 2, 1), date(2026, 3, 1)),
        (TODAY, TODAY + timedelta(days=d.LONGEST + 1)),
    ],
)
def test_days_in_disorder_in_the_past_or_too_far_are_refused(first: date, last: date) -> None:
    Given(d.DUTY).when(put(first=first, last=last)).refused(d.DutyPeriodError, field="until_day", days=d.LONGEST)


def test_who_cannot_take_a_case_in_is_not_put_on_duty() -> None:
    Given(d.DUTY).when(put(able=False)).refused(d.DutyNotAbleError, field="official_id")


def test_the_same_person_is_not_put_on_duty_twice_for_a_day() -> None:
    Given(d.DUTY, ON_DUTY).when(put(first=date(2026, 3, 8), last=date(2026, 3, 9), entry=TWO)).refused(
        d.DutyOverlapsError, field="from_day"
    )


def test_a_duty_ends_earlier_and_not_in_the_past() -> None:
    yesterday = date(2026, 3, 1)
    after = (
        Given(d.DUTY, ON_DUTY)
        .when(end(yesterday))
        .then(DutyEnded(duty_id=ONE, until_day=yesterday, reason="Đổi lịch (demo)"))
    )
    assert after.state.on(TODAY) == ()
    Given(d.DUTY, ON_DUTY).when(end(date(2026, 2, 28))).refused(d.DutyOnlyShorterError, field="until_day")
    Given(d.DUTY, ON_DUTY).when(end(date(2026, 3, 8))).refused(d.DutyOnlyShorterError, field="until_day")


def test_an_early_end_needs_an_entry_and_a_reason() -> None:
    Given(d.DUTY).when(end(TODAY)).refused(d.DutyUnknownError, field="duty_id")
    Given(d.DUTY, ON_DUTY).when(end(TODAY, "  ")).refused(d.DutyReasonMissingError, field="reason")
