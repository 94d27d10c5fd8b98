"""One act of the story at the real desks: who does it, on which request, to which case."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from adapters.clock import SetClock
from adapters.demo.ledger import Value
from application.access import Actor
from application.authorities import AuthoritiesDesk
from application.categories import CategoriesDesk
from application.complaints import ComplaintDesk
from application.dialogues import DialogueDesk
from application.duty import DutyDesk
from application.execute import Executor
from application.explanations import ExplanationDesk
from application.feedback import FeedbackDesk
from application.identifiers import seeded_id
from application.people import PeopleDesk
from application.places import PlacesDesk
from application.policies import PoliciesDesk
from application.ports import Log, Request
from application.privacy import PrivacyDesk
from application.protection import ProtectionDesk
from application.receptions import ReceptionDesk
from application.store_kind import StoreDesk

SENDER, SYSTEM_NAME = "người gửi", "hệ thống"
"""Who acts without an account."""


@dataclass(frozen=True, kw_only=True)
class DemoWorld:
    """What the loader drives. `clock` is the clock of all these desks and of the sequencer behind `sequence`."""

    store: StoreDesk
    people: PeopleDesk
    authorities: AuthoritiesDesk
    places: PlacesDesk
    feedback: FeedbackDesk
    explanations: ExplanationDesk
    complaints: ComplaintDesk
    privacy: PrivacyDesk
    protection: ProtectionDesk
    dialogues: DialogueDesk
    receptions: ReceptionDesk
    duty: DutyDesk
    policies: PoliciesDesk
    categories: CategoriesDesk
    execute: Executor
    log: Log
    clock: SetClock
    sequence: Callable[[], Awaitable[object]]
    """Gives everything that was appended its place in the log, stamped by `clock`."""
    react: Callable[[], Awaitable[object]]
    """Brings the sequenced facts to the reactions; what they append is left to the next `sequence`."""


@dataclass(frozen=True, kw_only=True)
class Turn:
    """The moment of one act. `official` finds somebody in the post held that day."""

    desks: DemoWorld
    actor: Actor
    request: Request
    case_id: UUID
    password: str
    official: Callable[[str], Awaitable[Actor]]
    keep_code: Callable[[str], None]


Act = Callable[[Turn], Awaitable[object]]


@dataclass(frozen=True, kw_only=True)
class Step:
    """Something that somebody does at `at`. `then` is what the ledger says of it, `happened` when, if earlier."""

    at: datetime
    slug: str
    number: int
    who: str
    what: str
    act: Act
    case: bool = True
    then: Mapping[str, Value]
    happened: datetime | None = None
    reacts: bool = False
    """Whether a reaction follows at once that the ledger tells with it."""
    case_of: UUID | None = None
    """The case, where another one opened it; None: its own submission did."""

    @property
    def case_id(self) -> UUID:
        """The stream that is spoken of."""
        return self.case_of or case_id_of(self.slug)

    @property
    def request(self) -> Request:
        """The same whenever the story is told, so that a telling that broke off can be taken up."""
        return Request(id=request_id(self.slug, self.number), fingerprint=b"")


def request_id(slug: str, number: int) -> UUID:
    """The command id of the n-th act of a case or of something else that the story knows by a slug."""
    return seeded_id(f"demo/{slug}/{number}")


def case_id_of(slug: str) -> UUID:
    """The stream of a case: it follows from the request of its submission, which is always number 1."""
    return uuid5(request_id(slug, 1), "feedback")


def explanation_id_of(slug: str, number: int) -> UUID:
    """The request to a school that the n-th act of a case made."""
    return uuid5(request_id(slug, number), "explanation")


def complaint_id_of(slug: str) -> UUID:
    """The stream of a complaint: it follows from the request that received it, which is always number 1."""
    return uuid5(request_id(slug, 1), "complaint")


def subject_of(slug: str) -> UUID:
    """The sender of a case, as the desk knows him by his tracking code."""
    return uuid5(request_id(slug, 1), "subject")
