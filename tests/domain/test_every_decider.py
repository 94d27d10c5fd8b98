"""What holds for every kind of stream, whatever its rules: found by walking the domain, shown on random histories."""

from __future__ import annotations

from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.kernel import Command, Fact
from tests.support.deciders import FACTS, KINDS, Kind
from tests.support.histories import histories, history_of
from tests.support.strategies import any_of

ROOMY = settings(deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
WALKS = 500
each_kind = pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS.keys())
each_fact = pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.TOPIC)


@each_kind
def test_legal_histories_fold_and_every_fact_is_reached(kind: Kind) -> None:
    reached: set[type[Fact]] = set()

    for seed in range(WALKS):
        history = history_of(kind, Random(seed).choice, most=60)
        kind.decider.fold(history)
        reached.update(type(fact) for fact in history)
    print(f"{kind.name}: {len(reached)} of {len(kind.facts)} facts reached in {WALKS} histories")
    assert reached == set(kind.facts)


@each_kind
@settings(ROOMY, max_examples=60)
@given(data=st.data())
def test_any_selection_in_any_order_folds(kind: Kind, data: st.DataObject) -> None:
    anything = st.lists(st.one_of([any_of(fact) for fact in kind.facts]), max_size=8)
    kind.decider.fold(data.draw(anything))


@each_kind
@settings(ROOMY, max_examples=40)
@given(data=st.data())
def test_a_legal_history_folds_in_any_order_with_any_part_missing(kind: Kind, data: st.DataObject) -> None:
    history = data.draw(histories(kind))
    shuffled = data.draw(st.permutations(history))
    kind.decider.fold(shuffled[: data.draw(st.integers(0, len(shuffled)))])


@each_kind
@settings(ROOMY, max_examples=40)
@given(data=st.data())
def test_deciding_and_folding_change_nothing_that_was_there(kind: Kind, data: st.DataObject) -> None:
    history = data.draw(histories(kind))
    states = [kind.decider.fold(history[:n]) for n in range(len(history) + 1)]
    again = [kind.decider.fold(history[:n]) for n in range(len(history) + 1)]
    assert states == again


@each_fact
@settings(ROOMY, max_examples=25)
@given(data=st.data())
def test_every_fact_comes_back_from_json_as_it_went(fact: type[Fact], data: st.DataObject) -> None:
    told = data.draw(any_of(fact))
    stored = msgspec.json.encode(told)
    back = msgspec.json.decode(stored, type=fact)
    assert back == told
    assert msgspec.json.encode(back) == stored


@each_kind
def test_facts_and_commands_cannot_be_changed(kind: Kind) -> None:
    everything: tuple[type[msgspec.Struct], ...] = (*kind.facts, *kind.commands)
    assert all(cls.__struct_config__.frozen for cls in everything)


@each_kind
def test_a_kind_of_stream_takes_facts_and_commands_of_our_own(kind: Kind) -> None:
    assert all(issubclass(fact, Fact) for fact in kind.facts)
    assert all(issubclass(command, Command) for command in kind.commands)


def test_every_fact_belongs_to_exactly_one_kind_of_stream() -> None:
    owners: dict[Any, list[str]] = {
        fact: [kind.name for kind in KINDS.values() if fact in kind.facts] for fact in FACTS
    }
    assert {fact.TOPIC: names for fact, names in owners.items() if len(names) != 1} == {}
