"""The authority's own terms as they were known at a moment, ready to be asked for a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

import msgspec

from domain.law.policy_facts import events as f
from domain.law.rules import DayCount, Unit
from domain.law.steps import PolicyDocument


class AdoptedTerm(msgspec.Struct, frozen=True, kw_only=True):
    """One word of the authority on one rule. `value` None: repealed from that day on."""

    rule_id: str
    value: int | None
    unit: Unit
    day_count: DayCount
    document: PolicyDocument
    known_from: datetime
    """When it was recorded."""


def adopted_term(fact: f.PolicyFact, known_from: datetime) -> AdoptedTerm:
    """The fact with the moment of its recording."""
    document = PolicyDocument(number=fact.document, from_day=fact.from_day)
    if isinstance(fact, f.AuthorityTermRepealed):
        return AdoptedTerm(
            rule_id=fact.rule_id, value=None, unit="day", day_count="NA", document=document, known_from=known_from
        )
    return AdoptedTerm(
        rule_id=fact.rule_id,
        value=fact.value,
        unit=fact.unit,
        day_count=fact.day_count,
        document=document,
        known_from=known_from,
    )


def in_force(terms: Iterable[AdoptedTerm], rule_id: str, on: date) -> AdoptedTerm | None:
    """What the authority's papers say of this rule for that day; None: nothing, or repealed.

    The latest first day counts; of two papers from the same day the one recorded last.
    """
    words = [term for term in terms if term.rule_id == rule_id and term.document.from_day <= on]
    if not words:
        return None
    last = max(words, key=lambda term: (term.document.from_day, term.known_from))
    return last if last.value is not None else None
