"""Which complaints are there, where each stands and what is due: desks and registers of both levels, as of any instant.

A row carries the state that the rules read, folded by the same function, so that list and case never disagree: whoever
changes that state or its fold raises `version` here.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

import msgspec
from msgspec.structs import replace

from application.ports import Recorded
from domain.complaints import events as f
from domain.complaints.evolving import evolve
from domain.complaints.state import Complaint
from domain.complaints.vocabulary import Stage
from domain.kernel import Fact
from domain.law.term import Term
from domain.registers.events import CaseEntered, register_number
from projections.base import OPEN, Column
from projections.complaint_kept import DUTIES, Ended, Kept, ended_by, kept_by, over_on

KIND = "complaint"
"""How the register calls them."""
OVER = frozenset({Stage.CLOSED, Stage.TERMINATED, Stage.NOT_ACCEPTED, Stage.TRANSFERRED, Stage.GUIDED})
WAITS_FOR: dict[Stage, str] = {
    Stage.FORWARDED: "resolver",
    Stage.RECEIVED: "holder",
    Stage.EXAMINED: "resolver",
    Stage.ACCEPTED: "resolver",
    Stage.UNDER_VERIFICATION: "verifiers",
    Stage.DRAFTED: "holder",
    Stage.FOR_SIGNING: "resolver",
    Stage.SIGNED: "registry",
    Stage.DECIDED: "registry",
    Stage.DELIVERED: "resolver",
    Stage.IN_FORCE: "holder",
    Stage.EXECUTED: "holder",
    Stage.SUSPENDED: "resolver",
    Stage.WITHDRAWN: "resolver",
}
"""Who has to do the next thing; nobody where it is over."""


def step_of(state: Complaint) -> tuple[str, str]:
    """What comes next, in a word of the catalogue, and who has to do it."""
    stage = state.stage
    if stage is Stage.FORWARDED and not state.forwarded:
        return "to-forward", "receiver"
    if stage in (Stage.DECIDED, Stage.DELIVERED) and (state.second_id is not None or state.court):
        return "went-on", "resolver"
    if stage is Stage.RECEIVED and state.holder_id is None:
        return stage.value, "resolver"
    return stage.value, WAITS_FOR.get(stage, "")


class ComplaintRow(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line. Nothing personal stands in it."""

    case_id: UUID
    version: int
    opened_at: datetime
    recorded_at: datetime
    state: Complaint = Complaint()
    number: str = ""
    kept: tuple[Kept, ...] = ()
    ended: Ended | None = None
    over_since: date | None = None

    @property
    def authority_id(self) -> UUID | None:
        """The authority of the unit complained of."""
        return self.state.authority_id

    @property
    def resolver_id(self) -> UUID | None:
        """School or authority whose head resolves."""
        return self.state.resolver_id

    @property
    def received_by_id(self) -> UUID | None:
        """Where it was taken in."""
        return self.state.received_by_id

    @property
    def place_id(self) -> UUID | None:
        """The unit complained of."""
        return self.state.place_id

    @property
    def holder_id(self) -> UUID | None:
        """Who prepares it."""
        return self.state.holder_id

    @property
    def second_id(self) -> UUID | None:
        """The case of the second level."""
        return self.state.second_id

    @property
    def verifiers(self) -> tuple[UUID, ...]:
        """Who verifies."""
        return tuple(sorted(self.state.verifiers))

    @property
    def involved(self) -> tuple[UUID, ...]:
        """Who may not read it."""
        return tuple(sorted(self.state.involved))

    @property
    def level(self) -> str:
        """First or second."""
        return self.state.level.value

    @property
    def stage(self) -> str:
        """Where it stands."""
        return self.state.stage.value

    @property
    def over(self) -> bool:
        """Nothing is left to do."""
        return self.state.stage in OVER

    @property
    def waiting_for(self) -> str:
        """Who has to do the next thing; empty: nobody."""
        return step_of(self.state)[1]

    @property
    def due(self) -> Term | None:
        """What has to be kept first."""
        return min(self.duties, key=lambda term: term.due_on, default=None)

    @property
    def duties(self) -> tuple[Term, ...]:
        """All that still have to be kept."""
        return tuple(term for term in self.state.terms if term.purpose in DUTIES)

    @property
    def due_on(self) -> date | None:
        """Its day."""
        return self.due.due_on if self.due and not self.over else None

    @property
    def received_on(self) -> date | None:
        """The day on which the petition came."""
        return self.state.received_on

    @property
    def decided_on(self) -> date | None:
        """The day of the decision."""
        return self.state.decided_on

    @property
    def outcome(self) -> str:
        """Of the decision; empty before."""
        return self.state.outcome.value if self.state.outcome and self.state.decided_on else ""


class Complaints:
    """The projection: versioned rows by case id."""

    name: ClassVar[str] = "complaints"
    version: ClassVar[int] = 2
    versioned: ClassVar[bool] = True
    row = ComplaintRow
    facts: ClassVar[tuple[type[Fact], ...]] = (*f.ComplaintFact.__args__, CaseEntered)
    columns: ClassVar[tuple[Column, ...]] = (
        Column("authority_id", "uuid"),
        Column("resolver_id", "uuid"),
        Column("received_by_id", "uuid"),
        Column("place_id", "uuid"),
        Column("holder_id", "uuid"),
        Column("second_id", "uuid"),
        Column("verifiers", "uuid[]"),
        Column("involved", "uuid[]"),
        Column("level", "text"),
        Column("stage", "text"),
        Column("over", "boolean"),
        Column("waiting_for", "text"),
        Column("number", "text"),
        Column("outcome", "text"),
        Column("due_on", "date"),
        Column("received_on", "date"),
        Column("decided_on", "date"),
    )
    indexes: ClassVar[tuple[str, ...]] = (
        f"(resolver_id, due_on, key) where valid_to = {OPEN}",
        f"(received_by_id, due_on, key) where valid_to = {OPEN}",
        f"(authority_id, due_on, key) where valid_to = {OPEN}",
        f"(holder_id) where valid_to = {OPEN}",
        f"(lower(number)) where valid_to = {OPEN}",
    )

    def key(self, fact: Fact, envelope: Recorded) -> UUID | None:
        """A register entry speaks of a case in another stream; those of other kinds are none of ours."""
        if isinstance(fact, CaseEntered):
            return fact.case_id if fact.kind == KIND else None
        return envelope.originator_id

    def fold(self, row: ComplaintRow | None, fact: Fact, envelope: Recorded) -> ComplaintRow | None:
        """The state by the rules' own function, the number from the register."""
        if isinstance(fact, CaseEntered):
            return replace(row, number=register_number(fact, envelope.originator_version)) if row else None
        if not isinstance(fact, f.ComplaintFact):
            return row
        if row is None:
            row = ComplaintRow(
                case_id=envelope.originator_id,
                version=0,
                opened_at=envelope.occurred_at,
                recorded_at=envelope.recorded_at,
            )
        state = evolve(row.state, fact)
        over = row.over_since or (over_on(fact, envelope) if state.stage in OVER else None)
        return replace(
            row,
            version=envelope.originator_version,
            state=state,
            kept=(*row.kept, *kept_by(row.state, state, fact, envelope)),
            ended=ended_by(fact, envelope) or row.ended,
            over_since=over,
        )
