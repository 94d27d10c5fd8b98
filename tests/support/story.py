"""Many officials and senders at once: cases that go on and on, told by concurrent writers at the real desks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from random import Random
from uuid import UUID, uuid5

import msgspec

from application.access import Actor
from application.feedback_intake import Submission
from application.identifiers import scoped_id
from application.ports import PlaceInfo, Receipt, Request, VersionConflictError
from domain.feedback.vocabulary import Kind, Outcome, Sensitivity
from tests.support.world import CITIZEN, HAMLET_SCHOOL, OTHER_SCHOOL, SCHOOL, Town

CATEGORIES = ("over-collection", "sponsorship", "facilities", "enrolment", "food-safety", "merger-site")
"""None of them is hidden from the colleagues of the area."""
WORDS = ("thu", "tiền", "máy", "chiếu", "quạt", "bảo", "trì", "bữa", "ăn", "sân", "mái", "tôn", "đón", "học", "sinh")


class Crew(msgspec.Struct, frozen=True):
    """Who works on the cases of a school."""

    intake: Actor
    handler: Actor
    head: Actor
    colleague: Actor


class Pace:
    """Lets writers do so many acts and no more, until it is told to let them do more or to stop."""

    def __init__(self) -> None:
        self.done = self._allowed = 0
        self._over = False
        self._changed = asyncio.Event()

    async def turn(self) -> bool:
        """Waits for leave to act once; False when it is over."""
        while self.done >= self._allowed and not self._over:
            self._changed.clear()
            await self._changed.wait()
        self.done += 1
        return not self._over

    def allow(self, acts: int) -> None:
        """So many more."""
        self._allowed += acts
        self._changed.set()

    def stop(self) -> None:
        """What was begun is finished, nothing new begins."""
        self._over = True
        self._changed.set()


class Story:
    """`cases` of them, a part of them about other schools. All ids follow from the seed, before anything happens."""

    def __init__(self, town: Town, *, cases: int, seed: int = 7) -> None:
        self._town, self._random = town, Random(seed)
        self.pace = Pace()
        self.schools = [(SCHOOL, HAMLET_SCHOOL, SCHOOL, OTHER_SCHOOL, SCHOOL)[n % 5] for n in range(cases)]
        self._keys = [UUID(int=self._random.getrandbits(128), version=4) for _ in range(cases)]
        self._subjects: dict[UUID, Actor] = {}
        self._crews: dict[UUID, Crew] = {}
        self._places: dict[UUID, PlaceInfo] = {}
        self.case_ids: list[UUID] = []

    async def prepare(self) -> None:
        """Looks up who works where, and what the cases will be called."""
        town = self._town
        near = {name: await town.actor(name) for name in ("mai", "thu", "nga", "hung", "son", "loan", "dung")}
        self._crews = {
            SCHOOL: Crew(near["mai"], near["thu"], near["son"], near["hung"]),
            HAMLET_SCHOOL: Crew(near["nga"], near["hung"], near["son"], near["nga"]),
            OTHER_SCHOOL: Crew(near["loan"], near["loan"], near["dung"], near["dung"]),
        }
        self._places = {school: await town.place(school) for school in self._crews}
        requests = [scoped_id(school, key) for school, key in zip(self.schools, self._keys, strict=True)]
        self._requests = [Request(key, b"story") for key in requests]
        self.case_ids = [uuid5(request.id, "feedback") for request in self._requests]
        self._subjects = {
            case: Actor(kind="citizen", id=uuid5(request.id, "subject"))
            for case, request in zip(self.case_ids, self._requests, strict=True)
        }

    async def write(self, writers: int) -> None:
        """Until the pace is stopped. Each writer tells the next step of the next case that nobody is telling."""
        lives = [self._life(number) for number in range(len(self.case_ids))]
        waiting: asyncio.Queue[AsyncIterator[None]] = asyncio.Queue()
        for life in lives:
            waiting.put_nowait(life)

        async def writer() -> None:
            while await self.pace.turn():
                life = await waiting.get()
                await anext(life)
                waiting.put_nowait(life)

        async with asyncio.TaskGroup() as tasks:
            for _ in range(writers):
                tasks.create_task(writer())

    async def _life(self, number: int) -> AsyncIterator[None]:
        """One case from the sender's words on, without an end; one act at each step."""
        case, school, random = self.case_ids[number], self.schools[number], Random(number)
        crew, desk = self._crews[school], self._town.world.feedback
        text = f"Đề nghị kiểm tra: {self._words(random)} (demo)"
        what = Submission(text=text, danger=number % 11 == 0)
        await desk.submit(CITIZEN, self._requests[number], self._places[school], what)
        yield
        await self._again(lambda: desk.acknowledge(crew.intake, _wish(random), case))
        yield
        for reason in ("", "Xếp nhầm lĩnh vực (demo)") if number % 3 == 0 else ("",):
            await self._classify(crew.intake, case, random, reason)
            yield
        await self._again(lambda: desk.assign(crew.intake, _wish(random), case, crew.handler, "Đúng người (demo)"))
        yield
        questions = drafts = 0
        while True:
            questions, drafts = questions + 1, drafts + 1
            async for _ in self._round(case, crew, random, questions, restricted=school == HAMLET_SCHOOL):
                yield

    async def _round(
        self, case: UUID, crew: Crew, random: Random, turn: int, *, restricted: bool
    ) -> AsyncIterator[None]:
        desk, sender, again = self._town.world.feedback, self._subjects[case], self._again
        await again(lambda: desk.ask(crew.handler, _wish(random), case, f"Hỏi lần {turn}: {self._words(random)}?"))
        yield
        await again(lambda: desk.add_note(crew.head, _wish(random), case, self._words(random)))
        yield
        await again(lambda: desk.reply(sender, _wish(random), case, question=turn, text=self._words(random)))
        yield
        if turn == 2 and restricted:
            narrow = Sensitivity.RESTRICTED
            await again(lambda: desk.restrict(crew.head, _wish(random), case, narrow, "Có tên học sinh (demo)"))
            yield
        for returned in (True, False):
            parts = {1: self._words(random), 2: self._words(random)}
            await again(lambda parts=parts: desk.draft(crew.handler, _wish(random), case, Outcome.RESOLVED, parts))  # type: ignore[misc]
            yield
            await again(lambda: desk.submit_for_release(crew.handler, _wish(random), case))
            yield
            if returned:
                await again(lambda: desk.return_answer(crew.head, _wish(random), case, "Ghi rõ ngày (demo)"))
            else:
                await again(lambda: desk.release(crew.head, _wish(random), case))
            yield
        reader = crew.colleague.id
        await again(lambda: desk.name_reader(crew.head, _wish(random), case, reader, "Cần phối hợp (demo)"))
        yield
        if turn % 2:
            await again(lambda: desk.close(crew.head, _wish(random), case, "Đã xong (demo)"))
            yield
        await again(lambda: desk.dismiss_reader(crew.head, _wish(random), case, reader, "Đã xong (demo)"))
        yield
        await again(lambda: desk.reopen(crew.head, _wish(random), case, self._words(random)))
        yield

    async def _classify(self, by: Actor, case: UUID, random: Random, reason: str) -> None:
        category, desk = random.choice(CATEGORIES), self._town.world.feedback
        await self._again(
            lambda: desk.classify(
                by,
                _wish(random),
                case,
                kind=Kind.FEEDBACK,
                category=category,
                sub_category="",
                title=self._words(random),
                requests=["Kiểm tra", "Trả lời"],
                reason=reason,
            )
        )

    async def _again(self, act: Callable[[], Awaitable[Receipt]]) -> None:
        """Somebody else may have been faster, and then the person tries once more."""
        while True:
            try:
                await act()
            except VersionConflictError:
                continue
            return

    def _words(self, random: Random) -> str:
        return " ".join(random.choices(WORDS, k=8))


def _wish(random: Random) -> Request:
    return Request(UUID(int=random.getrandbits(128), version=4), b"story")
