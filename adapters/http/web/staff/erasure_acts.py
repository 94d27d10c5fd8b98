"""The steps of an erasure: the fields of each one, and the method of the desk that does it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

import msgspec

from adapters.http.web.staff.act_kinds import Doing
from adapters.http.web.staff.acts_answer import received_fields
from adapters.http.web.staff.forms import Field, Typed
from adapters.http.web.staff.moments import read_moment
from adapters.http.web.staff.words import Words
from application.access import NotVisibleError
from application.ports import Receipt
from domain.privacy.erasure import Erasure
from domain.privacy.vocabulary import ErasureGround, RefusalGround


class Erasing(msgspec.Struct, frozen=True):
    """One act: its fields and what does it."""

    fields: Callable[[Words, Typed, Erasure | None], tuple[Field, ...]]
    perform: Callable[[Doing], Awaitable[Receipt]]
    warning: bool = False


def _paper(words: Words, typed: Typed) -> Field:
    label = words.gettext("Document (number, day)")
    return Field(id="document", kind="text", label=label, value=typed.one("document"), most=300)


def _reason(words: Words, typed: Typed) -> Field:
    return Field(id="reason", kind="area", label=words.gettext("Reason"), value=typed.one("reason"), rows=3)


def _ground(words: Words, typed: Typed, kind: str, codes: list[str]) -> Field:
    _ = words.gettext
    items = (("", _("Choose …")), *((code, words.label(kind, code)) for code in codes))
    return Field(id="ground", kind="select", label=_("Ground"), value=typed.one("ground"), items=items)


def _request_fields(words: Words, typed: Typed, _state: Erasure | None) -> tuple[Field, ...]:
    _ = words.gettext
    note = Field(
        id="note",
        kind="area",
        label=_("Note"),
        value=typed.one("note"),
        required=False,
        rows=2,
        hint=_("Sealed with the data of the sender; it is erased with them."),
    )
    grounds = _ground(words, typed, "erasure-ground", [ground.value for ground in ErasureGround])
    return (grounds, _paper(words, typed), note, *received_fields(words, typed.one))


def _refusal_fields(words: Words, typed: Typed, _state: Erasure | None) -> tuple[Field, ...]:
    grounds = _ground(words, typed, "erasure-refusal", [ground.value for ground in RefusalGround])
    return (grounds, _reason(words, typed), _paper(words, typed))


def _approval_fields(words: Words, typed: Typed, _state: Erasure | None) -> tuple[Field, ...]:
    return (_paper(words, typed),)


def _hold_fields(words: Words, typed: Typed, _state: Erasure | None) -> tuple[Field, ...]:
    return (_reason(words, typed), _paper(words, typed))


def _lifting_fields(words: Words, typed: Typed, state: Erasure | None) -> tuple[Field, ...]:
    _ = words.gettext
    holds = sorted(state.holds) if state else []
    items = tuple((str(hold), _("Hold %(number)s") % {"number": str(hold)[:8]}) for hold in holds)
    value = typed.one("hold_id") or (items[0][0] if items else "")
    hold = Field(id="hold_id", kind="select", label=_("Which hold"), value=value, items=items)
    return (hold, *_hold_fields(words, typed, state))


async def _ask(doing: Doing) -> Receipt:
    typed, text = doing.typed, doing.typed.one("received_at")
    return await doing.desk.room.privacy.request_erasure(
        doing.actor,
        doing.wish,
        doing.case_id,
        ground=ErasureGround(typed.one("ground")),
        document=typed.one("document"),
        note=typed.one("note"),
        received_at=read_moment(text) if text else None,
        late_reason=typed.one("late_reason"),
    )


async def _refuse(doing: Doing) -> Receipt:
    return await doing.desk.room.privacy.refuse(
        doing.actor,
        doing.wish,
        doing.case_id,
        ground=RefusalGround(doing.typed.one("ground")),
        reason=doing.typed.one("reason"),
        document=doing.typed.one("document"),
    )


async def _approve(doing: Doing) -> Receipt:
    document = doing.typed.one("document")
    return await doing.desk.room.privacy.approve(doing.actor, doing.wish, doing.case_id, document=document)


async def _hold(doing: Doing) -> Receipt:
    return await doing.desk.room.privacy.place_hold(
        doing.actor, doing.wish, doing.case_id, reason=doing.typed.one("reason"), document=doing.typed.one("document")
    )


async def _lift(doing: Doing) -> Receipt:
    hold = doing.typed.identifier("hold_id")
    if hold is None:
        raise NotVisibleError
    return await doing.desk.room.privacy.lift_hold(
        doing.actor,
        doing.wish,
        doing.case_id,
        hold,
        reason=doing.typed.one("reason"),
        document=doing.typed.one("document"),
    )


ERASING: Mapping[str, Erasing] = {
    "erasure-requests": Erasing(_request_fields, _ask),
    "erasure-refusals": Erasing(_refusal_fields, _refuse),
    "erasure-approvals": Erasing(_approval_fields, _approve, warning=True),
    "legal-holds": Erasing(_hold_fields, _hold),
    "legal-hold-liftings": Erasing(_lifting_fields, _lift),
}
