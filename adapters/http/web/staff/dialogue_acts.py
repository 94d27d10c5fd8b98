"""What is done about a dialogue meeting: the fields of each act, on which page it stands, and the call that does it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, Literal
from uuid import UUID

from litestar.datastructures import UploadFile

from adapters.http.dialogues import DialogueAnswer
from adapters.http.web.staff.forms import LINE, REASON, TEXT, Errors, Field, Typed
from adapters.http.web.staff.room import Desk
from adapters.http.web.staff.words import Words
from application.dialogues import MinutesScan, Routing, Transfer
from application.ports import Receipt, Request
from domain.dialogues.recording import MOST_OPINIONS
from domain.dialogues.vocabulary import Addressed

Where = Literal["meeting", "opinions", "opinion", "rows"]
PAGES: dict[str, Where] = {
    "announcements": "meeting",
    "meetings": "meeting",
    "minutes": "meeting",
    "summaries": "meeting",
    "closures": "meeting",
    "publications": "meeting",
    "withdrawals": "meeting",
    "routings": "opinions",
    "transfers": "opinions",
    "answers": "opinion",
    "reopenings": "opinion",
    "opinions": "rows",
    "row-dismissals": "rows",
}
"""Act → the page that has its form. The names are those of the API's paths."""
_NUMBER = re.compile(r"[0-9]{1,7}")
_RANGE = re.compile(r"([0-9]{1,7})(?:\s*[-\u2013]\s*([0-9]{1,7}))?")
MINUTES, MOST_PEOPLE = "minutes", 1_000_000


def fields_of(desk: Desk, act: str, typed: Typed, seen: DialogueAnswer | None = None) -> list[Field]:  # noqa: C901, PLR0911 - one arm per act
    """With what was typed; the words that are to be published begin as those of the summary."""
    _, form = desk.words.gettext, _Form(desk.words, typed)
    match act:
        case "announcements":
            return [form.day("announced_on", _("Announced on")), form.line("how", _("How it was announced"))]
        case "meetings":
            people = form.line("participants", _("Number of participants"), width=5)
            return [form.day("held_on", _("Held on")), people, form.scan(required=False)]
        case "minutes":
            return [form.scan(required=True)]
        case "summaries":
            hint = _("For officials. What the public reads is confirmed on its own after the closing.")
            return [form.area("text", _("Summary of the result"), hint, most=TEXT)]
        case "publications":
            return form.publishing(_summary(seen))
        case "withdrawals":
            return [form.area("reason", _("Why the public page is taken down"))]
        case "routings":
            return form.routing()
        case "transfers":
            document = form.line("document", _("By which paper (may stay empty)"), required=False)
            receiver = form.line("receiver", _("Passed on to which body"))
            return [receiver, form.day("transferred_on", _("Day it was passed on")), document]
        case "answers":
            return [form.area("answer", _("Answer"), most=TEXT), form.day("answered_on", _("Answered on"))]
        case "reopenings":
            return [form.area("reason", _("Why it is opened again"))]
        case "row-dismissals":
            return [form.area("reason", _("Why this row is no opinion"))]
    return []


def _summary(seen: DialogueAnswer | None) -> str:
    text = seen.shown.text(seen.view.summary) if seen else None
    return text if isinstance(text, str) else ""


class _Form:
    """Fields with what was typed."""

    def __init__(self, words: Words, typed: Typed) -> None:
        self._words, self._typed = words, typed

    def line(self, name: str, label: str, **more: Any) -> Field:
        return Field(id=name, kind="text", label=label, value=self._typed.one(name), most=LINE, **more)

    def area(self, name: str, label: str, hint: str = "", most: int = REASON) -> Field:
        return Field(id=name, kind="area", label=label, value=self._typed.one(name), hint=hint, most=most)

    def day(self, name: str, label: str, hint: str = "") -> Field:
        return Field(id=name, kind="day", label=label, value=self._typed.one(name), hint=hint)

    def scan(self, *, required: bool) -> Field:
        _ = self._words.gettext
        hint = _("JPEG, PNG, WebP or PDF; kept unchanged.")
        if not required:
            hint = _("JPEG, PNG, WebP or PDF; kept unchanged. It may follow later.")
        return Field(id=MINUTES, kind="file", label=_("Scan of the minutes"), hint=hint, required=required)

    def routing(self) -> list[Field]:
        """Level, body, day, reason."""
        _, label = self._words.gettext, self._words.label
        levels = (("", _("Choose …")), *((one.value, label("dialogue-level", one.value)) for one in Addressed))
        level = Field(
            id="level", kind="select", label=_("Level that settles it"), value=self._typed.one("level"), items=levels
        )
        body_hint = _("Needed where it is another body.")
        body = self.line("body", _("Which body"), hint=body_hint, required=False)
        due_hint = _("No law sets this day. Whoever sets it says why.")
        return [
            level,
            body,
            self.day("due_on", _("To be settled by"), due_hint),
            self.line("due_reason", _("Why this day")),
        ]

    def publishing(self, summary: str) -> list[Field]:
        """The words, and that somebody read them."""
        _ = self._words.gettext
        typed = self._typed.one("text") or summary
        hint = _("Everybody can read it. Counts below 5 are kept back by themselves; names are yours to leave out.")
        confirmed = Field(
            id="confirmed",
            kind="checkboxes",
            label=_("Before it is published"),
            value=self._typed.one("confirmed"),
            items=(("yes", _("I have read the text. It names nobody and leads to nobody.")),),
            required=False,
        )
        text = Field(id="text", kind="area", label=_("Text for the public"), value=typed, hint=hint, most=TEXT, rows=8)
        return [text, confirmed]


def own_faults(act: str, typed: Typed, words: Words) -> Errors:
    """What only one act asks."""
    people = typed.one("participants")
    if act == "meetings" and people and not (people.isascii() and people.isdigit() and int(people) <= MOST_PEOPLE):
        return {"participants": words.gettext("Write the number of participants in digits.")}
    if PAGES[act] == "opinions" and ranged(typed.one("range")) is None:
        return {"range": words.gettext("Write numbers and ranges, for example: 1-11, 13.")}
    return {}


async def scan_of(desk: Desk) -> MinutesScan | None:
    """The minutes that were sent; None where none was chosen."""
    form = await desk.request.form()
    for name, value in form.multi_items():
        if name == MINUTES and isinstance(value, UploadFile) and (data := await value.read()):
            await value.seek(0)
            return MinutesScan((value.filename or "")[:200], data)
    return None


def numbers_of(typed: Typed) -> list[int]:
    """The opinions that were ticked, and those of the ranges that were written; empty where a range is none."""
    ticked = [int(text) for text in typed.all("numbers") if _NUMBER.fullmatch(text)]
    return [*ticked, *(ranged(typed.one("range")) or [])]


def ranged(text: str) -> list[int] | None:
    """`1-11, 13` as numbers; None for what is no such list, or more than a meeting can have."""
    found = list[int]()
    for part in filter(None, (part.strip() for part in text.replace(";", ",").split(","))):
        match = _RANGE.fullmatch(part)
        if match is None:
            return None
        first, last = int(match.group(1)), int(match.group(2) or match.group(1))
        if last - first >= MOST_OPINIONS or len(found) > MOST_OPINIONS:
            return None
        found += range(first, last + 1)
    return found


async def perform(desk: Desk, wish: Request, dialogue_id: UUID, act: str, typed: Typed) -> Receipt:  # noqa: C901, PLR0911 - one arm per act
    """Raises what the desk of dialogue meetings raises. Rows have a way of their own."""
    dialogues, actor = desk.room.dialogues, desk.actor
    match act:
        case "announcements":
            on = _day(typed, "announced_on")
            return await dialogues.announce(actor, wish, dialogue_id, announced_on=on, how=typed.one("how"))
        case "meetings":
            people, scan = int(typed.one("participants")), await scan_of(desk)
            held_on = _day(typed, "held_on")
            return await dialogues.hold(actor, wish, dialogue_id, held_on=held_on, participants=people, minutes=scan)
        case "minutes":
            scan = await scan_of(desk)
            assert scan is not None, "looked at before"  # noqa: S101 - for the type checker
            return await dialogues.file_minutes(actor, wish, dialogue_id, scan)
        case "summaries":
            return await dialogues.summarise(actor, wish, dialogue_id, typed.one("text"))
        case "closures":
            return await dialogues.close(actor, wish, dialogue_id)
        case "publications":
            confirmed = typed.one("confirmed") == "yes"
            return await dialogues.publish(actor, wish, dialogue_id, text=typed.one("text"), confirmed=confirmed)
        case "withdrawals":
            return await dialogues.withdraw(actor, wish, dialogue_id, typed.one("reason"))
        case "routings":
            return await dialogues.route(actor, wish, dialogue_id, _routing(typed, numbers_of(typed)))
        case "transfers":
            return await dialogues.transfer(actor, wish, dialogue_id, _transfer(typed, numbers_of(typed)))
        case "answers":
            (number,), on = numbers_of(typed) or [0], _day(typed, "answered_on")
            return await dialogues.answer(
                actor, wish, dialogue_id, number=number, answer=typed.one("answer"), answered_on=on
            )
        case "reopenings":
            (number,) = numbers_of(typed) or [0]
            return await dialogues.reopen(actor, wish, dialogue_id, number, typed.one("reason"))
        case _:
            row = typed.identifier("row_id") or UUID(int=0)
            return await dialogues.dismiss_row(actor, wish, dialogue_id, row, typed.one("reason"))


def _routing(typed: Typed, numbers: Sequence[int]) -> Routing:
    return Routing(
        numbers=numbers,
        level=Addressed(typed.one("level")),
        body=typed.one("body"),
        due_on=_day(typed, "due_on"),
        due_reason=typed.one("due_reason"),
    )


def _transfer(typed: Typed, numbers: Sequence[int]) -> Transfer:
    return Transfer(
        numbers=numbers,
        receiver=typed.one("receiver"),
        transferred_on=_day(typed, "transferred_on"),
        document=typed.one("document"),
    )


def _day(typed: Typed, name: str) -> date:
    return date.fromisoformat(typed.one(name))
