"""What is done about a report of worse treatment: the fields of each act, and the call that does it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from adapters.http.web.staff.forms import LINE, TEXT, Field, Typed
from adapters.http.web.staff.room import Desk
from application.ports import Receipt
from domain.protection.vocabulary import ProtectionOutcome

ACTS = ("takings", "measures", "closures", "hand-overs")
"""In the order of the page. The names are those of the API's paths."""


async def fields_of(desk: Desk, task_id: UUID, act: str, typed: Typed) -> list[Field]:
    """With what was typed."""
    match act:
        case "measures":
            return [_area(desk, typed, "note", desk.words.gettext("What was done to protect the sender or the child"))]
        case "closures":
            return _closing(desk, typed)
        case "hand-overs":
            return [await _colleagues(desk, task_id, typed)]
    return []


def _closing(desk: Desk, typed: Typed) -> list[Field]:
    _, label = desk.words.gettext, desk.words.label
    outcomes = tuple((one.value, label("protection-outcome", one.value)) for one in ProtectionOutcome)
    return [
        Field(
            id="outcome",
            kind="radios",
            label=_("What came of it"),
            value=typed.one("outcome"),
            items=outcomes,
            missing=_("Choose what came of it."),
        ),
        Field(
            id="referred_to",
            kind="text",
            label=_("Referred to which body"),
            value=typed.one("referred_to"),
            hint=_("Only where it was referred."),
            required=False,
            most=LINE,
        ),
        _area(
            desk,
            typed,
            "reason",
            _("Reason (stays inside)"),
            hint=_("Needed where nothing was found. It is never a finding against the sender."),
            required=False,
        ),
        _area(desk, typed, "words", _("Words to the sender"), hint=_("The sender reads them on the tracking page.")),
    ]


def _area(desk: Desk, typed: Typed, name: str, label: str, **more: Any) -> Field:
    return Field(id=name, kind="area", label=label, value=typed.one(name), most=TEXT, rows=4, **more)


async def _colleagues(desk: Desk, task_id: UUID, typed: Typed) -> Field:
    _ = desk.words.gettext
    seen, _case = await desk.room.protection.task(desk.actor, task_id)
    others = [one for one in await desk.room.protection.permitted(desk.actor, task_id) if one != seen.state.holder_id]
    names = await desk.room.naming.names(others)
    unnamed = _("An account without a name")
    return Field(
        id="official_id",
        kind="select",
        label=_("Hand over to whom"),
        value=typed.one("official_id"),
        hint=_("Only who may see this task: the child-protection contact and the heads."),
        items=(("", _("Choose …")), *((str(one), names.get(one, unnamed)) for one in others)),
        missing=_("Choose to whom."),
    )


async def perform(desk: Desk, wish: Any, task_id: UUID, act: str, typed: Typed) -> Receipt:
    """Raises what the desk of protection raises."""
    protection, actor = desk.room.protection, desk.actor
    match act:
        case "takings":
            return await protection.take(actor, wish, task_id)
        case "measures":
            return await protection.note_measure(actor, wish, task_id, typed.one("note"))
        case "hand-overs":
            return await protection.hand_over(actor, wish, task_id, UUID(typed.one("official_id")))
        case _:
            return await protection.close(
                actor,
                wish,
                task_id,
                outcome=ProtectionOutcome(typed.one("outcome")),
                referred_to=typed.one("referred_to"),
                reason=typed.one("reason"),
                words=typed.one("words"),
            )
