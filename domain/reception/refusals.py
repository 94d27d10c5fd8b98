"""Why a day of reception refuses an act. Codes are stable; the sentences stand in the catalogue."""

from domain.kernel import RefusalError


class DayThereError(RefusalError):
    """This day was entered before."""

    code = "reception-day-there"


class PlaceMissingError(RefusalError):
    code = "reception-place-missing"


class ReceiverMissingError(RefusalError):
    """Who received is an official by account, or somebody by written name; not both."""

    code = "reception-receiver-missing"


class PostMissingError(RefusalError):
    """Somebody by written name needs the post in which that person received."""

    code = "reception-post-missing"


class ReceiverUnknownError(RefusalError):
    """That account does not work there."""

    code = "reception-receiver-unknown"


class DayAheadError(RefusalError):
    """A day that has not come cannot have happened."""

    code = "reception-day-ahead"


class DayBeforeLawError(RefusalError):
    """Luật Tiếp công dân 42/2013/QH13 is in force since 01/07/2014: older days stand in other books."""

    code = "reception-day-before-law"


class LateReasonMissingError(RefusalError):
    """What is written down on a later day says why."""

    code = "reception-late-reason-missing"


class DayClosedError(RefusalError):
    """That day is over: it is reopened with a reason first."""

    code = "reception-day-closed"


class DayNotClosedError(RefusalError):
    code = "reception-day-not-closed"


class ReasonMissingError(RefusalError):
    code = "reception-reason-missing"


class VisitUnknownError(RefusalError):
    """No visit of that day has this number."""

    code = "reception-visit-unknown"


class PeopleMissingError(RefusalError):
    code = "reception-people-missing"


class CountWrongError(RefusalError):
    """At least one person came. `details["most"]`: and not more than a hall holds."""

    code = "reception-count-wrong"


class ContentMissingError(RefusalError):
    code = "reception-content-missing"


class UnitUnknownError(RefusalError):
    """The unit concerned is not in the register of schools."""

    code = "reception-unit-unknown"


class OralComplaintOnlyError(RefusalError):
    """Minutes of an oral complaint are made of a complaint."""

    code = "reception-oral-complaint-only"


class ResultTextMissingError(RefusalError):
    """Guided, transferred or explained: where to, to whom, or what."""

    code = "reception-result-text-missing"


class MinutesUnsignedError(RefusalError):
    """Without signature or fingerprint they are no minutes of what the person said."""

    code = "reception-minutes-unsigned"


class ScanMissingError(RefusalError):
    code = "reception-scan-missing"


class MinutesMissingError(RefusalError):
    """An oral complaint has no signed minutes yet. `details["number"]`: of the visit."""

    code = "reception-minutes-missing"


class NoComplaintError(RefusalError):
    """A complaint grows from a visit that was a complaint only."""

    code = "reception-no-complaint"


class LinkedAlreadyError(RefusalError):
    """This case is linked already."""

    code = "reception-linked-already"


class ComplaintLinkedError(RefusalError):
    """A complaint grew from it: it cannot become something else any more."""

    code = "reception-complaint-linked"


class CaseUnknownError(RefusalError):
    """No case with this number may be seen by who asks."""

    code = "reception-case-unknown"
