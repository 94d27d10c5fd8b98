"""The public side as JSON: send something, look what became of it. And what officials enter for others."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any
from uuid import UUID, uuid4

import msgspec
from litestar import Controller, Request, Response, get, post

from adapters.http.api.case_json import Json, explanation
from adapters.http.api.feedback import When
from adapters.http.api.views import Done, done
from adapters.http.authenticate import client_address
from adapters.http.conditional import KEY_HEADER, Intents, read_json
from adapters.http.injected import FromPath, Injected
from adapters.http.naming import Naming
from adapters.http.openapi import BODY, NEW, OPEN
from adapters.http.problems import FieldFault, InvalidInputError
from adapters.http.protection import ProtectionReader
from adapters.http.screen import Screen
from adapters.http.sender_view import SenderView
from adapters.http.senders import Sender, Senders
from adapters.http.settings import HttpSettings
from application import ports
from application.access import ANYONE, Actor
from application.feedback import FeedbackDesk
from application.feedback_intake import MOST_PHOTOS, Scan, Submission, Submitted
from application.ports import FileRefusedError, Identity, PlaceInfo, Places, Receipt
from domain.feedback.vocabulary import Channel, SubmitterRole, Topic
from domain.law.term import Term

PUBLIC_LIMIT = 60 * 1024 * 1024
"""Bytes of a public request: five photos in base64 and the text."""
CITIZEN = Actor(kind="citizen", id=ANYONE)
Short = Annotated[str, msgspec.Meta(max_length=300)]
Words = Annotated[str, msgspec.Meta(max_length=40_000)]


class Contact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How to reach the sender; every field may be left empty."""

    name: Short = ""
    phone: Short = ""
    email: Short = ""
    address: Short = ""

    def identity(self) -> Identity:
        """For the vault."""
        return Identity(self.name.strip(), self.phone.strip(), self.email.strip(), self.address.strip())


class SubmitBody(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`unit` is the code under the QR code. `photos` are JPEG, PNG, WebP or PDF in base64, at most five."""

    unit: Short
    text: Words
    topic: Topic = Topic.OTHER
    danger: bool = False
    submitter_role: SubmitterRole = SubmitterRole.UNKNOWN
    contact: Contact = Contact()
    photos: tuple[bytes, ...] = ()
    language: Annotated[str, msgspec.Meta(max_length=20)] = "vi"


class ScanBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file in base64, kept byte for byte; a cleaned copy is shown."""

    data: bytes
    name: Short = ""


class PaperBody(SubmitBody, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What came by another channel. `received_at` earlier than now needs `late_reason`.

    `paper_day` is the day on the paper; `sent_by`, `document_number` and `document_day` say which body passed it on.
    `photos` and `scans` together are at most five; only scans are kept as evidence.
    """

    channel: Channel
    received_at: When = None
    late_reason: Annotated[str, msgspec.Meta(max_length=2_000)] = ""
    received_at_place: Short = ""
    scans: tuple[ScanBody, ...] = ()
    paper_day: date | None = None
    sent_by: Short = ""
    document_number: Short = ""
    document_day: date | None = None
    collected_by: Short = ""


class SubmittedAnswer(msgspec.Struct, frozen=True, kw_only=True):
    """The receipt. The code is shown this once and is nowhere stored."""

    submission_id: UUID
    code: str
    track_url: str


class ReplyToQuestionBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`part`: the number of the part that asked, where the submission was split or transferred."""

    question: int
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=20_000)]
    photos: tuple[bytes, ...] = ()
    part: int = 0


class ReviewBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=20_000)]
    part: int = 0


class WithdrawBody(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """No reason is asked for."""

    reason: Annotated[str, msgspec.Meta(max_length=2_000)] = ""
    part: int = 0


class SubmissionController(Controller):
    """POST /api/submissions is open to everybody; paper is entered by officials."""

    path = "/api/submissions"
    tags = ("Submissions",)

    @post("", operation_id="Submit", opt={BODY: SubmitBody, NEW: True, OPEN: True}, request_max_body_size=PUBLIC_LIMIT)
    async def submit(
        self,
        request: Request[Any, Any, Any],
        intents: Injected[Intents],
        places: Injected[Places],
        feedback: Injected[FeedbackDesk],
        senders: Injected[Senders],
        screen: Injected[Screen],
        settings: Injected[HttpSettings],
    ) -> Response[SubmittedAnswer]:
        """No account, no name needed. With an Idempotency-Key a repetition answers the same code."""
        body = await read_json(request, SubmitBody)
        place = await _place(places, body.unit)
        wish = await intents.request_of(request, place.id, key_of(request))
        what = _submission(body, Channel.QR)
        if await feedback.known(wish) is None:
            what = msgspec.structs.replace(what, signs=await screen.of_text(request, place, wish.id, body.text))
        submitted = await feedback.submit(CITIZEN, wish, place, what)
        await senders.known_soon(submitted.receipt)
        return _submitted(submitted, settings)

    @post("/paper", operation_id="EnterPaper", opt={BODY: PaperBody, NEW: True}, request_max_body_size=PUBLIC_LIMIT)
    async def enter(
        self,
        request: Request[Any, Any, Any],
        actor: Injected[Actor],
        intents: Injected[Intents],
        places: Injected[Places],
        feedback: Injected[FeedbackDesk],
        settings: Injected[HttpSettings],
    ) -> Response[SubmittedAnswer]:
        """Nhập từ kênh khác: for a sender who came, called or wrote. The answer has the sender's tracking code."""
        feedback.must_enter(actor)
        wish = await intents.read(request, actor.id, PaperBody, new=True)
        body = wish.body
        place = await _place(places, body.unit)
        feedback.must_enter(actor, place)
        what = msgspec.structs.replace(
            _submission(body, body.channel),
            received_at=body.received_at,
            late_reason=body.late_reason.strip(),
            received_at_place=body.received_at_place.strip(),
            scans=_scans(body),
            paper_day=body.paper_day,
            sent_by=body.sent_by.strip(),
            document_number=body.document_number.strip(),
            document_day=body.document_day,
            collected_by=body.collected_by.strip(),
        )
        return _submitted(await feedback.submit(actor, wish.request, place, what), settings)


class TrackController(Controller):
    """With the code in the address one sees and does what its sender may."""

    path = "/api/track/{code:str}"
    tags = ("Tracking",)
    response_headers = {"Referrer-Policy": "no-referrer"}  # noqa: RUF012 - litestar reads it from the class

    @get("", operation_id="Track", opt={OPEN: True})
    async def track(
        self,
        code: FromPath[str],
        request: Request[Any, Any, Any],
        senders: Injected[Senders],
        naming: Injected[Naming],
        protection_reader: Injected[ProtectionReader],
    ) -> Json:
        """State, next date and why, questions, the answer request by request, what was reported of worse treatment."""
        sender = await senders.by_code(code, client_address(request))
        _, seen = await senders.view(sender)
        shown = track_json(seen, await naming.names(seen.named()))
        return {**shown, "protection": msgspec.to_builtins(await protection_reader.of_sender(sender))}

    @post(
        "/replies",
        operation_id="ReplyToQuestion",
        opt={BODY: ReplyToQuestionBody, NEW: True, OPEN: True},
        request_max_body_size=PUBLIC_LIMIT,
    )
    async def reply(
        self,
        code: FromPath[str],
        request: Request[Any, Any, Any],
        intents: Injected[Intents],
        senders: Injected[Senders],
        feedback: Injected[FeedbackDesk],
    ) -> Response[Done]:
        """To a question that is open."""
        sender = await senders.by_code(code, client_address(request))
        body = await read_json(request, ReplyToQuestionBody)
        photos = _photos(body.photos)
        wish, sender = await _wish(intents, request, sender), await senders.part(sender, body.part)
        receipt = await feedback.reply(
            sender.actor, wish, sender.case_id, question=body.question, text=body.text, photos=photos
        )
        return _said(receipt)

    @post("/reviews", operation_id="AskReview", opt={BODY: ReviewBody, NEW: True, OPEN: True})
    async def review(
        self,
        code: FromPath[str],
        request: Request[Any, Any, Any],
        intents: Injected[Intents],
        senders: Injected[Senders],
        feedback: Injected[FeedbackDesk],
    ) -> Response[Done]:
        """Đề nghị xem xét lại, until the day that the answer names."""
        sender = await senders.by_code(code, client_address(request))
        body = await read_json(request, ReviewBody)
        wish, sender = await _wish(intents, request, sender), await senders.part(sender, body.part)
        return _said(await feedback.reopen(sender.actor, wish, sender.case_id, body.reason))

    @post("/withdrawals", operation_id="Withdraw", opt={BODY: WithdrawBody, NEW: True, OPEN: True})
    async def withdraw(
        self,
        code: FromPath[str],
        request: Request[Any, Any, Any],
        intents: Injected[Intents],
        senders: Injected[Senders],
        feedback: Injected[FeedbackDesk],
    ) -> Response[Done]:
        """Rút phản ánh, as long as there is no answer. The file stays."""
        sender = await senders.by_code(code, client_address(request))
        body = await read_json(request, WithdrawBody)
        wish, sender = await _wish(intents, request, sender), await senders.part(sender, body.part)
        return _said(await feedback.withdraw(sender.actor, wish, sender.case_id, body.reason))


def track_json(seen: SenderView, names: dict[UUID, str]) -> Json:
    """The sender's view with names."""
    shown: Json = msgspec.to_builtins(seen)
    if seen.ending is not None:
        known = shown["ending"].pop("receiver_id")
        shown["ending"]["receiver"] = seen.ending.receiver or (names.get(UUID(known)) if known else "")
    shown["parts"] = [track_json(part, names) for part in seen.parts]
    shown["place"] = names.get(UUID(shown.pop("place_id")))
    shown["authority"] = names.get(UUID(shown.pop("authority_id")))
    shown["next_term"] = _public_term(seen.next_term)
    shown["review_term"] = _public_term(seen.review_term)
    return shown


def _public_term(term: Term | None) -> Json | None:
    if term is None:
        return None
    return {
        "purpose": term.purpose,
        "due_on": term.due_on.isoformat(),
        "badge": term.kind,
        "basis": term.basis,
        "explanation": explanation(term, public=True),
    }


async def _place(places: Places, code: str) -> PlaceInfo:
    place = await places.by_code(code)
    if place is None:
        raise InvalidInputError(FieldFault("unit", "no such unit"))
    return place


def _photos(photos: tuple[bytes, ...]) -> tuple[bytes, ...]:
    if len(photos) > MOST_PHOTOS:
        raise FileRefusedError("too-many-files", MOST_PHOTOS)
    return photos


def _scans(body: PaperBody) -> tuple[Scan, ...]:
    if len(body.photos) + len(body.scans) > MOST_PHOTOS:
        raise FileRefusedError("too-many-files", MOST_PHOTOS)
    return tuple(Scan(scan.name, scan.data) for scan in body.scans)


def _submission(body: SubmitBody, channel: Channel) -> Submission:
    return Submission(
        text=body.text,
        topic=body.topic,
        danger=body.danger,
        submitter_role=body.submitter_role,
        identity=body.contact.identity(),
        photos=_photos(body.photos),
        language=body.language,
        channel=channel,
    )


def _submitted(submitted: Submitted, settings: HttpSettings) -> Response[SubmittedAnswer]:
    url = f"{settings.base_url}/p/track"
    return Response(
        SubmittedAnswer(submission_id=submitted.receipt.case_id, code=submitted.code, track_url=url), status_code=201
    )


def key_of(request: Request[Any, Any, Any]) -> UUID:
    """The Idempotency-Key of a public request, or a new one. Raises InvalidInputError."""
    text = request.headers.get(KEY_HEADER)
    if text is None:
        return uuid4()
    try:
        return UUID(text)
    except ValueError:
        raise InvalidInputError(FieldFault(KEY_HEADER, "wrong")) from None


async def _wish(intents: Intents, request: Request[Any, Any, Any], sender: Sender) -> ports.Request:
    return await intents.request_of(request, sender.actor.id, key_of(request))


def _said(receipt: Receipt) -> Response[Done]:
    return done(receipt)
