"""The store as a stream: opened in earnest or as a demo, before anything else; only a demo has a simulated clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import assert_never

import msgspec
from msgspec.structs import replace

from domain.kernel import Command, Decider, RefusalError, UnknownCaseError
from domain.store import events as f


class StoreNotEmptyError(RefusalError):
    """What kind a store is, is said before its first fact."""

    code = "store-not-empty"


class StoreAlreadyOpenedError(RefusalError):
    code = "store-already-opened"


class StoreInEarnestError(RefusalError):
    """Demo data and simulated time are refused where real facts are kept."""

    code = "store-in-earnest"


class StoryAlreadyToldError(RefusalError):
    code = "demo-story-already-told"


class ClockNotSimulatedError(RefusalError):
    code = "clock-not-simulated"


class ClockAlreadySimulatedError(RefusalError):
    code = "clock-already-simulated"


class SecondFactorAlreadySaidError(RefusalError):
    """It is so already."""

    code = "second-factor-already-so"


class Store(msgspec.Struct, frozen=True):
    """Only what the rules read."""

    demo: bool = False
    leads_to: datetime | None = None
    told: bool = False
    simulated: bool = False
    """Whether the second clock runs simulated now."""
    second_factor: bool = False
    """Whether heads, administrators and auditors sign in in two steps."""


class OpenStore(Command, frozen=True):
    """`empty`: nothing was recorded yet (looked up)."""

    empty: bool


class OpenDemoStore(Command, frozen=True):
    empty: bool
    first_day: date
    leads_to: datetime


class FinishStory(Command, frozen=True):
    cases: int


class EndSimulatedClock(Command, frozen=True):
    """`log_index`: of the last fact before (looked up)."""

    log_index: int


class StartSimulatedClock(Command, frozen=True):
    log_index: int


class RequireSecondFactor(Command, frozen=True):
    """Of heads, administrators and auditors."""


class WaiveSecondFactor(Command, frozen=True):
    """Of those who have not set one up."""


StoreCommand = (
    OpenStore
    | OpenDemoStore
    | FinishStory
    | EndSimulatedClock
    | StartSimulatedClock
    | RequireSecondFactor
    | WaiveSecondFactor
)


def evolve(state: Store | None, fact: f.StoreFact) -> Store:  # noqa: PLR0911 - one arm per fact
    """Rule-free and total."""
    state = state or Store()
    match fact:
        case f.StoreOpened():
            return state
        case f.DemoStoreOpened():
            return replace(state, demo=True, leads_to=fact.leads_to, simulated=True)
        case f.DemoStoryTold():
            return replace(state, told=True)
        case f.SimulatedClockEnded():
            return replace(state, simulated=False)
        case f.SimulatedClockStarted():
            return replace(state, simulated=True)
        case f.SecondFactorRequired():
            return replace(state, second_factor=True)
        case f.SecondFactorWaived():
            return replace(state, second_factor=False)
        case _:
            assert_never(fact)


def decide(state: Store | None, command: StoreCommand) -> Sequence[f.StoreFact]:  # noqa: C901 - one arm per command
    """The facts that follow from a command, or a refusal."""
    if isinstance(command, OpenStore | OpenDemoStore):
        return _open(state, command)
    if state is None:
        raise UnknownCaseError
    if isinstance(command, RequireSecondFactor | WaiveSecondFactor):
        return _second_factor(state, wanted=isinstance(command, RequireSecondFactor))
    if not state.demo:
        raise StoreInEarnestError
    match command:
        case FinishStory():
            if state.told:
                raise StoryAlreadyToldError
            return (f.DemoStoryTold(cases=command.cases),)
        case EndSimulatedClock():
            if not state.simulated:
                raise ClockNotSimulatedError
            return (f.SimulatedClockEnded(log_index=command.log_index),)
        case StartSimulatedClock():
            if state.simulated:
                raise ClockAlreadySimulatedError
            return (f.SimulatedClockStarted(log_index=command.log_index),)
        case _:
            assert_never(command)


def _second_factor(state: Store, *, wanted: bool) -> Sequence[f.StoreFact]:
    if state.second_factor is wanted:
        raise SecondFactorAlreadySaidError
    return (f.SecondFactorRequired(),) if wanted else (f.SecondFactorWaived(),)


def _open(state: Store | None, command: OpenStore | OpenDemoStore) -> Sequence[f.StoreFact]:
    if state is not None:
        raise StoreAlreadyOpenedError
    if not command.empty:
        raise StoreNotEmptyError
    if isinstance(command, OpenStore):
        return (f.StoreOpened(),)
    return (f.DemoStoreOpened(first_day=command.first_day, leads_to=command.leads_to),)


STORE: Decider[Store, StoreCommand, f.StoreFact] = Decider("store", decide, evolve)
