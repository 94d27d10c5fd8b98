"""What clients send about dialogue meetings."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

import msgspec

from adapters.http.api.feedback import Line, Reason, Text
from application.dialogue_sheet import MOST_ROWS
from domain.dialogues.recording import MOST_OPINIONS
from domain.dialogues.vocabulary import Addressed

Words = Annotated[str, msgspec.Meta(max_length=500)]
Cell = Annotated[str, msgspec.Meta(max_length=20_000)]
Number = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
Numbers = Annotated[list[Number], msgspec.Meta(min_length=1, max_length=MOST_OPINIONS)]


class PlanBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`invited`: which groups; no names. `chair_name` may stay empty."""

    title: Line
    matter: Text
    planned_on: date
    place: Line
    chair_post: Line
    invited: Text
    chair_name: Words = ""


class AnnounceBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    announced_on: date
    how: Line


class MeetingMinutesBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`content` in base64: JPEG, PNG, WebP or PDF."""

    name: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    content: bytes


class HoldMeetingBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Without `minutes` they are sent later."""

    held_on: date
    participants: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
    minutes: MeetingMinutesBody | None = None


class RowBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One row as it stands in a sheet, so as text: what cannot be taken is kept.

    `row_id`: a row kept before that this one mends. `again`: another speaker said the same words.
    """

    text: Cell = ""
    number: Annotated[str, msgspec.Meta(max_length=20)] = ""
    speaker: Cell = ""
    level: Cell = ""
    body: Cell = ""
    due_on: Cell = ""
    due_reason: Cell = ""
    row_id: UUID | None = None
    again: bool = False


class OpinionsBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One of the three: `rows`; `sheet`, cells as pasted; `workbook`, an XLSX file in base64."""

    rows: Annotated[list[RowBody], msgspec.Meta(max_length=MOST_ROWS)] = []
    sheet: str = ""
    workbook: bytes = b""


class DismissBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    row_id: UUID
    reason: Reason = ""


class RouteBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`due_on` is yours to set, with `due_reason`: no law sets it."""

    numbers: Numbers
    level: Addressed
    due_on: date
    due_reason: Reason = ""
    body: Words = ""


class AnswerBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    number: Number
    answer: Text
    answered_on: date


class TransferOpinionsBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`document`: by which paper."""

    numbers: Numbers
    receiver: Words
    transferred_on: date
    document: Words = ""


class ReopenBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    number: Number
    reason: Reason = ""


class SummaryBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    text: Text


class PublishBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`confirmed`: you read it, and it names nobody."""

    text: Text
    confirmed: bool
