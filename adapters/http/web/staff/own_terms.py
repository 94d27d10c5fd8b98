"""Terms that the authority sets itself: what counts today, by which document, and every word so far."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from litestar import Controller, Request, Response, get, post

from adapters.http.authenticate import SignedIn
from adapters.http.injected import FromPath, Injected
from adapters.http.web import i18n
from adapters.http.web.staff.administration import RUNS
from adapters.http.web.staff.forms import NOTHING, Field, Typed
from adapters.http.web.staff.room import Context, Desk, StaffRoom, desk_of
from adapters.http.web.staff.running import (
    Form,
    Page,
    cell,
    day_field,
    day_of,
    document_of,
    line_field,
    section,
    show,
    take,
)
from application.law import policy_id
from application.policies import KEEPS_POLICIES
from application.ports import Receipt, Recorded
from application.ports import Request as Wish
from domain.law.law import Law
from domain.law.policy_facts.events import AuthorityTermAdopted, PolicyFact
from domain.law.policy_facts.policy import AFTER_HOURS, TermValueInvalidError, adoptable
from domain.law.rules import DayCount, Rule, Unit

PATH = "/policies"


class PoliciesController(Controller):
    """`/policies`."""

    path = PATH
    include_in_schema = False

    @get("/")
    async def policies(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """What counts today, and since when."""
        desk = desk_of(room, request, signed_in)
        desk.need(RUNS)
        return await show(desk, *await _page(desk, NOTHING))

    @post("/{act:str}", status_code=200)
    async def change(
        self,
        act: FromPath[str],
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
    ) -> Response[Any]:
        """Set one, or repeal it."""
        desk = desk_of(room, request, signed_in)
        desk.need(RUNS)
        return await take(desk, act, lambda typed: _page(desk, typed))


async def _page(desk: Desk, typed: Typed) -> tuple[Page, dict[str, Form]]:
    _, room, today = desk.words.gettext, desk.room, desk.room.today()
    law = await room.law.at(desk.actor.authority_id, room.clock.now())
    rules = [rule for rule in law.rules if adoptable(rule) and _in_force(rule, today)]
    stream = [policy_id(desk.actor.authority_id)] if desk.actor.authority_id else []
    words = [word for word in await room.log.of_streams(stream) if isinstance(word.fact, PolicyFact)]
    page = Page(
        path=PATH,
        title=_("Own terms"),
        explain=[
            _("Where the law leaves a term to the authority, it counts as set here, from the day named."),
            _("Terms that run already keep their day."),
        ],
        sections=[
            section(
                "today",
                _("What counts today"),
                [_("Term"), _("Value"), _("Where it comes from")],
                [_rule(rule, law, today, desk) for rule in rules],
                "",
            ),
            section(
                "history",
                _("What the authority has said"),
                [_("Term"), _("Value"), _("Number of the document"), _("From day"), _("Recorded")],
                [_word(word, law, desk) for word in reversed(words)],
                _("Nothing so far: the defaults count."),
            ),
        ],
    )
    return page, _forms(desk, typed, rules, [rule.id for rule in rules if law.policy(rule.id, today)])


def _forms(desk: Desk, typed: Typed, rules: list[Rule], own: list[str]) -> dict[str, Form]:
    _, today = desk.words.gettext, desk.room.today()
    may, choose = bool(desk.actor.roles & KEEPS_POLICIES), ("", _("Choose …"))
    by_id = {rule.id: rule for rule in rules}

    def rule_field(ids: list[str]) -> Field:
        items = (choose, *((rule_id, _name(by_id[rule_id], desk)) for rule_id in ids))
        return Field(id="rule_id", kind="select", label=_("Term"), value=typed.one("rule_id"), items=items)

    value = line_field(typed, "value", _("Value"), width=5, hint=_("A whole number."))
    counts = (("WORKING", _("working days")), ("CALENDAR", _("calendar days")), ("NA", _("hours or o'clock")))
    count = Field(id="count", kind="select", label=_("Counted in"), value=typed.one("count"), items=(choose, *counts))
    paper = (document_of(desk, typed), day_field(desk, typed, "from_day", _("From day"), today))

    async def adopt(wish: Wish, sent: Typed) -> Receipt:
        rule = by_id[sent.one("rule_id")]
        amount = sent.one("value")
        if not (amount.isascii() and amount.isdigit()):
            raise TermValueInvalidError(field="value", rule=rule.id)
        unit, counted = _unit(rule, sent.one("count"))
        return await desk.room.policies.adopt(
            desk.actor,
            wish,
            rule_id=rule.id,
            value=int(amount[:6]),
            unit=unit,
            day_count=counted,
            document=sent.one("document"),
            from_day=day_of(sent, "from_day"),
        )

    async def repeal(wish: Wish, sent: Typed) -> Receipt:
        return await desk.room.policies.repeal(
            desk.actor,
            wish,
            rule_id=sent.one("rule_id"),
            document=sent.one("document"),
            from_day=day_of(sent, "from_day"),
        )

    return {
        "adoptions": Form(
            name="adoptions", fields=(rule_field(list(by_id)), value, count, *paper), perform=adopt, may=may
        ),
        "repeals": Form(name="repeals", fields=(rule_field(own), *paper), perform=repeal, may=may and bool(own)),
    }


def _unit(rule: Rule, count: str) -> tuple[Unit, DayCount]:
    """Hours stay hours and months months; what is counted in days says which."""
    if rule.id == AFTER_HOURS:
        return "hour", "NA"
    if count == "NA":
        return "hour", "CALENDAR"
    return ("day" if rule.unit == "hour" else rule.unit), cast("DayCount", count)


def _in_force(rule: Rule, day: date) -> bool:
    return rule.valid_from <= day and (rule.valid_to is None or day <= rule.valid_to)


def _name(rule: Rule, desk: Desk) -> str:
    return rule.title_en if desk.words.language == "en" else rule.title_vi


def _rule(rule: Rule, law: Law, today: date, desk: Desk) -> list[Context]:
    _, own = desk.words.gettext, law.policy(rule.id, today)
    if own is not None and own.value is not None:
        badge = _("Authority's own rule – no. %(number)s, from %(day)s") % {
            "number": own.document.number,
            "day": i18n.short_day(own.document.from_day),
        }
        return [
            cell(_name(rule, desk), quiet=rule.id),
            cell(_value(own.value, own.unit, own.day_count, desk)),
            cell(badge, tag="blue"),
        ]
    value = _value(rule.value, rule.unit, rule.day_count, desk) if rule.value is not None else _("not set")
    if rule.status == "policy":
        default = _("Authority's own rule – built-in default, no document yet")
    else:
        default = _("Set by law; how the days are counted is left open")
    return [cell(_name(rule, desk), quiet=rule.id), cell(value), cell(default)]


def _value(value: int, unit: str, count: str, desk: Desk) -> str:
    return f"{value} {desk.words.label('count', f'{unit}-{count}'.lower())}"


def _word(recorded: Recorded, law: Law, desk: Desk) -> list[Context]:
    fact, _ = recorded.fact, desk.words.gettext
    if not isinstance(fact, PolicyFact):
        return []
    value = (
        _value(fact.value, fact.unit, fact.day_count, desk) if isinstance(fact, AuthorityTermAdopted) else _("repealed")
    )
    return [
        cell(next((_name(rule, desk) for rule in law.rules if rule.id == fact.rule_id), fact.rule_id)),
        cell(value),
        cell(fact.document),
        cell(i18n.short_day(fact.from_day)),
        cell(i18n.short_day(recorded.recorded_at)),
    ]
