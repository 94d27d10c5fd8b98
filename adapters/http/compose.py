"""The HTTP side of a world: every controller, and what its handlers ask for by name. A case kind adds lines here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from litestar import Litestar

from adapters.http.api.alone import AloneController
from adapters.http.api.assistance import AssistanceController
from adapters.http.api.bulk import BulkController
from adapters.http.api.calendar import CalendarController
from adapters.http.api.cases import CasesController
from adapters.http.api.complaints import COMPLAINT_ROUTES
from adapters.http.api.dialogue_settling import DialogueSettlingController
from adapters.http.api.dialogues import DialogueController
from adapters.http.api.erasures import ErasureController
from adapters.http.api.explanations import CaseExplanationController, ExplanationController
from adapters.http.api.feedback import HandlingController, IntakeController
from adapters.http.api.feedback_secrecy import SecrecyController
from adapters.http.api.feedback_ways import FEEDBACK_WAY_ROUTES
from adapters.http.api.figures import FiguresController
from adapters.http.api.notices import DutyApiController, NoticeController
from adapters.http.api.own_rules import CategoryController, PolicyController
from adapters.http.api.protection import ProtectionController, WorseTreatmentController
from adapters.http.api.receptions import ReceptionController
from adapters.http.api.school import SchoolController
from adapters.http.api.screening import ScreeningController
from adapters.http.api.submissions import SubmissionController, TrackController
from adapters.http.app import Services, create_app
from adapters.http.complaints import ComplaintReader
from adapters.http.dialogues import DialogueReader
from adapters.http.explanations import ExplanationReader
from adapters.http.figures import EndedMonths
from adapters.http.health import consumers_check, outbox_check, parked_check, schema_check
from adapters.http.metrics import Metrics
from adapters.http.naming import Naming
from adapters.http.notice_board import NoticeBoard
from adapters.http.open311.routes import Open311Controller
from adapters.http.protection import ProtectionReader
from adapters.http.receptions import ReceptionReader
from adapters.http.searches import Searches
from adapters.http.senders import Senders
from adapters.http.settings import HttpSettings
from adapters.http.web.assets import Assets, static_handler
from adapters.http.web.icon import icon
from adapters.http.web.public.dialogues import PublicDialogueController
from adapters.http.web.public.feedback import PublicController
from adapters.http.web.public.tracking import TrackingPages
from adapters.http.web.public.worse import WorsePages
from adapters.http.web.render import Pages
from adapters.http.web.staff.controllers import STAFF_PAGES, staff_room
from application.officials import Officials

if TYPE_CHECKING:
    from adapters.bootstrap import World


def build_app(world: World, version: str, *, demo: bool) -> Litestar:
    """The server's application."""
    assets, ended_months = Assets(), EndedMonths(world.db, world.log)
    settings = HttpSettings(base_url=world.settings.origin, version=version, demo=demo)
    checks = {
        "schema": schema_check(world.pool),
        "read-models": consumers_check(world.pool, world.versions()),
        "parked": parked_check(world.pool),
        "mails": outbox_check(world.outbox),
    }
    services = Services(
        settings=settings,
        pool=world.pool,
        clock=world.clock,
        store=world.store,
        log=world.log,
        db=world.db,
        vault=world.vault,
        secrets=world.secrets,
        visibility=world.visibility,
        sessions=world.sessions,
        credentials=world.credentials,
        throttle=world.throttle,
        people=world.people,
        authorities=world.authorities,
        registry=world.registry,
        metrics=Metrics(),
        checks=checks,
        second_factors=world.second_factors,
    )
    return create_app(
        services,
        controllers=(
            CasesController,
            FiguresController,
            IntakeController,
            HandlingController,
            BulkController,
            CategoryController,
            PolicyController,
            CalendarController,
            SecrecyController,
            AloneController,
            *FEEDBACK_WAY_ROUTES,
            ErasureController,
            *COMPLAINT_ROUTES,
            CaseExplanationController,
            ExplanationController,
            SchoolController,
            ScreeningController,
            NoticeController,
            DutyApiController,
            SubmissionController,
            TrackController,
            WorseTreatmentController,
            ProtectionController,
            ReceptionController,
            DialogueController,
            DialogueSettlingController,
            AssistanceController,
            PublicController,
            Open311Controller,
            TrackingPages,
            WorsePages,
            PublicDialogueController,
            *STAFF_PAGES,
            static_handler(assets),
            icon,
        ),
        dependencies={
            **_objects(world),
            "ended_months": ended_months,
            "room": staff_room(world, settings, ended_months),
        },
        pages=Pages(assets, demo=demo),
    )


def _objects(world: World) -> dict[str, object]:
    naming = Naming(world.db, world.vault)
    senders = Senders(
        world.db, world.store, world.log, world.visibility, world.vault, world.secrets, world.clock, world.throttle
    )
    return {
        "cases": world.cases,
        "naming": naming,
        "searches": Searches(world.db),
        "feedback": world.feedback,
        "officials": Officials(world.store, world.clock),
        "files": world.files,
        "places": world.places,
        "senders": senders,
        "privacy": world.privacy,
        "assistance": world.assistance,
        "requests": world.explanations,
        "explanations": ExplanationReader.of(world),
        "complaints": ComplaintReader.of(world),
        "complaint_desk": world.complaints,
        "dialogues": world.dialogues,
        "dialogue_reader": DialogueReader.of(world),
        "protection": world.protection,
        "protection_reader": ProtectionReader.of(world),
        "receptions": world.receptions,
        "reception_reader": ReceptionReader.of(world),
        "screen": world.screen,
        "screening": world.screening,
        "board": NoticeBoard(world.db, world.pool, world.clock),
        "notices": world.notices,
        "duty": world.duty,
        "categories": world.categories,
        "policies": world.policies,
        "calendar": world.calendar,
        "law": world.law,
        "category_book": world.category_book,
    }
