"""Every controller of the staff pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters.http.complaints import ComplaintReader
from adapters.http.conditional import Intents
from adapters.http.dialogues import DialogueReader
from adapters.http.explanations import ExplanationReader
from adapters.http.figures import EndedMonths
from adapters.http.naming import Naming
from adapters.http.notice_board import NoticeBoard
from adapters.http.protection import ProtectionReader
from adapters.http.receptions import ReceptionReader
from adapters.http.searches import Searches
from adapters.http.settings import HttpSettings
from adapters.http.web.school.pages import SchoolPages
from adapters.http.web.staff.accounts import AccountsController
from adapters.http.web.staff.administration import AdministrationController
from adapters.http.web.staff.alone import AloneController
from adapters.http.web.staff.arrangements import ArrangementsController
from adapters.http.web.staff.asking import AskingController
from adapters.http.web.staff.assist import AssistPages
from adapters.http.web.staff.auditing import PurposeController
from adapters.http.web.staff.case_acts import CaseActController
from adapters.http.web.staff.case_export import CaseExportController
from adapters.http.web.staff.case_page import CasePageController
from adapters.http.web.staff.complaint_acts import ComplaintActController
from adapters.http.web.staff.complaint_documents import ComplaintDocumentController
from adapters.http.web.staff.complaint_export import ComplaintExportController
from adapters.http.web.staff.complaint_figures import ComplaintFiguresController
from adapters.http.web.staff.complaint_new import NewComplaintController
from adapters.http.web.staff.complaint_page import ComplaintPageController
from adapters.http.web.staff.complaints import ComplaintsController
from adapters.http.web.staff.dashboard import DashboardController
from adapters.http.web.staff.days_off import DaysOffController
from adapters.http.web.staff.dialogue import DialogueController
from adapters.http.web.staff.dialogues import DialoguesController
from adapters.http.web.staff.duty_page import DutyController
from adapters.http.web.staff.erasures import ErasuresController
from adapters.http.web.staff.explanations import ExplanationsController
from adapters.http.web.staff.handing_over import HandOverController
from adapters.http.web.staff.head_desk import HeadDeskController
from adapters.http.web.staff.identity import IdentityController
from adapters.http.web.staff.notices import NoticesController
from adapters.http.web.staff.own_categories import CategoriesController
from adapters.http.web.staff.own_places import PlacesController
from adapters.http.web.staff.own_sessions import OwnSessionsController
from adapters.http.web.staff.own_terms import PoliciesController
from adapters.http.web.staff.paper import PaperController, SlipController
from adapters.http.web.staff.paper_batch import PaperBatchController
from adapters.http.web.staff.protection import ProtectionPages
from adapters.http.web.staff.public_contact import PublicContactController
from adapters.http.web.staff.qr_codes import QrCodesController
from adapters.http.web.staff.reception_day import ReceptionDayPages
from adapters.http.web.staff.reception_register import ReceptionRegisterPages
from adapters.http.web.staff.receptions import ReceptionPages
from adapters.http.web.staff.register import RegisterController
from adapters.http.web.staff.register_compared import RegisterComparedController
from adapters.http.web.staff.room import StaffRoom
from adapters.http.web.staff.screening import ScreeningPages
from adapters.http.web.staff.second_step import SecondStepController
from adapters.http.web.staff.several import SeveralController
from adapters.http.web.staff.signing_in import SignInController
from adapters.http.web.staff.way_slip import WaySlipController
from adapters.http.web.staff.worklist import WorklistController
from application.officials import Officials

if TYPE_CHECKING:
    from adapters.bootstrap import World

STAFF_PAGES = (
    SignInController,
    OwnSessionsController,
    WorklistController,
    RegisterController,
    RegisterComparedController,
    DashboardController,
    CasePageController,
    CaseExportController,
    IdentityController,
    CaseActController,
    AskingController,
    ExplanationsController,
    ComplaintsController,
    NewComplaintController,
    ComplaintFiguresController,
    ComplaintPageController,
    ComplaintDocumentController,
    ComplaintExportController,
    ComplaintActController,
    ProtectionPages,
    ReceptionRegisterPages,
    ReceptionPages,
    ReceptionDayPages,
    DialoguesController,
    DialogueController,
    SchoolPages,
    HeadDeskController,
    AloneController,
    SeveralController,
    PaperController,
    PaperBatchController,
    SlipController,
    WaySlipController,
    AssistPages,
    QrCodesController,
    PublicContactController,
    ScreeningPages,
    ErasuresController,
    AccountsController,
    PurposeController,
    NoticesController,
    DutyController,
    SecondStepController,
    AdministrationController,
    ArrangementsController,
    HandOverController,
    CategoriesController,
    PoliciesController,
    DaysOffController,
    PlacesController,
)


def staff_room(world: World, settings: HttpSettings, ended_months: EndedMonths) -> StaffRoom:
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
        assistance=world.assistance,
        explanations=world.explanations,
        explanation_reader=ExplanationReader.of(world),
        complaints=world.complaints,
        complaint_reader=ComplaintReader.of(world),
        dialogues=world.dialogues,
        dialogue_reader=DialogueReader.of(world),
        protection=world.protection,
        protection_reader=ProtectionReader.of(world),
        receptions=world.receptions,
        reception_reader=ReceptionReader.of(world),
        authorities=world.authorities,
        registry=world.registry,
        screening=world.screening,
        board=NoticeBoard(world.db, world.pool, world.clock),
        ended_months=ended_months,
        categories=world.categories,
        category_book=world.category_book,
        policies=world.policies,
        calendar_desk=world.calendar,
        second_factors=world.second_factors,
    )
