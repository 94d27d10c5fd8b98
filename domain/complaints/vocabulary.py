"""The closed lists of words that facts of complaints use. Codes are stored for ever; labels stand in the catalogue."""

from __future__ import annotations

from enum import StrEnum


class Level(StrEnum):
    """Which time the matter is complained of (lần đầu, lần hai)."""

    FIRST = "first"
    SECOND = "second"


class Target(StrEnum):
    """What is complained of (Luật Khiếu nại 2011, Art. 2): a decision, an act, or a decision on discipline."""

    DECISION = "administrative-decision"
    ACT = "administrative-act"
    DISCIPLINE = "discipline"


class Employment(StrEnum):
    """Under which law somebody who was disciplined serves: cán bộ, công chức; viên chức; người lao động hợp đồng."""

    OFFICIAL = "official"
    PUBLIC_EMPLOYEE = "public-employee"
    CONTRACT = "contract"


class Reading(StrEnum):
    """Which chapter a complaint about discipline follows where the text leaves it open.

    DISCIPLINE: Chapter IV of Luật Khiếu nại (15 and 10 days); GENERAL: that of administrative decisions (90 and 30).
    """

    GENERAL = "general"
    DISCIPLINE = "discipline"


class Form(StrEnum):
    """How it was lodged (Art. 8). What came over a QR code is neither of these."""

    SIGNED_PETITION = "signed-petition"
    ORAL_MINUTES = "oral-minutes"
    UNSIGNED_PETITION = "unsigned-petition"


class Representation(StrEnum):
    """Who acts for the complainant (Art. 12, 16; NĐ 124/2020 Art. 7)."""

    NONE = "none"
    LAWFUL = "lawful-representative"
    MANDATED = "mandated"
    LAWYER = "lawyer"
    LEGAL_AID = "legal-aid"
    COLLECTIVE = "collective"


class Ownership(StrEnum):
    """Whether acts of the unit are acts of the state (công lập, ngoài công lập)."""

    PUBLIC = "public"
    PRIVATE = "private"


class Resolver(StrEnum):
    """The post that resolves (người giải quyết khiếu nại)."""

    SCHOOL_HEAD = "school-head"
    COMMUNE_CHAIR = "commune-chair"
    DISTRICT_DIVISION_HEAD = "district-division-head"
    DISTRICT_CHAIR = "district-chair"
    DEPARTMENT_DIRECTOR = "department-director"
    PROVINCE_CHAIR = "province-chair"


class Complexity(StrEnum):
    """How difficult the matter is (vụ việc bình thường, phức tạp; Art. 28, 37)."""

    NORMAL = "normal"
    COMPLEX = "complex"


class Ground(StrEnum):
    """Why a complaint is not accepted (Luật Khiếu nại 2011, Art. 11): the nine of the statute."""

    INTERNAL_ACT = "internal-act"
    NO_OWN_RIGHT = "no-own-right"
    NO_CAPACITY = "no-capacity"
    NO_VALID_REPRESENTATIVE = "no-valid-representative"
    NO_SIGNATURE = "no-signature"
    OUT_OF_TIME = "out-of-time"
    SECOND_DECISION_EXISTS = "second-decision-exists"
    TERMINATED = "terminated-and-not-renewed"
    IN_COURT = "in-court"


class Timeliness(StrEnum):
    """Whether it was lodged in time. UNCLEAR: by one reading of the law it was, by another not; UNKNOWN: no start."""

    IN_TIME = "in-time"
    LATE = "late"
    UNCLEAR = "unclear"
    UNKNOWN = "unknown"


class ComplaintOutcome(StrEnum):
    """The statute's three words: đúng toàn bộ, đúng một phần, sai toàn bộ."""

    UPHELD = "upheld"
    PARTLY = "upheld-in-part"
    REJECTED = "rejected"


class Section(StrEnum):
    """Parts of the decision's text (Art. 31 for the first, Art. 40 for the second)."""

    CONTENT = "content"
    VERIFICATION = "verification"
    DIALOGUE = "dialogue"
    LEGAL_BASIS = "legal-basis"
    CONCLUSION = "conclusion"
    ORDER = "order"
    COMPENSATION = "compensation"
    RIGHTS = "rights"


class Way(StrEnum):
    """How the decision went out."""

    BY_HAND = "by-hand"
    BY_POST = "by-post"
    ELECTRONIC = "electronic"


class Proof(StrEnum):
    """What proves the day of receipt."""

    HANDOVER_NOTE = "handover-note"
    POSTAL_RECEIPT = "postal-receipt"
    WITNESSED_REFUSAL = "witnessed-refusal"
    ELECTRONIC_RECEIPT = "electronic-receipt"


class Publication(StrEnum):
    """In which form a decision was made public: at a meeting, posted up, on a page or in the media."""

    MEETING = "meeting"
    POSTING = "posting"
    ONLINE = "online"


class Evidence(StrEnum):
    """What was gathered (Art. 29)."""

    DOCUMENT = "document"
    EXPLANATION = "explanation"
    STATEMENT = "statement"
    SITE_CHECK = "site-check"
    EXPERT_OPINION = "expert-opinion"


class Stage(StrEnum):
    """Where it stands (complaints.md §5.2)."""

    FORWARDED = "forwarded"
    RECEIVED = "received"
    EXAMINED = "examined"
    ACCEPTED = "accepted"
    UNDER_VERIFICATION = "under-verification"
    DRAFTED = "drafted"
    FOR_SIGNING = "for-signing"
    SIGNED = "signed"
    DECIDED = "decided"
    DELIVERED = "delivered"
    IN_FORCE = "in-force"
    EXECUTED = "executed"
    CLOSED = "closed"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    TERMINATED = "terminated"
    NOT_ACCEPTED = "not-accepted"
    TRANSFERRED = "transferred"
    GUIDED = "guided"
