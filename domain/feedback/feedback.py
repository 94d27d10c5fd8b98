"""Feedback and recommendation (phản ánh, kiến nghị): one stream from the sender's words to the answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from domain.feedback import answering, intake, secrecy
from domain.feedback import commands as c
from domain.feedback.events import FeedbackFact
from domain.feedback.state import Feedback, evolve
from domain.kernel import Command, Decider

_RULES: dict[type[Command], Callable[[Feedback, Any], Sequence[FeedbackFact]]] = {
    c.AcknowledgeFeedback: intake.acknowledge,
    c.ClassifyFeedback: intake.classify,
    c.AssignFeedback: intake.assign,
    c.AskSender: answering.ask,
    c.ReplyToQuestion: answering.reply,
    c.DraftAnswer: answering.draft,
    c.SubmitAnswerForRelease: answering.submit_for_release,
    c.ReturnAnswer: answering.return_answer,
    c.ReleaseAnswer: answering.release,
    c.CloseFeedback: answering.close,
    c.ReopenFeedback: answering.reopen,
    c.AddInternalNote: secrecy.add_note,
    c.DeclareInvolvement: secrecy.declare_involvement,
    c.RestrictFeedback: secrecy.restrict,
    c.NameReader: secrecy.name_reader,
    c.DismissReader: secrecy.dismiss_reader,
    c.DiscloseIdentity: secrecy.disclose_identity,
    c.HandOverFeedback: secrecy.hand_over,
    c.RederiveTerms: secrecy.rederive,
}


def decide(state: Feedback | None, command: c.FeedbackCommand) -> Sequence[FeedbackFact]:
    """The facts that follow from a command, or a refusal."""
    if isinstance(command, c.SubmitFeedback):
        return intake.submit(state, command)
    return _RULES[type(command)](intake.present(state), command)


FEEDBACK: Decider[Feedback, c.FeedbackCommand, FeedbackFact] = Decider("feedback", decide, evolve)


def possible_actions(state: Feedback) -> frozenset[str]:
    """What the rules would let somebody do now; who may is asked elsewhere. Names as in the API's paths."""
    if state.authority_id is None:
        return frozenset()
    always = {"notes", "involvements", "reader-namings", "hand-overs", "restrictions"}
    always |= {"reader-dismissals"} if state.readers else set()
    always |= {"identity-disclosures"} if state.identity_ref else set()
    if state.closed or state.answered:
        return frozenset(always | {"reopenings"} | (set() if state.closed else {"closures"}))
    acts = always | ({"replies"} if state.open_questions else set())
    acts |= {"releases", "returns"} if state.waits_for_release else set()
    if state.holder_id is None:
        return frozenset(acts | {"acknowledgements"} | ({"assignments"} if state.classified else set()))
    acts |= {"assignments"}
    if state.waits_for_release:
        return frozenset(acts)
    acts |= {"classifications", "questions"} | ({"drafts"} if state.classified else set())
    return frozenset(acts | ({"release-requests"} if state.drafts and state.requests <= state.draft_covers else set()))
