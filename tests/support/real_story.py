"""A story of thousands of facts, told by the real desks: the demo's beginning, then many cases at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID, uuid5

from adapters.bootstrap import READ_MODELS, World
from adapters.demo import days
from application.access import ANYONE, Actor, Role
from application.feedback_intake import Submission
from application.people import account_id_of
from application.places import place_id_of
from application.ports import Identity, PlaceInfo, Request
from domain.feedback.vocabulary import Kind, Outcome, Topic
from projections.base import Projection
from tests.support.demo_store import OpenStore

TODAY = days.moment(date(2026, 11, 22), 11)
BEGINNING = days.moment(date(2024, 9, 20), 12)
NAMESPACE = UUID("5b0c1d7e-0000-5000-8000-0000000057a7")
TOGETHER = 12
"""Cases that are told at the same time."""
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
    number = 0
    while (await world.log.head()).log_index < facts:
        await asyncio.gather(*(_Case(world, place, number + n).tell() for n in range(TOGETHER)))
        number += TOGETHER
    await world.reactions.catch_up()
    while await world.sequencer.tick():
        pass
    return (await world.log.head()).log_index


class _Case:
    """One case from its submission to its answer, with notes on the way; a tick after each act."""

    def __init__(self, world: World, place: PlaceInfo, number: int) -> None:
        self._world, self._desk, self._place = world, world.feedback, place
        self._number, self._acts = number, 0
        self._id = uuid5(self._wish(0).id, "feedback")
        self._handler = self._official("mai.doithong", Role.INTAKE, Role.OFFICER)
        self._head = self._official("hung.doithong", Role.HEAD)

    async def tell(self) -> None:
        named = Identity(name=f"Người gửi {self._number} (demo)", phone=f"09{self._number:08d}")
        what = Submission(
            text=f"Phản ánh số {self._number} (demo)",
            topic=list(Topic)[self._number % 3],
            identity=named if self._number % 3 else Identity(),
        )
        desk, mai, head = self._desk, self._handler, self._head
        await self._do(lambda wish: desk.submit(SENDER, wish, self._place, what))
        await self._do(lambda wish: desk.acknowledge(mai, wish, self._id))
        await self._do(self._classify)
        await self._do(lambda wish: desk.assign(mai, wish, self._id, mai, ""))
        for note in range(self._number % 5):
            await self._do(partial(self._note, f"Ghi chú {note} (demo)"))
        await self._do(lambda wish: desk.ask(mai, wish, self._id, "Thu vào ngày nào? (demo)"))
        await self._do(lambda wish: desk.draft(mai, wish, self._id, Outcome.RESOLVED, {1: "Đã trả lại tiền (demo)"}))
        await self._do(lambda wish: desk.submit_for_release(mai, wish, self._id))
        if self._number % 4:
            await self._do(lambda wish: desk.release(head, wish, self._id))

    async def _classify(self, wish: Request) -> object:
        return await self._desk.classify(
            self._handler,
            wish,
            self._id,
            kind=Kind.FEEDBACK,
            category="over-collection",
            sub_category="",
            title="Thu tiền nước (demo)",
            requests=["Trả lại tiền (demo)"],
            reason="",
        )

    async def _note(self, text: str, wish: Request) -> object:
        return await self._desk.add_note(self._handler, wish, self._id, text)

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
