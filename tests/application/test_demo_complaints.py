"""The complaints of the demo, performed at the real desk: where each stands, and who finds what to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

import pytest

from adapters.demo import days
from adapters.demo.complaints_open import complaints
from adapters.demo.scans import scan
from adapters.demo.turn import complaint_id_of
from adapters.http.web.staff.complaints import PARTS, SOON
from application.access import SYSTEM, Actor
from application.complaint_access import scope_of
from application.people import account_id_of, actor_of
from domain.calendar import legal_date
from domain.complaints.vocabulary import Reading, Stage
from domain.people.account import ACCOUNT
from projections.complaint_list import ComplaintFilters, all_complaints, count_each
from projections.complaints import ComplaintRow
from tests.support.demo_store import OpenStore, open_store
from tests.support.postgres import FreshDatabase

SUNDAY = days.moment(date(2026, 11, 22), 11)
AFTER_STORM = days.moment(date(2026, 9, 21), 9)
BEFORE_TET = days.moment(date(2027, 2, 3), 15)
WALK = days.moment(date(2026, 3, 10), 8)
"""The morning on which anh Hùng comes."""
IN_SPRING = days.moment(date(2026, 4, 22), 17)
ALWAYS = {
    "khieu-nai-phan-tuyen": Stage.UNDER_VERIFICATION,
    "khieu-nai-ho-tro": Stage.FOR_SIGNING,
    "khieu-nai-phong-hoc": Stage.SIGNED,
    "khieu-nai-ban-tru": Stage.UNDER_VERIFICATION,
    "khieu-nai-hoc-ba": Stage.DRAFTED,
    "khieu-nai-cau-lac-bo": Stage.RECEIVED,
    "khieu-nai-da-rut": Stage.TERMINATED,
    "khieu-nai-huong-dan": Stage.GUIDED,
    "khieu-nai-moi-den": Stage.FORWARDED,
    "khieu-nai-ky-luat": Stage.RECEIVED,
}
IN_THE_END = {
    "khieu-nai-1": Stage.CLOSED,
    "khieu-nai-1-lan-2": Stage.EXECUTED,
    "khieu-nai-2": Stage.DECIDED,
    "khieu-nai-3": Stage.DELIVERED,
    "khieu-nai-3-lan-2": Stage.NOT_ACCEPTED,
}
OF_THE_REPRIMAND = ("overdue", "open", "all")
PART_OF = {
    **dict.fromkeys(("hoa.binhnguyen", "thu.binhnguyen", "duc.binhnguyen"), PARTS),
    **dict.fromkeys(("mai.doithong", "son.doithong", "nga.doithong"), PARTS),
    "quyet.thcsnuixanh": OF_THE_REPRIMAND,
    "mo.thcsnuixanh": ("mine", *OF_THE_REPRIMAND),
}


async def rows_of(store: OpenStore) -> dict[UUID, ComplaintRow]:
    await store.world.settle()
    found = await all_complaints(store.world.db, scope_of(SYSTEM), ComplaintFilters())
    return {row.case_id: row for row in found}


def stages(rows: Mapping[UUID, ComplaintRow], wanted: Mapping[str, Stage]) -> dict[str, str]:
    return {slug: rows[complaint_id_of(slug)].stage for slug in wanted}


async def actor_for(store: OpenStore, username: str) -> Actor:
    account_id = account_id_of(username)
    account = await store.demo.execute.load(ACCOUNT, account_id)
    assert account is not None
    actor = actor_of(account_id, account.state, store.clock.now())
    assert actor is not None
    return actor


async def parts_of(store: OpenStore, username: str) -> set[str]:
    """The parts of this person's list that hold something."""
    actor, today = await actor_for(store, username), legal_date(store.clock.now())
    calendar = (await store.world.law.at(actor.authority_id, store.clock.now())).calendar
    until = calendar.add_working_days(today, SOON) + days.DAY
    filters = {
        "mine": ComplaintFilters(waits_for=scope_of(actor), open_only=True),
        "overdue": ComplaintFilters(due_before=today, open_only=True),
        "soon": ComplaintFilters(due_from=today, due_before=until, open_only=True),
        "open": ComplaintFilters(open_only=True),
        "over": ComplaintFilters(open_only=False),
        "all": ComplaintFilters(),
    }
    assert set(filters) == set(PARTS)
    counts = await count_each(store.world.db, scope_of(actor), [filters[part] for part in PARTS])
    return {part for part, count in zip(PARTS, counts, strict=True) if count}


@pytest.mark.parametrize("now", [SUNDAY, AFTER_STORM, BEFORE_TET], ids=["sunday", "after-storm", "before-tet"])
async def test_every_part_of_the_list_holds_something_whatever_the_day(
    now: datetime, database: FreshDatabase, tmp_path: Path
) -> None:
    async with open_store(database, tmp_path) as store:
        await store.load(now)
        rows = await rows_of(store)
        wanted = {**ALWAYS, **IN_THE_END}
        assert stages(rows, wanted) == wanted
        assert set(rows) == {complaint_id_of(slug) for slug in wanted}
        assert all(row.number for row in rows.values())
        found = {who: await parts_of(store, who) for who in PART_OF}
        assert {who: tuple(part for part in PARTS if part in found[who]) for who in PART_OF} == PART_OF
        the_days_of_the_handbook(rows)
        assert rows[complaint_id_of("khieu-nai-ky-luat")].state.reading is None


def the_days_of_the_handbook(rows: Mapping[UUID, ComplaintRow]) -> None:
    """Walk A2, steps 3 to 15, as far as they stand in the line of the list."""
    first, second = (rows[complaint_id_of(slug)].state for slug in ("khieu-nai-1", "khieu-nai-1-lan-2"))
    assert [term.due_on for term in first.windows] == [date(2026, 5, 28)]
    assert first.effect is not None
    assert first.effect.due_on == date(2026, 5, 22)
    assert (first.decided_on, first.received_decision_on) == (date(2026, 4, 22), date(2026, 4, 28))
    assert (second.accepted_on, second.dialogue_on, second.decided_on) == (
        date(2026, 6, 5),
        date(2026, 6, 25),
        date(2026, 7, 14),
    )
    assert second.regime == "KN-1"
    assert second.published_on == date(2026, 7, 22)
    unproven = rows[complaint_id_of("khieu-nai-2")].state
    assert (unproven.received_decision_on, unproven.windows) == (None, ())
    reprimand = rows[complaint_id_of("khieu-nai-ky-luat")].state
    until = {term.rule_id: term.due_on for term in reprimand.limits}
    assert until["KN-DISC-LIMIT"] == date(2026, 1, 20)
    assert len(until) == len(Reading)


async def test_what_comes_later_has_not_happened_yet(database: FreshDatabase, tmp_path: Path) -> None:
    """On the evening of 22/04 the decision has its number and was not sent; the second complaint is not there."""
    async with open_store(database, tmp_path) as store:
        await store.load(IN_SPRING)
        rows = await rows_of(store)
        first = rows[complaint_id_of("khieu-nai-1")].state
        assert (first.stage, first.sent_on) == (Stage.DECIDED, None)
        assert {term.purpose: term.due_on for term in first.terms}["send"] == date(2026, 4, 28)
        assert not {complaint_id_of(slug) for slug in ("khieu-nai-1-lan-2", "khieu-nai-3-lan-2")} & set(rows)
        assert stages(rows, ALWAYS) == ALWAYS


def test_on_the_morning_of_the_walk_nobody_has_complained_about_a_transfer() -> None:
    slugs = {step.slug for step in complaints(WALK)}
    assert "khieu-nai-ky-luat" in slugs
    assert not slugs & set(IN_THE_END)
    assert all(step.at <= WALK for step in complaints(WALK))


def test_before_the_wards_began_there_are_none() -> None:
    assert list(complaints(days.moment(date(2025, 7, 2), 10))) == []


def test_offices_rest_on_days_off() -> None:
    at_work = [days.day_of(step.at) for step in complaints(BEFORE_TET)]
    assert [day for day in at_work if not days.works(day, day)] == []


def test_a_paper_is_the_same_bytes_each_time_and_says_what_it_is() -> None:
    scan.cache_clear()
    first = scan("BIÊN BẢN", "Nội dung (demo).")
    scan.cache_clear()
    assert scan("BIÊN BẢN", "Nội dung (demo).") == first
    assert first.startswith(b"%PDF-")
    assert scan("BIÊN BẢN", "Nội dung khác (demo).") != first
