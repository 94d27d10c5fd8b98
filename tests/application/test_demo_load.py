"""The story performed at the real desks, looked back at by both clocks and held against the ledger beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from uuid import UUID

import msgspec
import pytest

from adapters.demo import days, source
from adapters.demo.ledger import Entry, Ledger, Value, Which
from adapters.demo.load import Loaded
from application.people import account_id_of
from application.places import place_id_of
from application.ports import Recorded
from domain.feedback.events import FeedbackFact, FeedbackHandedOver, FeedbackSubmitted, TermRederived
from domain.people.account import ACCOUNT
from domain.registers.events import CaseEntered
from projections.feedback_view import FeedbackView, feedback_view
from tests.support.demo_store import PASSWORD, OpenStore, open_store
from tests.support.postgres import FreshDatabase

TODAY = days.moment(date(2026, 11, 22), 11)
AUTUMN = days.moment(date(2024, 9, 29), 12)


async def everything(store: OpenStore) -> list[Recorded]:
    return await store.world.log.after(-1, 100_000)


def as_ledger(view: FeedbackView | None) -> dict[str, Value] | None:
    """What the product shows of a case, in the words of the ledger."""
    if view is None:
        return None
    replies = [line.term.due_on for line in view.terms if line.term.purpose == "reply" and not line.replaced]
    unanswered = sum(message.reply is None and not message.lapsed for message in view.messages)
    return {
        "status": view.status,
        "authority_id": view.authority_id,
        "holder_id": view.holder_id,
        "category": view.category,
        "requests": len(view.requests),
        "open_questions": unanswered,
        "answered": view.answered,
        "closed": view.closed,
        "reply_due_on": replies[-1],
    }


def as_of(history: Sequence[Recorded], at: datetime, clock: Which) -> dict[str, Value] | None:
    """The case folded from what had happened, or was known, by then."""
    if clock == "known":
        return as_ledger(feedback_view(fact for fact in history if fact.recorded_at <= at))
    happened = sorted(
        (fact for fact in history if fact.occurred_at <= at),
        key=lambda fact: (fact.occurred_at, fact.originator_version),
    )
    return as_ledger(feedback_view(happened))


def histories(facts: Sequence[Recorded]) -> dict[UUID, list[Recorded]]:
    found = defaultdict[UUID, list[Recorded]](list)
    for recorded in facts:
        if isinstance(recorded.fact, FeedbackFact):
            found[recorded.originator_id].append(recorded)
    return found


def differences(facts: Sequence[Recorded], loaded: Loaded, clock: Which, instants: Sequence[datetime]) -> list[str]:
    told, ledger = histories(facts), loaded.ledger
    return [
        f"{slug} {at}"
        for slug, case_id in loaded.case_ids.items()
        for at in instants
        if as_of(told[case_id], at, clock) != ledger.state_at(case_id, at, clock)
    ]


async def test_the_whole_story_agrees_with_its_ledger_by_both_clocks(database: FreshDatabase, tmp_path: Path) -> None:
    async with open_store(database, tmp_path) as store:
        loaded = await store.load(TODAY)
        facts = await everything(store)
        rng = Random(7)
        instants = sorted(rng.sample(loaded.ledger.moments(), 25))
        assert differences(facts, loaded, "happened", instants) == []
        assert differences(facts, loaded, "known", instants) == []
        assert set(histories(facts)) == set(loaded.case_ids.values())
        assert len(facts) == loaded.facts >= 2_500
        apart = {case_id for case_id, _ in loaded.ledger.late()}
        assert len(apart) >= 25
        assert differences(facts, wronged(loaded), "happened", instants) != []
        each_case_is_of_a_demo_unit(facts)
        numbers_and_terms_outlive_the_division(facts)
        a_storm_moves_the_dates_of_open_cases(facts)
        the_worked_example_comes_out_to_the_day(facts, loaded)
        await everybody_signs_in_with_what_is_printed(store, loaded)


async def everybody_signs_in_with_what_is_printed(store: OpenStore, loaded: Loaded) -> None:
    """No start code is left that its holder would first have to change, or that is over by now."""
    for account in loaded.accounts:
        seen = await store.demo.execute.load(ACCOUNT, account_id_of(account.username))
        assert seen is not None
        assert seen.state.start_code_until is None, account.username


def wronged(loaded: Loaded) -> Loaded:
    """The control: a ledger in which one thing of one case is not so."""
    ledger, case_id = Ledger.from_json(loaded.ledger.to_json()), loaded.ledger.cases[5]
    first = ledger.entries(case_id)[0]
    ledger.write(case_id, Entry(first.happened_at, first.known_at, "wrong", {"requests": 9}))
    return msgspec.structs.replace(loaded, ledger=ledger)


def each_case_is_of_a_demo_unit(facts: Sequence[Recorded]) -> None:
    demo = {place_id_of(unit.slug) for unit in source.world().units}
    assert {f.fact.place_id for f in facts if isinstance(f.fact, FeedbackSubmitted)} == demo


def numbers_and_terms_outlive_the_division(facts: Sequence[Recorded]) -> None:
    """Handed-over cases keep their one number, given on the day they came, and their term."""
    handed = {f.originator_id for f in facts if isinstance(f.fact, FeedbackHandedOver)}
    entered = [f for f in facts if isinstance(f.fact, CaseEntered) and f.fact.case_id in handed]
    opened = {f.originator_id: f for f in facts if isinstance(f.fact, FeedbackSubmitted)}
    assert len(entered) == len(handed) >= 10
    for entry in entered:
        assert isinstance(entry.fact, CaseEntered)
        came = opened[entry.fact.case_id]
        assert (entry.recorded_at - came.recorded_at).total_seconds() < 1
        assert entry.fact.year == 2025


def a_storm_moves_the_dates_of_open_cases(facts: Sequence[Recorded]) -> None:
    """Some by their latest arguable day only, which is counted in working days."""
    again = [fact.fact for fact in facts if isinstance(fact.fact, TermRederived)]
    replies = [(fact.old.due_on, fact.new.due_on) for fact in again if fact.old.purpose == "reply"]
    moved = [(old, new) for old, new in replies if old != new]
    assert len(moved) >= 2
    assert set(moved) == {(date(2026, 9, 10), date(2026, 9, 11))}


def the_worked_example_comes_out_to_the_day(facts: Sequence[Recorded], loaded: Loaded) -> None:
    history = histories(facts)[loaded.case_ids["vi-du-may-chieu"]]
    opened = history[0].fact
    assert isinstance(opened, FeedbackSubmitted)
    due = {term.purpose: term.due_on for term in opened.terms}
    assert (due["acknowledge"], due["reply"]) == (date(2026, 8, 24), date(2026, 9, 3))
    assert len(opened.attachments) == 2
    monday = as_of(history, days.moment(date(2026, 8, 24), 8, 20), "happened")
    assert monday is not None
    assert (monday["category"], monday["status"]) == ("sponsorship", "classified")
    released = as_of(history, days.moment(date(2026, 8, 28), 16, 50), "happened")
    assert released is not None
    assert (released["status"], released["category"]) == ("answered", "over-collection")
    sheet = histories(facts)[loaded.case_ids["vi-du-phieu-giay"]]
    between = days.moment(date(2026, 8, 26), 10)
    assert as_of(sheet, between, "known") is None
    on_paper = as_of(sheet, between, "happened")
    assert on_paper is not None
    assert on_paper["reply_due_on"] == date(2026, 9, 4)


async def test_a_beginning_is_recorded_on_the_days_it_tells(database: FreshDatabase, tmp_path: Path) -> None:
    async with open_store(database, tmp_path) as store:
        seen: list[tuple[int, int, str]] = []
        loaded = await store.load(TODAY, AUTUMN, lambda *done: seen.append(done))
        told = [fact for fact in await everything(store) if isinstance(fact.fact, FeedbackFact)]
        written = [entry for case_id in loaded.ledger.cases for entry in loaded.ledger.entries(case_id)]
        assert len(told) == len(written)
        assert {to_the_second(fact.recorded_at) for fact in told} == {entry.known_at for entry in written}
        late = [fact for fact in told if fact.occurred_at < to_the_second(fact.recorded_at)]
        assert len(late) == len(loaded.ledger.late()) > 0
        assert all(fact.recorded_at <= AUTUMN for fact in told)
        assert [done for done, _, _ in seen] == sorted(done for done, _, _ in seen)
        assert seen[-1][0] == seen[-1][1]
        people = {account.username: account for account in loaded.accounts}
        mai = people["mai.doithong"]
        assert (mai.password, mai.authority, mai.roles) == (PASSWORD, "Phòng GD&ĐT (demo)", ("intake", "officer"))
        assert set(loaded.public_codes) == {unit.slug for unit in source.world().units}
        assert set(loaded.tracking_codes) == set(loaded.case_ids)


async def test_a_telling_that_broke_off_is_taken_up_and_leaves_nothing_double(
    database: FreshDatabase, tmp_path: Path
) -> None:
    def break_off(done: int, _total: int, _day: str) -> None:
        if done > 150:
            raise InterruptedError

    async with open_store(database, tmp_path) as store:
        with pytest.raises(InterruptedError):
            await store.load(TODAY, AUTUMN, break_off)
        broken_at = (await store.world.log.head()).log_index
        loaded = await store.load(TODAY - timedelta(days=9), AUTUMN)  # begun for TODAY, and so it stays
        facts = await everything(store)
        assert 0 < broken_at < loaded.facts
        told = [fact for fact in facts if isinstance(fact.fact, FeedbackFact)]
        assert len(told) == sum(len(loaded.ledger.entries(case_id)) for case_id in loaded.ledger.cases)
        assert differences(facts, loaded, "happened", loaded.ledger.moments()[::5]) == []


def to_the_second(stamp: datetime) -> datetime:
    """The stamps of one instant of the story differ by microseconds."""
    return stamp.replace(microsecond=0)
