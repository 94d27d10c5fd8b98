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
