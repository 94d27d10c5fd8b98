"""Days off and make-up days of a year; a change shows first which open cases it would move."""

from __future__ import annotations

import re
from typing import Any

from litestar import Controller, Request, Response, get, post

from adapters.http.authenticate import SignedIn
from adapters.http.injected import Injected
from adapters.http.web import i18n
from adapters.http.web.render import page as html
from adapters.http.web.staff.administration import RUNS
from adapters.http.web.staff.forms import NOTHING, Errors, Field, Typed, faults, new_command, refusal, typed_of
from adapters.http.web.staff.moments import address
from adapters.http.web.staff.room import Context, Desk, StaffRoom, desk_of, shell
from adapters.http.web.staff.running import Page, cell, day_field, day_of, document_of, line_field, section, show
from adapters.http.web.staff.signing_in import to
from application.access import NotVisibleError, Role
from application.calendar_desk import Preview, PreviewOutdatedError, moved_days
from application.law import CALENDAR_ID
from domain.kernel import RefusalError
from domain.law.calendar_facts import commands as c
from domain.law.calendar_facts.events import CalendarFact

PATH = "/calendar"
CHANGES = ("day-off", "make-up-day", "day-off-revoked", "make-up-day-revoked")
SHOWN_MOVES = 500
REFRESH_S = 2
LONGEST_NUMBER = 9
_REMARKS = re.compile(r"\s*\[[^\]]*\]$")


class DaysOffController(Controller):
    """`/calendar`."""

    path = PATH
    include_in_schema = False

    @get("/")
    async def year(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """One year as it is known now."""
        desk = desk_of(room, request, signed_in)
        desk.need(RUNS)
        return await show(desk, await _year(desk), {})

    @get("/change")
    async def form(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """An empty form."""
        desk = desk_of(room, request, signed_in)
        desk.need(frozenset({Role.ADMINISTRATOR}))
        return await _form(desk, NOTHING, {})

    @post("/change", status_code=200)
    async def change(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """First what would move; with the digest of what was looked at, the change."""
        desk = desk_of(room, request, signed_in)
        desk.need(frozenset({Role.ADMINISTRATOR}))
        wish = await room.intents.read_form(request, desk.actor.id, new=True)
        typed = await typed_of(request)
        fields = await _fields(desk, typed)
        if errors := faults(fields, typed, desk.words):
            return await _form(desk, typed, errors)
        if typed.one("again"):
            return await _form(desk, typed, {}, status=200)
        command = _command(desk, typed)
        try:
            if not typed.one("digest"):
                return await _preview(desk, typed, await room.calendar_desk.preview(desk.actor, command))
            total = typed.one("total")
            receipt = await room.calendar_desk.apply(desk.actor, wish, command, typed.one("digest"))
        except PreviewOutdatedError as error:
            return await _preview(desk, typed, error.now, changed=True)
        except RefusalError as error:
            return await _form(desk, typed, refusal(error, desk.words, fields, {}), status=409)
        return to(address(f"{PATH}/progress", {"version": receipt.version, "total": total}))

    @get("/progress")
    async def progress(
        self, request: Request[Any, Any, Any], signed_in: Injected[SignedIn], room: Injected[StaffRoom]
    ) -> Response[Any]:
        """How many cases have still to be counted anew."""
        desk = desk_of(room, request, signed_in)
        desk.need(frozenset({Role.ADMINISTRATOR}))
        version, total = (_whole(request.query_params.get(name, "")) for name in ("version", "total"))
        words = await room.log.of_streams((CALENDAR_ID,))
        recorded = next((word for word in words if word.originator_version == version), None)
        found = recorded.fact if recorded else None
        if recorded is None or found is None:
            return await _progress(desk, total, total)
        if not isinstance(found, CalendarFact) or found.scope not in await room.calendar_desk.scopes(desk.actor):
            raise NotVisibleError
        return await _progress(desk, total, await room.calendar_desk.remaining(found, recorded.recorded_at))


async def _year(desk: Desk) -> Page:
    _, room, today = desk.words.gettext, desk.room, desk.room.today()
    calendar = await room.calendar(desk.actor)
    wanted = _whole(desk.request.query_params.get("year", "")) or today.year
    year = min(max(wanted, calendar.first_year), calendar.last_year)
    days = [
        *(
            (day, _("day off"), _named(off.name, off.name_en, desk), off.source)
            for day, off in calendar.days_off.items()
        ),
        *(
            (day, _("worked"), _make_up(made.replaces, desk), made.source)
            for day, made in calendar.make_up_days.items()
        ),
    ]
    rows = [
        [
            cell(i18n.day(day, desk.words.language)),
            cell(kind, tag="grey"),
            cell(name or "–"),
            cell(_without_remarks(source) or _statute(desk)),
        ]
        for day, kind, name, source in sorted(days)
        if day.year == year
    ]
    note = _("Edition %(edition)s, last changed on %(day)s.") % {
        "edition": calendar.edition,
        "day": i18n.short_day(calendar.published_on),
    }
    if year > calendar.official_until:
        note += " " + _("The notice for this year is not known yet: the days follow from the statute.")
    administrator = Role.ADMINISTRATOR in desk.actor.roles
    years = [year - 1, year + 1]
    links = [{"href": f"{PATH}/change", "text": _("Add or revoke a day"), "button": True}] if administrator else []
    links += [
        {"href": address(PATH, {"year": other}), "text": _("Year %(year)s") % {"year": other}, "button": False}
        for other in years
        if calendar.first_year <= other <= calendar.last_year
    ]
    columns = [_("Day"), _("Kind"), _("Name of the day off"), _("Where it comes from")]
    title = _("Days off %(year)s") % {"year": year}
    listed = section("days", title, columns, rows, _("No days off are known for this year."), note)
    return Page(
        path=PATH,
        title=_("Days off"),
        explain=[_("Terms in working days skip these days; one that ends on such a day ends on the next working day.")],
        links=links,
        sections=[listed],
    )


def _without_remarks(source: str) -> str:
    """How far a source was checked is noted behind it in brackets, in English, for who keeps the data."""
    return _REMARKS.sub("", source)


async def _fields(desk: Desk, typed: Typed) -> tuple[Field, ...]:
    _, words = desk.words.gettext, desk.words
    scopes = await desk.room.calendar_desk.scopes(desk.actor)
    whole = (("country", _("The whole country")),) if None in scopes else ()
    return (
        Field(
            id="change",
            kind="radios",
            label=_("What changes"),
            value=typed.one("change") or CHANGES[0],
            items=tuple((key, words.label("calendar-change", key)) for key in CHANGES),
        ),
        day_field(desk, typed, "day", _("Day")),
        line_field(
            typed,
            "name",
            _("Name of the day off"),
            required=False,
            hint=_("For example: off for storm no. 3."),
            width=20,
        ),
        day_field(desk, typed, "replaces", _("Worked instead of"), required=False),
        document_of(desk, typed),
        Field(
            id="scope",
            kind="radios",
            label=_("Where it applies"),
            value=typed.one("scope") or "own",
            items=(("own", _("The own authority and all below it")), *whole),
        ),
    )


def _command(desk: Desk, typed: Typed) -> c.CalendarCommand:
    scope = None if typed.one("scope") == "country" else desk.actor.authority_id
    by, at, day, document = desk.actor.id, desk.room.clock.now(), day_of(typed, "day"), typed.one("document")
    match typed.one("change"):
        case "day-off":
            return c.ProclaimDayOff(by=by, at=at, day=day, name=typed.one("name"), document=document, scope=scope)
        case "make-up-day":
            replaces = day_of(typed, "replaces") if typed.one("replaces") else None
            return c.ProclaimMakeUpDay(by=by, at=at, day=day, replaces=replaces, document=document, scope=scope)
        case "day-off-revoked":
            return c.RevokeDayOff(by=by, at=at, day=day, document=document, scope=scope)
        case _:
            return c.RevokeMakeUpDay(by=by, at=at, day=day, document=document, scope=scope)


async def _form(desk: Desk, typed: Typed, errors: Errors, status: int = 400) -> Response[str]:
    _ = desk.words.gettext
    context = await shell(desk, PATH, errors=errors) | {
        "title": _("Add or revoke a day"),
        "explain": [_("The next page shows every open case that would move. Nothing changes before it is confirmed.")],
        "back": PATH,
        "version": None,
        "action": f"{PATH}/change",
        "command_id": new_command(),
        "inputs": [field.context() for field in await _fields(desk, typed)],
        "do": _("Show what would move"),
        "warning": False,
        "previews": [],
    }
    return html(desk.request, "staff/act.html", context, status_code=status if errors else 200)


async def _preview(desk: Desk, typed: Typed, preview: Preview, *, changed: bool = False) -> Response[str]:
    _, words = desk.words.gettext, desk.words
    names = await desk.room.naming.names({move.authority_id for move in preview.moves})
    moves, day = moved_days(preview.moves), i18n.day(preview.fact.day, words.language)
    count = words.ngettext("%(num)d open case moves.", "%(num)d open cases move.", preview.cases)
    kept = {name: typed.one(name) for name in ("change", "day", "name", "replaces", "document", "scope")}
    context = await shell(desk, PATH) | {
        "title": _("What would move"),
        "caption": f"{words.label('calendar-change', typed.one('change'))}: {day}",
        "changed": changed,
        "count": count % {"num": preview.cases},
        "moves": [_move(move.number, names.get(move.authority_id, ""), move, desk) for move in moves[:SHOWN_MOVES]],
        "more": max(0, len(moves) - SHOWN_MOVES),
        "kept_days": preview.kept,
        "action": f"{PATH}/change",
        "command_id": new_command(),
        "kept": kept | {"digest": preview.digest, "total": str(preview.cases)},
        "back": PATH,
    }
    return html(desk.request, "staff/calendar_preview.html", context, status_code=409 if changed else 200)


def _move(number: str, authority: str, move: Any, desk: Desk) -> Context:
    words = desk.words
    return {
        "number": number or words.gettext("a case that only named people know of"),
        "authority": authority,
        "purpose": words.label("term", move.purpose),
        "old": i18n.day(move.old, words.language),
        "new": i18n.day(move.new, words.language),
    }


async def _progress(desk: Desk, total: int, remaining: int) -> Response[str]:
    _ = desk.words.gettext
    done = max(0, total - remaining)
    text = _("%(done)s of %(total)s cases counted anew") % {"done": done, "total": max(total, done)}
    over = remaining == 0
    page = Page(
        path=PATH,
        title=_("The change is recorded"),
        explain=[
            _("All cases have their new day. Each case says why it moved.")
            if over
            else _("The cases are counted anew one by one. You may leave this page: the work goes on.")
        ],
        links=[{"href": PATH, "text": _("Days off"), "button": False}],
        more={
            "progress": {"total": max(total, 1), "done": done if total else 1, "text": text},
            "refresh": None if over else REFRESH_S,
        },
    )
    return await show(desk, page, {})


def _named(name: str, name_en: str, desk: Desk) -> str:
    return name_en if desk.words.language == "en" and name_en else name


def _make_up(replaces: Any, desk: Desk) -> str:
    if replaces is None:
        return ""
    return desk.words.gettext("for %(day)s") % {"day": i18n.short_day(replaces)}


def _statute(desk: Desk) -> str:
    return desk.words.gettext("the Labour Code, Article 112")


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else 0
