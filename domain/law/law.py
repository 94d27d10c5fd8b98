"""The law as it was known at one moment, for one authority: desks put it into commands so that rules can set terms."""

from __future__ import annotations

from datetime import UTC, date, datetime

import msgspec
from msgspec.structs import replace

from domain.calendar import Calendar, legal_date, legal_time
from domain.kernel import RefusalError
from domain.law.counting import TermNotDerivableError, idle, laid_out
from domain.law.policy_facts.adopted import AdoptedTerm, in_force
from domain.law.policy_facts.policy import AFTER_HOURS, LAST_HOUR
from domain.law.rules import RULES, Rule, RuleNotInForceError, UnknownRuleError, Variant, built_in, select
from domain.law.steps import (
    Cause,
    EarlierDerivation,
    Extended,
    Paused,
    ReceptionKept,
    ReceptionMoved,
    Started,
    Step,
    WithinLaw,
)
from domain.law.term import Term

USUAL_RULE = {
    "acknowledge": "POL-ACK",
    "triage": "POL-TRIAGE",
    "reply": "POL-FEEDBACK",
    "review": "POL-REVIEW",
    "explain": "POL-EXPLAIN",
    "urgent": "POL-URGENT",
    "protect": "POL-PROTECT",
    "keep": "TT05-KEEP",
}
"""Which rule sets the terms of feedback; POL-FEEDBACK yields to TCD-REPLY unless an authority set a shorter term."""

START_STEPS = (Started, ReceptionMoved, ReceptionKept)
CHANGES = (Extended, Paused)


class VariantUnknownError(RefusalError):
    code = "rule-variant-unknown"


class ExtensionNotAllowedError(RefusalError):
    """More extensions, or longer ones, than the rule allows (law.md §4.1)."""

    code = "extension-not-allowed"


class Law(msgspec.Struct, frozen=True, kw_only=True):
    """Rules, days off and the authority's own papers, as known at `at`. Pure: the same questions, the same answers."""

    at: datetime
    calendar: Calendar
    rules: tuple[Rule, ...] = RULES
    policies: tuple[AdoptedTerm, ...] = ()

    def rule(self, rule_id: str, on: date) -> Rule:
        """Raises UnknownRuleError, RuleNotInForceError."""
        return select(self.rules, rule_id, on)

    def policy(self, rule_id: str, on: date) -> AdoptedTerm | None:
        """What the authority's own papers say of this rule for that day."""
        return in_force((term for term in self.policies if term.known_from <= self.at), rule_id, on)

    def received_on(self, submitted_at: datetime) -> date:
        """The day on which a submission counts as received: its own legal day, unless the authority's rule moves it."""
        return self._reception(submitted_at)[0]

    def term(
        self,
        purpose: str,
        rule_id: str | None = None,
        *,
        trigger_at: datetime | None = None,
        trigger_on: date | None = None,
        trigger: str | None = None,
        variant: str = "",
        submitted: bool = False,
    ) -> Term:
        """The term that this trigger starts: exactly one of `trigger_at` and `trigger_on`.

        `submitted`: the trigger is somebody's submission, so the authority's rule on after-hours reception applies.
        `trigger` names the fact that started it, where it is not the rule's usual one.
        Raises UnknownRuleError, RuleNotInForceError, VariantUnknownError, TermNotDerivableError, CalendarEndError.
        """
        started_on, steps = self._start(trigger_at, trigger_on, submitted=submitted)
        rule = self.rule(rule_id or USUAL_RULE.get(purpose, purpose), started_on)
        started = replace(steps[0], trigger=trigger or rule.trigger)
        blank = self._blank(purpose, rule, variant, started_on, trigger_at)
        before = (started, *steps[1:])
        return self._within_law(laid_out(blank, self.calendar, before), before)

    def rederive(self, term: Term) -> Term | None:
        """The same term counted again from its original start by this calendar; None when no date moves.

        Its rule, pauses and extensions stay as they were: a later amendment never rewrites a stored term.
        """
        again = self._again(term, cause="calendar")
        same = (again.due_on, again.latest_arguable_on) == (term.due_on, term.latest_arguable_on)
        return None if same else again

    def with_variant(self, term: Term, rule_id: str, variant: str = "") -> Term:
        """The term by another rule or variant (remote, complex …), from the original start."""
        rule = self.rule(rule_id, term.started_on)
        blank = self._blank(term.purpose, rule, variant, term.started_on, term.started_at)
        return self._again(replace(blank, steps=term.steps), cause="variant", old=term)

    def paused(self, term: Term, from_day: date, resumed_on: date, basis: str = "") -> Term:
        """The days from `from_day` to the day before `resumed_on` do not count. The caller knows that a law says so."""
        pause = Paused(from_day=from_day, resumed_on=resumed_on, basis=basis)
        return self._again(term, cause="pause", more=(pause,))

    def extended(self, term: Term, value: int, *, when: str = "", document: str = "") -> Term:
        """`value` more units, counted from the original start. Raises ExtensionNotAllowedError."""
        allowed = [e for e in self.rule(term.rule_id, term.started_on).extensions if e.when == when]
        number = 1 + sum(isinstance(step, Extended) for step in term.steps)
        if not allowed or number > allowed[0].max_count or not 0 < value <= allowed[0].max_each:
            raise ExtensionNotAllowedError(field="value", rule=term.rule_id)
        step = Extended(number=number, value=value, document=document, when=when)
        return self._again(term, cause="extension", more=(step,))

    def _start(
        self, at: datetime | None, on: date | None, *, submitted: bool
    ) -> tuple[date, tuple[Started, *tuple[Step, ...]]]:
        if at is None and on is not None:
            return on, (self._started(on, None),)
        if at is None or on is not None:
            raise ValueError("a trigger is an instant or a day")
        day = legal_date(at)
        received_on, step = self._reception(at) if submitted else (day, None)
        return received_on, (self._started(day, at), *((step,) if step else ()))

    def _started(self, day: date, at: datetime | None) -> Started:
        why = idle(self.calendar, day)
        make_up = self.calendar.make_up_days.get(day) if why.kind == "make-up" else None
        return Started(
            trigger="",
            on=day,
            at=at.astimezone(UTC) if at else None,
            kind=why.kind,
            name=why.name,
            name_en=why.name_en,
            replaces=make_up.replaces if make_up else None,
        )

    def _reception(self, at: datetime) -> tuple[date, ReceptionMoved | ReceptionKept | None]:
        day = legal_date(at)
        free = not self.calendar.is_working_day(day)
        policy = self.policy(AFTER_HOURS, day)
        hour = LAST_HOUR if policy is None or policy.value is None else policy.value
        if policy is None or not (free or legal_time(at).hour >= hour):
            return day, ReceptionKept(submitted_on=day) if free else None
        received = self.calendar.next_working_day(day)
        return received, ReceptionMoved(
            submitted_on=day, received_on=received, from_hour=hour, document=policy.document
        )

    def _blank(self, purpose: str, rule: Rule, variant: str, on: date, at: datetime | None) -> Term:
        limit = _limit(rule, variant)
        policy = self.policy(rule.id, on)
        if policy is not None and policy.value is not None and not variant:
            limit = Variant(when="", value=policy.value, unit=policy.unit, day_count=policy.day_count)
        return Term(
            purpose=purpose,
            rule_id=rule.id,
            kind="policy" if policy else rule.kind,
            basis=rule.cite or rule.basis,
            status=rule.status,
            value=limit.value,
            unit=limit.unit,
            day_count=limit.day_count or rule.day_count,
            started_on=on,
            started_at=at.astimezone(UTC) if at else None,
            due_on=on,
            calendar_edition="",
            calendar_published_on=on,
            derived_at=self.at.astimezone(UTC),
            steps=(),
            document=policy.document if policy else None,
            variant=variant,
            within=rule.within,
            before=rule.before,
            note_vi=rule.note_vi,
            note_en=rule.note_en,
        )

    def _again(self, term: Term, *, cause: Cause, more: tuple[Step, ...] = (), old: Term | None = None) -> Term:
        old = old or term
        before = (*(step for step in term.steps if isinstance(step, (*START_STEPS, *CHANGES))), *more)
        earlier = EarlierDerivation(
            due_on=old.due_on,
            calendar_edition=old.calendar_edition,
            derived_at=old.derived_at,
            cause=cause,
            latest_arguable_on=old.latest_arguable_on,
            rule_id=old.rule_id,
        )
        after = (*(step for step in term.steps if isinstance(step, EarlierDerivation)), earlier)
        again = laid_out(replace(term, derived_at=self.at.astimezone(UTC)), self.calendar, before, after)
        return self._within_law(again, before, after)

    def _within_law(self, policy: Term, before: tuple[Step, ...], after: tuple[Step, ...] = ()) -> Term:
        """The earlier of the authority's term and the law's; a built-in default yields to the law altogether."""
        if not policy.within:
            return policy
        try:
            rule = self.rule(policy.within, policy.started_on)
        except (RuleNotInForceError, UnknownRuleError):
            return policy
        blank = self._blank(policy.purpose, rule, "", policy.started_on, policy.started_at)
        law = laid_out(blank, self.calendar, before, after)
        if policy.document is None:
            return law
        beside = WithinLaw(
            policy_rule_id=policy.rule_id,
            policy_due_on=policy.due_on,
            law_rule_id=law.rule_id,
            law_due_on=law.due_on,
            document=policy.document,
        )
        stands = policy if policy.due_on < law.due_on else law
        return replace(stands, steps=(*stands.steps, beside))


def _limit(rule: Rule, variant: str) -> Variant:
    if variant:
        found = [v for v in rule.variants if v.when == variant]
        if not found:
            raise VariantUnknownError(field="variant", rule=rule.id)
        return found[0]
    if rule.value is None:
        raise TermNotDerivableError(rule=rule.id)
    return Variant(when="", value=rule.value, unit=rule.unit, day_count=rule.day_count)


def law_at(at: datetime, policies: tuple[AdoptedTerm, ...] = (), calendar: Calendar | None = None) -> Law:
    """The built-in rules and days off as known at `at`, with what the caller knows on top."""
    base, rules = built_in(at)
    return Law(at=at, calendar=calendar or base, rules=rules, policies=policies)
