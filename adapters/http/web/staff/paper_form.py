"""The fields of what came another way, and the submission that they make."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from litestar import Request
from litestar.datastructures import UploadFile

from adapters.http.web.staff.acts_answer import received_fields
from adapters.http.web.staff.forms import TEXT, Errors, Field, Typed
from adapters.http.web.staff.moments import read_moment
from adapters.http.web.staff.room import Context, Desk
from adapters.http.web.staff.words import Words
from application.feedback_intake import MOST_PHOTOS, Scan, Submission
from application.ports import Identity, PlaceInfo
from domain.feedback.vocabulary import Channel, SubmitterRole, Topic
from projections.places import PlaceRow, find_places

PATH, BATCH, ASSIST = "/paper", "/paper/batch", "/assist"
MOST_UNITS = 500
PHOTOS = "photos"
WAYS = (
    Channel.HOTLINE,
    Channel.IN_PERSON,
    Channel.POST,
    Channel.SUGGESTION_BOX,
    Channel.OFFLINE_SHEET,
    Channel.ZALO,
    Channel.EMAIL,
    Channel.TRANSFER,
    Channel.PORTAL,
    Channel.DIALOGUE_MEETING,
    Channel.PRESS,
)
"""In the order in which they are met."""


def three_ways(words: Words, active: str) -> list[Context]:
    """One sheet, several sheets, looking for a caller."""
    _ = words.gettext
    ways = ((PATH, _("One sheet or call")), (BATCH, _("Several sheets")), (ASSIST, _("Look up for a caller")))
    return [{"href": href, "text": text, "active": href == active} for href, text in ways]


class PaperForm:
    """Every field of one sheet, with what was typed."""

    def __init__(self, words: Words, typed: Typed, units: Sequence[PlaceRow] = ()) -> None:
        self._words, self._typed, self._units = words, typed, units

    def sections(self) -> list[tuple[str, tuple[Field, ...]]]:
        """Under their headings."""
        _ = self._words.gettext
        return [
            (_("Where and when it was received"), self.receipt()),
            (_("If another body passed it on"), self.transfer()),
            (_("What was told"), self.content()),
            (_("The sender"), self.sender()),
        ]

    def all(self) -> tuple[Field, ...]:
        """Without headings."""
        return tuple(field for _heading, fields in self.sections() for field in fields)

    def receipt(self) -> tuple[Field, ...]:
        """Unit, way, moment, place."""
        _ = self._words.gettext
        received, reason = received_fields(self._words, self._typed.one)
        return (
            self.unit(),
            self._pick("channel", _("How it came"), "channel", [way.value for way in WAYS]),
            received,
            reason,
            self._day(
                "paper_day",
                _("Day written on the paper"),
                _("For a sheet from a hamlet the day of receipt that stands on it: due dates count from that day."),
            ),
            self._line(
                "received_at_place", _("Where it was received"), _("For example: reception desk, box at the gate.")
            ),
            self._line("collected_by", _("Who collected it"), _("Leave it empty if you received it yourself.")),
        )

    def unit(self) -> Field:
        """What it is about."""
        _ = self._words.gettext
        items = (("", _("Choose …")), *((str(unit.id), unit.name) for unit in self._units))
        return Field(
            id="unit",
            kind="select",
            label=_("Which unit it is about"),
            value=self._typed.one("unit"),
            items=items,
        )

    def transfer(self) -> tuple[Field, ...]:
        """Which body, its document's number and day."""
        _ = self._words.gettext
        return (
            self._line("sent_by", _("Which body passed it on")),
            self._line("document_number", _("Number of its document")),
            self._day("document_day", _("Day of its document"), ""),
        )

    def content(self) -> tuple[Field, ...]:
        """Topic, danger, the words, the scan."""
        _, value = self._words.gettext, self._typed.one
        return (
            self._pick("topic", _("What it is about"), "topic-choice", [topic.value for topic in Topic]),
            Field(
                id="danger",
                kind="radios",
                label=_("Is somebody in danger right now?"),
                value=value("danger"),
                items=(("no", _("No")), ("yes", _("Yes"))),
            ),
            Field(
                id="text",
                kind="area",
                label=_("What was told, word for word"),
                value=value("text"),
                most=TEXT,
                rows=8,
                hint=_("Type it as it was written or said, mistakes too. Notes of your own belong into the case."),
            ),
            self.scans(),
        )

    def scans(self) -> Field:
        """Kept byte for byte, shown as a cleaned copy."""
        _ = self._words.gettext
        return Field(
            id=PHOTOS,
            kind="file",
            label=_("Scan or photo of the sheet"),
            required=False,
            multiple=True,
            hint=_("At most %(most)s files: JPEG, PNG, WebP or PDF. The file is kept unchanged as evidence.")
            % {"most": MOST_PHOTOS},
        )

    def sender(self) -> tuple[Field, ...]:
        """What the sender is, and the contact for the vault."""
        _ = self._words.gettext
        return (
            self._pick(
                "submitter_role", _("The sender is"), "submitter-role", [r.value for r in SubmitterRole], required=False
            ),
            self._line(
                "name",
                _("Name of the sender"),
                _("Name and contact are kept apart and sealed. Leave them empty if none."),
            ),
            self._line("phone", _("Telephone")),
            self._line("email", _("Email")),
            self._line("address", _("Address")),
        )

    def _pick(self, identifier: str, label: str, kind: str, codes: list[str], *, required: bool = True) -> Field:
        words = self._words
        items = (("", words.gettext("Choose …")), *((code, words.label(kind, code)) for code in codes))
        value = self._typed.one(identifier)
        return Field(id=identifier, kind="select", label=label, value=value, items=items, required=required)

    def _line(self, identifier: str, label: str, hint: str = "") -> Field:
        value = self._typed.one(identifier)
        return Field(id=identifier, kind="text", label=label, value=value, required=False, most=300, hint=hint)

    def _day(self, identifier: str, label: str, hint: str) -> Field:
        value = self._typed.one(identifier)
        return Field(id=identifier, kind="day", label=label, value=value, required=False, hint=hint)


def submission(typed: Typed, scans: Sequence[Scan]) -> Submission:
    """What was typed, as the desk wants it. The fields were looked at before."""
    text = typed.one("received_at")
    return Submission(
        text=typed.one("text"),
        topic=Topic(typed.one("topic")),
        danger=typed.one("danger") == "yes",
        submitter_role=SubmitterRole(typed.one("submitter_role") or SubmitterRole.UNKNOWN),
        identity=Identity(*(typed.one(name) for name in ("name", "phone", "email", "address"))),
        scans=scans,
        channel=Channel(typed.one("channel")),
        received_at=read_moment(text) if text else None,
        late_reason=typed.one("late_reason"),
        received_at_place=typed.one("received_at_place"),
        paper_day=_day(typed.one("paper_day")),
        sent_by=typed.one("sent_by"),
        document_number=typed.one("document_number"),
        document_day=_day(typed.one("document_day")),
        collected_by=typed.one("collected_by"),
    )


def own_faults(words: Words, typed: Typed, scans: Sequence[Scan]) -> Errors:
    """What no single field shows."""
    _, found = words.gettext, Errors()
    text = typed.one("received_at")
    if text and read_moment(text) is None:
        found["received_at"] = _("Write day, hour and minute, for example 25/08/2026 10:00.")
    if len(scans) > MOST_PHOTOS:
        found[PHOTOS] = _("At most %(most)s files.") % {"most": MOST_PHOTOS}
    return found


async def scans_of(request: Request[Any, Any, Any], name: str) -> list[Scan]:
    """The files of a field with their names, empty ones left out."""
    form = await request.form()
    found = [value for key, value in form.multi_items() if key == name and isinstance(value, UploadFile)]
    return [Scan(upload.filename[:300], content) for upload in found if (content := await upload.read())]


async def own_units(desk: Desk) -> list[PlaceRow]:
    """Those that the own authority is competent for today."""
    today, found = desk.room.today(), await find_places(desk.room.db, limit=5_000)
    own = [row for row in found if row.area_id and row.authority_on(today) == desk.actor.authority_id]
    return [row for row in own if row.exists_on(today)][:MOST_UNITS]


async def own_place(desk: Desk, unit: UUID | None) -> PlaceInfo | None:
    """None for a unit that another authority is competent for."""
    found = await desk.room.places.by_id(unit) if unit else None
    return found if found and found.authority_id == desk.actor.authority_id else None


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
