"""The law as desks ask for it: what was known at a moment, for an authority, folded from the log."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol
from uuid import UUID, uuid5

from application.identifiers import seeded_id
from application.ports import Log, Recorded
from domain.calendar import Calendar
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

    def __init__(self, log: Log) -> None:
        self._log = log
        self._calendars: dict[_CalendarKey, Calendar] = {}
        self._policies: dict[UUID, tuple[int, tuple[AdoptedTerm, ...]]] = {}

    async def at(self, authority_id: UUID | None, moment: datetime, within: Collection[UUID] = NOWHERE) -> Law:
        """See LawBook."""
        policy_stream = policy_id(authority_id or NOBODY)
        recorded = await self._log.of_streams((CALENDAR_ID, policy_stream))
        known = [fact for fact in recorded if fact.recorded_at <= moment]
        changes = [fact for fact in known if fact.originator_id == CALENDAR_ID]
        papers = [fact for fact in known if fact.originator_id == policy_stream]
        calendar = self._calendar(moment, changes, frozenset((authority_id or NOBODY, *within)))
        return law_at(moment, self._adopted(authority_id or NOBODY, papers), calendar)

    def _calendar(self, moment: datetime, changes: list[Recorded], scopes: frozenset[UUID]) -> Calendar:
        base, _rules = built_in(moment)
        if not changes:
            return base
        key = (base.edition, changes[-1].originator_version, scopes)
        if key not in self._calendars:
            amendments = [
                Amendment(change.fact, change.recorded_at)
                for change in changes
                if isinstance(change.fact, CalendarFact)
            ]
            self._calendars[key] = amended(base, amendments, scopes)
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


_CalendarKey = tuple[str, int, frozenset[UUID]]
