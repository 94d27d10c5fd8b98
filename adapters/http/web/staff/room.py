"""What staff pages work with, as one object, and what every one of them shows around its content."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request

from adapters.http.alone import AUDITS
from adapters.http.authenticate import SignedIn
from adapters.http.cases import Cases
from adapters.http.complaints import ComplaintReader
from adapters.http.conditional import Intents
from adapters.http.dialogues import DialogueReader
from adapters.http.explanations import ExplanationReader
from adapters.http.figures import ROLES as FIGURES
from adapters.http.figures import EndedMonths
from adapters.http.naming import Naming
from adapters.http.notice_board import NoticeBoard
from adapters.http.protection import ProtectionReader
from adapters.http.receptions import ReceptionReader
from adapters.http.searches import Searches
from adapters.http.second_factor import SecondFactors
from adapters.http.sessions import Sessions
from adapters.http.settings import HttpSettings
from adapters.http.web.staff.words import Words, words_of
from application.access import Actor, ForbiddenError, Role
from application.assistance import AssistanceDesk
from application.authorities import AuthoritiesDesk
from application.calendar_desk import CalendarDesk
from application.categories import CategoriesDesk, RecordedCategories
from application.complaint_access import SCHOOL_STAFF, lists_complaints, scope_of
from application.complaint_access import STAFF as COMPLAINT_STAFF
from application.complaints import ComplaintDesk
from application.dialogue_access import READS as DIALOGUES
from application.dialogues import DialogueDesk
from application.duty import KEEPERS
from application.explanations import ExplanationDesk
from application.feedback import FeedbackDesk
from application.feedback_access import STAFF
from application.law import LawBook
from application.officials import Officials
from application.people import PeopleDesk
from application.places import PlacesDesk
from application.policies import PoliciesDesk
from application.ports import Clock, Files, Log, Places, Reader, Vault, Visibility
from application.privacy import SEES, PrivacyDesk
from application.protection import ProtectionDesk
from application.protection_access import READS as PROTECTING
from application.protection_access import reads_any
from application.reception_access import READS as RECEIVING
from application.receptions import ReceptionDesk
from application.screening import ScreeningDesk
from domain.calendar import Calendar, legal_date
from projections.case_filters import Filters
from projections.complaint_list import ComplaintFilters
from projections.protection import TaskFilters

Context = dict[str, Any]
READERS = STAFF | {Role.AUDITOR}
"""Roles that have lists of cases at all."""
ENTERERS = frozenset({Role.INTAKE, Role.OFFICER})
POSTERS = frozenset({Role.INTAKE, Role.HEAD, Role.ADMINISTRATOR})
"""Roles that put up the QR codes."""
SCREENERS = frozenset({Role.INTAKE, Role.HEAD})
"""Roles that look through what seemed to be junk."""
SCREENING_PATH = "/screening"
CONTACT_PATH = "/public-contact"
PROTECTION_PATH = "/protection"
COMPLAINTS_PATH = "/complaints"
COMPLAINING = COMPLAINT_STAFF | SCHOOL_STAFF | {Role.AUDITOR}
"""Roles that have lists of complaints."""
RECEPTION_PATH = "/receptions"
DIALOGUES_PATH = "/dialogues"
NOTIFIED = READERS | COMPLAINING
"""Roles that are told of cases: those that have lists of feedback, and those that work on complaints."""
SPEAKERS = frozenset({Role.HEAD, Role.ADMINISTRATOR})
"""Roles that say where people reach the authority."""


RUNNING = frozenset(
    {"/arrangements", "/hand-over", "/categories", "/policies", "/calendar", "/places", "/second-factor"}
)
"""Pages below /administration."""


class StaffRoom(msgspec.Struct, frozen=True, kw_only=True):
    """Every part that a controller of staff pages calls."""

    cases: Cases
    naming: Naming
    searches: Searches
    law: LawBook
    log: Log
    db: Reader
    clock: Clock
    vault: Vault
    files: Files
    places: Places
    visibility: Visibility
    sessions: Sessions
    settings: HttpSettings
    intents: Intents
    feedback: FeedbackDesk
    officials: Officials
    people: PeopleDesk
    privacy: PrivacyDesk
    assistance: AssistanceDesk
    explanations: ExplanationDesk
    explanation_reader: ExplanationReader
    complaints: ComplaintDesk
    complaint_reader: ComplaintReader
    dialogues: DialogueDesk
    dialogue_reader: DialogueReader
    protection: ProtectionDesk
    protection_reader: ProtectionReader
    receptions: ReceptionDesk
    reception_reader: ReceptionReader
    authorities: AuthoritiesDesk
    registry: PlacesDesk
    screening: ScreeningDesk
    board: NoticeBoard
    ended_months: EndedMonths
    categories: CategoriesDesk
    category_book: RecordedCategories
    policies: PoliciesDesk
    calendar_desk: CalendarDesk
    second_factors: SecondFactors

    def today(self) -> date:
        """The legal day."""
        return legal_date(self.clock.now())

    async def calendar(self, actor: Actor) -> Calendar:
        """The working days of the actor's authority as they are known now."""
        return (await self.law.at(actor.authority_id, self.clock.now())).calendar


class Desk(msgspec.Struct, frozen=True):
    """One request of somebody signed in: who asks, in which language, with which parts."""

    room: StaffRoom
    request: Request[Any, Any, Any]
    signed_in: SignedIn
    words: Words

    @property
    def actor(self) -> Actor:
        """Who acts, in the chosen post."""
        return self.signed_in.actor

    def need(self, roles: frozenset[Role]) -> None:
        """Raises ForbiddenError unless the post has one of these roles."""
        if not self.actor.roles & roles:
            raise ForbiddenError


def desk_of(room: StaffRoom, request: Request[Any, Any, Any], signed_in: SignedIn) -> Desk:
    """The desk for this request."""
    return Desk(room, request, signed_in, words_of(request))


async def shell(desk: Desk, active: str, **more: Any) -> Context:
    """Menu, person and notice: what `base_staff.html` wants, with `more` on top."""
    return {
        "menu": await menu(desk, active),
        "user": await user(desk),
        "past": None,
        "notice": notice(desk),
        "errors": {},
        **more,
    }


async def user(desk: Desk) -> Context:
    """Whose page this is: name, post, authority or school."""
    actor, naming = desk.actor, desk.room.naming
    unit = actor.unit_id or actor.authority_id
    names = await naming.names([actor.id, unit])
    posts = await naming.posts([actor.post_id])
    held = desk.signed_in.account.posts_on(desk.room.today())
    return {
        "id": str(actor.id),
        "name": names.get(actor.id) or desk.words.gettext("An account without a name"),
        "post": posts.get(actor.post_id) if actor.post_id else None,
        "unit": names.get(unit) if unit else None,
        "sign_out": "/sign-out",
        "change_post": "/posts" if len(held) > 1 else None,
    }


async def menu(desk: Desk, active: str) -> list[Context]:
    """Only what the post may use."""
    _ = desk.words.gettext
    entries: Sequence[tuple[str, str, frozenset[Role]]] = (
        ("/work", _("My work"), READERS),
        ("/school", _("Work of the school"), frozenset({Role.SCHOOL})),
        ("/notices", _("Notices"), NOTIFIED),
        ("/cases", _("Feedback register"), READERS),
        (COMPLAINTS_PATH, _("Complaints"), COMPLAINING),
        ("/explanations", _("Explanations of schools"), READERS),
        (PROTECTION_PATH, _("Protection of senders"), PROTECTING),
        (DIALOGUES_PATH, _("Dialogue meetings"), DIALOGUES),
        ("/dashboard", _("Dashboard"), FIGURES),
        ("/release", _("Waiting for my release"), frozenset({Role.HEAD})),
        ("/alone", _("Decided by one person"), AUDITS),
        ("/paper", _("Enter from another channel"), ENTERERS),
        (RECEPTION_PATH, _("Reception of citizens"), RECEIVING),
        ("/erasures", _("Erase personal data"), SEES),
        ("/qr", _("QR code sheets"), POSTERS),
        (CONTACT_PATH, _("Public contact"), SPEAKERS),
        ("/duty", _("On duty for urgent cases"), KEEPERS),
        ("/accounts", _("Accounts"), frozenset({Role.ADMINISTRATOR})),
        ("/administration", _("Administration"), STAFF | {Role.ADMINISTRATOR, Role.AUDITOR}),
        ("/purpose", _("Purpose of the audit"), frozenset({Role.AUDITOR})),
    )
    shown = [entry for entry in entries if desk.actor.roles & entry[2]]
    counts = {"/notices": (await desk.room.board.unread(desk.actor) or None) if desk.actor.roles & NOTIFIED else None}
    counts["/release"] = await waiting_for_release(desk) if Role.HEAD in desk.actor.roles else None
    counts[PROTECTION_PATH] = await waiting_for_protection(desk)
    counts[COMPLAINTS_PATH] = await waiting_complaints(desk)
    here = "/administration" if active in RUNNING else active
    return [
        {"href": href, "text": text, "active": href == here, "count": counts.get(href)} for href, text, _roles in shown
    ]


async def waiting_for_protection(desk: Desk) -> int | None:
    """How many reports of worse treatment wait for somebody; None where none does, or there is no such list."""
    if not reads_any(desk.actor):
        return None
    (count,) = await desk.room.protection_reader.counts(desk.actor, [TaskFilters(statuses=("new", "taken"))])
    return count or None


async def waiting_complaints(desk: Desk) -> int | None:
    """How many complaints wait for this person; None where none does, or there is no such list."""
    if not lists_complaints(desk.actor):
        return None
    mine = ComplaintFilters(waits_for=scope_of(desk.actor), open_only=True)
    (count,) = await desk.room.complaint_reader.counts(desk.actor, [mine])
    return count or None


async def waiting_for_release(desk: Desk) -> int:
    """How many answers lie on this head's desk."""
    (count,) = await desk.room.cases.counts(desk.actor, [Filters(waiting_for=("head",), to_do=True)])
    return count


def notice(desk: Desk) -> Context | None:
    """What the last act did, told by `?done=` after its redirect; an unknown word says nothing."""
    word = desk.request.query_params.get("done", "")
    text = desk.words.known("done", word)
    return {"text": text, "success": word != "not-now"} if text else None


def ids(*values: UUID | None) -> list[UUID]:
    """Those that are there."""
    return [value for value in values if value is not None]
