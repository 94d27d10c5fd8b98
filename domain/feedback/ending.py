"""How a case ends without an answer of its own, and how such an ending is taken back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from domain.calendar import legal_date
from domain.feedback import ending_commands as c
from domain.feedback import events as f
from domain.feedback import refusals as r
from domain.feedback.intake import check_received
from domain.feedback.standing import because, in_hand, not_ended, second_person
from domain.feedback.state import Feedback
from domain.feedback.vocabulary import Channel, Ending
from domain.law.law import Law

FEWEST_PARTS = 2


def split(state: Feedback, cmd: c.SplitFeedback) -> Sequence[f.FeedbackFact]:
    """Every piece of the text goes on in at least one part (CMP-I14)."""
    in_hand(state)
    if len(cmd.parts) < FEWEST_PARTS:
        raise r.SplitTooFewError(field="parts")
    if empty := [number for number, part in enumerate(cmd.parts, start=1) if not part.pieces]:
        raise r.SplitPartEmptyError(field="parts", part=empty[0])
    if lost := sorted(set(range(1, cmd.pieces + 1)) - {piece for part in cmd.parts for piece in part.pieces}):
        raise r.SplitLosesTextError(field="parts", piece=lost[0], count=len(lost))
    return (f.FeedbackSplit(pieces=cmd.pieces, parts=cmd.parts, reason=because(cmd.reason)),)


def open_from_other(state: Feedback | None, cmd: c.OpenFromOther) -> Sequence[f.FeedbackFact]:
    """With the terms of the case that it comes from, or those of its new authority."""
    if state is not None:
        raise r.AlreadySubmittedError
    if cmd.holder_id is None:
        return (cmd.opening,)
    held = f.FeedbackAcknowledged(holder_id=cmd.holder_id, holder_post_id=cmd.holder_post_id)
    return (cmd.opening, held)


def link_duplicate(state: Feedback, cmd: c.LinkDuplicate) -> Sequence[f.FeedbackFact]:
    """By a person, never by itself; the other case goes on."""
    in_hand(state)
    if not cmd.other_goes_on:
        raise r.DuplicateOfNothingError(field="of")
    return (f.DuplicateLinked(of_case_id=cmd.of_case_id, reason=because(cmd.reason)),)


def unlink_duplicate(state: Feedback, cmd: c.UnlinkDuplicate) -> Sequence[f.FeedbackFact]:
    """It was none."""
    _ended_so(state, Ending.DUPLICATE)
    return (f.DuplicateUnlinked(reason=because(cmd.reason)),)


def transfer(state: Feedback, cmd: c.TransferFeedback) -> Sequence[f.FeedbackFact]:
    """To the body that is competent; the sender learns where to ask."""
    in_hand(state)
    if not cmd.receiver.strip() and cmd.to_authority_id is None:
        raise r.ReceiverMissingError(field="receiver")
    if cmd.receiver_works is False:
        raise r.NoReceiverError(field="to_authority_id")
    if cmd.to_authority_id is not None and cmd.to_authority_id == state.authority_id:
        raise r.SameAuthorityError(field="to_authority_id")
    if not cmd.where_to_ask.strip():
        raise r.WhereToAskMissingError(field="where_to_ask")
    return (
        f.FeedbackTransferred(
            receiver=cmd.receiver.strip(),
            to_authority_id=cmd.to_authority_id,
            opened_case_id=cmd.opened_case_id,
            where_to_ask=cmd.where_to_ask.strip(),
            document=cmd.document.strip(),
            reason=because(cmd.reason),
        ),
    )


def recall_transfer(state: Feedback, cmd: c.RecallTransfer) -> Sequence[f.FeedbackFact]:
    """As long as nobody there has opened it."""
    _ended_so(state, Ending.TRANSFERRED)
    if cmd.opened_there:
        raise r.TransferOpenedError
    return (f.TransferRecalled(reason=because(cmd.reason)),)


def close_recalled(state: Feedback, cmd: c.CloseRecalled) -> Sequence[f.FeedbackFact]:
    """The receiver's side of the recall: refused as soon as somebody holds it there."""
    if state.holder_id is not None or state.over:
        raise r.TransferOpenedError
    return (f.IncomingTransferRecalled(reason=cmd.reason),)


def guide(state: Feedback, cmd: c.GuideSender) -> Sequence[f.FeedbackFact]:
    """Towards what the sender has to do elsewhere."""
    in_hand(state)
    return (f.SenderGuided(to=cmd.to, guidance=cmd.guidance, document=cmd.document.strip()),)


def withdraw_guidance(state: Feedback, cmd: c.WithdrawGuidance) -> Sequence[f.FeedbackFact]:
    """It was wrong."""
    _ended_so(state, Ending.GUIDED)
    return (f.GuidanceWithdrawn(reason=because(cmd.reason)),)


def find_ineligible(state: Feedback, cmd: c.FindIneligible) -> Sequence[f.FeedbackFact]:
    """Kept for the year of TT 05/2021."""
    in_hand(state)
    return (f.FeedbackFoundIneligible(ground=cmd.ground, reason=cmd.reason, keep_term=cmd.keep_term()),)


def revoke_ineligibility(state: Feedback, cmd: c.RevokeIneligibility) -> Sequence[f.FeedbackFact]:
    """As long as it is kept."""
    _ended_so(state, Ending.INELIGIBLE)
    if state.purged:
        raise r.EndedError(ending="purged")
    return (f.IneligibilityRevoked(reason=because(cmd.reason)),)


def purge(state: Feedback, cmd: c.PurgePetition) -> Sequence[f.FeedbackFact]:
    """After the kept year and by a signed list, not a day earlier (CMP-I9)."""
    _ended_so(state, Ending.INELIGIBLE)
    if state.purged:
        raise r.EndedError(ending="purged")
    if state.keep_until is None or legal_date(cmd.at) <= state.keep_until:
        until = state.keep_until.isoformat() if state.keep_until else ""
        raise r.KeepNotOverError(until=until)
    if cmd.held:
        raise r.UnderLegalHoldError
    if cmd.shared:
        raise r.WordsNeededError
    if not cmd.document.strip():
        raise r.DocumentMissingError(field="document")
    return (f.PetitionPurged(document=cmd.document.strip()),)


def propose_spam(state: Feedback, cmd: c.ProposeSpam) -> Sequence[f.FeedbackFact]:
    """By one person; nothing ends yet."""
    _not_over(state)
    if state.spam_proposed_by is not None:
        raise r.SpamAlreadyProposedError
    return (f.SpamProposed(proposer_id=cmd.by, reason=because(cmd.reason)),)


def doubt_spam(state: Feedback, cmd: c.DoubtSpam) -> Sequence[f.FeedbackFact]:
    """By anybody who may agree; also by the proposer, who thought again."""
    _not_over(state)
    if state.spam_proposed_by is None:
        raise r.SpamNotProposedError
    return (f.SpamDoubted(reason=because(cmd.reason)),)


def agree_on_spam(state: Feedback, cmd: c.AgreeOnSpam) -> Sequence[f.FeedbackFact]:
    """By a second person."""
    _not_over(state)
    if state.spam_proposed_by is None:
        raise r.SpamNotProposedError
    alone = second_person(state.spam_proposed_by, cmd)
    return (f.SpamConfirmed(alone_reason=alone),)


def revoke_spam(state: Feedback, cmd: c.RevokeSpam) -> Sequence[f.FeedbackFact]:
    """It was none."""
    _ended_so(state, Ending.SPAM)
    return (f.SpamRevoked(reason=because(cmd.reason)),)


def withdraw(state: Feedback, cmd: c.WithdrawFeedback) -> Sequence[f.FeedbackFact]:
    """Until there is an answer; the file stays."""
    _not_over(state)
    check_received(cmd.happened_at(), cmd.at, cmd.late_reason)
    return (f.FeedbackWithdrawn(channel=cmd.channel, reason=cmd.reason, late_reason=cmd.late_reason),)


def received_elsewhere(
    opening: f.FeedbackSubmitted, to_authority: UUID, law: Law, at: datetime, **changes: object
) -> f.FeedbackSubmitted:
    """The first fact at the receiving authority, whose own terms begin."""
    terms = (
        law.term("acknowledge", "POL-ACK", trigger_at=at),
        law.term("triage", "POL-TRIAGE", trigger_at=at),
        law.term("reply", "POL-FEEDBACK", trigger_at=at),
    )
    return part_of(
        opening,
        authority_id=to_authority,
        channel=Channel.TRANSFER,
        received_on=law.received_on(at),
        terms=terms,
        late_reason="",
        **changes,
    )


def part_of(opening: f.FeedbackSubmitted, **changes: object) -> f.FeedbackSubmitted:
    """The first fact of a case that takes its words from another: the code stays with the one that the sender knows."""
    return replace(opening, code_hash=b"", **changes)


def _not_over(state: Feedback) -> None:
    if not_ended(state).closed:
        raise r.FeedbackClosedError
    if state.answered:
        raise r.AlreadyAnsweredError


def _ended_so(state: Feedback, ending: Ending) -> None:
    if state.ending is not ending:
        raise r.NotEndedSoError(ending=ending.value)
