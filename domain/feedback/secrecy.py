"""Who may know and who holds it: notes, involvement, restriction, readers, hand-over, and dates that move by rule."""

from __future__ import annotations

from collections.abc import Sequence

from domain.feedback import commands as c
from domain.feedback import events as f
from domain.feedback import refusals as r
from domain.feedback.state import Feedback

ONLY_HEAD = "Thủ trưởng có liên quan; cơ quan không còn người khác có quyền quyết định"
"""Why the superior is called in, as the history says it."""


def add_note(_state: Feedback, cmd: c.AddInternalNote) -> Sequence[f.FeedbackFact]:
    """At any time, also on a closed case."""
    return (f.InternalNoteAdded(note=cmd.note),)


def declare_involvement(state: Feedback, cmd: c.DeclareInvolvement) -> Sequence[f.FeedbackFact]:
    """Tôi có liên quan (CMP-I3): from here on this official does not see the case, nor hold it."""
    if cmd.by in state.involved:
        raise r.AlreadyInvolvedError
    declared = f.InvolvementDeclared(official_id=cmd.by)
    if cmd.superior_id is None or cmd.superior_id == state.superior_id:
        return (declared,)
    return (declared, f.ReferredToSuperior(superior_id=cmd.superior_id, reason=ONLY_HEAD))


def restrict(state: Feedback, cmd: c.RestrictFeedback) -> Sequence[f.FeedbackFact]:
    """To a narrow kind: a case is never widened by hand."""
    if not cmd.sensitivity.narrow or cmd.sensitivity == state.sensitivity:
        raise r.NotNarrowerError(field="sensitivity")
    if not cmd.reason.strip():
        raise r.ReasonMissingError(field="reason")
    return (f.FeedbackRestricted(sensitivity=cmd.sensitivity, reason=cmd.reason),)


def name_reader(state: Feedback, cmd: c.NameReader) -> Sequence[f.FeedbackFact]:
    """Somebody who needs to know and is not involved."""
    if cmd.official_id in state.readers:
        raise r.ReaderKnownError(field="official_id")
    if cmd.official_id in state.involved:
        raise r.HandlerInvolvedError(field="official_id")
    if not cmd.reason.strip():
        raise r.ReasonMissingError(field="reason")
    return (f.ReaderNamed(official_id=cmd.official_id, reason=cmd.reason),)


def dismiss_reader(state: Feedback, cmd: c.DismissReader) -> Sequence[f.FeedbackFact]:
    """The other way round."""
    if cmd.official_id not in state.readers:
        raise r.ReaderUnknownError(field="official_id")
    if not cmd.reason.strip():
        raise r.ReasonMissingError(field="reason")
    return (f.ReaderDismissed(official_id=cmd.official_id, reason=cmd.reason),)


def disclose_identity(state: Feedback, cmd: c.DiscloseIdentity) -> Sequence[f.FeedbackFact]:
    """The reading is a fact before anything is read (CMP-I15)."""
    if state.identity_ref is None:
        raise r.NoIdentityError
    if not cmd.reason.strip():
        raise r.ReasonMissingError(field="reason")
    return (f.IdentityDisclosed(reason=cmd.reason),)


def hand_over(state: Feedback, cmd: c.HandOverFeedback) -> Sequence[f.FeedbackFact]:
    """To the authority that succeeds or is competent; number and terms stay as they are."""
    if state.authority_id is None or cmd.to_authority_id == state.authority_id:
        raise r.SameAuthorityError(field="to_authority_id")
    if not cmd.receiver_works:
        raise r.NoReceiverError(field="to_authority_id")
    if not cmd.reason.strip():
        raise r.ReasonMissingError(field="reason")
    return (
        f.FeedbackHandedOver(
            from_authority_id=state.authority_id,
            to_authority_id=cmd.to_authority_id,
            reason=cmd.reason,
            document=cmd.document,
        ),
    )


def rederive(state: Feedback, cmd: c.RederiveTerms) -> Sequence[f.FeedbackFact]:
    """One fact for each running term that comes out at another day."""
    moved = ((old, cmd.law.rederive(old)) for old in state.terms)
    return tuple(f.TermRederived(old=old, new=new, reason=cmd.reason) for old, new in moved if new is not None)
