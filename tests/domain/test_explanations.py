"""What a school is asked to explain: what each act follows from, and each refusal with the field at fault."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import pytest
from msgspec.structs import replace

from domain.explanations import commands as c
from domain.explanations import events as f
from domain.explanations import refusals as r
from domain.explanations.explanation import EXPLANATION, Explanation, possible_actions
from domain.explanations.wording import borrowed
from domain.kernel import Command, Fact, RefusalError, Sealed, UnknownCaseError
from domain.law.calendar_facts.amendments import Amendment, amended
from domain.law.calendar_facts.events import DayOffProclaimed
from domain.law.law import Law, law_at
from tests.support.deciders import KINDS
from tests.support.given import Given
from tests.support.histories import history_of

CASE, AUTHORITY, PLACE, SUBJECT, MAI, HOA = (UUID(int=n) for n in range(1, 7))
TUESDAY = datetime(2026, 8, 25, 2, tzinfo=UTC)
"""25/08/2026, 09:00 in Hà Nội: the day of step 9 of the walk from the gate to an answer."""
FRIDAY = date(2026, 8, 28)


def sealed(text: str) -> Sealed:
    return Sealed(SUBJECT, UUID(int=9), "test:text", b"nonce", text.encode(), b"commitment")


def picture(number: int = 1) -> f.ExplanationFile:
    return f.ExplanationFile(UUID(int=50 + number), "a" * 64, "image/jpeg", 100, sealed("meta"))


asking = c.RequestExplanation(
    by=MAI,
    at=TUESDAY,
    number="GT-4F7K",
    case_id=CASE,
    authority_id=AUTHORITY,
    place_id=PLACE,
    subject_id=SUBJECT,
    questions=(sealed("Thu khoản nào?"), sealed("Thông báo thế nào?")),
    attachments=(),
    could_know=40,
    could_know_sealed=sealed("40"),
    few_reason=None,
    preview_confirmed=True,
    law=law_at(TUESDAY),
)
opening = c.OpenRequest(by=HOA, at=TUESDAY)
wishing = c.AskMoreTime(by=HOA, at=TUESDAY, until=date(2026, 9, 4), reason=sealed("Kế toán nghỉ"))
granting = c.GrantMoreTime(by=MAI, at=TUESDAY, until=None)
declining = c.RefuseMoreTime(by=MAI, at=TUESDAY, reason=sealed("Đã đủ thời gian"))
recalling = c.RecallRequest(by=MAI, at=TUESDAY, reason="Hỏi nhầm trường")
giving = c.GiveExplanation(
    by=HOA,
    at=TUESDAY,
    parts=(f.ExplanationPart(1, sealed("Học phí")), f.ExplanationPart(2, sealed("Họp phụ huynh"))),
    attachments=(picture(),),
)
nothing = Given(EXPLANATION)
requested = nothing.when(asking).given
opened = requested.when(opening).given
more_time_asked = opened.when(wishing).given
given = opened.when(giving).given
recalled = requested.when(recalling).given


def test_three_working_days_after_tuesday_end_on_friday() -> None:
    (fact,) = nothing.when(asking).facts
    assert isinstance(fact, f.ExplanationRequested)
    assert (fact.due_on, fact.term.rule_id, fact.term.kind) == (FRIDAY, "POL-EXPLAIN", "policy")
    assert [question.number for question in fact.questions] == [1, 2]
    assert (fact.date_reason, fact.few_reason) == ("", None)


def test_another_day_needs_its_reason_and_lies_ahead() -> None:
    later = replace(asking, due_on=date(2026, 9, 4), date_reason="Trường đang nghỉ lễ")
    (fact,) = nothing.when(later).facts
    assert isinstance(fact, f.ExplanationRequested)
    assert (fact.due_on, fact.term.due_on, fact.date_reason) == (date(2026, 9, 4), FRIDAY, "Trường đang nghỉ lễ")
    nothing.when(replace(later, date_reason=" ")).refused(r.DateReasonMissingError, field="date_reason")
    nothing.when(replace(later, due_on=date(2026, 8, 25))).refused(r.DateNotAheadError, field="due_on")
    (usual,) = nothing.when(replace(asking, due_on=FRIDAY, date_reason="Không cần")).facts
    assert isinstance(usual, f.ExplanationRequested)
    assert usual.date_reason == ""


@pytest.mark.parametrize("count", [1, 4])
def test_below_five_who_could_know_asking_needs_a_reason(count: int) -> None:
    few = replace(asking, could_know=count)
    nothing.when(few).refused(r.FewCouldKnowError, field="few_reason", fewest=5)
    (fact,) = nothing.when(replace(few, few_reason=sealed("Không còn cách khác"))).facts
    assert isinstance(fact, f.ExplanationRequested)
    assert fact.few_reason == sealed("Không còn cách khác")
    assert nothing.when(replace(asking, could_know=5)).facts


def test_what_is_missing_or_unconfirmed_is_refused() -> None:
    nothing.when(replace(asking, questions=())).refused(r.QuestionsMissingError, field="questions")
    nothing.when(replace(asking, could_know=0)).refused(r.CouldKnowMissingError, field="could_know")
    nothing.when(replace(asking, preview_confirmed=False)).refused(
        r.PreviewNotConfirmedError, field="preview_confirmed"
    )
    requested.when(asking).refused(r.AlreadyRequestedError)


def test_every_photo_is_looked_at_on_its_own() -> None:
    both = (c.LookedAt(picture(1), looked_at=True), c.LookedAt(picture(2), looked_at=False))
    nothing.when(replace(asking, attachments=both)).refused(r.NotLookedAtError, field="attachments")
    (fact,) = nothing.when(replace(asking, attachments=both[:1])).facts
    assert isinstance(fact, f.ExplanationRequested)
    assert fact.attachments == (picture(1),)


@pytest.mark.parametrize("command", [opening, wishing, granting, declining, giving, recalling])
def test_nothing_happens_to_a_request_that_is_not_there_or_was_recalled(command: Command) -> None:
    nothing.when(command).refused(UnknownCaseError)
    recalled.when(command).refused(r.RequestRecalledError)


def test_it_is_opened_once_and_only_then_answered() -> None:
    requested.when(opening).then(f.ExplanationOpened())
    opened.when(opening).then()
    requested.when(giving).refused(r.NotOpenedError)
    requested.when(wishing).refused(r.NotOpenedError)


def test_every_question_is_answered_and_no_other() -> None:
    opened.when(giving).then(f.ExplanationGiven(parts=giving.parts, attachments=giving.attachments))
    opened.when(replace(giving, parts=giving.parts[1:])).refused(r.QuestionUnansweredError, field="parts", question=1)
    strange = (*giving.parts, f.ExplanationPart(7, sealed("?")))
    opened.when(replace(giving, parts=strange)).refused(r.UnknownQuestionError, field="parts", question=7)
    given.when(giving).refused(r.AlreadyGivenError)
    given.when(wishing).refused(r.AlreadyGivenError)


def test_more_time_is_asked_once_at_a_time_and_granted_or_declined() -> None:
    until = date(2026, 9, 4)
    opened.when(wishing).then(f.MoreTimeAsked(until=until, reason=wishing.reason))
    more_time_asked.when(wishing).refused(r.MoreTimeAlreadyAskedError)
    granted = more_time_asked.when(granting).then(f.MoreTimeGranted(old_due_on=FRIDAY, due_on=until))
    assert granted.state.due_on == until
    other = replace(granting, until=date(2026, 9, 7))
    more_time_asked.when(other).then(f.MoreTimeGranted(old_due_on=FRIDAY, due_on=date(2026, 9, 7)))
    declined = more_time_asked.when(declining).then(f.MoreTimeRefused(reason=declining.reason))
    assert declined.state.due_on == FRIDAY
    assert declined.when(wishing).facts, "the school may ask again"
    for command in (granting, declining):
        opened.when(command).refused(r.MoreTimeNotAskedError)


@pytest.mark.parametrize("until", [date(2026, 8, 20), FRIDAY])
def test_more_time_ends_after_the_day_that_stands(until: date) -> None:
    opened.when(replace(wishing, until=until)).refused(r.TimeNotLongerError, field="until")
    more_time_asked.when(replace(granting, until=until)).refused(r.TimeNotLongerError, field="until")


def test_a_wish_whose_own_day_is_past_cannot_be_granted_as_it_was() -> None:
    late = replace(granting, at=TUESDAY + timedelta(days=30))
    more_time_asked.when(late).refused(r.TimeNotLongerError, field="until")


def test_only_what_nobody_has_opened_is_recalled_and_with_a_reason() -> None:
    requested.when(recalling).then(f.RequestRecalled(reason="Hỏi nhầm trường"))
    requested.when(replace(recalling, reason=" ")).refused(r.ExplanationReasonMissingError, field="reason")
    opened.when(recalling).refused(r.AlreadyOpenedError)


def test_an_answer_settles_a_wish_for_more_time() -> None:
    state = more_time_asked.when(giving).given.state
    assert (state.given, state.time_wanted) == (True, None)


_OF_ACTION: dict[str, list[Any]] = {
    "answers": [giving],
    "more-time-requests": [replace(wishing, until=date(2100, 1, 1))],
    "more-time-grants": [replace(granting, until=date(2100, 1, 1))],
    "more-time-refusals": [declining],
    "recalls": [recalling],
}


def test_an_action_is_offered_exactly_when_a_proper_command_of_it_is_accepted() -> None:
    asked: Counter[str] = Counter()
    for seed in range(300):
        history = history_of(KINDS["explanation"], Random(seed).choice, most=30)
        for n in range(len(history) + 1):
            state = Given(EXPLANATION, *history[:n]).state
            if state is None:
                continue
            accepted = {action for action, commands in _OF_ACTION.items() if _accepted(state, commands[0])}
            assert accepted == possible_actions(state), state
            asked.update(accepted or {"nothing"})
    print(dict(asked))
    assert set(asked) == {*_OF_ACTION, "nothing"}
    assert possible_actions(Explanation()) == frozenset()


def _accepted(state: Explanation, command: Any) -> bool:
    if isinstance(command, c.GiveExplanation):
        parts = tuple(f.ExplanationPart(number, sealed("x")) for number in state.questions)
        command = replace(command, parts=parts)
    try:
        facts: list[Fact] = list(EXPLANATION.decide(state, command))
    except RefusalError:
        return False
    return bool(facts)


def test_an_opened_request_is_never_recalled_and_a_given_one_never_moves() -> None:
    for seed in range(300):
        seen: list[type[Fact]] = []
        for fact in history_of(KINDS["explanation"], Random(seed).choice, most=40):
            if isinstance(fact, f.RequestRecalled):
                assert f.ExplanationOpened not in seen
            assert not {f.ExplanationGiven, f.RequestRecalled} & set(seen)
            seen.append(type(fact))


def with_day_off(day: date) -> Law:
    """Today's law, had this day been proclaimed."""
    law = law_at(TUESDAY)
    storm = DayOffProclaimed(day=day, name="Nghỉ bão (demo)", name_en="", document="01/CĐ (demo)")
    return law_at(TUESDAY, calendar=amended(law.calendar, [Amendment(storm, TUESDAY)], frozenset()))


counted_anew = c.RederiveDay(by=MAI, at=TUESDAY, law=with_day_off(date(2026, 8, 27)), reason="01/CĐ (demo)")


@pytest.mark.parametrize("waiting", [requested, opened, more_time_asked], ids=["sent", "opened", "more time asked"])
def test_a_day_off_moves_the_day_of_what_a_school_still_owes(waiting: Any) -> None:
    (moved,) = EXPLANATION.decide(waiting.state, counted_anew)
    assert isinstance(moved, f.ExplanationDayMoved)
    # 31/08 and 01/09, 02/09 are off around the National Day.
    assert (moved.old.due_on, moved.new.due_on, moved.reason) == (FRIDAY, date(2026, 9, 3), "01/CĐ (demo)")
    after = EXPLANATION.fold([moved], waiting.state)
    assert after is not None
    assert after.due_on == date(2026, 9, 3)
    assert EXPLANATION.decide(after, counted_anew) == (), "once"


def test_what_was_set_by_hand_settled_or_is_not_touched_by_the_day_keeps_its_day() -> None:
    by_hand = nothing.when(replace(asking, due_on=date(2026, 9, 4), date_reason="Kiểm kê")).given
    longer = more_time_asked.when(granting).given
    recalled = requested.when(recalling).given
    for kept in (by_hand, longer, recalled, given):
        assert EXPLANATION.decide(kept.state, counted_anew) == ()
    behind = replace(counted_anew, law=with_day_off(date(2026, 9, 10)))
    assert EXPLANATION.decide(opened.state, behind) == ()


def test_words_of_the_sender_are_noticed_with_and_without_marks() -> None:
    told = "Lớp 3A thu tiền máy chiếu, cô giáo nhắc từng phụ huynh trên nhóm lớp."
    assert borrowed("Vì sao cô giáo nhắc từng phụ huynh trên nhóm?", told) == "cô giáo nhắc từng phụ huynh"
    assert borrowed("vi sao CO GIAO nhac tung phu huynh?", told) == "CO GIAO nhac tung phu huynh"
    assert borrowed("Năm học này trường thu những khoản nào?", told) == ""
    assert borrowed("", told) == ""
    assert borrowed("Thu tiền máy chiếu?", told) == ""
