"""People, places and papers of invented feedback, and each command in one line."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from domain.calendar import LEGAL_ZONE
from domain.feedback import commands as c
from domain.feedback.events import AnswerPart, Attachment, RequestItem
from domain.feedback.feedback import FEEDBACK
from domain.feedback.vocabulary import (
    AskedBy,
    Channel,
    Contact,
    Kind,
    Language,
    Outcome,
    Sensitivity,
    SubmitterRole,
    Topic,
)
from domain.kernel import Fact, Sealed
from domain.law.law import law_at
from tests.support.given import Given

WORLD = UUID("5b1f5f0e-0000-4000-8000-000000000000")


def someone(slug: str) -> UUID:
    """The id of anything in these stories."""
    return uuid5(WORLD, slug)


MAI, HUNG, SON, LAN, VAN = (someone(name) for name in ("mai", "hung", "son", "lan", "van"))
DOI_THONG, NUI_XANH = someone("phuong-doi-thong-demo"), someone("xa-nui-xanh-demo")
WARD, OTHER_WARD = someone("ward"), someone("other-ward")
SCHOOL = someone("th-binh-nguyen-demo")
SUBJECT = someone("subject")


def ha_noi(text: str) -> datetime:
    """`2026-08-22 09:41` in Hà Nội."""
    return datetime.fromisoformat(text).replace(tzinfo=LEGAL_ZONE)


SATURDAY = ha_noi("2026-08-22 09:41")
"""On which offices work, for 31/08."""
MONDAY = ha_noi("2026-08-24 08:00")
FRIDAY = ha_noi("2026-08-28 16:50")


def sealed(text: str) -> Sealed:
    """Stands for a text that the desk sealed; the same text gives the same value."""
    digest = sha256(text.encode()).digest()
    return Sealed(SUBJECT, uuid5(SUBJECT, text), "test:text", digest[:12], digest, digest)


def photo(name: str) -> Attachment:
    """A photo as the vault keeps it."""
    address = sha256(name.encode()).hexdigest()
    return Attachment(uuid5(SUBJECT, f"photo/{name}"), address, "image/jpeg", 1_234, sealed(name))


def requests(*texts: str) -> tuple[RequestItem, ...]:
    """What the sender asks for, one by one."""
    return tuple(RequestItem(number, sealed(text)) for number, text in enumerate(texts, start=1))


def parts(*numbers: int) -> tuple[AnswerPart, ...]:
    """An answer to these requests."""
    return tuple(AnswerPart(number, sealed(f"answer to {number}")) for number in numbers)


def submit(at: datetime = SATURDAY, **changes: Any) -> c.SubmitFeedback:
    """By a parent over the QR code."""
    received = changes.get("received_at") or at
    usual: dict[str, Any] = {
        "by": SUBJECT,
        "at": at,
        "channel": Channel.QR,
        "authority_id": DOI_THONG,
        "place_id": SCHOOL,
        "area_id": WARD,
        "subject_id": SUBJECT,
        "identity_ref": None,
        "contact": Contact.NONE,
        "submitter_role": SubmitterRole.PARENT,
        "topic": Topic.MONEY,
        "danger": False,
        "content": sealed("The class asks money for a projector."),
        "content_length": 120,
        "attachments": (photo("notice"),),
        "code_hash": b"0" * 32,
        "consent_version": "2026-01",
        "language": Language.VI,
        "law": law_at(received),
    }
    return c.SubmitFeedback(**{**usual, **changes})


def acknowledge(by: UUID = MAI, at: datetime = MONDAY) -> c.AcknowledgeFeedback:
    return c.AcknowledgeFeedback(by=by, at=at, post_id=someone("post of intake"))


def classify(category: str = "over-collection", **changes: Any) -> c.ClassifyFeedback:
    """Two requests, unless said otherwise."""
    usual: dict[str, Any] = {
        "by": MAI,
        "at": MONDAY,
        "kind": Kind.FEEDBACK,
        "category": category,
        "sub_category": "",
        "title": "Thu tiền máy chiếu",
        "requests": requests("Trả lại tiền", "Nhắc nhở lớp"),
    }
    return c.ClassifyFeedback(**{**usual, **changes})


def assign(handler: UUID = HUNG, reason: str = "", by: UUID = MAI) -> c.AssignFeedback:
    return c.AssignFeedback(
        by=by, at=MONDAY, handler_id=handler, handler_post_id=someone("post of a handler"), reason=reason
    )


def ask(at: datetime = MONDAY) -> c.AskSender:
    return c.AskSender(by=HUNG, at=at, question=sealed("When was it?"))


def reply(number: int = 1, **changes: Any) -> c.ReplyToQuestion:
    usual: dict[str, Any] = {
        "by": SUBJECT,
        "at": ha_noi("2026-08-25 19:00"),
        "question_number": number,
        "reply": sealed("On Friday."),
        "attachments": (),
        "channel": Channel.QR,
    }
    return c.ReplyToQuestion(**{**usual, **changes})


def draft(*numbers: int, by: UUID = HUNG) -> c.DraftAnswer:
    return c.DraftAnswer(by=by, at=FRIDAY, outcome=Outcome.RESOLVED, parts=parts(*numbers))


def submit_for_release() -> c.SubmitAnswerForRelease:
    return c.SubmitAnswerForRelease(by=HUNG, at=FRIDAY)


def return_answer() -> c.ReturnAnswer:
    return c.ReturnAnswer(by=SON, at=FRIDAY, reason=sealed("Say by which day."))


def release(by: UUID = SON, at: datetime = FRIDAY) -> c.ReleaseAnswer:
    return c.ReleaseAnswer(by=by, at=at, law=law_at(at))


def close() -> c.CloseFeedback:
    return c.CloseFeedback(by=HUNG, at=FRIDAY, reason="Nothing more is to be done.")


def reopen(at: datetime = FRIDAY, asked_by: AskedBy = AskedBy.SENDER) -> c.ReopenFeedback:
    by = SUBJECT if asked_by is AskedBy.SENDER else SON
    return c.ReopenFeedback(by=by, at=at, asked_by=asked_by, reason=sealed("Money not back."), law=law_at(at))


def note() -> c.AddInternalNote:
    return c.AddInternalNote(by=MAI, at=MONDAY, note=sealed("Called the school."))


def involve(by: UUID = HUNG) -> c.DeclareInvolvement:
    return c.DeclareInvolvement(by=by, at=MONDAY)


def restrict(sensitivity: Sensitivity = Sensitivity.RESTRICTED, reason: str = "A small class") -> c.RestrictFeedback:
    return c.RestrictFeedback(by=MAI, at=MONDAY, sensitivity=sensitivity, reason=reason)


def name_reader(official: UUID = VAN, reason: str = "Knows the school") -> c.NameReader:
    return c.NameReader(by=SON, at=MONDAY, official_id=official, reason=reason)


def dismiss_reader(official: UUID = VAN, reason: str = "No longer needed") -> c.DismissReader:
    return c.DismissReader(by=SON, at=MONDAY, official_id=official, reason=reason)


def disclose(reason: str = "To return a call") -> c.DiscloseIdentity:
    return c.DiscloseIdentity(by=MAI, at=MONDAY, reason=reason)


def hand_over(to: UUID = NUI_XANH, reason: str = "Dissolved", *, works: bool = True) -> c.HandOverFeedback:
    return c.HandOverFeedback(
        by=SON, at=MONDAY, to_authority_id=to, receiver_works=works, reason=reason, document="12/QĐ (demo)"
    )


def told(*commands: c.FeedbackCommand) -> Given:
    """The history that these commands make of a new submission; each must be accepted."""
    facts: list[Fact] = []
    for command in (submit(), *commands):
        facts += FEEDBACK.decide(FEEDBACK.fold(facts), command)  # type: ignore[arg-type]
    return Given(FEEDBACK, *facts)


ACKNOWLEDGED = (acknowledge(),)
IN_HANDLING = (acknowledge(), classify(), assign())
DRAFTED = (*IN_HANDLING, draft(1, 2))
ON_THE_DESK = (*DRAFTED, submit_for_release())
ANSWERED = (*ON_THE_DESK, release())
CLOSED = (*ANSWERED, close())
"""How far a case has come, as the commands that bring it there."""
