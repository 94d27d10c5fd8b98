"""The first half of the feedback desk: what comes in, who takes it and what it is about."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from uuid import UUID, uuid4, uuid5

import msgspec

from application.access import Actor, ForbiddenError, NotVisibleError, Policy, everyone
from application.authorities import AuthorityTree
from application.categories import CATALOGUE_ONLY, CategoryBook
from application.execute import Act, Executor
from application.feedback_access import enters_for_others, may, sees_any, sees_feedback
from application.law import LawBook
from application.ports import (
    Clock,
    FileRefusedError,
    Files,
    Identities,
    Identity,
    PlaceInfo,
    Receipt,
    Request,
    Secrets,
    Staffing,
    StoredFile,
    Vault,
)
from application.screening import held
from domain.feedback import commands as c
from domain.feedback.events import Attachment, FeedbackSubmitted, Original, RequestItem
from domain.feedback.feedback import FEEDBACK
from domain.feedback.intake import Papers, check_length, check_papers, check_received
from domain.feedback.state import Feedback
from domain.feedback.vocabulary import (
    Channel,
    Contact,
    Kind,
    Language,
    SubmitterRole,
    Topic,
)
from domain.kernel import Command, Sealed
from domain.screening.vocabulary import Sign

CONSENT_VERSION = "2026-01"
"""Edition of the short notice on personal data that the sender saw (Luật 91/2025)."""
MOST_PHOTOS = 5


class Scan(msgspec.Struct, frozen=True):
    """A file that an official brings: kept byte for byte as evidence, shown as a cleaned copy."""

    name: str
    data: bytes


class Submission(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody told the authority, as typed."""

    text: str
    topic: Topic = Topic.OTHER
    danger: bool = False
    submitter_role: SubmitterRole = SubmitterRole.UNKNOWN
    identity: Identity = Identity()
    photos: Sequence[bytes] = ()
    language: str = "vi"
    channel: Channel = Channel.QR
    received_at: datetime | None = None
    late_reason: str = ""
    received_at_place: str = ""
    signs: frozenset[Sign] = frozenset()
    """Why it should be looked at before it joins the work."""
    scans: Sequence[Scan] = ()
    paper_day: date | None = None
    """The day that the paper itself bears."""
    sent_by: str = ""
    """The body that passed it on, with number and day of its document."""
    document_number: str = ""
    document_day: date | None = None
    collected_by: str = ""

    @property
    def papers(self) -> Papers:
        """What the rules ask of the papers."""
        return Papers(self.paper_day, bool(self.sent_by.strip()), self.document_day)


class Submitted(msgspec.Struct, frozen=True):
    """The receipt of the sender. The code is never stored and comes out the same when the request is repeated."""

    receipt: Receipt
    code: str


class FeedbackIntake:
    """Receive, acknowledge, classify, assign. Seals what is personal, takes the time, builds the command."""

    def __init__(
        self,
        execute: Executor,
        clock: Clock,
        law: LawBook,
        vault: Vault,
        identities: Identities,
        files: Files,
        secrets: Secrets,
        categories: CategoryBook = CATALOGUE_ONLY,
        *,
        staffing: Staffing,
        tree: AuthorityTree,
    ) -> None:
        self._execute, self._clock, self._law = execute, clock, law
        self._staffing, self._tree = staffing, tree
        self._vault, self._identities, self._files, self._secrets = vault, identities, files, secrets
        self._categories = categories

    async def submit(self, actor: Actor, request: Request, place: PlaceInfo, what: Submission) -> Submitted:
        """A new submission about `place`, to the authority that is competent today. Raises FileRefusedError."""
        case_id, code = uuid5(request.id, "feedback"), self._secrets.tracking_code(request.id)
        if known := await self._execute.known(request):
            return Submitted(known, code)
        if actor.kind != "citizen":
            self.must_enter(actor, place)
        now = self._clock.now()
        check_length(len(what.text.strip()))
        check_received(what.received_at or now, now, what.late_reason)
        check_papers(what.channel, what.received_at or now, what.papers)
        subject = uuid5(request.id, "subject")  # the same when the request is repeated after an unknown outcome
        await self._vault.create_subject(subject)
        attachments = await self._photos(subject, f"{FeedbackSubmitted.TOPIC}:attachments", what.photos)
        scans = await self._scans(subject, what.scans)
        command = c.SubmitFeedback(
            by=actor.id,
            at=now,
            channel=what.channel,
            authority_id=place.authority_id,
            place_id=place.id,
            area_id=place.area_id,
            subject_id=subject,
            identity_ref=await self._keep(subject, what.identity),
            contact=_contact(what.identity),
            submitter_role=what.submitter_role,
            topic=what.topic,
            danger=what.danger,
            content=self._vault.seal(subject, f"{FeedbackSubmitted.TOPIC}:content", what.text),
            content_length=len(what.text.strip()),
            attachments=(*attachments, *(shown for shown, _original in scans)),
            code_hash=self._secrets.code_hash(code),
            consent_version=CONSENT_VERSION,
            language=Language(what.language),
            law=await self._law.at(place.authority_id, now),
            received_at=what.received_at,
            late_reason=what.late_reason,
            received_at_place=self._sealed(subject, "received_at_place", what.received_at_place),
            originals=tuple(original for _shown, original in scans),
            paper_day=what.paper_day,
            sent_by=self._sealed(subject, "sent_by", what.sent_by),
            document_number=self._sealed(subject, "document_number", what.document_number),
            document_day=what.document_day,
            collected_by=self._sealed(subject, "collected_by", what.collected_by),
        )
        act = Act(FEEDBACK, case_id, command, everyone, everyone)
        screening = held(case_id, actor.id, now, what.signs)
        return Submitted(await self._execute(actor, request, act, *screening), code)

    def first_of(self, request: Request) -> Submitted:
        """What the first request with this key came to, where the same key came again with other words."""
        return Submitted(Receipt(uuid5(request.id, "feedback"), 1), self._secrets.tracking_code(request.id))

    def must_enter(self, actor: Actor, place: PlaceInfo | None = None) -> None:
        """Who enters what came another way, and only for units that the own authority is competent for."""
        if not enters_for_others(actor, None):
            raise ForbiddenError
        if place is not None and actor.kind == "official" and place.authority_id != actor.authority_id:
            raise ForbiddenError

    async def known(self, request: Request) -> Receipt | None:
        """The first answer to this wish, if it was given: a form that is sent twice is not examined again."""
        return await self._execute.known(request)

    async def must_see(self, actor: Actor, case_id: UUID, action: str) -> None:
        """For a malformed request: what may not be seen is answered as missing before any fault in it is named."""
        seen = await self._execute.load(FEEDBACK, case_id) if sees_any(actor) else None
        state = seen.state if seen else None
        if not sees_feedback(actor, state):
            raise NotVisibleError
        if not may(action)(actor, state):
            raise ForbiddenError

    async def acknowledge(self, actor: Actor, request: Request, case_id: UUID) -> Receipt:
        """Take it in and hold it."""
        command = c.AcknowledgeFeedback(by=actor.id, at=self._clock.now(), post_id=actor.post_id)
        return await self._do(actor, request, case_id, "acknowledgements", command)

    async def classify(
        self,
        actor: Actor,
        request: Request,
        case_id: UUID,
        *,
        kind: Kind,
        category: str,
        sub_category: str,
        title: str,
        requests: Sequence[str],
        reason: str = "",
    ) -> Receipt:
        """Kind, category, a neutral title, and what the sender asks for, one by one."""
        at = self._clock.now()
        own = await self._categories.narrowed(actor.authority_id, at)

        def build(state: Feedback) -> Command:
            return c.ClassifyFeedback(
                own_sensitivity=own.get(category),
                by=actor.id,
                at=at,
                kind=kind,
                category=category,
                sub_category=sub_category,
                title=title.strip(),
                requests=tuple(
                    RequestItem(number, self._seal(state, "feedback.classified.v1:requests", text.strip()))
                    for number, text in enumerate((r for r in requests if r.strip()), start=1)
                ),
                reason=reason.strip(),
            )

        return await self._do(actor, request, case_id, "classifications", build)

    async def assign(self, actor: Actor, request: Request, case_id: UUID, handler: Actor, reason: str = "") -> Receipt:
        """To an official of the same authority; `handler` is that person in the post that will hold the case."""
        at = self._clock.now()

        def build(_state: Feedback) -> Command:
            return c.AssignFeedback(
                by=actor.id, at=at, handler_id=handler.id, handler_post_id=handler.post_id, reason=reason.strip()
            )

        return await self._do(actor, request, case_id, "assignments", build)

    async def _do(
        self,
        actor: Actor,
        request: Request,
        case_id: UUID,
        action: str,
        command: Command | Callable[[Feedback], Command],
    ) -> Receipt:
        if not sees_any(actor):
            raise NotVisibleError
        return await self._execute(actor, request, Act(FEEDBACK, case_id, command, sees_feedback, may(action)))

    def _seal(self, state: Feedback | None, context: str, text: str) -> Sealed:
        if state is None or state.subject_id is None:
            raise NotVisibleError
        return self._vault.seal(state.subject_id, context, text)

    async def _subject(self, actor: Actor, case_id: UUID, visible: Policy, allowed: Policy) -> UUID:
        seen = await self._execute.load(FEEDBACK, case_id)
        if seen is None or seen.state.subject_id is None or not visible(actor, seen.state):
            raise NotVisibleError
        if not allowed(actor, seen.state):
            raise ForbiddenError
        subject: UUID = seen.state.subject_id
        return subject

    def _sealed(self, subject: UUID, field: str, text: str) -> Sealed | None:
        """Where and through whom it came: a hamlet with two families would say who it was."""
        if not text.strip():
            return None
        return self._vault.seal(subject, f"{FeedbackSubmitted.TOPIC}:{field}", text.strip())

    async def _keep(self, subject: UUID, identity: Identity) -> UUID | None:
        if identity == Identity():
            return None
        ref = uuid5(subject, "identity")
        await self._identities.keep(ref, subject, identity)
        return ref

    async def _photos(self, subject: UUID, context: str, photos: Sequence[bytes]) -> tuple[Attachment, ...]:
        kept = [await self._files.keep_public_image(subject, context, data) for data in photos]
        return tuple(_attachment(file) for file in kept)

    async def _scans(self, subject: UUID, scans: Sequence[Scan]) -> list[tuple[Attachment, Original]]:
        """The copy that is shown beside the bytes as they came. Raises FileRefusedError with the file's position."""
        kept = []
        for position, scan in enumerate(scans):
            try:
                shown = await self._files.keep_public_image(
                    subject, f"{FeedbackSubmitted.TOPIC}:attachments", scan.data
                )
                raw = await self._files.keep_evidence(
                    subject, f"{FeedbackSubmitted.TOPIC}:originals", scan.name, scan.data
                )
            except FileRefusedError as error:
                raise FileRefusedError(error.code, position) from None
            attachment = _attachment(shown)
            kept.append((attachment, Original(attachment.id, raw.address, raw.media_type, raw.size, raw.meta)))
        return kept


def _attachment(file: StoredFile) -> Attachment:
    return Attachment(uuid4(), file.address, file.media_type, file.size, file.meta)


def _contact(identity: Identity) -> Contact:
    if identity.phone:
        return Contact.PHONE
    if identity.email:
        return Contact.EMAIL
    return Contact.POST if identity.address else Contact.NONE
