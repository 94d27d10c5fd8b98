"""Tra cứu giúp người gọi: the sender's own page, opened by an official with a code that is read out."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID, uuid4

from litestar import Controller, Request, Response, get, post

from adapters.http.api.assistance import Spoken
from adapters.http.authenticate import SignedIn, client_address
from adapters.http.injected import Injected
from adapters.http.refusals import refusal_text
from adapters.http.senders import Sender, Senders
from adapters.http.throttle import Throttle
from adapters.http.web.public.denouncing import denouncing
from adapters.http.web.public.tracking_context import LONGEST, tracking_context
from adapters.http.web.render import page
from adapters.http.web.staff.forms import Errors, Field, Typed, faults, new_command, refusal, typed_of
from adapters.http.web.staff.moments import address
from adapters.http.web.staff.paper_form import ASSIST, three_ways
from adapters.http.web.staff.paper_form import PATH as ENTER
from adapters.http.web.staff.room import ENTERERS, Desk, StaffRoom, desk_of, shell
from adapters.http.web.staff.words import Words
from application import ports
from application.access import NotVisibleError
from domain.assistance.assistance import SPOKEN
from domain.feedback.vocabulary import Channel
from domain.kernel import RefusalError

PATH, MENU = ASSIST, ENTER
NO_STORE = {"cache-control": "no-store"}
Act = Callable[[ports.Request, UUID], Awaitable[ports.Receipt]]


class AssistPages(Controller):
    """`/assist`."""

    path = PATH
    include_in_schema = False

    @get("/")
    async def form(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[str]:
        """Where the code is typed."""
        desk = desk_of(room, request, signed_in)
        desk.need(ENTERERS)
        return await _form(desk, Typed({}), {})

    @post("/", status_code=200)
    async def look_up(
        self,
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
        senders: Injected[Senders],
        throttle: Injected[Throttle],
    ) -> Response[str]:
        """The sender's page. That it was looked up is recorded first."""
        desk = desk_of(room, request, signed_in)
        desk.need(ENTERERS)
        wish = await room.intents.read_form(request, desk.actor.id, new=True)
        typed = await typed_of(request)
        if errors := faults(_fields(desk.words, typed), typed, desk.words):
            return await _form(desk, typed, errors)
        try:
            sender = await _found(desk, typed, senders, throttle)
            await room.assistance.look_up(desk.actor, wish, await senders.cases(sender), Channel(typed.one("channel")))
        except NotVisibleError:
            return await _form(desk, typed, {"code": desk.words.label("public", "code-unknown")})
        except RefusalError as error:
            return await _form(desk, typed, refusal(error, desk.words, _fields(desk.words, typed), {}), status_code=409)
        return await _page(desk, sender, senders, typed, recorded=True)

    @post("/part", status_code=200)
    async def part(
        self,
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
        senders: Injected[Senders],
        throttle: Injected[Throttle],
    ) -> Response[str]:
        """One matter that the submission became."""
        desk, typed = desk_of(room, request, signed_in), await typed_of(request)
        desk.need(ENTERERS)
        try:
            sender = await _found(desk, typed, senders, throttle)
        except NotVisibleError:
            return await _form(desk, typed, {"code": desk.words.label("public", "code-unknown")})
        return await _page(desk, sender, senders, typed)

    @post("/reply", status_code=200)
    async def reply(
        self,
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
        senders: Injected[Senders],
        throttle: Injected[Throttle],
    ) -> Response[str]:
        """What the caller answers to the open question."""
        desk, typed = desk_of(room, request, signed_in), await typed_of(request)
        text, number = typed.one("reply"), typed.one("question")

        async def act(wish: ports.Request, case_id: UUID) -> ports.Receipt:
            question = int(number) if number.isdecimal() and len(number) < 9 else 0  # noqa: PLR2004 - a number at all
            return await room.feedback.reply(
                desk.actor, wish, case_id, question=question, text=text, channel=_channel(desk, typed), spoken=True
            )

        return await _said(desk, typed, senders, throttle, ("reply", text, "reply-missing", "reply-received"), act)

    @post("/review", status_code=200)
    async def review(
        self,
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
        senders: Injected[Senders],
        throttle: Injected[Throttle],
    ) -> Response[str]:
        """The caller asks for a review."""
        desk, typed = desk_of(room, request, signed_in), await typed_of(request)
        text = typed.one("reason")

        async def act(wish: ports.Request, case_id: UUID) -> ports.Receipt:
            return await room.feedback.reopen(desk.actor, wish, case_id, text, spoken=True)

        return await _said(desk, typed, senders, throttle, ("reason", text, "reason-missing", "review-received"), act)

    @post("/withdraw", status_code=200)
    async def withdraw(
        self,
        request: Request[Any, Any, Any],
        signed_in: Injected[SignedIn],
        room: Injected[StaffRoom],
        senders: Injected[Senders],
        throttle: Injected[Throttle],
    ) -> Response[str]:
        """The caller withdraws; no reason is asked for."""
        desk, typed = desk_of(room, request, signed_in), await typed_of(request)
        text = typed.one("reason")

        async def act(wish: ports.Request, case_id: UUID) -> ports.Receipt:
            return await room.feedback.withdraw(
                desk.actor, wish, case_id, text, channel=_channel(desk, typed), spoken=True
            )

        return await _said(desk, typed, senders, throttle, ("withdraw-reason", text, "", "withdrawal-received"), act)


async def _said(
    desk: Desk, typed: Typed, senders: Senders, throttle: Throttle, about: tuple[str, str, str, str], act: Act
) -> Response[str]:
    """`about`: the field, its text, the word for an empty one (none: it may be), the word for what was done."""
    field, text, missing, done = about
    desk.need(ENTERERS)
    wish = await desk.room.intents.read_form(desk.request, desk.actor.id, new=True)
    words = desk.words
    try:
        sender = await _found(desk, typed, senders, throttle)
    except NotVisibleError:
        return await _form(desk, typed, {"code": words.label("public", "code-unknown")})
    if (missing and not text) or len(text) > LONGEST:
        errors = {field: words.label("public", "too-long" if text else missing)}
        return await _page(desk, sender, senders, typed, errors=errors)
    try:
        await act(wish, (await senders.part(sender, _part_of(typed))).case_id)
    except RefusalError as error:
        errors = {field: refusal_text(error.code, error.details, words.language)}
        return await _page(desk, sender, senders, typed, errors=errors)
    kept = Typed({name: [typed.one(name)] for name in ("code", "part")})
    return await _page(desk, sender, senders, kept, notice=_done(words, done))


def _done(words: Words, word: str) -> str:
    said = {
        "reply-received": words.gettext("The reply of the caller is recorded."),
        "review-received": words.gettext("The request for review of the caller is recorded."),
        "withdrawal-received": words.gettext("The withdrawal of the caller is recorded."),
    }
    return said[word]


async def _found(desk: Desk, typed: Typed, senders: Senders, throttle: Throttle) -> Sender:
    spoken = Spoken(senders, desk.room.assistance, throttle)
    return await spoken.found(desk.actor, typed.one("code")[:100], client_address(desk.request))


def _channel(desk: Desk, typed: Typed) -> Channel:
    """How the sender is spoken to; a telephone call where neither form nor address says."""
    said = typed.one("channel") or desk.request.query_params.get("channel", "")
    return Channel.IN_PERSON if said == Channel.IN_PERSON.value else Channel.HOTLINE


def _part_of(typed: Typed) -> int:
    """0 for the submission itself and for what is no number."""
    text = typed.one("part")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0  # noqa: PLR2004 - more than any has


def _fields(words: Words, typed: Typed) -> tuple[Field, ...]:
    _ = words.gettext
    ways = tuple((way.value, words.label("spoken", way.value)) for way in SPOKEN)
    return (
        Field(id="channel", kind="radios", label=_("Who reads out the code"), value=typed.one("channel"), items=ways),
        Field(
            id="code",
            kind="text",
            label=_("Tracking code"),
            value=typed.one("code"),
            most=100,
            width=20,
            hint=_("16 letters and digits in fours. O counts as 0, I and L as 1; small letters do too."),
        ),
    )


async def _form(desk: Desk, typed: Typed, errors: Errors, *, status_code: int = 0) -> Response[str]:
    _ = desk.words.gettext
    context = await shell(desk, MENU, errors=errors) | {
        "title": _("Look up for a caller"),
        "explain": [
            _("Shows exactly what the sender’s own page says, never more. Each look is recorded with the official."),
            _("Only for whoever reads out the code. A name or a telephone number is no proof of being the sender."),
        ],
        "ways": three_ways(desk.words, PATH),
        "files": False,
        "lost": 0,
        "action": PATH,
        "command_id": new_command(),
        "sections": [{"heading": None, "inputs": [field.context() for field in _fields(desk.words, typed)]}],
        "do": _("Look up"),
    }
    status = status_code or (400 if errors else 200)
    return page(desk.request, "staff/enter.html", context, status_code=status, headers=NO_STORE)


async def _page(
    desk: Desk,
    sender: Sender,
    senders: Senders,
    typed: Typed,
    *,
    errors: Errors | None = None,
    notice: str = "",
    recorded: bool = False,
) -> Response[str]:
    """The sender's page in the frame of the office. Nothing is shown of which no look-up is recorded."""
    if not recorded:
        wish = await desk.room.intents.request_of(desk.request, desk.actor.id, uuid4())
        await desk.room.assistance.look_up(desk.actor, wish, await senders.cases(sender), _channel(desk, typed))
    seen = (await senders.view(sender))[1].at_part(_part_of(typed))
    if seen is None:
        raise NotVisibleError
    names = await desk.room.naming.names(seen.named())
    values = {name: typed.one(name) for name in ("reply", "reason")} if errors else {}
    shown = tracking_context(seen, desk.words.language, desk.room.today(), names, values)
    for name in ("question", "review", "withdraw"):
        if shown.get(name):
            action = shown[name]["action"].replace("/p/track", PATH)
            shown[name] = {**shown[name], "action": address(action, {"channel": _channel(desk, typed).value})}
    context = await shell(desk, MENU, errors=errors or {}) | shown
    context |= {
        "layout": "_assist_frame.html",
        "code": typed.one("code"),
        "track_at": address(f"{PATH}/part", {"channel": _channel(desk, typed).value}),
        "denounce": await denouncing(desk.room.naming, UUID(seen.authority_id), desk.room.today(), seen.state),
        "notice": notice or None,
        "again": PATH,
    }
    return page(desk.request, "p/track.html", context, status_code=400 if errors else 200, headers=NO_STORE)
