"""An authority's own terms, as facts. STORED FOR EVER: add fields with defaults or add a _v2 topic; never edit."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from domain.kernel import Fact, Public
from domain.law.rules import DayCount, Unit


class AuthorityTermAdopted(Fact, frozen=True):
    """The authority set the limit of a rule that is its own to set, by a paper of its own, from a day on.

    For the rule AFTER-HOURS `value` is the hour of the day from which a submission counts as of the next working day.
    """

    TOPIC: ClassVar[str] = "policy.authority_term_adopted.v1"
    rule_id: Public[str]
    value: Public[int]
    unit: Public[Unit]
    day_count: Public[DayCount]
    document: Public[str]
    """Number of the paper."""
    from_day: Public[date]


class AuthorityTermRepealed(Fact, frozen=True):
    """From that day on the built-in default, or the law's own reading, applies again."""

    TOPIC: ClassVar[str] = "policy.authority_term_repealed.v1"
    rule_id: Public[str]
    document: Public[str]
    from_day: Public[date]


PolicyFact = AuthorityTermAdopted | AuthorityTermRepealed
