from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import msgspec

from application.ports import Mark
from tests.contract.conftest import Bench, MakeBench
from tests.contract.notes import BODY, envelope, envelopes

DAY = datetime(2025, 7, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class SetClock(msgspec.Struct):
    """A clock that stands where the test put it."""

    at: datetime

    def now(self) -> datetime:
        return self.at


async def test_an_empty_log_has_no_head(bench: Bench) -> None:
    assert await bench.log.head() == Mark(-1, None)
    assert await bench.log.mark_at(datetime.now(UTC)) == Mark(-1, None)
    assert await bench.log.after(-1, 10) == []
    assert await bench.tick() == 0


async def test_what_has_no_place_yet_is_not_in_the_log(bench: Bench) -> None:
    await bench.store.append([envelope(uuid4())], BODY)
    assert await bench.log.after(-1, 10) == []
    assert await bench.tick() == 1
    assert len(await bench.log.after(-1, 10)) == 1


async def test_places_are_dense_and_appends_are_not_interleaved(bench: Bench) -> None:
    streams = [uuid4() for _ in range(4)]
    for stream in streams:
        await bench.store.append(envelopes(stream, 1, 3), BODY)
    assert await bench.tick() == 12
    facts = await bench.log.after(-1, 100)
    assert [fact.log_index for fact in facts] == list(range(12))
    assert [fact.originator_id for fact in facts] == [stream for stream in streams for _ in range(3)]
    assert [fact.originator_version for fact in facts] == [1, 2, 3] * 4


async def test_facts_of_one_tick_share_a_stamp_and_two_ticks_never_do(make_bench: MakeBench) -> None:
    clock = SetClock(DAY)
    bench = await make_bench(clock)
    for _ in range(3):
        await bench.store.append(envelopes(uuid4(), 1, 2), BODY)
        await bench.tick()
    stamps = [fact.recorded_at for fact in await bench.log.after(-1, 10)]
    assert stamps == [DAY, DAY, DAY + MICROSECOND, DAY + MICROSECOND, DAY + 2 * MICROSECOND, DAY + 2 * MICROSECOND]


async def test_stamps_never_go_back_with_the_clock(make_bench: MakeBench) -> None:
    clock = SetClock(DAY)
    bench = await make_bench(clock)
    for back in range(3):
        clock.at = DAY - timedelta(days=back)
        await bench.store.append([envelope(uuid4())], BODY)
        await bench.tick()
    assert [fact.recorded_at for fact in await bench.log.after(-1, 10)] == [DAY + n * MICROSECOND for n in range(3)]


async def test_a_mark_is_the_end_of_the_last_tick_up_to_the_moment(make_bench: MakeBench) -> None:
    clock = SetClock(DAY)
    bench = await make_bench(clock)
    for day in range(3):
        clock.at = DAY + timedelta(days=day)
        await bench.store.append(envelopes(uuid4(), 1, 2), BODY)
        await bench.tick()
    clock.at += timedelta(days=5)
    assert await bench.log.mark_at(DAY - MICROSECOND) == Mark(-1, None)
    assert await bench.log.mark_at(DAY) == Mark(1, DAY)
    assert await bench.log.mark_at(DAY + timedelta(days=1, hours=3)) == Mark(3, DAY + timedelta(days=1))
    assert (
        await bench.log.mark_at(DAY + timedelta(days=4)) == await bench.log.head() == Mark(5, DAY + timedelta(days=2))
    )


async def test_asking_for_now_does_not_hang_on_an_idle_store(bench: Bench) -> None:
    await bench.store.append([envelope(uuid4())], BODY)
    await bench.tick()
    now = datetime.now(UTC)
    for moment in (now, now + timedelta(milliseconds=20), now + timedelta(days=400)):
        assert await bench.log.mark_at(moment) == await bench.log.head()


async def test_the_mark_of_a_moment_stays_what_it_was(bench: Bench) -> None:
    await bench.store.append([envelope(uuid4())], BODY)
    await bench.tick()
    await bench.store.append([envelope(uuid4())], BODY)
    moment = datetime.now(UTC)
    before = await bench.log.mark_at(moment)
    assert await bench.tick() == 1
    assert await bench.log.mark_at(moment) == before


async def test_reading_on_gives_whole_ticks(bench: Bench) -> None:
    for count in (3, 1, 4):
        await bench.store.append(envelopes(uuid4(), 1, count), BODY)
        await bench.tick()
    for limit, expected in ((1, 3), (3, 3), (4, 4), (5, 8), (100, 8)):
        assert [f.log_index for f in await bench.log.after(-1, limit)] == list(range(expected)), limit
    assert [f.log_index for f in await bench.log.after(3, 1)] == [4, 5, 6, 7]
    assert await bench.log.after(7, 10) == []


async def test_the_facts_of_streams_come_in_log_order_up_to_a_place(bench: Bench) -> None:
    one, two, other = uuid4(), uuid4(), uuid4()
    for stream, version in ((one, 1), (other, 1), (two, 1), (one, 2)):
        await bench.store.append([envelope(stream, version)], BODY)
    await bench.tick()
    assert [f.log_index for f in await bench.log.of_streams([two, one])] == [0, 2, 3]
    assert [f.log_index for f in await bench.log.of_streams({one, two}, up_to=2)] == [0, 2]
    assert await bench.log.of_streams([]) == []
    assert await bench.log.of_streams([one], up_to=-1) == []


async def test_listeners_hear_the_new_head_after_each_tick(bench: Bench) -> None:
    heard: list[int] = []
    bench.listen(heard.append)
    await bench.tick()
    for count in (2, 3):
        await bench.store.append(envelopes(uuid4(), 1, count), BODY)
        await bench.tick()
    assert heard == [1, 4]
