"""The law as desks ask for it: what was known at a moment, for an authority, folded from the log."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from datetime import date, datetime
from typing import Protocol
from uuid import UUID, uuid5

from application.identifiers import seeded_id
from application.ports import Log, Recorded
from domain.calendar import Calendar, legal_date
from domain.law.calendar_facts.amendments import NOWHERE, Amendment, amended
from domain.law.calendar_facts.events import CalendarFact
from domain.law.law import Law, law_at
from domain.law.policy_facts.adopted import AdoptedTerm, adopted_term
from domain.law.policy_facts.events import PolicyFact
from domain.law.rules import built_in

CALENDAR_ID = seeded_id("calendar/vn")
"""The one stream of changes of the national calendar."""

NOBODY = UUID(int=0)


def policy_id(authority_id: UUID) -> UUID:
    """The stream of an authority's own terms."""
    return uuid5(authority_id, "policy")


Above = Callable[[UUID, date], Awaitable[Collection[UUID]]]
"""The authorities above one on a legal day, itself included."""


class LawBook(Protocol):
    """Where desks get the law from."""

    async def at(self, authority_id: UUID | None, moment: datetime, within: Collection[UUID] = NOWHERE) -> Law:
        """What was known at `moment`: rules, days off, the authority's own terms.

        `authority_id` None: the law of the whole country alone.
        `within`: the authorities above it, whose territory's days off apply to it too.
        """
        ...


class RecordedLaw:
    """A LawBook that reads the calendar and the authority's stream, and keeps what it built while they stand still.

    Only sequenced facts are law: a change takes effect when it is recorded, not while it is being written.
    """

    def __init__(self, log: Log, above: Above | None = None) -> None:
        """`above`: who stands above an authority on a day; without it only `within` says so."""
        self._log, self._above = log, above
        self._calendars: dict[_CalendarKey, Calendar] = {}
        self._policies: dict[UUID, tuple[int, tuple[AdoptedTerm, ...]]] = {}

    async def at(self, authority_id: UUID | None, moment: datetime, within: Collection[UUID] = NOWHERE) -> Law:
        """See LawBook."""
        return await self._at(authority_id, moment, within, None)

    async def with_proposed(self, authority_id: UUID, moment: datetime, fact: CalendarFact) -> Law:
        """The law as it would be if this were proclaimed too."""
        return await self._at(authority_id, moment, NOWHERE, fact)

    async def _at(
        self, authority_id: UUID | None, moment: datetime, within: Collection[UUID], proposed: CalendarFact | None
    ) -> Law:
        policy_stream = policy_id(authority_id or NOBODY)
        recorded = await self._log.of_streams((CALENDAR_ID, policy_stream))
        known = [fact for fact in recorded if fact.recorded_at <= moment]
        changes = [fact for fact in known if fact.originator_id == CALENDAR_ID]
        papers = [fact for fact in known if fact.originator_id == policy_stream]
        facts = [change.fact for change in changes] + ([proposed] if proposed else [])
        if authority_id and self._above and any(isinstance(f, CalendarFact) and f.scope is not None for f in facts):
            within = {*within, *await self._above(authority_id, legal_date(moment))}
        calendar = self._calendar(moment, changes, frozenset((authority_id or NOBODY, *within)), proposed)
        return law_at(moment, self._adopted(authority_id or NOBODY, papers), calendar)

    def _calendar(
        self, moment: datetime, changes: list[Recorded], scopes: frozenset[UUID], proposed: CalendarFact | None
    ) -> Calendar:
        base, _rules = built_in(moment)
        if proposed is not None:
            return amended(base, [*_amendments(changes), Amendment(proposed, moment)], scopes)
        if not changes:
            return base
        key = (base.edition, changes[-1].originator_version, scopes)
        if key not in self._calendars:
            self._calendars[key] = amended(base, _amendments(changes), scopes)
        return self._calendars[key]

    def _adopted(self, authority_id: UUID, papers: list[Recorded]) -> tuple[AdoptedTerm, ...]:
        version = papers[-1].originator_version if papers else 0
        kept = self._policies.get(authority_id)
        if kept is None or kept[0] != version:
            terms = tuple(
                adopted_term(paper.fact, paper.recorded_at) for paper in papers if isinstance(paper.fact, PolicyFact)
            )
            kept = self._policies[authority_id] = (version, terms)
        return kept[1]


def _amendments(changes: list[Recorded]) -> list[Amendment]:
    return [Amendment(change.fact, change.recorded_at) for change in changes if isinstance(change.fact, CalendarFact)]


_CalendarKey = tuple[str, int, frozenset[UUID]]
