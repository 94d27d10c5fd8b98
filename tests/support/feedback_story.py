"""People, places and papers of invented feedback, and each command in one line."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID, uuid5

from domain.calendar import LEGAL_ZONE
from domain.feedback import commands as c
from domain.feedback import ending_commands as e
from domain.feedback import mending_commands as m
from domain.feedback.ending import part_of
from domain.feedback.events import AnswerPart, Attachment, FeedbackSubmitted, RequestItem, SplitPart
from domain.feedback.feedback import FEEDBACK
from domain.feedback.vocabulary import (
    AskedBy,
    AssessedAs,
    Channel,
    Contact,
    GuidedTo,
    IneligibleGround,
    Kind,
    Language,
    Outcome,
    Sensitivity,
    SubmitterRole,
    TextPlace,
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


def split(*parts: tuple[int, ...], pieces: int = 3, reason: str = "Two matters") -> e.SplitFeedback:
    dealt = tuple(SplitPart(someone(f"part {n}"), part) for n, part in enumerate(parts or ((1, 2), (3,)), start=1))
    return e.SplitFeedback(by=MAI, at=MONDAY, pieces=pieces, parts=dealt, reason=reason)


def open_part(holder: UUID | None = HUNG, **changes: Any) -> e.OpenFromOther:
    """A part of the usual submission."""
    opening = FEEDBACK.decide(None, submit())[0]
    assert isinstance(opening, FeedbackSubmitted)
    part = part_of(opening, split_from=someone("whole"), **changes)
    return e.OpenFromOther(by=MAI, at=MONDAY, opening=part, holder_id=holder)


def link_duplicate(reason: str = "Same words", *, goes_on: bool = True) -> e.LinkDuplicate:
    return e.LinkDuplicate(by=MAI, at=MONDAY, of_case_id=someone("other case"), other_goes_on=goes_on, reason=reason)


def unlink_duplicate(reason: str = "Another class") -> e.UnlinkDuplicate:
    return e.UnlinkDuplicate(by=MAI, at=MONDAY, reason=reason)


def transfer(**changes: Any) -> e.TransferFeedback:
    """To a body outside."""
    usual: dict[str, Any] = {
        "by": MAI,
        "at": MONDAY,
        "receiver": "Công an phường (demo)",
        "to_authority_id": None,
        "receiver_works": None,
        "opened_case_id": None,
        "where_to_ask": "Số 1 đường Thông (demo)",
        "document": "3/PC (demo)",
        "reason": "Not ours",
    }
    return e.TransferFeedback(**{**usual, **changes})


def transfer_inside() -> e.TransferFeedback:
    """To another authority of the store."""
    return transfer(to_authority_id=NUI_XANH, receiver_works=True, opened_case_id=someone("transferred"))


def recall_transfer(reason: str = "Wrong body", *, opened: bool = False) -> e.RecallTransfer:
    return e.RecallTransfer(by=MAI, at=MONDAY, opened_there=opened, reason=reason)


def close_recalled() -> e.CloseRecalled:
    return e.CloseRecalled(by=MAI, at=MONDAY, reason="Wrong body")


def guide() -> e.GuideSender:
    return e.GuideSender(
        by=MAI, at=MONDAY, to=GuidedTo.COMPLAINT, guidance=sealed("Write a petition."), document="4/HD (demo)"
    )


def withdraw_guidance(reason: str = "It was feedback after all") -> e.WithdrawGuidance:
    return e.WithdrawGuidance(by=MAI, at=MONDAY, reason=reason)


def find_ineligible(at: datetime = MONDAY) -> e.FindIneligible:
    ground = IneligibleGround.CONTENT_UNCLEAR
    return e.FindIneligible(by=MAI, at=at, ground=ground, reason=sealed("Which school?"), law=law_at(MONDAY))


def revoke_ineligibility(reason: str = "He wrote again") -> e.RevokeIneligibility:
    return e.RevokeIneligibility(by=MAI, at=MONDAY, reason=reason)


def purge(at: datetime, document: str = "5/DM (demo)", **changes: Any) -> e.PurgePetition:
    return e.PurgePetition(by=SON, at=at, document=document, **changes)


def propose_spam(by: UUID = MAI, reason: str = "Only signs") -> e.ProposeSpam:
    return e.ProposeSpam(by=by, at=MONDAY, reason=reason)


def doubt_spam(reason: str = "There is a question in it") -> e.DoubtSpam:
    return e.DoubtSpam(by=SON, at=MONDAY, reason=reason)


def agree_on_spam(by: UUID = SON, alone_reason: str = "", others: int = 1) -> e.AgreeOnSpam:
    return e.AgreeOnSpam(by=by, at=MONDAY, alone_reason=alone_reason, others=others)


def revoke_spam(reason: str = "It was none") -> e.RevokeSpam:
    return e.RevokeSpam(by=SON, at=MONDAY, reason=reason)


def withdraw(**changes: Any) -> e.WithdrawFeedback:
    usual: dict[str, Any] = {"by": SUBJECT, "at": MONDAY, "channel": Channel.QR, "reason": sealed("It is settled.")}
    return e.WithdrawFeedback(**{**usual, **changes})


def draft_correction(*numbers: int, by: UUID = HUNG, reason: str = "Wrong sum") -> m.DraftCorrection:
    return m.DraftCorrection(by=by, at=FRIDAY, outcome=Outcome.EXPLAINED, parts=parts(*numbers), reason=reason)


def return_correction() -> m.ReturnCorrection:
    return m.ReturnCorrection(by=SON, at=FRIDAY, reason=sealed("The sum was right."))


def release_correction(by: UUID = SON, **changes: Any) -> m.ReleaseCorrection:
    return m.ReleaseCorrection(by=by, at=FRIDAY, law=law_at(FRIDAY), **changes)


def hide_words(place: TextPlace = TextPlace.CONTENT, number: int = 0, reason: str = "A child") -> m.HideWords:
    text = sealed("The class of […] asks money.")
    return m.HideWords(by=MAI, at=MONDAY, place=place, number=number, text=text, reason=reason)


def ask_explanation(which: str = "request 1") -> m.AskExplanation:
    return m.AskExplanation(by=HUNG, at=MONDAY, explanation_id=someone(which), number="GT-4F7K", place_id=SCHOOL)


def receive_explanation(which: str = "request 1") -> m.ReceiveExplanation:
    return m.ReceiveExplanation(by=SON, at=FRIDAY, explanation_id=someone(which))


def recall_explanation(which: str = "request 1", reason: str = "Wrong school") -> m.RecallExplanation:
    return m.RecallExplanation(by=HUNG, at=MONDAY, explanation_id=someone(which), reason=reason)


def open_information(*readers: UUID, reason: str = "False invoices") -> m.OpenInformationCase:
    return m.OpenInformationCase(
        by=MAI, at=MONDAY, reader_ids=readers, guidance=sealed("Denounce in person."), reason=reason
    )


def assess_information(result: AssessedAs = AssessedAs.STORED, receiver: str = "") -> m.AssessInformation:
    return m.AssessInformation(by=SON, at=FRIDAY, result=result, assessment=sealed("Kept."), receiver=receiver)


def refer_to_superior(superior: UUID = NUI_XANH, reason: str = "Nobody left") -> m.ReferToSuperior:
    return m.ReferToSuperior(by=SON, at=MONDAY, superior_id=superior, reason=reason)


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
