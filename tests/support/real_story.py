"""A story of thousands of facts, told by the real desks: the demo's beginning, then many cases at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID, uuid5

import msgspec

from adapters.bootstrap import READ_MODELS, World
from adapters.demo import days
from application.access import ANYONE, Actor, Role
from application.authorities import authority_id_of
from application.explanations import Asking
from application.feedback_intake import Submission
from application.people import account_id_of
from application.places import place_id_of
from application.ports import Identity, PlaceInfo, Request
from domain.calendar import DAY, legal_date
from domain.feedback.vocabulary import Kind, Outcome, Topic
from projections.base import Projection
from tests.support.demo_store import OpenStore
from tests.support.real_meetings import tell_of_meetings
from tests.support.real_sides import tell_of_alerts, tell_of_colleagues, tell_of_worse_treatment

TODAY = days.moment(date(2026, 11, 22), 11)
BEGINNING = days.moment(date(2024, 9, 20), 12)
NAMESPACE = UUID("5b0c1d7e-0000-5000-8000-0000000057a7")
TOGETHER = 12
"""Cases that are told at the same time."""
SEVERAL, A_FEW = 20, 6
MONTHS = 60 * DAY
WITHOUT_HEADS = authority_id_of("sgd")
"""Where nobody of the demo is a head yet: whoever signs there signs alone."""
SENDER = Actor(kind="citizen", id=ANYONE)


def read_models() -> list[Projection[Any]]:
    """What this release serves."""
    return list(READ_MODELS)


async def tell_at_least(store: OpenStore, facts: int) -> int:
    """The index of the last fact. Sequenced in small ticks; projected is only what the telling needed at its start."""
    world = store.world
    await store.load(TODAY, BEGINNING, keep=True)
    await world.settle()
    place = await world.places.by_id(place_id_of("DEMO-TH-binh-nguyen"))
    assert place is not None
    await tell_of_colleagues(store, NAMESPACE)
    await tell_of_meetings(store, NAMESPACE, place)
    number, unanswered = 0, list[UUID]()
    while (await world.log.head()).log_index < facts:
        cases = [_Case(world, place, number + n) for n in range(TOGETHER)]
        await asyncio.gather(*(case.tell() for case in cases))
        unanswered += [case.id for case in cases if case.waits]
        number += TOGETHER
    await world.reactions.catch_up()
    await tell_of_alerts(store, NAMESPACE, place, unanswered[:SEVERAL])
    await tell_of_worse_treatment(store, NAMESPACE, unanswered[:A_FEW])
    while await world.sequencer.tick():
        pass
    return (await world.log.head()).log_index


class _Case:
    """One case from its submission to its answer, with notes on the way; a tick after each act."""

    def __init__(self, world: World, place: PlaceInfo, number: int) -> None:
        self._world, self._desk, self._place = world, world.feedback, place
        self._number, self._acts = number, 0
        self._alone = number % 7 == 6
        if self._alone:
            self._place = msgspec.structs.replace(place, authority_id=WITHOUT_HEADS)
        self.id = uuid5(self._wish(0).id, "feedback")
        self._handler = self._official("mai.doithong", Role.INTAKE, Role.OFFICER)
        self._head = self._official("hung.doithong", Role.HEAD)
        if self._alone:
            self._handler = self._head = self._official("hung.doithong", Role.INTAKE, Role.OFFICER, Role.HEAD)
        self._principal = msgspec.structs.replace(self._official("hoa.binhnguyen", Role.SCHOOL), unit_id=place.id)

    @property
    def waits(self) -> bool:
        """Whether no answer is released."""
        return self._number % 4 == 0

    async def tell(self) -> None:
        named = Identity(name=f"Người gửi {self._number} (demo)", phone=f"09{self._number:08d}")
        what = Submission(
            text=f"Phản ánh số {self._number} (demo)",
            topic=list(Topic)[self._number % 3],
            identity=named if self._number % 3 else Identity(),
        )
        desk, mai, head = self._desk, self._handler, self._head
        await self._do(lambda wish: desk.submit(SENDER, wish, self._place, what))
        await self._do(lambda wish: desk.acknowledge(mai, wish, self.id))
        await self._do(self._classify)
        await self._do(lambda wish: desk.assign(mai, wish, self.id, mai, ""))
        for note in range(self._number % 5):
            await self._do(partial(self._note, f"Ghi chú {note} (demo)"))
        await self._do(lambda wish: desk.ask(mai, wish, self.id, "Thu vào ngày nào? (demo)"))
        if self._number % 3 == 1:
            await self._ask_the_school()
        await self._do(lambda wish: desk.draft(mai, wish, self.id, Outcome.RESOLVED, {1: "Đã trả lại tiền (demo)"}))
        await self._do(lambda wish: desk.submit_for_release(mai, wish, self.id))
        if not self.waits:
            alone = "Cơ quan chỉ có một lãnh đạo (demo)" if self._alone else ""
            await self._do(lambda wish: desk.release(head, wish, self.id, alone))

    async def _ask_the_school(self) -> None:
        """It opens the request, asks for more time, gets it or not, and explains; one in four is never opened."""
        requests, hoa = self._world.explanations, self._principal
        asking = Asking(questions=["Trường thu khoản nào? (demo)"], could_know=40, preview_confirmed=True)
        explanation = uuid5(self._wish(self._acts).id, "explanation")
        await self._do(lambda wish: requests.request(self._handler, wish, self.id, asking))
        if self._number % 4 == 1:
            return
        await self._do(lambda _wish: requests.open(hoa, explanation))
        until, why = legal_date(self._world.clock.now()) + MONTHS, "Kế toán đi vắng (demo)"
        await self._do(lambda wish: requests.ask_more_time(hoa, wish, explanation, until, why))
        if self._number % 2:
            await self._do(lambda wish: requests.grant_more_time(self._handler, wish, explanation, None))
        else:
            await self._do(lambda wish: requests.refuse_more_time(self._handler, wish, explanation, "Đã đủ (demo)"))
        await self._do(lambda wish: requests.give(hoa, wish, explanation, {1: "Trường đã trả lại (demo)"}))

    async def _classify(self, wish: Request) -> object:
        return await self._desk.classify(
            self._handler,
            wish,
            self.id,
            kind=Kind.FEEDBACK,
            category="over-collection",
            sub_category="",
            title="Thu tiền nước (demo)",
            requests=["Trả lại tiền (demo)"],
            reason="",
        )

    async def _note(self, text: str, wish: Request) -> object:
        return await self._desk.add_note(self._handler, wish, self.id, text)

    async def _do(self, act: Callable[[Request], Awaitable[object]]) -> None:
        await act(self._wish(self._acts))
        self._acts += 1
        await self._world.sequencer.tick()

    def _wish(self, act: int) -> Request:
        return Request(uuid5(NAMESPACE, f"{self._number}/{act}"), b"told")

    def _official(self, username: str, *roles: Role) -> Actor:
        return Actor(
            kind="official",
            id=account_id_of(username),
            post_id=uuid5(NAMESPACE, username),
            authority_id=self._place.authority_id,
            roles=frozenset(roles),
        )
