"""Kinds of notices, and which mails there are. Codes are stored for ever; labels stand in the catalogue."""

from enum import StrEnum


class NoticeKind(StrEnum):
    """Why somebody is told something about a case, or about a protection task."""

    URGENT = "urgent"
    ESCALATED = "escalated"
    REPLIED = "replied"
    RETURNED = "returned"
    RELEASED = "released"
    ASSIGNED = "assigned"
    HALF = "half"
    EIGHTY = "eighty"
    DUE = "due"
    OVERDUE = "overdue"
    PROTECTION = "protection"
    PROTECTION_AGAIN = "protection-again"
    PROTECTION_HANDED = "protection-handed"


OF_PROTECTION = frozenset({NoticeKind.PROTECTION, NoticeKind.PROTECTION_AGAIN, NoticeKind.PROTECTION_HANDED})
"""What speaks of a protection task: shown by the right on that task, not by the right on a case."""


class MailKind(StrEnum):
    """Mails that an official may choose. Urgent ones (and their escalation) go to everybody who gave an address."""

    DIGEST = "digest"
    REPLIED = "replied"
    RETURNED = "returned"
    DUE = "due"
