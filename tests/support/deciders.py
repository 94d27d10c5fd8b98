"""Every kind of stream there is, found by walking the domain: a new one is under test as soon as it is written."""

from __future__ import annotations

from typing import Any, get_args, get_type_hints

import msgspec

from adapters.reference_facts import domain_modules, shipped_facts
from domain.kernel import Command, Decider, Fact


class Kind(msgspec.Struct, frozen=True):
    """A decider with the facts and commands that its functions take."""

    decider: Decider[Any, Any, Any]
    facts: tuple[type[Fact], ...]
    commands: tuple[type[Command], ...]

    @property
    def name(self) -> str:
        return self.decider.name


def _kind(decider: Decider[Any, Any, Any]) -> Kind:
    facts = _second_argument(decider.evolve)
    return Kind(decider, facts, _second_argument(decider.decide))


def _second_argument(function: Any) -> tuple[Any, ...]:
    hints = get_type_hints(function, include_extras=True)
    hints.pop("return")
    union = list(hints.values())[1]
    return get_args(union) or (union,)


def _found() -> dict[str, Kind]:
    deciders = {value.name: value for module in domain_modules() for value in vars(module).values() if _is(value)}
    return {name: _kind(deciders[name]) for name in sorted(deciders)}


def _is(value: object) -> bool:
    return isinstance(value, Decider)


KINDS: dict[str, Kind] = _found()
FACTS: tuple[type[Fact], ...] = shipped_facts()
"""Every fact that has a topic, whether a decider tells it or not."""
