"""The other ways of a case as forms: split, duplicate, transfer, guide, find ineligible, spam, withdraw, and back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from uuid import UUID

from adapters.http.problems import FieldFault, InvalidInputError
from adapters.http.web.staff.act_kinds import Doing, Setting, reason_field
from adapters.http.web.staff.acts_answer import draft_fields, received_fields, typed_parts
from adapters.http.web.staff.forms import LINE, TEXT, Field
from adapters.http.web.staff.moments import read_moment
from application.ports import Receipt
from domain.feedback.pieces import pieces_of
from domain.feedback.vocabulary import AssessedAs, Channel, GuidedTo, IneligibleGround, Outcome, TextPlace
from projections.case_list import case_of_number

MOST_PARTS = 5


def split_fields(setting: Setting) -> tuple[Field, ...]:
    """For each piece of the text the case that takes it."""
    _, dossier = setting.words.gettext, setting.dossier
    text = dossier.text(dossier.answer.view.opened.content) or ""
    parts = tuple((str(n), _("Part %(number)s") % {"number": n}) for n in range(1, MOST_PARTS + 1))
    choices = (("", _("Choose …")), *parts, ("all", _("Every part")))
    pieces = tuple(
        Field(id=f"piece-{n}", kind="select", label=piece, value=setting.value(f"piece-{n}"), items=choices)
        for n, piece in enumerate(pieces_of(text), start=1)
    )
    return (*pieces, reason_field(setting))


async def split(doing: Doing) -> Receipt:
    """Parts are numbered as they were chosen; numbers that nobody chose are no parts."""
    chosen = {
        int(name.removeprefix("piece-")): value
        for name, value in doing.typed.texts()
        if name.startswith("piece-") and name.removeprefix("piece-").isdecimal()
    }
    numbers = sorted({value for value in chosen.values() if value.isdecimal()})
    parts = [[piece for piece, value in sorted(chosen.items()) if value in {number, "all"}] for number in numbers]
    return await doing.desk.room.feedback.split(
        doing.actor, doing.wish, doing.case_id, parts, doing.typed.one("reason")
    )


def duplicate_fields(setting: Setting) -> tuple[Field, ...]:
    """The register number of the case that goes on."""
    _ = setting.words.gettext
    hint = _("It must be a case of this authority that has not ended.")
    label = _("Number of the case that goes on")
    other = Field(id="of", kind="text", label=label, value=setting.value("of"), hint=hint, most=LINE)
    return (other, reason_field(setting))


async def link_duplicate(doing: Doing) -> Receipt:
    """Raises InvalidInputError for a number that this person does not find."""
    desk = doing.desk
    authority = desk.actor.authority_id
    other = await case_of_number(desk.room.db, authority, doing.typed.one("of")) if authority else None
    if other is None:
        raise InvalidInputError(FieldFault("of", "no such case"))
    return await desk.room.feedback.link_duplicate(
        doing.actor, doing.wish, doing.case_id, other, doing.typed.one("reason")
    )


def transfer_fields(setting: Setting) -> tuple[Field, ...]:
    """An authority of this store, or a body outside by its name."""
    _ = setting.words.gettext
    return (
        Field(
            id="to_authority_id",
            kind="select",
            label=_("To which authority"),
            value=setting.value("to_authority_id"),
            items=(("", _("A body outside this system")), *setting.authorities),
            required=False,
        ),
        _line(setting, "receiver", _("Name of the body"), _("Needed for a body outside this system."), required=False),
        _line(setting, "where_to_ask", _("Where the sender can ask"), _("Address or telephone; the sender reads it.")),
        _document(setting),
        reason_field(setting),
    )


async def transfer(doing: Doing) -> Receipt:
    """Phiếu chuyển đơn."""
    typed = doing.typed
    return await doing.desk.room.feedback.transfer(
        doing.actor,
        doing.wish,
        doing.case_id,
        receiver=typed.one("receiver"),
        where_to_ask=typed.one("where_to_ask"),
        document=typed.one("document"),
        reason=typed.one("reason"),
        to_authority=typed.identifier("to_authority_id"),
    )


def guide_fields(setting: Setting) -> tuple[Field, ...]:
    """What the sender has to do instead."""
    _ = setting.words.gettext
    return (
        _radios(setting, "to", _("Guide towards"), "guided-to", [way.value for way in GuidedTo]),
        _guidance(setting),
        _document(setting),
    )


async def guide(doing: Doing) -> Receipt:
    """Phiếu hướng dẫn."""
    typed = doing.typed
    return await doing.desk.room.feedback.guide(
        doing.actor, doing.wish, doing.case_id, GuidedTo(typed.one("to")), typed.one("guidance"), typed.one("document")
    )


def ineligible_fields(setting: Setting) -> tuple[Field, ...]:
    """The ground, and the reason as the sender reads it."""
    _ = setting.words.gettext
    grounds = [ground.value for ground in IneligibleGround]
    return (_radios(setting, "ground", _("Ground"), "ineligible-ground", grounds), reason_field(setting))


async def find_ineligible(doing: Doing) -> Receipt:
    """Kept for a year."""
    ground = IneligibleGround(doing.typed.one("ground"))
    return await doing.desk.room.feedback.find_ineligible(
        doing.actor, doing.wish, doing.case_id, ground, doing.typed.one("reason")
    )


def purge_fields(setting: Setting) -> tuple[Field, ...]:
    """The signed list."""
    return (_document(setting, required=True),)


async def purge(doing: Doing) -> Receipt:
    """After the kept year."""
    return await doing.desk.room.feedback.purge(doing.actor, doing.wish, doing.case_id, doing.typed.one("document"))


def alone_fields(setting: Setting) -> tuple[Field, ...]:
    """Why one person does both halves, where that is so."""
    _ = setting.words.gettext
    hint = _("Only if the authority has nobody else. It is listed for the auditor.")
    label = _("The authority has only one person: why it could not wait")
    value = setting.value("alone_reason")
    return (Field(id="alone_reason", kind="area", label=label, value=value, hint=hint, required=False, rows=2),)


async def agree_on_spam(doing: Doing) -> Receipt:
    """The second of two."""
    return await doing.desk.room.feedback.agree_on_spam(
        doing.actor, doing.wish, doing.case_id, doing.typed.one("alone_reason")
    )


def withdraw_fields(setting: Setting) -> tuple[Field, ...]:
    """What the sender said or wrote."""
    _ = setting.words.gettext
    ways = [channel.value for channel in Channel if channel is not Channel.QR]
    how = Field(
        id="channel",
        kind="select",
        label=_("How it came"),
        value=setting.value("channel"),
        items=(("", _("Choose …")), *setting.choices("channel", ways)),
    )
    return (how, reason_field(setting, required=False), *received_fields(setting.words, setting.value))


async def withdraw(doing: Doing) -> Receipt:
    """Recorded for the sender."""
    typed = doing.typed
    text = typed.one("received_at")
    received = read_moment(text) if text else None
    if text and received is None:
        raise InvalidInputError(FieldFault("received_at", "no moment"))
    return await doing.desk.room.feedback.withdraw(
        doing.actor,
        doing.wish,
        doing.case_id,
        typed.one("reason"),
        channel=Channel(typed.one("channel")),
        received_at=received,
        late_reason=typed.one("late_reason"),
    )


def correct_fields(setting: Setting) -> tuple[Field, ...]:
    """The answer that was sent, to be put right, and why."""
    return (*draft_fields(setting), reason_field(setting))


async def correct(doing: Doing) -> Receipt:
    """The answer as it should have read."""
    outcome, typed = Outcome(doing.typed.one("outcome")), doing.typed
    return await doing.desk.room.feedback.draft_correction(
        doing.actor, doing.wish, doing.case_id, outcome, typed_parts(typed), typed.one("reason")
    )


async def release_correction(doing: Doing) -> Receipt:
    """By a second person."""
    return await doing.desk.room.feedback.release_correction(
        doing.actor, doing.wish, doing.case_id, doing.typed.one("alone_reason")
    )


def hide_fields(setting: Setting) -> tuple[Field, ...]:
    """Which text, and its whole wording from now on."""
    _, dossier = setting.words.gettext, setting.dossier
    view = dossier.answer.view
    texts = [("0", setting.words.label("text-place", "content"))]
    for message in view.messages:
        if message.reply is not None:
            label = _("Reply %(number)s: %(text)s") % {
                "number": message.number,
                "text": dossier.said(message.reply)[:80],
            }
            texts.append((str(message.number), label))
    now = dossier.text(view.opened.content) or ""
    hint = _("Write the text again without the name, for example with […] in its place.")
    return (
        Field(id="which", kind="select", label=_("Which text"), value=setting.value("which", "0"), items=tuple(texts)),
        Field(
            id="text",
            kind="area",
            label=_("Wording that everybody sees from now on"),
            value=setting.value("text", now),
            hint=hint,
            most=TEXT,
            rows=8,
        ),
        reason_field(setting),
    )


async def hide_words(doing: Doing) -> Receipt:
    """At every moment that is looked at."""
    which = doing.typed.one("which")
    number = int(which) if which.isdecimal() else 0
    place = TextPlace.REPLY if number else TextPlace.CONTENT
    return await doing.desk.room.feedback.hide_words(
        doing.actor, doing.wish, doing.case_id, place, number, doing.typed.one("text"), doing.typed.one("reason")
    )


def open_information_fields(setting: Setting) -> tuple[Field, ...]:
    """Who reads it besides handler and head, and what the sender is told."""
    _ = setting.words.gettext
    view = setting.dossier.answer.view
    people = tuple((str(c.id), c.text) for c in setting.colleagues if c.id not in view.involved)
    reader = Field(
        id="reader_id",
        kind="select",
        label=_("One more person who reads it"),
        value=setting.value("reader_id"),
        items=(("", _("Handler and head only")), *people),
        required=False,
    )
    return (reader, _guidance(setting), reason_field(setting))


async def open_information(doing: Doing) -> Receipt:
    """Never a denunciation."""
    chosen = doing.typed.identifier("reader_id")
    if chosen is not None and await doing.desk.room.officials.colleague(doing.actor, chosen) is None:
        raise InvalidInputError(FieldFault("reader_id", "no such colleague"))
    readers: tuple[UUID, ...] = (chosen,) if chosen else ()
    return await doing.desk.room.feedback.open_information(
        doing.actor, doing.wish, doing.case_id, readers, doing.typed.one("guidance"), doing.typed.one("reason")
    )


def assess_fields(setting: Setting) -> tuple[Field, ...]:
    """What is done with the information."""
    _ = setting.words.gettext
    text = Field(
        id="assessment", kind="area", label=_("Assessment"), value=setting.value("assessment"), most=TEXT, rows=6
    )
    return (
        _radios(setting, "result", _("Result"), "assessed-as", [result.value for result in AssessedAs]),
        text,
        _line(setting, "receiver", _("Name of the body"), _("Needed when it is transferred."), required=False),
    )


async def assess(doing: Doing) -> Receipt:
    """Afterwards it is closed."""
    typed = doing.typed
    return await doing.desk.room.feedback.assess_information(
        doing.actor,
        doing.wish,
        doing.case_id,
        AssessedAs(typed.one("result")),
        typed.one("assessment"),
        typed.one("receiver"),
    )


def because(method: str) -> Callable[[Doing], Awaitable[Receipt]]:
    """Acts that need nothing but a reason."""

    async def perform(doing: Doing) -> Receipt:
        done: Receipt = await getattr(doing.desk.room.feedback, method)(
            doing.actor, doing.wish, doing.case_id, doing.typed.one("reason")
        )
        return done

    return perform


def _line(setting: Setting, name: str, label: str, hint: str = "", *, required: bool = True) -> Field:
    value = setting.value(name)
    return Field(id=name, kind="text", label=label, value=value, hint=hint, required=required, most=LINE)


def _document(setting: Setting, *, required: bool = False) -> Field:
    return _line(setting, "document", setting.words.gettext("Document (number, day)"), required=required)


def _guidance(setting: Setting) -> Field:
    _ = setting.words.gettext
    hint = _("Where, at what hours, with which papers; for a denunciation also what protects who denounces.")
    label = _("Guidance that the sender reads")
    value = setting.value("guidance")
    return Field(id="guidance", kind="area", label=label, value=value, hint=hint, most=TEXT, rows=6)


def _radios(setting: Setting, name: str, label: str, kind: str, codes: list[str]) -> Field:
    items = setting.choices(kind, codes)
    return Field(id=name, kind="radios", label=label, value=setting.value(name), items=items)
