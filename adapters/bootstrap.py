"""The composition root: the only module that knows everybody. A new case kind is one line in each list below."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from typing import Any

import asyncpg
import msgspec

import domain.store.events  # noqa: F401 - whoever reads the log must know its first fact
from adapters.alerting import Alerting, RecordedOffices, RecordedWishes
from adapters.case_finders import ComplaintByNumber, FeedbackByNumber
from adapters.clock import SystemClock
from adapters.housekeeping import Housekeeping
from adapters.http.cases import Cases
from adapters.http.near_texts import NearTexts
from adapters.http.passwords import Passwords, PostgresCredentials
from adapters.http.screen import Screen
from adapters.http.second_factor import SecondFactors
from adapters.http.sessions import Sessions
from adapters.http.throttle import Throttle
from adapters.mail.letters import Letters
from adapters.mail.outbox import PostgresOutbox
from adapters.mail.settings import mailer_of
from adapters.postgres import migrate, visibility
from adapters.postgres.connect import Database, app_pool, database_at, owner_connection
from adapters.postgres.identities import SealedIdentities
from adapters.postgres.log import PostgresLog
from adapters.postgres.reactions import ReactionRunner
from adapters.postgres.reader import PostgresReader
from adapters.postgres.recorder import PostgresEventStore
from adapters.postgres.runner import ProjectionRunner
from adapters.postgres.sequencer import Sequencer
from adapters.postgres.supervisor import Progress, Supervisor, quiet
from adapters.postgres.tables import ensure_tables
from adapters.postgres.visibility import Cursors, PostgresVisibility
from adapters.postgres.visit_subjects import LinkedVisits
from adapters.settings import Settings
from adapters.vault.binding import bind_installation
from adapters.vault.files import FileVault
from adapters.vault.key_store import create_key_store, open_key_store
from adapters.vault.keyring import KeyRing
from adapters.vault.secrets import HmacSecrets
from application.alerts import AlertDesk
from application.assistance import AssistanceDesk
from application.authorities import AuthoritiesDesk, AuthorityTree
from application.calendar_desk import CalendarDesk
from application.categories import CategoriesDesk, RecordedCategories
from application.complaints import ComplaintDesk
from application.dialogues import DialogueDesk
from application.duty import DutyDesk
from application.execute import Executor
from application.explanation_subjects import ExplanationSubjects
from application.explanations import ExplanationDesk
from application.feedback import FeedbackDesk
from application.law import RecordedLaw
from application.notices import NoticesDesk
from application.offices import OfficeBook
from application.officials import Officials
from application.people import PeopleDesk
from application.places import PlacesDesk
from application.policies import PoliciesDesk
from application.ports import Clock
from application.privacy import FeedbackSubjects, PrivacyDesk
from application.protection import ProtectionDesk
from application.reactions.base import Reaction
from application.reactions.enter_in_register import EnterInRegister
from application.reactions.erase_subject import EraseSubject
from application.reactions.forget_late_copies import ForgetLateCopies
from application.reactions.purge_petition import PurgePetition
from application.reactions.receive_explanation import ReceiveExplanations
from application.reactions.rederive_terms import RederiveTerms
from application.reactions.tell_protection import TellProtection
from application.reactions.tell_urgent import TellUrgent
from application.reactions.write_mails import WriteMails
from application.reception_subjects import SubjectsAround
from application.receptions import ReceptionDesk
from application.register_codes import RecordedCodes
from application.screening import ScreeningDesk
from projections.alone import Alone
from projections.arrangements import Arranged
from projections.authorities import Authorities
from projections.base import Projection
from projections.case_index import CaseIndex
from projections.complaint_watch import ComplaintWatch
from projections.complaints import Complaints
from projections.dialogues import Dialogues
from projections.explanations import Explanations, NumbersInUse
from projections.feedback_index import FeedbackInIndex
from projections.mail_wishes import MailWishes
from projections.notices import Notices
from projections.open_cases import OpenCasesToday
from projections.people import People, Posts, StaffingToday
from projections.places import Places, PlacesToday
from projections.protection import OpenTasksToday, ProtectionTasks
from projections.reception_days import ReceptionDays
from projections.reception_visits import ReceptionVisits
from projections.term_watch import TermWatch
from projections.tracking import Tracking

CASE_INDEX = CaseIndex(FeedbackInIndex())
READ_MODELS: tuple[Projection[Any], ...] = (
    CASE_INDEX,
    Tracking(),
    Alone(),
    Authorities(),
    People(),
    Posts(),
    Places(),
    Explanations(),
    Complaints(),
    ProtectionTasks(),
    ReceptionDays(),
    ReceptionVisits(),
    Dialogues(),
    TermWatch(),
    ComplaintWatch(),
    Notices(),
    MailWishes(),
    Arranged(),
)
KEY_BACKUP_DAYS = 30
"""For how many days a backup of the key store is kept (assurance: key stores have their own, short retention)."""


class World(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that pages, routes and commands of the shell work with."""

    settings: Settings
    pool: Any
    clock: Clock
    store: PostgresEventStore
    log: PostgresLog
    sequencer: Sequencer
    projections: ProjectionRunner
    reactions: ReactionRunner
    visibility: PostgresVisibility
    cursors: Cursors
    db: PostgresReader
    vault: KeyRing
    secrets: HmacSecrets
    identities: SealedIdentities
    files: FileVault
    law: RecordedLaw
    places: PlacesToday
    cases: Cases
    sessions: Sessions
    credentials: PostgresCredentials
    throttle: Throttle
    screen: Screen
    housekeeping: Housekeeping
    feedback: FeedbackDesk
    people: PeopleDesk
    authorities: AuthoritiesDesk
    registry: PlacesDesk
    privacy: PrivacyDesk
    assistance: AssistanceDesk
    explanations: ExplanationDesk
    complaints: ComplaintDesk
    protection: ProtectionDesk
    receptions: ReceptionDesk
    dialogues: DialogueDesk
    screening: ScreeningDesk
    duty: DutyDesk
    notices: NoticesDesk
    outbox: PostgresOutbox
    alerting: Alerting
    categories: CategoriesDesk
    category_book: RecordedCategories
    policies: PoliciesDesk
    calendar: CalendarDesk
    second_factors: SecondFactors

    @staticmethod
    def versions() -> list[tuple[str, int]]:
        """The read models that this release serves."""
        return [(projection.name, projection.version) for projection in READ_MODELS]

    async def work(self, stop: asyncio.Event) -> None:
        """Sequencer, read models, reactions and housekeeping until `stop`; several processes may do this at once."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self.sequencer.run(stop))
            tasks.create_task(self.projections.run(stop))
            tasks.create_task(self.reactions.run(stop))
            tasks.create_task(self.housekeeping.run(stop))
            tasks.create_task(self.alerting.run(stop))

    async def follow(self, stop: asyncio.Event) -> None:
        """For a process that only serves: learns how far the workers are."""
        await visibility.follow(self.pool, self.cursors, dict(self.versions()), stop)

    async def settle(self) -> None:
        """Brings all that was appended into the log, the read models and the reactions; where no worker runs."""
        while True:
            while await self.sequencer.tick():
                pass
            head = await self.log.head()
            await self.projections.catch_up()
            await self.reactions.catch_up()
            # Where a worker runs after all, it may have numbered what a reaction added.
            if not await self.sequencer.tick() and await self.log.head() == head:
                return


@asynccontextmanager
async def database_of(settings: Settings, progress: Progress = quiet) -> AsyncIterator[Database]:
    """The database by address, or the embedded server for as long as the context lasts."""
    if settings.database_url is not None:
        yield database_at(settings.database_url, settings.app_database_url)
        return
    server = Supervisor(settings.postgres, progress=progress)
    started = await asyncio.to_thread(server.start)
    try:
        yield started
    finally:
        await asyncio.to_thread(server.stop)


async def prepare_schema(database: Database) -> list[str]:
    """Migrations and the tables of the read models, as the owner. Raises NewerSchemaError, ChangedMigrationError."""
    owner = await owner_connection(database)
    try:
        applied = await migrate.migrate(owner)
        await ensure_tables(owner, READ_MODELS)
    finally:
        await owner.close()
    return applied


@asynccontextmanager
async def open_world(
    settings: Settings, database: Database, *, clock: Clock | None = None, new_keys: bool = False
) -> AsyncIterator[World]:
    """All parts, wired. `clock` only where time is simulated: then desks and sequencer share it.

    `new_keys` makes an empty key store. Raises NoKeyStoreError, InstallationKeyError, ForeignSetError.
    """
    keys = create_key_store if new_keys else open_key_store
    vault = await asyncio.to_thread(keys, settings.keys, settings.environ)
    async with AsyncExitStack() as stack:
        pool = await stack.enter_async_context(await app_pool(database))
        async with pool.acquire() as connection:
            await bind_installation(connection, vault.installation)
        world = _wire(settings, pool, vault, clock)
        try:
            yield world
        finally:
            await world.store.drain()


def _wake(runner: ProjectionRunner | ReactionRunner, _last_index: int) -> None:
    runner.wake()


def _wire(settings: Settings, pool: asyncpg.Pool[Any], vault: KeyRing, simulated: Clock | None) -> World:
    clock = simulated or SystemClock()
    sequencer = Sequencer(pool, simulated)
    log = PostgresLog(pool, clock=simulated)
    store = PostgresEventStore(pool, appended=sequencer.wake)
    execute = Executor(store)
    cursors = Cursors()
    secrets = HmacSecrets(vault)
    identities = SealedIdentities(pool, vault, secrets)
    files = FileVault(settings.files, vault)
    tree = AuthorityTree(execute)
    law = RecordedLaw(log, tree.above)
    db = PostgresReader(pool, {projection.name: projection.version for projection in READ_MODELS})
    credentials = PostgresCredentials(pool, Passwords())
    sessions, throttle = Sessions(pool, clock), Throttle(pool, secrets, clock)
    near = NearTexts(pool, secrets, clock)
    offices = OfficeBook(store, clock, RecordedOffices(db))
    wishes, outbox = RecordedWishes(db), PostgresOutbox(pool, clock)
    open_cases, category_book = OpenCasesToday(db), RecordedCategories(log)
    feedback = FeedbackDesk(
        execute,
        clock,
        law,
        vault,
        identities,
        files,
        secrets,
        category_book,
        staffing=StaffingToday(db),
        tree=tree,
    )
    explanations = ExplanationDesk(execute, clock, law, vault, files, NumbersInUse(db))
    places = PlacesToday(db, clock)
    complaints = ComplaintDesk(execute, clock, law, vault, files, places, StaffingToday(db))
    asked = ExplanationSubjects(log)
    reactions: tuple[Reaction, ...] = (
        EnterInRegister(store, RecordedCodes(log)),
        EraseSubject(
            execute,
            clock,
            vault,
            identities,
            files,
            key_backup_days=KEY_BACKUP_DAYS,
            related=SubjectsAround(asked, LinkedVisits(pool, log)),
        ),
        PurgePetition(execute, vault, identities, files, asked),
        ForgetLateCopies(execute, vault, files),
        ReceiveExplanations(execute, clock),
        TellUrgent(execute, clock, law, offices),
        TellProtection(execute, clock, offices),
        WriteMails(store, clock, wishes, outbox, hour=settings.digest_at),
        RederiveTerms(feedback, explanations, complaints, open_cases, open_cases),
    )
    places = PlacesToday(db, clock)
    seen = PostgresVisibility(pool, cursors)
    projections = ProjectionRunner(pool, log, READ_MODELS, cursors=cursors)
    reaction_runner = ReactionRunner(pool, log, reactions, cursors=cursors)
    for listener in (projections, reaction_runner):
        sequencer.listen(partial(_wake, listener))
    cases = Cases(db, store, log, seen, vault, clock, CASE_INDEX)
    alerting = Alerting(
        db,
        clock,
        AlertDesk(execute, clock, offices),
        wishes,
        outbox,
        Letters(store, cases, law, vault, clock, settings.origin),
        mailer_of(settings),
        law,
        hour=settings.digest_at,
    )
    return World(
        settings=settings,
        pool=pool,
        clock=clock,
        store=store,
        log=log,
        sequencer=sequencer,
        projections=projections,
        reactions=reaction_runner,
        visibility=seen,
        cursors=cursors,
        db=db,
        vault=vault,
        secrets=secrets,
        identities=identities,
        files=files,
        law=law,
        places=places,
        cases=cases,
        sessions=sessions,
        credentials=credentials,
        throttle=throttle,
        screen=Screen(throttle, near, secrets, clock),
        housekeeping=Housekeeping(pool, sessions, throttle, files, near),
        feedback=feedback,
        people=PeopleDesk(execute, clock, vault, credentials, tree, secrets=secrets, held=open_cases),
        authorities=AuthoritiesDesk(execute, clock, tree),
        registry=PlacesDesk(execute, clock, tree),
        assistance=AssistanceDesk(execute, clock),
        privacy=PrivacyDesk(execute, clock, law, vault, FeedbackSubjects(execute)),
        explanations=explanations,
        complaints=complaints,
        protection=ProtectionDesk(execute, clock, law, vault, offices, OpenTasksToday(db)),
        receptions=ReceptionDesk(
            execute,
            clock,
            vault,
            files,
            places,
            Officials(store, clock),
            (FeedbackByNumber(db, store), ComplaintByNumber(db, store)),
        ),
        dialogues=DialogueDesk(execute, clock, vault, files),
        screening=ScreeningDesk(execute, clock),
        duty=DutyDesk(execute, clock, offices),
        notices=NoticesDesk(execute, clock, vault),
        outbox=outbox,
        alerting=alerting,
        categories=CategoriesDesk(execute, clock),
        category_book=category_book,
        policies=PoliciesDesk(execute, clock),
        calendar=CalendarDesk(execute, clock, law, tree, open_cases),
        second_factors=SecondFactors(pool, vault, secrets, clock),
    )
