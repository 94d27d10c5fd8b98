"""Why a dialogue meeting refuses an act. Codes are stable; the sentences stand in the catalogue."""

from domain.kernel import RefusalError


class AlreadyPlannedError(RefusalError):
    code = "dialogue-already-planned"


class WordsMissingError(RefusalError):
    """A field that has to say something is empty; `field` says which."""

    code = "dialogue-words-missing"


class NotAnnouncedError(RefusalError):
    """Those who are invited have to be told before."""

    code = "dialogue-not-announced"


class AlreadyHeldError(RefusalError):
    code = "dialogue-already-held"


class NotHeldError(RefusalError):
    """What was said is recorded once the meeting was held."""

    code = "dialogue-not-held"


class DayAheadError(RefusalError):
    """What is reported cannot have happened on a day that has not come."""

    code = "dialogue-day-ahead"


class DayBeforeMeetingError(RefusalError):
    """Before the meeting nothing of it can be answered, passed on or due."""

    code = "dialogue-day-before-meeting"


class NobodyThereError(RefusalError):
    """A meeting has at least one participant."""

    code = "dialogue-nobody-there"


class BatchClosedError(RefusalError):
    """It is finished."""

    code = "dialogue-closed"


class NothingNewError(RefusalError):
    """Every row is recorded already, or there is none."""

    code = "dialogue-nothing-new"


class NumberWrongError(RefusalError):
    """A running number is at least 1."""

    code = "dialogue-number-wrong"


class NumberTakenError(RefusalError):
    """A running number is never used again. `details["number"]`."""

    code = "dialogue-number-taken"


class TooManyOpinionsError(RefusalError):
    """`details["most"]`."""

    code = "dialogue-too-many-opinions"


class BodyMissingError(RefusalError):
    """Another body has to be named."""

    code = "dialogue-body-missing"


class DueReasonMissingError(RefusalError):
    """No law sets the day: who sets one says why."""

    code = "dialogue-due-reason-missing"


class RowUnknownError(RefusalError):
    """No such row waits: it was mended or dismissed."""

    code = "dialogue-row-unknown"


class ReasonMissingError(RefusalError):
    code = "dialogue-reason-missing"


class NothingChosenError(RefusalError):
    """No opinion was chosen."""

    code = "dialogue-nothing-chosen"


class OpinionUnknownError(RefusalError):
    """`details["number"]`."""

    code = "dialogue-opinion-unknown"


class OpinionSettledError(RefusalError):
    """It is answered or passed on; who wants to change that opens it again. `details["number"]`."""

    code = "dialogue-opinion-settled"


class OpinionOpenError(RefusalError):
    """It is open. `details["number"]`."""

    code = "dialogue-opinion-open"


class AnswerMissingError(RefusalError):
    code = "dialogue-answer-missing"


class NoOpinionsError(RefusalError):
    """Nothing was recorded yet."""

    code = "dialogue-no-opinions"


class NotRoutedError(RefusalError):
    """A summary comes when each opinion has its level. `details`: the `first` without one, and how many: `count`."""

    code = "dialogue-not-routed"


class SummaryMissingError(RefusalError):
    code = "dialogue-summary-missing"


class OpinionsOpenError(RefusalError):
    """Neither answered nor passed on. `details`: the `first` open number, and how many: `count`."""

    code = "dialogue-opinions-open"


class RowsWaitError(RefusalError):
    """Rows of a sheet are neither mended nor dismissed. `details["count"]`."""

    code = "dialogue-rows-wait"


class NotClosedError(RefusalError):
    """Published counts do not change any more, so that no two of them tell a single opinion."""

    code = "dialogue-not-closed"


class NotConfirmedError(RefusalError):
    """A person reads the text and says that it names nobody."""

    code = "dialogue-not-confirmed"


class AlreadyPublishedError(RefusalError):
    code = "dialogue-already-published"


class NotPublishedError(RefusalError):
    code = "dialogue-not-published"
