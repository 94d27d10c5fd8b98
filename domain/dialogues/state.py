"""What a dialogue meeting has come to: only what its rules and the policies read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import assert_never
from uuid import UUID

import msgspec
from msgspec.structs import replace

from domain.dialogues import events as f
from domain.dialogues.vocabulary import SETTLED, Addressed, OpinionStatus


class OpinionState(msgspec.Struct, frozen=True):
    """One opinion. `mark`: the commitment to its words, by which the same row sent again is known."""

    mark: bytes = b""
    status: OpinionStatus = OpinionStatus.RECORDED
    level: Addressed | None = None
    routed: bool = False


class Dialogue(msgspec.Struct, frozen=True):
    """One meeting. `opinions` by running number."""

    authority_id: UUID | None = None
    subject_id: UUID | None = None
    title: str = ""
    announced: bool = False
    held_on: date | None = None
    opinions: Mapping[int, OpinionState] = {}
    aside: Mapping[UUID, bytes] = {}
    """Rows that wait, each with the commitment to its cells."""
    summarised: bool = False
    closed: bool = False
    published: bool = False

    def open_numbers(self) -> list[int]:
        """Neither answered nor passed on, in order."""
        return sorted(number for number, one in self.opinions.items() if one.status not in SETTLED)

    def count(self, status: OpinionStatus) -> int:
        """How many stand so; over all of these it is the number of opinions."""
        return sum(one.status is status for one in self.opinions.values())

    @property
    def next_number(self) -> int:
        """The running number that comes after the highest."""
        return max(self.opinions, default=0) + 1


def evolve(state: Dialogue | None, fact: f.DialogueFact) -> Dialogue:  # noqa: C901, PLR0911, PLR0912 - one arm per fact
    """Rule-free and total."""
    state = state or Dialogue()
    match fact:
        case f.DialoguePlanned():
            return replace(state, authority_id=fact.authority_id, subject_id=fact.subject_id, title=fact.title)
        case f.DialogueAnnounced():
            return replace(state, announced=True)
        case f.DialogueMeetingHeld():
            return replace(state, held_on=fact.held_on)
        case f.DialogueMinutesFiled():
            return state
        case f.OpinionsRecorded():
            new = {one.number: OpinionState(one.text.commitment, level=one.level) for one in fact.opinions}
            aside = _without(state.aside, fact.mended)
            return replace(state, opinions={**state.opinions, **new}, aside=aside, summarised=False)
        case f.RowsKeptBack():
            new_rows = {row.id: row.cells.commitment for row in fact.rows}
            return replace(state, aside={**state.aside, **new_rows})
        case f.RowDismissed():
            return replace(state, aside=_without(state.aside, (fact.row_id,)))
        case f.OpinionsRouted():
            return _each(state, fact.numbers, OpinionStatus.ROUTED, level=fact.level, routed=True)
        case f.OpinionAnswered():
            return _each(state, (fact.number,), OpinionStatus.ANSWERED)
        case f.OpinionsTransferred():
            return _each(state, fact.numbers, OpinionStatus.TRANSFERRED)
        case f.OpinionReopened():
            return _reopened(state, fact.number)
        case f.DialogueSummarised():
            return replace(state, summarised=True)
        case f.DialogueBatchClosed():
            return replace(state, closed=True)
        case f.DialogueSummaryPublished():
            return replace(state, published=True)
        case f.DialogueSummaryWithdrawn():
            return replace(state, published=False)
        case _:
            assert_never(fact)


def _without(aside: Mapping[UUID, bytes], gone: Iterable[UUID]) -> Mapping[UUID, bytes]:
    left_out = set(gone)
    return {row_id: mark for row_id, mark in aside.items() if row_id not in left_out}


def _each(state: Dialogue, numbers: Iterable[int], status: OpinionStatus, **more: object) -> Dialogue:
    changed = {n: replace(state.opinions[n], status=status, **more) for n in numbers if n in state.opinions}
    return replace(state, opinions={**state.opinions, **changed})


def _reopened(state: Dialogue, number: int) -> Dialogue:
    one = state.opinions.get(number)
    if one is None:
        return state
    return _each(state, (number,), OpinionStatus.ROUTED if one.routed else OpinionStatus.RECORDED)
