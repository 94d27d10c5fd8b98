"""The acts of the story at the feedback desk, each waiting for its turn."""

from __future__ import annotations

from collections.abc import Awaitable, Sequence
from datetime import date, datetime
from uuid import UUID

from adapters.demo.photos import photo
from adapters.demo.turn import Act, Turn
from application.explanations import Asking
from application.feedback_intake import Submission
from application.ports import PlaceInfo
from domain.feedback.vocabulary import Channel, Kind, Outcome, Sensitivity


def submit(
    place: PlaceInfo, what: Submission, received_at: datetime | None, late_reason: str, photos: Sequence[str] = ()
) -> Act:
    """By the sender, or by an official for him. `photos`: captions of invented pictures."""

    async def act(turn: Turn) -> None:
        submission = Submission(
            text=what.text,
            topic=what.topic,
            danger=what.danger,
            submitter_role=what.submitter_role,
            identity=what.identity,
            photos=tuple(photo(caption) for caption in photos),
            channel=what.channel,
            received_at=received_at,
            late_reason=late_reason,
            received_at_place=what.received_at_place,
            signs=what.signs,
            paper_day=what.paper_day,
            collected_by=what.collected_by,
        )
        submitted = await turn.desks.feedback.submit(turn.actor, turn.request, place, submission)
        turn.keep_code(submitted.code)

    return act


def acknowledge(turn: Turn) -> Awaitable[object]:
    """Take it in."""
    return turn.desks.feedback.acknowledge(turn.actor, turn.request, turn.case_id)


def classify(kind: Kind, category: str, sub: str, title: str, requests: Sequence[str], reason: str = "") -> Act:
    """The first time, or again with a reason."""
    return lambda turn: turn.desks.feedback.classify(
        turn.actor,
        turn.request,
        turn.case_id,
        kind=kind,
        category=category,
        sub_category=sub,
        title=title,
        requests=requests,
        reason=reason,
    )


def assign(handler: str, reason: str) -> Act:
    """To somebody who is in the post of that day."""

    async def act(turn: Turn) -> None:
        to = await turn.official(handler)
        await turn.desks.feedback.assign(turn.actor, turn.request, turn.case_id, to, reason)

    return act


def ask(question: str) -> Act:
    """A question to the sender."""
    return lambda turn: turn.desks.feedback.ask(turn.actor, turn.request, turn.case_id, question)


def reply(question: int, text: str, channel: Channel, received_at: datetime | None, late_reason: str) -> Act:
    """The answer to a question; `received_at` where it is entered later."""
    return lambda turn: turn.desks.feedback.reply(
        turn.actor,
        turn.request,
        turn.case_id,
        question=question,
        text=text,
        channel=channel,
        received_at=received_at,
        late_reason=late_reason,
    )


def ask_school(questions: Sequence[str], could_know: int) -> Act:
    """A request for explanation, in words of the officer."""
    asking = Asking(questions=questions, could_know=could_know, preview_confirmed=True)
    return lambda turn: turn.desks.explanations.request(turn.actor, turn.request, turn.case_id, asking)


def open_request(explanation_id: UUID) -> Act:
    """The principal reads it."""
    return lambda turn: turn.desks.explanations.open(turn.actor, explanation_id)


def ask_more_time(explanation_id: UUID, until: date, reason: str) -> Act:
    """The principal needs longer."""

    async def act(turn: Turn) -> None:
        await turn.desks.explanations.open(turn.actor, explanation_id)
        await turn.desks.explanations.ask_more_time(turn.actor, turn.request, explanation_id, until, reason)

    return act


def explain(explanation_id: UUID, parts: dict[int, str]) -> Act:
    """The principal answers question by question."""

    async def act(turn: Turn) -> None:
        await turn.desks.explanations.open(turn.actor, explanation_id)
        await turn.desks.explanations.give(turn.actor, turn.request, explanation_id, parts)

    return act


def draft(outcome: Outcome, parts: dict[int, str]) -> Act:
    """The answer, request by request."""
    return lambda turn: turn.desks.feedback.draft(turn.actor, turn.request, turn.case_id, outcome, parts)


def submit_for_release(turn: Turn) -> Awaitable[object]:
    """Lay the draft before a head."""
    return turn.desks.feedback.submit_for_release(turn.actor, turn.request, turn.case_id)


def give_back(reason: str) -> Act:
    """A head wants it mended."""
    return lambda turn: turn.desks.feedback.return_answer(turn.actor, turn.request, turn.case_id, reason)


def release(alone_reason: str = "") -> Act:
    """A head lets the sender read it, or who drafted it and may answer alone."""
    return lambda turn: turn.desks.feedback.release(turn.actor, turn.request, turn.case_id, alone_reason)


def close(reason: str) -> Act:
    """Nothing more is to be done."""
    return lambda turn: turn.desks.feedback.close(turn.actor, turn.request, turn.case_id, reason)


def reopen(reason: str) -> Act:
    """By who acts: the sender or a head."""
    return lambda turn: turn.desks.feedback.reopen(turn.actor, turn.request, turn.case_id, reason)


def note(text: str) -> Act:
    """For colleagues."""
    return lambda turn: turn.desks.feedback.add_note(turn.actor, turn.request, turn.case_id, text)


def declare_involvement(turn: Turn) -> Awaitable[object]:
    """Tôi có liên quan."""
    return turn.desks.feedback.declare_involvement(turn.actor, turn.request, turn.case_id)


def restrict(reason: str) -> Act:
    """Handler, head and named people only."""
    return lambda turn: turn.desks.feedback.restrict(
        turn.actor, turn.request, turn.case_id, Sensitivity.RESTRICTED, reason
    )


def name_reader(account_id: UUID, reason: str) -> Act:
    """One more may see it."""
    return lambda turn: turn.desks.feedback.name_reader(turn.actor, turn.request, turn.case_id, account_id, reason)


def dismiss_reader(account_id: UUID, reason: str) -> Act:
    """One fewer."""
    return lambda turn: turn.desks.feedback.dismiss_reader(turn.actor, turn.request, turn.case_id, account_id, reason)


def hand_over(to_authority: UUID, reason: str, document: str) -> Act:
    """To the authority that is competent now."""
    return lambda turn: turn.desks.feedback.hand_over(
        turn.actor, turn.request, turn.case_id, to_authority, reason, document
    )


def rederive(reason: str) -> Act:
    """Count the running terms again by the calendar of now."""
    return lambda turn: turn.desks.feedback.rederive(turn.actor, turn.request, turn.case_id, reason)
