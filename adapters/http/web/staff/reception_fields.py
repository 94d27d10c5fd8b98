"""The forms of a day of reception: its own fields, those of a visit, and of each act."""

from __future__ import annotations

from uuid import UUID

from adapters.http.receptions import DayAnswer
from adapters.http.web.staff.forms import LINE, REASON, TEXT, Field, Typed
from adapters.http.web.staff.paper_form import own_units
from adapters.http.web.staff.room import Desk
from application.reception_access import RECORDS
from domain.reception.vocabulary import DayKind, Signing, VisitKind, VisitResult
from projections.people import posts_in

UNSIGNED = "none"
"""Nobody signed: a choice that the rules refuse."""


async def day_fields(desk: Desk, typed: Typed) -> list[Field]:
    """When, where, by whom."""
    _, label = desk.words.gettext, desk.words.label
    return [
        Field(id="day", kind="day", label=_("Day of reception"), value=typed.one("day")),
        Field(
            id="place",
            kind="text",
            label=_("Place of reception"),
            value=typed.one("place"),
            hint=_("For example: reception room, office of the People's Committee."),
            most=LINE,
        ),
        Field(
            id="kind",
            kind="radios",
            label=_("Regular or unscheduled"),
            value=typed.one("kind"),
            items=tuple((one.value, label("reception-day-kind", one.value)) for one in DayKind),
        ),
        Field(
            id="receiver",
            kind="select",
            label=_("Who received"),
            value=typed.one("receiver"),
            items=(("", _("Somebody without an account: write it below")), *await _colleagues(desk)),
            required=False,
        ),
        _line(typed, "receiver_name", _("Name of who received"), _("Only for somebody without an account here.")),
        _line(
            typed,
            "receiver_post",
            _("Post in which this person received"),
            _("For an account that was chosen its post of today, unless another one is written."),
        ),
    ]


async def posts_of_colleagues(desk: Desk) -> dict[UUID, str]:
    """In which post each of those works today who may receive by account."""
    if desk.actor.authority_id is None:
        return {}
    today = desk.room.today()
    held = [post for post in await posts_in(desk.room.db, desk.actor.authority_id) if post.held_on(today)]
    return {post.account_id: post.title for post in held if RECORDS & set(post.roles)}


async def _colleagues(desk: Desk) -> list[tuple[str, str]]:
    posts = await posts_of_colleagues(desk)
    names = await desk.room.naming.names(posts)
    return sorted(
        ((str(account), f"{name} – {posts[account]}") for account, name in names.items()), key=lambda one: one[1]
    )


async def visit_fields(desk: Desk, typed: Typed) -> list[Field]:
    """Who came, with what, and what was done about it."""
    _, label = desk.words.gettext, desk.words.label
    units = [(str(unit.id), unit.name) for unit in await own_units(desk)]
    return [
        _area(typed, "people", _("Who came"), hint=_("Full name as on the paper shown; one person a line."), rows=2),
        Field(
            id="people_count",
            kind="text",
            label=_("How many people came"),
            value=typed.one("people_count") or "1",
            width=4,
            most=5,
        ),
        _area(typed, "contact", _("Address and contact"), required=False, rows=2),
        _choice(
            typed,
            "kind",
            _("What it was"),
            [("", _("Choose …")), *((one.value, label("visit-kind", one.value)) for one in VisitKind)],
            _("By its content, not by the title of a paper."),
        ),
        Field(
            id="unit",
            kind="select",
            label=_("Unit concerned"),
            value=typed.one("unit"),
            items=(("", _("No unit")), *units),
            required=False,
        ),
        _area(typed, "content", _("What was told"), rows=6),
        _area(typed, "wanted", _("What the person wants"), required=False, rows=3),
        _choice(
            typed,
            "result",
            _("Result"),
            [("", _("Choose …")), *((one.value, label("visit-result", one.value)) for one in VisitResult)],
            _("For an oral complaint, save first: then print the minutes, have them signed and attach the scan."),
        ),
        _area(
            typed,
            "result_text",
            _("What was said or done"),
            hint=_("Needed where somebody was guided, where it was transferred or explained: to whom, what."),
            required=False,
            rows=3,
        ),
    ]


async def fields_of(  # noqa: PLR0911 - one arm per act
    desk: Desk, seen: DayAnswer, act: str, typed: Typed
) -> list[Field]:
    """With what was typed; the form of a visit carries its number."""
    _ = desk.words.gettext
    number = Field(id="number", kind="hidden", label="", value=typed.one("number"))
    match act:
        case "visits":
            return [*await visit_fields(desk, typed), *late_fields(desk, seen, typed)]
        case "corrections":
            return [number, *await visit_fields(desk, typed), _reason(typed, _("Why it is corrected"))]
        case "day-corrections":
            return [*await day_fields(desk, typed), _reason(typed, _("Why it is corrected"))]
        case "minutes":
            return [number, *_minutes(desk, typed)]
        case "links":
            return [number, *_linking(desk, typed)]
        case "reopenings":
            return [_reason(typed, _("Why the day is reopened"))]
    return []


def late_fields(desk: Desk, seen: DayAnswer | None, typed: Typed) -> list[Field]:
    """Asked where something is written down on a later day, and the whole day was not."""
    _ = desk.words.gettext
    if seen is not None and (seen.row.day >= desk.room.today() or seen.row.late_reason):
        return []
    hint = _("Only when it was not written down on the same day.") if seen is None else ""
    required = seen is not None
    return [_area(typed, "late_reason", _("Why it is written down late"), hint=hint, required=required, rows=2)]


def _minutes(desk: Desk, typed: Typed) -> list[Field]:
    _, label = desk.words.gettext, desk.words.label
    choices = [*(one.value for one in Signing), UNSIGNED]
    return [
        Field(
            id="signing",
            kind="radios",
            label=_("Is it signed?"),
            value=typed.one("signing"),
            items=tuple((one, label("visit-signing", one)) for one in choices),
        ),
        Field(
            id="scans",
            kind="file",
            label=_("Scan of the signed minutes"),
            required=False,
            multiple=True,
            hint=_("JPEG, PNG, WebP or PDF. The file is kept unchanged."),
        ),
    ]


def _linking(desk: Desk, typed: Typed) -> list[Field]:
    _ = desk.words.gettext
    return [
        Field(
            id="case_number",
            kind="text",
            label=_("Register number of the case"),
            value=typed.one("case_number"),
            hint=_("Only a case that you may see."),
            most=LINE,
        ),
        _area(
            typed,
            "reason",
            _("Reason"),
            hint=_("Only where another case was linked before."),
            required=False,
            rows=2,
        ),
    ]


def _reason(typed: Typed, label: str) -> Field:
    return Field(id="reason", kind="area", label=label, value=typed.one("reason"), most=REASON, rows=2)


def _choice(typed: Typed, name: str, label: str, items: list[tuple[str, str]], hint: str) -> Field:
    return Field(id=name, kind="select", label=label, value=typed.one(name), items=tuple(items), hint=hint)


def _line(typed: Typed, name: str, label: str, hint: str) -> Field:
    return Field(id=name, kind="text", label=label, value=typed.one(name), hint=hint, required=False, most=LINE)


def _area(typed: Typed, name: str, label: str, *, hint: str = "", required: bool = True, rows: int = 4) -> Field:
    most = REASON if name in ("reason", "late_reason") else TEXT
    value = typed.one(name)
    return Field(id=name, kind="area", label=label, value=value, hint=hint, required=required, most=most, rows=rows)
