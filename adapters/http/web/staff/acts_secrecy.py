"""Notes, and who may know of a case and who holds it."""

from __future__ import annotations

from collections.abc import Sequence

from adapters.http.problems import FieldFault, InvalidInputError
from adapters.http.web.staff.act_kinds import Doing, Setting, reason_field
from adapters.http.web.staff.forms import TEXT, Field
from application.ports import Receipt
from domain.feedback.vocabulary import Sensitivity


def note_fields(setting: Setting) -> tuple[Field, ...]:
    """For colleagues."""
    label = setting.words.gettext("Internal note")
    return (Field(id="note", kind="area", label=label, value=setting.value("note"), most=TEXT, rows=4),)


async def add_note(doing: Doing) -> Receipt:
    """Never shown to the sender."""
    return await doing.desk.room.feedback.add_note(doing.actor, doing.wish, doing.case_id, doing.typed.one("note"))


async def declare_involvement(doing: Doing) -> Receipt:
    """Tôi có liên quan."""
    return await doing.desk.room.feedback.declare_involvement(doing.actor, doing.wish, doing.case_id)


def restrict_fields(setting: Setting) -> tuple[Field, ...]:
    """Only the narrow kinds."""
    _ = setting.words.gettext
    narrow = [kind.value for kind in Sensitivity if kind.narrow]
    kind = Field(
        id="sensitivity",
        kind="radios",
        label=_("Who may know of the case"),
        value=setting.value("sensitivity"),
        items=setting.choices("sensitivity", narrow),
    )
    return (kind, reason_field(setting))


async def restrict(doing: Doing) -> Receipt:
    """From now on narrow."""
    sensitivity = Sensitivity(doing.typed.one("sensitivity"))
    return await doing.desk.room.feedback.restrict(
        doing.actor, doing.wish, doing.case_id, sensitivity, doing.typed.one("reason")
    )


def _person(setting: Setting, people: Sequence[tuple[str, str]]) -> Field:
    _ = setting.words.gettext
    items = (("", _("Choose …")), *people)
    return Field(id="official_id", kind="select", label=_("Person"), value=setting.value("official_id"), items=items)


def name_reader_fields(setting: Setting) -> tuple[Field, ...]:
    """A colleague who does not read it yet."""
    view = setting.dossier.answer.view
    known = {*view.readers, *view.involved}
    return (
        _person(setting, [(str(c.id), c.text) for c in setting.colleagues if c.id not in known]),
        reason_field(setting),
    )


async def name_reader(doing: Doing) -> Receipt:
    """Raises InvalidInputError for somebody who is no colleague."""
    chosen = doing.typed.identifier("official_id")
    if chosen is None or await doing.desk.room.officials.colleague(doing.actor, chosen) is None:
        raise InvalidInputError(FieldFault("official_id", "no such colleague"))
    return await doing.desk.room.feedback.name_reader(
        doing.actor, doing.wish, doing.case_id, chosen, doing.typed.one("reason")
    )


def dismiss_reader_fields(setting: Setting) -> tuple[Field, ...]:
    """One of those who were named."""
    dossier = setting.dossier
    people = [(str(person), dossier.name(person)) for person in dossier.answer.view.readers]
    return (_person(setting, people), reason_field(setting))


async def dismiss_reader(doing: Doing) -> Receipt:
    """Raises InvalidInputError when nobody was chosen."""
    chosen = doing.typed.identifier("official_id")
    if chosen is None:
        raise InvalidInputError(FieldFault("official_id", "missing"))
    return await doing.desk.room.feedback.dismiss_reader(
        doing.actor, doing.wish, doing.case_id, chosen, doing.typed.one("reason")
    )


def hand_over_fields(setting: Setting) -> tuple[Field, ...]:
    """Another authority, and the paper by which it goes there."""
    _ = setting.words.gettext
    to = Field(
        id="to_authority_id",
        kind="select",
        label=_("To which authority"),
        value=setting.value("to_authority_id"),
        items=(("", _("Choose …")), *setting.authorities),
    )
    document = Field(
        id="document", kind="text", label=_("Document (number, day)"), value=setting.value("document"), required=False
    )
    return (to, reason_field(setting), document)


async def hand_over(doing: Doing) -> Receipt:
    """Raises InvalidInputError when no authority was chosen."""
    chosen = doing.typed.identifier("to_authority_id")
    if chosen is None:
        raise InvalidInputError(FieldFault("to_authority_id", "missing"))
    return await doing.desk.room.feedback.hand_over(
        doing.actor, doing.wish, doing.case_id, chosen, doing.typed.one("reason"), doing.typed.one("document")
    )
