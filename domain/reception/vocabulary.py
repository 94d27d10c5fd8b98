"""The closed lists of words that facts of reception use. Codes are stored for ever; labels stand in the catalogue."""

from enum import StrEnum


class DayKind(StrEnum):
    """By the calendar that was made known (định kỳ), or because something called for it (đột xuất)."""

    REGULAR = "regular"
    UNSCHEDULED = "unscheduled"


class VisitKind(StrEnum):
    """What somebody came with, by its content and not by the title of a paper (TT 05/2021)."""

    FEEDBACK = "feedback"
    RECOMMENDATION = "recommendation"
    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"
    GUIDANCE = "guidance"


class VisitResult(StrEnum):
    """What was done about it at the table."""

    PETITION_RECEIVED = "petition-received"
    GUIDED = "guided"
    TRANSFERRED = "transferred"
    EXPLAINED = "explained"
    ORAL_COMPLAINT = "oral-complaint-recorded"


NEEDS_WORDS = frozenset({VisitResult.GUIDED, VisitResult.TRANSFERRED, VisitResult.EXPLAINED})
"""Results that say nothing without words: where to, to whom, what."""


class Signing(StrEnum):
    """How the person put a name to the minutes."""

    SIGNATURE = "signature"
    FINGERPRINT = "fingerprint"


class LinkedKind(StrEnum):
    """What kind of case a visit became."""

    FEEDBACK = "feedback"
    COMPLAINT = "complaint"
