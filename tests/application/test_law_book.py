from collections.abc import Collection
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from application.law import CALENDAR_ID, LawBook, RecordedLaw, policy_id
from application.ports import Mark, Recorded
from domain.calendar import LEGAL_ZONE
from domain.kernel import Fact
from domain.law.calendar_facts.events import DayOffProclaimed
from domain.law.policy_facts.events import AuthorityTermAdopted, AuthorityTermRepealed

WARD, PROVINCE, OTHER = (UUID(int=n) for n in (11, 12, 13))
MONDAY = datetime(2026, 8, 24, 9, tzinfo=LEGAL_ZONE)
HOUR = timedelta(hours=1)
TUESDAY_OFF = DayOffProclaimed(day=date(2026, 8, 25), name="Nghỉ bão (demo)", document="1/CĐ")
TWO_DAYS = AuthorityTermAdopted(
    rule_id="POL-ACK", value=2, unit="day", day_count="WORKING", document="12/QĐ", from_day=date(2026, 8, 1)
)


class KeptLog:
    """A log in a list."""

    def __init__(self) -> None:
        self.facts: list[Recorded] = []

    def record(self, stream_id: UUID, fact: Fact, at: datetime) -> None:
        index = len(self.facts)
        version = 1 + sum(kept.originator_id == stream_id for kept in self.facts)
        self.facts.append(
            Recorded(
                originator_id=stream_id,
                originator_version=version,
                fact=fact,
                event_id=uuid5(stream_id, str(version)),
                occurred_at=at,
                actor_kind="official",
                actor_id=UUID(int=1),
                post_id=None,
                unit_id=None,
                authority_id=None,
                command_id=UUID(int=index),
                log_index=index,
                recorded_at=at,
            )
        )

    async def head(self) -> Mark:
        return Mark(len(self.facts) - 1, self.facts[-1].recorded_at if self.facts else None)

    async def mark_at(self, moment: datetime) -> Mark:
        known = [fact for fact in self.facts if fact.recorded_at <= moment]
        return Mark(len(known) - 1, known[-1].recorded_at if known else None)

    async def after(self, log_index: int, limit: int) -> list[Recorded]:
        return self.facts[log_index + 1 : log_index + 1 + limit]

    async def of_streams(self, stream_ids: Collection[UUID], *, up_to: int | None = None) -> list[Recorded]:
        last = len(self.facts) if up_to is None else up_to
        return [fact for fact in self.facts if fact.originator_id in stream_ids and fact.log_index <= last]


async def test_an_empty_log_gives_the_built_in_law() -> None:
    book: LawBook = RecordedLaw(KeptLog())
    law = await book.at(WARD, MONDAY)
    assert (law.calendar.edition, law.policies) == ("2026-01", ())
    assert law.term("acknowledge", trigger_at=MONDAY).due_on == date(2026, 8, 25)
    assert (await book.at(None, MONDAY)).calendar.edition == "2026-01"


async def test_a_change_counts_from_the_moment_of_its_recording() -> None:
    log = KeptLog()
    book = RecordedLaw(log)
    log.record(CALENDAR_ID, TUESDAY_OFF, MONDAY)
    log.record(policy_id(WARD), TWO_DAYS, MONDAY + HOUR)
    before, told, later = [await book.at(WARD, MONDAY + n * HOUR) for n in (-1, 0, 1)]
    assert (before.calendar.edition, told.calendar.edition) == ("2026-01", "2026-01.1")
    assert before.term("acknowledge", trigger_at=MONDAY).due_on == date(2026, 8, 25)
    assert told.term("acknowledge", trigger_at=MONDAY).due_on == date(2026, 8, 26)
    assert later.term("acknowledge", trigger_at=MONDAY).due_on == date(2026, 8, 27)
    again = await book.at(WARD, MONDAY)
    assert again.term("acknowledge", trigger_at=MONDAY).due_on == date(2026, 8, 26)


async def test_an_authority_sees_its_own_papers_and_the_days_off_of_its_territory() -> None:
    log = KeptLog()
    book = RecordedLaw(log)
    local = DayOffProclaimed(day=date(2026, 8, 25), name="Nghỉ bão (demo)", document="1/CĐ", scope=PROVINCE)
    log.record(CALENDAR_ID, local, MONDAY)
    log.record(policy_id(WARD), TWO_DAYS, MONDAY)
    ward, other = await book.at(WARD, MONDAY, {PROVINCE}), await book.at(OTHER, MONDAY)
    assert not ward.calendar.is_working_day(date(2026, 8, 25))
    assert other.calendar.is_working_day(date(2026, 8, 25))
    assert ward.calendar.edition == other.calendar.edition == "2026-01.1"
    assert (len(ward.policies), len(other.policies)) == (1, 0)


async def test_a_repealed_paper_gives_way_to_the_default() -> None:
    log = KeptLog()
    book = RecordedLaw(log)
    log.record(policy_id(WARD), TWO_DAYS, MONDAY)
    repealed = AuthorityTermRepealed(rule_id="POL-ACK", document="13/QĐ", from_day=date(2026, 8, 24))
    log.record(policy_id(WARD), repealed, MONDAY + HOUR)
    assert (await book.at(WARD, MONDAY)).term("acknowledge", trigger_at=MONDAY).value == 2
    assert (await book.at(WARD, MONDAY + HOUR)).term("acknowledge", trigger_at=MONDAY).value == 1


async def test_while_the_streams_stand_still_the_same_calendar_is_given_again() -> None:
    log = KeptLog()
    book = RecordedLaw(log)
    log.record(CALENDAR_ID, TUESDAY_OFF, MONDAY)
    first, second = await book.at(WARD, MONDAY), await book.at(WARD, MONDAY + HOUR)
    assert first.calendar is second.calendar
    assert first.rules is second.rules
