"""What is done at a day of reception: what was typed as the desk wants it, and the call that does it."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from adapters.http.receptions import DayAnswer, Words
from adapters.http.web.staff.forms import Errors, Typed
from adapters.http.web.staff.paper_form import scans_of
from adapters.http.web.staff.reception_fields import UNSIGNED, posts_of_colleagues
from adapters.http.web.staff.room import Desk
from adapters.http.web.staff.words import Words as Labels
from application.ports import Receipt
from application.receptions import DayTold, VisitTold
from domain.kernel import Sealed
from domain.reception.vocabulary import DayKind, Signing, VisitKind, VisitResult
from projections.reception_visits import VisitRow

OF_DAY, OF_VISIT = ("visits", "closings", "reopenings", "day-corrections"), ("minutes", "links", "corrections")
"""Acts on the whole day, and those on one visit of it."""
LONGEST = 6
"""Signs that the number of a visit has at most, and one more."""
ALIASES = {"official_id": "receiver", "receiver_name": "receiver", "place_id": "unit", "papers": "scans"}
"""Where a refusal is shown that names a field of the rules."""


def own_faults(act: str, typed: Typed, labels: Labels) -> Errors:
    """What no single field shows."""
    if act in ("visits", "corrections") and not typed.one("people_count").isdecimal():
        return {"people_count": labels.gettext("Write a number: how many people came.")}
    return {}


def visit_of(typed: Typed) -> VisitTold:
    """The fields were looked at before."""
    return VisitTold(
        people=typed.one("people"),
        people_count=int(typed.one("people_count")),
        contact=typed.one("contact"),
        content=typed.one("content"),
        wanted=typed.one("wanted"),
        kind=VisitKind(typed.one("kind")),
        place_id=typed.identifier("unit"),
        result=VisitResult(typed.one("result")),
        result_text=typed.one("result_text"),
    )


async def day_of(desk: Desk, typed: Typed) -> DayTold:
    """The same of a day. A written name goes with no account; an account brings its post of today."""
    official_id, post = typed.identifier("receiver"), typed.one("receiver_post")
    if official_id is not None and not post:
        post = (await posts_of_colleagues(desk)).get(official_id, "")
    return DayTold(
        day=date.fromisoformat(typed.one("day")),
        place=typed.one("place"),
        kind=DayKind(typed.one("kind")),
        official_id=official_id,
        receiver_name=typed.one("receiver_name"),
        receiver_post=post,
    )


def number_of(typed: Typed) -> int:
    """Which visit; 0 for what is none."""
    text = typed.one("number")
    return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST else 0


async def perform(  # noqa: PLR0911 - one arm per act
    desk: Desk, wish: Any, day_id: UUID, act: str, typed: Typed
) -> Receipt:
    """Raises what the desk of reception raises."""
    receptions, actor, number = desk.room.receptions, desk.actor, number_of(typed)
    match act:
        case "visits":
            return await receptions.record_visit(actor, wish, day_id, visit_of(typed), typed.one("late_reason"))
        case "corrections":
            return await receptions.correct_visit(actor, wish, day_id, number, visit_of(typed), typed.one("reason"))
        case "day-corrections":
            return await receptions.correct_day(actor, wish, day_id, await day_of(desk, typed), typed.one("reason"))
        case "minutes":
            how = typed.one("signing")
            scans = await scans_of(desk.request, "scans")
            signing = None if how == UNSIGNED else Signing(how)
            return await receptions.attach_minutes(actor, wish, day_id, number, signing, scans)
        case "links":
            number_typed, reason = typed.one("case_number"), typed.one("reason")
            return await receptions.link(actor, wish, day_id, number, number_typed, reason)
        case "reopenings":
            return await receptions.reopen(actor, wish, day_id, typed.one("reason"))
        case _:
            return await receptions.close(actor, wish, day_id)


def as_it_stands(seen: DayAnswer, act: str, number: int) -> Typed:
    """What a form of correction shows first: everything as it stands."""
    if act == "day-corrections":
        row = seen.row
        return _typed(
            day=row.day.isoformat(),
            place=row.place,
            kind=row.kind.value,
            receiver=str(row.receiver.official_id or ""),
            receiver_name=_text(seen.words.of_day(row.receiver.name)),
            receiver_post=row.receiver.post,
        )
    if act != "corrections":
        return _typed(number=str(number or ""))
    row_of_visit = seen.visit(number)
    visit = row_of_visit.visit

    def said(value: Sealed | None) -> str:
        return _said(row_of_visit, value, seen.words)

    return _typed(
        number=str(number),
        people=said(visit.people),
        people_count=str(visit.people_count),
        contact=said(visit.contact),
        content=said(visit.content),
        wanted=said(visit.wanted),
        kind=visit.kind.value,
        unit=str(visit.place_id or ""),
        result=visit.result.value,
        result_text=said(visit.result_text),
    )


def _said(row: VisitRow, value: Sealed | None, words: Words) -> str:
    return _text(words.text(row, value))


def _text(text: Any) -> str:
    return text if isinstance(text, str) else ""


def _typed(**values: str) -> Typed:
    return Typed({name: [value] for name, value in values.items()})
