"""The complaint desk: from the petition at the counter to the decision in force."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

import msgspec

from application import complaint_wishes as w
from application.access import SYSTEM, Actor, ForbiddenError, NotVisibleError, everyone, system_only
from application.complaint_access import SCHOOL_STAFF, STAFF, may, receives_complaints, resolves, sees_complaint
from application.complaint_commands import INTENTIONS, Looked, Making, command_of, contexts, scan_of
from application.complaint_refusals import (
    NotAColleagueError,
    RedactionNotConfirmedError,
    ResolverMissingError,
    ResolverUnitMissingError,
    TextMissingError,
    UnitUnknownError,
)
from application.execute import Act, Executor, VersionMissingError
from application.law import LawBook
from application.ports import (
    Clock,
    FileRefusedError,
    Files,
    PlaceInfo,
    Places,
    Receipt,
    Request,
    Staffing,
    Vault,
    Versioned,
)
from domain.authorities.authority import AUTHORITY
from domain.calendar import legal_date
from domain.complaints import commands as c
from domain.complaints import deciding_commands as d
from domain.complaints import refusals as r
from domain.complaints.competence import Competence, competent
from domain.complaints.complaint import COMPLAINT
from domain.complaints.events import ComplaintReceived
from domain.complaints.parts import Paper
from domain.complaints.state import Complaint
from domain.complaints.vocabulary import Level, Resolver
from domain.kernel import Sealed
from domain.people.account import ACCOUNT

_WORK = STAFF | SCHOOL_STAFF
_PEOPLE = {"assignments": "official_id", "verifications": "verifier_ids", "involvements": "official_id"}
"""Actions that name colleagues, and the field in which they stand."""


class ComplaintDesk:
    """Raises what the executor raises, and FileRefusedError where a file came along."""

    def __init__(
        self,
        execute: Executor,
        clock: Clock,
        law: LawBook,
        vault: Vault,
        files: Files,
        places: Places,
        staffing: Staffing,
    ) -> None:
        self._execute, self._clock, self._law = execute, clock, law
        self._vault, self._files, self._places, self._staffing = vault, files, places, staffing

    async def known(self, request: Request) -> Receipt | None:
        """The first answer to this wish."""
        return await self._execute.known(request)

    async def receive(self, actor: Actor, request: Request, what: w.Petition) -> Receipt:
        """A first complaint; a SecondPetition is the second one in that matter: both cases say so in one append."""
        if known := await self._execute.known(request):
            return known
        if not receives_complaints(actor, None):
            raise ForbiddenError
        place = await self._place(actor, what.place_id)
        first_id = what.first_id if isinstance(what, w.SecondPetition) else None
        first = await self._first(actor, first_id) if first_id else None
        level = Level.SECOND if first_id else Level.FIRST
        _no_blanks(what)
        competence = competent(what.against, level, what.received_on)
        resolver, resolver_id = await self._resolver(what, competence, place)
        case_id, subject, at = uuid5(request.id, "complaint"), uuid5(request.id, "complaint-subject"), self._clock.now()
        await self._vault.create_subject(subject)
        topic = ComplaintReceived.TOPIC

        def seal(field: str) -> Sealed | None:
            text: str = getattr(what, field).strip()
            return self._vault.seal(subject, f"{topic}:{field}", text) if text else None

        petition = await self._keep(subject, f"{topic}:petition.meta", what.petition)
        mandate = await self._keep(subject, f"{topic}:mandate.meta", what.mandate, 1) if what.mandate else None
        values = {name: getattr(what, name) for name in _AS_TYPED}
        sealed: dict[str, Any] = {name: seal(name) for name in _SEALED}
        command = c.ReceiveComplaint(
            by=actor.id,
            at=at,
            level=level,
            authority_id=place.authority_id,
            received_by_id=actor.unit_id or actor.authority_id or place.authority_id,
            resolver=resolver,
            resolver_id=resolver_id,
            competence=competence,
            place_id=place.id,
            area_id=place.area_id,
            subject_id=subject,
            mandate=mandate,
            petition=petition,
            law=await self._law.at(place.authority_id, at),
            first=first,
            **values,
            **sealed,
        )
        acts = [Act(COMPLAINT, case_id, command, everyone, everyone)]
        if first_id:
            note = d.NoteSecondComplaint(by=actor.id, at=at, second_id=case_id, lodged_on=what.received_on)
            acts.append(Act(COMPLAINT, first_id, note, everyone, everyone))
        return await self._execute(actor, request, *acts)

    async def act(self, actor: Actor, request: Request, case_id: UUID, action: str, wish: w.Wish) -> Receipt:
        """Any action of the table. Raises NotVisibleError for what is none."""
        if action not in INTENTIONS:
            raise NotVisibleError
        if known := await self._execute.known(request):
            return known
        seen = await self.must_see(actor, case_id, action)
        if request.version_needed and request.if_version is None:
            raise VersionMissingError
        intention, subject = INTENTIONS[action], _subject(seen.state)
        _no_blanks(wish)
        if isinstance(wish, w.PublicationWish) and not wish.confirmed:
            raise RedactionNotConfirmedError(field="confirmed")
        named = wish.official_id if isinstance(wish, w.Involvement) else None
        if named not in (None, actor.id) and not resolves(actor, seen.state):
            raise ForbiddenError  # oneself by anybody, somebody else by who resolves it
        others = await self._others(actor, seen.state)
        await self._colleagues(seen.state, action, wish)
        papers = {}
        for position, (field, context) in enumerate(contexts(intention).items()):
            if scan := scan_of(getattr(wish, field)):
                papers[field] = await self._keep(subject, context, scan, position)
        looked = Looked(actor_id=actor.id, post_id=actor.post_id, others=others, papers=papers)
        law = await self._law.at(seen.state.authority_id, self._clock.now())

        def seal(context: str, text: str) -> Sealed:
            return self._vault.seal(subject, context, text)

        def build(state: Complaint) -> Any:
            return command_of(intention, Making(wish=wish, state=state, law=law, seal=seal, looked=looked))

        return await self._execute(actor, request, Act(COMPLAINT, case_id, build, sees_complaint, may(action)))

    async def rederive(self, request: Request, case_id: UUID, reason: str, at: datetime) -> Receipt | None:
        """Counts the dates that still run anew, by the law as it was known at `at`. For a reaction alone."""
        seen = await self._execute.load(COMPLAINT, case_id)
        if seen is None:
            return None
        law = await self._law.at(seen.state.authority_id, at)
        command = c.RederiveTerms(by=SYSTEM.id, at=self._clock.now(), law=law, reason=reason)
        return await self._execute(SYSTEM, request, Act(COMPLAINT, case_id, command, system_only, system_only))

    async def must_see(self, actor: Actor, case_id: UUID, action: str = "") -> Versioned[Complaint]:
        """Raises NotVisibleError, and with an `action` ForbiddenError."""
        seen = await self._execute.load(COMPLAINT, case_id)
        if seen is None or not sees_complaint(actor, seen.state):
            raise NotVisibleError
        if action and not may(action)(actor, seen.state):
            raise ForbiddenError
        return seen

    async def first_of(self, actor: Actor, first_id: UUID) -> Complaint:
        """The first complaint, for who takes in the second one at its authority. Raises NotVisibleError."""
        seen = await self._execute.load(COMPLAINT, first_id)
        state: Complaint | None = seen.state if seen else None
        takes_in = state is not None and actor.authority_id == state.authority_id and actor.unit_id is None
        if state is None or actor.id in state.involved:
            raise NotVisibleError
        if not (sees_complaint(actor, state) or (takes_in and receives_complaints(actor, None))):
            raise NotVisibleError
        return state

    async def _first(self, actor: Actor, first_id: UUID) -> c.First:
        state = await self.first_of(actor, first_id)
        running = state.term("resolve")
        return c.First(
            case_id=first_id,
            decided=state.decided_on is not None,
            due_on=running.due_on if running else None,
            remote=state.remote,
            windows=state.windows,
            reading=state.reading,
            lodged=state.second_id is not None,
        )

    async def _place(self, actor: Actor, place_id: UUID) -> PlaceInfo:
        place = await self._places.by_id(place_id)
        own = place is not None and (
            actor.unit_id == place.id if actor.unit_id else actor.authority_id == place.authority_id
        )
        if place is None or not own:
            raise UnitUnknownError(field="place_id")
        return place

    async def _resolver(
        self, what: w.Petition, competence: Competence | None, place: PlaceInfo
    ) -> tuple[Resolver, UUID]:
        resolver = what.resolver or (competence.resolvers[0] if competence else None)
        if resolver is None:
            raise ResolverMissingError(field="resolver")
        known = {Resolver.SCHOOL_HEAD: place.id, Resolver.COMMUNE_CHAIR: place.authority_id}
        if resolver in known:
            return resolver, known[resolver]
        if what.resolver_id is None or await self._execute.load(AUTHORITY, what.resolver_id) is None:
            raise ResolverUnitMissingError(field="resolver_id")
        return resolver, what.resolver_id

    async def _others(self, actor: Actor, state: Complaint) -> int:
        """How many colleagues where it is resolved could verify, draft or sign instead."""
        if state.resolver_id is None or state.authority_id is None:
            return 0
        at_school = state.resolver is Resolver.SCHOOL_HEAD
        authority = state.authority_id if at_school else state.resolver_id
        roles, unit = (SCHOOL_STAFF, state.resolver_id) if at_school else (STAFF, None)
        return await self._staffing.others(authority, roles, legal_date(self._clock.now()), actor.id, unit)

    async def _colleagues(self, state: Complaint, action: str, wish: Any) -> None:
        field = _PEOPLE.get(action)
        named = getattr(wish, field) if field else None
        people = named if isinstance(named, list) else [named] if named else []
        day = legal_date(self._clock.now())
        for person in people:
            if not await self._works_there(state, person, day):
                raise NotAColleagueError(field=field)

    async def _works_there(self, state: Complaint, person: UUID, day: date) -> bool:
        seen = await self._execute.load(ACCOUNT, person)
        if seen is None or seen.state.locked:
            return False
        posts = [post for post in seen.state.posts_on(day) if frozenset(post.roles) & _WORK]
        return any(
            state.resolver_id in (post.unit_id, post.authority_id if not post.unit_id else None) for post in posts
        )

    async def _keep(self, subject: UUID, context: str, scan: w.Scan, position: int = 0) -> Paper:
        try:
            kept = await self._files.keep_evidence(subject, context, scan.name, scan.data)
        except FileRefusedError as error:
            raise FileRefusedError(error.code, position) from None
        return Paper(uuid5(subject, kept.address), kept.address, kept.media_type, kept.size, kept.meta)


_AS_TYPED = (
    "ownership",
    "competence_reason",
    "representation",
    "form",
    "target",
    "employment",
    "dismissal",
    "target_number",
    "target_day",
    "known_on",
    "received_on",
    "late_reason",
    "source_id",
)
_SEALED = ("complainant", "contact", "representative", "content", "remedy")


def _no_blanks(wish: w.Wish) -> None:
    """Raises TextMissingError where a text that is needed holds blanks alone."""
    for field in msgspec.structs.fields(type(wish)):
        value = getattr(wish, field.name)
        if isinstance(value, str) and field.required and not value.strip():
            raise TextMissingError(field=field.name)
        if isinstance(value, w.Document) and not (value.number.strip() and value.symbol.strip()):
            raise r.NumberMissingError(field=field.name)
        if isinstance(value, list) and any(isinstance(one, w.SectionText) and not one.text.strip() for one in value):
            raise TextMissingError(field=field.name)


def _subject(state: Complaint) -> UUID:
    if state.subject_id is None:
        raise NotVisibleError
    return state.subject_id
