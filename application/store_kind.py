"""Which kind of store this is: told by the first fact of its log, and asked before anything invented enters it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date, datetime
from enum import StrEnum

from application.access import SYSTEM, everyone, system_only
from application.execute import Act, Executor
from application.identifiers import seeded_id
from application.ports import Clock, EventStore, Log, Mark, Receipt, Request
from domain.kernel import RefusalError
from domain.store import store as c
from domain.store.events import DemoStoreOpened

STORE_ID = seeded_id("store")
"""The one stream about the store itself."""


class StoreKind(StrEnum):
    """`EMPTY`: nothing was recorded, it may still become either."""

    EMPTY = "empty"
    DEMO = "demo"
    REAL = "real"


class ClockBehindLogError(RefusalError):
    """A simulated clock never shows a moment before the last stamp of the log."""

    code = "simulated-clock-behind-log"


async def kind_of(log: Log) -> StoreKind:
    """By the fact at log index 0: a store whose first fact does not say demo is a real one, whatever comes later."""
    first = await log.after(-1, 1)
    if not first:
        return StoreKind.EMPTY
    return StoreKind.DEMO if isinstance(first[0].fact, DemoStoreOpened) else StoreKind.REAL


async def require_demo(log: Log) -> None:
    """For whoever is about to load demo data or to simulate time. Raises StoreInEarnestError."""
    if await kind_of(log) is StoreKind.REAL:
        raise c.StoreInEarnestError


async def second_factor_required(store: EventStore) -> bool:
    """Whether this installation asks heads, administrators and auditors for a second step."""
    seen = await store.load(c.STORE, STORE_ID)
    return seen is not None and seen.state.second_factor


class StoreDesk:
    """Opens a store as what it is and says by which clock it is stamped. Raises what the executor raises.

    `sequence` gives what was appended its place in the log: what the desk asks of the log must count all of it.
    """

    def __init__(self, execute: Executor, clock: Clock, log: Log, sequence: Callable[[], Awaitable[object]]) -> None:
        self._execute, self._clock, self._log, self._sequence = execute, clock, log, sequence

    async def open_in_earnest(self) -> Receipt:
        """The first fact of a store for real work. Raises StoreNotEmptyError."""
        empty = await self._kind() is StoreKind.EMPTY
        return await self._do(_request("opened"), c.OpenStore(by=SYSTEM.id, at=self._clock.now(), empty=empty))

    async def open_demo(self, first_day: date, leads_to: datetime) -> Receipt:
        """The first fact of a demo. Raises StoreInEarnestError where anything real was recorded."""
        kind = await self._kind()
        if kind is StoreKind.REAL:
            raise c.StoreInEarnestError
        command = c.OpenDemoStore(
            by=SYSTEM.id,
            at=self._clock.now(),
            empty=kind is StoreKind.EMPTY,
            first_day=first_day,
            leads_to=leads_to,
        )
        return await self._do(_request("demo-opened"), command)

    async def finish_story(self, cases: int) -> Receipt:
        """The loader has told everything."""
        command = c.FinishStory(by=SYSTEM.id, at=self._clock.now(), cases=cases)
        return await self._do(_request("demo-story-told"), command)

    async def end_simulated_clock(self) -> int:
        """Says up to which log index the clock was simulated, this fact included; that index."""
        last = (await self._caught_up()).log_index + 1
        command = c.EndSimulatedClock(by=SYSTEM.id, at=self._clock.now(), log_index=last)
        await self._do(_request(f"simulated-clock-ended/{last}"), command)
        await self._sequence()
        return last

    async def start_simulated_clock(self) -> int:
        """After which log index it is simulated again. Raises ClockBehindLogError."""
        head, now = await self._caught_up(), self._clock.now()
        if head.recorded_at is not None and now < head.recorded_at:
            raise ClockBehindLogError
        command = c.StartSimulatedClock(by=SYSTEM.id, at=now, log_index=head.log_index)
        await self._do(_request(f"simulated-clock-started/{head.log_index}"), command)
        await self._sequence()
        return head.log_index

    async def require_second_factor(self, *, wanted: bool) -> Receipt:
        """From the next sign-in on. Raises SecondFactorAlreadySaidError."""
        kind = c.RequireSecondFactor if wanted else c.WaiveSecondFactor
        seen = await self._execute.load(c.STORE, STORE_ID)
        request = _request(f"second-factor/{wanted}/{seen.version if seen else 0}")
        return await self._do(request, kind(by=SYSTEM.id, at=self._clock.now()))

    async def state(self) -> c.Store | None:
        """None: nobody has said yet what this store is."""
        seen = await self._execute.load(c.STORE, STORE_ID)
        return seen.state if seen else None

    async def _caught_up(self) -> Mark:
        await self._sequence()
        return await self._log.head()

    async def _kind(self) -> StoreKind:
        await self._sequence()
        return await kind_of(self._log)

    async def _do(self, request: Request, command: c.StoreCommand) -> Receipt:
        return await self._execute(SYSTEM, request, Act(c.STORE, STORE_ID, command, everyone, system_only))


def _request(what: str) -> Request:
    """For what is done once: a repetition finds the first answer."""
    return Request(id=seeded_id(f"store/{what}"), fingerprint=b"")
