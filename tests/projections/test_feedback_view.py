"""The whole case at one moment: as known, or as it had happened; the same as the rules see it, and never an error."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from application.ports import Recorded
from domain.feedback import events as f
from domain.feedback.commands import FeedbackCommand
from domain.feedback.feedback import FEEDBACK
from domain.feedback.vocabulary import Channel, Stage
from projections.feedback_index import FeedbackInIndex
from projections.feedback_view import FeedbackView, feedback_view
from tests.support import feedback_story as story
from tests.support.feedback_record import recorded
from tests.support.feedback_story import HUNG, SON, VAN, ha_noi, sealed
from tests.support.feedback_walk import Step, walks
from tests.support.strategies import any_of

CASE = story.someone("case")
ROOMY = settings(deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def record(*commands: FeedbackCommand) -> list[Recorded]:
    """What the store keeps of a submission and these commands."""
    state, steps = None, []
    for command in commands:
        facts = tuple(FEEDBACK.decide(state, command))
        state = FEEDBACK.fold(facts, state)
        assert state is not None
        steps.append(Step("", command, None, state, facts))
    return recorded(CASE, steps)


def happened(history: list[Recorded]) -> list[Recorded]:
    """The order of the other clock."""
    return sorted(history, key=lambda fact: (fact.occurred_at, fact.originator_version))


def seen(history: list[Recorded]) -> FeedbackView:
    view = feedback_view(history)
    assert view is not None
    return view


def test_a_late_paper_reply_is_known_when_typed_and_had_happened_when_it_came() -> None:
    asked, received = ha_noi("2026-08-25 08:00"), ha_noi("2026-08-26 14:00")
    typed = ha_noi("2026-08-28 09:00")
    paper = story.reply(received_at=received, at=typed, late_reason="By post", channel=Channel.POST, by=story.MAI)
    history = record(story.submit(), *story.IN_HANDLING, story.ask(asked), paper)
    day_between = ha_noi("2026-08-27 12:00")

    known = seen([fact for fact in history if fact.recorded_at <= day_between])
    in_truth = seen([fact for fact in happened(history) if fact.occurred_at <= day_between])

    assert known.status == Stage.AWAITING_SENDER
    assert known.messages[0].reply is None
    assert in_truth.status == Stage.IN_HANDLING
    assert (in_truth.messages[0].reply, in_truth.messages[0].replied_at) == (sealed("On Friday."), received)


def test_a_late_paper_had_been_received_before_anybody_knew() -> None:
    received, typed = ha_noi("2026-08-25 14:00"), ha_noi("2026-08-27 08:30")
    history = record(story.submit(at=typed, received_at=received, late_reason="Handed over in the hamlet"))
    morning_between = ha_noi("2026-08-26 10:00")
    assert feedback_view([fact for fact in history if fact.recorded_at <= morning_between]) is None
    view = seen([fact for fact in history if fact.occurred_at <= morning_between])
    assert (view.opened_at, view.recorded_at) == (received, typed)


def test_terms_are_met_on_a_day_by_each_clock_and_the_review_runs() -> None:
    view = seen(record(story.submit(), *story.ANSWERED))
    assert [(line.term.purpose, line.met_on) for line in view.terms] == [
        ("acknowledge", date(2026, 8, 24)),
        ("triage", date(2026, 8, 24)),
        ("reply", date(2026, 8, 28)),
        ("review", None),
    ]
    assert view.review_until == date(2026, 9, 7)


def test_the_sender_reads_the_draft_that_was_released_and_no_other() -> None:
    returned = (*story.ON_THE_DESK, story.return_answer())
    view = seen(record(story.submit(), *returned))
    assert view.released is None
    view = seen(record(story.submit(), *returned, story.draft(1, 2), story.submit_for_release(), story.release()))
    assert view.released is not None
    assert (view.released.number, view.released.releaser_id) == (2, SON)
    assert (view.drafts[0].return_reason, view.drafts[0].released_at) == (sealed("Say by which day."), None)


def test_a_wrong_classification_is_replaced_in_the_view_and_its_requests_with_it() -> None:
    right = story.classify("over-collection", reason="No donor", requests=story.requests("Một việc"))
    view = seen(record(story.submit(), story.acknowledge(), story.classify("sponsorship"), right))
    assert (view.category, view.requests) == ("over-collection", story.requests("Một việc"))


def test_a_question_left_open_at_the_answer_is_not_waited_for_when_the_case_is_reopened() -> None:
    commands = (*story.IN_HANDLING, story.ask(), story.draft(1, 2), story.submit_for_release(), story.release())
    view = seen(record(story.submit(), *commands, story.reopen()))
    assert view.status == Stage.IN_HANDLING
    assert view.messages[0].lapsed


def test_a_handler_who_is_involved_is_gone_from_the_view_as_holder_and_reader() -> None:
    view = seen(record(story.submit(), *story.IN_HANDLING, story.name_reader(VAN), story.involve(VAN)))
    assert (view.holder_id, view.readers, view.involved) == (HUNG, (), (VAN,))
    view = seen(record(story.submit(), *story.IN_HANDLING, story.involve(HUNG)))
    assert (view.holder_id, view.status) == (None, Stage.CLASSIFIED)


def test_there_is_no_case_before_its_submission() -> None:
    history = record(story.submit(), *story.CLOSED)
    assert feedback_view([]) is None
    assert feedback_view(history[1:]) is None


@settings(ROOMY, max_examples=80)
@given(walks())
def test_view_and_list_say_what_the_rules_say_after_each_fact(steps: list[Step]) -> None:
    history, state, row = recorded(CASE, steps), None, None
    for number, fact in enumerate(history, start=1):
        assert isinstance(fact.fact, f.FeedbackFact)
        state = FEEDBACK.evolve(state, fact.fact)
        view, row = seen(history[:number]), FeedbackInIndex().fold(row, fact.fact, fact)
        assert row is not None
        assert view.status == row.status == state.stage
        assert view.version == row.version == number
        assert view.holder_id == row.holder_id == state.holder_id
        assert view.authority_id == row.authority_id == state.authority_id
        assert view.sensitivity == row.sensitivity == state.sensitivity
        assert set(view.readers) == set(row.readers) == state.readers
        assert set(view.involved) == set(row.involved) == state.involved
        assert row.unheld_new == (state.holder_id is None and not state.classified)
        replies = [term for term in state.terms if term.purpose == "reply"]
        assert row.due_on == next((term.due_on for term in replies), None)
        running = [line.term for line in view.terms if line.runs]
        assert [term for term in running if term.purpose == "reply"] == replies


@settings(ROOMY, max_examples=80)
@given(walks())
def test_both_clocks_come_to_the_same_case_in_the_end(steps: list[Step]) -> None:
    history = recorded(CASE, steps)
    known, in_truth = seen(history), seen(happened(history))
    assert (in_truth.status, in_truth.messages, in_truth.drafts, in_truth.terms) == (
        known.status,
        known.messages,
        known.drafts,
        known.terms,
    )


@settings(ROOMY, max_examples=60)
@given(walks(), st.data())
def test_any_part_of_a_history_in_any_order_gives_a_view_or_none(steps: list[Step], data: st.DataObject) -> None:
    history = data.draw(st.permutations(recorded(CASE, steps)))
    part = history[: data.draw(st.integers(0, len(history)))]
    view = feedback_view(part)
    assert (view is None) == (not any(isinstance(fact.fact, f.FeedbackSubmitted) for fact in part))
    assert view is None or view.status in set(Stage)


@settings(ROOMY, max_examples=40)
@given(st.lists(st.one_of([any_of(fact) for fact in f.FEEDBACK_FACTS]), max_size=8))
def test_facts_that_no_rule_would_have_told_give_a_view_or_none_and_a_row_or_none(facts: list[f.FeedbackFact]) -> None:
    row, history = None, []
    for number, fact in enumerate(facts, start=1):
        envelope = envelope_of(fact, number)
        history.append(envelope)
        row = FeedbackInIndex().fold(row, fact, envelope)
    view = feedback_view(history)
    assert (view is None) == (row is None)


def envelope_of(fact: f.FeedbackFact, version: int) -> Recorded:
    return Recorded(
        originator_id=CASE,
        originator_version=version,
        fact=fact,
        event_id=UUID(int=version),
        occurred_at=story.FRIDAY,
        actor_kind="official",
        actor_id=SON,
        post_id=None,
        unit_id=None,
        authority_id=None,
        command_id=UUID(int=version),
        log_index=version,
        recorded_at=story.FRIDAY,
    )
