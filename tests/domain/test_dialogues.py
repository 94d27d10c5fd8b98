"""A dialogue meeting by its rules: what each act follows from, and each refusal with its field."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.dialogues import commands as c
from domain.dialogues import events as f
from domain.dialogues import refusals as r
from domain.dialogues.counting import SMALLEST, told
from domain.dialogues.dialogue import DIALOGUE, possible_actions
from domain.dialogues.recording import MOST_OPINIONS
from domain.dialogues.state import Dialogue, OpinionState
from domain.dialogues.vocabulary import Addressed, OpinionStatus
from domain.kernel import Command, RefusalError, UnknownCaseError
from tests.support.deciders import KINDS
from tests.support.dialogue_walk import (
    ABOUT,
    HELD,
    LATER,
    PAPER,
    ROWS,
    TODAY,
    announce,
    answer,
    aside,
    close,
    dismiss,
    hold,
    opinion,
    plan,
    publish,
    reopen,
    route,
    sealed,
    summarise,
    take,
    transfer,
    withdraw,
)
from tests.support.given import Given
from tests.support.histories import history_of

BEFORE, TOMORROW = HELD - timedelta(days=1), TODAY + timedelta(days=1)
planned = Given(DIALOGUE).when(plan).given
announced = planned.when(announce).given
held = announced.when(hold).given


def with_opinions(count: int) -> Given:
    """Recorded, nothing settled."""
    return held.when(take(*(opinion(number) for number in range(1, count + 1)))).given


recorded = with_opinions(3)
waiting = recorded.when(take(rows=[aside()])).given
settled = recorded.when(answer(1)).given.when(transfer(2, 3)).given
summarised = settled.when(summarise).given
closed = summarised.when(close).given
published = closed.when(publish).given

PASSED: tuple[tuple[str, Given, Command, type[Any]], ...] = (
    ("planned", Given(DIALOGUE), plan, f.DialoguePlanned),
    ("announced", planned, announce, f.DialogueAnnounced),
    ("announced again", announced, announce, f.DialogueAnnounced),
    ("held", announced, hold, f.DialogueMeetingHeld),
    ("minutes later", held, c.FileMinutes(**ABOUT, minutes=PAPER), f.DialogueMinutesFiled),
    ("recorded", held, take(opinion(1)), f.OpinionsRecorded),
    ("kept back", held, take(rows=[aside()]), f.RowsKeptBack),
    ("mended", waiting, take(opinion(12), mended=[ROWS[0]]), f.OpinionsRecorded),
    ("dismissed", waiting, dismiss(), f.RowDismissed),
    ("routed", recorded, route(1, 2), f.OpinionsRouted),
    ("routed again", recorded.when(route(1)).given, route(1, level=Addressed.PROVINCE), f.OpinionsRouted),
    ("routed on the day", recorded, route(1, due_on=HELD), f.OpinionsRouted),
    ("to another body", recorded, route(1, level=Addressed.OTHER, body="Điện lực (demo)"), f.OpinionsRouted),
    ("answered", recorded, answer(1), f.OpinionAnswered),
    ("answered at the meeting", recorded, answer(1, answered_on=HELD), f.OpinionAnswered),
    ("transferred", recorded, transfer(1, 2), f.OpinionsTransferred),
    ("reopened", settled, reopen(1), f.OpinionReopened),
    ("summarised", settled, summarise, f.DialogueSummarised),
    ("closed", summarised, close, f.DialogueBatchClosed),
    ("published", closed, publish, f.DialogueSummaryPublished),
    ("withdrawn", published, withdraw, f.DialogueSummaryWithdrawn),
    ("published again", published.when(withdraw).given, publish, f.DialogueSummaryPublished),
)
REFUSED: tuple[tuple[str, Given, Command, type[RefusalError], str | None, dict[str, int]], ...] = (
    ("planned twice", planned, plan, r.AlreadyPlannedError, None, {}),
    ("no title", Given(DIALOGUE), replace(plan, title=" "), r.WordsMissingError, "title", {}),
    ("nobody invited", Given(DIALOGUE), replace(plan, invited=""), r.WordsMissingError, "invited", {}),
    ("nothing there", Given(DIALOGUE), announce, UnknownCaseError, None, {}),
    ("announced without how", planned, replace(announce, how=" "), r.WordsMissingError, "how", {}),
    ("announced ahead", planned, replace(announce, announced_on=TOMORROW), r.DayAheadError, "announced_on", {}),
    ("announced after", held, announce, r.AlreadyHeldError, None, {}),
    ("held unannounced", planned, hold, r.NotAnnouncedError, None, {}),
    ("held twice", held, hold, r.AlreadyHeldError, None, {}),
    ("held ahead", announced, replace(hold, held_on=TOMORROW), r.DayAheadError, "held_on", {}),
    ("held by nobody", announced, replace(hold, participants=0), r.NobodyThereError, "participants", {}),
    ("minutes before", announced, c.FileMinutes(**ABOUT, minutes=PAPER), r.NotHeldError, None, {}),
    ("recorded before", announced, take(opinion(1)), r.NotHeldError, None, {}),
    ("nothing new", held, take(), r.NothingNewError, "sheet", {}),
    ("number zero", held, take(opinion(0)), r.NumberWrongError, "number", {}),
    ("number taken", recorded, take(opinion(2, "Khác")), r.NumberTakenError, "number", {"number": 2}),
    ("number twice", held, take(opinion(4), opinion(4)), r.NumberTakenError, "number", {"number": 4}),
    ("body missing", held, take(opinion(1, level=Addressed.OTHER)), r.BodyMissingError, "body", {}),
    ("due unreasoned", held, take(opinion(1, due_on=LATER)), r.DueReasonMissingError, "due_reason", {}),
    (
        "due before",
        held,
        take(opinion(1, due_on=BEFORE, due_reason="Hẹn")),
        r.DayBeforeMeetingError,
        "due_on",
        {},
    ),
    ("mended unknown", recorded, take(opinion(12), mended=[ROWS[1]]), r.RowUnknownError, None, {}),
    ("dismissed unknown", recorded, dismiss(), r.RowUnknownError, None, {}),
    ("dismissed unreasoned", waiting, dismiss(reason=" "), r.ReasonMissingError, "reason", {}),
    ("routed nothing", recorded, route(), r.NothingChosenError, "numbers", {}),
    ("routed unknown", recorded, route(1, 9), r.OpinionUnknownError, "number", {"number": 9}),
    ("routed settled", settled, route(1), r.OpinionSettledError, "numbers", {"number": 1}),
    ("routed nowhere", recorded, route(1, level=Addressed.OTHER), r.BodyMissingError, "body", {}),
    ("routed before", recorded, route(1, due_on=BEFORE), r.DayBeforeMeetingError, "due_on", {}),
    ("routed unreasoned", recorded, route(1, due_reason=" "), r.DueReasonMissingError, "due_reason", {}),
    ("answered without", recorded, answer(1, answer=None), r.AnswerMissingError, "answer", {}),
    ("answered twice", settled, answer(1), r.OpinionSettledError, "numbers", {"number": 1}),
    ("answered ahead", recorded, answer(1, answered_on=TOMORROW), r.DayAheadError, "answered_on", {}),
    ("answered before", recorded, answer(1, answered_on=BEFORE), r.DayBeforeMeetingError, "answered_on", {}),
    ("passed on to nobody", recorded, transfer(1, body=" "), r.BodyMissingError, "receiver", {}),
    ("passed on ahead", recorded, transfer(1, transferred_on=TOMORROW), r.DayAheadError, "transferred_on", {}),
    ("reopened open", recorded, reopen(1), r.OpinionOpenError, "number", {"number": 1}),
    ("reopened unknown", recorded, reopen(9), r.OpinionUnknownError, "number", {"number": 9}),
    ("reopened unreasoned", settled, reopen(1, " "), r.ReasonMissingError, "reason", {}),
    ("summarised empty", held, summarise, r.NoOpinionsError, None, {}),
    ("summarised unrouted", recorded, summarise, r.NotRoutedError, None, {"first": 1, "count": 3}),
    ("summarised wordless", settled, replace(summarise, text=None), r.SummaryMissingError, "text", {}),
    ("closed empty", held, close, r.NoOpinionsError, None, {}),
    ("closed open", recorded.when(answer(1)).given, close, r.OpinionsOpenError, None, {"first": 2, "count": 2}),
    ("closed with rows", summarised.when(take(rows=[aside()])).given, close, r.RowsWaitError, None, {"count": 1}),
    ("closed without summary", settled, close, r.SummaryMissingError, None, {}),
    ("closed twice", closed, close, r.BatchClosedError, None, {}),
    ("recorded after", closed, take(opinion(9)), r.BatchClosedError, None, {}),
    ("published early", summarised, publish, r.NotClosedError, None, {}),
    ("published unread", closed, replace(publish, confirmed=False), r.NotConfirmedError, "confirmed", {}),
    ("published wordless", closed, replace(publish, text=None), r.SummaryMissingError, "text", {}),
    ("published twice", published, publish, r.AlreadyPublishedError, None, {}),
    ("withdrawn unpublished", closed, withdraw, r.NotPublishedError, None, {}),
    ("withdrawn unreasoned", published, replace(withdraw, reason=" "), r.ReasonMissingError, "reason", {}),
)


@pytest.mark.parametrize(("given", "command", "fact"), [case[1:] for case in PASSED], ids=[case[0] for case in PASSED])
def test_what_the_rules_allow_follows(given: Given, command: Command, fact: type[Any]) -> None:
    assert [type(one) for one in given.when(command).facts] == [fact]


@pytest.mark.parametrize("case", REFUSED, ids=[case[0] for case in REFUSED])
def test_what_the_rules_forbid_is_refused_by_name(case: tuple[Any, ...]) -> None:
    _name, given, command, refusal, field, details = case
    given.when(command).refused(refusal, field=field, **details)


def test_every_refusal_of_a_meeting_has_its_row() -> None:
    defined = {one for one in vars(r).values() if isinstance(one, type) and issubclass(one, RefusalError)}
    tested = {case[3] for case in REFUSED} | {r.TooManyOpinionsError}
    assert defined - tested - {RefusalError} == set()


def test_16_of_17_opinions_answered_do_not_close_the_batch() -> None:
    batch = with_opinions(17)
    for number in range(1, 18):
        if number != 13:
            batch = batch.when(answer(number)).given
    batch.when(close).refused(r.OpinionsOpenError, first=13, count=1)
    whole = batch.when(transfer(13)).given.when(summarise).given
    (fact,) = whole.when(close).facts
    assert fact == f.DialogueBatchClosed(total=17)


def test_minutes_come_with_the_meeting_or_later() -> None:
    facts = announced.when(replace(hold, minutes=PAPER)).facts
    assert [type(one) for one in facts] == [f.DialogueMeetingHeld, f.DialogueMinutesFiled]


def test_what_is_recorded_after_the_summary_wants_a_new_one() -> None:
    more = summarised.when(take(opinion(4))).given.when(answer(4)).given
    more.when(close).refused(r.SummaryMissingError)
    assert more.when(summarise).given.when(close).facts


def test_a_reopened_opinion_is_again_what_it_was_before_it_was_settled() -> None:
    routed = recorded.when(route(1)).given.when(answer(1)).given.when(reopen(1)).given
    assert routed.state.opinions[1].status is OpinionStatus.ROUTED
    unrouted = recorded.when(answer(1)).given.when(reopen(1)).given
    assert unrouted.state.opinions[1].status is OpinionStatus.RECORDED
    assert unrouted.state.opinions.keys() == {1, 2, 3}


def test_a_meeting_has_at_most_a_thousand_opinions_with_the_rows_that_wait() -> None:
    full = with_opinions(MOST_OPINIONS - 1)
    full.when(take(opinion(5_000))).given.when(take(rows=[aside()])).refused(
        r.TooManyOpinionsError, field="sheet", most=MOST_OPINIONS
    )
    full.when(take(opinion(5_000), rows=[aside()])).refused(r.TooManyOpinionsError, field="sheet", most=MOST_OPINIONS)
    last = full.when(take(rows=[aside()])).given
    assert last.when(take(opinion(5_000), mended=[ROWS[0]])).facts, "a mended row takes its own place"


def test_published_counts_single_out_nobody() -> None:
    def counts(**given: int) -> dict[str, int | None]:
        return {one.code: one.count for one in told(given)}

    assert counts(answered=60, transferred=8) == {"answered": 60, "transferred": 8}
    assert counts(answered=65, transferred=3) == {"answered": None, "transferred": None}, "the rest would tell it"
    assert counts(school=30, commune=20, province=1, department=2) == {
        "commune": None, "department": None, "province": None, "school": 30,
    }  # fmt: skip
    assert counts(school=4, commune=1, province=30) == {"commune": None, "province": 30, "school": None}
    assert counts(school=0, commune=9) == {"commune": 9}
    random = Random(7)
    for _ in range(500):
        given = {str(n): random.choice((0, 1, 2, 4, 5, 6, 9, 40)) for n in range(random.randint(1, 5))}
        hidden = [given[one.code] for one in told(given) if one.count is None]
        assert all(one.count is None or one.count >= SMALLEST for one in told(given))
        rest = sum(hidden)
        assert not hidden or len(hidden) == len([n for n in given.values() if n]) or (len(hidden) > 1 and rest >= 5)


def test_a_meeting_of_few_opinions_publishes_no_count() -> None:
    (fact,) = closed.when(publish).facts
    assert isinstance(fact, f.DialogueSummaryPublished)
    assert (fact.total, fact.title, fact.held_on) == (None, plan.title, HELD)
    assert {one.count for one in (*fact.by_state, *fact.by_level)} == {None}


def test_the_states_of_the_opinions_are_always_the_total_whatever_happens() -> None:
    seen: Counter[type[Any]] = Counter()
    for seed in range(200):
        history: Any = history_of(KINDS["dialogue"], Random(seed).choice, 40)
        seen.update(type(fact) for fact in history)
        numbers: set[int] = set()
        for until in range(len(history) + 1):
            state: Dialogue | None = DIALOGUE.fold(history[:until])
            if state is None:
                continue
            assert sum(state.count(status) for status in OpinionStatus) == len(state.opinions)
            assert numbers <= state.opinions.keys(), "a number stays"
            numbers = set(state.opinions)
            if state.closed:
                assert not state.open_numbers()
                assert not state.aside
    assert set(seen) == set(KINDS["dialogue"].facts)


ASKED: dict[str, Command] = {
    "announcements": announce,
    "meetings": hold,
    "minutes": c.FileMinutes(**ABOUT, minutes=PAPER),
    "opinions": take(opinion(900)),
    "row-dismissals": dismiss(),
    "routings": route(1),
    "answers": answer(1),
    "transfers": transfer(1),
    "reopenings": reopen(1),
    "summaries": summarise,
    "closures": close,
    "publications": publish,
    "withdrawals": withdraw,
}


def test_what_is_offered_is_what_the_rules_allow() -> None:
    for given in (planned, announced, held, recorded, waiting, settled, summarised, closed, published):
        offered = possible_actions(given.state)
        for action, command in ASKED.items():
            try:
                given.when(command).facts  # noqa: B018 - asks the rules
                allowed = True
            except RefusalError:
                allowed = False
            said_no = {"closures", "summaries"} if given.state.opinions and not given.state.closed else set()
            assert (action in offered) == (allowed or action in said_no), (action, given.history[-1])
    assert possible_actions(Dialogue()) == frozenset()


def test_a_row_that_waits_is_known_by_its_words() -> None:
    assert waiting.state.aside == {ROWS[0]: sealed(f"row {ROWS[0]}").commitment}
    assert recorded.state.opinions[1] == OpinionState(b"\xc3\x9d ki\xe1\xba\xbfn 1")
    assert recorded.state.next_number == 4
    assert UUID(int=1) == recorded.state.authority_id
    assert date(2026, 8, 20) == recorded.state.held_on
