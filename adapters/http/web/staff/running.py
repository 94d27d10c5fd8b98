"""Pages to run the service: tables with acts below them, all of one make (`running.html`)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date
from typing import Any

import msgspec
from litestar import Response

from adapters.http.web.render import page
from adapters.http.web.staff.forms import NOTHING, REASON, Errors, Field, Typed, faults, new_command, refusal, typed_of
from adapters.http.web.staff.room import Context, Desk, shell
from adapters.http.web.staff.signing_in import to
from application.access import ForbiddenError, NotVisibleError
from application.ports import Receipt, Request
from domain.kernel import RefusalError

Cell = Context


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """One act of a page. `may`: whether it is offered and taken."""

    name: str
    fields: tuple[Field, ...]
    perform: Callable[[Request, Typed], Awaitable[Receipt]]
    may: bool = True
    warning: bool = False
    keeps: bool = False
    """Whether what is typed stays on this computer until it is sent."""
    done: str = ""


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What `running.html` shows."""

    path: str
    title: str
    explain: Sequence[str] = ()
    badges: Sequence[str] = ()
    links: Sequence[Context] = ()
    sections: Sequence[Context] = ()
    filter: Context | None = None
    caption: str | None = None
    back: str | None = "/administration"
    seen_in: Sequence[str] = ()
    more: Mapping[str, Any] = {}


def cell(text: object, *, href: str = "", tag: str = "", quiet: str = "") -> Cell:
    """One field of a table."""
    return {"text": str(text), "href": href, "tag": tag, "quiet": quiet}


def section(
    key: str, title: str, columns: Sequence[str], rows: Sequence[Sequence[Cell]], empty: str, note: str = ""
) -> Context:
    """One table with its heading."""
    return {"id": f"list-{key}", "title": title, "columns": columns, "rows": rows, "empty": empty, "note": note}


def day_field(desk: Desk, typed: Typed, name: str, label: str, default: date | None = None, **more: Any) -> Field:
    """A day."""
    value = typed.one(name) or (default.isoformat() if default else "")
    return Field(id=name, kind="day", label=label, value=value, **more)


def line_field(typed: Typed, name: str, label: str, **more: Any) -> Field:
    """A line."""
    return Field(id=name, kind="text", label=label, value=typed.one(name), **{"most": 200, **more})


def reason_of(desk: Desk, typed: Typed) -> Field:
    """Why."""
    label = desk.words.gettext("Reason")
    return Field(id="reason", kind="area", label=label, value=typed.one("reason"), most=min(REASON, 500), rows=2)


def document_of(desk: Desk, typed: Typed) -> Field:
    """The number of the paper."""
    _ = desk.words.gettext
    return line_field(typed, "document", _("Number of the document"), hint=_("As it stands on the document."), width=20)


async def show(
    desk: Desk,
    what: Page,
    forms: Mapping[str, Form],
    *,
    opened: str = "",
    errors: Errors | None = None,
    status: int = 200,
) -> Response[str]:
    """The page, with one act open where it was refused."""
    words = desk.words
    acts = [
        {
            "id": name,
            "title": words.label("act", name),
            "open": name == opened,
            "action": f"{what.path}/{name}",
            "command_id": new_command(),
            "version": None,
            "fields": [field.context() for field in form.fields],
            "do": words.label("act-do", name),
            "warning": form.warning,
            "keeps": form.keeps,
            "explain": words.known("act-explain", name) or None,
        }
        for name, form in forms.items()
        if form.may
    ]
    context = await shell(desk, what.path, errors=errors or {}) | {
        "title": what.title,
        "caption": what.caption,
        "explain": what.explain,
        "badges": what.badges,
        "links": what.links,
        "filter": what.filter,
        "sections": what.sections,
        "acts": acts,
        "back": what.back,
        "back_text": words.gettext("Administration"),
        **what.more,
    }
    return page(desk.request, "staff/running.html", context, status_code=status)


async def take(
    desk: Desk,
    act: str,
    build: Callable[[Typed], Awaitable[tuple[Page, dict[str, Form]]]],
) -> Response[Any]:
    """What a form of such a page sent: its faults beside the fields, else the act, then the page again.

    Raises NotVisibleError for an act that there is not, ForbiddenError for one that this post may not do.
    """
    what, forms = await build(NOTHING)
    if act not in forms:
        raise NotVisibleError
    if not forms[act].may:
        raise ForbiddenError
    wish = await desk.room.intents.read_form(desk.request, desk.actor.id, new=True)
    typed = await typed_of(desk.request)
    what, forms = await build(typed)
    form = forms[act]
    if errors := faults(form.fields, typed, desk.words):
        return await show(desk, what, forms, opened=act, errors=errors, status=400)
    try:
        receipt = await form.perform(wish, typed)
    except RefusalError as error:
        sentences = refusal(error, desk.words, form.fields, {})
        return await show(desk, what, forms, opened=act, errors=sentences, status=409)
    await desk.room.visibility.visible(receipt, what.seen_in)
    return to(f"{what.path}?done={form.done or act}")


def day_of(typed: Typed, name: str) -> date:
    """A day that was examined before."""
    return date.fromisoformat(typed.one(name))
