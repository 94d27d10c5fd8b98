"""A term: a due date with all that it rests on. STORED FOR EVER inside facts: add fields with defaults, never edit."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from domain.law.rules import DayCount, Kind, Unit
from domain.law.steps import PolicyDocument, Step


class Term(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Due at 24:00 (Hà Nội) of `due_on`, or at `due_at` where the limit is set in hours.

    Everything a page says about the date stands here, so that no later change of rules, calendar or code alters it.
    """

    purpose: str
    """What is due: `acknowledge`, `triage`, `reply`, `review`, `explain`, `keep` … (kebab-case)."""
    rule_id: str
    kind: Kind
    basis: str
    """Instrument and article; for a policy the words of the rule book."""
    status: str
    """How far the rule was verified, word for word."""
    value: int
    """The rule's own limit, without extensions."""
    unit: Unit
    day_count: DayCount
    started_on: date
    """The legal day of the trigger; for submissions the day of reception."""
    due_on: date
    calendar_edition: str
    calendar_published_on: date
    derived_at: datetime
    """The moment whose knowledge of rules and days off was used."""
    steps: tuple[Step, ...]
    started_at: datetime | None = None
    due_at: datetime | None = None
    latest_arguable_on: date | None = None
    document: PolicyDocument | None = None
    """The authority's own paper; None for a policy means: the built-in default, not yet adopted."""
    variant: str = ""
    within: str = ""
    """The rule of law that this policy stays within."""
    before: bool = False
    """Counted backwards from the trigger's day."""
    estimated: bool = False
    """The days off of the due year were an estimate."""
    note_vi: str = ""
    note_en: str = ""
    """Why the law is unclear."""
