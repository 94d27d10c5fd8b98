"""What was stored once can be read for ever: a sample of every topic ever shipped."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import pytest
from eventsourcing.utils import resolve_topic

from domain.kernel import Fact
from tests.support.deciders import FACTS, KINDS
from tests.support.golden import FOLDER, path_of

SAMPLES = sorted(FOLDER.glob("*.json"))
each_sample = pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)


def test_every_topic_has_a_sample() -> None:
    missing = [fact.TOPIC for fact in FACTS if not path_of(fact.TOPIC).exists()]
    assert missing == [], "a new topic: run `python -m tests.support.golden` and commit the new files, no others"


@each_sample
def test_a_stored_sample_is_read_and_nothing_of_it_is_lost(path: Path) -> None:
    fact = _read(path)
    again = msgspec.json.decode(msgspec.json.encode(fact))
    assert _kept(msgspec.json.decode(path.read_bytes()), again), "a shipped fact lost something: make a .v2 topic"
    assert msgspec.json.decode(msgspec.json.encode(fact), type=type(fact)) == fact


@each_sample
def test_a_field_added_since_has_a_default(path: Path) -> None:
    fact = _read(path)
    added = set(fact.__struct_fields__) - set(msgspec.json.decode(path.read_bytes()))
    required = {field.name for field in msgspec.structs.fields(fact) if field.required}
    assert not added & required


@each_sample
def test_a_stored_sample_still_folds(path: Path) -> None:
    fact = _read(path)
    for kind in KINDS.values():
        if type(fact) in kind.facts:
            kind.decider.fold([fact])


def test_a_sample_that_lost_a_field_is_noticed() -> None:
    assert _kept({"a": [{"b": 1}]}, {"a": [{"b": 1, "new": 2}], "c": 3})
    assert not _kept({"a": [{"b": 1}]}, {"a": [{}]})
    assert not _kept({"a": [1, 2]}, {"a": [1]})
    assert not _kept({"a": 1}, {"a": 2})


def _read(path: Path) -> Fact:
    fact: Fact = msgspec.json.decode(path.read_bytes(), type=resolve_topic(path.stem))
    return fact


def _kept(before: Any, after: Any) -> bool:
    """Whether `after` says all that `before` said; it may say more."""
    if isinstance(before, dict):
        return isinstance(after, dict) and all(name in after and _kept(before[name], after[name]) for name in before)
    if isinstance(before, list):
        same_length = isinstance(after, list) and len(before) == len(after)
        return same_length and all(_kept(one, other) for one, other in zip(before, after, strict=True))
    return bool(before == after)
