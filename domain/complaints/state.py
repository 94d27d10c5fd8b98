"""What the rules of complaints read, and how facts make it. Anything only a screen shows belongs to a projection."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import msgspec

from domain.complaints.parts import DraftSection
from domain.complaints.vocabulary import (
    ComplaintOutcome,
    Complexity,
    Employment,
    Form,
    Ground,
    Level,
    Reading,
    Resolver,
    Stage,
    Target,
    Timeliness,
)
from domain.law.term import Term


class Complaint(msgspec.Struct, frozen=True):
    """The state of one complaint at one level."""

    level: Level = Level.FIRST
    authority_id: UUID | None = None
    received_by_id: UUID | None = None
    resolver: Resolver | None = None
    resolver_id: UUID | None = None
    place_id: UUID | None = None
    area_id: UUID | None = None
    subject_id: UUID | None = None
    form: Form = Form.SIGNED_PETITION
    target: Target = Target.DECISION
    employment: Employment | None = None
    dismissal: bool = False
    received_on: date | None = None
    regime: str = ""
    forwarded: bool = False
    at_resolver_on: date | None = None
    first_id: UUID | None = None
    limits: tuple[Term, ...] = ()
    reading: Reading | None = None
    """What a person chose; None: the only one there is, or not yet chosen."""
    holder_id: UUID | None = None
    involved: frozenset[UUID] = frozenset()
    examined: bool = False
    found: frozenset[Ground] = frozenset()
    timeliness: Timeliness = Timeliness.UNKNOWN
    excused: bool = False
    """An obstacle was recognised."""
    accepted_on: date | None = None
    remote: bool = False
    complexity: Complexity = Complexity.NORMAL
    verifiers: frozenset[UUID] = frozenset()
    evidence: int = 0
    reported_on: date | None = None
    differs: bool = False
    dialogue_on: date | None = None
    execution_suspended: bool = False
    suspended_from: date | None = None
    drafts: int = 0
    drafted_by: UUID | None = None
    outcome: ComplaintOutcome | None = None
    sections: tuple[DraftSection, ...] = ()
    before_signer: bool = False
    approved: bool = False
    decided_on: date | None = None
    sent_on: date | None = None
    received_decision_on: date | None = None
    windows: tuple[Term, ...] = ()
    effect: Term | None = None
    in_force_on: date | None = None
    published_on: date | None = None
    publication_ended: bool = False
    executed: bool = False
    closed: bool = False
    second_id: UUID | None = None
    court: bool = False
    withdrawn: bool = False
    ending: Stage | None = None
    """How it ended without a decision."""
    terms: tuple[Term, ...] = ()
    """The terms that still run."""
    facts: int = 0
    """How many there are: what a decision relied on is the case up to one of them."""
    papers: tuple[str, ...] = ()
    """The digests of all papers of the case, in the order in which they came."""
    rules: tuple[str, ...] = ()
    """The rules that set its terms so far."""

    @property
    def stage(self) -> Stage:  # noqa: PLR0911 - one line for each stage
        """Where it stands."""
        if self.closed:
            return Stage.CLOSED
        if self.ending is not None:
            return self.ending
        if self.executed:
            return Stage.EXECUTED
        if self.in_force_on is not None:
            return Stage.IN_FORCE
        if self.received_decision_on is not None:
            return Stage.DELIVERED
        if self.decided_on is not None:
            return Stage.DECIDED
        if self.withdrawn:
            return Stage.WITHDRAWN
        if self.suspended_from is not None:
            return Stage.SUSPENDED
        return self._working

    @property
    def _working(self) -> Stage:
        steps = (
            (self.approved, Stage.SIGNED),
            (self.before_signer, Stage.FOR_SIGNING),
            (self.drafts > 0, Stage.DRAFTED),
            (bool(self.verifiers), Stage.UNDER_VERIFICATION),
            (self.accepted_on is not None, Stage.ACCEPTED),
            (self.examined, Stage.EXAMINED),
            (self.at_resolver_on is not None, Stage.RECEIVED),
        )
        return next((stage for reached, stage in steps if reached), Stage.FORWARDED)

    def without_term(self, *purposes: str) -> tuple[Term, ...]:
        """The running terms but those of `purposes`, which were met."""
        return tuple(term for term in self.terms if term.purpose not in purposes)

    def term(self, purpose: str) -> Term | None:
        """The running term of this purpose."""
        return next((term for term in self.terms if term.purpose == purpose), None)
