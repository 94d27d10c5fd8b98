"""What an authority says itself: how closely a category is kept, and the terms that are its own to set."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import msgspec
from litestar import Controller, Request, Response, get, post

from adapters.http.api.views import Done, done
from adapters.http.conditional import Intents
from adapters.http.injected import Injected
from adapters.http.openapi import BODY, NEW
from application.access import Actor, ForbiddenError
from application.categories import KEEPS_CATEGORIES, CategoriesDesk, RecordedCategories
from application.law import LawBook, policy_id
from application.policies import KEEPS_POLICIES, PoliciesDesk
from application.ports import Clock, Log
from domain.calendar import legal_date
from domain.feedback.categories import CATEGORIES
from domain.feedback.category_facts.narrowing import narrower
from domain.feedback.vocabulary import Sensitivity
from domain.law.policy_facts.events import AuthorityTermAdopted, PolicyFact
from domain.law.policy_facts.policy import adoptable
from domain.law.rules import DayCount, Unit

Document = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class NarrowBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From `from_day` on, by the paper `document`."""

    category: Annotated[str, msgspec.Meta(max_length=100)]
    sensitivity: Sensitivity
    document: Document
    from_day: date


class LiftBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    category: Annotated[str, msgspec.Meta(max_length=100)]
    document: Document
    from_day: date


class CategoryView(msgspec.Struct, frozen=True, kw_only=True):
    """`sensitivity`: of the catalogue; `effective`: today, with what the authority says."""

    code: str
    vi: str
    en: str
    sensitivity: Sensitivity
    effective: Sensitivity


class CategoriesAnswer(msgspec.Struct, frozen=True):
    items: list[CategoryView]


class AdoptBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    rule_id: Annotated[str, msgspec.Meta(max_length=40)]
    value: Annotated[int, msgspec.Meta(ge=0, le=10_000)]
    unit: Unit
    day_count: DayCount
    document: Document
    from_day: date


class RepealBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    rule_id: Annotated[str, msgspec.Meta(max_length=40)]
    document: Document
    from_day: date


class PolicyView(msgspec.Struct, frozen=True, kw_only=True):
    """A rule that is the authority's to set. `own`: its own word counts today."""

    rule_id: str
    value: int | None
    unit: str
    day_count: str
    own: bool
    document: str = ""
    from_day: date | None = None


class PolicyWord(msgspec.Struct, frozen=True, kw_only=True):
    """One word of the authority. `value` None: repealed."""

    rule_id: str
    value: int | None
    document: str
    from_day: date


class PoliciesAnswer(msgspec.Struct, frozen=True):
    items: list[PolicyView]
    history: list[PolicyWord]


def _holding(actor: Actor, roles: frozenset[Any]) -> Any:
    async def check() -> None:
        if not actor.roles & roles:
            raise ForbiddenError

    return check


class CategoryController(Controller):
    """Fewer people, never more."""

    path = "/api/categories"
    tags = ("Own rules",)

    @get("/", operation_id="ListCategories")
    async def categories(
        self, actor: Injected[Actor], category_book: Injected[RecordedCategories], clock: Injected[Clock]
    ) -> CategoriesAnswer:
        """All of the catalogue, for whoever is signed in."""
        own = await category_book.narrowed(actor.authority_id, clock.now())
        return CategoriesAnswer(
            [
                CategoryView(
                    code=one.code,
                    vi=one.vi,
                    en=one.en,
                    sensitivity=one.sensitivity,
                    effective=narrower(one.sensitivity, own.get(one.code)),
                )
                for one in CATEGORIES.values()
            ]
        )

    @post("/narrowings", operation_id="NarrowCategory", opt={BODY: NarrowBody, NEW: True})
    async def narrow(
        self,
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        categories: Injected[CategoriesDesk],
    ) -> Response[Done]:
        """For what is classified from that day on."""
        wish = await intents.read(request, actor.id, NarrowBody, _holding(actor, KEEPS_CATEGORIES), new=True)
        return done(await categories.narrow(actor, wish.request, **msgspec.structs.asdict(wish.body)))

    @post("/liftings", operation_id="LiftCategoryNarrowing", opt={BODY: LiftBody, NEW: True})
    async def lift(
        self,
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        categories: Injected[CategoriesDesk],
    ) -> Response[Done]:
        """The catalogue's word again."""
        wish = await intents.read(request, actor.id, LiftBody, _holding(actor, KEEPS_CATEGORIES), new=True)
        return done(await categories.lift(actor, wish.request, **msgspec.structs.asdict(wish.body)))


class PolicyController(Controller):
    """Within what the law allows."""

    path = "/api/policies"
    tags = ("Own rules",)

    @get("/", operation_id="ListPolicies")
    async def policies(
        self, actor: Injected[Actor], law: Injected[LawBook], log: Injected[Log], clock: Injected[Clock]
    ) -> PoliciesAnswer:
        """What counts today, and every word of the authority."""
        now = clock.now()
        book, today = await law.at(actor.authority_id, now), legal_date(now)
        items = []
        for rule in book.rules:
            if not (adoptable(rule) and rule.valid_from <= today and (rule.valid_to is None or today <= rule.valid_to)):
                continue
            own = book.policy(rule.id, today)
            items.append(
                PolicyView(
                    rule_id=rule.id,
                    value=own.value if own else rule.value,
                    unit=own.unit if own else rule.unit,
                    day_count=own.day_count if own else rule.day_count,
                    own=own is not None,
                    document=own.document.number if own else "",
                    from_day=own.document.from_day if own else None,
                )
            )
        words = await log.of_streams((policy_id(actor.authority_id),)) if actor.authority_id else []
        facts = [word.fact for word in words if isinstance(word.fact, PolicyFact)]
        return PoliciesAnswer(items, [_word(fact) for fact in facts])

    @post("/adoptions", operation_id="AdoptPolicy", opt={BODY: AdoptBody, NEW: True})
    async def adopt(
        self,
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        policies: Injected[PoliciesDesk],
    ) -> Response[Done]:
        """By a paper of the authority, from a day on."""
        wish = await intents.read(request, actor.id, AdoptBody, _holding(actor, KEEPS_POLICIES), new=True)
        return done(await policies.adopt(actor, wish.request, **msgspec.structs.asdict(wish.body)))

    @post("/repeals", operation_id="RepealPolicy", opt={BODY: RepealBody, NEW: True})
    async def repeal(
        self,
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        policies: Injected[PoliciesDesk],
    ) -> Response[Done]:
        """The default, or the law's own reading, again."""
        wish = await intents.read(request, actor.id, RepealBody, _holding(actor, KEEPS_POLICIES), new=True)
        return done(await policies.repeal(actor, wish.request, **msgspec.structs.asdict(wish.body)))


def _word(fact: PolicyFact) -> PolicyWord:
    value = fact.value if isinstance(fact, AuthorityTermAdopted) else None
    return PolicyWord(rule_id=fact.rule_id, value=value, document=fact.document, from_day=fact.from_day)
