"""How a date was reached, step by step. STORED FOR EVER inside facts: add fields with defaults, never rename a tag."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

import msgspec

from domain.calendar import DayKind
from domain.law.rules import DayCount, Unit

Cause = Literal["calendar", "variant", "pause", "extension"]
"""Why a term was derived again."""


class PolicyDocument(msgspec.Struct, frozen=True, kw_only=True):
    """The paper by which an authority set a term of its own: number and first day."""

    number: str
    from_day: date


class Idle(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A day without office hours, and why. `name` is empty for a weekend."""

    day: date
    kind: DayKind
    name: str = ""
    name_en: str = ""


class Started(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="step", tag="started"):
    """What set the count going, and what kind of day that was. `replaces`: the day that a make-up day stands for."""

    trigger: str
    on: date
    at: datetime | None = None
    kind: DayKind = "working"
    name: str = ""
    name_en: str = ""
    replaces: date | None = None


class ReceptionMoved(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="step", tag="reception-moved"
):
    """By the authority's own rule a submission counts as received on the next working day."""

    submitted_on: date
    received_on: date
    from_hour: int
    """The hour of the day from which the rule applies; 24: on days off only."""
    document: PolicyDocument


class ReceptionKept(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="step", tag="reception-kept"
):
    """Submitted on a day off, and counted from that day all the same: no rule that moves it."""

    submitted_on: date


class EventDayLeftOut(msgspec.Struct, frozen=True, kw_only=True, tag_field="step", tag="event-day-left-out"):
    """The event day is not counted (Civil Code 2015, Art. 147)."""

    first_day: date


class Counted(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="step", tag="counted"):
    """So many units, and where they end. For working days: the days off passed over, the make-up days counted."""

    value: int
    unit: Unit
    day_count: DayCount
    ends_on: date
    backwards: bool = False
    skipped: tuple[Idle, ...] = ()
    worked: tuple[date, ...] = ()


class Rolled(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="step", tag="rolled"):
    """The end fell on days without office hours and moved to a working day (Civil Code 2015, Art. 148)."""

    to_day: date
    idle: tuple[Idle, ...]
    backwards: bool = False


class Paused(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="step", tag="paused"):
    """Days from `from_day` up to the day before `resumed_on` are not counted."""

    from_day: date
    resumed_on: date
    basis: str = ""


class Extended(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="step", tag="extended"):
    """A signed act added `value` units, counted from the original start."""

    number: int
    value: int
    document: str = ""
    when: str = ""


class OtherReading(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="step", tag="other-reading"
):
    """The later day that the unclear text allows to argue, counted in working days."""

    value: int
    ends_on: date
    skipped: tuple[Idle, ...] = ()
    worked: tuple[date, ...] = ()


class WithinLaw(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="step", tag="within-law"):
    """The authority's own term beside the law's: the earlier of the two stands."""

    policy_rule_id: str
    policy_due_on: date
    law_rule_id: str
    law_due_on: date
    document: PolicyDocument | None = None


class EarlierDerivation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="step", tag="earlier"):
    """What this term was before it was derived again, and why it was."""

    due_on: date
    calendar_edition: str
    derived_at: datetime
    cause: Cause
    latest_arguable_on: date | None = None
    rule_id: str = ""


Step = (
    Started
    | ReceptionMoved
    | ReceptionKept
    | EventDayLeftOut
    | Counted
    | Rolled
    | Paused
    | Extended
    | OtherReading
    | WithinLaw
    | EarlierDerivation
)
