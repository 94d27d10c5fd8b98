"""Working on the answer: ask, take a reply down, draft, submit, return, release, close, reopen."""

from __future__ import annotations

from collections.abc import Callable

from adapters.http.problems import FieldFault, InvalidInputError
from adapters.http.web.staff.act_kinds import Doing, Setting
from adapters.http.web.staff.forms import REASON, TEXT, Field, Typed
from adapters.http.web.staff.moments import read_moment
from adapters.http.web.staff.words import Words
from application.ports import Receipt
from domain.feedback.vocabulary import Channel, Outcome


def ask_fields(setting: Setting) -> tuple[Field, ...]:
    """The question as the sender will read it."""
    _ = setting.words.gettext
    value = setting.value("question")
    return (Field(id="question", kind="area", label=_("Question to the sender"), value=value, most=TEXT, rows=4),)


async def ask(doing: Doing) -> Receipt:
    """Đề nghị bổ sung thông tin."""
    return await doing.desk.room.feedback.ask(doing.actor, doing.wish, doing.case_id, doing.typed.one("question"))


def reply_fields(setting: Setting) -> tuple[Field, ...]:
    """A reply that came by another way than the tracking page."""
    _, dossier = setting.words.gettext, setting.dossier
    open_ones = [m for m in dossier.answer.view.messages if m.reply is None and not m.lapsed]
    questions = tuple((str(m.number), f"{m.number}. {dossier.said(m.question)[:120]}") for m in open_ones)
    first = questions[0][0] if questions else ""
    ways = [channel.value for channel in Channel if channel is not Channel.QR]
    return (
        Field(
            id="question",
            kind="select",
            label=_("To which question"),
            value=setting.value("question", first),
            items=questions,
        ),
        Field(
            id="text", kind="area", label=_("What the sender answered"), value=setting.value("text"), most=TEXT, rows=5
        ),
        Field(
            id="channel",
            kind="select",
            label=_("How it came"),
            value=setting.value("channel"),
            items=(("", _("Choose …")), *setting.choices("channel", ways)),
        ),
        *received_fields(setting.words, setting.value),
    )


def received_fields(words: Words, value: Callable[[str], str]) -> tuple[Field, ...]:
    """When it was received, if that was earlier than now, and why it is entered only now."""
    _ = words.gettext
    return (
        Field(
            id="received_at",
            kind="moment",
            label=_("Received at"),
            value=value("received_at"),
            required=False,
            hint=_("Leave it empty if it was received just now."),
        ),
        Field(
            id="late_reason",
            kind="text",
            label=_("Why it is entered later"),
            value=value("late_reason"),
            required=False,
            most=REASON,
            hint=_("Needed when it was received earlier. The history shows how late it was recorded."),
        ),
    )


async def reply(doing: Doing) -> Receipt:
    """A reply that came by another way."""
    typed = doing.typed
    text = typed.one("received_at")
    received = read_moment(text) if text else None
    if text and received is None:
        raise InvalidInputError(FieldFault("received_at", "no moment"))
    return await doing.desk.room.feedback.reply(
        doing.actor,
        doing.wish,
        doing.case_id,
        question=int(typed.one("question")),
        text=typed.one("text"),
        channel=Channel(typed.one("channel")),
        received_at=received,
        late_reason=typed.one("late_reason"),
    )


def draft_fields(setting: Setting) -> tuple[Field, ...]:
    """One answer for each request, prefilled with the last draft."""
    _, dossier = setting.words.gettext, setting.dossier
    last, view = dossier.draft, dossier.answer.view
    before = {part.request: dossier.text(part.text) or "" for part in last.parts} if last else {}
    outcome = Field(
        id="outcome",
        kind="radios",
        label=_("Outcome"),
        value=setting.value("outcome", last.outcome if last else ""),
        items=setting.choices("outcome", [outcome.value for outcome in Outcome]),
    )
    answers = tuple(
        Field(
            id=f"part-{item.number}",
            kind="area",
            label=_("Answer to request %(number)s: %(text)s")
            % {"number": item.number, "text": dossier.said(item.text)},
            value=setting.value(f"part-{item.number}", before.get(item.number, "")),
            required=False,
            most=TEXT,
            rows=5,
        )
        for item in view.requests
    )
    return (outcome, *answers)


async def draft(doing: Doing) -> Receipt:
    """Request by request; empty ones are not covered yet."""
    outcome, parts = Outcome(doing.typed.one("outcome")), typed_parts(doing.typed)
    return await doing.desk.room.feedback.draft(doing.actor, doing.wish, doing.case_id, outcome, parts)


def typed_parts(typed: Typed) -> dict[int, str]:
    """What was answered, by the number of the request."""
    return {
        int(name.removeprefix("part-")): text
        for name, text in typed.texts()
        if name.startswith("part-") and name.removeprefix("part-").isdecimal()
    }


async def submit_for_release(doing: Doing) -> Receipt:
    """On to the head’s desk."""
    return await doing.desk.room.feedback.submit_for_release(doing.actor, doing.wish, doing.case_id)


async def release(doing: Doing) -> Receipt:
    """The sender can read it."""
    return await doing.desk.room.feedback.release(
        doing.actor, doing.wish, doing.case_id, doing.typed.one("alone_reason")
    )


async def give_back(doing: Doing) -> Receipt:
    """Back to the drafter."""
    return await doing.desk.room.feedback.return_answer(
        doing.actor, doing.wish, doing.case_id, doing.typed.one("reason")
    )


async def close(doing: Doing) -> Receipt:
    """Nothing more is done."""
    return await doing.desk.room.feedback.close(doing.actor, doing.wish, doing.case_id, doing.typed.one("reason"))


async def reopen(doing: Doing) -> Receipt:
    """A new term begins."""
    return await doing.desk.room.feedback.reopen(doing.actor, doing.wish, doing.case_id, doing.typed.one("reason"))
