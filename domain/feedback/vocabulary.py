"""The closed lists of words that feedback facts use. Codes are stored for ever; labels stand in the catalogue."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """Which way it came (kênh tiếp nhận)."""

    QR = "qr"
    HOTLINE = "hotline"
    SUGGESTION_BOX = "suggestion-box"
    POST = "post"
    IN_PERSON = "in-person"
    EMAIL = "email"
    PORTAL = "portal"
    DIALOGUE_MEETING = "dialogue-meeting"
    PRESS = "press"
    TRANSFER = "transfer"
    OFFLINE_SHEET = "offline-sheet"
    ZALO = "zalo"


class SubmitterRole(StrEnum):
    """What the sender says to be; may be left open."""

    PARENT = "parent"
    PUPIL = "pupil"
    TEACHER = "teacher"
    STAFF = "staff"
    MANAGER = "manager"
    RESIDENT = "resident"
    ORGANISATION = "organisation"
    UNKNOWN = "unknown"


class Contact(StrEnum):
    """How the sender wants to be reached."""

    NONE = "none"
    PHONE = "phone"
    EMAIL = "email"
    POST = "post"


class Language(StrEnum):
    """Which language the sender's page was in; what is none of these is only known not to be."""

    VI = "vi"
    EN = "en"
    OTHER = "other"

    @classmethod
    def _missing_(cls, _value: object) -> Language:
        return cls.OTHER


class Topic(StrEnum):
    """What the sender chose on the first public screen; a hint, not the classification."""

    MONEY = "money"
    TUTORING = "tutoring"
    FOOD = "food"
    VIOLENCE = "violence"
    SAFETY = "safety"
    CONDUCT = "conduct"
    ENROLMENT = "enrolment"
    OTHER = "other"


class Kind(StrEnum):
    """Feedback informs, a recommendation proposes (phản ánh, kiến nghị; Luật Tiếp công dân 2013)."""

    FEEDBACK = "feedback"
    RECOMMENDATION = "recommendation"


class Sensitivity(StrEnum):
    """Who may know that the case exists. Everything but NORMAL and URGENT: handler, head and named people only."""

    NORMAL = "normal"
    URGENT = "urgent"
    RESTRICTED = "restricted"
    CHILD_PROTECTED = "child-protected"
    IDENTITY_VAULT = "identity-vault"

    @property
    def narrow(self) -> bool:
        """Hidden from colleagues who do not handle the case."""
        return self not in (Sensitivity.NORMAL, Sensitivity.URGENT)


class Outcome(StrEnum):
    """What became of it (kết quả trả lời)."""

    RESOLVED = "resolved"
    EXPLAINED = "explained"
    REFERRED = "referred"
    NO_GROUND = "no-ground"
    CANNOT_VERIFY = "cannot-verify"


class Stage(StrEnum):
    """Where a feedback stands. The sender sees fewer words (glossary)."""

    SUBMITTED = "submitted"
    ACKNOWLEDGED = "acknowledged"
    CLASSIFIED = "classified"
    IN_HANDLING = "in-handling"
    AWAITING_SENDER = "awaiting-sender"
    AWAITING_RELEASE = "awaiting-release"
    ANSWERED = "answered"
    CLOSED = "closed"
    AWAITING_UNIT = "awaiting-unit"
    UNDER_ASSESSMENT = "under-assessment"
    ASSESSED = "assessed"
    SPLIT = "split"
    DUPLICATE = "duplicate"
    TRANSFERRED = "transferred"
    RECALLED = "recalled"
    GUIDED = "guided"
    INELIGIBLE = "ineligible"
    SPAM = "spam"
    WITHDRAWN = "withdrawn"


class Ending(StrEnum):
    """How a case ended without an answer of its own. The same words as the stage it is then in."""

    SPLIT = "split"
    DUPLICATE = "duplicate"
    TRANSFERRED = "transferred"
    RECALLED = "recalled"
    """The authority that had transferred it here took it back."""
    GUIDED = "guided"
    INELIGIBLE = "ineligible"
    SPAM = "spam"
    WITHDRAWN = "withdrawn"


class IneligibleGround(StrEnum):
    """Why a text cannot be handled (không đủ điều kiện xử lý; TT 05/2021, wording from memory)."""

    CONTENT_UNCLEAR = "content-unclear"
    UNREADABLE = "unreadable"
    SENT_TO_COMPETENT_BODY = "sent-to-competent-body"
    GUIDED_BEFORE = "guided-before"
    SETTLED_BEFORE = "settled-before"
    NOT_EDUCATION = "not-education"


class GuidedTo(StrEnum):
    """Which way a sender was shown (hướng dẫn)."""

    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"
    OTHER_BODY = "other-body"
    COURT = "court"


class AssessedAs(StrEnum):
    """What an authority does with information that has denunciation content (Luật Tố cáo 2018 Đ.25)."""

    CHECK_PROPOSED = "check-proposed"
    TRANSFERRED = "transferred"
    STORED = "stored"


class TextPlace(StrEnum):
    """Which words of the sender were covered."""

    CONTENT = "content"
    REPLY = "reply"


def stage_of(
    *,
    closed: bool,
    answered: bool,
    waits: bool,
    asked: bool,
    assigned: bool,
    classified: bool,
    held: bool,
    ending: str = "",
    unit_asked: bool = False,
    information: bool = False,
    assessed: bool = False,
) -> Stage:
    """Where it stands, from the latest sign to the earliest. Decisions and read models use the same order."""
    if ending:
        return Stage(ending)
    signs = (
        (closed, Stage.CLOSED),
        (assessed, Stage.ASSESSED),
        (information, Stage.UNDER_ASSESSMENT),
        (answered, Stage.ANSWERED),
        (waits, Stage.AWAITING_RELEASE),
        (asked, Stage.AWAITING_SENDER),
        (unit_asked, Stage.AWAITING_UNIT),
        (assigned and classified, Stage.IN_HANDLING),
        (classified, Stage.CLASSIFIED),
        (held, Stage.ACKNOWLEDGED),
    )
    return next((stage for sign, stage in signs if sign), Stage.SUBMITTED)


class AskedBy(StrEnum):
    """Who wanted the case opened again."""

    SENDER = "sender"
    OFFICIAL = "official"
