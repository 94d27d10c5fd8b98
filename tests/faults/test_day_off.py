"""A day off is proclaimed over open, waiting, answered, closed and passed-on cases: exactly what was previewed moves.

The worker that counts the cases anew is killed in the middle and goes on where it was.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import msgspec

from adapters.bootstrap import World
from application.calendar_desk import Preview
from application.feedback_intake import Submission
from application.law import CALENDAR_ID
from application.people import account_id_of, actor_of
from domain.explanations.events import ExplanationDayMoved
from domain.explanations.explanation import EXPLANATION
from domain.feedback.events import TermRederived
from domain.feedback.feedback import FEEDBACK
from domain.law.calendar_facts.commands import ProclaimDayOff
from domain.law.calendar_facts.events import DayOffProclaimed
from domain.people.account import ACCOUNT
from tests.faults.test_alert_worker import pages_alone
from tests.support.alert_worker import worked
from tests.support.explaining import answered as explained
from tests.support.explaining import asked_of_school
from tests.support.office import asked
from tests.support.postgres import FreshDatabase
from tests.support.staff import clerk, forms_of, text_of
from tests.support.world import CLASSIFIED, OTHER_SCHOOL, PROVINCE, SCHOOL, SONG_MAY, Town, open_town

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
"""Monday 02/03/2026, 09:00 in Hà Nội."""
STORM = date(2026, 3, 4)
TEXT = "Đề nghị kiểm tra khoản thu của lớp (demo)."
BY_HAND = {"due_on": "2026-03-20", "date_reason": "Kiểm kê cuối tháng (demo)"}
KILLED = (
    "application.feedback:FeedbackDesk.rederive:after:2",
    "application.explanations:ExplanationDesk.rederive:before:1",
    "adapters.postgres.reactions:ReactionRunner._move:before:1",
)


class Population(msgspec.Struct, frozen=True):
    """Cases by how they stand, and requests for explanation by what their day rests on."""

    moving: frozenset[UUID]
    staying: frozenset[UUID]
    by_rule: frozenset[UUID]
    kept: frozenset[UUID]
    """Set by hand, explained, or asked for a case that has its answer."""


async def held(town: Town) -> UUID:
    """Taken in and classified."""
    sent = await town.submit(Submission(text=TEXT), SCHOOL)
    await town.do("mai", f"/api/submissions/{sent.case_id}/acknowledgements")
    await town.do("mai", f"/api/submissions/{sent.case_id}/classifications", CLASSIFIED)
    return sent.case_id


async def answer(town: Town, case_id: UUID) -> UUID:
    parts = [{"request": number, "text": "Đã trả lại tiền (demo)."} for number in (1, 2)]
    await town.do("mai", f"/api/feedback/{case_id}/drafts", {"outcome": "resolved", "parts": parts})
    await town.do("mai", f"/api/feedback/{case_id}/release-requests")
    await town.do("son", f"/api/feedback/{case_id}/releases")
    return case_id


async def population(town: Town) -> Population:
    new = [(await town.submit(Submission(text=TEXT))).case_id for _ in range(2)]
    waiting, asking, by_hand, done, settled, closed, passed_on, handed_over = [await held(town) for _ in range(8)]
    await town.do("mai", f"/api/feedback/{waiting}/questions", {"question": "Khi nào (demo)?"})
    by_rule = [await asked_of_school(town, case) for case in (asking, waiting)]
    kept = [await asked_of_school(town, by_hand, **BY_HAND), await asked_of_school(town, done)]
    assert (await explained(town, kept[1])).status_code == 201
    kept.append(await asked_of_school(town, settled))
    for case in (settled, closed):
        await answer(town, case)
    await town.do("son", f"/api/feedback/{closed}/closures", {"reason": "Xong (demo)"})
    body = {"receiver": "Công an phường (demo)", "where_to_ask": "0123", "document": "7/CV", "reason": "Thẩm quyền"}
    await town.do("mai", f"/api/submissions/{passed_on}/transfers", body)
    over = {"to_authority_id": str(SONG_MAY), "reason": "Địa bàn (demo)", "document": "8/CV (demo)"}
    await town.do("son", f"/api/feedback/{handed_over}/hand-overs", over)
    elsewhere = (await town.submit(Submission(text=TEXT), OTHER_SCHOOL)).case_id
    await town.settle()
    return Population(
        moving=frozenset({*new, waiting, asking, by_hand, done}),
        staying=frozenset({settled, closed, passed_on, handed_over, elsewhere}),
        by_rule=frozenset(by_rule),
        kept=frozenset(kept),
    )


async def previewed(world: World) -> Preview:
    """By the administrator of the province, who then confirms exactly this."""
    seen = await world.store.load(ACCOUNT, account_id_of("tinh"))
    assert seen is not None
    tinh = actor_of(account_id_of("tinh"), seen.state, world.clock.now())
    assert tinh is not None
    command = ProclaimDayOff(
        by=tinh.id, at=world.clock.now(), day=STORM, name="Nghỉ bão (demo)", document="01/CĐ", scope=PROVINCE
    )
    preview = await world.calendar.preview(tinh, command)
    await world.calendar.apply(tinh, asked(), command, preview.digest)
    return preview


Moved = tuple[UUID, str, date, date]


async def moved_by_facts(world: World, streams: frozenset[UUID]) -> list[Moved]:
    """Case or request, what is due, and both days, as facts say it."""
    found = []
    for one in await world.log.of_streams(sorted(streams)):
        if isinstance(one.fact, TermRederived | ExplanationDayMoved):
            old, new = one.fact.old, one.fact.new
            found.append((one.originator_id, old.purpose, old.due_on, new.due_on))
    return found


async def test_a_day_off_moves_exactly_what_was_previewed_though_the_worker_is_killed(
    database: FreshDatabase, tmp_path: Path
) -> None:
    async with open_town(database, tmp_path, now=NOW) as town:
        people = await population(town)
        cases = people.moving | people.staying
        case_of = {one: (await loaded(town.world, EXPLANATION, one)).case_id for one in (*people.by_rule, *people.kept)}
        before = {case: (await loaded(town.world, FEEDBACK, case)).terms for case in people.staying}
        days = {one: (await loaded(town.world, EXPLANATION, one)).due_on for one in people.kept}
    async with pages_alone(database, tmp_path, NOW) as world:
        preview = await previewed(world)
    assert {move.case_id for move in preview.moves} == people.moving
    assert preview.kept == 1, "the one whose day was set by hand, and is still owed"
    # Where only the latest day that could be argued moves, the due day itself stays.
    assert all(move.new >= move.old for move in preview.moves)
    assert {move.purpose for move in preview.moves if move.new > move.old} == {"triage", "explain"}
    done = []
    for point in KILLED:
        assert await worked(database, tmp_path, NOW, point) == -9, point
        async with pages_alone(database, tmp_path, NOW) as world:
            done.append(len(await moved_by_facts(world, cases | case_of.keys())))
    assert 0 < done[0] < len(preview.moves), "it was killed in the middle"
    assert done == sorted(done)
    assert await worked(database, tmp_path, NOW) == 0
    async with pages_alone(database, tmp_path, NOW) as world:
        facts = await moved_by_facts(world, cases | case_of.keys())
        shown = [(move.case_id, move.purpose, move.old, move.new) for move in preview.moves]
        by_case = [(case_of.get(stream) or stream, *rest) for stream, *rest in facts]
        assert sorted(by_case) == sorted(shown), "what was previewed, each once, with both its days"
        assert {stream for stream, purpose, *_ in facts if purpose == "explain"} == people.by_rule
        assert {case: (await loaded(world, FEEDBACK, case)).terms for case in people.staying} == before
        assert {one: (await loaded(world, EXPLANATION, one)).due_on for one in people.kept} == days
        (calendar,) = await world.log.of_streams((CALENDAR_ID,))
        assert isinstance(calendar.fact, DayOffProclaimed)
        assert await world.calendar.remaining(calendar.fact, calendar.recorded_at) == 0


async def loaded(world: World, decider: Any, stream: UUID) -> Any:
    seen = await world.store.load(decider, stream)
    assert seen is not None
    return seen.state


async def test_the_pages_say_what_moves_why_it_moved_and_what_stays(database: FreshDatabase, tmp_path: Path) -> None:
    async with open_town(database, tmp_path, now=NOW) as town:
        asking, by_hand = await held(town), await held(town)
        request = await asked_of_school(town, asking)
        await asked_of_school(town, by_hand, **BY_HAND)
        tinh = await clerk(town, "tinh")
        form = await tinh.form("/calendar/change", "/calendar/change")
        form |= {"change": "day-off", "day": STORM.isoformat(), "name": "Nghỉ bão", "document": "01/CĐ", "scope": "own"}
        shown = await tinh.send("/calendar/change", form, 200)
        assert "1 yêu cầu giải trình có hạn do người đặt riêng: giữ nguyên." in text_of(shown.text)
        confirmed = forms_of(shown.text)["/calendar/change"]
        await tinh.send(
            "/calendar/change", {name: values[-1] for name, values in confirmed.items()} | {"again": ""}, 303
        )
        await town.settle()
        page = text_of(await (await clerk(town, "mai")).read(f"/explanations/{request}"))
        assert "Ngày nghỉ thay đổi (01/CĐ)" in page
        school = await (await clerk(town, "hoa")).read(f"/school/requests/{request}")
        assert "Ngày nghỉ thay đổi (01/CĐ)" in text_of(school)
        assert "06/03/2026" in text_of(school)
