"""Why a request for explanation refuses an act. Codes are stable; the sentences stand in the catalogue."""

from domain.kernel import RefusalError


class AlreadyRequestedError(RefusalError):
    code = "explanation-already-requested"


class QuestionsMissingError(RefusalError):
    code = "explanation-questions-missing"


class CouldKnowMissingError(RefusalError):
    """Somebody at least knows of it: who told it."""

    code = "explanation-could-know-missing"


class FewCouldKnowError(RefusalError):
    """The school might guess who it was; `details["fewest"]`: from how many on no reason is asked."""

    code = "explanation-few-could-know"


class NotLookedAtError(RefusalError):
    """A picture leaves the house only after somebody looked at it for what gives a person away."""

    code = "explanation-attachment-not-looked-at"


class PreviewNotConfirmedError(RefusalError):
    code = "explanation-preview-not-confirmed"


class DateNotAheadError(RefusalError):
    code = "explanation-date-not-ahead"


class DateReasonMissingError(RefusalError):
    code = "explanation-date-reason-missing"


class RequestRecalledError(RefusalError):
    code = "explanation-recalled"


class AlreadyOpenedError(RefusalError):
    """What the school has read cannot be taken back."""

    code = "explanation-already-opened"


class NotOpenedError(RefusalError):
    """Nobody answers or asks for time without having read the questions."""

    code = "explanation-not-opened"


class AlreadyGivenError(RefusalError):
    code = "explanation-already-given"


class UnknownQuestionError(RefusalError):
    code = "explanation-question-unknown"


class QuestionUnansweredError(RefusalError):
    code = "explanation-question-unanswered"


class ExplanationReasonMissingError(RefusalError):
    code = "explanation-reason-missing"


class MoreTimeAlreadyAskedError(RefusalError):
    code = "explanation-more-time-already-asked"


class MoreTimeNotAskedError(RefusalError):
    code = "explanation-more-time-not-asked"


class TimeNotLongerError(RefusalError):
    """More time ends after the day that stands now, and after today."""

    code = "explanation-time-not-longer"
