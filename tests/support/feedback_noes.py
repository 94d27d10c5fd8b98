"""What the rules of feedback refuse on the ways that leave the straight one, each as a sentence."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec

from domain.feedback import commands as c
from domain.feedback import refusals as r
from domain.feedback.vocabulary import AssessedAs, Channel, TextPlace
from domain.kernel import RefusalError
from domain.law.law import law_at
from tests.support import feedback_story as story
from tests.support.feedback_story import DOI_THONG, HUNG, IN_HANDLING, MAI, NUI_XANH, ON_THE_DESK, SON, VAN


class No(msgspec.Struct):
    """After this, that is refused so."""

    after: tuple[c.FeedbackCommand, ...] | None
    asked: c.FeedbackCommand
    because: type[RefusalError]
    field: str | None = None
    details: dict[str, Any] = msgspec.field(default_factory=dict)


INFORMATION = (*IN_HANDLING, story.open_information(VAN))
INELIGIBLE = (*IN_HANDLING, story.find_ineligible())
PROPOSED = (*IN_HANDLING, story.propose_spam(MAI))
CORRECTED = (*story.ANSWERED, story.draft_correction(1, 2))
LAST_KEPT_DAY, DAY_AFTER = story.ha_noi("2027-08-24 17:00"), story.ha_noi("2027-08-25 08:00")
PURGED = (*INELIGIBLE, story.purge(DAY_AFTER))

EVENING = story.ha_noi("2026-08-22 19:00")
ON_PAPER: dict[str, Any] = {"at": EVENING, "received_at": story.SATURDAY, "late_reason": "Đi thôn về muộn (demo)"}
PAPERS: dict[str, No] = {
    "nothing is received before it was written": No(
        None,
        story.submit(**ON_PAPER, channel=Channel.POST, paper_day=date(2026, 8, 23)),
        r.ReceivedBeforePaperError,
        "received_at",
        {"day": "23/08/2026"},
    ),
    "a sheet is not received later than it says itself": No(
        None,
        story.submit(**ON_PAPER, channel=Channel.OFFLINE_SHEET, paper_day=date(2026, 8, 21)),
        r.ReceivedAfterSheetError,
        "received_at",
        {"day": "21/08/2026"},
    ),
    "a transfer says from whom": No(
        None, story.submit(**ON_PAPER, channel=Channel.TRANSFER), r.SendingBodyMissingError, "sent_by"
    ),
    "nothing is received before the document that passed it on": No(
        None,
        story.submit(**ON_PAPER, channel=Channel.TRANSFER, sent_by=story.sealed("x"), document_day=date(2026, 8, 23)),
        r.ReceivedBeforeDocumentError,
        "received_at",
        {"day": "23/08/2026"},
    ),
}
OTHER_WAYS: dict[str, No] = {
    "one part is no split": No(IN_HANDLING, story.split((1, 2, 3)), r.SplitTooFewError, "parts"),
    "no piece of the text is lost in a split": No(
        IN_HANDLING, story.split((1,), (3,)), r.SplitLosesTextError, "parts", {"piece": 2, "count": 1}
    ),
    "a part without text is none": No(
        IN_HANDLING, story.split((1, 2, 3), ()), r.SplitPartEmptyError, "parts", {"part": 2}
    ),
    "a split has a reason": No(IN_HANDLING, story.split(reason=" "), r.ReasonMissingError, "reason"),
    "nothing is split before somebody holds it": No((), story.split(), r.NotAcknowledgedError),
    "what lies on the head's desk is not split": No(ON_THE_DESK, story.split(), r.WaitingForReleaseError),
    "what was answered is not split": No(story.ANSWERED, story.split(), r.AlreadyAnsweredError),
    "what was split is not split again": No(
        (*IN_HANDLING, story.split()), story.split(), r.EndedError, None, {"ending": "split"}
    ),
    "a duplicate needs another case that goes on": No(
        IN_HANDLING, story.link_duplicate(goes_on=False), r.DuplicateOfNothingError, "of"
    ),
    "only a duplicate is unlinked": No(
        IN_HANDLING, story.unlink_duplicate(), r.NotEndedSoError, None, {"ending": "duplicate"}
    ),
    "a transfer names its receiver": No(IN_HANDLING, story.transfer(receiver=" "), r.ReceiverMissingError, "receiver"),
    "a transfer says where to ask": No(
        IN_HANDLING, story.transfer(where_to_ask=""), r.WhereToAskMissingError, "where_to_ask"
    ),
    "nothing is transferred to a body that is none": No(
        IN_HANDLING,
        story.transfer(to_authority_id=NUI_XANH, receiver_works=False),
        r.NoReceiverError,
        "to_authority_id",
    ),
    "nothing is transferred to where it is": No(
        IN_HANDLING,
        story.transfer(to_authority_id=DOI_THONG, receiver_works=True),
        r.SameAuthorityError,
        "to_authority_id",
    ),
    "what was opened there is not recalled": No(
        (*IN_HANDLING, story.transfer()), story.recall_transfer(opened=True), r.TransferOpenedError
    ),
    "what somebody here holds is not recalled from outside": No(
        IN_HANDLING, story.close_recalled(), r.TransferOpenedError
    ),
    "a part is opened once": No((), story.open_part(), r.AlreadySubmittedError),
    "ineligible petitions are kept to the end of the last day": No(
        INELIGIBLE, story.purge(LAST_KEPT_DAY), r.KeepNotOverError, None, {"until": "2027-08-24"}
    ),
    "a purge has a signed list": No(INELIGIBLE, story.purge(DAY_AFTER, " "), r.DocumentMissingError, "document"),
    "what is evidence is not purged": No(INELIGIBLE, story.purge(DAY_AFTER, held=True), r.UnderLegalHoldError),
    "what another case needs is not purged": No(INELIGIBLE, story.purge(DAY_AFTER, shared=True), r.WordsNeededError),
    "only what is ineligible is purged": No(
        IN_HANDLING, story.purge(DAY_AFTER), r.NotEndedSoError, None, {"ending": "ineligible"}
    ),
    "nothing is purged twice": No(PURGED, story.purge(DAY_AFTER), r.EndedError, None, {"ending": "purged"}),
    "what was purged does not come back": No(
        PURGED, story.revoke_ineligibility(), r.EndedError, None, {"ending": "purged"}
    ),
    "what was purged is not reopened": No(PURGED, story.reopen(), r.EndedError, None, {"ending": "purged"}),
    "spam is proposed once": No(PROPOSED, story.propose_spam(HUNG), r.SpamAlreadyProposedError),
    "nobody agrees to what nobody proposed": No(IN_HANDLING, story.agree_on_spam(), r.SpamNotProposedError),
    "nobody doubts what nobody proposed": No(IN_HANDLING, story.doubt_spam(), r.SpamNotProposedError),
    "two people are needed for spam": No(PROPOSED, story.agree_on_spam(MAI), r.SecondPersonNeededError),
    "a reason does not help where there is a second person": No(
        PROPOSED, story.agree_on_spam(MAI, "In a hurry", others=1), r.SecondPersonNeededError
    ),
    "alone, spam needs a reason": No(
        PROPOSED, story.agree_on_spam(MAI, " ", others=0), r.ReasonMissingError, "alone_reason"
    ),
    "spam has ended": No(
        (*PROPOSED, story.agree_on_spam()), story.propose_spam(), r.EndedError, None, {"ending": "spam"}
    ),
    "closed is closed, also for spam": No(story.CLOSED, story.propose_spam(), r.FeedbackClosedError),
    "what was answered is not withdrawn": No(story.ANSWERED, story.withdraw(), r.AlreadyAnsweredError),
    "a letter of withdrawal that came earlier needs a reason": No(
        IN_HANDLING, story.withdraw(received_at=story.SATURDAY), r.LateReasonMissingError, "late_reason"
    ),
    "only a sent answer is corrected": No(IN_HANDLING, story.draft_correction(1, 2), r.NotAnsweredError),
    "a correction answers every request": No(
        story.ANSWERED,
        story.draft_correction(1),
        r.RequestUnansweredError,
        "parts",
        {"request": 2, "count": 1},
    ),
    "a correction answers nothing that was not asked": No(
        story.ANSWERED, story.draft_correction(1, 2, 3), r.UnknownRequestError, "parts", {"request": 3}
    ),
    "a correction has a reason": No(
        story.ANSWERED, story.draft_correction(1, 2, reason=""), r.ReasonMissingError, "reason"
    ),
    "one correction at a time": No(CORRECTED, story.draft_correction(1, 2), r.CorrectionWaitsError),
    "a case is not closed over a correction": No(CORRECTED, story.close(), r.CorrectionWaitsError),
    "nobody releases the correction that he drafted": No(
        CORRECTED, story.release_correction(HUNG), r.SecondPersonNeededError
    ),
    "only a waiting correction is released": No(story.ANSWERED, story.release_correction(), r.NoCorrectionError),
    "only a waiting correction is returned": No(story.ANSWERED, story.return_correction(), r.NoCorrectionError),
    "words of a reply that never came are not covered": No(
        IN_HANDLING, story.hide_words(TextPlace.REPLY, 1), r.NoSuchTextError, "place"
    ),
    "the submission has no number": No((), story.hide_words(number=1), r.NoSuchTextError, "place"),
    "an explanation is asked once": No(
        (*IN_HANDLING, story.ask_explanation()), story.ask_explanation(), r.ExplanationAskedError
    ),
    "nobody explains what was not asked": No(IN_HANDLING, story.receive_explanation(), r.ExplanationUnknownError),
    "only what was asked is recalled": No(IN_HANDLING, story.recall_explanation(), r.ExplanationUnknownError),
    "information is not opened twice": No(INFORMATION, story.open_information(), r.InformationCaseError),
    "who is involved does not read information": No(
        (*IN_HANDLING, story.involve(VAN)), story.open_information(VAN), r.HandlerInvolvedError, "reader_ids"
    ),
    "no answer is drafted to information": No(INFORMATION, story.draft(1, 2), r.InformationCaseError),
    "information is not classified again": No(INFORMATION, story.classify(reason="Read again"), r.InformationCaseError),
    "only information is assessed": No(IN_HANDLING, story.assess_information(), r.NotInformationCaseError),
    "information is assessed once": No(
        (*INFORMATION, story.assess_information()), story.assess_information(), r.AlreadyAssessedError
    ),
    "information is transferred to somebody": No(
        INFORMATION, story.assess_information(AssessedAs.TRANSFERRED), r.ReceiverMissingError, "receiver"
    ),
    "closed information is not assessed": No(
        (*INFORMATION, story.assess_information(), story.close()),
        story.assess_information(),
        r.FeedbackClosedError,
    ),
    "the superior is called once": No((story.refer_to_superior(),), story.refer_to_superior(), r.SuperiorKnownError),
    "alone, a release needs a reason": No(
        (*story.DRAFTED, story.submit_for_release()),
        c.ReleaseAnswer(by=HUNG, at=story.FRIDAY, law=law_at(story.FRIDAY), others=0),
        r.ReasonMissingError,
        "alone_reason",
    ),
    "nothing is released after it was withdrawn": No(
        (*ON_THE_DESK, story.withdraw()), story.release(SON), r.EndedError, None, {"ending": "withdrawn"}
    ),
}
"""By the sentence that says it."""
