"""The closed lists of words that dialogue facts use. Codes are stored for ever; labels stand in the catalogue."""

from enum import StrEnum


class Speaker(StrEnum):
    """What somebody who spoke at the meeting is. No name is needed."""

    PARENT = "parent"
    PUPIL = "pupil"
    TEACHER = "teacher"
    STAFF = "staff"
    MANAGER = "manager"
    RESIDENT = "resident"
    BODY = "body"
    OTHER = "other"


class Addressed(StrEnum):
    """The level that an opinion is addressed to."""

    SCHOOL = "school"
    COMMUNE = "commune"
    DEPARTMENT = "department"
    PROVINCE = "province"
    OTHER = "other"


class OpinionStatus(StrEnum):
    """Where an opinion stands. An opinion has exactly one of these, so that their sum is the total."""

    RECORDED = "recorded"
    ROUTED = "routed"
    ANSWERED = "answered"
    TRANSFERRED = "transferred"


SETTLED = frozenset({OpinionStatus.ANSWERED, OpinionStatus.TRANSFERRED})
"""What somebody has seen to."""


class RowField(StrEnum):
    """The cells of a row of a sheet, in the order of the columns."""

    NUMBER = "number"
    SPEAKER = "speaker"
    TEXT = "text"
    LEVEL = "level"
    BODY = "body"
    DUE_ON = "due_on"
    DUE_REASON = "due_reason"


class RowFaultCode(StrEnum):
    """Why a row could not be taken as it is."""

    NUMBER_WRONG = "number-wrong"
    NUMBER_TAKEN = "number-taken"
    NUMBER_TWICE = "number-twice"
    SAME_WORDS = "same-words"
    SPEAKER_TOO_LONG = "speaker-too-long"
    TEXT_MISSING = "text-missing"
    TEXT_TOO_LONG = "text-too-long"
    LEVEL_UNKNOWN = "level-unknown"
    BODY_MISSING = "body-missing"
    BODY_TOO_LONG = "body-too-long"
    DUE_WRONG = "due-wrong"
    DUE_BEFORE_MEETING = "due-before-meeting"
    DUE_REASON_MISSING = "due-reason-missing"
    DUE_REASON_TOO_LONG = "due-reason-too-long"
    EXTRA_CELLS = "extra-cells"
