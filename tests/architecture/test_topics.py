"""Topics: written once, never reused, named in both languages."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from eventsourcing.utils import resolve_topic

from adapters.reference_facts import labels
from domain.kernel import Fact
from tests.support.deciders import FACTS
from tests.support.golden import FOLDER

TOPIC = re.compile(r"[a-z]+\.[a-z]+(_[a-z]+)*\.v[1-9][0-9]*")
EMPTY_WORDS = {"updated", "changed", "set", "modified", "edited"}


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.TOPIC)
def test_a_topic_is_area_outcome_and_version_and_leads_back_to_its_fact(fact: type[Fact]) -> None:
    assert TOPIC.fullmatch(fact.TOPIC)
    assert resolve_topic(fact.TOPIC) is fact


def test_no_topic_is_used_twice() -> None:
    assert [topic for topic, times in Counter(fact.TOPIC for fact in FACTS).items() if times > 1] == []


def test_a_fact_says_what_happened_and_not_that_something_changed() -> None:
    words = {fact.TOPIC: set(re.split(r"[._]", fact.TOPIC)) for fact in FACTS}
    assert {topic: said & EMPTY_WORDS for topic, said in words.items() if said & EMPTY_WORDS} == {}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_topic_is_named(language: str) -> None:
    named = labels(language)
    assert sorted(fact.TOPIC for fact in FACTS if not named.get(fact.TOPIC)) == []


def test_no_topic_that_was_ever_shipped_is_gone() -> None:
    shipped = {path.stem for path in FOLDER.glob("*.json")}
    assert shipped - {fact.TOPIC for fact in FACTS} == set()


def test_topics_of_different_facts_are_not_called_the_same() -> None:
    for language in ("vi", "en"):
        named = labels(language)
        outcomes = {fact.TOPIC.rpartition(".")[0]: named.get(fact.TOPIC, fact.TOPIC) for fact in FACTS}
        called = Counter(outcomes.values())
        assert [name for name, times in called.items() if times > 1] == []
