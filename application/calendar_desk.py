"""Days off and make-up days: what a change would move is shown first, and only what was shown is confirmed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Protocol
from uuid import UUID

import msgspec

from application.access import SYSTEM, Actor, ForbiddenError, Policy, Role
from application.authorities import AuthorityTree
from application.execute import Act, Executor
from application.law import CALENDAR_ID, RecordedLaw
from application.ports import Clock, OpenCase, Receipt, Request
from domain.authorities.authority import AUTHORITY
from domain.authorities.levels import Level
from domain.calendar import legal_date
from domain.complaints.commands import RederiveTerms as RederiveComplaint
from domain.complaints.complaint import COMPLAINT
from domain.complaints.events import TermRederived as ComplaintTermRederived
from domain.explanations.commands import RederiveDay
from domain.explanations.events import ExplanationDayMoved
from domain.explanations.explanation import EXPLANATION, Explanation, waits
from domain.feedback.commands import RederiveTerms
from domain.feedback.events import TermRederived
from domain.feedback.feedback import FEEDBACK
from domain.kernel import Fact
from domain.law.calendar_facts.commands import CalendarCommand
from domain.law.calendar_facts.days_off import CALENDAR
from domain.law.calendar_facts.events import CalendarFact
from domain.law.law import Law


class OpenCases(Protocol):
    """Which cases are open, as the read models have it."""

    async def of(self, scope: UUID | None, day: date) -> list[OpenCase]:
        """Of an authority and all below it on that day; None: of all."""
        ...

    async def complaints(self, scope: UUID | None, day: date) -> list[OpenCase]:
        """The same of complaints."""
        ...

    async def requests(self, case_ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
        """What schools still owe an explanation of to these cases, by case."""
        ...


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """One term of one case that would be due on another day."""

    case_id: UUID
    authority_id: UUID
    number: str
    purpose: str
    old: date
    new: date


class Preview(msgspec.Struct, frozen=True, kw_only=True):
    """What a change comes to. `digest` names exactly this."""

    fact: CalendarFact
    version: int
    moves: tuple[Move, ...]
    digest: str
    kept: int = 0
    """Requests for explanation whose day, this one or a later one, was set by hand: it stays."""

    @property
    def cases(self) -> int:
        """How many cases move."""
        return len({move.case_id for move in self.moves})


class PreviewOutdatedError(Exception):
    """Something changed since it was looked at; `now` is what would move now."""

    def __init__(self, now: Preview) -> None:
        super().__init__("the preview is outdated")
        self.now = now


class CalendarDesk:
    """By administrators: for the own authority and all below it, by one of a province for the whole country."""

    def __init__(
        self, execute: Executor, clock: Clock, law: RecordedLaw, tree: AuthorityTree, open_cases: OpenCases
    ) -> None:
        self._execute, self._clock, self._law = execute, clock, law
        self._tree, self._open_cases = tree, open_cases

    async def scopes(self, actor: Actor) -> tuple[UUID | None, ...]:
        """For which territories the actor may speak; None: the whole country."""
        if Role.ADMINISTRATOR not in actor.roles or actor.authority_id is None:
            return ()
        seen = await self._execute.load(AUTHORITY, actor.authority_id)
        above = await self._tree.above(actor.authority_id, legal_date(self._clock.now()))
        highest = seen is not None and seen.state.level is Level.PROVINCE and above == {actor.authority_id}
        return (actor.authority_id, None) if highest else (actor.authority_id,)

    async def preview(self, actor: Actor, command: CalendarCommand) -> Preview:
        """Asks the rules and counts every open case anew. Raises ForbiddenError and the refusals of the calendar."""
        if command.scope not in await self.scopes(actor):
            raise ForbiddenError
        seen = await self._execute.load(CALENDAR, CALENDAR_ID)
        (fact,) = CALENDAR.decide(seen.state if seen else None, command)
        moves, kept = list[Move](), 0
        laws: dict[UUID, Law] = {}
        cases = await self._open_cases.of(command.scope, legal_date(command.at))
        requests = await self._open_cases.requests([case.id for case in cases])
        for case in cases:
            if case.authority_id not in laws:
                laws[case.authority_id] = await self._law.with_proposed(case.authority_id, command.at, fact)
            own = [await self._execute.load(EXPLANATION, one) for one in requests.get(case.id, ())]
            asked = [one.state for one in own if one is not None]
            moves += await self._moves(case, laws[case.authority_id], asked)
            kept += sum(_by_hand(one, fact.day) for one in asked)
        for case in await self._open_cases.complaints(command.scope, legal_date(command.at)):
            if case.authority_id not in laws:
                laws[case.authority_id] = await self._law.with_proposed(case.authority_id, command.at, fact)
            moves += await self._of_complaint(case, laws[case.authority_id])
        version = seen.version if seen else 0
        return Preview(fact=fact, version=version, moves=tuple(moves), digest=_digest(fact, version, moves), kept=kept)

    async def apply(self, actor: Actor, request: Request, command: CalendarCommand, digest: str) -> Receipt:
        """Records the change if it still comes to what was looked at. A reaction then counts each case anew.

        Raises PreviewOutdatedError, ForbiddenError and the refusals of the calendar.
        """
        if known := await self._execute.known(request):
            return known
        now = await self.preview(actor, command)
        if now.digest != digest:
            raise PreviewOutdatedError(now)
        wish = msgspec.structs.replace(request, if_version=now.version)
        scopes = await self.scopes(actor)
        may: Policy = lambda _actor, _state: command.scope in scopes  # noqa: E731 - settled above
        return await self._execute(actor, wish, Act(CALENDAR, CALENDAR_ID, command, _official, may))

    async def remaining(self, fact: CalendarFact, known_at: datetime) -> int:
        """How many open cases of its territory have still to be counted anew. `known_at`: when it was recorded."""
        now = max(self._clock.now(), known_at)
        cases = await self._open_cases.of(fact.scope, legal_date(now))
        laws = {of: await self._law.at(of, now) for of in {case.authority_id for case in cases}}
        requests, count = await self._open_cases.requests([case.id for case in cases]), 0
        for case in cases:
            own = [await self._execute.load(EXPLANATION, one) for one in requests.get(case.id, ())]
            asked = [one.state for one in own if one is not None]
            count += bool(await self._moves(case, laws[case.authority_id], asked))
        for case in await self._open_cases.complaints(fact.scope, legal_date(now)):
            law = laws.get(case.authority_id) or await self._law.at(case.authority_id, now)
            laws[case.authority_id] = law
            count += bool(await self._of_complaint(case, law))
        return count

    async def _of_complaint(self, case: OpenCase, law: Law) -> list[Move]:
        """Of the dates of a complaint that still run."""
        seen = await self._execute.load(COMPLAINT, case.id)
        command = RederiveComplaint(by=SYSTEM.id, at=law.at, law=law, reason="")
        return _moved(case, COMPLAINT.decide(seen.state, command)) if seen else []

    async def _moves(self, case: OpenCase, law: Law, asked: Sequence[Explanation]) -> list[Move]:
        """Of the case's own terms and of what schools were asked for it."""
        seen = await self._execute.load(FEEDBACK, case.id)
        if seen is None:
            return []
        command = RederiveTerms(by=SYSTEM.id, at=law.at, law=law, reason="")
        days = RederiveDay(by=SYSTEM.id, at=law.at, law=law, reason="")
        facts: list[Fact] = [*FEEDBACK.decide(seen.state, command)]
        for state in asked:
            facts += EXPLANATION.decide(state, days)
        return _moved(case, facts)


def _moved(case: OpenCase, facts: Sequence[Fact]) -> list[Move]:
    return [
        Move(
            case_id=case.id,
            authority_id=case.authority_id,
            number=case.number,
            purpose=fact.old.purpose,
            old=fact.old.due_on,
            new=fact.new.due_on,
        )
        for fact in facts
        if isinstance(fact, TermRederived | ExplanationDayMoved | ComplaintTermRederived)
    ]


def moved_days(moves: Collection[Move]) -> list[Move]:
    """The earliest new day first."""
    return sorted(moves, key=lambda move: (move.new, move.old, move.case_id))


def _by_hand(state: Explanation, day: date) -> bool:
    return waits(state) and state.term is None and state.due_on is not None and state.due_on >= day


def _official(actor: Actor, _state: object) -> bool:
    return actor.kind == "official"


def _digest(fact: CalendarFact, version: int, moves: Sequence[Move]) -> str:
    told = msgspec.json.encode((type(fact).TOPIC, fact, version, sorted(moves, key=lambda m: (m.case_id, m.purpose))))
    return sha256(told).hexdigest()
