"""Looking back tells exactly what was seen then, while everybody goes on working."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from uuid import UUID

import msgspec
from msgspec.structs import replace

from tests.support.story import Story
from tests.support.world import HAMLET_SCHOOL, OTHER_SCHOOL, WARD, Town

INSTANTS, CASES, WRITERS, FACTS = 100, 50, 16, 2_000
CHANGED = 60
"""Of a set of 100 answers, so many at least have to differ from today's: else nothing would be shown."""
AT_ONCE = 4
ACTIONS = re.compile(rb'"actions":\[[^\]]*\]')
PLACE_IN_LOG = re.compile(rb'^\{"log_index":-?\d+,"recorded_at":("[^"]*"|null),')


class Question(msgspec.Struct, frozen=True):
    """What one person asks again and again."""

    who: str
    path: str
    params: tuple[tuple[str, str], ...] = ()


class Saved(msgspec.Struct, frozen=True):
    """An answer of then: its status, its bytes, and the moment that it names."""

    status: int
    body: bytes
    moment: str

    @property
    def content(self) -> bytes:
        """Without its place in the log, which differs at every moment."""
        return PLACE_IN_LOG.sub(b"", self.without_actions)

    @property
    def without_actions(self) -> bytes:
        """What one may do is of the present."""
        return ACTIONS.sub(b'"actions":[]', self.body)


Answers = dict[Question, list[Saved]]
LISTS = (
    Question("son", "/api/cases", (("limit", "200"),)),
    Question("thu", "/api/cases", (("status", "in-handling"), ("order", "number"))),
    Question("vinh", "/api/cases", (("order", "received"), ("limit", "12"), ("area", str(WARD)))),
    Question("dung", "/api/cases", (("kind", "feedback"), ("due_before", "2999-01-01"), ("limit", "3"))),
    Question("mai", "/api/cases", (("q", "chieu"),)),
)


def questions(story: Story) -> list[Question]:
    """50 cases, some of them as history or dates, and 5 lists."""
    asked = []
    for number, (case_id, school) in enumerate(zip(story.case_ids, story.schools, strict=True)):
        rest = ("", "", "", "/history", "/deadlines")[number // 5 % 5]
        asked.append(Question(watched_by(school, number), f"/api/cases/{case_id}{rest}"))
    return [*asked, *LISTS]


def watched_by(school: UUID, number: int) -> str:
    """Somebody who may see the case from its first to its last day: today's right is what counts."""
    return {HAMLET_SCHOOL: "son", OTHER_SCHOOL: "dung"}.get(school, ("son", "thu", "mai", "vinh")[number % 4])


async def ask(town: Town, question: Question, as_of: str = "") -> Saved:
    """Without `as_of`: the present. What is not there names no moment."""
    client = await town.of(question.who)
    answer = await client.get(question.path, params=[*question.params, *([("as_of", as_of)] if as_of else [])])
    return Saved(answer.status_code, answer.content, str(answer.json().get("recorded_at", "")))


async def ask_all(town: Town, asked: Sequence[tuple[Question, str]]) -> list[Saved]:
    """A few at a time, as browsers do."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(question: Question, as_of: str) -> Saved:
        async with gate:
            return await ask(town, question, as_of)

    return await asyncio.gather(*(one(question, as_of) for question, as_of in asked))


async def save_while_writing(town: Town, story: Story) -> Answers:
    """The present again and again, while 16 writers never wait for who reads."""
    asked = questions(story)
    answers: Answers = {question: [] for question in asked}
    writing = asyncio.create_task(story.write(WRITERS))
    for instant in range(INSTANTS):
        story.pace.allow(len(story.case_ids) if instant == 0 else FACTS // INSTANTS + 1)
        before = (await town.world.log.head()).recorded_at
        assert before is not None
        for saved in zip(asked, await ask_all(town, [(question, "") for question in asked]), strict=True):
            question, answer = saved
            answers[question].append(answer if answer.moment else replace(answer, moment=before.isoformat()))
        assert not writing.done()
    story.pace.stop()
    await writing
    await town.settle()
    return answers


def differences(then: Sequence[Saved], now: Sequence[Saved]) -> int:
    """How many of the answers of then are not the same bytes now, but for what may be done."""
    return sum((a.status, a.without_actions) != (b.status, b.without_actions) for a, b in zip(then, now, strict=True))


async def test_what_was_seen_at_a_hundred_instants_is_seen_again_byte_by_byte(town: Town) -> None:
    story = Story(town, cases=CASES)
    await story.prepare()
    facts_before = (await town.world.log.head()).log_index
    answers = await save_while_writing(town, story)
    facts = (await town.world.log.head()).log_index - facts_before
    assert facts >= FACTS
    changed, not_looked_back = [], []
    for question, then in answers.items():
        again = await ask_all(town, [(question, saved.moment) for saved in then])
        assert differences(then, again) == 0, first_difference(question, then, again)
        assert all(b'"actions":[]' in saved.body or b'"actions"' not in saved.body for saved in again)
        today = await ask(town, question)
        changed.append(sum(saved.content != today.content for saved in then))
        not_looked_back.append(differences(then, [today] * INSTANTS))
    moments = {saved.moment for then in answers.values() for saved in then}
    print(
        f"{facts} facts by {WRITERS} writers; {len(answers)} sets of {INSTANTS} answers at {len(moments)} moments, all"
        f" identical; different from today: {min(changed)} to {max(changed)} of a set"
    )
    assert min(changed) >= CHANGED
    assert min(not_looked_back) >= CHANGED, "had `as_of` been ignored, the comparison would not have noticed"


def first_difference(question: Question, then: Sequence[Saved], now: Sequence[Saved]) -> str:
    """For whoever has to find out why."""
    for number, (a, b) in enumerate(zip(then, now, strict=True)):
        x, y = a.without_actions, b.without_actions
        if (a.status, x) != (b.status, y):
            at = next((n for n, (p, q) in enumerate(zip(x, y, strict=False)) if p != q), min(len(x), len(y)))
            window = slice(max(0, at - 120), at + 120)
            return f"{question} at {number}: {a.status} {x[window]!r} became {b.status} {y[window]!r}"
    return ""
