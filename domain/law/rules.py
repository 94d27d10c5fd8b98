"""Rule books: which term the law or an authority sets, from which day, and since when that was known."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from importlib.resources import files
from typing import Literal

import msgspec

from domain.calendar import Almanac, Calendar, legal_date, legal_midnight
from domain.kernel import RefusalError

Unit = Literal["day", "month", "year", "hour", "pupils", "periods/week/subject", "times", "before enrolment"]
"""The last four measure no time: such a rule is listed but sets no term."""
DayCount = Literal["CALENDAR", "WORKING", "AMBIGUOUS", "NA", "UNKNOWN"]
"""AMBIGUOUS: the text says "ngày" and practice differs: both counts are computed, the earlier is the due date."""
Kind = Literal["statutory", "policy", "unclear"]
Verification = Literal["verified", "memory", "policy", "unknown"]
Area = Literal[
    "PETITION",
    "COMPLAINT",
    "DENUNCIATION",
    "INSPECTION",
    "SANCTION",
    "TUTORING",
    "SCHOOL",
    "DATA",
    "RECORDS",
    "ONE_STOP",
]


class UnknownRuleError(RefusalError):
    code = "unknown-rule"


class RuleNotInForceError(RefusalError):
    """The rule exists, but not on that day, or it was not yet known."""

    code = "rule-not-in-force"


class Variant(msgspec.Struct, frozen=True, kw_only=True):
    """Another limit of the same rule under a condition, such as `remote`, `complex`, `third-parties`."""

    when: str
    value: int
    unit: Unit = "day"
    day_count: DayCount | None = None
    """None: as the rule."""


class Extension(msgspec.Struct, frozen=True, kw_only=True):
    """How often, and each time by how much at most (in the rule's unit), a signed act may lengthen the term."""

    when: str
    max_count: int
    max_each: int


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One entry of a rule book. A correction is a new entry with the same id and a later `known_from`."""

    id: str
    area: Area
    title_vi: str
    title_en: str
    valid_from: date
    valid_to: date | None
    """Last day in force."""
    known_from: date
    kind: Kind
    value: int | None
    unit: Unit
    day_count: DayCount
    trigger: str
    """The fact whose day starts the count; that day is not counted."""
    basis: str
    """Instrument and article (Vietnamese)."""
    status: str
    """How far the figure was verified, word for word as researched."""
    conditions: str = ""
    """Free text from which `variants` and `extensions` were read."""
    note: str = ""
    source: str = ""
    variants: tuple[Variant, ...] = ()
    extensions: tuple[Extension, ...] = ()
    before: bool = False
    """Counted backwards: so long before the trigger's day."""
    within: str = ""
    """The rule of law that this policy never exceeds."""
    cite: str = ""
    """`basis` as shown, where a shorter form is usual."""
    note_vi: str = ""
    note_en: str = ""

    @property
    def verification(self) -> Verification:
        """The first word of `status`."""
        words: tuple[Verification, ...] = ("verified", "memory", "policy")
        for word in words:
            if self.status.startswith(word):
                return word
        return "unknown"

    def in_force(self, on: date) -> bool:
        """Whether the rule is the law of that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


class _RuleFile(msgspec.Struct):
    rules: tuple[Rule, ...]


_DATA = files("domain.law") / "data"
RULES: tuple[Rule, ...] = msgspec.json.decode((_DATA / "rules.json").read_bytes(), type=_RuleFile).rules
ALMANAC: Almanac = msgspec.json.decode((_DATA / "calendar.json").read_bytes(), type=Almanac)


def known_rules(at: datetime, rules: Iterable[Rule] = RULES) -> tuple[Rule, ...]:
    """The rules that were known at `at`."""
    return tuple(rule for rule in rules if legal_midnight(rule.known_from) <= at)


def built_in(at: datetime) -> tuple[Calendar, tuple[Rule, ...]]:
    """Calendar and rules of this program as known at `at`; what it knows begins at midnights, so a day is enough."""
    return _built_in(legal_date(at))


@lru_cache(maxsize=64)
def _built_in(day: date) -> tuple[Calendar, tuple[Rule, ...]]:
    midnight = legal_midnight(day)
    return ALMANAC.known_at(midnight), known_rules(midnight)


def select(rules: Iterable[Rule], rule_id: str, on: date) -> Rule:
    """The entry in force on the day of the trigger; of several the one that became known last.

    Raises UnknownRuleError, RuleNotInForceError.
    """
    entries = [rule for rule in rules if rule.id == rule_id]
    if not entries:
        raise UnknownRuleError(rule=rule_id)
    in_force = [rule for rule in entries if rule.in_force(on)]
    if not in_force:
        raise RuleNotInForceError(rule=rule_id, day=on.isoformat())
    return max(in_force, key=lambda rule: (rule.known_from, rule.valid_from))


def rules_for(rules: Iterable[Rule], area: Area, trigger: str, on: date) -> tuple[Rule, ...]:
    """All rules of an area that this trigger starts, in force on its day, by id."""
    ids = sorted({rule.id for rule in rules if rule.area == area and rule.trigger == trigger and rule.in_force(on)})
    return tuple(select(rules, rule_id, on) for rule_id in ids)
