"""Feedback and recommendation (phản ánh, kiến nghị): one stream from the sender's words to the answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from domain.feedback import answering, ending, intake, mending, secrecy
from domain.feedback import commands as c
from domain.feedback import ending_commands as e
from domain.feedback import mending_commands as m
from domain.feedback.events import FeedbackFact
from domain.feedback.evolving import evolve
from domain.feedback.state import Feedback
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
    e.SplitFeedback: ending.split,
    e.LinkDuplicate: ending.link_duplicate,
    e.UnlinkDuplicate: ending.unlink_duplicate,
    e.TransferFeedback: ending.transfer,
    e.RecallTransfer: ending.recall_transfer,
    e.CloseRecalled: ending.close_recalled,
    e.GuideSender: ending.guide,
    e.WithdrawGuidance: ending.withdraw_guidance,
    e.FindIneligible: ending.find_ineligible,
    e.RevokeIneligibility: ending.revoke_ineligibility,
    e.PurgePetition: ending.purge,
    e.ProposeSpam: ending.propose_spam,
    e.DoubtSpam: ending.doubt_spam,
    e.AgreeOnSpam: ending.agree_on_spam,
    e.RevokeSpam: ending.revoke_spam,
    e.WithdrawFeedback: ending.withdraw,
    m.DraftCorrection: mending.draft_correction,
    m.ReturnCorrection: mending.return_correction,
    m.ReleaseCorrection: mending.release_correction,
    m.HideWords: mending.hide_words,
    m.AskExplanation: mending.ask_explanation,
    m.ReceiveExplanation: mending.receive_explanation,
    m.RecallExplanation: mending.recall_explanation,
    m.OpenInformationCase: mending.open_information,
    m.AssessInformation: mending.assess_information,
    m.ReferToSuperior: mending.refer_to_superior,
}


def decide(state: Feedback | None, command: c.FeedbackCommand) -> Sequence[FeedbackFact]:
    """The facts that follow from a command, or a refusal."""
    if isinstance(command, c.SubmitFeedback):
        return intake.submit(state, command)
    if isinstance(command, e.OpenFromOther):
        return ending.open_from_other(state, command)
    return _RULES[type(command)](intake.present(state), command)


FEEDBACK: Decider[Feedback, c.FeedbackCommand, FeedbackFact] = Decider("feedback", decide, evolve)
