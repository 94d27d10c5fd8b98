"""Every field of every fact has one privacy class, and what could name a person rests sealed."""

from __future__ import annotations

from enum import Enum
from types import NoneType
from typing import Any, get_args, get_origin
from uuid import UUID

import msgspec
import pytest

from adapters.reference_facts import CLASSES, Line, lines_of
from domain.kernel import Fact, Informant, Internal, Personal, Public, Sealed
from tests.support.deciders import FACTS

each_fact = pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.TOPIC)
GUARDED = {"personal", "informant"}
OPAQUE = (UUID, bytes, bool, Enum, NoneType, Sealed)
"""What may stand open in a guarded field: it says nothing to who has no key, or one of a few words."""


@each_fact
def test_every_field_has_exactly_one_class(fact: type[Fact]) -> None:
    assert [line.path for line in lines_of(fact) if len(line.privacy) > 1 or line.effective not in CLASSES] == []


@each_fact
def test_a_structure_that_classifies_a_field_classifies_all_of_them(fact: type[Fact]) -> None:
    by_place: dict[str, set[bool]] = {}
    for line in lines_of(fact):
        by_place.setdefault(line.path.rpartition(".")[0], set()).add(bool(line.privacy))
    assert [place for place, said in by_place.items() if len(said) > 1] == []


@each_fact
def test_what_is_personal_or_leads_to_an_informant_rests_sealed_or_opaque(fact: type[Fact]) -> None:
    assert [line.path for line in lines_of(fact) if line.effective in GUARDED and not _opaque(line.type)] == []


@each_fact
def test_every_sealed_value_is_personal_or_of_an_informant(fact: type[Fact]) -> None:
    sealed = [line for line in lines_of(fact) if Sealed in _leaves(line.type)]
    assert [line.path for line in sealed if line.effective not in GUARDED] == []


@each_fact
def test_a_structure_is_no_more_open_than_the_field_it_lies_in(fact: type[Fact]) -> None:
    order = ["informant", "personal", "internal", "public"]
    wrong = [line.path for line in lines_of(fact) if line.around and line.privacy and _wider(order, line)]
    assert wrong == []


def test_the_rules_notice_what_breaks_them() -> None:
    class Careless(msgspec.Struct):
        none: int
        two: Public[Internal[int]]
        name: Personal[str]
        place: Informant[str | None]
        open_text: Internal[Sealed]

    found = {line.path: line for line in lines_of(Careless)}
    assert [found[name].effective for name in ("none", "two")] == ["", ""]
    assert not _opaque(found["name"].type)
    assert not _opaque(found["place"].type)
    assert found["open_text"].effective not in GUARDED


def _wider(order: list[str], line: Line) -> bool:
    return order.index(line.effective) > order.index(line.around)


def _opaque(tp: Any) -> bool:
    return all(issubclass(leaf, OPAQUE) for leaf in _leaves(tp))


def _leaves(tp: Any) -> set[type]:
    """The classes in a type, without what holds them."""
    if arguments := get_args(tp):
        inner = arguments[:1] if hasattr(tp, "__metadata__") else arguments
        return {leaf for argument in inner if argument is not ... for leaf in _leaves(argument)}
    assert get_origin(tp) is None
    return {tp}
