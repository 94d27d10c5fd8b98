"""Days off and make-up days: what a change would move, then the change."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from litestar import Controller, Request, Response, get, post

from adapters.http.api.views import Done, done
from adapters.http.conditional import Intents, read_json
from adapters.http.injected import FromQuery, Injected
from adapters.http.openapi import BODY, NEW, OPEN
from application.access import Actor, ForbiddenError, Role
from application.calendar_desk import CalendarDesk, Preview, moved_days
from application.law import LawBook
from application.ports import Clock
from domain.calendar import legal_date
from domain.law.calendar_facts import commands as c

Line = Annotated[str, msgspec.Meta(max_length=200)]
Change = Literal["day-off", "make-up-day", "day-off-revoked", "make-up-day-revoked"]


class ChangeBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`whole_country`: for a province's administrator; else the own authority and all below it."""

    change: Change
    day: date
    document: Line
    name: Line = ""
    name_en: Line = ""
    replaces: date | None = None
    reason: Line = ""
    whole_country: bool = False

    def command(self, by: UUID, at: datetime, authority_id: UUID | None) -> c.CalendarCommand:
        """For the desk."""
        scope = None if self.whole_country else authority_id
        match self.change:
            case "day-off":
                return c.ProclaimDayOff(
                    by=by,
                    at=at,
                    day=self.day,
                    name=self.name,
                    name_en=self.name_en,
                    document=self.document,
                    scope=scope,
                )
            case "make-up-day":
                return c.ProclaimMakeUpDay(
                    by=by, at=at, day=self.day, replaces=self.replaces, document=self.document, scope=scope
                )
            case "day-off-revoked":
                return c.RevokeDayOff(
                    by=by, at=at, day=self.day, document=self.document, reason=self.reason, scope=scope
                )
            case "make-up-day-revoked":
                return c.RevokeMakeUpDay(
                    by=by, at=at, day=self.day, document=self.document, reason=self.reason, scope=scope
                )


class ConfirmedChangeBody(ChangeBody, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`digest`: of the preview that was looked at."""

    digest: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]


class MoveView(msgspec.Struct, frozen=True, kw_only=True):
    """One term of one open case. `number` empty: a case that only named people know of."""

    number: str
    authority_id: UUID
    purpose: str
    old: date
    new: date


class PreviewAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """Exactly what would move. Confirm it with its `digest`.

    `kept`: requests for explanation whose day was set by hand; it stays.
    """

    digest: str
    cases: int
    moves: list[MoveView]
    kept: int = 0


class DayView(msgspec.Struct, frozen=True, kw_only=True):
    """`kind`: day-off or make-up. `source`: the paper or statute that says so."""

    day: date
    kind: str
    name: str
    source: str


class CalendarAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """A year as it is known now. `estimated`: its yearly notice is not known."""

    year: int
    edition: str
    published_on: date
    estimated: bool
    days: list[DayView]


class CalendarController(Controller):
    """Whoever is signed in sees the calendar of the own authority; administrators change it."""

    path = "/api/calendar"
    tags = ("Calendar",)

    @get("/", operation_id="ReadCalendar")
    async def calendar_of_year(
        self,
        actor: Injected[Actor],
        law: Injected[LawBook],
        clock: Injected[Clock],
        year: FromQuery[int | None] = None,
    ) -> CalendarAnswer:
        """Days off and make-up days of a year."""
        now = clock.now()
        known = (await law.at(actor.authority_id, now)).calendar
        wanted = year or legal_date(now).year
        off = [
            DayView(day=day, kind="day-off", name=found.name, source=found.source)
            for day, found in known.days_off.items()
            if day.year == wanted
        ]
        worked = [
            DayView(day=day, kind="make-up", name="", source=found.source)
            for day, found in known.make_up_days.items()
            if day.year == wanted
        ]
        return CalendarAnswer(
            year=wanted,
            edition=known.edition,
            published_on=known.published_on,
            estimated=wanted > known.official_until,
            days=sorted([*off, *worked], key=lambda view: view.day),
        )

    @post("/previews", operation_id="PreviewCalendarChange", status_code=200, opt={BODY: ChangeBody, OPEN: True})
    async def preview(
        self,
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        calendar: Injected[CalendarDesk],
        clock: Injected[Clock],
    ) -> PreviewAnswer:
        """Nothing is changed yet."""
        if Role.ADMINISTRATOR not in actor.roles:
            raise ForbiddenError
        body = await read_json(request, ChangeBody)
        return _view(await calendar.preview(actor, body.command(actor.id, clock.now(), actor.authority_id)))

    @post("/changes", operation_id="ChangeCalendar", opt={BODY: ConfirmedChangeBody, NEW: True})
    async def change(
        self,
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        calendar: Injected[CalendarDesk],
        clock: Injected[Clock],
    ) -> Response[Done]:
        """The change that was looked at; the cases are then counted anew one by one."""

        async def administers() -> None:
            if Role.ADMINISTRATOR not in actor.roles:
                raise ForbiddenError

        await administers()
        wish = await intents.read(request, actor.id, ConfirmedChangeBody, administers, new=True)
        command = wish.body.command(actor.id, clock.now(), actor.authority_id)
        return done(await calendar.apply(actor, wish.request, command, wish.body.digest))


def _view(preview: Preview) -> PreviewAnswer:
    moves = [
        MoveView(number=move.number, authority_id=move.authority_id, purpose=move.purpose, old=move.old, new=move.new)
        for move in moved_days(preview.moves)
    ]
    return PreviewAnswer(digest=preview.digest, cases=preview.cases, moves=moves, kept=preview.kept)
