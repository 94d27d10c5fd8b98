"""Which terms an authority may set itself: policies, and the reading of a text that leaves the count open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

import msgspec

from domain.kernel import Decider, RefusalError
from domain.law.policy_facts import commands as c
from domain.law.policy_facts import events as f
from domain.law.rules import RULES, Rule, known_rules, select

AFTER_HOURS = "AFTER-HOURS"
LAST_HOUR = 24


class AuthorityPolicy(msgspec.Struct, frozen=True):
    """The latest word on each rule, in the order of recording."""

    latest: dict[str, f.PolicyFact] = msgspec.field(default_factory=dict)


class TermNotTheAuthoritysError(RefusalError):
    """The law sets this term; an authority cannot."""

    code = "policy-rule-is-statutory"


class TermValueInvalidError(RefusalError):
    code = "policy-value-invalid"


class TermLongerThanLawError(RefusalError):
    code = "policy-longer-than-law"


class TermAlreadyAdoptedError(RefusalError):
    """The same limit from the same day by the same paper stands already."""

    code = "policy-already-adopted"


class TermNotAdoptedError(RefusalError):
    code = "policy-not-adopted"


class DocumentMissingError(RefusalError):
    """An authority's own rule names its paper: the badge shows its number."""

    code = "policy-document-missing"


def evolve(state: AuthorityPolicy | None, fact: f.PolicyFact) -> AuthorityPolicy:
    """Keeps the last word on each rule."""
    state = state or AuthorityPolicy()
    return msgspec.structs.replace(state, latest={**state.latest, fact.rule_id: fact})


def decide(state: AuthorityPolicy | None, command: c.PolicyCommand) -> Sequence[f.PolicyFact]:
    """Raises UnknownRuleError, RuleNotInForceError and the refusals of this module."""
    if not command.document.strip():
        raise DocumentMissingError(field="document")
    latest = state.latest.get(command.rule_id) if state else None
    match command:
        case c.AdoptAuthorityTerm():
            return _adopt(latest, command)
        case c.RepealAuthorityTerm():
            return _repeal(latest, command)
        case _:
            assert_never(command)


def _adopt(latest: f.PolicyFact | None, cmd: c.AdoptAuthorityTerm) -> Sequence[f.PolicyFact]:
    rules = known_rules(cmd.at, RULES)
    rule = select(rules, cmd.rule_id, cmd.from_day)
    if not adoptable(rule):
        raise TermNotTheAuthoritysError(field="rule_id", rule=rule.id)
    if not _fits(rule, cmd):
        raise TermValueInvalidError(field="value", rule=rule.id)
    if rule.within and cmd.value > (select(rules, rule.within, cmd.from_day).value or 0):
        raise TermLongerThanLawError(field="value", rule=rule.within)
    fact = f.AuthorityTermAdopted(
        rule_id=cmd.rule_id,
        value=cmd.value,
        unit=cmd.unit,
        day_count=cmd.day_count,
        document=cmd.document.strip(),
        from_day=cmd.from_day,
    )
    if fact == latest:
        raise TermAlreadyAdoptedError(rule=rule.id)
    return (fact,)


def _repeal(latest: f.PolicyFact | None, cmd: c.RepealAuthorityTerm) -> Sequence[f.PolicyFact]:
    if not isinstance(latest, f.AuthorityTermAdopted) or cmd.from_day < latest.from_day:
        raise TermNotAdoptedError(field="rule_id", rule=cmd.rule_id)
    return (f.AuthorityTermRepealed(rule_id=cmd.rule_id, document=cmd.document.strip(), from_day=cmd.from_day),)


def adoptable(rule: Rule) -> bool:
    """A policy of the project, or the count of a text that says only "ngày" (law.md §2: the tenant fixes one)."""
    return rule.status == "policy" or (rule.day_count == "AMBIGUOUS" and rule.unit == "day")


def _fits(rule: Rule, cmd: c.AdoptAuthorityTerm) -> bool:
    if rule.id == AFTER_HOURS:
        return cmd.unit == "hour" and cmd.day_count == "NA" and 1 <= cmd.value <= LAST_HOUR
    counted = cmd.day_count == "CALENDAR" or (cmd.day_count == "WORKING" and cmd.unit == "day")
    if rule.status != "policy":  # the law's own number stays; only its reading is fixed
        return counted and cmd.unit == "day" and cmd.value == rule.value
    units = {"day"} if rule.within else {"hour", "day", "month", "year"}
    return counted and cmd.unit in units and cmd.value > 0


POLICY = Decider("policy", decide, evolve)
