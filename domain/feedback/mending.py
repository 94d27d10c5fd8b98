"""On the way: an answer corrected, words covered, a unit asked, information assessed, the superior called."""

from __future__ import annotations

from collections.abc import Sequence

from domain.feedback import events as f
from domain.feedback import mending_commands as c
from domain.feedback import refusals as r
from domain.feedback.standing import because, in_hand, second_person
from domain.feedback.state import Feedback
from domain.feedback.vocabulary import AssessedAs, TextPlace


def draft_correction(state: Feedback, cmd: c.DraftCorrection) -> Sequence[f.FeedbackFact]:
    """Of an answer that was sent, whole: request by request."""
    _answered(state)
    if state.correction:
        raise r.CorrectionWaitsError
    if unknown := sorted({part.request for part in cmd.parts} - state.requests):
        raise r.UnknownRequestError(field="parts", request=unknown[0])
    if missing := sorted(state.requests - {part.request for part in cmd.parts}):
        raise r.RequestUnansweredError(field="parts", request=missing[0], count=len(missing))
    return (
        f.AnswerCorrectionDrafted(
            draft_number=state.drafts + 1,
            drafter_id=cmd.by,
            outcome=cmd.outcome,
            parts=cmd.parts,
            reason=because(cmd.reason),
        ),
    )


def return_correction(state: Feedback, cmd: c.ReturnCorrection) -> Sequence[f.FeedbackFact]:
    """The answer stays as it was sent."""
    return (f.AnswerCorrectionReturned(draft_number=_correction(state), reason=cmd.reason),)


def release_correction(state: Feedback, cmd: c.ReleaseCorrection) -> Sequence[f.FeedbackFact]:
    """By a second person; the sender reads the new answer, and that it was corrected."""
    number = _correction(state)
    alone = second_person(state.drafted_by, cmd)
    window = cmd.law.term("review", "POL-REVIEW", trigger_at=cmd.at)
    return (
        f.AnswerCorrected(draft_number=number, corrects=state.released_draft, review_term=window, alone_reason=alone),
    )


def hide_words(state: Feedback, cmd: c.HideWords) -> Sequence[f.FeedbackFact]:
    """At any time, also when all is over."""
    there = cmd.number == 0 if cmd.place is TextPlace.CONTENT else cmd.number in state.replied
    if not there:
        raise r.NoSuchTextError(field="place")
    return (f.WordsHidden(place=cmd.place, number=cmd.number, text=cmd.text, reason=because(cmd.reason)),)


def ask_explanation(state: Feedback, cmd: c.AskExplanation) -> Sequence[f.FeedbackFact]:
    """No term stops for it."""
    in_hand(state)
    if cmd.explanation_id in state.explanations:
        raise r.ExplanationAskedError
    return (f.ExplanationAsked(explanation_id=cmd.explanation_id, number=cmd.number, place_id=cmd.place_id),)


def receive_explanation(state: Feedback, cmd: c.ReceiveExplanation) -> Sequence[f.FeedbackFact]:
    """What came too late, after the answer, is a fact all the same."""
    if cmd.explanation_id not in state.explanations and not state.over:
        raise r.ExplanationUnknownError
    return (f.ExplanationReceived(explanation_id=cmd.explanation_id),)


def recall_explanation(state: Feedback, cmd: c.RecallExplanation) -> Sequence[f.FeedbackFact]:
    """Whether the unit has opened it is decided in the request's own stream, in the same append."""
    if cmd.explanation_id not in state.explanations:
        raise r.ExplanationUnknownError
    return (f.ExplanationRecalled(explanation_id=cmd.explanation_id, reason=because(cmd.reason)),)


def open_information(state: Feedback, cmd: c.OpenInformationCase) -> Sequence[f.FeedbackFact]:
    """Never a denunciation (CMP-I2): restricted, read by named people who are not involved."""
    in_hand(state)
    if state.involved & set(cmd.reader_ids):
        raise r.HandlerInvolvedError(field="reader_ids")
    return (f.InformationCaseOpened(reader_ids=cmd.reader_ids, guidance=cmd.guidance, reason=because(cmd.reason)),)


def assess_information(state: Feedback, cmd: c.AssessInformation) -> Sequence[f.FeedbackFact]:
    """Once; afterwards it is closed."""
    if state.closed:
        raise r.FeedbackClosedError
    if not state.information:
        raise r.NotInformationCaseError
    if state.assessed:
        raise r.AlreadyAssessedError
    if cmd.result is AssessedAs.TRANSFERRED and not cmd.receiver.strip():
        raise r.ReceiverMissingError(field="receiver")
    return (f.InformationAssessed(result=cmd.result, assessment=cmd.assessment, receiver=cmd.receiver.strip()),)


def refer_to_superior(state: Feedback, cmd: c.ReferToSuperior) -> Sequence[f.FeedbackFact]:
    """The case stays where it is; the head above may see and decide it."""
    if state.superior_id == cmd.superior_id:
        raise r.SuperiorKnownError
    return (f.ReferredToSuperior(superior_id=cmd.superior_id, reason=because(cmd.reason)),)


def _answered(state: Feedback) -> None:
    if not state.answered or state.ending is not None:
        raise r.NotAnsweredError


def _correction(state: Feedback) -> int:
    if not state.correction:
        raise r.NoCorrectionError
    return state.correction
