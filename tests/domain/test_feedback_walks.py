"""Where random legal histories of feedback lead: everywhere they should, nowhere else, and as the buttons promise."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import pairwise
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings

from domain.feedback.commands import FeedbackCommand
from domain.feedback.feedback import FEEDBACK
from domain.feedback.possible import possible_actions
from domain.feedback.state import Feedback
from domain.feedback.vocabulary import Stage
from domain.kernel import RefusalError
from tests.support import feedback_story as story
from tests.support.feedback_walk import ACTIONS, EVERYBODY, TOWARDS, Step, plausible, walks, wander

ROOMY = settings(deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])

WALKS = 1_500

NEW, HELD, CLASSIFIED = Stage.SUBMITTED, Stage.ACKNOWLEDGED, Stage.CLASSIFIED
WORK, ASKED, DESK = Stage.IN_HANDLING, Stage.AWAITING_SENDER, Stage.AWAITING_RELEASE
ANSWERED, CLOSED, UNIT = Stage.ANSWERED, Stage.CLOSED, Stage.AWAITING_UNIT
INFORMATION, ASSESSED = Stage.UNDER_ASSESSMENT, Stage.ASSESSED
STRAIGHT = {NEW, HELD, CLASSIFIED, WORK, ASKED, DESK, ANSWERED, CLOSED}

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

# The other ways, by hand from the rules: from which stages an act leads away, and to which it leads.
IN_HAND = {HELD, CLASSIFIED, WORK, ASKED, UNIT}
BACK = {NEW, HELD, CLASSIFIED, WORK, ASKED, UNIT}
OTHER_WAYS: dict[str, tuple[set[Stage], set[Stage]]] = {
    "splits": (IN_HAND, {Stage.SPLIT}),
    "duplicate-links": (IN_HAND, {Stage.DUPLICATE}),
    "transfers": (IN_HAND, {Stage.TRANSFERRED}),
    "guidances": (IN_HAND, {Stage.GUIDED}),
    "ineligibility-findings": (IN_HAND, {Stage.INELIGIBLE}),
    "information-openings": (IN_HAND, {INFORMATION}),
    "spam-confirmations": ({*BACK, DESK, INFORMATION, ASSESSED}, {Stage.SPAM}),
    "withdrawals": ({*BACK, DESK, INFORMATION, ASSESSED}, {Stage.WITHDRAWN}),
    "incoming-recalls": ({NEW, ASKED, UNIT, CLASSIFIED, DESK, INFORMATION, ASSESSED}, {Stage.RECALLED}),
    "duplicate-unlinkings": ({Stage.DUPLICATE}, BACK),
    "transfer-recalls": ({Stage.TRANSFERRED}, BACK),
    "guidance-withdrawals": ({Stage.GUIDED}, BACK),
    "ineligibility-revocations": ({Stage.INELIGIBLE}, BACK),
    "spam-revocations": ({Stage.SPAM}, {*BACK, DESK, INFORMATION, ASSESSED}),
    "information-assessments": ({INFORMATION}, {ASSESSED}),
    "explanation-requests": ({HELD, CLASSIFIED, WORK}, {UNIT}),
    "explanation-recalls": ({UNIT}, {NEW, HELD, CLASSIFIED, WORK}),
    "received-explanations": ({UNIT}, {NEW, HELD, CLASSIFIED, WORK}),
}


BEFORE: dict[str, tuple[str, ...]] = {
    "spam-confirmations": ("spam-proposals", "information-openings", "explanation-requests"),
    "spam-revocations": (
        *("spam-proposals", "spam-confirmations", "spam-proposals", "spam-confirmations"),
        *("information-openings", "explanation-requests"),
    ),
    "withdrawals": ("information-openings", "explanation-requests"),
    "incoming-recalls": ("information-openings", "explanation-requests", "hand-overs"),
    "duplicate-unlinkings": ("duplicate-links", "explanation-requests", "hand-overs"),
    "transfer-recalls": ("transfers", "explanation-requests", "hand-overs"),
    "guidance-withdrawals": ("guidances", "explanation-requests", "hand-overs"),
    "ineligibility-revocations": ("ineligibility-findings", "explanation-requests", "hand-overs"),
    "information-assessments": ("information-openings",),
    "explanation-recalls": ("explanation-requests", "hand-overs"),
    "received-explanations": ("explanation-requests", "hand-overs"),
}
"""What has to be tried more often too, or an act would rarely have anything to act on."""
ASIDE = tuple(TOWARDS.values())


def test_every_stage_and_every_transition_is_reached_and_no_other() -> None:
    reached, stages = _wandered()
    straight = {(action, *move) for action, *move in reached if set(move) <= STRAIGHT and action not in OTHER_WAYS}
    expected = {(action, *move) for action, moves in TRANSITIONS.items() for move in moves}
    print(f"{WALKS} walks; stages reached: {', '.join(sorted(stages))}")
    for action, before, after in sorted(reached):
        print(f"{before} → {after} by {action}")
    assert stages == set(Stage)
    assert straight == expected


@pytest.mark.parametrize("action", OTHER_WAYS)
def test_another_way_leads_from_where_it_may_to_where_it_should(action: str) -> None:
    towards = (action, *BEFORE.get(action, ()))
    reached, _stages = _wandered(towards)
    moves = {(before, after) for name, before, after in reached if name == action}
    assert ({before for before, _ in moves}, {after for _, after in moves}) == OTHER_WAYS[action]


@cache
def _wandered(towards: tuple[str, ...] = ()) -> tuple[frozenset[tuple[str, Stage, Stage]], frozenset[Stage]]:
    reached: set[tuple[str, Stage, Stage]] = set()
    stages: set[Stage] = set()
    for seed in range(250 if towards else WALKS):
        steps = wander(Random(seed).choice, 60, towards)
        stages.update(step.after.stage for step in steps)
        moves = ((step.action, step.before, step.after.stage) for step in steps)
        reached.update((action, before, after) for action, before, after in moves if before not in {None, after})
    return frozenset(reached), frozenset(stages)


def test_an_action_is_offered_exactly_when_some_plausible_command_of_it_is_accepted() -> None:
    asked: Counter[Stage] = Counter()
    for seed in range(60):
        towards = ASIDE[seed // 2 % len(ASIDE)] if seed % 2 else ()
        for step in wander(Random(seed).choice, 30, towards):
            accepted = {action for action in ACTIONS if _some_is_accepted(step.after, action)}
            assert accepted == possible_actions(step.after)
            asked[step.after.stage] += 1
    print(", ".join(f"{stage} {times}" for stage, times in sorted(asked.items())))
    assert set(asked) == set(Stage)


def test_nothing_is_possible_before_there_is_a_case() -> None:
    assert possible_actions(Feedback()) == frozenset()


@settings(ROOMY, max_examples=100)
@given(walks())
def test_numbers_of_questions_and_drafts_run_without_a_gap(steps: list[Step]) -> None:
    state = steps[-1].after
    assert set(state.open_questions) <= set(range(1, state.questions + 1))
    asked = [fact for step in steps for fact in step.facts if step.action == "questions"]
    drafted = [fact for step in steps for fact in step.facts if step.action.endswith("drafts")]
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
        assert running.count("reply") == (0 if step.after.over or step.after.information else 1)


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
