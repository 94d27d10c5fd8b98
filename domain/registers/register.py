"""A register book per authority, kind and year. Its only writer is a reaction, so numbers have no gap."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import msgspec

from domain.kernel import Command, Decider
from domain.registers.events import CaseEntered, RegisterFact


class Register(msgspec.Struct, frozen=True):
    """The cases that have a number here."""

    cases: frozenset[UUID] = frozenset()


class EnterCase(Command, frozen=True):
    case_id: UUID
    kind: str
    authority_code: str
    year: int


def decide(state: Register | None, command: EnterCase) -> Sequence[RegisterFact]:
    """Entered once; a repetition changes nothing."""
    if state is not None and command.case_id in state.cases:
        return ()
    return (
        CaseEntered(
            case_id=command.case_id, kind=command.kind, authority_code=command.authority_code, year=command.year
        ),
    )


def evolve(state: Register | None, fact: RegisterFact) -> Register:
    """Total."""
    return Register(cases=(state or Register()).cases | {fact.case_id})


REGISTER: Decider[Register, EnterCase, RegisterFact] = Decider("register", decide, evolve)
