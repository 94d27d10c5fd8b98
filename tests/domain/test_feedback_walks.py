"""Where random legal histories of feedback lead: everywhere they should, nowhere else, and as the buttons promise."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from random import Random

from hypothesis import HealthCheck, given, settings

from domain.feedback.commands import FeedbackCommand
from domain.feedback.feedback import FEEDBACK, possible_actions
from domain.feedback.state import Feedback
from domain.feedback.vocabulary import Stage
from domain.kernel import RefusalError
from tests.support import feedback_story as story
from tests.support.feedback_walk import ACTIONS, EVERYBODY, Step, plausible, walks, wander

ROOMY = settings(deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])

WALKS = 1_500

NEW, HELD, CLASSIFIED = Stage.SUBMITTED, Stage.ACKNOWLEDGED, Stage.CLASSIFIED
WORK, ASKED, DESK = Stage.IN_HANDLING, Stage.AWAITING_SENDER, Stage.AWAITING_RELEASE
ANSWERED, CLOSED = Stage.ANSWERED, Stage.CLOSED

# By hand, from the rules: which stage each act leads to from where. Acts that leave the stage alone are not listed.
# A case can wait for its sender (ASKED) or the head (DESK) while nobody holds it: its handler was involved, or another
# authority took it over.
TRANSITIONS: dict[str, set[tuple[Stage, Stage]]] = {
    "acknowledgements": {(NEW, HELD)},
    "classifications": {(HELD, CLASSIFIED), (HELD, WORK)},  # WORK: assigned first, by a holder who had not classified
    "assignments": {(CLASSIFIED, WORK)},
    "questions": {(HELD, ASKED), (CLASSIFIED, ASKED), (WORK, ASKED)},
    "replies": {(ASKED, NEW), (ASKED, HELD), (ASKED, CLASSIFIED), (ASKED, WORK)},
    "drafts": set(),
    "release-requests": {(CLASSIFIED, DESK), (WORK, DESK), (ASKED, DESK)},
    "returns": {(DESK, CLASSIFIED), (DESK, WORK), (DESK, ASKED)},
    "releases": {(DESK, ANSWERED)},
    "closures": {(ANSWERED, CLOSED)},
    "reopenings": {(ANSWERED, CLASSIFIED), (ANSWERED, WORK), (CLOSED, CLASSIFIED), (CLOSED, WORK)},
    "involvements": {(HELD, NEW), (WORK, CLASSIFIED)},
    "hand-overs": {(HELD, NEW), (WORK, CLASSIFIED)},
}


def test_every_stage_and_every_transition_is_reached_and_no_other() -> None:
    reached: set[tuple[str, Stage, Stage]] = set()
    stages: set[Stage] = set()

    for seed in range(WALKS):
        steps = wander(Random(seed).choice, most=60)
        stages.update(step.after.stage for step in steps)
        moves = ((step.action, step.before, step.after.stage) for step in steps)
        reached.update((action, before, after) for action, before, after in moves if before not in {None, after})
    expected = {(action, *move) for action, moves in TRANSITIONS.items() for move in moves}
    print(f"{WALKS} walks; stages reached: {', '.join(sorted(stages))}")
    for action, before, after in sorted(reached):
        print(f"{before} → {after} by {action}")
    assert stages == set(Stage)
    assert reached == expected


def test_an_action_is_offered_exactly_when_some_plausible_command_of_it_is_accepted() -> None:
    asked: Counter[Stage] = Counter()
    for seed in range(40):
        for step in wander(Random(seed).choice, most=40):
            accepted = {action for action in ACTIONS if _some_is_accepted(step.after, action)}
            assert accepted == possible_actions(step.after)
            asked[step.after.stage] += 1
    print(", ".join(f"{stage} {times}" for stage, times in sorted(asked.items())))
    assert all(asked[stage] >= 20 for stage in Stage)


def test_nothing_is_possible_before_there_is_a_case() -> None:
    assert possible_actions(Feedback()) == frozenset()


@settings(ROOMY, max_examples=100)
@given(walks())
def test_numbers_of_questions_and_drafts_run_without_a_gap(steps: list[Step]) -> None:
    state = steps[-1].after
    assert set(state.open_questions) <= set(range(1, state.questions + 1))
    asked = [fact for step in steps for fact in step.facts if step.action == "questions"]
    drafted = [fact for step in steps for fact in step.facts if step.action == "drafts"]
    assert (len(asked), len(drafted)) == (state.questions, state.drafts)


@settings(ROOMY, max_examples=100)
@given(walks())
def test_nobody_involved_ever_holds_or_reads_the_case(steps: list[Step]) -> None:
    for step in steps:
        state = step.after
        assert state.holder_id not in state.involved
        assert not state.readers & state.involved


@settings(ROOMY, max_examples=100)
@given(walks())
def test_no_term_runs_on_an_answered_case_and_one_runs_on_every_other(steps: list[Step]) -> None:
    for step in steps:
        running = [term.purpose for term in step.after.terms]
        answered = step.after.answered or step.after.closed
        assert running.count("reply") == (0 if answered else 1)


@settings(ROOMY, max_examples=100)
@given(walks())
def test_nobody_released_what_he_had_drafted(steps: list[Step]) -> None:
    for before, step in pairwise(steps):
        if step.action == "releases":
            assert step.command.by != before.after.drafted_by
            assert before.after.requests <= before.after.draft_covers


def _some_is_accepted(state: Feedback, action: str) -> bool:
    at = story.ha_noi("2026-09-01 12:00")
    return any(_accepted(state, command) for by in EVERYBODY for command in plausible(state, action, by, at))


def _accepted(state: Feedback, command: FeedbackCommand) -> bool:
    try:
        return bool(FEEDBACK.decide(state, command))
    except RefusalError:
        return False
