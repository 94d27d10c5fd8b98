"""Every controller of the staff pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters.http.conditional import Intents
from adapters.http.naming import Naming
from adapters.http.searches import Searches
from adapters.http.settings import HttpSettings
from adapters.http.web.staff.accounts import AccountsController
from adapters.http.web.staff.auditing import PurposeController
from adapters.http.web.staff.case_acts import CaseActController
from adapters.http.web.staff.case_page import CasePageController
from adapters.http.web.staff.erasures import ErasuresController
from adapters.http.web.staff.head_desk import HeadDeskController
from adapters.http.web.staff.identity import IdentityController
from adapters.http.web.staff.own_sessions import OwnSessionsController
from adapters.http.web.staff.paper import PaperController
from adapters.http.web.staff.qr_codes import QrCodesController
from adapters.http.web.staff.register import RegisterController
from adapters.http.web.staff.room import StaffRoom
from adapters.http.web.staff.signing_in import SignInController
from adapters.http.web.staff.worklist import WorklistController
from application.officials import Officials

if TYPE_CHECKING:
    from adapters.bootstrap import World

STAFF_PAGES = (
    SignInController,
    OwnSessionsController,
    WorklistController,
    RegisterController,
    CasePageController,
    IdentityController,
    CaseActController,
    HeadDeskController,
    PaperController,
    QrCodesController,
    ErasuresController,
    AccountsController,
    PurposeController,
)


def staff_room(world: World, settings: HttpSettings) -> StaffRoom:
    """The parts of a world that these pages call."""
    return StaffRoom(
        cases=world.cases,
        naming=Naming(world.db, world.vault),
        searches=Searches(world.db),
        law=world.law,
        log=world.log,
        db=world.db,
        clock=world.clock,
        vault=world.vault,
        files=world.files,
        places=world.places,
        visibility=world.visibility,
        sessions=world.sessions,
        settings=settings,
        intents=Intents(world.secrets),
        feedback=world.feedback,
        officials=Officials(world.store, world.clock),
        people=world.people,
        privacy=world.privacy,
    )
