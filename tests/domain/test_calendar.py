from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.law_data import almanac
from domain.calendar import (
    LEGAL_ZONE,
    CalendarEndError,
    add_months,
    add_years,
    legal_date,
    legal_midnight,
    legal_time,
    school_year,
)
from domain.law.rules import ALMANAC

NOW = datetime(2026, 11, 22, tzinfo=LEGAL_ZONE)
CALENDAR = ALMANAC.known_at(NOW)
DAYS = st.dates(date(2013, 1, 1), date(2035, 12, 31))

# law.md §2.2: weekdays on which offices are closed, and Saturdays worked instead
WEEKDAYS_OFF = {
    2023: "02/01 20/01 23/01 24/01 25/01 26/01 01/05 02/05 03/05 01/09 04/09",
    2024: "01/01 08/02 09/02 12/02 13/02 14/02 18/04 29/04 30/04 01/05 02/09 03/09",
    2025: "01/01 27/01 28/01 29/01 30/01 31/01 07/04 30/04 01/05 02/05 01/09 02/09",
    2026: "01/01 02/01 16/02 17/02 18/02 19/02 20/02 27/04 30/04 01/05 31/08 01/09 02/09 24/11",
    2027: "01/01 04/02 05/02 08/02 09/02 10/02 16/04 30/04 03/05 02/09 03/09 24/11",
}
SATURDAYS_WORKED = {2023: "", 2024: "04/05", 2025: "26/04", 2026: "10/01 22/08", 2027: ""}


@pytest.mark.parametrize("year", WEEKDAYS_OFF)
def test_the_days_off_of_a_year_are_those_of_the_notices(year: int) -> None:
    off = [day for day in sorted(CALENDAR.days_off) if day.year == year]
    worked = [day for day in sorted(CALENDAR.make_up_days) if day.year == year]
    assert " ".join(f"{day:%d/%m}" for day in off) == WEEKDAYS_OFF[year]
    assert " ".join(f"{day:%d/%m}" for day in worked) == SATURDAYS_WORKED[year]


def test_the_stored_almanac_is_what_the_installed_package_and_the_overlay_say() -> None:
    assert almanac() == ALMANAC, "look at what changed, then run: python -m adapters.law_data"


def test_what_the_almanac_knows_begins_at_midnights() -> None:
    moments = [day.known_from for day in ALMANAC.days_off if day.known_from is not None]
    moments += [notice.known_from for notice in ALMANAC.notices]
    assert all(legal_midnight(legal_date(moment)) == moment for moment in moments)


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2026, 8, 24, 16, 59, 59, tzinfo=UTC), date(2026, 8, 24)),  # 23:59:59 in Hà Nội
        (datetime(2026, 8, 24, 17, 0, tzinfo=UTC), date(2026, 8, 25)),  # 00:00 in Hà Nội
        (datetime(2025, 12, 31, 17, 0, tzinfo=UTC), date(2026, 1, 1)),  # the year turns seven hours before UTC
    ],
)
def test_the_legal_day_is_the_one_in_ha_noi(at: datetime, day: date) -> None:
    assert legal_date(at) == day


def test_an_instant_without_a_zone_has_no_legal_day() -> None:
    with pytest.raises(ValueError, match="zone"):
        legal_date(datetime(2026, 8, 24, 12))  # noqa: DTZ001 (the point of the test)


def test_the_legal_hour_is_the_one_in_ha_noi() -> None:
    assert legal_time(datetime(2026, 8, 24, 17, 5, tzinfo=UTC)).isoformat() == "00:05:00"


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),  # no 31/02
        (date(2024, 1, 31), 1, date(2024, 2, 29)),  # leap year
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 31), -2, date(2025, 11, 30)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last_of_the_month(start: date, months: int, end: date) -> None:
    assert add_months(start, months) == end


def test_a_year_after_29_february_is_28_february() -> None:
    assert add_years(date(2024, 2, 29), 1) == date(2025, 2, 28)


@pytest.mark.parametrize(
    ("day", "name"),
    [(date(2025, 7, 31), "2024-2025"), (date(2025, 8, 1), "2025-2026"), (date(2026, 1, 1), "2025-2026")],
)
def test_a_school_year_runs_from_august_to_july(day: date, name: str) -> None:
    assert school_year(day) == name


def test_each_day_has_one_kind() -> None:
    assert CALENDAR.kind(date(2026, 8, 21)) == "working"
    assert CALENDAR.kind(date(2026, 8, 22)) == "make-up"
    assert CALENDAR.kind(date(2026, 8, 23)) == "weekend"
    assert CALENDAR.kind(date(2026, 8, 31)) == "day-off"


def test_working_days_left_count_from_tomorrow_to_the_due_day() -> None:
    # 25, 26, 27, 28/08 and 03/09; 29-30 weekend, 31/08-02/09 off
    assert CALENDAR.working_days_between(date(2026, 8, 24), date(2026, 9, 3)) == 5
    assert CALENDAR.working_days_between(date(2026, 9, 3), date(2026, 8, 24)) == -5


def test_a_year_beyond_the_almanac_is_refused_instead_of_guessed() -> None:
    with pytest.raises(CalendarEndError):
        CALENDAR.is_working_day(date(2037, 1, 5))


def test_years_without_a_notice_are_estimates() -> None:
    assert not CALENDAR.is_estimated(date(2026, 12, 31))
    assert CALENDAR.is_estimated(date(2027, 1, 1))
    before_the_notice = ALMANAC.known_at(datetime(2025, 10, 15, 23, 59, tzinfo=LEGAL_ZONE))
    assert before_the_notice.is_estimated(date(2026, 2, 16))


@pytest.mark.parametrize(
    ("at", "edition", "off"),
    [
        (datetime(2025, 12, 24, 16, 59, tzinfo=UTC), "2025-01", False),  # 23:59 of 24/12: the exchange is not known
        (datetime(2025, 12, 24, 17, 0, tzinfo=UTC), "2025-02", True),  # 00:00 of 25/12
        (datetime(2026, 6, 30, tzinfo=UTC), "2025-02", True),
        (datetime(2026, 7, 1, tzinfo=UTC), "2026-01", True),  # 24/11 becomes a day off
    ],
)
def test_an_edition_knows_what_was_published_by_then(at: datetime, edition: str, *, off: bool) -> None:
    calendar = ALMANAC.known_at(at)
    assert calendar.edition == edition
    assert (date(2026, 1, 2) in calendar.days_off) == off
    assert (date(2026, 1, 10) in calendar.make_up_days) == off


@given(DAYS, st.integers(1, 60))
def test_walking_working_days_forth_and_back_meets_the_same_working_day(start: date, days: int) -> None:
    there = CALENDAR.add_working_days(start, days)
    assert CALENDAR.is_working_day(there)
    assert CALENDAR.working_days_between(start, there) == days
    assert CALENDAR.add_working_days(CALENDAR.add_working_days(there, 1), -1) == there


@given(DAYS)
def test_the_first_working_day_is_never_before_and_never_far(day: date) -> None:
    first, last = CALENDAR.first_working_day(day), CALENDAR.last_working_day(day)
    assert last <= day <= first
    assert (first - day).days <= 11
    assert CALENDAR.next_working_day(day) > day
