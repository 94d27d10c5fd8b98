"""Where people reach the authority: telephone and places that posters, sheets and public pages state."""

from __future__ import annotations

from datetime import date
from typing import Any

from litestar import Controller, Request, Response, get, post

from adapters.http.authenticate import SignedIn
from adapters.http.injected import Injected
from adapters.http.web.render import page
from adapters.http.web.staff.forms import NOTHING, PAGE, Errors, Field, Typed, faults, new_command, refusal, typed_of
from adapters.http.web.staff.room import CONTACT_PATH, SPEAKERS, Context, Desk, StaffRoom, desk_of, shell
from adapters.http.web.staff.signing_in import to
from adapters.http.web.staff.words import Words
from application.access import NotVisibleError
from application.execute import StaleVersionError
from domain.authorities.authority import CONTACT_FIELDS, LONGEST_CONTACT
from domain.kernel import RefusalError
from projections.authorities import Authorities, AuthorityRow, authority


class PublicContactController(Controller):
    """`/public-contact`, of the own authority."""

    path = CONTACT_PATH
    include_in_schema = False

    @get("/")
    async def contact(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """What is published now, and the form for the next."""
        desk = desk_of(room, request, signed_in)
        desk.need(SPEAKERS)
        return await _page(desk, NOTHING, {})

    @post("/", status_code=200)
    async def publish(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """From a day on."""
        desk = desk_of(room, request, signed_in)
        desk.need(SPEAKERS)
        wish = await room.intents.read_form(request, desk.actor.id)
        typed, own = await typed_of(request), await _own(desk)
        fields = _fields(desk.words, typed)
        if errors := faults(fields, typed, desk.words):
            return await _page(desk, typed, errors, 400)
        told = {name: typed.one(name) for name in CONTACT_FIELDS}
        try:
            day = date.fromisoformat(typed.one("from_day"))
            receipt = await room.authorities.publish_contact(desk.actor, wish, own.id, day, told)
        except RefusalError as error:
            return await _page(desk, typed, refusal(error, desk.words, fields, {}), 409)
        except StaleVersionError:
            text = desk.words.gettext(
                "Somebody has published something else in the meantime. Look at it, then send it again."
            )
            return await _page(desk, typed, {PAGE: text}, 412)
        await room.visibility.visible(receipt, (Authorities.name,))
        return to(f"{CONTACT_PATH}?done=public-contact")


async def _own(desk: Desk) -> AuthorityRow:
    row = await authority(desk.room.db, desk.actor.authority_id) if desk.actor.authority_id else None
    if row is None:
        raise NotVisibleError
    return row


async def _page(desk: Desk, typed: Typed, errors: Errors, status: int = 200) -> Response[str]:
    own, today, words = await _own(desk), desk.room.today(), desk.words
    now = own.contact_on(today)
    kept = {name: getattr(now, name) for name in CONTACT_FIELDS} if now and typed is NOTHING else None
    shown = Typed({**{name: [text] for name, text in (kept or {}).items()}, "from_day": [today.isoformat()]})
    coming = [told for told in own.contacts if told.from_day > today]
    context = await shell(desk, CONTACT_PATH, errors=errors) | {
        "authority": own.name,
        "now": _told(now, words) if now else None,
        "since": now.from_day if now else None,
        "coming": [{"from": told.from_day, "lines": _told(told, words)} for told in coming],
        "action": CONTACT_PATH,
        "command_id": new_command(),
        "version": own.version,
        "fields": [field.context() for field in _fields(words, shown if typed is NOTHING else typed)],
    }
    return page(desk.request, "staff/public_contact.html", context, status_code=status)


def _fields(words: Words, typed: Typed) -> list[Field]:
    texts = [
        Field(
            id=name,
            kind="text",
            label=words.label("public-contact", name),
            hint=words.known("public-contact-hint", name) or "",
            value=typed.one(name),
            required=False,
            most=LONGEST_CONTACT,
        )
        for name in CONTACT_FIELDS
    ]
    day = Field(id="from_day", kind="day", label=words.gettext("Valid from"), value=typed.one("from_day"))
    return [*texts, day]


def _told(told: Any, words: Words) -> list[Context]:
    return [
        {"label": words.label("public-contact", name), "text": getattr(told, name)}
        for name in CONTACT_FIELDS
        if getattr(told, name)
    ]
