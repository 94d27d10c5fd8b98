from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from application.ports import CommandReusedError, Receipt, VersionConflictError
from domain.feedback.feedback import FEEDBACK
from tests.contract.conftest import Bench
from tests.contract.notes import BODY, NOTES, Notes, envelope, envelopes


async def test_what_was_appended_is_loaded(bench: Bench) -> None:
    stream = uuid4()
    receipt = await bench.store.append(envelopes(stream, 1, 3), BODY)
    assert receipt == Receipt(stream, 3)
    loaded = await bench.store.load(NOTES, stream)
    assert loaded is not None
    assert (loaded.id, loaded.version, loaded.state) == (stream, 3, Notes(("noted",) * 3))


async def test_a_stream_that_never_was_loads_as_nothing(bench: Bench) -> None:
    assert await bench.store.load(NOTES, uuid4()) is None


async def test_a_stream_of_another_kind_loads_as_nothing(bench: Bench) -> None:
    stream = uuid4()
    await bench.store.append(envelopes(stream, 1, 2), BODY)
    assert await bench.store.load(FEEDBACK, stream) is None


async def test_an_envelope_comes_back_as_it_went(bench: Bench) -> None:
    sent = envelope(uuid4(), text="Ngày 3/9, phụ huynh hỏi về khoản thu")
    await bench.store.append([sent], BODY)
    await bench.tick()
    (recorded,) = await bench.log.after(-1, 10)
    assert recorded.log_index == 0
    for field in sent.__struct_fields__:
        assert getattr(recorded, field) == getattr(sent, field), field


async def test_a_stale_append_is_refused(bench: Bench) -> None:
    stream = uuid4()
    await bench.store.append(envelopes(stream, 1, 2), BODY)
    with pytest.raises(VersionConflictError):
        await bench.store.append([envelope(stream, 2)], BODY)
    with pytest.raises(VersionConflictError):
        await bench.store.append([envelope(stream, 1)], BODY)


async def test_an_unknown_stream_and_a_version_too_far_are_refused(bench: Bench) -> None:
    stream = uuid4()
    with pytest.raises(VersionConflictError):
        await bench.store.append([envelope(stream, 2)], BODY)
    await bench.store.append([envelope(stream, 1)], BODY)
    with pytest.raises(VersionConflictError):
        await bench.store.append([envelope(stream, 3)], BODY)


async def test_versions_of_one_append_must_follow_one_another(bench: Bench) -> None:
    stream, command = uuid4(), uuid4()
    for first, second in ((1, 3), (1, 1), (2, 1), (0, 1)):
        with pytest.raises(VersionConflictError):
            await bench.store.append([envelope(stream, first, command), envelope(stream, second, command)], BODY)
    assert await bench.store.load(NOTES, stream) is None


async def test_several_streams_are_all_or_nothing(bench: Bench) -> None:
    known, fresh, stale, command = uuid4(), uuid4(), uuid4(), uuid4()
    await bench.store.append([envelope(known)], BODY)
    await bench.store.append([envelope(stale)], BODY)
    wanted = [envelope(fresh, 1, command), envelope(known, 2, command), envelope(stale, 1, command)]
    with pytest.raises(VersionConflictError):
        await bench.store.append(wanted, BODY)
    assert await bench.store.load(NOTES, fresh) is None
    assert await bench.store.receipt_of(command, BODY) is None
    assert await bench.store.append(wanted[:2], BODY) == Receipt(fresh, 1)
    moved = await bench.store.load(NOTES, known)
    assert moved is not None
    assert moved.version == 2


async def test_the_receipt_names_the_stream_of_the_first_envelope(bench: Bench) -> None:
    first, other, command = uuid4(), uuid4(), uuid4()
    batch = [envelope(first, 1, command), envelope(other, 1, command), envelope(first, 2, command)]
    assert await bench.store.append(batch, BODY) == Receipt(first, 2)
    assert await bench.store.receipt_of(command, BODY) == Receipt(first, 2)


async def test_the_same_command_twice_is_one_effect_and_the_same_receipt(bench: Bench) -> None:
    stream, command = uuid4(), uuid4()
    receipt = await bench.store.append([envelope(stream, 1, command)], BODY)
    assert await bench.store.append([envelope(stream, 1, command)], BODY) == receipt
    assert await bench.store.append([envelope(stream, 2, command)], BODY) == receipt
    assert await bench.tick() == 1


async def test_the_same_command_is_recognised_after_the_state_has_moved_on(bench: Bench) -> None:
    stream, command = uuid4(), uuid4()
    receipt = await bench.store.append([envelope(stream, 1, command)], BODY)
    await bench.store.append(envelopes(stream, 2, 5), BODY)
    assert await bench.store.append([envelope(stream, 1, command)], BODY) == receipt
    assert await bench.store.append([envelope(stream, 7, command)], BODY) == receipt


async def test_another_body_under_a_known_command_is_refused(bench: Bench) -> None:
    stream, command = uuid4(), uuid4()
    await bench.store.append([envelope(stream, 1, command)], BODY)
    for version in (1, 2):
        with pytest.raises(CommandReusedError):
            await bench.store.append([envelope(stream, version, command)], b"something else")
    with pytest.raises(CommandReusedError):
        await bench.store.receipt_of(command, b"something else")


async def test_an_append_belongs_to_exactly_one_command(bench: Bench) -> None:
    stream = uuid4()
    with pytest.raises(ValueError, match="one command"):
        await bench.store.append([envelope(stream, 1), envelope(stream, 2)], BODY)
    with pytest.raises(ValueError, match="one command"):
        await bench.store.append([], BODY)


async def test_a_naive_time_is_refused(bench: Bench) -> None:
    naive = envelope(uuid4())
    fields = {name: getattr(naive, name) for name in naive.__struct_fields__}
    fields["occurred_at"] = datetime(2026, 9, 3, tzinfo=UTC).replace(tzinfo=None)
    with pytest.raises(ValueError, match="naive"):
        await bench.store.append([type(naive)(**fields)], BODY)


async def test_an_instant_of_another_zone_stays_the_same_instant(bench: Bench) -> None:
    hanoi = envelope(uuid4())
    fields = {name: getattr(hanoi, name) for name in hanoi.__struct_fields__}
    fields["occurred_at"] = datetime.fromisoformat("2026-09-03T23:59:59.5+07:00")
    await bench.store.append([type(hanoi)(**fields)], BODY)
    await bench.tick()
    (recorded,) = await bench.log.after(-1, 10)
    assert recorded.occurred_at == fields["occurred_at"]
    assert recorded.occurred_at.utcoffset() == timedelta(0)
