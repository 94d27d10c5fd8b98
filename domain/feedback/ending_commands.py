"""What ends a case without an answer of its own, and what takes such an ending back."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from domain.feedback.events import FeedbackSubmitted
from domain.feedback.parts import SplitPart
from domain.feedback.vocabulary import Channel, GuidedTo, IneligibleGround
from domain.kernel import Command, Sealed
from domain.law.law import Law
from domain.law.term import Term


class SplitFeedback(Command, frozen=True):
    """`pieces`: how many the text has."""

    pieces: int
    parts: tuple[SplitPart, ...]
    reason: str


class OpenFromOther(Command, frozen=True):
    """A case that takes its words from another one: a part of it, or the whole of it at another authority.

    `opening` is its first fact. `holder_id`: who goes on with it, where that is somebody already.
    """

    opening: FeedbackSubmitted
    holder_id: UUID | None = None
    holder_post_id: UUID | None = None


class LinkDuplicate(Command, frozen=True):
    """`other_goes_on`: the other case is of this authority, is another one and is itself still handled or answered."""

    of_case_id: UUID
    other_goes_on: bool
    reason: str


class UnlinkDuplicate(Command, frozen=True):
    reason: str


class TransferFeedback(Command, frozen=True):
    """`receiver_works`: the receiving authority is recorded here and exists on this day; None: it is none of ours."""

    receiver: str
    to_authority_id: UUID | None
    receiver_works: bool | None
    opened_case_id: UUID | None
    where_to_ask: str
    document: str
    reason: str


class RecallTransfer(Command, frozen=True):
    """`opened_there`: somebody there has taken it in already."""

    opened_there: bool
    reason: str


class CloseRecalled(Command, frozen=True):
    """The receiver's side of a recall."""

    reason: str


class GuideSender(Command, frozen=True):
    to: GuidedTo
    guidance: Sealed
    document: str


class WithdrawGuidance(Command, frozen=True):
    reason: str


class FindIneligible(Command, frozen=True):
    ground: IneligibleGround
    reason: Sealed
    law: Law

    def keep_term(self) -> Term:
        """For how long it is kept (TT05-KEEP)."""
        return self.law.term("keep", "TT05-KEEP", trigger_at=self.at, trigger="FeedbackFoundIneligible")


class RevokeIneligibility(Command, frozen=True):
    reason: str


class PurgePetition(Command, frozen=True):
    """`document`: the signed list. `held`: a legal hold lies on it. `shared`: another case needs the same key."""

    document: str
    held: bool = False
    shared: bool = False


class ProposeSpam(Command, frozen=True):
    reason: str


class DoubtSpam(Command, frozen=True):
    reason: str


class AgreeOnSpam(Command, frozen=True):
    """`others`: how many else could agree. Alone only where there is nobody, and with a reason."""

    alone_reason: str = ""
    others: int = 1


class RevokeSpam(Command, frozen=True):
    reason: str


class WithdrawFeedback(Command, frozen=True):
    """By the sender with the tracking code, or recorded by an official to whom it was said."""

    channel: Channel
    reason: Sealed | None
    received_at: datetime | None = None
    late_reason: str = ""

    def happened_at(self) -> datetime:
        """A letter happened when it was received."""
        return self.received_at or self.at


EndingCommand = (
    SplitFeedback
    | OpenFromOther
    | LinkDuplicate
    | UnlinkDuplicate
    | TransferFeedback
    | RecallTransfer
    | CloseRecalled
    | GuideSender
    | WithdrawGuidance
    | FindIneligible
    | RevokeIneligibility
    | PurgePetition
    | ProposeSpam
    | DoubtSpam
    | AgreeOnSpam
    | RevokeSpam
    | WithdrawFeedback
)
