"""What an act on a case is for a page: its fields, and the method of the desk that does it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from uuid import UUID

import msgspec

from adapters.http.web.staff.dossier import Colleague, Dossier
from adapters.http.web.staff.forms import REASON, Field, Typed
from adapters.http.web.staff.room import Desk
from adapters.http.web.staff.words import Words
from application.access import Actor
from application.ports import Receipt, Request


class Setting(msgspec.Struct, frozen=True, kw_only=True):
    """What the fields of an act are made from."""

    dossier: Dossier
    words: Words
    typed: Typed | None
    colleagues: Sequence[Colleague] = ()
    authorities: Sequence[tuple[str, str]] = ()

    def value(self, name: str, otherwise: str = "") -> str:
        """What was typed; before that what the case has."""
        return otherwise if self.typed is None else self.typed.one(name)

    def choices(self, kind: str, codes: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """Codes with their labels."""
        return tuple((code, self.words.label(kind, code)) for code in codes)


class Doing(msgspec.Struct, frozen=True):
    """One wish to be carried out."""

    desk: Desk
    wish: Request
    case_id: UUID
    typed: Typed

    @property
    def actor(self) -> Actor:
        """Who does it."""
        return self.desk.actor


Perform = Callable[[Doing], Awaitable[Receipt]]
Fields = Callable[[Setting], tuple[Field, ...]]


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """One of them. `aliases`: fields of refusals that have another name on the page."""

    name: str
    fields: Fields
    perform: Perform
    warning: bool = False
    aliases: Mapping[str, str] = {}
    shows_draft: bool = False
    hides_case: bool = False
    """Afterwards the case may be out of sight."""


def none(_setting: Setting) -> tuple[Field, ...]:
    """Acts that need no words."""
    return ()


def reason_field(setting: Setting, *, required: bool = True, most: int = REASON) -> Field:
    """Why it is done."""
    label = setting.words.gettext("Reason")
    return Field(
        id="reason", kind="area", label=label, value=setting.value("reason"), required=required, most=most, rows=3
    )


def only_reason(setting: Setting) -> tuple[Field, ...]:
    """Acts that need nothing but a reason."""
    return (reason_field(setting),)
