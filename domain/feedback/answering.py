"""From the first question to the answer and what comes after: ask, reply, draft, release, close, reopen."""

from __future__ import annotations

from collections.abc import Sequence

from domain.calendar import legal_date
from domain.feedback import commands as c
from domain.feedback import events as f
from domain.feedback import refusals as r
from domain.feedback.intake import received_earlier
from domain.feedback.standing import for_an_answer, in_work, not_ended, second_person
from domain.feedback.state import Feedback
from domain.feedback.vocabulary import AskedBy, Ending

MAY_BE_ASKED_AGAIN = frozenset({Ending.DUPLICATE, Ending.INELIGIBLE, Ending.GUIDED, Ending.WITHDRAWN})


def ask(state: Feedback, cmd: c.AskSender) -> Sequence[f.FeedbackFact]:
    """No term stops for a question (complaints.md §5.1)."""
    if in_work(state).waits_for_release:
        raise r.WaitingForReleaseError
    return (f.SenderAsked(question_number=state.questions + 1, question=cmd.question, asked_at=cmd.at),)


def reply(state: Feedback, cmd: c.ReplyToQuestion) -> Sequence[f.FeedbackFact]:
    """To a question that is still open; a paper that came before the question cannot be its reply."""
    asked_at = not_ended(state).open_questions.get(cmd.question_number)
    if asked_at is None:
        raise r.QuestionNotOpenError(field="question")
    received = received_earlier(cmd)
    if received < asked_at and received < cmd.at:
        raise r.ReplyBeforeQuestionError(field="received_at")
    return (
        f.SenderReplied(
            question_number=cmd.question_number,
            reply=cmd.reply,
            attachments=cmd.attachments,
            channel=cmd.channel,
            late_reason=cmd.late_reason,
        ),
    )


def draft(state: Feedback, cmd: c.DraftAnswer) -> Sequence[f.FeedbackFact]:
    """A draft may still be incomplete; only submitting it for release asks for all requests."""
    if not for_an_answer(state).classified:
        raise r.NotClassifiedError
    if state.waits_for_release:
        raise r.WaitingForReleaseError
    if unknown := sorted({part.request for part in cmd.parts} - state.requests):
        raise r.UnknownRequestError(field="parts", request=unknown[0])
    number = state.drafts + 1
    return (f.AnswerDrafted(draft_number=number, drafter_id=cmd.by, outcome=cmd.outcome, parts=cmd.parts),)


def submit_for_release(state: Feedback, _cmd: c.SubmitAnswerForRelease) -> Sequence[f.FeedbackFact]:
    """Every request of the sender needs an answer first (CMP-I11)."""
    if for_an_answer(state).waits_for_release:
        raise r.WaitingForReleaseError
    if not state.drafts:
        raise r.NothingDraftedError
    if missing := sorted(state.requests - state.draft_covers):
        raise r.RequestUnansweredError(field="parts", request=missing[0], count=len(missing))
    return (f.AnswerSubmittedForRelease(draft_number=state.drafts),)


def return_answer(state: Feedback, cmd: c.ReturnAnswer) -> Sequence[f.FeedbackFact]:
    """Back to the drafter, with what is to be mended."""
    if not not_ended(state).waits_for_release:
        raise r.NotWaitingForReleaseError
    return (f.AnswerReturned(draft_number=state.drafts, reason=cmd.reason),)


def release(state: Feedback, cmd: c.ReleaseAnswer) -> Sequence[f.FeedbackFact]:
    """By somebody else than the drafter, unless a head let him answer this category alone; opens the review window."""
    if not not_ended(state).waits_for_release:
        raise r.NotWaitingForReleaseError
    alone = "" if cmd.delegation_id else second_person(state.drafted_by, cmd)
    window = cmd.law.term("review", "POL-REVIEW", trigger_at=cmd.at)
    return (
        f.AnswerReleased(
            draft_number=state.drafts, review_term=window, delegation_id=cmd.delegation_id, alone_reason=alone
        ),
    )


def close(state: Feedback, cmd: c.CloseFeedback) -> Sequence[f.FeedbackFact]:
    """Only what was answered, or information that was assessed, is closed."""
    if not_ended(state).closed:
        raise r.FeedbackClosedError
    if not state.answered and not state.assessed:
        raise r.NotAnsweredError
    if state.correction:
        raise r.CorrectionWaitsError
    return (f.FeedbackClosed(reason=cmd.reason),)


def reopen(state: Feedback, cmd: c.ReopenFeedback) -> Sequence[f.FeedbackFact]:
    """The sender may ask until the stated day, an official at any time; a new term begins.

    Also where it ended without an answer and the sender has the right to ask again.
    """
    if state.purged:
        raise r.EndedError(ending="purged")
    if not state.answered and state.ending not in MAY_BE_ASKED_AGAIN:
        raise r.NotAnsweredError
    until = state.review_until
    if cmd.asked_by is AskedBy.SENDER and until is not None and legal_date(cmd.at) > until:
        raise r.ReviewWindowOverError(until=until.isoformat())
    terms = (cmd.law.term("reply", "POL-FEEDBACK", trigger_at=cmd.at, trigger="FeedbackReopened"),)
    return (f.FeedbackReopened(asked_by=cmd.asked_by, reason=cmd.reason, terms=terms),)
