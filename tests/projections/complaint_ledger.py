"""A second set of books for complaints, kept by hand from the raw facts: it shares no rule with the product.

Nothing here calls the fold of the rules or a read model. What a stage is called, what runs, what was kept and who has
to do the next thing is written down again from the rules on paper.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

DUTIES = {"accept", "resolve", "send", "publish"}
DONE: dict[str, tuple[str, Callable[[Any], date]]] = {
    "ComplaintAccepted": ("accept", lambda fact: fact.accepted_on),
    "DecisionIssued": ("resolve", lambda fact: fact.decision.day),
    "DecisionSent": ("send", lambda fact: fact.sent_on),
    "DecisionPublished": ("publish", lambda fact: fact.from_day),
}
ENDED = {
    "ComplaintRefused": ("refused", "not-accepted"),
    "ComplaintTransferred": ("transferred", "transferred"),
    "ComplainantGuided": ("guided", "guided"),
    "ComplaintTerminated": ("", "terminated"),
}
BY_RESOLVER = {"forwarded", "examined", "accepted", "for-signing", "delivered", "suspended", "withdrawn"}
BY_HOLDER = {"received", "drafted", "in-force", "executed"}
BY_REGISTRY = {"signed", "decided"}


class Account:
    """One complaint, entry by entry."""

    def __init__(self) -> None:
        self.opened: Any = None
        self.running: list[Any] = []
        self.past: list[tuple[str, date, date, date, bool]] = []
        """Duty, due, done or dropped, recorded, whether done."""
        self.seen: set[str] = set()
        self.at_resolver = self.waiting_for_signature = self.signed = self.suspended = False
        self.holder: UUID | None = None
        self.verifiers: set[UUID] = set()
        self.involved: set[UUID] = set()
        self.ending = self.how = self.ground = self.proposed = self.outcome = ""
        self.ended_on: date | None = None
        self.over_on: date | None = None
        self.accepted_on: date | None = None
        self.decided_on: date | None = None

    def enter(self, fact: Any, recorded_on: date) -> None:
        """One fact more."""
        name = type(fact).__name__
        self.seen.add(name)
        self._clock(name, fact, recorded_on)
        self._people(name, fact)
        self._desk(name, fact)
        self._end(name, fact, recorded_on)

    def _clock(self, name: str, fact: Any, recorded_on: date) -> None:
        if name in DONE:
            purpose, day = DONE[name]
            for term in [one for one in self.running if one.purpose == purpose]:
                self.running.remove(term)
                self.past.append((purpose, term.due_on, day(fact), recorded_on, True))
        if name == "ReadingDecided":
            again = {term.purpose for term in fact.terms}
            self.running = [term for term in self.running if term.purpose not in again]
        if name in {"CircumstancesEstablished", "ComplaintResumed", "TermRederived"}:
            self.running = [fact.new if term == fact.old else term for term in self.running]
        if name in {
            "ComplaintReceived",
            "ComplaintReachedResolver",
            "ReadingDecided",
            "ComplaintAccepted",
            "DecisionIssued",
        }:
            self.running += [term for term in fact.terms if term.purpose in DUTIES]

    def _people(self, name: str, fact: Any) -> None:
        if name == "ComplaintAssigned":
            self.holder = fact.official_id
        if name == "VerificationAssigned":
            self.verifiers = set(fact.verifier_ids)
        if name == "InvolvementDeclared":
            self.involved.add(fact.official_id)
            self.verifiers.discard(fact.official_id)
            if self.holder == fact.official_id:
                self.holder = None

    def _desk(self, name: str, fact: Any) -> None:
        if name == "ComplaintReceived":
            self.opened = fact
        if name == "ComplaintReachedResolver" or (
            name == "ComplaintReceived" and fact.received_by_id == fact.resolver_id
        ):
            self.at_resolver = True
        if name in {"DraftSubmitted", "DraftReturned", "DraftApproved", "ComplaintWithdrawn"}:
            self.waiting_for_signature = name == "DraftSubmitted"
        if name in {"DraftApproved", "DecisionIssued", "ComplaintWithdrawn"}:
            self.signed = name == "DraftApproved"
        if name in {"ComplaintSuspended", "ComplaintResumed"}:
            self.suspended = name == "ComplaintSuspended"
        if name == "ComplaintAccepted":
            self.accepted_on = fact.accepted_on
        if name == "DecisionIssued":
            self.decided_on, self.outcome = fact.decision.day, fact.outcome.value

    def _end(self, name: str, fact: Any, recorded_on: date) -> None:
        day = recorded_on
        if name in {"ComplaintRefused", "ComplaintTerminated"}:
            day = fact.notice.day
        elif name == "ComplaintTransferred":
            day = fact.slip.day
        elif name == "ComplainantGuided" and fact.paper:
            day = fact.paper.day
        elif name == "ComplaintWithdrawn":
            self.how, self.ground, self.ended_on = "withdrawn", "", fact.withdrawn_on
        if name not in ENDED and name != "ComplaintClosed":
            return
        how, self.ending = ENDED.get(name, ("", self.ending))
        if how:
            self.how, self.ended_on = how, day
            self.ground = fact.ground.value if how == "refused" else ""
        self.over_on = self.over_on or day
        self.past += [(term.purpose, term.due_on, day, recorded_on, False) for term in self.running]
        self.running = []

    @property
    def stage(self) -> str:
        """By the furthest entry that stands."""
        order = (
            ("ComplaintClosed" in self.seen, "closed"),
            (bool(self.ending), self.ending),
            ("DecisionExecuted" in self.seen, "executed"),
            ("DecisionTookEffect" in self.seen, "in-force"),
            ("DecisionReceived" in self.seen, "delivered"),
            ("DecisionIssued" in self.seen, "decided"),
            ("ComplaintWithdrawn" in self.seen, "withdrawn"),
            (self.suspended, "suspended"),
            (self.signed, "signed"),
            (self.waiting_for_signature, "for-signing"),
            ("DecisionDrafted" in self.seen, "drafted"),
            (bool(self.verifiers), "under-verification"),
            ("ComplaintAccepted" in self.seen, "accepted"),
            ("ComplaintExamined" in self.seen, "examined"),
            (self.at_resolver, "received"),
        )
        return next((name for stands, name in order if stands), "forwarded")

    @property
    def open(self) -> bool:
        """Something is left to do."""
        return self.stage not in {"closed", "terminated", "not-accepted", "transferred", "guided"}

    @property
    def due_on(self) -> date | None:
        """What has to be kept first."""
        return min((term.due_on for term in self.running), default=None) if self.open else None

    def waits_for(self, principal: UUID, school: UUID) -> bool:
        """For the principal of this school, who keeps no registry but of what he prepares himself."""
        here, stage = self.opened.resolver_id == school, self.stage
        prepares = self.holder == principal or principal in self.verifiers
        if stage == "forwarded" and "ComplaintForwarded" not in self.seen:
            return False  # whoever took it in has to send it on first
        if stage in {"decided", "delivered"} and self.seen & {"SecondComplaintLodged", "TakenToCourt"}:
            return bool(here)
        if stage in BY_RESOLVER:
            return bool(here)
        if stage in BY_HOLDER:
            return self.holder == principal or (self.holder is None and here)
        if stage in BY_REGISTRY:
            return here and prepares
        return stage == "under-verification" and principal in self.verifiers


def tabs(books: Iterable[Account], day: date, soon: date, principal: UUID, school: UUID) -> dict[str, int]:
    """How many lines each tab holds."""
    books = list(books)
    standing = [one for one in books if one.open]
    return {
        "mine": sum(one.waits_for(principal, school) for one in standing),
        "overdue": sum(one.due_on is not None and one.due_on < day for one in standing),
        "soon": sum(one.due_on is not None and day <= one.due_on <= soon for one in standing),
        "open": len(standing),
        "over": len(books) - len(standing),
        "all": len(books),
    }


def figures(books: Iterable[Account], first: date, last: date, today: date) -> dict[str, Any]:
    """Every figure of the period as the ledger has it."""
    books, day = list(books), min(last, today)

    def inside(one: date | None) -> bool:
        return one is not None and first <= one <= last

    came = [one for one in books if inside(one.opened.received_on)]
    ways = Counter(one.how for one in books if inside(one.ended_on))
    standing = [
        one for one in books if one.opened.received_on <= day and not (one.over_on is not None and one.over_on <= day)
    ]
    late = [
        one
        for one in standing
        if any(term.due_on < day for term in one.running) or any(due < day < done for _, due, done, _, _ in one.past)
    ]
    duties = {}
    for purpose in ("accept", "resolve", "send"):
        kept = [one for book in books for one in book.past if one[0] == purpose and one[4] and inside(one[2])]
        duties[purpose] = (len(kept), sum(one[2] <= one[1] for one in kept), sum(one[3] <= one[1] for one in kept))
    firsts = [one.opened for one in came if one.opened.level == "first" and one.opened.resolver == "school-head"]
    return {
        "received": len(came),
        "levels": Counter(one.opened.level.value for one in came),
        "targets": Counter(one.opened.target.value for one in came),
        "units": Counter(one.opened.place_id for one in came),
        "accepted": sum(inside(one.accepted_on) for one in books),
        **{way: ways[way] for way in ("refused", "transferred", "guided", "withdrawn")},
        "grounds": Counter(one.ground for one in books if one.ground and inside(one.ended_on)),
        "decided": sum(inside(one.decided_on) for one in books),
        "outcomes": Counter(one.outcome for one in books if inside(one.decided_on)),
        "open": len(standing),
        "overdue": len(late),
        "on_time": duties,
        "skipping": {
            unit: (
                sum(one.place_id == unit for one in firsts),
                sum(one.place_id == unit and one.received_by_id != one.resolver_id for one in firsts),
            )
            for unit in {one.place_id for one in firsts}
        },
    }


def working_days_after(day: date, number: int, off: set[date]) -> date:
    """Counted on the fingers."""
    while number:
        day += timedelta(days=1)
        number -= day.weekday() < 5 and day not in off
    return day
