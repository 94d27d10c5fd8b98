"""Tells the story to a store: the real commands in order of time, each recorded on the day it tells."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from itertools import groupby
from uuid import UUID

import msgspec

from adapters.demo import source
from adapters.demo.ledger import Entry, Ledger
from adapters.demo.plan import FIRST_DAY, OPENING, Plan, plan
from adapters.demo.turn import SENDER, SYSTEM_NAME, DemoWorld, Step, Turn, subject_of
from application.access import ANYONE, SYSTEM, Actor
from application.people import account_id_of, actor_of
from application.places import place_id_of
from domain.calendar import legal_date
from domain.people.account import ACCOUNT
from domain.schools.codes import public_code
from domain.store.store import StoreInEarnestError, StoryAlreadyToldError

Progress = Callable[[int, int, str], None]
"""(acts done, acts in all, the day that the story has reached)."""


class DemoAccount(msgspec.Struct, frozen=True):
    """Somebody to sign in as. `authority` and `roles` are those of the present post."""

    username: str
    name: str
    password: str
    roles: tuple[str, ...]
    authority: str
    area: str


class Loaded(msgspec.Struct, frozen=True):
    """What the loader leaves behind: the ledger to compare with, and what one needs to walk in."""

    ledger: Ledger
    accounts: tuple[DemoAccount, ...]
    public_codes: dict[str, str]
    """Unit slug → the code on its poster."""
    tracking_codes: dict[str, str]
    """Case slug → the code of its sender."""
    case_ids: dict[str, UUID]
    facts: int
    simulated_up_to: int | None
    """The last log index that the simulated clock stamped; None: it still runs."""


def fresh_password() -> str:
    """One for all accounts of a demo store, made when it is loaded."""
    return f"demo-{secrets.token_hex(6)}"


async def load(
    world: DemoWorld,
    *,
    today: datetime,
    password: str,
    progress: Progress | None = None,
    until: datetime | None = None,
    keep_simulating: bool = False,
) -> Loaded:
    """Everything up to `today`; a telling that broke off is taken up where it stopped, with the day it began with.

    `until` ends the telling earlier (the story stays the one that leads to `today`). `keep_simulating`: the store goes
    on by the simulated clock. Raises StoreInEarnestError, StoryAlreadyToldError.
    """
    world.clock.move_to(OPENING)
    await world.store.open_demo(FIRST_DAY, today)
    await world.sequence()
    state = await world.store.state()
    if state is None or state.leads_to is None:
        raise StoreInEarnestError
    if state.told:
        raise StoryAlreadyToldError
    story = plan(state.leads_to)
    teller = _Teller(world, password)
    await teller.tell([step for step in story.steps if until is None or step.at <= until], progress)
    end = until or state.leads_to
    world.clock.move_to(end)
    await world.store.finish_story(len(teller.ledger.cases))
    await world.sequence()
    simulated = None if keep_simulating else await world.store.end_simulated_clock()
    head = await world.log.head()
    return Loaded(
        ledger=teller.ledger,
        accounts=_accounts(end, password),
        public_codes={unit.slug: public_code(place_id_of(unit.slug)) for unit in source.world().units},
        tracking_codes=teller.codes,
        case_ids=_case_ids(story, teller.ledger),
        facts=head.log_index + 1,
        simulated_up_to=simulated,
    )


class _Teller:
    """Performs steps and writes the ledger of what was done."""

    def __init__(self, world: DemoWorld, password: str) -> None:
        self._world, self._password = world, password
        self._actors: dict[tuple[str, object], Actor] = {}
        self.ledger = Ledger()
        self.codes: dict[str, str] = {}

    async def tell(self, steps: list[Step], progress: Progress | None) -> None:
        """What happens at one instant shares a tick. What begins (number 1) may have reactions: a register number."""
        done = 0
        for at, together in groupby(steps, key=lambda step: step.at):
            self._world.clock.move_to(at)
            begins = False
            for step in together:
                await self._do(step)
                done += 1
                begins |= step.number == 1 or step.reacts
            await self._world.sequence()
            if begins:
                await self._world.react()
                await self._world.sequence()
            if progress:
                progress(done, len(steps), f"{legal_date(at):%d/%m/%Y}")

    async def _do(self, step: Step) -> None:
        turn = Turn(
            desks=self._world,
            actor=await self._who(step),
            request=step.request,
            case_id=step.case_id,
            password=self._password,
            official=self._official,
            keep_code=lambda code: self.codes.update({step.slug: code}),
        )
        await step.act(turn)
        if step.case:
            entry = Entry(step.happened or step.at, step.at, step.what, dict(step.then))
            self.ledger.write(turn.case_id, entry)
        else:
            self._actors.clear()  # posts may have changed

    async def _who(self, step: Step) -> Actor:
        if step.who == SYSTEM_NAME:
            return SYSTEM
        if step.who == SENDER:
            return Actor(kind="citizen", id=ANYONE if step.number == 1 else subject_of(step.slug))
        return await self._official(step.who)

    async def _official(self, username: str) -> Actor:
        """In the post held on the day that the clock shows."""
        now = self._world.clock.now()
        key = (username, legal_date(now))
        if key not in self._actors:
            account_id = account_id_of(username)
            seen = await self._world.execute.load(ACCOUNT, account_id)
            actor = actor_of(account_id, seen.state, now) if seen else None
            if actor is None:
                raise LookupError(f"{username} holds no post on {key[1]}")
            self._actors[key] = actor
        return self._actors[key]


def _accounts(at: datetime, password: str) -> tuple[DemoAccount, ...]:
    day, world = legal_date(at), source.world()
    found = []
    for person in world.people:
        held = [post for post in person.posts if post.since <= day and (post.to is None or day <= post.to)]
        for post in held[:1]:
            body = world.body(post.authority)
            area = world.area(body.areas[0]).name if len(body.areas) == 1 else body.province
            roles = tuple(sorted(role.value for role in post.roles))
            found.append(DemoAccount(person.username, person.name, password, roles, body.name, area))
    return tuple(found)


def _case_ids(story: Plan, ledger: Ledger) -> dict[str, UUID]:
    told = set(ledger.cases)
    return {case.slug: case.case_id for case in story.cases if case.case_id in told}
