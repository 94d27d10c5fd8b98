"""Categories with who may see them, and the authority's own, narrower word on them."""

from __future__ import annotations

from typing import Any

from litestar import Controller, Request, Response, get, post

from adapters.http.authenticate import SignedIn
from adapters.http.injected import FromPath, Injected
from adapters.http.web import i18n
from adapters.http.web.staff.administration import RUNS
from adapters.http.web.staff.forms import NOTHING, Field, Typed
from adapters.http.web.staff.room import Context, Desk, StaffRoom, desk_of
from adapters.http.web.staff.running import Form, Page, cell, day_field, day_of, document_of, section, show, take
from application.categories import KEEPS_CATEGORIES
from application.ports import Receipt, Recorded
from application.ports import Request as Wish
from domain.feedback.categories import CATEGORIES, Category
from domain.feedback.category_facts.events import CategoryNarrowed, CategoryNarrowingLifted
from domain.feedback.category_facts.narrowing import narrower
from domain.feedback.vocabulary import Sensitivity

PATH = "/categories"


class CategoriesController(Controller):
    """`/categories`."""

    path = PATH
    include_in_schema = False

    @get("/")
    async def categories(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """All of the catalogue."""
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
        """Narrow one, or lift that again."""
        desk = desk_of(room, request, signed_in)
        desk.need(RUNS)
        return await take(desk, act, lambda typed: _page(desk, typed))


async def _page(desk: Desk, typed: Typed) -> tuple[Page, dict[str, Form]]:
    _, words, room = desk.words.gettext, desk.words, desk.room
    own = await room.category_book.narrowed(desk.actor.authority_id, room.clock.now())
    history = await room.category_book.history(desk.actor.authority_id)
    rows = [
        [
            cell(name_of(category, desk)),
            cell(", ".join(words.label("sub-category", f"{category.code}/{sub.code}") for sub in category.sub) or "–"),
            cell(
                words.label("sensitivity", narrower(category.sensitivity, own.get(category.code)).value),
                quiet=_("narrowed by the authority") if category.code in own else "",
            ),
        ]
        for category in CATEGORIES.values()
    ]
    page = Page(
        path=PATH,
        title=_("Categories"),
        explain=[
            _("The catalogue says how widely a case of each category may be known."),
            _("The authority can let fewer people see a category from a day on, never more."),
        ],
        sections=[
            section("catalogue", _("Catalogue"), [_("Category"), _("Finer words"), _("Who may see it")], rows, ""),
            section(
                "history",
                _("What the authority has said"),
                [_("Category"), _("Who may see it"), _("Number of the document"), _("From day")],
                [_word(recorded, desk) for recorded in reversed(history)],
                _("Nothing so far: the catalogue counts."),
            ),
        ],
    )
    return page, _forms(desk, typed, set(own))


def _forms(desk: Desk, typed: Typed, narrowed: set[str]) -> dict[str, Form]:
    _, words, today = desk.words.gettext, desk.words, desk.room.today()
    may = bool(desk.actor.roles & KEEPS_CATEGORIES)
    choose = ("", _("Choose …"))

    def category(codes: list[str]) -> Field:
        items = (choose, *((code, name_of(CATEGORIES[code], desk)) for code in codes))
        return Field(id="category", kind="select", label=_("Category"), value=typed.one("category"), items=items)

    levels = [level for level in Sensitivity if level.narrow]
    sensitivity = Field(
        id="sensitivity",
        kind="select",
        label=_("Who may see it"),
        value=typed.one("sensitivity"),
        items=(choose, *((level.value, words.label("sensitivity", level.value)) for level in levels)),
    )
    paper = (document_of(desk, typed), day_field(desk, typed, "from_day", _("From day"), today))
    lifted = [code for code in CATEGORIES if code in narrowed]

    async def narrow(wish: Wish, sent: Typed) -> Receipt:
        return await desk.room.categories.narrow(
            desk.actor,
            wish,
            category=sent.one("category"),
            sensitivity=Sensitivity(sent.one("sensitivity")),
            document=sent.one("document"),
            from_day=day_of(sent, "from_day"),
        )

    async def lift(wish: Wish, sent: Typed) -> Receipt:
        return await desk.room.categories.lift(
            desk.actor,
            wish,
            category=sent.one("category"),
            document=sent.one("document"),
            from_day=day_of(sent, "from_day"),
        )

    return {
        "narrowings": Form(
            name="narrowings", fields=(category(list(CATEGORIES)), sensitivity, *paper), perform=narrow, may=may
        ),
        "liftings": Form(name="liftings", fields=(category(lifted), *paper), perform=lift, may=may and bool(lifted)),
    }


def name_of(category: Category, desk: Desk) -> str:
    """In the reader's language."""
    return category.en if desk.words.language == "en" else category.vi


def _word(recorded: Recorded, desk: Desk) -> list[Context]:
    fact, words = recorded.fact, desk.words
    if not isinstance(fact, CategoryNarrowed | CategoryNarrowingLifted):
        return []
    seen = (
        words.label("sensitivity", fact.sensitivity.value)
        if isinstance(fact, CategoryNarrowed)
        else words.gettext("as in the catalogue")
    )
    category = CATEGORIES.get(fact.category)
    named = name_of(category, desk) if category else fact.category
    return [cell(named), cell(seen), cell(fact.document), cell(i18n.short_day(fact.from_day))]
