"""Over random histories: what is offered is what is accepted, and what the rules promise holds after every fact."""

from __future__ import annotations

from collections import Counter
from random import Random

from domain.complaints import deciding_events as d
from domain.complaints import events as f
from domain.complaints.complaint import COMPLAINT
from domain.complaints.possible import possible_actions
from domain.complaints.state import Complaint
from domain.complaints.vocabulary import Level, Stage
from tests.support.complaint_walk import ACTIONS, accepted, facts_of

WALKS = 300


def histories() -> list[list[f.ComplaintFact]]:
    return [facts_of(Random(seed).choice, 60) for seed in range(WALKS)]  # type: ignore[misc]


def test_an_action_is_offered_exactly_when_some_plausible_command_of_it_is_accepted() -> None:
    stages: Counter[Stage] = Counter()
    offered: set[str] = set()
    for history in histories():
        state: Complaint | None = None
        for fact in history:
            state = COMPLAINT.evolve(state, fact)
            if state.received_on is None:
                continue
            assert accepted(state) == possible_actions(state), state.stage
            stages[state.stage] += 1
            offered |= possible_actions(state)
    print(", ".join(f"{stage} {times}" for stage, times in sorted(stages.items())))
    assert offered == set(ACTIONS.values())
    assert set(stages) == set(Stage)


def test_what_the_statute_promises_holds_in_every_history() -> None:
    for history in histories():
        state: Complaint | None = None
        for fact in history:
            before, state = state, COMPLAINT.evolve(state, fact)
            if isinstance(fact, d.DecisionIssued):
                assert before is not None
                assert before.reported_on is not None
                assert before.level is Level.FIRST or before.dialogue_on is not None
                assert not before.differs or before.dialogue_on is not None
            if isinstance(fact, d.DecisionPublished):
                assert before is not None
                assert before.decided_on is not None
            assert not state.verifiers & state.involved
            assert state.holder_id not in state.involved
        resolving = [term for term in (state.terms if state else ()) if term.purpose == "resolve"]
        assert len(resolving) <= 1
