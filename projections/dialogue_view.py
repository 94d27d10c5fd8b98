"""One dialogue meeting with everything that was said, folded from its own facts at any moment. Texts stay sealed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

import msgspec
from msgspec.structs import replace

from application.ports import Recorded
from domain.dialogues import events as f
from domain.dialogues.parts import DialoguePaper, Opinion, RowAside
from domain.dialogues.vocabulary import Addressed, OpinionStatus
from domain.kernel import Fact, Sealed
from projections.dialogues import DialogueRow, Dialogues


class OpinionView(msgspec.Struct, frozen=True, kw_only=True):
    """An opinion as it stands; `said` is what was recorded, the rest what became of it."""

    said: Opinion
    status: OpinionStatus = OpinionStatus.RECORDED
    routed: bool = False
    level: Addressed | None = None
    body: str = ""
    due_on: date | None = None
    due_reason: str = ""
    answer: Sealed | None = None
    answered_on: date | None = None
    receiver: str = ""
    transferred_on: date | None = None
    document: str = ""

    @property
    def number(self) -> int:
        """Its running number."""
        return self.said.number


class Announcement(msgspec.Struct, frozen=True):
    """On which day those who are invited were told, and how."""

    on: date
    how: str


class Published(msgspec.Struct, frozen=True):
    """What stands on the public page."""

    at: datetime
    fact: f.DialogueSummaryPublished


class DialogueView(msgspec.Struct, frozen=True, kw_only=True):
    """The meeting. `row`: the same as lists have it."""

    row: DialogueRow
    planned: f.DialoguePlanned
    announcements: tuple[Announcement, ...] = ()
    held: f.DialogueMeetingHeld | None = None
    minutes: DialoguePaper | None = None
    opinions: dict[int, OpinionView] = {}
    aside: dict[UUID, RowAside] = {}
    summary: Sealed | None = None
    published: Published | None = None

    @property
    def in_order(self) -> list[OpinionView]:
        """By running number."""
        return [self.opinions[number] for number in sorted(self.opinions)]


def dialogue_view(history: Iterable[Recorded]) -> DialogueView | None:
    """None where it was not planned yet."""
    view: DialogueView | None = None
    fold = Dialogues().fold
    for recorded in history:
        fact = recorded.fact
        row = fold(view.row if view else None, fact, recorded)
        if isinstance(fact, f.DialoguePlanned) and row is not None:
            view = DialogueView(row=row, planned=fact)
        elif view is not None and row is not None:
            view = _on(replace(view, row=row), fact, recorded.occurred_at)
    return view


def _on(view: DialogueView, fact: Fact, at: datetime) -> DialogueView:  # noqa: C901, PLR0911, PLR0912 - one arm per fact
    match fact:
        case f.DialogueAnnounced():
            told = Announcement(fact.announced_on, fact.how)
            return replace(view, announcements=(*view.announcements, told))
        case f.DialogueMeetingHeld():
            return replace(view, held=fact)
        case f.DialogueMinutesFiled():
            return replace(view, minutes=fact.minutes)
        case f.OpinionsRecorded():
            new = {one.number: _first(one) for one in fact.opinions}
            gone = set(fact.mended)
            aside = {row_id: row for row_id, row in view.aside.items() if row_id not in gone}
            return replace(view, opinions={**view.opinions, **new}, aside=aside)
        case f.RowsKeptBack():
            return replace(view, aside={**view.aside, **{row.id: row for row in fact.rows}})
        case f.RowDismissed():
            left = {row_id: row for row_id, row in view.aside.items() if row_id != fact.row_id}
            return replace(view, aside=left)
        case f.OpinionsRouted():
            return _each(
                view,
                fact.numbers,
                status=OpinionStatus.ROUTED,
                routed=True,
                level=fact.level,
                body=fact.body,
                due_on=fact.due_on,
                due_reason=fact.due_reason,
            )
        case f.OpinionAnswered():
            return _each(
                view,
                (fact.number,),
                status=OpinionStatus.ANSWERED,
                answer=fact.answer,
                answered_on=fact.answered_on,
            )
        case f.OpinionsTransferred():
            return _each(
                view,
                fact.numbers,
                status=OpinionStatus.TRANSFERRED,
                receiver=fact.body,
                transferred_on=fact.transferred_on,
                document=fact.document,
            )
        case f.OpinionReopened():
            return _reopened(view, fact.number)
        case f.DialogueSummarised():
            return replace(view, summary=fact.text)
        case f.DialogueSummaryPublished():
            return replace(view, published=Published(at, fact))
        case f.DialogueSummaryWithdrawn():
            return replace(view, published=None)
    return view


def _first(opinion: Opinion) -> OpinionView:
    return OpinionView(
        said=opinion,
        level=opinion.level,
        body=opinion.body,
        due_on=opinion.due_on,
        due_reason=opinion.due_reason,
    )


def _each(view: DialogueView, numbers: Iterable[int], **more: object) -> DialogueView:
    changed = {n: replace(view.opinions[n], **more) for n in numbers if n in view.opinions}
    return replace(view, opinions={**view.opinions, **changed})


def _reopened(view: DialogueView, number: int) -> DialogueView:
    one = view.opinions.get(number)
    if one is None:
        return view
    return _each(
        view,
        (number,),
        status=OpinionStatus.ROUTED if one.routed else OpinionStatus.RECORDED,
        answer=None,
        answered_on=None,
        receiver="",
        transferred_on=None,
        document="",
    )


def of_opinion(history: Iterable[Recorded], number: int) -> list[Recorded]:
    """The facts that speak of one opinion, in their order."""
    return [recorded for recorded in history if number in _numbers(recorded.fact)]


def _numbers(fact: Fact) -> set[int]:
    match fact:
        case f.OpinionsRecorded():
            return {one.number for one in fact.opinions}
        case f.OpinionsRouted() | f.OpinionsTransferred():
            return set(fact.numbers)
        case f.OpinionAnswered() | f.OpinionReopened():
            return {fact.number}
    return set()
