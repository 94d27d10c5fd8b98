"""Why a protection task refuses an act. Codes are stable; the sentences stand in the catalogue."""

from domain.kernel import RefusalError


class AlreadyReportedError(RefusalError):
    code = "protection-already-reported"


class NothingToldError(RefusalError):
    """Without a word of what happened nobody can do anything."""

    code = "protection-text-missing"


class SinceAheadError(RefusalError):
    """It cannot have begun on a day that has not come."""

    code = "protection-since-ahead"


class TooManyOpenError(RefusalError):
    """So many reports of one sender wait already that one more would hide the others. `details["most"]`."""

    code = "protection-too-many-open"


class AlreadyTakenError(RefusalError):
    """Somebody has it in hand: it is handed over, not taken twice."""

    code = "protection-already-taken"


class NotTakenError(RefusalError):
    """What is done about it is done by somebody who has it in hand."""

    code = "protection-not-taken"


class ProtectionClosedError(RefusalError):
    """It is finished; what happens anew is a report of its own."""

    code = "protection-closed"


class NotPermittedError(RefusalError):
    """Only to who may see it: the child-protection contact and the heads, and nobody who is involved in the case."""

    code = "protection-not-permitted"


class SamePersonError(RefusalError):
    """This person has it in hand."""

    code = "protection-same-person"


class NoteMissingError(RefusalError):
    code = "protection-note-missing"


class WordsMissingError(RefusalError):
    """The sender reads what came of it, in words of the person in charge."""

    code = "protection-words-missing"


class ClosingReasonMissingError(RefusalError):
    """That nothing was found is said with a reason; it is no finding against the sender."""

    code = "protection-reason-missing"


class ReceiverMissingError(RefusalError):
    """Referred, but not to whom."""

    code = "protection-receiver-missing"
