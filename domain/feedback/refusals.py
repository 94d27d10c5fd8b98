"""Why a feedback refuses an act. Codes are stable; the sentences stand in the catalogue."""

from domain.kernel import RefusalError


class AlreadySubmittedError(RefusalError):
    code = "feedback-already-submitted"


class TextTooShortError(RefusalError):
    code = "feedback-text-too-short"


class TextTooLongError(RefusalError):
    code = "feedback-text-too-long"


class ReceivedInFutureError(RefusalError):
    code = "received-in-future"


class LateReasonMissingError(RefusalError):
    code = "late-reason-missing"


class ReceivedBeforePaperError(RefusalError):
    """The paper bears a later day than that of its receipt."""

    code = "received-before-paper"


class ReceivedAfterSheetError(RefusalError):
    """The sheet says itself that it was received earlier."""

    code = "received-after-sheet"


class SendingBodyMissingError(RefusalError):
    code = "sending-body-missing"


class ReceivedBeforeDocumentError(RefusalError):
    """The document that passed it on is younger than its receipt."""

    code = "received-before-document"


class AlreadyAcknowledgedError(RefusalError):
    code = "feedback-already-acknowledged"


class NotAcknowledgedError(RefusalError):
    code = "feedback-not-acknowledged"


class NotClassifiedError(RefusalError):
    code = "feedback-not-classified"


class UnknownCategoryError(RefusalError):
    code = "category-unknown"


class TitleMissingError(RefusalError):
    code = "title-missing"


class RequestsMissingError(RefusalError):
    code = "requests-missing"


class ReasonMissingError(RefusalError):
    code = "reason-missing"


class QuestionNotOpenError(RefusalError):
    code = "question-not-open"


class ReplyBeforeQuestionError(RefusalError):
    """The paper was received before the question was asked."""

    code = "reply-before-question"


class NothingDraftedError(RefusalError):
    code = "answer-not-drafted"


class RequestUnansweredError(RefusalError):
    code = "request-unanswered"


class UnknownRequestError(RefusalError):
    code = "request-unknown"


class WaitingForReleaseError(RefusalError):
    code = "answer-waits-for-release"


class NotWaitingForReleaseError(RefusalError):
    code = "answer-not-waiting-for-release"


class SecondPersonNeededError(RefusalError):
    code = "release-needs-second-person"


class AlreadyAnsweredError(RefusalError):
    code = "feedback-already-answered"


class NotAnsweredError(RefusalError):
    code = "feedback-not-answered"


class ReviewWindowOverError(RefusalError):
    code = "review-window-over"


class FeedbackClosedError(RefusalError):
    code = "feedback-closed"


class AlreadyInvolvedError(RefusalError):
    code = "involvement-already-declared"


class HandlerInvolvedError(RefusalError):
    code = "handler-involved"


class NotNarrowerError(RefusalError):
    code = "restriction-not-narrower"


class ReaderKnownError(RefusalError):
    code = "reader-already-named"


class ReaderUnknownError(RefusalError):
    code = "reader-not-named"


class SameAuthorityError(RefusalError):
    code = "hand-over-to-same-authority"


class NoReceiverError(RefusalError):
    """There is no such authority, not yet, or no longer."""

    code = "hand-over-to-no-authority"


class NoIdentityError(RefusalError):
    code = "sender-left-no-identity"


class EndedError(RefusalError):
    """Split, transferred, withdrawn … (`ending`): nothing of this kind is done any more."""

    code = "feedback-ended"


class NotEndedSoError(RefusalError):
    code = "feedback-not-ended-so"


class SplitTooFewError(RefusalError):
    code = "split-needs-two-parts"


class SplitLosesTextError(RefusalError):
    """A piece of the text stands in no part (CMP-I14)."""

    code = "split-loses-text"


class SplitPartEmptyError(RefusalError):
    code = "split-part-empty"


class DuplicateOfNothingError(RefusalError):
    """The other case is the same one, of another authority, or was itself ended."""

    code = "duplicate-of-nothing"


class ReceiverMissingError(RefusalError):
    code = "receiver-missing"


class WhereToAskMissingError(RefusalError):
    code = "where-to-ask-missing"


class DocumentMissingError(RefusalError):
    code = "document-missing"


class TransferOpenedError(RefusalError):
    code = "transfer-already-opened"


class KeepNotOverError(RefusalError):
    """Ineligible petitions are kept for a year (CMP-I9)."""

    code = "keep-not-over"


class SpamAlreadyProposedError(RefusalError):
    code = "spam-already-proposed"


class SpamNotProposedError(RefusalError):
    code = "spam-not-proposed"


class CorrectionWaitsError(RefusalError):
    code = "correction-waits-for-release"


class NoCorrectionError(RefusalError):
    code = "correction-not-waiting"


class NoSuchTextError(RefusalError):
    code = "text-not-there"


class ExplanationUnknownError(RefusalError):
    code = "explanation-not-asked"


class ExplanationAskedError(RefusalError):
    code = "explanation-already-asked"


class InformationCaseError(RefusalError):
    """Information is assessed, not answered (Luật Tố cáo 2018 Đ.25)."""

    code = "is-information-case"


class NotInformationCaseError(RefusalError):
    code = "not-information-case"


class AlreadyAssessedError(RefusalError):
    code = "information-already-assessed"


class SuperiorKnownError(RefusalError):
    code = "already-with-superior"


class UnderLegalHoldError(RefusalError):
    """What is evidence is not destroyed."""

    code = "purge-under-legal-hold"


class WordsNeededError(RefusalError):
    """Another case that goes on holds words of the same sender under the same key."""

    code = "purge-words-still-needed"
