"""How the loader is put before an open store: its desks, the clock that it moves, commits that do not wait."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

from adapters.bootstrap import World
from adapters.clock import SetClock
from adapters.demo import source
from adapters.demo.told_places import ToldPlaces
from adapters.demo.turn import DemoWorld
from adapters.http.notice_board import NoticeBoard
from adapters.postgres.connect import Database
from application.complaints import ComplaintDesk
from application.execute import Executor
from application.people import account_id_of, actor_of
from application.reactions.rederive_terms import RederiveTerms
from application.reactions.tell_protection import TellProtection
from application.reactions.tell_urgent import TellUrgent
from application.store_kind import StoreDesk
from domain.people.account import ACCOUNT
from projections.people import StaffingToday

TOLD_BY_THE_STORY = (RederiveTerms.name, TellUrgent.name, TellProtection.name)
"""The story counts its cases anew itself; and who is to be told of an urgent case, or of a sender who is treated worse,
stands in a read model, none of which follows while the story is told: what is open in the end is told when they do."""
STILL_NEWS = timedelta(days=4)
A_FEW = 100
"""A tick takes up to thousands: after one that took only a few, nothing waits."""


def hastened(database: Database) -> Database:
    """The same database for connections whose commits do not wait for the disk; for the time of loading only.

    What a power cut takes away the loader tells again, and the first commit that waits makes all before it durable.
    """
    settings = {**database.app.get("server_settings", {}), "synchronous_commit": "off"}
    return Database(database.owner, {**database.app, "server_settings": settings})


def store_desk(world: World) -> StoreDesk:
    """Where a store is opened as what it is, in earnest or as a demo."""
    return StoreDesk(Executor(world.store), world.clock, world.log, partial(_sequence, world))


def demo_world(world: World, clock: SetClock) -> DemoWorld:
    """`clock` is the one that `open_world` was given: desks and sequencer share it. No worker runs meanwhile."""
    return DemoWorld(
        store=store_desk(world),
        people=world.people,
        authorities=world.authorities,
        places=world.registry,
        feedback=world.feedback,
        explanations=world.explanations,
        complaints=_complaints(world),
        privacy=world.privacy,
        protection=world.protection,
        dialogues=world.dialogues,
        receptions=world.receptions,
        duty=world.duty,
        policies=world.policies,
        categories=world.categories,
        execute=Executor(world.store),
        log=world.log,
        clock=clock,
        sequence=partial(_sequence, world),
        react=partial(world.reactions.catch_up, TOLD_BY_THE_STORY),
    )


def _complaints(world: World) -> ComplaintDesk:
    """The desk of the product, but for the units, which it would look up in a read model."""
    places, staffing = ToldPlaces(world.clock), StaffingToday(world.db)
    execute = Executor(world.store)
    return ComplaintDesk(execute, world.clock, world.law, world.vault, world.files, places, staffing)


async def read_old_notices(world: World) -> None:
    """As people would have: only what was told in the last days is still news. Once the read models have caught up."""
    board, now = NoticeBoard(world.db, world.pool, world.clock), world.clock.now()
    execute = Executor(world.store)
    for person in source.world().people:
        account_id = account_id_of(person.username)
        seen = await execute.load(ACCOUNT, account_id)
        actor = actor_of(account_id, seen.state, now) if seen else None
        if actor is not None:
            old = [shown.notice for shown in await board.notices(actor) if shown.notice.at < now - STILL_NEWS]
            await board.mark(actor, {notice.id for notice in old})


async def _sequence(world: World) -> None:
    while await world.sequencer.tick() > A_FEW:
        pass
