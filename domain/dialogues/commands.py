"""What officials do with a dialogue meeting, in the imperative. Texts arrive sealed."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from domain.dialogues.parts import DialoguePaper, Opinion, RowAside
from domain.dialogues.vocabulary import Addressed
from domain.kernel import Command, Sealed


class PlanDialogue(Command, frozen=True):
    """`chair_name` None: only the post is named."""

    authority_id: UUID
    subject_id: UUID
    title: str
    matter: str
    planned_on: date
    place: str
    chair_post: str
    chair_name: Sealed | None
    invited: str


class AnnounceDialogue(Command, frozen=True):
    announced_on: date
    how: str


class HoldDialogue(Command, frozen=True):
    """`minutes` None: they are scanned in later."""

    held_on: date
    participants: int
    minutes: DialoguePaper | None


class FileMinutes(Command, frozen=True):
    minutes: DialoguePaper


class TakeInOpinions(Command, frozen=True):
    """What a sheet came to: opinions, rows that are kept aside, and which rows kept before are mended by these."""

    opinions: tuple[Opinion, ...]
    aside: tuple[RowAside, ...]
    mended: tuple[UUID, ...]


class DismissRow(Command, frozen=True):
    row_id: UUID
    reason: str


class RouteOpinions(Command, frozen=True):
    numbers: tuple[int, ...]
    level: Addressed
    body: str
    due_on: date
    due_reason: str


class AnswerOpinion(Command, frozen=True):
    """`answer` None: nothing was written."""

    number: int
    answer: Sealed | None
    answered_on: date


class TransferOpinions(Command, frozen=True):
    numbers: tuple[int, ...]
    body: str
    transferred_on: date
    document: str


class ReopenOpinion(Command, frozen=True):
    number: int
    reason: str


class WriteSummary(Command, frozen=True):
    """`text` None: nothing was written."""

    text: Sealed | None


class CloseDialogue(Command, frozen=True):
    pass


class PublishSummary(Command, frozen=True):
    """`confirmed`: a person read it and says that it names nobody."""

    text: Sealed | None
    confirmed: bool


class WithdrawSummary(Command, frozen=True):
    reason: str


DialogueCommand = (
    PlanDialogue
    | AnnounceDialogue
    | HoldDialogue
    | FileMinutes
    | TakeInOpinions
    | DismissRow
    | RouteOpinions
    | AnswerOpinion
    | TransferOpinions
    | ReopenOpinion
    | WriteSummary
    | CloseDialogue
    | PublishSummary
    | WithdrawSummary
)
